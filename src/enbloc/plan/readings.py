"""Which voxels or cells are meant as drawn, and which when surfaces lie off by their error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class Readings:
    """Some voxels or cells, shape (n,) each: ``now`` as drawn, ``least`` and ``most`` when surfaces lie off.

    Examples
    --------
    >>> one, two, three = np.eye(3, dtype=bool)
    >>> some = Readings(now=one | two, least=one, most=one | two | three)
    >>> (~some).least.tolist(), (~some).most.tolist()
    ([False, False, False], [False, True, True])
    """

    now: Bools
    least: Bools
    most: Bools

    def __and__(self, other: Readings) -> Readings:
        return Readings(now=self.now & other.now, least=self.least & other.least, most=self.most & other.most)

    def __invert__(self) -> Readings:
        """All others: at the least those that are meant by no reading."""
        return Readings(now=~self.now, least=~self.most, most=~self.least)

    def within(self, mask: Bools) -> Readings:
        """Those of them that are also in a mask."""
        return Readings(now=self.now & mask, least=self.least & mask, most=self.most & mask)
