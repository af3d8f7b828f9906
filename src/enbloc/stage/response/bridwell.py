"""Bridwell's grades of fusion, for each end of a graft on its own."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value

NON_UNION_FROM_MONTHS = 12


class Fusion(Enum):
    """The four grades, best first."""

    I = "I: fused, remodelled with trabeculae"  # noqa: E741
    II = "II: graft intact, not fully remodelled, no lucency"
    III = "III: graft intact, lucency at this end"
    IV = "IV: fusion absent, collapse or resorption of the graft"


TOO_EARLY = "irradiated or on denosumab: not to be called non-union before 12 months (from memory)"


@value
class Bridwell:
    """One end of a graft on CT or radiograph.

    Examples
    --------
    >>> Bridwell(intact=True, lucency=False, remodelled=True, slowed=False, months=24).outcome.category
    'I: fused, remodelled with trabeculae'
    """

    intact: Annotated[bool, Ask(words="graft intact, neither collapsed nor resorbed")]
    lucency: Annotated[bool, Ask(words="lucency at this end of the graft")]
    remodelled: Annotated[bool, Ask(words="fused and remodelled, trabeculae bridge this end")]
    slowed: Annotated[bool, Ask(words="irradiated or treated with denosumab")]
    months: Annotated[
        float,
        Number(
            words="months since the operation", unit="months", low=0, high=1200, step=0, cuts=(NON_UNION_FROM_MONTHS,)
        ),
    ]

    def __post_init__(self) -> None:
        if self.remodelled and (self.lucency or not self.intact):
            raise RecordError(
                "An end that is fused and remodelled has neither lucency nor collapse.",
                remedy="Check remodelling, lucency and the graft.",
            )

    @property
    def outcome(self) -> Outcome:
        """The grade of this end."""
        if self.remodelled:
            return Outcome(category=Fusion.I.value)
        if self.intact and not self.lucency:
            return Outcome(category=Fusion.II.value)
        early = self.slowed and self.months < NON_UNION_FROM_MONTHS
        grade = Fusion.III if self.intact else Fusion.IV
        return Outcome(category=grade.value, flags=(TOO_EARLY,) if early else ())


BRIDWELL = Instrument(
    id="bridwell",
    name="Bridwell fusion grade",
    version="specification of 2026-11-20",
    form=Bridwell,
    population="one end of an anterior graft or cage",
    better=Better.LOWER,
    categories=tuple(Category(word=grade.value) for grade in Fusion),
    warnings=(
        "each end of the graft has a grade of its own",
        "for cages judge bridging bone outside and through the cage on CT; subsidence over 2 mm is noted apart",
    ),
    checked=Checked.READ,
    cites=(cite("bridwell_grades"),),
)
