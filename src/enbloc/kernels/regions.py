"""What fills the parts of space around an axis: one pass over the voxels, amounts out.

Space is parted in a frame with x, y and z axes whose origin lies on the axis: twelve wedges of angle around z, rings by
the walls of a host, a plane across y, gaps beside the axis. A voxel that the border of a wedge or of a ring runs
through is divided between its two sides, so that an amount does not leap when a border moves past a row of voxels.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

# Bits of a voxel.
GUEST, HOLE, CORE, OTHER = 1, 2, 4, 8
# Rings: outside the host, its outer half, its inner half, the hole in it, the core of the hole.
OUTSIDE, OUTER, INNER, WITHIN, CENTRE = 0, 1, 2, 3, 4
# Zones: host before the plane; host beyond it; and what is not host beside the axis, on the +x and on the -x side.
FRONT, REST, PLUS_GAP, MINUS_GAP = 0, 1, 2, 3
# Amounts, in voxels: host; guest; what the guest loses, and gains, by a voxel face when its surface moves by a voxel.
HOST, TAKEN, LOST, GAINED = 0, 1, 2, 3
TWELFTHS, RINGS, ZONES, AMOUNTS = 12, 5, 4, 4


class Scene(NamedTuple):
    """Voxels and the frame that parts them; ``matrix`` and ``offset`` take array indices to (x, y, z).

    ``bits`` say what a voxel is, ``codes`` which part of the host, 0 for none. ``zs`` are the edges of the height bins,
    evenly spaced; ``near`` and ``far`` the walls of the host by height and angle (see `walls`). ``cuts`` are the y of
    the plane, the inner and outer reach of the gaps along |x|, the y at which they end, and the reach of the hole where
    no wall bounds it. ``extent`` is the size of a voxel along x and y.
    """

    bits: Bytes
    codes: Bytes
    matrix: Floats
    offset: Floats
    zs: Floats
    near: Floats
    far: Floats
    cuts: Floats
    extent: Floats


@compiled
def counted(mask: Bytes) -> tuple[int, int]:
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
def placed(matrix: Floats, offset: Floats, a: int, b: int, c: int) -> tuple[float, float, float]:
    """The place of a voxel in the frame."""
    x = matrix[0, 0] * a + matrix[0, 1] * b + matrix[0, 2] * c + offset[0]
    y = matrix[1, 0] * a + matrix[1, 1] * b + matrix[1, 2] * c + offset[1]
    z = matrix[2, 0] * a + matrix[2, 1] * b + matrix[2, 2] * c + offset[2]
    return x, y, z


@compiled
def walls(codes: Bytes, matrix: Floats, offset: Floats, zs: Floats, turns: int) -> tuple[Floats, Floats]:
    """The nearest and farthest distance of the host from the axis, by height and angle.

    Arguments as in `Scene`; shapes (len(zs) - 1, turns); infinity and 0 where there is none.
    """
    near = np.full((len(zs) - 1, turns), np.inf)
    far = np.zeros((len(zs) - 1, turns))
    for a in range(codes.shape[0]):
        for b in range(codes.shape[1]):
            for c in range(codes.shape[2]):
                if codes[a, b, c] == 0:
                    continue
                x, y, z = placed(matrix, offset, a, b, c)
                at = int(np.floor((z - zs[0]) / (zs[1] - zs[0])))
                if at < 0 or at >= len(zs) - 1:
                    continue
                turn = int(np.floor((np.arctan2(x, y) / (2.0 * np.pi)) * turns)) % turns
                distance = np.sqrt(x * x + y * y)
                near[at, turn] = min(near[at, turn], distance)
                far[at, turn] = max(far[at, turn], distance)
    return near, far


@compiled
def zone_of(scene: Scene, code: int, x: float, y: float) -> int:
    """The zone of a place; -1 for what is not host and not beside the axis."""
    cuts = scene.cuts
    if code:
        return FRONT if y < cuts[0] else REST
    if cuts[0] <= y <= cuts[3] and cuts[1] < abs(x) <= cuts[2]:
        return PLUS_GAP if x > 0 else MINUS_GAP
    return -1


@compiled
def twelfths_of(scene: Scene, x: float, y: float, turn: float) -> tuple[int, int, float]:
    """The wedge of a place, that across its nearest border, and the share of the voxel that lies there.

    ``turn`` is the angle of the place from +y towards +x, in turns.
    """
    own = int(np.floor(turn * TWELFTHS))
    beyond = turn * TWELFTHS - own
    # How far the border is along the arc, and how wide a voxel is along it; both times the distance from the axis.
    along = min(beyond, 1.0 - beyond) * (2.0 * np.pi / TWELFTHS) * (x * x + y * y)
    width = np.sqrt((scene.extent[0] * y) ** 2 + (scene.extent[1] * x) ** 2)
    if along >= 0.5 * width:
        return own % TWELFTHS, own % TWELFTHS, 0.0
    next_one = own - 1 if beyond < 0.5 else own + 1
    return own % TWELFTHS, next_one % TWELFTHS, 0.5 - along / width


@compiled
def rings_of(scene: Scene, code: int, bit: int, x: float, y: float, z: float, turn: float) -> tuple[int, int, float]:
    """The ring of a place, the other half of the host's wall, and the share of the voxel that lies there."""
    at = int((z - scene.zs[0]) / (scene.zs[1] - scene.zs[0]))
    at = min(max(at, 0), len(scene.zs) - 2)
    turns = scene.near.shape[1]
    step = int(np.floor(turn * turns)) % turns
    distance = np.sqrt(x * x + y * y)
    if code:
        off = distance - 0.5 * (scene.near[at, step] + scene.far[at, step])
        width = np.sqrt((scene.extent[0] * x) ** 2 + (scene.extent[1] * y) ** 2)
        share = max(0.0, 0.5 - abs(off) * distance / max(width, 1e-9))
        return (OUTER, INNER, share) if off > 0.0 else (INNER, OUTER, share)
    if bit & CORE:
        return CENTRE, CENTRE, 0.0
    if bit & HOLE or distance < min(scene.near[at, step], scene.cuts[4]):
        return WITHIN, WITHIN, 0.0
    return OUTSIDE, OUTSIDE, 0.0


