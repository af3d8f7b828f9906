"""The physical status that the anaesthetist gave, after the American Society of Anesthesiologists: never derived."""

from __future__ import annotations

from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.case.fact import AsaClass
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

EMERGENCY = "suffix E: emergency"


@value
class PhysicalStatus:
    """One class, as recorded.

    Examples
    --------
    >>> outcome = PhysicalStatus(physical_status=AsaClass("3E")).outcome
    >>> outcome.category, outcome.flags
    ('ASA III', ('suffix E: emergency',))
    """

    physical_status: Annotated[
        AsaClass, Ask(words="physical status as the anaesthetist recorded it", answered_by=vocabulary.ASA)
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
    categories=tuple(Category(word=f"ASA {one.value}") for one in AsaClass if not one.value.endswith("E")),
    warnings=("recorded as the anaesthetist gave it, never derived",),
    checked=Checked.FROM_MEMORY,
    cites=(cite("asa_class"),),
)
