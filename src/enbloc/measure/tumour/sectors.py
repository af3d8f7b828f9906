"""The sectors and layers of Weinstein, Boriani and Biagini that a tumour involves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import SECTORS, Layer, Level, Sector
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.mark import Mark, MarkKind
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.measure.tumour.drawing import first, mark
from enbloc.measure.tumour.parameters import CANAL_LAYER_VOLUME, LAYER_VOLUME
from enbloc.measure.tumour.tallies import LAYERS, Involved, Tally

OF_WBB: tuple[Fact[Any], ...] = (fact.WBB_SECTORS, fact.WBB_SECTORS_OPEN, fact.WBB_LAYERS, fact.WBB_LAYERS_OPEN)
BY_ANGLE = "tumour by twelfths of a turn about the canal, from the posterior midline over the left"
BY_WALL = "tumour outside the bone, in the outer and the inner half of its wall, and in the canal"
NO_F = "layer F, the foramen of the vertebral artery, is not measured"


def sectors_and_layers(held: Involved) -> Iterator[Answer]:
    """The sectors and layers that are involved at any level, and those that half a voxel decides."""
    if held.why_not:
        yield from all_missing(OF_WBB, held.mass.lesion, held.why_not)
        return
    yield from _sectors(held)
    yield from _layers(held)


def _sectors(held: Involved) -> Iterator[Answer]:
    involved: set[Sector] = set()
    sure: set[Sector] = set()
    possible: set[Sector] = set()
    notes = [*held.uncounted, *dict.fromkeys(note for one in held.tallies for note in one.one.notes)]
    for one in held.tallies:
        rows = list(zip(SECTORS, one.sectors, one.needed, strict=True))
        involved |= {sector for sector, found, needed in rows if found.is_at_least(needed)}
        near = [sector for sector, found, needed in rows if found.is_open(needed)]
        sure |= {sector for sector, found, needed in rows if found.is_at_least(needed)} - set(near)
        possible |= set(near)
        if not one.is_in_bone:
            notes.append(f"{one.one.level}: no tumour in the bone, sectors of the tumour around it")
        if near:
            notes.append(f"{one.one.level}: half a voxel decides about sector {', '.join(map(str, near))}")
    worst = max(held.tallies, key=lambda one: sum(found.cc for found in one.sectors))
    marks = first((*worst.view[1][:1], *_wedges(worst, involved)))
    where = worst.where | {"marks": marks, "method": BY_ANGLE, "notes": notes}
    yield measured(fact.WBB_SECTORS, held.mass.lesion, _ordered(involved), **where)
    yield measured(fact.WBB_SECTORS_OPEN, held.mass.lesion, _ordered(possible - sure), **where)


def _ordered(sectors: set[Sector]) -> tuple[Sector, ...]:
    return tuple(one for one in SECTORS if one in sectors)


def _wedges(held: Tally, sectors: set[Sector]) -> Iterator[Mark]:
    """The outlines of runs of involved sectors, from the middle of the canal to a little beyond the bone."""
    taken = [one in sectors for one in SECTORS]
    starts = [at for at in range(12) if taken[at] and not taken[at - 1]] or ([0] if all(taken) else [])
    for start in starts:
        count = next((more for more in range(1, 12) if not taken[(start + more) % 12]), 12)
        names = f"{SECTORS[start]}" if count == 1 else f"{SECTORS[start]} to {SECTORS[(start + count - 1) % 12]}"
        yield mark(MarkKind.OUTLINE, f"sector {names}", _wedge(held, start, count))


def _wedge(held: Tally, start: int, count: int) -> Any:
    one, (plane, _) = held.one, held.view
    middle = np.array([one.hole_mm[0], one.hole_mm[1], one.inside(np.array([plane.point_mm]))[0, 2]])
    own = one.inside(one.crop.points_mm)[:, :2] - middle[:2]
    radius = float(np.linalg.norm(own, axis=1).max()) + 3.0
    turns = np.deg2rad(30.0 * (start + np.linspace(0.0, count, 6 * count + 1)))
    rim = radius * np.stack([np.sin(turns), np.cos(turns), np.zeros_like(turns)], axis=1)
    corner = np.zeros((0, 3)) if count == 12 else np.zeros((1, 3))
    return one.origin + (middle + np.concatenate([corner, rim])) @ one.axes


def _layers(held: Involved) -> Iterator[Answer]:
    found = [held.of_layer(ring) for ring in range(len(LAYERS))]
    needed = [(CANAL_LAYER_VOLUME if one in {Layer.D, Layer.E} else LAYER_VOLUME).number for one in LAYERS]
    rows = list(zip(LAYERS, found, needed, strict=True))
    worst = max(held.tallies, key=lambda one: sum(found.cc for found in one.sectors))
    where = worst.where | {"method": BY_WALL, "notes": [*held.uncounted, *_of_the_artery(held)]}
    involved = tuple(layer.value for layer, one, cc in rows if one.is_at_least(cc))
    undecided = tuple(layer.value for layer, one, cc in rows if one.is_open(cc))
    yield measured(fact.WBB_LAYERS, held.mass.lesion, involved, **where)
    yield measured(fact.WBB_LAYERS_OPEN, held.mass.lesion, undecided, **where)


def _of_the_artery(held: Involved) -> list[str]:
    return [NO_F] if any(is_cervical(one.one) for one in held.tallies) else []


def is_cervical(one: Vertebra) -> bool:
    """Whether a vertebral artery runs through or beside it."""
    return one.level.value.startswith("C") and one.level is not Level.CO
