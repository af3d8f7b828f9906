"""What no longer holds the column once the pieces are out: which columns, joints and discs are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from enbloc.case.anatomy import Level, Part, Side
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.parts import code
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.cutting.piece import Bools, Piece, takes
from enbloc.plan.price.around import DiscTaken
from enbloc.plan.price.bone import BoneTaken, JointTaken
from enbloc.value import value


@value
class Stability:
    """What is gone; ``cut_through`` are bodies without any bone left at some height, ``narrowed`` those with less.

    Nothing here says that what is left holds: no share of a body or joint is called enough.
    """

    cut_through: tuple[Level, ...] = ()
    narrowed: tuple[Level, ...] = ()
    discs: tuple[DiscTaken, ...] = ()
    joints: tuple[JointTaken, ...] = ()
    posterior: tuple[BoneTaken, ...] = ()  # pedicles and laminae
    unknown: tuple[Level, ...] = ()  # of which bone goes, without a frame to tell its parts by

    @property
    def to_reconstruct(self) -> tuple[str, ...]:
        """What has to be bridged or fixed, or judged by the surgeon, a line each; nothing if nothing is gone."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[str]:
        for level in self.cut_through:
            yield f"front of the column cut through at {level}: to be bridged"
        for level in self.narrowed:
            yield f"body of {level} in part gone: whether the rest bears load is for the surgeon to judge"
        yield from (f"{disc}: no longer joins its bodies as it did" for disc in self.discs)
        yield from (f"{joint}" for joint in self.joints)
        yield from (f"{bone}" for bone in self.posterior)
        for level in self.unknown:
            yield f"{level}: bone goes, of which part cannot be told"


def stability_left(
    pieces: Sequence[Piece],
    column: Column,
    bone: Sequence[BoneTaken],
    joints: Sequence[JointTaken],
    discs: Sequence[DiscTaken],
) -> Stability:
    """What is gone of the columns, from what pieces take of the bone."""
    bodies = tuple(one.level for one in bone if one.part is Part.BODY)
    through = tuple(level for level in bodies if _is_through(pieces, column.spine[level], column))
    return Stability(
        cut_through=through,
        narrowed=tuple(level for level in bodies if level not in through),
        discs=tuple(discs),
        joints=tuple(joints),
        posterior=tuple(one for one in bone if one.part in (Part.PEDICLE, Part.LAMINA)),
        unknown=tuple(one.level for one in bone if one.part is None and one.level not in column.parts),
    )


def _is_through(pieces: Sequence[Piece], one: Vertebra, column: Column) -> bool:
    """Whether at some height between the ends of a body no bone of it is left, if cuts lie half a voxel out."""
    mine = _body(column, one.level)
    heights = one.own_mm[mine, 2]
    lost = takes(pieces, one.crop.points_mm[mine], one.crop.grid, way=1.0)
    within = (heights >= one.low_mm) & (heights <= one.high_mm)
    step = 2.0 * one.error_mm(2)
    slab = np.floor((heights[within] - one.low_mm) / step).astype(np.intp)
    return bool(set(slab.tolist()) - set(slab[~lost[within]].tolist()))


def _body(column: Column, level: Level) -> Bools:
    """Which voxels of a vertebra are of its body, with the bone at which ribs meet it."""
    one = column.spine[level]
    codes = column.parts[level].codes[one.crop.mask > 0]
    ribs = [code(Part.COSTOVERTEBRAL, side) for side in Side]
    at_rib = np.isin(codes, ribs) & (one.own_mm[:, 1] < one.back_mm)
    return np.asarray((codes == code(Part.BODY)) | at_rib)
