"""A region grown from a voxel: what is joined to it by faces and within bounds, nearest by steps first."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled
from enbloc.kernels.regions import neighbour

FACES = 6


@compiled
def grown(
    values: NDArray[Any], is_free: NDArray[np.bool_], bounds: tuple[float, float], seed: tuple[int, int, int], most: int
) -> NDArray[np.int64]:
    """The voxels, shape (n, 3) in the order of steps, that are joined to ``seed`` through free ones within bounds.

    ``values`` and ``is_free`` have one shape; both bounds are included. No more than ``most`` voxels are taken; none
    if the seed itself is not free or out of bounds.
    """
    found = np.empty((most, 3), np.int64)
    seen = np.zeros(values.shape, np.bool_)
    count, done = 0, 0
    a, b, c = seed
    if most > 0 and is_free[a, b, c] and bounds[0] <= values[a, b, c] <= bounds[1]:
        found[0, 0], found[0, 1], found[0, 2] = a, b, c
        seen[a, b, c] = True
        count = 1
    while done < count and count < most:
        a, b, c = found[done, 0], found[done, 1], found[done, 2]
        done += 1
        for way in range(FACES):
            x, y, z = neighbour(a, b, c, way)
            if count == most or min(x, y, z) < 0:
                continue
            if x >= values.shape[0] or y >= values.shape[1] or z >= values.shape[2] or seen[x, y, z]:
                continue
            seen[x, y, z] = True
            if is_free[x, y, z] and bounds[0] <= values[x, y, z] <= bounds[1]:
                found[count, 0], found[count, 1], found[count, 2] = x, y, z
                count += 1
    return found[:count].copy()
