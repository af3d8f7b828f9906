"""What cannot both be true of one patient, whatever instrument asks: only what is certain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact, OrgansRemovability, OrgansTreatability
from enbloc.case.finding import Findings
from enbloc.errors import RecordError

_PATIENT = "patient"
_SYSTEMS = (vocabulary.LUNG_METASTASES, vocabulary.LIVER_METASTASES, vocabulary.BRAIN_METASTASES)
"""Three organs of three organ systems."""

_GRADES: tuple[Fact[Any], ...] = (vocabulary.ORGANS_REMOVABILITY, vocabulary.ORGANS_TREATABILITY)
_NO_ORGANS = (OrgansRemovability.NONE, OrgansTreatability.NONE)
_ORGANS = (*_SYSTEMS, vocabulary.OTHER_ORGAN_METASTASES)


def contradictions(stated: Findings, lesions: tuple[str, ...]) -> Iterator[RecordError]:
    """Every pair of statements of a record that exclude each other, each as one line.

    Lung and liver are major and vital organs in every score; the brain, and what another organ is, are not, and so
    settle nothing about a grade of the organs.
    """
    yield from _graded_organs(stated)
    yield from _organ_systems(stated)
    if _says(stated, vocabulary.RECENT_HEART_FAILURE, True) and _says(stated, vocabulary.HEART_FAILURE, False):
        yield _both(vocabulary.RECENT_HEART_FAILURE, "true", vocabulary.HEART_FAILURE, "false")
    foci = stated.value(vocabulary.BONE_FOCI, _PATIENT)
    for lesion in lesions:
        if foci and stated.value(vocabulary.SOLITARY, lesion):
            yield _both(vocabulary.SOLITARY, f"true of lesion {lesion}", vocabulary.BONE_FOCI, str(foci))


def _graded_organs(stated: Findings) -> Iterator[RecordError]:
    spared = all(_says(stated, organ, False) for organ in (*_ORGANS, vocabulary.DISSEMINATED))
    for named in _GRADES:
        grade = stated.value(named, _PATIENT)
        if grade in _NO_ORGANS:
            for organ in (vocabulary.LUNG_METASTASES, vocabulary.LIVER_METASTASES):
                if _says(stated, organ, True):
                    yield _both(named, "none", organ, "true")
        elif grade is not None and spared:
            yield RecordError(
                f"{named.id} is {grade.value}, and there are no metastases in any organ.",
                remedy=f"Correct {named.id}, or the organ that has them.",
            )


def _organ_systems(stated: Findings) -> Iterator[RecordError]:
    count = stated.value(vocabulary.ORGAN_SYSTEMS, _PATIENT)
    if count is None:
        return
    involved = [organ.id for organ in _ORGANS if _says(stated, organ, True)]
    # Another organ may belong to the system of one that is counted already.
    least = max(sum(_says(stated, organ, True) for organ in _SYSTEMS), 1 if involved else 0)
    if count < least:
        are = "is" if len(involved) == 1 else "are"
        yield RecordError(
            f"{vocabulary.ORGAN_SYSTEMS.id} is {count}, and {' and '.join(involved)} {are} true.",
            remedy="Correct the count or the organs.",
        )
    for named in _GRADES:
        grade = stated.value(named, _PATIENT)
        if count == 0 and grade is not None and grade not in _NO_ORGANS:
            yield _both(vocabulary.ORGAN_SYSTEMS, "0", named, grade.value)


def _says(stated: Findings, named: Fact[bool], answer: bool) -> bool:
    return stated.value(named, _PATIENT) is answer


def _both(one: Fact[Any], this: str, other: Fact[Any], that: str) -> RecordError:
    return RecordError(f"{one.id} is {this}, and {other.id} is {that}.", remedy="Both cannot be; correct one of them.")
