"""One exact question to every survival score: were at least half of the patients of this category alive then?

A definition of this project, so that figures of different kinds can be laid side by side; docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import Enum

from enbloc.stage.population import AliveAt, Median, SurvivalFigure

HORIZONS = (3, 6, 12, 24)
"""The months that are asked about."""

HALF = 50.0
"""Percent."""


class Voice(Enum):
    """What an instrument says at a horizon."""

    YES = "yes"
    NO = "no"
    OPEN = "open"  # it depends on what is missing
    NOTHING = "nothing"  # no figure of any reachable category decides it


class Agreement(Enum):
    """What several instruments say together at a horizon."""

    AGREE = "agree"
    DISAGREE = "disagree"
    OPEN = "open"  # those that speak agree so far, and one could still say otherwise
    ALONE = "one speaks alone"
    NOTHING = "none speaks"


def answer(figure: SurvivalFigure, months: float) -> bool | None:
    """Whether at least half were alive at that month by one figure; nothing where it does not follow from it.

    A median of exactly so many months decides nothing, for it was rounded. Nobody comes back to life, so a share
    speaks for every earlier month if it is at least half, and for every later one if it is less.

    Examples
    --------
    >>> answer(Median(months=4.8), 3), answer(Median(months=4.8), 6), answer(Median(months=3), 3)
    (True, False, None)
    >>> answer(AliveAt(months=12, percent=49), 24), answer(AliveAt(months=12, percent=49), 6)
    (False, None)
    >>> from enbloc.stage.population import Predicted
    >>> answer(Predicted(to_months=6), 6), answer(Predicted(from_months=6), 6), answer(Predicted(from_months=6), 12)
    (False, True, None)
    """
    if isinstance(figure, Median):
        return None if figure.months in (None, months) else _later(figure, months)
    if isinstance(figure, AliveAt):
        is_half = figure.percent >= HALF
        follows = figure.months >= months if is_half else figure.months <= months
        return is_half if follows else None
    if figure.from_months >= months:
        return True
    return False if figure.to_months is not None and figure.to_months <= months else None


def _later(figure: Median, months: float) -> bool:
    return figure.months is not None and figure.months > months


def answers(figures: Iterable[SurvivalFigure], months: float) -> frozenset[bool]:
    """What the figures of one category say: those of its own patients first, whole before parts, then of others.

    Parts decide only where each of them does. Empty where nothing follows; both where figures contradict each other.
    """
    each = tuple(figures)
    own = [figure for figure in each if not figure.elsewhere]
    whole = [answer(figure, months) for figure in own if not figure.part]
    others = [answer(figure, months) for figure in each if figure.elsewhere]
    for found in (whole, _of_parts([figure for figure in own if figure.part], months), others):
        if said := frozenset(one for one in found if one is not None):
            return said
    return frozenset()


def _of_parts(figures: Sequence[SurvivalFigure], months: float) -> list[bool | None]:
    by_part: dict[str, list[bool | None]] = {}
    for figure in figures:
        by_part.setdefault(figure.part, []).append(answer(figure, months))
    if any(all(one is None for one in each) for each in by_part.values()):
        return []
    return [one for each in by_part.values() for one in each]


def voice(categories: Iterable[Iterable[SurvivalFigure]], months: float) -> Voice:
    """What a set of reachable categories says: yes or no where every one of them does."""
    each = [answers(figures, months) for figures in categories]
    said = frozenset[bool]().union(*each)
    if not said:
        return Voice.NOTHING
    if frozenset() in each or len(said) > 1:
        return Voice.OPEN
    return Voice.YES if True in said else Voice.NO


def voices(
    categories: Sequence[Sequence[SurvivalFigure]], is_checked: Callable[[SurvivalFigure], bool], months: float
) -> tuple[Voice, bool]:
    """What the categories say by their checked figures; by all of them, as a draft, where these say nothing."""
    checked = voice(([figure for figure in each if is_checked(figure)] for each in categories), months)
    if checked is not Voice.NOTHING:
        return checked, False
    drafted = voice(categories, months)
    return drafted, drafted is not Voice.NOTHING


def agreement(yes: int, no: int, open_: int) -> Agreement:
    """What so many instruments on each side come to.

    Examples
    --------
    >>> agreement(2, 1, 0), agreement(2, 0, 1), agreement(2, 0, 0)
    (<Agreement.DISAGREE: 'disagree'>, <Agreement.OPEN: 'open'>, <Agreement.AGREE: 'agree'>)
    """
    if yes and no:
        return Agreement.DISAGREE
    if open_:
        return Agreement.OPEN
    if yes + no > 1:
        return Agreement.AGREE
    return Agreement.ALONE if yes + no else Agreement.NOTHING
