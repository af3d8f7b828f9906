"""Stops about drugs and consent, and where sources disagree on steroid."""

from __future__ import annotations

from datetime import timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.fact import PrimarySite
from enbloc.case.lesion import LesionKind
from enbloc.decide.acts import SURGERY, all_but
from enbloc.decide.decision import Act, Degree
from enbloc.decide.planned import (
    ADULT_FROM,
    COMPLETED,
    HOUR,
    adult_dose,
    in_turn,
    is_adult,
    is_shorter,
    may_be_pregnant,
    operation_span,
    said,
    span_at,
)
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.steroid import (
    DOSE,
    HIGH_DAILY,
    HIGH_SINGLE,
    has_signs,
    is_branch,
    is_declining_fast,
    is_planned,
    is_suspected_without_tissue,
    meets_dose,
    ordered,
)
from enbloc.decide.systemic import last_doses
from enbloc.decide.washout import (
    CYTOTOXIC_STOP,
    RESTART_BEVACIZUMAB,
    RESTART_OTHER,
    DrugClass,
    Taken,
    has_had,
    is_within,
    others,
    taken,
)
from enbloc.evidence import Checked, Threshold, limit
from enbloc.stage.escc import Escc

FEW_NEUTROPHILS = limit(
    "neutrophils that stop elective surgery", 1.5, "10⁹/L", "<", "pathway (STOP-33)", Checked.FROM_MEMORY
)
OLD_COUNT = limit("oldest blood count for elective surgery", 72, "h", "<=", "pathway (STOP-33)", Checked.FROM_MEMORY)
LIGHT = limit("weight below which denosumab is not given", 45, "kg", "<", "pathway (STOP-26)", Checked.FROM_MEMORY)


@rule(
    "STOP-10",
    cites=("bmc2021pcnsl", "dlbcl2025steroid"),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    disagrees=("DISAGREE-3",),
)
def steroid_may_cost_the_diagnosis(about: Situation) -> Verdict:
    """A steroid is prescribed although a haematological tumour is suspected without tissue and the deficit is not
    rapid: it may cost the diagnosis.
    """
    # A germ cell tumour is counted too, as in STER-05: the safer reading.
    condition = in_turn(is_planned(about), is_suspected_without_tissue(about), negated(is_declining_fast(about)))
    return when(condition, do="Take the biopsy before the steroid.", because=f"{about.tumour_words}, no tissue.")


@rule(
    "STOP-27",
    cites=("heimdal1992",),
    checked=Checked.READ,
    strength="Hard stop",
    degree=Degree.STOP,
    disagrees=("DISAGREE-2",),
)
def very_high_dose_of_steroid(about: Situation) -> Verdict:
    """Dexamethasone of 96 mg or more in 24 hours or as one dose: serious events in 14.3 against 0 percent."""
    condition = any_of(meets_dose(about, HIGH_DAILY), meets_dose(about, HIGH_SINGLE))
    do = adult_dose(about, f"Order no more than {DOSE.number:g} mg in 24 hours.")
    return when(condition, do=do, because=ordered(about))


