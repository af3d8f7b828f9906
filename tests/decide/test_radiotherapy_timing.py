"""The interval between radiotherapy and surgery: done and planned, here and elsewhere, dated and not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.treatment import Treatment
from enbloc.decide import Circumstances
from enbloc.decide.decision import Act, Holds
from enbloc.decide.radiotherapy_timing import AFTER_SURGERY, AFTER_SURGERY_LATEST, BEFORE_SURGERY, Gap, gap
from tests.decide.rows.radiotherapy import ADULT, ELECTIVE, course, operation
from tests.decide.rows.row import NO, OPEN, YES
from tests.decide.situations import said, seen

SEPARATION: dict[Fact[Any], Any] = ELECTIVE  # the operation is on 25 November 2026
NOT_ELECTIVE = {f.PLAN_ELECTIVE: False}


def _holds(id: str, known: dict[Fact[Any], Any], act: Act, *given: Treatment, **more: Any) -> Holds | None:
    statement = said(id, seen(known, act=act, treatments=given, **more))
    return statement.holds if statement else None


@pytest.mark.parametrize(("gap_", "limit", "kept"), [
    (Gap(days=7, is_exact=True), BEFORE_SURGERY, False),
    (Gap(days=8, is_exact=True), BEFORE_SURGERY, True),
    (Gap(days=8, is_exact=False), BEFORE_SURGERY, True),
    (Gap(days=7, is_exact=False), BEFORE_SURGERY, None),
    (Gap(days=6, is_exact=True), AFTER_SURGERY, False),
    (Gap(days=7, is_exact=True), AFTER_SURGERY, True),
    (Gap(days=28, is_exact=True), AFTER_SURGERY_LATEST, True),
    (Gap(days=29, is_exact=True), AFTER_SURGERY_LATEST, False),
    (Gap(days=29, is_exact=False), AFTER_SURGERY_LATEST, False),
    (Gap(days=28, is_exact=False), AFTER_SURGERY_LATEST, None),
    (Gap(days=-3, is_exact=True), AFTER_SURGERY, False),
])  # fmt: skip
def test_a_gap_that_may_still_grow_settles_only_what_growing_cannot_change(
    gap_: Gap, limit: Any, kept: bool | None
) -> None:
    assert gap_.keeps(limit) is kept


def test_a_gap_without_any_later_day_is_none() -> None:
    assert gap(date(2026, 11, 1), None, None) is None
    assert gap(date(2026, 11, 1), None, date(2026, 11, 20)) == Gap(days=19, is_exact=False)
    assert gap(date(2026, 11, 1), date(2026, 11, 5), date(2026, 11, 20)) == Gap(days=4, is_exact=True)


@pytest.mark.parametrize(("begins", "verdict"), [
    (date(2026, 12, 1), YES), (date(2026, 12, 2), NO), (date(2026, 12, 3), NO), (None, OPEN),
    (date(2026, 11, 24), YES),  # before the operation that it is to follow
])  # fmt: skip
def test_radiosurgery_after_the_planned_separation(begins: date | None, verdict: Holds | None) -> None:
    assert _holds("STOP-18", SEPARATION | {f.RADIOTHERAPY_DAY: begins}, Act.SEPARATION) is verdict


def test_an_emergency_is_not_held_up_by_a_day_that_is_not_planned_yet() -> None:
    pressing = SEPARATION | NOT_ELECTIVE
    assert _holds("STOP-18", pressing, Act.SEPARATION) is NO
    assert _holds("STOP-18", pressing, Act.SEPARATION, course(ended=date(2026, 11, 19))) is NO
    early = pressing | {f.RADIOTHERAPY_DAY: date(2026, 11, 27)}
    assert _holds("STOP-18", early, Act.SEPARATION) is YES, "irradiating the fresh wound is no emergency"


def test_the_wait_is_advised_in_an_emergency_as_a_risk_to_accept() -> None:
    statement = said("RT-T1", seen(ELECTIVE | NOT_ELECTIVE, act=Act.STABILISATION, treatments=(_late(),)))
    assert statement is not None
    assert "Do not delay an emergency decompression" in statement.do
    calm = said("RT-T1", seen(ELECTIVE, act=Act.STABILISATION, treatments=(_late(),)))
    assert calm is not None
    assert "emergency" not in calm.do


def _late() -> Treatment:
    return course(ended=date(2026, 11, 19))


@pytest.mark.parametrize(("meets", "verdict"), [(None, OPEN), (True, YES), (False, NO)])
def test_radiotherapy_at_another_level_counts_if_its_field_meets_the_wound(
    meets: bool | None, verdict: Holds | None
) -> None:
    elsewhere = replace(_late(), levels=(Level.T10,))
    known = ELECTIVE | {f.FIELD_MEETS_WOUND: meets}
    assert _holds("STOP-18", known, Act.STABILISATION, elsewhere) is verdict
    assert _holds("STOP-18", known, Act.STABILISATION, replace(elsewhere, levels=())) is verdict
    long_ago = replace(elsewhere, ended=date(2026, 1, 1))
    assert _holds("STOP-18", known, Act.STABILISATION, long_ago) is NO


def test_the_latest_of_several_courses_decides() -> None:
    old = course(ended=date(2025, 1, 1))
    assert _holds("STOP-18", ELECTIVE, Act.STABILISATION, old) is NO
    assert _holds("STOP-18", ELECTIVE, Act.STABILISATION, old, course(ended=date(2026, 11, 20))) is YES
    assert _holds("STOP-18", ELECTIVE, Act.STABILISATION, old, course(ended=None)) is OPEN


def test_an_operation_known_and_not_recorded_leaves_its_day_open() -> None:
    known = ADULT | {f.OPERATED_AT_LEVEL: True, f.NO_WOUND: False, f.RADIOTHERAPY_DAY: date(2026, 12, 1)}
    assert _holds("STOP-18", known, Act.RADIOTHERAPY) is OPEN
    assert _holds("STOP-18", known, Act.RADIOTHERAPY, operation(None)) is OPEN
    assert _holds("STOP-18", known | {f.OPERATED_AT_LEVEL: None}, Act.RADIOTHERAPY) is OPEN
    assert _holds("STOP-18", known, Act.RADIOTHERAPY, operation(date(2026, 11, 1))) is NO


def test_without_any_day_nothing_is_settled() -> None:
    known = ELECTIVE | {f.OPERATION_AT: None}
    assert _holds("STOP-18", known, Act.STABILISATION, _late(), circumstances=Circumstances()) is OPEN


def test_the_hour_of_the_operation_does_not_shorten_its_day() -> None:
    early = ELECTIVE | {f.OPERATION_AT: datetime(2026, 11, 25, 0, 5)}
    assert _holds("STOP-18", early, Act.STABILISATION, course(ended=date(2026, 11, 17))) is NO


@pytest.mark.parametrize(("begins", "verdict"), [
    (date(2026, 12, 8), YES), (date(2026, 12, 9), NO), (date(2026, 12, 23), NO), (date(2026, 12, 24), YES),
])  # fmt: skip
def test_two_to_four_weeks_after_separation(begins: date, verdict: Holds | None) -> None:
    assert _holds("RT-T2", SEPARATION | {f.RADIOTHERAPY_DAY: begins}, Act.SEPARATION) is verdict


def test_both_positions_on_the_interval_are_shown_between_one_week_and_two() -> None:
    known = SEPARATION | {f.RADIOTHERAPY_DAY: date(2026, 12, 5)}
    assert _holds("DISAGREE-10", known, Act.SEPARATION) is YES
    assert _holds("STOP-18", known, Act.SEPARATION) is NO
    assert _holds("DISAGREE-10", known | {f.RADIOTHERAPY_DAY: date(2026, 12, 9)}, Act.SEPARATION) is NO
