"""What a cut is searched in: bone in rows of voxels, the outline of the tumour, and how near bone is to a structure."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, tumour, vertebra
from enbloc.case.finding import Interval
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.errors import RecordError
from enbloc.kernels import planes
from enbloc.kernels.distances import nearest, tiled
from enbloc.plan.cutting.roles import Domain
from enbloc.plan.cutting.rows import Floats, Lines, Mask, Rows, lines_of
from enbloc.plan.cutting.shell import Shell
from enbloc.plan.cutting.sides import Side, domain_of, held_by
from enbloc.plan.cutting.surfaces import Surfaces
from enbloc.plan.voxels import CORNERS, half_voxel_mm, to_corner_mm

TILE_MM = 5.0  # edge of the cubes that points are sorted into where the nearest are looked for


@dataclass(frozen=True, eq=False, kw_only=True)
class Bone:
    """The bone that is cut: ``mask`` on its own ``grid``, and which of it the tumour has taken, ``ill``."""

    mask: Mask
    ill: Mask
    grid: Grid
    _domains: dict[Domain, Mask] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.mask.any():
            raise RecordError("There is no bone to cut.", remedy="Label the vertebra.")

    @cached_property
    def indices(self) -> NDArray[np.int64]:
        """The voxels of bone in their order in memory, shape (n, 3)."""
        return np.argwhere(self.mask)

    @cached_property
    def points_mm(self) -> Floats:
        """Their centres, shape (n, 3), patient LPS."""
        return self.grid.points_mm(self.indices)

    @cached_property
    def lines(self) -> Lines:
        """Them in rows."""
        return lines_of(self.indices, self.grid.affine)

    @cached_property
    def rows(self) -> Rows:
        """Them in rows, each with the weight one."""
        return self.lines.weighing(np.ones(len(self.indices), np.uint8))

    def reached(self, within: Domain, *, whole: bool = False) -> Mask:
        """Which voxels lie in a domain with their centre, or, taken ``whole``, with any part; shape (n,)."""
        return domain_of(within, self.lines, self.half_axes if whole else None)

    def inside(self, sides: Iterable[Side]) -> Mask:
        """Which voxels of bone lie on the tumour's side of every cut, shape (n,): they are removed."""
        return held_by(sides, self.lines, self._domains)

    @cached_property
    def surfaces(self) -> Surfaces:
        """Bone and tumour with their surfaces half a voxel further in or out."""
        return Surfaces(mask=self.mask, ill=self.mask & self.ill, grid=self.grid)

    def healthy_cc(self, sides: Sequence[Side]) -> Interval:
        """The healthy bone removed when the surfaces of bone and tumour each lie half a voxel further in or out, cc."""
        return self.surfaces.healthy_cc(sides)

    @cached_property
    def half_axes(self) -> Floats:
        """From the centre of a voxel to three of its faces, as rows, shape (3, 3), mm."""
        return np.ascontiguousarray(0.5 * self.grid.affine[:3, :3].T)

    def half_mm(self, normal: Floats) -> float:
        """Half the extent of a voxel along a unit direction, mm."""
        return float(np.abs(self.half_axes @ normal).sum())

    def ill_cc(self, sides: Sequence[Side] = ()) -> float:
        """Bone that the tumour has taken on its side of the cuts, cc."""
        return int((self.ill[self.mask] & self.inside(sides)).sum()) * self.grid.voxel_cc


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
    return Bone(mask=mask, ill=ill_of(mask, grid, images.map_of(tumour(lesion)), tumour(lesion)), grid=grid)


