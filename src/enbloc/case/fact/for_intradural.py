"""What rules about tumours within the dura ask: grade, syndrome, what was left, and how wide the laminae are opened."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, Unit, count, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION


class ResectionExtent(Enum):
    """How much of a tumour the last operation took out."""

    NONE = "not operated"
    BIOPSY = "biopsy only"
    SUBTOTAL = "subtotal"
    GROSS_TOTAL = "gross total"


# --- the tumour -------------------------------------------------------------------------------------------------------
CNS_GRADE = count(
    "tumour.cns_grade",
    "CNS WHO grade by pathology",
    _LESION,
    1,
    4,
    "CNS WHO grade of the tumour by pathology, 1 to 4",
)
RESECTION_EXTENT = word(
    "treatment.resection_extent",
    "extent of the last resection",
    ResectionExtent,
    _LESION,
    "extent of the last resection by MRI: not operated, biopsy only, subtotal or gross total",
)
CAPSULE_BREACHED = yes_no(
    "treatment.capsule_breached",
    "capsule of the tumour breached at the operation",
    _LESION,
    "was the capsule breached at the operation?",
)
SEEDED = yes_no(
    "oncology.csf_seeding",
    "seeding along the cerebrospinal fluid",
    _PATIENT,
    "seeding in the cerebrospinal fluid or along the neuraxis?",
)
PLEXIFORM = yes_no("tumour.plexiform", "plexiform neurofibroma", _LESION, "is the neurofibroma plexiform?")
SHEATH_MALIGNANCY_SUSPECTED = yes_no(
    "tumour.malignant_sheath_suspected",
    "malignant change of a nerve sheath tumour suspected by pain or PET",
    _LESION,
    "does pain or PET make a malignant nerve sheath tumour likely?",
)
VHL = yes_no(
    "history.von_hippel_lindau",
    "von Hippel-Lindau disease",
    _PATIENT,
    "von Hippel-Lindau disease, proven or suspected?",
)
TETHERED = yes_no("lesion.tethered_cord", "tethered cord", _LESION, "is the cord tethered?")

# --- the plan ---------------------------------------------------------------------------------------------------------
LAMINECTOMY_LEVELS = count(
    "plan.laminectomy_levels",
    "levels at which the plan removes laminae",
    _LESION,
    0,
    24,
    "at how many levels are laminae removed?",
)
FACET_REMOVED = number(
    "plan.facet_removed_percent",
    "share of a facet joint that the plan removes, the side with more",
    _LESION,
    Unit.PERCENT,
    0,
    100,
    "share of a facet joint removed, per cent, on the side with more",
)
