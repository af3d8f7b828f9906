"""What rules about radiotherapy ask: the prescription, the contours, the checks, and what speaks against a dose."""

from __future__ import annotations

from enum import Enum

from enbloc.case.fact.kinds import Fact, Subject, Unit, count, day, number, word, yes_no


class CordContour(Enum):
    """What the contour of the cord, or of the thecal sac below it, was drawn on."""

    ABSENT = "absent"
    PLANNING_CT = "planning CT alone"
    FUSED_MRI = "fused MRI"
    CT_MYELOGRAM = "CT myelogram"


class BodySpread(Enum):
    """Where in a vertebral body the tumour lies that is to be irradiated."""

    CENTRAL = "central"
    LEFT = "to the left"
    RIGHT = "to the right"
    DIFFUSE = "diffuse"


# --- when, and how urgent ---------------------------------------------------------------------------------------------
PLAN_ELECTIVE = yes_no(
    "plan.elective",
    "planned treatment is elective",
    Subject.LESION,
    "is the planned treatment elective, no emergency?",
)
RADIOTHERAPY_DAY = day(
    "plan.rt_day",
    "first day of the planned radiotherapy",
    Subject.LESION,
    "first day of the planned radiotherapy, also where it follows an operation",
)
AFTER_OPERATION = yes_no(
    "plan.rt_after_operation",
    "planned radiotherapy is the one that belongs to the last operation",
    Subject.LESION,
    "does the planned radiotherapy belong to the last operation (postoperative)?",
)

# --- prescription -----------------------------------------------------------------------------------------------------
RT_FRACTIONS = count(
    "plan.rt_fractions", "fractions of the planned radiotherapy", Subject.LESION, 1, 60, "number of fractions planned"
)
RT_DOSE = number(
    "plan.rt_dose_gy",
    "prescribed dose of the planned radiotherapy, all fractions together",
    Subject.LESION,
    Unit.GY,
    1,
    100,
    "prescribed dose, Gy in all fractions together",
)
LOCAL_CORD_LIMIT = number(
    "plan.cord_limit_gy",
    "limit to the cord that the physicist set for this number of fractions",
    Subject.LESION,
    Unit.GY,
    1,
    100,
    "limit of the physicist to the maximum dose of the cord at this number of fractions, Gy",
)
LOCAL_CAUDA_LIMIT = number(
    "plan.cauda_limit_gy",
    "limit to the cauda equina that the physicist set for this number of fractions",
    Subject.LESION,
    Unit.GY,
    1,
    100,
    "limit of the physicist to the maximum dose of the cauda equina at this number of fractions, Gy",
)

# --- contours and checks ----------------------------------------------------------------------------------------------
CORD_CONTOUR: Fact[CordContour] = word(
    "plan.cord_contour",
    "what the cord or the thecal sac was contoured on",
    CordContour,
    Subject.LESION,
    "cord or thecal sac contoured on: fused MRI, CT myelogram, planning CT alone, or absent?",
)
CORD_MARGIN = number(
    "plan.cord_prv_mm", "margin of the planning risk volume around the cord", Subject.LESION, Unit.MM, 0, 10,
    "margin of the planning risk volume around the cord, mm",
)  # fmt: skip
CONTOUR_CHECKED = yes_no(
    "plan.contour_checked",
    "contour of the cord checked by a second person",
    Subject.LESION,
    "has a second person checked the contour of the cord or thecal sac?",
)
PHYSICIST_SIGNED = yes_no(
    "plan.physicist_signed", "dose plan signed by a physicist", Subject.LESION, "has a physicist signed the dose plan?"
)

# --- target -----------------------------------------------------------------------------------------------------------
BODY_SPREAD: Fact[BodySpread] = word(
    "plan.body_spread",
    "spread of the tumour within the vertebral body",
    BodySpread,
    Subject.LESION,
    "tumour within the vertebral body: central, to the left, to the right or diffuse?",
)
MARROW_SUSPICIOUS = yes_no(
    "plan.marrow_suspicious",
    "suspicious marrow signal beyond the tumour",
    Subject.LESION,
    "suspicious marrow signal beyond the outlined tumour?",
)
EPIDURAL_ALL_ROUND = yes_no(
    "plan.epidural_all_round",
    "epidural tumour all round or extensive, before any operation",
    Subject.LESION,
    "epidural tumour all round the sac or extensive, before any operation?",
)
ROOT_IN_TARGET = yes_no(
    "plan.root_in_target",
    "nerve root or plexus inside the target",
    Subject.LESION,
    "root or plexus in the target?",
)

# --- earlier treatment and what follows it ----------------------------------------------------------------------------
STEREOTACTIC_BEFORE = yes_no(
    "treatment.sbrt_at_level",
    "earlier stereotactic radiotherapy at the level",
    Subject.LESION,
    "was the earlier radiotherapy at the level stereotactic?",
)
OTHER_FIELDS_ELSEWHERE = yes_no(
    "treatment.other_fields_elsewhere",
    "earlier radiotherapy without recorded levels lay elsewhere",
    Subject.LESION,
    "did every earlier field of which no level is recorded lie away from this segment?",
)
ORGAN_IRRADIATED = yes_no(
    "treatment.organ_irradiated",
    "an organ near the planned field irradiated before",
    Subject.LESION,
    "was an organ near the planned field irradiated before?",
)
NO_WOUND = yes_no(
    "treatment.no_wound",
    "last operation was through a needle, without a wound",
    Subject.LESION,
    "was the last operation percutaneous cement or a needle, without a wound?",
)
FIELD_MEETS_WOUND = yes_no(
    "plan.field_meets_wound",
    "field of radiotherapy and wound of surgery meet",
    Subject.LESION,
    "does the field of the radiotherapy reach the wound of the operation?",
)
LHERMITTE = yes_no(
    "neurology.lhermitte", "L'Hermitte's sign or a new cord sign after radiotherapy", Subject.PATIENT,
    "L'Hermitte's sign or a new cord sign after radiotherapy?",
)  # fmt: skip

# --- before the first fraction ----------------------------------------------------------------------------------------
PACEMAKER = yes_no(
    "patient.pacemaker",
    "implanted pacemaker or defibrillator",
    Subject.PATIENT,
    "pacemaker or defibrillator?",
)
CONNECTIVE_TISSUE = yes_no(
    "patient.connective_tissue_disease",
    "connective tissue disease",
    Subject.PATIENT,
    "connective tissue disease, such as scleroderma?",
)
SPECIAL_ADVICE = yes_no(
    "plan.rt_special_advice",
    "advice of physics, cardiology or obstetrics recorded before the first fraction",
    Subject.LESION,
    "advice of physics, cardiology or obstetrics recorded before the first fraction?",
)

# --- who is offered what ----------------------------------------------------------------------------------------------
GOOD_PERFORMANCE = yes_no(
    "patient.good_performance",
    "good performance status in the eyes of the radiation oncologist",
    Subject.PATIENT,
    "good performance status in the eyes of the radiation oncologist?",
)
LIFE_EXPECTANCY = number(
    "patient.life_expectancy_months",
    "life expectancy in the eyes of the board",
    Subject.PATIENT,
    Unit.MONTH,
    0,
    600,
    "life expectancy in months, in the eyes of the board",
)
