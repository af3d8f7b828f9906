"""Shapes on each plane of a stack: what lies there, how large it is, how far apart and how thick. Pixel units."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Bits = NDArray[np.uint8]


@compiled
def add_bits(
    bits: Bits,
    labels: NDArray[Any],
    meaning: Bits,
    matrix: Floats,
    offset: Floats,
    origins: Floats,
    across: Floats,
    along: Floats,
    us: Floats,
    vs: Floats,
) -> None:
    """Set the bits that ``meaning`` gives the label at each pixel: of plane n at ``origins + u across + v along``.

    ``bits`` has shape (planes, us, vs) and is changed in place; ``meaning`` has one number for each label.
    ``matrix``, shape (3, 3), and ``offset`` take a point to array indices; ``origins``, ``across`` and ``along`` have
    shape (planes, 3). Outside the array there is nothing.
    """
    na, nb, nc = labels.shape
    for n in range(bits.shape[0]):
        start = matrix @ origins[n] + offset + 0.5
        right, down = matrix @ across[n], matrix @ along[n]
        for p in range(len(us)):
            a0 = start[0] + us[p] * right[0]
            b0 = start[1] + us[p] * right[1]
            c0 = start[2] + us[p] * right[2]
            for q in range(len(vs)):
                a = int(np.floor(a0 + vs[q] * down[0]))
                b = int(np.floor(b0 + vs[q] * down[1]))
                c = int(np.floor(c0 + vs[q] * down[2]))
                if 0 <= a < na and 0 <= b < nb and 0 <= c < nc:
                    bits[n, p, q] |= meaning[labels[a, b, c]]


@compiled
def moments(masks: Mask) -> Floats:
    """Of each plane: how many pixels are set, their mean place (p, q), its spread (p, q). Shape (planes, 5).

    NaN but for the count where none is set.
    """
    found = np.full((masks.shape[0], 5), np.nan)
    for n in range(masks.shape[0]):
        count, p1, q1, p2, q2 = 0, 0.0, 0.0, 0.0, 0.0
        for p in range(masks.shape[1]):
            for q in range(masks.shape[2]):
                if masks[n, p, q]:
                    count += 1
                    p1 += p
                    q1 += q
                    p2 += p * p
                    q2 += q * q
        found[n, 0] = count
        if count > 0:
            p1, q1 = p1 / count, q1 / count
            found[n, 1], found[n, 2] = p1, q1
            found[n, 3] = np.sqrt(max(p2 / count - p1 * p1, 0.0))
            found[n, 4] = np.sqrt(max(q2 / count - q1 * q1, 0.0))
    return found


@compiled
def edges(masks: Mask) -> NDArray[np.int64]:
    """How many pixel edges bound the set pixels of each plane; the border of the plane is such an edge too."""
    found = np.zeros(masks.shape[0], np.int64)
    last_p, last_q = masks.shape[1] - 1, masks.shape[2] - 1
    for n in range(masks.shape[0]):
        for p in range(masks.shape[1]):
            for q in range(masks.shape[2]):
                if masks[n, p, q]:
                    found[n] += int(p == 0 or not masks[n, p - 1, q]) + int(p == last_p or not masks[n, p + 1, q])
                    found[n] += int(q == 0 or not masks[n, p, q - 1]) + int(q == last_q or not masks[n, p, q + 1])
    return found


@compiled
def distances(masks: Mask, limit: float) -> Floats:
    """Distance of each pixel to the nearest set one of its plane, between centres; ``limit`` where it is farther."""
    planes, height, width = masks.shape
    found = np.full(masks.shape, limit)
    down = np.empty((height, width))
    for n in range(planes):
        for q in range(width):
            seen = limit + 1.0
            for p in range(height):
                seen = 0.0 if masks[n, p, q] else seen + 1.0
                down[p, q] = seen
            seen = limit + 1.0
            for p in range(height - 1, -1, -1):
                seen = 0.0 if masks[n, p, q] else seen + 1.0
                down[p, q] = min(down[p, q], seen)
        for p in range(height):
            for q in range(width):
                best = min(down[p, q] ** 2, limit * limit)
                step = 1
                while step * step < best and (q - step >= 0 or q + step < width):
                    if q - step >= 0:
                        best = min(best, step * step + down[p, q - step] ** 2)
                    if q + step < width:
                        best = min(best, step * step + down[p, q + step] ** 2)
                    step += 1
                found[n, p, q] = np.sqrt(best)
    return found


@compiled
def filled(masks: Mask) -> Mask:
    """The masks with their holes filled: what cannot be reached from the border of the plane over unset edges."""
    planes, height, width = masks.shape
    found = np.ones(masks.shape, np.bool_)
    waiting = np.empty((height * width, 2), np.int64)
    for n in range(planes):
        count = 0
        for p in range(height):
            for q in range(width):
                on_border = p == 0 or q == 0 or p == height - 1 or q == width - 1
                if on_border and not masks[n, p, q]:
                    found[n, p, q] = False
                    waiting[count, 0], waiting[count, 1] = p, q
                    count += 1
        while count > 0:
            count -= 1
            p, q = waiting[count, 0], waiting[count, 1]
            for way in range(4):
                i, j = p + (way == 0) - (way == 1), q + (way == 2) - (way == 3)
                if 0 <= i < height and 0 <= j < width and found[n, i, j] and not masks[n, i, j]:
                    found[n, i, j] = False
                    waiting[count, 0], waiting[count, 1] = i, j
                    count += 1
    return found


@compiled
def enclosed(walls: Mask, seeds: Floats) -> Mask:
    """The hole of each plane around its seed (p, q), shape (planes, 2): what can be reached without crossing a wall.

    A seed on a wall counts for the nearest pixel that is none. Nothing where the hole is open to the plane's border.
    """
    planes, height, width = walls.shape
    found = np.zeros(walls.shape, np.bool_)
    waiting = np.empty((height * width, 2), np.int64)
    for n in range(planes):
        best, start_p, start_q = np.inf, -1, -1
        for p in range(height):
            for q in range(width):
                away = (p - seeds[n, 0]) ** 2 + (q - seeds[n, 1]) ** 2
                if not walls[n, p, q] and away < best:
                    best, start_p, start_q = away, p, q
        if start_p < 0:
            continue
        waiting[0, 0], waiting[0, 1] = start_p, start_q
        found[n, start_p, start_q] = True
        count, is_open = 1, False
        while count > 0:
            count -= 1
            p, q = waiting[count, 0], waiting[count, 1]
            is_open = is_open or p == 0 or q == 0 or p == height - 1 or q == width - 1
            for way in range(4):
                i, j = p + (way == 0) - (way == 1), q + (way == 2) - (way == 3)
                if 0 <= i < height and 0 <= j < width and not found[n, i, j] and not walls[n, i, j]:
                    found[n, i, j] = True
                    waiting[count, 0], waiting[count, 1] = i, j
                    count += 1
        if is_open:
            found[n] = False
    return found


@compiled
def is_on_rim(mask: Mask, p: int, q: int) -> bool:
    """Whether a set pixel of a plane has a neighbour that is not set, or lies on the plane's border."""
    if p == 0 or q == 0 or p == mask.shape[0] - 1 or q == mask.shape[1] - 1:
        return True
    return not (mask[p - 1, q] and mask[p + 1, q] and mask[p, q - 1] and mask[p, q + 1])


