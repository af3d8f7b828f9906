"""The margin of a planned specimen: how far every point of the tumour's surface lies from the nearest cut or barrier.

A cut counts as an endless plane, its face on the tumour's side: a sheet that ends early never lies nearer than that.
Dura bounds wherever it is. Cortex and disc bound the specimen where no blade lies beyond them: where one does, as
through the disc beyond an endplate, the specimen goes on to the blade, and the barrier is told beside it
(``FaceMargin.each``).
What the voxels leave open is told in ``surface``; the low end of an interval is never above the true distance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.finding import Interval
from enbloc.case.geometry import Pose, triple
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.kernels.distances import tiled
from enbloc.kernels.offsets import gaps
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.cutting.shell import Shell
from enbloc.plan.margin.classes import Face, FaceMargin, face_of, faces_of, possible, unbounded, worst_of
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.plan.margin.parameters import BEYOND, LOWEST_SHARE, NEAR
from enbloc.plan.margin.surface import Barrier, BarrierKind, Barriers, Surface
from enbloc.plan.rounding import HAIR_MM, tenth_down, tenth_up
from enbloc.plan.voxels import half_diagonal_mm, half_voxel_mm
from enbloc.value import value

Floats = NDArray[np.float64]

CUBE_MM = 8.0  # edge of the cubes that a barrier's voxels are sorted into: speed alone
ALL = "all cuts and barriers"


@value
class Near:
    """How much of the tumour's surface lies nearer than ``than_mm``, rounded up, square millimetres."""

    than_mm: float
    area_mm2: int


@value
class BoundMargin:
    """The margin to one cut or barrier, or to all of them: its smallest, its 5th percentile by area, and what is near.

    ``faces`` are those that it bounds. All distances are rounded down. ``caution`` says what it stands in for.
    """

    name: str
    margin: Margin
    fifth_mm: float
    near: tuple[Near, ...]
    faces: tuple[Face, ...]
    is_cut: bool
    caution: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Reach:
    """The distances of the tumour's surface to one cut or barrier, with both ends; each of shape (n,), mm.

    ``ways`` points from each point to the cut or barrier, shape (n, 3).
    """

    name: str
    is_cut: bool
    kind: BarrierKind | None
    mm: Floats
    low: Floats
    high: Floats
    ways: Floats
    is_entered: bool = False
    caution: str = ""
    places: Floats | None = None  # of a barrier, where it is nearest to each point
    bounding: NDArray[np.bool_] | None = None  # of a barrier, the points at which it bounds; all of them if not given

    @property
    def counted(self) -> Floats:
        """The distances where it bounds, infinite elsewhere."""
        return self.mm if self.bounding is None else np.where(self.bounding, self.mm, np.inf)

    @property
    def bounds_any(self) -> bool:
        """Whether it bounds anything."""
        return self.bounding is None or bool(self.bounding.any())


@dataclass(frozen=True, eq=False, kw_only=True)
class MarginMap:
    """The margin of a specimen, point by point and in short.

    ``mm``, shape (n,), is the distance of each point of ``surface`` to the nearest bound, negative beyond a cut, and
    ``nearest`` its place in ``bounds``. ``not_known`` is what no distance was measured to, in sentences.
    """

    surface: Surface
    mm: Floats
    nearest: NDArray[np.int64]
    bounds: tuple[BoundMargin, ...]
    overall: BoundMargin
    faces: tuple[FaceMargin, ...]
    not_known: tuple[str, ...]

    @cached_property
    def classes(self) -> tuple[MarginClass, ...]:
        """What the worst face of the specimen can amount to: a face that nothing bounds can be anything."""
        return worst_of(tuple(face.classes for face in self.faces))


def margin_map(
    surface: Surface, cuts: Sequence[FixedCut], barriers: Barriers, *, frame: Pose, error_mm: float = 0.0
) -> MarginMap:
    """How far every point of a tumour's surface lies from the nearest cut and barrier.

    The planes of ``cuts`` are the middle of their blades, normals away from the tumour. ``frame`` is the vertebra's: it
    says which face a cut is. ``error_mm`` is how far outlines are recorded to lie off; it widens every interval.

    Raises
    ------
    RecordError
        If the tumour has no surface, nothing bounds it, or the error is negative or not a number.

    Examples
    --------
    A voxel of tumour, cut 3 mm above it with a blade of 1 mm.

    >>> from enbloc.case.geometry import Frame, Plane
    >>> from enbloc.case.image import Grid
    >>> from enbloc.plan.margin.surface import surface_of_mask
    >>> ill = surface_of_mask(np.ones((1, 1, 1), bool), Grid(shape=(1, 1, 1), affine=np.eye(4)))
    >>> above = FixedCut(name="cranial cut", plane=Plane(point_mm=(0, 0, 4.0), normal=(0, 0, 1)), kerf_mm=1.0)
    >>> here = Pose(child=Frame(name="T8"), axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0, 0, 0))
    >>> found = margin_map(ill, [above], Barriers(found=(), missing=()), frame=here)
    >>> found.overall.margin.mm, found.overall.margin.interval
    (3.0, Interval(low=2.1, high=3.5))
    """
    if not (math.isfinite(error_mm) and error_mm >= 0):
        raise RecordError(f"An error of {error_mm:g} mm is not possible.", remedy="Give 0 or more.")
    if not len(surface.points_mm) or not (cuts or barriers.found):
        raise RecordError("A margin needs a tumour and something that bounds it.", remedy="Label it and place a cut.")
    reaches = [to_cut(surface, cut, error_mm) for cut in cuts]
    for barrier in barriers.found:
        mm, places = Tiles.of(barrier.shell).nearest(surface)
        reaches.append(to_barrier(surface, barrier, mm, places, error_mm))
    return map_of(surface, reaches, cuts, barriers.missing, frame=frame)


