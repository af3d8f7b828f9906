"""One pass over a vertebra and a tumour: how much of each part, sector and layer is tumour."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Layer, Level, Part, Side, StructureKind, tumour, vertebra
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.mark import Mark
from enbloc.kernels import regions
from enbloc.kernels.slabs import stacked
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.heights import from_index
from enbloc.measure.spine.parts import CODES, Parts, code
from enbloc.measure.spine.vertebra import Box, Vertebra, cut_through, half_voxel
from enbloc.measure.tumour.amount import Amount, amount, together
from enbloc.measure.tumour.drawing import first, outlined, plane_at
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import FORAMEN_REACH, LEVEL_INVOLVED, SECTOR_SHARE, SECTOR_VOLUME

Floats = NDArray[np.float64]
HEIGHT_STEP_MM = 2.0
TURNS = 120
LAYERS = (Layer.A, Layer.B, Layer.C, Layer.D, Layer.E)
"""The layers in the order of the kernel's rings."""
EVERYWHERE = slice(None)
NO_FRAME = "no vertebra at the tumour has a frame"
IN_CANAL = (regions.WITHIN, regions.CENTRE)


@dataclass(frozen=True, eq=False, kw_only=True)
class Tally:
    """One vertebra and one tumour; amounts in voxels of the vertebra's grid, as the kernel `regions.tallied` has them.

    ``table`` has shape (parts + 1, sectors, layers, 4), its first row is not bone; ``zones`` shape (4, 4). ``through``
    is the area, mm², through which the tumour leaves the bone, by part and layer on the far side, ``through_at`` the
    middle of it in the patient. ``shift`` is how far a surface may move, in voxels.
    """

    one: Vertebra
    mass: Tumour
    parts: Parts
    table: Floats
    zones: Floats
    through: Floats
    through_at: Floats
    shift: float

    @cached_property
    def voxel_cc(self) -> float:
        """The volume of a voxel of the vertebra's grid."""
        return self.one.crop.grid.voxel_cc

    def amount(self, counts: Floats, *, in_bone: bool = True) -> Amount:
        """An amount of the table or of the zones."""
        return amount(counts, self.voxel_cc, self.shift, in_bone=in_bone)

    def of_part(self, part: Part, side: Side | None = None, sectors: slice = EVERYWHERE) -> Amount:
        """Tumour in one part of the vertebra, or in what of it lies in some sectors."""
        return self.amount(self.table[code(part, side), sectors].sum(axis=(0, 1)))

    def of_zones(self, *zones: int, in_bone: bool = True) -> Amount:
        """Tumour in zones of the kernel, taken together."""
        return self.amount(self.zones[list(zones)].sum(axis=0), in_bone=in_bone)

    def of_layer(self, *rings: int) -> Amount:
        """Tumour in layers, taken together."""
        in_bone = set(rings) <= {regions.OUTER, regions.INNER}
        return self.amount(self.table[:, :, list(rings)].sum(axis=(0, 1, 2)), in_bone=in_bone)

    @cached_property
    def view(self) -> tuple[Plane, tuple[Mark, ...]]:
        """The plane across the vertebra that shows its tumour, and the outlines of tumour and bone on it.

        That at the level of the pedicles if the tumour reaches it, where sectors are told apart; else the nearest.
        """
        z = self.one.inside(self.mass.points_mm)[:, 2]
        pedicles = float(self.one.hole_mm[2])
        height = float(z[np.argmin(np.abs(z - pedicles))])
        height = pedicles if abs(height - pedicles) <= self.one.error_mm(2) else height
        at = np.array(self.one.at(0.0, float(self.one.hole_mm[1]), height))
        return plane_at(at, self.one.axes[2]), self.drawn_at(at)

    def drawn_at(self, at_mm: Floats) -> tuple[Mark, ...]:
        """The outlines of the tumour and of the bone on the plane across the vertebra through a place."""
        plane = plane_at(at_mm, self.one.axes[2])
        words = f"tumour {self.mass.lesion}"
        drawn = outlined(self.mass.mask, self.mass.grid, plane, words, most=3)
        bone = outlined(self.one.crop.mask, self.one.crop.grid, plane, f"{self.one.level}", most=1)
        return first((*drawn, *bone))

    @cached_property
    def where(self) -> dict[str, Any]:
        """Where to look at what was measured of this vertebra."""
        points = self.mass.points_mm
        near = points[np.argmin(np.linalg.norm(points - self.one.origin, axis=1))]
        plane, marks = self.view
        return {
            "document": self.mass.labels.document,
            "place": f"tumour {self.mass.lesion} at {self.one.level}",
            "at_mm": triple(near),
            "shows": plane,
            "marks": marks,
        }

    @property
    def sectors(self) -> list[Amount]:
        """Tumour in the twelve sectors: in their bone, or around it where none is in the bone."""
        parts = self.table[1:] if self.is_in_bone else self.table
        return [self.amount(counts, in_bone=self.is_in_bone) for counts in parts.sum(axis=(0, 2))]

    @property
    def is_in_bone(self) -> bool:
        """Whether there is tumour in the bone; if not, sectors go by the tumour around it."""
        taken = float(self.table[1:, :, :, regions.TAKEN].sum())
        return taken * self.voxel_cc >= LEVEL_INVOLVED.number

    @property
    def needed(self) -> list[float]:
        """The volume of tumour that involves each sector, cc."""
        bone = self.table[1:, :, :, regions.HOST].sum(axis=(0, 2)) * self.voxel_cc
        return [max(SECTOR_VOLUME.number, SECTOR_SHARE.number / 100.0 * float(cc)) for cc in bone]


