"""Small figures of a score: reachable totals on their scale, grades, the mark of an item, the wheel of sectors."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from enbloc.present.content import Extent, Mark, ScoreCard
from enbloc.present.drawing import document, tag, text
from enbloc.present.tokens import INK, LINE, PAPER, QUIET, TUMOUR
from enbloc.stage.escc import Escc
from enbloc.stage.sins import STABLE_TO, UNSTABLE_FROM, Stability

WIDE = 320.0


def dots(card: ScoreCard) -> str:
    """The reachable totals as dots on the scale of the score, its cut-offs as hairlines."""
    out_of = card.out_of or 1
    step = (WIDE - 16) / out_of
    edges = (0.0, STABLE_TO.number + 0.5, UNSTABLE_FROM.number - 0.5, float(out_of))
    body = tag("line", x1=8, y1=34, x2=WIDE - 8, y2=34, stroke=QUIET, stroke_width=1)
    for nth, band in enumerate(Stability):
        middle = 8 + step * (edges[nth] + edges[nth + 1]) / 2
        body += text(band.value, middle, 54, 11, fill=QUIET, text_anchor="middle")
    for edge in edges[1:3]:
        body += tag("line", x1=8 + step * edge, y1=8, x2=8 + step * edge, y2=58, stroke=INK, stroke_width=0.8)
    for total in range(out_of + 1):
        x = 8 + step * total
        body += tag("line", x1=x, y1=32, x2=x, y2=36, stroke=QUIET, stroke_width=0.8)
    for reached in card.totals:
        x = 8 + step * reached
        body += tag("circle", cx=x, cy=34, r=5.5, fill=INK)
        body += text(
            str(reached), x, 21, 13 if len(card.totals) < 7 else 10.5, fill=INK, font_weight=600, text_anchor="middle"
        )
    return document(WIDE, 60, body, alt=f"{card.name}: reachable totals {card.result} of {out_of}. {card.band}.")


def ladder(card: ScoreCard) -> str:
    """The six grades in a row, the reachable ones filled, the reported one underlined and named."""
    width = (WIDE - 10) / len(Escc)
    stated, told, _ = card.result.partition(" as reported")
    reached = [] if told else card.result.split(" or ")
    reported = stated if told else card.reported
    body = ""
    for nth, grade in enumerate(Escc):
        x, is_reached = 5 + nth * width, grade.value in reached
        body += tag(
            "rect",
            x=x + 1.5,
            y=4,
            width=width - 3,
            height=24,
            rx=3,
            fill=INK if is_reached else PAPER,
            stroke=INK if is_reached else LINE,
        )
        ink = PAPER if is_reached else QUIET
        body += text(grade.value, x + width / 2, 21, 14, fill=ink, text_anchor="middle", font_weight=600)
        if grade.value == reported:
            body += tag("rect", x=x + 1.5, y=31, width=width - 3, height=2.5, fill=INK)
            body += text("reported", x + width / 2, 45, 11, fill=INK, text_anchor="middle")
    said = f" Reported by a reader: {card.reported}." if card.reported else ""
    height = 48 if reported else 32
    return document(WIDE, height, body, alt=f"{card.name} on its scale of six grades: {card.result}.{said}")


def mark(one: Mark) -> str:
    """The mark of an item: filled if measured, outlined if entered, both if overruled, dashed if unknown."""
    said = "?" if one.state == "unknown" else "/".join(one.points) or _initial(one)
    wide = 26.0 if len(said) < 3 else 38.0
    box: dict[str, Any] = {"x": 1.0, "y": 1.0, "width": wide - 2, "height": 16.0, "rx": 3}
    looks: dict[str, dict[str, Any]] = {
        "measured": {"fill": INK, "stroke": INK},
        "entered": {"fill": "#ffffff", "stroke": INK, "stroke_width": 1.4},
        "overruled": {"fill": "#ffffff", "stroke": INK, "stroke_width": 1.4},
        "borderline": {"fill": LINE, "stroke": INK, "stroke_width": 1.2},
        "unknown": {"fill": "#ffffff", "stroke": INK, "stroke_width": 1.2, "stroke_dasharray": "3 2"},
    }
    body = tag("rect", **box, **looks[one.state])
    if one.state == "overruled":
        body += tag("path", d=f"M{wide - 8} 1H{wide - 1}V8Z", fill=INK)
    ink = PAPER if one.state == "measured" else INK
    body += text(said, wide / 2, 13.5, 12, fill=ink, font_weight=600, text_anchor="middle")
    points = f"{said} points" if one.points and one.state != "unknown" else one.reading
    return document(wide, 18, body, alt=f"{one.name}: {points}, {one.state}")


def _initial(one: Mark) -> str:
    """For an item without points: yes, no, or both."""
    signs = {"yes": "yes", "no": "no"}
    return signs.get(one.reading, "y/n" if one.state == "borderline" else "–")


_RADII = (46.0, 100.0)


def wheel(extent: Extent) -> str:
    """The twelve sectors as on an axial CT: front up, the patient's left on the viewer's right.

    Sector 1 is the left half of the spinous process; the count runs up the left side, across the front, down the right.
    """
    body = "".join(_sector(number, extent) for number in range(1, 13))
    body += tag("circle", cx=130, cy=128, r=_RADII[0] - 3, fill="#ffffff", stroke=QUIET, stroke_dasharray="4 3")
    body += text("canal", 130, 133, 15, fill=QUIET, text_anchor="middle")
    places = (("R", 12.0, 134.0), ("L", 248.0, 134.0), ("A", 130.0, 18.0), ("P", 130.0, 252.0))
    for letter, x, y in places:
        body += text(letter, x, y, 18, fill=INK, font_weight=600, text_anchor="middle")
    return document(260, 258, body, alt=wheel_alt(extent))


def _sector(number: int, extent: Extent) -> str:
    is_in = extent.sectors is not None and number in extent.sectors
    corners = list(_wedge(number))
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
    unknown = {"stroke_dasharray": "3 2"} if extent.sectors is None else {}
    wedge = tag("path", d=d, fill=TUMOUR if is_in else "#ffffff", stroke=INK, stroke_width=1, **unknown)
    x, y = _at(number - 0.5, sum(_RADII) / 2)
    weight = 600 if is_in else 400
    ink = "#ffffff" if is_in else QUIET
    return wedge + text(str(number), x, y + 6, 18, fill=ink, text_anchor="middle", font_weight=weight)


def _wedge(number: int) -> Iterator[tuple[float, float]]:
    steps = [number - 1 + nth / 8 for nth in range(9)]
    yield from (_at(step, _RADII[1]) for step in steps)
    yield from (_at(step, _RADII[0]) for step in reversed(steps))


def _at(turn: float, radius: float) -> tuple[float, float]:
    """A place on the wheel; turns of a twelfth, from the back over the patient's left (viewer's right) to the front."""
    angle = math.radians(30 * turn)
    return (130 + radius * math.sin(angle), 128 + radius * math.cos(angle))


def wheel_alt(extent: Extent) -> str:
    """What the wheel shows, in words with sides."""
    if extent.sectors is None:
        return f"WBB sectors of lesion {extent.about}: not known."
    sides = ", ".join(f"{number} {'left' if number <= 6 else 'right'}" for number in extent.sectors)
    return f"WBB sectors of lesion {extent.about}, patient's left on the viewer's right: {sides or 'none'}."
