"""Rigid alignment of two surfaces: signed distances on a grid, and the normal equations of moving points onto them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
FAR = 1.0e12
WITHIN = 0.1
"""What counts of a difference that is no larger than the surfaces are uncertain: enough to settle between equals."""


@compiled
def lower_envelope(heights: Floats, step: float, nearest: NDArray[np.int64]) -> None:
    """For each place along a line, which place's parabola (its height plus the squared distance) is lowest there.

    After Felzenszwalb and Huttenlocher, Theory of Computing 8:415-428 (2012). ``nearest`` is filled; -1 where every
    height is infinite.
    """
    count = len(heights)
    seats = np.empty(count, np.int64)
    starts = np.empty(count + 1)
    last = -1
    for q in range(count):
        if heights[q] >= FAR:
            continue
        start = -FAR
        while last >= 0:
            p = seats[last]
            start = ((heights[q] + (q * step) ** 2) - (heights[p] + (p * step) ** 2)) / (2.0 * step * (q - p))
            if start > starts[last]:
                break
            last -= 1
        last += 1
        seats[last] = q
        starts[last] = start if last > 0 else -FAR
    at = 0
    for q in range(count):
        while at < last and starts[at + 1] < q * step:
            at += 1
        nearest[q] = seats[at] if last >= 0 else -1


@compiled
def distances_to(mask: NDArray[np.uint8], wanted: int, spacing: Floats) -> NDArray[np.float32]:
    """From the centre of each voxel to the surface of the nearest voxel whose mask is ``wanted``; 0 in those.

    Between centres, less half a voxel along the way: so the surface lies midway between the last centre within and the
    first one without, along every axis by its own spacing. ``FAR`` where there is no such voxel.
    """
    na, nb, nc = mask.shape
    by_c = np.full((na, nb, nc), -1, np.int32)
    by_b = np.full((na, nb, nc), -1, np.int32)
    square = np.full((na, nb, nc), FAR)
    for a in range(na):
        for b in range(nb):
            last = -1
            for c in range(nc):
                if mask[a, b, c] == wanted:
                    last = c
                by_c[a, b, c] = last
            last = -1
            for c in range(nc - 1, -1, -1):
                if mask[a, b, c] == wanted:
                    last = c
                before = by_c[a, b, c]
                if last >= 0 and (before < 0 or last - c < c - before):
                    by_c[a, b, c] = last
                if by_c[a, b, c] >= 0:
                    square[a, b, c] = ((by_c[a, b, c] - c) * spacing[2]) ** 2
    line = np.empty(nb)
    seat = np.empty(nb, np.int64)
    for a in range(na):
        for c in range(nc):
            for b in range(nb):
                line[b] = square[a, b, c]
            lower_envelope(line, spacing[1], seat)
            for b in range(nb):
                by_b[a, b, c] = seat[b]
                square[a, b, c] = line[seat[b]] + ((seat[b] - b) * spacing[1]) ** 2 if seat[b] >= 0 else FAR
    found = np.full((na, nb, nc), FAR, np.float32)
    line = np.empty(na)
    seat = np.empty(na, np.int64)
    for b in range(nb):
        for c in range(nc):
            for a in range(na):
                line[a] = square[a, b, c]
            lower_envelope(line, spacing[0], seat)
            for a in range(na):
                p = seat[a]
                if p < 0:
                    continue
                q = by_b[p, b, c]
                x, y, z = (p - a) * spacing[0], (q - b) * spacing[1], (by_c[p, q, c] - c) * spacing[2]
                length = np.sqrt(x * x + y * y + z * z)
                if length > 0.0:
                    half = np.sqrt((x * spacing[0]) ** 2 + (y * spacing[1]) ** 2 + (z * spacing[2]) ** 2) / length
                    found[a, b, c] = length - 0.5 * half
                else:
                    found[a, b, c] = 0.0
    return found


@compiled
def signed_distances(mask: NDArray[np.uint8], spacing: Floats) -> NDArray[np.float32]:
    """From each voxel's centre to the surface of the mask, positive outside; in the units of ``spacing``."""
    field = distances_to(mask, 1, spacing)
    within = distances_to(mask, 0, spacing)
    for a in range(mask.shape[0]):
        for b in range(mask.shape[1]):
            for c in range(mask.shape[2]):
                if mask[a, b, c]:
                    field[a, b, c] = -within[a, b, c]
    return field


@compiled
def read_between(
    field: NDArray[np.float32], known: NDArray[np.uint8], a: float, b: float, c: float, out: Floats
) -> bool:
    """The field and its derivatives along the three axes at a fractional index, into ``out``, shape (4,).

    False outside the array, and where the nearest voxel is not known.
    """
    i, j, k = int(np.floor(a)), int(np.floor(b)), int(np.floor(c))
    if i < 0 or j < 0 or k < 0 or i + 1 >= field.shape[0] or j + 1 >= field.shape[1] or k + 1 >= field.shape[2]:
        return False
    if known[int(a + 0.5), int(b + 0.5), int(c + 0.5)] == 0:
        return False
    u, v, w = a - i, b - j, c - k
    p00 = field[i, j, k] * (1.0 - w) + field[i, j, k + 1] * w
    p01 = field[i, j + 1, k] * (1.0 - w) + field[i, j + 1, k + 1] * w
    p10 = field[i + 1, j, k] * (1.0 - w) + field[i + 1, j, k + 1] * w
    p11 = field[i + 1, j + 1, k] * (1.0 - w) + field[i + 1, j + 1, k + 1] * w
    q0, q1 = p00 * (1.0 - v) + p01 * v, p10 * (1.0 - v) + p11 * v
    out[0] = q0 * (1.0 - u) + q1 * u
    out[1] = q1 - q0
    out[2] = (p01 - p00) * (1.0 - u) + (p11 - p10) * u
    out[3] = ((field[i, j, k + 1] - field[i, j, k]) * (1.0 - v) + (field[i, j + 1, k + 1] - field[i, j + 1, k]) * v) * (
        1.0 - u
    ) + (
        (field[i + 1, j, k + 1] - field[i + 1, j, k]) * (1.0 - v)
        + (field[i + 1, j + 1, k + 1] - field[i + 1, j + 1, k]) * v
    ) * u
    return True


