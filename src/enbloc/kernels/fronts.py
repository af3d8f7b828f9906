"""How far a front runs inside a mask, and how large the mask is where a plane cuts across its path.

Fronts go from voxel to voxel through the six faces. Planes are given in a frame: ``affine``, shape (3, 4), takes a
place of the frame to array indices. A plane across an ``axis`` is spanned by two directions: upright, the nearest to
+z, and across, which makes a right-handed set with the axis and it. A window is (reach, step, grip): how far the plane
is sampled each way, how finely, and how near to its origin the matter must lie that counts as cut.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled
from enbloc.kernels.surfaces import between

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]
Window = tuple[float, float, float]

CUT = 6
"""How many numbers `cut_through` gives for a plane: area, centre (3), and the spread across and upright."""


@compiled
def reached(mask: Mask, seeds: Mask) -> Mask:
    """The voxels of ``mask`` that a front reaches from ``seeds`` within it; seeds outside the mask start none."""
    na, nb, nc = mask.shape
    found = np.zeros(mask.shape, np.uint8)
    queue = np.empty(mask.size, np.int64)
    tail = 0
    for a in range(na):
        for b in range(nb):
            for c in range(nc):
                if seeds[a, b, c] and mask[a, b, c]:
                    found[a, b, c] = 1
                    queue[tail] = (a * nb + b) * nc + c
                    tail += 1
    head = 0
    while head < tail:
        at = queue[head]
        head += 1
        a, b, c = at // (nb * nc), at // nc % nb, at % nc
        for way in range(6):
            step = 1 if way % 2 else -1
            i, j, k = a + step * (way // 2 == 0), b + step * (way // 2 == 1), c + step * (way // 2 == 2)
            if 0 <= i < na and 0 <= j < nb and 0 <= k < nc and mask[i, j, k] and not found[i, j, k]:
                found[i, j, k] = 1
                queue[tail] = (i * nb + j) * nc + k
                tail += 1
    return found


@compiled
def thickness(mask: Mask, affine: Floats, xs: Floats, ys: Floats, zs: Floats) -> Floats:
    """How much of the mask lies above each other at each (x, y), in the unit of the evenly spaced ``zs``.

    Shape (len(xs), len(ys)).
    """
    found = np.zeros((len(xs), len(ys)))
    step = zs[1] - zs[0]
    for m in range(len(xs)):
        for n in range(len(ys)):
            for o in range(len(zs)):
                x, y, z = xs[m], ys[n], zs[o]
                a = int(np.floor(affine[0, 0] * x + affine[0, 1] * y + affine[0, 2] * z + affine[0, 3] + 0.5))
                b = int(np.floor(affine[1, 0] * x + affine[1, 1] * y + affine[1, 2] * z + affine[1, 3] + 0.5))
                c = int(np.floor(affine[2, 0] * x + affine[2, 1] * y + affine[2, 2] * z + affine[2, 3] + 0.5))
                if 0 <= a < mask.shape[0] and 0 <= b < mask.shape[1] and 0 <= c < mask.shape[2]:
                    found[m, n] += step * (mask[a, b, c] != 0)
    return found


@compiled
def swept(thick: Floats, first: Floats, step: float, starts: Floats, ways: Floats, reach: Window) -> Floats:
    """What a fan of upright cuts through ``thick`` meets: one cut from each start along each way.

    ``thick`` is sampled every ``step`` from ``first`` (x, y); ``starts`` and ``ways``, shape (n, 2). A cut begins at
    the first matter within ``reach[0]`` and ends where it leaves it, or at ``reach[1]``; matter with an area of less
    than ``reach[2]`` is passed over. Returns the area, and where the matter begins and ends along the way, shape
    (n, 3); an area of 0 where the cut meets nothing.
    """
    found = np.zeros((len(starts), 3))
    fine = 0.5 * step
    for at in range(len(starts)):
        area, begun = 0.0, -1.0
        for n in range(int(reach[1] / fine) + 1):
            along = n * fine
            p = int(np.floor((starts[at, 0] + along * ways[at, 0] - first[0]) / step + 0.5))
            q = int(np.floor((starts[at, 1] + along * ways[at, 1] - first[1]) / step + 0.5))
            here = 0.0
            if 0 <= p < thick.shape[0] and 0 <= q < thick.shape[1]:
                here = thick[p, q]
            if here > 0.0:
                begun = along if begun < 0.0 else begun
                area += here * fine
            elif area >= reach[2]:
                break
            else:
                area, begun = 0.0, -1.0
                if along > reach[0]:
                    break
            if area >= reach[2]:
                found[at, 0], found[at, 1], found[at, 2] = area, begun, along
    return found


@compiled
def facing(axis: Floats) -> tuple[Floats, Floats]:
    """The directions, across and upright, that span the plane across a unit ``axis`` that is not upright itself."""
    upright = -axis[2] * axis
    upright[2] += 1.0
    upright /= np.sqrt(upright[0] ** 2 + upright[1] ** 2 + upright[2] ** 2)
    return np.cross(upright, axis), upright


@compiled
def section(mask: Mask, affine: Floats, origin: Floats, axis: Floats, window: Window) -> Floats:
    """The mask on the plane across ``axis`` through ``origin``, interpolated, as far as it hangs together there.

    Shape (n, n), across first, the origin in the middle; 0 where the mask is not joined to the sample of it that is
    nearest to the origin. Only what is joined is sampled: most of a window is not.
    """
    half = int(np.ceil(window[0] / window[1]))
    plane = _plane(affine, origin, axis, window[1])
    field = np.full((2 * half + 1, 2 * half + 1), np.nan)
    near, best = -1, window[2] ** 2
    if _sampled(mask, plane, field, half, half) >= 0.5:
        near = half * len(field) + half
    else:
        for p in range(len(field)):
            for q in range(len(field)):
                away = ((p - half) ** 2 + (q - half) ** 2) * window[1] ** 2
                if away <= best and _sampled(mask, plane, field, p, q) >= 0.5:
                    near, best = p * len(field) + q, away
    return _joined(mask, plane, field, near)


@compiled
def _plane(affine: Floats, origin: Floats, axis: Floats, step: float) -> Floats:
    """A plane in array indices, shape (3, 3): its origin, and one step across and upright."""
    across, upright = facing(axis)
    plane = np.empty((3, 3))
    for k in range(3):
        row = affine[k]
        plane[0, k] = row[0] * origin[0] + row[1] * origin[1] + row[2] * origin[2] + row[3]
        plane[1, k] = step * (row[0] * across[0] + row[1] * across[1] + row[2] * across[2])
        plane[2, k] = step * (row[0] * upright[0] + row[1] * upright[1] + row[2] * upright[2])
    return plane


@compiled
def _sampled(mask: Mask, plane: Floats, field: Floats, p: int, q: int) -> float:
    """The sample (p, q) of a field, taken from the mask when first asked for."""
    if np.isnan(field[p, q]):
        u, v = p - len(field) // 2, q - len(field) // 2
        field[p, q] = between(
            mask,
            plane[0, 0] + u * plane[1, 0] + v * plane[2, 0],
            plane[0, 1] + u * plane[1, 1] + v * plane[2, 1],
            plane[0, 2] + u * plane[1, 2] + v * plane[2, 2],
        )
    return float(field[p, q])


@compiled
def _joined(mask: Mask, plane: Floats, field: Floats, near: int) -> Floats:
    """The field where half and more of it hangs together with the sample ``near``, and the rim around that."""
    count = field.shape[1]
    kept = np.zeros(field.shape)
    if near < 0:
        return kept
    seen = np.zeros(field.size, np.uint8)
    queue = np.empty(field.size, np.int64)
    queue[0], head, tail = near, 0, 1
    seen[near] = 1
    while head < tail:
        p, q = queue[head] // count, queue[head] % count
        head += 1
        kept[p, q] = _sampled(mask, plane, field, p, q)
        if kept[p, q] < 0.5:
            continue
        for way in range(4):
            step = 1 if way % 2 else -1
            i, j = p + step * (way < 2), q + step * (way >= 2)
            if 0 <= i < field.shape[0] and 0 <= j < count and not seen[i * count + j]:
                seen[i * count + j] = 1
                queue[tail] = i * count + j
                tail += 1
    return kept


@compiled
def spread(field: Floats, step: float) -> Floats:
    """What a `section` holds: its area, its centre and its spread across and upright, shape (5,).

    A sample at the surface, of one half, counts half. The centre is counted from the middle of the field; the spread
    is the standard deviation.
    """
    half = field.shape[0] // 2
    count, u, v, uu, vv = 0.0, 0.0, 0.0, 0.0, 0.0
    for p in range(field.shape[0]):
        for q in range(field.shape[1]):
            share = min(1.0, 2.0 * field[p, q] - 0.5)
            if share > 0.0:
                x, y = (p - half) * step, (q - half) * step
                count, u, v = count + share, u + share * x, v + share * y
                uu, vv = uu + share * x * x, vv + share * y * y
    found = np.zeros(5)
    if count > 0.0:
        found[0], found[1], found[2] = count * step * step, u / count, v / count
        found[3] = np.sqrt(max(0.0, uu / count - found[1] ** 2))
        found[4] = np.sqrt(max(0.0, vv / count - found[2] ** 2))
    return found


@compiled
def cut_through(mask: Mask, affine: Floats, origins: Floats, axis: Floats, window: Window) -> Floats:
    """The `section` about each of ``origins``: its area, its centre in the frame, and its spread; shape (n, CUT)."""
    found = np.zeros((len(origins), 6))
    across, upright = facing(axis)
    for at in range(len(origins)):
        held = spread(section(mask, affine, origins[at], axis, window), window[1])
        found[at, 0] = held[0]
        found[at, 1:4] = origins[at] + held[1] * across + held[2] * upright
        found[at, 4:6] = held[3:5]
    return found


@compiled
def narrowest(mask: Mask, affine: Floats, origin: Floats, axis: Floats, window: Window) -> Floats:
    """The plane near ``origin``, and about across ``axis``, that cuts least: its centre and axis, shape (2, 3).

    Steps along the axis and turns about both directions of the plane are tried in turn, from 2 and from an eighth,
    and halved when none is an improvement.
    """
    at = np.empty((2, 3))
    at[1] = axis
    start = cut_through(mask, affine, origin.reshape(1, 3), axis, window)[0]
    at[0] = start[1:4]
    least = start[0] if start[0] > 0.0 else np.inf
    size = 2.0
    while size > 0.3:
        improved = False
        for way in range(6):
            step = size if way % 2 else -size
            across, upright = facing(at[1])
            turned = at[1].copy()
            moved = at[0].copy()
            if way < 2:
                moved += step * turned
            else:
                turned += 0.1 * step * (across if way < 4 else upright)
                turned /= np.sqrt(turned[0] ** 2 + turned[1] ** 2 + turned[2] ** 2)
            tried = cut_through(mask, affine, moved.reshape(1, 3), turned, window)[0]
            if 0.0 < tried[0] < 0.995 * least:
                least, improved = tried[0], True
                at[0], at[1] = tried[1:4], turned
        if not improved:
            size *= 0.5
    return at


LIMB = 8
"""How many numbers a limb is for `nearest_limb`: start (3), end (3), how tall, and its radius."""


@compiled
def nearest_limb(points: Floats, limbs: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Which limb each point, shape (n, 3), lies deepest in or nearest to, and how far from its surface.

    A limb, a row of ``limbs``, is a segment that is drawn out upwards and downwards by its height and then thickened
    by its radius; a row with a radius of 0 or less is left out. -1 where there is no limb.
    """
    found, distance = np.full(len(points), -1, np.int64), np.full(len(points), np.inf)
    for at in range(len(points)):
        for number in range(len(limbs)):
            limb = limbs[number]
            if limb[7] <= 0.0:
                continue
            long, along = 0.0, 0.0
            for k in range(3):
                long += (limb[3 + k] - limb[k]) ** 2
                along += (limb[3 + k] - limb[k]) * (points[at, k] - limb[k])
            share = min(1.0, max(0.0, along / long)) if long > 0.0 else 0.0
            x = points[at, 0] - limb[0] - share * (limb[3] - limb[0])
            y = points[at, 1] - limb[1] - share * (limb[4] - limb[1])
            z = max(0.0, abs(points[at, 2] - limb[2] - share * (limb[5] - limb[2])) - limb[6])
            far = np.sqrt(x * x + y * y + z * z) - limb[7]
            if far < distance[at]:
                distance[at], found[at] = far, number
    return found, distance
