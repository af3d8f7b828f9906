"""Distances from the tumour to a plane or to another structure, with what the voxels leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.case.image import Grid, Images

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Shell:
    """The outermost voxels of a structure: their centres ``points_mm``, shape (n, 3), patient LPS, and their grid."""

    points_mm: Floats
    grid: Grid

    def half_voxel_mm(self, direction: Floats) -> float:
        """Half the extent of one voxel along a unit ``direction``, mm: how far a surface may lie off."""
        return float(0.5 * np.abs(direction @ self.grid.affine[:3, :3]).sum())


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance in mm with the interval that half a voxel leaves, and the place on the tumour."""

    mm: float
    low: float
    high: float
    at_mm: Triple


def shell(images: Images, named: Structure) -> Shell | None:
    """The outermost voxels of a structure, or nothing if it is not labelled."""
    labels = images.map_of(named)
    if labels is None:
        return None
    box = labels.boxes[named]
    indices = np.argwhere(_rim(labels.mask(named, box))) + [part.start for part in box]
    return Shell(points_mm=labels.grid.points_mm(indices), grid=labels.grid)


def _rim(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    padded = np.pad(mask, 1)
    inside = padded.copy()
    for axis in range(3):
        inside &= np.roll(padded, 1, axis) & np.roll(padded, -1, axis)
    core: tuple[Any, ...] = (slice(1, -1),) * 3
    return np.asarray(mask & ~inside[core])


def to_plane(tumour: Shell, plane: Plane) -> Distance:
    """The smallest distance from the tumour to a plane whose normal points to it; negative if it is cut.

    A label's surface lies half a voxel beyond its outermost centres, give or take another half.

    Examples
    --------
    >>> grid = Grid(shape=(9, 9, 9), affine=np.eye(4))
    >>> tumour = Shell(points_mm=np.array([[0.0, 0.0, 4.0]]), grid=grid)
    >>> to_plane(tumour, Plane(point_mm=(0, 0, 0), normal=(0, 0, 1))).mm
    3.5
    """
    distances = plane.distance_mm(tumour.points_mm)
    nearest = int(np.argmin(distances))
    half = tumour.half_voxel_mm(np.array(plane.normal))
    centre = float(distances[nearest])
    return Distance(centre - half, centre - 2 * half, centre, triple(tumour.points_mm[nearest]))


def to_structure(tumour: Shell, other: Shell) -> Distance:
    """The smallest distance from the tumour to another structure; 0 where they touch."""
    from scipy.spatial import cKDTree

    apart, nearest = (np.atleast_1d(found) for found in cKDTree(other.points_mm).query(tumour.points_mm))
    here = int(np.argmin(apart))
    centre = float(apart[here])
    between = other.points_mm[nearest[here]] - tumour.points_mm[here]
    direction = between / centre if centre > 0 else np.array([0.0, 0.0, 1.0])
    half = tumour.half_voxel_mm(direction) + other.half_voxel_mm(direction)
    low, middle, high = (max(0.0, centre - step * half) for step in (2, 1, 0))
    return Distance(middle, low, high, triple(tumour.points_mm[here]))
