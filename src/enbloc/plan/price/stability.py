"""What no longer holds the column once the pieces are out: which columns, joints and discs are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from enbloc.case.anatomy import Level, Part, in_order
from enbloc.plan.price.around import DiscTaken
from enbloc.plan.price.bone import BoneTaken, JointTaken
from enbloc.plan.price.ligaments import Ligaments
from enbloc.plan.price.opening import Unopened
from enbloc.plan.price.taking import Gone, Taking
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
    ligaments: Ligaments = Ligaments()
    posterior: tuple[BoneTaken, ...] = ()  # pedicles and laminae
    unknown: tuple[Level, ...] = ()  # of which bone goes, without a frame to tell its parts by
    unopened: tuple[Unopened, ...] = ()

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
        yield from (f"{ligament}" for ligament in self.ligaments.taken)
        for level in self.unknown:
            yield f"{level}: bone goes, of which part cannot be told"
        yield from (f"{one}" for one in self.unopened)


def stability_left(
    taking: Taking,
    bone: Sequence[BoneTaken],
    joints: Sequence[JointTaken],
    discs: Sequence[DiscTaken],
    ligaments: Ligaments,
) -> Stability:
    """What is gone of the columns, from what the operation takes of the bone."""
    bodies = tuple(one.level for one in bone if one.part is Part.BODY)
    through = tuple(level for level in bodies if (gone := taking.gone(level)) is not None and _is_through(gone))
    untold = (one.level for one in bone if one.part is None and one.level not in taking.ground.parts)
    return Stability(
        cut_through=through,
        narrowed=tuple(level for level in bodies if level not in through),
        discs=tuple(discs),
        joints=tuple(joints),
        ligaments=ligaments,
        posterior=tuple(one for one in bone if one.part in (Part.PEDICLE, Part.LAMINA)),
        unknown=in_order(untold),
        unopened=taking.unopened,
    )


def _is_through(gone: Gone) -> bool:
    """Whether at some height between the ends of a body no bone of it is left, if cuts lie half a voxel out."""
    one = gone.block.one
    assert one is not None  # its body is told apart
    mine = gone.block.body
    heights, lost = one.own_mm[mine, 2], gone.lost(1.0)[mine]
    within = (heights >= one.low_mm) & (heights <= one.high_mm)
    step = 2.0 * one.error_mm(2)
    slab = np.floor((heights[within] - one.low_mm) / step).astype(np.intp)
    return bool(set(slab.tolist()) - set(slab[~lost[within]].tolist()))
