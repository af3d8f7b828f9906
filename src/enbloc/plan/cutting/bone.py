"""What a cut is searched in: bone in rows of voxels, the outline of the tumour, and how near bone is to a structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, tumour, vertebra
from enbloc.case.finding import Interval
from enbloc.case.image import Grid, Images
from enbloc.errors import RecordError
from enbloc.kernels import planes
from enbloc.plan.cutting.shell import Shell

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

CORNERS = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])


@dataclass(frozen=True, eq=False, kw_only=True)
class Rows:
    """Voxels with whole weights, ready to be counted on either side of planes (``kernels.planes``)."""

    sums: NDArray[np.int32]
    starts: Floats
    step: Floats

    @cached_property
    def total(self) -> int:
        return int(self.sums[:, -1].sum())

    def beyond(self, normals: Floats, offsets: Floats) -> NDArray[np.int64]:
        """The weight beyond each plane, ``normal . x > offset``; (m, 3) and (m,) to (m,)."""
        return planes.beyond(self.sums, self.starts, self.step, normals, offsets)

    def within(self, normals: Floats, offsets: Floats) -> NDArray[np.int64]:
        """The weight inside each intersection of half-spaces, ``normal . x <= offset``; (n, m, 3), (n, m) to (n,)."""
        return planes.within(self.sums, self.starts, self.step, normals, offsets)


def rows_of(weights: NDArray[np.uint8], grid: Grid) -> Rows:
    """The rows of voxels with a weight."""
    sums, starts, step = planes.in_rows(weights, grid.affine)
    return Rows(sums=sums, starts=starts, step=step)


@dataclass(frozen=True, eq=False, kw_only=True)
class Side:
    """The side of a placed cut on which the tumour lies: ``normal . x <= offset_mm``, up to the far face of the blade.

    ``half_mm`` is how far it moves when the tumour's surface lies half a voxel off; 0 for a cut that a person placed.
    """

    normal: Floats
    offset_mm: float
    half_mm: float

    def holds(self, points_mm: Floats) -> Mask:
        """Which of the points, shape (n, 3), lie there; shape (n,)."""
        return np.asarray(points_mm @ self.normal <= self.offset_mm)


@dataclass(frozen=True, eq=False, kw_only=True)
class Bone:
    """The bone that is cut: ``mask`` on its own ``grid``, and which of it the tumour has taken, ``ill``."""

    mask: Mask
    ill: Mask
    grid: Grid

    def __post_init__(self) -> None:
        if not self.mask.any():
            raise RecordError("There is no bone to cut.", remedy="Label the vertebra.")

    @cached_property
    def rows(self) -> Rows:
        return rows_of(self.mask.astype(np.uint8), self.grid)

    def inside(self, sides: Sequence[Side]) -> Mask:
        """Which voxels of bone lie on the tumour's side of every cut, shape (n,): they are removed."""
        held = np.ones(len(self.points_mm), bool)
        for side in sides:
            held &= side.holds(self.points_mm)
        return held

    def healthy_cc(self, sides: Sequence[Side]) -> Interval:
        """The healthy bone removed when the surfaces of bone and tumour each lie half a voxel further in or out, cc."""
        normals, readings = np.array([[side.normal for side in sides]]), []
        for way, ill in ((-1.0, self.ill_slim), (1.0, self.ill_stout)):
            offsets = np.array([[side.offset_mm + way * side.half_mm for side in sides]])
            taken = int(ill.within(normals, offsets)[0])
            for rows in (self.slim, self.stout):
                doubled = int(rows.within(normals, offsets)[0]) - taken
                readings.append(doubled / 2 * self.grid.voxel_cc)
        return Interval(low=max(0.0, min(readings)), high=max(readings))

    @cached_property
    def points_mm(self) -> Floats:
        """The centres of the voxels of bone in their order in memory, shape (n, 3), patient LPS."""
        return self.grid.points_mm(np.argwhere(self.mask))

    @cached_property
    def half_axes(self) -> Floats:
        """From the centre of a voxel to three of its faces, as rows, shape (3, 3), mm."""
        return np.ascontiguousarray(0.5 * self.grid.affine[:3, :3].T)

    def ill_cc(self, sides: Sequence[Side] = ()) -> float:
        """Bone that the tumour has taken on its side of the cuts, cc."""
        return int((self.ill[self.mask] & self.inside(sides)).sum()) * self.grid.voxel_cc

    def weighing(self, weights: Mask | NDArray[np.uint8]) -> Rows:
        """The rows of the bone when its voxels weigh ``weights``, shape (n,) in the order of ``points_mm``."""
        all_ = np.zeros(self.mask.shape, np.uint8)
        all_[self.mask] = weights
        return rows_of(all_, self.grid)

    @cached_property
    def slim(self) -> Rows:
        """The bone with its surface half a voxel further in; each voxel weighs two, one of the rim one."""
        return rows_of(self.mask.astype(np.uint8) + _inner(self.mask), self.grid)

    @cached_property
    def ill_slim(self) -> Rows:
        """The same of the bone that the tumour has taken, when the tumour's surface lies half a voxel further in."""
        ill = self.mask & self.ill
        return rows_of(ill.astype(np.uint8) + _inner(ill), self.grid)

    @cached_property
    def ill_stout(self) -> Rows:
        """And when it lies half a voxel further out, as far as there is bone."""
        ill = self.mask & self.ill
        return rows_of((ill.astype(np.uint8) + _outer(ill)) * self.mask, self.grid)

    @cached_property
    def stout(self) -> Rows:
        """The bone with its surface half a voxel further out; each voxel weighs two, one just outside one."""
        around = np.pad(self.mask, 1)
        a, b, c = (slice(-1, size + 1) for size in self.mask.shape)
        return rows_of(around.astype(np.uint8) + _outer(around), self.grid.cropped((a, b, c)))


