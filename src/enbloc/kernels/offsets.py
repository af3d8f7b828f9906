"""The surface of a mask as voxels with an area each, and how near each of them comes to other voxels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

AROUND = 3  # voxels on either side whose places say where the surface faces
HAIR = 1e-9  # what adding up may cost, in the unit of places
NEAR = 12.25  # the square of how far away they may lie, in voxels


@compiled
def _held(mask: Bytes, a: int, b: int, c: int) -> bool:
    inside = 0 <= a < mask.shape[0] and 0 <= b < mask.shape[1] and 0 <= c < mask.shape[2]
    return bool(inside and mask[a, b, c] != 0)


@compiled
def _outward(mask: Bytes, a: int, b: int, c: int, way: tuple[int, int, int], normals: Floats) -> Floats:
    """The unit normal of the surface at the face of a voxel, away from where the mask lies around it; or zero."""
    away = np.zeros(3)
    for p in range(-AROUND, AROUND + 1):
        for q in range(-AROUND, AROUND + 1):
            for r in range(-AROUND, AROUND + 1):
                u, v, w = p - 0.5 * way[0], q - 0.5 * way[1], r - 0.5 * way[2]
                weight = max(0.0, 1.0 - (u * u + v * v + w * w) / NEAR) ** 2  # smooth, and the same all round
                if weight > 0.0 and _held(mask, a + p, b + q, c + r):
                    for axis in range(3):
                        away[axis] -= weight * (u * normals[0, axis] + v * normals[1, axis] + w * normals[2, axis])
    length = np.sqrt((away * away).sum())
    return away / length if length > 1e-9 else np.zeros(3)


@compiled
def surface_areas(mask: Bytes, matrix: Floats) -> tuple[Ints, Floats]:
    """The voxels of a mask that have a face towards one that is not in it, indices (n, 3), and the area of each, (n,).

    ``matrix``, shape (3, 3), takes steps in indices to places; areas are in the square of its unit. A face counts as
    it is seen along the normal of the surface there: the steps of an oblique surface do not make it larger.
    """
    inverse = np.ascontiguousarray(np.linalg.inv(matrix))
    faces = inverse * abs(np.linalg.det(matrix))  # row k is the area of the face across axis k, outward
    count = 0
    found = np.empty((int(mask.astype(np.int64).sum()), 3), np.int64)
    areas = np.zeros(len(found))
    for a in range(mask.shape[0]):
        for b in range(mask.shape[1]):
            for c in range(mask.shape[2]):
                if mask[a, b, c] == 0:
                    continue
                total, is_skin = 0.0, False
                for axis in range(3):
                    for sign in (-1, 1):
                        way = (sign * (axis == 0), sign * (axis == 1), sign * (axis == 2))
                        if not _held(mask, a + way[0], b + way[1], c + way[2]):
                            total += sign * (faces[axis] * _outward(mask, a, b, c, way, inverse)).sum()
                            is_skin = True
                if is_skin:
                    found[count, 0], found[count, 1], found[count, 2] = a, b, c
                    areas[count] = max(0.0, total)
                    count += 1
    return found[:count].copy(), areas[:count].copy()


@compiled
def _extent(edges: Floats, x: float, y: float, z: float) -> float:
    """Half the extent of a voxel along a direction, times its length; of several voxels together by all their edges."""
    total = 0.0
    for axis in range(len(edges)):
        total += 0.5 * abs(edges[axis, 0] * x + edges[axis, 1] * y + edges[axis, 2] * z)
    return total


@compiled
def _between(axes: Floats, halves: Floats, edges: Floats, x: float, y: float, z: float, apart: float) -> float:
    """A bound on the distance between two voxels that is never above it: along their centres, or box from box."""
    along = max(0.0, apart - _extent(edges, x, y, z) / max(apart, 1e-9))
    square = 0.0
    for axis in range(3):
        off = abs(axes[axis, 0] * x + axes[axis, 1] * y + axes[axis, 2] * z) - halves[axis]
        square += max(0.0, off) ** 2
    return float(max(along, np.sqrt(square)))


@compiled
def _squared_up(edges: Floats) -> Floats:
    """Three directions at right angles, as rows, the first along the first edge; those of the edges themselves if they
    are at right angles.
    """
    axes = np.zeros((3, 3))
    for axis in range(3):
        way = edges[axis].copy()
        for before in range(axis):
            way -= (way * axes[before]).sum() * axes[before]
        axes[axis] = way / np.sqrt((way * way).sum())
    return axes


@compiled
def _is_before(others: Floats, one: int, other: int) -> bool:
    """Whether a place comes before another one by its first coordinate that differs; before none it does."""
    for axis in range(3 if other >= 0 else 0):
        if others[one, axis] != others[other, axis]:
            return bool(others[one, axis] < others[other, axis])
    return other < 0


@compiled
def gaps(
    points: Floats, shape: Floats, others: Floats, first: Ints, cubes: Floats, other: Floats
) -> tuple[Floats, Ints]:
    """How near each of ``points``, shape (n, 3), comes to ``others``, and to which; voxels taken whole; shape (n,).

    ``others``, ``first`` and ``cubes`` are as from `distances.tiled`. ``shape`` and ``other``, shape (3, 3), hold the
    voxel's edges of each grid as rows. The gap between two voxels is exact for two grids of the same axes at right
    angles, and never above the true one for others. Of gaps alike the one of the nearest centres counts, of those the
    first by its place: what is nearest among all stays so among some, whatever their order.
    """
    widest = 0.5 * (np.sqrt((shape**2).sum()) + np.sqrt((other**2).sum())) + HAIR
    edges, axes = np.concatenate((shape, other)), _squared_up(shape)
    halves = np.array([_extent(edges, axes[axis, 0], axes[axis, 1], axes[axis, 2]) for axis in range(3)])
    least, which = np.full(len(points), np.inf), np.full(len(points), -1, np.int64)
    start = 0
    for n in range(len(points)):
        point, best, near, begin = points[n], np.inf, np.inf, start
        for turn in range(len(cubes)):  # from the cube of the last point on: it is near, and bounds the others
            m = (begin + turn) % len(cubes)
            u, v, w = cubes[m, 0] - point[0], cubes[m, 1] - point[1], cubes[m, 2] - point[2]
            if np.sqrt(u * u + v * v + w * w) - cubes[m, 3] - widest > best:
                continue
            for q in range(first[m], first[m + 1]):
                x, y, z = others[q, 0] - point[0], others[q, 1] - point[1], others[q, 2] - point[2]
                apart = np.sqrt(x * x + y * y + z * z)
                if apart - widest > best:
                    continue
                gap = _between(axes, halves, edges, x, y, z, apart)
                is_alike = gap == best and (apart < near or (apart == near and _is_before(others, q, which[n])))
                if gap < best or is_alike:
                    best, near, which[n], start = gap, apart, q, m
        least[n] = best
    return least, which
