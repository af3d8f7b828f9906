"""Can a rigid body leave past obstacles by turning about an axis and moving across it? A search over its poses.

The axis is z of a local frame. A pose turns the body by an angle about the axis and then moves it by (x, y). The room
at a place is its distance to the nearest obstacle less what must be kept; it is sampled on a grid. Room never changes
faster than place, so a sample is as good as half the diagonal of a cell, and two poses prove the way between them.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FINEST = 0.1  # of the way that any point goes, in the unit of places: a shorter stretch is not halved again
MOVES = 6


class Body(NamedTuple):
    """Points sorted into cubes (``distances.tiled``), the outline across the axis, (k, 2), and the reach from it."""

    points: Floats
    first: Ints
    cubes: Floats
    outline: Floats
    reach: float


class Field(NamedTuple):
    """The room at samples ``low + step * (a, b, c)``; ``error`` is how far it may differ up to the next sample."""

    room: Floats
    low: Floats
    step: float
    error: float


class Space(NamedTuple):
    """The poses: ``turns`` angles all round, and moves of ``step`` up to ``half`` steps to every side."""

    turns: int
    half: int
    step: float


@compiled
def pose_of(space: Space, node: int) -> tuple[float, float, float]:
    """The angle (radians) and the move of a node."""
    side = 2 * space.half + 1
    turn, rest = node // (side * side), node % (side * side)
    return (
        turn * 2.0 * np.pi / space.turns,
        (rest // side - space.half) * space.step,
        (rest % side - space.half) * space.step,
    )


@compiled
def start_of(space: Space) -> int:
    """The node of the body where it lies."""
    return space.half * (2 * space.half + 1) + space.half


@compiled
def _sample(field: Field, x: float, y: float, z: float) -> tuple[float, float]:
    """The room at the nearest sample, and how far outside of the grid the place lies."""
    na, nb, nc = field.room.shape
    u, v, w = (x - field.low[0]) / field.step, (y - field.low[1]) / field.step, (z - field.low[2]) / field.step
    a, b, c = min(max(u, 0.0), na - 1.0), min(max(v, 0.0), nb - 1.0), min(max(w, 0.0), nc - 1.0)
    off = np.sqrt((u - a) ** 2 + (v - b) ** 2 + (w - c) ** 2) * field.step
    return field.room[int(a + 0.5), int(b + 0.5), int(c + 0.5)], off


@compiled
def room(body: Body, field: Field, pose: tuple[float, float, float], sign: float, floor: float) -> float:
    """The room of a pose: at least (``sign`` -1) or at most (1) so much. Outside of the grid there is no less room.

    Less than ``floor`` it is not told apart: the first such room that is met comes back.
    """
    turn, x, y = pose
    cos, sin, best = np.cos(turn), np.sin(turn), np.inf
    for cube in range(len(body.cubes)):
        u, v, w, radius = body.cubes[cube, 0], body.cubes[cube, 1], body.cubes[cube, 2], body.cubes[cube, 3]
        held, off = _sample(field, cos * u - sin * v + x, sin * u + cos * v + y, w)
        if held - 3.0 * field.error - radius > best:
            continue  # no sample beside any of its points can be less
        for at in range(body.first[cube], body.first[cube + 1]):
            u, v, w = body.points[at, 0], body.points[at, 1], body.points[at, 2]
            held, off = _sample(field, cos * u - sin * v + x, sin * u + cos * v + y, w)
            here = held - field.error if sign < 0.0 else held + field.error + off
            best = min(best, here)
        if best < floor:
            return best
    return best


@compiled
def sampled(
    points: Floats, first: Ints, cubes: Floats, low: Floats, shape: tuple[int, int, int], step: float, reach: float
) -> Floats:
    """How far each sample ``low + step * (a, b, c)`` is from the nearest of the points, ``reach`` at most; ``shape``.

    ``points``, ``first`` and ``cubes`` are as from `distances.tiled`.
    """
    found = np.full(shape, reach)
    near, half = np.empty(len(cubes), np.int64), 0.5 * step * (shape[2] - 1)
    for a in range(shape[0]):
        for b in range(shape[1]):
            x, y, count = low[0] + step * a, low[1] + step * b, 0
            for m in range(len(cubes)):  # those that any sample of the row may lie near to
                u, v, w = cubes[m, 0] - x, cubes[m, 1] - y, abs(cubes[m, 2] - low[2] - half)
                if u * u + v * v + max(0.0, w - half) ** 2 < (reach + cubes[m, 3]) ** 2:
                    near[count], count = m, count + 1
            best, last = reach, -1
            for c in range(shape[2] if count else 0):
                z = low[2] + step * c
                best = reach if last < 0 else min(reach, np.sqrt(_square(points, last, x, y, z)))
                for m in near[:count]:
                    u, v, w, radius = cubes[m, 0] - x, cubes[m, 1] - y, cubes[m, 2] - z, cubes[m, 3]
                    if u * u + v * v + w * w >= (best + radius) ** 2:
                        continue
                    for at in range(first[m], first[m + 1]):
                        square = _square(points, at, x, y, z)
                        if square < best * best:
                            best, last = np.sqrt(square), at
                found[a, b, c] = best
    return found


@compiled
def _square(points: Floats, at: int, x: float, y: float, z: float) -> float:
    u, v, w = points[at, 0] - x, points[at, 1] - y, points[at, 2] - z
    return float(u * u + v * v + w * w)


@compiled
def least_apart(body: Body, points: Floats, first: Ints, cubes: Floats, poses: Floats) -> float:
    """The least distance between the points of the body, at any of the poses, and other points.

    ``points``, ``first`` and ``cubes`` are as from `distances.tiled`; ``poses``, shape (n, 3), hold angle and move.
    """
    best = np.inf
    for pose in range(len(poses)):
        cos, sin = np.cos(poses[pose, 0]), np.sin(poses[pose, 0])
        bounds, middles = np.empty((len(cubes), len(body.cubes))), np.empty((len(cubes), 3))
        for m in range(len(cubes)):  # where the others lie as the body sees them
            x, y = cubes[m, 0] - poses[pose, 1], cubes[m, 1] - poses[pose, 2]
            middles[m, 0], middles[m, 1], middles[m, 2] = cos * x + sin * y, cos * y - sin * x, cubes[m, 2]
            for n in range(len(body.cubes)):
                square = 0.0
                for axis in range(3):
                    square += (middles[m, axis] - body.cubes[n, axis]) ** 2
                bounds[m, n] = np.sqrt(square) - cubes[m, 3] - body.cubes[n, 3]
        flat = bounds.ravel()
        close = np.flatnonzero(flat < best)
        for pair in close[np.argsort(flat[close], kind="mergesort")]:
            if flat[pair] >= best:
                break
            m, n = pair // len(body.cubes), pair % len(body.cubes)
            for q in range(first[m], first[m + 1]):
                x, y = points[q, 0] - poses[pose, 1], points[q, 1] - poses[pose, 2]
                u, v, w = cos * x + sin * y, cos * y - sin * x, points[q, 2]
                best = min(best, _least(body, n, u, v, w, best))
    return best


@compiled
def _least(body: Body, cube: int, x: float, y: float, z: float, best: float) -> float:
    """The least distance of a place to the points of a cube of the body; ``best`` where none is nearer."""
    square = best * best
    for at in range(body.first[cube], body.first[cube + 1]):
        u, v, w = body.points[at, 0] - x, body.points[at, 1] - y, body.points[at, 2] - z
        square = min(square, u * u + v * v + w * w)
    return float(np.sqrt(square))


@compiled
def need(body: Body, exits: Floats, turn: float, x: float, y: float) -> tuple[float, int]:
    """How far the body must still go before a straight way out is free, by the shortest of ``exits``, and which.

    An exit is a row: a direction (x, y), and how far all obstacles reach along it with what must be kept.
    """
    cos, sin = np.cos(turn), np.sin(turn)
    best, which = np.inf, -1
    for exit_ in range(len(exits)):
        dx, dy, low = exits[exit_, 0], exits[exit_, 1], np.inf
        for at in range(len(body.outline)):
            u, v = body.outline[at, 0], body.outline[at, 1]
            low = min(low, dx * (cos * u - sin * v + x) + dy * (sin * u + cos * v + y))
        if exits[exit_, 2] - low < best:
            best, which = exits[exit_, 2] - low, exit_
    return best, which


@compiled
def _neighbour(space: Space, node: int, move: int) -> int:
    """The node one step on; -1 beyond the poses. Moves: turn on, back, x on, back, y on, back."""
    side = 2 * space.half + 1
    turn, a, b = node // (side * side), (node // side) % side, node % side
    on = 1 - 2 * (move % 2)
    if move < 2:
        turn = (turn + on + space.turns) % space.turns
    elif move < 4:
        a += on
    else:
        b += on
    if a < 0 or b < 0 or a >= side or b >= side:
        return -1
    return (turn * side + a) * side + b


@compiled
def passes(body: Body, field: Field, space: Space, here: int, move: int) -> bool:
    """Whether the body keeps its room all the way to the next node; looked at in halves of halves."""
    turn, x, y = pose_of(space, here)
    on = 1.0 - 2.0 * (move % 2)
    dt = on * 2.0 * np.pi / space.turns if move < 2 else 0.0
    dx = on * space.step if 2 <= move < 4 else 0.0
    dy = on * space.step if move >= 4 else 0.0
    goes = abs(dt) * body.reach + abs(dx) + abs(dy)
    lows, widths = [0.0], [1.0]
    while len(lows) > 0:
        low, width = lows.pop(), widths.pop()
        mid = low + 0.5 * width
        held = room(body, field, (turn + mid * dt, x + mid * dx, y + mid * dy), -1.0, 0.0)
        if held >= 0.5 * width * goes:
            continue
        if held < 0.0 or width * goes < FINEST:
            return False
        lows.extend((low, mid))
        widths.extend((0.5 * width, 0.5 * width))
    return True


@compiled
def steered(body: Body, field: Field, space: Space, exits: Floats) -> tuple[Ints, int, int]:
    """A way from where the body lies to a pose from which an exit is free, the shortest first.

    Returns the node before each node (-1 where none was reached), the last node or -1, and how many were looked at.
    """
    count = space.turns * (2 * space.half + 1) ** 2
    parents, costs, done = np.full(count, -1, np.int64), np.full(count, np.inf), np.zeros(count, np.uint8)
    start, looked = start_of(space), 0
    heap = [(0.0, start)]
    costs[start] = 0.0
    while len(heap) > 0:
        here = heappop(heap)[1]
        if done[here]:
            continue
        done[here], looked = 1, looked + 1
        turn, x, y = pose_of(space, here)
        if need(body, exits, turn, x, y)[0] <= 0.0:
            return parents, here, looked
        _spread(body, field, space, exits, here, heap, parents, costs)
    return parents, -1, looked


@compiled
def _spread(
    body: Body,
    field: Field,
    space: Space,
    exits: Floats,
    here: int,
    heap: list[tuple[float, int]],
    parents: Ints,
    costs: Floats,
) -> None:
    """Take up the neighbours of a node that are reached for less than before."""
    turning = body.reach * 2.0 * np.pi / space.turns
    for move in range(MOVES):
        there = _neighbour(space, here, move)
        cost = costs[here] + (turning if move < 2 else space.step)
        if there >= 0 and cost < costs[there] and passes(body, field, space, here, move):
            turn, x, y = pose_of(space, there)
            costs[there], parents[there] = cost, here
            heappush(heap, (cost + max(0.0, need(body, exits, turn, x, y)[0]), there))


@compiled
def shut_in(body: Body, field: Field, space: Space, exits: Floats) -> tuple[bool, int]:
    """Whether no motion of this kind leads out, proved: also where each pose stands for all that are nearest to it.

    A pose is passed over only if none of those that it stands for has room. Returns that, and how many were looked at.
    """
    slack = body.reach * np.pi / space.turns + np.sqrt(0.5) * space.step
    side = 2 * space.half + 1
    seen = np.zeros(space.turns * side * side, np.uint8)
    stack, looked = [start_of(space)], 0
    seen[start_of(space)] = 1
    while len(stack) > 0:
        here = stack.pop()
        turn, x, y = pose_of(space, here)
        looked += 1
        if room(body, field, (turn, x, y), 1.0, -slack) < -slack:
            continue
        edge = max(abs(x), abs(y)) >= (space.half - 0.5) * space.step
        if edge or need(body, exits, turn, x, y)[0] <= slack:
            return False, looked
        _around(space, here, stack, seen)
    return True, looked


@compiled
def _around(space: Space, here: int, stack: list[int], seen: NDArray[np.uint8]) -> None:
    """Take up all poses around one, also those across its corners."""
    side = 2 * space.half + 1
    turn, a, b = here // (side * side), (here // side) % side, here % side
    for step in range(27):
        other = (turn + step // 9 - 1 + space.turns) % space.turns
        there = (other * side + a + (step // 3) % 3 - 1) * side + b + step % 3 - 1
        if not seen[there]:
            seen[there] = 1
            stack.append(there)
