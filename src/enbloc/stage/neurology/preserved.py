"""Zones of partial preservation: the lowest segment of one side that keeps some sensation or motor function."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.stage.neurology.examination import LEVELS, Cause, Score, SideScores
from enbloc.stage.neurology.levels import INTACT, MUSCLES, S3, MotorLevel
from enbloc.stage.neurology.not_testable import Star, sensations, strengths


def sacral(side: SideScores, sensory: int) -> frozenset[bool]:
    """Whether S4-5 can have any sensation, given the sensory level of the side."""
    touches, pricks = sensations(side.light_touch[-1]), sensations(side.pin_prick[-1])
    pairs = [(touch, prick) for touch in touches for prick in pricks]
    if sensory >= S3:  # S4-5 is normal exactly where all is intact
        pairs = [pair for pair in pairs if (pair == (2, 2)) == (sensory == INTACT)]
    return frozenset(pair != (0, 0) for pair in pairs)


def sensory_zone(side: SideScores) -> Iterator[Star]:
    """The lowest dermatome from S3 upwards with any sensation; C1 where there is none. Without sensation at S4-5."""
    passed = False
    for level in range(S3, 0, -1):
        both = (side.light_touch[level - 1], side.pin_prick[level - 1])
        kept = [score for score in both if sensations(score)[-1] > 0]
        if kept:
            yield level, passed or all(_raised(score) for score in kept)
        if any(sensations(score)[0] > 0 for score in both):
            return
        passed = passed or any(_raised(score) for score in both)
    yield 0, passed


def motor_zone(side: SideScores, motor: MotorLevel) -> Iterator[Star]:
    """The lowest key muscle below a motor level with any function; the level itself where there is none."""
    for place in range(len(MUSCLES) - 1, motor.above - 1, -1):
        can = below(side, motor, place)
        if can[-1] > 0:
            yield MUSCLES[place], _raised(side.motor[place])
        if can[0] > 0:
            return
    yield motor.level, motor.starred and not _guessed(side, motor.level)


def below(side: SideScores, motor: MotorLevel, place: int) -> tuple[int, ...]:
    """Every strength of one key muscle below a motor level."""
    can = strengths(side.motor[place])
    return tuple(each for each in can if each < 3) if motor.next_low and place == motor.above else can


def non_key_level(side: SideScores) -> int | None:
    """The lowest non-key muscle with function, as the place of its segment."""
    return None if side.lowest_non_key_muscle is None else LEVELS.index(side.lowest_non_key_muscle)


def _raised(score: Score) -> bool:
    """Whether any function is there only because another cause is set aside."""
    return score.cause is not Cause.CORD and (
        score.grade == 0 or (score.grade is None and score.cause is Cause.OTHER_NORMAL)
    )


def _guessed(side: SideScores, level: int) -> bool:
    """Whether the dermatome below is abnormal by its tag alone: then what is kept is as open as untagged."""
    return level < INTACT and all(
        score.grade is None and score.cause is Cause.OTHER_NOT_NORMAL
        for score in (side.light_touch[level], side.pin_prick[level])
    )
