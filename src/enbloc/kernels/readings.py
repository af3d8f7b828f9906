"""What a scan shows at points."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def readings(voxels: NDArray[Any], matrix: Floats, offset: Floats, points: Floats) -> Floats:
    """The value of the voxel that holds each of ``points``, shape (n, 3); NaN outside the array.

    ``matrix``, shape (3, 3), and ``offset`` take a point to array indices.
    """
    found = np.full(len(points), np.nan)
    for at in range(len(points)):
        x, y, z = points[at, 0], points[at, 1], points[at, 2]
        a = int(np.floor(matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0] + 0.5))
        b = int(np.floor(matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1] + 0.5))
        c = int(np.floor(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2] + 0.5))
        if 0 <= a < voxels.shape[0] and 0 <= b < voxels.shape[1] and 0 <= c < voxels.shape[2]:
            found[at] = voxels[a, b, c]
    return found
