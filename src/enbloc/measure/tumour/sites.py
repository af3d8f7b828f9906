"""Where a tumour lies by the sites and sectors of published schemes, and in which compartment."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case.image import Images
from enbloc.measure.answers import Answer
from enbloc.measure.spine.column import Column
from enbloc.measure.tumour.mass import Tumour


def sites(images: Images, mass: Tumour, column: Column) -> Iterator[Answer]:
    """Table of parts, sites of Tomita, radiosurgery sectors, compartment and breach of one tumour, or why not."""
    yield from ()
