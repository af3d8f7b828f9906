"""What a report says of published survival and of further instruments, in words and places, before it is set."""

from __future__ import annotations

from enum import Enum

from enbloc.decide.decision import Degree
from enbloc.value import value


class Shape(Enum):
    """How a published figure is drawn."""

    MEDIAN = "median"  # a dot, with its interval as a bar
    ALIVE = "alive"  # a circle, filled to the share that was alive
    RANGE = "range"  # a bar; one without an end has an arrow


@value
class Placed:
    """A published figure and where it stands on the axis, months."""

    shape: Shape
    months: float | None  # of a dot or circle; None for a median that was not reached
    percent: float | None  # that was alive
    low: float | None  # the interval of a median, the start of a range
    high: float | None  # None for a range without an end
    said: str  # beside the mark: "13 months", "84 %"
    words: str  # in full, with whose it is
    is_draft: bool
    is_elsewhere: bool  # from other patients than those the instrument was made from


@value
class Lane:
    """A category that is reachable, and what is published of it."""

    words: str
    figures: tuple[Placed, ...]
    note: str  # why there is nothing to draw


@value
class Answer:
    """What an instrument says at a horizon: "yes", "no", "open", or empty where nothing follows."""

    word: str
    is_draft: bool  # it rests on what is only remembered, and is not counted


@value
class Compared:
    """One instrument beside the others."""

    id: str
    name: str
    result: str  # "9 · 10 of 15"; empty where there are no points
    cohort: str  # "treated 2005 to 2008, published 2014 · 808 patients"
    is_dated: bool  # treatment has changed survival with this very tumour since
    validations: tuple[str, ...]
    is_draft: bool
    lanes: tuple[Lane, ...]
    answers: tuple[Answer, ...]  # in the order of the horizons
    flags: tuple[str, ...]
    checked: str
    cites: tuple[str, ...]

    @property
    def has_figures(self) -> bool:
        """Whether any of its results stands on the axis."""
        return any(lane.figures for lane in self.lanes)


@value
class Horizon:
    """What the instruments say together at a month, drafts apart."""

    months: float
    head: str  # "6 months"
    yes: int
    no: int
    open: int
    is_torn: bool  # some say yes and some no
    said: str  # in words


@value
class Asked:
    """What to ask for, how many categories the answer would close on average, and in which instruments."""

    words: str
    closes: str
    names: str


@value
class Silent:
    """An instrument that says nothing, why, and what it asks for."""

    name: str
    why: str
    asks: tuple[str, ...]


@value
class SideBySide:
    """The survival instruments about one lesion on one axis; without rows ``refusal`` says why."""

    about: str  # "lesion A"
    question: str
    rows: tuple[Compared, ...]  # by the years of their patients
    horizons: tuple[Horizon, ...]
    era: tuple[tuple[Degree, str], ...]  # how the years of the patients bear on the figures
    asks: tuple[Asked, ...]  # the one that would close most first
    left_out: tuple[tuple[str, str], ...]  # which instruments say nothing, and in short why
    silent: tuple[Silent, ...]  # each of these by itself
    refusal: str


@value
class Further:
    """One more instrument that what is known narrows, in a line."""

    name: str
    about: str
    result: str
    band: str
    ask: str
    is_draft: bool
    note: str
