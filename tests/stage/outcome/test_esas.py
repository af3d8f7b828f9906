"""ESAS (prognosis 8): nine items and one that is optional, kept apart and not summed."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.esas import ESAS, RECORDED, Esas

NINE = {f"item_{number}": number for number in range(1, 10)}


def test_the_items_are_kept_and_never_summed() -> None:
    score = judged(ESAS, ESAS.read(NINE | {"item_3": "not answered"}))
    assert (score.totals, score.categories, score.missing) == ((), (RECORDED,), ())
    assert [item.points for item in score.items] == [(1,), (2,), (), (4,), (5,), (6,), (7,), (8,), (9,), ()]
    assert ESAS.checked.is_draft


def test_an_open_item_is_asked_for_and_the_optional_one_is_not() -> None:
    score = judged(ESAS, ESAS.read({name: each for name, each in NINE.items() if name != "item_4"}))
    assert score.missing == ("item 4 of the licensed form",)
    assert score.items[3].points == tuple(range(11))
    assert score.items[9].is_settled


def test_a_judgement_agrees_with_a_complete_form() -> None:
    known = ESAS.read(NINE | {"item_10": 0})
    form = Esas(**{name: each for name, (each,) in known.items()})
    score = judged(ESAS, known, about="visit 2", at="T4")
    assert {item.name: item.points for item in score.items} == {name: (each,) for name, each in form.outcome.points}
    assert (score.categories, score.about, score.at) == ((form.outcome.category,), "visit 2", "T4")


@pytest.mark.parametrize("wrong", [11, -1, 2.5, True, "ten"])
def test_what_is_no_answer_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="item_1"):
        ESAS.read({"item_1": wrong})
