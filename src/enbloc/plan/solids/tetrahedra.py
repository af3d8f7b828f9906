"""The closed surface between samples inside and outside, by tetrahedra: index units in and out.

Each cube of eight samples is parted into six tetrahedra that fit those of its neighbours, and a field is taken as
straight within each. Such a surface closes, meets itself nowhere and has two triangles at every edge, whatever the
field: where voxels touch at an edge or a corner alone, other ways leave edges with four.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Crossing = tuple[int, int]  # from a corner inside to one outside


@dataclass(frozen=True, eq=False, kw_only=True)
class Net:
    """The triangles between the samples inside and those outside, wherever between them the surface runs.

    ``low`` and ``high``, shape (n, 3), are the samples inside and outside that each vertex lies between; ``triangles``,
    shape (m, 3), turn counter-clockwise seen from outside if the index axes are right-handed.
    """

    low: Ints
    high: Ints
    triangles: Ints

    def points(self, field: Floats, level: float) -> Floats:
        """Where the field falls to the level, shape (n, 3): above it at every sample inside, below at all others."""
        here, there = (field[tuple(at.T)] for at in (self.low, self.high))
        share = (level - here) / (there - here)
        return np.asarray(self.low + share[:, None] * (self.high - self.low))

    def volume(self, points: Floats) -> float:
        """What it encloses when its vertices lie at these points."""
        a, b, c = (points[self.triangles[:, at]] for at in range(3))
        return float(np.einsum("ij,ij->", a, np.cross(b, c)) / 6.0)


def net_of(inside: NDArray[np.bool_]) -> Net:
    """The net around a mask, none of which lies on the border of the array.

    Examples
    --------
    >>> spot = np.zeros((3, 3, 3), bool); spot[1, 1, 1] = True
    >>> net = net_of(spot)
    >>> len(net.low) - 3 * len(net.triangles) // 2 + len(net.triangles)  # vertices less edges and faces added: a ball
    2
    """
    steps = np.array([inside.shape[1] * inside.shape[2], inside.shape[2], 1])
    first, second = _crossings(inside, _crossed(inside), steps)
    _, where, triangles = np.unique(first * inside.size + second, return_index=True, return_inverse=True)
    low, high = (np.stack(np.unravel_index(at.ravel()[where], inside.shape), axis=1) for at in (first, second))
    return Net(low=low, high=high, triangles=triangles.reshape(-1, 3).astype(np.int64))


def _crossed(inside: NDArray[np.bool_]) -> Ints:
    """The first corner, as a flat index, of every cube with corners on both sides."""
    sizes = np.array(inside.shape) - 1
    count = np.zeros(sizes, np.int8)
    for a, b, c in np.ndindex(2, 2, 2):
        count += inside[a : a + sizes[0], b : b + sizes[1], c : c + sizes[2]]
    cells = np.argwhere((count > 0) & (count < 8))
    return np.asarray(cells @ np.array([inside.shape[1] * inside.shape[2], inside.shape[2], 1]), dtype=np.int64)


def _crossings(inside: NDArray[np.bool_], cells: Ints, steps: Ints) -> tuple[Ints, Ints]:
    """For each corner of each triangle the sample inside and the one outside that it lies between, (m, 3) each."""
    flat = inside.ravel()
    firsts, seconds = [np.zeros((0, 3), np.int64)], [np.zeros((0, 3), np.int64)]
    for corners_of in _tetrahedra():
        corners = cells[:, None] + (corners_of @ steps)[None]
        codes = flat[corners] @ np.array([1, 2, 4, 8])
        for code in range(1, 15):
            mine = corners[codes == code]
            for triangle in _triangles(code):
                firsts.append(mine[:, [one for one, _ in triangle]])
                seconds.append(mine[:, [other for _, other in triangle]])
    return np.concatenate(firsts), np.concatenate(seconds)


@cache
def _tetrahedra() -> tuple[Ints, ...]:
    """The six tetrahedra of a cube along its diagonal, shape (4, 3) each, right-handed."""
    found = []
    for order in permutations(range(3)):
        corners = np.zeros((4, 3), np.int64)
        for at, axis in enumerate(order):
            corners[at + 1 :, axis] = 1
        if np.linalg.det((corners[1:] - corners[0]).astype(np.float64)) < 0:
            corners = corners[[0, 2, 1, 3]]
        found.append(corners)
    return tuple(found)


@cache
def _triangles(code: int) -> tuple[tuple[Crossing, Crossing, Crossing], ...]:
    """The triangles of a right-handed tetrahedron whose corners lie inside where ``code`` has a bit."""
    inner = [corner for corner in range(4) if code >> corner & 1]
    outer = [corner for corner in range(4) if not code >> corner & 1]
    if len(inner) == 2:
        (a, b), (c, d) = inner, outer
        found = [((a, c), (a, d), (b, d)), ((a, c), (b, d), (b, c))]
    else:
        p, q, r = ((one, other) for one in inner for other in outer)
        found = [(p, q, r)]
    return tuple(each if _is_outward(each, inner, outer) else (each[0], each[2], each[1]) for each in found)


def _is_outward(triangle: tuple[Crossing, Crossing, Crossing], inner: list[int], outer: list[int]) -> bool:
    corners = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    p, q, r = (corners[list(crossing)].mean(axis=0) for crossing in triangle)
    way = corners[outer].mean(axis=0) - corners[inner].mean(axis=0)
    return bool(np.cross(q - p, r - p) @ way > 0)
