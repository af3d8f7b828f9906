"""Triangles to pixels through a z-buffer. Pixel units in, arrays out; the same on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def nearest(vertices: Floats, normals: Floats, triangles: Ints, size: int) -> tuple[Floats, Floats]:
    """The nearest surface in each pixel of a square picture of ``size``: its depth and its normal.

    ``vertices``, shape (n, 3), are (column, row, depth) with the depth growing away from the viewer. The depth is
    infinite where nothing lies; normals, shape (size, size, 3), are mixed across each triangle, not normalised.
    """
    depth = np.full((size, size), np.inf, dtype=np.float64)
    facing = np.zeros((size, size, 3), dtype=np.float64)
    for at in range(len(triangles)):
        i, j, k = triangles[at, 0], triangles[at, 1], triangles[at, 2]
        ax, ay = vertices[i, 0], vertices[i, 1]
        bx, by = vertices[j, 0], vertices[j, 1]
        cx, cy = vertices[k, 0], vertices[k, 1]
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if area == 0.0:
            continue
        left = max(0, int(np.ceil(min(ax, bx, cx))))
        right = min(size - 1, int(np.floor(max(ax, bx, cx))))
        top = max(0, int(np.ceil(min(ay, by, cy))))
        bottom = min(size - 1, int(np.floor(max(ay, by, cy))))
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                u = ((bx - column) * (cy - row) - (by - row) * (cx - column)) / area
                v = ((cx - column) * (ay - row) - (cy - row) * (ax - column)) / area
                w = 1.0 - u - v
                if u < -1e-9 or v < -1e-9 or w < -1e-9:
                    continue
                far = u * vertices[i, 2] + v * vertices[j, 2] + w * vertices[k, 2]
                if far < depth[row, column]:
                    depth[row, column] = far
                    for axis in range(3):
                        facing[row, column, axis] = u * normals[i, axis] + v * normals[j, axis] + w * normals[k, axis]
    return depth, facing
