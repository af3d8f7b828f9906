"""The facts about one vertebra by itself: whether it is whole, its frame, its body and its heights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case import fact
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.kernels.regions import counted
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.heights import Heights, is_sacral
from enbloc.measure.spine.parameters import SLAB_WIDTH
from enbloc.measure.spine.vertebra import Crop, Vertebra, cut_through

HEIGHTS: tuple[Fact[float], ...] = (fact.HEIGHT_ANTERIOR, fact.HEIGHT_MIDDLE, fact.HEIGHT_POSTERIOR)


def completeness(crop: Crop) -> Answer:
    """Whether the vertebra touches the edge of the scan."""
    edge = " and ".join(crop.cut)
    x, y, z = (float(number) for number in crop.centroid)
    notes = (f"cut by the {edge} edge of the scan",) if crop.cut else ()
    where: dict[str, Any] = {"document": crop.labels.document, "place": f"vertebra {crop.level}", "at_mm": (x, y, z)}
    return measured(fact.INCOMPLETE, crop.level, bool(crop.cut), notes=notes, **where)


def no_frame(level: Level, why: str) -> Iterator[Answer]:
    """All that cannot be measured where the frame of a vertebra is not known."""
    yield from all_missing((fact.POSE, fact.BODY_VOLUME, *HEIGHTS), level, why)


def vertebra_itself(one: Vertebra, held: Heights | None, why: str) -> Iterator[Answer]:
    """Frame, volume of the body and its three heights."""
    where: dict[str, Any] = {"document": one.crop.labels.document, "at_mm": one.at(0.0, 0.0, 0.0)}
    yield measured(fact.POSE, one.level, one.pose, place=f"vertebra {one.level}", notes=one.notes, **where)
    yield _body_volume(one, where)
    if held is None or is_sacral(one.level):
        sacral = f"{one.level} is part of the sacrum: its body has no height of its own"
        yield from all_missing(HEIGHTS, one.level, why or sacral)
        return
    for at, named in enumerate(HEIGHTS):
        y, z = held.at[at]
        mm = float(held.mm[at])
        yield measured(
            named,
            one.level,
            mm,
            low=max(0.0, mm - held.error_mm),
            high=mm + held.error_mm,
            document=one.crop.labels.document,
            place=f"body of {one.level}, middle {SLAB_WIDTH.number:g} mm",
            at_mm=one.at(0.0, float(y), float(z)),
        )


def _body_volume(one: Vertebra, where: dict[str, Any]) -> Answer:
    if not one.level.has_body:
        return missing(fact.BODY_VOLUME, one.level, f"{one.level} has no vertebral body")
    cut = cut_through(one.crop)
    if cut:
        return missing(fact.BODY_VOLUME, one.level, f"{one.level} is cut by the {' and '.join(cut)} edge of the scan")
    front = one.inside(one.crop.points_mm)[:, 1] < one.back_mm
    body = one.crop.mask.copy()
    body[one.crop.mask > 0] = front
    voxels, faces = counted(body)
    cc = one.crop.grid.voxel_cc
    low, high = (voxels - 0.5 * faces) * cc, (voxels + 0.5 * faces) * cc
    place = f"body of {one.level}, before the plane of the canal's front"
    return measured(fact.BODY_VOLUME, one.level, voxels * cc, low=low, high=high, place=place, notes=one.notes, **where)
