"""Where a tumour lies: by part, sector and layer, and by the sites and sectors of published schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case.fact import Fact
from enbloc.case.image import Images
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.spine.column import REPLACED, Column
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.sectors import OF_WBB, sectors_and_layers
from enbloc.measure.tumour.shares import OF_PARTS, SHARES, shares, table
from enbloc.measure.tumour.tallies import involved

SITES: tuple[Fact[Any], ...] = (*SHARES, *OF_PARTS, *OF_WBB)


def sites(images: Images, mass: Tumour, column: Column) -> Iterator[Answer]:
    """Shares, sectors, layers and sites of one tumour, or why not: all that asks which bone it lies in."""
    if mass.replaces_bone:
        yield from all_missing(SITES, mass.lesion, REPLACED)
        return
    held = involved(images, mass, column)
    yield from shares(held)
    yield from table(held)
    yield from sectors_and_layers(held)
