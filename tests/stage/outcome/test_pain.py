"""Pain as prognosis 8 has it: a rating, a mark in millimetres, and the two means of the Brief Pain Inventory."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage import instrument as shape
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.asked import BLANK
from enbloc.stage.outcome.pain import (
    BPI_INTERFERENCE,
    BPI_SEVERITY,
    NRS,
    VAS,
    Interference,
    Mark,
    Rating,
    Severity,
    interference,
)


@pytest.mark.parametrize("rating", [0, 7, 10])
def test_a_rating_is_recorded(rating: int) -> None:
    assert judged(NRS, read_form(Rating, {"pain": rating})).totals == (rating,)


@pytest.mark.parametrize("wrong", [-1, 11, 70, 2.5, "7"])
def test_a_rating_off_the_scale_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="pain"):
        read_form(Rating, {"pain": wrong})


def test_a_mark_in_millimetres_is_not_a_rating() -> None:
    assert judged(VAS, read_form(Mark, {"pain": 70})).totals == (70,)
    with pytest.raises(RecordError, match="pain"):
        read_form(Mark, {"pain": 101})
    assert all(any("not interchangeable" in warning for warning in one.warnings) for one in (NRS, VAS))


def test_severity_is_the_mean_of_all_four() -> None:
    answers = {"item_1": 8, "item_2": 2, "item_3": 5, "item_4": 4}
    assert judged(BPI_SEVERITY, read_form(Severity, answers)).totals == (4.75,)
    del answers["item_1"]
    assert len(judged(BPI_SEVERITY, read_form(Severity, answers)).totals) == 11
    with pytest.raises(RecordError, match="item_1"):
        read_form(Severity, {"item_1": BLANK})


@pytest.mark.parametrize(("given", "mean"), [(7, 3), (5, 3), (4, 3)])
def test_interference_is_the_mean_of_those_answered(given: int, mean: float) -> None:
    answers = {f"item_{at}": 3 if at <= given else BLANK for at in range(1, 8)}
    score = judged(BPI_INTERFERENCE, read_form(Interference, answers))
    assert score.totals == (mean,)
    assert any("items answered" in flag for flag in score.flags) == (given < 7)


def test_interference_needs_four_answers() -> None:
    assert interference(10, 4).total == 2.5
    with pytest.raises(RecordError, match="Only 3 of 7"):
        interference(10, 3)


def test_item_by_item_gives_what_going_through_every_form_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    known = read_form(Interference, {"item_1": 3, "item_2": 10, "item_3": BLANK, "item_4": BLANK, "item_5": 0})
    every = judged(BPI_INTERFERENCE, known)
    monkeypatch.setattr(shape, "MOST_FORMS", 0)
    assert judged(BPI_INTERFERENCE, known).totals == every.totals
