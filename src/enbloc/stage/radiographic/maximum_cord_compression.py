"""Maximum spinal cord compression (MSCC): loss of the cord's midsagittal diameter; negative where the cord is swollen.

Not metastatic spinal cord compression, which shares the letters.
"""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, against, between, millimetres, uncertainty
from enbloc.value import value

SWOLLEN = "negative: the cord is deeper here than at the normal levels (swollen)"
_UNCERTAINTY: Number = uncertainty("%")


@value
class MaximumCordCompression:
    """Three diameters of the cord on the midsagittal T2 image.

    Examples
    --------
    >>> form = MaximumCordCompression(
    ...     level=Level.C5, above=Level.C4, below=Level.C6, here_mm=5.2, above_mm=6.5, below_mm=6.5,
    ...     uncertainty_percent=None,
    ... )
    >>> form.outcome.total
    20.0
    """

    level: Annotated[Level, Ask(words="compressed level")]
    above: Annotated[Level, Ask(words="normal level above")]
    below: Annotated[Level, Ask(words="normal level below")]
    here_mm: Annotated[float, millimetres("depth of the cord at the compressed level, midsagittal T2", high=30)]
    above_mm: Annotated[float, millimetres("depth of the cord at the level above", high=30)]
    below_mm: Annotated[float, millimetres("depth of the cord at the level below", high=30)]
    uncertainty_percent: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where the normal levels do not lie on either side."""
        between(self.above, self.level, self.below)

    @property
    def outcome(self) -> Outcome:
        """The loss in per cent of the mean of both normal levels, with its sign."""
        loss = Measure(
            exact=against((self.above_mm + self.below_mm) / 2, self.here_mm),
            unit="%",
            decimals=1,
            uncertainty=self.uncertainty_percent,
        )
        swollen = (SWOLLEN,) if loss.exact < 0 else ()
        return loss.outcome(f"{self.level} against {self.above} and {self.below}", flags=swollen)


MAXIMUM_CORD_COMPRESSION = Instrument(
    id="maximum_cord_compression",
    name="Maximum spinal cord compression (a measure)",
    version="specification of 2026-11-20",
    form=MaximumCordCompression,
    population="acute cervical trauma, from which it is borrowed",
    better=Better.LOWER,
    categories=CATEGORIES,
    unit="%",
    needs=("level", "above", "below", "here_mm", "above_mm", "below_mm"),
    validations=("100 patients with acute cervical trauma (2011): only the MRI versions separated groups of injury",),
    warnings=(
        "made for acute cervical trauma; the letters MSCC also stand for metastatic spinal cord compression",
        "ignores how the cord differs from level to level: the same figure means different things at different levels",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("fehlings1999canal"), cite("canal_measures2011")),
)
