"""The bone that stands between a surgeon who comes from behind and the tumour to be removed.

Two ways are looked at, slab by slab in the frame of each level: straight from behind into the canal, as wide as it is,
where tumour is removed at all; and beside the canal on the side of tumour in front of the sac or beside it, as deep as
that lies or as the front of the canal. Bone in front of these is not counted: tumour in it is taken with it. The canal
is that of the vertebra: a sac that tumour pushes aside moves no way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side
from enbloc.decide.approach import levels_within
from enbloc.measure.spine.parts import CODES
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.anatomy import SIGNS
from enbloc.plan.decompression.decompression import Access, Direction, PartInTheWay, Way
from enbloc.plan.decompression.parameters import HEIGHT_STEP, IN_THE_WAY, WAY_FROM, WAY_WIDTH
from enbloc.plan.decompression.places import DIRECTIONS
from enbloc.plan.decompression.scene import Scene
from enbloc.plan.price.opening import Opening

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
OPENED = frozenset({Part.SPINOUS_PROCESS, Part.LAMINA, Part.FACET, Part.TRANSVERSE_PROCESS, Part.PEDICLE})
"""What is opened from behind; body and rib head stand in front of it."""
BEHIND_SAC = "stands behind the canal where tumour is removed"
FROM_BEHIND = frozenset(levels_within(Level.T2, Level.T11))  # APP-04
ELSEWHERE = frozenset((*levels_within(Level.C3, Level.C7), *levels_within(Level.T12, Level.L6)))  # APP-14


@dataclass(frozen=True, eq=False, kw_only=True)
class Needed:
    """What is removed at one level: ``own``, shape (n, 3), in its ``frame``, ``off_mm`` left of the sac's middle."""

    level: Level
    frame: Vertebra
    own: Floats
    off_mm: Floats
    directions: NDArray[np.intp]
    voxel_cc: float

    def of(self, side: Side) -> tuple[Bools, Bools]:
        """Which of it lies in front of the sac on a side, and which beside it there."""
        front = self.directions == DIRECTIONS.index(Direction.FRONT)
        front &= SIGNS[side] * self.off_mm > 0.0
        return front, self.directions == DIRECTIONS.index(Direction(side.value))

    def way(self, side: Side) -> Way | None:
        """The way in on a side; nothing if too little there asks for one."""
        front, beside = (int(one.sum()) * self.voxel_cc for one in self.of(side))
        if not WAY_FROM.holds(front + beside):
            return None
        return Way(level=self.level, side=side, in_front_cc=front, beside_cc=beside)

    def depths(self, side: Side) -> tuple[Floats, Floats]:
        """The slabs with tumour in front of the sac or beside it on a side, and how far forward the way goes there."""
        there = np.any(self.of(side), axis=0)
        names, which = np.unique(slabs(self.own[there]), return_inverse=True)
        deepest = np.full(len(names), np.inf)
        np.minimum.at(deepest, which, self.own[there, 1])
        return names, np.maximum(deepest, self.frame.hole_mm[1] - self.frame.half_depth_mm)


def slabs(own: Floats) -> Floats:
    """The slab of each place in the frame of a vertebra."""
    return np.asarray(np.round(own[:, 2] / HEIGHT_STEP.number))


@dataclass(frozen=True, eq=False, kw_only=True)
class Standing:
    """The bone of one vertebra that stands in a way, by voxel of its crop; the sides are those of the ways beside."""

    codes: NDArray[np.uint8]
    behind: Bools
    beside: dict[Side, Bools] = field(default_factory=dict)

    def any(self) -> Bools:
        return np.asarray(np.any([self.behind, *self.beside.values()], axis=0))


def access(scene: Scene, removed: Bools) -> Access:
    """The bone to take so that the voxels in ``removed`` can be reached from behind."""
    order = scene.order
    needed = [_needed(scene, removed, int(at)) for at in np.unique(scene.level_at[removed])]
    ways = [way for one in needed for side in Side if (way := one.way(side)) is not None]
    parts = [part for level in order for part in _parts(scene, level, needed, ways)]
    levels = {one.level for one in needed}
    return Access(
        ways=tuple(ways),
        parts=tuple(parts),
        openings=tuple(_openings(order, parts)),
        rules=tuple(_rules(levels, ways)),
        not_known=tuple(_not_known(scene, levels)),
    )


def _needed(scene: Scene, removed: Bools, at: int) -> Needed:
    here = removed & (scene.level_at == at)
    level, points = scene.order[at], scene.mass.points_mm[here]
    return Needed(
        level=level,
        frame=scene.places.frame(level),
        own=scene.places.frame(level).inside(points),
        off_mm=scene.places.offsets(points, level)[:, 0],
        directions=scene.direction_at[here],
        voxel_cc=scene.mass.grid.voxel_cc,
    )


