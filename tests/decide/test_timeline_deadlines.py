"""Deadlines on the timeline: each with its rule, on the last hour that it allows, or with what to ask for."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.decide.timeline import Passing
from enbloc.decide.timeline_deadlines import DEADLINES
from enbloc.evidence import Checked
from tests.decide.situations import METASTASIS
from tests.decide.timelines import entered_on, of

Known = dict[Fact[Any], Any]
PRESENTED, DECIDED = datetime(2026, 11, 19, 14), datetime(2026, 11, 20, 1)
COMPRESSED: Known = METASTASIS | {
    f.ESCC_REPORTED: f.EsccReported.GRADE_3,
    f.DEFICIT: True,
    f.KNOWN_CANCER: True,
    f.PAIN: f.PainCharacter.MECHANICAL,
    f.WHOLE_SPINE_MRI: None,
    f.PRESENTED: PRESENTED,
}
NO_SURGERY: Known = COMPRESSED | {f.ABLE: False, f.PARAPLEGIC: False, f.DECIDED: DECIDED}
INTRADURAL: Known = {
    f.KIND: "primary", f.HISTOLOGY: "ependymoma", f.RAPID_DECLINE: True, f.DEFICIT: True, f.PRESENTED: PRESENTED,
}  # fmt: skip

ROWS: list[tuple[str, str, Known, datetime | date, Checked]] = [
    ("RED-01", "MRI of the whole spine", COMPRESSED, PRESENTED + timedelta(hours=24), Checked.READ_IN_A_COPY),
    ("RED-10", "MRI of the whole spine", {f.DEFICIT: True, f.PRESENTED: PRESENTED, f.KNOWN_CANCER: False},
     PRESENTED + timedelta(hours=24), Checked.FROM_MEMORY),
    ("RED-10", "MRI of the whole spine, the same day",
     {f.DEFICIT: True, f.PROGRESSING: True, f.PRESENTED: PRESENTED, f.KNOWN_CANCER: False},
     date(2026, 11, 19), Checked.FROM_MEMORY),
    ("RED-04", "emergency MRI for signs of the cauda equina, the same day",
     {f.CAUDA_SIGNS: (f.CaudaSign.SADDLE,), f.PRESENTED: PRESENTED}, date(2026, 11, 19), Checked.FROM_MEMORY),
    ("RED-11", "MRI with gadolinium: infection", COMPRESSED | {f.TEMPERATURE: 38.5}, PRESENTED + timedelta(hours=24),
     Checked.FROM_MEMORY),
    ("STOP-08", "decision on treatment", COMPRESSED, PRESENTED + timedelta(hours=24), Checked.READ_IN_A_COPY),
    ("RED-09", "operation, counted from the decision", COMPRESSED | {f.DECIDED: DECIDED},
     DECIDED + timedelta(hours=24), Checked.READ_IN_A_COPY),
    ("RED-09", "operation, counted from the presentation", COMPRESSED, PRESENTED + timedelta(hours=48),
     Checked.FROM_MEMORY),
    ("DEC-01", "decompression as in the trial", COMPRESSED | {f.DECIDED: DECIDED}, DECIDED + timedelta(hours=24),
     Checked.READ),
    ("INTRA-21", "decompression within the dura", INTRADURAL, PRESENTED + timedelta(hours=24), Checked.FROM_MEMORY),
    ("DEC-11", "start of radiotherapy for compression", NO_SURGERY, DECIDED + timedelta(hours=24),
     Checked.FROM_MEMORY),
    ("DEC-05", "start of radiotherapy for compression",
     NO_SURGERY | {f.PARAPLEGIC: True, f.PARAPLEGIC_SINCE: datetime(2026, 11, 1, 8)}, DECIDED + timedelta(hours=24),
     Checked.FROM_MEMORY),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "subject", "known", "by", "checked"), ROWS, ids=[f"{r[0]}: {r[1]}" for r in ROWS])
def test_each_deadline_falls_where_its_row_puts_it(
    rule: str, subject: str, known: Known, by: datetime | date, checked: Checked
) -> None:
    (only,) = (one for one in of(rule, known) if one.subject == subject)
    hour = by if isinstance(by, datetime) else None
    assert (only.what, only.at, only.checked) == (Passing.LATEST, hour, checked)
    assert only.day == (by.date() if isinstance(by, datetime) else by)


UNDATED: list[tuple[str, str, Known]] = [
    ("RED-02", "contact of the MSCC coordinator", {f.KNOWN_CANCER: True, f.DEFICIT: False}),
    ("RED-02", "MRI for suggestive pain", {f.KNOWN_CANCER: True, f.DEFICIT: False}),
    ("RED-03", "imaging of pain with a red flag", {f.KNOWN_CANCER: False}),
    ("MDT-03", "review by the board of what was decided by telephone", COMPRESSED | {f.OUT_OF_HOURS: True}),
]


@pytest.mark.parametrize(("rule", "subject", "known"), UNDATED, ids=[f"{row[0]}: {row[1]}" for row in UNDATED])
def test_a_moment_that_no_record_holds_is_asked_for_and_never_guessed(rule: str, subject: str, known: Known) -> None:
    (only,) = (one for one in of(rule, known) if one.subject == subject)
    assert (only.day, only.at, only.days_left) == (None, None, None)
    assert only.ask[0].startswith("day and hour of this: ")


def test_every_deadline_has_a_row_here() -> None:
    tested = {(rule, subject) for rule, subject, *_ in ROWS} | {(rule, subject) for rule, subject, _ in UNDATED}
    assert {(rule.id, one.subject) for one in DEADLINES for rule in one.rules} == tested


def test_a_rule_that_does_not_hold_sets_no_deadline() -> None:
    known = COMPRESSED | {f.DEFICIT: False, f.ESCC_REPORTED: f.EsccReported.GRADE_0}
    assert not {"STOP-08", "RED-09", "DEC-11"} & {one.rule for one in entered_on(known)}
    assert not of("STOP-08", COMPRESSED | {f.DECIDED: PRESENTED + timedelta(hours=24)}), "decided in time"
    (late,) = of("STOP-08", COMPRESSED | {f.DECIDED: PRESENTED + timedelta(hours=24, minutes=1)})
    assert late.at == PRESENTED + timedelta(hours=24)


def test_a_rule_that_is_open_sets_its_deadline_and_says_what_would_settle_it() -> None:
    (open_,) = of("STOP-08", COMPRESSED | {f.DEFICIT: None})
    assert open_.is_open
    assert open_.day == date(2026, 11, 20)
    assert f.DEFICIT.ask in open_.ask
    assert [one.is_open for one in of("STOP-08", COMPRESSED | {f.PRESENTED: datetime(2026, 11, 17, 8)})] == [False]


def test_a_deadline_that_has_passed_says_so() -> None:
    (passed,) = of("STOP-08", COMPRESSED | {f.PRESENTED: datetime(2026, 11, 17, 8)})
    assert (passed.day, passed.days_left, passed.has_passed) == (date(2026, 11, 18), -2, True)
    (today,) = of("STOP-08", COMPRESSED)
    assert (today.days_left, today.has_passed) == (0, False)


def test_a_presentation_without_its_hour_gives_the_last_whole_day() -> None:
    (only,) = of("STOP-08", COMPRESSED | {f.PRESENTED: datetime(2026, 11, 19)})
    assert (only.day, only.at) == (date(2026, 11, 19), None)
    assert "hour of this: first presentation with the deficit" in only.ask


def test_a_presentation_after_the_day_of_the_case_is_not_believed() -> None:
    (only,) = of("STOP-08", COMPRESSED | {f.PRESENTED: datetime(2026, 11, 21, 8)})
    assert only.day is None
    assert "after the day of the case" in only.ask[0]


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
def test_the_time_zone_of_the_record_stays(hours: float) -> None:
    moment = datetime(2026, 11, 19, 14, tzinfo=timezone(timedelta(hours=hours)))
    (only,) = of("STOP-08", COMPRESSED | {f.PRESENTED: moment})
    assert only.at == moment + timedelta(hours=24)
    assert only.day == date(2026, 11, 20), "as the calendar on the wall shows it there"


def test_an_image_that_was_done_may_be_older_than_the_signs() -> None:
    (only,) = of("RED-01", COMPRESSED | {f.WHOLE_SPINE_MRI: True})
    assert only.day == date(2026, 11, 20)
    assert "is what calls for it newer?" in only.ask[0]


def test_radiotherapy_for_compression_is_asked_for_once() -> None:
    starts = [one for one in entered_on(NO_SURGERY) if one.subject == "start of radiotherapy for compression"]
    assert [one.rule for one in starts] == ["DEC-11"]


def test_a_rule_that_speaks_goes_before_one_that_is_open() -> None:
    known = NO_SURGERY | {f.PARAPLEGIC: None}
    (start,) = (one for one in entered_on(known) if one.subject == "start of radiotherapy for compression")
    assert (start.rule, start.is_open) == ("DEC-05", False)


def test_only_signs_that_progress_call_for_the_same_day() -> None:
    known: Known = {f.DEFICIT: True, f.KNOWN_CANCER: False, f.PRESENTED: PRESENTED}
    for progressing, subjects in ((True, 2), (False, 1), (None, 1)):
        assert len(of("RED-10", known | {f.PROGRESSING: progressing})) == subjects
