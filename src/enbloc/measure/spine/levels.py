"""The facts about one vertebra by itself: whether it is whole, its frame, its body, heights and endplates."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.geometry import Plane, triple
from enbloc.case.mark import Mark
from enbloc.kernels.regions import counted
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.column import REPLACED
from enbloc.measure.spine.drawing import endplate_line, plane_at, points, sagittal, segment
from enbloc.measure.spine.heights import Heights, is_sacral, why_not, width
from enbloc.measure.spine.parameters import ENDPLATE_TRIM, SLAB_WIDTH
from enbloc.measure.spine.vertebra import Crop, Endplate, Vertebra, cut_through

Floats = NDArray[np.float64]
HEIGHTS: tuple[Fact[float], ...] = (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR)
EXPECTED: tuple[Fact[float], ...] = (fact.EXPECTED_ANTERIOR, fact.EXPECTED_MIDDLE, fact.EXPECTED_POSTERIOR)
LOSSES: tuple[Fact[float], ...] = (fact.LOSS_ANTERIOR, fact.LOSS_MIDDLE, fact.LOSS_POSTERIOR)
NAMES = ("anterior", "middle", "posterior")
ENDPLATES: tuple[Fact[Plane], ...] = (fact.ENDPLATE_UPPER, fact.ENDPLATE_LOWER)
BREADTHS: tuple[Fact[float], ...] = (fact.BODY_DEPTH, fact.BODY_WIDTH)
WEDGES: tuple[Fact[float], ...] = (fact.SAGITTAL_WEDGE, fact.CORONAL_WEDGE)


def completeness(crop: Crop) -> Answer:
    """Whether the vertebra touches the edge of the scan."""
    edge = " and ".join(crop.cut)
    notes = (f"cut by the {edge} edge of the scan",) if crop.cut else ()
    return measured(
        fact.INCOMPLETE,
        crop.level,
        bool(crop.cut),
        document=crop.labels.document,
        place=f"vertebra {crop.level}",
        at_mm=triple(crop.centroid),
        notes=notes,
        method="whether its label reaches the outermost voxels of the scan",
        shows=plane_at(crop.centroid, np.array([1.0, 0.0, 0.0])),
        marks=(points(f"middle of {crop.level}", (crop.centroid,)),),
    )


def no_frame(level: Level, why: str) -> Iterator[Answer]:
    """All that cannot be measured where the frame of a vertebra is not known."""
    body: tuple[Fact[Any], ...] = (fact.BODY_VOLUME, *HEIGHTS, *ENDPLATES, *BREADTHS, *WEDGES)
    yield from all_missing((fact.POSE, *body, *EXPECTED, *LOSSES), level, why)


def vertebra_itself(one: Vertebra, held: Heights | None, why: str) -> Iterator[Answer]:
    """Frame, volume of the body, its three heights, depth and width, and its endplates with the angles between them."""
    axes = [segment(name, one.origin, one.origin + 20.0 * axis) for name, axis in zip(_AXES, one.axes, strict=True)]
    yield measured(
        fact.POSE,
        one.level,
        one.pose,
        place=f"vertebra {one.level}",
        notes=one.notes,
        method="axis by canal, neighbours and endplates; left and right by the mirror plane",
        marks=axes,
        **_where(one),
    )
    yield _body_volume(one)
    sacral = f"{one.level} is part of the sacrum: its body has no height of its own" if is_sacral(one.level) else ""
    if held is None or sacral:
        yield from all_missing((*HEIGHTS, *BREADTHS), one.level, why or sacral)
    else:
        yield from _three_heights(one, held)
        yield from _breadths(one, held)
    # A body with a hole through its middle has no height there; its endplates may still be told.
    yield from _endplates(one, why_not(one) or (why if why == REPLACED else ""))


_AXES = ("to the left", "to the back", "to the head")


def _where(one: Vertebra) -> dict[str, Any]:
    return {"document": one.crop.labels.document, "at_mm": one.at(0.0, 0.0, 0.0), "shows": sagittal(one)}


def height_mark(one: Vertebra, held: Heights, third: int, mm: float, words: str) -> Mark:
    """A height of ``mm`` drawn in its third of the body, about its middle."""
    y, z = (float(number) for number in held.at[third])
    return segment(words, one.at(0.0, y, z - mm / 2.0), one.at(0.0, y, z + mm / 2.0))


def _three_heights(one: Vertebra, held: Heights) -> Iterator[Answer]:
    for third, named in enumerate(HEIGHTS):
        y, z = held.at[third]
        mm = float(held.mm[third])
        yield measured(
            named,
            one.level,
            mm,
            low=max(0.0, mm - held.error_mm),
            high=mm + held.error_mm,
            place=f"body of {one.level}, middle {SLAB_WIDTH.number:g} mm",
            method=f"columns along the axis in the {NAMES[third]} third of the depth, the mean of their middle third",
            marks=[height_mark(one, held, at, float(held.mm[at]), f"{NAMES[at]} height") for at in range(3)],
            **(_where(one) | {"at_mm": one.at(0.0, float(y), float(z))}),
        )


def _breadths(one: Vertebra, held: Heights) -> Iterator[Answer]:
    middle = held.front_mm + 0.5 * held.depth_mm
    back = held.front_mm + held.depth_mm
    z = 0.5 * (one.low_mm + one.high_mm)
    mark = segment("depth of the body", one.at(0.0, held.front_mm, z), one.at(0.0, back, z))
    error = 2.0 * one.error_mm(1)
    yield measured(
        fact.BODY_DEPTH,
        one.level,
        held.depth_mm,
        low=max(0.0, held.depth_mm - error),
        high=held.depth_mm + error,
        place=f"body of {one.level}, middle {SLAB_WIDTH.number:g} mm",
        method="from the first to the last column that runs from endplate to endplate",
        marks=(mark,),
        **_where(one),
    )
    wide = width(one, held)
    if wide is None:
        yield missing(fact.BODY_WIDTH, one.level, f"the middle of the body of {one.level} is not there")
        return
    error = 2.0 * one.error_mm(0)
    yield measured(
        fact.BODY_WIDTH,
        one.level,
        wide,
        low=max(0.0, wide - error),
        high=wide + error,
        place=f"body of {one.level}, middle of its depth",
        method="from the first to the last column that runs from endplate to endplate",
        marks=(segment("width of the body", one.at(-wide / 2.0, middle, z), one.at(wide / 2.0, middle, z)),),
        **(_where(one) | {"shows": plane_at(one.origin, one.axes[2])}),
    )


def _endplates(one: Vertebra, why: str) -> Iterator[Answer]:
    plates = (one.upper, one.lower)
    reasons = [why or no_endplate(one, upper=at == 0) for at in range(2)]
    for named, plate, reason in zip(ENDPLATES, plates, reasons, strict=True):
        if plate is None or why:
            yield missing(named, one.level, reason)
        else:
            yield _endplate(one, named, plate)
    if one.upper is None or one.lower is None or why:
        yield from all_missing(WEDGES, one.level, reasons[0] if one.upper is None else reasons[1])
    else:
        yield from _wedges(one, one.upper, one.lower)


def no_endplate(one: Vertebra, *, upper: bool) -> str:
    """Why the upper or lower endplate of a vertebra is not known."""
    level, word = one.level, "upper" if upper else "lower"
    if not level.has_body:
        return f"{level} has no vertebral body"
    cut = cut_through(one.crop)
    if cut:
        return f"{level} is cut by the {' and '.join(cut)} edge of the scan"
    if level is Level.C2 and upper:
        return "C2 has a dens and no upper endplate"
    if is_sacral(level) and not upper:
        return f"{level} is part of the sacrum: it has no lower endplate"
    return f"too little of the {word} endplate of {level} lies in one plane"


def _endplate(one: Vertebra, named: Fact[Plane], plate: Endplate) -> Answer:
    sagittal_deg, coronal_deg = plate.error_deg
    word = "upper" if named is fact.ENDPLATE_UPPER else "lower"
    x, y, z = (round(float(number), 6) + 0.0 for number in plate.normal)
    return measured(
        named,
        one.level,
        Plane(point_mm=triple(np.round(plate.centre_mm, 2) + 0.0), normal=(x, y, z)),
        document=one.crop.labels.document,
        at_mm=triple(plate.centre_mm),
        shows=sagittal(one),
        place=f"{word} endplate of {one.level}; the normal points to the head",
        method=f"plane through the ends of columns of bone, of which up to {ENDPLATE_TRIM.number:g} % may be wrong",
        marks=(
            endplate_line(f"{word} endplate, sagittal", plate, one.axes[0]),
            endplate_line(f"{word} endplate, coronal", plate, one.axes[1]),
        ),
        notes=(
            f"tilt ± {sagittal_deg:.1f}° sagittal and ± {coronal_deg:.1f}° coronal",
            f"columns {plate.rms_mm:.1f} mm off it on average, {100.0 * plate.left_out:.0f} % of them left out",
        ),
    )


def lean_deg(plate: Endplate, axes: Floats) -> float:
    """How far an endplate leans forward, degrees, in the sagittal plane of ``axes`` (left, back, head as rows)."""
    return math.degrees(math.atan2(-float(plate.normal @ axes[1]), float(plate.normal @ axes[2])))


def list_deg(plate: Endplate, axes: Floats) -> float:
    """How far an endplate leans to the left, degrees, in the coronal plane of ``axes`` (left, back, head as rows)."""
    return math.degrees(math.atan2(float(plate.normal @ axes[0]), float(plate.normal @ axes[2])))


def _wedges(one: Vertebra, upper: Endplate, lower: Endplate) -> Iterator[Answer]:
    for named, angle, across, at, words in (
        (fact.SAGITTAL_WEDGE, lean_deg, 0, 0, "sagittal; positive where the front is lower"),
        (fact.CORONAL_WEDGE, list_deg, 1, 1, "coronal; positive where the left is lower"),
    ):
        value = angle(upper, one.axes) - angle(lower, one.axes)
        error = upper.error_deg[at] + lower.error_deg[at]
        yield measured(
            named,
            one.level,
            value,
            low=value - error,
            high=value + error,
            place=f"body of {one.level}, {words}",
            method="angle between the planes of its endplates",
            marks=(
                endplate_line("upper endplate", upper, one.axes[across]),
                endplate_line("lower endplate", lower, one.axes[across]),
            ),
            **(_where(one) | {"shows": plane_at(one.origin, one.axes[across])}),
        )


def _body_volume(one: Vertebra) -> Answer:
    if not one.level.has_body:
        return missing(fact.BODY_VOLUME, one.level, f"{one.level} has no vertebral body")
    cut = cut_through(one.crop)
    if cut:
        return missing(fact.BODY_VOLUME, one.level, f"{one.level} is cut by the {' and '.join(cut)} edge of the scan")
    body = one.crop.mask.copy()
    body[one.crop.mask > 0] = one.own_mm[:, 1] < one.back_mm
    voxels, faces = counted(body)
    cc = one.crop.grid.voxel_cc
    return measured(
        fact.BODY_VOLUME,
        one.level,
        voxels * cc,
        low=(voxels - 0.5 * faces) * cc,
        high=(voxels + 0.5 * faces) * cc,
        place=f"body of {one.level}, before the plane of the canal's front",
        notes=one.notes,
        method="voxels of the vertebra before that plane, counted",
        marks=(segment("plane before the canal", *(one.at(0.0, one.back_mm, z) for z in (one.low_mm, one.high_mm))),),
        **_where(one),
    )
