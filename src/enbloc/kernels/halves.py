"""Which points lie before planes that end: a compiled pass over points, whatever the number of planes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]


@compiled
def _along(planes: Floats, at: int, x: float, y: float, z: float) -> float:
    """The signed distance of a place to a plane: its unit normal and a point of it, a row of six."""
    p, q, r = x - planes[at, 3], y - planes[at, 4], z - planes[at, 5]
    return float(p * planes[at, 0] + q * planes[at, 1] + r * planes[at, 2])


@compiled
def _inside(planes: Floats, first: int, last: int, hair: float, x: float, y: float, z: float) -> bool:
    """Whether a place lies where the normals of the planes from ``first`` to before ``last`` point."""
    inside = True
    for at in range(first, last):
        inside = inside and _along(planes, at, x, y, z) >= -hair
    return inside


@compiled
def before(
    points: Floats, limits: Floats, cuts: Floats, faces: Floats, domains: Floats, first: Ints, hair: float
) -> Bytes:
    """Which of ``points``, shape (n, 3), lie inside all limits and before a face of every cut; shape (f, n), 0 or 1.

    A plane is a row of its unit normal and a point of it. ``faces``, shape (k, f), says how far each of f faces of each
    cut lies along its normal. Cut c bounds nothing outside of the half-spaces ``domains[first[c]:first[c + 1]]``. A
    place counts as in a half-space up to a ``hair`` outside of it.
    """
    count = faces.shape[1]
    nearest = np.array([faces[cut].min() for cut in range(len(cuts))])
    found = np.zeros((count, len(points)), np.uint8)
    for n in range(len(points)):
        x, y, z = points[n, 0], points[n, 1], points[n, 2]
        if not _inside(limits, 0, len(limits), hair, x, y, z):
            continue
        for face in range(count):
            found[face, n] = 1
        for cut in range(len(cuts)):
            far = _along(cuts, cut, x, y, z)
            if far <= nearest[cut] or not _inside(domains, first[cut], first[cut + 1], hair, x, y, z):
                continue
            for face in range(count):
                if far > faces[cut, face]:
                    found[face, n] = 0
    return found
