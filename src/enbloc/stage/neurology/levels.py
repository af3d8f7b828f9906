"""Sensory and motor level of one side, in every completion of what was not testable."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from enbloc.stage.neurology.examination import KEY_MUSCLES, LEVELS, Cause, Score, SideScores
from enbloc.stage.neurology.not_testable import Star, sensations, strengths
from enbloc.value import value

C4, T1, T12, L1, S1, S3, INTACT = (LEVELS.index(name) for name in ("C4", "T1", "T12", "L1", "S1", "S3", "S4-5"))
MUSCLES = tuple(LEVELS.index(name) for name in KEY_MUSCLES)


@value
class MotorLevel:
    """A motor level that is reached, and what its key muscles below can still be.

    ``counted`` is the level as it counts for the neurological level: S3 for want of anal contraction counts as intact.
    ``above`` says how many key muscles lie at or above; all of them have 3 or more.
    """

    level: int
    counted: int
    starred: bool
    above: int
    next_low: bool = False  # the next key muscle has less than 3: that is why the level is here


def sensory_levels(side: SideScores) -> tuple[Star, ...]:
    """Every sensory level that a side can have: the last dermatome down to which all are normal."""
    found, starred = [], False
    for above, (touch, prick) in enumerate(zip(side.light_touch, side.pin_prick, strict=True)):
        both = (touch, prick)
        lowered = [score for score in both if sensations(score)[0] < 2]
        if lowered:
            guessed = all(score.grade is None and score.cause is Cause.OTHER_NOT_NORMAL for score in lowered)
            found.append((above, starred or guessed))
        if any(sensations(score)[-1] < 2 for score in both):
            return tuple(found)
        open_anyhow = any(score.grade is None and score.cause is Cause.CORD for score in both)
        starred = starred or (not open_anyhow and any(score.cause is Cause.OTHER_NORMAL for score in both))
    return (*found, (INTACT, starred))


def motor_levels(side: SideScores, sensory: Star, contraction: bool) -> Iterator[MotorLevel]:
    """Every motor level that a side can have with one sensory level."""
    level, starred = sensory
    if level < C4:
        yield MotorLevel(level=level, counted=level, starred=starred, above=0)
        return
    arms = yield from _stops(side.motor, 0, C4, False)
    if arms is None:
        return
    if level < T1:
        yield MotorLevel(level=T1, counted=T1, starred=arms, above=5)
        return
    if level <= T12:
        yield MotorLevel(level=level, counted=level, starred=starred or arms, above=5)
        return
    legs = yield from _stops(side.motor, 5, L1, arms)
    if legs is None:
        return
    held = max(level, S1)
    shown = S3 if held == INTACT and not contraction else held
    yield MotorLevel(level=shown, counted=held, starred=legs or (starred and level >= S1), above=10)


def _stops(
    motor: tuple[Score, ...], first: int, before: int, starred: bool
) -> Generator[MotorLevel, None, bool | None]:
    """The levels at which five muscles can stop; returns whether all normal is starred, or None if it cannot be."""
    level = before
    for place in range(first, first + 5):
        score = motor[place]
        can = strengths(score)
        if can[0] < 3:
            yield MotorLevel(level=level, counted=level, starred=starred, above=place, next_low=True)
        level = MUSCLES[place]
        if 4 in can:
            raised = score.cause is Cause.OTHER_NOT_NORMAL and (score.grade is None or score.grade < 3)
            yield MotorLevel(level=level, counted=level, starred=starred or raised, above=place + 1)
        if can[-1] < 5:
            return None
        starred = starred or score.cause is Cause.OTHER_NORMAL
    return starred
