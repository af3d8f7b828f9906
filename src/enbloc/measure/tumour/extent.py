"""How large a tumour is and which levels it involves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, QhullError
from scipy.spatial.distance import pdist, squareform

from enbloc.case import fact
from enbloc.case.anatomy import Level, in_order
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.geometry import Plane, Point, triple
from enbloc.case.image import Grid
from enbloc.case.mark import Mark, MarkKind
from enbloc.kernels.regions import counted
from enbloc.measure.answers import Answer, all_missing
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import half_voxel
from enbloc.measure.tumour.drawing import HEAD, mark, outlined, plane_at, segment
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.parameters import LEVEL_INVOLVED, LEVEL_TOUCHED
from enbloc.measure.tumour.tallies import shift_of

Floats = NDArray[np.float64]
OF_SIZE: tuple[Fact[Any], ...] = (fact.VOLUME, fact.DIAMETER, fact.CENTRE, fact.PIECES)
OF_LEVELS: tuple[Fact[Any], ...] = (fact.LEVELS, fact.LEVELS_OPEN, fact.MAIN_LEVEL)
HALF = 0.5  # of a voxel
BY_COUNT = "voxels of the label, counted; the interval moves every face of it"
BY_HULL = "the longest line between two voxels of the label, edge to edge"


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """Where to look at a tumour as a whole: the plane across the column with most of it."""

    mass: Tumour
    column: Column

    @cached_property
    def axis(self) -> Floats:
        """The direction to the head: of the main vertebra, or of the patient where no vertebra has a frame."""
        main = self.mass.main_level(self.column.spine)
        one = None if main is None else self.column.spine.get(main)
        return HEAD if one is None else np.asarray(one.axes[2], dtype=np.float64)

    @cached_property
    def plane(self) -> Plane:
        """The plane across the column with most of the tumour."""
        heights = self.mass.points_mm @ self.axis
        step = 2.0 * half_voxel(self.mass.grid, self.axis)
        bins = np.floor((heights - heights.min()) / step + 0.5).astype(np.intp)
        most = heights[bins == int(np.argmax(np.bincount(bins)))]
        centre = self.mass.centre
        return plane_at(centre + (float(most.mean()) - centre @ self.axis) * self.axis, self.axis)

    @cached_property
    def outline(self) -> tuple[Mark, ...]:
        """The outline of the tumour on that plane."""
        return outlined(self.mass.mask, self.mass.grid, self.plane, f"tumour {self.mass.lesion}")

    @property
    def where(self) -> dict[str, Any]:
        """Where to look at a number of the whole tumour."""
        return {
            "document": self.mass.labels.document,
            "place": f"tumour {self.mass.lesion}",
            "at_mm": triple(self.mass.centre),
            "notes": self.mass.notes,
            "shows": self.plane,
            "marks": self.outline,
        }


def size(view: View) -> Iterator[Answer]:
    """Volume, diameter, centre and pieces."""
    one = view.mass
    voxels, faces = counted(one.mask)
    cc, moved = voxels * one.grid.voxel_cc, shift_of(one, one.grid) * faces * one.grid.voxel_cc
    yield measured(
        fact.VOLUME, one.lesion, cc, low=max(0.0, cc - moved), high=cc + moved, method=BY_COUNT, **view.where
    )
    length, error, line = _diameter(one)
    error += 2.0 * one.labels.error_mm
    shows = plane_at(line.mean(axis=0), _across(line, view.axis))
    where = view.where | {"method": BY_HULL, "shows": shows, "marks": (segment("largest diameter", *line),)}
    high = length + error + bulge(length, one.grid)
    yield measured(fact.DIAMETER, one.lesion, length, low=max(0.0, length - error), high=high, **where)
    where = view.where | {"method": "the mean of the voxels of the label"}
    yield measured(fact.CENTRE, one.lesion, Point(xyz_mm=triple(np.round(one.centre, 2))), **where)
    where = view.where | {"method": "voxels of the label that touch, even at a corner, are one piece"}
    yield measured(fact.PIECES, one.lesion, one.pieces, **where)


def _across(line: Floats, axis: Floats) -> Floats:
    """The normal of a plane that holds a line and is as much across the column as may be."""
    along = line[1] - line[0]
    length = float(np.linalg.norm(along))
    if length < 1e-6:
        return axis
    along = along / length
    normal = axis - (axis @ along) * along
    if np.linalg.norm(normal) > 0.2:
        return np.asarray(normal / np.linalg.norm(normal), dtype=np.float64)
    left = np.array([1.0, 0.0, 0.0])
    return np.asarray(left - (left @ along) * along, dtype=np.float64)


def _diameter(one: Tumour) -> tuple[float, float, Floats]:
    """The largest distance between two voxels, with half a voxel at each end; how far that may move; and its ends."""
    points = one.surface_mm
    try:
        points = points[ConvexHull(points).vertices]
    except QhullError:  # flat or tiny: every point is a corner
        points = points[:: max(1, len(points) // 500)]
    if len(points) < 2:
        edge = max(one.grid.spacing_mm)
        return edge, edge, np.stack([points[0], points[0]])
    apart = squareform(pdist(points))
    p, q = np.unravel_index(int(np.argmax(apart)), apart.shape)
    along = (points[q] - points[p]) / apart[p, q]
    half = half_voxel(one.grid, along)
    line = np.stack([points[p] - half * along, points[q] + half * along])
    return float(apart[p, q]) + 2.0 * half, 2.0 * half, line


def bulge(mm: float, grid: Grid) -> float:
    """How much longer a round thing that is ``mm`` long on its slices may be halfway between two of them.

    Examples
    --------
    >>> grid = Grid(shape=(4, 40, 40), affine=np.diag([10.0, 1.0, 1.0, 1.0]))
    >>> round(bulge(20.0, grid), 2), round(bulge(8.0, grid), 2)
    (2.36, 4.81)
    """
    half, apart = 0.5 * mm, 0.5 * max(grid.spacing_mm)
    return float(2.0 * (np.hypot(half, apart) - half))


def extent(view: View) -> Iterator[Answer]:
    """The involved levels, those that half a voxel decides, and the one with most of the tumour."""
    one, spine = view.mass, view.column.spine
    main = one.main_level(spine)
    if main is None:
        yield from all_missing(OF_LEVELS, one.lesion, "no vertebra is labelled")
        return
    notes = [_why_level(one, main)] if not one.levels else []
    notes += one.notes
    involved, undecided = one.levels or (main,), tuple(level for level in _open(one) if level is not main)
    if undecided:
        notes.append(f"half a voxel decides about {', '.join(map(str, undecided))}")
    where = view.where | {"notes": notes, "marks": tuple(_middles(view, involved)) or view.outline}
    where |= {"method": "volume of the tumour within each labelled vertebra, or in touch with it"}
    yield measured(fact.LEVELS, one.lesion, involved, **where)
    yield measured(fact.LEVELS_OPEN, one.lesion, undecided, **where)
    yield measured(fact.MAIN_LEVEL, one.lesion, main, **where)


def _open(one: Tumour) -> tuple[Level, ...]:
    """The levels that the tumour involves or does not involve by half a voxel."""
    shift = shift_of(one, one.grid)
    if not any(cc >= LEVEL_INVOLVED.number for cc in one.within_cc.values()):
        # It lies beside the bone: where it touches a vertebra, half a voxel could part the two or let it in.
        return in_order(level for level, cc in one.touching_cc.items() if cc * (1 + shift) >= LEVEL_TOUCHED.number)
    found = set()
    both = shift + HALF  # the surface of the bone may stand half a voxel nearer too
    for level in {*one.within_cc, *one.touching_cc}:
        cc = one.within_cc.get(level, 0.0)
        low, high = cc - both * one.rim_cc.get(level, 0.0), cc + both * one.touching_cc.get(level, 0.0)
        if low < LEVEL_INVOLVED.number <= high:
            found.add(level)
    return in_order(found)


def _middles(view: View, levels: tuple[Level, ...]) -> Iterator[Mark]:
    """The middles of the involved bodies."""
    there = [view.column.spine[level].origin for level in levels if level in view.column.spine]
    if there:
        yield mark(MarkKind.POINTS, f"middle of {' '.join(map(str, levels))}", np.array(there))
        yield from view.outline[:1]


def _why_level(one: Tumour, main: Level) -> str:
    """What a level rests on that the tumour does not involve by its volume."""
    if main in one.within_cc:
        return (
            f"less than {LEVEL_INVOLVED.number:g} cc of the tumour lies in {main}: the level is where most of that lies"
        )
    if main in one.touching_cc:
        return f"the tumour lies in no labelled vertebra: it touches {main}"
    return "the tumour lies in no labelled vertebra: nearest body"
