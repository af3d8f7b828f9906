"""Straight lines through voxels: which places can be left along one of many directions, and at what price.

A direction is a row of whole steps from voxel to voxel, one for each plane of its longest axis. Arrays only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@compiled
def ways_out(bars: Bytes, dear: Bytes, starts: Ints, steps: Ints, lengths: Floats) -> tuple[Ints, Floats, Ints]:
    """For each start the direction along which nothing bars and least is dear, what is dear on it, and what bars.

    ``bars`` is 0 where a line may pass, else the number of what bars it; ``dear`` is 1 where passing costs. ``starts``,
    shape (n, 3), are indices; ``steps``, shape (m, k, 3), the voxels of each direction from its start, which lie
    ``lengths``, shape (m,), apart. Beyond the array nothing bars. Returns the direction, -1 if all are barred, its
    price as a length (infinity if barred), and for a barred start the number of the nearest bar, 0 for one that is
    free; shapes (n,). Of equal directions the first counts.
    """
    count = len(starts)
    chosen, price, met = np.full(count, -1), np.full(count, np.inf), np.zeros(count, np.int64)
    for at in range(count):
        met[at] = bars[starts[at, 0], starts[at, 1], starts[at, 2]]
        if met[at]:
            continue
        nearest = np.inf
        for way in range(len(steps)):
            paid, step, bar = _walk(bars, dear, starts[at], steps[way], price[at] / lengths[way])
            if bar and lengths[way] * step < nearest:
                nearest, met[at] = lengths[way] * step, bar
            if bar == 0 and paid * lengths[way] < price[at]:
                chosen[at], price[at] = way, paid * lengths[way]
                if paid == 0:
                    break
        if chosen[at] >= 0:
            met[at] = 0
    return chosen, price, met


@compiled
def _walk(bars: Bytes, dear: Bytes, start: Ints, steps: Ints, most: float) -> tuple[int, int, int]:
    """How many dear voxels a line meets until it is out, is barred, or has met ``most``; at which step; and the bar."""
    paid = 0
    na, nb, nc = bars.shape
    for step in range(len(steps)):
        a, b, c = start[0] + steps[step, 0], start[1] + steps[step, 1], start[2] + steps[step, 2]
        if not (0 <= a < na and 0 <= b < nb and 0 <= c < nc):
            break
        if bars[a, b, c]:
            return paid, step + 1, int(bars[a, b, c])
        paid += int(dear[a, b, c])
        if paid >= most:
            break
    return paid, 0, 0


@compiled
def passed(dear: Bytes, starts: Ints, chosen: Ints, steps: Ints) -> Bytes:
    """Which dear voxels lie on the chosen line of some start, shape of ``dear``; a start with -1 has none."""
    found = np.zeros_like(dear)
    na, nb, nc = dear.shape
    for at in range(len(starts)):
        if chosen[at] < 0:
            continue
        for step in range(steps.shape[1]):
            a = starts[at, 0] + steps[chosen[at], step, 0]
            b = starts[at, 1] + steps[chosen[at], step, 1]
            c = starts[at, 2] + steps[chosen[at], step, 2]
            if not (0 <= a < na and 0 <= b < nb and 0 <= c < nc):
                break
            if dear[a, b, c]:
                found[a, b, c] = 1
    return found
