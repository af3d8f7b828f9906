"""What stands on every picture beside what it shows: names with their lines, scale, banner, and the strip below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from enbloc.decide.decision import Degree
from enbloc.present import words
from enbloc.present.drawing import haloed, shape, tag, text
from enbloc.present.tokens import DARK_INK, DARK_QUIET, INK, lighter

SIDE = 320.0  # of the square of a picture, in its own units
STRIP, BAND = 42.0, 22.0
LABEL, EDGE = 13.0, 28.0  # the size of a name, and how far from the edge it stands


@dataclass(frozen=True, kw_only=True)
class Label:
    """A name at the edge of the picture, and the spot it points at (drawing units)."""

    words: str
    colour: str
    spot: tuple[float, float]
    bold: bool = False
    stands: float | None = None  # the height it would best stand at, where that is not the spot's
    degree: Degree | None = None  # an alarm, drawn before the words

    @property
    def length(self) -> float:
        """About how long the words are."""
        return len(self.words) * LABEL * 0.56 + 4

    @property
    def wanted(self) -> float:
        """The height it would best stand at."""
        return self.spot[1] if self.stands is None else self.stands


def placed(labels: Iterable[Label], *, top: float = 34.0) -> Iterator[str]:
    """The names at both edges from ``top`` down, pushed apart, each with a thin line to what it names."""
    given = tuple(labels)
    for is_left in (True, False):
        column = sorted((one for one in given if (one.spot[0] < SIDE / 2) is is_left), key=lambda one: one.wanted)
        heights = _apart([one.wanted for one in column], top)
        for one, y in zip(column, heights, strict=True):
            x = EDGE if is_left else SIDE - EDGE
            yield _leader(one, x, y, is_left=is_left)


def _apart(wanted: Sequence[float], top: float) -> list[float]:
    """Heights near those wanted, in order, at least a line apart, clear of the scale bar."""
    gap, bottom = LABEL + 4, SIDE - 30.0
    heights: list[float] = []
    for y in wanted:
        heights.append(max(y, heights[-1] + gap if heights else top))
    low = bottom
    for at in range(len(heights) - 1, -1, -1):
        heights[at] = min(heights[at], low)
        low = heights[at] - gap
    return heights


def _leader(label: Label, x: float, y: float, *, is_left: bool) -> str:
    length = label.length
    end = x + length if is_left else x - length
    (sx, sy) = label.spot
    reaches = sx > end if is_left else sx < end
    line = ""
    if reaches:
        at: dict[str, Any] = {"x1": float(end), "y1": float(y - 4), "x2": sx, "y2": sy}
        line = tag("line", **at, stroke="#000000", stroke_opacity=0.7, stroke_width=2.4)
        line += tag("line", **at, stroke=label.colour, stroke_width=0.9)
    anchor = "start" if is_left else "end"
    weight = 600 if label.bold else 400
    line += _sign(label, x, y, is_left=is_left)
    return line + haloed(
        label.words, x, y, LABEL, fill=lighter(label.colour, 0.35), text_anchor=anchor, font_weight=weight
    )


def _sign(label: Label, x: float, y: float, *, is_left: bool) -> str:
    """The shape of an alarm between its words and the edge."""
    if label.degree is None:
        return ""
    at = (x - 15 if is_left else x + 4, y - 10)
    under = tag("rect", x=at[0] - 1.5, y=at[1] - 1.5, width=14, height=14, fill="#000000", fill_opacity=0.7)
    return under + shape(label.degree, *at, 11, colour=label.colour)


def scale_bar(scale: float) -> str:
    """Twenty millimetres, or ten where those would reach the letter of the side, at ``scale`` drawing units each."""
    mm = 20 if 20 * scale < 0.4 * SIDE else 10
    length, y, x = mm * scale, SIDE - 10, 12.0
    d = f"M{x} {y - 4}V{y}H{x + length:.1f}V{y - 4}"
    bar = tag("path", d=d, fill="none", stroke="#000000", stroke_width=4, stroke_opacity=0.8)
    bar += tag("path", d=d, fill="none", stroke="#ffffff", stroke_width=1.5)
    return bar + haloed(f"{mm}{words.THIN}mm", x + length / 2, y - 7, 11, fill="#ffffff", text_anchor="middle")


def band(said: str) -> str:
    """The banner of what is not a patient, across the top; nothing for a patient."""
    if not said:
        return ""
    ground = tag("rect", width=SIDE, height=BAND, fill="#ffffff")
    frame = tag("rect", x=1.5, y=1.5, width=SIDE - 3, height=BAND - 3, fill="none", stroke=INK, stroke_dasharray="6 3")
    return ground + frame + text(said, SIDE / 2, 16, 13, fill=INK, font_weight=600, text_anchor="middle")


def strip(first: str, second: str, top: float) -> str:
    """Two lines under a picture that say what it is; a long one is set smaller, never cut."""
    lines = text(first, 8, top + 17, _fitting(first, 13), fill=DARK_INK, font_weight=600)
    return lines + text(second, 8, top + 33, _fitting(second, 12), fill=DARK_QUIET)


def _fitting(words: str, size: float) -> float:
    # The letters of our fonts are on average half as wide as high.
    return min(size, round((SIDE - 16) / (0.5 * max(len(words), 1)), 1)) if len(words) > 44 else size
