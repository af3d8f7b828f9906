"""Intervals between treatments, and how long images may be used: each on the day that its row prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.neurology import Neurology
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.decision import Act
from enbloc.decide.timeline import Dated, Passing
from enbloc.evidence import Checked
from tests.decide.situations import CHORDOMA, METASTASIS, READY, TODAY, said, seen
from tests.decide.timelines import done, entered_on, of, radiotherapy

Known = dict[Fact[Any], Any]
LAST = date(2026, 11, 16)


def about(words: str, *entries: Dated) -> list[Dated]:
    return [one for one in entries if one.subject.startswith(words)]


# --- radiotherapy and operation ---------------------------------------------------------------------------------------
def test_surgery_waits_more_than_a_week_after_the_last_fraction_and_two_by_default() -> None:
    least, best = about("elective operation after radiotherapy", *entered_on(METASTASIS, radiotherapy(LAST)))
    assert (least.rule, least.what, least.day) == ("STOP-18", Passing.EARLIEST, date(2026, 11, 24)), "the eighth day"
    assert (best.rule, best.what, best.day) == ("RT-T1", Passing.BEST, date(2026, 11, 30))
    assert least.disagrees == best.disagrees == ("DISAGREE-10",), "both positions are shown"
    assert (least.source, least.checked) == ("itshayek2010timing", Checked.READ)


@pytest.mark.parametrize(("days", "stopped"), [(-1, True), (0, False), (1, False)])
def test_the_stop_holds_until_the_day_of_the_timeline_and_no_longer(days: int, stopped: bool) -> None:
    (least, _) = about("elective operation after radiotherapy", *entered_on(METASTASIS, radiotherapy(LAST)))
    assert least.day is not None
    at = datetime(least.day.year, least.day.month, least.day.day, 8) + timedelta(days=days)
    known = METASTASIS | {f.OPERATION_AT: at, f.PLAN_ELECTIVE: True, f.PRIOR_RADIOTHERAPY: True}
    act = seen(known, act=Act.STABILISATION, treatments=(radiotherapy(LAST),))
    assert (said("STOP-18", act) is not None) is stopped


def test_an_emergency_is_not_delayed_and_has_no_day_to_wait_for() -> None:
    known = METASTASIS | {f.PLAN_ELECTIVE: False}
    assert not about("elective operation", *entered_on(known, radiotherapy(LAST)))


def test_of_several_courses_the_last_counts_and_one_without_a_day_leaves_it_open() -> None:
    first = radiotherapy(date(2025, 1, 1))
    for order in ((first, radiotherapy(LAST)), (radiotherapy(LAST), first)):
        assert [one.since for one in about("elective operation", *entered_on(METASTASIS, *order))] == [LAST, LAST]
    open_ = about("elective operation", *entered_on(METASTASIS, first, radiotherapy(None)))
    assert [(one.day, one.ask[0]) for one in open_] == [(None, "day of the earlier radiotherapy")] * 2
    ahead = about("elective operation", *entered_on(METASTASIS, radiotherapy(TODAY + timedelta(days=1))))
    assert all(one.day is None and "after the day of the case" in one.ask[0] for one in ahead)


def test_radiotherapy_at_another_level_waits_too_unless_its_field_lies_apart() -> None:
    elsewhere = replace(radiotherapy(LAST), levels=(Level.T9,))
    open_ = about("elective operation after radiotherapy at another level", *entered_on(METASTASIS, elsewhere))
    assert [one.day for one in open_] == [date(2026, 11, 24), date(2026, 11, 30)]
    assert all(f.FIELD_MEETS_WOUND.ask in one.ask for one in open_)
    assert not about("elective operation", *entered_on(METASTASIS | {f.FIELD_MEETS_WOUND: False}, elsewhere))
    meets = METASTASIS | {f.FIELD_MEETS_WOUND: True, f.OPERATION_AT: datetime(2026, 12, 1, 8)}
    assert all(
        f.FIELD_MEETS_WOUND.ask not in one.ask for one in about("elective operation", *entered_on(meets, elsewhere))
    )
    operated = done(TreatmentKind.OPERATION, LAST, levels=(Level.T9,))
    (only,) = about("radiotherapy after the operation at another level", *entered_on(METASTASIS, operated))
    assert (only.what, only.day) == (Passing.EARLIEST, date(2026, 11, 23))


def test_a_treatment_without_its_level_counts_as_one_here_and_asks() -> None:
    entries = about("elective operation", *entered_on(METASTASIS, replace(radiotherapy(LAST), levels=())))
    assert [one.day for one in entries] == [date(2026, 11, 24), date(2026, 11, 30)]
    assert all("level of the earlier radiotherapy" in one.ask for one in entries)


def test_an_operation_elsewhere_counts_for_nothing_here_once_the_level_is_said_to_have_had_none() -> None:
    nephrectomy = done(TreatmentKind.OPERATION, date(2023, 5, 11), levels=())
    known = METASTASIS | {f.OPERATED_AT_LEVEL: None}
    assert about("radiotherapy after the operation", *entered_on(known, nephrectomy)), "nobody knows where it was"
    assert not about("radiotherapy after the operation", *entered_on(known | {f.OPERATED_AT_LEVEL: False}, nephrectomy))


def test_radiotherapy_after_surgery_has_an_earliest_a_usual_and_a_latest_day() -> None:
    known = METASTASIS | {f.OPERATION_AT: datetime(2026, 12, 1, 8)}
    least, best, latest = about("radiotherapy after the operation", *entered_on(known))
    assert (least.rule, least.what, least.day) == ("STOP-18", Passing.EARLIEST, date(2026, 12, 8))
    assert (best.rule, best.what, best.day) == ("RT-T2", Passing.BEST, date(2026, 12, 15))
    assert (latest.rule, latest.what, latest.day) == ("RT-T2", Passing.LATEST, date(2026, 12, 29))
    assert latest.source == "delayedrt2020"
    assert {one.disagrees for one in (least, best, latest)} == {("DISAGREE-10",)}


def test_a_needle_leaves_no_wound_to_wait_for() -> None:
    operated = done(TreatmentKind.OPERATION, LAST)
    assert len(about("radiotherapy after", *entered_on(METASTASIS, operated))) == 3
    assert not about("radiotherapy after", *entered_on(METASTASIS | {f.NO_WOUND: True}, operated))


# --- again ------------------------------------------------------------------------------------------------------------
def test_irradiating_again_waits_five_or_six_months_by_the_calendar() -> None:
    entries = entered_on(METASTASIS | {f.PRIOR_RADIOTHERAPY: True}, radiotherapy(date(2026, 6, 30)))
    (stereotactic,) = about("stereotactic re-irradiation", *entries)
    (conventional,) = about("conventional re-irradiation", *entries)
    assert (stereotactic.rule, stereotactic.day, stereotactic.days_left) == ("STOP-12", date(2026, 11, 30), 10)
    assert (conventional.rule, conventional.day) == ("RT-09", date(2026, 12, 30))


def test_a_course_that_is_not_fully_recorded_asks_for_what_it_lacks() -> None:
    (open_,) = of("STOP-12", METASTASIS, done(TreatmentKind.RADIOTHERAPY, LAST, what="SBRT"))
    assert open_.day is None
    assert "dose of the earlier radiotherapy (SBRT)" in open_.ask


# --- images -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("known", "days"), [(METASTASIS, 28), (CHORDOMA, 28), ({f.HISTOLOGY: "osteoid osteoma", f.KIND: "primary"}, 91)]
)
def test_an_mri_may_be_used_for_as_long_as_the_stop_says(known: Known, days: int) -> None:
    plan, radiosurgery = (
        next(one for one in of("STOP-29", known) if one.subject == words)
        for words in ("MRI for an operation or radiotherapy", "MRI for radiosurgery")
    )
    assert plan.day == date(2026, 11, 10) + timedelta(days=days)
    assert radiosurgery.day == date(2026, 12, 1)
    assert plan.what is Passing.USABLE


@pytest.mark.parametrize(("age", "left"), [(20, 1), (21, 0), (22, -1)])
def test_the_last_day_of_an_mri_is_on_its_limit(age: int, left: int) -> None:
    circumstances = replace(READY, mr_dates=(TODAY - timedelta(days=age),))
    entries = of("STOP-29", METASTASIS, circumstances=circumstances)
    assert [one.days_left for one in about("MRI for radiosurgery", *entries)] == [left]
    stopped = said("STOP-29", seen(METASTASIS, act=Act.RADIOSURGERY, circumstances=circumstances))
    assert (stopped is not None) is (left < 0)


def test_an_mri_without_a_day_is_asked_for() -> None:
    for dates, words in (((), "date of the newest MRI"), ((date(2026, 11, 21),), "after the day of the case")):
        entries = of("STOP-29", METASTASIS, circumstances=replace(READY, mr_dates=dates))
        assert all(one.day is None and words in one.ask[0] for one in entries)
        assert len(entries) == 2


def test_a_deficit_ends_the_use_of_the_mri_before_it() -> None:
    known = METASTASIS | {f.DEFICIT: True}
    neurology = Neurology(deficit=True, since=date(2026, 11, 15))
    for one in of("STOP-29", known, neurology=neurology):
        assert one.day == date(2026, 11, 15)
        assert "MRI after the new deficit" in one.ask


def test_the_planning_mri_serves_for_three_weeks() -> None:
    (only,) = of("IMG-08", METASTASIS | {f.PLANNING_MRI_ON: date(2026, 11, 19)})
    assert (only.day, only.is_draft) == (date(2026, 12, 10), True)
    assert not of("IMG-08", METASTASIS)


# --- embolisation -----------------------------------------------------------------------------------------------------
def test_after_an_embolisation_target_limit_and_the_other_position_stand_side_by_side() -> None:
    embolised = done(TreatmentKind.EMBOLISATION, date(2026, 11, 19))
    target, limit, trial = (
        next(one for one in entered_on(METASTASIS, embolised) if one.subject == words)
        for words in (
            "operation after the embolisation, target",
            "operation after the embolisation, limit",
            "operation after the embolisation, in the window of a registered trial",
        )
    )
    # Of a day without its hour only whole days that surely lie within the limit count.
    assert (target.day, limit.day) == (date(2026, 11, 19), date(2026, 11, 21))
    assert (trial.day, trial.until) == (date(2026, 11, 21), date(2026, 11, 21))
    assert "hour of this: earlier embolisation" in target.ask
    assert {one.disagrees for one in (target, limit, trial)} == {("DISAGREE-8",)}
    assert all(one.is_draft for one in (target, limit, trial))


def test_before_a_planned_operation_the_window_is_counted_back() -> None:
    at = datetime(2026, 12, 4, 8)
    entries = about("embolisation before", *entered_on(METASTASIS | {f.OPERATION_AT: at, f.DEFICIT: False}))
    assert {(one.subject.partition(", ")[2], one.day, one.at, one.until) for one in entries} == {
        ("target", date(2026, 12, 3), at - timedelta(hours=24), None),
        ("limit", date(2026, 12, 1), at - timedelta(hours=72), None),
        ("window of a registered trial", date(2026, 12, 1), None, date(2026, 12, 2)),
    }
    assert {one.what for one in entries} == {Passing.NOT_BEFORE}
    assert {one.disagrees for one in entries} == {("DISAGREE-8",)}


def test_of_an_operation_without_its_hour_only_whole_days_count() -> None:
    known = METASTASIS | {f.OPERATION_AT: datetime(2026, 12, 4), f.DEFICIT: False}
    entries = about("embolisation before", *entered_on(known))
    assert {(one.subject.partition(", ")[2], one.day, one.until) for one in entries} == {
        ("target", date(2026, 12, 4), None),
        ("limit", date(2026, 12, 2), None),
        ("window of a registered trial", date(2026, 12, 2), date(2026, 12, 2)),
    }
    assert all(one.at is None and "hour of this: planned day and hour of the operation" in one.ask for one in entries)


def test_in_urgent_decline_nothing_waits_for_an_embolisation() -> None:
    known = METASTASIS | {f.DEFICIT: True, f.PROGRESSING: True, f.OPERATION_AT: datetime(2026, 12, 4, 8)}
    assert not about("embolisation before", *entered_on(known))


def test_the_angiography_comes_before_the_operation_until_it_is_done() -> None:
    known = METASTASIS | {f.OPERATION_AT: datetime(2026, 12, 4, 8), f.SEGMENTAL_ARTERIES: ()}
    (only,) = of("IMG-07", known)
    assert (only.day, only.what) == (date(2026, 12, 4), Passing.LATEST)
    assert not of("IMG-07", known | {f.ANGIOGRAPHY: True})


# --- fit for surgery --------------------------------------------------------------------------------------------------
def test_a_thrombosis_and_a_blood_count_have_their_days() -> None:
    known: Known = {f.PROXIMAL_THROMBOSIS_ON: date(2026, 11, 1), f.BLOOD_COUNT_AT: datetime(2026, 11, 19, 8)}
    (thrombosis,), (count,) = of("ANES-10", known), of("STOP-33", known)
    assert (thrombosis.what, thrombosis.day) == (Passing.EARLIEST, date(2026, 11, 29))
    assert (count.what, count.at) == (Passing.USABLE, datetime(2026, 11, 22, 8))
    urgent = known | {f.PLAN_ELECTIVE: False}
    assert not of("ANES-10", urgent)
    assert not of("STOP-33", urgent)
