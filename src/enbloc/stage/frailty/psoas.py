"""The psoas muscles against the vertebral body: a ratio, with tertiles only of the own, sex-specific cohort.

There is no cut-off that holds everywhere, and a side that cannot be measured is never the double of the other.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.form import Ask, Number, Text
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.value import value


class Level(Enum):
    """The level of the slice."""

    L3 = "L3"
    L4 = "L4"


class Modality(Enum):
    """The image."""

    CT = "CT"
    MRI = "MRI"


class Tertile(Enum):
    """The results, best first."""

    HIGHEST = "highest tertile of the own cohort"
    MIDDLE = "middle tertile of the own cohort"
    LOWEST = "lowest tertile of the own cohort"
    UNGRADED = "measured, without a cohort to compare with"
    NO_RATIO = "no ratio: both psoas muscles are needed"


EQUALITY = "threshold_equality: exactly at a cut point of the cohort, counted to the higher tertile"
NEVER_DOUBLED = "one side is not measured or not measurable (tumour, scoliosis): the other is not doubled"


def _area(words: str, high: float) -> Number:
    return Number(words=words, unit="mm²", low=1, high=high, step=0)


def _cut(words: str) -> Number:
    return Number(words=f"{words} of the own cohort, same sex", unit="", low=0.01, high=20, step=0)


@value
class Psoas:
    """Three areas on one slice, where it lies, and if there are any the cut points of the own cohort.

    Examples
    --------
    >>> form = Psoas(
    ...     level=Level.L3, modality=Modality.CT, body_mm2=1500, left_mm2=700, right_mm2=650, lower_cut=None,
    ...     upper_cut=None, cohort=None, slice=None, observer=None,
    ... )
    >>> form.outcome.total, form.outcome.category
    (0.9, 'measured, without a cohort to compare with')
    """

    level: Annotated[Level, Ask(words="level of the slice")]
    modality: Annotated[Modality, Ask(words="CT or MRI")]
    body_mm2: Annotated[float, _area("area of the vertebral body", 6000)]
    left_mm2: Annotated[float | None, _area("area of the left psoas; left out if it cannot be measured", 6000)]
    right_mm2: Annotated[float | None, _area("area of the right psoas; left out if it cannot be measured", 6000)]
    lower_cut: Annotated[float | None, _cut("ratio between the lowest and the middle tertile")]
    upper_cut: Annotated[float | None, _cut("ratio between the middle and the highest tertile")]
    cohort: Annotated[str | None, Text(words="own cohort of the cut points: centre, sex, number, years")]
    slice: Annotated[str | None, Text(words="slice that was measured")]
    observer: Annotated[str | None, Text(words="who measured")]

    def __post_init__(self) -> None:
        """Raise RecordError where cut points are half given, the wrong way round, or of nobody."""
        cuts = (self.lower_cut, self.upper_cut)
        if cuts == (None, None):
            return
        if self.lower_cut is None or self.upper_cut is None or self.cohort is None:
            raise RecordError(
                "Tertiles need both cut points and whose they are.", remedy="Write lower_cut, upper_cut and cohort."
            )
        if self.lower_cut >= self.upper_cut:
            raise RecordError("The lower cut point is not below the upper one.", remedy="Check the cut points.")

    @property
    def ratio(self) -> float | None:
        """Both muscles over the body; nothing where a side is missing."""
        if self.left_mm2 is None or self.right_mm2 is None:
            return None
        return round((self.left_mm2 + self.right_mm2) / self.body_mm2, 9)

    def tertile(self, ratio: float) -> Tertile:
        """The tertile of a ratio, if there is a cohort."""
        if self.lower_cut is None or self.upper_cut is None:
            return Tertile.UNGRADED
        if ratio < self.lower_cut:
            return Tertile.LOWEST
        return Tertile.MIDDLE if ratio < self.upper_cut else Tertile.HIGHEST

    @property
    def outcome(self) -> Outcome:
        """The ratio to two decimals, with where and by whom it was measured."""
        if self.ratio is None:
            return Outcome(category=Tertile.NO_RATIO.value, flags=(NEVER_DOUBLED,), readings=self._told)
        at_cut = (EQUALITY,) if self.ratio in (self.lower_cut, self.upper_cut) else ()
        tertile = self.tertile(self.ratio)
        return Outcome(total=round(self.ratio, 2), category=tertile.value, flags=at_cut, readings=self._told)

    @property
    def _told(self) -> tuple[tuple[str, str], ...]:
        where = ("measured at", f"{self.level.value} on {self.modality.value}")
        kept = (("slice", self.slice), ("observer", self.observer), ("cohort", self.cohort))
        return (where, *((name, words) for name, words in kept if words is not None))


PSOAS = Instrument(
    id="psoas",
    name="Psoas to vertebral body ratio",
    version="specification of 2026-11-20",
    form=Psoas,
    population="spinal metastasis, CT or MRI of the lumbar spine",
    better=Better.HIGHER,
    categories=tuple(Category(word=tertile.value) for tertile in Tertile),
    needs=("level", "modality", "body_mm2"),
    validations=(
        "108 urgent cases, L3: 1.07 (SD 0.40) with an event against 1.25 (0.52) without; dead at 3 months 0.86 (0.27)"
        " against 1.12 (0.41) alive",
        "271 patients, L4: the smallest tertile survives worse than the middle and the largest",
        "417 patients after radiosurgery: 222 against 579 days, lowest against largest tertile, hazard ratio 1.54",
        "120 patients, MRI at L3 and L4: median survival 7, 9 and 10 months by tertile (doi 10.1177/21925682231173366)",
    ),
    warnings=("there is no cut-off that holds everywhere: compare with the own cohort of the same sex only",),
    checked=Checked.READ,
    cites=(cite("psoas_l3"), cite("psoas_mri_tertiles"), cite("tomov2020psoas")),
)
