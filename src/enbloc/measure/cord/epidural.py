"""Epidural tumour, thecal sac and cord on planes across the canal (raw numbers; grades are made elsewhere)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, Level
from enbloc.case.fact import Fact
from enbloc.case.finding import Interval, measured
from enbloc.case.geometry import Point
from enbloc.case.image import Images, LabelMap
from enbloc.case.origin import Modality
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.cord.outline import depth_to_width, fluid, in_plane_faces, shifts, towards
from enbloc.measure.cord.parameters import (
    CIRCUMFERENTIAL,
    COARSE_PLANE,
    CSF_THICKNESS,
    EPIDURAL_AREA,
    OUTLINE_NOISE,
    PLANE_PIXEL,
    WALL_ERROR,
)
from enbloc.measure.cord.planes import IN_CORD, IN_SAC, MASS, ROOT, Planes, has_canal, planes
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

OF_THE_SAC: tuple[Fact[float], ...] = (fact.SAC_INDENTATION, fact.SAC_AREA_RATIO)
OF_THE_CORD: tuple[Fact[float], ...] = (fact.CORD_AREA_RATIO, fact.CORD_FLATTENING, fact.CORD_SHIFT)
EPIDURAL: tuple[Fact[Any], ...] = (
    fact.EPIDURAL_AREA,
    fact.EPIDURAL_SLICES,
    fact.EPIDURAL_AT,
    fact.CORD_DISTANCE,
    *OF_THE_SAC,
    *OF_THE_CORD,
    fact.CSF_SHARE,
    fact.CORD_LEVEL,
)
CONUS = Level.L2
EARLIEST_CONUS = Level.T11
NO_CANAL = "no canal, thecal sac or cord label beside the whole tumour, or too short a piece of it"
CONUS_HERE = "the cord ends beside the tumour: what it measures above and below says nothing of it here"
NO_MR = "no MR shows it: a sac or cord outlined on CT is not a validated outline"


def epidural(images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], main: Level) -> Iterator[Answer]:
    """All facts about the canal beside one tumour, or why not."""
    seen = planes(images, mass, spine, main)
    if seen is None:
        yield from all_missing(EPIDURAL, mass.lesion, NO_CANAL)
        return
    of_sac, of_cord = (drawn_on_mr(images, images.map_of(named)) for named in (SAC, CORD))
    area = seen.tumour_area_mm2
    rows = np.nonzero(area >= EPIDURAL_AREA.number)[0]
    beside = rows if len(rows) else _beside(seen)
    yield from _tumour(seen, mass, area, with_mr=drawn_on_mr(images, mass.labels))
    yield _cord_distance(seen, mass, main, with_mr=of_sac and of_cord)
    yield from _sac(seen, mass, beside, with_mr=of_sac)
    yield from _cord(seen, mass, beside, main, with_mr=of_cord)
    yield _cord_level(images, seen, mass, main, with_mr=of_cord)


def drawn_on_mr(images: Images, labels: LabelMap | None) -> bool:
    """Whether a label map shows what an MR shows: it was drawn on one, or lies on the very grid of one.

    That some MR is in the case is not enough: the cord of a CT segmenter stays the cord of a CT. True for no map.
    """
    if labels is None:
        return True
    scans = [scan for scan in images.volumes.values() if scan.modality is Modality.MR]
    drawn = images.volumes.get(labels.on)
    return drawn in scans or any(scan.grid.is_same_as(labels.grid) for scan in scans)


def _beside(seen: Planes) -> Rows:
    """The planes on which there is tumour at all; the middle one if there is none."""
    rows = np.nonzero(seen.has(MASS).any(axis=(1, 2)))[0]
    return rows if len(rows) else np.array([len(seen.at) // 2])


def _where(seen: Planes, mass: Tumour, row: int, pixels: Mask | None = None) -> dict[str, Any]:
    middle = (seen.bits.shape[1] - 1) / 2.0
    p, q = (middle, middle) if pixels is None or not pixels.any() else np.argwhere(pixels).mean(axis=0)
    place = f"plane across the canal at {seen.at[row]:+.0f} mm"
    return {"document": mass.labels.document, "place": place, "at_mm": seen.place(row, float(p), float(q))}


def _tumour(seen: Planes, mass: Tumour, area: Floats, *, with_mr: bool) -> Iterator[Answer]:
    reached = np.array([_reached(seen, row) for row in range(len(area))])
    row = int(np.argmax(area + 1e-3 * reached)) if reached.any() else int(np.median(_beside(seen)))
    edge = in_plane_faces(seen.in_canal[row]) * PLANE_PIXEL.number * seen.error_mm
    where = _where(seen, mass, row, seen.in_canal[row])
    low, high = max(0.0, area[row] - edge), max(float(area[row] + edge * (area[row] > 0)), float(reached.max()))
    notes = [] if has_canal(seen.bits) else ["canal taken as an oval as wide as the hole in the vertebra"]
    notes += [] if with_mr else ["not labelled on MR: epidural tumour is judged on MR"]
    if coarse := _coarse(seen):
        notes.append(coarse)
        high = max(high, EPIDURAL_AREA.number)  # a layer thinner than a voxel may have no label at all
    yield measured(fact.EPIDURAL_AREA, mass.lesion, float(area[row]), low=low, high=high, notes=notes, **where)
    run = _longest_run(area >= EPIDURAL_AREA.number)
    edges = np.array([in_plane_faces(one) for one in seen.in_canal]) * PLANE_PIXEL.number * seen.error_mm
    shorter = _longest_run(area - edges >= EPIDURAL_AREA.number) - 1  # half a plane at either end
    longer = max(run + 1, _longest_run(np.maximum(area + edges * (area > 0), reached) >= EPIDURAL_AREA.number))
    note = f"planes {seen.step_mm:.2g} mm apart with {EPIDURAL_AREA.number:g} mm² or more"
    if run == 0 and high >= EPIDURAL_AREA.number:
        why = coarse or "half a voxel decides whether tumour has entered the canal"
        yield missing(fact.EPIDURAL_SLICES, mass.lesion, why)
    else:
        counted = measured(fact.EPIDURAL_SLICES, mass.lesion, run, notes=(note,), **where)
        span = Interval(low=float(max(0, shorter)), high=float(longer if run else 0))
        yield replace(counted, interval=span)
    if area[row] <= 0.0:
        yield missing(fact.EPIDURAL_AT, mass.lesion, "no tumour in the canal")
    else:
        worst = _worst(seen, area)
        where = _where(seen, mass, worst, seen.in_canal[worst])
        yield measured(fact.EPIDURAL_AT, mass.lesion, Point(xyz_mm=_rounded(where["at_mm"])), **where)


def _reached(seen: Planes, row: int) -> float:
    """The area of the canal that tumour would take if its surface stood half a voxel further out, mm²."""
    if not seen.has(MASS)[row].any():
        return 0.0
    error = seen.error_mm if has_canal(seen.bits) else seen.error_mm + WALL_ERROR.number
    if _coarse(seen):  # a layer thinner than a voxel may have no label at all
        error = max(error, 1.5 * seen.coarsest_mm)
    near = ndimage.distance_transform_edt(~seen.has(MASS)[row]) * PLANE_PIXEL.number <= max(error, PLANE_PIXEL.number)
    room = seen.room[row] & ~seen.has(IN_CORD)[row]
    return float((near & room).sum() * seen.pixel_mm2)


def _rounded(at: tuple[float, float, float]) -> tuple[float, float, float]:
    x, y, z = (round(number, 2) + 0.0 for number in at)
    return (x, y, z)


def _worst(seen: Planes, area: Floats) -> int:
    """The plane with least sac for its place, or most tumour where no sac is labelled."""
    sac = seen.has(IN_SAC).sum(axis=(1, 2)).astype(np.float64)
    taken = area >= 0.5 * area.max()
    if not (sac[taken] > 0).any():
        return int(np.argmax(area))
    return int(np.argmin(np.where(taken, sac, np.inf)))


def _longest_run(there: Mask) -> int:
    longest = run = 0
    for one in there:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def _gap(structure: Mask, rows: Rows, *, may_end: bool) -> bool:
    """Whether a structure has no label on a plane beside the tumour though it goes on there.

    Labels are lost where the tumour presses most: the planes that are left would show the cord at its best. A cord
    ``may_end`` beside the tumour; between two planes that show it, it cannot be absent.
    """
    there = np.flatnonzero(structure.any(axis=(1, 2)))
    lost = [row for row in rows if not structure[row].any()]
    if not len(there) or not lost:
        return False
    return not may_end or any(there[0] < row < there[-1] for row in lost)


def _cord_gap(seen: Planes, main: Level) -> str:
    """Why the cord's label does not show the cord beside the tumour; empty if it does."""
    order = list(Level)
    may_end = order.index(main) >= order.index(EARLIEST_CONUS)
    gap = _gap(seen.has(IN_CORD), _beside(seen), may_end=may_end)
    return "the cord label is interrupted beside the tumour" if gap else ""