@compiled
def nearest_pairs(first: Mask, second: Mask) -> Floats:
    """Of each plane: the least distance between a set pixel of both, their centres, and the two (p, q, p, q).

    Shape (planes, 5); infinity where one has none. Pixels that both have are at distance 0.
    """
    planes, height, width = first.shape
    found = np.zeros((planes, 5))
    found[:, 0] = np.inf
    rim = np.empty((height * width, 2), np.int64)
    for n in range(planes):
        count = 0
        for p in range(height):
            for q in range(width):
                if second[n, p, q] and is_on_rim(second[n], p, q):
                    rim[count, 0], rim[count, 1] = p, q
                    count += 1
        best = np.inf
        for p in range(height):
            for q in range(width):
                if not first[n, p, q] or best == 0.0:
                    continue
                if second[n, p, q]:
                    best = 0.0
                    found[n, 0], found[n, 1], found[n, 2], found[n, 3], found[n, 4] = 0.0, p, q, p, q
                    continue
                if not is_on_rim(first[n], p, q):
                    continue
                for at in range(count):
                    apart = float((rim[at, 0] - p) ** 2 + (rim[at, 1] - q) ** 2)
                    if apart < best:
                        best = apart
                        found[n, 0], found[n, 1], found[n, 2] = np.sqrt(apart), p, q
                        found[n, 3], found[n, 4] = rim[at, 0], rim[at, 1]
    return found


