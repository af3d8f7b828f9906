"""What the anaesthetist and the ward ask of a patient and of a planned operation, and how it went afterwards."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, Unit, count, day, moment, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION

# --- the plan ---------------------------------------------------------------------------------------------------------
OPERATION_AT = moment(
    "plan.operation_at",
    "planned day and hour of the operation",
    _LESION,
    "planned day and hour of the operation",
)
BLOOD_LOSS = number("plan.blood_loss_ml", "expected blood loss", _LESION, Unit.ML, 0, 30000, "expected blood loss, mL")
PRONE_HOURS = number("plan.prone_hours", "planned time prone", _LESION, Unit.HOUR, 0, 48, "planned time prone, hours")
DURATION_HOURS = number(
    "plan.duration_hours", "planned duration of the operation", _LESION, Unit.HOUR, 0, 48, "planned duration, hours"
)
AIRWAY_PLAN = yes_no(
    "plan.airway", "airway and positioning plan recorded", _LESION, "is there an airway and positioning plan?"
)
RADIOTHERAPY_AFTER = yes_no(
    "plan.radiotherapy_after",
    "radiotherapy planned after the operation",
    _LESION,
    "is radiotherapy planned after the operation?",
)
REVERSAL_PLAN = yes_no(
    "plan.reversal", "plan for reversal of the antithrombotic recorded", _LESION, "is there a reversal plan by agent?"
)
ADULT_FIGURES = yes_no(
    "plan.adult_figures",
    "adult drug dose, dose limit or outcome figure used as applicable",
    _LESION,
    "does the plan use an adult drug dose, dose limit or outcome figure as applicable?",
)

# --- the patient ------------------------------------------------------------------------------------------------------
WEIGHT = number("patient.weight", "body weight", _PATIENT, Unit.KG, 0.5, 350, "body weight, kg")
BMI = number("patient.bmi", "body mass index", _PATIENT, Unit.KG_PER_M2, 8, 90, "body mass index, kg/m²")
MRSA = yes_no("history.mrsa", "MRSA carried or suspected", _PATIENT, "MRSA carried or suspected?")
COLOSTOMY = yes_no("history.colostomy", "colostomy present or planned", _PATIENT, "colostomy present or planned?")
SEIZURES = yes_no("history.seizures", "seizures before", _PATIENT, "seizures before?")
THROMBOEMBOLISM = yes_no(
    "history.thromboembolism",
    "deep vein thrombosis or pulmonary embolism before",
    _PATIENT,
    "deep vein thrombosis or pulmonary embolism before?",
)
PROXIMAL_THROMBOSIS_ON = day(
    "history.proximal_thrombosis_on",
    "day of the last acute proximal deep vein thrombosis or pulmonary embolism",
    _PATIENT,
    "day of the last acute proximal deep vein thrombosis or pulmonary embolism",
)


class Allergen(Enum):
    """What a severe allergy is recorded against, and what a plan brings the patient into contact with."""

    NONE = "none"
    BETA_LACTAM = "β-lactam"
    CONTRAST = "contrast medium"
    LATEX = "latex"
    CEMENT = "acrylic cement"
    METAL = "metal"
    OTHER = "other"


ALLERGIES = word(
    "allergy.severe",
    "severe or immediate-type allergies",
    Allergen,
    _PATIENT,
    "severe or immediate-type allergies: β-lactam, contrast medium, latex, acrylic cement, metal, other, or none?",
    many=True,
)
EXPOSURES = word(
    "plan.allergens",
    "allergens that the plan uses",
    Allergen,
    _LESION,
    "which of β-lactam, contrast medium, latex, acrylic cement and metal does the plan use, or none?",
    many=True,
)

# --- consent ----------------------------------------------------------------------------------------------------------
REFUSED = yes_no(
    "consent.refused", "treatment refused by the patient", _LESION, "does the patient refuse this treatment?"
)
CAPACITY_OPEN = yes_no(
    "consent.capacity_open",
    "capacity lacking or doubted, and no process for it recorded",
    _PATIENT,
    "is capacity lacking or in doubt, with no process for it recorded?",
)
ADVANCE_DECISION = yes_no(
    "consent.advance_decision",
    "advance decision against surgery",
    _PATIENT,
    "is there an advance decision against surgery?",
)

# --- afterwards -------------------------------------------------------------------------------------------------------
OPERATION_ENDED = moment(
    "course.operation_ended", "end of the operation", _PATIENT, "day and hour at which the operation ended"
)
INTRAMEDULLARY_OPERATION = yes_no(
    "course.intramedullary", "operation within the cord", _PATIENT, "did the operation enter the cord?"
)
EPIDURAL_HAEMATOMA = yes_no(
    "course.epidural_haematoma", "epidural haematoma after the operation", _PATIENT, "epidural haematoma?"
)
CSF_LEAK = yes_no("course.csf_leak", "leak of cerebrospinal fluid", _PATIENT, "leak of cerebrospinal fluid?")
DRAIN_8H = number(
    "course.drain_8h_ml", "drained in the last 8 hours", _PATIENT, Unit.ML, 0, 10000, "drained in the last 8 hours, mL"
)
PROPHYLAXIS_DAY = count(
    "plan.prophylaxis_day",
    "day after the operation on which prophylactic anticoagulation starts",
    _LESION,
    0,
    60,
    "on which day after the operation does prophylactic anticoagulation start?",
)
