"""Marked voxels on either side of planes, counted over rows with running sums: a row costs one look-up a plane.

A row is a line of voxels of an array. A plane crosses it once, and the running sums there and at its ends say what lies
on either side. A half-space is ``normal . x <= offset``; its normal need not have unit length. A voxel counts by its
centre; one that lies on a plane to the last bit may fall to either side, so callers keep a hair's breadth.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Counts = NDArray[np.int32]

FLAT = 1e-30  # a step along the row that does not change the distance to the plane


def in_rows(weights: NDArray[Any], affine: Floats) -> tuple[Counts, Floats, Floats]:
    """Running sums, first places and the step of the rows that hold anything, along the axis with the fewest rows.

    ``weights`` are whole numbers, not negative, shape (a, b, c); ``affine``, shape (4, 4), takes indices to places.
    A row begins at its first voxel with a weight. Returns the sums, shape (n, length + 1), where ``sums[row, k]`` is
    the weight of its first k voxels; the places of those first voxels, shape (3, n); and the step along a row, (3,).
    """
    held = [int(weights.any(axis=axis).sum()) for axis in range(3)]
    axis = held.index(min(held))
    others = [other for other in range(3) if other != axis]
    turned = np.moveaxis(weights, axis, 2)
    rows = np.argwhere(turned.any(axis=2))
    lines = turned[rows[:, 0], rows[:, 1]]
    first = (lines > 0).argmax(axis=1)
    sums = _summed(lines, first, int((lines.shape[1] - first).max(initial=0)))
    starts = rows @ affine[:3, others].T + first[:, None] * affine[:3, axis] + affine[:3, 3]
    return sums, np.ascontiguousarray(starts.T), affine[:3, axis].astype(np.float64)


def _summed(lines: NDArray[Any], first: NDArray[np.intp], width: int) -> Counts:
    """Running sums of ``lines``, shape (n, length), each from its ``first`` voxel on; short ones end in their total."""
    at = np.minimum(first[:, None] + np.arange(width), lines.shape[1] - 1)
    inside = first[:, None] + np.arange(width) < lines.shape[1]
    held = np.where(inside, np.take_along_axis(lines, at, axis=1), 0)
    sums = np.zeros((len(lines), width + 1), np.int32)
    np.cumsum(held, axis=1, dtype=np.int32, out=sums[:, 1:])
    used = int(np.any(held > 0, axis=0).nonzero()[0].max(initial=-1)) + 2
    return np.ascontiguousarray(sums[:, :used])


@compiled
def beyond(sums: Counts, starts: Floats, step: Floats, normals: Floats, offsets: Floats) -> NDArray[np.int64]:
    """The weight beyond each of m planes, ``normal . x > offset``; ``normals`` (m, 3), ``offsets`` (m,); shape (m,).

    ``sums``, ``starts`` and ``step`` are those of ``in_rows``.
    """
    found, total = np.zeros(len(normals), np.int64), 0
    rows, width = sums.shape
    flat, last = sums.ravel(), float(width - 1)
    sx, sy, sz = starts[0], starts[1], starts[2]
    for row in range(rows):
        total += flat[row * width + width - 1]
    at = np.empty(rows, np.int32)
    for m in range(len(normals)):
        nx, ny, nz = normals[m, 0], normals[m, 1], normals[m, 2]
        along = nx * step[0] + ny * step[1] + nz * step[2]
        per = 1.0 / along if abs(along) > FLAT else 1.0 / FLAT
        ax, ay, az, shift = -nx * per, -ny * per, -nz * per, offsets[m] * per + 1.0
        for row in range(rows):  # apart from the look-ups, so that several rows go through at once
            crossed = min(max(ax * sx[row] + ay * sy[row] + az * sz[row] + shift, 0.0), last)
            at[row] = row * width + np.int32(crossed)
        below = 0
        for row in range(rows):
            below += flat[at[row]]
        found[m] = total - below if along > -FLAT else below
    return found


@compiled
def within(sums: Counts, starts: Floats, step: Floats, normals: Floats, offsets: Floats) -> NDArray[np.int64]:
    """The weight inside each of n intersections of m half-spaces, shape (n,).

    ``normals`` (n, m, 3) and ``offsets`` (n, m): those of each intersection.
    ``sums``, ``starts`` and ``step`` are those of ``in_rows``.
    """
    found = np.zeros(len(normals), np.int64)
    rows, width = sums.shape
    flat, last = sums.ravel(), float(width - 1)
    low, high = np.empty(rows), np.empty(rows)
    for n in range(len(normals)):
        low[:], high[:] = 0.0, last
        for m in range(normals.shape[1]):
            _narrow(low, high, starts, step, normals[n, m], offsets[n, m])
        total = 0
        for row in range(rows):
            ends = max(low[row], high[row])
            total += flat[row * width + np.int32(ends)] - flat[row * width + np.int32(low[row])]
        found[n] = total
    return found


@compiled
def spans(starts: Floats, step: Floats, width: int, normals: Floats, offsets: Floats) -> tuple[Counts, Counts]:
    """The part of each row that lies inside an intersection of m half-spaces: voxels ``low <= k < high``, (n,) each.

    ``normals`` (m, 3) and ``offsets`` (m,); ``starts`` and ``step`` are those of ``in_rows``, ``width`` is the number
    of voxels of the longest row. Where nothing of a row lies inside, ``high`` is no larger than ``low``.
    """
    low, high = np.zeros(starts.shape[1]), np.full(starts.shape[1], float(width))
    for m in range(len(normals)):
        _narrow(low, high, starts, step, normals[m], offsets[m])
    return low.astype(np.int32), high.astype(np.int32)


@compiled
def _narrow(low: Floats, high: Floats, starts: Floats, step: Floats, normal: Floats, offset: float) -> None:
    """Cut every row off at one plane: ``low`` is raised, or ``high`` lowered, in place."""
    along = normal[0] * step[0] + normal[1] * step[1] + normal[2] * step[2]
    per = 1.0 / along if abs(along) > FLAT else 1.0 / FLAT
    ax, ay, az, shift = -normal[0] * per, -normal[1] * per, -normal[2] * per, offset * per + 1.0
    sx, sy, sz = starts[0], starts[1], starts[2]
    last = high.max() if len(high) else 0.0
    if along > -FLAT:
        for row in range(len(high)):
            high[row] = min(high[row], max(ax * sx[row] + ay * sy[row] + az * sz[row] + shift, 0.0))
    else:
        for row in range(len(low)):
            low[row] = max(low[row], min(ax * sx[row] + ay * sy[row] + az * sz[row] + shift, last))


@compiled
def support(vertices: Floats, normals: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """How far ``vertices``, shape (k, 3), reach along each of ``normals``, shape (m, 3), and which one does.

    Both of shape (m,). Of several that reach equally far it is the first.
    """
    reach, which = np.full(len(normals), -np.inf), np.zeros(len(normals), np.int64)
    for m in range(len(normals)):
        for k in range(len(vertices)):
            here = normals[m, 0] * vertices[k, 0] + normals[m, 1] * vertices[k, 1] + normals[m, 2] * vertices[k, 2]
            if here > reach[m]:
                reach[m], which[m] = here, k
    return reach, which
