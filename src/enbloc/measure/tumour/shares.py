"""How much of the body, of the posterolateral elements and of each part of a vertebra is tumour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import SECTORS, Part, Side
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.table import Cell, PartShare
from enbloc.kernels import regions
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.parts import CODES
from enbloc.measure.tumour.amount import Amount, together
from enbloc.measure.tumour.tallies import LAYERS, Involved, Tally

OF_PARTS: tuple[Fact[Any], ...] = (fact.TABLE, fact.PART_SHARES)
SHARES: tuple[Fact[float], ...] = (
    fact.BODY_SHARE,
    fact.POSTEROLATERAL_LEFT,
    fact.POSTEROLATERAL_RIGHT,
    fact.POSTEROLATERAL_LEFT_SHARE,
    fact.POSTEROLATERAL_RIGHT_SHARE,
)
BY_PLANES = "share of the labelled bone before the plane along the front of the canal"
BY_PARTS = "tumour in the labelled bone of pedicle and facets of one side; parts by {how}"
JOINTS = ((Part.PEDICLE, "pedicle"), (Part.FACET, "facets"), (Part.COSTOVERTEBRAL, "costovertebral joint"))
_SIDES = (
    (Side.LEFT, fact.POSTEROLATERAL_LEFT, fact.POSTEROLATERAL_LEFT_SHARE),
    (Side.RIGHT, fact.POSTEROLATERAL_RIGHT, fact.POSTEROLATERAL_RIGHT_SHARE),
)


def shares(held: Involved) -> Iterator[Answer]:
    """Share of the body, and volume and share of the posterolateral elements by side, at the worst level of each.

    Nothing where an involved vertebra is not seen whole: the part that is missing may hold the tumour that counts.
    """
    if held.why_not or held.unseen:
        yield from all_missing(SHARES, held.mass.lesion, held.why_not or "; ".join(held.unseen))
        return
    yield _body(held)
    for side, volume, share in _SIDES:
        yield _posterolateral_volume(volume, held, side)
        yield _posterolateral(share, held, side)


def _body(held: Involved) -> Answer:
    bodies = [one for one in held.tallies if one.one.level.has_body]
    if not bodies:
        return missing(fact.BODY_SHARE, held.mass.lesion, "no vertebral body at the tumour")
    worst = max(bodies, key=lambda one: one.of_zones(regions.FRONT).percents[0])
    value, low, high = worst.of_zones(regions.FRONT).percents
    return measured(
        fact.BODY_SHARE,
        held.mass.lesion,
        value,
        low=low,
        high=high,
        notes=worst.one.notes,
        method=BY_PLANES,
        **worst.where,
    )


def _region(held: Tally, side: Side) -> Amount:
    """Pedicle and facets of one side, which every vertebra has."""
    return together((held.of_part(Part.PEDICLE, side), held.of_part(Part.FACET, side)))


def _posterolateral_volume(named: Fact[float], held: Involved, side: Side) -> Answer:
    """The volume at its worst level; up to that in the joints of the ribs, where their region is what counts."""
    worst = max(held.tallies, key=lambda one: _region(one, side).cc)
    found = _region(worst, side)
    high = max([found.high, *(one.of_part(Part.COSTOVERTEBRAL, side).high for one in held.tallies)])
    where = worst.where | {"method": BY_PARTS.format(how=worst.parts.method), "notes": _doubts(worst)}
    return measured(named, held.mass.lesion, found.cc, low=found.low, high=high, **where)


def _posterolateral(named: Fact[float], held: Involved, side: Side) -> Answer:
    """The share of the region at its worst level.

    Half a pedicle is little of pedicle and facets together: whether it counts is left open, and not read as none. So
    the interval reaches up to the highest share of a pedicle, of the facets or of the joints of a rib alone, and a note
    says it.
    """
    worst = max(held.tallies, key=lambda one: _region(one, side).percents[0])
    value, low, high = _region(worst, side).percents
    alone = [(one.of_part(part, side).percents[0], words) for one in held.tallies for part, words in JOINTS]
    most, words = max(alone)
    notes = [*_doubts(worst), *([f"{words} alone {most:.0f} %"] if most > 0.0 else [])]
    where = worst.where | {"method": BY_PARTS.format(how=worst.parts.method), "notes": notes}
    return measured(named, held.mass.lesion, value, low=low, high=max(high, most), **where)


def _doubts(held: Tally) -> list[str]:
    """What is doubtful about the frame and the parts of a vertebra."""
    return [*held.one.notes, *held.parts.notes]


def table(held: Involved) -> Iterator[Answer]:
    """The tumour by part, sector and layer at each involved level, and its share of each part."""
    if held.why_not:
        yield from all_missing(OF_PARTS, held.mass.lesion, held.why_not)
        return
    worst = max(held.tallies, key=lambda one: float(one.table[..., regions.TAKEN].sum()))
    notes = [*held.uncounted, *dict.fromkeys(note for one in held.tallies for note in one.parts.notes)]
    method = f"voxels of the tumour divided between sectors and layers; parts by {worst.parts.method}"
    cells = tuple(cell for one in held.tallies for cell in _cells(one))
    rows = tuple(row for one in held.tallies for row in _rows(one))
    yield measured(fact.TABLE, held.mass.lesion, cells, notes=notes, method=method, **worst.where)
    yield measured(fact.PART_SHARES, held.mass.lesion, rows, notes=notes, method=method, **worst.where)


def _cells(held: Tally) -> Iterator[Cell]:
    """The cells that hold tumour or could if its surface moved."""
    touched = (held.table[..., regions.TAKEN] > 0.0) | (held.table[..., regions.GAINED] > 0.0)
    for number, at, ring in np.argwhere(touched):
        part, side = (None, None) if number == 0 else CODES[number - 1]
        cc, low, high, bone = _rounded(held.amount(held.table[number, at, ring], in_bone=part is not None))
        if high > 0.0:
            yield Cell(
                level=held.one.level,
                part=part,
                side=side,
                sector=SECTORS[at],
                layer=LAYERS[ring],
                cc=cc,
                low_cc=low,
                high_cc=high,
                bone_cc=bone,
            )


def _rows(held: Tally) -> Iterator[PartShare]:
    for part, side in CODES:
        found = held.of_part(part, side)
        if found.bone > 0.0:
            percent, low, high = (round(number, 2) for number in found.percents)
            cc, _, _, bone = _rounded(found)
            yield PartShare(
                level=held.one.level, part=part, side=side, percent=percent, low=low, high=high, cc=cc, bone_cc=bone
            )


def _rounded(found: Amount) -> Iterable[float]:
    return (round(number, 3) + 0.0 for number in (found.cc, found.low, found.high, found.bone))
