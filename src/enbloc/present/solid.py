"""Solid pictures of a lesion by our own z-buffer: vertebrae as glass, tumour and cord within, the planned cuts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Side, StructureKind
from enbloc.case.finding import Findings
from enbloc.case.geometry import Triple
from enbloc.case.image import Images
from enbloc.follow.result import Workup
from enbloc.kernels.raster import laid_over, nearest, shaded
from enbloc.present import words
from enbloc.present.banner import banner
from enbloc.present.bodies import Body, bodies, sheets_of
from enbloc.present.drawing import Picture, document, haloed, path, png, tag
from enbloc.present.furniture import BAND, SIDE, STRIP, Label, band, placed, scale_bar, strip
from enbloc.present.operations import foremost
from enbloc.present.tokens import CUT, DARK_INK, DARK_PAPER, STRUCTURES, lighter, rgb

Floats = NDArray[np.float64]

_PIXELS, _FINER = 400, 2  # of the side of the picture, and how much finer it is drawn than shown
_SHOWN = (StructureKind.VERTEBRA, StructureKind.CORD, StructureKind.SAC, StructureKind.TUMOUR)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where the viewer stands: ``from_`` is the direction from the lesion to the viewer (LPS)."""

    words: str
    from_: Triple

    @property
    def axes(self) -> Floats:
        """The viewer's right, the viewer's down, and away from the viewer, as rows, shape (3, 3)."""
        towards = np.array(self.from_) / np.linalg.norm(self.from_)
        right = np.cross([0.0, 0.0, 1.0], towards)
        right /= np.linalg.norm(right)
        return np.array([right, -np.cross(towards, right), -towards])


@dataclass(frozen=True, eq=False, kw_only=True)
class Camera:
    """A stand, the point that is looked at, and the width of what is seen; parallel rays, so that the scale holds."""

    stand: Stand
    middle: Floats
    size_mm: float

    def on_page(self, points: Floats, side: float) -> Floats:
        """Column, row and depth of points (n, 3) on a square of ``side`` units; the depth is in millimetres."""
        seen = (points - self.middle) @ self.stand.axes.T
        seen[:, :2] = seen[:, :2] * (side / self.size_mm) + side / 2
        return np.ascontiguousarray(seen)


def _camera(stand: Stand, shown: list[Body], centre: Triple) -> Camera:
    """Looks between the tumour and the middle of the bone, just wide enough for the vertebrae."""
    bones = [body.points for body in shown if _kind(body) is StructureKind.VERTEBRA]
    points = np.concatenate(bones or [body.points for body in shown])
    middle = ((points.min(axis=0) + points.max(axis=0)) / 2 + np.array(centre)) / 2
    reach = float(np.abs((points - middle) @ stand.axes[:2].T).max())
    return Camera(stand=stand, middle=middle, size_mm=min(max(2.1 * reach, 70.0), 140.0))


AS_SURGEON = "as the surgeon stands"


def stands(side: Side) -> tuple[Stand, Stand, Stand]:
    """Behind and beside the patient on the side of the tumour, straight beside, and as the surgeon stands behind."""
    left = 1.0 if side is Side.LEFT else -1.0
    return (
        Stand(words=f"seen from behind, the {side.value} and above", from_=(left * 0.75, 0.75, 0.42)),
        Stand(words=f"seen from the {side.value}", from_=(left, 0.0, 0.12)),
        Stand(words=f"seen from behind, {AS_SURGEON}", from_=(0.0, 1.0, 0.16)),
    )


def solid_pictures(workup: Workup, images: Images, lesion: str, centre: Triple) -> tuple[Picture, ...]:
    """Three solid pictures of the lesion: oblique, from its own side, and from behind."""
    shown = [*bodies(images, centre, _SHOWN, step_mm=1.0)]
    shown = [body for body in shown if body.structure is None or body.structure.lesion in {"", lesion}]
    if not any(body.structure and body.structure.lesion for body in shown):
        return ()
    cuts = sheets_of(foremost(workup, lesion))
    return tuple(
        _picture(workup, lesion, _camera(stand, shown, centre), (*shown, *cuts))
        for stand in stands(side_of(workup.findings, lesion, centre, shown))
    )


def side_of(findings: Findings, lesion: str, centre: Triple, shown: list[Body]) -> Side:
    """The side to look from: where more of the involved sectors lie, otherwise where the tumour's centre lies."""
    sectors = findings.many(vocabulary.WBB_SECTORS, lesion) or ()
    left = sum(sector.side is Side.LEFT for sector in sectors)
    if 2 * left != len(sectors):
        return Side.LEFT if 2 * left > len(sectors) else Side.RIGHT
    bones = [body.points[:, 0].mean() for body in shown if _kind(body) is StructureKind.VERTEBRA]
    return Side.LEFT if centre[0] >= float(np.mean(bones) if bones else 0.0) else Side.RIGHT


