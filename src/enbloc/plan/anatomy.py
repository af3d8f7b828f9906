"""What runs beside which levels, and which way the sides lie: the anatomy that several operations share."""

from __future__ import annotations

from collections.abc import Collection

from enbloc.case.anatomy import Level, Side, Structure, StructureKind

SIGNS = {Side.LEFT: 1.0, Side.RIGHT: -1.0}
"""Of x: in the patient's frame and in that of every vertebra it grows to the left."""

NECK = tuple(Level)[: list(Level).index(Level.T1)]
TRUNK = frozenset(level for level in Level if level.value[0] in "TL")
SACRAL = frozenset({Level.S1, Level.S2, Level.S3, Level.S4, Level.S5, Level.CO})
BESIDE_VERTEBRAL_ARTERIES = frozenset({*NECK, Level.T1})  # they enter the neck in front of T1

GREAT_VESSELS = (Structure(kind=StructureKind.AORTA), Structure(kind=StructureKind.VENA_CAVA))
VERTEBRAL_ARTERIES = tuple(Structure(kind=StructureKind.VERTEBRAL_ARTERY, side=side) for side in Side)
VESSELS = (*GREAT_VESSELS, *VERTEBRAL_ARTERIES)
"""The vessels that a label can show and that neither blade nor specimen nor instrument may come near to."""


def vessels_beside(levels: Collection[Level]) -> tuple[Structure, ...]:
    """Those of the vessels that run beside any of the levels.

    Examples
    --------
    >>> [str(one) for one in vessels_beside([Level.T8])]
    ['aorta', 'vena cava']
    """
    held = set(levels)
    great = GREAT_VESSELS if held & TRUNK else ()
    return (*great, *(VERTEBRAL_ARTERIES if held & BESIDE_VERTEBRAL_ARTERIES else ()))
