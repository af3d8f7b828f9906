"""The ligaments that go: none has a label, so each is inferred from the bone that holds it, and says from which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from enbloc.case.anatomy import Level, Part, Side
from enbloc.measure.spine.heights import is_sacral
from enbloc.plan.price.bone import BoneTaken, JointTaken
from enbloc.plan.price.roots import between, foramina
from enbloc.plan.price.taking import Gone, Taking
from enbloc.value import value


class Ligament(Enum):
    """A ligament of the column, or several that run together."""

    ANTERIOR_LONGITUDINAL = "anterior longitudinal ligament"
    POSTERIOR_LONGITUDINAL = "posterior longitudinal ligament"
    FLAVUM = "ligamentum flavum"
    SPINOUS = "interspinous and supraspinous ligaments"
    CAPSULE = "capsule of the facet joint"


@value
class LigamentTaken:
    """A ligament that loses bone that holds it, in all or in part: inferred, with its ``basis``.

    It runs from ``above`` to ``below``: one level where it runs over one body; none for a vertebra without a label.
    ``is_certain`` if some of that bone goes wherever within half a voxel the cuts lie. What is left of it, and what
    that still holds, is not told.
    """

    ligament: Ligament
    above: Level | None
    below: Level | None
    side: Side | None
    basis: str
    is_certain: bool

    def __str__(self) -> str:
        where = str(self.above) if self.above is self.below else between(self.above, self.below)
        side = f" {self.side.value}" if self.side else ""
        doubt = "" if self.is_certain else ", not certain"
        return f"{self.ligament.value} {where}{side} (inferred: {self.basis}{doubt})"


@value
class Ligaments:
    """The ligaments that go, and the levels of which bone goes that cannot tell theirs, head to foot."""

    taken: tuple[LigamentTaken, ...] = ()
    unknown: tuple[Level, ...] = ()


def ligaments_taken(taking: Taking, bone: Sequence[BoneTaken], joints: Sequence[JointTaken]) -> Ligaments:
    """What goes of the ligaments, told by walls of bodies, laminae, spinous processes and joints."""
    held = {(one.level, one.part, one.side): one for one in bone}
    taken = [one for level in taking.levels for one in _longitudinal(level, taking.gone(level))]
    for above, below in foramina(taking.ground.levels):
        if above is None or not is_sacral(above):
            for side in Side:
                ends = [held.get((level, Part.LAMINA, side)) for level in (above, below) if level is not None]
                taken += _between(Ligament.FLAVUM, above, below, side, ends)
            ends = [held.get((level, Part.SPINOUS_PROCESS, None)) for level in (above, below) if level is not None]
            taken += _between(Ligament.SPINOUS, above, below, None, ends)
    taken += [_capsule(joint) for joint in joints]
    return Ligaments(taken=tuple(taken), unknown=tuple(_untold(taking)))


def _longitudinal(level: Level, gone: Gone | None) -> Iterator[LigamentTaken]:
    """Those over a body that loses some of its front or back wall, as one that is cut through does of both."""
    if gone is None or not level.has_body:
        return
    for ligament, wall, words in (
        (Ligament.ANTERIOR_LONGITUDINAL, gone.block.front, "front"),
        (Ligament.POSTERIOR_LONGITUDINAL, gone.block.back, "back"),
    ):
        if gone.lost(1.0)[wall].any():
            yield LigamentTaken(
                ligament=ligament,
                above=level,
                below=level,
                side=None,
                basis=f"bone of the {words} wall of the body of {level} goes",
                is_certain=bool(gone.lost(-1.0)[wall].any()),
            )


def _between(
    ligament: Ligament, above: Level | None, below: Level | None, side: Side | None, ends: Sequence[BoneTaken | None]
) -> Iterator[LigamentTaken]:
    """The ligament between two arches, if one of these loses bone that holds it."""
    losing = [end for end in ends if end is not None]
    if losing:
        named = " and ".join(end.name for end in losing)
        yield LigamentTaken(
            ligament=ligament,
            above=above,
            below=below,
            side=side,
            basis=f"bone of {named} goes",
            is_certain=any(end.percent_interval.low > 0.0 for end in losing),
        )


def _capsule(joint: JointTaken) -> LigamentTaken:
    return LigamentTaken(
        ligament=Ligament.CAPSULE,
        above=joint.above,
        below=joint.below,
        side=joint.side,
        basis="bone of the joint goes",
        is_certain=joint.interval.low > 0.0,
    )


def _untold(taking: Taking) -> Iterator[Level]:
    """The levels whose bone goes without parts to tell ligaments by, or without a body that these run over."""
    opened = {one.level for one in taking.unopened}
    for level in taking.ground.levels:
        gone = taking.gone(level)
        has_parts = level in taking.ground.parts and level.has_body
        if level in opened or (gone is not None and not has_parts):
            yield level