@compiled
def add(scene: Scene, at: tuple[int, int, int], amounts: Floats, table: Floats, zones: Floats) -> None:
    """Add the amounts of one voxel to its cells of ``table`` and its row of ``zones``.

    What is not host counts only within the heights ``zs`` and not in another host.
    """
    code, bit = int(scene.codes[at]), int(scene.bits[at])
    x, y, z = placed(scene.matrix, scene.offset, at[0], at[1], at[2])
    if code == 0 and (bit & OTHER or z < scene.zs[0] or z >= scene.zs[-1]):
        return
    turn = np.arctan2(x, y) / (2.0 * np.pi)
    own, beside, share = twelfths_of(scene, x, y, turn)
    ring, across, part = rings_of(scene, code, bit, x, y, z, turn)
    zone = zone_of(scene, code, x, y)
    for number in range(AMOUNTS):
        amount = amounts[number]
        if amount == 0.0:
            continue
        table[code, own, ring, number] += amount * (1.0 - share) * (1.0 - part)
        if share > 0.0:
            table[code, beside, ring, number] += amount * share * (1.0 - part)
        if part > 0.0:
            table[code, own, across, number] += amount * (1.0 - share) * part
            table[code, beside, across, number] += amount * share * part
        if zone >= 0:
            zones[zone, number] += amount


@compiled
def hosted(scene: Scene, parts: int) -> tuple[Floats, Floats]:
    """How much host there is by part, wedge and ring, and by zone.

    Returns the table, shape (parts + 1, 12, 5, 4), and the zones, shape (4, 4); the last axis holds the amounts, of
    which all but the host are left at 0.
    """
    table = np.zeros((parts + 1, TWELFTHS, RINGS, AMOUNTS))
    zones = np.zeros((ZONES, AMOUNTS))
    amounts = np.zeros(AMOUNTS)
    amounts[HOST] = 1.0
    for a in range(scene.codes.shape[0]):
        for b in range(scene.codes.shape[1]):
            for c in range(scene.codes.shape[2]):
                if scene.codes[a, b, c]:
                    add(scene, (a, b, c), amounts, table, zones)
    return table, zones


@compiled
def tallied(scene: Scene, parts: int) -> tuple[Floats, Floats]:
    """How much guest there is, and how much it loses and gains, in tables like those of `hosted`; no host in them."""
    table = np.zeros((parts + 1, TWELFTHS, RINGS, AMOUNTS))
    zones = np.zeros((ZONES, AMOUNTS))
    bits = scene.bits
    own, beside = np.zeros(AMOUNTS), np.zeros(AMOUNTS)
    own[TAKEN], beside[GAINED] = 1.0, 1.0
    for a in range(bits.shape[0]):
        for b in range(bits.shape[1]):
            for c in range(bits.shape[2]):
                if bits[a, b, c] & GUEST == 0:
                    continue
                own[LOST] = 0.0
                for way in range(6):
                    p, q, r = neighbour(a, b, c, way)
                    inside = 0 <= p < bits.shape[0] and 0 <= q < bits.shape[1] and 0 <= r < bits.shape[2]
                    if inside and bits[p, q, r] & GUEST:
                        continue
                    own[LOST] += 1.0
                    if inside:
                        add(scene, (p, q, r), beside, table, zones)
                add(scene, (a, b, c), own, table, zones)
    return table, zones


@compiled
def neighbour(a: int, b: int, c: int, way: int) -> tuple[int, int, int]:
    """One of the six voxels that share a face with (a, b, c)."""
    step = 1 if way % 2 else -1
    if way < 2:
        return a + step, b, c
    if way < 4:
        return a, b + step, c
    return a, b, c + step


@compiled
def crossings(scene: Scene, areas: Floats, parts: int) -> tuple[Floats, Floats]:
    """The area through which the guest passes from the host to what is not host, and where.

    ``areas``, shape (3,), are those of a voxel's faces by array axis. Returns areas by part and by ring on the far
    side, shape (parts + 1, 5), and the sums of area times place (x, y, z), shape (parts + 1, 5, 3).
    """
    found = np.zeros((parts + 1, RINGS))
    places = np.zeros((parts + 1, RINGS, 3))
    bits, codes = scene.bits, scene.codes
    for a in range(bits.shape[0]):
        for b in range(bits.shape[1]):
            for c in range(bits.shape[2]):
                code = codes[a, b, c]
                if code == 0 or bits[a, b, c] & GUEST == 0:
                    continue
                for way in range(6):
                    p, q, r = neighbour(a, b, c, way)
                    if not (0 <= p < bits.shape[0] and 0 <= q < bits.shape[1] and 0 <= r < bits.shape[2]):
                        continue
                    bit = bits[p, q, r]
                    if codes[p, q, r] or bit & GUEST == 0 or bit & OTHER:
                        continue
                    at = placed(scene.matrix, scene.offset, p, q, r)
                    ring, _, _ = rings_of(scene, 0, bit, at[0], at[1], at[2], np.arctan2(at[0], at[1]) / (2.0 * np.pi))
                    found[code, ring] += areas[way // 2]
                    for axis in range(3):
                        places[code, ring, axis] += areas[way // 2] * at[axis]
    return found, places
