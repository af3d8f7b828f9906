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


@compiled
def shaded(depth: Floats, facing: Floats, base: Floats, light: Floats, two_sided: bool) -> tuple[Floats, Floats]:
    """The colour of a lit surface, shape (rows, columns, 3), and how squarely it faces the viewer, 0 to 1.

    ``base`` is its own colour, ``light`` the unit direction of the light, in the axes of the normals. Where the
    surface ends or steps back, a darker line is drawn, as a draughtsman would.
    """
    rows, columns = depth.shape
    colour = np.zeros((rows, columns, 3), dtype=np.float64)
    square = np.zeros((rows, columns), dtype=np.float64)
    for r in range(rows):
        for c in range(columns):
            if not np.isfinite(depth[r, c]):
                continue
            x, y, z = facing[r, c, 0], facing[r, c, 1], facing[r, c, 2]
            length = max(np.sqrt(x * x + y * y + z * z), 1e-9)
            lit = (x * light[0] + y * light[1] + z * light[2]) / length
            lit = abs(lit) if two_sided else max(lit, 0.0)
            square[r, c] = abs(z) / length
            back = max(
                depth[max(r - 2, 0), c],
                depth[min(r + 2, rows - 1), c],
                depth[r, max(c - 2, 0)],
                depth[r, min(c + 2, columns - 1)],
            )
            rim = 0.35 if back - depth[r, c] > 3.0 else 1.0
            for axis in range(3):
                colour[r, c, axis] = rim * (base[axis] * (0.34 + 0.72 * lit) + 0.16 * lit**24)
    return colour, square


@compiled
def laid_over(depths: Floats, colours: Floats, hides: Floats, ground: Floats) -> Floats:
    """Surfaces laid over each other in every pixel, the farthest first, on ``ground``; shape (rows, columns, 3).

    ``depths`` and ``hides`` have the shape (surfaces, rows, columns), ``colours`` three more numbers each;
    ``hides`` is how much of what lies behind a surface it hides, 0 to 1. The same depth keeps the given order.
    """
    count, rows, columns = depths.shape
    picture = np.empty((rows, columns, 3), dtype=np.float64)
    order = np.empty(count, dtype=np.int64)
    for r in range(rows):
        for c in range(columns):
            seen = 0
            for at in range(count):
                if np.isfinite(depths[at, r, c]):
                    place = seen
                    while place > 0 and depths[order[place - 1], r, c] < depths[at, r, c]:
                        order[place] = order[place - 1]
                        place -= 1
                    order[place] = at
                    seen += 1
            picture[r, c] = ground
            for nth in range(seen):
                at = order[nth]
                alpha = hides[at, r, c]
                for axis in range(3):
                    picture[r, c, axis] = picture[r, c, axis] * (1 - alpha) + colours[at, r, c, axis] * alpha
    return picture
