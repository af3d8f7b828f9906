"""ISNCSCI in its revision of 2019: levels, completeness, impairment scale, preserved zones and totals.

A result is a tuple of all words that agree with what was tested: exactly one for a complete examination. ``*`` after a
word says that it rests on a score with another cause than the injury. The rules follow the specification of 2026-11-20,
which was compared with one implementation, not with the text of the standard.

The grades of an examination with untested scores are those that its completions have, and no other. Published lists are
made otherwise: each condition of C and D is asked by itself, of any level that can be, so that they may hold a grade
that no completion has. Both are given; two of the 90 published examinations differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from enbloc.evidence import Checked, cite
from enbloc.stage.neurology.examination import LEVELS, Cause, Examination, Score, SideScores
from enbloc.stage.neurology.impairment import MORE_THAN_LEVELS, BySide, Grade, Halves, Way, counts, grades
from enbloc.stage.neurology.levels import INTACT, MotorLevel, motor_levels, sensory_levels
from enbloc.stage.neurology.not_testable import Star, findings, joined
from enbloc.stage.neurology.preserved import motor_zone, non_key_level, sacral, sensory_zone
from enbloc.value import value

INT = "INT"
NOT_APPLICABLE = "NA"
VERSION = "2019, specification of 2026-11-20"
CHECKED = Checked.READ
CITES = (cite("rupp2021isncsci"),)

EARLIER_DEFICIT = "grade E is for people with an earlier deficit; somebody who was never injured gets no grade"
TAGS_UNCHECKED = "scores with * are handled as published examinations show, not yet checked against the standard"
NON_KEY_DIFFERS = "implementations differ in the motor zone with a non-key muscle; see both zones"

NOT_TOGETHER = "published lists hold more grades here: they ask the conditions of a grade one by one, and none has all"


@value
class OfSide:
    """The results of one side; a total is None where any of its scores was not testable."""

    sensory_level: tuple[str, ...]
    motor_level: tuple[str, ...]
    sensory_zone: tuple[str, ...]
    motor_zone: tuple[str, ...]
    non_key_zone: tuple[str, ...]  # the motor zone if a lower non-key muscle always counted
    upper_motor: int | None
    lower_motor: int | None
    light_touch: int | None
    pin_prick: int | None

    @property
    def motor(self) -> int | None:
        """The motor total of the side, 0 to 50."""
        return _added(self.upper_motor, self.lower_motor)


@value
class Classification:
    """Everything that follows from an examination."""

    right: OfSide
    left: OfSide
    neurological_level: tuple[str, ...]
    complete: tuple[str, ...]  # C, I or both
    impairment: tuple[str, ...]  # A to E
    impairment_apart: tuple[str, ...]  # the same as published lists hold it, each condition asked by itself
    flags: tuple[str, ...] = ()

    @property
    def upper_motor(self) -> int | None:
        """Upper extremity motor score, 0 to 50."""
        return _added(self.right.upper_motor, self.left.upper_motor)

    @property
    def lower_motor(self) -> int | None:
        """Lower extremity motor score, 0 to 50."""
        return _added(self.right.lower_motor, self.left.lower_motor)

    @property
    def motor(self) -> int | None:
        """The ASIA motor score, 0 to 100."""
        return _added(self.right.motor, self.left.motor)

    @property
    def light_touch(self) -> int | None:
        """Light touch, 0 to 112."""
        return _added(self.right.light_touch, self.left.light_touch)

    @property
    def pin_prick(self) -> int | None:
        """Pin prick, 0 to 112."""
        return _added(self.right.pin_prick, self.left.pin_prick)


@value
class _Read:
    """What one side can be: its sensory levels, S4-5 with each, and its motor levels by anal contraction."""

    scores: SideScores
    sensory: tuple[Star, ...]
    sacral: dict[int, frozenset[bool]]
    motor: dict[bool, dict[Star, tuple[MotorLevel, ...]]]
    counts: dict[bool, BySide]  # what lies below its levels, by anal contraction


def classified(examination: Examination) -> Classification:
    """All results of an examination, each with every word that it can be.

    Examples
    --------
    >>> from enbloc.stage.neurology.examination import DERMATOMES, KEY_MUSCLES, read_examination
    >>> felt = {name: 2 if name in DERMATOMES[:11] else 0 for name in DERMATOMES}
    >>> moves = {name: 5 if name in KEY_MUSCLES[:5] else 0 for name in KEY_MUSCLES}
    >>> side = {"light touch": felt, "pin prick": felt, "motor": moves}
    >>> anal = {"voluntary anal contraction": "no", "deep anal pressure": "no"}
    >>> result = classified(read_examination({"right": side, "left": side} | anal))
    >>> result.neurological_level, result.impairment, result.motor, result.light_touch
    (('T4',), ('A',), 50, 44)
    """
    contractions = findings(examination.voluntary_anal_contraction)
    pressures = findings(examination.deep_anal_pressure)
    sides = _read(examination.right, contractions), _read(examination.left, contractions)
    reached = {each: _grades(sides, each, pressures) for each in contractions}
    without, _ = reached.get(False, (set(), frozenset()))
    by_non_key = {grade.by_non_key for grade in without if grade.word in "ABCD"}
    right, left = (_of_side(side, contractions, pressures, by_non_key) for side in sides)
    every = {grade for found, _ in reached.values() for grade in found}
    impairment = _impairment(examination, every)
    apart = _impairment(examination, every | _apart(every, reached.values()))
    return Classification(
        right=right,
        left=left,
        neurological_level=_words(_neurological_level(sides, contractions)),
        complete=_complete(sides, contractions, pressures),
        impairment=impairment,
        impairment_apart=apart,
        flags=(*_flags(examination, impairment), *((NOT_TOGETHER,) if apart != impairment else ())),
    )


def _apart(every: set[Grade], reached: Iterable[tuple[set[Grade], Halves]]) -> set[Grade]:
    """C and D where motor function may be kept, and half of the muscles allow them, though not in one completion."""
    if not {grade.word for grade in every} & {"C", "D"}:
        return set()
    words = {word for _, halves in reached for word in halves} - {grade.word for grade in every}
    return {Grade(word=word) for word in words}


@lru_cache(maxsize=16)  # while somebody types, one side stays as it is
def _read(scores: SideScores, contractions: tuple[bool, ...]) -> _Read:
    sensory = sensory_levels(scores)
    felt = {level: sacral(scores, level) for level, _ in sensory}
    motor = {each: {star: tuple(motor_levels(scores, star, each)) for star in sensory} for each in contractions}
    ways = {each: _ways(felt, held) for each, held in motor.items()}
    return _Read(
        scores=scores,
        sensory=sensory,
        sacral=felt,
        motor=motor,
        counts={each: counts(scores, those) for each, those in ways.items()},
    )


def _ways(felt: Mapping[int, frozenset[bool]], motor: Mapping[Star, tuple[MotorLevel, ...]]) -> set[Way]:
    """Every way that a side can be, with or without voluntary anal contraction."""
    return {
        Way(lowest=min(star[0], one.counted), sacral=each, motor=one)
        for star, those in motor.items()
        for one in those
        for each in felt[star[0]]
    }


def _neurological_level(sides: tuple[_Read, _Read], contractions: tuple[bool, ...]) -> Iterable[Star]:
    """The uppermost of the four levels; starred if one that lies there is starred."""
    for each in contractions:
        right, left = (_uppermost(side, each) for side in sides)
        for one in right:
            for other in left:
                yield _upper(one, other)


def _uppermost(side: _Read, contraction: bool) -> set[Star]:
    return {
        _upper(star, (motor.counted, motor.starred))
        for star, motors in side.motor[contraction].items()
        for motor in motors
    }


def _upper(one: Star, other: Star) -> Star:
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    return min(one, other)


def _complete(
    sides: tuple[_Read, _Read], contractions: tuple[bool, ...], pressures: tuple[bool, ...]
) -> tuple[str, ...]:
    felt = [frozenset().union(*side.sacral.values()) for side in sides]
    none = False in contractions and False in pressures and all(False in each for each in felt)
    some = True in contractions or True in pressures or any(True in each for each in felt)
    return ("C",) * none + ("I",) * some


def _grades(sides: tuple[_Read, _Read], contraction: bool, pressures: tuple[bool, ...]) -> tuple[set[Grade], Halves]:
    right, left = (side.counts[contraction] for side in sides)
    return grades((right, left), contraction, pressures)


def _impairment(examination: Examination, reached: set[Grade]) -> tuple[str, ...]:
    starred = {grade.word for grade in reached if grade.starred}
    if Cause.OTHER_NORMAL in _causes(examination):
        starred.add("E")
    return tuple(word + "*" * (word in starred) for word in sorted({grade.word for grade in reached}))


def _causes(examination: Examination) -> set[Cause]:
    return {
        score.cause
        for side in examination.sides
        for scores in (side.light_touch, side.pin_prick, side.motor)
        for score in scores
        if score.cause is not Cause.CORD
    }


def _flags(examination: Examination, impairment: tuple[str, ...]) -> tuple[str, ...]:
    early = bool({"E", "E*"}.intersection(impairment))
    tagged = bool(_causes(examination))
    non_key = any(side.lowest_non_key_muscle is not None for side in examination.sides)
    said = ((EARLIER_DEFICIT, early), (TAGS_UNCHECKED, tagged), (NON_KEY_DIFFERS, non_key))
    return tuple(flag for flag, holds in said if holds)


def _of_side(side: _Read, contractions: tuple[bool, ...], pressures: tuple[bool, ...], by_non_key: set[bool]) -> OfSide:
    scores = side.scores
    motors = {motor for each in side.motor.values() for found in each.values() for motor in found}
    without = {motor for found in side.motor.get(False, {}).values() for motor in found}
    zone = [star for motor in without for star in motor_zone(scores, motor)]
    moved = (NOT_APPLICABLE,) * (True in contractions)
    return OfSide(
        sensory_level=_words(side.sensory),
        motor_level=_words((motor.level, motor.starred) for motor in motors),
        sensory_zone=_sensory_zone(side, pressures),
        motor_zone=moved + _zone_words(star for motor in without for star in _motor_zone(scores, motor, by_non_key)),
        non_key_zone=moved + _zone_words(_lowered(star, non_key_level(scores)) for star in zone),
        upper_motor=_total(scores.motor[:5]),
        lower_motor=_total(scores.motor[5:]),
        light_touch=_total(scores.light_touch),
        pin_prick=_total(scores.pin_prick),
    )


def _sensory_zone(side: _Read, pressures: tuple[bool, ...]) -> tuple[str, ...]:
    felt = frozenset().union(*side.sacral.values())
    kept = (NOT_APPLICABLE,) * (True in pressures or True in felt)
    return kept + (_zone_words(sensory_zone(side.scores)) if False in pressures and False in felt else ())


def _motor_zone(scores: SideScores, motor: MotorLevel, by_non_key: set[bool]) -> Iterable[Star]:
    """The zone by key muscles; by a non-key muscle where that alone made the grade C.

    With untested scores the grade is not taken together with the level of this side: then the zone may say more than
    all completions do, never less.
    """
    lowest = non_key_level(scores)
    far = lowest is not None and lowest - motor.level > MORE_THAN_LEVELS
    for star in motor_zone(scores, motor):
        if not far or False in by_non_key:
            yield star
        if far and True in by_non_key:
            yield _lowered(star, lowest)


def _lowered(star: Star, lowest: int | None) -> Star:
    return star if lowest is None or lowest <= star[0] else (lowest, False)


def _words(reached: Iterable[Star]) -> tuple[str, ...]:
    return tuple(
        (INT if level == INTACT else LEVELS[level]) + "*" * starred for level, starred in joined(reached).items()
    )


def _zone_words(reached: Iterable[Star]) -> tuple[str, ...]:
    return tuple(LEVELS[level] + "*" * starred for level, starred in joined(reached).items())


def _total(scores: Iterable[Score]) -> int | None:
    total = 0
    for score in scores:
        if score.grade is None:
            return None
        total += score.grade
    return total


def _added(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