def _cord_distance(seen: Planes, mass: Tumour, main: Level, *, with_mr: bool) -> Answer:
    """From tumour to cord on a plane, or the fluid between them where the dura has been pushed ahead of the tumour."""
    cord, tumour = seen.has(IN_CORD), seen.has(MASS)
    if lost := _cord_gap(seen, main):
        return missing(fact.CORD_DISTANCE, mass.lesion, lost)
    if with_mr and seen.is_ended(cord.any(axis=(1, 2))):
        return missing(fact.CORD_DISTANCE, mass.lesion, CONUS_HERE)
    best, at, note = np.inf, (0, 0, 0), "from tumour to cord"
    for row in np.nonzero(cord.any(axis=(1, 2)) & tumour.any(axis=(1, 2)))[0]:
        away = np.where(tumour[row], ndimage.distance_transform_edt(~cord[row]), np.inf)
        p, q = (int(place) for place in np.unravel_index(int(np.argmin(away)), away.shape))
        gap = max(0.0, float(away[p, q]) - 1.0) * PLANE_PIXEL.number  # between borders, not centres
        if gap < best:
            best, at, note = gap, (int(row), p, q), "from tumour to cord"
        liquid = seen.has(IN_SAC)[row] & ~cord[row] & ~seen.has(ROOT)[row]
        if with_mr and liquid.any() and seen.in_canal[row].any():
            between = fluid(cord[row], liquid)[towards(cord[row], seen.in_canal[row])].min(initial=np.inf)
            if between < best:
                best, at, note = (
                    float(between),
                    (int(row), p, q),
                    "fluid between the cord and the dura beside the tumour",
                )
    if not np.isfinite(best):
        return missing(fact.CORD_DISTANCE, mass.lesion, "no cord beside the tumour" if cord.any() else "no cord label")
    notes = (note,) if with_mr else (note, NO_MR)
    low, high = max(0.0, best - 2.0 * seen.error_mm), best + 2.0 * seen.error_mm
    if _is_thick(seen):  # the nearest place may lie between two slices
        low, notes = 0.0, (*notes, _coarse(seen))
    where = _where(seen, mass, at[0]) | {"at_mm": seen.place(*at)}
    return measured(fact.CORD_DISTANCE, mass.lesion, best, low=low, high=high, notes=notes, **where)


