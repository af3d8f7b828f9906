"""What rules about compression ask: the canal below the conus, how radiotherapy went, and what a plan does about it."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Subject, count, word, yes_no


class DeclineWithRadiotherapy(Enum):
    """Whether the neurology declined with radiotherapy at the level."""

    NONE = "none"
    DURING = "during"
    AFTER = "after"


# --- the canal --------------------------------------------------------------------------------------------------------
SAC_EFFACED = yes_no(
    "canal.sac_effaced",
    "thecal sac effaced below the conus",
    Subject.LESION,
    "below the conus: is the thecal sac effaced on axial T2?",
)
CAUDA_DEFICIT = yes_no(
    "neurology.cauda_deficit",
    "motor or sphincter deficit of cauda type",
    Subject.PATIENT,
    "motor or sphincter deficit of cauda equina type?",
)
COMPRESSED_AREAS = count(
    "canal.compressed_areas",
    "separate areas of high-grade compression",
    Subject.PATIENT,
    0,
    24,
    "number of separate areas of high-grade compression (MRI of the whole spine)",
)
VENTRAL_COMPRESSION = yes_no(
    "canal.ventral_compression", "compression from the front", Subject.LESION, "is the cord pressed from the front?"
)
# --- radiotherapy at the level ----------------------------------------------------------------------------------------
DECLINE_WITH_RADIOTHERAPY = word(
    "treatment.decline_with_radiotherapy",
    "neurological decline during or after radiotherapy at the level",
    DeclineWithRadiotherapy,
    Subject.LESION,
    "did the neurology decline during or after radiotherapy at the level: none, during or after?",
)
RADIOTHERAPY_FAILED = yes_no(
    "treatment.radiotherapy_failed",
    "earlier radiotherapy at the level failed",
    Subject.LESION,
    "did the earlier radiotherapy at the level fail?",
)
NO_DOSE_LEFT = yes_no(
    "treatment.no_dose_left",
    "earlier radiotherapy at the level leaves no tolerable dose",
    Subject.LESION,
    "radiation oncologist: does the earlier radiotherapy leave a tolerable dose for cord or cauda?",
)
TISSUE_ONLY_BY_SURGERY = yes_no(
    "biopsy.only_by_surgery",
    "tissue can be had by surgery only",
    Subject.LESION,
    "can tissue be had otherwise than by surgery?",
)
# --- of a plan --------------------------------------------------------------------------------------------------------
LAMINECTOMY_ALONE = yes_no(
    "plan.laminectomy_alone",
    "laminectomy alone planned, without fixation",
    Subject.LESION,
    "is laminectomy alone planned, without fixation?",
)
DOSE_PLAN_PROVES = yes_no(
    "plan.target_covered_cord_spared",
    "dose plan covers the target with the cord maximum within its limit",
    Subject.LESION,
    "dose plan: does it cover the target with the cord maximum within its limit (OAR-02)?",
)
