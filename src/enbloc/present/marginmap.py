"""The surface of the tumour coloured by its margin, from two sides; a white line where the margin asked for begins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import StructureKind
from enbloc.case.geometry import Triple
from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.kernels.raster import nearest, shaded
from enbloc.plan.margin.parameters import NEAR
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.banner import banner
from enbloc.present.bodies import Body, bodies
from enbloc.present.drawing import Picture, document, haloed, png, tag, text
from enbloc.present.furniture import BAND, SIDE, STRIP, band, scale_bar, strip
from enbloc.present.operations import foremost
from enbloc.present.solid import LIGHT, Camera, Stand, cube, sides
from enbloc.present.tokens import DARK_INK, DARK_PAPER, MARGIN_BANDS, rgb

Floats = NDArray[np.float64]

EDGES = tuple(limit.number for limit in NEAR)
"""Where the bands end, as in the report of margins."""
_PIXELS, _FINER = 400, 2
_KEY = 26.0
_GROUND = "#59636d"  # neither end of the scale of colours
_STANDS = (
    Stand(words="seen from behind", from_=(0.0, 1.0, 0.16)),
    Stand(words="seen from the front", from_=(0.0, -1.0, 0.16)),
    Stand(words="seen from the left", from_=(1.0, 0.0, 0.12)),
    Stand(words="seen from the right", from_=(-1.0, 0.0, 0.12)),
    Stand(words="seen from above and behind", from_=(0.0, 0.36, 0.93)),
    Stand(words="seen from below and behind", from_=(0.0, 0.36, -0.93)),
)
_OPPOSITE = {0: 1, 1: 0, 2: 3, 3: 2, 4: 5, 5: 4}


@dataclass(frozen=True, eq=False, kw_only=True)
class _Mapped:
    """The tumour's surface with the margin at each of its corners, mm, shape (n,)."""

    body: Body
    mm: Floats
    asked_mm: float


def map_pictures(workup: Workup, images: Images, lesion: str, centre: Triple) -> tuple[Picture, ...]:
    """Two views of the margin of the plan that is drawn: towards its smallest margin, and from the other side."""
    plan = foremost(workup, lesion)
    if plan is None or plan.resected is None or plan.margin is None:
        return ()
    shown = bodies(images, centre, (StructureKind.TUMOUR,), step_mm=1.0)
    mine = next((one for one in shown if one.structure and one.structure.lesion == lesion), None)
    if mine is None:
        return ()
    mapped = _mapped(plan, mine, images, workup)
    first = _towards(mine, np.array(plan.margin.at_mm))
    stands = (_STANDS[first], _STANDS[_OPPOSITE[first]])
    return tuple(_picture(workup, plan, mapped, stand, nth) for nth, stand in enumerate(stands, 1))


def _mapped(plan: Plan, body: Body, images: Images, workup: Workup) -> _Mapped:
    """Each corner of the smoothed surface takes the margin of the nearest measured point."""
    from scipy.spatial import cKDTree

    from enbloc.plan.en_bloc.shown import margin_map_of

    found = margin_map_of(plan, images, workup.findings)
    _, which = cKDTree(found.surface.points_mm).query(body.points)
    asked = plan.resected.asked_mm if plan.resected else 0.0
    return _Mapped(body=body, mm=found.mm[which], asked_mm=asked)


def _towards(body: Body, at: Floats) -> int:
    """The stand that faces the surface most squarely where its margin is least."""
    near = int(np.argmin(((body.points - at) ** 2).sum(axis=1)))
    facing = [float(body.normals[near] @ (-stand.axes[2])) for stand in _STANDS]
    return int(np.argmax(facing))


def _picture(workup: Workup, plan: Plan, mapped: _Mapped, stand: Stand, nth: int) -> Picture:
    said = banner(workup.case.origin)
    top = BAND if said else 0.0
    middle = (mapped.body.points.min(axis=0) + mapped.body.points.max(axis=0)) / 2
    reach = float(np.abs((mapped.body.points - middle) @ stand.axes[:2].T).max())
    camera = Camera(stand=stand, middle=middle, size_mm=max(2.5 * reach, 24.0))
    scene = tag("image", x=0, y=0, width=SIDE, height=SIDE, href=png(_drawn(mapped, camera)))
    scene += _cross(plan, mapped, camera) + scale_bar(SIDE / camera.size_mm) + cube(stand) + sides(stand)
    inside = tag("svg", scene, x=0, y=top, width=SIDE, height=SIDE, viewBox=f"0 0 {SIDE:g} {SIDE:g}")
    first = f"Margin of tumour {plan.about} · {stand.words}"
    second = "smoothed: not to measure on; white line: the margin that was asked for"
    height = top + SIDE + _KEY + STRIP
    body = tag("rect", width=SIDE, height=height, fill=DARK_PAPER) + inside + band(said)
    body += _key(top + SIDE) + strip(first, second, top + SIDE + _KEY)
    alt = _alt(said, plan, mapped, stand)
    key = f"{plan.about} margins {nth}"
    return Picture(key=key, svg=document(SIDE, height, body, alt=alt), alt=alt, title=first, caption=second)


