"""The day on the timeline is the day on which the rule itself changes its mind: on it, a step before, a step after."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import Antithrombotic, Fact
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act, Holds
from enbloc.decide.timeline import Dated, Passing
from enbloc.decide.timeline_entry import Since, moved
from enbloc.evidence import Checked, limit
from tests.decide.situations import METASTASIS, READY, said, seen
from tests.decide.timelines import done, drug, entered_on, radiotherapy

Known = dict[Fact[Any], Any]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def operated_at(at: datetime) -> Known:
    return {f.OPERATION_AT: at, f.PLAN_ELECTIVE: True}


def irradiated_on(at: datetime) -> Known:
    return {f.RADIOTHERAPY_DAY: at.date()}


def decided_at(at: datetime) -> Known:
    return {f.DECIDED: at}


CLEAN: Known = METASTASIS | {f.DRUGS_COMPLETE: True, f.NEUTROPHILS: 4.0, f.PLATELETS: 250.0, f.PLAN_ELECTIVE: True}
IRRADIATED: Known = METASTASIS | {f.PRIOR_RADIOTHERAPY: True, f.OPERATED_AT_LEVEL: False}
OPERATED: Known = METASTASIS | {f.OPERATED_AT_LEVEL: True, f.NO_WOUND: False, f.AFTER_OPERATION: True}
DEFICIT: Known = METASTASIS | {f.DEFICIT: True, f.PRESENTED: datetime(2026, 11, 18, 9, 30)}
APIXABAN: Known = CLEAN | {
    f.ANTITHROMBOTICS: (Antithrombotic.EDOXABAN,), f.LAST_EDOXABAN: datetime(2026, 11, 19, 20), f.INR: 1.0,
    f.CREATININE_CLEARANCE: 90.0,
}  # fmt: skip
THROMBOSIS: Known = CLEAN | {f.PROXIMAL_THROMBOSIS_ON: date(2026, 11, 1), f.THROMBOEMBOLISM: True}
COUNTED: Known = CLEAN | {f.BLOOD_COUNT_AT: datetime(2026, 11, 19, 8)}

GIVEN, EARLIER = (radiotherapy(date(2026, 11, 16)),), (radiotherapy(date(2026, 9, 30)),)
WOUND = (done(TreatmentKind.OPERATION, date(2026, 11, 16)),)
BEVACIZUMAB, PAZOPANIB = (drug("bevacizumab", date(2026, 11, 10)),), (drug("pazopanib", date(2026, 11, 19)),)
CYTOTOXIC = (drug("FOLFOX", date(2026, 11, 19)),)

Row = tuple[str, str, Known, tuple[Treatment, ...], Act | None, Callable[[datetime], Known], timedelta]
FROM: list[Row] = [
    ("STOP-18", "STOP-18 earliest", IRRADIATED, GIVEN, Act.STABILISATION, operated_at, DAY),
    ("RT-T1", "RT-T1 default", IRRADIATED, GIVEN, Act.STABILISATION, operated_at, DAY),
    ("STOP-18", "STOP-18 earliest", OPERATED, WOUND, Act.RADIOTHERAPY,
     irradiated_on, DAY),
    ("RT-T2", "RT-T2 default", OPERATED, WOUND, Act.RADIOTHERAPY,
     irradiated_on, DAY),
    ("STOP-12", "STOP-12 earliest", IRRADIATED, EARLIER, Act.RADIOSURGERY, irradiated_on, DAY),
    ("STOP-17", "SYS-01 hard", CLEAN, BEVACIZUMAB, Act.STABILISATION, operated_at, DAY),
    ("SYS-01", "SYS-01 advised", CLEAN, BEVACIZUMAB, Act.STABILISATION, operated_at, DAY),
    ("SYS-02", "SYS-02", CLEAN, PAZOPANIB, Act.STABILISATION, operated_at, DAY),
    ("STOP-33", "STOP-33", CLEAN, CYTOTOXIC,
     Act.STABILISATION, operated_at, DAY),
    ("SYS-06", "SYS-06", CLEAN, CYTOTOXIC, Act.STABILISATION, operated_at, DAY),
    ("STOP-16", "ANES-06", APIXABAN, (), Act.STABILISATION, operated_at, MINUTE),
    ("ANES-10", "ANES-10", THROMBOSIS, (), Act.STABILISATION, operated_at, DAY),
]  # fmt: skip
UNTIL: list[Row] = [
    ("RT-T2", "RT-T2 latest", OPERATED, WOUND, Act.RADIOTHERAPY,
     irradiated_on, DAY),
    ("STOP-08", "STOP-08", DEFICIT, (), None, decided_at, MINUTE),
    ("IMG-08", "IMG-08", METASTASIS | {f.PLANNING_MRI_ON: date(2026, 11, 19), f.PLANNING_MRI_FUSED: True}, (),
     Act.RADIOSURGERY, irradiated_on, DAY),
    ("STOP-33", "STOP-33", COUNTED, (), Act.STABILISATION, operated_at, MINUTE),
]  # fmt: skip


def the(entry: str, known: Known, treatments: tuple[Treatment, ...]) -> datetime:
    """The moment of one entry, by its rule and what it means."""
    rule, _, which = entry.partition(" ")
    meant = {"earliest": Passing.EARLIEST, "default": Passing.BEST, "latest": Passing.LATEST}.get(which)
    found = [one for one in entered_on(known, *treatments) if one.rule == rule and meant in (None, one.what)]
    one: Dated = found[-1] if which == "advised" else found[0]
    assert one.day is not None
    return one.at or datetime.combine(one.day, time(9))


def speaks(rule: str, known: Known, treatments: tuple[Treatment, ...], act: Act | None) -> bool:
    # The case stands so late that nothing which is set here lies after it.
    known_now = replace(READY, as_of=date(2026, 11, 20), mr_dates=(date(2026, 11, 20),))
    statement = said(rule, seen(known, act=act, treatments=treatments, circumstances=known_now))
    return statement is not None and statement.holds is Holds.YES


@pytest.mark.parametrize("row", FROM, ids=[f"{row[0]} by {row[1]}" for row in FROM])
def test_from_its_day_on_the_rule_is_silent_and_a_step_before_it_is_not(row: Row) -> None:
    rule, entry, known, treatments, act, set_at, step = row
    day = the(entry, known, treatments)
    assert speaks(rule, known | set_at(day - step), treatments, act)
    assert not speaks(rule, known | set_at(day), treatments, act)
    assert not speaks(rule, known | set_at(day + step), treatments, act)


@pytest.mark.parametrize("row", UNTIL, ids=[f"{row[0]} by {row[1]}" for row in UNTIL])
def test_up_to_its_day_the_rule_is_silent_and_a_step_after_it_is_not(row: Row) -> None:
    rule, entry, known, treatments, act, set_at, step = row
    day = the(entry, known, treatments)
    assert not speaks(rule, known | set_at(day - step), treatments, act)
    assert not speaks(rule, known | set_at(day), treatments, act)
    assert speaks(rule, known | set_at(day + step), treatments, act)


# --- counting ---------------------------------------------------------------------------------------------------------
SINCE = date(2026, 11, 19)


@pytest.mark.parametrize(("number", "unit", "comparator", "what", "day"), [
    (7, "days", ">=", Passing.EARLIEST, date(2026, 11, 26)),
    (7, "days", ">", Passing.EARLIEST, date(2026, 11, 27)),
    (28, "days", "<=", Passing.LATEST, date(2026, 12, 17)),
    (1, "week", "<=", Passing.LATEST, date(2026, 11, 26)),
    (2, "weeks", "<=", Passing.LATEST, date(2026, 12, 3)),
    (5, "months", ">=", Passing.EARLIEST, date(2027, 4, 19)),
    (24, "h", "<=", Passing.LATEST, date(2026, 11, 19)),
    (48, "hours", "<=", Passing.LATEST, date(2026, 11, 20)),
    (6, "h", "<=", Passing.LATEST, date(2026, 11, 19)),
    (24, "h", "<=", Passing.NEEDED, date(2026, 11, 20)),
])  # fmt: skip
def test_a_day_without_its_hour_is_counted_carefully(
    number: float, unit: str, comparator: str, what: Passing, day: date
) -> None:
    within = limit("a limit", number, unit, comparator, "project", Checked.OURS)
    assert moved(Since(words="a day", day=SINCE), within, what) == (day, None)


def test_an_hour_is_counted_to_the_minute() -> None:
    within = limit("a limit", 24, "h", "<=", "project", Checked.OURS)
    at = datetime(2026, 11, 19, 23, 59)
    assert moved(Since(words="a moment", day=at.date(), at=at), within) == (date(2026, 11, 20), at + DAY)
    assert moved(Since(words="a moment", ask=("when?",)), within) == (None, None)
