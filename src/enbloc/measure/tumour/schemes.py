"""The sites of Tomita and the sectors of the consensus on radiosurgery targets that a tumour involves.

The consensus numbers pedicles 2 and 6 and transverse process with lamina 3 and 5. That the low numbers are the
patient's left is how the pathway's table has it (CTV-09, from memory): the word of each sector holds its side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, TypeVar

from enbloc.case import fact
from enbloc.case.anatomy import Part, Side
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.table import CoxSector, TomitaSite
from enbloc.kernels import regions
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.tumour.amount import Amount, together
from enbloc.measure.tumour.parameters import CANAL_SITE_VOLUME, SITE_VOLUME, TARGET_VOLUME
from enbloc.measure.tumour.tallies import IN_CANAL, Involved, Tally

Region = TypeVar("Region", bound=Enum)
OF_SCHEMES: tuple[Fact[Any], ...] = (
    fact.TOMITA_SITES,
    fact.TOMITA_SITES_OPEN,
    fact.COX_SECTORS,
    fact.COX_SECTORS_OPEN,
)
IN_FRONT, AROUND = slice(4, 8), (slice(0, 4), slice(8, 12))
"""The sectors of the body, 5 to 8, and the others: where rib joints belong to the body, and where to the arch."""


def schemes(held: Involved) -> Iterator[Answer]:
    """The involved sites and sectors at all levels together, and those that half a voxel decides."""
    if held.why_not:
        yield from all_missing(OF_SCHEMES, held.mass.lesion, held.why_not)
        return
    sites = {site: (region, _needed(site)) for site, region in _TOMITA.items()}
    sectors = {sector: (region, TARGET_VOLUME.number) for sector, region in _COX.items()}
    yield from _involved(held, fact.TOMITA_SITES, fact.TOMITA_SITES_OPEN, sites, "volume of tumour in each site")
    notes = [
        f"{one.one.level}: the sacrum has target sectors of its own"
        for one in held.tallies
        if one.one.level.value.startswith("S")
    ]
    how = "volume of tumour in each sector, any amount beyond the error of a label"
    yield from _involved(held, fact.COX_SECTORS, fact.COX_SECTORS_OPEN, sectors, how, notes)


def _needed(site: TomitaSite) -> float:
    return (CANAL_SITE_VOLUME if site is TomitaSite.CANAL else SITE_VOLUME).number


def _involved(
    held: Involved,
    named: Fact[Region],
    named_open: Fact[Region],
    regions_of: Mapping[Region, tuple[Callable[[Tally], Amount], float]],
    method: str,
    notes: list[str] | None = None,
) -> Iterator[Answer]:
    found = {region: (together(of(one) for one in held.tallies), needed) for region, (of, needed) in regions_of.items()}
    worst = max(held.tallies, key=lambda one: float(one.table[..., regions.TAKEN].sum()))
    parted = dict.fromkeys(note for one in held.tallies for note in one.parts.notes)
    volumes = ", ".join(f"{region.value} {one.cc:.2f} cc" for region, (one, _) in found.items() if one.cc > 0.0)
    said = [*held.uncounted, *(notes or []), *parted, *([volumes] if volumes else [])]
    where = worst.where | {"notes": said, "method": f"{method}; parts by {worst.parts.method}"}
    involved = tuple(region for region, (one, needed) in found.items() if one.is_at_least(needed))
    undecided = tuple(region for region, (one, needed) in found.items() if one.is_open(needed))
    yield measured(named, held.mass.lesion, involved, **where)
    yield measured(named_open, held.mass.lesion, undecided, **where)


def _body(held: Tally) -> Amount:
    ribs = (held.of_part(Part.COSTOVERTEBRAL, side, IN_FRONT) for side in Side)
    return together((held.of_part(Part.BODY), *ribs))


def _pedicle(held: Tally, *sides: Side) -> Amount:
    return together(held.of_part(Part.PEDICLE, side) for side in sides)


def _flank(held: Tally, *sides: Side) -> Amount:
    """Lamina, articular and transverse processes, with the joint of the transverse process and its rib."""
    parts = (Part.LAMINA, Part.FACET, Part.TRANSVERSE_PROCESS)
    ribs = (held.of_part(Part.COSTOVERTEBRAL, side, where) for side in sides for where in AROUND)
    return together((*(held.of_part(part, side) for side in sides for part in parts), *ribs))


def _spinous(held: Tally) -> Amount:
    return held.of_part(Part.SPINOUS_PROCESS)


def _arch(held: Tally) -> Amount:
    return together((_flank(held, *Side), _spinous(held)))


def _canal(held: Tally) -> Amount:
    return held.of_layer(*IN_CANAL)


def _beside(held: Tally) -> Amount:
    return held.of_layer(regions.OUTSIDE)


_TOMITA: dict[TomitaSite, Callable[[Tally], Amount]] = {
    TomitaSite.BODY: _body,
    TomitaSite.PEDICLE: lambda held: _pedicle(held, *Side),
    TomitaSite.ARCH: _arch,
    TomitaSite.CANAL: _canal,
    TomitaSite.PARAVERTEBRAL: _beside,
}
_COX: dict[CoxSector, Callable[[Tally], Amount]] = {
    CoxSector.BODY: _body,
    CoxSector.PEDICLE_LEFT: lambda held: _pedicle(held, Side.LEFT),
    CoxSector.TRANSVERSE_LEFT: lambda held: _flank(held, Side.LEFT),
    CoxSector.SPINOUS: _spinous,
    CoxSector.TRANSVERSE_RIGHT: lambda held: _flank(held, Side.RIGHT),
    CoxSector.PEDICLE_RIGHT: lambda held: _pedicle(held, Side.RIGHT),
}