def _kind(body: Body) -> StructureKind | None:
    return body.structure.kind if body.structure else None


def _picture(workup: Workup, lesion: str, camera: Camera, shown: tuple[Body, ...]) -> Picture:
    stand = camera.stand
    said = banner(workup.case.origin)
    top = BAND if said else 0.0
    scale = SIDE / camera.size_mm
    scene = tag("image", x=0, y=0, width=SIDE, height=SIDE, href=png(_drawn(shown, camera)))
    scene += _edges(shown, camera) + _level_names(shown, camera)
    scene += "".join(placed(_labels(shown, camera))) + scale_bar(scale) + cube(stand) + sides(stand)
    inside = tag("svg", scene, x=0, y=top, width=SIDE, height=SIDE, viewBox=f"0 0 {SIDE:g} {SIDE:g}")
    height = top + SIDE + STRIP
    names = [body.name for body in shown if body.structure]
    first = f"3D · {stand.words}"
    second = "label surfaces, smoothed: not to measure on"
    body = tag("rect", width=SIDE, height=height, fill=DARK_PAPER) + inside + band(said)
    body += strip(first, second, top + SIDE)
    alt = _alt(said, lesion, stand, names, len(shown) - len(names))
    svg = document(SIDE, height, body, alt=alt)
    return Picture(key=f"{lesion} solid {stand.words}", svg=svg, alt=alt, title=first, caption=second)


def _alt(said: str, lesion: str, stand: Stand, names: list[str], cuts: int) -> str:
    head = f"{said}. " if said else ""
    others = words.sentence_list([name for name in names if name != f"tumour {lesion}"])
    planned = f" and {cuts} planned cuts" if cuts else ""
    return f"{head}3D view, {stand.words}: tumour {lesion} with {others}{planned}."


def _drawn(shown: tuple[Body, ...], camera: Camera) -> NDArray[np.uint8]:
    """The picture in colour, shape (pixels, pixels, 3): surfaces laid over each other from the farthest."""
    fine = _PIXELS * _FINER
    layers = [_layer(group, camera, fine) for group in _grouped(shown)]
    inside = [layer.depth for layer in layers if layer.kind in {StructureKind.TUMOUR, StructureKind.CORD}]
    inner = np.min(np.stack(inside), axis=0)
    picture = laid_over(
        np.stack([layer.depth for layer in layers]),
        np.stack([layer.colour for layer in layers]),
        np.stack([_see_through(layer, inner) for layer in layers]),
        np.array(rgb(DARK_PAPER)),
    )
    mean = picture.reshape(_PIXELS, _FINER, _PIXELS, _FINER, 3).mean(axis=(1, 3))
    return np.asarray(np.round(np.clip(mean, 0, 1) * 255), dtype=np.uint8)


def _grouped(shown: tuple[Body, ...]) -> Iterator[tuple[Body, ...]]:
    """All vertebrae as one surface, everything else by itself."""
    bones = tuple(body for body in shown if _kind(body) is StructureKind.VERTEBRA)
    if bones:
        yield bones
    yield from ((body,) for body in shown if _kind(body) is not StructureKind.VERTEBRA)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Layer:
    """One surface as seen: depth (infinite where it is not), shaded colour, and how squarely it faces the viewer."""

    kind: StructureKind | None
    depth: Floats
    colour: Floats
    facing: Floats


LIGHT = np.array([-0.45, -0.65, -0.75]) / np.linalg.norm([-0.45, -0.65, -0.75])
"""The way to the light over every shaded surface, on the page: to the left, up, and towards the viewer."""


def _layer(group: tuple[Body, ...], camera: Camera, side: int) -> _Layer:
    starts = np.cumsum([0, *(len(body.points) for body in group)])
    triangles = np.concatenate([body.triangles + start for body, start in zip(group, starts, strict=False)])
    where = camera.on_page(np.concatenate([body.points for body in group]), side)
    turned = np.ascontiguousarray(np.concatenate([body.normals for body in group]) @ camera.stand.axes.T)
    depth, normals = nearest(where, turned, triangles, side)
    kind = _kind(group[0])
    colour, facing = shaded(depth, normals, np.array(rgb(_colour(group[0]))), LIGHT, kind is None)
    return _Layer(kind=kind, depth=depth, colour=colour, facing=facing)


