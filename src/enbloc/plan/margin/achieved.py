"""What was cut, beside what was planned: where each plane came to lie, and the margin that it left.

A plane is read from the bone that is left (``achieved_surface``), or measured by somebody. Its location is how far it
lies off the planned one at most within the bone; both are the middle of the blade. A plane that cannot be recovered has
no deviation and no margin, and the reason stands in their place.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.case.finding import Interval
from enbloc.case.geometry import Plane, Pose, triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.margin.achieved_surface import Left, NotRecovered, Recovered, recovered
from enbloc.plan.margin.map import margin_map
from enbloc.plan.margin.margin import Margin
from enbloc.plan.margin.surface import Barriers, Surface
from enbloc.plan.rounding import tenth_up
from enbloc.plan.voxels import half_diagonal_mm, half_voxel_mm
from enbloc.value import value

Floats = NDArray[np.float64]

NOTHING_ELSE = Barriers(found=(), missing=())
NOT_MEASURED = "nobody measured it"


@value
class Deviation:
    """How far an achieved plane lies off the planned one: the largest distance within bone, mm, and the angle.

    ``toward_mm`` is how much nearer to the tumour it lies at most, negative if it lies farther everywhere. All but the
    intervals are rounded up. That of the angle is known where the plane was read from a surface.
    """

    location_mm: float
    interval: Interval
    toward_mm: float
    angle_deg: float
    angle_interval: Interval | None = None


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
    ``vertebrae`` is the same bone vertebra by vertebra, without what was to be taken away piecemeal: only there can
    the bone that is left show a cut. Without it all of ``bone`` is taken as one.
    """

    surface: Surface
    bone: Bone
    cuts: tuple[FixedCut, ...]
    frame: Pose
    registration_mm: float = 0.0
    vertebrae: Mapping[Level, Bone] = field(default_factory=dict)

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
        none = NotRecovered(why="no bone of these levels is labelled after the operation")
        return _beside(operated, {cut.name: none for cut in operated.cuts})
    return _beside(operated, recovered(operated.cuts, _bones(operated, left)))


def _bones(operated: Operated, left: Left) -> list[tuple[Bone, Left]]:
    """Each vertebra before the operation with what is left of it."""
    found = [
        (bone, replace(left, mask=left.vertebrae[level]))
        for level, bone in operated.vertebrae.items()
        if level in left.vertebrae
    ]
    return found or [(operated.bone, left)]


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
    known = {name: Recovered(plane=plane, error_mm=error_mm) for name, plane in measured.items()}
    return _beside(operated, {cut.name: known.get(cut.name, NotRecovered(why=NOT_MEASURED)) for cut in operated.cuts})


def _beside(operated: Operated, found: Mapping[str, Recovered | NotRecovered]) -> Achieved:
    planes = tuple(_plane(operated, cut, found[cut.name]) for cut in operated.cuts)
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


def _plane(operated: Operated, cut: FixedCut, found: Recovered | NotRecovered) -> PlaneAchieved:
    planned = _margin(operated, cut, 0.0)
    if isinstance(found, NotRecovered):
        return PlaneAchieved(name=cut.name, planned=cut.plane, planned_margin=planned, why=found.why)
    found = replace(found, plane=_alike(found.plane, cut.plane), error_mm=found.error_mm + operated.registration_mm)
    deviation = _deviation(operated, cut, found)
    if deviation is None:
        why = "neither plane meets bone that was there before"
        return PlaneAchieved(name=cut.name, planned=cut.plane, planned_margin=planned, why=why)
    return PlaneAchieved(
        name=cut.name,
        planned=cut.plane,
        planned_margin=planned,
        achieved=found.plane,
        achieved_margin=_margin(operated, replace(cut, plane=found.plane), _error_of_margin(operated, found)),
        deviation=deviation,
    )


def _margin(operated: Operated, cut: FixedCut, error_mm: float) -> Margin:
    found = margin_map(operated.surface, [cut], NOTHING_ELSE, frame=operated.frame, error_mm=error_mm)
    return found.bounds[0].margin


def _error_of_margin(operated: Operated, found: Recovered) -> float:
    """How much the smallest distance to the tumour may change when the plane lies as far off as it may, mm."""
    points = operated.surface.points_mm
    away, errors = -found.plane.distance_mm(points), found.errors_mm(points)
    least = float(away.min())
    return max(least - float((away - errors).min()), float((away + errors).min()) - least)


def _alike(plane: Plane, planned: Plane) -> Plane:
    """The plane with a unit normal that points the way of the planned one."""
    normal = plane.unit
    if normal @ planned.unit < 0:
        normal = -normal
    return replace(plane, normal=triple(normal))


def _deviation(operated: Operated, cut: FixedCut, found: Recovered) -> Deviation | None:
    nearer, errors = _nearer(operated, cut, found, 1.0)
    if not len(nearer):
        return None
    off = np.abs(nearer)
    within, errors_within = _nearer(operated, cut, found, -1.0)
    least = float((np.abs(within) - errors_within).max(initial=0.0))
    cosine = float(np.clip(cut.plane.unit @ found.plane.unit, -1.0, 1.0))
    angle = math.degrees(math.acos(cosine))
    return Deviation(
        location_mm=tenth_up(float(off.max())),
        interval=Interval(low=0.0 - tenth_up(-least), high=tenth_up(float((off + errors).max()))),
        toward_mm=tenth_up(float(nearer.max())),
        angle_deg=tenth_up(angle),
        angle_interval=_angles(angle, found),
    )


def _nearer(operated: Operated, cut: FixedCut, found: Recovered, way: float) -> tuple[Floats, Floats]:
    """At points of either sheet how much nearer to the tumour the achieved plane lies than planned, and give or take.

    With ``way`` 1 the sheets reach half a voxel further than bone, blades and other cuts let them, with -1 less far.
    """
    planned, plane = _alike(cut.plane, cut.plane), found.plane
    own, other = (_sheet(operated, cut, one, way) for one in (planned, plane))
    nearer = np.concatenate([plane.distance_mm(own), -planned.distance_mm(other)])
    return nearer, found.errors_mm(np.concatenate([own, other]))


def _angles(angle_deg: float, found: Recovered) -> Interval | None:
    """What the angle may be when the edges of the surface lie as far off as they may; nothing without a surface."""
    if not np.isfinite(found.reach_mm).all():
        return None
    off = math.degrees(math.atan(found.error_mm / float(found.reach_mm.min())))
    return Interval(low=max(0.0, -tenth_up(off - angle_deg)), high=tenth_up(angle_deg + off))


def _sheet(operated: Operated, cut: FixedCut, plane: Plane, way: float) -> Floats:
    """Points of a plane within the bone where its blade runs, as far as other planned cuts let it, shape (n, 3)."""
    points, normal = operated.bone.points_mm, plane.unit
    away = plane.distance_mm(points)
    thick = float(half_diagonal_mm(operated.bone.grid, normal))
    near = thick if way > 0 else float(half_voxel_mm(operated.bone.grid, normal))
    held = (np.abs(away) <= near) & reached(cut.within, points, way * thick)
    for other in operated.cuts:
        if other.name != cut.name:
            beyond = _alike(other.plane, other.plane).distance_mm(points) > way * thick
            held &= ~(beyond & reached(other.within, points, 0.0))
    return np.asarray(points[held] - away[held, None] * normal)
