"""The physical status that the anaesthetist gave, after the American Society of Anesthesiologists: never derived."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Self

from enbloc.case import fact as vocabulary
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

_NUMERALS = ("I", "II", "III", "IV", "V", "VI")


class Physical(Enum):
    """The six classes, each also as an emergency; ``3`` and ``3E`` are read as III and IIIE."""

    I = "I"  # noqa: E741
    II = "II"
    III = "III"
    IV = "IV"
    V = "V"
    VI = "VI"
    I_E = "IE"
    II_E = "IIE"
    III_E = "IIIE"
    IV_E = "IVE"
    V_E = "VE"
    VI_E = "VIE"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """The class that is written as a figure."""
        written = str(value)
        digit, suffix = written[:1], written[1:]
        if digit in tuple("123456") and suffix in ("", "E"):
            return cls(_NUMERALS[int(digit) - 1] + suffix)
        return None


EMERGENCY = "suffix E: emergency"


@value
class PhysicalStatus:
    """One class, as recorded.

    Examples
    --------
    >>> outcome = PhysicalStatus(physical_status=Physical("3E")).outcome
    >>> outcome.category, outcome.flags
    ('ASA III', ('suffix E: emergency',))
    """

    physical_status: Annotated[
        Physical, Ask(words="physical status as the anaesthetist recorded it", answered_by=vocabulary.ASA)
    ]

    @property
    def outcome(self) -> Outcome:
        """The class, and whether it was an emergency."""
        word = self.physical_status.value
        return Outcome(category=f"ASA {word.removesuffix('E')}", flags=(EMERGENCY,) if word.endswith("E") else ())


ASA = Instrument(
    id="asa",
    name="ASA physical status",
    version="specification of 2026-11-20",
    form=PhysicalStatus,
    population="before an anaesthetic",
    better=Better.LOWER,
    categories=tuple(Category(word=f"ASA {numeral}") for numeral in _NUMERALS),
    warnings=("recorded as the anaesthetist gave it, never derived",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("asa_class"),),
)
