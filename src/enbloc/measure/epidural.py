"""Epidural tumour, thecal sac and cord on planes across the canal (raw numbers; grades are made elsewhere)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.geometry import Point
from enbloc.case.image import Images
from enbloc.case.origin import Modality
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.outline import depth_to_width, fluid, in_plane_faces, shifts
from enbloc.measure.parameters import CSF_THICKNESS, EPIDURAL_AREA, PLANE_PIXEL
from enbloc.measure.planes import IN_CORD, IN_SAC, MASS, ROOT, Planes, planes
from enbloc.measure.tumour import Tumour
from enbloc.measure.vertebra import Vertebra

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
NO_MR = "no MR in the case: a sac or cord outlined on CT is not a validated outline"


def epidural(images: Images, mass: Tumour, spine: Mapping[Level, Vertebra], main: Level) -> Iterator[Answer]:
    """All facts about the canal beside one tumour, or why not."""
    seen = planes(images, mass, spine, main)
    if seen is None:
        yield from all_missing(EPIDURAL, mass.lesion, "no canal, thecal sac or cord label beside the tumour")
        return
    with_mr = any(scan.modality is Modality.MR for scan in images.volumes.values())
    area = seen.tumour_area_mm2
    rows = np.nonzero(area >= EPIDURAL_AREA.number)[0]
    beside = rows if len(rows) else _beside(seen)
    yield from _tumour(seen, mass, area)
    yield _cord_distance(seen, mass, with_mr=with_mr)
    yield from _sac(seen, mass, beside, with_mr=with_mr)
    yield from _cord(seen, mass, beside, with_mr=with_mr)
    yield _cord_level(images, seen, mass, main, with_mr=with_mr)


def _beside(seen: Planes) -> Rows:
    """The planes on which there is tumour at all; the middle one if there is none."""
    rows = np.nonzero(seen.has(MASS).any(axis=(1, 2)))[0]
    return rows if len(rows) else np.array([len(seen.at) // 2])


def _where(seen: Planes, mass: Tumour, row: int, pixels: Mask | None = None) -> dict[str, Any]:
    middle = (seen.bits.shape[1] - 1) / 2.0
    p, q = (middle, middle) if pixels is None or not pixels.any() else np.argwhere(pixels).mean(axis=0)
    place = f"plane across the canal at {seen.at[row]:+.0f} mm"
    return {"document": mass.labels.document, "place": place, "at_mm": seen.place(row, float(p), float(q))}


def _tumour(seen: Planes, mass: Tumour, area: Floats) -> Iterator[Answer]:
    row = int(np.argmax(area)) if area.any() else int(np.median(_beside(seen)))
    edge = in_plane_faces(seen.in_canal[row]) * PLANE_PIXEL.number * seen.error_mm
    where = _where(seen, mass, row, seen.in_canal[row])
    low, high = max(0.0, area[row] - edge), float(area[row] + edge)
    yield measured(fact.EPIDURAL_AREA, mass.lesion, float(area[row]), low=low, high=high, **where)
    note = f"planes {seen.step_mm:.2g} mm apart with {EPIDURAL_AREA.number:g} mm² or more"
    yield measured(
        fact.EPIDURAL_SLICES, mass.lesion, _longest_run(area >= EPIDURAL_AREA.number), notes=(note,), **where
    )
    if area[row] <= 0.0:
        yield missing(fact.EPIDURAL_AT, mass.lesion, "no tumour in the canal")
    else:
        worst = _worst(seen, area)
        where = _where(seen, mass, worst, seen.in_canal[worst])
        yield measured(fact.EPIDURAL_AT, mass.lesion, Point(xyz_mm=_rounded(where["at_mm"])), **where)


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


def _cord_distance(seen: Planes, mass: Tumour, *, with_mr: bool) -> Answer:
    cord, tumour = seen.has(IN_CORD), seen.has(MASS)
    best, at = np.inf, (0, 0, 0)
    for row in np.nonzero(cord.any(axis=(1, 2)) & tumour.any(axis=(1, 2)))[0]:
        away = np.where(tumour[row], ndimage.distance_transform_edt(~cord[row]), np.inf)
        p, q = np.unravel_index(int(np.argmin(away)), away.shape)
        if away[p, q] < best:
            best, at = float(away[p, q]), (int(row), int(p), int(q))
    if not np.isfinite(best):
        why = "no cord beside the tumour" if cord.any() else "no cord label"
        return missing(fact.CORD_DISTANCE, mass.lesion, why)
    gap = max(0.0, best - 1.0) * PLANE_PIXEL.number  # between borders, not centres
    where = _where(seen, mass, at[0]) | {"at_mm": seen.place(*at)}
    error = 2.0 * seen.error_mm
    notes = () if with_mr else (NO_MR,)
    low, high = max(0.0, gap - error), gap + error
    return measured(fact.CORD_DISTANCE, mass.lesion, gap, low=low, high=high, notes=notes, **where)


def _sac(seen: Planes, mass: Tumour, rows: Rows, *, with_mr: bool) -> Iterator[Answer]:
    sac = np.array([ndimage.binary_fill_holes(one) for one in seen.has(IN_SAC)])
    only_cord = not (seen.has(IN_SAC) & ~seen.has(IN_CORD)).any()
    why = NO_MR if not with_mr else "no thecal sac label" if only_cord else ""
    usual = None if why else seen.reference(sac)
    if not why and usual is None:
        why = "no free slice of the sac above or below the tumour"
    if why or usual is None:
        yield from all_missing(OF_THE_SAC, mass.lesion, why)
        return
    yield _indentation(seen, mass, rows, sac, usual[0])
    yield _ratio(fact.SAC_AREA_RATIO, seen, mass, rows, sac, usual[0])


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


def _ratio(named: Fact[float], seen: Planes, mass: Tumour, rows: Rows, structure: Mask, usual: Floats) -> Answer:
    """The least area against the outline on the free planes; the same label moves the same way on both."""
    ratios, lows, highs = [], [], []
    for row in rows:
        area, free = float(structure[row].sum()), float((usual[row] > 0).sum())
        edge = in_plane_faces(structure[row]) * seen.error_mm / PLANE_PIXEL.number
        rim = in_plane_faces(usual[row] > 0) * seen.error_mm / PLANE_PIXEL.number
        ratios.append(area / max(free, 1.0))
        moved = [max(0.0, area + sign * edge) / max(free + sign * rim, 1.0) for sign in (-1.0, 1.0)]
        lows.append(min(moved))
        highs.append(max(moved))
    at = int(np.argmin(ratios))
    row = int(rows[at])
    value = min(ratios[at], 5.0)
    low, high = min(lows[at], value), min(5.0, max(highs[at], value))
    return measured(named, mass.lesion, value, low=low, high=high, **_where(seen, mass, row, structure[row]))


def _cord(seen: Planes, mass: Tumour, rows: Rows, *, with_mr: bool) -> Iterator[Answer]:
    cord = seen.has(IN_CORD)
    rows = np.array([row for row in rows if cord[row].any()], dtype=np.intp)
    why = NO_MR if not with_mr else "no cord label" if not cord.any() else "" if len(rows) else "no cord at the tumour"
    usual = None if why else seen.reference(cord)
    if not why and usual is None:
        why = "no free slice of the cord above or below the tumour"
    if why or usual is None:
        yield from all_missing((*OF_THE_CORD, fact.CSF_SHARE), mass.lesion, why)
        return
    yield _ratio(fact.CORD_AREA_RATIO, seen, mass, rows, cord, usual[0])
    yield _flattening(seen, mass, rows, cord, usual[0])
    yield _shift(seen, mass, rows, cord)
    yield _csf(seen, mass, rows, cord)


def _flattening(seen: Planes, mass: Tumour, rows: Rows, cord: Mask, usual: Floats) -> Answer:
    def drop(row: int, moved: float) -> float:
        return 100.0 * (1.0 - depth_to_width(cord[row], moved) / depth_to_width(usual[row] > 0, moved))

    drops = [drop(int(row), 0.0) for row in rows]
    row = int(rows[int(np.argmax(drops))])
    value = max(max(drops), -200.0)
    others = [drop(row, sign * 2.0 * seen.error_mm) for sign in (-1.0, 1.0)]
    low, high = max(-200.0, min(value, *others)), min(100.0, max(value, *others))
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
    return measured(fact.CSF_SHARE, mass.lesion, value, low=low, high=high, **_where(seen, mass, row, cord[row]))


def _cord_level(images: Images, seen: Planes, mass: Tumour, main: Level, *, with_mr: bool) -> Answer:
    if images.map_of(CORD) is None:
        return missing(fact.CORD_LEVEL, mass.lesion, "no cord label")
    order = list(Level)
    if not with_mr and order.index(main) >= order.index(CONUS):
        return missing(fact.CORD_LEVEL, mass.lesion, "a cord label on CT does not show where the conus ends")
    there = bool(seen.has(IN_CORD)[_beside(seen)].any())
    return measured(fact.CORD_LEVEL, mass.lesion, there, **_where(seen, mass, int(_beside(seen)[0])))
