"""The pedicles: width and height at the isthmus, and the direction of the axis."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import Level, Side
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.mark import LONGEST, Mark, MarkKind
from enbloc.kernels import fronts
from enbloc.kernels.contours import outlines
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.spine.column import REPLACED, Column
from enbloc.measure.spine.drawing import plane_at, rounded, segment
from enbloc.measure.spine.heights import is_sacral, to_index
from enbloc.measure.spine.isthmus import WINDOW, Isthmus
from enbloc.measure.spine.vertebra import Vertebra, half_voxel

Floats = NDArray[np.float64]

WIDTH, HEIGHT, TRANSVERSE, SAGITTAL = range(4)
PEDICLE: Mapping[Side, tuple[Fact[float], ...]] = {
    Side.LEFT: (
        fact.PEDICLE_WIDTH_LEFT,
        fact.PEDICLE_HEIGHT_LEFT,
        fact.PEDICLE_TRANSVERSE_LEFT,
        fact.PEDICLE_SAGITTAL_LEFT,
    ),
    Side.RIGHT: (
        fact.PEDICLE_WIDTH_RIGHT,
        fact.PEDICLE_HEIGHT_RIGHT,
        fact.PEDICLE_TRANSVERSE_RIGHT,
        fact.PEDICLE_SAGITTAL_RIGHT,
    ),
}
WITHOUT = frozenset({Level.O, Level.C1, Level.CO})
FINE_MM = 0.25
BEYOND_MM = 6.0  # of its ends that the axis is drawn
NARROW = 0.5  # of the other side's section: less is said


def pedicles(column: Column) -> Iterator[Answer]:
    """Both pedicles of each vertebra, or why not."""
    for level in column.levels:
        for side in Side:
            why = _why_not(column, level, side)
            if why:
                yield from all_missing(PEDICLE[side], level, why)
            else:
                yield from _pedicle(_seen(column, level, side))


def _why_not(column: Column, level: Level, side: Side) -> str:
    """Why this pedicle cannot be measured; empty if it can."""
    if level in WITHOUT:
        return f"{level} has no pedicles"
    if is_sacral(level):
        return f"{level} is part of the sacrum: it has no pedicles of its own"
    if level not in column.spine:
        return column.frameless[level]
    one = column.spine[level]
    widest = max(one.crop.grid.spacing_mm)
    if round(widest, 2) > THICK_SLICE.number:
        return f"slices too thick ({widest:.3g} mm)"
    if level in column.hollowed:
        return REPLACED
    held = column.parts[level].isthmuses.get(side)
    cut = f"{level} is cut by the {' and '.join(one.crop.cut)} edge of the scan"
    if held is None:
        lost = f"no bone joins body and arch of {level} on the {side.value}: destroyed, or missing in the label"
        return f"{cut}; {lost}" if one.crop.cut else lost
    return cut if one.crop.cut and _at_edge(one, _outline(one, held)[0]) else ""


def _at_edge(one: Vertebra, outline_mm: Floats) -> bool:
    """Whether the section of a pedicle reaches the edge of the scan, and may go on beyond it."""
    whole = one.crop.labels.grid
    at = whole.indices(outline_mm)
    return bool((at < 0.75).any() or (at > np.array(whole.shape) - 1.75).any())


@dataclass(frozen=True, eq=False, kw_only=True)
class Seen:
    """One pedicle at its isthmus: its outline in the patient, also to draw, width and height, and what is doubtful."""

    one: Vertebra
    held: Isthmus
    outline_mm: Floats
    ring: Mark
    size_mm: Floats
    notes: tuple[str, ...]

    def ways(self) -> Floats:
        """Across, upright and along the axis, as rows, in the patient."""
        return np.stack([self.held.across, self.held.upright, self.held.axis]) @ self.one.axes

    @property
    def centre_mm(self) -> Floats:
        return np.array(self.one.at(*self.held.centre))


def _seen(column: Column, level: Level, side: Side) -> Seen:
    one, parts = column.spine[level], column.parts[level]
    held = parts.isthmuses[side]
    outline_mm, size_mm = _outline(one, held)
    notes = list(one.notes)
    other = parts.isthmuses.get(Side.RIGHT if side is Side.LEFT else Side.LEFT)
    if other is not None and held.area_mm2 < NARROW * other.area_mm2:
        share = 100.0 * held.area_mm2 / other.area_mm2
        notes.append(f"its section is {share:.0f} % of the {other.side.value} pedicle's")
    return Seen(one=one, held=held, outline_mm=outline_mm, ring=_ring(outline_mm), size_mm=size_mm, notes=tuple(notes))


def _outline(one: Vertebra, held: Isthmus) -> tuple[Floats, Floats]:
    """The outline of the isthmus in the patient, shape (n, 3), and its width and height, mm.

    The steps of voxels show at the tips of an outline, and hardly in the spread of all that it holds: the extents are
    those of the ellipse with the same spread, kept within half a voxel of the extents of the outline.
    """
    window = (WINDOW[0], FINE_MM, WINDOW[2])
    field = fronts.section(one.crop.mask, np.column_stack(to_index(one)), held.centre, held.axis, window)
    line = max(outlines(field, 0.5), key=len)
    across, upright = fronts.facing(held.axis)
    ways = np.stack([across, upright])
    steps = (line - len(field) // 2) * FINE_MM
    spread = 4.0 * fronts.spread(field, FINE_MM)[3:5]
    extent = np.ptp(steps, axis=0)
    error = np.array([half_voxel(one.crop.grid, way @ one.axes) for way in ways])
    outline_mm = one.origin + (held.centre + steps @ ways) @ one.axes
    return outline_mm, np.clip(spread, extent - error, extent + error)


def _pedicle(seen: Seen) -> Iterator[Answer]:
    yield from _sizes(seen)
    yield from _angles(seen)


def _sizes(seen: Seen) -> Iterator[Answer]:
    ways = seen.ways()
    for at, words in ((WIDTH, "width"), (HEIGHT, "height")):
        mm, error = float(seen.size_mm[at]), 2.0 * _error_mm(seen, ways[at])  # two surfaces
        off = (seen.outline_mm - seen.centre_mm) @ ways[at]
        middle = seen.centre_mm + 0.5 * (off.min() + off.max()) * ways[at]
        across = segment(f"{words} of the pedicle", middle - 0.5 * mm * ways[at], middle + 0.5 * mm * ways[at])
        yield measured(
            PEDICLE[seen.held.side][at],
            seen.one.level,
            mm,
            low=max(0.0, mm - error),
            high=mm + error,
            method="narrowest section of the label on its way from the body around the canal",
            shows=plane_at(seen.centre_mm, ways[2]),
            marks=(seen.ring, across),
            **_where(seen),
        )


def _angles(seen: Seen) -> Iterator[Answer]:
    """Convergence and slope of the axis, by which its outer end is in front of, and above, its inner one."""
    held, ways, (left, back, up) = seen.held, seen.ways(), seen.held.axis
    inwards = -left if held.side is Side.LEFT else left
    angles = (np.arctan2(inwards, -back), np.arctan2(-up, np.hypot(left, back)))
    is_line = held.is_line
    ends = seen.centre_mm + np.outer((held.front_mm + BEYOND_MM, -held.rear_mm - BEYOND_MM), ways[2])
    axis = segment("axis of the pedicle", *ends)
    method = "line through the centres of its sections" if is_line else "direction in which its section is smallest"
    for at, number, normal in ((TRANSVERSE, 0, seen.one.axes[2]), (SAGITTAL, 1, seen.one.axes[0])):
        degrees = float(np.rad2deg(angles[number]))
        move = _error_mm(seen, ways[number])
        error = float(np.rad2deg(np.arctan2(2.0 * move, max(held.straight_mm, 3.0 * move))))
        yield measured(
            PEDICLE[held.side][at],
            seen.one.level,
            degrees,
            low=degrees - error,
            high=degrees + error,
            method=f"{method}, in the frame of the vertebra",
            shows=plane_at(seen.centre_mm, normal),
            marks=(axis, seen.ring),
            **_where(seen),
        )


def _error_mm(seen: Seen, way: Floats) -> float:
    """How far the surface of the pedicle may be off along a direction of the patient."""
    return half_voxel(seen.one.crop.grid, way) + seen.one.crop.labels.error_mm


def _ring(outline_mm: Floats) -> Mark:
    step = -(-len(outline_mm) // LONGEST)
    points = tuple(rounded(place) for place in outline_mm[::step])
    return Mark(kind=MarkKind.OUTLINE, words="isthmus of the pedicle", points_mm=points)


def _where(seen: Seen) -> dict[str, Any]:
    x, y, z = (float(number) for number in seen.centre_mm)
    return {
        "document": seen.one.crop.labels.document,
        "place": f"{seen.held.side.value} pedicle of {seen.one.level}",
        "at_mm": (x, y, z),
        "notes": seen.notes,
    }
