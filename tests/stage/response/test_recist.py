"""Every threshold and trap of the specification (staging 11.1); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.response.recist import FROM_MEMORY, ONLY_NODES, RECIST_BONE, Recist, changes
from enbloc.stage.score import Score

MEASURABLE: dict[str, Any] = {
    "matrix": "lytic",
    "sectional": True,
    "soft_tissue_mm": 20,
    "twice_slice": True,
    "irradiated": False,
}
UNCHANGED: dict[str, Any] = {
    "new_lesion": False,
    "non_target": False,
    "gone": False,
    "decrease_percent": 0,
    "increase_percent": 0,
    "increase_mm": 0,
}
PARTIAL, STABLE, PROGRESSIVE = ("partial response",), ("stable disease",), ("progressive disease",)
NOT_MEASURABLE = ("not measurable: non-target lesion",)


def recist(**answers: Any) -> Score:
    return judged(RECIST_BONE, read_form(Recist, MEASURABLE | UNCHANGED | answers))


def test_the_changes_of_the_examples() -> None:
    assert changes(baseline_mm=40, smallest_mm=40, now_mm=27)["decrease_percent"] == 32.5
    second = changes(baseline_mm=22, smallest_mm=18, now_mm=22)
    assert (round(second["increase_percent"]), second["increase_mm"]) == (22, 4)
    third = changes(baseline_mm=30, smallest_mm=25, now_mm=31)
    assert (third["increase_percent"], third["increase_mm"]) == (24, 6)
    for sums in ((40, 0, 5), (20, 30, 30), (40, 30, -1)):
        with pytest.raises(RecordError, match="smallest"):
            changes(baseline_mm=sums[0], smallest_mm=sums[1], now_mm=sums[2])


@pytest.mark.parametrize(
    ("decrease", "percent", "mm", "word"),
    [
        (29.9, 0, 0, STABLE),
        (30, 0, 0, PARTIAL),
        (30.1, 0, 0, PARTIAL),
        (0, 19.9, 50, STABLE),  # both, not either
        (0, 20, 50, PROGRESSIVE),
        (0, 20.1, 50, PROGRESSIVE),
        (0, 90, 4.9, STABLE),
        (0, 90, 5, PROGRESSIVE),
        (0, 90, 5.1, PROGRESSIVE),
        (50, 67, 20, PROGRESSIVE),  # regrowth from the smallest sum, though still half of baseline
    ],
)
def test_thresholds_on_below_and_above(decrease: float, percent: float, mm: float, word: tuple[str, ...]) -> None:
    score = recist(decrease_percent=decrease, increase_percent=percent, increase_mm=mm)
    assert score.categories == word


@pytest.mark.parametrize(("soft", "word"), [(9.9, NOT_MEASURABLE), (10, STABLE), (10.1, STABLE)])
def test_soft_tissue_makes_a_bone_lesion_measurable(soft: float, word: tuple[str, ...]) -> None:
    assert recist(soft_tissue_mm=soft).categories == word
    assert FROM_MEMORY not in recist(soft_tissue_mm=soft).flags


@pytest.mark.parametrize(
    "why", [{"matrix": "blastic"}, {"sectional": False}, {"twice_slice": False}, {"irradiated": True}]
)
def test_rules_from_memory_are_marked(why: dict[str, Any]) -> None:
    score = recist(**why)
    assert score.categories == NOT_MEASURABLE
    assert FROM_MEMORY in score.flags
    assert recist(**why, new_lesion=True).categories == PROGRESSIVE


def test_complete_response_need_not_be_a_sum_of_zero() -> None:
    assert recist(gone=True).categories == ("complete response",)
    assert recist(gone=True, non_target=True).categories == PROGRESSIVE
    assert ONLY_NODES in recist(gone=True, increase_percent=50, increase_mm=6).flags


def test_an_unknown_increase_in_millimetres_leaves_both() -> None:
    assert set(recist(increase_percent=25, increase_mm=None).categories) == {*STABLE, *PROGRESSIVE}
    assert recist(increase_percent=10, increase_mm=None).categories == STABLE