def ill_of(mask: Mask, grid: Grid, diseased: LabelMap | None, named: Structure) -> Mask:
    """Which voxels of a mask the tumour has taken; only where its box is need they be asked for."""
    ill = np.zeros(mask.shape, bool)
    if diseased is None:
        return ill
    ends = [(part.start - 1, part.stop) for part in diseased.boxes[named]]
    corners = grid.indices(diseased.grid.points_mm(np.array(list(itertools.product(*ends)))))
    low = np.clip(np.floor(corners.min(axis=0)), 0, mask.shape).astype(np.int64)
    high = np.clip(np.ceil(corners.max(axis=0)) + 1, 0, mask.shape).astype(np.int64)
    a, b, c = (slice(int(first), int(last)) for first, last in zip(low, high, strict=True))
    near = mask[a, b, c]
    ill[a, b, c][near] = diseased.holds(named, grid.points_mm(np.argwhere(near) + low))
    return ill


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
        return float(half_voxel_mm(self.grid, normal))


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

    Each is the smallest that it can be with both voxels taken whole, so a sheet through the voxel is never nearer. They
    are given outright, or worked out where they are asked for.
    """

    structure: Structure
    distances_mm: Floats | Apart

    def nearer(self, than_mm: float) -> Mask:
        """Which voxels of the bone lie nearer than this, shape (n,)."""
        if isinstance(self.distances_mm, Apart):
            return self.distances_mm.nearer(than_mm)
        return np.asarray(self.distances_mm < than_mm)

    def least_mm(self, which: Mask) -> float:
        """The smallest distance to any of these voxels of the bone, shape (n,); infinite if there is none."""
        if isinstance(self.distances_mm, Apart):
            return self.distances_mm.least_mm(which)
        return float(self.distances_mm[which].min(initial=math.inf))


def keep_out_of(bone: Bone, structure: Structure, shell: Shell) -> KeepOut:
    """How near the bone is to a structure, rounded down."""
    return KeepOut(structure=structure, distances_mm=Apart(bone=bone, shell=shell))


@dataclass(frozen=True, eq=False, kw_only=True)
class Apart:
    """How far voxels of the bone lie from a structure: only those near enough are looked at."""

    bone: Bone
    shell: Shell
    _nearer: dict[float, Mask] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def whole_mm(self) -> float:
        """What the distance between two centres may be too large by."""
        return to_corner_mm(self.bone.grid) + to_corner_mm(self.shell.grid)

    def nearer(self, than_mm: float) -> Mask:
        """Which voxels of the bone lie nearer than this, shape (n,)."""
        if than_mm not in self._nearer:
            self._nearer[than_mm] = self._found_nearer(than_mm)
        return self._nearer[than_mm]

    def _found_nearer(self, than_mm: float) -> Mask:
        from scipy.spatial import cKDTree

        found = np.zeros(len(self.bone.indices), bool)
        if than_mm > 0:
            radius = than_mm + self.whole_mm
            close = self._close(radius)
            tree = cKDTree(self.shell.points_mm, balanced_tree=False, compact_nodes=False)
            apart, _ = tree.query(self._centres(close), distance_upper_bound=radius)
            found[close] = np.maximum(apart - self.whole_mm, 0.0) < than_mm
        return found

    def _close(self, radius_mm: float) -> NDArray[np.intp]:
        """Which voxels of the bone lie in the box about the structure, so much wider."""
        points, indices = self.shell.points_mm, self.bone.indices
        ends = np.array([points.min(axis=0) - radius_mm, points.max(axis=0) + radius_mm])
        corners = self.bone.grid.indices(np.where(CORNERS < 0, ends[0], ends[1]))
        low, high = corners.min(axis=0), corners.max(axis=0)
        close = np.arange(len(indices))
        for axis in range(3):
            there = indices[close, axis]
            close = close[(there >= low[axis]) & (there <= high[axis])]
        return close

    def _centres(self, which: NDArray[np.intp] | Mask) -> Floats:
        return self.bone.grid.points_mm(self.bone.indices[which])

    def least_mm(self, which: Mask) -> float:
        """The smallest distance to any of these voxels of the bone, shape (n,); infinite if there is none."""
        if not which.any():
            return math.inf
        points, point = self._centres(which), np.zeros((3, 3))  # from centre to centre: what is whole comes off after
        apart, *_ = nearest(*tiled(points, TILE_MM), point, *self._tiles, point, math.inf)
        return max(float(apart) - self.whole_mm, 0.0)

    @cached_property
    def _tiles(self) -> tuple[Floats, NDArray[np.int64], Floats]:
        return tiled(self.shell.points_mm, TILE_MM)
