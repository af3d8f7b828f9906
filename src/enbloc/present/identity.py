"""Who a case is, in a line without a name: sex, age, and each lesion with its levels."""

from __future__ import annotations

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, in_order
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.present import words


def identity(case: Case, findings: Findings) -> str:
    """The patient and the lesions, as the head of a report says them."""
    age = case.patient.age(case.stands_at) if case.stands_at else None
    sex = case.patient.sex.value if case.patient.sex else f"sex {words.UNKNOWN}"
    who = f"{sex.capitalize()}, {f'{age} years' if age is not None else f'age {words.UNKNOWN}'}"
    return " · ".join((who, *(_lesion(one, findings) for one in case.lesions)))


def _lesion(lesion: Lesion, findings: Findings) -> str:
    kind = _KINDS[lesion.kind] if lesion.kind else ""
    at = words.levels(levels_of(lesion, findings))
    return f"{histology(lesion)}{kind}, {at} (lesion {lesion.id})"


_KINDS = {
    LesionKind.METASTASIS: " metastasis",
    LesionKind.PRIMARY: ", primary tumour",
    LesionKind.HAEMATOLOGICAL: ", haematological",
}


def histology(lesion: Lesion) -> str:
    """What the lesion is, or that it is not known."""
    return lesion.histology or f"histology {words.UNKNOWN}"


def levels_of(lesion: Lesion, findings: Findings) -> tuple[Level, ...]:
    """The levels that a lesion takes, by the images or else by the record."""
    return in_order(findings.many(vocabulary.LEVELS, lesion.id) or lesion.levels)