def _see_through(layer: _Layer, inner: Floats) -> Floats:
    """How much of what lies behind a surface it hides, 0 to 1."""
    is_there = np.isfinite(layer.depth)
    if layer.kind is StructureKind.VERTEBRA:
        covers = np.isfinite(inner) & (inner > layer.depth)
        hides = np.where(covers, 0.42 + 0.4 * (1 - layer.facing) ** 2, 0.95)
    elif layer.kind is StructureKind.SAC:
        hides = 0.22 + 0.4 * (1 - layer.facing) ** 2
    else:
        hides = np.full(layer.depth.shape, 0.34 if layer.kind is None else 1.0)
    return np.asarray(np.where(is_there, hides, 0.0))


def _colour(body: Body) -> str:
    kind = _kind(body)
    return lighter(STRUCTURES[kind] if kind else CUT, 0.1)


def _edges(shown: tuple[Body, ...], camera: Camera) -> str:
    lines = [camera.on_page(body.points, SIDE)[:, :2] for body in shown if body.structure is None]
    d = path(lines)
    return (
        tag("path", d=d, fill="none", stroke=lighter(CUT, 0.4), stroke_width=1.4, stroke_dasharray="9 3") if d else ""
    )


def _level_names(shown: tuple[Body, ...], camera: Camera) -> str:
    names = ""
    for body in shown:
        if body.structure and body.structure.level and _kind(body) is StructureKind.VERTEBRA:
            seen = camera.on_page(body.points, SIDE)
            x, y = float(seen[:, 0].min()), float(np.median(seen[:, 1]))
            names += haloed(
                body.structure.level.value, max(x - 4, 34), y + 5, 15, fill=DARK_INK, font_weight=600, text_anchor="end"
            )
    return names


def _labels(shown: tuple[Body, ...], camera: Camera) -> Iterator[Label]:
    """Names at the right edge, where the levels do not stand."""
    for body in shown:
        kind = _kind(body)
        if kind is StructureKind.VERTEBRA:
            continue
        seen = camera.on_page(body.points, SIDE)
        at = seen[np.argmin(seen[:, 1])] if kind in {StructureKind.CORD, StructureKind.SAC} else _rightmost(seen)
        spot = (min(max(float(at[0]), SIDE / 2), SIDE - 24), float(at[1]) + 6)
        is_bold = kind in {StructureKind.TUMOUR, None}
        # A cut is named on its side away from the tumour, so that no line runs through its name.
        aside = 14.0 if camera.stand.axes[1] @ body.normals[0] > 0 else -12.0
        yield Label(
            words=body.name.split(",")[0],
            colour=lighter(_colour(body), 0.2),
            spot=spot,
            bold=is_bold,
            stands=spot[1] + aside if kind is None else None,
        )


def _rightmost(seen: Floats) -> Floats:
    return np.asarray(seen[np.argmax(seen[:, 0])])


def sides(stand: Stand) -> str:
    """The patient's sides at the upper left and right, ``LA`` where they lie obliquely."""
    written = ""
    for sign, x in ((-1.0, 14.0), (1.0, SIDE - 14)):
        towards = sign * stand.axes[0]
        said = "".join(letter for letter, outward in _FACES if towards @ np.array(outward) > 0.4)
        written += haloed(said, x, 24, 16, fill="#ffffff", font_weight=600, text_anchor="middle")
    return written


_FACES = (
    ("L", (1.0, 0.0, 0.0)),
    ("R", (-1.0, 0.0, 0.0)),
    ("P", (0.0, 1.0, 0.0)),
    ("A", (0.0, -1.0, 0.0)),
    ("S", (0.0, 0.0, 1.0)),
    ("I", (0.0, 0.0, -1.0)),
)


def cube(stand: Stand) -> str:
    """A small cube with the letters of the faces that the viewer sees."""
    drawn = ""
    for letter, outward in _FACES:
        normal = np.array(outward)
        if stand.axes[2] @ normal > -0.25:
            continue
        first = np.roll(normal, 1)
        second = np.cross(normal, first)
        corners = [normal + u * first + v * second for u, v in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
        seen = np.array(corners) @ stand.axes[:2].T * 14 + np.array([SIDE - 36, SIDE - 36])
        drawn += tag("path", d=path([seen]), fill=DARK_PAPER, stroke="#ffffff", stroke_width=1)
        x, y = seen.mean(axis=0)
        drawn += haloed(letter, x, y + 5, 14, fill="#ffffff", font_weight=600, text_anchor="middle")
    return drawn
