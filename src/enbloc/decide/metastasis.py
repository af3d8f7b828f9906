"""Rules about surgery for metastatic disease (DEC), and where their sources disagree."""

from __future__ import annotations

from dataclasses import replace

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated
from enbloc.case.fact import PainCharacter
from enbloc.decide.compression import is_branch
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.decide.stops_of_compression import radiosurgery_alone_under_compression
from enbloc.decide.surgery_in_compression import criteria_words
from enbloc.evidence import Checked
from enbloc.stage.escc import Escc


@rule(
    "DEC-02",
    cites=("alcorn2024astro",),
    checked=Checked.READ,
    strength="Guideline conditional (low quality)",
    favours=(Act.SEPARATION,),
)
def surgery_before_radiotherapy(about: Situation) -> Verdict:
    """Metastasis with compression of cord or cauda equina: surgery with postoperative radiotherapy is suggested over
    radiotherapy alone.
    """
    # A sensitive tumour follows NOMS instead: histology before the general rule (encoding note 8). For one that is
    # only moderately sensitive both are shown (NOMS-15).
    candidate = all_of(is_branch(about), about.answer(vocabulary.ABLE) is not False)
    moderate = about.histology is not None and about.histology.is_moderate
    condition = all_of(candidate, about.is_high_grade, any_of(moderate, negated(about.is_radiosensitive)))
    return when(condition, do="Discuss surgery, then radiotherapy.", because=about.escc_words)


@rule(
    "DEC-07",
    cites=("laufer2013separation", "alomair2013", "barzilai2019hybrid"),
    checked=Checked.READ,
    strength="Cohort",
)
def separation_clears_the_dura(about: Situation) -> Verdict:
    """Separation surgery takes the epidural tumour to leave two to three millimetres around the dura, all round where
    it is ventral; no vertebrectomy is needed; it always stabilises, and radiosurgery follows.
    """
    # It says how, not whether: it speaks for no option, of a case or of a plan for separation surgery.
    is_other_plan = about.plan is not None and about.plan.act is not Act.SEPARATION
    if is_other_plan or about.answer(vocabulary.ABLE) is False:
        return None
    epidural = all_of(is_branch(about), about.grade_in(Escc.GRADE_1C, Escc.GRADE_2, Escc.GRADE_3))
    chosen = "Aim" if about.plan is not None else "If separation surgery is chosen, aim"
    return when(epidural, do=f"{chosen} for ESCC 0 or 1a after surgery.", because=about.escc_words)


@rule(
    "DEC-09",
    cites=("nice2023ng234", "ng234_rt_summary"),
    checked=Checked.READ_IN_A_COPY,
    strength="Guideline",
    favours=(Act.OBSERVATION,),
    against=(Act.SEPARATION, Act.EN_BLOC, Act.STABILISATION),
)
def silent_metastasis_needs_no_surgery(about: Situation) -> Verdict:
    """An asymptomatic, stable metastasis with ESCC 0, 1a or 1b needs systemic therapy, and no surgery; radiotherapy
    only as part of an oligometastatic strategy, in a trial, or for signs of impending compression of the cord.
    """
    low = about.grade_in(Escc.GRADE_0, Escc.GRADE_1A, Escc.GRADE_1B)
    signs = any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))
    silent = all_of(_painless(about), negated(signs))
    condition = all_of(is_branch(about), silent, low, negated(about.warrants_consultation))
    return when(condition, do="Offer systemic therapy; no surgery.", because=f"{about.sins_words} {about.escc_words}")


def _painless(about: Situation) -> Answer:
    pain = about.findings[vocabulary.PAIN, about.about]
    return pain if isinstance(pain, Unknown) else pain.value.value == PainCharacter.NONE.value


@rule(
    "DISAGREE-4",
    cites=("patchell2005", "laufer2013noms", "alcorn2024astro"),
    checked=Checked.READ,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_surgery(about: Situation) -> Verdict:
    """Surgery for high-grade compression: one randomised trial shows a strong effect and NOMS operates on resistant
    tumours, while a later guideline makes it a conditional advice of low quality, and radiosurgery alone is used for
    selected intact patients at 1c or 2.
    """
    debated = all_of(about.grade_in(Escc.GRADE_1C), negated(about.is_radiosensitive))
    condition = all_of(is_branch(about), any_of(about.is_high_grade, debated))
    return when(
        condition,
        do="Show both: how the patient matches the trial (one level, time, survival), and radiotherapy alone.",
        because=f"{about.escc_words} The trial and this patient: {criteria_words(about)}.",
    )


CASE_RULES: tuple[Rule, ...] = (
    surgery_before_radiotherapy,
    separation_clears_the_dura,
    silent_metastasis_needs_no_surgery,
    sources_disagree_on_surgery,
)
ACT_RULES: tuple[Rule, ...] = (
    replace(separation_clears_the_dura, acts=(Act.SEPARATION,)),
    radiosurgery_alone_under_compression,
)
