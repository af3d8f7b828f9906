"""The required data set (EVAL-01, 02, 06), the grade of compression and the prognosis (EVAL-04, 05)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown
from enbloc.case.fact import Fact
from enbloc.case.patient import Sex
from enbloc.case.treatment import TreatmentKind
from enbloc.decide.antithrombotic import HOLDS
from enbloc.decide.compression import is_below_conus
from enbloc.decide.decision import Degree
from enbloc.decide.evaluation import missing_fields, output_is_incomplete
from enbloc.decide.imaging import newest_mri
from enbloc.decide.planned import is_adult
from enbloc.decide.rule import Rule, Verdict, rule, when
from enbloc.decide.several import several
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked
from enbloc.stage.escc import Convention, Escc, Group, group
from enbloc.value import value

_FRAMEWORKS = ("laufer2013noms", "barzilai2019essential")


@rule("EVAL-01", cites=_FRAMEWORKS, checked=Checked.OURS, strength="Project rule, fields from frameworks")
def required_fields(about: Situation) -> Verdict:
    """Of every patient the record holds neurology and its duration, pain, performance, primary tumour and stage,
    earlier radiotherapy and surgery, anticoagulant and systemic drugs with their last dose, the laboratory, MRI safety
    and implants.
    """
    gaps = missing_fields(about.case, about.findings)
    return when(bool(gaps), do=f"Record: {' · '.join(gaps)}.", because=output_words(len(gaps), "required"))


def output_words(count: int, kind: str) -> str:
    """How many fields of a kind are missing, in a sentence."""
    return f"{count} {kind} {'field is' if count == 1 else 'fields are'} missing."


# --- compression ------------------------------------------------------------------------------------------------------
MEANING: dict[Escc, str] = {
    Escc.GRADE_0: "bone only",
    Escc.GRADE_1A: "epidural, without deformation of the sac",
    Escc.GRADE_1B: "sac deformed, cord not touched",
    Escc.GRADE_1C: "cord touched, not compressed",
    Escc.GRADE_2: "cord compressed, fluid seen",
    Escc.GRADE_3: "cord compressed, no fluid seen",
}
"""What each grade means, on axial T2 at the worst level."""

_EPIDURAL = tuple(grade for grade in Escc if grade is not Escc.GRADE_0)


@rule("EVAL-04", cites=("bilsky2010escc",), checked=Checked.READ_IN_A_COPY, strength="Expert")
def grade_of_compression(about: Situation) -> Verdict:
    """Epidural disease is graded on axial T2 at the worst level by ESCC, of which 2 and 3 are high grade; below the
    conus it is compression of the cauda equina, and the logic of the cord does not hold.
    """
    if about.is_intradural is True:
        return None  # ESCC was not made for it (STOP-24)
    read = "; ".join(f"{grade.value} is {_grouped(grade)}: {MEANING[grade]}" for grade in about.grades)
    below = is_below_conus(about)
    do = f"Read on axial T2 at the worst level: {read}."
    if below is True:
        do += " Below the conus: call it compression of the cauda equina, and use no logic of the cord."
    elif below is not False:
        do += " Say whether the cord or the cauda equina lies there."
    return when(about.grade_in(*_EPIDURAL), do=do, because=about.escc_words)


def _grouped(grade: Escc) -> str:
    return "high grade" if group(grade, Convention.NOMS) is Group.HIGH else "low grade"


@rule(
    "EVAL-05",
    cites=("nice2023ng234", "ivanishvili2014lmnop"),
    checked=Checked.FROM_MEMORY,
    strength="Guideline (a score is never the only basis)",
    degree=Degree.CAUTION,
)
def prognosis(about: Situation) -> Verdict:
    """An estimate of survival shows at least one modern model with its interval, and a survival score alone never
    refuses surgery.
    """
    do = "Show at least one modern survival model with its interval; never refuse surgery on a survival score alone."
    return when(about.is_secondary, do=do, because="Metastatic or haematological disease.")


# --- what other rules come to need ------------------------------------------------------------------------------------
@value
class Further:
    """A further field: what to ask, and whether the record holds it or this patient does not need it."""

    ask: str
    is_held: Callable[[Situation], bool]


def _is_known(about: Situation, named: Fact[Any]) -> bool:
    return not isinstance(about.finding(named), Unknown)


def _of(first: Fact[Any], *others: Fact[Any]) -> Further:
    return Further(ask=first.ask, is_held=lambda about: any(_is_known(about, one) for one in (first, *others)))


def _last_doses(about: Situation) -> bool:
    """Whether the last dose of every antithrombotic that is taken is known."""
    taken = several(about, vocabulary.ANTITHROMBOTICS)
    if isinstance(taken, Unknown):
        return False
    return all(_is_known(about, hold.last) for hold in HOLDS if hold.drug in taken)


def _last_drugs(about: Situation) -> bool:
    """Whether the last dose of every systemic drug is known."""
    drugs = [one for one in about.case.treatments if one.kind is TreatmentKind.SYSTEMIC]
    return about.answer(vocabulary.DRUGS_COMPLETE) is True and all(one.ended for one in drugs)


def _fractions(about: Situation) -> bool:
    """Whether the fractions of earlier radiotherapy are known, where there was some."""
    given = [one for one in about.case.treatments if one.kind is TreatmentKind.RADIOTHERAPY]
    earlier: Answer = about.answer(vocabulary.PRIOR_RADIOTHERAPY)
    return earlier is False or (bool(given) and all(one.fractions for one in given))


FURTHER: tuple[Further, ...] = (
    _of(vocabulary.AGE),
    _of(vocabulary.SEX),
    _of(vocabulary.WEIGHT),
    _of(vocabulary.HEIGHT),
    Further(
        ask=vocabulary.SKELETALLY_MATURE.ask,
        is_held=lambda about: is_adult(about) is True or _is_known(about, vocabulary.SKELETALLY_MATURE),
    ),
    Further(
        ask=vocabulary.PREGNANT.ask,
        is_held=lambda about: about.known(vocabulary.SEX) is Sex.MALE or _is_known(about, vocabulary.PREGNANT),
    ),
    _of(vocabulary.ASA),
    Further(
        ask="back disability: Oswestry or Roland-Morris questionnaire",
        is_held=lambda about: any(form.instrument in {"odi", "rdq"} for form in about.case.forms),
    ),
    # Neither scale is read of a tumour within the dura (STOP-24).
    Further(
        ask=vocabulary.ESCC_REPORTED.ask,
        is_held=lambda about: (
            about.is_intradural is True
            or _is_known(about, vocabulary.ESCC_REPORTED)
            or _is_known(about, vocabulary.EPIDURAL_AT)
        ),
    ),
    Further(ask="date of the MRI", is_held=lambda about: newest_mri(about) is not None),
    Further(
        ask="all six items of SINS",
        is_held=lambda about: (
            about.is_intradural is True or ((score := about.score("sins")) is not None and not score.missing)
        ),
    ),
    Further(
        ask="levels counted and confirmed by name",
        is_held=lambda about: bool(about.levels) and about.circumstances.level_confirmed,
    ),
    _of(vocabulary.TEMPERATURE),
    _of(vocabulary.CRP),
    _of(vocabulary.INR),
    _of(vocabulary.NEUTROPHILS),
    _of(vocabulary.CALCIUM_CORRECTED),
    _of(vocabulary.EGFR, vocabulary.CREATININE_CLEARANCE),
    _of(vocabulary.HBA1C),
    _of(vocabulary.ALLERGIES),
    Further(ask="day and hour of the last dose of each antithrombotic drug", is_held=_last_doses),
    Further(ask="day of the last dose of each systemic cancer drug", is_held=_last_drugs),
    Further(ask="fractions of the earlier radiotherapy", is_held=_fractions),
    _of(vocabulary.DENTAL_CHECK),
    _of(vocabulary.SMOKES),
    _of(vocabulary.CAPACITY_OPEN),
    _of(vocabulary.REFUSED, vocabulary.DECLINES_SURGERY, vocabulary.ADVANCE_DECISION),
)
"""What is captured once a rule or a stop comes to need it (EVAL-06)."""

NO_FIELD = "dose to the cord or sac by earlier radiotherapy"
"""Named by EVAL-06; this version has no field for it, and says so."""


def further_fields(about: Situation) -> Iterator[str]:
    """What EVAL-06 names and the record does not hold, as questions."""
    yield from (one.ask for one in FURTHER if not one.is_held(about))
    if about.answer(vocabulary.PRIOR_RADIOTHERAPY) is not False:
        yield f"{NO_FIELD} (no field yet)"


@rule("EVAL-06", cites=("project",), checked=Checked.OURS, strength="Project rule")
def further_data(about: Situation) -> Verdict:
    """What a rule or a stop comes to need is captured as well; unknown stays unknown, and a stop that cannot be judged
    for it cannot be excluded and counts as open.
    """
    gaps = tuple(further_fields(about))
    do = f"Record, where a rule or stop asks for it: {' · '.join(gaps)}."
    return when(bool(gaps), do=do, because=output_words(len(gaps), "further"))


CASE_RULES: tuple[Rule, ...] = (
    required_fields,
    output_is_incomplete,
    grade_of_compression,
    prognosis,
    further_data,
)
