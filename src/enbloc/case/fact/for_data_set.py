"""What a complete record holds beside what other rules ask, and the safety of images, contrast media and geometry.

The plausible ranges are ours: a usual creatinine or glucose in mg/dL lies outside where it can be told by its size.
"""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, Unit, day, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION


class Contrast(Enum):
    """A contrast medium."""

    NONE = "none"
    GADOLINIUM = "gadolinium"
    IODINATED = "iodinated"


class GeometryFault(Enum):
    """What makes the geometry of a plan unsafe."""

    NONE = "none"
    CORD_OPEN = "contour of the cord not closed"
    FLIPPED = "left and right exchanged"
    SPACING = "spacing of image and labels differs"


# --- the patient ------------------------------------------------------------------------------------------------------
HEIGHT = number("patient.height_cm", "body height", _PATIENT, Unit.CM, 30, 250, "body height, cm")
SMOKES = yes_no("patient.smokes", "smokes or uses nicotine", _PATIENT, "does the patient smoke or use nicotine?")

# --- laboratory -------------------------------------------------------------------------------------------------------
CREATININE = number(
    "lab.creatinine", "serum creatinine", _PATIENT, Unit.UMOL_PER_LITRE, 15, 2500, "serum creatinine, µmol/L"
)
GLUCOSE = number("lab.glucose", "blood glucose", _PATIENT, Unit.MMOL_PER_LITRE, 0.5, 60, "blood glucose, mmol/L")
EGFR = number(
    "lab.egfr",
    "estimated glomerular filtration rate, for 1.73 m²",
    _PATIENT,
    Unit.ML_PER_MINUTE,
    0,
    250,
    "estimated glomerular filtration rate, mL/min for 1.73 m²",
)

# --- images -----------------------------------------------------------------------------------------------------------
STAGED = yes_no(
    "oncology.staged",
    "systemic staging done",
    _PATIENT,
    "systemic staging (CT of the trunk, or PET-CT) done?",
)
CHEST_CT = yes_no("imaging.ct_chest", "CT of the chest done", _PATIENT, "CT of the chest done?")
WHOLE_BODY_SCAN = yes_no(
    "imaging.whole_body",
    "PET of the whole body or bone scan done",
    _PATIENT,
    "whole-body PET or bone scan done?",
)
BRAIN_MRI = yes_no("imaging.mri_brain", "MRI of the brain done", _PATIENT, "MRI of the brain with gadolinium done?")
MRI_IMPOSSIBLE = yes_no("imaging.mri_impossible", "MRI impossible", _PATIENT, "is MRI impossible or contraindicated?")
FORAMEN_TRANSVERSARIUM = yes_no(
    "vessels.foramen_transversarium",
    "tumour in contact with a foramen transversarium",
    _LESION,
    "does the tumour touch a foramen transversarium?",
)
VERTEBRAL_ENCASEMENT = number(
    "vessels.vertebral_encasement_deg",
    "largest encasement of a vertebral artery",
    _LESION,
    Unit.DEGREE,
    0,
    360,
    "how far round does the tumour encase the vertebral artery, degrees?",
)
HAEMANGIOBLASTOMAS = yes_no(
    "tumour.several_haemangioblastomas",
    "several haemangioblastomas",
    _PATIENT,
    "is there more than one haemangioblastoma?",
)
MIMICS_EXCLUDED = yes_no(
    "imaging.mimics_excluded",
    "mimics of a tumour of the cord excluded",
    _LESION,
    "demyelination, sarcoid, arteriovenous fistula, infection and infarct excluded?",
)
MRI_ON = day("imaging.mri_on", "day of the newest MRI of the level", _LESION, "date of the newest MRI of the level")
PLANNING_MRI_ON = day(
    "plan.planning_mri_on", "day of the planning MRI", _LESION, "day of the MRI for planning the radiosurgery"
)
PLANNING_MRI_FUSED = yes_no(
    "plan.planning_mri_fused",
    "planning MRI or CT myelogram fused to the planning CT",
    _LESION,
    "planning MRI, or CT myelogram beside metal, fused to the planning CT?",
)

# --- safety -----------------------------------------------------------------------------------------------------------
IMPLANTS = yes_no("safety.implants", "implant, device or metal in the body", _PATIENT, "implant, device or metal?")
MRI_UNSAFE = yes_no(
    "safety.mri_unsafe", "implant that is unsafe in MRI", _PATIENT, "MRI safety: an implant that is unsafe in MRI?"
)
CONTRAST_PLANNED = word(
    "plan.contrast",
    "contrast media planned",
    Contrast,
    _LESION,
    "contrast media planned: gadolinium, iodinated, or none?",
    many=True,
)
CONTRAST_REACTION = yes_no(
    "allergy.contrast_reaction",
    "earlier reaction to a contrast medium",
    _PATIENT,
    "earlier reaction to a contrast medium?",
)
RISK_ACKNOWLEDGED = yes_no(
    "safety.acknowledged",
    "risk of implant, contrast medium or radiation acknowledged by name",
    _PATIENT,
    "has a named person acknowledged the risk of implant, contrast medium or radiation?",
)
IDENTITY_DIFFERS = yes_no(
    "safety.identity_differs",
    "identifier, birth date or sex differs between documents",
    _PATIENT,
    "do identifier, birth date or sex differ between images, pathology, plan, consent and export?",
)
GEOMETRY_FAULTS = word(
    "plan.geometry_faults",
    "faults of segmentation or registration found by the check",
    GeometryFault,
    _LESION,
    "check of the geometry: cord not closed, sides exchanged, spacing differs, or none?",
    many=True,
)
NAVIGATED = yes_no("plan.navigated", "operation navigated", _LESION, "is the operation navigated?")
REGISTRATION_ERROR = number(
    "plan.registration_error_mm",
    "error of the registration for navigation",
    _LESION,
    Unit.MM,
    0,
    100,
    "error of the registration for navigation, mm",
)
