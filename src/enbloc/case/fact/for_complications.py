"""What the register of complications asks: what has gone wrong since the treatment, and how much strength was lost."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, count, word, yes_no


class Complication(Enum):
    """A complication of the register that no other fact states."""

    NONE = "none of these"
    INFECTION = "infection or dehiscence"
    THROMBOEMBOLISM = "thrombosis or embolism"
    IMPLANT_FAILURE = "implant failure, rod fracture or subsidence"
    FRACTURE = "vertebral fracture after radiosurgery"
    MYELOPATHY = "radiation myelopathy"
    PAIN_FLARE = "flare of pain after radiotherapy"
    CEMENT_EMBOLISM = "cement embolism"
    VESSEL_OR_VISCUS = "injury of a great vessel or viscus, or massive blood loss"
    ANAESTHESIA = "complication of anaesthesia, loss of sight or pressure injury"
    EMBOLISATION = "infarct of cord or skin, or injury of the groin, by embolisation"


COMPLICATIONS = word(
    "course.complications",
    "complications since the treatment",
    Complication,
    Subject.PATIENT,
    "complications since the treatment: wound, thrombosis, implant, fracture, myelopathy, flare of pain, embolism, "
    "vessel, anaesthesia, infarct, or none?",
    many=True,
)
MOTOR_FALL = count(
    "course.motor_fall",
    "fall of strength after the operation, grades of 0 to 5",
    Subject.PATIENT,
    0,
    5,
    "by how many grades has strength fallen since the operation (0 if none)?",
)
DRAFTS_USED = yes_no(
    "plan.uses_drafts",
    "a rule that is not source-checked is used in the recommendation",
    Subject.LESION,
    "does the recommendation use a rule that is not source-checked?",
)
DRAFTS_OPENED = yes_no(
    "plan.drafts_opened",
    "note of every rule that is not source-checked was opened",
    Subject.LESION,
    "has the user opened the note of every rule that is not source-checked?",
)
