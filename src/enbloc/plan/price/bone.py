"""The bone that pieces take and leave: of each vertebra, and of each of its parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.parts import CODES, code
from enbloc.plan.cutting.piece import Floats, Piece, takes
from enbloc.value import value

Bools = NDArray[np.bool_]


@value
class BoneTaken:
    """How much of one part of a vertebra goes, the blades' way included; of the whole vertebra where ``part`` is none.

    ``blades_cc`` is what of it is in the way of a blade, and so in no specimen.
    ``interval_cc`` is what it becomes when every cut and every surface of the bone lies half a voxel off,
    ``percent_interval`` when the cuts do. What is removed and what is kept add up to the part.
    """

    level: Level
    part: Part | None
    side: Side | None
    total_cc: float
    removed_cc: float
    blades_cc: float
    interval_cc: Interval
    percent_interval: Interval

    @property
    def kept_cc(self) -> float:
        return self.total_cc - self.removed_cc

    @property
    def percent(self) -> float:
        return 100.0 * (self.removed_cc / self.total_cc)

    def __str__(self) -> str:
        words = [str(self.level), self.part.value if self.part else "vertebra", self.side.value if self.side else ""]
        named = " ".join(word for word in words if word)
        return f"{named}: {self.removed_cc:.2f} of {self.total_cc:.2f} cc removed ({self.percent:.0f} %)"


@value
class JointTaken:
    """A facet joint of which bone goes: how much of the process above it and of that below, per cent of their bone."""

    above: Level
    below: Level
    side: Side
    percent_above: float
    percent_below: float

    @property
    def is_gone(self) -> bool:
        """Whether one of its two processes goes altogether."""
        return max(self.percent_above, self.percent_below) >= 100.0

    @property
    def percent(self) -> float:
        """Of the process that loses more."""
        return max(self.percent_above, self.percent_below)

    def __str__(self) -> str:
        return f"facet joint {self.above}/{self.below} {self.side.value}, {'gone' if self.is_gone else 'in part'}"


def bone_taken(pieces: Sequence[Piece], column: Column) -> tuple[BoneTaken, ...]:
    """Each labelled vertebra that loses bone, and each part of it that does; head to foot."""
    return tuple(one for level in column.levels for one in _of_level(pieces, column, level))


def _of_level(pieces: Sequence[Piece], column: Column, level: Level) -> Iterator[BoneTaken]:
    crop = column.crop(level)
    grid, points = crop.grid, crop.points_mm
    lost = [takes(pieces, points, grid, way=way) for way in (0.0, -1.0, 1.0)]
    if not lost[2].any():
        return
    lost.append(lost[0] & ~np.any([piece.holds(points) for piece in pieces], axis=0))
    weights = np.where(_rim(crop.mask > 0)[crop.mask > 0], 0.5, 0.0)
    yield _taken(level, None, None, np.ones(len(points), np.bool_), lost, weights, grid.voxel_cc)
    if level not in column.parts:
        return
    codes = column.parts[level].codes[crop.mask > 0]
    for number, (part, side) in enumerate(CODES, start=1):
        mine = codes == number
        if (mine & lost[2]).any():
            yield _taken(level, part, side, mine, lost, weights, grid.voxel_cc)


def _taken(
    level: Level, part: Part | None, side: Side | None, mine: Bools, lost: Sequence[Bools], half: Floats, cc: float
) -> BoneTaken:
    """``half`` is the half voxel that each voxel of the bone's rim may have too much or too little."""
    total = int(mine.sum())
    now, least, most, blades = (mine & one for one in lost)
    return BoneTaken(
        level=level,
        part=part,
        side=side,
        total_cc=total * cc,
        removed_cc=int(now.sum()) * cc,
        blades_cc=int(blades.sum()) * cc,
        interval_cc=Interval(low=cc * float((1.0 - half)[least].sum()), high=cc * float((1.0 + half)[most].sum())),
        percent_interval=Interval(low=100.0 * int(least.sum()) / total, high=100.0 * int(most.sum()) / total),
    )


def _rim(mask: Bools) -> Bools:
    """The voxels of a mask with a face towards one that is not in it."""
    padded = np.pad(mask, 1)
    inside = mask.copy()
    for axis in range(3):
        for step in (-1, 1):
            inside &= np.roll(padded, step, axis)[1:-1, 1:-1, 1:-1]
    return np.asarray(mask & ~inside)


@value
class BodyLost:
    """How much of the body of a vertebra is lost to the pieces and to the tumour together, per cent of its label."""

    level: Level
    percent: float
    interval: Interval  # when the cuts lie half a voxel off


def bodies_lost(pieces: Sequence[Piece], column: Column, lesion: str) -> tuple[BodyLost, ...] | Unknown:
    """Every body that loses bone to the pieces; open while the tumour has no label, or a body lacks what it took."""
    labels = column.images.map_of(tumour(lesion))
    if labels is None or column.hollowed:
        return unknown("label of the tumour, and of the whole bone beneath it")
    found = []
    for level, parts in column.parts.items():
        one = column.spine[level]
        points = one.crop.points_mm[parts.mask(Part.BODY)[one.crop.mask > 0]]
        lost = [takes(pieces, points, one.crop.grid, way=way) for way in (0.0, -1.0, 1.0)]
        if lost[2].any():
            ill = labels.holds(tumour(lesion), points)
            now, least, most = (100.0 * float((ill | each).mean()) for each in lost)
            found.append(BodyLost(level=level, percent=now, interval=Interval(low=least, high=most)))
    return tuple(found)


def joints_taken(pieces: Sequence[Piece], column: Column) -> tuple[JointTaken, ...]:
    """The facet joints of which bone goes, each side, head to foot.

    A joint is the bone of the facets below the middle of the upper pedicle with that above the middle of the lower.
    """
    return tuple(
        joint
        for above, below in pairwise(column.levels)
        for side in Side
        if (joint := _joint(pieces, column, above, below, side)) is not None
    )


def _joint(pieces: Sequence[Piece], column: Column, above: Level, below: Level, side: Side) -> JointTaken | None:
    upper = _process_share(pieces, column, above, side, is_lower=True)
    lower = _process_share(pieces, column, below, side, is_lower=False)
    if not (upper or lower):
        return None
    return JointTaken(above=above, below=below, side=side, percent_above=upper or 0.0, percent_below=lower or 0.0)


def _process_share(
    pieces: Sequence[Piece], column: Column, level: Level, side: Side, *, is_lower: bool
) -> float | None:
    """Per cent of the bone of an articular process that goes; nothing where the vertebra shows none."""
    if level not in column.parts:
        return None
    one, parts = column.spine[level], column.parts[level]
    mine = parts.codes[one.crop.mask > 0] == code(Part.FACET, side)
    heights = one.own_mm[:, 2] - float(one.hole_mm[2])
    mine &= (heights < 0.0) if is_lower else (heights >= 0.0)
    total = int(mine.sum())
    if total == 0:
        return None
    return 100.0 * int(takes(pieces, one.crop.points_mm[mine]).sum()) / total
