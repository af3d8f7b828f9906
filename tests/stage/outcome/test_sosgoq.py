"""The linear transform of prognosis 8, and the domains of the SOSGOQ 2.0 that are made by it."""

from __future__ import annotations

from dataclasses import fields

import pytest

from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.stage import instrument as shape
from enbloc.stage.form import read_form
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.outcome.asked import BLANK
from enbloc.stage.outcome.sosgoq import SOSGOQ, Pain, Social, linear

PHYSICAL, PAIN, MENTAL, SOCIAL = SOSGOQ


def test_three_codes_are_turned_in_the_same_way() -> None:
    assert linear(4, 2, items=2, highest_code=3).total == 50


@pytest.mark.parametrize(("number", "items", "allowed"), [(3, 6, True), (2, 6, False), (2, 4, True), (1, 4, False)])
def test_half_of_the_items_are_needed(number: int, items: int, allowed: bool) -> None:
    if allowed:
        assert linear(number, number, items=items).total == 100
    else:
        with pytest.raises(RecordError, match=f"Only {number} of the {items}"):
            linear(number, number, items=items)


def test_one_of_two_items_is_half_and_none_is_nothing() -> None:
    score = judged(SOCIAL, read_form(Social, {"item_1": 3, "item_2": BLANK}))
    assert score.totals == (50,)
    assert "mean of the 1 of 2 items that were answered" in score.flags
    with pytest.raises(RecordError, match="Only 0 of the 2"):
        judged(SOCIAL, read_form(Social, {"item_1": BLANK, "item_2": BLANK}))


def test_an_item_that_nobody_knows_stays_open() -> None:
    score = judged(PAIN, read_form(Pain, {"item_1": 2, "item_2": 3, "item_3": 2}))
    assert len(score.totals) > 1
    assert score.missing == ("pain item 4 of the licensed form",)


@pytest.mark.parametrize("wrong", [0, 6, "often", 2.5, True])
def test_answers_off_the_scale_are_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="item_1"):
        read_form(Pain, {"item_1": wrong})


@pytest.mark.parametrize(("one", "items"), [(PHYSICAL, 6), (PAIN, 4), (MENTAL, 4), (SOCIAL, 2)])
def test_each_domain_is_a_draft_without_its_words(one: Instrument, items: int) -> None:
    assert len(fields(one.form)) == items
    assert one.checked is Checked.FROM_MEMORY
    assert all("of the licensed form" in question.ask.words for question in one.questions)
    assert "not shipped" in one.licence


def test_item_by_item_gives_what_going_through_every_form_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    every = judged(PAIN, {})
    monkeypatch.setattr(shape, "MOST_FORMS", 0)
    stepwise = judged(PAIN, {})
    assert stepwise.totals == every.totals
    assert set(stepwise.flags) == set(every.flags)
