"""The points and traps of the specification (prognosis 1.6); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import Better, judged
from enbloc.stage.survival.rades import (
    BEYOND_THE_PAPER,
    OFF_BY_ONE,
    RADES_2008,
    RADES_2013_SHORT,
    Group,
    RadesShort,
    RadesSurvival,
    Short,
    short_band,
    survival_band,
)

NAMES = ("primary", "other_bone", "visceral", "months_to_compression", "ambulatory", "deficit_days")


def written(*answers: Any, **more: Any) -> dict[str, Any]:
    return dict(zip(NAMES, answers, strict=True)) | more


WORST = written("lung", True, True, 3, False, 2)
WORST_SHORT = written("lung", True, True, 3, False, 4, ecog=3)


@pytest.mark.parametrize(
    ("total", "group"),
    [
        (20, Group.WORST),
        (30, Group.WORST),
        (31, Group.MIDDLE),
        (35, Group.MIDDLE),
        (36, Group.BEST),
        (45, Group.BEST),
        (46, Group.BEST),
    ],
)
def test_each_group_on_both_sides_of_its_threshold(total: int, group: Group) -> None:
    assert survival_band(total) == group.value


def test_a_short_life_is_predicted_from_19_on() -> None:
    assert [short_band(total) for total in (6, 18, 19, 25)] == [Short.NO.value] * 2 + [Short.YES.value] * 2


@pytest.mark.parametrize(
    ("item", "answer", "more"),
    [
        ("months_to_compression", 14.99, 0),
        ("months_to_compression", 15, 0),
        ("months_to_compression", 15.01, 3),
        ("months_to_compression", 15.5, 3),
        ("deficit_days", 1, 0),
        ("deficit_days", 7, 0),
        ("deficit_days", 8, 3),
        ("deficit_days", 14, 3),
        ("deficit_days", 15, 5),
        ("primary", "other", 1),
        ("primary", "prostate", 4),
        ("primary", "breast", 5),
        ("primary", "myeloma", 6),
        ("primary", "lymphoma", 6),
        ("other_bone", False, 2),
        ("visceral", False, 6),
        ("ambulatory", True, 4),
    ],
)
def test_points_of_the_survival_score(item: str, answer: object, more: int) -> None:
    assert judged(RADES_2008, read_form(RadesSurvival, WORST | {item: answer})).totals == (20 + more,)


@pytest.mark.parametrize(
    ("item", "answer", "less"),
    [
        ("ecog", 2, 4),
        ("ecog", 3, 0),
        ("ecog", 4, 0),
        ("months_to_compression", 15, 0),
        ("months_to_compression", 15.01, 2),
        ("deficit_days", 7, 0),
        ("deficit_days", 8, 3),
        ("primary", "other", 0),
        ("primary", "prostate", 1),
        ("primary", "breast", 2),
        ("primary", "myeloma", 2),
        ("primary", "lymphoma", 2),
        ("other_bone", False, 2),
        ("visceral", False, 3),
        ("ambulatory", True, 3),
    ],
)
def test_points_of_the_score_for_a_short_life(item: str, answer: object, less: int) -> None:
    assert judged(RADES_2013_SHORT, read_form(RadesShort, WORST_SHORT | {item: answer})).totals == (25 - less,)


def test_the_survival_score_is_a_draft_and_says_that_it_runs_to_46() -> None:
    best = judged(RADES_2008, read_form(RadesSurvival, written("myeloma", False, False, 16, True, 15)))
    assert best.totals == (46,)
    assert BEYOND_THE_PAPER in best.remarks
    assert OFF_BY_ONE in best.remarks
    assert best.remarks[0].startswith("not yet checked")
    below = judged(RADES_2008, read_form(RadesSurvival, written("breast", False, False, 16, True, 15)))
    assert below.totals == (45,)
    assert BEYOND_THE_PAPER not in below.remarks


def test_the_two_scores_run_in_opposite_directions() -> None:
    assert RADES_2008.better is Better.HIGHER
    assert RADES_2013_SHORT.better is Better.LOWER


@pytest.mark.parametrize("good", [0, 1])
def test_an_ecog_status_of_nobody_in_the_derivation_is_refused(good: int) -> None:
    with pytest.raises(RecordError, match="ecog") as refused:
        read_form(RadesShort, {"ecog": good})
    assert "2 to 4" in (refused.value.remedy or "")
