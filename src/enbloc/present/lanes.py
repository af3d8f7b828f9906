"""Where everything stands in the figure of published survival: bands, lanes, marks and their words, none over another.

The figure is 800 units wide: on paper 4.3 to the millimetre, so that the smallest letters are 6 points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from enbloc.present.lines import width, wrapped
from enbloc.present.outlook import Compared, Lane, Placed, Shape

START, END = 216.0, 622.0  # month 0, and the last month of the axis
OPEN_TO = 636.0  # where an arrow without an end ends
LAST_MONTH = 60.0
HEAD, LINE, LANE = 38.0, 11.0, 13.0
NAME, WORDS, SMALL, SAID = 10.5, 9.5, 9.0, 9.0  # sizes of letters
DRAFT = 26.0  # the word in its box
WARNING = "older treatment"
_FACTS = 2  # as many lines for the patients and the validation, where one fits
_INDENT = 8.0


def x_of(months: float) -> float:
    """Where a month stands. By square roots: early months have room, and there is a zero for "less than" to begin at.

    Examples
    --------
    >>> x_of(0) == START, x_of(60) == END, x_of(400) == END
    (True, True, True)
    """
    return START + (END - START) * math.sqrt(min(months, LAST_MONTH) / LAST_MONTH)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A figure, the line of its lane on which it stands, where its words begin, and whether they lie within a bar."""

    of: Placed
    line: int
    said_at: float
    right: float


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A lane: its words in lines, its marks, where it begins and how tall it is."""

    of: Lane
    words: list[str]
    marks: list[Mark]
    top: float
    tall: float


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place among the lines of a name."""

    x: float
    line: int


@dataclass(frozen=True, kw_only=True)
class Band:
    """An instrument: its name and what is known of its patients in lines, then its lanes."""

    of: Compared
    name: list[str]
    draft: Spot
    result: Spot
    facts: list[str]
    strips: list[Strip]  # none where nothing is published that could stand on the axis
    top: float
    lanes_from: float
    bottom: float

    @property
    def is_open(self) -> bool:
        """Whether several results are possible."""
        return len(self.strips) > 1

    @property
    def middle(self) -> float:
        """Where an answer stands that holds for all its lanes, or for its head where it has none."""
        return (self.lanes_from + self.bottom - 3) / 2 if self.strips else self.top + 8.2


def bands(rows: Sequence[Compared], top: float) -> list[Band]:
    """The instruments one below the other."""
    made: list[Band] = []
    for row in rows:
        made.append(_band(row, made[-1].bottom if made else top))
    return made


def _band(row: Compared, top: float) -> Band:
    name = wrapped(row.name, _ROOM, NAME, is_bold=True)
    said = Spot(x=width(name[-1], NAME, is_bold=True), line=len(name) - 1)
    draft = _after(said, DRAFT) if row.is_draft else said
    end = Spot(x=draft.x + DRAFT, line=draft.line) if row.is_draft else said
    result = _after(end, width(row.result, NAME)) if row.result else end
    facts = _facts(row)
    head = y = top + max(result.line + 1, len(facts)) * LINE + 4.5
    strips: list[Strip] = []
    for lane in row.lanes if row.has_figures else ():
        strips.append(_strip(lane, y))
        y += strips[-1].tall
    return Band(
        of=row,
        name=name,
        draft=draft,
        result=result,
        facts=facts,
        strips=strips,
        top=top,
        lanes_from=head,
        bottom=y + 3,
    )


NO_FIGURE = "no survival in months is published"


def _facts(row: Compared) -> list[str]:
    """The patients, and the first validation that is not too long; the table of the annex has all of them whole.

    A score that has nothing on the axis says so in its place, with its results.
    """
    room = OPEN_TO - START
    first = room - warned() if row.is_dated else None
    if not row.has_figures:
        reached = " or ".join(lane.words for lane in row.lanes)
        return wrapped(f"{row.cohort} · {reached}: {NO_FIGURE}", room, SMALL, first=first)
    told = [" · ".join((row.cohort, *more)) for more in (*((each,) for each in row.validations), ())]
    if row.validations:
        told[-1] += " · validations in the annex"
    lined = [wrapped(each, room, SMALL, first=first) for each in told]
    return next((lines for lines in lined if len(lines) <= _FACTS), lined[-1])


_ROOM = START - 12


def _after(end: Spot, long: float) -> Spot:
    """Beside what ends there, or at the beginning of the next line."""
    return Spot(x=end.x + 6, line=end.line) if end.x + 6 + long <= _ROOM else Spot(x=0.0, line=end.line + 1)


def warned() -> float:
    """How long the sign and the words of the warning are."""
    return 12 + width(WARNING, SMALL, is_bold=True) + 5


def _strip(lane: Lane, top: float) -> Strip:
    words = wrapped(lane.words, START - _INDENT - 10, WORDS)
    marks = _marks(lane.figures)
    lines = 1 + max((mark.line for mark in marks), default=0)
    return Strip(of=lane, words=words, marks=marks, top=top, tall=max(len(words) * LINE + 2, lines * LANE))


def _marks(figures: Sequence[Placed]) -> list[Mark]:
    """Each on the first line where neither it nor its words meet another."""
    lines: list[list[tuple[float, float]]] = []
    made = []
    for one in figures:
        left, right, said_at = _reach(one)
        free = (at for at, taken in enumerate(lines) if all(right < low or high < left for low, high in taken))
        line = next(free, len(lines))
        if line == len(lines):
            lines.append([])
        lines[line].append((left - 3, right + 3))
        made.append(Mark(of=one, line=line, said_at=said_at, right=right))
    return made


def _reach(one: Placed) -> tuple[float, float, float]:
    """From where to where a mark and its words lie, and where the words begin."""
    low, high = drawn_from(one), drawn_to(one)
    long = width(one.said, SAID)
    if one.shape is Shape.RANGE and long + 12 <= high - low:
        return low, high, low + 6
    if high + 4 + long <= OPEN_TO + 14:
        return low, high + 4 + long, high + 4
    return low - 4 - long, high, low - 4 - long


_HALF = 5.5  # of a dot or circle


def drawn_from(one: Placed) -> float:
    """The left end of a mark."""
    if one.shape is Shape.RANGE:
        return x_of(one.low or 0.0)
    middle = END if one.months is None else x_of(one.months)
    return middle - _HALF if one.low is None else min(middle - _HALF, x_of(one.low))


def drawn_to(one: Placed) -> float:
    """The right end of a mark."""
    if one.shape is Shape.RANGE or one.months is None:
        return OPEN_TO if one.high is None else x_of(one.high)
    middle = x_of(one.months)
    return middle + _HALF if one.high is None else max(middle + _HALF, x_of(one.high))