def map_of(
    surface: Surface, reaches: Sequence[Reach], cuts: Sequence[FixedCut], missing: Sequence[str], *, frame: Pose
) -> MarginMap:
    """The margin from the distances to every cut and barrier, at least one; ``missing`` is what has no label."""
    reaches = [_bounding(reach, cuts) for reach in reaches]
    mm = np.array([reach.counted for reach in reaches])
    bounds = tuple(_bound(surface, reach, frame) for reach in reaches)
    faces = tuple(_faces(surface, reaches, frame))
    return MarginMap(
        surface=surface,
        mm=mm.min(axis=0),
        nearest=mm.argmin(axis=0),
        bounds=bounds,
        overall=_overall(surface, [reach for reach in reaches if reach.bounds_any], bounds),
        faces=faces,
        not_known=(*missing, *(f"{face.face.value}: {face.barrier}" for face in faces if face.mm is None)),
    )


def _bounding(reach: Reach, cuts: Sequence[FixedCut]) -> Reach:
    """A cortex or disc with the points at which no blade lies beyond it on the way to it."""
    if reach.places is None or reach.kind is BarrierKind.DURA:
        return reach
    held, least = np.ones(len(reach.mm), np.bool_), math.cos(math.radians(BEYOND.number))
    for cut in cuts:
        normal = cut.plane.unit
        before = (np.array(cut.plane.point_mm) - reach.places) @ normal >= cut.kerf_mm / 2
        held &= ~(before & (reach.ways @ normal >= least) & reached(cut.within, reach.places))
    return replace(reach, bounding=held)


def to_cut(surface: Surface, cut: FixedCut, error_mm: float) -> Reach:
    """The distances to the face of one cut on the tumour's side."""
    normal = cut.plane.unit
    centre = (np.array(cut.plane.point_mm) - surface.points_mm) @ normal - cut.kerf_mm / 2
    whole = centre - half_voxel_mm(surface.grid, normal)
    error = surface.error_mm + error_mm
    low = whole - half_diagonal_mm(surface.grid, normal) - error
    ways = np.broadcast_to(normal, surface.points_mm.shape)
    return Reach(name=cut.name, is_cut=True, kind=None, mm=whole, low=low, high=centre + error, ways=ways)


@dataclass(frozen=True, eq=False, kw_only=True)
class Tiles:
    """The voxels of a shell sorted into cubes, as from `distances.tiled`, so that the nearest is found fast."""

    points: Floats
    first: NDArray[np.int64]
    cubes: Floats
    grid: Grid

    @classmethod
    def of(cls, shell: Shell) -> Tiles:
        """Those of a whole shell."""
        points, first, cubes = tiled(np.ascontiguousarray(shell.points_mm), CUBE_MM)
        return cls(points=points, first=first, cubes=cubes, grid=shell.grid)

    def among(self, held: NDArray[np.bool_]) -> Tiles:
        """Some of the voxels, those of ``points`` that are held."""
        first = np.concatenate([[0], np.cumsum(held)])[self.first]
        return Tiles(points=np.ascontiguousarray(self.points[held]), first=first, cubes=self.cubes, grid=self.grid)

    def nearest(self, surface: Surface, at: NDArray[np.intp] | None = None) -> tuple[Floats, Floats]:
        """The gap of each point of a surface, or of those ``at``, to the nearest voxel, mm, and its place, (n, 3)."""
        mine, other = (np.ascontiguousarray(grid.affine[:3, :3].T) for grid in (surface.grid, self.grid))
        points = surface.points_mm if at is None else surface.points_mm[at]
        mm, which = gaps(np.ascontiguousarray(points), mine, self.points, self.first, self.cubes, other)
        return mm, self.points[which]


