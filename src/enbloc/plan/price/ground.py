"""What a price reads off a labelled column whatever the cuts are, each when first asked and kept with the column."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Level, Part, Side, Structure, vertebra
from enbloc.case.image import Grid, Images
from enbloc.measure.spine.column import Column, once
from enbloc.measure.spine.parts import Parts, code
from enbloc.measure.spine.vertebra import Crop, Vertebra, crop_of
from enbloc.measure.tumour.mass import enclosed
from enbloc.plan.anatomy import SIGNS
from enbloc.plan.cutting.piece import Bools, Floats

Indices = NDArray[np.intp]
Read = TypeVar("Read")
BINS = 18  # parts of the wall of a body on one side, each of ten degrees


@dataclass(frozen=True, eq=False, kw_only=True)
class Cloud:
    """Points in the patient, shape (n, 3), with the grid that they were read from."""

    points_mm: Floats
    grid: Grid

    @cached_property
    def corners_mm(self) -> Floats:
        """The corners of the smallest box around them, shape (8, 3)."""
        ends = (self.points_mm.min(axis=0), self.points_mm.max(axis=0))
        return np.array([[ends[a][0], ends[b][1], ends[c][2]] for a in (0, 1) for b in (0, 1) for c in (0, 1)])


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """One labelled vertebra, voxel by voxel in the order of its crop; ``one`` and ``parts`` where it has a frame."""

    crop: Crop
    one: Vertebra | None
    parts: Parts | None

    @cached_property
    def cloud(self) -> Cloud:
        """Its voxels."""
        return Cloud(points_mm=self.crop.points_mm, grid=self.crop.grid)

    @cached_property
    def codes(self) -> NDArray[np.uint8] | None:
        """The part that each voxel belongs to, as `Parts` has it."""
        return None if self.parts is None else self.parts.codes[self.crop.mask > 0]

    def of(self, part: Part, side: Side | None = None) -> Bools:
        """Which voxels belong to a part; none where the parts cannot be told."""
        if self.codes is None:
            return np.zeros(len(self.cloud.points_mm), np.bool_)
        return np.asarray(self.codes == code(part, side))

    @cached_property
    def halves(self) -> Floats:
        """The share of each voxel that its bone may have too much or too little: a half on the rim."""
        return np.where(enclosed(self.crop.mask)[self.crop.mask > 0], 0.0, 0.5)

    @cached_property
    def body(self) -> Bools:
        """Which voxels are of the body, with the bone at which ribs meet it."""
        if self.one is None:
            return self.of(Part.BODY)
        at_rib = self.of(Part.COSTOVERTEBRAL, Side.LEFT) | self.of(Part.COSTOVERTEBRAL, Side.RIGHT)
        return self.of(Part.BODY) | at_rib & (self.one.own_mm[:, 1] < self.one.back_mm)

    @cached_property
    def flanks(self) -> Mapping[Side, Indices]:
        """The outermost bone of the body at its middle height, in front of the pedicle of each side; none frameless."""
        return {} if self.one is None else {side: _flank(self.one, side) for side in Side}

    @cached_property
    def front(self) -> Indices:
        """The foremost voxels of the body between its ends."""
        return self._wall(self.body, -1.0)

    @cached_property
    def back(self) -> Indices:
        """The rearmost voxels of the body between its ends, as wide as the canal that they face."""
        if self.one is None:
            return np.zeros(0, np.intp)
        wide = np.abs(self.one.own_mm[:, 0] - self.one.hole_mm[0]) <= self.one.half_width_mm
        return self._wall(self.body & wide, 1.0)

    def _wall(self, mine: Bools, sign: float) -> Indices:
        """In each column of voxels along the depth of the body the one that lies furthest to the back, or front."""
        one = self.one
        if one is None:
            return np.zeros(0, np.intp)
        own = one.own_mm
        here = np.flatnonzero(mine & (own[:, 2] >= one.low_mm) & (own[:, 2] <= one.high_mm))
        steps = 2.0 * np.array([one.error_mm(0), one.error_mm(2)])
        cells = np.floor(own[here][:, (0, 2)] / steps).astype(np.intp)
        order = np.lexsort((sign * own[here, 1], cells[:, 1], cells[:, 0]))
        cells = cells[order]
        last = np.append((cells[1:] != cells[:-1]).any(axis=1), True)[: len(cells)]
        outer = here[order][last]
        # At the rims of its ends a column may hold no more than bone of the other wall.
        return np.asarray(outer[sign * own[outer, 1] > 0.0])

    def end(self, *, upper: bool) -> Indices:
        """The uppermost or lowermost bone, two voxels deep."""
        axis = np.array([0.0, 0.0, 1.0]) if self.one is None else self.one.axes[2]
        heights = (1.0 if upper else -1.0) * (self.cloud.points_mm @ axis)
        return np.flatnonzero(heights >= heights.max() - 2.0 * max(self.crop.grid.spacing_mm))


@dataclass(frozen=True, eq=False, kw_only=True)
class Dura:
    """The voxels that share faces with sac and cord: ``faces``, shape (n, 3), counts them along each axis.

    ``areas_mm2`` are those of one face along each axis, ``in_bone`` are the voxels that lie in a vertebra.
    """

    cloud: Cloud
    faces: NDArray[np.int64]
    areas_mm2: tuple[float, float, float]
    in_bone: Bools

    def area_mm2(self, here: Bools) -> float:
        """What the faces of some of the voxels add up to."""
        counts = self.faces[here].sum(axis=0)
        return math.fsum(area * int(faces) for area, faces in zip(self.areas_mm2, counts, strict=True))


@dataclass(frozen=True, eq=False, kw_only=True)
class Ground:
    """The vertebrae, the labelled structures and the dura's neighbourhood of one column."""

    images: Images
    levels: tuple[Level, ...]
    spine: Mapping[Level, Vertebra]
    parts: Mapping[Level, Parts]
    _blocks: dict[Level, Block] = field(default_factory=dict, init=False, repr=False)
    _clouds: dict[Structure, Cloud | None] = field(default_factory=dict, init=False, repr=False)
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    def kept(self, read: Callable[[Ground], Read]) -> Read:
        """What a step reads off the ground alone: read when first asked."""
        if read not in self._kept:
            self._kept[read] = read(self)
        held: Read = self._kept[read]
        return held

    def block(self, level: Level) -> Block:
        """A labelled vertebra."""
        if level not in self._blocks:
            one = self.spine.get(level)
            crop = crop_of(self.images, level) if one is None else one.crop
            self._blocks[level] = Block(crop=crop, one=one, parts=self.parts.get(level))
        return self._blocks[level]

    def cloud(self, named: Structure) -> Cloud | None:
        """The centres of the voxels of a structure; nothing for one without a label."""
        if named not in self._clouds:
            labels = self.images.map_of(named)
            if labels is None:
                self._clouds[named] = None
            else:
                box = labels.boxes[named]
                points = labels.grid.cropped(box).points_mm(np.argwhere(labels.mask(named, box)))
                self._clouds[named] = Cloud(points_mm=points, grid=labels.grid)
        return self._clouds[named]

    @cached_property
    def dura(self) -> Dura | None:
        """What lies beside the sac; nothing while none is labelled."""
        labels = self.images.map_of(SAC)
        if labels is None:
            return None
        a, b, c = (slice(max(0, part.start - 1), part.stop + 1) for part in labels.boxes[SAC])
        inside = labels.mask(SAC, (a, b, c)) | labels.mask(CORD, (a, b, c))
        a, b, c = (slice(part.start, part.start + size) for part, size in zip((a, b, c), inside.shape, strict=True))
        grid = labels.grid.cropped((a, b, c))
        shared = _shared(inside)
        beside = shared.any(axis=-1)
        points = grid.points_mm(np.argwhere(beside))
        edges = grid.affine[:3, :3]
        first, second, third = (
            float(np.linalg.norm(np.cross(edges[:, axis - 1], edges[:, axis - 2]))) for axis in range(3)
        )
        return Dura(
            cloud=Cloud(points_mm=points, grid=grid),
            faces=shared[beside],
            areas_mm2=(first, second, third),
            in_bone=self._in_bone(points),
        )

    def _in_bone(self, points_mm: Floats) -> Bools:
        held = np.zeros(len(points_mm), np.bool_)
        for level in self.levels:
            labels = self.images.map_of(vertebra(level))
            if labels is not None:
                held |= labels.holds(vertebra(level), points_mm)
        return held


