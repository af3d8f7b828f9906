"""The curve of the column: Cobb angles in either plane and in space, local kyphosis, and slips."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.column import REPLACED, Column
from enbloc.measure.spine.drawing import endplate_line, plane_at, sagittal
from enbloc.measure.spine.heights import is_sacral, why_not
from enbloc.measure.spine.levels import lean_deg, list_deg, no_endplate
from enbloc.measure.spine.slips import are_next, slips
from enbloc.measure.spine.vertebra import Endplate, Vertebra

Floats = NDArray[np.float64]
COBB: tuple[Fact[float], ...] = (fact.COBB_CORONAL, fact.COBB_KYPHOSIS, fact.COBB_LORDOSIS, fact.COBB_3D)
PATIENT = np.eye(3)  # left, back, head as rows


@dataclass(frozen=True, eq=False, kw_only=True)
class Line:
    """An endplate as an end of an angle: whose, upper or lower, and its place in the column from the head."""

    level: Level
    is_upper: bool
    plate: Endplate
    place: int

    def __str__(self) -> str:
        return f"{'upper' if self.is_upper else 'lower'} endplate of {self.level}"


@dataclass(frozen=True, eq=False, kw_only=True)
class Angle:
    """The angle from an endplate to one farther down, degrees, and how far it moves with their tilts."""

    first: Line
    last: Line
    deg: float
    error_deg: float


def alignment(column: Column, affected: Collection[Level]) -> Iterator[Answer]:
    """Angles and slips of the column and of each vertebra, or why not."""
    yield from _cobb(column)
    for level in column.levels:
        yield _local_kyphosis(column, level)
    yield from slips(column)


def _cobb(column: Column) -> Iterator[Answer]:
    """The largest angles of the column, each over all pairs of labelled vertebrae."""
    pairs = _pairs(column)
    why = _why_no_angle(column) if pairs else "fewer than two vertebrae show an endplate"
    if why:
        yield from all_missing(COBB, "patient", why)
        return
    lean = [_in_plane(pair, sagittal_plane=True) for pair in pairs]
    tilt = [_in_plane(pair, sagittal_plane=False) for pair in pairs]
    yield _largest(fact.COBB_KYPHOSIS, column, lean, 0)
    yield _largest(fact.COBB_LORDOSIS, column, [_turned(angle) for angle in lean], 0)
    either = [angle if angle.deg >= 0.0 else _turned(angle) for angle in tilt]
    best = max(tilt, key=lambda angle: abs(angle.deg))
    side = "right" if best.deg > 0.0 else "left"
    yield _largest(fact.COBB_CORONAL, column, either, 1, notes=(f"convex to the {side}",))
    yield _largest(fact.COBB_3D, column, [_in_space(pair) for pair in pairs], None)


def _why_no_angle(column: Column) -> str:
    """Why no angle is measured although endplates are seen: their order must be that of their names."""
    curve = column.curve
    middles = np.array([one.origin for one in column.spine.values()])
    if curve is None or np.any(np.diff(curve.stations(middles)) >= 0.0):
        return "the labelled vertebrae do not lie along the canal in the order of their names"
    return ""


def _lines(column: Column) -> Iterator[Line]:
    """Every endplate that may be the end of an angle, from the head down."""
    for level in column.levels:
        for is_upper in (True, False):
            line = _line(column, level, is_upper=is_upper)
            if isinstance(line, Line):
                yield line


def _barred(column: Column, one: Vertebra) -> str:
    """Why nothing is measured on the body of a vertebra; empty if it may be."""
    return why_not(one) or (REPLACED if one.level in column.hollowed else "")


def _pairs(column: Column) -> list[tuple[Line, Line]]:
    """The upper endplate of each vertebra with the lower one of each farther down; of the sacrum with its upper one."""
    lines = list(_lines(column))
    return [
        (first, last)
        for first in lines
        for last in lines
        if first.is_upper and first.place < last.place and last.is_upper == is_sacral(last.level)
    ]


def _in_plane(pair: tuple[Line, Line], *, sagittal_plane: bool, axes: Floats = PATIENT) -> Angle:
    """The angle between two endplates in the sagittal or coronal plane: kyphosis, or a lean to the left, positive."""
    first, last = pair
    angle, at = (lean_deg, 0) if sagittal_plane else (list_deg, 1)
    return Angle(
        first=first,
        last=last,
        deg=angle(first.plate, axes) - angle(last.plate, axes),
        error_deg=first.plate.error_deg[at] + last.plate.error_deg[at],
    )


def _in_space(pair: tuple[Line, Line]) -> Angle:
    first, last = pair
    across = float(np.linalg.norm(np.cross(first.plate.normal, last.plate.normal)))
    return Angle(
        first=first,
        last=last,
        deg=math.degrees(math.atan2(across, float(first.plate.normal @ last.plate.normal))),
        error_deg=max(first.plate.error_deg) + max(last.plate.error_deg),
    )


def _turned(angle: Angle) -> Angle:
    return Angle(first=angle.first, last=angle.last, deg=-angle.deg, error_deg=angle.error_deg)


def _largest(
    named: Fact[float], column: Column, angles: Sequence[Angle], across: int | None, notes: tuple[str, ...] = ()
) -> Answer:
    """The largest of some angles, seen along an axis of the patient; in space, square to both endplates' normals.

    The interval is that of the largest: another pair may come first when every endplate tilts by its error.
    """
    best = max(angles, key=lambda angle: angle.deg)
    if best.deg <= 0.0:
        notes = (f"no two labelled vertebrae enclose a {named.words.split()[1]}",)
    first, last = best.first.plate, best.last.plate
    seen = np.cross(first.normal, last.normal) if across is None else PATIENT[across]
    seen = seen if float(np.linalg.norm(seen)) > 1e-6 else PATIENT[0]
    middle = 0.5 * (first.centre_mm + last.centre_mm)
    return measured(
        named,
        "patient",
        max(0.0, best.deg),
        low=max(0.0, max(angle.deg - angle.error_deg for angle in angles)),
        high=max(0.0, max(angle.deg + angle.error_deg for angle in angles)),
        document=column.spine[best.first.level].crop.labels.document,
        place=f"{best.first} to {best.last}",
        at_mm=(float(middle[0]), float(middle[1]), float(middle[2])),
        notes=(*notes, f"{_PLANES[across]}, lying as in the scanner; labelled vertebrae only"),
        method="planes of the endplates, largest angle over all pairs of labelled vertebrae",
        shows=plane_at(middle, seen),
        marks=(endplate_line(str(best.first), first, seen), endplate_line(str(best.last), last, seen)),
    )


_PLANES = {0: "in the patient's sagittal plane", 1: "in the patient's coronal plane", None: "in space"}


def _local_kyphosis(column: Column, level: Level) -> Answer:
    """The angle from the lower endplate of the vertebra above to the upper endplate of the one below."""
    facing = _facing(column, level)
    if isinstance(facing, str):
        return missing(fact.LOCAL_KYPHOSIS, level, facing)
    one = column.spine[level]
    angle = _in_plane(facing, sagittal_plane=True, axes=one.axes)
    return measured(
        fact.LOCAL_KYPHOSIS,
        level,
        angle.deg,
        low=angle.deg - angle.error_deg,
        high=angle.deg + angle.error_deg,
        document=one.crop.labels.document,
        place=f"{facing[0]} to {facing[1]}",
        at_mm=one.at(0.0, 0.0, 0.0),
        notes=("kyphosis positive",),
        method=f"planes of the endplates that face {level}, in its mirror plane",
        shows=sagittal(one),
        marks=[endplate_line(str(line), line.plate, one.axes[0]) for line in facing],
    )


def _facing(column: Column, level: Level) -> tuple[Line, Line] | str:
    """The endplates that face a vertebra from above and from below, or why they are not known."""
    if level in column.frameless:
        return column.frameless[level]
    if is_sacral(level):
        return f"{level} is part of the sacrum: it does not bend against its neighbours"
    at = column.levels.index(level)
    above, below = next(iter(column.levels[max(0, at - 1) : at]), None), next(iter(column.levels[at + 1 :]), None)
    if above is None or not are_next(above, level):
        return f"the vertebra above {level} is not labelled"
    if below is None or not are_next(level, below):
        return f"the vertebra below {level} is not labelled"
    first = _line(column, above, is_upper=False)
    last = _line(column, below, is_upper=True)
    if isinstance(first, str) or isinstance(last, str):
        return first if isinstance(first, str) else str(last)
    return first, last


def _line(column: Column, level: Level, *, is_upper: bool) -> Line | str:
    """The upper or lower endplate of a vertebra, or why it is not known."""
    if level in column.frameless:
        return column.frameless[level]
    one = column.spine[level]
    plate = one.upper if is_upper else one.lower
    why = _barred(column, one)
    if why or plate is None:
        return why or no_endplate(one, upper=is_upper)
    return Line(level=level, is_upper=is_upper, plate=plate, place=column.levels.index(level))