def to_barrier(surface: Surface, barrier: Barrier, mm: Floats, places: Floats, error_mm: float) -> Reach:
    """The distances to a barrier, of which ``mm`` and the nearest ``places`` are known."""
    between = places - surface.points_mm
    apart = np.linalg.norm(between, axis=1)
    ways = between / np.maximum(apart, HAIR_MM)[:, None]
    error = surface.error_mm + barrier.error_mm + error_mm
    off = half_diagonal_mm(surface.grid, ways) + half_diagonal_mm(barrier.shell.grid, ways) + error
    low = np.zeros(len(mm)) if barrier.lies_behind else np.maximum(mm - off, 0.0)
    return Reach(
        name=barrier.name,
        is_cut=False,
        kind=barrier.kind,
        mm=mm,
        low=low,
        high=apart + error,
        ways=ways,
        is_entered=barrier.is_entered,
        caution=barrier.caution,
        places=places,
    )


def _margin(surface: Surface, reach: Reach, held: NDArray[np.bool_] | None = None) -> Margin:
    """The smallest of the distances (of the points that are ``held``), with its interval and what it amounts to."""
    kept = np.flatnonzero(held) if held is not None else np.arange(len(reach.mm))
    at = int(kept[np.argmin(reach.mm[kept])])
    mm, low, high = float(reach.mm[at]), float(reach.low[kept].min()), float(reach.high[kept].min())
    x, y, z = (round(number, 2) + 0.0 for number in triple(surface.points_mm[at]))
    is_opened = mm <= HAIR_MM if reach.is_cut else reach.is_entered
    return Margin(
        mm=tenth_down(mm),
        interval=Interval(low=tenth_down(low), high=tenth_up(high)),
        at_mm=(x, y, z),
        barrier=reach.name,
        classes=possible(is_opened=is_opened, low_mm=low - HAIR_MM),
    )


def _bound(surface: Surface, reach: Reach, frame: Pose) -> BoundMargin:
    facing = faces_of(reach.ways, frame, is_dural=reach.kind is BarrierKind.DURA)
    return BoundMargin(
        name=reach.name,
        margin=_margin(surface, reach),
        fifth_mm=_fifth(surface, reach.mm),
        near=_near(surface, reach.mm),
        faces=tuple(face for face in Face if (facing == list(Face).index(face)).any()),
        is_cut=reach.is_cut,
        caution=reach.caution,
    )


def _overall(surface: Surface, reaches: Sequence[Reach], bounds: Sequence[BoundMargin]) -> BoundMargin:
    """The margin to everything that bounds the specimen, where it does."""
    margins = [_margin(surface, reach, reach.bounding) for reach in reaches]
    least = np.min([reach.counted for reach in reaches], axis=0)
    at = min(range(len(margins)), key=lambda place: margins[place].mm)
    margin = margins[at]
    return BoundMargin(
        name=ALL,
        margin=Margin(
            mm=margin.mm,
            interval=Interval(
                low=min(one.interval.low for one in margins), high=min(one.interval.high for one in margins)
            ),
            at_mm=margin.at_mm,
            barrier=margin.barrier,
            classes=worst_of(tuple(one.classes for one in margins)),
        ),
        fifth_mm=_fifth(surface, least),
        near=_near(surface, least),
        faces=tuple(face for face in Face if any(face in bound.faces for bound in bounds)),
        is_cut=reaches[at].is_cut,
        caution=reaches[at].caution,
    )


def _fifth(surface: Surface, mm: Floats) -> float:
    """The distance below which a twentieth of the surface lies, by area, rounded down."""
    order = np.argsort(mm, kind="stable")
    summed = np.cumsum(surface.areas_mm2[order])
    if summed[-1] <= 0:
        return tenth_down(float(mm.min()))
    at = int(np.searchsorted(summed, LOWEST_SHARE.number / 100 * summed[-1]))
    return tenth_down(float(mm[order[min(at, len(mm) - 1)]]))


def _near(surface: Surface, mm: Floats) -> tuple[Near, ...]:
    return tuple(
        Near(
            than_mm=float(limit.number), area_mm2=math.ceil(float(surface.areas_mm2[mm < limit.number].sum()) - HAIR_MM)
        )
        for limit in NEAR
    )


def _faces(surface: Surface, reaches: Sequence[Reach], frame: Pose) -> Iterator[FaceMargin]:
    """The nearest bound of each face; a face that nothing bounds is told as such."""
    facing = [faces_of(reach.ways, frame, is_dural=reach.kind is BarrierKind.DURA) for reach in reaches]
    for at, face in enumerate(Face):
        held, beside = [], []
        for reach, of in zip(reaches, facing, strict=True):
            here = of == at
            bounding = here if reach.bounding is None else here & reach.bounding
            if bounding.any():
                held.append(_margin(surface, reach, bounding))
            elif here.any():
                beside.append(_margin(surface, reach, here))
        if held:
            yield face_of(face, held, beside)
        # A barrier with a blade beyond it that faces another way is all that this face has: it bounds, the safer way.
        else:
            yield face_of(face, beside) if beside else unbounded(face)
