"""The figure of a choice: bone taken against the smallest margin, and beside it how likely the saw enters tumour.

Readable in grey: a filled mark is beaten by nothing and joined to its like, an open one is beaten; a dotted ring is a
draft, a split mark hangs on half a voxel. Every mark has its number, and the number its name.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from enbloc.case.finding import Interval
from enbloc.present import words
from enbloc.present.drawing import document, tag, text
from enbloc.present.lines import width, wrapped
from enbloc.present.planned import Front, Spot
from enbloc.present.tokens import INK, LINE, QUIET, RAISED

WIDE, TALL = 720.0, 306.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 372.0, 30.0, 222.0
_RAIL = 240.0  # where operations without a margin stand, below the scale
_NAMES, _BARS, _END = 400.0, 560.0, 706.0  # where the names of the second panel begin, its bars, and where they end
_DOT = 5.5
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)
_MOST_TICKS = 6
_NEAR = 20.0  # a number farther from its mark than this has a line to it
KEY = (
    "filled: nothing beats it · open: beaten · dotted ring: draft · split: borderline · whisker: interval"
    " · none: not in one piece"
)


def front_chart(one: Front) -> str:
    """The two panels with their axes, marks and words."""
    tall = max(TALL, _TOP + 40.0 + sum(_room(spot) for spot in one.spots))
    scale = _Scale(one)
    body = "".join(_axes(one, scale)) + _joined(one, scale)
    body += "".join(_whisker(spot, scale) for spot in one.placed)
    body += "".join(_dot(spot, *scale.at(spot)) for spot in one.placed)
    body += "".join(_numbered(one.placed, scale))
    body += "".join(_panel(one))
    body += text(KEY, _LEFT, tall - 6, 9.5, fill=QUIET)
    return document(WIDE, tall, body, alt=front_alt(one))


def front_alt(one: Front) -> str:
    """What the figure shows, in a sentence for each operation."""
    said = "; ".join(_said(spot) for spot in one.spots)
    by = f", by {one.method}" if one.method else ""
    return f"Operations on lesion {one.about} by bone taken, margin and probability of entering tumour{by}: {said}."


def _said(spot: Spot) -> str:
    bone = f"{spot.bone_cc:.1f}{words.THIN}cc of bone" if spot.bone_cc is not None else "bone not known"
    margin = "no margin" if spot.margin_mm is None else f"margin {words.margin(spot.margin_mm)}"
    span = f" ({_span(spot.margin)})" if spot.margin else ""
    stands = "nothing beats it" if spot.is_on_front else "beaten"
    marks = "".join(
        f", {word}" for word, is_so in (("draft", spot.is_draft), ("borderline", spot.is_borderline)) if is_so
    )
    return f"{spot.number} {spot.name}: {bone}, {margin}{span}, entry {spot.entry_said}, {stands}{marks}"


def _span(span: tuple[float, float]) -> str:
    return words.margin_interval(Interval(low=span[0], high=span[1]))


class _Scale:
    """Where bone and margin stand in the first panel."""

    def __init__(self, one: Front) -> None:
        bones = [spot.bone_cc or 0.0 for spot in one.placed]
        ends = [end for spot in one.placed for end in spot.margin or ()]
        ends += [spot.margin_mm for spot in one.placed if spot.margin_mm is not None]
        ends += [one.asked_mm] if one.asked_mm is not None else []
        self.bones = _ticks(0.0, 1.12 * max(bones, default=1.0))
        self.margins = _ticks(min(0.0, *ends), max(1.0, *ends))

    def x(self, bone_cc: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (bone_cc - self.bones[0]) / (self.bones[-1] - self.bones[0])

    def y(self, margin_mm: float) -> float:
        low, high = self.margins[0], self.margins[-1]
        return _BOTTOM - (_BOTTOM - _TOP) * (margin_mm - low) / (high - low)

    def at(self, spot: Spot) -> tuple[float, float]:
        assert spot.bone_cc is not None, "only those with a number are placed"
        return self.x(spot.bone_cc), _RAIL if spot.margin_mm is None else self.y(spot.margin_mm)


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Round numbers from below the one end to above the other."""
    step = next((each for each in _STEPS if (high - low) / each <= _MOST_TICKS), _STEPS[-1])
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    return tuple(float(step * nth) for nth in range(first, last + 1))


