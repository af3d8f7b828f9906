"""The plane in which a mask is most like its mirror image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled
from enbloc.kernels.surfaces import between

Floats = NDArray[np.float64]
HALVINGS = 5


@compiled
def overlap(
    mask: NDArray[np.uint8], matrix: Floats, offset: Floats, points: Floats, turn: float, shift: float
) -> float:
    """How much of ``points`` lies in the mask once mirrored, from 0 to 1.

    ``points``, shape (n, 3), are (x, y, z); the mirror holds the z axis turned by ``turn`` (radians, about z) and lies
    ``shift`` along its normal, which is x turned likewise. ``matrix`` and ``offset`` take a point to array indices.
    """
    cos, sin = np.cos(turn), np.sin(turn)
    total = 0.0
    for at in range(len(points)):
        x, y, z = points[at, 0], points[at, 1], points[at, 2]
        off = 2.0 * (x * cos + y * sin - shift)
        x, y = x - off * cos, y - off * sin
        total += between(
            mask,
            matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0],
            matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1],
            matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2],
        )
    return total / max(len(points), 1)


@compiled
def mirror(
    mask: NDArray[np.uint8],
    matrix: Floats,
    offset: Floats,
    points: Floats,
    coarse: Floats,
    turns: Floats,
    shifts: Floats,
    stiffness: float,
) -> Floats:
    """The turn and the shift of the mirror that gives the greatest overlap, and that overlap; shape (3,).

    ``coarse`` are fewer points, on which every pair of ``turns`` and ``shifts`` (evenly spaced) is tried first; then
    the steps are halved on ``points``. What the mask lacks on one side alone takes from all mirrors alike, so that it
    does not pull the best one; but where much is missing the rest is best folded onto itself, so that a shift costs
    ``stiffness`` times its square.
    """
    best = np.array([0.0, 0.0, -1.0])
    for turn in turns:
        for shift in shifts:
            found = overlap(mask, matrix, offset, coarse, turn, shift) - stiffness * shift**2
            if found > best[2]:
                best[0], best[1], best[2] = turn, shift, found
    best[2] = overlap(mask, matrix, offset, points, best[0], best[1]) - stiffness * best[1] ** 2
    across, along = turns[1] - turns[0], shifts[1] - shifts[0]
    for _ in range(HALVINGS):
        across, along = 0.5 * across, 0.5 * along
        for axis in range(2):
            for sign in (-1.0, 1.0):
                turn = best[0] + (sign * across if axis == 0 else 0.0)
                shift = best[1] + (sign * along if axis == 1 else 0.0)
                found = overlap(mask, matrix, offset, points, turn, shift) - stiffness * shift**2
                if found > best[2]:
                    best[0], best[1], best[2] = turn, shift, found
                    break
    best[2] += stiffness * best[1] ** 2
    return best
