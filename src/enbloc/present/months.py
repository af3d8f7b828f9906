"""Published survival by several instruments on one axis of months: a band an instrument, a lane a category."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from enbloc.decide.decision import Degree
from enbloc.present import lanes
from enbloc.present.drawing import document, shape, tag, text
from enbloc.present.lanes import END, HEAD, NAME, OPEN_TO, SAID, SMALL, START, WORDS, Band, Strip, bands, x_of
from enbloc.present.lines import width
from enbloc.present.outlook import Answer, Compared, Horizon, Placed, Shape, SideBySide
from enbloc.present.tokens import INK, LINE, QUIET, RAISED, SPREAD

WIDE = 800.0
TICKS = (0, 1, 3, 6, 12, 24, 48)
KEY = (
    "Dot: median survival, in months, with its 95 % interval as a bar where one is published. Circle: filled to the "
    "share that was alive at that month. Bar: predicted range; an arrow has no end. Diamond, or circle filled in grey: "
    "other patients than those that the score was made from. Dotted: draft, not checked against its source, and not "
    "counted. Paler: one of several results that are still possible."
)

_CELL, _CELLS = 36.0, 656.0  # the columns of the horizons
_FOOT = 64.0


def months_chart(one: SideBySide) -> str:
    """The whole figure."""
    made = bands(one.rows, HEAD)
    foot = made[-1].bottom if made else HEAD
    months = [horizon.months for horizon in one.horizons]
    body = "".join(_heads(one.horizons))
    body += "".join(part for band in made for part in (*_grid(band, months), *_head_of(band), *_lanes_of(band)))
    body += "".join(part for band in made for part in _answers(band))
    body += "".join(_ticks(foot + 11)) + "".join(_counts(one.horizons, foot))
    return document(WIDE, foot + _FOOT, body, alt=months_alt(one))


def months_alt(one: SideBySide) -> str:
    """What the figure shows, in sentences."""
    rows = "; ".join(f"{row.name}, {row.cohort}: {_told(row)}" for row in one.rows)
    ends = " ".join(
        f"{horizon.head}{', they differ' if horizon.is_torn else ''}: {horizon.said}" for horizon in one.horizons
    )
    return f"Published survival of other patients by {len(one.rows)} scores on one axis of months. {rows}. {ends}"


def _told(row: Compared) -> str:
    each = (f"{lane.words} ({', '.join(one.words for one in lane.figures) or lane.note})" for lane in row.lanes)
    return " or ".join(each)


# --- the frame --------------------------------------------------------------------------------------------------------


def _heads(horizons: Sequence[Horizon]) -> Iterator[str]:
    yield text("score, and each result that is possible", 0, HEAD - 8, SMALL, fill=QUIET)
    yield text("months afterwards, by square roots", START, HEAD - 22, SMALL, fill=QUIET)
    yield from _ticks(HEAD - 8)
    yield text("at least half alive at … months?", WIDE, HEAD - 22, SMALL, fill=QUIET, text_anchor="end")
    for nth, one in enumerate(horizons):
        yield text(f"{one.months:g}", _CELLS + nth * _CELL + 2, HEAD - 8, SMALL, fill=INK)


def _ticks(y: float) -> Iterator[str]:
    for month in TICKS:
        yield text(str(month), x_of(month), y, SMALL, fill=INK, text_anchor="middle")
    yield text("60 →", END - 5, y, SMALL, fill=INK)


def _grid(band: Band, horizons: Sequence[float]) -> Iterator[str]:
    """Hairlines, broken where the words of an instrument stand; those that are asked about are darker."""
    yield tag("line", x1=0.0, y1=band.top + 1, x2=WIDE, y2=band.top + 1, stroke=LINE, stroke_width=0.8)
    for month in (*TICKS, lanes.LAST_MONTH) if band.strips else ():
        x = x_of(month)
        look: dict[str, Any] = (
            {"stroke": SPREAD, "stroke_width": 0.7} if month in horizons else {"stroke": LINE, "stroke_width": 0.8}
        )
        yield tag("line", x1=x, y1=band.lanes_from - 1, x2=x, y2=band.bottom - 2, **look)


# --- one instrument ---------------------------------------------------------------------------------------------------


def _head_of(band: Band) -> Iterator[str]:
    y = band.top + 11.5
    for nth, line in enumerate(band.name):
        yield text(line, 0, y + nth * lanes.LINE, NAME, fill=INK, font_weight=600)
    if band.of.is_draft:
        yield from _draft(band.draft.x, y + band.draft.line * lanes.LINE)
    yield text(band.of.result, band.result.x, y + band.result.line * lanes.LINE, NAME, fill=INK)
    if band.of.is_dated:
        yield shape(Degree.CAUTION, START, y - 8.2, 9)
        yield text(lanes.WARNING, START + 12, y, SMALL, fill=INK, font_weight=600)
    for nth, line in enumerate(band.facts):
        x = START + (lanes.warned() if band.of.is_dated and nth == 0 else 0)
        yield text(line, x, y + nth * lanes.LINE, SMALL, fill=QUIET)


def _draft(x: float, y: float) -> Iterator[str]:
    yield tag(
        "rect", x=x, y=y - 8.5, width=26.0, height=11.0, rx=2, fill="none", stroke=QUIET, stroke_dasharray="1.5 1.5"
    )
    yield text("draft", x + 13, y, 8.5, fill=INK, text_anchor="middle")


def _lanes_of(band: Band) -> Iterator[str]:
    ink = QUIET if band.is_open else INK
    for strip in band.strips:
        middle = strip.top + strip.tall / 2
        first = middle - (len(strip.words) - 1) * lanes.LINE / 2 + 3.3
        for nth, line in enumerate(strip.words):
            yield text(line, 8, first + nth * lanes.LINE, WORDS, fill=INK)
        if strip.of.note:
            yield from _on_ground(strip.of.note, START + 4, middle, QUIET)
        yield from _marks(strip, ink)


def _marks(strip: Strip, ink: str) -> Iterator[str]:
    lines = 1 + max((mark.line for mark in strip.marks), default=0)
    top = strip.top + (strip.tall - lines * lanes.LANE) / 2
    for mark in strip.marks:
        y = top + (mark.line + 0.5) * lanes.LANE
        yield from _DRAWN[mark.of.shape](mark.of, y, ink)
        # Words within a bar stand on it; others on ground of their own, so that no hairline runs through them.
        within = mark.of.shape is Shape.RANGE and mark.said_at < lanes.drawn_to(mark.of)
        yield from _on_ground(mark.of.said, mark.said_at, y, ink, ground=LINE if within else RAISED)


def _on_ground(said: str, x: float, y: float, ink: str, *, ground: str = RAISED) -> Iterator[str]:
    long = width(said, SAID)
    yield tag("rect", x=x - 1.5, y=y - 4.4, width=long + 3, height=8.8, fill=ground)
    yield text(said, x, y + 3.2, SAID, fill=ink)


def _edge(one: Placed, ink: str) -> dict[str, Any]:
    return {"stroke": ink, "stroke_width": 1.0} | ({"stroke_dasharray": "1.6 1.5"} if one.is_draft else {})


def _full(ink: str) -> str:
    """What fills a mark: paler where several results are possible."""
    return SPREAD if ink == QUIET else ink


def _range(one: Placed, y: float, ink: str) -> Iterator[str]:
    low, high = lanes.drawn_from(one), lanes.drawn_to(one)
    edge = high if one.high is not None else high - 6
    point = "" if one.high is not None else f"L{high:.1f} {y:.1f}"
    d = f"M{low:.1f} {y - 5:.1f}H{edge:.1f}{point}L{edge:.1f} {y + 5:.1f}H{low:.1f}Z"
    yield tag("path", d=d, fill=LINE, **_edge(one, ink))


def _median(one: Placed, y: float, ink: str) -> Iterator[str]:
    if one.months is None:
        yield tag("path", d=f"M{END:.1f} {y:.1f}H{OPEN_TO:.1f}m-5 -4l5 4l-5 4", fill="none", **_edge(one, ink))
        return
    x = x_of(one.months)
    if one.low is not None and one.high is not None:
        low, high = x_of(one.low), x_of(one.high)
        yield tag(
            "rect", x=low, y=y - 2.5, width=max(high - low, 1.0), height=5.0, fill=LINE if ink == QUIET else SPREAD
        )
    if one.is_elsewhere:
        yield tag("path", d=f"M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5Z", fill=RAISED, **_edge(one, ink))
    else:
        yield tag("circle", cx=x, cy=y, r=4.0, fill=RAISED if one.is_draft else _full(ink), **_edge(one, ink))


def _alive(one: Placed, y: float, ink: str) -> Iterator[str]:
    x, share = x_of(one.months or 0.0), (one.percent or 0.0) / 100
    yield tag("circle", cx=x, cy=y, r=5.0, fill=RAISED)
    fill = LINE if one.is_elsewhere else SPREAD if one.is_draft else _full(ink)
    if share >= 1:
        yield tag("circle", cx=x, cy=y, r=5.0, fill=fill)
    elif share > 0:
        turn = 2 * math.pi * share
        end = f"{x + 5 * math.sin(turn):.2f} {y - 5 * math.cos(turn):.2f}"
        yield tag("path", d=f"M{x:.2f} {y:.2f}V{y - 5:.2f}A5 5 0 {int(share > 0.5)} 1 {end}Z", fill=fill)
    yield tag("circle", cx=x, cy=y, r=5.0, fill="none", **_edge(one, ink))


_DRAWN = {Shape.RANGE: _range, Shape.MEDIAN: _median, Shape.ALIVE: _alive}


# --- more than half alive? --------------------------------------------------------------------------------------------


def _answers(band: Band) -> Iterator[str]:
    for nth, answer in enumerate(band.of.answers):
        yield from _answer(answer, _CELLS + nth * _CELL, band.middle)


def _answer(one: Answer, x: float, y: float) -> Iterator[str]:
    """A full disc for yes, an empty one for no, a dashed one for open, each with its word; of drafts the word alone."""
    if not one.word:
        yield text("–", x + 3, y + 3.2, SAID, fill=QUIET)
        return
    if one.is_draft:
        long = width(one.word, SAID)
        box: dict[str, Any] = {"stroke": QUIET, "stroke_dasharray": "1.5 1.5", "rx": 2}
        yield tag("rect", x=x + 9, y=y - 5.5, width=long + 6, height=11.0, fill="none", **box)
        yield text(one.word, x + 12, y + 3.2, SAID, fill=QUIET)
        return
    look: dict[str, Any] = {"fill": INK if one.word == "yes" else RAISED, "stroke": INK, "stroke_width": 1.0}
    dashes = {"stroke_dasharray": "2 1.6"} if one.word == "open" else {}
    yield tag("circle", cx=x + 5, cy=y, r=4.0, **look, **dashes)
    yield text(one.word, x + 12, y + 3.2, SAID, fill=INK)


def _counts(horizons: Sequence[Horizon], foot: float) -> Iterator[str]:
    """How many say so, under their columns; where some say yes and some no, a sign with its word."""
    yield tag("line", x1=_CELLS, y1=foot + 2, x2=WIDE, y2=foot + 2, stroke=INK, stroke_width=0.8)
    for nth, one in enumerate(horizons):
        x = _CELLS + nth * _CELL
        for row, (count, word) in enumerate(((one.yes, "yes"), (one.no, "no"), (one.open, "open"))):
            bold = {"font_weight": 600} if count and word != "open" else {}
            yield text(f"{count} {word}", x + 2, foot + 14 + row * 12, SAID, fill=INK if count else QUIET, **bold)
        if one.is_torn:
            yield shape(Degree.CAUTION, x, foot + 43, 9)
            yield text("differ", x + 11, foot + 51, SAID, fill=INK, font_weight=600)
