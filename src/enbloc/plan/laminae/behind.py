"""Which laminae lie behind a stretch of the canal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side, tumour
from enbloc.case.finding import Interval
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.curve import Curve
from enbloc.measure.spine.vertebra import edges, half_voxel
from enbloc.measure.tumour.mass import Tumour
from enbloc.plan.price.roots import are_neighbours

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of the canal by stations of the column's curve, mm from its lower end.

    ``shorter_mm`` is how much nearer, ``longer_mm`` how much farther each end may lie.
    """

    low_mm: float
    high_mm: float
    shorter_mm: float
    longer_mm: float

    def widened(self, mm: float) -> Stretch:
        """The same with either end ``mm`` further out."""
        return Stretch(
            low_mm=self.low_mm - mm, high_mm=self.high_mm + mm, shorter_mm=self.shorter_mm, longer_mm=self.longer_mm
        )

    @property
    def length(self) -> Interval:
        """How long it is, mm."""
        longest = self.high_mm - self.low_mm
        return Interval(low=max(0.0, longest - 2.0 * self.shorter_mm), high=longest + 2.0 * self.longer_mm)

    def overlap_mm(self, other: Lamina, way: float) -> float:
        """How far a lamina lies along it; negative if it does not. With ``way`` 1 at the most, with -1 at the least."""
        off = self.longer_mm if way > 0.0 else self.shorter_mm
        ends = min(self.high_mm, other.high_mm) - max(self.low_mm, other.low_mm)
        return ends + way * (off + other.error_mm)


@dataclass(frozen=True, kw_only=True)
class Lamina:
    """How far the laminae of a vertebra, both sides together, reach along the canal, mm; each end may lie off."""

    level: Level
    low_mm: float
    high_mm: float
    error_mm: float


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The laminae behind a stretch: as labelled, and those that half a voxel decides. ``missing`` is what nobody knows.

    In the order of the body.
    """

    levels: tuple[Level, ...]
    open: tuple[Level, ...]
    missing: tuple[str, ...]


def behind(column: Column, curve: Curve, stretch: Stretch) -> Behind:
    """The levels whose laminae lie behind a stretch of the canal, as far along it as it goes."""
    held = [one for level in column.levels if (one := _lamina(column, curve, level)) is not None]
    levels = tuple(one.level for one in held if stretch.overlap_mm(one, 0.0) > 0.0)
    open_ = tuple(one.level for one in held if stretch.overlap_mm(one, -1.0) <= 0.0 < stretch.overlap_mm(one, 1.0))
    return Behind(levels=levels, open=open_, missing=tuple(_unseen(column, curve, stretch, held)))


def cut_off(mass: Tumour) -> tuple[str, ...]:
    """That the scan ends in the tumour, so that the stretch may be longer; nothing if it does not."""
    ends = edges(mass.labels.grid, mass.labels.boxes[tumour(mass.lesion)])
    return (f"the whole tumour: it is cut by the {' and '.join(ends)} edge of the scan",) if ends else ()


def _lamina(column: Column, curve: Curve, level: Level) -> Lamina | None:
    if level not in column.parts:
        return None
    one, parts = column.spine[level], column.parts[level]
    mine = np.any([parts.mask(Part.LAMINA, side) for side in Side], axis=0)[one.crop.mask > 0]
    if not mine.any():
        return None
    stations = curve.stations(one.crop.points_mm[mine])
    half = half_voxel(one.crop.grid, one.axes[2])
    return Lamina(
        level=level,
        low_mm=float(stations.min()) - half,
        high_mm=float(stations.max()) + half,
        error_mm=half + one.crop.labels.error_mm,
    )


def _unseen(column: Column, curve: Curve, stretch: Stretch, held: list[Lamina]) -> Iterator[str]:
    """What of the stretch lies where no lamina can be told: beyond the labels, in their gaps, or without a frame."""
    told = {one.level: one for one in held}
    for level in column.levels:
        if level not in told:
            ends = curve.stations(column.crop(level).sample_mm)
            if ends.max() > stretch.low_mm and ends.min() < stretch.high_mm:
                yield f"laminae of {level}: {column.frameless.get(level, 'they cannot be told in its label')}"
    if held and stretch.high_mm > held[0].high_mm:
        yield f"vertebrae above {held[0].level}: the stretch reaches beyond its laminae"
    if held and stretch.low_mm < held[-1].low_mm:
        yield f"vertebrae below {held[-1].level}: the stretch reaches beyond its laminae"
    for upper, lower in pairwise(held):
        gap = not are_neighbours(upper.level, lower.level) and not set(_between(column, upper, lower))
        if gap and stretch.high_mm > lower.high_mm and stretch.low_mm < upper.low_mm:
            yield f"vertebrae between {upper.level} and {lower.level}"


def _between(column: Column, upper: Lamina, lower: Lamina) -> tuple[Level, ...]:
    """The labelled levels between two, of which something else is said."""
    order = column.levels
    return order[order.index(upper.level) + 1 : order.index(lower.level)]
