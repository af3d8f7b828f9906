"""A slice as one picture: pixels, outlines with their names, letters, scale, cuts, and a strip that says what it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import StructureKind
from enbloc.case.image import Volume
from enbloc.case.origin import Modality
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.cuts import crossings, cut_label, cut_line, margin_mark
from enbloc.present.drawing import Picture, document, haloed, path, png, tag
from enbloc.present.furniture import BAND, SIDE, STRIP, Label, band, placed, scale_bar, strip
from enbloc.present.slices import Frame2d, Outline, View, enclosed, pixels
from enbloc.present.tokens import DARK_INK, DARK_PAPER, STRUCTURES, lighter

Floats = NDArray[np.float64]

_STEPS = 384


@dataclass(frozen=True, eq=False, kw_only=True)
class Slice:
    """What a picture of a scan is drawn from; nothing in it is measured here."""

    key: str
    volume: Volume
    kind: str  # "CT"
    frame: Frame2d
    outlines: tuple[Outline, ...]
    through: str  # "T8"
    banner: str
    alt: str
    plan: Plan | None = None
    shows_margin: bool = False  # a close-up of where the margin is least


def slice_picture(cut: Slice) -> Picture:
    """The slice drawn whole: the same SVG stands in the page and on paper."""
    scale = SIDE / cut.frame.size_mm
    levels, window = windowed(pixels(cut.volume, cut.frame, _STEPS), cut.volume.modality)
    scene = tag("image", x=0, y=0, width=SIDE, height=SIDE, href=png(levels), preserveAspectRatio="none")
    scene += "".join(drawn(outline, scale) for outline in cut.outlines)
    lines = tuple(crossings(cut.plan, cut.frame))
    mark, named = margin_mark(cut.plan, cut.frame, cut.outlines) if cut.plan and cut.shows_margin else ("", ())
    top = 64.0 if cut.shows_margin else 34.0  # below the warning
    scene += "".join(cut_line(line) for line in lines) + "".join(
        level_name(*one) for one in level_spots(cut.outlines, cut.frame, scale)
    )
    scene += "".join(placed((*_labels(cut, scale), *map(cut_label, lines), *named), top=top))
    scene += mark + letters(cut.frame) + scale_bar(scale)
    inside = tag("svg", scene, x=0, y=_top(cut), width=SIDE, height=SIDE, viewBox=f"0 0 {SIDE:g} {SIDE:g}")
    height = _top(cut) + SIDE + STRIP
    body = tag("rect", width=SIDE, height=height, fill=DARK_PAPER) + inside + band(cut.banner) + _strip(cut, window)
    title = f"{cut.frame.view.value.capitalize()} {cut.kind} through {cut.through}"
    svg = document(SIDE, height, body, alt=cut.alt)
    return Picture(key=cut.key, svg=svg, alt=cut.alt, title=title, caption=" · ".join(_lines(cut, window)))


def _top(cut: Slice) -> float:
    return BAND if cut.banner else 0.0


def windowed(values: Floats, modality: Modality) -> tuple[NDArray[np.uint8], str]:
    """Grey levels, and the window in words. Outside the scan is black."""
    if modality is Modality.CT:
        low, high, said = -500.0, 1300.0, "L 400 W 1800 HU"
    else:
        inside = values[np.isfinite(values)]
        low, high = (float(end) for end in np.percentile(inside, (1, 99.5))) if inside.size else (0.0, 1.0)
        said = f"grey {low:.0f} to {high:.0f}"
    shown = np.clip((np.nan_to_num(values, nan=low) - low) / max(high - low, 1e-9), 0, 1)
    return np.asarray(np.round(shown * 255), dtype=np.uint8), said


def _colour(outline: Outline) -> str:
    return lighter(STRUCTURES[outline.structure.kind], 0.25)


def _is_tumour(outline: Outline) -> bool:
    return outline.structure.kind is StructureKind.TUMOUR


_DASHES = {StructureKind.SAC: "5 3", StructureKind.CANAL: "5 3"}


def drawn(outline: Outline, scale: float, *, faint: bool = False) -> str:
    """An outline in the colour of its structure; ``faint`` where it is only there to compare with."""
    d = path(line * scale for line in outline.lines)
    if faint:
        return tag("path", d=d, fill="none", stroke=_colour(outline), stroke_width=1.2, stroke_opacity=0.6)
    width = 2.4 if _is_tumour(outline) else 1.4
    halo = tag("path", d=d, fill="none", stroke="#000000", stroke_opacity=0.7, stroke_width=width + 2)
    dashes = _DASHES.get(outline.structure.kind)
    dashed = {"stroke_dasharray": dashes} if dashes else {}
    inside = {"fill": _colour(outline), "fill_opacity": 0.18} if _is_tumour(outline) else {"fill": "none"}
    return halo + tag("path", d=d, stroke=_colour(outline), stroke_width=width, **inside, **dashed)


def level_spots(outlines: tuple[Outline, ...], frame: Frame2d, scale: float) -> tuple[tuple[str, float, float], ...]:
    """The name of each vertebra and the middle of its own body, where several are seen (drawing units)."""
    spots = []
    for outline in outlines if frame.view is not View.AXIAL else ():
        largest = outline.largest
        if outline.structure.kind is StructureKind.VERTEBRA and enclosed(largest) > 60 and outline.structure.level:
            x, y = (float(place) for place in largest.mean(axis=0) * scale)
            beside = abs(x - SIDE / 2) > 26 or 36 < y < SIDE - 36  # the letters of the sides
            if 14 < x < SIDE - 14 and 14 < y < SIDE - 14 and beside:
                spots.append((outline.structure.level.value, x, y))
    return tuple(spots)


def level_name(said: str, x: float, y: float) -> str:
    """The name of a vertebra on its body."""
    return haloed(said, x, y + 5, 15, fill=DARK_INK, font_weight=600, text_anchor="middle")


def _labels(cut: Slice, scale: float) -> Iterator[Label]:
    """Every structure that is named at the edges."""
    for outline in cut.outlines:
        is_vertebra = outline.structure.kind is StructureKind.VERTEBRA
        if is_vertebra and cut.frame.view is not View.AXIAL:
            continue
        spot = _spot(outline.largest * scale)
        if spot is not None:
            said = str(outline.structure.level) if is_vertebra else str(outline.structure)
            yield Label(words=said, colour=_colour(outline), spot=spot, bold=_is_tumour(outline))


def _spot(line: Floats) -> tuple[float, float] | None:
    """The point of an outline nearest to the edge that its name will stand at."""
    seen = line[(line > 4).all(axis=1) & (line < SIDE - 4).all(axis=1)]
    if not len(seen):
        return None
    is_left = line[:, 0].mean() < SIDE / 2
    x, y = seen[np.argmin(seen[:, 0])] if is_left else seen[np.argmax(seen[:, 0])]
    return (float(x), float(y))


def letters(frame: Frame2d) -> str:
    """The sides of the patient at the four edges."""
    middle = SIDE / 2
    places = ((11.0, middle + 6), (SIDE - 11, middle + 6), (middle, 18.0), (middle, SIDE - 7))
    return "".join(
        haloed(letter, x, y, 18, fill="#ffffff", font_weight=600, text_anchor="middle")
        for letter, (x, y) in zip(frame.letters, places, strict=True)
    )


def _strip(cut: Slice, window: str) -> str:
    return strip(*_lines(cut, window), _top(cut) + SIDE)


def _lines(cut: Slice, window: str) -> tuple[str, str]:
    """What is seen, and how it is shown."""
    first = f"{cut.frame.view.value.capitalize()} · {cut.through} · {cut.kind} {words.day(cut.volume.taken)}"
    return first, how_shown(cut.volume, cut.frame, window)


_SEEN = {View.AXIAL: "seen from the feet", View.SAGITTAL: "front at the left", View.CORONAL: "seen from the front"}


def how_shown(volume: Volume, frame: Frame2d, window: str) -> str:
    """Window, slices and where the viewer stands, for the strip below a picture."""
    return f"{window} · slices {volume.slice_mm:.1f}{words.THIN}mm · {_SEEN[frame.view]}"
