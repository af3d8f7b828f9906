"""How far a tumour lies from what must not be cut."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case.image import Images
from enbloc.measure.answers import Answer
from enbloc.measure.spine.column import Column
from enbloc.measure.tumour.mass import Tumour


def clearances(images: Images, mass: Tumour, column: Column) -> Iterator[Answer]:
    """The distances from one tumour to dura, cord, roots and vessels, or why not."""
    yield from ()
