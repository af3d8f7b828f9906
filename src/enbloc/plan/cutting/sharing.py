"""How little several cuts together can remove: bone that more than one of them could keep is shared out between them.

Each voxel of bone is granted in part before the cuts are chosen, whoever keeps it, and each cut that keeps it earns the
rest. However the parts are set, grants and earnings add up to no less than the bone that is kept: a voxel that some cut
keeps is paid in full at least, and one that none keeps costs nothing. So the sum of the most that each cut can earn,
which one search for each proves, is a bound for all of them together. Then the parts are set anew, so that the bound
rises: more is granted of what two cuts keep, less of what none does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.plane import Asked
from enbloc.plan.cutting.search import Found, Placed, search
from enbloc.plan.cutting.sides import Side

Ints = NDArray[np.int64]

WHOLE = 64  # parts of a voxel


@dataclass(frozen=True, eq=False, kw_only=True)
class Round:
    """What one setting of the parts proves, ``least`` voxels removed, and the cuts that would earn most by it."""

    least: int
    places: tuple[Placed, ...]
    planes: int


@dataclass(kw_only=True)
class Sharing:
    """The parts ``granted`` of each voxel of bone, shape (n,), on the tumour's side of the ``fixed`` cuts.

    ``tolerance`` is that of all the searches of a round together, voxels; ``budget`` is that of each of them.
    """

    bone: Bone
    asked: Sequence[Asked]
    fixed: Sequence[Side]
    tolerance: float
    budget: int
    granted: Ints = field(init=False)
    step: int = WHOLE // 2
    best: int = -1

    def begin(self, places: Sequence[Placed]) -> None:
        """Grant what two of these cuts keep, nothing of what none keeps, and half of the rest."""
        self.granted = np.clip(WHOLE // 2 * self._keeping(places), 0, WHOLE)

    def proved(self, places: Sequence[Placed]) -> Round:
        """The bound that the parts prove, by searches that begin at ``places``; the parts are then set anew."""
        open_ = self.bone.inside(self.fixed)
        parts = np.where(open_, WHOLE - self.granted, 0).astype(np.uint8)
        found = [self._earning(asked, parts, placed) for asked, placed in zip(self.asked, places, strict=True)]
        all_ = int(parts.sum(dtype=np.int64))
        kept = int(self.granted[open_].sum()) + sum(all_ - one.least for one in found)
        least = -((kept - WHOLE * int(open_.sum())) // WHOLE)  # rounded up: voxels are removed whole
        best = tuple(one.placed for one in found if one.placed is not None)
        self._set_anew(best, least)
        return Round(least=least, places=best, planes=sum(one.planes for one in found))

    def _earning(self, asked: Asked, parts: NDArray[np.uint8], start: Placed) -> Found:
        tolerance = WHOLE * self.tolerance / len(self.asked)
        return search(asked.task(parts), tolerance=tolerance, budget=self.budget, start=start)

    def _set_anew(self, places: Sequence[Placed], least: int) -> None:
        """Grant a step more of what two cuts keep and less of what none does; halve the step where nothing was won."""
        if least <= self.best:
            self.step //= 2
        self.best = max(self.best, least)
        change = self.step * np.sign(self._keeping(places) - 1)
        self.granted = np.clip(self.granted + change, 0, WHOLE)

    def _keeping(self, places: Sequence[Placed]) -> Ints:
        """How many of the cuts keep each voxel of bone, shape (n,)."""
        keeping = np.zeros(len(self.bone.indices), np.int64)
        for asked, placed in zip(self.asked, places, strict=True):
            keeping += ~self.bone.inside((asked.side(placed),))
        return keeping