def _alt(said: str, plan: Plan, mapped: _Mapped, stand: Stand) -> str:
    head = f"{said}. " if said else ""
    found = plan.margin
    least = f"; smallest margin {words.margin(found.mm)}, to the {found.barrier}" if found else ""
    asked = f"; asked for {mapped.asked_mm:g}{words.THIN}mm"
    return f"{head}Tumour {plan.about} {stand.words}, coloured by its margin in {plan.id}{least}{asked}."


def _drawn(mapped: _Mapped, camera: Camera) -> NDArray[np.uint8]:
    """The picture in colour, shape (pixels, pixels, 3): each pixel takes the colour of its band of margin."""
    side = _PIXELS * _FINER
    where = camera.on_page(mapped.body.points, side)
    turned = np.ascontiguousarray(mapped.body.normals @ camera.stand.axes.T)
    depth, normals = nearest(where, turned, mapped.body.triangles, side)
    # The same mixing across each triangle that normals take carries the margin.
    _, mixed = nearest(where, np.repeat(mapped.mm[:, None], 3, axis=1), mapped.body.triangles, side)
    mm = np.round(mixed[..., 0], 6)  # whole steps stay whole: what mixing may lose would speckle the line
    lit, _ = shaded(depth, normals, np.ones(3), LIGHT, False)
    colours = np.array([rgb(code) for code in MARGIN_BANDS])
    seen = np.clip(lit, 0.0, 1.0) * colours[np.searchsorted(EDGES, mm, side="right")]
    is_there = np.isfinite(depth)
    picture = np.where(is_there[..., None], seen, np.array(rgb(_GROUND)))
    picture[_border(mm < mapped.asked_mm, is_there)] = 1.0
    mean = picture.reshape(_PIXELS, _FINER, _PIXELS, _FINER, 3).mean(axis=(1, 3))
    return np.asarray(np.round(np.clip(mean, 0, 1) * 255), dtype=np.uint8)


def _border(below: NDArray[np.bool_], is_there: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where what lies below the margin asked for meets what does not, two pixels wide."""
    found = np.zeros_like(below)
    for axis in (0, 1):
        one, other = (np.roll(below, shift, axis) for shift in (0, 1))
        both = is_there & np.roll(is_there, 1, axis)
        here = (one != other) & both
        found |= here | np.roll(here, -1, axis)
    return found & is_there


def _cross(plan: Plan, mapped: _Mapped, camera: Camera) -> str:
    """A cross where the margin is least, if this side shows it."""
    found = plan.margin
    assert found is not None, "only asked for plans with a margin"
    points = mapped.body.points
    near = int(np.argmin(((points - np.array(found.at_mm)) ** 2).sum(axis=1)))
    if mapped.body.normals[near] @ camera.stand.axes[2] > -0.2:
        return ""
    x, y = (float(place) for place in camera.on_page(points[near][None], SIDE)[0][:2])
    d = f"M{x - 8:.1f} {y:.1f}H{x + 8:.1f}M{x:.1f} {y - 8:.1f}V{y + 8:.1f}"
    drawn = tag("path", d=d, fill="none", stroke="#000000", stroke_width=5) + tag(
        "path", d=d, fill="none", stroke="#ffffff", stroke_width=2.2
    )
    is_left = x < SIDE / 2
    at = (x + 12, "start") if is_left else (x - 12, "end")
    said = f"least: {words.margin(found.mm)}"
    return drawn + haloed(said, at[0], y - 8, 13, fill="#ffffff", font_weight=600, text_anchor=at[1])


def _key(top: float) -> str:
    """The bands with their numbers, so that no colour stands for itself."""
    ends = (0.0, *EDGES)
    names = [f"{low:g}{words.DASH}{high:g}" for low, high in zip(ends, EDGES, strict=False)] + [f"over {EDGES[-1]:g}"]
    wide = (SIDE - 54) / len(names)
    drawn = text(f"mm{words.THIN}", 8, top + 17, 11, fill=DARK_INK)
    for nth, name in enumerate(names):
        x = 46 + nth * wide
        drawn += tag(
            "rect", x=x, y=top + 7, width=13, height=13, fill=MARGIN_BANDS[nth], stroke=DARK_INK, stroke_width=0.7
        )
        drawn += text(name, x + 17, top + 17, 11, fill=DARK_INK)
    return drawn
