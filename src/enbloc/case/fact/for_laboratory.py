"""Laboratory values that rules about drugs and anaesthesia read, beside those of the survival scores.

The plausible ranges are ours: a usual haemoglobin in g/dL or calcium in mg/dL lies outside, so that a slip of the unit
is refused.
"""

from __future__ import annotations

from enbloc.case.fact.kinds import Subject, Unit, moment, number

_PATIENT = Subject.PATIENT

HAEMOGLOBIN = number(
    "lab.haemoglobin", "haemoglobin", _PATIENT, Unit.GRAM_PER_LITRE, 30, 250, "haemoglobin, g/L (not g/dL)"
)
NEUTROPHILS = number("lab.neutrophils", "neutrophils", _PATIENT, Unit.GIGA_PER_LITRE_FINE, 0, 100, "neutrophils, 10⁹/L")
BLOOD_COUNT_AT = moment(
    "lab.blood_count_at", "blood count taken", _PATIENT, "day and hour at which the blood count was taken"
)
INR = number("lab.inr", "INR", _PATIENT, Unit.NONE, 0.5, 20, "INR")
CREATININE_CLEARANCE = number(
    "lab.creatinine_clearance",
    "creatinine clearance",
    _PATIENT,
    Unit.ML_PER_MINUTE,
    0,
    250,
    "creatinine clearance, mL/min",
)
CALCIUM_CORRECTED = number(
    "lab.calcium_corrected",
    "serum calcium corrected for albumin",
    _PATIENT,
    Unit.MMOL_PER_LITRE,
    1,
    4.9,
    "serum calcium corrected for albumin, mmol/L",
)
CALCIUM_LOWER_LIMIT = number(
    "lab.calcium_lower_limit",
    "lower limit of corrected calcium at this laboratory",
    _PATIENT,
    Unit.MMOL_PER_LITRE,
    1.8,
    2.5,
    "lower limit of corrected calcium at this laboratory, mmol/L",
)
HBA1C = number("lab.hba1c", "HbA1c", _PATIENT, Unit.PERCENT, 3, 20, "HbA1c, % (not mmol/mol)")
