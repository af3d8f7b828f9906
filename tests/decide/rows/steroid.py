"""Rows of the rules about steroid, its stops and its disagreements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.fact import SteroidDanger
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY

E = f.EsccReported
SAFE = (SteroidDanger.NONE,)
M = METASTASIS | {f.AGE: 60.0, f.STEROID_DANGERS: SAFE}
WEAK = M | {f.DEFICIT: True}
NO_TISSUE = M | {f.PROVEN: False, f.RAPID_DECLINE: False}
SUSPECTED = NO_TISSUE | {f.HAEMATOLOGICAL_SUSPECTED: True}
LYMPHOMA = M | {f.KIND: "haematological", f.HISTOLOGY: "lymphoma"}
ORDERED = {f.STEROID_PLANNED: True}
CUT = {"act": Act.SEPARATION}
PHOTONS = {"act": Act.RADIOTHERAPY}


def course(days: int, ended: int) -> dict[str, Any]:
    """A course of so many days that ended so many days ago."""
    end = TODAY - timedelta(days=ended)
    one = Treatment(
        kind=TreatmentKind.SYSTEMIC, what="dexamethasone 8 mg", started=end - timedelta(days=days), ended=end
    )
    return CUT | {"treatments": (one,)}


OPEN_COURSE = CUT | {"treatments": (Treatment(kind=TreatmentKind.SYSTEMIC, what="prednisolone"),)}
FUTURE = CUT | {
    "treatments": (
        Treatment(
            kind=TreatmentKind.SYSTEMIC, what="dexamethasone", started=date(2026, 10, 1), ended=date(2026, 11, 21)
        ),
    )
}
STOPPED = M | {f.STEROID_RUNNING: False}

ROWS: list[Row] = [
    ("STER-01", "deficit", WEAK, {}, YES),
    ("STER-01", "no signs", M, {}, NO),
    ("STER-01", "compression excluded", WEAK | {f.ESCC_REPORTED: E.GRADE_1A}, {}, NO),
    ("STER-01", "compression suspected", WEAK | {f.ESCC_REPORTED: None}, {}, YES),
    ("STER-01", "infection suspected", WEAK | {f.STEROID_DANGERS: (SteroidDanger.INFECTION,)}, {}, NO),
    ("STER-01", "fever, though nobody sees a danger", WEAK | {f.TEMPERATURE: 38.5}, {}, NO),
    ("STER-01", "weak, not examined", M | {f.DEFICIT: None, f.LIMB_WEAKNESS: True}, {}, YES),
    ("STER-01", "dangers?", WEAK | {f.STEROID_DANGERS: None}, {}, OPEN),
    ("STER-01", "lymphoma suspected", SUSPECTED | {f.DEFICIT: True}, {}, NO),
    ("STER-01", "a primary", CHORDOMA | {f.DEFICIT: True, f.STEROID_DANGERS: SAFE}, {}, NO),
    ("STER-02", "high grade", M, PHOTONS, YES),
    ("STER-02", "low grade", M | {f.ESCC_REPORTED: E.GRADE_1A}, PHOTONS, NO),
    ("STER-02", "an operation alone", M, {"act": Act.STABILISATION}, NO),
    ("STER-02", "grade?", M | {f.ESCC_REPORTED: None}, PHOTONS, OPEN),
    ("STER-03", "planned", M | ORDERED, {}, YES),
    ("STER-03", "a dose ordered", M | {f.STEROID_DAILY: 8.0}, {}, YES),
    ("STER-03", "not planned", M | {f.STEROID_PLANNED: False}, {}, NO),
    ("STER-03", "planned?", M, {}, OPEN),
    ("STER-04", "95.9 mg", M | {f.STEROID_DAILY: 95.9}, {}, NO),
    ("STER-04", "96 mg", M | {f.STEROID_DAILY: 96.0}, {}, YES),
    ("STER-04", "96.1 mg", M | {f.STEROID_DAILY: 96.1}, {}, YES),
    ("STER-04", "none planned", M | {f.STEROID_PLANNED: False}, {}, NO),
    ("STER-04", "how much?", M | ORDERED, {}, OPEN),
    ("STER-05", "suspected, stable", SUSPECTED, {}, YES),
    ("STER-05", "suspected, declining", SUSPECTED | {f.RAPID_DECLINE: True}, {}, YES),
    ("STER-05", "germ cell tumour by its name", NO_TISSUE | {f.HISTOLOGY: "seminoma"}, {}, YES),
    ("STER-05", "proven", LYMPHOMA | {f.RAPID_DECLINE: False}, {}, NO),
    ("STER-05", "not suspected", NO_TISSUE | {f.HAEMATOLOGICAL_SUSPECTED: False}, {}, NO),
    ("STER-05", "suspected?", NO_TISSUE, {}, OPEN),
    ("STER-05", "declining?", SUSPECTED | {f.RAPID_DECLINE: None}, {}, OPEN),
    ("STER-06", "no signs", M, {}, YES),
    ("STER-06", "signs", WEAK, {}, NO),
    ("STER-06", "lymphoma", LYMPHOMA, {}, NO),
    ("STER-06", "myelopathy?", M | {f.MYELOPATHY: None}, {}, OPEN),
    ("STER-07", "running", M | {f.STEROID_RUNNING: True}, {}, YES),
    ("STER-07", "not running", STOPPED, {}, NO),
    ("STER-07", "running?", M, {}, OPEN),
    ("STER-07", "a course without an end", STOPPED, OPEN_COURSE, OPEN),
    ("STER-08", "running", M | {f.STEROID_RUNNING: True}, CUT, YES),
    ("STER-08", "never", STOPPED, CUT, NO),
    ("STER-08", "running, radiotherapy", M | {f.STEROID_RUNNING: True}, PHOTONS, NO),
    ("STER-08", "21 days, ended lately", STOPPED, course(21, 10), NO),
    ("STER-08", "22 days, ended lately", STOPPED, course(22, 10), YES),
    ("STER-08", "22 days, ended 90 days ago", STOPPED, course(22, 90), YES),
    ("STER-08", "22 days, ended 91 days ago", STOPPED, course(22, 91), NO),
    ("STER-08", "an end after the day of the case", STOPPED, FUTURE, OPEN),
    ("STER-08", "running?", M, CUT, OPEN),
    ("STER-09", "one fraction", M | {f.RT_FRACTIONS: 1}, PHOTONS, YES),
    ("STER-09", "two fractions", M | {f.RT_FRACTIONS: 2}, PHOTONS, NO),
    ("STER-09", "radiosurgery", M | {f.RT_FRACTIONS: 1}, {"act": Act.RADIOSURGERY}, NO),
    ("STER-09", "how many?", M, PHOTONS, OPEN),
    ("STER-10", "meningioma", CHORDOMA | {f.HISTOLOGY: "Meningioma"}, {"act": Act.INTRADURAL}, YES),
    ("STER-10", "chordoma", CHORDOMA, {"act": Act.EN_BLOC}, NO),
    ("STER-10", "meningioma, observed", CHORDOMA | {f.HISTOLOGY: "Meningioma"}, {"act": Act.OBSERVATION}, NO),
    ("STER-10", "nobody knows what", CHORDOMA | {f.HISTOLOGY: None, f.KIND: None}, {"act": Act.EN_BLOC}, OPEN),
    ("STER-11", "16 mg", M | {f.STEROID_DAILY: 16.0}, {}, NO),
    ("STER-11", "16.1 mg", M | {f.STEROID_DAILY: 16.1}, {}, YES),
    ("STER-11", "95.9 mg", M | {f.STEROID_DAILY: 95.9}, {}, YES),
    ("STER-11", "96 mg", M | {f.STEROID_DAILY: 96.0}, {}, NO),
    ("STER-11", "how much?", M | ORDERED, {}, OPEN),
    ("STER-12", "bleeding", M | ORDERED | {f.STEROID_DANGERS: (SteroidDanger.BLEEDING,)}, {}, YES),
    ("STER-12", "red flags of infection", WEAK | ORDERED | {f.TEMPERATURE: 38.5}, {}, YES),
    ("STER-12", "no danger", M | ORDERED, {}, NO),
    ("STER-12", "not planned", M | {f.STEROID_PLANNED: False, f.STEROID_DANGERS: None}, {}, NO),
    ("STER-12", "dangers?", M | ORDERED | {f.STEROID_DANGERS: None}, {}, OPEN),
    ("STER-13", "proven lymphoma", LYMPHOMA, {}, YES),
    ("STER-13", "a metastasis", M, {}, NO),
    ("STER-13", "proven?", LYMPHOMA | {f.PROVEN: None}, {}, OPEN),
    ("STER-13", "what kind?", M | {f.KIND: None, f.HISTOLOGY: None}, {}, OPEN),
    ("DISAGREE-2", "high grade", M, {}, YES),
    ("DISAGREE-2", "low grade", M | {f.ESCC_REPORTED: E.GRADE_1A}, {}, NO),
    ("DISAGREE-2", "grade?", M | {f.ESCC_REPORTED: None}, {}, OPEN),
    ("DISAGREE-3", "suspected", SUSPECTED, {}, YES),
    ("DISAGREE-3", "proven", M, {}, NO),
    ("DISAGREE-3", "suspected?", NO_TISSUE, {}, OPEN),
    ("STOP-10", "prescribed, suspected, stable", SUSPECTED | ORDERED, {}, YES),
    ("STOP-10", "declining", SUSPECTED | ORDERED | {f.RAPID_DECLINE: True}, {}, NO),
    (
        "STOP-10",
        "ESCC 3 with a strength of 4",
        SUSPECTED | ORDERED | {f.DEFICIT: True, f.LEG_STRENGTH: 4, f.ESCC_REPORTED: E.GRADE_3},
        {},
        NO,
    ),
    (
        "STOP-10",
        "ESCC 3 with full strength",
        SUSPECTED | ORDERED | {f.DEFICIT: True, f.LEG_STRENGTH: 5, f.LIMB_WEAKNESS: False, f.ESCC_REPORTED: E.GRADE_3},
        {},
        YES,
    ),
    ("STOP-10", "proven lymphoma", LYMPHOMA | ORDERED, {}, NO),
    ("STOP-10", "not planned", SUSPECTED | {f.STEROID_PLANNED: False}, {}, NO),
    ("STOP-10", "planned?", SUSPECTED, {}, OPEN),
    ("STOP-10", "declining?", SUSPECTED | ORDERED | {f.RAPID_DECLINE: None}, {}, OPEN),
    ("STOP-27", "95.9 mg", M | {f.STEROID_DAILY: 95.9, f.STEROID_SINGLE: 10.0}, {}, NO),
    ("STOP-27", "96 mg in 24 hours", M | {f.STEROID_DAILY: 96.0}, {}, YES),
    ("STOP-27", "95.9 mg at once", M | {f.STEROID_DAILY: 16.0, f.STEROID_SINGLE: 95.9}, {}, NO),
    ("STOP-27", "96 mg at once", M | {f.STEROID_DAILY: 16.0, f.STEROID_SINGLE: 96.0}, {}, YES),
    ("STOP-27", "none planned", M | {f.STEROID_PLANNED: False}, {}, NO),
    ("STOP-27", "how much?", M, {}, OPEN),
]
