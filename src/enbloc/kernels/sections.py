"""A mask cut by a plane, finer than its voxels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled
from enbloc.kernels.surfaces import between

Floats = NDArray[np.float64]


@compiled
def section(
    mask: NDArray[np.uint8], matrix: Floats, offset: Floats, origin: Floats, along: Floats, us: Floats, vs: Floats
) -> Floats:
    """The mask, 0 to 1, interpolated linearly at ``origin + u * along[0] + v * along[1]``; shape (len(us), len(vs)).

    ``matrix``, shape (3, 3), and ``offset`` take a place to array indices; 0 outside the array.
    """
    found = np.empty((len(us), len(vs)))
    for p in range(len(us)):
        for q in range(len(vs)):
            x = origin[0] + us[p] * along[0, 0] + vs[q] * along[1, 0]
            y = origin[1] + us[p] * along[0, 1] + vs[q] * along[1, 1]
            z = origin[2] + us[p] * along[0, 2] + vs[q] * along[1, 2]
            found[p, q] = between(
                mask,
                matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2] * z + offset[0],
                matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2] * z + offset[1],
                matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2] * z + offset[2],
            )
    return found
