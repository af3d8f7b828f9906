"""What survival, frailty and performance instruments ask about a patient's disease and state.

The fields are raw: every instrument makes its own classes of them, since "visceral" and "slow growth" differ between
papers. Organs are therefore stated one by one, and the brain apart from the others.
"""

from __future__ import annotations

from enbloc.case.fact.kinds import Fact, Subject, Unit, count, number, yes_no
from enbloc.case.fact.reported import (
    AsaClass,
    FrankelGrade,
    OrgansRemovability,
    OrgansTreatability,
    PrimarySite,
)
from enbloc.case.neurology import Ais
from enbloc.case.patient import Sex

# --- state ------------------------------------------------------------------------------------------------------------
KARNOFSKY: Fact[int] = Fact(
    id="patient.karnofsky",
    words="Karnofsky performance status",
    type=int,
    about=Subject.PATIENT,
    unit=Unit.COUNT,
    low=0,
    high=100,
    step=10,
    ask="Karnofsky performance status, 0 to 100 in tens, as observed and not read off an ECOG status",
)
SEX = Fact(id="patient.sex", words="sex", type=Sex, about=Subject.PATIENT, ask="sex as recorded at birth")
DEPENDENT = yes_no(
    "patient.dependent",
    "partially or totally dependent in function",
    Subject.PATIENT,
    "help of another person needed in some or all activities of daily life?",
)
ASA = Fact(
    id="patient.asa",
    words="ASA physical status as the anaesthetist recorded it",
    type=AsaClass,
    about=Subject.PATIENT,
    ask="ASA physical status from the anaesthetist, with E in an emergency",
)

# --- neurology --------------------------------------------------------------------------------------------------------
FRANKEL = Fact(
    id="neurology.frankel",
    words="Frankel grade of the palsy by the cord",
    type=FrankelGrade,
    about=Subject.PATIENT,
    ask="Frankel grade, A to E, of the cord and of no other cause",
)
AIS = Fact(
    id="neurology.ais",
    words="ASIA impairment scale as reported",
    type=Ais,
    about=Subject.PATIENT,
    ask="ASIA impairment scale, A to E, by an examination that includes S4-5",
)
LEG_STRENGTH = count(
    "neurology.leg_strength",
    "strength of the weakest leg, 0 to 5",
    Subject.PATIENT,
    0,
    5,
    "strength of the legs, 0 to 5, the weaker one counting",
)
MOTOR_DEFICIT_DAYS = count(
    "neurology.motor_deficit_days",
    "days in which the motor deficit developed",
    Subject.PATIENT,
    1,
    3650,
    "days from the first weakness to the full motor deficit",
    Unit.DAY,
)

# --- the primary tumour -----------------------------------------------------------------------------------------------
PRIMARY_SITE = Fact(
    id="tumour.primary_site",
    words="site or kind of the primary tumour",
    type=PrimarySite,
    about=Subject.LESION,
    ask="site of the primary tumour (unidentified: looked for and not found)",
)
HORMONE_DEPENDENT = yes_no(
    "tumour.hormone_dependent",
    "hormone-dependent tumour (breast or prostate)",
    Subject.LESION,
    "does the tumour (breast or prostate) depend on hormones now?",
)
TARGETABLE_DRIVER = yes_no(
    "tumour.targetable_driver",
    "molecular target present and treatable",
    Subject.LESION,
    "molecular report: a target for which this patient can be treated?",
)
HER2_POSITIVE = yes_no("tumour.her2_positive", "HER2-positive tumour", Subject.LESION, "HER2 status of the tumour")

# --- spread -----------------------------------------------------------------------------------------------------------
METASTATIC_VERTEBRAE = count(
    "spread.vertebrae",
    "vertebrae with metastases",
    Subject.PATIENT,
    1,
    24,
    "number of vertebral bodies with metastases (MRI of the whole spine)",
)
BONE_FOCI = count(
    "spread.bone_foci",
    "bone metastases outside the spine",
    Subject.PATIENT,
    0,
    99,
    "number of bone metastases outside the spine (systemic staging)",
)
LUNG_METASTASES = yes_no("spread.lung", "metastases in the lung", Subject.PATIENT, "metastases in the lung?")
LIVER_METASTASES = yes_no("spread.liver", "metastases in the liver", Subject.PATIENT, "metastases in the liver?")
BRAIN_METASTASES = yes_no("spread.brain", "metastases in the brain", Subject.PATIENT, "metastases in the brain?")
OTHER_ORGAN_METASTASES = yes_no(
    "spread.other_organs",
    "metastases in an internal organ other than lung, liver and brain",
    Subject.PATIENT,
    "metastases in another internal organ, such as kidney or adrenal gland (bone and lymph nodes left out)?",
)
ORGANS_REMOVABILITY = Fact(
    id="spread.organs_removability",
    words="metastases in major internal organs, by whether they can be removed",
    type=OrgansRemovability,
    about=Subject.PATIENT,
    ask="metastases in major internal organs: none, removable or unremovable?",
)
ORGANS_TREATABILITY = Fact(
    id="spread.organs_treatability",
    words="metastases in vital organs, by whether they can be treated",
    type=OrgansTreatability,
    about=Subject.PATIENT,
    ask="metastases in vital organs: none, treatable or untreatable?",
)
DISSEMINATED = yes_no(
    "spread.disseminated",
    "disseminated metastases: pleural, peritoneal or leptomeningeal",
    Subject.PATIENT,
    "metastases disseminated in pleura, peritoneum or meninges?",
)
ORGAN_SYSTEMS = count(
    "spread.organ_systems",
    "organ systems with metastases, other than bone",
    Subject.PATIENT,
    0,
    20,
    "number of organ systems with metastases, bone not counted",
)
CONTROLLED = yes_no(
    "spread.controlled", "systemic disease controlled", Subject.PATIENT, "is the systemic disease controlled?"
)

