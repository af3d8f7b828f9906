"""Drugs around treatment: steroid, cancer drugs, antithrombotics with their last doses, denosumab, hormones.

The last dose of a cancer drug stands under ``treatments``; that of an antithrombotic counts in hours and stands here.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from enbloc.case.fact.kinds import Fact, Subject, Unit, count, moment, number, word, yes_no

_PATIENT, _LESION = Subject.PATIENT, Subject.LESION


# --- steroid ----------------------------------------------------------------------------------------------------------
class SteroidDanger(Enum):
    """What forbids that a steroid is started automatically."""

    NONE = "none"
    INFECTION = "untreated spinal infection suspected"
    BLEEDING = "active gastrointestinal bleeding or perforation"
    KETOSIS = "uncontrolled diabetes with ketosis"
    PSYCHOSIS = "acute psychosis"


STEROID_PLANNED = yes_no(
    "steroid.planned", "steroid planned or prescribed", _PATIENT, "is a steroid planned or prescribed?"
)
STEROID_RUNNING = yes_no("steroid.running", "steroid being taken", _PATIENT, "does the patient take a steroid now?")
STEROID_DAILY = number(
    "steroid.daily_mg",
    "dexamethasone ordered in 24 hours, a first bolus of up to 16 mg not counted",
    _PATIENT,
    Unit.MG,
    0,
    500,
    "dexamethasone ordered in 24 hours, mg (0 if none)",
)
STEROID_SINGLE = number(
    "steroid.single_mg",
    "largest single dose of dexamethasone ordered",
    _PATIENT,
    Unit.MG,
    0,
    500,
    "largest single dose of dexamethasone ordered, mg (0 if none)",
)
STEROID_PLANNED_DAYS = count(
    "steroid.planned_days",
    "days for which a steroid is planned",
    _PATIENT,
    0,
    3650,
    "for how many days is the steroid planned?",
    Unit.DAY,
)
STEROID_DANGERS = word(
    "steroid.dangers",
    "dangers of a steroid in this patient",
    SteroidDanger,
    _PATIENT,
    "dangers of a steroid: spinal infection, gastrointestinal bleeding or perforation, ketosis, psychosis, or none?",
    many=True,
)
HAEMATOLOGICAL_SUSPECTED = yes_no(
    "lesion.haematological_suspected",
    "lymphoma, leukaemia, myeloma or germ cell tumour suspected",
    _LESION,
    "is a lymphoma, leukaemia, myeloma or germ cell tumour suspected?",
)

# --- cancer drugs -----------------------------------------------------------------------------------------------------
DRUGS_COMPLETE = yes_no(
    "drug.systemic_complete",
    "list of systemic cancer drugs complete",
    _PATIENT,
    "is every systemic cancer drug of this patient recorded, with the day of its last dose?",
)
VEGF_RESTART = yes_no(
    "plan.vegf_restart",
    "VEGF-pathway drug to be started again after the operation",
    _LESION,
    "is the VEGF-pathway drug to be started again after the operation?",
)
VEGF_RESTART_DAYS = count(
    "plan.vegf_restart_days",
    "days from the operation to the restart of the VEGF-pathway drug",
    _LESION,
    0,
    3650,
    "how many days after the operation does the VEGF-pathway drug start again?",
    Unit.DAY,
)
VEGF_RESTART_UNHEALED = yes_no(
    "plan.vegf_restart_unhealed",
    "restart of the VEGF-pathway drug planned with an unhealed wound",
    _LESION,
    "may the VEGF-pathway drug start again before the wound has healed?",
)
ENDOCRINE_CHECKED = yes_no(
    "drug.endocrine_checked",
    "adrenal and thyroid function known under a checkpoint inhibitor",
    _PATIENT,
    "under a checkpoint inhibitor: adrenal and thyroid function checked?",
)


# --- antithrombotics --------------------------------------------------------------------------------------------------
class Antithrombotic(Enum):
    """A drug against clotting, with its purpose where the hours depend on it."""

    NONE = "none"
    APIXABAN = "apixaban"
    RIVAROXABAN = "rivaroxaban"
    EDOXABAN = "edoxaban"
    DABIGATRAN = "dabigatran"
    WARFARIN = "warfarin"
    CLOPIDOGREL = "clopidogrel"
    TICAGRELOR = "ticagrelor"
    PRASUGREL = "prasugrel"
    LMWH_TREATMENT = "low molecular weight heparin, treatment dose"
    LMWH_PROPHYLAXIS = "low molecular weight heparin, prophylactic dose"
    HEPARIN_INFUSION = "unfractionated heparin, infusion"
    ASPIRIN = "aspirin"
    OTHER = "other"


ANTITHROMBOTICS = word(
    "drug.antithrombotics",
    "antithrombotic drugs within the last ten days",
    Antithrombotic,
    _PATIENT,
    "which antithrombotic drugs within the last ten days, or none?",
    many=True,
)


def _last(name: str, words: str) -> Fact[datetime]:
    return moment(f"drug.last_{name}", f"last dose of {words}", _PATIENT, f"day and hour of the last dose of {words}")


LAST_APIXABAN = _last("apixaban", "apixaban")
LAST_RIVAROXABAN = _last("rivaroxaban", "rivaroxaban")
LAST_EDOXABAN = _last("edoxaban", "edoxaban")
LAST_DABIGATRAN = _last("dabigatran", "dabigatran")
LAST_WARFARIN = _last("warfarin", "warfarin")
LAST_CLOPIDOGREL = _last("clopidogrel", "clopidogrel")
LAST_TICAGRELOR = _last("ticagrelor", "ticagrelor")
LAST_PRASUGREL = _last("prasugrel", "prasugrel")
LAST_LMWH_TREATMENT = _last("lmwh_treatment", "low molecular weight heparin in treatment dose")
LAST_LMWH_PROPHYLAXIS = _last("lmwh_prophylaxis", "low molecular weight heparin in prophylactic dose")
LAST_HEPARIN_INFUSION = _last("heparin_infusion", "the infusion of unfractionated heparin")

# --- denosumab --------------------------------------------------------------------------------------------------------
DENOSUMAB = yes_no(
    "denosumab.planned", "denosumab 120 mg planned or running", _PATIENT, "is denosumab 120 mg planned or running?"
)
DENTAL_CHECK = yes_no("denosumab.dental_check", "dental check done", _PATIENT, "dental check before denosumab?")
DENOSUMAB_OTHER = yes_no(
    "denosumab.other_product",
    "another denosumab product running",
    _PATIENT,
    "is another denosumab product running?",
)
DENOSUMAB_STOPPED = yes_no(
    "denosumab.long_course_stopped",
    "long course of denosumab stopped or to be stopped",
    _PATIENT,
    "is a long course of denosumab stopped or to be stopped?",
)
REBOUND_PLAN = yes_no(
    "denosumab.rebound_plan",
    "plan for rebound hypercalcaemia and rebound loss of bone",
    _PATIENT,
    "is there a plan for rebound hypercalcaemia (under 25 years) and rebound loss of bone?",
)

# --- hormones of prostate cancer --------------------------------------------------------------------------------------
HORMONE_NAIVE = yes_no(
    "hormone.naive", "prostate cancer without hormone therapy so far", _PATIENT, "hormone therapy never before?"
)
GNRH_AGONIST = yes_no(
    "hormone.gnrh_agonist", "GnRH agonist started or planned", _PATIENT, "is a GnRH agonist started or planned?"
)
FLARE_COVER = yes_no(
    "hormone.flare_cover",
    "GnRH antagonist or antiandrogen cover against the flare",
    _PATIENT,
    "is there cover against the flare (GnRH antagonist or antiandrogen)?",
)
