"""What was cut, beside what was planned: where each plane came to lie, and the margin that it left.

A plane is read from the bone that is left (``achieved_surface``), or measured by somebody. Its location is how far it
lies off the planned one at most within the bone; both are the middle of the blade. A plane that cannot be recovered has
no deviation and no margin, and the reason stands in their place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, Pose, triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.margin.achieved_surface import Left, NotRecovered, recovered
from enbloc.plan.margin.map import HAIR_MM, margin_map
from enbloc.plan.margin.margin import Margin
from enbloc.plan.margin.surface import Barriers, Surface, half_diagonal_mm, half_voxel_mm
from enbloc.value import value

Floats = NDArray[np.float64]

NOTHING_ELSE = Barriers(found=(), missing=())
NOT_MEASURED = "nobody measured it"


@value
class Deviation:
    """How far an achieved plane lies off the planned one: the largest distance within bone, mm, and the angle.

    ``toward_mm`` is how much nearer to the tumour it lies at most, negative if it lies farther everywhere. All but the
    interval are rounded up.
    """

    location_mm: float
    interval: Interval
    toward_mm: float
    angle_deg: float


@value
class PlaneAchieved:
    """One cut as planned and as achieved. Without the latter, ``why`` says what kept it from being recovered."""

    name: str
    planned: Plane
    planned_margin: Margin
    achieved: Plane | None = None
    achieved_margin: Margin | None = None
    deviation: Deviation | None = None
    why: str = ""


@value
class Achieved:
    """All cuts of an operation, planned beside achieved.

    The smallest achieved margin is known only if every plane was recovered; otherwise ``why`` names the others.
    """

    planes: tuple[PlaneAchieved, ...]
    planned_margin: Margin
    achieved_margin: Margin | None
    why: str = ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Operated:
    """What an achieved plane is held against: the tumour's surface and the bone before, and the cuts as planned.

    ``frame`` is the vertebra's, ``registration_mm`` the error of laying the later pictures on the earlier ones.
    """

    surface: Surface
    bone: Bone
    cuts: tuple[FixedCut, ...]
    frame: Pose
    registration_mm: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.registration_mm) and self.registration_mm >= 0):
            raise RecordError(f"An error of {self.registration_mm:g} mm is not possible.", remedy="Give 0 or more.")
        names = [cut.name for cut in self.cuts]
        if not names or len(set(names)) != len(names):
            raise RecordError("The planned cuts need a name each, no two alike.", remedy="Name them.")


def achieved_by_labels(operated: Operated, left: Left | None) -> Achieved:
    """Planned beside achieved, each plane recovered from the bone that is ``left``; None if none of it is labelled.

    Raises
    ------
    RecordError
        If a margin cannot be measured at all: see ``margin_map``.
    """
    if left is None:
        found: dict[str, Plane | NotRecovered] = {
            cut.name: NotRecovered(why="no bone of these levels is labelled after the operation")
            for cut in operated.cuts
        }
        return _beside(operated, found, dict.fromkeys(found, 0.0))
    found = {cut.name: recovered(cut, operated.cuts, operated.bone, left) for cut in operated.cuts}
    errors = {cut.name: left.error_mm + float(half_voxel_mm(left.grid, _normal(cut.plane))) for cut in operated.cuts}
    return _beside(operated, found, errors)


def achieved_by_planes(operated: Operated, measured: Mapping[str, Plane], *, error_mm: float = 0.0) -> Achieved:
    """Planned beside achieved, for planes that somebody measured, by the name of their cut.

    Each is the middle of the blade, ``error_mm`` how far it may lie off.

    Raises
    ------
    RecordError
        If a name is that of no planned cut, or the error is negative.
    """
    unknown = [name for name in measured if name not in {cut.name for cut in operated.cuts}]
    if unknown:
        names = ", ".join(cut.name for cut in operated.cuts)
        raise RecordError(f"No cut {unknown[0]!r} was planned.", remedy=f"Give one of: {names}.")
    if not (math.isfinite(error_mm) and error_mm >= 0):
        raise RecordError(f"An error of {error_mm:g} mm is not possible.", remedy="Give 0 or more.")
    found = {cut.name: measured.get(cut.name, NotRecovered(why=NOT_MEASURED)) for cut in operated.cuts}
    return _beside(operated, found, dict.fromkeys(found, error_mm))


def _beside(operated: Operated, found: Mapping[str, Plane | NotRecovered], errors: Mapping[str, float]) -> Achieved:
    planes = tuple(_plane(operated, cut, found[cut.name], errors[cut.name]) for cut in operated.cuts)
    lacking = [plane.name for plane in planes if plane.achieved is None]
    reached = [plane.achieved_margin for plane in planes if plane.achieved_margin is not None]
    return Achieved(
        planes=planes,
        planned_margin=_smallest([plane.planned_margin for plane in planes]),
        achieved_margin=None if lacking else _smallest(reached),
        why=f"not recovered: {', '.join(lacking)}" if lacking else "",
    )


def _smallest(margins: Sequence[Margin]) -> Margin:
    """The smallest margin; its interval may begin lower at another cut."""
    least = min(margins, key=lambda margin: margin.mm)
    low = min(margin.interval.low for margin in margins)
    high = min(margin.interval.high for margin in margins)
    worst = min(margins, key=lambda margin: margin.interval.low)
    classes = tuple(dict.fromkeys((*worst.classes, *least.classes))) if worst is not least else least.classes
    ordered = tuple(sorted(classes, key=list(type(classes[0])).index))
    return replace(least, interval=Interval(low=low, high=high), classes=ordered)


def _plane(operated: Operated, cut: FixedCut, found: Plane | NotRecovered, error_mm: float) -> PlaneAchieved:
    planned = _margin(operated, cut, 0.0)
    if isinstance(found, NotRecovered):
        return PlaneAchieved(name=cut.name, planned=cut.plane, planned_margin=planned, why=found.why)
    plane, error = _alike(found, cut.plane), error_mm + operated.registration_mm
    deviation = _deviation(operated, cut, plane, error)
    if deviation is None:
        why = "neither plane meets bone that was there before"
        return PlaneAchieved(name=cut.name, planned=cut.plane, planned_margin=planned, why=why)
    return PlaneAchieved(
        name=cut.name,
        planned=cut.plane,
        planned_margin=planned,
        achieved=plane,
        achieved_margin=_margin(operated, replace(cut, plane=plane), error),
        deviation=deviation,
    )


def _margin(operated: Operated, cut: FixedCut, error_mm: float) -> Margin:
    found = margin_map(operated.surface, [cut], NOTHING_ELSE, frame=operated.frame, error_mm=error_mm)
    return found.bounds[0].margin


def _normal(plane: Plane) -> Floats:
    normal = np.array(plane.normal, dtype=np.float64)
    return np.asarray(normal / np.linalg.norm(normal))


def _alike(plane: Plane, planned: Plane) -> Plane:
    """The plane with a unit normal that points the way of the planned one."""
    normal = _normal(plane)
    if normal @ _normal(planned) < 0:
        normal = -normal
    return replace(plane, normal=triple(normal))


def _deviation(operated: Operated, cut: FixedCut, plane: Plane, error_mm: float) -> Deviation | None:
    planned = _alike(cut.plane, cut.plane)
    own, other = (_sheet(operated, cut, one) for one in (planned, plane))
    # At a point of either sheet: how much nearer to the tumour the achieved plane lies than the planned one.
    nearer = np.concatenate([plane.distance_mm(own), -planned.distance_mm(other)])
    if not len(nearer):
        return None
    location = float(np.abs(nearer).max())
    cosine = float(np.clip(_normal(planned) @ _normal(plane), -1.0, 1.0))
    return Deviation(
        location_mm=_up(location),
        interval=Interval(low=max(0.0, -_up(error_mm - location)), high=_up(location + error_mm)),
        toward_mm=_up(float(nearer.max())),
        angle_deg=_up(math.degrees(math.acos(cosine))),
    )


def _up(number: float) -> float:
    return math.ceil(number * 10 - HAIR_MM) / 10 + 0.0


def _sheet(operated: Operated, cut: FixedCut, plane: Plane) -> Floats:
    """Points of a plane within the bone, as far as the other planned cuts let it reach, shape (n, 3)."""
    points = operated.bone.points_mm
    away = plane.distance_mm(points)
    thick = float(half_diagonal_mm(operated.bone.grid, _normal(plane)))
    held = np.abs(away) <= thick
    for other in operated.cuts:
        if other.name != cut.name:
            held &= _alike(other.plane, other.plane).distance_mm(points) <= thick
    return np.asarray(points[held] - away[held, None] * _normal(plane))
