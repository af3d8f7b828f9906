"""Rigid motions blended along an axis, and labels looked up through the blend.

Each of several planes has a motion of its own, a small one given by its twist (turn vector, then shift along it: its
logarithm). Between two planes the twists are mixed by how near each is; beyond the first and the last nothing changes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled
from enbloc.kernels.rigid import moved

Floats = NDArray[np.float64]
STIFF = 0.3
"""Up to this share of the way to the next plane a place moves as its own plane does."""


@compiled
def mixed_twist(centres: Floats, axes: Floats, twists: Floats, x: float, y: float, z: float, twist: Floats) -> None:
    """The twist at a place, into ``twist``, shape (6,). Planes run from the first, highest along its axis, to the last.

    ``centres``, ``axes`` (unit normals, towards the first): shape (n, 3); ``twists``: shape (n, 6).
    """
    last = len(centres) - 1
    before = 0.0
    for n in range(last + 1):
        height = axes[n, 0] * (x - centres[n, 0]) + axes[n, 1] * (y - centres[n, 1]) + axes[n, 2] * (z - centres[n, 2])
        if height >= 0.0 or n == last:
            share = 1.0  # of plane n; the rest is of the one before
            if n > 0 and height >= 0.0:
                share = before / max(before + height, 1e-9)
                share = min(1.0, max(0.0, (share - STIFF) / (1.0 - 2.0 * STIFF)))
                share = share * share * (3.0 - 2.0 * share)
            for k in range(6):
                twist[k] = share * twists[n, k] + (1.0 - share) * twists[max(n - 1, 0), k]
            return
        before = -height


@compiled
def twisted(twist: Floats, x: float, y: float, z: float) -> tuple[float, float, float]:
    """A place after the motion whose logarithm is ``twist``."""
    p, q, r = twist[0], twist[1], twist[2]
    square = p * p + q * q + r * r
    if square > 1e-10:
        angle = np.sqrt(square)
        one, two = np.sin(angle) / angle, (1.0 - np.cos(angle)) / square
        three = (1.0 - one) / square
    else:
        one, two, three = 1.0 - square / 6.0, 0.5 - square / 24.0, 1.0 / 6.0 - square / 120.0
    # x' = x + one (w × x) + two (w × (w × x)); the shift v moves by v + two (w × v) + three (w × (w × v)).
    u, v, w = twist[3], twist[4], twist[5]
    ax, ay, az = one * x + two * u, one * y + two * v, one * z + two * w
    bx, by, bz = two * x + three * u, two * y + three * v, two * z + three * w
    cx, cy, cz = q * bz - r * by, r * bx - p * bz, p * by - q * bx
    dx, dy, dz = ax + cx, ay + cy, az + cz
    return x + u + q * dz - r * dy, y + v + r * dx - p * dz, z + w + p * dy - q * dx


@compiled
def blended(centres: Floats, axes: Floats, twists: Floats, points: Floats) -> Floats:
    """The points, shape (n, 3), after the blend of motions."""
    found, twist = np.empty_like(points), np.empty(6)
    for n in range(len(points)):
        x, y, z = points[n, 0], points[n, 1], points[n, 2]
        mixed_twist(centres, axes, twists, x, y, z, twist)
        found[n, 0], found[n, 1], found[n, 2] = twisted(twist, x, y, z)
    return found


@compiled
def most_of(labels: NDArray[Any], a: float, b: float, c: float) -> int:
    """The label that takes most of the cell around a fractional index, by linear weights; 0 outside the array."""
    i, j, k = int(np.floor(a)), int(np.floor(b)), int(np.floor(c))
    held, weights = np.zeros(8, np.int64), np.zeros(8)
    count = 0
    for di in range(2):
        for dj in range(2):
            for dk in range(2):
                p, q, r = i + di, j + dj, k + dk
                label = 0
                if 0 <= p < labels.shape[0] and 0 <= q < labels.shape[1] and 0 <= r < labels.shape[2]:
                    label = int(labels[p, q, r])
                weight = (a - i if di else 1.0 - a + i) * (b - j if dj else 1.0 - b + j)
                weight *= c - k if dk else 1.0 - c + k
                at = 0
                while at < count and held[at] != label:
                    at += 1
                held[at] = label
                weights[at] += weight
                count = max(count, at + 1)
    best = 0
    for at in range(1, count):
        if weights[at] > weights[best]:
            best = at
    return int(held[best])


@compiled
def carried(
    labels: NDArray[Any],
    box: NDArray[np.int64],
    affine: Floats,
    to_index: Floats,
    centres: Floats,
    axes: Floats,
    twists: Floats,
) -> NDArray[np.int64]:
    """The labels seen by the voxels of ``box``, shape (3, 2), of a grid with this ``affine``, through the blend.

    ``to_index``, shape (3, 4), takes a blended place to indices of ``labels``.
    """
    found = np.zeros((box[0, 1] - box[0, 0], box[1, 1] - box[1, 0], box[2, 1] - box[2, 0]), np.int64)
    twist = np.empty(6)
    for a in range(found.shape[0]):
        for b in range(found.shape[1]):
            for c in range(found.shape[2]):
                x, y, z = moved(affine, float(a + box[0, 0]), float(b + box[1, 0]), float(c + box[2, 0]))
                mixed_twist(centres, axes, twists, x, y, z, twist)
                x, y, z = twisted(twist, x, y, z)
                i, j, k = moved(to_index, x, y, z)
                found[a, b, c] = most_of(labels, i, j, k)
    return found