@once
def ground_of(column: Column) -> Ground:
    """The ground of a column, kept as long as the column is."""
    # It may not hold the column itself, which would then be kept for ever.
    return Ground(images=column.images, levels=column.levels, spine=column.spine, parts=column.parts)


def _shared(inside: Bools) -> NDArray[np.int64]:
    """How many faces each voxel outside of a mask shares with it along each axis, shape (a, b, c, 3)."""
    shared = np.zeros((*inside.shape, 3), np.int64)
    for axis in range(3):
        mine, mask = np.moveaxis(shared[..., axis], axis, 0), np.moveaxis(inside, axis, 0)
        mine[1:] += mask[:-1]
        mine[:-1] += mask[1:]
    shared[inside] = 0
    return shared


def _flank(one: Vertebra, side: Side) -> Indices:
    own, sign = one.own_mm, SIGNS[side]
    slab = (np.abs(own[:, 2]) <= one.error_mm(2)) & (own[:, 1] < one.back_mm) & (sign * own[:, 0] > 0.0)
    here = np.flatnonzero(slab)
    angle = np.arctan2(-own[here, 1], sign * own[here, 0])  # from the back of the side to the front
    bins = np.clip(((angle + math.pi / 2) / math.pi * BINS).astype(np.intp), 0, BINS - 1)
    reach = np.hypot(own[here, 0], own[here, 1])
    outer = [here[bins == at][int(np.argmax(reach[bins == at]))] for at in np.unique(bins)]
    return np.array(outer, np.intp)
