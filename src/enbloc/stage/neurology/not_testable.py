"""What a score can stand for in the classification, and how the results of all completions are held together.

A score that was not testable is completed in every way: sensation 0, 1 or 2, strength 0, 2, 4 or 5. A complete
examination has one completion; one that nobody could test has more than can ever be gone through. Every result is
therefore joined segment by segment: the same sets as going through all completions, without a cap.
"""

from __future__ import annotations

from collections.abc import Iterable

from enbloc.stage.neurology.examination import NORMAL_SENSATION, NORMAL_STRENGTH, Cause, Score

SENSATION = (0, 1, 2)
STRENGTH = (0, 2, 4, 5)  # none, below 3, 3 or 4, normal: no rule tells more apart
ALONE = tuple((grade,) for grade in SENSATION)
STRONG_ALONE = ((0,), (2,), (2,), (4,), (4,), (5,))

Star = tuple[int, bool]
"""A level by its place in `LEVELS`, and whether it rests on a score with another cause."""


def sensations(score: Score) -> tuple[int, ...]:
    """Every sensation that a score can stand for.

    Examples
    --------
    >>> sensations(Score(grade=None)), sensations(Score(grade=0, cause=Cause.OTHER_NOT_NORMAL))
    ((0, 1, 2), (0, 1))
    """
    if score.grade is not None and score.cause is Cause.CORD:
        return ALONE[score.grade]
    return _stands_for(score, SENSATION, NORMAL_SENSATION)


def strengths(score: Score) -> tuple[int, ...]:
    """Every strength that a score can stand for, with 2 for 1 and 4 for 3.

    Examples
    --------
    >>> strengths(Score(grade=3)), strengths(Score(grade=2, cause=Cause.OTHER_NOT_NORMAL))
    ((4,), (2, 4))
    """
    if score.grade is not None and score.cause is Cause.CORD:
        return STRONG_ALONE[score.grade]
    return _stands_for(score, STRENGTH, NORMAL_STRENGTH)


def _stands_for(score: Score, scale: tuple[int, ...], normal: int) -> tuple[int, ...]:
    if score.cause is Cause.OTHER_NORMAL:
        return (normal,)
    if score.grade is None:
        return scale if score.cause is Cause.CORD else scale[:-1]
    return tuple(step for step in scale if score.grade <= step < normal)


def findings(given: bool | None) -> tuple[bool, ...]:
    """Both findings where it was not testable."""
    return (False, True) if given is None else (given,)


def joined(reached: Iterable[Star]) -> dict[int, bool]:
    """Each level that is reached, once; starred only if every way to it is."""
    held: dict[int, bool] = {}
    for level, starred in reached:
        held[level] = held.get(level, True) and starred
    return dict(sorted(held.items()))
