"""Epidural spinal cord compression (ESCC, Bilsky): the grade, and its two ways of grouping."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.score import Also
from enbloc.value import value

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


@cache
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


def groups(grades: Iterable[Escc]) -> Iterable[Also]:
    """The groups that some grades fall into, by each convention.

    Examples
    --------
    >>> list(groups([Escc.GRADE_1C]))[1]
    Also(name='group by Hallinan', values=('high',))
    """
    for convention in Convention:
        reached = {group(grade, convention) for grade in grades}
        yield Also(name=f"group by {convention.value}", values=tuple(one.value for one in Group if one in reached))


DEBATED = "1c_debated"


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

    epidural: Annotated[bool, Ask(words="epidural tumour at the worst slice of an axial T2")]
    sac_deformed: Annotated[bool, Ask(words="thecal sac deformed")]
    cord_contact: Annotated[bool, Ask(words="tumour or dura touches the cord")]
    cord_compressed: Annotated[bool, Ask(words="cord compressed or displaced")]
    csf_visible: Annotated[bool, Ask(words="fluid still seen around the cord")]
    # The published scale does not ask it: left out it stands for no.
    all_round: Annotated[bool, Ask(words="tumour all round the cord, as one rewording asks")] = False

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

    @property
    def outcome(self) -> Outcome:
        """The grade with its groups; grade 3 otherwise, where one rewording reads it so."""
        first, *others = (_outcome(grade, all_round=len(self.readings) > 1) for grade in self.readings)
        return replace(first, otherwise=tuple(others))


def _outcome(grade: Escc, *, all_round: bool) -> Outcome:
    flags = ((DEBATED,) if grade is Escc.GRADE_1C else ()) + ((TUMOUR_ALL_ROUND,) if all_round else ())
    grouped = tuple((one.name, one.values[0]) for one in groups([grade]))
    return Outcome(category=grade.value, flags=flags, readings=grouped)


def contradiction(epidural: bool, sac_deformed: bool, cord_contact: bool, cord_compressed: bool) -> str:
    """What contradicts itself in these findings, in a sentence; empty if nothing does."""
    if not epidural and (sac_deformed or cord_contact or cord_compressed):
        return "There is no epidural tumour, and yet the sac is deformed or the cord is reached."
    if not sac_deformed and (cord_contact or cord_compressed):
        return "The sac is not deformed, and yet the cord is touched or compressed."
    if not cord_contact and cord_compressed:
        return "The cord is compressed, and yet not touched."
    return ""


ESCC = Instrument(
    id="escc",
    name="ESCC",
    version="Bilsky 2010, six grades, specification of 2026-11-20",
    form=Compression,
    population="solid-tumour spinal metastases at the level of the cord; below the conus by analogy only",
    better=Better.LOWER,
    categories=(
        Category(word=Escc.GRADE_0.value, published="bone only"),
        Category(word=Escc.GRADE_1A.value, published="epidural tumour, thecal sac not deformed"),
        Category(word=Escc.GRADE_1B.value, published="thecal sac deformed, the cord not reached"),
        Category(word=Escc.GRADE_1C.value, published="thecal sac deformed, contact with the cord, cord not compressed"),
        Category(word=Escc.GRADE_2.value, published="cord compressed or displaced, fluid still seen around it"),
        Category(word=Escc.GRADE_3.value, published="cord compressed, no fluid seen"),
    ),
    validations=(
        "7 surgeons, 25 cases, three rounds: good to excellent between and within readers on axial T2, which is better"
        " than T1 with or without contrast",
        "90 patients, 83 physicians: κ within readers 0.82, between 0.64, against the tumour board 0.71 (JNCCN 14:70)",
    ),
    warnings=("grouped in two ways that contradict each other about 0 and 1c: always named with the convention",),
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("bilsky2010escc"),),
)
