"""Rows of the rules about anaesthesia, optimisation and teaching, and of their stops."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Allergen, Contrast
from enbloc.decide.decision import Act
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY, UNSTABLE

E = f.EsccReported
CUT = {"act": Act.SEPARATION}
PHOTONS = {"act": Act.RADIOTHERAPY}
NECK = CUT | {"level": Level.C5}

FIT: dict[Any, Any] = {
    f.HAEMOGLOBIN: 100.0,
    f.ALBUMIN: 30.0,
    f.HBA1C: 8.0,
    f.ECOG: 2,
    f.PLATELETS: 100.0,
    f.INR: 1.4,
    f.NEUTROPHILS: 1.5,
}
M = METASTASIS | FIT | {f.AGE: 60.0, f.PLAN_ELECTIVE: True}
NO_ALLERGY = M | {f.ALLERGIES: (Allergen.NONE,)}
PENICILLIN = M | {f.ALLERGIES: (Allergen.BETA_LACTAM,)}
LOW = M | {f.ESCC_REPORTED: E.GRADE_1A}
CLOT = M | {f.THROMBOEMBOLISM: True}


def clot(days: int) -> dict[Any, Any]:
    """A thrombosis so many days before the operation of today."""
    return CLOT | {f.PROXIMAL_THROMBOSIS_ON: TODAY - timedelta(days=days)}


ROWS: list[Row] = [
    ("ANES-01", "separation", M, CUT, YES),
    ("ANES-01", "radiotherapy", M, PHOTONS, NO),
    ("ANES-02", "1000 mL", M | {f.BLOOD_LOSS: 1000.0}, CUT, NO),
    ("ANES-02", "1001 mL", M | {f.BLOOD_LOSS: 1001.0}, CUT, YES),
    ("ANES-02", "how much?", M, CUT, OPEN),
    ("ANES-03", "on every limit", M, CUT, NO),
    ("ANES-03", "haemoglobin 99", M | {f.HAEMOGLOBIN: 99.0}, CUT, YES),
    ("ANES-03", "albumin 29", M | {f.ALBUMIN: 29.0}, CUT, YES),
    ("ANES-03", "HbA1c 8.1", M | {f.HBA1C: 8.1}, CUT, YES),
    ("ANES-03", "ECOG 3", M | {f.ECOG: 3}, CUT, YES),
    ("ANES-03", "platelets 99", M | {f.PLATELETS: 99.0}, CUT, YES),
    ("ANES-03", "INR 1.41", M | {f.INR: 1.41}, CUT, YES),
    ("ANES-03", "neutrophils 1.49", M | {f.NEUTROPHILS: 1.49}, CUT, YES),
    ("ANES-03", "a needle", M | {f.HAEMOGLOBIN: 70.0}, {"act": Act.BIOPSY}, NO),
    ("ANES-03", "INR?", M | {f.INR: None}, CUT, OPEN),
    ("ANES-04", "4 hours", M | {f.PRONE_HOURS: 4.0}, CUT, NO),
    ("ANES-04", "4.1 hours", M | {f.PRONE_HOURS: 4.1}, CUT, YES),
    ("ANES-04", "how long?", M, CUT, OPEN),
    ("ANES-05", "no allergy", NO_ALLERGY, CUT, YES),
    ("ANES-05", "penicillin", PENICILLIN, CUT, NO),
    ("ANES-05", "the field is empty", M, CUT, OPEN),
    ("ANES-07", "penicillin", PENICILLIN, CUT, YES),
    ("ANES-07", "latex", M | {f.ALLERGIES: (Allergen.LATEX,)}, CUT, NO),
    ("ANES-07", "the field is empty", M, CUT, OPEN),
    ("ANES-08", "neck, high grade", M, NECK, YES),
    ("ANES-08", "neck, unstable", LOW | UNSTABLE, NECK, YES),
    ("ANES-08", "neck, low and stable", LOW, NECK, NO),
    ("ANES-08", "T2, high grade", M, CUT | {"level": Level.T2}, YES),
    ("ANES-08", "T3, high grade", M, CUT | {"level": Level.T3}, NO),
    ("ANES-08", "neck, grade?", M | {f.ESCC_REPORTED: None}, NECK, OPEN),
    ("ANES-10", "27 days ago", clot(27), CUT, YES),
    ("ANES-10", "28 days ago", clot(28), CUT, NO),
    ("ANES-10", "never", M | {f.THROMBOEMBOLISM: False}, CUT, NO),
    ("ANES-10", "when?", CLOT, CUT, OPEN),
    ("ANES-10", "a day to come", CLOT | {f.PROXIMAL_THROMBOSIS_ON: date(2026, 12, 1)}, CUT, OPEN),
    ("ANES-10", "27 days today, operated tomorrow", clot(27) | {f.OPERATION_AT: datetime(2026, 11, 21, 8)}, CUT, NO),
    ("ANES-10", "urgent", clot(1) | {f.PLAN_ELECTIVE: False}, CUT, NO),
    ("ERAS-01", "elective", M, CUT, YES),
    ("ERAS-01", "urgent", M | {f.PLAN_ELECTIVE: False}, CUT, NO),
    ("ERAS-01", "elective?", M | {f.PLAN_ELECTIVE: None}, CUT, OPEN),
    ("EDU-01", "an operation", M, CUT, YES),
    ("EDU-01", "radiotherapy", M, PHOTONS, NO),
    ("EDU-02", "observation", M, {"act": Act.OBSERVATION}, YES),
    ("EDU-02", "no act at hand", M, {}, NO),
    ("STOP-39", "none", NO_ALLERGY, CUT, NO),
    ("STOP-39", "the field is empty", M, CUT, OPEN),
    ("STOP-39", "metal, and an implant", M | {f.ALLERGIES: (Allergen.METAL,)}, CUT, YES),
    ("STOP-39", "cement", M | {f.ALLERGIES: (Allergen.CEMENT,)}, {"act": Act.CEMENT}, YES),
    ("STOP-39", "penicillin, cefazolin planned", PENICILLIN | {f.EXPOSURES: (Allergen.BETA_LACTAM,)}, CUT, YES),
    ("STOP-39", "penicillin, vancomycin planned", PENICILLIN | {f.EXPOSURES: (Allergen.NONE,)}, CUT, NO),
    ("STOP-39", "penicillin, and what is planned?", PENICILLIN, CUT, OPEN),
    ("STOP-39", "something else", M | {f.ALLERGIES: (Allergen.OTHER,)}, CUT, OPEN),
    (
        "STOP-39",
        "contrast medium planned",
        M | {f.ALLERGIES: (Allergen.CONTRAST,), f.CONTRAST_PLANNED: (Contrast.IODINATED,)},
        PHOTONS,
        YES,
    ),
    (
        "STOP-39",
        "no contrast medium planned",
        M | {f.ALLERGIES: (Allergen.CONTRAST,), f.CONTRAST_PLANNED: (Contrast.NONE,)},
        PHOTONS,
        NO,
    ),
    ("STOP-39", "observation", PENICILLIN, {"act": Act.OBSERVATION}, NO),
    ("STOP-40", "no plan", M | {f.AIRWAY_PLAN: False}, NECK, YES),
    ("STOP-40", "a plan", M | {f.AIRWAY_PLAN: True}, NECK, NO),
    ("STOP-40", "thoracic", M | {f.AIRWAY_PLAN: False}, CUT, NO),
    ("STOP-40", "a plan?", M, NECK, OPEN),
    ("STOP-40", "a chordoma of the neck, low and stable", CHORDOMA, {"act": Act.EN_BLOC, "level": Level.C5}, NO),
]

NEVER_OPEN = {
    "ANES-01": "the act alone decides",
    "EDU-01": "the act alone decides",
    "EDU-02": "the act alone decides",
}
