"""The groups and traps of the specification (prognosis 1.11); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.survival.prism import GROUP_1, GROUP_2, GROUP_3, GROUP_4, PRISM, Prism, band

PLAIN: dict[str, Any] = {
    "female": False,
    "only_site": False,
    "performance": 0,
    "prior_surgery": False,
    "prior_radiation": False,
    "organs": 0,
    "years": 1,
}


def scored(**form: Any) -> Score:
    return judged(PRISM, read_form(Prism, PLAIN | form))


@pytest.mark.parametrize(
    ("total", "group"),
    [
        (7.5, GROUP_1),
        (7, GROUP_2),
        (4, GROUP_2),
        (3.5, GROUP_3),
        (1, GROUP_3),
        (0.5, GROUP_4),
        (-21, GROUP_4),
    ],
)
def test_groups(total: float, group: str) -> None:
    assert band(total) == group


@pytest.mark.parametrize(("years", "points"), [(4.99, 0), (5, 0), (5.01, 3)])
def test_the_interval_counts_over_five_years(years: float, points: int) -> None:
    assert scored(years=years).totals == (points,)


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        ("female", True, 2),
        ("only_site", True, 3),
        ("performance", 3.5, 3.5),
        ("prior_surgery", True, 1),
        ("prior_radiation", True, -1),
        ("organs", 4, -4),
    ],
)
def test_each_item(item: str, answer: Any, points: float) -> None:
    assert scored(**{item: answer}).totals == (points,)


def test_the_only_site_leaves_no_other_organ() -> None:
    with pytest.raises(RecordError, match="only metastatic"):
        scored(only_site=True, organs=1)
    assert scored(only_site=True, organs=None).totals == (3,)
    assert scored(only_site=None, organs=1).totals == (-1,)


@pytest.mark.parametrize("wrong", [-0.5, 4, 3.6])
def test_performance_points_lie_within_0_and_3_5(wrong: float) -> None:
    with pytest.raises(RecordError, match="performance"):
        read_form(Prism, {"performance": wrong})


def test_half_points_are_not_cut_in_the_headline() -> None:
    best = scored(female=True, only_site=True, performance=3.5, prior_surgery=True, years=6)
    assert best.headline == "PRISM 12.5, group 1: more than 7"
