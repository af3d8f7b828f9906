"""Where a field crosses a value: closed lines in the plane, closed surfaces in space. Index units in and out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def outlines(field: Floats, level: float) -> list[Floats]:
    """The closed lines on which ``field`` equals ``level``, each of shape (n, 2) in (row, column).

    What touches the border of the field is closed along it. Seen with the rows pointing down, a line goes round
    the higher side clockwise.

    Examples
    --------
    >>> spot = np.zeros((3, 3)); spot[1, 1] = 1.0
    >>> [line.tolist() for line in outlines(spot, 0.5)]
    [[[0.5, 1.0], [1.0, 1.5], [1.5, 1.0], [1.0, 0.5]]]
    """
    low = min(float(field.min(initial=level)), level) - 1.0
    padded = np.pad(np.asarray(field, dtype=np.float64), 1, constant_values=low)
    following = _crossings(padded, level)
    return [line - 1.0 for line in _traced(padded, following, level)]


@compiled
def _crossings(field: Floats, level: float) -> Ints:
    """For each grid edge that is crossed, the edge on which the line goes on; otherwise -1."""
    rows, columns = field.shape
    following = np.full(2 * rows * columns, -1, dtype=np.int64)
    edges = np.empty(4, dtype=np.int64)
    inside = np.empty(5, dtype=np.bool_)
    for r in range(rows - 1):
        for c in range(columns - 1):
            # Corners and edges clockwise from the upper left; edge 2k runs along a row, 2k + 1 along a column.
            inside[0] = field[r, c] > level
            inside[1] = field[r, c + 1] > level
            inside[2] = field[r + 1, c + 1] > level
            inside[3] = field[r + 1, c] > level
            inside[4] = inside[0]
            edges[0] = 2 * (r * columns + c)
            edges[1] = 2 * (r * columns + c + 1) + 1
            edges[2] = 2 * ((r + 1) * columns + c)
            edges[3] = 2 * (r * columns + c) + 1
            for left in range(4):
                if inside[left] and not inside[left + 1]:
                    entered = (left + 1) % 4
                    while inside[entered] or not inside[entered + 1]:
                        entered = (entered + 1) % 4
                    following[edges[left]] = edges[entered]
    return following


def _traced(field: Floats, following: Ints, level: float) -> list[Floats]:
    lines = []
    open_ = following.copy()
    for start in np.flatnonzero(following >= 0):
        line = []
        edge = int(start)
        while open_[edge] >= 0:
            line.append(edge)
            onward = int(open_[edge])
            open_[edge] = -1
            edge = onward
        if line:
            lines.append(_points(field, np.array(line), level))
    return lines


def _points(field: Floats, edges: Ints, level: float) -> Floats:
    rows, columns = np.divmod(edges // 2, field.shape[1])
    down = edges % 2
    here, there = field[rows, columns], field[rows + down, columns + 1 - down]
    share = (level - here) / (there - here)
    return np.stack([rows + down * share, columns + (1 - down) * share], axis=1)


def surface(field: Floats, level: float) -> tuple[Floats, Ints]:
    """The closed surface on which ``field`` equals ``level``: vertices (n, 3) in index units, triangles (m, 3).

    Surface nets: one vertex in each cell that is crossed, one square across each edge that is. The triangles turn
    counter-clockwise seen from the lower side if the index axes are right-handed.
    """
    low = min(float(field.min(initial=level)), level) - 1.0
    padded = np.pad(np.asarray(field, dtype=np.float64), 2, constant_values=low)
    vertices, index = _net(padded, level)
    return vertices - 2.0, _faces(padded, index, level)


@compiled
def _net(field: Floats, level: float) -> tuple[Floats, Ints]:
    planes, rows, columns = field.shape
    index = np.full((planes, rows, columns), -1, dtype=np.int64)
    count = 0
    points = np.empty((64, 3), dtype=np.float64)
    for a in range(planes - 1):
        for b in range(rows - 1):
            for c in range(columns - 1):
                hits = 0
                at = np.zeros(3, dtype=np.float64)
                for corner in range(8):
                    for axis in range(3):
                        if corner >> axis & 1:
                            continue
                        p, q, s = a + (corner & 1), b + (corner >> 1 & 1), c + (corner >> 2 & 1)
                        here = field[p, q, s]
                        there = field[p + (axis == 0), q + (axis == 1), s + (axis == 2)]
                        if (here > level) == (there > level):
                            continue
                        share = (level - here) / (there - here)
                        at[0] += p + (share if axis == 0 else 0.0)
                        at[1] += q + (share if axis == 1 else 0.0)
                        at[2] += s + (share if axis == 2 else 0.0)
                        hits += 1
                if hits > 0:
                    if count == len(points):
                        grown = np.empty((2 * count, 3), dtype=np.float64)
                        grown[:count] = points
                        points = grown
                    points[count] = at / hits
                    index[a, b, c] = count
                    count += 1
    return points[:count].copy(), index


@compiled
def _faces(field: Floats, index: Ints, level: float) -> Ints:
    planes, rows, columns = field.shape
    triangles = np.empty((64, 3), dtype=np.int64)
    count = 0
    for a in range(1, planes - 1):
        for b in range(1, rows - 1):
            for c in range(1, columns - 1):
                here = field[a, b, c] > level
                for axis in range(3):
                    there = field[a + (axis == 0), b + (axis == 1), c + (axis == 2)] > level
                    if here == there:
                        continue
                    # The four cells around the edge, turning right-handedly about the axis.
                    if axis == 0:
                        one, two = index[a, b - 1, c - 1], index[a, b, c - 1]
                        three, four = index[a, b, c], index[a, b - 1, c]
                    elif axis == 1:
                        one, two = index[a - 1, b, c - 1], index[a - 1, b, c]
                        three, four = index[a, b, c], index[a, b, c - 1]
                    else:
                        one, two = index[a - 1, b - 1, c], index[a, b - 1, c]
                        three, four = index[a, b, c], index[a - 1, b, c]
                    if there:
                        two, four = four, two
                    if count + 2 > len(triangles):
                        grown = np.empty((2 * len(triangles), 3), dtype=np.int64)
                        grown[:count] = triangles[:count]
                        triangles = grown
                    triangles[count, 0], triangles[count, 1], triangles[count, 2] = one, two, three
                    triangles[count + 1, 0], triangles[count + 1, 1], triangles[count + 1, 2] = one, three, four
                    count += 2
    return triangles[:count].copy()


@compiled
def vertex_normals(vertices: Floats, triangles: Ints) -> Floats:
    """Unit normals at the vertices, shape (n, 3): the mean of the faces around each, by their area."""
    normals = np.zeros_like(vertices)
    for at in range(len(triangles)):
        i, j, k = triangles[at, 0], triangles[at, 1], triangles[at, 2]
        u, v = vertices[j] - vertices[i], vertices[k] - vertices[i]
        cross = np.array([u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]])
        normals[i] += cross
        normals[j] += cross
        normals[k] += cross
    for at in range(len(normals)):
        length = np.sqrt(normals[at, 0] ** 2 + normals[at, 1] ** 2 + normals[at, 2] ** 2)
        if length > 0:
            normals[at] /= length
    return normals
