"""A specimen and what it must keep away from, in a frame about the cord, and the search for its way out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Structure
from enbloc.case.geometry import Pose
from enbloc.case.image import Grid
from enbloc.kernels.distances import skin, tiled
from enbloc.kernels.motions import (
    Body,
    Field,
    Space,
    least_apart,
    need,
    pose_of,
    room,
    sampled,
    shut_in,
    start_of,
    steered,
)
from enbloc.plan.delivery.parameters import AROUND, FIELD_STEP, FINER, MOVE_STEP, TURN_STEP
from enbloc.plan.voxels import to_corner_mm

Floats = NDArray[np.float64]
CUBE_MM = 6.0
OF_SPECIMEN = ("points", "half_mm", "body", "whole_body")  # what a scene knows of its specimen alone
WAYS: Mapping[str, tuple[float, float]] = {
    "to the back": (0.0, 1.0),
    "to the left": (1.0, 0.0),
    "to the right": (-1.0, 0.0),
    "to the front": (0.0, -1.0),
}
"""The ways out, as directions (left, back) in the frame about the cord."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Solid:
    """Voxels of a structure: ``mask`` on ``grid``."""

    mask: NDArray[np.bool_]
    grid: Grid

    @cached_property
    def half_mm(self) -> float:
        """From the centre of a voxel to its furthest corner, mm."""
        return to_corner_mm(self.grid)

    @cached_property
    def points_mm(self) -> Floats:
        """The centres of all voxels, shape (n, 3), patient LPS."""
        return self.grid.points_mm(np.argwhere(self.mask))

    @cached_property
    def rim_mm(self) -> Floats:
        """The centres of the outermost voxels."""
        return self.grid.points_mm(skin(self.mask.astype(np.uint8)))

    @cached_property
    def outside_mm(self) -> Floats:
        """The centres of the voxels just outside, also those across a corner."""
        beyond = ~np.pad(self.mask, 2)
        outer = beyond[1:-1, 1:-1, 1:-1] & ~_shrunk(beyond)
        return self.grid.points_mm(np.argwhere(outer) - 1)

    def holds(self, points_mm: Floats) -> NDArray[np.bool_]:
        """Which points lie in a voxel of it."""
        exact = self.grid.indices(points_mm)
        inside = np.all((exact > -0.5) & (exact < np.array(self.grid.shape) - 0.5), axis=1)
        held = np.zeros(len(points_mm), np.bool_)
        held[inside] = self.mask[tuple(np.rint(exact[inside]).astype(np.intp).T)]
        return held


