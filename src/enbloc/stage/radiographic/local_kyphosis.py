"""Kyphosis at one vertebra, between its own endplates or between those that face it; which of the two is stated."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, between, tilt, uncertainty
from enbloc.value import value


class Ends(Enum):
    """Between which endplates."""

    NEIGHBOURS = "lower endplate of the vertebra above and upper endplate of the vertebra below"
    OWN = "the lesion's own endplates"


_UNCERTAINTY: Number = uncertainty("°", high=90)


@value
class LocalKyphosis:
    """The vertebra, between which endplates, and their tilt.

    Examples
    --------
    >>> form = LocalKyphosis(
    ...     level=Level.L1, ends=Ends.OWN, upper_deg=9, lower_deg=-6.5, above=None, below=None, uncertainty_deg=2
    ... )
    >>> form.outcome.total
    15.5
    """

    level: Annotated[Level, Ask(words="vertebra of the lesion")]
    ends: Annotated[Ends, Ask(words="between which endplates")]
    upper_deg: Annotated[float, tilt("the upper one of these endplates")]
    lower_deg: Annotated[float, tilt("the lower one of these endplates")]
    above: Annotated[Level | None, Ask(words="vertebra above, if measured between the neighbours")]
    below: Annotated[Level | None, Ask(words="vertebra below, if measured between the neighbours")]
    uncertainty_deg: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where the neighbours are not named, or do not lie on either side of the lesion."""
        if self.ends is Ends.OWN:
            return
        if self.above is None or self.below is None:
            raise RecordError("A kyphosis between the neighbours needs both of them.", remedy="Write above and below.")
        between(self.above, self.level, self.below)

    @property
    def outcome(self) -> Outcome:
        """The angle, and between which endplates it lies."""
        angle = Measure(exact=self.upper_deg - self.lower_deg, unit="°", decimals=1, uncertainty=self.uncertainty_deg)
        at = str(self.level) if self.ends is Ends.OWN else f"{self.level}, from {self.above} to {self.below}"
        return angle.outcome(at, readings=(("between", self.ends.value),))


LOCAL_KYPHOSIS = Instrument(
    id="local_kyphosis",
    name="Local kyphosis",
    version="specification of 2026-11-20",
    form=LocalKyphosis,
    population="a vertebra with a lesion, sagittal image",
    better=Better.NEITHER,
    categories=CATEGORIES,
    unit="°",
    needs=("level", "ends", "upper_deg", "lower_deg"),
    warnings=(
        "kyphosis is positive, lordosis negative",
        "between own and between neighbouring endplates are two figures: compare like with like",
    ),
    checked=Checked.OURS,
    cites=(cite("radiographic_definitions"),),
)
