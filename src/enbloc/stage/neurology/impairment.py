"""The ASIA impairment scale: what both sides, anal contraction and anal pressure come to in every completion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from enbloc.stage.neurology.examination import Cause, SideScores
from enbloc.stage.neurology.levels import INTACT, MUSCLES, MotorLevel
from enbloc.stage.neurology.preserved import below, non_key_level
from enbloc.value import value

MORE_THAN_LEVELS = 3
"""Motor function counts for the impairment scale only more than so many levels below the motor level of its side."""


@value
class Way:
    """One way a side can be: its levels together, and whether S4-5 has sensation."""

    lowest: int  # the upper of its sensory and motor level, as they count for the neurological level
    sacral: bool
    motor: MotorLevel


@value
class Below:
    """What the key muscles of a side can be below a level.

    ``weak`` counts those below 3 though tagged; ``without`` says that a tagged one far below has no function.
    """

    at: bool  # the neurological level is on this side
    sacral: bool
    key: bool  # a key muscle more than three levels below the motor level moves
    non_key: bool
    weak: int
    without: bool


@value
class Grade:
    """A grade that is reached; starred where it rests on a score with another cause."""

    word: str
    starred: bool = False
    by_non_key: bool = False


Counts = dict[Below, tuple[int, int]]
"""For each way, the fewest and most key muscles of 3 or more below the neurological level."""

Halves = frozenset[str]
"""Grades C and D as the strength of half of the key muscles alone allows them, whatever else they ask for."""


def grades(
    sides: tuple[SideScores, SideScores],
    ways: tuple[Iterable[Way], Iterable[Way]],
    contraction: bool,
    pressures: tuple[bool, ...],
) -> tuple[set[Grade], Halves]:
    """Every grade that is reached with or without voluntary anal contraction, and what half of the muscles allow."""
    muscles = [_muscles(side, {way.motor for way in each}) for side, each in zip(sides, ways, strict=True)]
    reached: set[Grade] = set()
    halves: set[str] = set()
    for level in sorted({way.lowest for each in ways for way in each}):
        right, left = (_counts(each, level, held) for each, held in zip(ways, muscles, strict=True))
        for one, some in right.items():
            for other, others in left.items():
                if one.at or other.at:
                    span = some[0] + others[0], some[1] + others[1]
                    halves.update(_halves(level, span))
                    for pressure in pressures:
                        reached.update(_graded(level, one, other, span, contraction, pressure))
    return reached, frozenset(halves)


def _halves(level: int, span: tuple[int, int]) -> Iterator[str]:
    """D if half of the key muscles below a level can have 3 or more, C if fewer can."""
    of = 2 * sum(muscle > level for muscle in MUSCLES)
    if 2 * span[0] < of:
        yield "C"
    if 2 * span[1] >= of:
        yield "D"


def _graded(
    level: int, one: Below, other: Below, span: tuple[int, int], contraction: bool, pressure: bool
) -> Iterator[Grade]:
    if level == INTACT and contraction:
        yield Grade(word="E")
        return
    if not (contraction or pressure or one.sacral or other.sacral):
        yield Grade(word="A")
        return
    key = contraction or one.key or other.key
    if not (key or one.non_key or other.non_key):
        yield Grade(word="B", starred=one.without or other.without)
        return
    halves = set(_halves(level, span))
    if "D" in halves:
        yield Grade(word="D")
    if "C" in halves:
        of = 2 * sum(muscle > level for muscle in MUSCLES)
        most = min(span[1], (of - 1) // 2)
        yield Grade(word="C", starred=2 * (most + one.weak + other.weak) >= of, by_non_key=not key)


_Key = TypeVar("_Key")
_Tail = dict[tuple[bool, int, bool], tuple[int, int]]


def _muscles(side: SideScores, motors: set[MotorLevel]) -> dict[MotorLevel, tuple[bool, _Tail]]:
    non_key = non_key_level(side)
    return {
        motor: (non_key is not None and non_key - motor.level > MORE_THAN_LEVELS, _tail(side, motor))
        for motor in motors
    }


def _tail(side: SideScores, motor: MotorLevel) -> _Tail:
    """What the key muscles below a motor level can be: moving far below, weak though tagged, without though tagged."""
    held: _Tail = {(False, 0, False): (0, 0)}
    for place in range(motor.above, len(MUSCLES)):
        score = side.motor[place]
        tagged = score.cause is Cause.OTHER_NOT_NORMAL and score.grade is not None
        far = MUSCLES[place] - motor.level > MORE_THAN_LEVELS
        further: _Tail = {}
        for strength in below(side, motor, place):
            for (key, weak, without), (few, many) in held.items():
                good = strength >= 3
                now = (
                    key or (far and strength > 0),
                    weak + (tagged and not good),
                    without or (tagged and far and strength == 0),
                )
                _widen(further, now, (few + good, many + good))
        held = further
    return held


def _counts(ways: Iterable[Way], level: int, muscles: dict[MotorLevel, tuple[bool, _Tail]]) -> Counts:
    held: Counts = {}
    for way in ways:
        if way.lowest < level:
            continue
        non_key, tail = muscles[way.motor]
        kept = sum(muscle > level for muscle in MUSCLES[: way.motor.above])
        for (key, weak, without), (few, many) in tail.items():
            one = Below(at=way.lowest == level, sacral=way.sacral, key=key, non_key=non_key, weak=weak, without=without)
            _widen(held, one, (few + kept, many + kept))
    return held


def _widen(held: dict[_Key, tuple[int, int]], key: _Key, span: tuple[int, int]) -> None:
    few, many = held.get(key, span)
    held[key] = min(few, span[0]), max(many, span[1])