def _axes(one: Front, scale: _Scale) -> Iterator[str]:
    for mm in scale.margins:
        y = scale.y(mm)
        yield tag("line", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, stroke=LINE, stroke_width=0.8)
        yield text(f"{mm:g}".replace("-", words.MINUS), _LEFT - 6, y + 3.5, 10, fill=QUIET, text_anchor="end")
    for cc in scale.bones:
        x = scale.x(cc)
        yield tag("line", x1=x, y1=_RAIL + 8, x2=x, y2=_RAIL + 12, stroke=QUIET, stroke_width=0.8)
        yield text(f"{cc:g}", x, _RAIL + 23, 10, fill=QUIET, text_anchor="middle")
    yield tag("line", x1=_LEFT, y1=_RAIL, x2=_RIGHT, y2=_RAIL, stroke=QUIET, stroke_width=0.8, stroke_dasharray="2 3")
    yield text("none", _LEFT - 6, _RAIL + 3.5, 10, fill=QUIET, text_anchor="end")
    yield text(f"smallest margin, mm {words.DASH} more is better", 4, 14, 11, fill=INK, font_weight=600)
    yield text(
        f"bone taken, cc {words.DASH} less is better",
        _RIGHT,
        _RAIL + 38,
        11,
        fill=INK,
        font_weight=600,
        text_anchor="end",
    )
    yield from _hairline(scale.y(0.0), "0: through tumour" if scale.margins[0] < 0 else "0")
    if one.asked_mm is not None:
        yield from _hairline(scale.y(one.asked_mm), f"asked of the cuts: {one.asked_mm:g}", dashes="5 3")


def _hairline(y: float, said: str, dashes: str = "") -> Iterator[str]:
    look = {"stroke_dasharray": dashes} if dashes else {}
    yield tag("line", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, stroke=INK, stroke_width=0.9, **look)
    if said != "0":
        yield text(said, _RIGHT, y - 4, 9.5, fill=INK, text_anchor="end")


def _joined(one: Front, scale: _Scale) -> str:
    """The operations that nothing beats, joined from the least bone on."""
    held = sorted(scale.at(spot) for spot in one.placed if spot.is_on_front and spot.margin_mm is not None)
    if len(held) < 2:
        return ""
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in held)
    return tag("path", d=d, fill="none", stroke=QUIET, stroke_width=1.3)


def _whisker(spot: Spot, scale: _Scale) -> str:
    if spot.margin is None:
        return ""
    x, _ = scale.at(spot)
    low, high = (scale.y(end) for end in spot.margin)
    d = f"M{x:.1f} {low:.1f}V{high:.1f}M{x - 4:.1f} {low:.1f}H{x + 4:.1f}M{x - 4:.1f} {high:.1f}H{x + 4:.1f}"
    return tag("path", d=d, fill="none", stroke=INK, stroke_width=1.1)


def _dot(spot: Spot, x: float, y: float) -> str:
    body = tag("circle", cx=x, cy=y, r=_DOT, fill=INK if spot.is_on_front else RAISED, stroke=INK, stroke_width=1.6)
    if spot.is_borderline:
        half = f"M{x:.1f} {y - _DOT:.1f}A{_DOT} {_DOT} 0 0 1 {x:.1f} {y + _DOT:.1f}Z"
        body = tag("circle", cx=x, cy=y, r=_DOT, fill=RAISED, stroke=INK, stroke_width=1.6) + tag(
            "path", d=half, fill=INK
        )
    if spot.is_draft:
        body += tag(
            "circle", cx=x, cy=y, r=_DOT + 4, fill="none", stroke=INK, stroke_width=1.3, stroke_dasharray="1.5 2.5"
        )
    return body


