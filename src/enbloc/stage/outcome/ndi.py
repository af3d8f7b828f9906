"""The Neck Disability Index: ten sections added up, 0 to 50.

The words of its sections are under copyright and not here. No rule for a section left blank is specified: it stays
open.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.evidence import Checked, cite
from enbloc.stage.form import Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

SECTIONS = 10


class Disability(Enum):
    """The five bands of the sum, best first; the second and fourth are not named in the specification."""

    NONE = "0 to 4: none"
    TO_14 = "5 to 14"
    MODERATE = "15 to 24: moderate"
    TO_34 = "25 to 34"
    COMPLETE = "35 to 50: complete"


def _section(number: int) -> Number:
    return Number(words=f"section {number} of the licensed form", unit="", low=0, high=5, cuts=(1, 2, 3, 4, 5))


@value
class NeckDisability:
    """Ten sections, each 0 to 5.

    Examples
    --------
    >>> form = NeckDisability(**{f"section_{number}": 2 for number in range(1, 11)})
    >>> form.outcome.total, form.outcome.category, form.outcome.readings
    (20, '15 to 24: moderate', (('percentage', 40),))
    """

    section_1: Annotated[int, _section(1)]
    section_2: Annotated[int, _section(2)]
    section_3: Annotated[int, _section(3)]
    section_4: Annotated[int, _section(4)]
    section_5: Annotated[int, _section(5)]
    section_6: Annotated[int, _section(6)]
    section_7: Annotated[int, _section(7)]
    section_8: Annotated[int, _section(8)]
    section_9: Annotated[int, _section(9)]
    section_10: Annotated[int, _section(10)]

    @property
    def outcome(self) -> Outcome:
        """Points by section, their sum and its band; the percentage is twice the sum."""
        names = (f"section_{number}" for number in range(1, SECTIONS + 1))
        points = tuple((name, getattr(self, name)) for name in names)
        total = sum(each for _, each in points)
        return Outcome(points=points, total=total, category=band(total), readings=(("percentage", 2 * total),))


def band(total: float) -> str:
    """The band of a sum."""
    if total <= 4:
        return Disability.NONE.value
    if total <= 14:
        return Disability.TO_14.value
    if total <= 24:
        return Disability.MODERATE.value
    return Disability.TO_34.value if total <= 34 else Disability.COMPLETE.value


NDI = Instrument(
    id="ndi",
    name="Neck Disability Index",
    version="1991, specification of 2026-11-20",
    form=NeckDisability,
    population="neck pain, as the patient reports it",
    better=Better.LOWER,
    categories=tuple(Category(word=each.value) for each in Disability),
    lowest=0,
    highest=50,
    band=band,
    warnings=("its bands are of the sum out of 50, not of the percentage",),
    licence="copyright; words not shipped, scoring only",
    checked=Checked.FROM_MEMORY,
    cites=(cite("vernon_ndi_page"),),
)
