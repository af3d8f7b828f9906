"""Loss of canal area against an intact adjacent level."""

from __future__ import annotations

from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import (
    CATEGORIES,
    NOT_ADJACENT,
    Measure,
    against,
    are_adjacent,
    square_millimetres,
    uncertainty,
)
from enbloc.value import value

_UNCERTAINTY: Number = uncertainty("%")


@value
class CanalCompromise:
    """The area here and at the reference.

    Examples
    --------
    >>> form = CanalCompromise(
    ...     level=Level.L1, reference=Level.T12, here_mm2=90, reference_mm2=180, uncertainty_percent=None
    ... )
    >>> form.outcome.total
    50.0
    """

    level: Annotated[Level, Ask(words="narrowed level")]
    reference: Annotated[Level, Ask(words="intact adjacent level")]
    here_mm2: Annotated[float, square_millimetres("area of the canal at the narrowed level")]
    reference_mm2: Annotated[float, square_millimetres("area of the canal at the intact level")]
    uncertainty_percent: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where a level is compared with itself."""
        if self.level is self.reference:
            raise RecordError(f"{self.level} cannot be its own reference.", remedy="Name an intact adjacent level.")

    @property
    def outcome(self) -> Outcome:
        """The loss in per cent of the reference."""
        loss = Measure(
            exact=against(self.reference_mm2, self.here_mm2),
            unit="%",
            decimals=1,
            uncertainty=self.uncertainty_percent,
        )
        far = () if are_adjacent(self.level, self.reference) else (NOT_ADJACENT,)
        return loss.outcome(f"{self.level} against {self.reference}", flags=far)


CANAL_COMPROMISE = Instrument(
    id="canal_compromise",
    name="Canal compromise by area",
    version="specification of 2026-11-20",
    form=CanalCompromise,
    population="a narrowed canal with an intact level beside it",
    better=Better.LOWER,
    categories=CATEGORIES,
    unit="%",
    needs=("level", "reference", "here_mm2", "reference_mm2"),
    warnings=("in burst fractures more than 50 % is by habit called severe: no band of this measure",),
    checked=Checked.READ,
    cites=(cite("spinebase_canal"),),
)
