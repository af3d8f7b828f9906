"""Maximum canal compromise (MCC): loss of the canal's midsagittal diameter against the levels above and below."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case.anatomy import Level
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Instrument, Outcome
from enbloc.stage.radiographic.asked import CATEGORIES, Measure, against, between, millimetres, uncertainty
from enbloc.value import value


class Modality(Enum):
    """The midsagittal image it was measured on."""

    CT = "CT"
    T1 = "MRI T1"
    T2 = "MRI T2"


_UNCERTAINTY: Number = uncertainty("%")


@value
class MaximumCanalCompromise:
    """Three diameters of the canal.

    Examples
    --------
    >>> form = MaximumCanalCompromise(
    ...     level=Level.C5, above=Level.C4, below=Level.C6, here_mm=6, above_mm=12, below_mm=13, modality=None,
    ...     uncertainty_percent=None,
    ... )
    >>> form.outcome.total
    52.0
    """

    level: Annotated[Level, Ask(words="narrowed level")]
    above: Annotated[Level, Ask(words="normal level above, at mid-body")]
    below: Annotated[Level, Ask(words="normal level below, at mid-body")]
    here_mm: Annotated[float, millimetres("depth of the canal at the narrowed level")]
    above_mm: Annotated[float, millimetres("depth of the canal at the level above")]
    below_mm: Annotated[float, millimetres("depth of the canal at the level below")]
    modality: Annotated[Modality | None, Ask(words="midsagittal image")]
    uncertainty_percent: Annotated[float | None, _UNCERTAINTY]

    def __post_init__(self) -> None:
        """Raise RecordError where the normal levels do not lie on either side."""
        between(self.above, self.level, self.below)

    @property
    def outcome(self) -> Outcome:
        """The loss in per cent of the mean of both normal levels."""
        loss = Measure(
            exact=against((self.above_mm + self.below_mm) / 2, self.here_mm),
            unit="%",
            decimals=1,
            uncertainty=self.uncertainty_percent,
        )
        on = () if self.modality is None else (("image", self.modality.value),)
        return loss.outcome(f"{self.level} against {self.above} and {self.below}", readings=on)


MAXIMUM_CANAL_COMPROMISE = Instrument(
    id="maximum_canal_compromise",
    name="Maximum canal compromise",
    version="specification of 2026-11-20",
    form=MaximumCanalCompromise,
    population="acute cervical trauma, from which it is borrowed",
    better=Better.LOWER,
    categories=CATEGORIES,
    unit="%",
    needs=("level", "above", "below", "here_mm", "above_mm", "below_mm"),
    validations=("100 patients with acute cervical trauma (2011): only the MRI versions separated groups of injury",),
    warnings=(
        "made for acute cervical trauma",
        "ignores how the canal differs from level to level: the same figure means different things at different levels",
    ),
    checked=Checked.FROM_MEMORY,
    cites=(cite("fehlings1999canal"), cite("canal_measures2011")),
)
