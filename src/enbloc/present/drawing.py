"""Small pieces of SVG: escaped, rounded, and safe to stand side by side in one page."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from enbloc.decide.decision import Degree
from enbloc.present.tokens import ALARM, FONT, FONT_BOLD, SHAPES


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawn picture: an ``svg`` for page and paper alike, ``alt`` that says what is seen, and its heading."""

    key: str  # "A axial"
    svg: str
    alt: str
    title: str
    caption: str = ""  # how it is shown: window, slices, where the viewer stands


def tag(name: str, body: str = "", **attributes: object) -> str:
    """An element; ``stroke_width=2`` becomes ``stroke-width="2"``, floats are rounded to hundredths.

    Examples
    --------
    >>> tag("line", x1=0.12345, stroke_width=2)
    '<line x1="0.12" stroke-width="2"/>'
    """
    inside = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_said(given))}" for key, given in attributes.items()
    )
    return f"<{name}{inside}>{body}</{name}>" if body else f"<{name}{inside}/>"


def _said(given: object) -> str:
    return f"{round(given, 2) + 0.0:g}" if isinstance(given, float) else str(given)


def text(words: str, x: float, y: float, size: float, *, fill: str, **attributes: object) -> str:
    """Words at a place; what they say is data and is escaped."""
    # The bold cut goes by a family of its own on paper; on a page the next name is taken, with its weight.
    family = f"'{FONT_BOLD}', '{FONT}'" if attributes.get("font_weight") == 600 else FONT
    given = {"font_family": family, "font_size": size, "fill": fill} | attributes
    return tag("text", escape(_plain(words)), x=float(x), y=float(y), **given)


def haloed(words: str, x: float, y: float, size: float, *, fill: str, **attributes: object) -> str:
    """Words that are readable on any part of a scan: a dark halo lies around them."""
    halo = {"stroke": "#000000", "stroke_opacity": 0.85, "stroke_width": size / 4, "stroke_linejoin": "round"}
    under = text(words, x, y, size, fill="#000000", **(halo | attributes))
    return tag("g", under, aria_hidden="true") + text(words, x, y, size, fill=fill, **attributes)


def _plain(words: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(sign for sign in words if sign >= " " or sign in "\t\n")


def path(points: Iterable[NDArray[np.float64]], *, closed: bool = True) -> str:
    """The ``d`` of closed or open lines, each of shape (n, 2)."""
    end = "Z" if closed else ""
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line) + end for line in points)


def document(width: float, height: float, body: str, *, alt: str) -> str:
    """A whole SVG with its description."""
    return tag(
        "svg",
        tag("title", escape(_plain(alt))) + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:g} {height:g}",
        role="img",
        aria_label=_plain(alt),
    )


def png(levels: NDArray[np.uint8]) -> str:
    """An array (rows, columns) of grey or (rows, columns, 3) of colour as a ``data:`` address; same in, same out."""
    kept = io.BytesIO()
    Image.fromarray(levels).save(kept, format="PNG", optimize=False, compress_level=6)
    return "data:image/png;base64," + base64.b64encode(kept.getvalue()).decode("ascii")


def shape(degree: Degree, x: float, y: float, size: float, *, colour: str = "") -> str:
    """The drawn sign of a degree of alarm, its upper left corner at (x, y); on a dark ground in another colour."""
    move = f"translate({x:g} {y:g}) scale({size / 16:g})"
    return tag("path", d=SHAPES[degree], fill=colour or ALARM[degree], transform=move)


def shape_svg(degree: Degree) -> str:
    """The drawn sign of a degree of alarm as a picture of its own, 16 by 16."""
    return document(16, 16, shape(degree, 0, 0, 16), alt=degree.value)
