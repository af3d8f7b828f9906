"""Translation of one vertebra on the one below, in millimetres between the posterior corners of their bodies."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, ordered, uncertainty
from enbloc.value import value

_TRANSLATION = Number(
    words="distance between the posterior corners, upper vertebra forwards positive",
    unit="mm",
    low=-60,
    high=60,
    step=0,
)
_UNCERTAINTY: Number = uncertainty("mm", high=60)


@value
class Translation:
    """Two vertebrae and the distance between their posterior corners.

    Examples
    --------
    >>> Translation(upper=Level.L4, lower=Level.L5, translation_mm=-3.24, uncertainty_mm=0.5).outcome.total
    -3.2
    """

    upper: Annotated[Level, Ask(words="upper vertebra")]
    lower: Annotated[Level, Ask(words="lower vertebra")]
    translation_mm: Annotated[float, _TRANSLATION]
    uncertainty_mm: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where the vertebrae are the same or the wrong way round."""
        ordered(self.upper, self.lower)

    @property
    def outcome(self) -> Outcome:
        """The distance with its direction."""
        slip = Measure(exact=self.translation_mm, unit="mm", decimals=1, uncertainty=self.uncertainty_mm)
        return slip.outcome(f"{self.upper} on {self.lower}")


TRANSLATION = Instrument(
    id="translation",
    name="Translation",
    version="specification of 2026-11-20",
    form=Translation,
    population="two neighbouring vertebrae, sagittal image",
    better=Better.NEITHER,
    categories=CATEGORIES,
    unit="mm",
    needs=("upper", "lower", "translation_mm"),
    warnings=("forwards is positive; whether it is a subluxation of SINS is confirmed against earlier images",),
    checked=Checked.OURS,
    cites=(cite("radiographic_definitions"),),
)