def _sac(seen: Planes, mass: Tumour, rows: Rows, *, with_mr: bool) -> Iterator[Answer]:
    sac = np.array([ndimage.binary_fill_holes(one) for one in seen.has(IN_SAC)])
    only_cord = not (seen.has(IN_SAC) & ~seen.has(IN_CORD)).any()
    lost = "the thecal sac label is interrupted beside the tumour" if _gap(sac, rows, may_end=False) else ""
    why = NO_MR if not with_mr else "no thecal sac label" if only_cord else _coarse(seen) or lost
    usual = None if why else seen.reference(sac)
    if not why and usual is None:
        why = "no free slice of the sac above or below the tumour"
    if why or usual is None:
        yield from all_missing(OF_THE_SAC, mass.lesion, why)
        return
    yield _indentation(seen, mass, rows, sac, usual)
    yield _ratio(fact.SAC_AREA_RATIO, seen, mass, rows, sac)


def _indentation(seen: Planes, mass: Tumour, rows: Rows, sac: Mask, usual: Floats) -> Answer:
    """The greatest depth to which the outline of the free sac is not sac, where tumour is near."""
    best, row, spot = 0.0, int(rows[0]), np.zeros(sac.shape[1:], np.bool_)
    for at in rows:
        if not seen.in_canal[at].any():
            continue
        near = ndimage.distance_transform_edt(~seen.in_canal[at]) * PLANE_PIXEL.number <= 2.0
        lost = (usual[at] > 0) & ~sac[at] & near
        depth = float(usual[at][lost].max(initial=0.0))
        if depth > best:
            best, row, spot = depth, int(at), lost
    error = seen.error_mm
    where = _where(seen, mass, row, spot)
    low, high = max(0.0, best - error), best + (error if best > 0 else 0.0)
    return measured(fact.SAC_INDENTATION, mass.lesion, best, low=low, high=high, **where)


