"""RECIST 1.1 in bone: whether a bone lesion is measurable, and what became of the sum of the targets.

Progression asks for 20 per cent *and* 5 mm over the smallest sum; tables that print "or" are wrong.
"""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from enbloc.case import fact as vocabulary
from enbloc.errors import RecordError
from enbloc.evidence import Checked, cite
from enbloc.stage.answering import SECTIONAL, bone
from enbloc.stage.form import Ask, Number
from enbloc.stage.instrument import Better, Category, Instrument, Outcome
from enbloc.stage.sins import Bone
from enbloc.value import value

SOFT_TISSUE_MM = 10
RESPONSE_FROM_PERCENT = 30
PROGRESSION_FROM_PERCENT = 20
PROGRESSION_FROM_MM = 5


class Matrix(Enum):
    """What the lesion does to bone."""

    LYTIC = "lytic"
    MIXED = "mixed"
    BLASTIC = "blastic"


_MATRIX = bone({one: (Matrix(one.value),) for one in Bone})


class Response(Enum):
    """The results, best first."""

    COMPLETE = "complete response"
    PARTIAL = "partial response"
    STABLE = "stable disease"
    PROGRESSIVE = "progressive disease"
    NOT_MEASURABLE = "not measurable: non-target lesion"


ONLY_NODES = "all targets are gone and yet the sum has grown: only lymph nodes under 10 mm explain that"
FROM_MEMORY = "this rule of what is measurable is from memory, not yet checked"


@value
class Recist:
    """What makes the lesion measurable, and how the sum of the targets changed.

    Examples
    --------
    >>> form = Recist(
    ...     matrix=Matrix.LYTIC, sectional=True, soft_tissue_mm=24, twice_slice=True, irradiated=False,
    ...     new_lesion=False, non_target=False, gone=False, **changes(baseline_mm=40, smallest_mm=40, now_mm=27),
    ... )
    >>> form.outcome.category
    'partial response'
    """

    matrix: Annotated[Matrix, Ask(words="lytic, mixed or blastic lesion", answered_by=_MATRIX)]
    sectional: Annotated[bool, Ask(words="measured on CT or MRI, not on bone scan or PET", answered_by=SECTIONAL)]
    soft_tissue_mm: Annotated[
        float,
        Number(
            words="soft-tissue component",
            unit="mm",
            low=0,
            high=500,
            step=0,
            cuts=(SOFT_TISSUE_MM,),
            answered_by=vocabulary.SOFT_TISSUE_DIAMETER,
        ),
    ]
    twice_slice: Annotated[bool, Ask(words="slices of 5 mm or less, or soft tissue at least twice the slice thickness")]
    irradiated: Annotated[bool, Ask(words="irradiated before baseline and not progressed since")]
    new_lesion: Annotated[bool, Ask(words="new lesion (new sclerosis of a known lytic one is none)")]
    non_target: Annotated[bool, Ask(words="unequivocal progression of non-target lesions")]
    gone: Annotated[bool, Ask(words="all targets gone, lymph nodes under 10 mm in short axis")]
    decrease_percent: Annotated[
        float,
        Number(
            words="decrease of the sum against baseline (0 if none)",
            unit="%",
            low=0,
            high=100,
            step=0,
            cuts=(RESPONSE_FROM_PERCENT,),
        ),
    ]
    increase_percent: Annotated[
        float,
        Number(
            words="increase of the sum over the smallest so far (0 if none)",
            unit="%",
            low=0,
            high=10_000,
            step=0,
            cuts=(PROGRESSION_FROM_PERCENT,),
        ),
    ]
    increase_mm: Annotated[
        float,
        Number(
            words="the same increase in millimetres",
            unit="mm",
            low=0,
            high=2_000,
            step=0,
            cuts=(PROGRESSION_FROM_MM,),
        ),
    ]

    @property
    def outcome(self) -> Outcome:
        """Progression comes first, whatever shrank; a lesion that is not measurable gives no other response."""
        if self.new_lesion or self.non_target:
            return Outcome(category=Response.PROGRESSIVE.value)
        unmeasurable = self._unmeasurable
        if unmeasurable is not None:
            return Outcome(category=Response.NOT_MEASURABLE.value, flags=unmeasurable)
        grown = self.increase_percent >= PROGRESSION_FROM_PERCENT and self.increase_mm >= PROGRESSION_FROM_MM
        if self.gone:
            return Outcome(category=Response.COMPLETE.value, flags=(ONLY_NODES,) if grown else ())
        if grown:
            return Outcome(category=Response.PROGRESSIVE.value)
        shrunk = self.decrease_percent >= RESPONSE_FROM_PERCENT
        return Outcome(category=(Response.PARTIAL if shrunk else Response.STABLE).value)

    @property
    def _unmeasurable(self) -> tuple[str, ...] | None:
        """None if measurable; otherwise what to say, which is a mark where only rules from memory make it so."""
        if self.soft_tissue_mm < SOFT_TISSUE_MM:
            return ()
        from_memory = self.matrix is Matrix.BLASTIC or not self.sectional or not self.twice_slice or self.irradiated
        return (FROM_MEMORY,) if from_memory else None


def changes(*, baseline_mm: float, smallest_mm: float, now_mm: float) -> dict[str, float]:
    """The three changes that the form asks for, from three sums of diameters; the smallest may be the baseline.

    Raises
    ------
    RecordError
        If the smallest sum so far is above the baseline, or is zero: nothing is a per cent of it.

    Examples
    --------
    >>> changes(baseline_mm=40, smallest_mm=40, now_mm=27)
    {'decrease_percent': 32.5, 'increase_percent': 0.0, 'increase_mm': 0.0}
    """
    if not 0 < smallest_mm <= baseline_mm or not now_mm >= 0:
        raise RecordError(
            f"Sums of {baseline_mm:g} mm at baseline, {smallest_mm:g} mm at smallest and {now_mm:g} mm do not fit.",
            remedy="Give the smallest sum so far, baseline included, above 0.",
        )
    grown = max(0.0, now_mm - smallest_mm)
    return {
        "decrease_percent": round(max(0.0, 100 * (baseline_mm - now_mm) / baseline_mm), 9),
        "increase_percent": round(100 * grown / smallest_mm, 9),
        "increase_mm": round(float(grown), 9),
    }


RECIST_BONE = Instrument(
    id="recist_bone",
    name="RECIST 1.1 in bone",
    version="2009, specification of 2026-11-20",
    form=Recist,
    population="bone metastasis that is followed on CT or MRI",
    better=Better.NEITHER,
    categories=(
        Category(word=Response.COMPLETE.value, published="all targets gone"),
        Category(word=Response.PARTIAL.value, published="sum at least 30 % below baseline"),
        Category(word=Response.STABLE.value, published="neither response nor progression"),
        Category(
            word=Response.PROGRESSIVE.value,
            published="sum at least 20 % and at least 5 mm above the smallest, or a new lesion, or unequivocal"
            " progression of non-target lesions",
        ),
        Category(
            word=Response.NOT_MEASURABLE.value, published="lytic or mixed with soft tissue of 10 mm is measurable"
        ),
    ),
    warnings=("new sclerosis of a known lytic lesion (flare) is not by itself progression (from memory)",),
    checked=Checked.READ,
    cites=(cite("eisenhauer2009recist"), cite("costelloe2010bone")),
)
