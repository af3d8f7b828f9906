"""The pedicles: width and height at the isthmus, and the direction of the axis."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.measure.answers import Answer
from enbloc.measure.spine.column import Column


def pedicles(column: Column) -> Iterator[Answer]:
    """Both pedicles of each vertebra, or why not."""
    yield from ()
