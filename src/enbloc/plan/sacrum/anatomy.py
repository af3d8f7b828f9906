"""The labelled sacrum: its own axes, the borders of its segments, and where each root leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side, Structure, StructureKind, vertebra
from enbloc.case.image import Images
from enbloc.case.sided import Root, root
from enbloc.plan.anatomy import SIGNS
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.price.roots import BY_LABEL
from enbloc.plan.sacrum.parameters import REMNANT
from enbloc.plan.voxels import half_voxel_mm

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

SEGMENTS = (Level.S1, Level.S2, Level.S3, Level.S4, Level.S5)
HAIR_MM = 1e-6  # what adding up may cost
TOUCHING = 0.5  # voxels by which two segments may lie further apart than where they are nearest, and still face


@dataclass(frozen=True, eq=False, kw_only=True)
class Border:
    """Where two segments face each other: its middle ``point_mm``, the way ``up`` across it, and its ``points_mm``."""

    point_mm: Floats
    up: Floats
    points_mm: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Exit:
    """Where a root leaves the sacrum: a cut whose far face reaches ``limit_mm`` takes it. ``up`` leads to the head."""

    root: Root
    point_mm: Floats
    limit_mm: Floats
    up: Floats
    basis: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Sacrum:
    """A sacrum whose segments are all labelled, as one piece of ``bone``; ``ranks`` count its voxels' levels from 0.

    ``up`` leads from the last segment to the first, ``left`` to the patient's left, across it.
    """

    images: Images
    levels: tuple[Level, ...]
    bone: Bone
    ranks: NDArray[np.int64]

    def part(self, rank: int) -> Floats:
        """The centres of the voxels of one segment, shape (n, 3)."""
        return np.asarray(self.bone.points_mm[self.ranks == rank])

    @cached_property
    def up(self) -> Floats:
        last = SEGMENTS.index(Level.S5)
        return _unit(self.part(0).mean(axis=0) - self.part(last).mean(axis=0))

    @cached_property
    def left(self) -> Floats:
        """The way in which the first segment, with its wings, is widest."""
        off = self.part(0) - self.part(0).mean(axis=0)
        flat = off - np.outer(off @ self.up, self.up)
        widest = np.linalg.eigh(flat.T @ flat)[1][:, -1]
        return np.asarray(widest if widest[0] > 0 else -widest)

    @cached_property
    def middle_mm(self) -> float:
        """Where the middle lies along ``left``: the mean of the segments' own."""
        return float(np.mean([self.part(rank).mean(axis=0) @ self.left for rank in range(len(SEGMENTS))]))

    def aside_mm(self, points_mm: Floats) -> Floats:
        """How far points lie to the left of the middle, mm; negative to the right."""
        return np.asarray(points_mm @ self.left - self.middle_mm)

    @cached_property
    def borders(self) -> tuple[Border, ...]:
        """The borders between neighbouring segments, head to foot."""
        return tuple(self._border(rank) for rank in range(len(self.levels) - 1))

    def _border(self, rank: int) -> Border:
        from scipy.spatial import cKDTree

        upper, lower = self.part(rank), self.part(rank + 1)
        found = cKDTree(lower).query(upper)
        apart, which = np.asarray(found[0]), np.asarray(found[1])
        facing = apart <= apart.min() + TOUCHING * min(self.bone.grid.spacing_mm)
        points = (upper[facing] + lower[which[facing]]) / 2.0
        return Border(point_mm=points.mean(axis=0), up=self._across(points), points_mm=points)

    def _across(self, points: Floats) -> Floats:
        """The way across a sheet of points, to the head; the sacrum's own where they make no sheet."""
        spread, ways = np.linalg.eigh(np.cov(points.T)) if len(points) > 3 else (np.zeros(3), np.eye(3))
        if spread[1] <= min(self.bone.grid.spacing_mm) ** 2:
            return self.up
        return np.asarray(ways[:, 0] if ways[:, 0] @ self.up > 0 else -ways[:, 0])

    @cached_property
    def exits(self) -> Mapping[Root, Exit]:
        """Where each root of S1 to S5 leaves."""
        return {one.root: one for rank, level in enumerate(SEGMENTS) for one in self._leaving(rank, level)}

    def _leaving(self, rank: int, level: Level) -> Iterator[Exit]:
        """Both roots of a segment, at its lower border; a labelled one where its label comes nearest to that."""
        if rank < len(self.borders):
            sheet, up = self.borders[rank].points_mm, self.borders[rank].up
        else:
            heights = self.part(rank) @ self.up
            sheet, up = self.part(rank)[heights <= heights.min() + max(self.bone.grid.spacing_mm)], self.up
        for side, sign in SIGNS.items():
            mine = sheet[sign * self.aside_mm(sheet) >= 0.0]
            point = (mine if len(mine) else sheet).mean(axis=0)
            seen = self._labelled(level, side, point)
            yield Exit(
                root=root(str(level), side),
                point_mm=point if seen is None else seen,
                limit_mm=point + REMNANT.number * up if seen is None else seen,
                up=up,
                basis=f"the lower border of {level}" if seen is None else BY_LABEL,
            )

    def _labelled(self, level: Level, side: Side, near_mm: Floats) -> Floats | None:
        named = Structure(kind=StructureKind.NERVE_ROOT, level=level, side=side)
        labels = self.images.map_of(named)
        if labels is None:
            return None
        held = labels.points_mm(named)
        return np.asarray(held[int(np.argmin(np.linalg.norm(held - near_mm, axis=1)))])

    @cached_property
    def courses(self) -> Mapping[Root, Mask]:
        """For each root the bone between the middle and where it leaves, above that: it runs there, and no blade may.

        It begins a voxel low, so that a cut which stays off it stays off the root with half a voxel to spare.
        """
        points = self.bone.points_mm
        aside = self.aside_mm(points)
        return {one.root: self._course(one, points, aside) for one in self.exits.values()}

    def _course(self, one: Exit, points: Floats, aside: Floats) -> Mask:
        sign, rank = SIGNS[one.root.side], SEGMENTS.index(Level(one.root.nerve))
        width = sign * float(self.aside_mm(one.point_mm[None])[0])
        above = (points - one.limit_mm) @ one.up > HAIR_MM - 2.0 * float(half_voxel_mm(self.bone.grid, one.up))
        within = (sign * aside >= -HAIR_MM) & (sign * aside <= width + HAIR_MM)
        lowest = rank + 1 if one.basis == BY_LABEL else rank  # a labelled root may be seen to leave lower
        return np.asarray(above & within & (self.ranks <= lowest))


def sacrum_of(images: Images, bone: Bone, levels: tuple[Level, ...]) -> Sacrum:
    """The sacrum whose segments are ``levels``, all of them labelled, which make up ``bone``."""
    ranks = np.zeros(len(bone.points_mm), np.int64)
    for rank, level in enumerate(levels):
        labels = images.map_of(vertebra(level))
        if labels is not None:
            ranks[labels.holds(vertebra(level), bone.points_mm)] = rank
    return Sacrum(images=images, levels=levels, bone=bone, ranks=ranks)


def _unit(way: Floats) -> Floats:
    return np.asarray(way / np.linalg.norm(way))
