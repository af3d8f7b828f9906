"""Points of a grid, and how much of each voxel a solid fills."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def grid_points(affine: Floats, start: NDArray[np.int64], shape: NDArray[np.int64]) -> Floats:
    """Centres of the voxels of a box, row by row, shape (n, 3), in the frame that ``affine`` leads to."""
    points = np.empty((shape[0] * shape[1] * shape[2], 3))
    at = 0
    for a in range(shape[0]):
        for b in range(shape[1]):
            for c in range(shape[2]):
                i, j, k = float(start[0] + a), float(start[1] + b), float(start[2] + c)
                for axis in range(3):
                    points[at, axis] = affine[axis, 0] * i + affine[axis, 1] * j + affine[axis, 2] * k + affine[axis, 3]
                at += 1
    return points


@compiled
def split_points(points: Floats, offsets: Floats) -> Floats:
    """Each point, shape (n, 3), moved by each offset, shape (m, 3): shape (n m, 3), the parts of a voxel together."""
    count, many = points.shape[0], offsets.shape[0]
    split = np.empty((count * many, 3))
    for at in range(count):
        for part in range(many):
            for axis in range(3):
                split[at * many + part, axis] = points[at, axis] + offsets[part, axis]
    return split


@compiled
def filled(distances: Floats, parts: int, width: float, inset: float) -> Floats:
    """Share of each voxel deeper than ``inset`` below the surface, from the distances of its ``parts``, shape (n m,).

    ``width`` is the size of a part: a part that the surface crosses counts in proportion.
    """
    count = distances.shape[0] // parts
    shares = np.empty(count)
    for at in range(count):
        total = 0.0
        for part in range(parts):
            inside = 0.5 - (distances[at * parts + part] + inset) / width
            total += min(1.0, max(0.0, inside))
        shares[at] = total / parts
    return shares
