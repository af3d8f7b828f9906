"""What fills the parts of space around an axis: one pass over the voxels, counts out.

Parts are told apart in a frame with x, y and z axes: a plane across y, a strip along x, wedges of angle around z.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# Bits of a voxel.
HOST, GUEST, HOLE, CORE, OTHER = 1, 2, 4, 8, 16
# Parts: before the plane, beyond it to the +x and to the -x side of the strip, and the rest beyond it.
FRONT, PLUS, MINUS, STRIP = 0, 1, 2, 3
# Rings: outside the host, its outer half, its inner half, the hole in it, the core of the hole.
OUTSIDE, OUTER, INNER, WITHIN, CENTRE = 0, 1, 2, 3, 4


@compiled
def counted(mask: NDArray[np.uint8]) -> tuple[int, int]:
    """How many voxels are set, and how many of their faces border on one that is not (or on the array's edge)."""
    voxels, faces = 0, 0
    na, nb, nc = mask.shape
    for a in range(na):
        for b in range(nb):
            for c in range(nc):
                if mask[a, b, c] == 0:
                    continue
                voxels += 1
                faces += int(a == 0 or mask[a - 1, b, c] == 0)
                faces += int(a == na - 1 or mask[a + 1, b, c] == 0)
                faces += int(b == 0 or mask[a, b - 1, c] == 0)
                faces += int(b == nb - 1 or mask[a, b + 1, c] == 0)
                faces += int(c == 0 or mask[a, b, c - 1] == 0)
                faces += int(c == nc - 1 or mask[a, b, c + 1] == 0)
    return voxels, faces


@compiled
def open_faces(bits: NDArray[np.uint8], bit: int, a: int, b: int, c: int) -> int:
    """How many faces of one voxel border on a voxel without ``bit``."""
    na, nb, nc = bits.shape
    faces = int(a == 0 or bits[a - 1, b, c] & bit == 0) + int(a == na - 1 or bits[a + 1, b, c] & bit == 0)
    faces += int(b == 0 or bits[a, b - 1, c] & bit == 0) + int(b == nb - 1 or bits[a, b + 1, c] & bit == 0)
    return faces + int(c == 0 or bits[a, b, c - 1] & bit == 0) + int(c == nc - 1 or bits[a, b, c + 1] & bit == 0)


@compiled
def walls(
    bits: NDArray[np.uint8], matrix: Floats, offset: Floats, centre: Floats, zs: Floats, turns: int
) -> tuple[Floats, Floats]:
    """The nearest and farthest distance of the host from the axis, by height and angle.

    ``matrix`` and ``offset`` take array indices to the frame; ``centre`` is (x, y) of the axis; ``zs`` are the edges
    of the height bins, evenly spaced. Shapes (len(zs) - 1, turns); infinity and 0 where there is none.
    """
    near = np.full((len(zs) - 1, turns), np.inf)
    far = np.zeros((len(zs) - 1, turns))
    for a in range(bits.shape[0]):
        for b in range(bits.shape[1]):
            for c in range(bits.shape[2]):
                if bits[a, b, c] & 1 == 0:
                    continue
                x = matrix[0, 0] * a + matrix[0, 1] * b + matrix[0, 2] * c + offset[0] - centre[0]
                y = matrix[1, 0] * a + matrix[1, 1] * b + matrix[1, 2] * c + offset[1] - centre[1]
                z = matrix[2, 0] * a + matrix[2, 1] * b + matrix[2, 2] * c + offset[2]
                at = int(np.floor((z - zs[0]) / (zs[1] - zs[0])))
                if at < 0 or at >= len(zs) - 1:
                    continue
                turn = int(np.floor((np.arctan2(x, y) / (2.0 * np.pi)) * turns)) % turns
                distance = np.sqrt(x * x + y * y)
                near[at, turn] = min(near[at, turn], distance)
                far[at, turn] = max(far[at, turn], distance)
    return near, far


@compiled
def tallied(
    bits: NDArray[np.uint8],
    matrix: Floats,
    offset: Floats,
    centre: Floats,
    zs: Floats,
    cut: Floats,
    near: Floats,
    far: Floats,
) -> tuple[Counts, Counts, Counts]:
    """Host and guest voxels by part and by twelfth of a turn, and guest voxels by twelfth and ring.

    Arguments as in `walls`, whose result are ``near`` and ``far``; ``cut`` is (plane y, inner and outer reach of the
    sides along x, the y at which they end, reach of the hole where no wall bounds it). Guest voxels outside the host
    count only within the heights ``zs`` and not in another host. The angle runs from +y towards +x. Returns parts,
    shape (4, 3): host, guest in host, open faces of that; turns, shape (12, 4): host, guest in host, open faces of
    that, guest; rings, shape (12, 5).
    """
    parts = np.zeros((4, 3), np.int64)
    turns = np.zeros((12, 4), np.int64)
    rings = np.zeros((12, 5), np.int64)
    for a in range(bits.shape[0]):
        for b in range(bits.shape[1]):
            for c in range(bits.shape[2]):
                bit = bits[a, b, c]
                if bit & 3 == 0:
                    continue
                x = matrix[0, 0] * a + matrix[0, 1] * b + matrix[0, 2] * c + offset[0] - centre[0]
                y = matrix[1, 0] * a + matrix[1, 1] * b + matrix[1, 2] * c + offset[1]
                z = matrix[2, 0] * a + matrix[2, 1] * b + matrix[2, 2] * c + offset[2]
                angle = np.arctan2(x, y - centre[1]) / (2.0 * np.pi)
                twelfth = int(np.floor(angle * 12.0)) % 12
                faces = 0
                if bit & 2:
                    faces = open_faces(bits, 2, a, b, c)
                if bit & 1:
                    part = 3
                    if y < cut[0]:
                        part = 0
                    elif cut[1] < abs(x) <= cut[2] and y <= cut[3]:
                        part = 1 if x > 0 else 2
                    parts[part, 0] += 1
                    turns[twelfth, 0] += 1
                    if bit & 2:
                        parts[part, 1] += 1
                        parts[part, 2] += faces
                        turns[twelfth, 1] += 1
                        turns[twelfth, 2] += faces
                at = int(np.floor((z - zs[0]) / (zs[1] - zs[0])))
                within = 0 <= at < len(zs) - 1
                if bit & 2 == 0 or bit & 16 or not (within or bit & 1):
                    continue
                turns[twelfth, 3] += 1
                at = min(max(at, 0), len(zs) - 2)
                turn = int(np.floor(angle * near.shape[1])) % near.shape[1]
                distance = np.sqrt(x * x + (y - centre[1]) ** 2)
                ring = 0
                if bit & 1:
                    ring = 1 if 2.0 * distance > near[at, turn] + far[at, turn] else 2
                elif bit & 8:
                    ring = 4
                elif bit & 4 or distance < min(near[at, turn], cut[4]):
                    ring = 3
                rings[twelfth, ring] += 1
    return parts, turns, rings
