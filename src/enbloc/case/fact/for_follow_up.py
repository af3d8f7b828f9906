"""What follow-up and palliative care ask: the risk after radiosurgery, symptoms under treatment, and what is wished."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, count, day, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION


class RiskGroup(Enum):
    """The risk of progression after radiosurgery, by epidural disease, paraspinal disease and band of SINS."""

    LOW = "low"
    INTERMEDIATE = "intermediate"
    HIGH = "high"


RISK_GROUP = word(
    "follow.risk_group",
    "risk group after radiosurgery",
    RiskGroup,
    _LESION,
    "risk group after radiosurgery (epidural disease, paraspinal disease, SINS): low, intermediate or high?",
)
DIED_ON = day("follow.died_on", "day of death", _PATIENT, "day of death, if the patient has died")
PAIN_AFTER_48_HOURS = count(
    "palliative.pain_after_48_hours",
    "pain after 48 hours of treatment, 0 to 10",
    _PATIENT,
    0,
    10,
    "pain after 48 hours of treatment, 0 to 10",
)
NO_THERAPY_LEFT = yes_no(
    "palliative.no_therapy_left",
    "no disease-directed therapy left",
    _PATIENT,
    "is no therapy left that is directed at the disease?",
)
DYSPNOEA = yes_no("palliative.dyspnoea_at_rest", "dyspnoea at rest", _PATIENT, "dyspnoea at rest?")
CAREGIVER_DISTRESS = yes_no(
    "palliative.caregiver_distress", "caregiver in distress", _PATIENT, "is the caregiver in distress?"
)
LAST_DAYS = yes_no("palliative.last_days", "last days of life", _PATIENT, "are these the last days of life?")
NOT_FOR_ACTIVE_TREATMENT = yes_no(
    "palliative.not_for_active_treatment",
    "compression not for active treatment",
    _PATIENT,
    "is the compression not for active treatment?",
)
AGGRESSIVE_SURGERY_UNWANTED = yes_no(
    "palliative.no_aggressive_surgery",
    "advance care plan against aggressive surgery",
    _PATIENT,
    "advance care plan and place of care: do they speak against aggressive surgery?",
)
