"""Loss of vertebral height in front, middle and back against the mean of the neighbours, and what SINS leaves open."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, against, between, millimetres, uncertainty
from enbloc.value import value

PLACES = ("anterior", "middle", "posterior")
SINS_CUT_PERCENT = 50.0
"""SINS has classes above and below this collapse, and none at it."""

EQUALITY = "threshold_equality: a collapse of exactly 50 % is left open by SINS (it defaults to the higher class)"
SPANS = "50 % lies within the uncertainty: both classes of collapse of SINS are possible"
ONE_NEIGHBOUR = "expected from a single neighbour"
_UNCERTAINTY: Number = uncertainty("%")


@value
class HeightLoss:
    """Three heights of the vertebra and of its neighbours; one neighbour may be missing.

    Examples
    --------
    >>> form = HeightLoss(
    ...     level=Level.T12, anterior_mm=12, middle_mm=18, posterior_mm=24,
    ...     above=Level.T11, above_anterior_mm=24, above_middle_mm=24, above_posterior_mm=25,
    ...     below=Level.L1, below_anterior_mm=24, below_middle_mm=24, below_posterior_mm=25,
    ...     uncertainty_percent=None,
    ... )
    >>> form.outcome.total, form.losses
    (50.0, {'anterior': 50.0, 'middle': 25.0, 'posterior': 4.0})
    """

    level: Annotated[Level, Ask(words="vertebra of the lesion")]
    anterior_mm: Annotated[float, millimetres("anterior height of its body")]
    middle_mm: Annotated[float, millimetres("middle height of its body")]
    posterior_mm: Annotated[float, millimetres("posterior height of its body")]
    above: Annotated[Level | None, Ask(words="unaffected vertebra above")]
    above_anterior_mm: Annotated[float | None, millimetres("anterior height of the vertebra above")]
    above_middle_mm: Annotated[float | None, millimetres("middle height of the vertebra above")]
    above_posterior_mm: Annotated[float | None, millimetres("posterior height of the vertebra above")]
    below: Annotated[Level | None, Ask(words="unaffected vertebra below")]
    below_anterior_mm: Annotated[float | None, millimetres("anterior height of the vertebra below")]
    below_middle_mm: Annotated[float | None, millimetres("middle height of the vertebra below")]
    below_posterior_mm: Annotated[float | None, millimetres("posterior height of the vertebra below")]
    uncertainty_percent: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where there is no body, a neighbour has no name, or no neighbour has the height."""
        if not self.level.has_body:
            raise RecordError(f"{self.level} has no vertebral body.", remedy="Measure another level.")
        between(self.above or Level.O, self.level, self.below or Level.CO)
        for side, named in (("above", self.above), ("below", self.below)):
            if named is None and any(self._of(side, place) for place in PLACES):
                raise RecordError(f"The heights of the vertebra {side} have no level.", remedy=f"Write {side}.")
        if not all(self.expected(place) for place in PLACES):
            raise RecordError("No neighbour gives each height.", remedy="Write the three heights of a neighbour.")

    def _of(self, side: str, place: str) -> float | None:
        found: float | None = getattr(self, f"{side}_{place}_mm")
        return found

    def expected(self, place: str) -> tuple[float, ...]:
        """The heights of the neighbours at that place."""
        return tuple(height for side in ("above", "below") if (height := self._of(side, place)) is not None)

    @property
    def losses(self) -> dict[str, float]:
        """The loss at each place, in per cent of the mean of the neighbours."""
        means = {place: sum(self.expected(place)) / len(self.expected(place)) for place in PLACES}
        return {place: against(mean, getattr(self, f"{place}_mm")) for place, mean in means.items()}

    @property
    def outcome(self) -> Outcome:
        """The greatest loss, and that of each place."""
        greatest = Measure(exact=max(self.losses.values()), unit="%", decimals=1, uncertainty=self.uncertainty_percent)
        neighbours = " and ".join(str(each) for each in (self.above, self.below) if each is not None)
        return greatest.outcome(
            f"{self.level} against {neighbours}",
            readings=tuple((f"{place} loss, %", round(loss, 1) + 0.0) for place, loss in self.losses.items()),
            flags=self._flags(greatest),
        )

    def _flags(self, greatest: Measure) -> tuple[str, ...]:
        within = abs(greatest.exact - SINS_CUT_PERCENT) <= (self.uncertainty_percent or 0)
        alone = [place for place in PLACES if len(self.expected(place)) == 1]
        said = {
            EQUALITY: greatest.exact == SINS_CUT_PERCENT,
            SPANS: within and bool(self.uncertainty_percent),
            f"{ONE_NEIGHBOUR}: {', '.join(alone)} height": bool(alone),
        }
        return tuple(flag for flag, holds in said.items() if holds)


HEIGHT_LOSS = Instrument(
    id="height_loss",
    name="Loss of vertebral height",
    version="specification of 2026-11-20",
    form=HeightLoss,
    population="a vertebra with a body, against unaffected neighbours",
    better=Better.LOWER,
    categories=CATEGORIES,
    unit="%",
    needs=("level", "anterior_mm", "middle_mm", "posterior_mm"),
    validations=("loss of height read by a regression on CT: mean absolute error 2.6 percentage points",),
    warnings=("negative where a height is above that of the neighbours",),
    checked=Checked.OURS,
    cites=(cite("radiographic_definitions"),),
)
