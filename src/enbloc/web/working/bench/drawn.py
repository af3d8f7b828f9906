"""What is drawn over a slice: sectors and layers of the vertebra there, and what blades keep away from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import SECTORS, StructureKind
from enbloc.case.geometry import Triple, triple
from enbloc.case.image import LabelMap
from enbloc.kernels.contours import outlines
from enbloc.kernels.slabs import looked_up
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.present.slices import Frame2d, View
from enbloc.web.bench_nouns import Drawn, DrawnLine
from enbloc.web.working.bench.opened import Opened
from enbloc.web.working.bench.palette import COLOURS
from enbloc.web.working.bench.parts import detail_box

Floats = NDArray[np.float64]

AXES = {"axial": (View.AXIAL, 2), "sagittal": (View.SAGITTAL, 0), "coronal": (View.CORONAL, 1)}
SIZE_MM, STEP_MM = 150.0, 0.6
BEYOND_MM = 6.0
LEAST_MM2 = 1.0
TURN_DEG, RADIUS_STEP_MM = 4.0, 0.4
STEEP = 0.35
"""A slice that lies flatter than this to the axis of a vertebra crosses no wheel of sectors."""
KEPT_FROM = {
    StructureKind.CORD: "keep-out",
    StructureKind.SAC: "keep-out",
    StructureKind.CANAL: "keep-out",
    StructureKind.VENA_CAVA: "keep-out",
    StructureKind.AORTA: "artery",
    StructureKind.VERTEBRAL_ARTERY: "artery",
    StructureKind.NERVE_ROOT: "root",
}
RINGS = (("layers C and D", 0.0), ("layers B and C", 0.5), ("layers A and B", 1.0))
"""The borders between layers, as shares of the wall of bone from the canal outward."""
NO_SEGMENTAL = "segmental arteries are not labelled: which of them go stands in the price"


def drawn(case: Opened, column: Column, axis: str, mm: float) -> Drawn:
    """The lines on a slice across an axis of the patient, at ``mm`` along it."""
    view, at = AXES[axis]
    lines = [*_kept_from(case, view, at, mm)]
    missing = [NO_SEGMENTAL]
    if axis != "axial":
        missing.append("sectors and layers are drawn on axial slices")
    else:
        wheels = [line for one in column.spine.values() for line in _wheel(one, mm)]
        lines += wheels
        if not wheels:
            missing.append("no vertebra with a frame is crossed here, so there are no sectors")
    return Drawn(axis=axis, mm=mm, lines=tuple(lines), missing=tuple(missing))


# --- what blades keep away from ---------------------------------------------------------------------------------------


def _kept_from(case: Opened, view: View, at: int, mm: float) -> Iterator[DrawnLine]:
    box = detail_box(case, case.grid)
    middle = case.grid.points_mm(np.array([[(part.start + part.stop - 1) / 2 for part in box]]))[0]
    middle[at] = mm
    frame = Frame2d(view=view, centre_mm=triple(middle), size_mm=SIZE_MM)
    points = frame.points_mm(round(SIZE_MM / STEP_MM))
    for labels in case.images.labels.values():
        kinds = {named for named in labels.boxes if named.kind in KEPT_FROM}
        if not kinds:
            continue
        numbers = _numbers(labels, points)
        for named in sorted(kinds, key=str):
            held = np.isin(numbers, labels.ids[named])
            for line in _closed(held, frame):
                colour = COLOURS[named.kind]
                yield DrawnLine(
                    kind=KEPT_FROM[named.kind], name=str(named), colour=colour, points_mm=line, is_closed=True
                )


def _numbers(labels: LabelMap, points: Floats) -> NDArray[np.int64]:
    inverse = labels.grid.inverse
    matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
    return looked_up(labels.labels, matrix, offset, points.reshape(-1, 3)).reshape(points.shape[:2])


def _closed(held: NDArray[np.bool_], frame: Frame2d) -> Iterator[tuple[Triple, ...]]:
    """The outlines of what a window holds, in the patient."""
    if not held.any():
        return
    step = frame.size_mm / len(held)
    corner = frame.points_mm(len(held))[0, 0]
    right, down = np.array(frame.right), np.array(frame.down)
    for line in outlines(np.pad(held.astype(np.float64), 1), 0.5):
        placed = corner + step * ((line[:, :1] - 1.0) * down + (line[:, 1:] - 1.0) * right)
        if len(line) > 2 and _area(line) * step * step > LEAST_MM2:
            yield tuple(triple(point) for point in np.round(placed, 2))


def _area(line: Floats) -> float:
    x, y = line.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


# --- sectors and layers -----------------------------------------------------------------------------------------------


def _wheel(one: Vertebra, mm: float) -> Iterator[DrawnLine]:
    """The twelve sectors and the borders of the layers of a vertebra where an axial slice crosses it."""
    if abs(one.axes[2][2]) < STEEP:
        return
    own = one.inside(one.crop.points_mm)
    height = _on_slice(one, np.zeros((1, 2)), mm)[0, 2]
    if not own[:, 2].min() <= height <= own[:, 2].max():
        return
    radius = float(np.linalg.norm(own[:, :2] - one.hole_mm[:2], axis=1).max()) + BEYOND_MM
    for number, sector in enumerate(SECTORS):
        turns = np.deg2rad(30.0 * number + np.linspace(0.0, 30.0, 7))
        rim = radius * np.stack([np.sin(turns), np.cos(turns)], axis=1)
        yield _line(one, mm, np.concatenate([np.zeros((1, 2)), rim]), "sector", f"{one.level} sector {sector}")
    yield from _rings(one, mm, radius)


def _rings(one: Vertebra, mm: float, radius: float) -> Iterator[DrawnLine]:
    """The nearest and the farthest bone from the middle of the canal by angle, and the middle between them."""
    turns = np.deg2rad(np.arange(0.0, 360.0, TURN_DEG))
    away = np.arange(0.0, radius, RADIUS_STEP_MM)
    rays = away[None, :, None] * np.stack([np.sin(turns), np.cos(turns)], axis=1)[:, None, :]
    places = one.origin + _on_slice(one, rays.reshape(-1, 2), mm) @ one.axes
    inverse = one.crop.grid.inverse
    held = looked_up(
        one.crop.mask.astype(np.uint8), np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), places
    ).reshape(len(turns), len(away))
    is_met = held.any(axis=1)
    if not is_met.any():
        return
    near, far = away[held.argmax(axis=1)], away[held.shape[1] - 1 - held[:, ::-1].argmax(axis=1)]
    for name, share in RINGS:
        ring = np.where(is_met, near + share * (far - near), np.nan)
        points = ring[:, None] * np.stack([np.sin(turns), np.cos(turns)], axis=1)
        for part in _unbroken(points):
            yield _line(one, mm, part, "layer", f"{one.level} {name}", is_closed=bool(is_met.all()))


def _unbroken(points: Floats) -> Iterator[Floats]:
    """The runs of a ring that meet bone; one that is met all round comes whole."""
    is_met = np.isfinite(points[:, 0])
    if is_met.all():
        yield points
        return
    start = int(np.flatnonzero(~is_met)[0])
    turned, known = np.roll(points, -start, axis=0), np.roll(is_met, -start)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    yield from (turned[first:last] for first, last in zip(edges[::2], edges[1::2], strict=True) if last - first > 1)


def _on_slice(one: Vertebra, across: Floats, mm: float) -> Floats:
    """Places of the slice in the frame of a vertebra; ``across`` leads from its canal to left and back."""
    flat = across + one.hole_mm[:2]
    height = (mm - one.origin[2] - flat @ one.axes[:2, 2]) / one.axes[2][2]
    return np.concatenate([flat, height[:, None]], axis=1)


def _line(one: Vertebra, mm: float, across: Floats, kind: str, name: str, *, is_closed: bool = True) -> DrawnLine:
    places = one.origin + _on_slice(one, across, mm) @ one.axes
    points = tuple(triple(point) for point in np.round(places, 2))
    return DrawnLine(kind=kind, name=name, colour="quiet", points_mm=points, is_closed=is_closed)
