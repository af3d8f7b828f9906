"""How a patient presents: pain, signs, and what makes an infection or a cancer likely.

The plausible range of the temperature is ours: degrees Fahrenheit lie outside, so that a slip of the unit is refused.
"""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, Unit, count, day, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION


class PainPattern(Enum):
    """What makes a spinal pain suggestive of a metastasis."""

    NONE = "none"
    PROGRESSIVE = "progressive"
    UNREMITTING = "unremitting"
    NOCTURNAL = "nocturnal"
    THORACIC = "thoracic or band-like"
    STRAIN = "provoked by straining or coughing"
    TENDER = "localised tenderness"


class CaudaSign(Enum):
    """What belongs to the pattern of the cauda equina."""

    NONE = "none"
    SADDLE = "saddle anaesthesia"
    RETENTION = "urinary retention"
    RADICULOPATHY = "bilateral radiculopathy"


# --- pain -------------------------------------------------------------------------------------------------------------
SPINAL_PAIN = yes_no("presentation.spinal_pain", "new spinal pain", _PATIENT, "new pain anywhere in the spine?")
PAIN_PATTERN = word(
    "presentation.pain_pattern",
    "pattern of the spinal pain",
    PainPattern,
    _PATIENT,
    "pain: progressive, unremitting, nocturnal, thoracic or band-like, on straining or coughing, tender, or none?",
    many=True,
)
PAIN_WEEKS = number(
    "presentation.pain_weeks",
    "weeks for which the pain has not settled",
    _PATIENT,
    Unit.NONE,
    0,
    2000,
    "for how many weeks has the pain not settled?",
)
PAIN_SCORE = count(
    "presentation.pain_score", "pain, 0 to 10", _PATIENT, 0, 10, "pain on the numerical rating scale, 0 to 10"
)
SEVERE_MOVEMENT_PAIN = yes_no(
    "presentation.severe_movement_pain", "severe pain on movement", _PATIENT, "severe pain on movement?"
)
PAINFUL_SCOLIOSIS = yes_no("presentation.painful_scoliosis", "painful scoliosis", _PATIENT, "painful scoliosis?")
NIGHT_PAIN_RELIEVED = yes_no(
    "presentation.night_pain_relieved",
    "pain at night that an anti-inflammatory drug relieves",
    _PATIENT,
    "pain at night that an anti-inflammatory drug relieves?",
)

# --- signs ------------------------------------------------------------------------------------------------------------
LIMB_WEAKNESS = yes_no("presentation.limb_weakness", "weakness of a limb", _PATIENT, "new weakness of a limb?")
GAIT_CHANGE = yes_no("presentation.gait_change", "change of gait", _PATIENT, "has the gait changed?")
SENSORY_LEVEL = yes_no("presentation.sensory_level", "sensory level", _PATIENT, "is there a sensory level?")
SPHINCTER_CHANGE = yes_no(
    "presentation.sphincter_change", "change of bladder or bowel", _PATIENT, "have bladder or bowel changed?"
)
CAUDA_SIGNS = word(
    "presentation.cauda_signs",
    "signs of the cauda equina",
    CaudaSign,
    _PATIENT,
    "saddle anaesthesia, urinary retention, radiculopathy of both legs, or none?",
    many=True,
)

# --- cancer -----------------------------------------------------------------------------------------------------------
CANCER_SUSPECTED = yes_no("presentation.cancer_suspected", "cancer suspected", _PATIENT, "is a cancer suspected?")
WEIGHT_LOSS = yes_no(
    "presentation.weight_loss", "weight loss without a reason", _PATIENT, "weight loss without a reason?"
)
RADIOGRAPH_NORMAL = yes_no(
    "imaging.radiograph_normal", "plain radiograph normal", _PATIENT, "was a plain radiograph called normal?"
)

# --- infection --------------------------------------------------------------------------------------------------------
TEMPERATURE = number(
    "presentation.temperature", "body temperature", _PATIENT, Unit.CELSIUS, 25, 45, "body temperature, °C"
)
BACTERAEMIA = yes_no("presentation.bacteraemia", "bacteraemia, now or earlier", _PATIENT, "bacteraemia, now or ever?")
BACTERAEMIA_ON = day(
    "presentation.bacteraemia_on", "day of the last bacteraemia", _PATIENT, "day of the last bacteraemia"
)
INTRAVENOUS_DRUGS = yes_no(
    "presentation.intravenous_drugs", "intravenous drug use", _PATIENT, "intravenous drug use, now or earlier?"
)
IMMUNOSUPPRESSED = yes_no(
    "presentation.immunosuppressant",
    "immunosuppressant other than dexamethasone",
    _PATIENT,
    "an immunosuppressant other than dexamethasone?",
)
CRP_RISING = yes_no("lab.crp_rising", "C-reactive protein rising", _PATIENT, "is the C-reactive protein rising?")
DISC_CENTRED = yes_no(
    "imaging.disc_centred",
    "change centred on a disc or an endplate",
    _LESION,
    "images: is the change centred on a disc or an endplate?",
)
RIM_ENHANCING = yes_no(
    "imaging.rim_enhancing", "collection with an enhancing rim", _LESION, "images: a collection with an enhancing rim?"
)
