"""The room in the canal and the cord beside each vertebra, and what they lost against the neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CORD, Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.image import Images
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.cord.drawing import outline, segment, where
from enbloc.measure.cord.epidural import drawn_on_mr
from enbloc.measure.cord.parameters import COARSE_PLANE, OUTLINE_NOISE
from enbloc.measure.cord.profile import EARLIEST_CONUS, NO_MR
from enbloc.measure.cord.sections import Outline, Section, sections
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.heights import is_sacral

Floats = NDArray[np.float64]
OF_THE_CANAL: tuple[Fact[float], ...] = (
    fact.CANAL_AREA,
    fact.CANAL_DEPTH,
    fact.CANAL_COMPROMISE,
    fact.CANAL_DEPTH_LOSS,
)
OF_THE_CORD: tuple[Fact[float], ...] = (
    fact.CORD_AREA,
    fact.CORD_DEPTH,
    fact.CORD_DEPTH_LOSS,
    fact.CORD_DEPTH_TO_WIDTH,
)
ROOMS: tuple[Fact[float], ...] = (*OF_THE_CANAL, *OF_THE_CORD)
NO_CANAL = "no canal label beside {level}, and its bone is no closed ring"
HOLE = "no canal label: the hole in the ring of bone, where it is closed"
HOLLOW = "the {name} label is hollow beside {level}: what lies in its middle is not named"
NO_NEIGHBOUR = "no unaffected neighbour with the same label whole beside it"


def rooms(images: Images, column: Column, affected: Collection[Level]) -> Iterator[Answer]:
    """Area and depth of canal and cord beside each vertebra and what they lost, or why not.

    ``affected`` levels are compared with the nearest that are not, and never serve as a measure themselves.
    """
    found = sections(column)
    canals = _Kind(name="canal", held=_canals(found), why=_why_no_canal(column, found), area=fact.CANAL_AREA)
    cords = _Kind(name="cord", held=_cords(images, found), why=_why_no_cord(images, column, found), area=fact.CORD_AREA)
    for level in column.levels:
        yield from _canal(level, canals, found, affected)
        yield from _cord(level, cords, affected, column.levels)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Kind:
    """Canal or cord at every level where it can be measured, and why not elsewhere."""

    name: str
    held: Mapping[Level, Outline]
    why: Mapping[Level, str]
    area: Fact[float]


def _canals(found: Mapping[Level, Section]) -> dict[Level, Outline]:
    whole = {}
    for level, one in found.items():
        if one.canal is not None and (one.is_hole or one.canal.there.all()) and not _is_hollow(one.canal):
            whole[level] = one.canal
    return whole


def _is_hollow(one: Outline) -> bool:
    """Whether a label leaves out the middle wherever it is, as to both sides of a sac whose label nobody has named."""
    return bool(np.isnan(one.depth_mm).all())


def _why_no_canal(column: Column, found: Mapping[Level, Section]) -> dict[Level, str]:
    why = dict(column.frameless)
    for level, one in found.items():
        part = one.canal is not None and one.canal.there.any()
        why[level] = f"the canal label is interrupted or ends beside {level}" if part else NO_CANAL.format(level=level)
        if one.canal is not None and one.canal.there.all() and _is_hollow(one.canal):
            why[level] = HOLLOW.format(name="canal", level=level)
    return why


def _cords(images: Images, found: Mapping[Level, Section]) -> dict[Level, Outline]:
    if not drawn_on_mr(images, images.map_of(CORD)):
        return {}
    seen = {level: one.cord for level, one in found.items() if one.cord is not None and one.cord.there.all()}
    return {level: one for level, one in seen.items() if not (_coarse(one) or _is_hollow(one))}


def _why_no_cord(images: Images, column: Column, found: Mapping[Level, Section]) -> dict[Level, str]:
    if images.map_of(CORD) is None:
        return dict.fromkeys(column.levels, "no cord label")
    if not drawn_on_mr(images, images.map_of(CORD)):
        return dict.fromkeys(column.levels, NO_MR)
    why = dict(column.frameless)
    for level, one in found.items():
        if one.cord is None or not one.cord.there.any():
            why[level] = f"no cord beside {level}" + (": it ends above, or its label does" if _is_low(level) else "")
        elif not one.cord.there.all():
            why[level] = f"the cord {'' if _is_low(level) else 'label is interrupted or '}ends beside {level}"
        else:
            why[level] = _coarse(one.cord) or HOLLOW.format(name="cord", level=level)
    return why


def _is_low(level: Level) -> bool:
    """Whether the cord may end at this level."""
    order = list(Level)
    return order.index(level) >= order.index(EARLIEST_CONUS)


def _coarse(one: Outline) -> str:
    """Why a cord cannot be measured on these voxels; empty if it can."""
    if round(one.tall_mm, 2) > THICK_SLICE.number:
        return f"slices of {one.tall_mm:.2g} mm are too thick for the cord"
    voxel = 2.0 * max(one.wide_mm, one.deep_mm)
    coarse = voxel > COARSE_PLANE.number + 0.005
    return f"voxels of {voxel:.2g} mm across the canal are too coarse for the cord" if coarse else ""


def _canal(level: Level, kind: _Kind, found: Mapping[Level, Section], affected: Collection[Level]) -> Iterator[Answer]:
    one = kind.held.get(level)
    if one is None:
        yield from all_missing(OF_THE_CANAL, level, kind.why[level])
        return
    notes = [HOLE] if found[level].is_hole else []
    if one.tall_mm > THICK_SLICE.number:
        notes.append(f"slices of {one.tall_mm:.2g} mm: a narrower place between two of them is not seen")
    yield _area(level, kind, notes)
    yield _depth(fact.CANAL_DEPTH, level, kind, notes)
    free = _free(level, kind.held, affected)
    if not free:
        yield from all_missing((fact.CANAL_COMPROMISE, fact.CANAL_DEPTH_LOSS), level, _alone(level))
        return
    yield _area_loss(fact.CANAL_COMPROMISE, level, kind, free, notes)
    yield _depth_loss(fact.CANAL_DEPTH_LOSS, level, kind, free, notes)


def _cord(level: Level, kind: _Kind, affected: Collection[Level], levels: tuple[Level, ...]) -> Iterator[Answer]:
    one = kind.held.get(level)
    if one is None:
        yield from all_missing(OF_THE_CORD, level, kind.why[level])
        return
    yield _area(level, kind, [])
    yield _depth(fact.CORD_DEPTH, level, kind, [])
    yield _shape(level, one)
    # Where it tapers to its end it is thin without being pressed, and no measure for another level.
    tapers = {other for other in kind.held if _is_low(other) and not _goes_on(other, kind.held, levels)}
    free = _free(level, {other: kept for other, kept in kind.held.items() if other not in tapers}, affected)
    if level in tapers:
        yield missing(fact.CORD_DEPTH_LOSS, level, f"the cord may taper to its end below {level}: the next is not seen")
    elif not free:
        yield missing(fact.CORD_DEPTH_LOSS, level, _alone(level))
    else:
        yield _depth_loss(fact.CORD_DEPTH_LOSS, level, kind, free, [])


def _goes_on(level: Level, held: Mapping[Level, Outline], levels: tuple[Level, ...]) -> bool:
    """Whether the cord is whole beside the next labelled vertebra below too."""
    below = levels[levels.index(level) + 1 : levels.index(level) + 2]
    return bool(below) and below[0] in held


def _alone(level: Level) -> str:
    return f"{level} is part of the sacrum: it has no neighbour of its kind" if is_sacral(level) else NO_NEIGHBOUR


def _free(level: Level, held: Mapping[Level, Outline], affected: Collection[Level]) -> dict[Level, float]:
    """The nearest unaffected levels above and below with their weights, the nearer the more; empty if there is none."""
    if is_sacral(level):
        return {}
    order = [one for one in Level if not one.is_transitional or one in held or one is level]
    at = order.index(level)
    free = [order.index(one) for one in held if one not in affected and one is not level and not is_sacral(one)]
    above, below = (
        max((one for one in free if one < at), default=at),
        min((one for one in free if one > at), default=at),
    )
    weights = {order[one]: 1.0 / abs(one - at) for one in (above, below) if one != at}
    return {one: weight / sum(weights.values()) for one, weight in weights.items()}


def _note(level: Level, free: Mapping[Level, float]) -> str:
    names = " and ".join(one.value for one in free)
    return f"against {names}" + (" alone (no other unaffected neighbour)" if len(free) == 1 else "")


def _least(numbers: Floats) -> int:
    return int(np.nanargmin(numbers))


def _area(level: Level, kind: _Kind, notes: list[str]) -> Answer:
    one = kind.held[level]
    row = _least(one.area_mm2)
    area, edge = float(one.area_mm2[row]), float(one.edge_mm2[row])
    here = _here(kind.name, level, one, row, "least area on planes across the canal from end-plate to end-plate")
    return measured(kind.area, level, area, low=max(0.0, area - edge), high=area + edge, notes=notes, **here)


def _depth(named: Fact[float], level: Level, kind: _Kind, notes: list[str]) -> Answer:
    one = kind.held[level]
    row = _least(one.depth_mm)
    depth, error = float(one.depth_mm[row]), 2.0 * one.deep_mm  # two walls
    here = _here(
        kind.name, level, one, row, "least depth in the middle, from front to back, on planes across the canal"
    )
    return measured(named, level, depth, low=max(0.0, depth - error), high=depth + error, notes=notes, **here)


def _shape(level: Level, one: Outline) -> Answer:
    row = _least(one.shape)
    ratio, depth = float(one.shape[row]), float(one.depth_mm[row])
    width = depth / max(ratio, 1e-6)
    deep, wide = 2.0 * one.deep_mm, 2.0 * one.wide_mm
    here = _here("cord", level, one, row, "depth over width of the cord by its spread, where it is least")
    low, high = max(0.0, depth - deep) / (width + wide), min(3.0, (depth + deep) / max(width - wide, 0.5))
    return measured(fact.CORD_DEPTH_TO_WIDTH, level, ratio, low=min(ratio, low), high=max(ratio, high), **here)


def _area_loss(named: Fact[float], level: Level, kind: _Kind, free: Mapping[Level, float], notes: list[str]) -> Answer:
    """The same label moves the same way on all levels; each neighbour alone may say something else."""
    rows = {one: _least(kind.held[one].area_mm2) for one in (level, *free)}
    area = {one: float(kind.held[one].area_mm2[row]) for one, row in rows.items()}
    edge = {one: float(kind.held[one].edge_mm2[row]) for one, row in rows.items()}
    usual = sum(weight * area[one] for one, weight in free.items())
    value = 100.0 * (1.0 - area[level] / usual)
    others = [100.0 * (1.0 - area[level] / area[one]) for one in free]
    for sign in (-1.0, 1.0):
        moved = {one: max(area[one] + sign * edge[one], 0.0) for one in rows}
        usual_moved = sum(weight * moved[one] for one, weight in free.items())
        others.append(100.0 * (1.0 - moved[level] / max(usual_moved, 1.0)))
    chance = 100.0 * OUTLINE_NOISE.number * (edge[level] + sum(free[one] * edge[one] for one in free)) / usual
    low, high = max(-100.0, min(value, *others) - chance), min(100.0, max(value, *others) + chance)
    here = _here(kind.name, level, kind.held[level], rows[level], "least area against that of the free levels")
    value = float(np.clip(value, -100.0, 100.0))
    return measured(named, level, value, low=low, high=high, notes=(_note(level, free), *notes), **here)


def _depth_loss(named: Fact[float], level: Level, kind: _Kind, free: Mapping[Level, float], notes: list[str]) -> Answer:
    """Each depth may be off by half a voxel at both walls, whatever the others are."""
    depth = {one: float(np.nanmin(kind.held[one].depth_mm)) for one in (level, *free)}
    error = {one: 2.0 * kind.held[one].deep_mm for one in depth}
    usual = sum(weight * depth[one] for one, weight in free.items())
    slack = sum(weight * error[one] for one, weight in free.items())
    least = -200.0 if named is fact.CORD_DEPTH_LOSS else -100.0
    value, *alone = (_loss(depth[level], there, least) for there in (usual, *(depth[one] for one in free)))
    low = min(*alone, _loss(depth[level] + error[level], usual - slack, least))
    high = max(*alone, _loss(max(0.0, depth[level] - error[level]), usual + slack, least))
    row = _least(kind.held[level].depth_mm)
    here = _here(kind.name, level, kind.held[level], row, "least depth in the middle against that of the free levels")
    return measured(named, level, value, low=low, high=high, notes=(_note(level, free), *notes), **here)


def _loss(here: float, there: float, least: float) -> float:
    """What is lost of ``there``, per cent; negative where it has grown."""
    return max(least, 100.0 * (1.0 - here / max(there, 0.5)))


def _here(name: str, level: Level, one: Outline, row: int, method: str) -> dict[str, Any]:
    marks = (
        *outline(one.stack, row, one.mask[row], name),
        segment(one.stack, row, one.ends[row], f"depth of the {name}"),
    )
    here = where(one.stack, row, one.document, spot=one.centre[row], method=method, marks=marks)
    return here | {"place": f"{name} beside {level}, plane across it at {one.stack.at[row]:+.0f} mm"}
