"""What a table of answers comes to: a column of totals, one of categories, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.value import value


@value
class Contradiction:
    """A row whose answers cannot all be true: its number from 0, the items of which one must be wrong, and why."""

    row: int
    items: tuple[str, ...]
    why: str


@dataclass(frozen=True, eq=False, kw_only=True)
class ScoreColumns:
    """The results of one instrument, one entry for each row.

    Attributes
    ----------
    total
        float64; NaN where more than one total can be reached, where the result has no points, or where the row
        contradicts itself.
    category
        int16, the place in ``words``; -1 where more than one category can be reached or the row contradicts itself.
    words
        The categories in the order of the instrument, best first.
    lowest, highest
        float64, the smallest and the greatest total that can be reached; NaN as above.
    reachable
        uint64, bit ``1 << place`` set for each category that can be reached; 0 where the row contradicts itself.
    """

    instrument: str
    words: tuple[str, ...]
    total: NDArray[np.float64]
    category: NDArray[np.int16]
    lowest: NDArray[np.float64]
    highest: NDArray[np.float64]
    reachable: NDArray[np.uint64]
    items: tuple[str, ...]
    reasons: tuple[str, ...]
    why: NDArray[np.int32]  # the place in ``reasons``, -1 where the row does not contradict itself
    involved: NDArray[np.uint64]  # bit ``1 << place`` set for each of ``items`` that takes part

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.total)

    @property
    def contradictions(self) -> Iterator[Contradiction]:
        """The rows that were not scored because their answers contradict each other, in their order."""
        for row in np.flatnonzero(self.reachable == 0).tolist():
            items = _named(self.items, int(self.involved[row]))
            yield Contradiction(row=row, items=items, why=self.reasons[self.why[row]])

    def could_be(self, row: int) -> tuple[str, ...]:
        """The categories that a row can reach, in the order of the instrument."""
        return _named(self.words, int(self.reachable[row]))


def _named(names: tuple[str, ...], bits: int) -> tuple[str, ...]:
    return tuple(name for at, name in enumerate(names) if bits >> at & 1)
