"""Among cuts that take as little bone as was proved possible, those that leave more of what should rather stay.

Facets, for one: an operation may take them, and is the better the fewer it takes. Bone and facets are never weighed
against each other. The cuts turn about where they were found, one after the other, as long as all of them together
stay within the tolerance of the bound. Of those that are left the straighter are taken, nearer to the axes of their
cones: through a disc every tilt takes as little bone, and a surgeon cuts along it.
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

STRAIGHT = 20  # directions are tried on so many steps towards the axis of a cone
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

    def straighten(self) -> bool:
        """Turn each cut towards the axis of its cone as far as no more is taken; whether one turned."""
        turned = [self._straightened(at) for at in range(len(self.asked))]  # every one of them
        return any(turned)

    def _straightened(self, at: int) -> bool:
        asked, placed = self.asked[at], self.places[at]
        shares = np.linspace(0.0, 1.0, STRAIGHT + 1)[:, None]
        normals = (1.0 - shares) * np.array(asked.role.cone.axis) + shares * placed.normal
        normals = np.ascontiguousarray(normals / np.linalg.norm(normals, axis=1)[:, None])
        removed, lost, barred = self._tried(at, normals)
        allowed = (removed <= self.most) & (lost <= lost[-1]) & ~barred
        best = int(np.argmax(allowed))  # the first, nearest to the axis
        if not allowed[best] or best == STRAIGHT:
            return False
        self._turn(at, normals[best])
        return True

    def _tried(self, at: int, normals: Floats) -> tuple[Counts, Counts, Mask]:
        """For each direction of one cut: what is removed, what of it should rather stay, and whether it is barred."""
        asked, open_ = self.asked[at], self._beside(at)
        further = np.full(len(normals), self.places[at].further_mm)
        task, marked = asked.task(open_.astype(np.uint8)), asked.task((open_ & self.spared).astype(np.uint8))
        self.planes += len(normals)
        barred = task.is_barred(normals, further) if task.barred.total else np.zeros(len(normals), np.bool_)
        return task.removed(normals, further), marked.removed(normals, further), barred

    def _turn(self, at: int, normal: Floats) -> None:
        self.places[at] = Placed(normal=normal, further_mm=self.places[at].further_mm)
        self.held[at] = self._held(at)

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
        removed, lost, barred = self._tried(at, normals)
        allowed = (removed <= self.most) & (lost < lost[0]) & ~barred
        if not allowed.any():
            return False
        self._turn(at, normals[min(np.flatnonzero(allowed), key=lambda one: (lost[one], removed[one], one))])
        return True


def _about(normal: Floats, turn: float, cone: Cone) -> Floats:
    """Directions of the cone within ``turn`` of one of them, shape (k, 3)."""
    found = grid_of_normals(Cone(axis=triple(normal), half_angle=turn), turn / RINGS)[1:]
    return found[cone.holding(found)]