@rule(
    "DISAGREE-2",
    cites=("nice2023ng234", "heimdal1992", "sorensen1994", "alcorn2024astro"),
    checked=Checked.READ_IN_A_COPY,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_steroid(about: Situation) -> Verdict:
    """Dexamethasone, how much and for whom: one guideline gives 16 mg with neurology, for a confirmed haematological
    malignancy or for severe pain, and a series stopped 96 mg; a trial walked better with 96 mg than with none, and
    another guideline gives it with radiotherapy of every compression.
    """
    condition = all_of(is_branch(about), any_of(about.is_high_grade, has_signs(about)))
    do = f"Show both: {DOSE.number:g} mg is the default, {HIGH_DAILY.number:g} mg is blocked (STOP-27)"
    do += "; this patient has no neurological signs." if has_signs(about) is False else "."
    return when(condition, do=adult_dose(about, do), because=about.escc_words)


@rule(
    "DISAGREE-3",
    cites=("bmc2021pcnsl", "dlbcl2025steroid"),
    checked=Checked.READ,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_steroid_before_biopsy(about: Situation) -> Verdict:
    """Steroid before the biopsy of a lymphoma: it is withheld since more operations were inconclusive (pooled odds
    ratio 3.3, nervous system), or a short exposure is harmless (97.1 against 97.3 percent diagnostic in the same
    data; 83 against 81 percent in systemic lymphoma).
    """
    do = "Show both: withhold it while the patient is stable; with a deficit, the deficit goes first."
    return when(is_suspected_without_tissue(about), do=do, because=f"{about.tumour_words}, no tissue.")


@rule(
    "STOP-17",
    cites=("bevacizumab_label", "tki2021table"),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
    acts=SURGERY,
)
def vegf_drug_around_surgery(about: Situation) -> Verdict:
    """Elective surgery within the wash-out of a VEGF-pathway drug or with its last dose unknown, or a restart planned
    too early after surgery or with an unhealed wound: dehiscence and bleeding.
    """
    drugs = [one for one in taken(about.case) if one.agent.kind is DrugClass.VEGF]
    inside = any_of(*(_is_inside(about, one) for one in drugs), others(about))
    condition = any_of(all_of(about.answer(vocabulary.PLAN_ELECTIVE), inside), _restarts_early(about, drugs))
    return when(condition, do=_wait(drugs), because=last_doses(drugs))


def _is_inside(about: Situation, one: Taken) -> Answer:
    return is_within(about, one, one.agent.hard) if one.agent.hard else False


def _restarts_early(about: Situation, drugs: list[Taken]) -> Answer:
    limit = RESTART_BEVACIZUMAB if any(one.agent.drug == "bevacizumab" for one in drugs) else RESTART_OTHER
    early = about.meets(vocabulary.VEGF_RESTART_DAYS, limit)
    unhealed = about.answer(vocabulary.VEGF_RESTART_UNHEALED)
    had = has_had(about, DrugClass.VEGF)
    return in_turn(had, about.answer(vocabulary.VEGF_RESTART), any_of(early, unhealed))


def _wait(drugs: list[Taken]) -> str:
    days = [day for one in drugs if one.agent.hard and (day := one.earliest(one.agent.hard))]
    until = f" Not before {max(days).isoformat()}." if days else ""
    return (
        f"Wait until the drug is out of the body.{until} Restart bevacizumab {RESTART_BEVACIZUMAB.number:g}, another "
        f"drug {RESTART_OTHER.number:g} days after the operation at the earliest, with the wound healed."
    )


@rule(
    "STOP-33", cites=("project",), checked=Checked.FROM_MEMORY, strength="Hard stop", degree=Degree.STOP, acts=SURGERY
)
def surgery_in_neutropenia(about: Situation) -> Verdict:
    """Elective surgery with few neutrophils, less than three weeks after a cytotoxic drug, or with a blood count older
    than 72 hours: sepsis, failure of the wound.
    """
    cytotoxic = [one for one in taken(about.case) if one.agent.kind is DrugClass.CYTOTOXIC]
    recent = any_of(*(is_within(about, one, CYTOTOXIC_STOP) for one in cytotoxic), others(about))
    few = about.meets(vocabulary.NEUTROPHILS, FEW_NEUTROPHILS)
    reasons = {
        f"neutrophils below {FEW_NEUTROPHILS.number:g} ×10⁹/L": few,
        f"cytotoxic drug within {CYTOTOXIC_STOP.number:g} days": recent,
        f"blood count older than {OLD_COUNT.number:g} hours": _count_is_old(about),
    }
    condition = all_of(about.answer(vocabulary.PLAN_ELECTIVE), any_of(*reasons.values()))
    do = f"Wait for {FEW_NEUTROPHILS.number:g} ×10⁹/L neutrophils and {CYTOTOXIC_STOP.number:g} days after the drug, "
    do += f"and repeat the blood count within {OLD_COUNT.number:g} hours of surgery."
    return when(condition, do=do, because=said(reasons))


def _count_is_old(about: Situation) -> Answer:
    at, start = about.known(vocabulary.BLOOD_COUNT_AT), operation_span(about)
    if at is None:
        return unknown(vocabulary.BLOOD_COUNT_AT.ask)
    if start is None:
        return unknown(vocabulary.OPERATION_AT.ask)
    taken_at = span_at(at)
    if about.today is not None and taken_at[0].date() > about.today:
        return unknown("day of the blood count: it lies after the day of the case")
    # A count is old from the first moment beyond its limit.
    limit = OLD_COUNT.number * HOUR + timedelta(microseconds=1)
    return negated(is_shorter(taken_at, start, limit, vocabulary.OPERATION_AT.ask))


@rule(
    "STOP-26",
    cites=("xgeva_label",),
    checked=Checked.READ_IN_A_COPY,
    strength="Hard stop",
    degree=Degree.STOP,
)
def denosumab_unsafe(about: Situation) -> Verdict:
    """Denosumab 120 mg with a corrected calcium below the local limit or unknown, with pregnancy not excluded, in a
    child who is not mature or weighs little, without a dental check or beside another denosumab product; or a long
    course stopped without a plan for the rebound.
    """
    planned = about.answer(vocabulary.DENOSUMAB)
    harms = {
        "low calcium": _calcium_is_low(about),
        "pregnancy": may_be_pregnant(about),
        "not mature, or too light for a child": _is_too_young(about),
        "no dental check": negated(about.answer(vocabulary.DENTAL_CHECK)),
        "another denosumab product": about.answer(vocabulary.DENOSUMAB_OTHER),
    }
    stopped = in_turn(about.answer(vocabulary.DENOSUMAB_STOPPED), negated(about.answer(vocabulary.REBOUND_PLAN)))
    reasons = {words: all_of(planned, harm) for words, harm in harms.items()} | {"stopped without a plan": stopped}
    do = "Check calcium, pregnancy, maturity and weight, teeth and other products; plan for the rebound."
    condition = any_of(in_turn(planned, any_of(*harms.values())), stopped)
    return when(condition, do=do, because=f"Denosumab 120 mg: {said(reasons).lower()}")


def _calcium_is_low(about: Situation) -> Answer:
    """Whether corrected calcium lies below the limit of the patient's own laboratory."""
    calcium, limit = about.known(vocabulary.CALCIUM_CORRECTED), about.known(vocabulary.CALCIUM_LOWER_LIMIT)
    if calcium is None or limit is None:
        return unknown(vocabulary.CALCIUM_CORRECTED.ask, vocabulary.CALCIUM_LOWER_LIMIT.ask)
    return calcium < limit


def _is_too_young(about: Situation) -> Answer:
    unready = any_of(
        negated(about.answer(vocabulary.SKELETALLY_MATURE)),
        about.meets(vocabulary.WEIGHT, LIGHT),
    )
    return all_of(negated(is_adult(about)), unready)


@rule(
    "STOP-28",
    cites=("project",),
    checked=Checked.OURS,
    strength="Hard stop, project rule",
    degree=Degree.STOP,
    acts=all_but(Act.OBSERVATION),
)
def against_the_patients_will(about: Situation) -> Verdict:
    """The patient refuses, capacity is lacking without a process for it, or an advance decision speaks against
    surgery: autonomy.
    """
    if about.plan is None:
        return None
    operation = about.plan.act.is_surgery
    reasons = {
        "refused": about.answer(vocabulary.DECLINES_SURGERY if operation else vocabulary.REFUSED),
        "capacity open without a process": about.answer(vocabulary.CAPACITY_OPEN),
        "advance decision": about.answer(vocabulary.ADVANCE_DECISION) if operation else False,
    }
    do = "Respect the refusal; settle capacity and any advance decision first."
    return when(any_of(*reasons.values()), do=do, because=said(reasons))


@rule("STOP-34", cites=("project",), checked=Checked.FROM_MEMORY, strength="Hard stop", degree=Degree.STOP)
def flare_of_prostate_cancer(about: Situation) -> Verdict:
    """Prostate cancer never treated with hormones, with epidural disease, and a GnRH agonist started without an
    antagonist or antiandrogen cover: the flare can complete the paralysis.
    """
    condition = in_turn(
        _is_prostate(about),
        about.answer(vocabulary.HORMONE_NAIVE),
        negated(about.grade_in(Escc.GRADE_0)),
        about.answer(vocabulary.GNRH_AGONIST),
        negated(about.answer(vocabulary.FLARE_COVER)),
    )
    do = "Give an antagonist or antiandrogen cover, or remove the testes; no agonist alone."
    return when(condition, do=do, because=f"{about.tumour_words}; {about.escc_words}")


def _is_prostate(about: Situation) -> Answer:
    if about.histology is not None:
        # A metastasis of unknown or other origin may still be one.
        return about.histology.key == "met_prostate" or (
            about.histology.key in {"met_unknown", "met_other"}
            and about.is_one_of(vocabulary.PRIMARY_SITE, PrimarySite.PROSTATE)
        )
    if about.kind in {LesionKind.PRIMARY, LesionKind.HAEMATOLOGICAL}:
        return False
    return about.is_one_of(vocabulary.PRIMARY_SITE, PrimarySite.PROSTATE)


@rule("STOP-35", cites=("project",), checked=Checked.OURS, strength="Hard stop, project rule", degree=Degree.STOP)
def figures_of_adults_for_a_child(about: Situation) -> Verdict:
    """A patient under eighteen, or of unknown age or weight, and a plan that uses a drug dose, a dose limit or an
    outcome figure of adults as applicable: wrong dose.
    """
    if not about.has_act:
        return None
    weight: Answer = unknown(vocabulary.WEIGHT.ask) if about.known(vocabulary.WEIGHT) is None else False
    condition = all_of(any_of(negated(is_adult(about)), weight), about.answer(vocabulary.ADULT_FIGURES))
    age = is_adult(about)
    words = "Age or weight is not known." if isinstance(age, Unknown) else f"Under {ADULT_FROM.number:g} years."
    return when(condition, do="Ask a paediatric oncologist for the dose by weight and age.", because=words)


CASE_RULES: tuple[Rule, ...] = (
    steroid_may_cost_the_diagnosis,
    very_high_dose_of_steroid,
    sources_disagree_on_steroid,
    sources_disagree_on_steroid_before_biopsy,
    denosumab_unsafe,
    flare_of_prostate_cancer,
)
ACT_RULES: tuple[Rule, ...] = (
    vegf_drug_around_surgery,
    surgery_in_neutropenia,
    against_the_patients_will,
    figures_of_adults_for_a_child,
)
PARAMETERS: tuple[Threshold, ...] = (
    ADULT_FROM,
    COMPLETED,
    FEW_NEUTROPHILS,
    OLD_COUNT,
    LIGHT,
)
