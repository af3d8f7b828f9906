"""Tumour within the canal: how much, over what length, how far round, and where it is worst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.finding import Interval, measured
from enbloc.case.geometry import Point
from enbloc.case.mark import Mark
from enbloc.kernels import stacks
from enbloc.measure.answers import Answer, missing
from enbloc.measure.cord.drawing import outline, where
from enbloc.measure.cord.parameters import EPIDURAL_AREA, PLANE_PIXEL
from enbloc.measure.cord.profile import NO_MR, TURNS, Profile
from enbloc.measure.cord.stack import IN_SAC
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
HALF_A_VOXEL = "half a voxel decides whether tumour has entered the canal"
COUNTED = "pixels of tumour within the canal's outline, on planes across it"


def growth(profile: Profile, mass: Tumour, *, on_mr: bool) -> Iterator[Answer]:
    """The facts about the tumour in the canal itself; ``on_mr`` says whether it was labelled on one."""
    seen, area = profile.seen, profile.seen.tumour_area_mm2
    edge = stacks.edges(seen.in_canal) * PLANE_PIXEL.number * seen.error_mm
    reached = seen.reached.sum(axis=(1, 2)) * seen.pixel_mm2
    row = int(np.argmax(area + 1e-3 * reached)) if reached.any() else int(np.median(seen.beside))
    high = max(float(area[row] + edge[row] * (area[row] > 0)), float(reached.max()))
    notes = [] if seen.has_canal else ["canal taken as an oval as wide as the hole in the vertebra"]
    notes += [] if on_mr else ["not labelled on MR: epidural tumour is judged on MR"]
    if seen.coarse:  # a layer thinner than a voxel may have no label at all
        notes.append(seen.coarse)
        high = max(high, EPIDURAL_AREA.number)
    here = _looked_at(profile, mass, row)
    low = max(0.0, float(area[row] - edge[row]))
    yield measured(fact.EPIDURAL_AREA, mass.lesion, float(area[row]), low=low, high=high, notes=notes, **here)
    least, most = area - edge, np.maximum(area + edge * (area > 0), reached)
    yield from _reach(profile, mass, row, least=least, most=most)
    yield _turn(profile, mass, row)
    yield _worst(profile, mass)


def _reach(profile: Profile, mass: Tumour, row: int, *, least: Floats, most: Floats) -> Iterator[Answer]:
    """Slices and length; ``least`` and ``most`` are the areas that the tumour may have on each plane, mm²."""
    seen, enough = profile.seen, EPIDURAL_AREA.number
    area = seen.tumour_area_mm2
    run = _longest_run(area >= enough)
    if run == 0 and (most.max() >= enough or seen.coarse):
        why = seen.coarse or HALF_A_VOXEL
        yield missing(fact.EPIDURAL_SLICES, mass.lesion, why)
        yield missing(fact.EPIDURAL_LENGTH, mass.lesion, why)
        return
    here = _looked_at(profile, mass, row)
    note = f"planes {seen.step_mm:.2g} mm apart with {enough:g} mm² or more"
    counted = measured(fact.EPIDURAL_SLICES, mass.lesion, run, notes=(note,), **here)
    shorter = max(0, _longest_run(least >= enough) - 1)  # half a plane at either end
    longer = max(run + 1, _longest_run(most >= enough)) if run else 0
    yield replace(counted, interval=Interval(low=float(shorter), high=float(longer)))
    value = _length(profile, area >= enough)
    low, high = _length(profile, least >= enough) - seen.step_mm, _length(profile, most >= enough) + seen.step_mm
    notes = [note]
    if _longest_run(area >= enough) < np.count_nonzero(area >= enough):
        notes.append("interrupted: from the first to the last of them")
    low, high = max(0.0, low), max(value, high) if run else 0.0
    yield measured(fact.EPIDURAL_LENGTH, mass.lesion, value, low=low, high=high, notes=notes, **here)


def _length(profile: Profile, there: Mask) -> float:
    """From the first to the last of some planes along the canal, each as thick as they lie apart, mm."""
    rows = np.flatnonzero(there)
    along = profile.seen.along_mm
    return float(along[rows[-1]] - along[rows[0]] + profile.seen.step_mm) if len(rows) else 0.0


def _longest_run(there: Mask) -> int:
    longest = run = 0
    for one in there:
        run = run + 1 if one else 0
        longest = max(longest, run)
    return longest


def _turn(profile: Profile, mass: Tumour, row: int) -> Answer:
    """In how many of the directions from the middle of the cord, or else of the sac, tumour lies in the canal."""
    seen = profile.seen
    centres = np.where(profile.has_cord[:, None], profile.of_cord[:, 1:3], profile.of_sac[:, 1:3])
    if np.isnan(centres[seen.beside]).all():
        return missing(fact.EPIDURAL_TURN, mass.lesion, "no thecal sac or cord label beside the tumour")
    met = stacks.directions_met(seen.in_canal, centres, TURNS)
    most = stacks.directions_met(seen.in_canal | seen.reached, centres, TURNS).mean(axis=1)
    share = met.mean(axis=1)
    row = int(np.argmax(share)) if share.any() else row
    ends = int((met[row] != np.roll(met[row], 1)).sum())
    slack = 0.0 if not ends else 1.0 / TURNS + ends * seen.error_mm / (2.0 * np.pi * _radius(profile, row, centres))
    notes = () if profile.cord_on_mr and profile.sac_on_mr else (NO_MR,)
    return measured(
        fact.EPIDURAL_TURN,
        mass.lesion,
        float(share[row]),
        low=max(0.0, float(share[row]) - slack),
        high=min(1.0, max(float(most.max()), float(share[row]) + slack)),
        notes=notes,
        **_looked_at(profile, mass, row, f"directions of {TURNS} round the cord, or else the sac, that meet tumour"),
    )


def _radius(profile: Profile, row: int, centres: Floats) -> float:
    """How far from the centre the tumour in the canal lies on a plane, mm."""
    pixels = np.argwhere(profile.seen.in_canal[row]) - centres[row]
    return max(float(np.hypot(pixels[:, 0], pixels[:, 1]).mean()) * PLANE_PIXEL.number, 1.0)


def _worst(profile: Profile, mass: Tumour) -> Answer:
    """The plane with least sac for its place, or most tumour where no sac is labelled."""
    area = profile.seen.tumour_area_mm2
    if not area.any():
        return missing(fact.EPIDURAL_AT, mass.lesion, "no tumour in the canal")
    sac = profile.seen.has(IN_SAC).sum(axis=(1, 2)).astype(np.float64)
    taken = area >= 0.5 * area.max()
    has_sac = (sac[taken] > 0).any()
    row = int(np.argmin(np.where(taken, sac, np.inf))) if has_sac else int(np.argmax(area))
    method = "plane with the least sac among those with at least half of the most tumour" if has_sac else COUNTED
    here = _looked_at(profile, mass, row, method)
    x, y, z = (round(number, 2) + 0.0 for number in here["at_mm"])
    return measured(fact.EPIDURAL_AT, mass.lesion, Point(xyz_mm=(x, y, z)), **here)


def _looked_at(profile: Profile, mass: Tumour, row: int, method: str = COUNTED) -> dict[str, Any]:
    spot = stacks.moments(profile.seen.in_canal[row : row + 1])[0, 1:3]
    marks = drawn(profile, row)
    return where(profile.seen, row, mass.labels.document, spot=spot, method=method, marks=marks)


def drawn(profile: Profile, row: int) -> tuple[Mark, ...]:
    """Tumour in the canal, canal, sac and cord on one plane, those of them that are there."""
    seen = profile.seen
    layers = (
        (seen.in_canal, "tumour in the canal"),
        (seen.room, "canal"),
        (profile.sac, "sac"),
        (profile.cord, "cord"),
    )
    return tuple(mark for mask, words in layers for mark in outline(seen, row, mask[row], words))
