"""Where the set voxels of a mask lie."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def placed(mask: NDArray[np.uint8], matrix: Floats, offset: Floats) -> Floats:
    """The centres of the set voxels in their order in memory, shape (n, 3), taken from indices by an affine map."""
    count = 0
    for a in range(mask.shape[0]):
        for b in range(mask.shape[1]):
            for c in range(mask.shape[2]):
                count += int(mask[a, b, c] != 0)
    points = np.empty((count, 3))
    at = 0
    for a in range(mask.shape[0]):
        for b in range(mask.shape[1]):
            for c in range(mask.shape[2]):
                if mask[a, b, c]:
                    for axis in range(3):
                        points[at, axis] = (
                            matrix[axis, 0] * a + matrix[axis, 1] * b + matrix[axis, 2] * c + offset[axis]
                        )
                    at += 1
    return points


@compiled
def moved(points: Floats, matrix: Floats, offset: Floats) -> Floats:
    """Each of ``points``, shape (n, 3), taken through an affine map; faster than a product with so narrow an array."""
    result = np.empty_like(points)
    for at in range(len(points)):
        x, y, z = points[at, 0], points[at, 1], points[at, 2]
        for axis in range(3):
            result[at, axis] = matrix[axis, 0] * x + matrix[axis, 1] * y + matrix[axis, 2] * z + offset[axis]
    return result


@compiled
def evenly(points: Floats, share: float) -> Floats:
    """About a ``share`` of ``points``, shape (n, 3): all or none of those with the same y and z, spread evenly.

    Which are taken goes by where they lie and not by their order, so that what is mirrored in x keeps its mirror
    image. The multiples of the two steps fill a square evenly.
    """
    kept = np.empty_like(points)
    count = 0
    for at in range(len(points)):
        # To the thousandth: the last digits of a place depend on the order in which its terms were added.
        y, z = np.floor(1000.0 * points[at, 1] + 0.5), np.floor(1000.0 * points[at, 2] + 0.5)
        place = 0.0007548776662466927 * y + 0.0005698402909980532 * z
        if place - np.floor(place) < share:
            kept[count] = points[at]
            count += 1
    return kept[:count].copy()
