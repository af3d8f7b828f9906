"""The ASIA impairment scale: what both sides, anal contraction and anal pressure come to in every completion."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import TypeVar

from enbloc.stage.neurology.examination import LEVELS, Cause, SideScores
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
"""For each way, the fewest and most key muscles of 3 or more, of all ten of a side."""

BySide = dict[int, Counts]
"""The ways of a side by their level."""

Halves = frozenset[str]
"""Grades C and D as the strength of half of the key muscles alone allows them, whatever else they ask for."""


_KEY_BELOW = tuple(sum(muscle > level for muscle in MUSCLES) for level in range(len(LEVELS)))
"""How many key muscles of a side lie below each segment."""

_MANY = 8192  # what one examination comes to, and those that somebody makes of it while typing


def grades(counts: tuple[BySide, BySide], contraction: bool, pressures: tuple[bool, ...]) -> tuple[set[Grade], Halves]:
    """Every grade that is reached with or without voluntary anal contraction, and what half of the muscles allow."""
    right, left = counts
    reached: set[Grade] = set()
    halves: set[str] = set()
    under: tuple[Counts, Counts] = ({}, {})  # of the ways whose level lies below
    for level in sorted({*right, *left}, reverse=True):
        here = right.get(level, {}), left.get(level, {})
        # All key muscles at or above the level of a way have 3 or more: they do not count below it.
        above = 2 * (len(MUSCLES) - _KEY_BELOW[level])
        for both, (few, many) in _pairs(here, under):
            span = few - above, many - above
            halves.update(_halves(level, span))
            for pressure in pressures:
                reached.update(_graded(level, both, span, contraction, pressure))
        for held, found in zip(under, here, strict=True):
            for one, given in found.items():
                _widen(held, one, given)
    return reached, frozenset(halves)


def _pairs(here: tuple[Counts, Counts], under: tuple[Counts, Counts]) -> set[tuple[Below, tuple[int, int]]]:
    """What both sides come to together, each once; the level lies on one of them at least."""
    right, left = (list(one.items()) for one in here)
    lower_right, lower_left = (list(one.items()) for one in under)
    pairs = (*product(right, (*left, *lower_left)), *product(lower_right, left))
    return {(_both(one, other), (few + less, many + more)) for (one, (few, many)), (other, (less, more)) in pairs}


@lru_cache(maxsize=_MANY)
def _both(one: Below, other: Below) -> Below:
    return Below(
        sacral=one.sacral or other.sacral,
        key=one.key or other.key,
        non_key=one.non_key or other.non_key,
        weak=one.weak + other.weak,
        without=one.without or other.without,
    )


@lru_cache(maxsize=_MANY)
def _halves(level: int, span: tuple[int, int]) -> tuple[str, ...]:
    """D if half of the key muscles below a level can have 3 or more, C if fewer can."""
    of = 2 * _KEY_BELOW[level]
    return ("C",) * (2 * span[0] < of) + ("D",) * (2 * span[1] >= of)


@lru_cache(maxsize=_MANY)
def _graded(level: int, both: Below, span: tuple[int, int], contraction: bool, pressure: bool) -> tuple[Grade, ...]:
    if level == INTACT and contraction:
        return (Grade(word="E"),)
    if not (contraction or pressure or both.sacral):
        return (Grade(word="A"),)
    key = contraction or both.key
    if not (key or both.non_key):
        return (Grade(word="B", starred=both.without),)
    return tuple(_by_halves(word, level, span, both.weak, by_non_key=not key) for word in _halves(level, span))


def _by_halves(word: str, level: int, span: tuple[int, int], weak: int, *, by_non_key: bool) -> Grade:
    if word == "D":
        return Grade(word="D")
    of = 2 * _KEY_BELOW[level]
    most = min(span[1], (of - 1) // 2)
    return Grade(word="C", starred=2 * (most + weak) >= of, by_non_key=by_non_key)


_Key = TypeVar("_Key")
_Tail = dict[tuple[bool, int, bool], tuple[int, int]]


def _tails(side: SideScores, motors: set[MotorLevel]) -> dict[MotorLevel, _Tail]:
    """What lies below each motor level, which does not depend on its star."""
    held: dict[tuple[int, int, bool], _Tail] = {}
    for one in motors:
        place = one.level, one.above, one.next_low
        if place not in held:
            held[place] = _tail(side, one)
    return {one: held[one.level, one.above, one.next_low] for one in motors}


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


def counts(side: SideScores, ways: Iterable[Way]) -> BySide:
    """By the level of each way: what is below its motor level, and how many key muscles of the side have 3 or more."""
    given, lowest = tuple(ways), non_key_level(side)
    tails = _tails(side, {way.motor for way in given})
    held: BySide = {}
    for way in given:
        non_key = lowest is not None and lowest - way.motor.level > MORE_THAN_LEVELS
        mine, kept = held.setdefault(way.lowest, {}), way.motor.above
        for (key, weak, without), (few, many) in tails[way.motor].items():
            one = Below(sacral=way.sacral, key=key, non_key=non_key, weak=weak, without=without)
            _widen(mine, one, (few + kept, many + kept))
    return held


def _widen(held: dict[_Key, tuple[int, int]], key: _Key, span: tuple[int, int]) -> None:
    few, many = held.get(key, span)
    held[key] = min(few, span[0]), max(many, span[1])
