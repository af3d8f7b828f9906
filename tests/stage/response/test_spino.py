"""Both ends of the window of the specification (staging 11.3); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.response.spino import (
    CONFIRM,
    EARLY,
    OTHER_CAUSE,
    REPEAT,
    SPINO,
    STILL_MAY_RETURN,
    Spino,
)
from enbloc.stage.score import Score

CONTROL, OPEN, PROGRESSION = "local control", "indeterminate", "local progression"
GROSS = "gross and unequivocal"


def spino(growth: str, seen: float | None, **more: Any) -> Score:
    written = {"growth": growth, "first_seen_months": seen, "epidural": False, "deterioration": False}
    return judged(SPINO, read_form(Spino, written | {"confirmed": False} | more))


@pytest.mark.parametrize(
    ("seen", "word"),
    [(2.9, PROGRESSION), (3, OPEN), (3.1, OPEN), (5.9, OPEN), (6, OPEN), (6.1, PROGRESSION)],
)
def test_both_ends_of_the_window(seen: float, word: str) -> None:
    score = spino(GROSS, seen)
    assert score.categories == (word,)
    assert (REPEAT in score.remarks) is (word == OPEN)
    assert (EARLY in score.remarks) is (seen < 3)


def test_epidural_growth_or_symptoms_end_the_window() -> None:
    assert spino(GROSS, 4, epidural=True).categories == (PROGRESSION,)
    assert spino("equivocal", 4, deterioration=True).categories == (PROGRESSION,)
    assert spino("none", 4, deterioration=True).categories == (CONTROL,)
    assert OTHER_CAUSE in spino("none", 4, deterioration=True).remarks


def test_confirmation_within_the_window_and_outside() -> None:
    assert spino(GROSS, 4, confirmed=True).categories == (OPEN,)
    assert STILL_MAY_RETURN in spino(GROSS, 4, confirmed=True).remarks
    assert CONFIRM in spino(GROSS, 9).remarks
    assert CONFIRM not in spino(GROSS, 9, confirmed=True).remarks
    assert spino("equivocal", 9).categories == (OPEN,)


def test_an_unknown_time_leaves_both_and_it_is_a_draft() -> None:
    assert spino(GROSS, None).categories == (OPEN, PROGRESSION)
    assert "not yet checked" in spino("none", 6).remarks[0]
