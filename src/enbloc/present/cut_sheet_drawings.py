"""The drawings of a cut sheet: bone in grey, tumour hatched, every blade with its number, sides written out, a scale.

They hold in grey print: nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, StructureKind
from enbloc.kernels.contours import vertex_normals
from enbloc.kernels.raster import nearest, shaded
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.sheet.values import CutNumbers
from enbloc.plan.solids.fate import Fate
from enbloc.plan.solids.planned import Solids
from enbloc.plan.solids.sheets import Sheet
from enbloc.present import words
from enbloc.present.cut_sheet_blades import Blade, Drawn
from enbloc.present.cut_sheet_views import Leaf, Room, room_about, scale_of
from enbloc.present.drawing import Picture, document, path, png, tag, text
from enbloc.present.slices import Outline, crossed
from enbloc.present.solid import LIGHT
from enbloc.present.tokens import CORD, INK, QUIET, SAC, TUMOUR, VEIN, lighter

Floats = NDArray[np.float64]

SMALL, LARGE = 7.5, 10.0  # points of print
_PIXELS, _LIFT = 480, 0.6
_GREYS: dict[Fate, float] = {Fate.REMAINING: 0.93, Fate.OPENED: 1.0, Fate.SPECIMEN: 0.72, Fate.BLADE: 0.35}
GREYS = "From the wound: dark bone is the specimen, white is opened piece by piece, light grey stays."
SECTIONS = "Hatched: tumour. Thick: blades. Dashed: in a disc, or beside the plane that is drawn."


@dataclass(frozen=True, eq=False, kw_only=True)
class Scene:
    """What is drawn: a planned operation with the numbers of its cuts, about the vertebra ``home``."""

    made: Solids
    column: Column
    numbers: tuple[CutNumbers, ...]
    home: Vertebra

    @property
    def room(self) -> Room:
        ones = tuple(self.column.spine[level] for level in self.made.involved if level in self.column.spine)
        return room_about(self.home, ones, self.made.tumour.mesh.points.astype(np.float64), self.numbers[0].wound)

    @property
    def drawn(self) -> tuple[Drawn, ...]:
        both = zip(self.made.sheets, self.numbers, strict=True)
        return tuple(self._drawn(nth, sheet, told) for nth, (sheet, told) in enumerate(both, start=1))

    def _drawn(self, number: int, sheet: Sheet, told: CutNumbers) -> Drawn:
        home = self.column.spine[told.level]
        body = home.own_mm[self.column.parts[told.level].mask(Part.BODY)[home.crop.mask > 0]]
        corners = np.array([body.min(axis=0), body.max(axis=0)])
        return Drawn(number=number, sheet=sheet, told=told, home=home, body=corners)


@dataclass(frozen=True, kw_only=True)
class Plate:
    """A drawing with the words over it, and how wide it stands on paper, points of print."""

    picture: Picture
    width: float
    under: str


@dataclass(frozen=True, kw_only=True)
class Plates:
    """All drawings of a sheet, and the scale that they share: ``2:3``."""

    plates: tuple[Plate, ...]
    scale: str
    bar_mm: float  # how long 10 mm of the patient are on paper


def plates(scene: Scene) -> Plates:
    """From the wound, in the midline, and at the pedicles of each level that holds tumour, that in the middle first."""
    room, drawn = scene.room, scene.drawn
    leaves = (room.from_wound(), room.sagittal(), room.axial(scene.home))
    scale, said = scale_of(leaves[:2], leaves[2])
    wound, sagittal, axial = (replace(leaf, scale=scale) for leaf in leaves)
    others = [replace(room.axial(scene.column.spine[level]), scale=scale) for level in _others(scene)]
    made = [_from_wound(scene, wound, [one.from_wound(wound) for one in drawn])]
    made.append(_section(scene, sagittal, [one.in_plane(sagittal, is_sagittal=True) for one in drawn]))
    made += [_axial(scene, leaf, drawn) for leaf in (axial, *others)]
    return Plates(plates=tuple(made), scale=said, bar_mm=round(10.0 * scale, 1))


def _others(scene: Scene) -> list[Level]:
    """The further levels whose bone a cut is told in."""
    return [level for level in scene.made.involved if level in scene.column.spine and level is not scene.home.level]


def _axial(scene: Scene, leaf: Leaf, drawn: Sequence[Drawn]) -> Plate:
    return _section(scene, leaf, [one.in_plane(leaf, is_sagittal=False) for one in drawn])


# --- from the wound ---------------------------------------------------------------------------------------------------


def _from_wound(scene: Scene, leaf: Leaf, blades: Sequence[Blade]) -> Plate:
    side = max(leaf.width, leaf.height)
    place: dict[str, Any] = {"x": (leaf.width - side) / 2, "y": (leaf.height - side) / 2, "width": side, "height": side}
    ground = tag("image", **place, href=png(_relief(scene.made, leaf)))
    return _plate(leaf, ground + _names(scene, leaf), blades)


def _relief(made: Solids, leaf: Leaf) -> NDArray[np.uint8]:
    """The bone as the surgeon sees it, shaded in grey, shape (pixels, pixels)."""
    fine = 2 * _PIXELS
    best, shown = np.full((fine, fine), np.inf), np.ones((fine, fine))
    for body in made.bodies:
        if not len(body.mesh.triangles):
            continue
        points = body.mesh.points.astype(np.float64)
        turned = vertex_normals(points, body.mesh.triangles) @ _axes(leaf).T
        depth, facing = nearest(_seen(points, leaf, fine), np.ascontiguousarray(turned), body.mesh.triangles, fine)
        grey = _GREYS[body.fate]
        colour, _ = shaded(depth, facing, np.array([grey, grey, grey]), LIGHT, False)
        is_nearer = depth < best
        shown, best = np.where(is_nearer, colour[..., 0], shown), np.where(is_nearer, depth, best)
    mean = shown.reshape(_PIXELS, 2, _PIXELS, 2).mean(axis=(1, 3))
    # Lifted: what is dark on a screen is black on paper.
    return np.asarray(np.round(np.clip(mean, 0.0, 1.0) ** _LIFT * 255.0), dtype=np.uint8)


def _axes(leaf: Leaf) -> Floats:
    return np.array([leaf.right, leaf.down, leaf.through])


def _seen(points: Floats, leaf: Leaf, fine: int) -> Floats:
    """Column, row and depth in a square picture of ``fine`` pixels about the middle of the drawing."""
    seen = (points - leaf.centre) @ _axes(leaf).T
    seen[:, :2] = seen[:, :2] * (fine / max(leaf.size_mm)) + fine / 2.0
    return np.ascontiguousarray(seen)


def _names(scene: Scene, leaf: Leaf) -> str:
    """The levels, at the right edge."""
    named = ""
    for level, one in scene.column.spine.items():
        y = float(leaf.on(one.origin[None])[0, 1])
        if level in scene.made.fates.levels and LARGE < y < leaf.height - LARGE:
            named += _clear(level.value, leaf.width - 3, y + 3, SMALL, bold=True, anchor="end")
    return named


# --- sections ---------------------------------------------------------------------------------------------------------


def _section(scene: Scene, leaf: Leaf, blades: Sequence[Blade]) -> Plate:
    found = crossed(scene.column.images, leaf.frame)
    shown = "".join(_outline(one, leaf, scene.made.lesion) for one in found)
    return _plate(leaf, _hatching() + shown, blades)


_FILLS: dict[StructureKind, tuple[str, str]] = {
    StructureKind.VERTEBRA: (lighter(INK, 0.85), INK),
    StructureKind.SACRUM: (lighter(INK, 0.85), INK),
    StructureKind.SAC: (lighter(SAC, 0.7), QUIET),
    StructureKind.CANAL: ("none", QUIET),
    StructureKind.CORD: (CORD, INK),
    StructureKind.AORTA: ("#ffffff", INK),
    StructureKind.VENA_CAVA: (lighter(VEIN, 0.6), INK),
    StructureKind.TUMOUR: ("url(#tumour)", TUMOUR),
}
_NAMED = {
    StructureKind.AORTA: "aorta",
    StructureKind.VENA_CAVA: "v. cava",
    StructureKind.CORD: "cord",
    StructureKind.SAC: "sac",
}


def _outline(one: Outline, leaf: Leaf, lesion: str) -> str:
    kind = one.structure.kind
    if kind not in _FILLS or (kind is StructureKind.TUMOUR and one.structure.lesion != lesion):
        return ""
    fill, stroke = _FILLS[kind]
    lines = [leaf.of_frame(line) for line in one.lines]
    return tag("path", d=path(lines), fill=fill, stroke=stroke, stroke_width=0.8, fill_rule="evenodd")


def _hatching() -> str:
    lines = tag("path", d="M0 0H4M0 0V4", stroke=TUMOUR, stroke_width=1.1)
    given = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)", "id": "tumour"}
    return tag(
        "defs", tag("pattern", tag("rect", width=4, height=4, fill="#ffffff") + lines, width=4, height=4, **given)
    )


# --- blades, letters, scale -------------------------------------------------------------------------------------------


def _plate(leaf: Leaf, ground: str, blades: Sequence[Blade]) -> Plate:
    clipped = tag("svg", ground + "".join(map(_blade, blades)), x=0, y=0, width=leaf.width, height=leaf.height)
    frame = tag("rect", width=leaf.width, height=leaf.height, fill="none", stroke=QUIET, stroke_width=0.6)
    body = clipped + frame + _letters(leaf) + _scale_bar(leaf) + "".join(_numbers(leaf, blades))
    alt = _alt(leaf, blades)
    missing = [str(one.number) for one in blades if not one.is_drawn]
    under = f"Not met here: cut {words.sentence_list(missing)}." if missing else ""
    picture = Picture(key=leaf.name, svg=document(leaf.width, leaf.height, body, alt=alt), alt=alt, title=leaf.title)
    return Plate(picture=picture, width=leaf.width, under=under)


def _alt(leaf: Leaf, blades: Sequence[Blade]) -> str:
    shown = words.sentence_list([str(one.number) for one in blades if one.is_drawn])
    sides = leaf.sides
    edges = f"{sides.left} at the left edge, {sides.right} at the right, {sides.upper} up, {sides.lower} down"
    return f"{leaf.title}: {edges}; cuts {shown or 'none'}."


def _blade(one: Blade) -> str:
    drawn = "".join(tag("path", d=path([line], closed=False), fill="none", **_FLAT) for line in one.flat)
    for line in one.dashed:
        drawn += _haloed(line, stroke_dasharray="7 3")
    return drawn + "".join(_haloed(line) for line in one.solid)


_FLAT: dict[str, Any] = {"stroke": INK, "stroke_width": 0.9, "stroke_dasharray": "3 2"}


def _haloed(line: Floats, **more: Any) -> str:
    d = path([line], closed=False)
    under = tag("path", d=d, fill="none", stroke="#ffffff", stroke_width=4.6)
    return under + tag("path", d=d, fill="none", stroke=INK, stroke_width=2.4, **more)


def _numbers(leaf: Leaf, blades: Sequence[Blade]) -> Iterator[str]:
    """A number in a ring beside each blade, clear of letters, blades and other numbers; a line leads to its blade."""
    drawn = [one for one in blades if one.is_drawn]
    lines = np.concatenate([_dense(line) for one in drawn for line in one.lines] or [np.zeros((0, 2))])
    held: list[Floats] = list(_taken(leaf))
    for one in drawn:
        at, end = _beside(leaf, one, held, lines)
        held.append(at)
        (x, y), (u, v) = at.tolist(), end.tolist()
        yield tag("line", x1=x, y1=y, x2=u, y2=v, stroke="#ffffff", stroke_width=2.6)
        yield tag("line", x1=x, y1=y, x2=u, y2=v, stroke=INK, stroke_width=0.8)
        yield tag("circle", cx=x, cy=y, r=_RING, fill="#ffffff", stroke=INK, stroke_width=1.2)
        yield text(str(one.number), x, y + 3.3, 9.0, fill=INK, font_weight=600, text_anchor="middle")


_RING = 6.4
_WAYS = tuple(np.array([np.cos(turn), np.sin(turn)]) for turn in np.arange(12) * np.pi / 6)


def _dense(line: Floats) -> Floats:
    """Places along a line, near enough to one another that no ring slips between."""
    parts = [np.linspace(a, b, max(2, int(np.linalg.norm(b - a) / 3.0) + 1)) for a, b in pairwise(line)]
    return np.concatenate(parts) if parts else line


def _beside(leaf: Leaf, one: Blade, held: Sequence[Floats], lines: Floats) -> tuple[Floats, Floats]:
    """Where the ring of a blade stands best, and the end of the blade that it stands at."""
    ends = [end for line in one.lines for end in (line[0], line[-1], *_corners(line))]
    tried = [(end + far * way, end) for end in ends for far in (11.0, 17.0, 24.0) for way in _WAYS]
    at, end = (np.array(each) for each in zip(*tried, strict=True))
    best = int(np.argmin(np.round(_cost(leaf, at, end, np.array(held), lines), 6)))
    return at[best], end[best]


def _cost(leaf: Leaf, at: Floats, end: Floats, held: Floats, lines: Floats) -> Floats:
    """How badly rings stand: over another or a letter, out of the drawing, on a blade, far from their own, inwards."""
    size = np.array([leaf.width, leaf.height])
    out = np.maximum(_RING + 1.5 - at, at - size + _RING + 1.5).max(axis=1)
    over = np.maximum(0.0, 2.2 * _RING - _apart(at, held)).sum(axis=1)
    on = (_apart(at, lines) < _RING + 2.0).sum(axis=1)
    outward = end - size / 2.0
    inward = -((at - end) * outward).sum(axis=1) / np.maximum(np.linalg.norm(outward, axis=1), 1.0)
    far = np.linalg.norm(at - end, axis=1)
    return np.asarray(50.0 * np.maximum(out, 0.0) + 20.0 * over + 6.0 * on + 0.5 * far + 0.3 * inward)


def _apart(these: Floats, those: Floats) -> Floats:
    """How far each of some places lies from each of others, shape (n, m)."""
    return np.asarray(np.linalg.norm(these[:, None] - those[None], axis=2))


def _corners(line: Floats) -> Iterator[Floats]:
    yield line[int(np.argmin(line[:, 0]))]
    yield line[int(np.argmax(line[:, 0]))]


def _taken(leaf: Leaf) -> Iterator[Floats]:
    """Where the letters stand, and the scale."""
    if leaf.is_from_side:
        for off in (-14.0, 0.0, 14.0):
            yield from (np.array([x, leaf.height / 2 + off]) for x in (5.0, leaf.width - 5.0))
            yield np.array([leaf.width - 20.0 + off, leaf.height - 8.0])
    for x in () if leaf.is_from_side else (8.0, 22.0, 36.0):
        yield from (np.array([x, 8.0]), np.array([leaf.width - x, 8.0]), np.array([x, leaf.height - 8.0]))
    for y in (6.0, leaf.height - 6.0):
        yield from (np.array([leaf.width / 2 + off, y]) for off in (-8.0, 8.0))


def _letters(leaf: Leaf) -> str:
    sides, wide, high = leaf.sides, leaf.width, leaf.height
    written = _clear(sides.upper, wide / 2, SMALL + 2, SMALL, anchor="middle")
    written += _clear(sides.lower, wide / 2, high - 4, SMALL, anchor="middle")
    if leaf.is_from_side:  # along its edges, where no blade ends
        given: dict[str, Any] = {"bold": True, "anchor": "middle"}
        written += _clear(sides.left, SMALL + 1.5, high / 2, SMALL, turned=-90, **given)
        return written + _clear(sides.right, wide - SMALL - 1.5, high / 2, SMALL, turned=90, **given)
    written += _clear(sides.left, 4, LARGE + 2, LARGE, bold=True, anchor="start")
    return written + _clear(sides.right, wide - 4, LARGE + 2, LARGE, bold=True, anchor="end")


def _scale_bar(leaf: Leaf) -> str:
    long, y = 10.0 * leaf.unit, leaf.height - 5.0
    x = leaf.width - 5.0 - max(long, 28.0) if leaf.is_from_side else 5.0
    d = f"M{x:.1f} {y - 4:.1f}V{y:.1f}H{x + long:.2f}V{y - 4:.1f}"
    bar = tag("path", d=d, fill="none", stroke="#ffffff", stroke_width=3.6)
    bar += tag("path", d=d, fill="none", stroke=INK, stroke_width=1.4)
    return bar + _clear(f"10{words.THIN}mm", x, y - 6, SMALL, anchor="start")


def _clear(said: str, x: float, y: float, size: float, *, bold: bool = False, anchor: str, turned: int = 0) -> str:
    """Words with a white halo, ``turned`` by so many degrees."""
    given: dict[str, Any] = {"text_anchor": anchor, "font_weight": 600 if bold else 400}
    given |= {"transform": f"rotate({turned} {x:.2f} {y:.2f})"} if turned else {}
    under = text(said, x, y, size, fill="#ffffff", stroke="#ffffff", stroke_width=2.6, aria_hidden="true", **given)
    return under + text(said, x, y, size, fill=INK, **given)