@compiled
def moved(motion: Floats, x: float, y: float, z: float) -> tuple[float, float, float]:
    """A point after a motion, the first four columns of ``motion``: a matrix and a shift."""
    return (
        motion[0, 0] * x + motion[0, 1] * y + motion[0, 2] * z + motion[0, 3],
        motion[1, 0] * x + motion[1, 1] * y + motion[1, 2] * z + motion[1, 3],
        motion[2, 0] * x + motion[2, 1] * y + motion[2, 2] * z + motion[2, 3],
    )


@compiled
def near_surface(
    field: NDArray[np.float32], known: NDArray[np.uint8], affine: Floats, spacing: Floats, reach: float
) -> Floats:
    """The known voxels within ``reach`` of the surface, shape (n, 5): place (3), distance, and its uncertainty.

    The surface of a mask lies anywhere between the last centre within and the first one without, so the uncertainty is
    half a voxel in the direction of the surface's normal. ``affine`` takes indices to places.
    """
    na, nb, nc = field.shape
    count = 0
    for a in range(1, na - 1):
        for b in range(1, nb - 1):
            for c in range(1, nc - 1):
                count += int(known[a, b, c] > 0 and abs(field[a, b, c]) <= reach)
    found = np.empty((count, 5))
    n = 0
    for a in range(1, na - 1):
        for b in range(1, nb - 1):
            for c in range(1, nc - 1):
                if known[a, b, c] == 0 or abs(field[a, b, c]) > reach:
                    continue
                for axis in range(3):
                    found[n, axis] = affine[axis, 0] * a + affine[axis, 1] * b + affine[axis, 2] * c + affine[axis, 3]
                x = (field[a + 1, b, c] - field[a - 1, b, c]) / spacing[0]
                y = (field[a, b + 1, c] - field[a, b - 1, c]) / spacing[1]
                z = (field[a, b, c + 1] - field[a, b, c - 1]) / spacing[2]
                half = np.sqrt((x * spacing[0]) ** 2 + (y * spacing[1]) ** 2 + (z * spacing[2]) ** 2)
                found[n, 3] = field[a, b, c]
                found[n, 4] = 0.5 * half / max(np.sqrt(x * x + y * y + z * z), 1e-6)
                n += 1
    return found


@compiled
def normal_equations(
    field: NDArray[np.float32],
    known: NDArray[np.uint8],
    to_index: Floats,
    band: Floats,
    motion: Floats,
    scale: float,
) -> tuple[Floats, Floats, float, int]:
    """How to turn and shift the moved points of ``band`` so that the field there is what they say.

    ``band`` is that of `near_surface`, of the other surface. ``to_index``, shape (3, 4), takes a place to fractional
    indices of the field; ``motion``, shape (3, 5), holds the rotation, the shift and the centre about which a turn is
    sought. A difference within a point's uncertainty hardly counts; beyond it, r weighs by (s²/(s²+r²))², s being
    ``scale`` (Geman and McClure): what differs by much has changed, not moved. Returns the matrix, shape (6, 6) (turn,
    then shift), the right-hand side, shape (6,), the mean of the loss r²/(s²+r²) (a point that cannot be read counts
    1), and how many could.
    """
    matrix, right = np.zeros((6, 6)), np.zeros(6)
    read, row = np.empty(4), np.empty(6)
    loss, count = 0.0, 0
    for n in range(len(band)):
        x, y, z = moved(motion, band[n, 0], band[n, 1], band[n, 2])
        a, b, c = moved(to_index, x, y, z)
        if not read_between(field, known, a, b, c, read):
            loss += 1.0
            continue
        count += 1
        away, slope = read[0] - band[n, 3], WITHIN
        if abs(away) > band[n, 4]:
            slope = 1.0
            away -= (1.0 - WITHIN) * (band[n, 4] if away > 0 else -band[n, 4])
        else:
            away *= WITHIN
        share = scale * scale / (scale * scale + away * away)
        loss += 1.0 - share
        for axis in range(3):
            slant = read[1] * to_index[0, axis] + read[2] * to_index[1, axis] + read[3] * to_index[2, axis]
            row[3 + axis] = slope * slant
        x, y, z = x - motion[0, 4], y - motion[1, 4], z - motion[2, 4]
        row[0] = y * row[5] - z * row[4]
        row[1] = z * row[3] - x * row[5]
        row[2] = x * row[4] - y * row[3]
        for p in range(6):
            right[p] -= share * share * row[p] * away
            for q in range(p, 6):
                matrix[p, q] += share * share * row[p] * row[q]
                matrix[q, p] = matrix[p, q]
    return matrix, right, loss / max(1, len(band)), count


@compiled
def differences(
    field: NDArray[np.float32], known: NDArray[np.uint8], to_index: Floats, band: Floats, motion: Floats
) -> Floats:
    """Field less distance at each moved point of ``band``, shape (n,); NaN where it cannot be read."""
    found = np.full(len(band), np.nan)
    read = np.empty(4)
    for n in range(len(band)):
        x, y, z = moved(motion, band[n, 0], band[n, 1], band[n, 2])
        a, b, c = moved(to_index, x, y, z)
        if read_between(field, known, a, b, c, read):
            found[n] = read[0] - band[n, 3]
    return found
