"""Epidural spinal cord compression (ESCC, Bilsky): the grade, and its two ways of grouping."""

from __future__ import annotations

from enum import Enum

from enbloc.errors import RecordError
from enbloc.evidence import cite
from enbloc.value import value

CITES = (cite("bilsky2010escc"),)
VERSION = "Bilsky 2010, six grades, specification of 2026-11-20"
NON_TUMOUR_COMPRESSION = "non_tumour_compression"
TUMOUR_ALL_ROUND = "tumour_all_round"
"""Flags: bone or disc presses, so that no grade is given; one rewording of the scale puts such a 2 into 3."""


class Escc(Enum):
    """The six grades, best first."""

    GRADE_0 = "0"  # bone only
    GRADE_1A = "1a"  # epidural tumour, sac not deformed
    GRADE_1B = "1b"  # sac deformed, cord not reached
    GRADE_1C = "1c"  # cord touched, not compressed
    GRADE_2 = "2"  # cord compressed, fluid still seen
    GRADE_3 = "3"  # cord compressed, no fluid seen


class Group(Enum):
    """What a grade is grouped to; always named with its convention."""

    NORMAL = "normal"
    LOW = "low"
    HIGH = "high"


class Convention(Enum):
    """The two published groupings, which contradict each other about 0 and 1c."""

    NOMS = "NOMS"  # low: 0, 1a, 1b and, debated, 1c; high: 2, 3
    HALLINAN = "Hallinan"  # normal: 0; low: 1a, 1b; high: 1c, 2, 3


def group(grade: Escc, convention: Convention) -> Group:
    """The group of a grade.

    Examples
    --------
    >>> group(Escc.GRADE_1C, Convention.NOMS), group(Escc.GRADE_1C, Convention.HALLINAN)
    (<Group.LOW: 'low'>, <Group.HIGH: 'high'>)
    """
    rank = list(Escc).index(grade)
    if convention is Convention.NOMS:
        return Group.HIGH if rank >= list(Escc).index(Escc.GRADE_2) else Group.LOW
    if grade is Escc.GRADE_0:
        return Group.NORMAL
    return Group.HIGH if rank >= list(Escc).index(Escc.GRADE_1C) else Group.LOW


@value
class Compression:
    """Five yes-or-no findings at the worst slice, and the grade they make; contradictions are refused.

    ``csf_visible`` matters only if the cord is compressed, ``all_round`` (tumour all round the cord) only then too.

    Examples
    --------
    >>> Compression(epidural=True, sac_deformed=True, cord_contact=True, cord_compressed=False,
    ...             csf_visible=True).grade.value
    '1c'
    """

    epidural: bool
    sac_deformed: bool
    cord_contact: bool
    cord_compressed: bool
    csf_visible: bool
    all_round: bool = False

    def __post_init__(self) -> None:
        if fault := contradiction(self.epidural, self.sac_deformed, self.cord_contact, self.cord_compressed):
            raise RecordError(fault, remedy="Look at the axial T2 again, or state the grade as reported.")

    @property
    def grade(self) -> Escc:
        """The grade by the published rule, read from the top down."""
        if not self.epidural:
            return Escc.GRADE_0
        if not self.sac_deformed:
            return Escc.GRADE_1A
        if not self.cord_compressed:
            return Escc.GRADE_1C if self.cord_contact else Escc.GRADE_1B
        return Escc.GRADE_2 if self.csf_visible else Escc.GRADE_3

    @property
    def readings(self) -> tuple[Escc, ...]:
        """The grade, and grade 3 beside a grade 2 if tumour lies all round the cord.

        One published rewording keeps grade 2 for tumour that does not, and ignores the fluid otherwise.
        """
        if self.grade is Escc.GRADE_2 and self.all_round:
            return (Escc.GRADE_2, Escc.GRADE_3)
        return (self.grade,)


def contradiction(epidural: bool, sac_deformed: bool, cord_contact: bool, cord_compressed: bool) -> str:
    """What contradicts itself in these findings, in a sentence; empty if nothing does."""
    if not epidural and (sac_deformed or cord_contact or cord_compressed):
        return "There is no epidural tumour, and yet the sac is deformed or the cord is reached."
    if not sac_deformed and (cord_contact or cord_compressed):
        return "The sac is not deformed, and yet the cord is touched or compressed."
    if not cord_contact and cord_compressed:
        return "The cord is compressed, and yet not touched."
    return ""
