"""A simple frame of a real vertebra, from labels alone: where to place what is painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Side, Spine, Structure, StructureKind, in_order, vertebra
from enbloc.case.geometry import Frame, Pose, triple
from enbloc.case.image import LabelMap
from enbloc.errors import RecordError
from enbloc.phantom.column import frame_along
from enbloc.value import value

Floats = NDArray[np.float64]


@value
class Landmarks:
    """The frame of one vertebra and, in it (mm), the back wall of the body, the front of the cord, the pedicles."""

    pose: Pose
    wall_mm: float
    cord_front_mm: float | None
    pedicles: tuple[tuple[Side, tuple[float, float, float]], ...]


def landmarks(labels: Sequence[LabelMap], level: Level) -> Landmarks:
    """The landmarks of a labelled vertebra.

    Raises
    ------
    RecordError
        If the vertebra is not in the labels.
    """
    bone = _points(labels, vertebra(level))
    if bone is None:
        raise RecordError(f"There is no label of vertebra {level}.", remedy="Give a label map that holds it.")
    axes = frame_along(_upward(labels, level))
    held = _held(labels)
    cord_front = None if held is None else _front_of_cord(held @ axes.T, bone @ axes.T)
    centre, wall = _body(bone @ axes.T, cord_front)
    left, back, up = (triple(axis) for axis in axes)
    pose = Pose(child=Frame(name=level.value), axes=(left, back, up), origin_mm=triple(axes.T @ centre))
    own = bone @ axes.T - centre
    return Landmarks(
        pose=pose,
        wall_mm=float(wall - centre[1]),
        cord_front_mm=None if cord_front is None else float(cord_front - centre[1]),
        pedicles=tuple(_pedicles(own, float(wall - centre[1]))),
    )


def _points(labels: Iterable[LabelMap], named: Structure) -> Floats | None:
    """Voxel centres of a structure in the patient, shape (n, 3), from the first map that holds it."""
    for held in labels:
        if named in held.boxes:
            box = held.boxes[named]
            indices = np.argwhere(held.mask(named, box)) + np.array([part.start for part in box])
            return held.grid.points_mm(indices)
    return None


def _held(labels: Sequence[LabelMap]) -> Floats | None:
    for named in (CORD, SAC, CANAL):
        points = _points(labels, named)
        if points is not None:
            return points
    return None


def _upward(labels: Sequence[LabelMap], level: Level) -> Floats:
    """The way to the head: along the centres of the labelled neighbours, or the patient's own."""
    named = {s.level for held in labels for s in held.boxes if s.kind is StructureKind.VERTEBRA and s.level}
    spine = Spine(levels=in_order({*named, level}))
    above, below = (
        _points(labels, vertebra(near[0])) if near else None for near in (spine.above(level), spine.below(level))
    )
    if above is None or below is None:
        return np.array([0.0, 0.0, 1.0])
    way = np.asarray(above.mean(axis=0) - below.mean(axis=0))
    # A neighbour cut by the edge of the scan has a false centre: trust only what is steep.
    return way if way[2] >= 0.6 * np.linalg.norm(way) else np.array([0.0, 0.0, 1.0])


def _front_of_cord(held: Floats, bone: Floats) -> float | None:
    beside = held[np.abs(held[:, 2] - np.median(bone[:, 2])) < 10.0]
    return None if len(beside) == 0 else float(np.quantile(beside[:, 1], 0.02))


def _body(bone: Floats, cord_front: float | None) -> tuple[Floats, float]:
    """Centre and back wall of the body, in axes of the vertebra about the patient's origin."""
    front = np.quantile(bone[:, 1], 0.005)
    # Without cord or canal: the body is somewhat less than half of a vertebra's depth.
    limit = cord_front if cord_front is not None else front + 0.47 * (np.quantile(bone[:, 1], 0.995) - front)
    ahead = bone[bone[:, 1] < limit]
    middle = np.median(ahead, axis=0)
    central = ahead[(np.abs(ahead[:, 0] - middle[0]) < 6.0) & (np.abs(ahead[:, 2] - middle[2]) < 5.0)]
    wall = float(np.quantile(central[:, 1], 0.98))
    body = ahead[ahead[:, 1] <= wall]
    low, high = np.quantile(body, 0.01, axis=0), np.quantile(body, 0.99, axis=0)
    return np.asarray((low + high) / 2.0), wall


def _pedicles(own: Floats, wall: float) -> Iterable[tuple[Side, tuple[float, float, float]]]:
    for side, sign in ((Side.LEFT, 1.0), (Side.RIGHT, -1.0)):
        across = sign * own[:, 0]
        part = own[(own[:, 1] > wall + 1.0) & (own[:, 1] < wall + 8.0) & (across > 4.0) & (across < 24.0)]
        if len(part) > 0:
            yield side, triple(np.median(part, axis=0))