def _ratio(named: Fact[float], seen: Planes, mass: Tumour, rows: Rows, structure: Mask) -> Answer:
    """The least area against that of the free planes; the same label moves the same way on both."""
    area = structure.sum(axis=(1, 2)) * seen.pixel_mm2
    edge = np.array([float(in_plane_faces(one)) for one in structure]) * PLANE_PIXEL.number * seen.error_mm
    there = np.asarray(area > 0)
    ratios = []
    for sign in (0.0, -1.0, 1.0):
        moved = np.maximum(area + sign * edge, 0.0)
        usual = seen.usual(moved, there)
        assert usual is not None  # asked before
        ratios.append(np.minimum(seen.along(moved, there | (moved == 0)) / np.maximum(usual, PLANE_PIXEL.number), 5.0))
    row = int(rows[int(np.argmin(ratios[0][rows]))])
    value, *others = (float(ratio[row]) for ratio in ratios)
    others += [min(float(area[row]) / max(end, PLANE_PIXEL.number), 5.0) for end in seen.ends(area, there)]
    chance = OUTLINE_NOISE.number * float(edge[row] / max(area[row], edge[row], 1e-9)) * value
    low, high = max(0.0, min(value, *others) - chance), min(5.0, max(value, *others) + chance)
    return measured(named, mass.lesion, value, low=low, high=high, **_where(seen, mass, row, structure[row]))


def _is_thick(seen: Planes) -> bool:
    return round(seen.step_mm, 2) > THICK_SLICE.number


def _coarse(seen: Planes) -> str:
    """Why sac and cord cannot be measured on these voxels; empty if they can."""
    if _is_thick(seen):
        return f"slices of {seen.step_mm:.2g} mm are too thick for sac and cord"
    if seen.coarsest_mm <= COARSE_PLANE.number + 0.005:
        return ""
    return f"voxels of {seen.coarsest_mm:.2g} mm across the canal are too coarse for sac and cord"


def _cord(seen: Planes, mass: Tumour, rows: Rows, main: Level, *, with_mr: bool) -> Iterator[Answer]:
    cord = seen.has(IN_CORD)
    lost = _cord_gap(seen, main)
    rows = np.array([row for row in rows if cord[row].any()], dtype=np.intp)
    if not cord.any():
        why = "no cord label beside the tumour"
    else:
        why = NO_MR if not with_mr else (_coarse(seen) or lost) if len(rows) else lost or "no cord at the tumour"
    there = np.asarray(cord.any(axis=(1, 2)))
    if not why and seen.usual(there.astype(np.float64), there) is None:
        why = "no free slice of the cord above or below the tumour"
    if why:
        yield from all_missing((*OF_THE_CORD, fact.CSF_SHARE), mass.lesion, why)
        return
    if seen.is_ended(there):
        yield from all_missing(OF_THE_CORD, mass.lesion, CONUS_HERE)
    else:
        yield _ratio(fact.CORD_AREA_RATIO, seen, mass, rows, cord)
        yield _flattening(seen, mass, rows, cord)
        yield _shift(seen, mass, rows, cord)
    yield _csf(seen, mass, rows, cord)


