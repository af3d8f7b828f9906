"""Whether a tumour has left the bone: through its cortex, through the posterior wall, into a foramen.

The border of the vertebra's label stands for its cortex. Yes and no are said where they hold wherever within its error
each surface lies; where half a voxel decides, nothing is said but that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Part, Side
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.geometry import triple
from enbloc.case.mark import MarkKind
from enbloc.kernels import regions
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.parts import code
from enbloc.measure.tumour.amount import Amount
from enbloc.measure.tumour.drawing import first, mark, plane_at
from enbloc.measure.tumour.parameters import CANAL_LAYER_VOLUME, FORAMEN_VOLUME, LAYER_VOLUME, LEVEL_INVOLVED
from enbloc.measure.tumour.tallies import IN_CANAL, Involved, Tally

Floats = NDArray[np.float64]
BREACHES: tuple[Fact[bool], ...] = (
    fact.CORTICAL_BREACH,
    fact.POSTERIOR_WALL_BREACH,
    fact.FORAMEN_LEFT,
    fact.FORAMEN_RIGHT,
)
BY_FACES = "faces between voxels of the tumour in and outside the labelled bone, and the volume on both sides of them"
BY_GAP = "volume of tumour outside the bone beside the canal, as far out as the pedicles reach"
UNDECIDED = "half a voxel decides"
OUTSIDE = (regions.OUTSIDE,)
BODY = code(Part.BODY)


@dataclass(frozen=True, eq=False, kw_only=True)
class Passage:
    """Tumour that leaves the bone of one vertebra: how wide, where, and whether; nothing where half a voxel decides."""

    held: Tally
    mm2: float
    at_mm: Floats
    is_through: bool | None


def breaches(held: Involved) -> Iterator[Answer]:
    """Breach of the cortex and of the posterior wall, and tumour in a foramen by side, or why it is not said."""
    if held.why_not:
        yield from all_missing(BREACHES, held.mass.lesion, held.why_not)
        return
    walls = [_passage(one, slice(BODY, BODY + 1), IN_CANAL, CANAL_LAYER_VOLUME.number) for one in held.tallies]
    canal = [_passage(one, slice(1, None), IN_CANAL, CANAL_LAYER_VOLUME.number) for one in held.tallies]
    sides = [_passage(one, slice(1, None), OUTSIDE, LAYER_VOLUME.number) for one in held.tallies]
    yield _breach(fact.CORTICAL_BREACH, held, [*sides, *canal])
    yield _breach(fact.POSTERIOR_WALL_BREACH, held, walls)
    yield _foramen(fact.FORAMEN_LEFT, held, Side.LEFT, regions.PLUS_GAP)
    yield _foramen(fact.FORAMEN_RIGHT, held, Side.RIGHT, regions.MINUS_GAP)


def _passage(held: Tally, parts: slice, rings: tuple[int, ...], needed: float) -> Passage:
    through = held.through[parts, list(rings)] if len(rings) == 1 else held.through[parts][:, list(rings)]
    places = held.through_at[parts][:, list(rings)].reshape(-1, 3)
    mm2 = float(through.sum())
    at = places[int(np.argmax(through.reshape(-1)))] if mm2 > 0.0 else held.one.origin
    # Bone and tumour both move: what lies within reach of the passage may belong to its other side.
    moved = mm2 * held.shift * float(np.mean(held.one.crop.grid.spacing_mm)) / 1000.0
    inside, outside = held.amount(held.table[parts].sum(axis=(0, 1, 2))), held.of_layer(*rings)
    is_through = _both(inside, outside, needed, moved) if mm2 > 0.0 else _may_reach(inside, outside, needed)
    return Passage(held=held, mm2=mm2, at_mm=at, is_through=is_through)


def _both(inside: Amount, outside: Amount, needed: float, moved: float) -> bool | None:
    if min(inside.low - moved - LEVEL_INVOLVED.number, outside.low - moved - needed) >= 0.0:
        return True
    return _may_reach(inside, outside, needed)


def _may_reach(inside: Amount, outside: Amount, needed: float) -> bool | None:
    """No, where there could not be enough tumour on both sides; else nothing."""
    return False if inside.high < LEVEL_INVOLVED.number or outside.high < needed else None


def _breach(named: Fact[bool], held: Involved, found: list[Passage]) -> Answer:
    widest = max(found, key=lambda one: (one.is_through is True, one.mm2))
    if widest.is_through is not True:
        open_ = [one.held.one.level for one in found if one.is_through is None]
        if held.unseen:
            return missing(named, held.mass.lesion, "; ".join(held.unseen))
        if open_:
            return missing(named, held.mass.lesion, f"{UNDECIDED} at {', '.join(dict.fromkeys(map(str, open_)))}")
    notes = [f"{widest.mm2:.0f} mm² wide at {widest.held.one.level}"] if widest.is_through else []
    return measured(named, held.mass.lesion, bool(widest.is_through), notes=notes, **_where(widest))


def _where(passage: Passage) -> dict[str, Any]:
    where = passage.held.where | {"method": BY_FACES}
    if not passage.is_through:
        return where
    one = passage.held.one
    spot = mark(MarkKind.POINTS, f"through the bone of {one.level}", passage.at_mm[None])
    return where | {
        "at_mm": triple(passage.at_mm),
        "shows": plane_at(passage.at_mm, one.axes[2]),
        "marks": first((spot, *passage.held.drawn_at(passage.at_mm))),
    }


def _foramen(named: Fact[bool], held: Involved, side: Side, zone: int) -> Answer:
    amounts = [(one.of_zones(zone, in_bone=False), one) for one in held.tallies]
    most, worst = max(amounts, key=lambda pair: pair[0].cc)
    needed = FORAMEN_VOLUME.number
    sure = any(found.low >= needed for found, _ in amounts)
    if not sure and held.unseen:
        return missing(named, held.mass.lesion, "; ".join(held.unseen))
    if not sure and any(found.high >= needed for found, _ in amounts):
        levels = ", ".join(str(one.one.level) for found, one in amounts if found.high >= needed)
        return missing(named, held.mass.lesion, f"{UNDECIDED} about the {side.value} foramen at {levels}")
    notes = [f"{most.cc:.2f} cc at {worst.one.level}"] if sure else []
    return measured(named, held.mass.lesion, sure, notes=notes, **(worst.where | {"method": BY_GAP}))
