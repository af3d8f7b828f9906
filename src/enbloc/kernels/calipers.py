"""How far points in a plane reach, direction by direction, as a pair of calipers turned round them tells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@compiled
def reaches(points: Floats, groups: Ints, count: int, directions: Floats) -> tuple[Floats, Ints, Ints]:
    """The width of each group of ``points``, shape (n, 2), along each of ``directions``, shape (m, 2).

    ``groups`` says to which of ``count`` groups a point belongs, less than 0 for none. Returns widths, shape
    (count, m), -1 for an empty group, and the points that reach farthest forward and farthest back, -1 for none.
    """
    ahead = np.full((count, len(directions)), -1, np.int64)
    behind = np.full((count, len(directions)), -1, np.int64)
    high = np.full((count, len(directions)), -np.inf)
    low = np.full((count, len(directions)), np.inf)
    for at in range(len(points)):
        group = groups[at]
        if group < 0:
            continue
        for way in range(len(directions)):
            reach = points[at, 0] * directions[way, 0] + points[at, 1] * directions[way, 1]
            if reach > high[group, way]:
                high[group, way], ahead[group, way] = reach, at
            if reach < low[group, way]:
                low[group, way], behind[group, way] = reach, at
    widths = np.full((count, len(directions)), -1.0)
    for group in range(count):
        for way in range(len(directions)):
            if ahead[group, way] >= 0:
                widths[group, way] = high[group, way] - low[group, way]
    return widths, ahead, behind
