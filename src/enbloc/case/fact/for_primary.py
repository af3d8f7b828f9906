"""What rules about primary tumours ask: their course, their image, and what a resection would cost."""

from __future__ import annotations

from enbloc.case.fact.kinds import Subject, Unit, number, yes_no

# --- course -----------------------------------------------------------------------------------------------------------
RECURRENT = yes_no(
    "tumour.recurrent", "local recurrence after treatment", Subject.LESION, "local recurrence after earlier treatment?"
)
SPREAD = yes_no(
    "tumour.spread",
    "metastases of this primary tumour",
    Subject.LESION,
    "metastases of this tumour elsewhere (systemic staging)?",
)
DECLINED = yes_no(
    "patient.declines_function_loss",
    "declines the loss of function of a resection",
    Subject.PATIENT,
    "does the patient accept the loss of function that the resection costs?",
)
GROWING = yes_no(
    "tumour.growing", "growth against earlier images", Subject.LESION, "has the lesion grown against earlier images?"
)
RAPID_DECLINE = yes_no(
    "neurology.rapid_decline",
    "rapid neurological decline: one MRC grade or more, or the sphincters, lost within 48 hours",
    Subject.PATIENT,
    "rapid decline: a motor fall of one MRC grade or more, or new loss of sphincter control, within 48 hours?",
)
PREGNANT = yes_no("patient.pregnant", "pregnancy", Subject.PATIENT, "pregnancy (test, or excluded by age or sex)?")
SKELETALLY_MATURE = yes_no(
    "patient.skeletally_mature", "skeletally mature", Subject.PATIENT, "is growth complete (bone age, apophyses)?"
)

# --- image ------------------------------------------------------------------------------------------------------------
ATYPICAL_IMAGE = yes_no(
    "tumour.atypical_image",
    "growth, lysis, cortical breach, soft tissue, enhancement or doubt in the image of a benign lesion",
    Subject.LESION,
    "growth, lysis, cortical breach, soft tissue, enhancement or doubt in the image?",
)
GROWTH_IN_SIX_MONTHS = number(
    "tumour.growth_in_six_months",
    "growth of the diameter within six months",
    Subject.LESION,
    Unit.PERCENT,
    -100,
    1000,
    "growth within six months, % of the diameter",
)
PATHOLOGICAL_FRACTURE = yes_no(
    "tumour.fracture", "fracture through the lesion", Subject.LESION, "fracture through the lesion (CT)?"
)
BONE_FRAGMENT = yes_no(
    "canal.bone_fragment", "bone fragment in the canal", Subject.LESION, "bone fragment in the canal?"
)
CARTILAGE_CAP = number(
    "tumour.cartilage_cap",
    "thickness of the cartilage cap",
    Subject.LESION,
    Unit.MM,
    0,
    200,
    "thickness of the cartilage cap on MRI, mm",
)
NIDUS_TO_NERVE = number(
    "tumour.nidus_to_nerve",
    "distance from the nidus to the cord or a root",
    Subject.LESION,
    Unit.MM,
    0,
    100,
    "distance from the nidus to the cord or nearest root, mm",
)
CORTEX_INTACT = yes_no(
    "tumour.cortex_to_canal_intact",
    "intact cortex between the nidus and the canal",
    Subject.LESION,
    "is the cortex between the nidus and the canal intact?",
)
LCH_EXTENDED = yes_no(
    "tumour.lch_extended",
    "histiocytosis that is multifocal, in soft tissue or at a site of risk",
    Subject.LESION,
    "histiocytosis multifocal, in soft tissue or at a site of risk?",
)
PLASMACYTOMA_CONFIRMED = yes_no(
    "tumour.plasmacytoma_solitary",
    "single lesion on PET-CT or whole-body MRI, and marrow without myeloma",
    Subject.LESION,
    "single lesion on PET-CT or whole-body MRI, and marrow without myeloma?",
)
STAGING_CLEAR = yes_no(
    "oncology.staging_clear",
    "staging of the whole body shows no other disease",
    Subject.PATIENT,
    "does staging of the whole body show no other disease?",
)
INDOLENT_PRIMARY = yes_no(
    "oncology.indolent", "indolent cancer", Subject.LESION, "is the cancer of an indolent kind, in the board's view?"
)
SACRAL_JOINT = yes_no(
    "sacrum.joint", "sacroiliac joint involved", Subject.LESION, "is a sacroiliac joint involved (which side)?"
)
SACRAL_MUSCLE = yes_no(
    "sacrum.muscle",
    "piriformis or gluteal muscle involved",
    Subject.LESION,
    "is a piriformis or gluteal muscle involved (which side)?",
)
EPIDURAL_CIRCUMFERENTIAL = yes_no(
    "lesion.epidural_circumferential",
    "epidural tumour all round the sac",
    Subject.LESION,
    "does epidural tumour reach all round the sac?",
)

# --- treatment --------------------------------------------------------------------------------------------------------
DENOSUMAB_RUNNING = yes_no(
    "treatment.denosumab",
    "denosumab for the tumour",
    Subject.LESION,
    "denosumab for the tumour, now or stopped lately?",
)
DENOSUMAB_MONTHS = number(
    "treatment.denosumab_months",
    "months on denosumab for the tumour",
    Subject.LESION,
    Unit.MONTH,
    0,
    240,
    "months on denosumab before the operation",
)
UPPER_SACRAL_ROOTS_SPARED = yes_no(
    "plan.spares_s1_s2", "roots S1 and S2 can be spared", Subject.LESION, "can the roots S1 and S2 be spared?"
)