def _numbered(spots: Sequence[Spot], scale: _Scale) -> Iterator[str]:
    """The number of each mark beside it, where it covers no other mark and no other number."""
    taken = [scale.at(spot) for spot in spots]
    for spot in spots:
        x, y = scale.at(spot)
        places = [
            (x + dx, y + dy) for dx, dy in ((14, -9), (14, 16), (-16, -9), (-16, 16), (27, 4), (-29, 4), (14, -24))
        ]
        best = max(places, key=lambda at: _free(at, taken, (x, y)))
        taken.append((best[0], best[1] - 5))
        if math.hypot(best[0] - x, best[1] - 5 - y) > _NEAR:
            yield tag("line", x1=x, y1=y, x2=best[0], y2=best[1] - 3, stroke=QUIET, stroke_width=0.7)
        yield text(str(spot.number), best[0], best[1], 13, fill=INK, font_weight=600, text_anchor="middle")


def _free(at: tuple[float, float], taken: Sequence[tuple[float, float]], own: tuple[float, float]) -> float:
    """How good a place is: no nearer to another than it need be, within the panel, the first ones before the others."""
    near = min((math.hypot(at[0] - x, at[1] - 5 - y) for x, y in taken if (x, y) != own), default=99.0)
    is_inside = _LEFT + 6 < at[0] < _RIGHT + 10 and _TOP - 8 < at[1] < _RAIL + 4
    return min(near, 22.0) - (0.0 if is_inside else 50.0)


# --- the second panel -------------------------------------------------------------------------------------------------
_SIZE, _LINE = 10.5, 13.0


def _room(spot: Spot) -> float:
    return max(26.0, 12.0 + _LINE * len(_named(spot)))


def _named(spot: Spot) -> list[str]:
    more = [word for word, is_so in (("draft", spot.is_draft), ("borderline", spot.is_borderline)) if is_so]
    said = f"{spot.name} ({', '.join(more)})" if more else spot.name
    return wrapped(said, _BARS - _NAMES - 28, _SIZE)


def _panel(one: Front) -> Iterator[str]:
    """A row for each operation: its number, its name, and how likely tumour is entered, from and to."""
    by = f", {one.method}" if one.method else ""
    yield text(
        f"probability of entering tumour{by} {words.DASH} less is better", _NAMES, 14, 11, fill=INK, font_weight=600
    )
    y = _TOP + 6.0
    last = y + sum(_room(spot) for spot in one.spots)
    for percent in (0, 50, 100):
        x = _share(percent)
        yield tag("line", x1=x, y1=_TOP, x2=x, y2=last, stroke=LINE, stroke_width=0.8)
        yield text(f"{percent}{words.THIN}%", x, last + 13, 10, fill=QUIET, text_anchor="middle")
    for spot in one.spots:
        yield from _panel_row(spot, y)
        y += _room(spot)


def _panel_row(spot: Spot, y: float) -> Iterator[str]:
    middle = y + 10.0
    yield text(str(spot.number), _NAMES + 4, middle + 3.5, 12, fill=INK, font_weight=600, text_anchor="middle")
    for nth, line in enumerate(_named(spot)):
        yield text(line, _NAMES + 16, middle + 3.5 + nth * _LINE, _SIZE, fill=INK)
    if spot.entry is None:
        yield text(spot.entry_said, _BARS, middle + 3.5, 10, fill=QUIET)
        return
    low, high = (_share(end) for end in spot.entry)
    look = {"fill": INK} if spot.is_on_front else {"fill": RAISED, "stroke": INK, "stroke_width": 1.2}
    yield tag("rect", x=low, y=middle - 4, width=max(high - low, 2.0), height=8.0, **look)
    is_tight = high + 6 + width(spot.entry_said, 10) > _END + 12
    side = {"text_anchor": "end"} if is_tight else {}
    yield text(spot.entry_said, low - 5 if is_tight else high + 6, middle + 3.5, 10, fill=INK, **side)


def _share(percent: float) -> float:
    return _BARS + (_END - _BARS) * percent / 100.0