def _inner(mask: Mask) -> NDArray[np.uint8]:
    """The voxels of a mask whose six neighbours belong to it; what lies outside of the array does not."""
    padded = np.pad(mask, 1)
    held = mask.copy()
    for axis in range(3):
        for step in (-1, 1):
            held &= np.roll(padded, step, axis)[1:-1, 1:-1, 1:-1]
    return held.astype(np.uint8)


def _outer(mask: Mask) -> NDArray[np.uint8]:
    """The voxels of a mask and of their six neighbours."""
    padded = np.pad(mask, 1)
    held = mask.copy()
    for axis in range(3):
        for step in (-1, 1):
            held |= np.roll(padded, step, axis)[1:-1, 1:-1, 1:-1]
    return held.astype(np.uint8)


def bone_of(images: Images, levels: Sequence[Level], lesion: str) -> Bone:
    """The vertebrae of ``levels`` as one piece of bone.

    Raises
    ------
    RecordError
        If one is not labelled, or they are drawn on different grids.
    """
    drawn = [(vertebra(level), images.map_of(vertebra(level))) for level in levels]
    known = [(named, labels) for named, labels in drawn if labels is not None]
    if len(known) < len(drawn) or not known:
        lacking = ", ".join(str(named) for named, labels in drawn if labels is None) or "no level"
        raise RecordError(f"A cut cannot be searched: {lacking} is not labelled.", remedy="Label it.")
    labels = known[0][1]
    if any(other is not labels for _, other in known):
        raise RecordError("The levels of one operation are drawn in different label maps.", remedy="Join the maps.")
    boxes = [labels.boxes[named] for named, _ in known]
    a, b, c = (slice(min(s.start for s in p), max(s.stop for s in p)) for p in zip(*boxes, strict=True))
    mask = np.any([labels.mask(named, (a, b, c)) for named, _ in known], axis=0)
    grid = labels.grid.cropped((a, b, c))
    ill = np.zeros(mask.shape, bool)
    diseased = images.map_of(tumour(lesion))
    if diseased is not None:
        ill[mask] = diseased.holds(tumour(lesion), grid.points_mm(np.argwhere(mask)))
    return Bone(mask=mask, ill=ill, grid=grid)


