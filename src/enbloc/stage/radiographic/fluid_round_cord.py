"""How much of the cord's border still has fluid round it: the share of its perimeter, on an axial image."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, millimetres, uncertainty
from enbloc.value import value

_UNCERTAINTY: Number = uncertainty("", high=1)
_WITH_FLUID = Number(
    words="length of it beside fluid of at least 0.5 mm in thickness", unit="mm", low=0, high=100, step=0
)


@value
class FluidRoundCord:
    """The perimeter and how much of it lies beside fluid.

    Examples
    --------
    >>> FluidRoundCord(level=Level.T7, perimeter_mm=28, with_fluid_mm=7, uncertainty=None).outcome.total
    0.25
    """

    level: Annotated[Level, Ask(words="compressed level")]
    perimeter_mm: Annotated[float, millimetres("perimeter of the cord, axial")]
    with_fluid_mm: Annotated[float, _WITH_FLUID]
    uncertainty: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where more of the border has fluid than there is."""
        if self.with_fluid_mm > self.perimeter_mm:
            raise RecordError("More of the border has fluid than there is border.", remedy="Check both lengths.")

    @property
    def outcome(self) -> Outcome:
        """The share to two decimals."""
        share = self.with_fluid_mm / self.perimeter_mm
        return Measure(exact=share, unit="", decimals=2, uncertainty=self.uncertainty).outcome(str(self.level))


FLUID_ROUND_CORD = Instrument(
    id="fluid_round_cord",
    name="Fluid round the cord",
    version="specification of 2026-11-20",
    form=FluidRoundCord,
    population="a level with a cord, axial MRI",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=("level", "perimeter_mm", "with_fluid_mm"),
    warnings=("a share from 0 to 1; whether fluid is visible at all is a question of ESCC",),
    checked=Checked.OURS,
    cites=(cite("radiographic_definitions"),),
)
