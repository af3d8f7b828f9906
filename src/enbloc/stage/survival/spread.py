"""How a case answers what survival scores ask about the spread of a disease: each has its own "visceral".

The facts are raw: lung, liver, brain and other organs, each yes or no; whether spread is disseminated; what can be
removed and what treated. Bauer, van der Linden, Rades and Balagamwala leave the brain out, Katagiri and Bollen count
it in, Tokuhashi grades major organs by whether they can be removed, Tomita vital ones by whether they can be treated,
PRISM counts organ systems. None of these is read off another.
"""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeVar

from enbloc.case import fact as vocabulary
from enbloc.case.case import Case
from enbloc.case.fact import Fact
from enbloc.case.finding import Findings
from enbloc.stage.form import Reads
from enbloc.stage.reading import Reading

PATIENT = "patient"
ORGANS = (vocabulary.LUNG_METASTASES, vocabulary.LIVER_METASTASES, vocabulary.OTHER_ORGAN_METASTASES)
ORGANS_AND_BRAIN = (*ORGANS, vocabulary.BRAIN_METASTASES)
MAJOR = (vocabulary.LUNG_METASTASES, vocabulary.LIVER_METASTASES)
"""Major and vital in every score; whether the brain and other organs are differs and is asked."""

Grade = TypeVar("Grade", bound=Enum)


