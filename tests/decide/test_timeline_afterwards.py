"""Steroid, and what is due after an operation or radiotherapy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.surveillance import later
from enbloc.decide.timeline import Passing
from enbloc.evidence import Checked
from tests.decide.situations import CHORDOMA, METASTASIS, READY
from tests.decide.timelines import done, drug, entered_on, of, radiotherapy

Known = dict[Fact[Any], Any]
OPERATED = done(TreatmentKind.OPERATION, date(2026, 11, 10))
STEREOTACTIC = radiotherapy(date(2026, 10, 20), what="SBRT 27/3")
ON_STEROID: Known = METASTASIS | {f.STEROID_RUNNING: True}
AT: Known = {f.OPERATION_AT: datetime(2026, 12, 1, 8)}


# --- steroid ----------------------------------------------------------------------------------------------------------
def test_the_taper_ends_five_to_fourteen_days_after_each_start() -> None:
    entries = of("STER-07", ON_STEROID | AT | {f.RADIOTHERAPY_DAY: date(2026, 12, 15)}, OPERATED)
    assert [(one.day, one.until) for one in entries] == [
        (date(2026, 11, 15), date(2026, 11, 24)),
        (date(2026, 12, 6), date(2026, 12, 15)),
        (date(2026, 12, 20), date(2026, 12, 29)),
    ]
    assert {(one.checked, one.what) for one in entries} == {(Checked.READ_IN_A_COPY, Passing.DUE)}


def test_a_taper_without_a_start_asks_for_both_days_it_may_count_from() -> None:
    (only,) = of("STER-07", ON_STEROID)
    assert only.day is None
    assert only.ask == (f.OPERATION_AT.ask, f.RADIOTHERAPY_DAY.ask)
    assert not of("STER-07", METASTASIS | {f.STEROID_RUNNING: False})


def test_of_what_was_done_the_last_starts_the_taper() -> None:
    entries = of("STER-07", ON_STEROID, OPERATED, replace(STEREOTACTIC, started=date(2026, 10, 1)))
    assert [one.since for one in entries] == [date(2026, 11, 10)]


def test_an_operation_is_covered_after_a_long_course() -> None:
    long = drug("dexamethasone", date(2026, 11, 1), started=date(2026, 10, 1))
    short = drug("dexamethasone", date(2026, 11, 1), started=date(2026, 10, 20))
    (cover,) = of("STER-08", ON_STEROID | AT, long)
    assert (cover.day, cover.subject, cover.is_draft) == (
        date(2026, 12, 1), "hydrocortisone cover of the operation", True,
    )  # fmt: skip
    assert not of("STER-08", ON_STEROID | AT, short)
    (asked,) = of("STER-08", ON_STEROID | AT)
    assert "since when has the steroid been taken?" in asked.ask


def test_one_fraction_has_its_days_of_dexamethasone() -> None:
    known = METASTASIS | {f.RT_FRACTIONS: 1, f.RADIOTHERAPY_DAY: date(2026, 12, 1)}
    (only,) = of("STER-09", known)
    assert (only.day, only.until) == (date(2026, 12, 1), date(2026, 12, 5))
    assert not of("STER-09", known | {f.RT_FRACTIONS: 2})
    (open_,) = of("STER-09", known | {f.RADIOTHERAPY_DAY: None})
    assert (open_.day, open_.ask) == (None, (f.RADIOTHERAPY_DAY.ask,))


def test_a_biopsy_is_urgent_once_a_steroid_had_to_be_given_before_it() -> None:
    known: Known = {f.HISTOLOGY: "lymphoma", f.KIND: "haematological", f.PROVEN: False, f.RAPID_DECLINE: True}
    (only,) = of("STER-05", known, drug("dexamethasone", None, started=date(2026, 11, 19)))
    assert (only.what, only.day, only.disagrees) == (Passing.LATEST, date(2026, 11, 20), ("DISAGREE-3",))
    assert "hour of this: first dose of the steroid" in only.ask
    (asked,) = of("STER-05", known)
    assert asked.day is None
    assert not of("STER-05", known | {f.RAPID_DECLINE: False, f.DEFICIT: False})


# --- after an operation -----------------------------------------------------------------------------------------------
def test_the_days_after_a_planned_operation() -> None:
    entries = entered_on(METASTASIS | AT)
    days = {(one.rule, one.day, one.until) for one in entries if one.rule in {"VTE-02", "CLOS-02", "REHAB-04"}}
    assert days == {
        ("VTE-02", date(2026, 12, 2), date(2026, 12, 4)),
        ("CLOS-02", date(2026, 12, 15), date(2026, 12, 22)),
        ("REHAB-04", date(2027, 1, 12), None),
        ("REHAB-04", date(2027, 3, 1), None),
        ("REHAB-04", date(2027, 6, 1), None),
        ("REHAB-04", date(2027, 12, 1), None),
    }
    (motor,) = of("POST-01", METASTASIS | AT)
    assert (motor.what, motor.at) == (Passing.NEEDED, datetime(2026, 12, 2, 8))


def test_a_check_that_goes_on_is_read_late_where_the_hour_is_not_known() -> None:
    (motor,) = of("POST-01", METASTASIS, OPERATED)
    assert (motor.day, motor.at) == (date(2026, 11, 11), None)


def test_the_end_of_an_operation_takes_the_place_of_its_plan() -> None:
    (motor,) = of("POST-01", METASTASIS | AT | {f.OPERATION_ENDED: datetime(2026, 11, 19, 17)}, OPERATED)
    assert motor.at == datetime(2026, 11, 20, 17)


def test_stitches_stay_longer_only_with_radiotherapy() -> None:
    assert not of("CLOS-02", METASTASIS | AT | {f.RADIOTHERAPY_AFTER: False})
    assert f.RADIOTHERAPY_AFTER.ask in of("CLOS-02", METASTASIS | AT)[0].ask
    assert not of("CLOS-02", METASTASIS | AT | {f.RADIOTHERAPY_AFTER: True})[0].ask


def test_without_an_operation_nothing_is_due_after_one() -> None:
    assert not {"POST-01", "VTE-02", "CLOS-02", "REHAB-04"} & {one.rule for one in entered_on(METASTASIS)}


@pytest.mark.parametrize(("rule", "until"), [
    ("COMP-01", date(2026, 12, 10)), ("COMP-03", date(2026, 11, 11)), ("COMP-05", date(2026, 11, 11)),
    ("COMP-06", date(2026, 12, 10)), ("COMP-07", date(2027, 11, 10)),
])  # fmt: skip
def test_each_complication_is_watched_for_as_long_as_its_row_says(rule: str, until: date) -> None:
    (only,) = of(rule, METASTASIS, OPERATED)
    assert (only.what, only.day, only.since) == (Passing.WATCH, until, date(2026, 11, 10))
    assert not of(rule, METASTASIS)


# --- after radiotherapy -----------------------------------------------------------------------------------------------
def test_after_radiosurgery_the_bone_is_imaged_twice() -> None:
    known = METASTASIS | {f.RADIOTHERAPY_DAY: date(2026, 12, 1), f.RT_DOSE: 24.0, f.RT_FRACTIONS: 1}
    assert [(one.day, one.until) for one in of("RT-07", known)] == [
        (date(2026, 12, 29), date(2027, 1, 26)),
        (date(2027, 3, 1), date(2027, 4, 1)),
    ]
    assert not of("RT-07", METASTASIS)


def test_follow_up_counts_from_the_last_treatment_by_the_row_that_speaks() -> None:
    first, then = of("FU-01", METASTASIS, STEREOTACTIC)
    assert (first.since, first.day, first.until) == (date(2026, 10, 20), date(2026, 12, 20), date(2027, 1, 20))
    assert then.day == later(date(2026, 10, 20), 21)
    assert (first.subject, first.what, first.is_draft) == ("MRI", Passing.DUE, True)
    assert not of("FU-03", METASTASIS, STEREOTACTIC)
    (clinic,) = of("FU-03", METASTASIS | {f.STEREOTACTIC_BEFORE: False}, radiotherapy(date(2026, 11, 1)))
    assert (clinic.subject, clinic.day, clinic.until) == ("clinic", date(2026, 11, 29), date(2026, 12, 27))


def test_a_row_that_is_open_keeps_its_days_and_asks() -> None:
    (clinic,) = of("FU-03", METASTASIS, radiotherapy(date(2026, 11, 1)))
    assert (clinic.day, clinic.is_open) == (date(2026, 11, 29), True)
    assert f.STEREOTACTIC_BEFORE.ask in clinic.ask


def test_the_group_of_risk_sets_its_own_days_or_is_asked_for() -> None:
    (asked,) = of("FU-16", METASTASIS, STEREOTACTIC)
    assert (asked.day, asked.ask) == (None, (f.RISK_GROUP.ask,))
    (low,) = of("FU-16", METASTASIS | {f.RISK_GROUP: f.RiskGroup.LOW}, STEREOTACTIC)
    assert (low.day, low.checked) == (date(2027, 4, 20), Checked.READ)


def test_follow_up_of_a_primary_tumour_is_that_of_its_histology() -> None:
    entries = of("FU-04", CHORDOMA, OPERATED)
    assert {(one.subject, one.day) for one in entries} >= {
        ("MRI", date(2027, 5, 10)),
        ("CT of the chest", date(2027, 5, 10)),
    }
    assert not of("FU-04", CHORDOMA)
    (open_,) = of("FU-04", CHORDOMA, done(TreatmentKind.OPERATION, None))
    assert (open_.day, open_.ask) == (None, ("day of the last operation or radiotherapy at the level",))


def test_without_a_day_of_the_case_follow_up_asks_for_it() -> None:
    entries = of("FU-01", METASTASIS, STEREOTACTIC, circumstances=replace(READY, as_of=None))
    assert [one.day for one in entries] == [None]
    assert entries[0].ask


def test_an_observed_tumour_asks_from_when() -> None:
    known: Known = {f.KIND: "primary", f.HISTOLOGY: "osteochondroma", f.PAIN: f.PainCharacter.NONE, f.DEFICIT: False}
    (only,) = of("FU-12", known)
    assert only.ask[0] == "day from which the tumour is observed"
