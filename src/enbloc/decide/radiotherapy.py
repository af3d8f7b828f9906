"""Rules about the choice and the prescription of radiotherapy (RT)."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.case.lesion import LesionKind
from enbloc.case.patient import Sex
from enbloc.decide.acts import IRRADIATING, RADIOSURGERY
from enbloc.decide.cord_dose import (
    NONE_SEEN_BED,
    again_words,
    dose_words,
    earlier_words,
    is_outside_conventional,
    is_overdosed,
    limits_hold,
)
from enbloc.decide.decision import Act, Degree
from enbloc.decide.fractionation import rounded_up
from enbloc.decide.irradiated import is_irradiated, planned_levels
from enbloc.decide.planned import adult_dose, is_adult
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.schedules import AGAIN, CONVENTIONAL, STEREOTACTIC, STEREOTACTIC_AFTER_OPERATION, Schedule
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit

_SC24, _RTOG = "sahgal2021sc24", "ryu2023rtog0631"
LEVELS_TO = limit("consecutive levels for radiosurgery in two fractions", 3, "levels", "<=", _SC24, Checked.FROM_MEMORY)
SINS_TO = limit("SINS for radiosurgery in two fractions", 12, "points", "<=", _SC24, Checked.FROM_MEMORY)
LIFE_OVER = limit("life expectancy for radiosurgery in two fractions", 3, "months", ">", _SC24, Checked.FROM_MEMORY)
VERTEBRAE_TO = limit("vertebrae of the trial of a single fraction", 3, "vertebrae", "<=", _RTOG, Checked.READ)
SINGLE = limit("fractions of the trial of a single fraction", 1, "fractions", "<=", _RTOG, Checked.READ)
SINGLE_FROM = limit("lowest dose of the trial of a single fraction", 16, "Gy", ">=", _RTOG, Checked.READ)
SINGLE_TO = limit("highest dose of the trial of a single fraction", 18, "Gy", "<=", _RTOG, Checked.READ)
FRACTURE_FROM = limit(
    "dose of a fraction from which fracture is warned of", 20, "Gy", ">=", "sahgal2013vcf", Checked.READ
)


def is_metastasis(about: Situation) -> Answer:
    """Whether the tumour is a metastasis."""
    return unknown(vocabulary.KIND.ask) if about.kind is None else about.kind is LesionKind.METASTASIS


def _are_consecutive(levels: frozenset[Level]) -> bool:
    """Whether the levels follow each other, a thirteenth thoracic or sixth lumbar one left out or not."""
    usual = [level for level in Level if not level.is_transitional or level in levels]
    at = sorted(usual.index(level) for level in levels)
    return at == list(range(at[0], at[-1] + 1))


def _are_few_levels(about: Situation) -> Answer:
    levels = planned_levels(about)
    return len(levels) <= LEVELS_TO.number and _are_consecutive(levels) if levels else unknown("level of the lesion")


def _is_within_sins(about: Situation) -> Answer:
    score = about.score("sins")
    if score is None:
        return unknown("SINS")
    reached = {total <= SINS_TO.number for total in score.totals}
    return reached.pop() if len(reached) == 1 else unknown(*score.missing)


@rule(
    "RT-01",
    cites=("sahgal2021sc24",),
    checked=Checked.READ,
    strength="Randomised trial",
    favours=(Act.RADIOSURGERY,),
    disagrees=("DISAGREE-1",),
)
def radiosurgery_for_pain(about: Situation) -> Verdict:
    """A painful metastasis confirmed by MRI: 24 Gy in two stereotactic fractions gave complete relief at three months
    in 35 against 14 per cent after 20 Gy in five conventional ones (relative risk 1.33, odds ratio 3.47).
    """
    # The other limits of entry (levels, SINS, no symptomatic compression, life expectancy) are from memory.
    signs = any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))
    condition = all_of(
        is_metastasis(about),
        negated(about.is_intradural),
        about.has_pain,
        about.answer(vocabulary.LEVEL_MRI),
        _are_few_levels(about),
        _is_within_sins(about),
        negated(all_of(about.is_high_grade, signs)),
        about.meets(vocabulary.LIFE_EXPECTANCY, LIFE_OVER),
    )
    do = f"Offer radiosurgery. {adult_dose(about, '24 Gy in 2 fractions.')}{_irradiated_before(about)}"
    return when(condition, do=do, because=f"Painful metastasis. {about.sins_words} {about.escc_words}")


@rule(
    "RT-02",
    cites=("ryu2023rtog0631",),
    checked=Checked.READ,
    strength="Randomised trial",
    against=(Act.RADIOSURGERY,),
    disagrees=("DISAGREE-1",),
    acts=(Act.RADIOSURGERY,),
)
def single_fraction_gains_nothing(about: Situation) -> Verdict:
    """One to three vertebrae: a single stereotactic fraction of 16 to 18 Gy gave no better pain relief than 8 Gy once
    conventionally, 41.3 against 60.5 per cent of responders at three months.
    """
    levels = planned_levels(about)
    few: Answer = len(levels) <= VERTEBRAE_TO.number if levels else unknown("level of the lesion")
    condition = all_of(
        is_metastasis(about),
        few,
        about.meets(vocabulary.RT_FRACTIONS, SINGLE),
        about.meets(vocabulary.RT_DOSE, SINGLE_FROM),
        about.meets(vocabulary.RT_DOSE, SINGLE_TO),
    )
    do = "Do not choose this schedule for pain alone; show both trials (DISAGREE-1)."
    return when(condition, do=do, because=_planned(about))


def _planned(about: Situation) -> str:
    dose, fractions = about.known(vocabulary.RT_DOSE), about.known(vocabulary.RT_FRACTIONS)
    return "No prescription yet." if dose is None or fractions is None else f"{Schedule.of(dose, fractions).words}."


@rule(
    "RT-03",
    cites=("alcorn2024astro",),
    checked=Checked.READ,
    strength="Guideline conditional",
    favours=(Act.RADIOSURGERY,),
)
def radiosurgery_over_conventional(about: Situation) -> Verdict:
    """Good performance status, no surgery, no neurological sign and symptoms: stereotactic radiotherapy is
    conditionally preferred over conventional radiotherapy.
    """
    signs = any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))
    condition = all_of(
        about.is_secondary,
        negated(about.is_intradural),
        about.answer(vocabulary.GOOD_PERFORMANCE),
        negated(about.answer(vocabulary.OPERATED_AT_LEVEL)),
        negated(signs),
        about.has_pain,
    )
    return when(condition, do="Prefer radiosurgery.", because=f"Painful, no neurological sign. {about.escc_words}")


def _symptomatic_bone(about: Situation) -> Answer:
    symptomatic = any_of(about.has_pain, about.answer(vocabulary.DEFICIT))
    return all_of(about.is_secondary, negated(about.is_intradural), symptomatic)


def _menu(about: Situation, schedules: tuple[Schedule, ...]) -> str:
    return adult_dose(about, f"Choose {' or '.join(one.words for one in schedules)}.")


@rule("RT-04", cites=("alcorn2024astro",), checked=Checked.READ, strength="Guideline strong", acts=(Act.RADIOTHERAPY,))
def conventional_schedules(about: Situation) -> Verdict:
    """Symptomatic bone metastases are treated conventionally with 8 Gy once, 20 Gy in five, 24 Gy in six or 30 Gy in
    ten fractions.
    """
    condition = all_of(_symptomatic_bone(about), negated(is_irradiated(about)))
    return when(condition, do=_menu(about, CONVENTIONAL), because=f"{about.tumour_words}, symptomatic.")


@rule("RT-05", cites=("alcorn2024astro",), checked=Checked.READ, strength="Guideline", acts=(Act.RADIOTHERAPY,))
def conventional_schedules_again(about: Situation) -> Verdict:
    """The spine is irradiated again conventionally with 8 Gy once, 20 Gy in five, 24 Gy in six or 20 Gy in eight
    fractions.
    """
    condition = all_of(about.is_secondary, negated(about.is_intradural), is_irradiated(about))
    return when(condition, do=_menu(about, AGAIN), because=earlier_words(about))


@rule(
    "RT-06",
    cites=("laufer2013separation", "sahgal2021sc24", "huo2017", "guckenberger2024estro"),
    checked=Checked.READ,
    strength="Cohort, guideline",
    acts=RADIOSURGERY,
)
def stereotactic_schedules(about: Situation) -> Verdict:
    """Radiosurgery is given as 16 to 24 Gy once, 24 to 28 Gy in two, 24 to 30 Gy in three or 30 to 40 Gy in five
    fractions; after an operation as 24 to 30 Gy in three, or 24 Gy in one or two.
    """
    operated = True if about.is_act(Act.SEPARATION) else about.answer(vocabulary.OPERATED_AT_LEVEL)
    menu = STEREOTACTIC_AFTER_OPERATION if operated is True else STEREOTACTIC
    condition = all_of(
        about.is_secondary, negated(about.is_intradural), operated if isinstance(operated, Unknown) else True
    )
    do = f"{_menu(about, menu)}{_irradiated_before(about)}"
    return when(condition, do=do, because=f"{about.tumour_words}. {about.escc_words}")


def _irradiated_before(about: Situation) -> str:
    """What stands beside a first dose where the level had one already: the printed doses are for a first course."""
    again = about.answer(vocabulary.PRIOR_RADIOTHERAPY) is True
    return " Irradiated before: no more than OAR-05 leaves, and nothing while STOP-12 stands." if again else ""


@rule(
    "RT-07", cites=("sahgal2013vcf",), checked=Checked.READ, strength="Cohort", degree=Degree.CAUTION, acts=RADIOSURGERY
)
def fracture_after_radiosurgery(about: Situation) -> Verdict:
    """Radiosurgery with 20 Gy or more in a fraction, or of a vertebra that is collapsed, lytic or deformed, may break
    it: 57 of 410 segments, 12.35 per cent at one and 13.49 at two years, half by 2.46 months, 65 per cent within four;
    the more, the higher the dose of a fraction.
    """
    condition = any_of(
        _is_large_fraction(about),
        negated(_is_item(about, "collapse", "none", "none, over half of the body involved")),
        _is_item(about, "bone lesion", "lytic"),
        negated(_is_item(about, "alignment", "normal")),
    )
    do = "Image again at 4 to 8 weeks and at 3 to 4 months; let the board consider cement or fixation before."
    return when(condition, do=do, because=f"{_planned(about)} {about.sins_words}")


def _is_large_fraction(about: Situation) -> Answer:
    dose, fractions = about.known(vocabulary.RT_DOSE), about.known(vocabulary.RT_FRACTIONS)
    if dose is None or fractions is None:
        asks = ((vocabulary.RT_DOSE.ask, dose), (vocabulary.RT_FRACTIONS.ask, fractions))
        return unknown(*(ask for ask, held in asks if held is None))
    return rounded_up(dose / fractions) >= FRACTURE_FROM.number


def _is_item(about: Situation, name: str, *words: str) -> Answer:
    """Whether an item of SINS, measured or reported, is one of these words."""
    score = about.score("sins")
    item = next((one for one in score.items if one.name == name), None) if score else None
    if item is None:
        return unknown("SINS")
    inside = {value in words for value in item.values}
    return inside.pop() if len(inside) == 1 else unknown(item.ask or name)


@rule("RT-08", cites=("redmond2023chordoma",), checked=Checked.FROM_MEMORY, strength="Expert", acts=IRRADIATING)
def particles(about: Situation) -> Verdict:
    """Protons or other particles are asked about for chordoma, chondrosarcoma, a child, or where limits to the organs
    cannot be kept with photons; metal makes their range uncertain, carbon fibre less so.
    """
    key = about.histology.key if about.histology else ""
    listed = key.startswith(("chordoma", "chondrosarcoma"))
    beyond = is_overdosed(about) if limits_hold(about) is True else False
    condition = any_of(listed, negated(is_adult(about)), beyond)
    do = "Ask a particle centre; name every implant, for metal makes the range uncertain (carbon fibre less so)."
    return when(condition, do=do, because=f"{about.tumour_words}. {dose_words(about)}")


@rule(
    "RT-09",
    cites=("nieder2006",),
    checked=Checked.READ,
    strength="Cohort",
    degree=Degree.CAUTION,
    acts=(Act.RADIOTHERAPY,),
)
def conventional_again(about: Situation) -> Verdict:
    """Conventional re-irradiation of the cord carries a small risk of myelopathy while the BED of all courses is 135.5
    Gy or less, six months or more have passed, and no course exceeds 98 Gy (none was seen up to 120 Gy in all);
    outside of that: the board, a palliative single fraction, or none.
    """
    again = is_irradiated(about)
    holds = limits_hold(about)
    if again is not False and isinstance(holds, Unknown):
        return holds
    condition = all_of(again, is_outside_conventional(about))
    do = "Take it to the board: a palliative single fraction, or no radiotherapy."
    seen = f"No myelopathy was seen up to a BED of {NONE_SEEN_BED.number:g} Gy in all."
    return when(condition, do=do, because=f"{earlier_words(about)} {again_words(about)} {seen}")


@rule(
    "RT-10", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.CAUTION, acts=IRRADIATING
)
def advice_before_the_first_fraction(about: Situation) -> Verdict:
    """Radiotherapy with a possible pregnancy, a pacemaker or defibrillator, a connective tissue disease or a field over
    the wound: the advice of physics, cardiology or obstetrics is recorded before the first fraction.
    """
    male = about.is_one_of(vocabulary.SEX, Sex.MALE) is True
    concerns = (
        ("possible pregnancy", False if male else about.answer(vocabulary.PREGNANT)),
        ("pacemaker or defibrillator", about.answer(vocabulary.PACEMAKER)),
        ("connective tissue disease", about.answer(vocabulary.CONNECTIVE_TISSUE)),
        ("field over the wound", about.answer(vocabulary.FIELD_MEETS_WOUND)),
    )
    named = ", ".join(words for words, answer in concerns if answer is True)
    condition = all_of(any_of(*(answer for _, answer in concerns)), negated(about.answer(vocabulary.SPECIAL_ADVICE)))
    return when(condition, do="Record their advice before the first fraction.", because=f"Present: {named}.")


@rule(
    "RT-11",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    against=(Act.RADIOSURGERY, Act.RADIOTHERAPY),
)
def radiation_myelopathy(about: Situation) -> Verdict:
    """L'Hermitte's sign or a new cord sign after radiotherapy without compression on MRI: exclude progression by MRI,
    give dexamethasone, stop further dose to the cord, and register radiation myelopathy.
    """
    condition = all_of(
        about.answer(vocabulary.PRIOR_RADIOTHERAPY),
        about.answer(vocabulary.LHERMITTE),
        about.answer(vocabulary.LEVEL_MRI),
        negated(about.is_high_grade),
    )
    do = "Exclude progression by MRI, give dexamethasone, stop dose to the cord, register it (COMP-09)."
    return when(condition, do=do, because=f"Cord sign after radiotherapy. {about.escc_words}")


CASE_RULES: tuple[Rule, ...] = (
    radiosurgery_for_pain,
    radiosurgery_over_conventional,
    radiation_myelopathy,
)
ACT_RULES: tuple[Rule, ...] = (
    single_fraction_gains_nothing,
    conventional_schedules,
    conventional_schedules_again,
    stereotactic_schedules,
    fracture_after_radiosurgery,
    particles,
    conventional_again,
    advice_before_the_first_fraction,
)
PARAMETERS: tuple[Threshold, ...] = (
    LEVELS_TO,
    SINS_TO,
    LIFE_OVER,
    VERTEBRAE_TO,
    SINGLE,
    SINGLE_FROM,
    SINGLE_TO,
    FRACTURE_FROM,
)
