"""Drawn tables: sectors by layers as a clock, and the canal from the head down."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from enbloc.present import words
from enbloc.present.content import Dial, Profile, Ring, Step
from enbloc.present.drawing import document, tag, text
from enbloc.present.tokens import CORD, INK, LINE, QUIET, RAISED, SAC, TUMOUR

_MIDDLE = (130.0, 132.0)
_LAYERS = ("A", "B", "C", "D", "E")  # from outside to inside
_EDGES = (108.0, 88.0, 70.0, 52.0, 37.0, 24.0)
_OUTSIDE = 116.0
_WRITTEN_CC = 0.05


def clock(dial: Dial) -> str:
    """Tumour by sector and layer as on an axial CT: front up, the patient's left on the viewer's right; cc in each."""
    most = max(ring.cc for ring in dial.rings)
    body = "".join(_grid())
    body += "".join(_cell(ring, most) for ring in dial.rings)
    body += "".join(_rim())
    for nth, layer in enumerate(_LAYERS):
        y = _MIDDLE[1] + (_EDGES[nth] + _EDGES[nth + 1]) / 2
        body += tag("circle", cx=_MIDDLE[0], cy=y, r=6.0, fill=RAISED, stroke=LINE)
        body += text(layer, _MIDDLE[0], y + 3.5, 10, fill=INK, font_weight=600, text_anchor="middle")
    return document(260, 268, body, alt=clock_alt(dial))


def clock_alt(dial: Dial) -> str:
    """What the clock shows, in words with sides, the largest first."""
    told = sorted(dial.rings, key=lambda ring: -ring.cc)
    said = "; ".join(
        f"sector {ring.sector} {_side(ring)} layer {ring.layer} {ring.cc:.2f}{words.THIN}cc{_open(ring)}"
        for ring in told
    )
    return f"Tumour by sector and layer at {dial.level}, patient's left on the viewer's right: {said}."


def _side(ring: Ring) -> str:
    return "left" if ring.sector <= 6 else "right"


def _open(ring: Ring) -> str:
    return " (half a voxel decides)" if ring.is_open else ""


def _grid() -> Iterator[str]:
    for radius in _EDGES:
        yield tag("circle", cx=_MIDDLE[0], cy=_MIDDLE[1], r=radius, fill="none", stroke=LINE)
    for number in range(12):
        (x1, y1), (x2, y2) = _at(number, _EDGES[0]), _at(number, _EDGES[-1])
        yield tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=LINE)


def _rim() -> Iterator[str]:
    for number in range(1, 13):
        x, y = _at(number - 0.5, _OUTSIDE)
        yield text(str(number), x, y + 4, 11, fill=QUIET, text_anchor="middle")
    for letter, x, y in (("R", 6.0, 137.0), ("L", 254.0, 137.0), ("A", 130.0, 10.0), ("P", 130.0, 266.0)):
        yield text(letter, x, y, 15, fill=INK, font_weight=600, text_anchor="middle")


def _cell(ring: Ring, most: float) -> str:
    if ring.layer not in _LAYERS:
        return ""
    nth = _LAYERS.index(ring.layer)
    outer, inner = _EDGES[nth], _EDGES[nth + 1]
    steps = [ring.sector - 1 + part / 6 for part in range(7)]
    corners = [*(_at(step, outer) for step in steps), *(_at(step, inner) for step in reversed(steps))]
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    depth = 0.22 + 0.78 * math.sqrt(ring.cc / most) if most > 0 else 0.22
    edge = {"stroke_dasharray": "3 2"} if ring.is_open else {}
    body = tag("path", d=d, fill=TUMOUR, fill_opacity=round(depth, 2), stroke=TUMOUR, stroke_width=1.0, **edge)
    if ring.layer == "E" or ring.cc < _WRITTEN_CC:  # too narrow for a number, or it would read as none
        return body
    x, y = _at(ring.sector - 0.5, (outer + inner) / 2)
    light = depth < 0.75  # below that, dark letters stand out better than white ones
    return body + text(
        f"{ring.cc:.1f}", x, y + 3.3, 9.5, fill=INK if light else "#ffffff", text_anchor="middle", font_weight=600
    )


def _at(turn: float, radius: float) -> tuple[float, float]:
    """A place on the clock; turns of a twelfth, from the back over the patient's left (viewer's right) to the front."""
    angle = math.radians(30 * turn)
    return (_MIDDLE[0] + radius * math.sin(angle), _MIDDLE[1] + radius * math.cos(angle))


_WIDE, _TALL = 330.0, 178.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 282.0, 26.0, 142.0


def canal_chart(one: Profile) -> str:
    """Areas of canal, sac, cord and tumour along the canal, head at the left; a hairline at the worst plane."""
    most = max(
        area for step in one.steps for area in (step.tumour, step.canal, step.sac, step.cord) if area is not None
    )
    top = max(50.0, 50.0 * math.ceil(most / 50.0))
    body = "".join(_axes(one.steps, top))
    body += _filled(one.steps, top)
    ends: list[tuple[str, float]] = []
    for name, colour, dashes in (("canal", SAC, "5 3"), ("sac", SAC, ""), ("cord", CORD, "")):
        points = [(step.along_mm, area) for step in one.steps if (area := getattr(step, name)) is not None]
        if len(points) > 1:
            body += _line(points, one.steps, top, colour, dashes)
            ends.append((name, _y(points[-1][1], top)))
    ends.append(("tumour", _y(one.steps[-1].tumour, top)))
    body += "".join(_named(ends))
    if one.worst_mm is not None:
        x = _x(one.worst_mm, one.steps)
        body += tag("line", x1=x, y1=_TOP - 6, x2=x, y2=_BOTTOM, stroke=INK, stroke_width=0.9)
        anchor = "start" if x < 110 else "end" if x > 220 else "middle"
        body += text(one.worst, x, _TOP - 11, 10.5, fill=INK, font_weight=600, text_anchor=anchor)
    return document(_WIDE, _TALL, body, alt=chart_alt(one))


def chart_alt(one: Profile) -> str:
    """What the chart shows, in a sentence."""
    first, last = one.steps[0], one.steps[-1]
    most = max(step.tumour for step in one.steps)
    span = f"from {first.along_mm:.0f} to {last.along_mm:.0f}{words.THIN}mm along the canal, head first"
    worst = f"; {one.worst}" if one.worst else ""
    return f"Areas in the canal {span}: most tumour {most:.0f}{words.THIN}mm²{worst}."


def _x(along_mm: float, steps: Sequence[Step]) -> float:
    high, low = steps[0].along_mm, steps[-1].along_mm
    return _LEFT + (_RIGHT - _LEFT) * (high - along_mm) / ((high - low) or 1.0)


def _y(area: float, top: float) -> float:
    return _BOTTOM - (_BOTTOM - _TOP) * area / top


def _axes(steps: Sequence[Step], top: float) -> Iterator[str]:
    for part in (0.0, 0.5, 1.0):
        y = _y(part * top, top)
        yield tag("line", x1=_LEFT, y1=y, x2=_RIGHT, y2=y, stroke=LINE, stroke_width=0.8)
        yield text(f"{part * top:.0f}", _LEFT - 5, y + 3.5, 10, fill=QUIET, text_anchor="end")
    yield text("mm²", 2, _TOP - 11, 10, fill=QUIET)
    high, low = steps[0].along_mm, steps[-1].along_mm
    for mm in range(20 * math.ceil(low / 20), 20 * math.floor(high / 20) + 1, 20):
        x = _x(mm, steps)
        yield tag("line", x1=x, y1=_BOTTOM, x2=x, y2=_BOTTOM + 3, stroke=QUIET, stroke_width=0.8)
        yield text(
            f"{mm:+d}".replace("-", words.MINUS).replace("+0", "0"),
            x,
            _BOTTOM + 14,
            10,
            fill=QUIET,
            text_anchor="middle",
        )
    yield text("head", _LEFT, _BOTTOM + 29, 10.5, fill=INK)
    yield text(
        "mm along the canal from the main level",
        (_LEFT + _RIGHT) / 2,
        _BOTTOM + 29,
        10,
        fill=QUIET,
        text_anchor="middle",
    )
    yield text("foot", _RIGHT, _BOTTOM + 29, 10.5, fill=INK, text_anchor="end")


def _filled(steps: Sequence[Step], top: float) -> str:
    points = [(_x(step.along_mm, steps), _y(step.tumour, top)) for step in steps]
    around = [(points[0][0], _BOTTOM), *points, (points[-1][0], _BOTTOM)]
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in around) + "Z"
    return tag("path", d=d, fill=TUMOUR, fill_opacity=0.45, stroke=TUMOUR, stroke_width=1.2)


def _line(points: Sequence[tuple[float, float]], steps: Sequence[Step], top: float, colour: str, dashes: str) -> str:
    d = "M" + "L".join(f"{_x(along, steps):.1f} {_y(area, top):.1f}" for along, area in points)
    look = {"stroke_dasharray": dashes} if dashes else {}
    # The colours of the structures are made for dark scans: on paper a dark line below them carries the contrast.
    under = tag("path", d=d, fill="none", stroke=QUIET, stroke_width=3.4, **look)
    return under + tag("path", d=d, fill="none", stroke=colour, stroke_width=1.8, **look)


def _named(ends: Sequence[tuple[str, float]]) -> Iterator[str]:
    """The names of the lines at their right ends, pushed apart."""
    last = _BOTTOM + 16
    for name, y in sorted(ends, key=lambda end: -end[1]):
        last = min(y + 3.5, last - 12)
        yield text(name, _RIGHT + 5, last, 10.5, fill=INK)
