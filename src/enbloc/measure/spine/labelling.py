"""Whether the labels of the vertebrae can be relied on, and the names of their levels."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.measure.answers import Answer
from enbloc.measure.spine.column import Column


def labelling(column: Column) -> Iterator[Answer]:
    """The trust in each label, with its reasons, and whether the names of the levels are in doubt."""
    yield from ()
