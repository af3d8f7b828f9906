"""The compression ratio of the cord: its depth over its width on an axial image; lower is worse."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, millimetres, uncertainty
from enbloc.value import value

_UNCERTAINTY: Number = uncertainty("", high=1)


@value
class CordCompressionRatio:
    """Depth and width of the cord at one level.

    Examples
    --------
    >>> CordCompressionRatio(level=Level.T7, depth_mm=5, width_mm=12, uncertainty=None).outcome.total
    0.42
    """

    level: Annotated[Level, Ask(words="compressed level")]
    depth_mm: Annotated[float, millimetres("depth of the cord (front to back), axial", high=30)]
    width_mm: Annotated[float, millimetres("width of the cord, axial", high=40)]
    uncertainty: Annotated[float | None, _UNCERTAINTY]

    @property
    def outcome(self) -> Outcome:
        """The ratio to two decimals."""
        ratio = Measure(exact=self.depth_mm / self.width_mm, unit="", decimals=2, uncertainty=self.uncertainty)
        return ratio.outcome(str(self.level))


CORD_COMPRESSION_RATIO = Instrument(
    id="cord_compression_ratio",
    name="Compression ratio of the cord",
    version="specification of 2026-11-20",
    form=CordCompressionRatio,
    population="a level with a cord, axial image",
    better=Better.HIGHER,
    categories=CATEGORIES,
    needs=("level", "depth_mm", "width_mm"),
    warnings=("less than 0.4 is often called severe (from memory, not checked): no band of this measure",),
    checked=Checked.READ,
    cites=(cite("radiographic_definitions"),),
)
