"""Nerve roots and segmental arteries, each with its side in its word: a level alone could be mirrored."""

from __future__ import annotations

from enum import Enum

from enbloc.case.anatomy import Level, Side


class Root(Enum):
    """A nerve root. There are eight in the neck and one of the coccyx; T13 and L6 are present in some people.

    Examples
    --------
    >>> Root("T8 left").nerve, Root("T8 left").mirrored.value
    ('T8', 'T8 right')
    """

    C1_LEFT = "C1 left"
    C1_RIGHT = "C1 right"
    C2_LEFT = "C2 left"
    C2_RIGHT = "C2 right"
    C3_LEFT = "C3 left"
    C3_RIGHT = "C3 right"
    C4_LEFT = "C4 left"
    C4_RIGHT = "C4 right"
    C5_LEFT = "C5 left"
    C5_RIGHT = "C5 right"
    C6_LEFT = "C6 left"
    C6_RIGHT = "C6 right"
    C7_LEFT = "C7 left"
    C7_RIGHT = "C7 right"
    C8_LEFT = "C8 left"
    C8_RIGHT = "C8 right"
    T1_LEFT = "T1 left"
    T1_RIGHT = "T1 right"
    T2_LEFT = "T2 left"
    T2_RIGHT = "T2 right"
    T3_LEFT = "T3 left"
    T3_RIGHT = "T3 right"
    T4_LEFT = "T4 left"
    T4_RIGHT = "T4 right"
    T5_LEFT = "T5 left"
    T5_RIGHT = "T5 right"
    T6_LEFT = "T6 left"
    T6_RIGHT = "T6 right"
    T7_LEFT = "T7 left"
    T7_RIGHT = "T7 right"
    T8_LEFT = "T8 left"
    T8_RIGHT = "T8 right"
    T9_LEFT = "T9 left"
    T9_RIGHT = "T9 right"
    T10_LEFT = "T10 left"
    T10_RIGHT = "T10 right"
    T11_LEFT = "T11 left"
    T11_RIGHT = "T11 right"
    T12_LEFT = "T12 left"
    T12_RIGHT = "T12 right"
    T13_LEFT = "T13 left"
    T13_RIGHT = "T13 right"
    L1_LEFT = "L1 left"
    L1_RIGHT = "L1 right"
    L2_LEFT = "L2 left"
    L2_RIGHT = "L2 right"
    L3_LEFT = "L3 left"
    L3_RIGHT = "L3 right"
    L4_LEFT = "L4 left"
    L4_RIGHT = "L4 right"
    L5_LEFT = "L5 left"
    L5_RIGHT = "L5 right"
    L6_LEFT = "L6 left"
    L6_RIGHT = "L6 right"
    S1_LEFT = "S1 left"
    S1_RIGHT = "S1 right"
    S2_LEFT = "S2 left"
    S2_RIGHT = "S2 right"
    S3_LEFT = "S3 left"
    S3_RIGHT = "S3 right"
    S4_LEFT = "S4 left"
    S4_RIGHT = "S4 right"
    S5_LEFT = "S5 left"
    S5_RIGHT = "S5 right"
    CO_LEFT = "Co left"
    CO_RIGHT = "Co right"

    def __str__(self) -> str:
        return self.value

    @property
    def nerve(self) -> str:
        """The root without its side."""
        return self.value.split()[0]

    @property
    def side(self) -> Side:
        return Side(self.value.split()[1])

    @property
    def mirrored(self) -> Root:
        """The same root of the other side."""
        return root(self.nerve, _OTHER[self.side])


class SegmentalArtery(Enum):
    """A segmental artery of the thoracic or lumbar spine; T13 and L6 are present in some people."""

    T1_LEFT = "T1 left"
    T1_RIGHT = "T1 right"
    T2_LEFT = "T2 left"
    T2_RIGHT = "T2 right"
    T3_LEFT = "T3 left"
    T3_RIGHT = "T3 right"
    T4_LEFT = "T4 left"
    T4_RIGHT = "T4 right"
    T5_LEFT = "T5 left"
    T5_RIGHT = "T5 right"
    T6_LEFT = "T6 left"
    T6_RIGHT = "T6 right"
    T7_LEFT = "T7 left"
    T7_RIGHT = "T7 right"
    T8_LEFT = "T8 left"
    T8_RIGHT = "T8 right"
    T9_LEFT = "T9 left"
    T9_RIGHT = "T9 right"
    T10_LEFT = "T10 left"
    T10_RIGHT = "T10 right"
    T11_LEFT = "T11 left"
    T11_RIGHT = "T11 right"
    T12_LEFT = "T12 left"
    T12_RIGHT = "T12 right"
    T13_LEFT = "T13 left"
    T13_RIGHT = "T13 right"
    L1_LEFT = "L1 left"
    L1_RIGHT = "L1 right"
    L2_LEFT = "L2 left"
    L2_RIGHT = "L2 right"
    L3_LEFT = "L3 left"
    L3_RIGHT = "L3 right"
    L4_LEFT = "L4 left"
    L4_RIGHT = "L4 right"
    L5_LEFT = "L5 left"
    L5_RIGHT = "L5 right"
    L6_LEFT = "L6 left"
    L6_RIGHT = "L6 right"

    def __str__(self) -> str:
        return self.value

    @property
    def level(self) -> Level:
        return Level(self.value.split()[0])

    @property
    def side(self) -> Side:
        return Side(self.value.split()[1])

    @property
    def mirrored(self) -> SegmentalArtery:
        """The artery of the same level on the other side."""
        return SegmentalArtery(f"{self.level} {_OTHER[self.side].value}")


_OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}

NERVES: tuple[str, ...] = tuple(dict.fromkeys(each.nerve for each in Root))
"""Every nerve root without its side, from the neck down."""


def root(nerve: str, side: Side) -> Root:
    """The root of this name and side."""
    return Root(f"{nerve} {side.value}")
