"""What is left of bowel, bladder and walking after sacral roots are cut, by the pattern of the cut and by source."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from enbloc.case.anatomy import Side
from enbloc.case.sided import Root
from enbloc.decide.root_table import span
from enbloc.value import value

SACRAL = span("S1", "S5")
SPHINCTER = span("S2", "S5")
"""Of the sacral roots those that the figures for bowel and bladder speak of."""

Cut = tuple[frozenset[str], frozenset[str]]
"""The sacral roots cut on the left and on the right."""


@value
class Pattern:
    """One row of the series: how the cut looks, and in what share of patients bowel and bladder stayed normal."""

    rule: str
    looks: str
    bowel_percent: float
    bladder_percent: float
    holds: Callable[[Cut], bool]

    @property
    def figures(self) -> str:
        """The figures in words."""
        return f"normal bowel {self.bowel_percent:g} %, bladder {self.bladder_percent:g} %"


@value
class Pooled:
    """One row of the pooled review: by the lowest roots spared; nothing where no figure is printed."""

    spared: str
    bladder_percent: float | None
    walking_percent: float | None
    holds: Callable[[tuple[int, int]], bool]


def sacral_cut(cut: Iterable[Root]) -> Cut:
    """The sacral roots of a plan, each side by itself."""
    left, right = (frozenset(one.nerve for one in cut if one.side is side and one.nerve in SACRAL) for side in Side)
    return left, right


def touches_sphincter(cut: Cut) -> bool:
    """Whether a root of bowel and bladder is cut."""
    return any(_lower(side) for side in cut)


def _lower(side: frozenset[str]) -> frozenset[str]:
    return side & set(SPHINCTER)


def _both(*lower: str) -> Callable[[Cut], bool]:
    return lambda cut: all(_lower(side) == set(lower) for side in cut)


def _one_side(cut: Cut) -> bool:
    return touches_sphincter(cut) and not all(cut)


def _asymmetric(cut: Cut) -> bool:
    keeps_s3 = any("S3" not in side for side in cut)
    return all(cut) and _lower(cut[0]) != _lower(cut[1]) and keeps_s3


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        rule="NERV-14",
        looks="S2 to S5 on both sides",
        bowel_percent=0,
        bladder_percent=0,
        holds=_both("S2", "S3", "S4", "S5"),
    ),
    Pattern(
        rule="NERV-15",
        looks="S3 to S5 on both sides, S2 kept",
        bowel_percent=40,
        bladder_percent=25,
        holds=_both("S3", "S4", "S5"),
    ),
    Pattern(
        rule="NERV-16",
        looks="S4 and S5 on both sides, S3 kept",
        bowel_percent=100,
        bladder_percent=69,
        holds=_both("S4", "S5"),
    ),
    Pattern(
        rule="NERV-17",
        looks="asymmetric, at least one S3 kept",
        bowel_percent=67,
        bladder_percent=60,
        holds=_asymmetric,
    ),
    Pattern(
        rule="NERV-18",
        looks="on one side, the other side intact",
        bowel_percent=87,
        bladder_percent=89,
        holds=_one_side,
    ),
)

# The review counts by the lowest root spared on each side: 1 is S1 (no S2 is left), 5 is S5.
POOLED: tuple[Pooled, ...] = (
    Pooled(spared="no S2", bladder_percent=0, walking_percent=None, holds=lambda low: max(low) <= 1),
    Pooled(spared="one S2", bladder_percent=25, walking_percent=None, holds=lambda low: min(low) < 2 == max(low)),
    Pooled(spared="both S2", bladder_percent=39.9, walking_percent=56.2, holds=lambda low: low == (2, 2)),
    Pooled(spared="one S3", bladder_percent=72.7, walking_percent=None, holds=lambda low: min(low) < 3 == max(low)),
    Pooled(spared="both S3", bladder_percent=83.3, walking_percent=94.1, holds=lambda low: low == (3, 3)),
    Pooled(
        spared="roots below S3",
        bladder_percent=None,
        walking_percent=100,
        holds=lambda low: min(low) >= 3 and max(low) > 3,
    ),
)


def pattern(cut: Cut) -> Pattern | None:
    """The row of the series that a cut stands in; nothing if none is published for it."""
    return next((row for row in PATTERNS if row.holds(cut)), None)


def pooled(cut: Cut) -> Pooled | None:
    """The row of the review that a cut stands in; nothing if a root is spared below one that is cut."""
    left, right = (_lowest_spared(side) for side in cut)
    if left is None or right is None:
        return None
    return next((row for row in POOLED if row.holds((left, right))), None)


def _lowest_spared(side: frozenset[str]) -> int | None:
    """The number of the lowest root spared, if all roots below it are cut and none above; 0 if none is spared."""
    kept = len(SACRAL) - len(side)
    return kept if side == frozenset(SACRAL[kept:]) else None


def bladder_range(cut: Cut) -> tuple[float, ...]:
    """Every published share of patients with a normal bladder, lowest first."""
    of_series, of_review = pattern(cut), pooled(cut)
    shares = {of_series.bladder_percent} if of_series else set()
    if of_review is not None and of_review.bladder_percent is not None:
        shares.add(of_review.bladder_percent)
    return tuple(sorted(shares))
