"""Planned cuts and the smallest margin on a slice: lines with their distances, a cross where the margin is least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Triple, triple
from enbloc.decide.decision import Degree
from enbloc.plan.proposal import Cut, Plan
from enbloc.present import words
from enbloc.present.drawing import haloed, path, shape, tag
from enbloc.present.furniture import EDGE, LABEL, SIDE, Label
from enbloc.present.operations import bounding_cut, cut_degree, degree, warning
from enbloc.present.slices import Frame2d, Outline, View
from enbloc.present.tokens import CUT, DARK_ALARM, DARK_INK, DARK_PAPER, lighter

Floats = NDArray[np.float64]

CLOSE_MM = 48.0  # the width of the close-up
_REACH_MM = 42.0  # of a cut, each way


@dataclass(frozen=True, eq=False, kw_only=True)
class Crossing:
    """Where a cut crosses a slice: two ends in drawing units, and whether the tumour lies below it on the page."""

    cut: Cut
    ends: Floats
    is_above: bool

    @property
    def name(self) -> str:
        """The cut without the way it takes."""
        return self.cut.name.split(",")[0]


def crossings(plan: Plan | None, frame: Frame2d) -> Iterator[Crossing]:
    """The planned cuts that cross the window; what lies flat in it is left out."""
    half, unit = frame.size_mm / 2, SIDE / frame.size_mm
    for cut in plan.cuts if plan else ():
        normal, point = np.array(cut.plane.normal), np.array(cut.plane.point_mm)
        across = np.array([normal @ np.array(frame.right), normal @ np.array(frame.down)])
        slope = float(np.hypot(*across))
        if slope < 0.2:
            continue
        foot = across / slope**2 * float(normal @ (point - np.array(frame.centre_mm)))
        along = np.array([-across[1], across[0]]) / slope
        near = float((frame.on_page(point[None])[0] - half - foot) @ along)
        ends = _inside(foot, along, near, half)
        if ends is not None:
            yield Crossing(cut=cut, ends=(ends + half) * unit, is_above=bool(across[1] > 0))


def _inside(foot: Floats, along: Floats, near: float, half: float) -> Floats | None:
    """The part of a line within its reach and within the window; nothing where they do not meet."""
    low, high = near - _REACH_MM, near + _REACH_MM
    for start, step in zip(foot.tolist(), along.tolist(), strict=True):
        if abs(step) < 1e-9:
            if abs(start) > half:
                return None
            continue
        first, last = sorted(((-half - start) / step, (half - start) / step))
        low, high = max(low, first), min(high, last)
    return np.array([foot + low * along, foot + high * along]) if low < high else None


def cut_label(one: Crossing) -> Label:
    """The name of a cut with its distance from the tumour, on the side of the line that is away from it."""
    loud = cut_degree(one.cut)
    x, y = max(one.ends.tolist())
    made = Label(
        words=f"{one.name} {words.margin(one.cut.margin_mm)}",
        colour=DARK_ALARM[loud] if loud else lighter(CUT, 0.3),
        spot=(x, y),
        bold=True,
        degree=loud,
    )
    is_left = x < SIDE / 2
    first, last = (EDGE, EDGE + made.length) if is_left else (SIDE - EDGE - made.length, SIDE - EDGE)
    (x0, y0), (x1, y1) = sorted(one.ends.tolist())
    here = np.interp([first, last], [x0, x1], [y0, y1])
    return replace(made, stands=float(here.min()) - 6 if one.is_above else float(here.max()) + 16)


def cut_line(one: Crossing) -> str:
    """The dashed line of a cut."""
    d = path([one.ends], closed=False)
    halo = tag("path", d=d, fill="none", stroke="#000000", stroke_opacity=0.7, stroke_width=4.5)
    return halo + tag("path", d=d, fill="none", stroke=lighter(CUT, 0.3), stroke_width=2.2, stroke_dasharray="9 3")


def close_up(plan: Plan) -> Frame2d | None:
    """The window on which the smallest margin is best seen: axial at a structure, otherwise across the cut."""
    if plan.margin is None:
        return None
    cut = bounding_cut(plan)
    views = (View.SAGITTAL, View.CORONAL, View.AXIAL)
    aside = [abs(float(np.dot(cut.plane.normal, _through(view)))) for view in views] if cut else []
    view = views[int(np.argmin(aside))] if aside else View.AXIAL
    return Frame2d(view=view, centre_mm=plan.margin.at_mm, size_mm=CLOSE_MM)


def _through(view: View) -> Triple:
    return triple(np.cross(view.right, view.down))


def margin_mark(plan: Plan, frame: Frame2d, outlines: Sequence[Outline]) -> tuple[str, tuple[Label, ...]]:
    """A cross where the margin is least, a line to what bounds it, and its number; loud where there is none."""
    found = plan.margin
    if found is None:
        return "", ()
    unit = SIDE / frame.size_mm
    spot = frame.on_page(np.array(found.at_mm)[None])[0] * unit
    loud = degree(found)
    colour = DARK_ALARM[loud] if loud else DARK_INK
    foot = _foot(plan, frame, outlines)
    line = path([np.array([spot, foot * unit])], closed=False) if foot is not None else ""
    x, y = (float(place) for place in spot)
    cross = f"M{x - 6:.1f} {y:.1f}H{x + 6:.1f}M{x:.1f} {y - 6:.1f}V{y + 6:.1f}"
    drawn = "".join(_stroke(d, colour) for d in (line, cross) if d)
    name = Label(words=f"margin {words.margin(found.mm)}", colour=colour, spot=(x, y), bold=True)
    return drawn + _warning(plan, loud), () if loud else (name,)


def _stroke(d: str, colour: str) -> str:
    halo = tag("path", d=d, fill="none", stroke="#000000", stroke_opacity=0.8, stroke_width=5)
    return halo + tag("path", d=d, fill="none", stroke=colour, stroke_width=2.2)


def _foot(plan: Plan, frame: Frame2d, outlines: Sequence[Outline]) -> Floats | None:
    """Where the line from the cross ends (mm on the page): on the cut, or on the structure if that is seen here."""
    found = plan.margin
    assert found is not None
    cut, at = bounding_cut(plan), np.array(found.at_mm)
    if cut:
        away = float(cut.plane.distance_mm(at[None])[0])
        return np.asarray(frame.on_page((at - away * np.array(cut.plane.normal))[None])[0])
    lines = [line for one in outlines if str(one.structure) == found.barrier for line in one.lines]
    if not lines:
        return None
    points, here = np.concatenate(lines), frame.on_page(at[None])[0]
    apart = np.hypot(*(points - here).T)
    # A line clearly longer than the number would say something else: the nearest place lies in another slice.
    return np.asarray(points[np.argmin(apart)]) if apart.min() <= max(found.mm, 0.0) + 1.5 else None


def _warning(plan: Plan, loud: Degree | None) -> str:
    said = warning(plan)
    if not said or loud is None:
        return ""
    ground = tag("rect", x=0, y=24, width=SIDE, height=24, fill=DARK_PAPER, fill_opacity=0.88)
    size = min(LABEL + 1, (SIDE - 40) / (0.55 * len(said)))
    mark = shape(loud, 10, 29.5, 13, colour=DARK_ALARM[loud])
    return ground + mark + haloed(said, 29, 41, round(size, 1), fill=DARK_ALARM[loud], font_weight=600)
