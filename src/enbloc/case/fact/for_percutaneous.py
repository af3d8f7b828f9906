"""What rules ask about cement, ablation, small approaches and going home the same day."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, Unit, count, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION


class AblationKind(Enum):
    """A way to ablate by heat or cold."""

    RADIOFREQUENCY = "radiofrequency"
    CRYOABLATION = "cryoablation"
    LASER = "laser interstitial"
    OTHER = "other"


class CementLeak(Enum):
    """A leak of cement by the classification of Yeom."""

    NONE = "none"
    B = "B, basivertebral vein"
    S = "S, segmental vein"
    C = "C, cortical defect"


class HormoneRelease(Enum):
    """What a test for the release of hormones by the tumour showed."""

    NOT_TESTED = "not tested"
    NEGATIVE = "none found"
    POSITIVE = "released"


# --- cement -----------------------------------------------------------------------------------------------------------
CEMENT_PLANNED = yes_no(
    "plan.cement", "cement into the vertebral body planned", _LESION, "is cement into the vertebral body planned?"
)
DECOMPRESSION_PLANNED = yes_no(
    "plan.decompression",
    "decompression in the same plan as the cement",
    _LESION,
    "does the same plan decompress the canal?",
)
FIXATION_PLANNED = yes_no(
    "plan.fixation", "fixation in the same plan", _LESION, "does the same plan fix the column with screws?"
)
CEMENT_VOLUME = number(
    "plan.cement_ml", "cement planned for the session", _LESION, Unit.ML, 0, 200, "cement planned for the session, mL"
)
CEMENT_LEVELS = count(
    "plan.cement_levels", "levels to be treated in the session", _LESION, 0, 24, "levels to be treated in the session"
)
CEMENT_LEAK = word(
    "course.cement_leak",
    "leaks of cement by Yeom",
    CementLeak,
    _LESION,
    "leaks of cement: B basivertebral vein, S segmental vein, C cortical defect, or none?",
    many=True,
)
CEMENT_IN_CANAL = yes_no(
    "course.cement_in_canal", "cement in the canal on CT", _LESION, "is there cement in the canal?"
)
CARDIOPULMONARY = yes_no(
    "comorbidity.severe_cardiopulmonary",
    "severe disease of heart or lungs",
    _PATIENT,
    "severe disease of heart or lungs?",
)
RIGHT_TO_LEFT_SHUNT = yes_no("comorbidity.right_to_left_shunt", "right-to-left shunt", _PATIENT, "right-to-left shunt?")
PAINFUL_FRACTURES = count(
    "fracture.painful_vertebrae",
    "painful vertebral compression fractures",
    _PATIENT,
    0,
    24,
    "number of painful vertebral compression fractures",
)
PERCUSSION_PAIN = yes_no("pain.percussion", "pain on percussion at the level", _LESION, "pain on percussion there?")
ROLAND_MORRIS = count(
    "function.roland_morris",
    "Roland-Morris disability score",
    _PATIENT,
    0,
    24,
    "Roland-Morris disability questionnaire, 0 to 24",
)
MARROW_OEDEMA = yes_no("imaging.marrow_oedema", "oedema of the marrow", _LESION, "oedema of the marrow on MRI?")

# --- infection and hormones -------------------------------------------------------------------------------------------
INFECTION_EXCLUDED = yes_no(
    "infection.excluded",
    "infection of the spine excluded",
    _PATIENT,
    "is an infection of the spine excluded (MRI with gadolinium, cultures)?",
)
HORMONE_RELEASE = word(
    "hormone.release",
    "release of hormones by the tumour",
    HormoneRelease,
    _PATIENT,
    "test for hormones (metanephrines, carcinoid): not tested, none found or released?",
)
HORMONE_TUMOUR_POSSIBLE = yes_no(
    "tumour.hormone_release_possible",
    "paraganglioma, phaeochromocytoma or functioning neuroendocrine tumour possible",
    _LESION,
    "is a paraganglioma, phaeochromocytoma or functioning neuroendocrine tumour possible?",
)
BLOCKADE_PLAN = yes_no(
    "plan.hormone_blockade",
    "plan for blockade of released hormones recorded",
    _LESION,
    "is there a plan for blockade (α-blockade, octreotide)?",
)

# --- ablation ---------------------------------------------------------------------------------------------------------
ABLATION_KIND = word(
    "plan.ablation_kind",
    "kind of the ablation",
    AblationKind,
    _LESION,
    "kind of the ablation: radiofrequency, cryoablation, laser interstitial or other?",
)
ABLATION_TO_NERVE = number(
    "plan.ablation_to_nerve_mm",
    "least distance from the zone of ablation to cord or root",
    _LESION,
    Unit.MM,
    0,
    200,
    "least distance from the zone of ablation to cord or root, mm",
)
THERMAL_PROTECTION = yes_no(
    "plan.thermal_protection",
    "thermal protection or monitoring recorded in the plan",
    _LESION,
    "is a thermocouple, dissection, warming or neuromonitoring recorded in the plan?",
)
ABLATION_LESIONS = count(
    "plan.ablation_lesions", "lesions to be ablated", _LESION, 1, 30, "number of lesions to be ablated"
)
RADIOTHERAPY_UNSUITABLE = yes_no(
    "treatment.radiotherapy_unsuitable", "radiotherapy unsuitable", _LESION, "is radiotherapy unsuitable here?"
)
AUGMENTATION_PLANNED = yes_no(
    "plan.augmentation",
    "augmentation or fixation planned with the ablation",
    _LESION,
    "is augmentation or fixation planned with the ablation?",
)
MINIMAL_DEFICIT = yes_no("neurology.minimal_deficit", "deficit minimal at most", _PATIENT, "is the deficit minimal?")

# --- the same day -----------------------------------------------------------------------------------------------------
SAME_DAY = yes_no("discharge.same_day", "discharge on the same day planned", _LESION, "discharge on the same day?")
EMBOLISED_SAME_DAY = yes_no(
    "discharge.embolised", "embolisation on the same day", _LESION, "is there an embolisation on the same day?"
)
OPIOID_PLAN = yes_no("discharge.opioid_plan", "plan for opioids at home", _PATIENT, "is there a plan for opioids?")
CARER_HOURS = number(
    "discharge.carer_hours",
    "hours for which an adult carer is at home",
    _PATIENT,
    Unit.HOUR,
    0,
    1000,
    "hours for which an adult carer is at home",
)
TRAVEL_HOURS = number(
    "discharge.travel_hours",
    "travel to a spine emergency unit",
    _PATIENT,
    Unit.HOUR,
    0,
    48,
    "travel to a spine emergency unit, hours",
)
OBSERVED_FLAT = number(
    "discharge.flat_hours", "hours observed flat", _PATIENT, Unit.HOUR, 0, 48, "hours observed lying flat afterwards"
)
OBSERVED_HOURS = number(
    "discharge.observed_hours",
    "hours observed in all",
    _PATIENT,
    Unit.HOUR,
    0,
    48,
    "hours observed in all afterwards",
)
NEURO_CHECKED = yes_no(
    "discharge.neurology_checked", "neurology checked before discharge", _PATIENT, "neurology checked before discharge?"
)
CREATININE_RATIO = number(
    "lab.creatinine_over_limit",
    "creatinine over the upper limit of the laboratory",
    _PATIENT,
    Unit.NONE,
    0.1,
    30,
    "creatinine divided by the upper limit of the laboratory",
)
NEW_OXYGEN_NEED = yes_no("discharge.oxygen", "new need of oxygen", _PATIENT, "new need of oxygen?")
NEW_DEFICIT = yes_no("discharge.new_deficit", "new deficit after the procedure", _PATIENT, "new deficit afterwards?")
DISCHARGE_PAIN = count(
    "discharge.pain_score", "pain at discharge, 0 to 10", _PATIENT, 0, 10, "pain at discharge, 0 to 10"
)
