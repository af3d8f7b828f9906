"""Rules about intradural tumours (INTRA): those outside the cord, and what holds for every one of them."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, all_of, any_of, negated, unknown
from enbloc.decide.acts import EVERY_RESECTION
from enbloc.decide.decision import Act, Degree
from enbloc.decide.of_intradural import (
    MENINGIOMA,
    is_entity,
    is_gone,
    is_grade,
    is_inside,
    is_left_behind,
    is_symptomatic,
    printed,
)
from enbloc.decide.planned import adult_dose, is_adult
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold

EXPERT = "Expert"
U = Checked.FROM_MEMORY
RESECT, WATCH, IRRADIATE = (Act.INTRADURAL,), (Act.OBSERVATION,), (Act.RADIOTHERAPY,)


def _limit(name: str, number: float, unit: str, comparator: str, source: str, checked: Checked = U) -> Threshold:
    return Threshold(
        name=name, number=number, unit=unit, comparator=comparator, source=source, checked=checked, since="2026-11-20"
    )


GRADE_2_FROM = _limit("dose to a residual meningioma of grade 2, least", 54, "Gy", ">=", "goldbrunner2021eano")
GRADE_2_TO = _limit("dose to a residual meningioma of grade 2, most", 60, "Gy", "<=", "goldbrunner2021eano")
GRADE_3_FROM = _limit("dose to a meningioma of grade 3, least", 60, "Gy", ">=", "goldbrunner2021eano")
LAMINECTOMY_FROM = _limit("levels of laminectomy that endanger stability", 3, "levels", ">=", "pathway (INTRA-14)")
FACET_FROM = _limit("share of a facet removed that endangers stability", 50, "%", ">", "pathway (INTRA-14)")
DECOMPRESS_WITHIN = _limit("hours to decompress an intradural tumour", 24, "hours", "<=", "pathway (INTRA-21)")

JUNCTIONS = frozenset({Level.C2, Level.C7, Level.T1, Level.T11, Level.T12, Level.T13, Level.L1})
"""The second cervical vertebra, and the vertebrae at which STAB-02 sees the two junctions."""


@rule(
    "INTRA-01",
    cites=("elhajj2022", "voldrich2020"),
    checked=Checked.READ,
    strength="Cohort",
    favours=RESECT,
)
def resect_a_meningioma(about: Situation) -> Verdict:
    """A symptomatic or growing spinal meningioma is resected completely, Simpson grade I or II; coagulating the dura,
    grade II, is acceptable in the spine, above all in front.
    """
    wanted = any_of(is_symptomatic(about), about.answer(vocabulary.GROWING))
    figures = "recurrence about 6 %, complications 7.9 %, good function 78.9 %"
    do = "Resect it completely, Simpson I or II; resect no dura where a leak threatens. WHO grade, Simpson grade, "
    do += f"ventral site and male sex raise the odds. {printed(about, figures)}"
    return when(all_of(is_entity(about, *MENINGIOMA), wanted), do=do, because=about.where)


@rule("INTRA-02", cites=("goldbrunner2021eano",), checked=U, strength="Guideline", favours=IRRADIATE)
def irradiate_a_higher_meningioma(about: Situation) -> Verdict:
    """A meningioma of CNS WHO grade 2 is watched or irradiated after complete resection, and irradiated after a
    subtotal one; one of grade 3 is always irradiated.
    """
    higher = any_of(is_grade(about, 3), all_of(is_grade(about, 2), any_of(is_left_behind(about), is_gone(about))))
    condition = all_of(is_entity(about, *MENINGIOMA), is_grade(about, 2, 3), higher)
    return when(condition, do=_meningioma_dose(about), because=about.where)


def _meningioma_dose(about: Situation) -> str:
    if is_grade(about, 3) is True:
        return "Give radiotherapy. " + adult_dose(about, f"Dose: {GRADE_3_FROM.number:g} Gy or more.")
    if is_left_behind(about) is True:
        dose = f"Dose: {GRADE_2_FROM.number:g} to {GRADE_2_TO.number:g} Gy."
        return "Give radiotherapy. " + adult_dose(about, dose)
    return "Watch, or give radiotherapy: let the board choose."


@rule("INTRA-03", cites=("goldbrunner2021eano",), checked=U, strength="Guideline", favours=WATCH, against=RESECT)
def watch_a_silent_meningioma(about: Situation) -> Verdict:
    """An asymptomatic meningioma found by chance is watched: MRI after 6 months, then yearly for five years, then
    every second year.
    """
    silent = all_of(negated(is_symptomatic(about)), negated(about.answer(vocabulary.GROWING)))
    do = "Watch: MRI at 6 months, then yearly for 5 years, then every 2 years."
    return when(all_of(is_entity(about, *MENINGIOMA), silent), do=do, because=about.where)


@rule("INTRA-04", cites=("fehlings2016schwannoma",), checked=Checked.READ, strength="Cohort", favours=RESECT)
def resect_a_schwannoma(about: Situation) -> Verdict:
    """A schwannoma is resected completely; the fascicle of origin can mostly be given up under monitoring, and a
    remnant in the foramen is watched.
    """
    do = "Resect it completely, under monitoring if the fascicle of origin is cut."
    if about.answer(vocabulary.DUMBBELL) is True:
        do += " Dumbbell: in stages, or from the side and behind."
    figures = "9 of 169 recurred (5.32 %) at about 1.7 years; hazard ratio 4.18 for intralesional, 1.32 for more length"
    do += f" {printed(about, figures)}"
    return when(is_entity(about, "schwannoma"), do=do, because=about.where)


@rule("INTRA-05", cites=("project",), checked=U, strength=EXPERT)
def treat_a_neurofibroma_that_harms(about: Situation) -> Verdict:
    """A neurofibroma, as in neurofibromatosis type 1, is operated on only if it is symptomatic or compresses the cord;
    a plexiform one is a case for a MEK inhibitor, and one suspected to be malignant for biopsy or en bloc resection.
    """
    do = "Operate only for symptoms or compression of the cord."
    if is_symptomatic(about) is False:
        do = "Do not operate while it is silent."
    if about.answer(vocabulary.PLEXIFORM) is True:
        do += " Plexiform: ask for a MEK inhibitor (selumetinib)."
    if about.answer(vocabulary.SHEATH_MALIGNANCY_SUSPECTED) is not False:
        do += " If pain or PET make a malignant tumour likely: biopsy, and en bloc resection."
    return when(is_entity(about, "neurofibroma"), do=do, because=about.where)


@rule("INTRA-14", cites=("project",), checked=U, strength=EXPERT, degree=Degree.CAUTION, acts=EVERY_RESECTION)
def keep_the_column_stable(about: Situation) -> Verdict:
    """Laminectomy at three or more levels, in a child, at C2 or a junction, or with more than half of a facet removed
    endangers stability: laminoplasty or instrumentation.
    """
    condition = all_of(is_inside(about), any_of(*(holds for _, holds in _dangers(about))))
    because = "; ".join(words for words, holds in _dangers(about) if holds is True)
    return when(condition, do="Plan laminoplasty or instrumentation.", because=f"Stability at risk: {because}.")


def _dangers(about: Situation) -> tuple[tuple[str, Answer], ...]:
    levels = {*about.levels, *(about.plan.levels if about.plan else ())}
    wide = about.meets(vocabulary.LAMINECTOMY_LEVELS, LAMINECTOMY_FROM)
    junction: Answer = bool(levels & JUNCTIONS) if levels else unknown("level of the lesion")
    return (
        (f"laminectomy at {LAMINECTOMY_FROM.number:g} or more levels", wide),
        ("a child", negated(is_adult(about))),
        ("at C2 or a junction", junction),
        (f"over {FACET_FROM.number:g} % of a facet removed", about.meets(vocabulary.FACET_REMOVED, FACET_FROM)),
    )


@rule("INTRA-16", cites=("project",), checked=U, strength=EXPERT, favours=(Act.RADIOTHERAPY, Act.SYSTEMIC))
def leptomeningeal_disease(about: Situation) -> Verdict:
    """A leptomeningeal or intradural extramedullary metastasis calls for MRI of the neuraxis and cytology; symptomatic
    sites are irradiated, with systemic or intrathecal treatment, and neither SINS nor ESCC holds.
    """
    do = "MRI of the neuraxis and cytology; irradiate what causes symptoms; systemic or intrathecal treatment."
    return when(is_entity(about, "lepto_met"), do=do, because=about.where)


@rule("INTRA-17", cites=("louis2021who",), checked=U, strength=EXPERT, favours=RESECT)
def cauda_neuroendocrine_tumour(about: Situation) -> Verdict:
    """A neuroendocrine tumour of the cauda equina is resected in one piece; a residual is watched or irradiated, after
    a check of hormones, with long follow-up.
    """
    do = "Check hormones first, resect it in one piece, and follow it for long."
    if is_left_behind(about) is True:
        do = "Watch the residual or irradiate it, and follow it for long."
    return when(is_entity(about, "cauda_nec"), do=do, because=about.where)


@rule("INTRA-19", cites=("project",), checked=U, strength=EXPERT, favours=RESECT)
def leave_an_adherent_capsule(about: Situation) -> Verdict:
    """An epidermoid, dermoid or teratoma is removed completely only if its capsule comes away: an adherent capsule is
    left, a dermal sinus is looked for, and nothing is spilled.
    """
    do = "Remove it all only if the capsule separates; look for a dermal sinus; spill nothing (chemical meningitis)."
    return when(is_entity(about, "epidermoid"), do=do, because=about.where)


@rule("INTRA-20", cites=("project",), checked=U, strength=EXPERT)
def debulk_a_lipoma(about: Situation) -> Verdict:
    """An intradural lipoma is operated on only if it is symptomatic or tethers the cord: debulked and untethered under
    monitoring, never chased into the cord.
    """
    harms = any_of(is_symptomatic(about), about.answer(vocabulary.TETHERED))
    do = "Debulk and untether under monitoring; never chase the plane into the cord."
    return when(all_of(is_entity(about, "lipoma"), harms), do=do, because=about.where)


@rule("INTRA-21", cites=("project",), checked=U, strength=EXPERT, degree=Degree.URGENT)
def decompress_without_delay(about: Situation) -> Verdict:
    """An intradural lesion with a rapid deficit calls for an urgent MRI and, where the deficit may come back,
    decompression within 24 hours by a team for intradural tumours.
    """
    condition = all_of(is_inside(about), about.answer(vocabulary.RAPID_DECLINE))
    do = f"Urgent MRI; decompress within {DECOMPRESS_WITHIN.number:g} hours where the deficit may come back."
    if about.answer(vocabulary.CAUDA_DEFICIT) is True:
        do += " Cauda equina pattern: MRI the same day, catheter or bladder scan (RED-04)."
    return when(condition, do=do, because=f"Rapid decline. {about.where}")


CASE_RULES: tuple[Rule, ...] = (
    resect_a_meningioma,
    irradiate_a_higher_meningioma,
    watch_a_silent_meningioma,
    resect_a_schwannoma,
    treat_a_neurofibroma_that_harms,
    leptomeningeal_disease,
    cauda_neuroendocrine_tumour,
    leave_an_adherent_capsule,
    debulk_a_lipoma,
    decompress_without_delay,
)
ACT_RULES: tuple[Rule, ...] = (keep_the_column_stable,)
PARAMETERS: tuple[Threshold, ...] = (
    GRADE_2_FROM,
    GRADE_2_TO,
    GRADE_3_FROM,
    LAMINECTOMY_FROM,
    FACET_FROM,
    DECOMPRESS_WITHIN,
)
