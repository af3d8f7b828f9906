"""The thresholds and traps of the specification (prognosis 1.2); its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import Better, judged
from enbloc.stage.survival.tomita import (
    BY_TREATMENT,
    CLASSED_BY_HAND,
    TOMITA,
    Goal,
    Primary,
    Tomita,
    VitalOrgans,
    band,
)


@pytest.mark.parametrize(
    ("total", "goal"),
    [
        (2, Goal.LONG_TERM),
        (3, Goal.LONG_TERM),
        (4, Goal.MIDDLE_TERM),
        (5, Goal.MIDDLE_TERM),
        (6, Goal.SHORT_TERM),
        (7, Goal.SHORT_TERM),
        (8, Goal.TERMINAL),
        (10, Goal.TERMINAL),
    ],
)
def test_each_total_on_both_sides_of_a_threshold(total: int, goal: Goal) -> None:
    assert band(total) == goal.value


def test_nothing_is_worth_three_points_and_rapid_growth_is_four() -> None:
    assert {one.points for one in Primary} == {1, 2, 4}
    assert {one.points for one in VitalOrgans} == {0, 2, 4}


def test_more_points_are_worse() -> None:
    assert TOMITA.better is Better.LOWER
    assert [one.word for one in TOMITA.categories] == [one.value for one in Goal]


def test_a_site_beyond_the_lists_says_that_it_was_classed_by_hand() -> None:
    known = read_form(Tomita, {"primary": "other of rapid growth", "vital_organs": "none", "multiple_bone": False})
    assert CLASSED_BY_HAND in judged(TOMITA, known).remarks
    listed = judged(TOMITA, read_form(Tomita, {"primary": "breast"}))
    assert CLASSED_BY_HAND not in listed.remarks
    assert BY_TREATMENT in listed.remarks


def test_an_open_item_leaves_every_total_it_can_come_to() -> None:
    score = judged(TOMITA, read_form(Tomita, {"primary": "kidney", "multiple_bone": True}))
    assert score.totals == (4, 6, 8)
    assert len(score.missing) == 1


@pytest.mark.parametrize(("item", "wrong"), [("vital_organs", "removable"), ("multiple_bone", 1), ("primary", "slow")])
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Tomita, {item: wrong})
