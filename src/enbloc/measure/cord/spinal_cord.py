"""The cord beside a tumour: how near, how narrow, how flat, how far moved, and the fluid around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.image import Images
from enbloc.case.mark import Mark
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.cord.drawing import outline, segment, where
from enbloc.measure.cord.parameters import CSF_THICKNESS
from enbloc.measure.cord.planes import RUN_MM
from enbloc.measure.cord.profile import NO_CORD, NO_MR, TURNS, Profile, areas
from enbloc.measure.cord.sac import ratio
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
OF_THE_CORD: tuple[Fact[float], ...] = (fact.CORD_AREA_RATIO, fact.CORD_FLATTENING, fact.CORD_SHIFT)
CONUS = Level.L2
CONUS_HERE = "the cord ends beside the tumour: what it measures above and below says nothing of it here"
LOWEST = -200.0  # per cent


def cord_distance(profile: Profile, mass: Tumour) -> Answer:
    """From tumour to cord on a plane, or the fluid between them where the dura has been pushed ahead of the tumour."""
    seen, on_mr = profile.seen, profile.sac_on_mr and profile.cord_on_mr
    if not profile.cord.any():
        return missing(fact.CORD_DISTANCE, mass.lesion, NO_CORD)
    if profile.cord_gap:
        return missing(fact.CORD_DISTANCE, mass.lesion, profile.cord_gap)
    if on_mr and seen.is_ended(profile.has_cord):
        return missing(fact.CORD_DISTANCE, mass.lesion, CONUS_HERE)
    gap = profile.distance_mm if on_mr else profile.gap_mm
    row = int(np.argmin(gap))
    best = float(gap[row])
    if not np.isfinite(best):
        return missing(fact.CORD_DISTANCE, mass.lesion, "no cord beside the tumour")
    is_fluid = best < profile.gap_mm[row]
    note = "fluid between the cord and the dura beside the tumour" if is_fluid else "from tumour to cord"
    notes: tuple[str, ...] = (note,) if on_mr else (note, NO_MR)
    # The least of many planes is the one on which the voxels happen to come nearest: its neighbours say how far off.
    usual = float(seen.along(gap, np.isfinite(gap), max(RUN_MM, 1.01 * seen.step_mm))[row])
    low, high = max(0.0, best - 2.0 * seen.error_mm), max(best, usual) + 2.0 * seen.error_mm
    if seen.is_thick:  # the nearest place may lie between two slices
        low, notes = 0.0, (*notes, seen.coarse)
    marks = [*_drawn(profile, row), segment(seen.wide, row, profile.nearest[row, 1:].reshape(2, 2), "tumour to cord")]
    method = "least distance between the borders of two labels on planes across the canal"
    here = where(seen.wide, row, mass.labels.document, spot=profile.nearest[row, 1:3], method=method, marks=marks)
    return measured(fact.CORD_DISTANCE, mass.lesion, best, low=low, high=high, notes=notes, **here)


def cord(profile: Profile, mass: Tumour) -> Iterator[Answer]:
    """Area, shape and place of the cord against the free planes, and the fluid around it, or why not."""
    if profile.no_cord:
        yield from all_missing((*OF_THE_CORD, fact.CSF_SHARE), mass.lesion, profile.no_cord)
        return
    if profile.seen.is_ended(profile.has_cord):
        yield from all_missing(OF_THE_CORD, mass.lesion, CONUS_HERE)
    else:
        yield ratio(fact.CORD_AREA_RATIO, profile, mass, profile.cord_rows, "cord")
        yield _flattening(profile, mass)
        yield _shift(profile, mass)
    yield _csf(profile, mass)


def _drawn(profile: Profile, row: int) -> list[Mark]:
    seen = profile.seen
    tumour = seen.in_canal[row] if seen.in_canal[row].any() else seen.mass[row]
    marks = [*outline(seen, row, profile.cord[row], "cord"), *outline(seen, row, profile.sac[row], "sac")]
    return [*marks, *outline(seen, row, tumour, "tumour")]


def _here(profile: Profile, mass: Tumour, row: int, method: str, *more: Mark) -> dict[str, Any]:
    marks = [*_drawn(profile, row)[: 4 - len(more)], *more]
    spot = profile.of_cord[row, 1:3]
    return where(profile.seen, row, mass.labels.document, spot=spot, method=method, marks=marks)


def _flattening(profile: Profile, mass: Tumour) -> Answer:
    seen, rows, there = profile.seen, profile.cord_rows, profile.has_cord
    drops, ends = [], []
    for moved in (0.0, -2.0 * seen.error_mm, 2.0 * seen.error_mm):
        shape = profile.depth_to_width(moved)
        seen_shape, usual = seen.along(shape, there), seen.usual(shape, there)
        drops.append(np.clip(100.0 * (1.0 - seen_shape / usual), LOWEST, 100.0))
        ends += [np.clip(100.0 * (1.0 - seen_shape / end), LOWEST, 100.0) for end in seen.ends(shape, there)]
    row = int(rows[int(np.argmax(drops[0][rows]))])
    value, *others = (float(drop[row]) for drop in (*drops, *ends))
    area, edge = (float(numbers[row]) for numbers in areas(seen, profile.cord))
    chance = 150.0 * seen.chance() * min(1.0, edge / area)  # and half as much on the free planes
    low, high = max(LOWEST, min(value, *others) - chance), min(100.0, max(value, *others) + chance)
    here = _here(
        profile, mass, row, "depth over width of the cord by its spread, against the free planes", *_axes(profile, row)
    )
    return measured(fact.CORD_FLATTENING, mass.lesion, value, low=low, high=high, **here)


def _axes(profile: Profile, row: int) -> tuple[Mark, Mark]:
    """Width and depth of the cord through its centre."""
    p, q, wide, deep = profile.of_cord[row, 1:5] * np.array([1.0, 1.0, np.sqrt(3.0), np.sqrt(3.0)])
    width = segment(profile.seen, row, ((p - wide, q), (p + wide, q)), "width of the cord by its spread")
    return width, segment(profile.seen, row, ((p, q - deep), (p, q + deep)), "depth of the cord by its spread")


def _shift(profile: Profile, mass: Tumour) -> Answer:
    moved, line = profile.shift_mm, profile.cord_line
    if moved is None or line is None:
        return missing(fact.CORD_SHIFT, mass.lesion, "the cord is not seen free above and below the tumour")
    rows, error = profile.cord_rows, profile.seen.depth_error_mm
    row = int(rows[int(np.argmax(moved[rows]))])
    value = float(moved[row])
    way = segment(profile.seen, row, (line[row], profile.of_cord[row, 1:3]), "displacement of the cord's centre")
    here = _here(profile, mass, row, "from the line between the cord's centres on the free planes to its centre", way)
    return measured(fact.CORD_SHIFT, mass.lesion, value, low=max(0.0, value - error), high=value + error, **here)


def _csf(profile: Profile, mass: Tumour) -> Answer:
    if not profile.fluid.any():
        return missing(fact.CSF_SHARE, mass.lesion, "no thecal sac label")
    rows, error = profile.cord_rows, profile.seen.error_mm
    row = int(rows[int(np.argmin(profile.csf_share()[rows]))])
    value, low, high = (float(profile.csf_share(shift)[row]) for shift in (0.0, error, -error))
    least = f"directions of {TURNS} from the cord with {CSF_THICKNESS.number:g} mm of fluid or more next to it"
    here = _here(profile, mass, row, least)
    return measured(fact.CSF_SHARE, mass.lesion, value, low=low, high=high, **here)


def cord_level(images: Images, profile: Profile, mass: Tumour) -> Answer:
    """Whether the cord reaches down to the tumour."""
    if images.map_of(CORD) is None:
        return missing(fact.CORD_LEVEL, mass.lesion, "no cord label")
    order = list(Level)
    if not profile.cord_on_mr and order.index(profile.main) >= order.index(CONUS):
        return missing(fact.CORD_LEVEL, mass.lesion, "a cord label on CT does not show where the conus ends")
    rows = profile.seen.beside
    there = bool(profile.has_cord[rows].any())
    row = int(rows[int(np.argmax(profile.has_cord[rows]))])
    return measured(fact.CORD_LEVEL, mass.lesion, there, **_here(profile, mass, row, "a cord label beside the tumour"))