@compiled
def thickness(cores: Mask, rings: Mask, centres: Floats, turns: int) -> Floats:
    """How thick the ring is that follows the core in each direction from ``centres``, shape (planes, turns), pixels.

    Along each ray the run of ``rings`` right behind the last pixel of ``cores``, in steps of half a pixel; 0 where
    something else follows. ``centres`` has shape (planes, 2); a plane whose centre is NaN has none.
    """
    planes, height, width = cores.shape
    found = np.zeros((planes, turns))
    for n in range(planes):
        if np.isnan(centres[n, 0]):
            continue
        for turn in range(turns):
            dp, dq = np.cos(2.0 * np.pi * turn / turns), np.sin(2.0 * np.pi * turn / turns)
            run, is_open, step = 0, False, 0
            while True:
                p = int(np.rint(centres[n, 0] + 0.5 * step * dp))
                q = int(np.rint(centres[n, 1] + 0.5 * step * dq))
                if not (0 <= p < height and 0 <= q < width):
                    break
                if cores[n, p, q]:
                    run, is_open = 0, True
                elif is_open and rings[n, p, q]:
                    run += 1
                else:
                    is_open = False
                step += 1
            found[n, turn] = 0.5 * run
    return found


@compiled
def directions_met(masks: Mask, centres: Floats, turns: int) -> Mask:
    """In which directions from ``centres``, shape (planes, 2), some pixel of the mask lies; shape (planes, turns)."""
    found = np.zeros((masks.shape[0], turns), np.bool_)
    for n in range(masks.shape[0]):
        if np.isnan(centres[n, 0]):
            continue
        for p in range(masks.shape[1]):
            for q in range(masks.shape[2]):
                if masks[n, p, q]:
                    turn = np.arctan2(q - centres[n, 1], p - centres[n, 0]) * turns / (2.0 * np.pi)
                    found[n, int(np.rint(turn)) % turns] = True
    return found


@compiled
def chords(masks: Mask, centres: Floats, half: int) -> Floats:
    """First and last set pixel along the second axis, of each plane: the medians over the columns near the centre.

    ``centres``, shape (planes, 2); columns within ``half`` pixels of its p. Shape (planes, 2), NaN where none is set.
    """
    found = np.full((masks.shape[0], 2), np.nan)
    for n in range(masks.shape[0]):
        if np.isnan(centres[n, 0]):
            continue
        first, last = np.full(2 * half + 1, np.nan), np.full(2 * half + 1, np.nan)
        for at in range(2 * half + 1):
            p = int(np.rint(centres[n, 0])) - half + at
            if p < 0 or p >= masks.shape[1]:
                continue
            for q in range(masks.shape[2]):
                if masks[n, p, q]:
                    last[at] = q
                    if np.isnan(first[at]):
                        first[at] = q
        if not np.all(np.isnan(first)):
            found[n, 0], found[n, 1] = np.nanmedian(first), np.nanmedian(last)
    return found
