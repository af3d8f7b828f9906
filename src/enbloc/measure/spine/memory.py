"""What was worked out of a vertebra, given again while it would come out the same: when other labels were edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar, cast

import numpy as np

from enbloc.case.anatomy import Level
from enbloc.case.image import Grid, LabelMap

Found = TypeVar("Found")
OF_A_MAP = ("on", "error_mm", "document")
"""What else of a label map than its grid bears on a vertebra whose own voxels are compared by themselves."""


@dataclass(frozen=True, eq=False)
class Memory:
    """The last result of each step for each level, with all that it was worked out from.

    A step is done anew unless every number that goes into it is the same, so what is given again is what would come
    out. Results are not to be changed by who is given them.
    """

    _kept: dict[tuple[str, Level], tuple[tuple[object, ...], object]] = field(default_factory=dict, repr=False)

    def of(self, step: str, level: Level, given: tuple[object, ...], do: Callable[[], Found]) -> Found:
        """The result of a step on what is ``given``, worked out by ``do`` if it was not before."""
        known = self._kept.get((step, level))
        if known is not None and is_alike(known[0], given):
            return cast("Found", known[1])
        found = do()
        self._kept[step, level] = (given, found)
        return found


def is_alike(one: Any, other: Any) -> bool:
    """Whether two values are the same to the last number; of label maps, what bears on one vertebra in them."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return bool(np.array_equal(one, other))
    if isinstance(one, Grid):
        return one.shape == other.shape and bool(np.array_equal(one.affine, other.affine))
    if isinstance(one, LabelMap):
        return is_alike(one.grid, other.grid) and all(getattr(one, n) == getattr(other, n) for n in OF_A_MAP)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(is_alike(a, b) for a, b in zip(one, other, strict=True))
    if is_dataclass(one):
        return all(is_alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    return bool(one == other)
