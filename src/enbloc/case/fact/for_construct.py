"""What a resection cuts, and what a construct of screws, rods and cages spans, ends on and is anchored in."""

from __future__ import annotations

from enum import Enum

from enbloc.case.anatomy import Level
from enbloc.case.fact.kinds import Fact, Subject, Unit, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION

# --- resection --------------------------------------------------------------------------------------------------------
CUT_TO_TUMOUR = number(
    "plan.cut_to_tumour_mm",
    "least distance from the planned cut to the tumour, zero or less where it touches or crosses",
    _LESION,
    Unit.MM,
    -100,
    200,
    "least distance from the planned cut to the tumour, mm (zero or less where it touches or crosses)",
)
SEGMENTATION_ERROR = number(
    "plan.segmentation_error_mm",
    "uncertainty of the segmentation",
    _LESION,
    Unit.MM,
    0,
    50,
    "uncertainty of the segmentation, mm",
)
FACES_LABELLED = yes_no(
    "plan.faces_labelled",
    "each face of the resection labelled with its predicted margin",
    _LESION,
    "is each face of the resection labelled wide, marginal, planned intralesional or contaminated?",
)
TUMOUR_SPILLED = yes_no(
    "course.tumour_spilled", "tumour spilled at the operation", _LESION, "was tumour spilled at the operation?"
)

# --- construct --------------------------------------------------------------------------------------------------------
_WHICH = "(an empty list if none)?"

SCREW_LEVELS: Fact[Level] = word(
    "plan.screw_levels",
    "levels with screws or hooks",
    Level,
    _LESION,
    f"which levels carry screws or hooks {_WHICH}",
    many=True,
)
INSTRUMENTED_LEVELS: Fact[Level] = word(
    "plan.instrumented_levels",
    "levels that a rod, screw or cage spans or ends on",
    Level,
    _LESION,
    f"which levels does a rod, screw or cage span or end on {_WHICH}",
    many=True,
)
CONSENTED_LEVELS: Fact[Level] = word(
    "plan.consented_levels",
    "levels named in the plan and in the consent",
    Level,
    _LESION,
    f"which levels do plan and consent name {_WHICH}",
    many=True,
)
UNSOUND_LEVELS: Fact[Level] = word(
    "spine.unsound_levels",
    "other vertebrae that are lytic, unstable or hold tumour",
    Level,
    _PATIENT,
    f"which other vertebrae are lytic, unstable or hold tumour {_WHICH}",
    many=True,
)
END_ACCEPTED = yes_no(
    "board.end_of_construct",
    "reason of the board to end the construct there, recorded",
    _LESION,
    "has the board recorded its reason to end the construct there?",
)
SCREWS_CEMENTED = yes_no(
    "plan.screws_cemented", "screws augmented with cement", _LESION, "are the screws augmented with cement?"
)
ANTERIOR_COLUMN_INTACT = yes_no(
    "lesion.anterior_column_intact", "anterior column intact", _LESION, "is the anterior column intact?"
)
TRABECULAR_DENSITY = number(
    "bone.trabecular_hu",
    "density of trabecular bone at an uninvolved level, CT without contrast",
    _PATIENT,
    Unit.HU,
    -200,
    800,
    "density of trabecular bone at an uninvolved level, HU, CT without contrast",
)
OSTEOPOROSIS = yes_no("history.osteoporosis", "known osteoporosis", _PATIENT, "known osteoporosis?")
SCREW_IN_FIELD = yes_no(
    "plan.screw_in_field",
    "a level with screws lies in an earlier field of radiotherapy",
    _LESION,
    "does a level with screws lie in an earlier field of radiotherapy?",
)
IMAGED_AFTERWARDS = yes_no(
    "plan.imaged_afterwards",
    "radiosurgery, particles or surveillance by MRI after the operation",
    _LESION,
    "will radiosurgery, particle therapy or surveillance by MRI follow the operation?",
)
CORPECTOMY = yes_no("plan.corpectomy", "corpectomy planned", _LESION, "is a corpectomy planned?")
ANTERIOR_DEFECT = number(
    "plan.anterior_defect_percent",
    "share of the vertebral body lost to tumour and resection",
    _LESION,
    Unit.PERCENT,
    0,
    100,
    "share of the vertebral body lost to tumour and resection, per cent",
)
SACRUM_CUT_HIGH = yes_no(
    "plan.sacrum_cut_high",
    "sacrum cut above the lower half of S1",
    _LESION,
    "does the plan cut the sacrum above the lower half of S1?",
)
SACROILIAC_REMOVED = number(
    "plan.sacroiliac_removed_percent",
    "share of a sacroiliac joint that the plan removes, the side with more",
    _LESION,
    Unit.PERCENT,
    0,
    100,
    "share of a sacroiliac joint removed, per cent, on the side with more",
)


class Reach(Enum):
    """How a tumour lies to a small approach."""

    CENTRED = "centred and within reach"
    ASIDE = "not centred or out of reach"


MINI_OPEN_REACH = word(
    "plan.mini_open_reach",
    "reach of the epidural tumour by a tubular or mini-open approach",
    Reach,
    _LESION,
    "is the tumour centred, and its epidural part within reach of a tubular or mini-open approach?",
)
RADIATION_FIBROSIS = yes_no(
    "treatment.radiation_fibrosis",
    "fibrosis after earlier radiotherapy",
    _LESION,
    "has earlier radiotherapy left the tissue fibrotic?",
)
MAJOR_DEFORMITY = yes_no("spine.major_deformity", "major deformity", _PATIENT, "is there a major deformity?")
