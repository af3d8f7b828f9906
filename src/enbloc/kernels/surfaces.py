"""Where a column through a mask enters and leaves it, finer than a voxel."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def between(mask: NDArray[np.uint8], a: float, b: float, c: float) -> float:
    """The mask, 0 or 1, interpolated linearly at a fractional index; 0 outside the array."""
    i, j, k = int(np.floor(a)), int(np.floor(b)), int(np.floor(c))
    total = 0.0
    for di in range(2):
        p = i + di
        if p < 0 or p >= mask.shape[0]:
            continue
        wi = a - i if di else 1.0 - (a - i)
        for dj in range(2):
            q = j + dj
            if q < 0 or q >= mask.shape[1]:
                continue
            wj = b - j if dj else 1.0 - (b - j)
            for dk in range(2):
                r = k + dk
                if r < 0 or r >= mask.shape[2]:
                    continue
                if mask[p, q, r]:
                    total += wi * wj * (c - k if dk else 1.0 - (c - k))
    return total


@compiled
def column_ends(
    mask: NDArray[np.uint8], matrix: Floats, offset: Floats, xs: Floats, ys: Floats, zs: Floats
) -> tuple[Floats, Floats]:
    """The lowest and highest z at which the column through each (x, y) crosses the surface of the mask.

    ``matrix``, shape (3, 3), and ``offset`` take a position (x, y, z) to array indices; ``zs`` is evenly spaced and
    ascending. The surface is where the interpolated mask is one half, so that a face lies where it was drawn and not
    on the next sample. Shapes (len(xs), len(ys)); NaN where the column misses the mask.
    """
    low = np.full((len(xs), len(ys)), np.nan)
    high = np.full((len(xs), len(ys)), np.nan)
    step = zs[1] - zs[0]
    for m in range(len(xs)):
        for n in range(len(ys)):
            before = 0.0
            for o in range(len(zs)):
                x, y, z = xs[m], ys[n], zs[o]
                now = between(
                    mask,
                    matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0],
                    matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1],
                    matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2],
                )
                if before < 0.5 <= now and np.isnan(low[m, n]):
                    low[m, n] = z - step * (now - 0.5) / (now - before)
                if now < 0.5 <= before:
                    high[m, n] = z - step * (0.5 - now) / (before - now)
                before = now
    return low, high
