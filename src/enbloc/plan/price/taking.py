"""One operation laid over a column: which points its pieces take, and which bone is opened; each vertebra once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from enbloc.case.anatomy import Level
from enbloc.plan.cutting.piece import Bools, Loss, Piece, takes
from enbloc.plan.price.ground import Block, Cloud, Ground
from enbloc.plan.price.opening import Opening, Unopened


@dataclass(frozen=True, eq=False, kw_only=True)
class Gone:
    """What goes of one vertebra, voxel by voxel: ``pieces`` is what pieces take, ``opened`` what only openings do."""

    block: Block
    pieces: Loss
    opened: Bools

    @property
    def is_cut(self) -> bool:
        """Whether a piece may take some of it."""
        return bool(self.pieces.most.any())

    def lost(self, way: float = 0.0) -> Bools:
        """Which voxels go one way or other; with ``way`` 1 as if every cut lay half a voxel out, with -1 in."""
        loss = self.pieces
        # What is opened goes wherever the cuts lie: where they lie further in, it is taken piecemeal.
        return np.asarray((loss.now if way == 0.0 else loss.most if way > 0.0 else loss.least) | self.opened)


@dataclass(frozen=True, eq=False, kw_only=True)
class Taking:
    """The pieces and the openings of one operation on the ground of its column."""

    pieces: tuple[Piece, ...]
    openings: tuple[Opening, ...]
    ground: Ground
    _gone: dict[Level, Gone | None] = field(default_factory=dict, init=False, repr=False)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The labelled levels of which bone goes, head to foot."""
        return tuple(level for level in self.ground.levels if self.gone(level) is not None)

    def gone(self, level: Level) -> Gone | None:
        """What goes of a labelled vertebra, if anything may."""
        if level not in self._gone:
            self._gone[level] = self._of(self.ground.block(level))
        return self._gone[level]

    def cut(self, level: Level) -> Gone | None:
        """What goes of a labelled vertebra, if a piece may take some of it."""
        found = self.gone(level)
        return found if found is not None and found.is_cut else None

    def taken(self, cloud: Cloud, *, way: float = 0.0) -> Bools:
        """Which of the points pieces take; with ``way`` 1 if every cut lies half a voxel further out, with -1 in."""
        return takes(self._near(cloud), cloud.points_mm, cloud.grid, way=way)

    def meets(self, cloud: Cloud) -> bool:
        """Whether pieces take any of the points if every cut lies half a voxel further out."""
        return bool(self.taken(cloud, way=1.0).any())

    def surely_meets(self, cloud: Cloud) -> bool:
        """Whether they do if every cut lies half a voxel further in."""
        return bool(self.taken(cloud, way=-1.0).any())

    @property
    def unopened(self) -> tuple[Unopened, ...]:
        """The openings of which nobody can tell what they take."""
        told = ((one, self._why_not(one)) for one in self.openings)
        return tuple(Unopened(opening=one, why=why) for one, why in told if why)

    def _why_not(self, opening: Opening) -> str:
        if opening.level not in self.ground.levels:
            return "it is not labelled"
        block = self.ground.block(opening.level)
        if block.parts is None:
            return "its label has no frame to tell its parts by"
        if not any(block.of(*one).any() for one in opening.parts):
            return "its label shows none of these parts"
        return ""

    def _of(self, block: Block) -> Gone | None:
        pieces = _loss(self._near(block.cloud), block.cloud)
        opened = np.zeros(len(block.cloud.points_mm), np.bool_)
        for opening in self.openings:
            if opening.level is block.crop.level:
                opened |= np.any([block.of(*one) for one in opening.parts], axis=0)
        if not (pieces.most.any() or opened.any()):
            return None
        return Gone(block=block, pieces=pieces, opened=opened)

    def _near(self, cloud: Cloud) -> tuple[Piece, ...]:
        """The pieces that may take something of a box around the points."""
        return tuple(one for one in self.pieces if not one.misses(cloud.corners_mm, cloud.grid))


def _loss(pieces: Sequence[Piece], cloud: Cloud) -> Loss:
    """What several pieces take together."""
    held, least, now, most = np.zeros((4, len(cloud.points_mm)), np.bool_)
    for piece in pieces:
        loss = piece.loss(cloud.points_mm, cloud.grid)
        held |= loss.held
        least |= loss.least
        now |= loss.now
        most |= loss.most
    return Loss(held=held, least=least, now=now, most=most)
