"""The Cobb angle in the sagittal plane: kyphosis is positive, lordosis negative; the end vertebrae are named."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, ordered, tilt, uncertainty
from enbloc.value import value

_UNCERTAINTY: Number = uncertainty("°", high=90)


@value
class Cobb:
    """Both end vertebrae with the tilt of their outer endplates.

    Examples
    --------
    >>> form = Cobb(upper=Level.T1, lower=Level.T8, upper_deg=10, lower_deg=-12, uncertainty_deg=None)
    >>> form.outcome.total
    22.0
    """

    upper: Annotated[Level, Ask(words="upper end vertebra")]
    lower: Annotated[Level, Ask(words="lower end vertebra")]
    upper_deg: Annotated[float, tilt("upper endplate of the upper end vertebra")]
    lower_deg: Annotated[float, tilt("lower endplate of the lower end vertebra")]
    uncertainty_deg: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where the end vertebrae are the same or the wrong way round."""
        ordered(self.upper, self.lower)

    @property
    def outcome(self) -> Outcome:
        """The angle between both endplates."""
        angle = Measure(exact=self.upper_deg - self.lower_deg, unit="°", decimals=1, uncertainty=self.uncertainty_deg)
        return angle.outcome(f"{self.upper} to {self.lower}")


COBB = Instrument(
    id="cobb",
    name="Cobb angle",
    version="specification of 2026-11-20",
    form=Cobb,
    population="any spine, sagittal image",
    better=Better.NEITHER,
    categories=CATEGORIES,
    unit="°",
    needs=("upper", "lower", "upper_deg", "lower_deg"),
    warnings=("kyphosis is positive, lordosis negative; the end vertebrae belong to the figure",),
    checked=Checked.OURS,
    cites=(cite("radiographic_definitions"),),
)
