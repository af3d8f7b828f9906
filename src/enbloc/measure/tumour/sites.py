"""Where a tumour lies: by part, sector and layer, by the sites and sectors of published schemes, and what it broke."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from enbloc.case.fact import Fact
from enbloc.case.image import Images
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.spine.column import REPLACED, Column
from enbloc.measure.tumour.breach import BREACHES, breaches
from enbloc.measure.tumour.compartments import COMPARTMENTS, compartments
from enbloc.measure.tumour.extent import View
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.schemes import OF_SCHEMES, schemes
from enbloc.measure.tumour.sectors import OF_WBB, sectors_and_layers
from enbloc.measure.tumour.shares import OF_PARTS, SHARES, shares, table
from enbloc.measure.tumour.tallies import involved

SITES: tuple[Fact[Any], ...] = (*SHARES, *OF_PARTS, *OF_WBB, *OF_SCHEMES, *BREACHES)


def sites(images: Images, mass: Tumour, column: Column) -> Iterator[Answer]:
    """Shares, sectors, layers, sites, breaches and compartments of one tumour, or why not."""
    yield from compartments(images, View(mass=mass, column=column))
    if mass.replaces_bone:
        yield from all_missing(SITES, mass.lesion, REPLACED)
        return
    held = involved(images, mass, column)
    yield from shares(held)
    yield from table(held)
    yield from sectors_and_layers(held)
    yield from schemes(held)
    yield from breaches(held)


__all__ = ["COMPARTMENTS", "SITES", "sites"]