def _shrunk(padded: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The voxels of a mask, one narrower on each side, of which every neighbour, also across a corner, is set."""
    steps = product((-1, 0, 1), repeat=3)
    return np.asarray(np.all([np.roll(padded, step, (0, 1, 2))[1:-1, 1:-1, 1:-1] for step in steps], axis=0))


@dataclass(frozen=True, eq=False, kw_only=True)
class Obstacle:
    """A structure that the specimen must stay ``clearance_mm`` away from."""

    structure: Structure
    solid: Solid
    clearance_mm: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """The ``specimen``, all that it consists of, the ``obstacles``, and the frame about the cord.

    ``pose`` has its origin on the axis that the specimen turns about, x to the left, y to the back, z along the cord.
    Voxels are taken whole: as balls around them.
    """

    specimen: tuple[Solid, ...]
    obstacles: tuple[Obstacle, ...]
    pose: Pose
    ways: tuple[str, ...] = tuple(WAYS)
    known: dict[tuple[Any, ...], tuple[NDArray[np.int64], Floats]] = field(
        default_factory=dict, repr=False
    )  # the room that each structure leaves

    def own(self, points_mm: Floats) -> Floats:
        """Patient points in the frame about the cord."""
        return np.asarray((points_mm - self.pose.origin) @ self.pose.rotation)

    @cached_property
    def points(self) -> Floats:
        """The outermost voxels of the specimen in the frame about the cord."""
        return np.concatenate([self.own(one.rim_mm) for one in self.specimen])

    @cached_property
    def half_mm(self) -> float:
        return max(one.half_mm for one in self.specimen)

    @cached_property
    def body(self) -> Body:
        """The specimen by its outermost voxels, which are those that touch first."""
        return self._body(self.points)

    @cached_property
    def whole_body(self) -> Body:
        """The specimen by all its voxels, to tell how deep it would lie in a structure."""
        return self._body(np.concatenate([self.own(one.points_mm) for one in self.specimen]))

    def _body(self, places: Floats) -> Body:
        from scipy.spatial import ConvexHull

        points, first, cubes = tiled(np.ascontiguousarray(places), CUBE_MM)
        flat = self.points[:, :2]
        corners = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]) * self.half_mm
        outer = ConvexHull((flat[:, None] + corners).reshape(-1, 2)).vertices // 4
        stout = (flat[outer, None] + corners).reshape(-1, 2)
        reach = float(np.hypot(stout[:, 0], stout[:, 1]).max())
        return Body(points=points, first=first, cubes=cubes, outline=np.ascontiguousarray(stout), reach=reach)

    def kept_mm(self, one: Obstacle) -> float:
        """How far the centres of voxels must stay apart."""
        return one.clearance_mm + one.solid.half_mm + self.half_mm

    def near(self, one: Obstacle) -> Floats:
        """The voxels of an obstacle at heights at which the specimen passes, in the frame about the cord."""
        own = self.own(one.solid.rim_mm)
        kept = self.kept_mm(one)
        low, high = self.points[:, 2].min() - kept, self.points[:, 2].max() + kept
        return np.ascontiguousarray(own[(own[:, 2] >= low) & (own[:, 2] <= high)])

    @cached_property
    def beside(self) -> tuple[Obstacle, ...]:
        """The obstacles that lie at those heights at all."""
        return tuple(one for one in self.obstacles if len(self.near(one)))

    def without(self, structures: Sequence[Structure]) -> Scene:
        """The same without some obstacles."""
        left = replace(self, obstacles=tuple(one for one in self.obstacles if one.structure not in structures))
        # The specimen is the same: what is known of it is not worked out again.
        left.__dict__.update({name: self.__dict__[name] for name in OF_SPECIMEN if name in self.__dict__})
        return left

    @cached_property
    def room(self) -> Field:
        """The room around the obstacles, no more than ``AROUND``, at whole steps of the frame whatever the clearance.

        What a structure leaves is looked at once, also for scenes that lack another one.
        """
        step, boxes = FIELD_STEP.number, [self._room(one) for one in self.beside]
        low = np.min([first for first, _ in boxes], axis=0)
        high = np.max([first + found.shape for first, found in boxes], axis=0)
        room = np.full(tuple(high - low), AROUND.number)
        for first, found in boxes:
            a, b, c = (slice(at, at + size) for at, size in zip(first - low, found.shape, strict=True))
            room[a, b, c] = np.minimum(room[a, b, c], found)
        return Field(room=room, low=step * low.astype(np.float64), step=step, error=0.5 * math.sqrt(3.0) * step)

    def _room(self, one: Obstacle) -> tuple[NDArray[np.int64], Floats]:
        """The room that one structure leaves: the first whole step, and the room around it, shape (a, b, c)."""
        step, kept, own = FIELD_STEP.number, self.kept_mm(one), self.near(one)
        ends = (float(self.points[:, 2].min()), float(self.points[:, 2].max()))
        key = (one.structure, kept, *ends)
        if key not in self.known:
            reach = kept + AROUND.number
            low = np.floor((own.min(axis=0) - reach) / step).astype(np.int64)
            high = np.ceil((own.max(axis=0) + reach) / step).astype(np.int64)
            low[2] = max(low[2], math.floor(ends[0] / step) - 1)
            high[2] = max(low[2], min(high[2], math.ceil(ends[1] / step) + 1))
            a, b, c = (int(last - first + 1) for first, last in zip(low, high, strict=True))
            apart = sampled(*tiled(own, CUBE_MM), step * low.astype(np.float64), (a, b, c), step, reach)
            self.known[key] = low, apart - kept
        return self.known[key]

    @cached_property
    def deep_room(self) -> Field:
        """The same with how deep a place lies within a structure, so that room is less the deeper it is."""
        field_ = self.room
        deep = field_.room.copy()
        for one in self.beside:
            part, places = self._samples(one.solid)
            here = deep[part].reshape(-1)
            held = np.flatnonzero(one.solid.holds(places))
            far = nearest_of(one.solid.outside_mm, places[held])
            # All of a ball around a place lies in the voxels, taken whole, if no centre outside lies within it.
            here[held] = np.minimum(here[held], 2.0 * one.solid.half_mm - far - self.kept_mm(one))
            deep[part] = here.reshape(deep[part].shape)
        return field_._replace(room=deep)

    def _samples(self, solid: Solid) -> tuple[tuple[slice, slice, slice], Floats]:
        """The samples of the room in the box about a structure, and their places in the patient, shape (n, 3)."""
        field_, own = self.room, self.own(solid.rim_mm)
        ends = np.array([own.min(axis=0) - solid.half_mm, own.max(axis=0) + solid.half_mm])
        low, high = (ends - field_.low) / field_.step
        first = np.clip(np.floor(low), 0, field_.room.shape).astype(int)
        last = np.clip(np.ceil(high) + 1, first, field_.room.shape).astype(int)
        a, b, c = (slice(int(start), int(stop)) for start, stop in zip(first, last, strict=True))
        steps = first + np.moveaxis(np.indices(last - first), 0, -1).reshape(-1, 3)
        return (a, b, c), (field_.low + field_.step * steps) @ self.pose.rotation.T + self.pose.origin

    @cached_property
    def exits(self) -> Floats:
        """The ways out, each with how far all obstacles reach along it with what must be kept."""
        rows = []
        for way in self.ways:
            direction = WAYS[way]
            far = max(float((self.near(one)[:, :2] @ direction).max()) + self.kept_mm(one) for one in self.beside)
            rows.append((*direction, far))
        return np.array(rows)

    def space(self, finer: int = 1) -> Space:
        """The poses. How far they reach goes by specimen and obstacles, never by the clearance that is asked for."""
        places = np.concatenate([self.points[:, :2], *(self.own(one.solid.rim_mm)[:, :2] for one in self.obstacles)])
        size = float(np.linalg.norm(places.max(axis=0) - places.min(axis=0)))
        step = MOVE_STEP.number / finer
        half = math.ceil((size + AROUND.number) / step)
        return Space(turns=round(360.0 / TURN_STEP.number) * finer, half=half, step=step)


@dataclass(frozen=True, eq=False, kw_only=True)
class Sought:
    """What a search came to: the poses of the way out (angle, left, back), or none, and how many were looked at."""

    poses: tuple[tuple[float, float, float], ...]
    way: str
    is_shut_in: bool
    looked: int


def sought(scene: Scene, *, prove: bool = True) -> Sought:
    """The search for a way out; if there is none and ``prove``, whether it can be proved that there is none."""
    if not scene.beside:
        return Sought(poses=((0.0, 0.0, 0.0),), way=scene.ways[0], is_shut_in=False, looked=1)
    body, around, space, exits = scene.body, scene.room, scene.space(), scene.exits
    start = start_of(space)
    looked, last = 0, -1
    if room(body, around, (0.0, 0.0, 0.0), -1.0, 0.0) >= 0.0:
        parents, last, looked = steered(body, around, space, exits)
    if last < 0:
        proved, more = _proved(scene) if prove else (False, 0)
        return Sought(poses=(), way="", is_shut_in=proved, looked=looked + more)
    nodes = [last]
    while nodes[-1] != start:
        nodes.append(int(parents[nodes[-1]]))
    poses = tuple(pose_of(space, node) for node in nodes[::-1])
    which = need(body, exits, *poses[-1])[1]
    return Sought(poses=poses, way=scene.ways[which], is_shut_in=False, looked=int(looked))


def _proved(scene: Scene) -> tuple[bool, int]:
    """Whether there is proved to be no way out, and how many poses were looked at."""
    found, looked = shut_in(scene.whole_body, scene.deep_room, scene.space(int(FINER.number)), scene.exits)
    return bool(found), int(looked)


def nearest_of(places: Floats, points: Floats, limit: float = math.inf) -> Floats:
    """How far each of ``points`` is from the nearest of ``places``; shape (n,), infinite beyond the limit."""
    from scipy.spatial import cKDTree

    return np.asarray(cKDTree(places).query(points, distance_upper_bound=limit)[0], dtype=np.float64)


def nearest_mm(scene: Scene, one: Obstacle, poses: Sequence[tuple[float, float, float]]) -> float:
    """The least distance between the surfaces of specimen and obstacle at these poses, voxels taken whole."""
    own = scene.near(one)
    if not len(own):
        return math.inf
    least = least_apart(scene.body, *tiled(own, CUBE_MM), np.array(poses, np.float64).reshape(-1, 3))
    return float(least) - scene.kept_mm(one) + one.clearance_mm
