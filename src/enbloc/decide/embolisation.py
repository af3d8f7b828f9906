"""Rules about embolisation (EMB) and chemoembolisation (EMB-TACE), and where their sources disagree."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown
from enbloc.decide.acts import RESECTIONS, SURGERY, TAKING_ARTERIES
from enbloc.decide.decision import Act, Degree
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import listed, several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, limit

# Sizes and hours are operational detail of their rows: from memory.
PARTICLES_FROM = limit("smallest particles embolised", 150, "µm", ">=", "berkefeld1999", Checked.FROM_MEMORY)
PARTICLES_TO = limit("largest particles embolised", 500, "µm", "<=", "berkefeld1999", Checked.FROM_MEMORY)
LATE_FROM = limit("time from embolisation to surgery, target", 24, "hours", ">", "jkns2023timing", Checked.FROM_MEMORY)
TOO_LATE_FROM = limit(
    "time from embolisation to surgery, limit", 72, "hours", ">", "jkns2023timing", Checked.FROM_MEMORY
)
CLEARANCE_LOW = limit(
    "creatinine clearance below which chemoembolisation is contraindicated",
    30,
    "mL/min",
    "<",
    "EMB-TACE-02",
    Checked.FROM_MEMORY,
)


def embolises(about: Situation) -> Answer:
    """Whether an embolisation is judged, or is part of the operation that is."""
    return True if about.is_act(Act.EMBOLISATION) else about.answer(vocabulary.EMBOLISATION_PLANNED)


def is_listed(about: Situation) -> Answer:
    """Whether the tumour stands in the table of histologies as one to embolise before an operation."""
    if about.histology is None:
        return unknown(vocabulary.HISTOLOGY.ask)
    vascular = about.answer(vocabulary.HYPERVASCULAR)
    if about.histology.key == "haemangioma_typ":
        # The row names every haemangioma, the table of histologies only the aggressive one.
        return vascular
    return {
        "y": True,
        "y_if_op": True,
        "y_if_large": about.answer(vocabulary.LARGE_FOR_EMBOLISATION),
        "y_maybe": vascular,
    }.get(about.histology.embolise, False)


def is_declining(about: Situation) -> Answer:
    """Urgent decline: a deficit that progresses."""
    faster = any_of(about.answer(vocabulary.PROGRESSING), about.answer(vocabulary.RAPID_DECLINE))
    return all_of(about.answer(vocabulary.DEFICIT), faster)


@rule(
    "EMB-01",
    cites=("berkefeld1999", "nair2013"),
    checked=Checked.READ,
    strength="Cohort",
    disagrees=("DISAGREE-8",),
    acts=RESECTIONS,
)
def embolise_before_resection(about: Situation) -> Verdict:
    """A tumour that is hypervascular by its histology, before a resection, corpectomy or separation surgery and
    without urgent decline: angiography, then embolisation with particles; blood loss was 1800 mL with particles and
    4350 mL without, and coils alone are of no use.
    """
    condition = all_of(is_listed(about), negated(is_declining(about)))
    do = f"Do an angiography, then embolise with particles of {PARTICLES_FROM.number:g} to {PARTICLES_TO.number:g} µm; "
    do += "coils only in addition."
    return when(condition, do=do, because=f"{about.tumour_words}.")


@rule(
    "EMB-02",
    cites=("clausen2015", "gong2021"),
    checked=Checked.READ,
    strength="RCT",
    against=(Act.EMBOLISATION,),
    disagrees=("DISAGREE-8",),
)
def no_routine_embolisation(about: Situation) -> Verdict:
    """Metastatic compression without vascularity on angiography is not embolised as a routine: in a randomised trial
    blood loss did not differ (618 and 735 mL; 645 and 902 mL where hypervascular), and the operation was shorter (90
    and 124 minutes).
    """
    is_branch = about.is_secondary is True and about.is_intradural is not True
    condition = all_of(is_branch, about.is_high_grade, negated(about.answer(vocabulary.HYPERVASCULAR)))
    return when(condition, do="Do not embolise as a routine.", because=f"Not hypervascular. {about.escc_words}")


@rule(
    "EMB-03",
    cites=("jkns2023timing",),
    checked=Checked.FROM_MEMORY,
    strength="Meta-analysis",
    degree=Degree.CAUTION,
    disagrees=("DISAGREE-8",),
    acts=SURGERY,
)
def operate_soon_after_embolisation(about: Situation) -> Verdict:
    """The operation follows the embolisation within 24 hours and not later than 72, since the vessels open again;
    sources vary.
    """
    hours = about.known(vocabulary.HOURS_FROM_EMBOLISATION)
    condition = all_of(embolises(about), about.meets(vocabulary.HOURS_FROM_EMBOLISATION, LATE_FROM))
    late = about.meets(vocabulary.HOURS_FROM_EMBOLISATION, TOO_LATE_FROM) is not False
    do = f"Operate within {LATE_FROM.number:g} hours of the embolisation, {TOO_LATE_FROM.number:g} at most."
    do += " The limit is passed: the vessels may have opened again." if late else ""
    return when(condition, do=do, because=f"{hours or 0:g} hours from the embolisation to the operation.")


@rule(
    "EMB-04",
    cites=("nair2013",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=TAKING_ARTERIES,
)
def no_particles_into_the_cord(about: Situation) -> Verdict:
    """Where a feeding artery shares its origin with the anterior spinal artery, or the artery of Adamkiewicz lies at
    the level, no particles are injected, and a provocative test is done.
    """
    shared = any_of(about.answer(vocabulary.FEEDS_CORD), _adamkiewicz_at_level(about))
    condition = all_of(embolises(about), shared)
    return when(condition, do="Inject no particles; do a provocative test.", because=_shared_words(about))


def _adamkiewicz_at_level(about: Situation) -> Answer:
    feeder = several(about, vocabulary.ADAMKIEWICZ)
    if isinstance(feeder, Unknown):
        return feeder
    at = {artery.level for artery in feeder}
    levels = {*about.levels, *(about.plan.levels if about.plan else ())}
    if levels & at or not at:
        return bool(at)
    taken = several(about, vocabulary.SEGMENTAL_ARTERIES)
    if isinstance(taken, Unknown):
        return taken
    if not levels:
        return unknown("level of the lesion")
    return bool(at & {artery.level for artery in taken})


def _shared_words(about: Situation) -> str:
    if about.answer(vocabulary.FEEDS_CORD) is True:
        return "A feeding artery of the tumour also feeds the anterior spinal artery."
    feeder = several(about, vocabulary.ADAMKIEWICZ)
    return "" if isinstance(feeder, Unknown) else f"Artery of Adamkiewicz: {listed(feeder)}."


@rule("EMB-05", cites=("project",), checked=Checked.FROM_MEMORY, strength="Expert", degree=Degree.URGENT, acts=SURGERY)
def no_delay_for_embolisation(about: Situation) -> Verdict:
    """In urgent decline decompression is not delayed for an embolisation."""
    do = "Do not delay the decompression for an embolisation."
    return when(is_declining(about), do=do, because="The deficit is progressing.")


@rule(
    "EMB-TACE-01",
    cites=("source_s4",),
    checked=Checked.FROM_MEMORY,
    strength="Cohort, low",
    favours=(Act.EMBOLISATION,),
)
def palliative_chemoembolisation(about: Situation) -> Verdict:
    """A hypervascular lesion of hepatocellular or renal cell carcinoma that cannot be resected, with refractory pain
    and without a deficit of the cord: palliative chemoembolisation by a femoral or radial access; it is not first-line
    and the radiculomedullary artery is protected.
    """
    condition = all_of(
        _is_liver_or_kidney(about),
        negated(about.answer(vocabulary.RESECTABLE)),
        about.answer(vocabulary.PAIN_REFRACTORY),
        negated(any_of(about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))),
    )
    do = "Consider palliative chemoembolisation, not first-line; protect the radiculomedullary artery."
    return when(condition, do=do, because=f"{about.tumour_words}, not resectable, pain refractory.")


def _is_liver_or_kidney(about: Situation) -> Answer:
    if about.histology is None:
        return False if about.is_secondary is False else unknown(vocabulary.HISTOLOGY.ask)
    return about.histology.key in {"met_hcc", "met_rcc"}


@rule(
    "EMB-TACE-02",
    cites=("project",),
    checked=Checked.FROM_MEMORY,
    strength="Expert",
    degree=Degree.CAUTION,
    acts=(Act.EMBOLISATION,),
)
def contraindications_of_chemoembolisation(about: Situation) -> Verdict:
    """Chemoembolisation is contraindicated by a feeding artery shared with the cord, a coagulopathy that is not
    corrected, a creatinine clearance below 30 mL/min, or an allergy without protection.
    """
    dangers = _contraindications(about)
    because = [words for words, holds in dangers if holds is True]
    condition = any_of(*(holds for _, holds in dangers))
    return when(condition, do="Do not use chemoembolisation.", because=f"Contraindication: {listed(because)}.")


def _contraindications(about: Situation) -> tuple[tuple[str, Answer], ...]:
    return (
        ("feeding artery shared with the cord", about.answer(vocabulary.FEEDS_CORD)),
        ("coagulopathy not corrected", about.answer(vocabulary.UNCORRECTED_COAGULOPATHY)),
        (
            f"creatinine clearance below {CLEARANCE_LOW.number:g} mL/min",
            about.meets(vocabulary.CREATININE_CLEARANCE, CLEARANCE_LOW),
        ),
        ("allergy to contrast medium without protection", about.answer(vocabulary.CONTRAST_UNPROTECTED)),
    )


@rule(
    "DISAGREE-8",
    cites=("berkefeld1999", "clausen2015", "gong2021", "jkns2023timing"),
    checked=Checked.FROM_MEMORY,
    strength="Sources disagree",
    degree=Degree.CAUTION,
)
def sources_disagree_on_embolisation(about: Situation) -> Verdict:
    """Which tumours are embolised, and when: one position is every hypervascular histology within 24 hours; the other
    is that only tumours hypervascular on angiography gain, that the randomised trial found no difference overall, and
    that a registered trial uses a window of 48 to 72 hours.
    """
    condition = all_of(is_listed(about), negated(about.is_intradural))
    do = "Show both; grade the vessels by angiography, and record the time of embolisation and operation."
    return when(condition, do=do, because=f"{about.tumour_words}.")


CASE_RULES: tuple[Rule, ...] = (
    no_routine_embolisation,
    palliative_chemoembolisation,
    sources_disagree_on_embolisation,
)
ACT_RULES: tuple[Rule, ...] = (
    embolise_before_resection,
    operate_soon_after_embolisation,
    no_particles_into_the_cord,
    no_delay_for_embolisation,
    contraindications_of_chemoembolisation,
)
PARAMETERS: tuple[Threshold, ...] = (PARTICLES_FROM, PARTICLES_TO, LATE_FROM, TOO_LATE_FROM, CLEARANCE_LOW)