@dataclass(frozen=True, eq=False, kw_only=True)
class Bone:
    """What of a tally no tumour changes: the heights and the walls of a vertebra, and its bone by part and place."""

    zs: Floats
    near: Floats
    far: Floats
    table: Floats
    zones: Floats


_BONES: WeakKeyDictionary[Parts, Bone] = WeakKeyDictionary()
"""Kept as long as the parts of the column are, so that an edit of the tumour does not pass over the bone again."""


def _bone(one: Vertebra, parts: Parts, column: Column) -> Bone:
    if (found := _BONES.get(parts)) is not None:
        return found
    low, high = reach(one, column.spine)
    zs = np.arange(low, high + HEIGHT_STEP_MM, HEIGHT_STEP_MM)
    matrix, offset = _from_index(one, one.crop.grid)
    near, far = regions.walls(parts.codes, matrix, offset, zs, TURNS)
    none = np.zeros_like(parts.codes)
    scene = regions.Scene(none, parts.codes, matrix, offset, zs, near, far, _cuts(one), _extent(one))
    table, zones = regions.hosted(scene, len(CODES))
    _BONES[parts] = Bone(zs=zs, near=near, far=far, table=table, zones=zones)
    return _BONES[parts]


def tally(images: Images, column: Column, level: Level, mass: Tumour) -> Tally:
    """One pass over the voxels of a tumour in and around a vertebra."""
    one, parts = column.spine[level], column.parts[level]
    bone = _bone(one, parts, column)
    scene = _scene(images, one, parts, bone, mass)
    table, zones = regions.tallied(scene, len(CODES))
    a, b, c = one.crop.grid.spacing_mm
    through, places = regions.crossings(scene, np.array([b * c, a * c, a * b]), len(CODES))
    x, y, _ = one.hole_mm
    own = places / np.maximum(through, 1e-9)[..., None] + np.array([x, y, 0.0])
    return Tally(
        one=one,
        mass=mass,
        parts=parts,
        table=bone.table + table,
        zones=bone.zones + zones,
        through=through,
        through_at=one.origin + own @ one.axes,
        shift=shift_of(mass, one.crop.grid, one.crop.labels.error_mm),
    )


