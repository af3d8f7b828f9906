"""From the sectors that a tumour involves to the sectors that are irradiated: a pure map, the same for either side.

Ten sets are printed. Every other set gets the union of what its single sectors get, so that each of the 63 sets has a
target and none is left out.
"""

from __future__ import annotations

from enbloc.case.anatomy import Side
from enbloc.case.fact import BodySpread
from enbloc.case.table import CoxSector
from enbloc.value import value

BODY = CoxSector.BODY
LEFT_PEDICLE, RIGHT_PEDICLE = CoxSector.PEDICLE_LEFT, CoxSector.PEDICLE_RIGHT
LEFT_ARCH, RIGHT_ARCH = CoxSector.TRANSVERSE_LEFT, CoxSector.TRANSVERSE_RIGHT
SPINOUS = CoxSector.SPINOUS
EVERY_SECTOR: tuple[CoxSector, ...] = tuple(CoxSector)

Sectors = frozenset[CoxSector]


@value
class Target:
    """The sectors to irradiate, those that sources leave to choice, and transverse processes without their lamina."""

    sectors: Sectors
    optional: Sectors = frozenset()
    transverse: frozenset[Side] = frozenset()

    def __or__(self, other: Target) -> Target:
        """Both together; what either asks for is not optional."""
        sectors = self.sectors | other.sectors
        return Target(
            sectors=sectors,
            optional=(self.optional | other.optional) - sectors,
            transverse=self.transverse | other.transverse,
        )

    @property
    def words(self) -> str:
        """The target in words, by the number of its sectors."""
        listed = ", ".join(one.value for one in EVERY_SECTOR if one in self.sectors)
        whole = {Side.LEFT: LEFT_ARCH, Side.RIGHT: RIGHT_ARCH}
        sides = [side for side in Side if side in self.transverse and whole[side] not in self.sectors]
        extra = [f"{side.value} transverse process" for side in sides]
        maybe = ", ".join(one.value for one in EVERY_SECTOR if one in self.optional)
        return " with ".join(filter(None, (listed, " and ".join(extra)))) + (f"; optional: {maybe}" if maybe else "")


def _of(*sectors: CoxSector, optional: tuple[CoxSector, ...] = ()) -> Target:
    return Target(sectors=frozenset(sectors), optional=frozenset(optional))


BOTH_SIDES = _of(BODY, LEFT_PEDICLE, LEFT_ARCH, RIGHT_ARCH, RIGHT_PEDICLE, optional=(SPINOUS,))

PRINTED: dict[Sectors, Target] = {
    frozenset({BODY}): _of(BODY),
    frozenset({BODY, LEFT_PEDICLE}): _of(BODY, LEFT_PEDICLE, LEFT_ARCH),
    frozenset({BODY, RIGHT_PEDICLE}): _of(BODY, RIGHT_ARCH, RIGHT_PEDICLE),
    frozenset({BODY, LEFT_PEDICLE, RIGHT_PEDICLE}): BOTH_SIDES,
    frozenset({BODY, LEFT_PEDICLE, LEFT_ARCH, RIGHT_ARCH, RIGHT_PEDICLE}): BOTH_SIDES,
    frozenset({LEFT_PEDICLE}): _of(LEFT_PEDICLE, LEFT_ARCH, optional=(BODY,)),
    frozenset({RIGHT_PEDICLE}): _of(RIGHT_ARCH, RIGHT_PEDICLE, optional=(BODY,)),
    frozenset({LEFT_ARCH}): _of(LEFT_PEDICLE, LEFT_ARCH, SPINOUS),
    frozenset({RIGHT_ARCH}): _of(SPINOUS, RIGHT_ARCH, RIGHT_PEDICLE),
    frozenset({SPINOUS}): _of(LEFT_ARCH, SPINOUS, RIGHT_ARCH),
}
"""The printed sets, CTV-01 to CTV-09."""

SPREAD: dict[BodySpread, Target] = {
    BodySpread.CENTRAL: _of(BODY),
    BodySpread.LEFT: Target(sectors=frozenset({BODY, LEFT_PEDICLE}), transverse=frozenset({Side.LEFT})),
    BodySpread.RIGHT: Target(sectors=frozenset({BODY, RIGHT_PEDICLE}), transverse=frozenset({Side.RIGHT})),
    BodySpread.DIFFUSE: Target(
        sectors=frozenset({BODY, LEFT_PEDICLE, RIGHT_PEDICLE}), transverse=frozenset({Side.LEFT, Side.RIGHT})
    ),
}


def target(tumour: Sectors, spread: BodySpread | None = None) -> Target:
    """The target of a set of sectors; ``spread`` says where in the body the tumour lies, if it is known.

    An empty set has an empty target.

    Examples
    --------
    >>> target(frozenset({LEFT_PEDICLE})).words
    '2 left pedicle, 3 left transverse process and lamina; optional: 1 body'
    """
    found = PRINTED.get(tumour) or _union(tumour)
    return found | SPREAD[spread] if spread is not None and BODY in tumour else found


def _union(tumour: Sectors) -> Target:
    found = _of()
    for sector in EVERY_SECTOR:
        if sector in tumour:
            found |= PRINTED[frozenset({sector})]
    return found


def is_all_round(tumour: Sectors, *, epidural: bool) -> bool:
    """Whether a target all round the cord is called for: body, both sides and spinous process, or extensive epidural.

    ``epidural`` is whether the epidural tumour is extensive.
    """
    left, right = {LEFT_PEDICLE, LEFT_ARCH} & tumour, {RIGHT_PEDICLE, RIGHT_ARCH} & tumour
    return epidural or bool(BODY in tumour and left and right and SPINOUS in tumour)


_MIRROR = {LEFT_PEDICLE: RIGHT_PEDICLE, LEFT_ARCH: RIGHT_ARCH, RIGHT_PEDICLE: LEFT_PEDICLE, RIGHT_ARCH: LEFT_ARCH}


def mirrored(tumour: Sectors) -> Sectors:
    """The same sectors on the other side.

    Examples
    --------
    >>> mirrored(frozenset({LEFT_PEDICLE})) == {RIGHT_PEDICLE}
    True
    """
    return frozenset(_MIRROR.get(one, one) for one in tumour)
