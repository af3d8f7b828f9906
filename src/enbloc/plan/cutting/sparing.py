"""Among cuts that take as little bone as was proved possible, those that leave more of what should rather stay.

Facets, for one: an operation may take them, and is the better the fewer it takes. Bone and facets are never weighed
against each other. The cuts turn about where they were found, one after the other, as long as all of them together
stay within the tolerance of the bound.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import triple
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.cones import Cone, grid_of_normals
from enbloc.plan.cutting.parameters import SPARING_ROUNDS, SPARING_TURN
from enbloc.plan.cutting.plane import Asked
from enbloc.plan.cutting.rows import Floats, Mask
from enbloc.plan.cutting.search import Placed
from enbloc.plan.cutting.sides import Side

RINGS = 3  # directions are tried on so many rings about the present one

Counts = NDArray[np.int64]


@dataclass(kw_only=True)
class Sparing:
    """The ``places`` of all cuts while they turn, ``most`` voxels removed at most; ``spared`` marks bone, shape (n,).

    The result is never worse: where fewer of the marked voxels cannot be had, every cut stays where it is.
    """

    bone: Bone
    asked: Sequence[Asked]
    fixed: Sequence[Side]
    spared: Mask
    most: int
    places: list[Placed]
    planes: int = field(default=0, init=False)
    open_: Mask = field(init=False)
    held: list[Mask] = field(init=False)

    def __post_init__(self) -> None:
        self.open_ = self.bone.inside(self.fixed)
        self.held = [self._held(at) for at in range(len(self.asked))]

    def settle(self) -> None:
        """Turn each cut in turn, and ever less where none wins anything."""
        turn = math.radians(SPARING_TURN.number)
        for _ in range(int(SPARING_ROUNDS.number)):
            won = [self._turned(at, turn) for at in range(len(self.asked))]
            turn = turn if any(won) else turn / 2.0

    def taken(self) -> int:
        """The marked voxels that are removed."""
        return int((self.spared & self._beside(-1)).sum())

    def _held(self, at: int) -> Mask:
        return self.bone.inside((self.asked[at].side(self.places[at]),))

    def _beside(self, at: int) -> Mask:
        """The bone on the tumour's side of all cuts but one, shape (n,)."""
        others = [one for k, one in enumerate(self.held) if k != at]
        return np.asarray(np.logical_and.reduce([self.open_, *others]))

    def _turned(self, at: int, turn: float) -> bool:
        """Take the direction about the present one that spares most, and of those the one that takes least bone."""
        asked, placed = self.asked[at], self.places[at]
        normals = np.concatenate([placed.normal[None], _about(placed.normal, turn, asked.role.cone)])
        further, open_ = np.full(len(normals), placed.further_mm), self._beside(at)
        task, marked = asked.task(open_.astype(np.uint8)), asked.task((open_ & self.spared).astype(np.uint8))
        removed, lost = task.removed(normals, further), marked.removed(normals, further)
        self.planes += len(normals)
        allowed = (removed <= self.most) & (lost < lost[0])
        if task.barred.total:
            allowed &= ~task.is_barred(normals, further)
        if not allowed.any():
            return False
        best = min(np.flatnonzero(allowed), key=lambda one: (lost[one], removed[one], one))
        self.places[at] = Placed(normal=normals[best], further_mm=placed.further_mm)
        self.held[at] = self._held(at)
        return True


def _about(normal: Floats, turn: float, cone: Cone) -> Floats:
    """Directions of the cone within ``turn`` of one of them, shape (k, 3)."""
    found = grid_of_normals(Cone(axis=triple(normal), half_angle=turn), turn / RINGS)[1:]
    return found[cone.holding(found)]