def shift_of(mass: Tumour, grid: Grid, error_mm: float = 0.0) -> float:
    """How far the tumour's surface may move, in voxels of a grid that it is looked up on.

    That is half a voxel, of the tumour's own grid or of that one, whichever is the longer, and what its map states.
    """
    error = max(mass.labels.error_mm, error_mm)
    ways = zip(grid.directions.T, grid.spacing_mm, strict=True)
    moved = [max(half_voxel(mass.grid, way), 0.5 * spacing) + error for way, spacing in ways]
    return float(np.mean(np.array(moved) / np.array(grid.spacing_mm)))


def _scene(images: Images, one: Vertebra, parts: Parts, bone: Bone, mass: Tumour) -> regions.Scene:
    """The voxels around the tumour, and what parts the vertebra that they lie in or beside."""
    whole = one.crop.labels.grid
    box = _box(whole, mass)
    codes = np.zeros(whole.cropped(box).shape, np.uint8)
    inner, outer = _overlap(one.crop.box, box)
    codes[outer] = parts.codes[inner]
    matrix, offset = _from_index(one, whole.cropped(box))
    bits = _bits(images, one.level, mass, whole, box)
    return regions.Scene(bits, codes, matrix, offset, bone.zs, bone.near, bone.far, _cuts(one), _extent(one))


def _overlap(first: Box, second: Box) -> tuple[Box, Box]:
    """Where two boxes overlap, as boxes within the first and within the second."""
    pairs = []
    for one, other in zip(first, second, strict=True):
        start = max(one.start, other.start)
        stop = max(start, min(one.stop, other.stop))
        pairs.append((slice(start - one.start, stop - one.start), slice(start - other.start, stop - other.start)))
    (a, p), (b, q), (c, r) = pairs
    return (a, b, c), (p, q, r)


def _from_index(one: Vertebra, grid: Grid) -> tuple[Floats, Floats]:
    """From the indices of a grid to the frame of a vertebra, its origin moved to the middle of the canal."""
    matrix, offset = from_index(one, grid.affine)
    x, y, _ = one.hole_mm
    return matrix, offset - np.array([x, y, 0.0])


def _extent(one: Vertebra) -> Floats:
    """The size of a voxel across the vertebra, along x and y."""
    return np.array([2.0 * half_voxel(one.crop.grid, one.axes[axis]) for axis in (0, 1)])


def _box(whole: Grid, mass: Tumour) -> Box:
    """The box around the tumour on the grid of the vertebrae's map, a voxel wider; empty where it lies outside."""
    at = whole.indices(mass.corners_mm)
    low, high = np.floor(at.min(axis=0)) - 1, np.ceil(at.max(axis=0)) + 2
    starts = [min(size, max(0, int(start))) for start, size in zip(low, whole.shape, strict=True)]
    stops = [min(size, max(0, int(stop))) for stop, size in zip(high, whole.shape, strict=True)]
    a, b, c = (slice(start, max(start, stop)) for start, stop in zip(starts, stops, strict=True))
    return (a, b, c)


def _cuts(one: Vertebra) -> Floats:
    """The numbers that part a vertebra, from the middle of its canal; see `regions.Scene`."""
    outer = one.pedicle_mm + FORAMEN_REACH.number
    border = 1.25 * max(one.half_width_mm, one.half_depth_mm)
    plane = one.back_mm - float(one.hole_mm[1])
    return np.array([plane, one.half_width_mm, outer, one.half_depth_mm, border])


def reach(one: Vertebra, spine: Mapping[Level, Vertebra]) -> tuple[float, float]:
    """The heights that belong to a vertebra: halfway to its neighbours, or a little beyond its own body."""
    low, high = one.low_mm - 4.0, one.high_mm + 4.0
    levels = list(spine)
    at = levels.index(one.level)
    if at > 0:
        high = 0.5 * float(one.inside(spine[levels[at - 1]].origin[None])[0, 2])
    if at < len(levels) - 1:
        low = 0.5 * float(one.inside(spine[levels[at + 1]].origin[None])[0, 2])
    return min(low, one.low_mm), max(high, one.high_mm)


