"""What a separation is planned from: the tumour, what stands for the dura, and the cord, as voxels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Structure
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.distances import skin, tiled
from enbloc.kernels.offsets import gaps
from enbloc.measure.spine.canal import within
from enbloc.measure.tumour.compartments import REACH_MM
from enbloc.measure.tumour.mass import Tumour
from enbloc.plan.margin.map import CUBE_MM
from enbloc.plan.rounding import HAIR_MM
from enbloc.plan.voxels import half_diagonal_mm, half_voxel_mm

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
HELD = {SAC: (SAC, CORD), CANAL: (CANAL, SAC, CORD), CORD: (CORD,)}
"""What lies within each: a voxel has one label, so the cord is a hole in the label of the sac."""
SLACK = 1.25  # voxels: one, and a little for a bent column
EDGE = 2  # voxels by which the cord may reach out of the sac's box


@dataclass(frozen=True, eq=False, kw_only=True)
class Solid:
    """The voxels of dura or cord near the tumour: ``mask`` on ``grid``, a part of a label map."""

    structure: Structure
    labels: LabelMap
    mask: Bools
    grid: Grid

    @cached_property
    def points_mm(self) -> Floats:
        """The centres of all its voxels, patient LPS."""
        return self.grid.points_mm(np.argwhere(self.mask))

    def holds(self, points_mm: Floats) -> Bools:
        """Which of the points lie in one of its voxels."""
        at = np.rint(self.grid.indices(points_mm)).astype(np.intp)
        inside = self.grid.encloses(points_mm)
        held = np.zeros(len(points_mm), np.bool_)
        held[inside] = self.mask[tuple(at[inside].T)]
        return held

    def depth_mm(self, points_mm: Floats) -> Floats:
        """How deep within it points lie, mm; 0 outside of it."""
        held, deep = self.holds(points_mm), np.zeros(len(points_mm))
        if held.any():
            from scipy.ndimage import distance_transform_edt

            inner = distance_transform_edt(np.pad(self.mask, 1), sampling=self.grid.spacing_mm)
            at = np.rint(self.grid.indices(points_mm[held])).astype(np.intp) + 1
            deep[held] = inner[tuple(at.T)]
        return deep


def solid_of(images: Images, named: Structure, mass: Tumour) -> Solid | None:
    """A structure with all that lies in it, as far as it is near the tumour; nothing if none of it is."""
    labels = images.map_of(named)
    if labels is None:
        return None
    box = within(labels, mass.corners_mm, REACH_MM)
    mask = np.any([labels.mask(one, box) for one in HELD[named]], axis=0)
    if not mask.any():
        return None
    grid = labels.grid.cropped(box)
    for one in HELD[named][1:]:
        _add(images, one, labels, mask, grid)
    return Solid(structure=named, labels=labels, mask=mask, grid=grid)


def _add(images: Images, inner: Structure, labels: LabelMap, mask: Bools, grid: Grid) -> None:
    """Add to a mask what lies within it in another label map: it is a hole there, or reaches its edge."""
    other = images.map_of(inner)
    if other is None or other is labels:
        return
    ends = [np.flatnonzero(mask.any(axis=tuple({0, 1, 2} - {axis}))) for axis in range(3)]
    a, b, c = (slice(max(0, int(end[0]) - EDGE), int(end[-1]) + 1 + EDGE) for end in ends)
    free = np.argwhere(~mask[a, b, c]) + np.array([a.start, b.start, c.start])
    mask[tuple(free[other.holds(inner, grid.points_mm(free))].T)] = True


@dataclass(frozen=True, eq=False, kw_only=True)
class Apart:
    """How far each voxel of a tumour lies from a structure, shape (n,), mm.

    ``mm`` takes voxels whole; ``low`` and ``high`` bound the true distance. ``inner`` and ``outer`` are what the
    distance of its middle becomes when the surface of the structure lies half a voxel further in, and of the whole
    voxel when it lies half a voxel further out.
    """

    mm: Floats
    low: Floats
    high: Floats
    inner: Floats
    outer: Floats


def apart(mass: Tumour, solid: Solid) -> Apart:
    """The distances of all voxels of a tumour to a structure; 0 within it."""
    from scipy.spatial import cKDTree

    mine, other = (np.ascontiguousarray(grid.affine[:3, :3].T) for grid in (mass.grid, solid.grid))
    rim = solid.grid.points_mm(skin(solid.mask.astype(np.uint8)))
    points, first, cubes = tiled(rim, CUBE_MM)
    mm, which = gaps(np.ascontiguousarray(mass.points_mm), mine, points, first, cubes, other)
    between = points[which] - mass.points_mm
    ways = between / np.maximum(np.linalg.norm(between, axis=1), HAIR_MM)[:, None]
    # The voxel that comes nearest may touch with a corner while the middle of another one lies nearer.
    middles = np.asarray(cKDTree(points).query(mass.points_mm)[0], dtype=np.float64)
    held = solid.holds(mass.points_mm)
    mm, middles = np.where(held, 0.0, mm), np.where(held, 0.0, middles)
    error = mass.labels.error_mm + solid.labels.error_mm
    off = half_diagonal_mm(mass.grid, ways) + half_diagonal_mm(solid.grid, ways) + error
    return Apart(
        mm=mm,
        low=np.maximum(mm - off, 0.0),
        high=middles + error,
        inner=middles + error,
        outer=np.maximum(mm - half_voxel_mm(solid.grid, ways) - error, 0.0),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class Dura:
    """What stands for the dura, with the distances of the tumour to it; ``caution`` where it is not the sac."""

    solid: Solid
    apart: Apart
    caution: str = ""

    @property
    def is_sac(self) -> bool:
        return self.solid.structure == SAC

    @property
    def lies_behind(self) -> bool:
        """Whether the true dura lies nearer to the tumour than what stands for it, as it does for the cord."""
        return self.solid.structure == CORD


def dura_of(images: Images, mass: Tumour) -> Dura | None:
    """The thecal sac, or the canal around it, or the cord in it, as margins take it; nothing if none is labelled.

    The canal holds the dura: what is counted is the most that it can be, and the least is told by the cord. The cord
    lies within it: what is counted is the least, and all of the tumour the most.
    """
    for named in (SAC, CANAL, CORD):
        solid = solid_of(images, named, mass)
        if solid is not None:
            caution = "" if named == SAC else f"the {named} stands for the dura: no thecal sac is labelled"
            return Dura(solid=solid, apart=_loosened(images, mass, solid), caution=caution)
    return None


def _loosened(images: Images, mass: Tumour, solid: Solid) -> Apart:
    """The distances to what stands for the dura, with the ends that the true dura may have."""
    found = apart(mass, solid)
    if solid.structure == SAC:
        return found
    none, endless = np.zeros_like(found.mm), np.full_like(found.mm, np.inf)
    if solid.structure == CORD:
        return Apart(mm=found.mm, low=none, high=found.high, inner=found.inner, outer=none)
    cord = solid_of(images, CORD, mass)
    far = endless if cord is None else apart(mass, cord).inner
    return Apart(mm=found.mm, low=found.low, high=far, inner=far, outer=found.outer)


class Lack(Enum):
    """Where a structure has no label though tumour stands beside it."""

    ABOVE = "above the upper end of the label"
    WITHIN = "in a gap of the label"
    BELOW = "below the lower end of the label"


def unseen(held: Floats, own: Floats, voxel_mm: float) -> tuple[Bools, frozenset[Lack]]:
    """Which of the tumour's heights ``own`` have no label of a structure beside them, and where to its label that is.

    ``held`` are the heights of the structure's voxels along the column, ``voxel_mm`` is the height of the taller voxel
    of the two; by one voxel a label may end early, or have lost a slice.
    """
    ordered = np.sort(held)
    at = np.clip(np.searchsorted(ordered, own), 1, len(ordered) - 1)
    away = np.minimum(np.abs(own - ordered[at - 1]), np.abs(own - ordered[at]))
    lacking = away > SLACK * voxel_mm
    where = np.where(own > ordered[-1], 0, np.where(own < ordered[0], 2, 1))[lacking]
    return lacking, frozenset(tuple(Lack)[int(one)] for one in np.unique(where))
