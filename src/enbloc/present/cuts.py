"""Planned cuts and the smallest margin on a slice: lines with their distances, a cross where the margin is least."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Triple, triple
from enbloc.decide.decision import Degree
from enbloc.plan.margin.classes import Face
from enbloc.plan.proposal import Cut, Plan
from enbloc.present import words
from enbloc.present.drawing import haloed, path, shape, tag
from enbloc.present.furniture import EDGE, LABEL, SIDE, Label
from enbloc.present.margins import bounding_cut, cut_degree, degree, warning
from enbloc.present.slices import Frame2d, Outline, View
from enbloc.present.tokens import CUT, DARK_ALARM, DARK_INK, DARK_PAPER, lighter

Floats = NDArray[np.float64]

CLOSE_MM = 48.0  # the width of the close-up
_REACH_MM = 42.0  # of a cut, each way
_LEAST_SLOPE = 0.5  # flatter than this a blade is no line in the slice


@dataclass(frozen=True, eq=False, kw_only=True)
class Crossing:
    """Where a blade crosses a slice: two ends and its width in drawing units, and whether the tumour lies below it."""

    cut: Cut
    ends: Floats
    kerf: float
    is_above: bool

    @property
    def name(self) -> str:
        """The cut without the way it takes."""
        return self.cut.name.split(",")[0]


def crossings(plan: Plan | None, frame: Frame2d) -> Iterator[Crossing]:
    """The planned cuts that cross the window, each as far as its blade runs; what lies flat in it is left out."""
    half, unit = frame.size_mm / 2, SIDE / frame.size_mm
    for cut in plan.cuts if plan else ():
        normal, point = np.array(cut.plane.normal), beside_tumour(cut)
        across = np.array([normal @ np.array(frame.right), normal @ np.array(frame.down)])
        slope = float(np.hypot(*across))
        if slope < _LEAST_SLOPE:
            continue
        foot = across / slope**2 * float(normal @ (point - np.array(frame.centre_mm)))
        along = np.array([-across[1], across[0]]) / slope
        near = float((frame.on_page(point[None])[0] - half - foot) @ along)
        bounds = [*_window(foot, along, half), *_domain(cut, frame, foot, along)]
        ends = _inside(foot, along, (near - _REACH_MM, near + _REACH_MM), bounds)
        if ends is not None:
            # The normal points away from the tumour: upwards on the page where the tumour lies below.
            kerf = cut.kerf_mm / slope * unit
            yield Crossing(cut=cut, ends=(ends + half) * unit, kerf=kerf, is_above=bool(across[1] < 0))


def beside_tumour(cut: Cut) -> Floats:
    """The point of a cut's plane beside the place of the tumour that it comes nearest to."""
    at = np.array(cut.margin.at_mm)
    away = float(cut.plane.distance_mm(at[None])[0])
    return np.asarray(at - away * np.array(cut.plane.normal))


def _window(foot: Floats, along: Floats, half: float) -> Iterator[tuple[float, float]]:
    """The four sides of the window along a line: each holds where ``start + t * step`` is not below zero."""
    for start, step in zip(foot.tolist(), along.tolist(), strict=True):
        yield half + start, step
        yield half - start, -step


def _domain(cut: Cut, frame: Frame2d, foot: Floats, along: Floats) -> Iterator[tuple[float, float]]:
    """The half-spaces that the blade runs in, along the line where it crosses the window."""
    axes = np.array([frame.right, frame.down])
    start = np.array(frame.centre_mm) + foot @ axes
    for plane in cut.within:
        yield float(plane.distance_mm(start[None])[0]), float((along @ axes) @ np.array(plane.normal))


def _inside(
    foot: Floats, along: Floats, reach: tuple[float, float], bounds: Sequence[tuple[float, float]]
) -> Floats | None:
    """The part of a line within its reach and all bounds; nothing where they do not meet."""
    low, high = reach
    for start, step in bounds:
        if abs(step) < 1e-9:
            if start < 0:
                return None
            continue
        at = -start / step
        low, high = (max(low, at), high) if step > 0 else (low, min(high, at))
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
    """The blade as wide as it is, with the dashed line of its middle."""
    d = path([one.ends], closed=False)
    halo = tag("path", d=d, fill="none", stroke="#000000", stroke_opacity=0.7, stroke_width=4.5)
    blade = tag("path", d=d, fill="none", stroke=CUT, stroke_opacity=0.55, stroke_width=float(one.kerf))
    line = tag("path", d=d, fill="none", stroke=lighter(CUT, 0.3), stroke_width=2.0, stroke_dasharray="9 3")
    return halo + blade + line


def close_up(plan: Plan) -> Frame2d | None:
    """The window on which the smallest margin is best seen: across the cut, or the face, that bounds it."""
    if plan.margin is None:
        return None
    cut = bounding_cut(plan)
    views = (View.SAGITTAL, View.CORONAL, View.AXIAL)
    aside = [abs(float(np.dot(cut.plane.normal, _through(view)))) for view in views] if cut else []
    view = views[int(np.argmin(aside))] if aside else _VIEWS.get(bounding_face(plan), View.AXIAL)
    return Frame2d(view=view, centre_mm=plan.margin.at_mm, size_mm=CLOSE_MM)


_VIEWS: dict[Face | None, View] = {Face.CRANIAL: View.SAGITTAL, Face.CAUDAL: View.SAGITTAL}
"""What is seen best on another slice than an axial one."""


def bounding_face(plan: Plan) -> Face | None:
    """The face of the specimen that has the smallest margin; nothing without one."""
    found = plan.margin
    faces = plan.resected.faces if plan.resected and found else ()
    return next((face.face for face in faces if found and face.at_mm == found.at_mm), None)


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
    """Where the line from the cross ends (mm on the page): the near face of the blade, or a structure seen here."""
    found = plan.margin
    assert found is not None
    cut, at = bounding_cut(plan), np.array(found.at_mm)
    if cut:
        away = float(cut.plane.distance_mm(at[None])[0]) + cut.kerf_mm / 2
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
