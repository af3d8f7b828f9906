"""What an operation or embolisation takes: nerve roots, segmental and vertebral arteries; and which way it goes."""

from __future__ import annotations

from enum import Enum

from enbloc.case.anatomy import Side
from enbloc.case.fact.kinds import Fact, Subject, Unit, number, word, yes_no
from enbloc.case.sided import Root, SegmentalArtery

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION

# --- nerve roots ------------------------------------------------------------------------------------------------------
ROOTS_CUT: Fact[Root] = word(
    "plan.roots_cut",
    "nerve roots that the plan cuts",
    Root,
    _LESION,
    "which nerve roots will be cut, level and side (an empty list if none)?",
    many=True,
)
FUNCTION_CONSENT = yes_no(
    "plan.function_consent",
    "statement of the expected loss of function signed by the patient",
    _LESION,
    "has the patient signed the statement of the expected loss of function?",
)

# --- segmental arteries -----------------------------------------------------------------------------------------------
SEGMENTAL_ARTERIES: Fact[SegmentalArtery] = word(
    "plan.segmental_arteries",
    "segmental arteries that the plan cuts or embolises",
    SegmentalArtery,
    _LESION,
    "which segmental arteries will be cut or embolised, level and side (an empty list if none)?",
    many=True,
)
EARLIER_ARTERIES: Fact[SegmentalArtery] = word(
    "vessels.segmental_arteries_lost",
    "segmental arteries cut or embolised before",
    SegmentalArtery,
    _PATIENT,
    "which segmental arteries were cut or embolised in earlier operations and embolisations (an empty list if none)?",
    many=True,
)
ADAMKIEWICZ: Fact[SegmentalArtery] = word(
    "vessels.adamkiewicz",
    "segmental artery that gives the artery of Adamkiewicz, by angiography",
    SegmentalArtery,
    _PATIENT,
    "artery of Adamkiewicz on angiography: level and side (an empty list if looked for and not seen)?",
    many=True,
)
ANGIOGRAPHY = yes_no(
    "vessels.spinal_angiography",
    "angiographic study of the arteries of the cord done",
    _LESION,
    "angiographic study of the arteries of the cord done?",
)
ISCHAEMIA_PLAN = yes_no(
    "plan.cord_ischaemia",
    "plan against ischaemia of the cord recorded",
    _LESION,
    "is there a plan against ischaemia of the cord (stages, clip test, blood pressure)?",
)


class Approach(Enum):
    """A way to the spine."""

    POSTERIOR = "posterior"
    ANTERIOR = "anterior"
    LATERAL = "lateral"


APPROACHES: Fact[Approach] = word(
    "plan.approaches",
    "approaches of the operation",
    Approach,
    _LESION,
    "approaches of the operation: posterior, anterior, lateral?",
    many=True,
)

# --- vertebral artery -------------------------------------------------------------------------------------------------


class Dominance(Enum):
    """Which vertebral artery is dominant on imaging."""

    LEFT = "left"
    RIGHT = "right"
    NEITHER = "neither"


class OcclusionTest(Enum):
    """The test by temporary occlusion of a vertebral artery."""

    NOT_DONE = "not done"
    TOLERATED = "tolerated"
    NOT_TOLERATED = "not tolerated"


VERTEBRAL_IN_TUMOUR: Fact[Side] = word(
    "vessels.vertebral_in_tumour",
    "vertebral arteries that the tumour encases or holds",
    Side,
    _LESION,
    "which vertebral artery lies in the tumour, left or right (an empty list if none)?",
    many=True,
)
VERTEBRAL_SACRIFICED: Fact[Side] = word(
    "plan.vertebral_arteries_sacrificed",
    "vertebral arteries that the plan sacrifices",
    Side,
    _LESION,
    "which vertebral artery will be sacrificed, left or right (an empty list if none)?",
    many=True,
)
VERTEBRAL_DOMINANCE = word(
    "vessels.vertebral_dominance",
    "dominant vertebral artery on imaging",
    Dominance,
    _PATIENT,
    "dominant vertebral artery on CT or MR angiography: left, right or neither?",
)
VERTEBRAL_COLLATERAL = yes_no(
    "vessels.vertebral_collateral",
    "good other vertebral artery or posterior communicating artery",
    _LESION,
    "is the other vertebral artery or the posterior communicating artery good?",
)
OCCLUSION_TEST = word(
    "vessels.occlusion_test",
    "test occlusion of the vertebral artery",
    OcclusionTest,
    _LESION,
    "test occlusion of the vertebral artery: not done, tolerated or not tolerated?",
)

# --- embolisation -----------------------------------------------------------------------------------------------------
EMBOLISATION_PLANNED = yes_no(
    "plan.embolisation_before",
    "embolisation before the operation is part of the plan",
    _LESION,
    "is an embolisation before the operation part of the plan?",
)
HOURS_FROM_EMBOLISATION = number(
    "plan.hours_from_embolisation",
    "time from the embolisation to the operation",
    _LESION,
    Unit.HOUR,
    0,
    10000,
    "hours from the embolisation to the operation",
)
HYPERVASCULAR = yes_no(
    "lesion.hypervascular",
    "hypervascular tumour on angiography",
    _LESION,
    "is the tumour hypervascular on angiography?",
)
LARGE_FOR_EMBOLISATION = yes_no(
    "lesion.large_for_embolisation",
    "tumour large enough for embolisation in the board's opinion",
    _LESION,
    "is the tumour large, so that embolisation is worth while?",
)
FEEDS_CORD = yes_no(
    "vessels.feeder_of_cord",
    "a feeding artery of the tumour shares its origin with the anterior spinal artery",
    _LESION,
    "does a pedicle that feeds the tumour also feed the anterior spinal artery?",
)
PAIN_REFRACTORY = yes_no(
    "pain.refractory", "pain refractory to other treatment", _LESION, "is the pain refractory to other treatment?"
)
CONTRAST_UNPROTECTED = yes_no(
    "allergy.contrast_unprotected",
    "allergy to contrast medium without protection",
    _PATIENT,
    "allergy to contrast medium without premedication?",
)

# --- the way to the tumour --------------------------------------------------------------------------------------------
GREAT_VESSEL_CONTACT = yes_no(
    "lesion.great_vessel_contact",
    "tumour outside the vertebra in contact with aorta, vena cava, azygos vein or another great vessel",
    _LESION,
    "does the tumour touch aorta, vena cava, azygos vein or another great vessel?",
)
LUNG_CONTACT = yes_no("lesion.lung_contact", "tumour in contact with the lung", _LESION, "does it touch the lung?")
VENTRAL = yes_no("lesion.ventral", "tumour in front of the canal", _LESION, "is the tumour in front of the canal?")
DUMBBELL = yes_no(
    "lesion.dumbbell",
    "dumbbell tumour, inside and outside the canal through a foramen",
    _LESION,
    "is it a dumbbell tumour through a foramen?",
)
