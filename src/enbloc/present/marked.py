"""A measurement on the scan that it was read from: its marks with their numbers, and the numbers again below."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from textwrap import wrap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, StructureKind
from enbloc.case.fact import FACTS
from enbloc.case.finding import Finding
from enbloc.case.geometry import Plane, Pose
from enbloc.case.image import Images, Volume
from enbloc.case.mark import Mark, MarkKind
from enbloc.case.origin import Origin
from enbloc.case.table import CanalPlane, Cell, Clearance, PartShare
from enbloc.decide.decision import Degree
from enbloc.present import words
from enbloc.present.banner import banner
from enbloc.present.drawing import Picture, document, path, png, shape, tag, text
from enbloc.present.furniture import BAND, SIDE, band, scale_bar
from enbloc.present.lettering import Name, lettered
from enbloc.present.picture import drawn, how_shown, letters, level_name, level_spots, windowed
from enbloc.present.sights import Sight, scan_of, window
from enbloc.present.slices import Frame2d, Outline, crossed, enclosed, pixels
from enbloc.present.tokens import (
    CORD,
    DARK_ACCENT,
    DARK_ALARM,
    DARK_INK,
    DARK_LINE,
    DARK_PAPER,
    DARK_QUIET,
    SAC,
    TUMOUR,
    lighter,
)
from enbloc.present.topics import SHORT

Floats = NDArray[np.float64]

_STEPS = 300
_BESIDE_MM = 2.0  # a mark that lies further from the slice is dashed
_LABELS, _FEW, _LONGEST, _ROWS = 7, 5, 27, 7
_SMALL, _LINE = 11.0, 14.0
_PER_LINE = 62  # letters of the small size
_NO_ROW = (Pose, Plane, Cell, PartShare, Clearance, CanalPlane)
_COLOURS = (
    ("tumour", lighter(TUMOUR, 0.45)),
    ("cord", lighter(CORD, 0.2)),
    ("fluid", lighter(SAC, 0.35)),
    ("sac", lighter(SAC, 0.2)),
    ("canal", lighter(SAC, 0.2)),
)


def marked_picture(
    sight: Sight, images: Images, origin: Origin, *, doubtful: Collection[str] = (), brief: bool = False
) -> Picture | None:
    """The plane of the sight through its scan, with all marks; nothing where no scan reaches.

    ``doubtful`` are the levels whose label a person has to check; a picture that shows one of them says so. A ``brief``
    one leaves the numbers below it to a table beside it.
    """
    frame = window(sight)
    found = scan_of(sight, images, frame)
    if found is None:
        return None
    role, scan = found
    outlines = crossed(images, frame)
    level = _level(sight, outlines)
    scene, grey = _scene(sight, scan, frame, outlines)
    kind = scan.modality.value if role == scan.modality.value.lower() else f"{scan.modality.value} {role}"
    shown = f"{_plane_words(frame)} · {kind} {words.day(scan.taken)}"
    heading = f"{level} · {sight.topic.words}"
    is_doubtful = bool(set(doubtful) & {sight.about, level})
    lines = (heading, shown, how_shown(scan, frame, grey))
    said = banner(origin)
    alt = _alt(sight, f"{said}. " if said else "", f"{heading}. {shown}", is_doubtful=is_doubtful)
    svg = _whole(sight, scene, lines, said, alt, is_doubtful=is_doubtful, brief=brief)
    return Picture(key=sight.key, svg=svg, alt=alt, title=heading, caption=" · ".join(lines[1:]))


def _whole(
    sight: Sight, scene: str, lines: tuple[str, ...], said: str, alt: str, *, is_doubtful: bool, brief: bool
) -> str:
    """The banner, the scene, and what stands below it."""
    top = BAND if said else 0.0
    caption, tall = _heading(lines, is_doubtful, top + SIDE)
    numbers, more = ("", 0.0) if brief else _numbers(sight, top + SIDE + tall)
    height = top + SIDE + tall + more + 9.0
    ground = tag("rect", width=SIDE, height=height, fill=DARK_PAPER)
    inside = tag("svg", scene, x=0, y=top, width=SIDE, height=SIDE, viewBox=f"0 0 {SIDE:g} {SIDE:g}")
    return document(SIDE, height, ground + inside + band(said) + caption + numbers, alt=alt)


def _level(sight: Sight, outlines: tuple[Outline, ...]) -> str:
    """The level that a picture of a lesion lies at: that of which most is crossed."""
    if sight.about in Level._value2member_map_:
        return sight.about
    areas = {
        outline.structure.level: enclosed(outline.largest)
        for outline in outlines
        if outline.structure.kind is StructureKind.VERTEBRA and outline.structure.level
    }
    if sight.about == "patient":
        return "whole column"
    return str(max(areas, key=areas.__getitem__)) if areas else "no vertebra labelled here"


def _plane_words(frame: Frame2d) -> str:
    name = frame.view.value.capitalize()
    return f"{name}, tilted {frame.tilt_deg:.0f}°" if frame.tilt_deg >= 3.0 else name


def _scene(sight: Sight, scan: Volume, frame: Frame2d, outlines: tuple[Outline, ...]) -> tuple[str, str]:
    scale = SIDE / frame.size_mm
    levels, said = windowed(pixels(scan, frame, _STEPS), scan.modality)
    scene = tag("image", x=0, y=0, width=SIDE, height=SIDE, href=png(levels), preserveAspectRatio="none")
    scene += "".join(drawn(outline, scale, faint=True) for outline in outlines)
    others = tuple(one for one in outlines if str(one.structure.level) != sight.about)  # its own stands below
    levels_at = level_spots(others, frame, scale)
    scene += "".join(level_name(*one) for one in levels_at)
    scene += "".join(_drawn(mark, sight.plane, frame) for mark, _ in sight.marks)
    if not sight.marks:
        scene += "".join(_place(one, frame) for one in sight.findings)
    scene += "".join(lettered(_names(sight, frame), _along(sight, frame), [(x, y) for _, x, y in levels_at]))
    return scene + letters(frame) + scale_bar(scale), said


def _on_page(mark: Mark, frame: Frame2d) -> Floats:
    """The points of a mark in drawing units, shape (n, 2)."""
    return frame.on_page(np.array(mark.points_mm)) * (SIDE / frame.size_mm)


def _drawn(mark: Mark, plane: Plane, frame: Frame2d) -> str:
    at = _on_page(mark, frame)
    aside = float(np.abs(plane.distance_mm(np.array(mark.points_mm))).max())
    dashes = "4 3" if aside > _BESIDE_MM else ""
    return _stroke(_strokes(mark.kind, at), _colour(mark), dashes=dashes, faint=_is_reference(mark))


def _strokes(kind: MarkKind, at: Floats) -> str:
    """The ``d`` of a mark: crosses, a calliper, a line, or a closed line."""
    if kind is MarkKind.POINTS:
        return "".join(f"M{x - 4:.1f} {y:.1f}H{x + 4:.1f}M{x:.1f} {y - 4:.1f}V{y + 4:.1f}" for x, y in at)
    if kind is MarkKind.SEGMENT:
        first, last = at[0], at[-1]
        along = (last - first) / (float(np.hypot(*(last - first))) or 1.0)
        tick = 5.0 * np.array([-along[1], along[0]])
        return path(
            [np.array([first, last]), *(np.array([end - tick, end + tick]) for end in (first, last))], closed=False
        )
    return path([at], closed=kind is MarkKind.OUTLINE)


def _stroke(d: str, colour: str, *, dashes: str = "", faint: bool = False) -> str:
    look = {"stroke_dasharray": dashes} if dashes else {}
    if faint:
        return tag("path", d=d, fill="none", stroke=colour, stroke_width=1.1, stroke_opacity=0.8, **look)
    halo = tag("path", d=d, fill="none", stroke="#000000", stroke_opacity=0.75, stroke_width=4.2, class_="halo")
    return halo + tag("path", d=d, fill="none", stroke=colour, stroke_width=2.0, **look)


def _place(found: Finding[Any], frame: Frame2d) -> str:
    """Where to look, for a measurement that left no mark."""
    at = found.source.at_mm
    if at is None:
        return ""
    spot = frame.on_page(np.array([at])) * (SIDE / frame.size_mm)
    return _stroke(_strokes(MarkKind.POINTS, spot), DARK_ACCENT)


def _colour(mark: Mark) -> str:
    return next((colour for word, colour in _COLOURS if word in mark.words), DARK_ACCENT)


def _names(sight: Sight, frame: Frame2d) -> tuple[Name, ...]:
    """What stands on the picture: numbers first, then what else is marked, what it is compared with last."""
    told = [held for held in sight.marks if not _is_reference(held[0])]
    compared = [mark for mark, _ in sight.marks if _is_reference(mark)]
    shares = [one for one in sight.findings if FACTS[one.fact] in SHORT and one.source.marks]
    others = [_name(one.source.marks[0], frame, SHORT[FACTS[one.fact]], one) for one in shares]
    named = [one.source.marks[0] for one in shares]
    lengths = [_name(mark, frame, mark.words, found) for mark, found in told if found is not None]
    bare = [_name(mark, frame, mark.words, None) for mark, found in told if found is None and mark not in named]
    made = [name for name in (*others, *lengths) if name is not None]
    # What is marked more than once, as a tumour in several pieces, is named once.
    made += {name.words: name for name in reversed(bare) if name is not None}.values()
    if len(made) < _FEW:
        made += [name for mark in compared[:1] if (name := _name(mark, frame, mark.words, None)) is not None]
    return tuple(made[:_LABELS])


def _name(mark: Mark, frame: Frame2d, said: str, found: Finding[Any] | None) -> Name | None:
    spots = _spots(mark, frame)
    if not len(spots) or len(said) > _LONGEST:
        return None
    number = "" if found is None else words.value(FACTS[found.fact], found.value)
    return Name(words=said, number=number, colour=_colour(mark), spots=spots)


def _is_reference(mark: Mark) -> bool:
    """Whether a mark is what another is compared with."""
    return "expected" in mark.words or " as on " in mark.words


def _spots(mark: Mark, frame: Frame2d) -> Floats:
    """The points of a mark that its words may point at: both ends and the middle of a distance, else a few of all."""
    at = _on_page(mark, frame)
    if mark.kind is MarkKind.SEGMENT:
        at = np.array([at[0], at[[0, -1]].mean(axis=0), at[-1]])
    seen = at[((at > 0) & (at < SIDE)).all(axis=1)]
    return seen[:: max(1, len(seen) // 8)]


def _along(sight: Sight, frame: Frame2d) -> Floats:
    """Points along all marks that words should not cover, shape (n, 2)."""
    lines = [_on_page(mark, frame) for mark, _ in sight.marks]
    part = np.linspace(0.0, 1.0, 7)[:, None]
    steps = [(1 - part) * first + part * last for line in lines for first, last in pairwise(line)]
    return np.concatenate([*lines, *steps]) if lines else np.zeros((0, 2))


def _rows(sight: Sight) -> Iterator[tuple[str, str, str]]:
    """What was measured: its words, its value, and its interval."""
    for found in sight.findings:
        named = FACTS[found.fact]
        if issubclass(named.type, _NO_ROW):
            continue
        span = words.interval(found.interval, named.unit) if found.interval else ""
        over = " (overruled)" if "overruled" in found.notes else ""
        yield named.words + over, words.value(named, found.value), span


def _heading(lines: tuple[str, ...], is_doubtful: bool, top: float) -> tuple[str, float]:
    """What a picture is, and how tall the lines are together."""
    heading, *shown = lines
    y = top + 17.0
    body = text(heading, 8, y, _fitting(heading, 13), fill=DARK_INK, font_weight=600)
    for line in shown:
        y += _LINE
        body += text(line, 8, y, _fitting(line, _SMALL), fill=DARK_QUIET)
    if is_doubtful:
        y += 17.0
        body += shape(Degree.CAUTION, 8, y - 10, 11, colour=DARK_ALARM[Degree.CAUTION])
        body += text("level not verified", 23, y, 12, fill=DARK_ALARM[Degree.CAUTION], font_weight=600)
    return body, y - top


def _numbers(sight: Sight, top: float) -> tuple[str, float]:
    """What was measured and how, and how tall the lines are together."""
    body, y = "", top + 6.0
    rows = list(_rows(sight))
    for name, value, span in rows[:_ROWS]:
        body += tag("line", x1=8, y1=y, x2=SIDE - 8, y2=y, stroke=DARK_LINE, stroke_width=0.8)
        row, tall = _row(name, value, span, y)
        body, y = body + row, y + tall
    if len(rows) > _ROWS:
        body += text(f"and {len(rows) - _ROWS} more in the table", 8, y + 12, _SMALL, fill=DARK_QUIET)
        y += _LINE + 2
    for line in _methods(sight):
        y += _LINE - 1
        body += text(line, 8, y, 10, fill=DARK_QUIET)
    return body, y - top


def _row(name: str, value: str, span: str, y: float) -> tuple[str, float]:
    """A name with its value at the right; a long one takes lines of its own."""
    said = f"{value} ({span})" if span else value
    ends: dict[str, object] = {"text_anchor": "end", "font_weight": 600}
    if len(name) + len(said) < _PER_LINE - 4:
        line = text(name, 8, y + 12.5, _SMALL, fill=DARK_QUIET)
        return line + text(said, SIDE - 8, y + 12.5, _SMALL, fill=DARK_INK, **ends), 17.0
    body, tall = "", 0.0
    for part in wrap(name, _PER_LINE - 4):
        body += text(part, 8, y + tall + 12.5, _SMALL, fill=DARK_QUIET)
        tall += _LINE
    for part in wrap(said, _PER_LINE - 8):
        body += text(part, SIDE - 8, y + tall + 12.5, _SMALL, fill=DARK_INK, **ends)
        tall += _LINE
    return body, tall + 3.0


def _methods(sight: Sight) -> Iterator[str]:
    """How it was measured; what is beside the slice is said."""
    given = dict.fromkeys(one.source.method for one in sight.findings if one.source.method)
    for method in list(given)[:2]:
        yield from wrap(method, _PER_LINE - 2)
    aside = [float(np.abs(sight.plane.distance_mm(np.array(mark.points_mm))).max()) for mark, _ in sight.marks]
    if any(mm > _BESIDE_MM for mm in aside):
        yield f"dashed: up to {max(aside):.0f}{words.THIN}mm beside this slice"


def _fitting(said: str, size: float) -> float:
    return min(size, round((SIDE - 16) / (0.52 * max(len(said), 1)), 1))


def _alt(sight: Sight, before: str, heading: str, *, is_doubtful: bool) -> str:
    read = [f"{name} {value}{f' ({span})' if span else ''}" for name, value, span in _rows(sight)]
    doubt = "; level not verified" if is_doubtful else ""
    numbers = f": {'; '.join(read)}" if read else ""
    return f"{before}{heading[0].upper()}{heading[1:]}{doubt}{numbers}."
