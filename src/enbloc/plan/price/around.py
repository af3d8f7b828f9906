"""What lies around the bone that pieces take: discs, segmental arteries, ribs, and the dura that they touch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from enbloc.case.anatomy import CORD, SAC, Level, Part, Side, Structure, StructureKind, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.case.image import Grid, Images
from enbloc.case.sided import SegmentalArtery
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.cutting.piece import Bools, Floats, Piece, takes
from enbloc.plan.price.roots import BY_LABEL, are_neighbours, voxels_of
from enbloc.value import value

BY_ENDPLATES = "the space between its two endplates"
NOT_PLACED = "not known: no label, and its endplates cannot be placed"
BY_JOINT = "the joint of the rib with the vertebra"
ACROSS = np.linspace(-1.0, 1.0, 21)  # where an endplate is looked at, as shares of half its width and depth
BINS = 18  # parts of the wall of a body on one side, each of ten degrees


@value
class DiscTaken:
    """A disc that a piece takes some of: ``percent`` of its label, or nothing where it is told by the endplates.

    Where neither shows it, and bone beside it goes, it may be taken: ``basis`` says that it is not known.
    """

    above: Level
    below: Level
    percent: float | None
    basis: str

    def __str__(self) -> str:
        said = self.basis if self.basis == NOT_PLACED else f"inferred: {self.basis}"
        said = said if self.percent is None else f"{self.percent:.0f} %"
        return f"disc {self.above}/{self.below} ({said})"


@value
class ArteryTaken:
    """A segmental artery at the middle of its body: the wall that it runs on goes, or is sawn through.

    ``is_certain`` if some of the wall goes wherever within half a voxel the cuts lie.
    """

    artery: SegmentalArtery
    is_certain: bool


@value
class Arteries:
    """The segmental arteries that run on bone that goes; ``unknown`` names the walls of bodies that were not seen."""

    taken: tuple[ArteryTaken, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def cut(self) -> tuple[SegmentalArtery, ...]:
        """Those that go, certain or not, head to foot."""
        return tuple(one.artery for one in self.taken)


@value
class RibTaken:
    """A rib that is cut or freed from its vertebra: ``cc`` of its label, or nothing where only its joint is seen."""

    level: Level
    side: Side
    cc: float | None
    basis: str

    def __str__(self) -> str:
        said = f"{self.cc:.2f} cc" if self.cc is not None else f"inferred: {self.basis}"
        return f"rib {self.level} {self.side.value} ({said})"


@value
class DuraContact:
    """The dura that bone or tumour of the pieces touches: between these areas, by the faces of the voxels of both.

    Faces of voxels add up to the area itself at least, and to the root of three times it at most.
    """

    area_mm2: Interval

    def __str__(self) -> str:
        return f"dura touched over {self.area_mm2.low:.0f} to {self.area_mm2.high:.0f} mm²"


def discs_taken(pieces: Sequence[Piece], column: Column) -> tuple[DiscTaken, ...]:
    """The discs that pieces take some of, head to foot."""
    found = (_disc(pieces, column, *pair) for pair in pairwise(column.levels) if are_neighbours(*pair))
    return tuple(one for one in found if one is not None)


def _disc(pieces: Sequence[Piece], column: Column, above: Level, below: Level) -> DiscTaken | None:
    named = Structure(kind=StructureKind.DISC, level=above)
    labels = column.images.map_of(named)
    if labels is not None:
        points = voxels_of(labels, named)
        if not takes(pieces, points, labels.grid, way=1.0).any():
            return None
        share = 100.0 * float(takes(pieces, points).mean())
        return DiscTaken(above=above, below=below, percent=share, basis=BY_LABEL)
    upper, lower = _plate(column, above, is_lower=True), _plate(column, below, is_lower=False)
    if upper is None or lower is None:
        crops = (column.crop(above), column.crop(below))
        near = any(takes(pieces, crop.points_mm, crop.grid, way=1.0).any() for crop in crops)
        return DiscTaken(above=above, below=below, percent=None, basis=NOT_PLACED) if near else None
    down = np.linspace(0.0, 1.0, 9)[:, None, None]
    points = ((1.0 - down) * upper + down * lower).reshape(-1, 3)
    if not takes(pieces, points, column.crop(above).grid, way=1.0).any():
        return None
    return DiscTaken(above=above, below=below, percent=None, basis=BY_ENDPLATES)


def _plate(column: Column, level: Level, *, is_lower: bool) -> Floats | None:
    """Points all over an endplate, shape (n, 3), as wide and deep as its body; nothing where it cannot be placed."""
    one = column.spine.get(level)
    plate = None if one is None else one.lower if is_lower else one.upper
    if one is None or plate is None:
        return None
    body = one.own_mm[column.parts[level].mask(Part.BODY)[one.crop.mask > 0]]
    wide, deep = 0.5 * np.ptp(body[:, :2], axis=0)
    u, v = (grid.ravel() for grid in np.meshgrid(ACROSS, ACROSS))
    inside = u**2 + v**2 <= 1.0
    return np.asarray(
        plate.centre_mm + np.outer(wide * u[inside], one.axes[0]) + np.outer(deep * v[inside], one.axes[1])
    )


def arteries_taken(pieces: Sequence[Piece], column: Column) -> Arteries:
    """The segmental arteries of the thoracic and lumbar levels that lose the wall that these run on, at mid-body."""
    taken, unseen = [], []
    for level in column.levels:
        if f"{level} left" not in SegmentalArtery._value2member_map_:
            continue
        crop = column.crop(level)
        if not takes(pieces, crop.points_mm, crop.grid, way=1.0).any():
            continue
        for side in Side:
            wall = _wall(column.spine[level], side) if level in column.spine else None
            if wall is None or not len(wall):
                unseen.append(f"the wall of {level} on the {side.value} at mid-body")
            elif takes(pieces, wall, crop.grid, way=1.0).any():
                certain = bool(takes(pieces, wall, crop.grid, way=-1.0).any())
                taken.append(ArteryTaken(artery=SegmentalArtery(f"{level} {side.value}"), is_certain=certain))
    return Arteries(taken=tuple(taken), unknown=tuple(unseen))


def _wall(one: Vertebra, side: Side) -> Floats:
    """The outermost bone of the body on one side at its middle height, in front of the pedicle, shape (n, 3)."""
    own, sign = one.own_mm, 1.0 if side is Side.LEFT else -1.0
    slab = (np.abs(own[:, 2]) <= one.error_mm(2)) & (own[:, 1] < one.back_mm) & (sign * own[:, 0] > 0.0)
    here = np.flatnonzero(slab)
    angle = np.arctan2(-own[here, 1], sign * own[here, 0])  # from the back of the side to the front
    bins = np.clip(((angle + math.pi / 2) / math.pi * BINS).astype(np.intp), 0, BINS - 1)
    reach = np.hypot(own[here, 0], own[here, 1])
    outer = [here[bins == at][int(np.argmax(reach[bins == at]))] for at in np.unique(bins)]
    return one.crop.points_mm[outer]


def ribs_taken(pieces: Sequence[Piece], column: Column) -> tuple[RibTaken, ...]:
    """The ribs that pieces take some of, or whose joint with the vertebra goes, head to foot."""
    return tuple(
        found for level in column.levels for side in Side if (found := _rib(pieces, column, level, side)) is not None
    )


def _rib(pieces: Sequence[Piece], column: Column, level: Level, side: Side) -> RibTaken | None:
    named = Structure(kind=StructureKind.RIB, level=level, side=side)
    labels = column.images.map_of(named)
    if labels is not None:
        points = voxels_of(labels, named)
        if takes(pieces, points, labels.grid, way=1.0).any():
            cc = int(takes(pieces, points).sum()) * labels.grid.voxel_cc
            return RibTaken(level=level, side=side, cc=cc, basis=BY_LABEL)
    if level not in column.parts:
        return None
    crop = column.spine[level].crop
    joint = crop.points_mm[column.parts[level].mask(Part.COSTOVERTEBRAL, side)[crop.mask > 0]]
    if not takes(pieces, joint, crop.grid, way=1.0).any():
        return None
    return RibTaken(level=level, side=side, cc=None, basis=BY_JOINT)


def dura_contact(pieces: Sequence[Piece], column: Column, lesion: str) -> DuraContact | Unknown:
    """How much dura the bone and the tumour of the pieces touch; open while no sac is labelled."""
    labels = column.images.map_of(SAC)
    if labels is None:
        return unknown("label of the thecal sac")
    a, b, c = (slice(max(0, part.start - 1), part.stop + 1) for part in labels.boxes[SAC])
    grid = labels.grid.cropped((a, b, c))
    inside = labels.mask(SAC, (a, b, c)) | labels.mask(CORD, (a, b, c))
    points = grid.points_mm(np.argwhere(~inside))
    touching = np.zeros(inside.shape, np.bool_)
    touching[~inside] = _solid(column.images, column.levels, lesion, points) & takes(pieces, points)
    faces = sum(_faces(inside, touching, grid))
    return DuraContact(area_mm2=Interval(low=faces / math.sqrt(3.0), high=faces))


def _solid(images: Images, levels: Sequence[Level], lesion: str, points_mm: Floats) -> Bools:
    """Which points lie in bone or in the tumour."""
    held = np.zeros(len(points_mm), np.bool_)
    bones = [Structure(kind=StructureKind.VERTEBRA, level=level) for level in levels]
    for named in (*bones, tumour(lesion)):
        labels = images.map_of(named)
        if labels is not None:
            held |= labels.holds(named, points_mm)
    return held


def _faces(inside: Bools, touching: Bools, grid: Grid) -> Iterator[float]:
    """The areas of the faces that voxels of two masks share, mm², along each axis."""
    edges = grid.affine[:3, :3]
    for axis in range(3):
        area = float(np.linalg.norm(np.cross(edges[:, axis - 1], edges[:, axis - 2])))
        first, second = (np.moveaxis(mask, axis, 0) for mask in (inside, touching))
        shared = int((first[1:] & second[:-1]).sum()) + int((first[:-1] & second[1:]).sum())
        yield area * shared
