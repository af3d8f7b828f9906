"""The days of a case on one axis, from the day of the case on: a row an entry, the soonest first.

The figure is 800 units wide: on paper 4.3 to the millimetre, so that the smallest letters are 6 points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from enbloc.decide.decision import Degree
from enbloc.present.counsel import DayRow
from enbloc.present.drawing import document, shape, tag, text
from enbloc.present.glyphs import printable
from enbloc.present.lines import width, wrapped
from enbloc.present.tokens import ALARM, INK, LINE, QUIET, RAISED, SPREAD

WIDE = 800.0
START, END = 268.0, 560.0  # of the axis
SAID = 572.0  # where the day stands in words
HEAD, LINE_TALL, ROW = 22.0, 11.5, 15.0
LABEL, SMALL = 9.5, 9.0
MOST = 16
"""Rows of the figure; the table of the annex has all."""

KEY = (
    "Days from the day of the case, by square roots. Bar with a foot: at the latest. Bar with a ring: may be used, "
    "or is watched, until then. Arrow: from then on. Dot: the day itself. Triangle: today or passed. Dotted: draft."
)
_TICKS = (-30, -14, -7, -3, 0, 1, 3, 7, 14, 30, 60, 90, 180, 365, 730, 1095, 1825)
_APART = 17.0  # of two numbers on the axis


def drawable(rows: Sequence[DayRow]) -> tuple[DayRow, ...]:
    """The rows that the figure holds."""
    return tuple(row for row in rows if row.first is not None and row.last is not None)[:MOST]


def days_chart(rows: Sequence[DayRow]) -> str:
    """The whole figure of these rows, each with its days."""
    at = _Axis(rows)
    body, y = "", HEAD
    for row in rows:
        lines = wrapped(_label(row), START - 14, LABEL)
        tall = max(ROW, len(lines) * LINE_TALL + 4)
        body += "".join(_row(row, lines, at, y, tall))
        y += tall
    today = tag("line", x1=at(0), y1=HEAD - 6, x2=at(0), y2=y, stroke=INK, stroke_width=1.0)
    return document(WIDE, y + 4, "".join(_heads(at, y)) + today + body, alt=days_alt(rows))


def days_alt(rows: Sequence[DayRow]) -> str:
    """What the figure shows, in sentences."""
    return "Days of the case, the soonest first. " + " ".join(f"{_label(row)} {row.when}, {row.left}." for row in rows)


_LONGEST = 44


def _label(row: DayRow) -> str:
    """What the entry is: words of a record may hold signs that the fonts lack, and no place to break a line."""
    each = (word[at : at + _LONGEST] for word in row.words.split() for at in range(0, len(word), _LONGEST))
    return printable(f"{' '.join(each)}: {row.what}")


class _Axis:
    """Where a day stands; what lies before the day of the case has as much room as it needs."""

    def __init__(self, rows: Sequence[DayRow]) -> None:
        first = min((row.first for row in rows if row.first is not None), default=0)
        last = max((row.last for row in rows if row.last is not None), default=0)
        self.low, self.high = math.sqrt(max(0, -first)), math.sqrt(max(7, last))
        self.first, self.last = first, max(7, last)

    def __call__(self, day: int) -> float:
        root = math.copysign(math.sqrt(abs(day)), day)
        room = END - START - 8
        return START + 4 + room * (root + self.low) / (self.low + self.high)

    def ticks(self) -> list[int]:
        """The numbers that fit, the day of the case first."""
        kept = [0]
        for day in sorted(_TICKS, key=abs):
            fits = all(abs(self(day) - self(other)) >= _APART for other in kept)
            if self.first <= day <= self.last and fits:
                kept.append(day)
        return kept


def _heads(at: _Axis, bottom: float) -> Iterator[str]:
    yield text("what", 0, HEAD - 11, SMALL, fill=QUIET)
    yield text("day, rule", SAID, HEAD - 11, SMALL, fill=QUIET)
    for day in at.ticks():
        said = "today" if day == 0 else f"{day}".replace("-", "−")
        weight = {"font_weight": 600} if day == 0 else {}
        yield text(said, at(day), HEAD - 11, SMALL, fill=INK if day == 0 else QUIET, text_anchor="middle", **weight)
        yield tag("line", x1=at(day), y1=HEAD - 6, x2=at(day), y2=bottom, stroke=LINE, stroke_width=0.8)


def _row(row: DayRow, lines: Sequence[str], at: _Axis, top: float, tall: float) -> Iterator[str]:
    yield tag("line", x1=0.0, y1=top, x2=WIDE, y2=top, stroke=LINE, stroke_width=0.6)
    middle = top + tall / 2
    first = middle - (len(lines) - 1) * LINE_TALL / 2 + 3.3
    for nth, line in enumerate(lines):
        yield text(line, 0, first + nth * LINE_TALL, LABEL, fill=INK)
    yield from _DRAWN[row.kind](row, at(row.first or 0), at(row.last or 0), at(0), middle)
    yield from _said(row, middle + 3.3)


def _is_loud(row: DayRow) -> bool:
    """Whether a limit is today or has passed."""
    return row.kind in ("by", "window") and row.last is not None and row.last <= 0


def _said(row: DayRow, y: float) -> Iterator[str]:
    x = SAID
    if _is_loud(row):
        yield shape(Degree.URGENT, x, y - 8.2, 9)
        x += 12
    colour = ALARM[Degree.URGENT] if _is_loud(row) else INK
    said = f"{row.when}, {row.left}"
    yield text(said, x, y, SMALL, fill=colour, font_weight=600)
    x += width(said, SMALL, is_bold=True) + 5
    tail = f"{row.rule}{', if it holds' if row.is_open else ''}"
    yield text(tail, x, y, SMALL, fill=QUIET)


def _edge(row: DayRow) -> dict[str, Any]:
    colour = ALARM[Degree.URGENT] if _is_loud(row) else INK
    return {"stroke": colour, "stroke_width": 1.2} | ({"stroke_dasharray": "1.6 1.5"} if row.is_draft else {})


def _limit(row: DayRow, first: float, last: float, today: float, y: float) -> Iterator[str]:
    low, high = sorted((today, last))
    yield tag("rect", x=low, y=y - 2.5, width=max(high - low, 1.0), height=5.0, fill=SPREAD)
    yield tag("path", d=f"M{last:.1f} {y - 5.5:.1f}V{y + 5.5:.1f}", fill="none", **(_edge(row) | {"stroke_width": 2.0}))


def _until(row: DayRow, first: float, last: float, today: float, y: float) -> Iterator[str]:
    low, high = sorted((today, last))
    yield tag("rect", x=low, y=y - 1.5, width=max(high - low, 1.0), height=3.0, fill=LINE)
    yield tag("circle", cx=last, cy=y, r=3.6, fill=RAISED, **_edge(row))


def _from(row: DayRow, first: float, last: float, today: float, y: float) -> Iterator[str]:
    d = f"M{first:.1f} {y - 4:.1f}V{y + 4:.1f}M{first:.1f} {y:.1f}H{first + 16:.1f}m-4 -3.5l4 3.5l-4 3.5"
    yield tag("path", d=d, fill="none", **_edge(row))


def _window(row: DayRow, first: float, last: float, today: float, y: float) -> Iterator[str]:
    yield tag("rect", x=first, y=y - 3.5, width=max(last - first, 2.0), height=7.0, fill=LINE, **_edge(row))


def _on(row: DayRow, first: float, last: float, today: float, y: float) -> Iterator[str]:
    yield tag("circle", cx=first, cy=y, r=3.2, fill=RAISED if row.is_draft else INK, **_edge(row))


_DRAWN = {"by": _limit, "until": _until, "from": _from, "window": _window, "on": _on}
