"""Examinations made for tests, by what is said of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from enbloc.stage.neurology.examination import (
    DERMATOMES,
    KEY_MUSCLES,
    LEVELS,
    Examination,
    Score,
    SideScores,
    read_examination,
)

ARMS, LEGS = KEY_MUSCLES[:5], KEY_MUSCLES[5:]


def felt(normal_to: str, below: int = 0) -> dict[str, int]:
    """2 down to a segment, and another score below it."""
    last = LEVELS.index(normal_to)
    return {name: 2 if LEVELS.index(name) <= last else below for name in DERMATOMES}


def moved(arms: tuple[int, ...] = (0,) * 5, legs: tuple[int, ...] = (0,) * 5) -> dict[str, Any]:
    return dict(zip(KEY_MUSCLES, (*arms, *legs), strict=True))


def side(sensation: dict[str, Any], motor: dict[str, Any], lowest: str | None = None) -> dict[str, Any]:
    return {"light touch": sensation, "pin prick": sensation, "motor": motor, "lowest non-key muscle": lowest}


def written(
    right: dict[str, Any], left: dict[str, Any], contraction: object = "no", pressure: object = "no"
) -> dict[str, Any]:
    anal = {"voluntary anal contraction": contraction, "deep anal pressure": pressure}
    return {"right": right, "left": left} | anal


def made(
    right: dict[str, Any], left: dict[str, Any], contraction: object = "no", pressure: object = "no"
) -> Examination:
    return read_examination(written(right, left, contraction, pressure))


def some(dice: random.Random, *, untested: int = 0) -> Examination:
    """A random examination: mostly normal above a segment of each side, mostly nothing below; some not testable."""
    sides = [_some_side(dice) for _ in range(2)]
    for _ in range(untested):
        part = dice.choice(("light touch", "pin prick", "motor", "motor"))
        places = KEY_MUSCLES if part == "motor" else DERMATOMES
        dice.choice(sides)[part][dice.choice(places)] = "NT"
    right, left = sides
    return made(right, left, dice.choice(("yes", "no", "no", "NT")), dice.choice(("yes", "no", "NT")))


def _some_side(dice: random.Random) -> dict[str, Any]:
    last = dice.randrange(len(LEVELS))
    noise = dice.choice((0, 0.1, 0.4))

    def one(name: str, normal: int) -> int:
        usual = normal if LEVELS.index(name) <= last else 0
        return dice.randint(0, normal) if dice.random() < noise and LEVELS.index(name) >= last - 2 else usual

    return {
        "light touch": {name: one(name, 2) for name in DERMATOMES},
        "pin prick": {name: one(name, 2) for name in DERMATOMES},
        "motor": {name: one(name, 5) for name in KEY_MUSCLES},
    }


def completed(examination: Examination) -> Iterator[Examination]:
    """Every completion of what was not testable, gone through one by one."""
    parts = [part for one in examination.sides for part in (one.light_touch, one.pin_prick, one.motor)]
    ways = [_ways(score, len(part)) for part in parts for score in part]
    contractions, pressures = (
        (False, True) if given is None else (given,)
        for given in (examination.voluntary_anal_contraction, examination.deep_anal_pressure)
    )
    assert prod(map(len, ways)) <= 5000, "too many to go through"
    for chosen in product(*ways):
        right, left = chosen[: len(chosen) // 2], chosen[len(chosen) // 2 :]
        for contraction, pressure in product(contractions, pressures):
            yield Examination(
                right=_scores(right),
                left=_scores(left),
                voluntary_anal_contraction=contraction,
                deep_anal_pressure=pressure,
            )


def _ways(score: Score, length: int) -> tuple[Score, ...]:
    grades = (0, 1, 2, 3, 4, 5) if length == len(KEY_MUSCLES) else (0, 1, 2)
    return (score,) if score.grade is not None else tuple(Score(grade=grade) for grade in grades)


def _scores(chosen: tuple[Score, ...]) -> SideScores:
    felt_in = len(DERMATOMES)
    return SideScores(
        light_touch=chosen[:felt_in], pin_prick=chosen[felt_in : 2 * felt_in], motor=chosen[2 * felt_in :]
    )
