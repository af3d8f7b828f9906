"""Distances between sets of voxels: how deep a voxel lies in its mask, and how near two surfaces come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@compiled
def deeper(mask: Bytes, spacing: Floats, depth: float) -> Bytes:
    """Which voxels of a mask lie farther than ``depth`` from every voxel that is not in it; beyond the array none is.

    ``spacing``, shape (3,), is the distance between voxels along each axis, in the unit of ``depth``.
    """
    square = np.where(mask > 0, np.inf, 0.0)
    square = _nearer(square, spacing[2], depth)
    square = _nearer(np.ascontiguousarray(square.transpose(0, 2, 1)), spacing[1], depth)
    square = _nearer(np.ascontiguousarray(square.transpose(1, 2, 0)), spacing[0], depth)
    return (square.transpose(2, 1, 0) > depth * depth).astype(np.uint8)


@compiled
def _nearer(square: Floats, spacing: float, depth: float) -> Floats:
    """Squared distances that may be made up of one already known and a way along the last axis, up to ``depth``."""
    found = square.copy()
    last = square.shape[2]
    for step in range(1, int(depth / spacing) + 1):
        more = (step * spacing) ** 2
        for a in range(square.shape[0]):
            for b in range(square.shape[1]):
                for c in range(last - step):
                    found[a, b, c] = min(found[a, b, c], square[a, b, c + step] + more)
                    found[a, b, c + step] = min(found[a, b, c + step], square[a, b, c] + more)
    return found


@compiled
def skin(mask: Bytes) -> Ints:
    """The indices, shape (n, 3), of the voxels of a mask that have a face towards one that is not in it."""
    na, nb, nc = mask.shape
    found = np.empty((int(mask.astype(np.int64).sum()), 3), np.int64)
    count = 0
    for a in range(na):
        for b in range(nb):
            for c in range(nc):
                if mask[a, b, c] == 0:
                    continue
                if 0 < a < na - 1 and 0 < b < nb - 1 and 0 < c < nc - 1:
                    along = mask[a - 1, b, c] and mask[a + 1, b, c] and mask[a, b - 1, c] and mask[a, b + 1, c]
                    if along and mask[a, b, c - 1] and mask[a, b, c + 1]:
                        continue
                found[count, 0], found[count, 1], found[count, 2] = a, b, c
                count += 1
    return found[:count].copy()


@compiled
def edged(mask: Bytes, matrix: Floats, offset: Floats, points: Floats) -> Bytes:
    """Whether each of ``points``, shape (n, 3), lies in a voxel of the mask, and whether beside its surface.

    ``matrix``, shape (3, 3), and ``offset`` take a point to array indices. Shape (n, 2), 0 or 1; beside the surface is
    a voxel that has a face towards one of the other kind.
    """
    found = np.zeros((len(points), 2), np.uint8)
    for at in range(len(points)):
        x, y, z = points[at, 0], points[at, 1], points[at, 2]
        a = int(np.floor(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0] + 0.5))
        b = int(np.floor(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1] + 0.5))
        c = int(np.floor(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2] + 0.5))
        if not (-1 <= a <= mask.shape[0] and -1 <= b <= mask.shape[1] and -1 <= c <= mask.shape[2]):
            continue
        own = _at(mask, a, b, c)
        same = _at(mask, a - 1, b, c) == own and _at(mask, a + 1, b, c) == own
        same = same and _at(mask, a, b - 1, c) == own and _at(mask, a, b + 1, c) == own
        same = same and _at(mask, a, b, c - 1) == own and _at(mask, a, b, c + 1) == own
        found[at, 0], found[at, 1] = own, int(not same)
    return found


@compiled
def _at(mask: Bytes, a: int, b: int, c: int) -> int:
    """The mask at an index; 0 outside the array."""
    if 0 <= a < mask.shape[0] and 0 <= b < mask.shape[1] and 0 <= c < mask.shape[2]:
        return int(mask[a, b, c])
    return 0


@compiled
def tiled(points: Floats, size: float) -> tuple[Floats, Ints, Floats]:
    """Points sorted into cubes of an edge ``size``: the points, the first of each cube and one more, and the cubes.

    A cube is a row of its centre and the radius of the ball about it that holds its points; shape (m, 4).
    """
    low = np.array([points[:, 0].min(), points[:, 1].min(), points[:, 2].min()])
    keys = np.empty(len(points), np.int64)
    for at in range(len(points)):
        a, b, c = ((points[at] - low) // size).astype(np.int64)
        keys[at] = (a * 4096 + b) * 4096 + c
    order = np.argsort(keys, kind="mergesort")
    sorted_points, keys = points[order], keys[order]
    changed = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    first = np.zeros(len(changed) + 2, np.int64)
    first[1:-1], first[-1] = changed, len(keys)
    cubes = np.empty((len(first) - 1, 4))
    for at in range(len(cubes)):
        own = sorted_points[first[at] : first[at + 1]]
        for axis in range(3):
            cubes[at, axis] = own[:, axis].mean()
        radius = 0.0
        for one in own:
            radius = max(radius, ((one - cubes[at, :3]) ** 2).sum())
        cubes[at, 3] = np.sqrt(radius)
    return sorted_points, first, cubes


@compiled
def half_widths(off: Floats, shape: Floats, other: Floats, distance: float) -> float:
    """Half a voxel of one grid and half of another along ``off``, whose length is ``distance``."""
    total = 0.0
    for matrix in (shape, other):
        square = 0.0
        for axis in range(3):
            part = matrix[axis, 0] * off[0] + matrix[axis, 1] * off[1] + matrix[axis, 2] * off[2]
            square += part * part
        total += 0.5 * np.sqrt(square)
    return total / max(distance, 1e-9)


@compiled
def nearest(
    points: Floats,
    first: Ints,
    cubes: Floats,
    shape: Floats,
    others: Floats,
    other_first: Ints,
    other_cubes: Floats,
    other: Floats,
    limit: float,
) -> tuple[float, int, int]:
    """The smallest gap between the surfaces of two sets of voxels, and the voxels where it is.

    Both sets are as from `tiled`. ``shape`` and ``other``, shape (3, 3), hold the voxel's edges of each grid as rows; a
    surface lies half a voxel beyond the centre. Returns the gap, 0 at least, and the index into ``points`` and
    ``others``; ``limit`` and -1, -1 where the gap is no smaller than that.
    """
    best, mine, theirs = limit, -1, -1
    widest = 0.5 * (np.sqrt((shape**2).sum()) + np.sqrt((other**2).sum()))
    bounds = np.empty(len(cubes) * len(other_cubes))
    for m in range(len(cubes)):
        for n in range(len(other_cubes)):
            off = cubes[m, :3] - other_cubes[n, :3]
            apart = np.sqrt(off[0] * off[0] + off[1] * off[1] + off[2] * off[2])
            bounds[m * len(other_cubes) + n] = apart - cubes[m, 3] - other_cubes[n, 3] - widest
    for pair in np.argsort(bounds, kind="mergesort"):
        if bounds[pair] >= best or best <= 0.0:
            break
        m, n = pair // len(other_cubes), pair % len(other_cubes)
        for q in range(other_first[n], other_first[n + 1]):
            for p in range(first[m], first[m + 1]):
                x, y, z = others[q, 0] - points[p, 0], others[q, 1] - points[p, 1], others[q, 2] - points[p, 2]
                distance = np.sqrt(x * x + y * y + z * z)
                if distance - widest >= best:
                    continue
                gap = max(0.0, distance - half_widths(others[q] - points[p], shape, other, distance))
                if gap < best:
                    best, mine, theirs = gap, p, q
    return best, mine, theirs
