"""Voxels looked up where somebody asks: at points, or labels on a stack of planes through them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def looked_up(labels: NDArray[Any], matrix: Floats, offset: Floats, points: Floats) -> NDArray[np.int64]:
    """The label of the voxel that holds each of ``points``, shape (n, 3); 0 outside the array.

    ``matrix``, shape (3, 3), and ``offset`` take a point to array indices.
    """
    found = np.zeros(len(points), np.int64)
    for at in range(len(points)):
        x, y, z = points[at, 0], points[at, 1], points[at, 2]
        a = int(np.floor(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0] + 0.5))
        b = int(np.floor(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1] + 0.5))
        c = int(np.floor(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2] + 0.5))
        if 0 <= a < labels.shape[0] and 0 <= b < labels.shape[1] and 0 <= c < labels.shape[2]:
            found[at] = labels[a, b, c]
    return found


@compiled
def readings(voxels: NDArray[Any], matrix: Floats, offset: Floats, points: Floats) -> Floats:
    """The value of the voxel that holds each of ``points``, shape (n, 3); NaN outside the array.

    ``matrix``, shape (3, 3), and ``offset`` take a point to array indices.
    """
    found = np.full(len(points), np.nan)
    for at in range(len(points)):
        x, y, z = points[at, 0], points[at, 1], points[at, 2]
        a = int(np.floor(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0] + 0.5))
        b = int(np.floor(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1] + 0.5))
        c = int(np.floor(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2] + 0.5))
        if 0 <= a < voxels.shape[0] and 0 <= b < voxels.shape[1] and 0 <= c < voxels.shape[2]:
            found[at] = voxels[a, b, c]
    return found


@compiled
def stacked(
    labels: NDArray[Any],
    matrix: Floats,
    offset: Floats,
    origins: Floats,
    across: Floats,
    along: Floats,
    us: Floats,
    vs: Floats,
) -> NDArray[np.int64]:
    """Labels on planes: plane n holds the points ``origins[n] + u * across[n] + v * along[n]``.

    Shape (len(origins), len(us), len(vs)); 0 outside the array. ``origins``, ``across``, ``along``: shape (n, 3).
    """
    found = np.zeros((len(origins), len(us), len(vs)), np.int64)
    for n in range(len(origins)):
        for p in range(len(us)):
            for q in range(len(vs)):
                x = origins[n, 0] + us[p] * across[n, 0] + vs[q] * along[n, 0]
                y = origins[n, 1] + us[p] * across[n, 1] + vs[q] * along[n, 1]
                z = origins[n, 2] + us[p] * across[n, 2] + vs[q] * along[n, 2]
                a = int(np.floor(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0] + 0.5))
                b = int(np.floor(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1] + 0.5))
                c = int(np.floor(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2] + 0.5))
                if 0 <= a < labels.shape[0] and 0 <= b < labels.shape[1] and 0 <= c < labels.shape[2]:
                    found[n, p, q] = labels[a, b, c]
    return found
