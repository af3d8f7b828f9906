"""A plane through points of which a part is wrong: least trimmed squares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
ROUNDS = 30
STARTS = 5
NORMAL_AT_70 = 1.8
"""The spread of normal errors over the root mean square of their smaller 70 %."""


@compiled
def fitted(points: Floats, kept: NDArray[np.bool_]) -> Floats:
    """Height, slope along x and slope along y of the least-squares plane z = h + p x + q y through the kept points."""
    count, mean = 0, np.zeros(3)
    for at in range(len(points)):
        if kept[at]:
            count += 1
            mean += points[at]
    mean /= max(count, 1)
    xx, xy, yy, xz, yz = 0.0, 0.0, 0.0, 0.0, 0.0
    for at in range(len(points)):
        if kept[at]:
            x, y, z = points[at, 0] - mean[0], points[at, 1] - mean[1], points[at, 2] - mean[2]
            xx, xy, yy, xz, yz = xx + x * x, xy + x * y, yy + y * y, xz + x * z, yz + y * z
    whole = xx * yy - xy * xy
    plane = np.zeros(3)
    if whole > 1e-9 * (xx * yy + 1e-9):
        plane[1], plane[2] = (xz * yy - yz * xy) / whole, (yz * xx - xz * xy) / whole
    plane[0] = mean[2] - plane[1] * mean[0] - plane[2] * mean[1]
    return plane


@compiled
def away(points: Floats, plane: Floats) -> Floats:
    """How far each point lies from the plane along z, without sign."""
    off: Floats = np.abs(points[:, 2] - plane[0] - plane[1] * points[:, 0] - plane[2] * points[:, 1])
    return off


@compiled
def _start(points: Floats, number: int, middle: Floats) -> NDArray[np.bool_]:
    """All points, or those on one side of the middle: wrong points lie together, so one of these is free of most."""
    if number == 0:
        return np.ones(len(points), np.bool_)
    axis = (number - 1) // 2
    side: NDArray[np.bool_] = points[:, axis] <= middle[axis] if number % 2 else points[:, axis] >= middle[axis]
    return side


@compiled
def trimmed_plane(points: Floats, share: float, floor: float) -> Floats:
    """The plane z = h + p x + q y to which ``share`` of ``points``, shape (n, 3), lie closest in least squares.

    Found by concentration steps from all points and from either half along x and y. Then, three times, the points
    that lie within 2.5 spreads of it, or within ``floor``, are taken back and the plane is fitted again. Returns
    (h, p, q, root mean square of those points, share left out, their spread along x, along y), shape (7,); NaN for
    fewer than 6 points.
    """
    result = np.full(7, np.nan)
    count = len(points)
    if count < 6:
        return result
    many = max(int(np.ceil(share * count)), 3)
    middle = np.array([np.median(points[:, 0]), np.median(points[:, 1])])
    least = np.inf
    best = np.zeros(3)
    for number in range(STARTS):
        plane = fitted(points, _start(points, number, middle))
        before = np.inf
        for _ in range(ROUNDS):
            off = away(points, plane)
            limit = np.partition(off, many - 1)[many - 1]
            kept = off <= limit
            rest = np.sum(off[kept] ** 2) / np.sum(kept)
            if rest >= before - 1e-12:
                break
            before = rest
            plane = fitted(points, kept)
        if before < least:
            least, best = before, plane
    plane = best
    kept = np.ones(count, np.bool_)
    for _ in range(3):
        kept = away(points, plane) <= max(2.5 * NORMAL_AT_70 * np.sqrt(least), floor)
        plane = fitted(points, kept)
    off = away(points, plane)[kept]
    result[:3] = plane
    result[3], result[4] = np.sqrt(np.mean(off**2)), 1.0 - len(off) / count
    result[5], result[6] = np.std(points[:, 0][kept]), np.std(points[:, 1][kept])
    return result