@dataclass(frozen=True, eq=False, kw_only=True)
class Outline:
    """The convex outline of a tumour: the ``vertices_mm`` of its hull, shape (k, 3), voxels taken whole, and its grid.

    A plane that does not cut the hull does not cut the tumour, and the other way round.
    """

    vertices_mm: Floats
    grid: Grid

    def reach_mm(self, normals: Floats) -> tuple[Floats, Floats]:
        """How far it reaches along each direction, shape (m,), and the vertex that does, shape (m, 3)."""
        reach, which = planes.support(self.vertices_mm, normals)
        return reach, self.vertices_mm[which]

    def half_voxel_mm(self, normal: Floats) -> float:
        """Half the extent of one of its voxels along a unit direction, mm: how far its surface may lie off."""
        return float(0.5 * np.abs(normal @ self.grid.affine[:3, :3]).sum())


def outline_of(shell: Shell) -> Outline:
    """The outline of a tumour from its outermost voxels.

    Examples
    --------
    >>> grid = Grid(shape=(9, 9, 9), affine=np.eye(4))
    >>> ball = outline_of(Shell(points_mm=np.array([[4.0, 4.0, 4.0]]), grid=grid))
    >>> ball.reach_mm(np.array([[1.0, 0.0, 0.0]]))[0].tolist()
    [4.5]
    """
    from scipy.spatial import ConvexHull

    indices = np.rint(shell.grid.indices(shell.points_mm)).astype(np.int64)
    extreme = indices[_ends(indices)]
    # Whole numbers, so that the same voxels have the same hull wherever the patient lay.
    doubled = np.unique((2 * extreme[:, None] + (2 * CORNERS).astype(np.int64)).reshape(-1, 3), axis=0)
    hull = doubled[np.sort(ConvexHull(doubled).vertices)]
    return Outline(vertices_mm=np.ascontiguousarray(shell.grid.points_mm(hull / 2.0)), grid=shell.grid)


def _ends(indices: NDArray[np.int64]) -> Mask:
    """Which voxels are the first or last of their row along every axis: a vertex of the hull can be no other."""
    held = np.ones(len(indices), bool)
    for axis in range(3):
        others = [other for other in range(3) if other != axis]
        order = np.lexsort((indices[:, axis], indices[:, others[1]], indices[:, others[0]]))
        row = indices[order][:, others]
        changes = np.any(row[1:] != row[:-1], axis=1)
        ends = np.zeros(len(indices), bool)
        ends[order] = np.concatenate(([True], changes)) | np.concatenate((changes, [True]))
        held &= ends
    return held


@dataclass(frozen=True, eq=False, kw_only=True)
class KeepOut:
    """A structure and how near the bone is to it: ``distances_mm``, shape (n,), one for each voxel of the bone.

    Each is the smallest that it can be with both voxels taken whole, so a sheet through the voxel is never nearer.
    """

    structure: Structure
    distances_mm: Floats


def keep_out_of(bone: Bone, structure: Structure, shell: Shell) -> KeepOut:
    """How near each voxel of the bone is to a structure, rounded down."""
    from scipy.spatial import cKDTree

    apart, _ = cKDTree(shell.points_mm).query(bone.points_mm)
    whole = _half_diagonal_mm(bone.grid) + _half_diagonal_mm(shell.grid)
    return KeepOut(structure=structure, distances_mm=np.maximum(np.asarray(apart) - whole, 0.0))


def _half_diagonal_mm(grid: Grid) -> float:
    return float(np.linalg.norm(grid.affine[:3, :3] @ CORNERS.T, axis=0).max())
