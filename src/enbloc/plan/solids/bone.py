"""The bone around a lesion as a closed solid that is kept, so that a plane that is dragged cuts it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.bone import Bone, bone_of
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.opening import Opening
from enbloc.plan.solids.fate import Fate, opened_mask
from enbloc.plan.solids.mesh import Solid, solid_of
from enbloc.plan.solids.regions import held_by, room, taken_by, way_of

_BEYOND = 2  # voxels that the room of opened parts reaches out of the bone, so that its own surface cuts nothing off


@dataclass(frozen=True, eq=False, kw_only=True)
class Cutout:
    """One part of the cut bone: what becomes of it, the ``piece`` and ``cut`` that it is of, and its ``solid``."""

    fate: Fate
    solid: Solid
    piece: str = ""
    cut: str = ""

    @property
    def volume_mm3(self) -> float:
        return float(self.solid.volume())


@dataclass(frozen=True, eq=False, kw_only=True)
class BoneSolid:
    """The bone of some ``levels`` as one closed ``solid``, made once and cut as often as planes move."""

    column: Column
    levels: tuple[Level, ...]
    bone: Bone
    solid: Solid
    space: Solid
    _rooms: dict[tuple[Opening, ...], Solid] = field(default_factory=dict, init=False, repr=False)

    @property
    def volume_mm3(self) -> float:
        return float(self.solid.volume())

    def cut(
        self, pieces: Sequence[Piece], openings: Sequence[Opening] = (), *, blades_apart: bool = True
    ) -> tuple[Cutout, ...]:
        """The specimens, what each blade takes, what is opened and what remains; nothing is left out or told twice.

        What one piece holds is specimen also where the blade of another would run, and what two blades take is the
        first one's. Without ``blades_apart`` all blades are one part, which is faster. Empty parts are left out, but
        for what remains, which stands last.
        """
        taken, rest = self.solid.split(taken_by(pieces, self.space))
        found = list(self._taken(pieces, taken, blades_apart))
        if openings:
            opened, rest = rest.split(self._room_of(tuple(openings)))
            found.append(Cutout(fate=Fate.OPENED, solid=opened))
        return (*(one for one in found if not one.solid.is_empty()), Cutout(fate=Fate.REMAINING, solid=rest))

    def _taken(self, pieces: Sequence[Piece], taken: Solid, blades_apart: bool) -> Iterator[Cutout]:
        for piece in pieces:
            held, taken = taken.split(held_by(piece, self.space))
            yield Cutout(fate=Fate.SPECIMEN, solid=held, piece=piece.name)
        blades = [(piece, cut) for piece in pieces for cut in piece.cuts] if blades_apart else []
        for piece, cut in blades[:-1]:
            lost, taken = taken.split(way_of(piece, cut, self.space))
            yield Cutout(fate=Fate.BLADE, solid=lost, piece=piece.name, cut=cut.name)
        # What the others left is the last one's: a split that leaves nothing would only cost time.
        last = (blades[-1][0].name, blades[-1][1].name) if blades else ("", "")
        yield Cutout(fate=Fate.BLADE, solid=taken, piece=last[0], cut=last[1])

    def opened(self, openings: tuple[Opening, ...]) -> tuple[Solid, Solid]:
        """What openings alone take of the bone, and what they leave."""
        opened, rest = self.solid.split(self._room_of(openings)) if openings else (type(self.solid)(), self.solid)
        return opened, rest

    def _room_of(self, openings: tuple[Opening, ...]) -> Solid:
        if openings not in self._rooms:
            mask = opened_mask(self.column, self.bone, openings)
            a, b, c = (slice(-_BEYOND, size + _BEYOND) for size in mask.shape)
            self._rooms[openings] = solid_of(_nearest(mask, self.bone.mask & ~mask), self.bone.grid.cropped((a, b, c)))
        return self._rooms[openings]


def bone_solid(column: Column, levels: Sequence[Level], lesion: str) -> BoneSolid:
    """The bone of some levels, ready to be cut.

    Raises
    ------
    RecordError
        If a level is not labelled, or the levels are drawn on different grids.
    """
    bone = bone_of(column.images, levels, lesion)
    made = solid_of(bone.mask, bone.grid)
    corners = np.array(made.bounding_box())
    space = room(corners[:3], corners[3:])
    return BoneSolid(column=column, levels=tuple(levels), bone=bone, solid=made, space=space)


def _nearest(opened: NDArray[np.bool_], other: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The voxels of ``opened`` and those outside of the bone that lie near it and nearer to it than to ``other``.

    Both edges of the array are widened by what it reaches out.
    """
    from scipy.ndimage import distance_transform_edt

    mine, others = np.pad(opened, _BEYOND), np.pad(other, _BEYOND)
    if not mine.any():
        return mine
    near = np.asarray(distance_transform_edt(~mine))
    far = np.asarray(distance_transform_edt(~others)) if others.any() else np.full(mine.shape, np.inf)
    return np.asarray(mine | ((near <= _BEYOND) & (near < far) & ~others))
