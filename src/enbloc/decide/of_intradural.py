"""What the rules about intradural tumours share: compartment, entity, grade, and what an operation left behind.

A tumour without a name makes no rule of one entity speak; while its compartment is open, the rules that hold for every
intradural tumour are open too. A name that contradicts the recorded kind leaves the rules of that name open.
"""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, all_of, any_of, unknown
from enbloc.case.fact import PainCharacter, ResectionExtent
from enbloc.decide.planned import is_adult
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.stage.compartment import Compartment, compartment_score

MENINGIOMA = ("meningioma_g1", "meningioma_g2", "meningioma_g3")
LOW_EPENDYMOMA = ("ependymoma_spinal",)
INFILTRATING = ("astro_low", "astro_dmg", "astro_high")

_GRADE_BY_NAME = {"meningioma_g2": 2, "meningioma_g3": 3, "ependymoma_spinal": 2, "ependymoma_g3": 3}
_GRADED = (*MENINGIOMA, *LOW_EPENDYMOMA, "ependymoma_g3")


@once
def _held(about: Situation) -> tuple[tuple[str, ...], ...]:
    """Every set of compartments that the measured shares allow."""
    score = compartment_score(about.case, about.findings, about.about)
    return tuple(tuple(words.split(" and ")) for words in score.categories) if score else ()


def _lies(about: Situation, *these: Compartment) -> Answer:
    """Whether the tumour lies in one of these compartments, at least in part, by its measured shares."""
    answers = {any(one.value in held for one in these) for held in _held(about)}
    return answers.pop() if len(answers) == 1 else unknown("does the tumour lie within the dura, or within the cord?")


@once
def is_inside(about: Situation) -> Answer:
    """Within the dura, at least in part: by its name, otherwise by the measured shares."""
    named = about.is_intradural
    measured = _lies(about, Compartment.EXTRAMEDULLARY, Compartment.INTRAMEDULLARY)
    if named is True or measured is True:
        return True  # a tumour of two compartments runs both branches
    if named is False:
        return False
    return measured if isinstance(measured, bool) else named


@once
def is_within_cord(about: Situation) -> Answer:
    """Within the cord, at least in part: by its name, otherwise by the measured shares."""
    measured = _lies(about, Compartment.INTRAMEDULLARY)
    if about.histology is not None and "intramedullary" in about.histology.compartment:
        return True
    inside = is_inside(about)
    if inside is False or measured is True:
        return measured is True
    if about.histology is not None and any(word in about.histology.compartment for word in ("extramedullary", "filum")):
        return False if "conus" not in about.histology.compartment else measured
    return measured


def is_entity(about: Situation, *keys: str) -> Answer:
    """Whether it is one of these entities."""
    if about.histology is None or about.histology.key not in keys:
        return False
    return unknown(about.kind_question) if about.kind is None else True


def grades(about: Situation) -> tuple[int, ...]:
    """The CNS WHO grades to reckon with; a stated grade that contradicts the name leaves both."""
    stated = about.known(vocabulary.CNS_GRADE)
    named = _GRADE_BY_NAME.get(about.histology.key) if about.histology else None
    if about.histology is not None and about.histology.key == "meningioma_g1" and "1" in about.tumour_words:
        named = 1  # "meningioma" alone says nothing of its grade
    known = tuple(dict.fromkeys(grade for grade in (stated, named) if grade is not None))
    return known or (1, 2, 3)


def is_grade(about: Situation, *these: int) -> Answer:
    """Whether the grade is one of these; asked for where the name says nothing or something else."""
    inside = {grade in these for grade in grades(about)}
    return inside.pop() if len(inside) == 1 else unknown(vocabulary.CNS_GRADE.ask)


def is_ependymoma(about: Situation, *these: int) -> Answer:
    """A spinal ependymoma of one of these grades; a stated grade goes with the name."""
    return all_of(is_entity(about, *LOW_EPENDYMOMA, "ependymoma_g3"), is_grade(about, *these))


def is_left_behind(about: Situation) -> Answer:
    """Tumour was left by the last resection."""
    return about.is_one_of(vocabulary.RESECTION_EXTENT, ResectionExtent.SUBTOTAL, ResectionExtent.BIOPSY)


def is_gone(about: Situation) -> Answer:
    """The last resection took everything that can be seen."""
    return about.is_one_of(vocabulary.RESECTION_EXTENT, ResectionExtent.GROSS_TOTAL)


def is_symptomatic(about: Situation) -> Answer:
    """Pain, myelopathy or another deficit."""
    pain = about.is_one_of(vocabulary.PAIN, PainCharacter.NOT_MECHANICAL, PainCharacter.MECHANICAL)
    return any_of(pain, about.answer(vocabulary.DEFICIT), about.answer(vocabulary.MYELOPATHY))


def printed(about: Situation, figures: str) -> str:
    """Published figures, for adults; under eighteen or while the age is unknown only that they do not apply."""
    return f"Printed: {figures}." if is_adult(about) is True else "The printed figures are of adults and do not apply."