def visceral(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether an organ other than the brain has metastases."""
    return _present("visceral", findings, ORGANS)


def visceral_or_brain(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether an organ, the brain included, has metastases."""
    return _present("visceral or brain", findings, ORGANS_AND_BRAIN)


def _present(name: str, findings: Findings, organs: tuple[Fact[bool], ...]) -> Reading:
    present = _any(findings, organs)
    facts = tuple(one.id for one in organs)
    ask = " ".join(one.ask for one in organs if findings.value(one, PATIENT) is None)
    if present is False and findings.value(vocabulary.DISSEMINATED, PATIENT):
        # Pleura, peritoneum and meninges belong to no organ that was asked for.
        note = "disseminated, and no organ is named: whether that counts is not stated"
        return Reading(name=name, values=(False, True), facts=(*facts, vocabulary.DISSEMINATED.id), ask=note, note=note)
    return Reading(name=name, values=() if present is None else (present,), facts=facts, ask=ask)


def _any(findings: Findings, organs: tuple[Fact[bool], ...]) -> bool | None:
    """Whether one of the organs has metastases; nothing where that is not known."""
    if findings.value(vocabulary.ORGAN_SYSTEMS, PATIENT) == 0:
        return False
    each = [findings.value(one, PATIENT) for one in organs]
    if True in each:
        return True
    return None if None in each else False


def graded(named: Fact[Any], grades: type[Grade]) -> Reads:
    """Reads the grade of the organs as stated; of organs that are only known to have metastases, both grades.

    The first word that differs is ``none``: nothing in lung, liver, brain or another organ, and none disseminated.
    """
    none = grades("none")

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        stated = findings.value(named, PATIENT)
        if stated is not None:
            return Reading(name="organs", values=(grades(stated.value),), facts=(named.id,))
        values: tuple[Grade, ...] = ()
        if _any(findings, MAJOR):
            values = tuple(grade for grade in grades if grade is not none)
        elif _any(findings, ORGANS_AND_BRAIN) is False and not findings.value(vocabulary.DISSEMINATED, PATIENT):
            values = (none,)
        facts = tuple(one.id for one in ORGANS_AND_BRAIN)
        return Reading(name="organs", values=values, facts=facts, ask=named.ask)

    return read


def nodular_or_disseminated(grades: type[Grade]) -> Reads:
    """Reads the spread of visceral or cerebral metastases; disseminated outranks nodular."""
    none, nodular, disseminated = grades("none"), grades("nodular"), grades("disseminated")

    def read(case: Case, findings: Findings, lesion: str) -> Reading:
        is_disseminated = findings.value(vocabulary.DISSEMINATED, PATIENT)
        present = _any(findings, ORGANS_AND_BRAIN)
        facts = (*(one.id for one in ORGANS_AND_BRAIN), vocabulary.DISSEMINATED.id)
        if is_disseminated:
            return Reading(name="spread", values=(disseminated,), facts=facts)
        left = (
            *((none,) if not present else ()),
            *((nodular,) if present is not False else ()),
            *((disseminated,) if is_disseminated is None else ()),
        )
        ask = " ".join(
            one.ask
            for one in (*ORGANS_AND_BRAIN, vocabulary.DISSEMINATED)
            if findings.value(one, PATIENT) is None and not (present and one in ORGANS_AND_BRAIN)
        )
        return Reading(name="spread", values=left if len(left) < 3 else (), facts=facts, ask=ask)

    return read


def multiple_bone(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether there is more than one bone metastasis, the spine included."""
    vertebrae = findings.value(vocabulary.METASTATIC_VERTEBRAE, PATIENT)
    return _bones(findings, lesion, by_vertebrae=None if vertebrae is None else vertebrae > 1)


def other_bone(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether there are other bone metastases than the one that compresses the cord.

    Several vertebrae do not settle it: the tumour that compresses the cord may hold them all.
    """
    vertebrae = findings.value(vocabulary.METASTATIC_VERTEBRAE, PATIENT)
    return _bones(findings, lesion, by_vertebrae=False if vertebrae == 1 else None)


def _bones(findings: Findings, lesion: str, *, by_vertebrae: bool | None) -> Reading:
    """More bone metastases than one, by foci outside the spine, by the vertebrae, and by whether it is solitary."""
    foci = findings.value(vocabulary.BONE_FOCI, PATIENT)
    is_solitary = findings.value(vocabulary.SOLITARY, lesion)
    facts = (vocabulary.METASTATIC_VERTEBRAE.id, vocabulary.BONE_FOCI.id, vocabulary.SOLITARY.id)
    ask = f"{vocabulary.METASTATIC_VERTEBRAE.ask}; {vocabulary.BONE_FOCI.ask}"
    several = True if foci or by_vertebrae else False if foci == 0 and by_vertebrae is False else None
    if several and is_solitary:
        note = "called solitary, and yet there are several bone metastases"
        return Reading(name="bone", values=(False, True), facts=facts, ask=note, note=note)
    if several is None and is_solitary:
        several = False
    return Reading(name="bone", values=() if several is None else (several,), facts=facts, ask=ask)


def only_site(case: Case, findings: Findings, lesion: str) -> Reading:
    """Whether the lesion is the only metastasis at all."""
    is_solitary = findings.value(vocabulary.SOLITARY, lesion)
    systems = findings.value(vocabulary.ORGAN_SYSTEMS, PATIENT)
    foci = findings.value(vocabulary.BONE_FOCI, PATIENT)
    others = bool(systems or foci or _any(findings, ORGANS_AND_BRAIN))
    facts = (vocabulary.SOLITARY.id, vocabulary.ORGAN_SYSTEMS.id, vocabulary.BONE_FOCI.id)
    if others and is_solitary:
        note = "called solitary, and yet there are other metastases"
        return Reading(name="only site", values=(False, True), facts=facts, ask=note, note=note)
    values = (False,) if others else () if is_solitary is None else (is_solitary,)
    return Reading(name="only site", values=values, facts=facts, ask=vocabulary.SOLITARY.ask)


BONE_NOT_COUNTED = "one organ system, bone not counted: whether the score counts bone is not stated"


def organ_systems(case: Case, findings: Findings, lesion: str) -> Reading:
    """How many organ systems have metastases as entered, which leaves bone out; said where bone would matter."""
    count = findings.value(vocabulary.ORGAN_SYSTEMS, PATIENT)
    flags = (BONE_NOT_COUNTED,) if count == 1 else ()
    values = () if count is None else (count,)
    named = vocabulary.ORGAN_SYSTEMS
    return Reading(name="organ systems", values=values, facts=(named.id,), ask=named.ask, flags=flags)