def _bits(images: Images, level: Level, mass: Tumour, whole: Grid, box: Box) -> NDArray[np.uint8]:
    """What each voxel of a box is, in the bits of the kernel."""
    bits = np.zeros(whole.cropped(box).shape, np.uint8)
    for labels in images.labels.values():
        table = _meaning(labels, level, mass.lesion if labels is mass.labels else "")
        if table.any():
            bits |= table[_on(labels, whole, box)]
    return bits


def _meaning(labels: LabelMap, level: Level, lesion: str) -> NDArray[np.uint8]:
    """The bits of every id of a label map, shape (largest id + 1,)."""
    table = np.zeros(int(np.iinfo(labels.labels.dtype).max) + 1, np.uint8)
    for number, named in labels.names.items():
        if named.kind is StructureKind.VERTEBRA and named != vertebra(level):
            table[number] = regions.OTHER
        elif lesion and named == tumour(lesion):
            table[number] = regions.GUEST
        elif named in (SAC, CORD):
            table[number] = regions.HOLE | regions.CORE
        elif named == CANAL:
            table[number] = regions.HOLE
    return table


def _on(labels: LabelMap, whole: Grid, box: Box) -> NDArray[np.integer]:
    """The labels on a part of another grid: a view where both are the same, else the nearest voxels."""
    if labels.grid.is_same_as(whole):
        return np.asarray(labels.labels[box])
    grid = whole.cropped(box)
    origins = grid.points_mm(np.stack([np.arange(grid.shape[0]), *np.zeros((2, grid.shape[0]))], axis=1))
    step = np.ones_like(origins)
    inverse = labels.grid.inverse
    return stacked(
        labels.labels,
        np.ascontiguousarray(inverse[:3, :3]),
        inverse[:3, 3].copy(),
        origins,
        step * grid.affine[:3, 1],
        step * grid.affine[:3, 2],
        np.arange(float(grid.shape[1])),
        np.arange(float(grid.shape[2])),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Involved:
    """All vertebrae that a tumour involves, with one tally each, and those that are not seen whole, in words."""

    mass: Tumour
    tallies: tuple[Tally, ...]
    unseen: tuple[str, ...]

    @property
    def why_not(self) -> str:
        """Why nothing can be said of the vertebrae at the tumour; empty if something can."""
        return "" if self.tallies else "; ".join(self.unseen) or NO_FRAME

    @property
    def uncounted(self) -> list[str]:
        """What is not in the sums, in notes."""
        return [f"{one}: tumour there is not counted" for one in self.unseen]

    def of_layer(self, *rings: int) -> Amount:
        """Tumour in layers, at all levels together."""
        return together(held.of_layer(*rings) for held in self.tallies)


def involved(images: Images, mass: Tumour, column: Column) -> Involved:
    """The vertebrae that the tumour involves, or else that nearest to it, tallied."""
    main = mass.main_level(column.spine)
    levels = mass.levels or ((main,) if main is not None else ())
    tallies = tuple(tally(images, column, level, mass) for level in levels if level in column.spine)
    return Involved(mass=mass, tallies=tallies, unseen=unseen_parts(levels, column.spine))


def unseen_parts(levels: Collection[Level], spine: Mapping[Level, Vertebra]) -> tuple[str, ...]:
    """Which involved vertebrae are not seen whole, and why: tumour there is not counted, so that none is not none."""
    cut = {level: cut_through(spine[level].crop) for level in levels if level in spine}
    without = [f"{level} has no frame" for level in levels if level not in spine]
    edges = [f"{level} is cut by the {' and '.join(held)} edge of the scan" for level, held in cut.items() if held]
    return (*without, *edges)
