"""The curve of the column: Cobb angles, local kyphosis, slips, and the wedge of each body."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from enbloc.case.anatomy import Level
from enbloc.measure.answers import Answer
from enbloc.measure.spine.column import Column


def alignment(column: Column, affected: Collection[Level]) -> Iterator[Answer]:
    """Angles and slips of the column and of each vertebra, or why not."""
    yield from ()
