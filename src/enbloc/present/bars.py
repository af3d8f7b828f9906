"""Uncertainty, drawn: a tick for the value, a bar for its interval, a hairline with its number for each cut-off."""

from __future__ import annotations

from enbloc.present.drawing import document, tag, text
from enbloc.present.gauge import Gauge, Tick
from enbloc.present.tokens import INK, LINE, QUIET, RAISED, SPREAD

KEY = "Drawn: tick, the value; bar, its interval; hairline, a cut-off of the score; pale band, where it is in doubt."
TALL = 20.0
_LEFT, _LONG = 120.0, 92.0  # the words of a strip, then its scale
_MIDDLE = 14.0


def strip(one: Gauge) -> str:
    """A label, its number, and the bar: one line beside the item that it belongs to."""
    said = text(one.label, 0, 17, 11.5, fill=QUIET)
    said += text(one.said, _LEFT - 8, 17, 11.5, fill=INK, font_weight=600, text_anchor="end")
    return document(_LEFT + _LONG, TALL, said + _bar(one, _LEFT), alt=one.alt)


def bar(one: Gauge) -> str:
    """The bar alone, for a table that says the number beside it."""
    return document(_LONG, TALL, _bar(one, 0.0), alt=one.alt)


def _bar(one: Gauge, left: float) -> str:
    start, end = left + 3, left + _LONG - 3
    body = tag("line", x1=start, y1=_MIDDLE, x2=end, y2=_MIDDLE, stroke=QUIET, stroke_width=0.8)
    if one.doubt:
        low, high = (_at(one, number, left) for number in one.doubt)
        body += tag("rect", x=low, y=_MIDDLE - 5, width=high - low, height=10.0, fill=LINE)
    if not one.is_exact:
        low, high = _at(one, one.low, left), _at(one, one.high, left)
        body += tag("rect", x=low, y=_MIDDLE - 3, width=max(high - low, 1.0), height=6.0, fill=SPREAD)
    body += _struck(one, left) + "".join(_hairline(one, tick, left) for tick in one.ticks)
    x = _at(one, one.value, left)
    # Measured is solid, entered by a person is outlined, as everywhere in the report.
    look = {"fill": INK} if one.is_measured else {"fill": RAISED, "stroke": INK, "stroke_width": 1.2}
    wide = 2.2 if one.is_measured else 4.0
    return body + tag("rect", x=x - wide / 2, y=_MIDDLE - 5, width=wide, height=10.0, **look)


def _struck(one: Gauge, left: float) -> str:
    """The interval that was overruled, lightly struck."""
    if one.before is None:
        return ""
    low, high = (_at(one, number, left) for number in one.before)
    box = tag("rect", x=low, y=_MIDDLE - 3, width=max(high - low, 1.0), height=6.0, fill="none", stroke=SPREAD)
    return box + tag("line", x1=low - 2, y1=_MIDDLE + 4, x2=high + 2, y2=_MIDDLE - 4, stroke=QUIET, stroke_width=0.9)


def _hairline(one: Gauge, tick: Tick, left: float) -> str:
    x = _at(one, tick.at, left)
    is_tight = x > left + _LONG - 20
    line = tag("line", x1=x, y1=1.0, x2=x, y2=TALL - 1, stroke=INK, stroke_width=0.8)
    side = {"text_anchor": "end"} if is_tight else {}
    return line + text(tick.said, x - 2 if is_tight else x + 2, 8, 9.5, fill=INK, **side)


def _at(one: Gauge, number: float, left: float) -> float:
    low, high = one.scale
    return left + 3 + (_LONG - 6) * (number - low) / ((high - low) or 1.0)
