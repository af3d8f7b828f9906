"""The room in the canal beside each vertebra, against its neighbours."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from enbloc.case.anatomy import Level
from enbloc.case.image import Images
from enbloc.measure.answers import Answer
from enbloc.measure.spine.column import Column


def rooms(images: Images, column: Column, affected: Collection[Level]) -> Iterator[Answer]:
    """Area and depth of canal and cord beside each vertebra and what they lost, or why not."""
    yield from ()
