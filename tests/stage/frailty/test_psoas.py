"""Psoas (prognosis 2.6): the ratio, tertiles of the own cohort alone, and a side that cannot be measured."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.frailty.psoas import EQUALITY, NEVER_DOUBLED, PSOAS, Tertile
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score

FORM: dict[str, Any] = {"level": "L4", "modality": "MRI", "body_mm2": 1000, "left_mm2": 500, "right_mm2": 500}
CUTS: dict[str, Any] = {"lower_cut": 0.9, "upper_cut": 1.2, "cohort": "own centre, women, n = 90, 2019 to 2025"}


def psoas(**more: Any) -> Score:
    return judged(PSOAS, PSOAS.read(FORM | more))


@pytest.mark.parametrize(
    ("left", "tertile", "equal"),
    [
        (399, Tertile.LOWEST, False),
        (400, Tertile.MIDDLE, True),
        (401, Tertile.MIDDLE, False),
        (699, Tertile.MIDDLE, False),
        (700, Tertile.HIGHEST, True),
        (701, Tertile.HIGHEST, False),
    ],
)
def test_both_cut_points_of_the_own_cohort(left: float, tertile: Tertile, *, equal: bool) -> None:
    score = psoas(left_mm2=left, **CUTS)
    assert score.categories == (tertile.value,)
    assert (EQUALITY in score.flags) is equal


def test_without_a_cohort_nothing_is_graded() -> None:
    score = psoas(slice="series 4, image 62", observer="reader 1")
    assert (score.totals, score.categories) == ((1,), (Tertile.UNGRADED.value,))
    told = {one.name: one.values for one in score.also}
    assert told == {
        "measured at": ("L4 on MRI",),
        "slice": ("series 4, image 62",),
        "observer": ("reader 1",),
    }


@pytest.mark.parametrize("side", ["left_mm2", "right_mm2"])
def test_a_side_that_is_missing_is_never_doubled(side: str) -> None:
    score = psoas(**{side: None}, **CUTS)
    assert (score.totals, score.categories) == ((), (Tertile.NO_RATIO.value,))
    assert NEVER_DOUBLED in score.flags


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (CUTS | {"upper_cut": None}, "both cut points and whose they are"),
        (CUTS | {"lower_cut": None}, "both cut points and whose they are"),
        (CUTS | {"cohort": None}, "both cut points and whose they are"),
        (CUTS | {"lower_cut": 1.2}, "not below the upper one"),
        ({"left_mm2": 0}, "left_mm2"),
        ({"level": "L2"}, "level"),
    ],
)
def test_half_a_cohort_and_what_is_no_area_are_refused(more: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        psoas(**more)
