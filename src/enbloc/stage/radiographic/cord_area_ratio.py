"""The area of the cord against the free levels above and below it; below 1 the cord is narrower than expected."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, between, square_millimetres, uncertainty
from enbloc.value import value

_UNCERTAINTY: Number = uncertainty("", high=1)


@value
class CordAreaRatio:
    """Three areas of the cord.

    Examples
    --------
    >>> form = CordAreaRatio(
    ...     level=Level.T7, above=Level.T5, below=Level.T9, here_mm2=35, above_mm2=50, below_mm2=50, uncertainty=None
    ... )
    >>> form.outcome.total
    0.7
    """

    level: Annotated[Level, Ask(words="compressed level")]
    above: Annotated[Level, Ask(words="nearest free level above")]
    below: Annotated[Level, Ask(words="nearest free level below")]
    here_mm2: Annotated[float, square_millimetres("area of the cord at the compressed level", high=400)]
    above_mm2: Annotated[float, square_millimetres("area of the cord at the level above", high=400)]
    below_mm2: Annotated[float, square_millimetres("area of the cord at the level below", high=400)]
    uncertainty: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where the free levels do not lie on either side."""
        between(self.above, self.level, self.below)

    @property
    def outcome(self) -> Outcome:
        """The ratio to two decimals."""
        expected = (self.above_mm2 + self.below_mm2) / 2
        ratio = Measure(exact=self.here_mm2 / expected, unit="", decimals=2, uncertainty=self.uncertainty)
        return ratio.outcome(f"{self.level} against {self.above} and {self.below}")


CORD_AREA_RATIO = Instrument(
    id="cord_area_ratio",
    name="Area ratio of the cord",
    version="specification of 2026-11-20",
    form=CordAreaRatio,
    population="a level with a cord, MRI",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=("level", "above", "below", "here_mm2", "above_mm2", "below_mm2"),
    warnings=("the cord is wider in its enlargements: levels within one are compared with each other alone",),
    checked=Checked.OURS,
    cites=(cite("radiographic_definitions"),),
)