def _flattening(seen: Planes, mass: Tumour, rows: Rows, cord: Mask) -> Answer:
    there = np.asarray(cord.any(axis=(1, 2)))
    drops, ends = [], []
    for moved in (0.0, -2.0 * seen.error_mm, 2.0 * seen.error_mm):
        shape = np.array([depth_to_width(one, moved) if one.any() else 0.0 for one in cord])
        usual = seen.usual(shape, there)
        assert usual is not None  # asked before
        seen_shape = seen.along(shape, there)
        drops.append(np.clip(100.0 * (1.0 - seen_shape / usual), -200.0, 100.0))
        ends += [np.clip(100.0 * (1.0 - seen_shape / end), -200.0, 100.0) for end in seen.ends(shape, there)]
    row = int(rows[int(np.argmax(drops[0][rows]))])
    value, *others = (float(drop[row]) for drop in (*drops, *ends))
    area, edge = cord[row].sum() * PLANE_PIXEL.number, in_plane_faces(cord[row]) * seen.error_mm
    chance = 100.0 * OUTLINE_NOISE.number * min(1.0, edge / area)
    low, high = max(-200.0, min(value, *others) - chance), min(100.0, max(value, *others) + chance)
    return measured(fact.CORD_FLATTENING, mass.lesion, value, low=low, high=high, **_where(seen, mass, row, cord[row]))


def _shift(seen: Planes, mass: Tumour, rows: Rows, cord: Mask) -> Answer:
    moved = shifts(seen, cord, rows)
    if moved is None:
        return missing(fact.CORD_SHIFT, mass.lesion, "the cord is not seen free above and below the tumour")
    at = int(np.argmax(moved))
    row, value = int(rows[at]), float(moved[at])
    low, high = max(0.0, value - seen.error_mm), value + seen.error_mm
    return measured(fact.CORD_SHIFT, mass.lesion, value, low=low, high=high, **_where(seen, mass, row, cord[row]))


def _csf(seen: Planes, mass: Tumour, rows: Rows, cord: Mask) -> Answer:
    liquid = seen.has(IN_SAC) & ~cord & ~seen.has(ROOT)
    if not liquid.any():
        return missing(fact.CSF_SHARE, mass.lesion, "no thecal sac label")
    around = [fluid(cord[row], liquid[row]) for row in rows]
    least = CSF_THICKNESS.number
    at = int(np.argmin([float((one >= least).mean()) for one in around]))
    value, low, high = (
        float((around[at] >= max(0.25, least + shift)).mean()) for shift in (0.0, seen.error_mm, -seen.error_mm)
    )
    row = int(rows[at])
    notes = []
    if _is_all_round(seen, cord, rows):
        # One published rewording makes tumour all round a grade 3 even where fluid is seen: both readings stay open.
        low, notes = 0.0, ["tumour all round the cord: one reading of the scale ignores the fluid"]
    where = _where(seen, mass, row, cord[row])
    return measured(fact.CSF_SHARE, mass.lesion, value, low=low, high=high, notes=notes, **where)


def _is_all_round(seen: Planes, cord: Mask, rows: Rows) -> bool:
    met = [float(towards(cord[row], seen.in_canal[row]).mean()) for row in rows if seen.in_canal[row].any()]
    return max(met, default=0.0) >= CIRCUMFERENTIAL.number


def _cord_level(images: Images, seen: Planes, mass: Tumour, main: Level, *, with_mr: bool) -> Answer:
    if images.map_of(CORD) is None:
        return missing(fact.CORD_LEVEL, mass.lesion, "no cord label")
    order = list(Level)
    if not with_mr and order.index(main) >= order.index(CONUS):
        return missing(fact.CORD_LEVEL, mass.lesion, "a cord label on CT does not show where the conus ends")
    there = bool(seen.has(IN_CORD)[_beside(seen)].any())
    return measured(fact.CORD_LEVEL, mass.lesion, there, **_where(seen, mass, int(_beside(seen)[0])))