def _parts(scene: Scene, level: Level, needed: list[Needed], ways: list[Way]) -> Iterator[PartInTheWay]:
    """The parts of one vertebra that stand in any way."""
    standing = _standing(scene, level, needed, ways)
    if standing is None:
        return
    there = standing.any()
    for number, (part, side) in enumerate(CODES, start=1):
        mine = standing.codes == number
        percent = 100.0 * float(there[mine].mean()) if mine.any() else 0.0
        if part in OPENED and percent > 0.0:
            opened = IN_THE_WAY.holds(percent)
            why = _why(standing, mine)
            yield PartInTheWay(level=level, part=part, side=side, percent=percent, is_opened=opened, why=why)


def _why(standing: Standing, mine: Bools) -> str:
    """Which way it stands in, the one with more of it."""
    count = {side: int((there & mine).sum()) for side, there in standing.beside.items()}
    said = [
        f"stands beside the canal on the {side.value}, before tumour in front of the sac or beside it"
        for side in Side
        if count.get(side, 0)
    ]
    return " and ".join([*([BEHIND_SAC] if (standing.behind & mine).any() else []), *said])


def _standing(scene: Scene, level: Level, needed: list[Needed], ways: list[Way]) -> Standing | None:
    """The bone of one vertebra in the ways of all levels; nothing where its parts are not known."""
    column = scene.field.column
    if level not in column.parts:
        return None
    crop = column.spine[level].crop
    order = scene.order
    behind = np.zeros(len(crop.points_mm), np.bool_)
    beside: dict[Side, Bools] = {}
    for one in needed:
        if abs(order.index(one.level) - order.index(level)) > 1:
            continue
        own = one.frame.inside(crop.points_mm)
        behind |= _behind(own, one)
        for way in ways:
            if way.level is one.level:
                held = beside.setdefault(way.side, np.zeros(len(own), np.bool_))
                held |= _beside(own, one, way.side)
    return Standing(codes=column.parts[level].codes[crop.mask > 0], behind=behind, beside=beside)


def _behind(own: Floats, one: Needed) -> Bools:
    """Which bone stands straight behind the canal in the slabs in which tumour is removed."""
    off = np.abs(own[:, 0] - one.frame.hole_mm[0])
    there = (off <= one.frame.half_width_mm) & (own[:, 1] > one.frame.hole_mm[1])
    return np.asarray(there & np.isin(slabs(own), slabs(one.own)))


def _beside(own: Floats, one: Needed, side: Side) -> Bools:
    """Which bone stands in the way beside the canal on a side."""
    names, depths = one.depths(side)
    here = slabs(own)
    at = np.clip(np.searchsorted(names, here), 0, len(names) - 1)
    off = SIGNS[side] * (own[:, 0] - one.frame.hole_mm[0]) - one.frame.half_width_mm
    there = (names[at] == here) & (own[:, 1] >= depths[at])
    return np.asarray(there & (off > 0.0) & (off <= WAY_WIDTH.number))


def _openings(order: tuple[Level, ...], parts: list[PartInTheWay]) -> Iterator[Opening]:
    for level in order:
        taken = tuple((one.part, one.side) for one in parts if one.level is level and one.is_opened)
        if taken:
            yield Opening(level=level, parts=taken)


def _rules(levels: set[Level], ways: list[Way]) -> Iterator[str]:
    """The rows that speak of the approach at these levels."""
    if any(way.in_front_cc > 0.0 for way in ways):
        yield "DECOMP-01"
    if levels & FROM_BEHIND:
        yield "APP-04"
    if levels & ELSEWHERE:
        yield "APP-14"


def _not_known(scene: Scene, levels: set[Level]) -> Iterator[str]:
    """The levels whose bone cannot be told apart, and those for which no row names an approach."""
    order, known = scene.order, scene.field.column.parts
    beside = {at + step for at, one in enumerate(order) if one in levels for step in (-1, 0, 1)}
    for at, level in enumerate(order):
        if at in beside and level not in known:
            yield f"the parts of {level} cannot be told apart: what of it stands in the way is not known"
    for level in order:
        if level in levels and level not in FROM_BEHIND | ELSEWHERE:
            yield f"no row names the approach for a separation at {level}: bone is counted for a posterior one"
    neck = [str(level) for level in order if level in levels and level in levels_within(Level.C3, Level.C7)]
    if neck:
        yield (
            f"at {', '.join(neck)} an anterior corpectomy comes first if the tumour is ventral and the neck allows it"
            " (APP-14): bone is counted for a posterior approach"
        )
