"""Signed distances of simple solids, in mm and negative inside: unions of rows, and tubes along a curve.

A row (``ROW`` numbers) holds one solid: kind, blend, tag, bounding radius, centre (3), its local axes as rows (9), and
ten numbers of its own. A spheroid has three radii and the half-length by which it is drawn out along its local z. A
drum has half-width, half-depth, front height, back height, end-plate depth, waist, exponent, and a loss of height in
front, in the middle and at the back, as shares.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]

ROW = 26
SPHEROID = 0.0
DRUM = 1.0
FAR_MM = 1.0e3
CLOSE_MM = 3.0  # a row whose bounding ball is farther is not looked at more closely


@compiled
def _smooth(low: float, high: float, at: float) -> float:
    share = (at - low) / (high - low)
    share = min(1.0, max(0.0, share))
    return share * share * (3.0 - 2.0 * share)


@compiled
def loss_at(back: float, across: float, losses: tuple[float, float, float]) -> float:
    """The share of height lost at ``back`` (0 front edge to 1 back edge) and ``across`` (0 midline to 1 side).

    ``losses`` holds front, middle and back. Each holds over most of its third, so that the median of a third is it.
    """
    front, middle, rear = losses
    first = _smooth(0.30, 0.42, back)
    second = _smooth(0.58, 0.70, back)
    along = front * (1.0 - first) + middle * first * (1.0 - second) + rear * second
    floor = max(front, rear)
    if middle <= floor:
        return along
    # A dent in the middle does not reach the side walls.
    side = _smooth(0.5, 0.95, across)
    return along * (1.0 - side) + min(along, floor) * side


@compiled
def drum_height(rows: Floats, number: int, x: float, y: float) -> float:
    """Height of the drum in row ``number`` at (x, y) of its own frame, mm."""
    half_width, half_depth = rows[number, 16], rows[number, 17]
    back = min(1.0, max(0.0, 0.5 * (y / half_depth + 1.0)))
    rim = (x / half_width) ** 2 + (y / half_depth) ** 2
    dent = 2.0 * rows[number, 20] * max(0.0, 1.0 - rim)
    whole = rows[number, 18] * (1.0 - back) + rows[number, 19] * back - dent
    losses = (rows[number, 23], rows[number, 24], rows[number, 25])
    return float(whole * (1.0 - loss_at(back, min(1.0, abs(x) / half_width), losses)))


@compiled
def _spheroid(rows: Floats, number: int, x: float, y: float, z: float) -> float:
    first, second, third, length = rows[number, 16], rows[number, 17], rows[number, 18], rows[number, 19]
    z = z - min(length, max(-length, z))
    u, v, w = x / first, y / second, z / third
    reach = math.sqrt(u * u + v * v + w * w)
    u, v, w = u / first, v / second, w / third
    slope = math.sqrt(u * u + v * v + w * w)
    if slope < 1e-9:
        return float(-min(first, second, third))
    return float(reach * (reach - 1.0) / slope)


@compiled
def _drum(rows: Floats, number: int, x: float, y: float, z: float) -> float:
    half = 0.5 * drum_height(rows, number, x, y)
    cap = abs(z) - half
    level = min(1.0, abs(z) / max(half, 0.5))
    slim = 1.0 - rows[number, 21] * (1.0 - level * level)
    half_width, half_depth, power = rows[number, 16] * slim, rows[number, 17] * slim, rows[number, 22]
    u, v = abs(x) / half_width, abs(y) / half_depth
    square = u * u + v * v
    if square < 0.25:  # deep inside: the wall is farther than half of a radius
        return float(max(cap, -0.3 * min(half_width, half_depth)))
    # Powers of u and v serve the reach and its slope alike.
    up, vp = u ** (power - 1.0), v ** (power - 1.0)
    total = up * u + vp * v
    reach = total ** (1.0 / power)
    fall = reach / total
    steep = fall * math.sqrt((up / half_width) ** 2 + (vp / half_depth) ** 2)
    return float(max(cap, (reach - 1.0) / steep))


@compiled
def _row_distance(rows: Floats, number: int, dx: float, dy: float, dz: float) -> float:
    """Signed distance to one row of a place given from its centre."""
    x = rows[number, 7] * dx + rows[number, 8] * dy + rows[number, 9] * dz
    y = rows[number, 10] * dx + rows[number, 11] * dy + rows[number, 12] * dz
    z = rows[number, 13] * dx + rows[number, 14] * dy + rows[number, 15] * dz
    return _spheroid(rows, number, x, y, z) if rows[number, 0] == SPHEROID else _drum(rows, number, x, y, z)


@compiled
def union_distance(rows: Floats, points: Floats) -> tuple[Floats, NDArray[np.int16]]:
    """Signed distance of each point, shape (n, 3), to the smooth union of ``rows``, and the tag of the nearest row.

    Far from all rows the distance is a lower bound.
    """
    count, many = points.shape[0], rows.shape[0]
    distance = np.empty(count)
    tags = np.zeros(count, np.int16)
    for at in range(count):
        best, nearest = FAR_MM, FAR_MM
        for number in range(many):
            dx, dy, dz = (
                points[at, 0] - rows[number, 4],
                points[at, 1] - rows[number, 5],
                points[at, 2] - rows[number, 6],
            )
            blend = rows[number, 1]
            square = dx * dx + dy * dy + dz * dz
            limit = max(0.0, rows[number, 3] + best + blend)
            if square > limit * limit:
                continue
            bound = math.sqrt(square) - rows[number, 3]
            if bound > CLOSE_MM:
                best = min(best, bound)
                continue
            here = _row_distance(rows, number, dx, dy, dz)
            if here < nearest:
                nearest = here
                tags[at] = int(rows[number, 2])
            overlap = max(blend - abs(here - best), 0.0)
            best = min(best, here)
            if overlap > 0.0:
                best -= overlap * overlap / (4.0 * blend)
        distance[at] = best
    return distance, tags


@compiled
def along_curve(points: Floats, start: float, step: float, centres: Floats, axes: Floats) -> Floats:
    """Left, back and station (in samples) of each point beside a curve that climbs with z, shape (n, 3).

    ``centres``, shape (m, 3), are samples of the curve at z = ``start`` + i ``step``; ``axes``, shape (m, 3, 3), their
    left, back and up directions as rows. Stations run on beyond both ends.
    """
    count, last = points.shape[0], centres.shape[0] - 1
    found = np.empty((count, 3))
    for at in range(count):
        station = (points[at, 2] - start) / step
        left, back = 0.0, 0.0
        for _ in range(2):
            low = min(last - 1, max(0, math.floor(station)))
            share = station - low
            left, back, up, climb = 0.0, 0.0, 0.0, 0.0
            for k in range(3):
                away = points[at, k] - (centres[low, k] * (1.0 - share) + centres[low + 1, k] * share)
                left += away * (axes[low, 0, k] * (1.0 - share) + axes[low + 1, 0, k] * share)
                back += away * (axes[low, 1, k] * (1.0 - share) + axes[low + 1, 1, k] * share)
                up += away * (axes[low, 2, k] * (1.0 - share) + axes[low + 1, 2, k] * share)
            climb = axes[low, 2, 2]
            station += up * climb / step
        found[at, 0], found[at, 1], found[at, 2] = left, back, station
    return found


@compiled
def tube_distance(places: Floats, table: Floats) -> Floats:
    """Signed distance of places (left, back, station), shape (n, 3), to an elliptic tube.

    ``table``, shape (m, 4), holds half-width, half-depth and the centre (left, back) at each station; a tube narrower
    than 0.2 mm has ended.
    """
    count, last = places.shape[0], table.shape[0] - 1
    distance = np.empty(count)
    for at in range(count):
        station = min(float(last), max(0.0, places[at, 2]))
        low = min(last - 1, int(station))
        share = station - low
        wide = table[low, 0] * (1.0 - share) + table[low + 1, 0] * share
        deep = table[low, 1] * (1.0 - share) + table[low + 1, 1] * share
        if wide < 0.2 or deep < 0.2:
            distance[at] = FAR_MM
            continue
        x = places[at, 0] - (table[low, 2] * (1.0 - share) + table[low + 1, 2] * share)
        y = places[at, 1] - (table[low, 3] * (1.0 - share) + table[low + 1, 3] * share)
        u, v = x / wide, y / deep
        reach = math.sqrt(u * u + v * v)
        slope = math.sqrt((u / wide) ** 2 + (v / deep) ** 2)
        distance[at] = reach * (reach - 1.0) / slope if slope > 1e-9 else -min(wide, deep)
    return distance
