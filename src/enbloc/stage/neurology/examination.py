"""One neurological examination by the form of ISNCSCI: scores by segment and side, and the two anal findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from enbloc.case.anatomy import Side
from enbloc.errors import RecordError
from enbloc.value import value

LEVELS = (
    *(f"C{number}" for number in range(1, 9)),
    *(f"T{number}" for number in range(1, 13)),
    *(f"L{number}" for number in range(1, 6)),
    *("S1", "S2", "S3", "S4-5"),
)
"""Neurological segments from above; C1 has no dermatome."""

DERMATOMES = LEVELS[1:]
KEY_MUSCLES = ("C5", "C6", "C7", "C8", "T1", "L2", "L3", "L4", "L5", "S1")
NORMAL_SENSATION = 2
NORMAL_STRENGTH = 5


class Cause(Enum):
    """What lowers a score: the injury of the cord, or something else, and how the score counts then."""

    CORD = ""
    OTHER_NOT_NORMAL = "*"  # another cause; without it the score would be higher, yet not normal
    OTHER_NORMAL = "**"  # another cause; counted as normal for the classification


@value
class Score:
    """One score; ``grade`` is None where it was not testable."""

    grade: int | None
    cause: Cause = Cause.CORD

    def __str__(self) -> str:
        return f"{'NT' if self.grade is None else self.grade}{self.cause.value}"


@value
class SideScores:
    """The scores of one side, from above: 28 dermatomes each for touch and pin prick, ten key muscles."""

    light_touch: tuple[Score, ...]
    pin_prick: tuple[Score, ...]
    motor: tuple[Score, ...]
    lowest_non_key_muscle: str | None = None


@value
class Examination:
    """A whole examination; an anal finding is None where it was not testable."""

    right: SideScores
    left: SideScores
    voluntary_anal_contraction: bool | None
    deep_anal_pressure: bool | None

    @property
    def sides(self) -> tuple[SideScores, SideScores]:
        """Right and left, in the order of the form."""
        return self.right, self.left


_PARTS = {
    "light touch": (DERMATOMES, NORMAL_SENSATION),
    "pin prick": (DERMATOMES, NORMAL_SENSATION),
    "motor": (KEY_MUSCLES, NORMAL_STRENGTH),
}
_NON_KEY = "lowest non-key muscle"
_ANAL = ("voluntary anal contraction", "deep anal pressure")
_SCORE = re.compile(r"(NT|\d)(\*{0,2})")


def read_examination(written: Mapping[str, Any]) -> Examination:
    """The examination that is written: ``right`` and ``left`` with their parts by segment, and two anal findings.

    A score is a number or ``NT``; ``*`` after it says that another cause lowers it and it is not normal without that
    cause, ``**`` that it counts as normal for the classification.

    Raises
    ------
    RecordError
        If a segment is missing or unknown, or a score is off its scale; names segment and side.

    Examples
    --------
    >>> side = {"light touch": dict.fromkeys(DERMATOMES, 2), "pin prick": dict.fromkeys(DERMATOMES, 2)}
    >>> side |= {"motor": dict.fromkeys(KEY_MUSCLES, "5") | {"L3": "2**"}}
    >>> anal = {"voluntary anal contraction": "yes", "deep anal pressure": "NT"}
    >>> examination = read_examination({"right": side, "left": side} | anal)
    >>> str(examination.right.motor[6]), examination.deep_anal_pressure
    ('2**', None)
    """
    _known(written, (*(side.value for side in Side), *_ANAL), "The examination")
    contraction, pressure = (_finding(written.get(name), name) for name in _ANAL)
    return Examination(
        right=_side(written.get("right"), Side.RIGHT),
        left=_side(written.get("left"), Side.LEFT),
        voluntary_anal_contraction=contraction,
        deep_anal_pressure=pressure,
    )


def _known(written: Mapping[str, Any], allowed: tuple[str, ...], what: str) -> None:
    for name in written:
        if name not in allowed:
            raise RecordError(f"{what} has no {name!r}.", remedy=f"It has {', '.join(allowed)}.")


def _side(written: object, side: Side) -> SideScores:
    if not isinstance(written, Mapping):
        raise RecordError(f"The {side.value} side is missing.", remedy="Give its light touch, pin prick and motor.")
    _known(written, (*_PARTS, _NON_KEY), f"The {side.value} side")
    touch, prick, motor = (_part(written.get(part), part, side) for part in _PARTS)
    lowest = written.get(_NON_KEY)
    if lowest is not None and lowest not in LEVELS:
        raise RecordError(
            f"The {side.value} lowest non-key muscle cannot be at {lowest!r}.", remedy="Name a segment, C1 to S4-5."
        )
    return SideScores(light_touch=touch, pin_prick=prick, motor=motor, lowest_non_key_muscle=lowest)


def _part(written: object, part: str, side: Side) -> tuple[Score, ...]:
    segments, normal = _PARTS[part]
    scores: Mapping[str, Any] = written if isinstance(written, Mapping) else {}
    _known(scores, segments, f"The {side.value} {part}")
    missing = [segment for segment in segments if scores.get(segment) is None]
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise RecordError(
            f"{missing[0]} {side.value} {part} is missing{more}.", remedy=f"Write 0 to {normal}, or NT if not testable."
        )
    return tuple(_score(scores[segment], normal, f"{segment} {side.value} {part}") for segment in segments)


def _score(given: object, normal: int, where: str) -> Score:
    score = _written(str(given)) if isinstance(given, str | int) and not isinstance(given, bool) else None
    if score is None or (score.grade is not None and score.grade > normal):
        shown = str(given) if isinstance(given, int | float) or (isinstance(given, str) and len(given) < 12) else "that"
        raise RecordError(
            f"{where} cannot be {shown!r}.", remedy=f"Write 0 to {normal} or NT, with * or ** for another cause."
        )
    if score.grade == normal and score.cause is not Cause.CORD:
        raise RecordError(
            f"{where} is normal and tagged with {score.cause.value}.", remedy="Tag only scores below normal."
        )
    return score


@lru_cache(maxsize=64)  # an examination has 132 scores of a few words
def _written(text: str) -> Score | None:
    held = _SCORE.fullmatch(text)
    return None if held is None else Score(grade=None if held[1] == "NT" else int(held[1]), cause=Cause(held[2]))


def _finding(given: object, name: str) -> bool | None:
    words = {"yes": True, "no": False, "NT": None, True: True, False: False}
    if not isinstance(given, str | bool) or given not in words:
        state = "is missing" if given is None else "cannot be that"
        raise RecordError(f"The {name} {state}.", remedy="Write yes, no, or NT if not testable.")
    return words[given]
