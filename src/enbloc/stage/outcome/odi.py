"""The Oswestry Disability Index: the percentage of what the answered sections could have come to.

The words of its sections are under copyright and not here.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite, project_value
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.outcome.asked import UpTo5, answered, item, shown, total_of
from enbloc.value import value

SECTIONS = 10
FEWEST = project_value(
    "odi_fewest_sections", 8, "sections", ">=", source="a percentage of fewer sections is not given; our rule"
)


class Disability(Enum):
    """The five bands of the percentage, best first; only the second is named in the specification."""

    TO_20 = "0 to 20 %"
    TO_40 = "21 to 40 %: moderate"
    TO_60 = "41 to 60 %"
    TO_80 = "61 to 80 %"
    TO_100 = "81 to 100 %"


@value
class Oswestry:
    """Ten sections, each 0 to 5 or not answered; at least eight must be answered.

    Examples
    --------
    >>> three = UpTo5("3")
    >>> form = Oswestry(**{f"section_{number}": three for number in range(1, 11)})
    >>> form.outcome.total, form.outcome.category
    (60.0, '41 to 60 %')
    """

    section_1: Annotated[UpTo5, item(1, "section")]
    section_2: Annotated[UpTo5, item(2, "section")]
    section_3: Annotated[UpTo5, item(3, "section")]
    section_4: Annotated[UpTo5, item(4, "section")]
    section_5: Annotated[UpTo5, item(5, "section")]
    section_6: Annotated[UpTo5, item(6, "section")]
    section_7: Annotated[UpTo5, item(7, "section")]
    section_8: Annotated[UpTo5, item(8, "section")]
    section_9: Annotated[UpTo5, item(9, "section")]
    section_10: Annotated[UpTo5, item(10, "section")]

    @property
    def outcome(self) -> Outcome:
        """Points by section, the percentage and its band."""
        points = answered(self)
        return replace(percentage(total_of(points), len(points)), points=points)


def percentage(total: float, number: int) -> Outcome:
    """The percentage of a sum over so many answered sections, and its band.

    Raises
    ------
    RecordError
        If too few sections were answered.
    """
    if number < FEWEST.number:
        raise RecordError(
            f"Only {number} of {SECTIONS} sections of the Oswestry Disability Index are answered.",
            remedy=f"At least {FEWEST.number:g} must be answered for a percentage.",
        )
    flags = () if number == SECTIONS else (f"percentage of the {number} of {SECTIONS} sections that were answered",)
    return Outcome(total=shown(100 * total / (5 * number)), category=band(200 * int(total), 10 * number), flags=flags)


def band(above: int, below: int) -> str:
    """The band of a percentage, given as a fraction, after rounding half up to a whole number."""
    rounded = (2 * above + below) // (2 * below)
    words = [each.value for each in Disability]
    return words[0] if rounded <= 20 else words[min((rounded - 1) // 20, 4)]


ODI = Instrument(
    id="odi",
    name="Oswestry Disability Index",
    version="2000, specification of 2026-11-20",
    form=Oswestry,
    population="low back pain, as the patient reports it; figures of change from degenerative disease",
    better=Better.LOWER,
    categories=tuple(Category(word=each.value) for each in Disability),
    lowest=0,
    highest=100,
    averaged=percentage,
    validations=("smallest change that matters: 18 (degenerative disease)",),
    warnings=("its band is read after rounding half up to a whole per cent: a convention, no rule is printed",),
    licence="copyright, distributed under licence (owner as remembered: Mapi); words not shipped, scoring only",
    checked=Checked.READ_IN_A_COPY,
    cites=(cite("fairbank2000"),),
)