# --- laboratory -------------------------------------------------------------------------------------------------------
# The ranges are ours: usual values of calcium and bilirubin in mg/dL, of LDH in µkat/L and of platelets per µL lie
# outside. C-reactive protein in mg/dL cannot be told by its size, so its question names both units.
CRP = number(
    "lab.crp", "C-reactive protein", Subject.PATIENT, Unit.MG_PER_LITRE, 0, 1000, "C-reactive protein, mg/L (not mg/dL)"
)
LDH = number(
    "lab.ldh", "serum lactate dehydrogenase", Subject.PATIENT, Unit.U_PER_LITRE, 30, 50000, "lactate dehydrogenase, U/L"
)
CALCIUM = number(
    "lab.calcium",
    "total serum calcium, as measured",
    Subject.PATIENT,
    Unit.MMOL_PER_LITRE,
    1,
    4.9,
    "total serum calcium as measured, not corrected for albumin, mmol/L",
)
BILIRUBIN = number(
    "lab.bilirubin",
    "total serum bilirubin",
    Subject.PATIENT,
    Unit.UMOL_PER_LITRE,
    2,
    1000,
    "total bilirubin, µmol/L",
)
PLATELETS = number("lab.platelets", "platelets", Subject.PATIENT, Unit.GIGA_PER_LITRE, 1, 3000, "platelets, 10⁹/L")

# --- course -----------------------------------------------------------------------------------------------------------
MONTHS_SINCE_DIAGNOSIS = number(
    "oncology.months_since_diagnosis",
    "months since the diagnosis of the primary tumour",
    Subject.PATIENT,
    Unit.MONTH,
    0,
    1200,
    "date of the diagnosis of the primary tumour",
)
MONTHS_TO_SPINE = number(
    "oncology.months_to_spine_metastasis",
    "months from the diagnosis of the tumour to the spinal metastasis",
    Subject.PATIENT,
    Unit.MONTH,
    0,
    1200,
    "dates of the diagnosis of the tumour and of the spinal metastasis",
)
MONTHS_TO_COMPRESSION = number(
    "oncology.months_to_compression",
    "months from the diagnosis of the tumour to the compression of the cord",
    Subject.PATIENT,
    Unit.MONTH,
    0,
    1200,
    "dates of the diagnosis of the tumour and of the compression of the cord",
)
CHEMOTHERAPY = yes_no(
    "oncology.chemotherapy", "chemotherapy before", Subject.PATIENT, "has the patient had chemotherapy before?"
)
OPERATED_AT_LEVEL = yes_no(
    "treatment.operated_at_level",
    "earlier operation at the level",
    Subject.LESION,
    "earlier operation at the level: what, when?",
)

# --- comorbidity ------------------------------------------------------------------------------------------------------
# Only what two instruments or more ask with one definition, which stands in the words.
HYPERTENSION = yes_no(
    "comorbidity.hypertension_on_drugs",
    "hypertension that needs drugs",
    Subject.PATIENT,
    "hypertension that needs drugs?",
)
HEART_FAILURE = yes_no(
    "comorbidity.heart_failure",
    "congestive heart failure, without a limit of time",
    Subject.PATIENT,
    "congestive heart failure, now or at any time before?",
)
RECENT_HEART_FAILURE = yes_no(
    "comorbidity.recent_heart_failure",
    "congestive heart failure within the last 30 days",
    Subject.PATIENT,
    "congestive heart failure within the last 30 days?",
)
CHRONIC_LUNG_DISEASE = yes_no(
    "comorbidity.chronic_lung_disease", "chronic lung disease", Subject.PATIENT, "chronic lung disease?"
)
