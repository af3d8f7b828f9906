"""The sizes of a tumour along and across the column, and of its part outside the bone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case import fact
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.geometry import triple
from enbloc.case.mark import Mark, MarkKind
from enbloc.kernels.calipers import reaches
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.column import REPLACED, Column
from enbloc.measure.spine.vertebra import Vertebra, half_voxel
from enbloc.measure.tumour.drawing import mark, plane_at, segment
from enbloc.measure.tumour.extent import View, bulge
from enbloc.measure.tumour.mass import Tumour
from enbloc.measure.tumour.tallies import NO_FRAME

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ACROSS: tuple[Fact[Any], ...] = (fact.LENGTH, fact.AXIAL_DIAMETER, fact.SHORT_DIAMETER)
SIZES: tuple[Fact[Any], ...] = (*ACROSS, fact.SOFT_TISSUE_DIAMETER)
WAYS = 90
"""Directions in half a turn: two degrees apart, a diameter is short by less than a part in 6000."""
MOST_PIECES = 8
NEAR = 5
"""Levels above and below the main one that a tumour is measured along."""
ALONG = "between the ends of the tumour along the line through the middles of the bodies"
BY_CALIPERS = "the longest line on any plane across the column, edge to edge"
BY_CALIPERS_ACROSS = "the width at right angles to the longest line, on the same plane"
OUTSIDE_BONE = "the longest line on any plane across the column in one piece of tumour outside the labelled bone"


@dataclass(frozen=True, eq=False, kw_only=True)
class Diameter:
    """A line across a tumour: its length edge to edge, the two ends in the patient, and the normal of its plane."""

    mm: float
    ends_mm: Floats
    edge_mm: float
    normal: Floats

    def where(self, mass: Tumour, words: str, method: str) -> dict[str, Any]:
        """Where to look at it."""
        middle = self.ends_mm.mean(axis=0)
        return {
            "document": mass.labels.document,
            "place": f"tumour {mass.lesion}",
            "at_mm": triple(middle),
            "method": method,
            "shows": plane_at(middle, self.normal),
            "marks": (segment(words, *self.ends_mm),),
            "notes": mass.notes,
        }


@dataclass(frozen=True, eq=False, kw_only=True)
class Stations:
    """Voxels of a tumour beside the column: ``along`` it and ``across`` it, each in the frame of its own vertebra."""

    points_mm: Floats
    along: Floats
    across: Floats
    own: Ints
    bodies: tuple[Vertebra, ...]


def stations(points_mm: Floats, mass: Tumour, column: Column) -> Stations | None:
    """Where points lie along the column and across it; nothing if no vertebra at the tumour has a frame."""
    main = mass.main_level(column.spine)
    if main is None or main not in column.spine:
        return None
    at = list(column.spine).index(main)
    bodies = tuple(column.spine.values())[max(0, at - NEAR) : at + NEAR + 1]
    origins = np.array([one.origin for one in bodies])
    # The head end first: the station of each body, counted towards the head.
    steps = np.linalg.norm(np.diff(origins, axis=0), axis=1)
    middles = np.concatenate([[0.0], -np.cumsum(steps)])
    heights = np.stack([(points_mm - one.origin) @ one.axes[2] for one in bodies], axis=1)
    own = np.argmin(np.abs(heights), axis=1)
    across = np.empty((len(points_mm), 2))
    for number in np.unique(own):
        here = own == number
        across[here] = (points_mm[here] - origins[number]) @ bodies[number].axes[:2].T
    along = middles[own] + heights[np.arange(len(own)), own]
    return Stations(points_mm=points_mm, along=along, across=across, own=own, bodies=bodies)


def sizes(view: View) -> Iterator[Answer]:
    """Length along the column, diameters across it, and the diameter of what lies outside the bone."""
    mass, column = view.mass, view.column
    held = stations(mass.surface_mm, mass, column)
    if held is None:
        yield from all_missing(SIZES, mass.lesion, NO_FRAME)
        return
    yield _length(held, mass)
    longest, width = _widest(held, mass, np.zeros(len(held.along), np.int64))
    yield _measured(fact.AXIAL_DIAMETER, mass, longest, longest.where(mass, "largest diameter across", BY_CALIPERS))
    yield _measured(fact.SHORT_DIAMETER, mass, width, width.where(mass, "diameter across that", BY_CALIPERS_ACROSS))
    yield _soft_tissue(view)


def _measured(
    named: Fact[float], mass: Tumour, found: Diameter, where: dict[str, Any], low: float | None = None
) -> Answer:
    error = found.edge_mm + 2.0 * mass.labels.error_mm
    least = max(0.0, found.mm - error) if low is None else low
    high = found.mm + error + bulge(found.mm, mass.grid)
    return measured(named, mass.lesion, found.mm, low=least, high=high, **where)


def _length(held: Stations, mass: Tumour) -> Answer:
    top, bottom = int(np.argmax(held.along)), int(np.argmin(held.along))
    edges = [half_voxel(mass.grid, held.bodies[held.own[end]].axes[2]) for end in (top, bottom)]
    mm, error = float(held.along[top] - held.along[bottom]) + sum(edges), sum(edges) + 2.0 * mass.labels.error_mm
    left = held.bodies[held.own[top]].axes[0]
    middle = 0.5 * (held.points_mm[top] + held.points_mm[bottom])
    marks = (_line(held, top, bottom), mark(MarkKind.POINTS, "ends of the tumour", held.points_mm[[top, bottom]]))
    return measured(
        fact.LENGTH,
        mass.lesion,
        mm,
        low=max(0.0, mm - error),
        high=mm + error + bulge(mm, mass.grid),
        document=mass.labels.document,
        place=f"tumour {mass.lesion}",
        at_mm=triple(middle),
        method=ALONG,
        shows=plane_at(middle, left),
        marks=marks,
        notes=mass.notes,
    )


def _line(held: Stations, top: int, bottom: int) -> Mark:
    """The line through the bodies from one end of the tumour to the other."""
    first, last = held.bodies[held.own[top]], held.bodies[held.own[bottom]]
    start = first.origin + ((held.points_mm[top] - first.origin) @ first.axes[2]) * first.axes[2]
    stop = last.origin + ((held.points_mm[bottom] - last.origin) @ last.axes[2]) * last.axes[2]
    between = [held.bodies[number].origin for number in range(held.own[top] + 1, held.own[bottom])]
    return mark(MarkKind.LINE, "length along the column", np.array([start, *between, stop]))


def _widest(held: Stations, mass: Tumour, pieces: Ints) -> tuple[Diameter, Diameter]:
    """The longest line across the column within one piece, and the width at right angles on its plane."""
    step = max(2.0 * half_voxel(mass.grid, one.axes[2]) for one in held.bodies)
    slabs = np.floor((held.along - held.along.min()) / step + 0.5).astype(np.int64)
    count = int(slabs.max()) + 1
    groups = np.where(pieces < 0, -1, pieces * count + slabs)
    turns = np.arange(WAYS) * np.pi / WAYS
    ways = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    widths, ahead, behind = reaches(held.across, groups, int(groups.max()) + 1, ways)
    bodies = [held.bodies[held.own[at]] if at >= 0 else None for at in ahead[:, 0]]
    edges = np.array([_edges(mass, one, ways) if one is not None else np.zeros(WAYS) for one in bodies])
    full = np.where(widths < 0.0, -1.0, widths + edges)
    group, way = (int(at) for at in np.unravel_index(int(np.argmax(full)), full.shape))
    turned = (way + WAYS // 2) % WAYS
    found = []
    for one in (way, turned):
        body = held.bodies[held.own[ahead[group, one]]]
        along = ways[one] @ body.axes[:2]
        ends = held.points_mm[[behind[group, one], ahead[group, one]]]
        half = 0.5 * edges[group, one]
        ends = ends + half * np.stack([-along, along])
        found.append(Diameter(mm=float(full[group, one]), ends_mm=ends, edge_mm=2.0 * half, normal=body.axes[2]))
    return found[0], found[1]


def _edges(mass: Tumour, body: Vertebra, ways: Floats) -> Floats:
    """Half a voxel at both ends of a line, by its direction across a vertebra."""
    along = ways @ body.axes[:2]
    return np.asarray(np.linalg.norm((along @ mass.grid.directions) * np.array(mass.grid.spacing_mm), axis=1))


def _soft_tissue(view: View) -> Answer:
    """The diameter of the largest piece outside bone; from 0 where all of it lies within a voxel of the bone."""
    mass = view.mass
    if mass.replaces_bone:
        return missing(fact.SOFT_TISSUE_DIAMETER, mass.lesion, REPLACED)
    loose = np.zeros(mass.mask.shape, np.uint8)
    loose[mass.mask > 0] = ~mass.in_bone
    found = _outside(view, loose)
    if found is None:
        edge = 2.0 * max(mass.grid.spacing_mm)
        notes = (*mass.notes, "no tumour outside the labelled bone")
        where = view.where | {"notes": notes, "method": OUTSIDE_BONE}
        return measured(fact.SOFT_TISSUE_DIAMETER, mass.lesion, 0.0, low=0.0, high=edge, **where)
    bone = (mass.mask > 0) & (loose == 0)
    # A skin of tumour one voxel thick on the bone may be bone whose label ends a voxel too early.
    deep = (
        _outside(view, (loose > 0) & ~ndimage.binary_dilation(bone, np.ones((3, 3, 3), np.bool_)))
        if bone.any()
        else found
    )
    low = 0.0 if deep is None else max(0.0, deep.mm - deep.edge_mm - 2.0 * mass.labels.error_mm)
    where = found.where(mass, "largest diameter outside bone", OUTSIDE_BONE)
    return _measured(fact.SOFT_TISSUE_DIAMETER, mass, found, where, low=min(low, found.mm))


def _outside(view: View, loose: NDArray[Any]) -> Diameter | None:
    """The longest line across the column in one piece of a mask; nothing of none."""
    pieces, count = ndimage.label(loose, structure=np.ones((3, 3, 3)))
    if count == 0:
        return None
    sizes_ = np.bincount(pieces.ravel())[1:]
    kept = np.argsort(-sizes_, kind="stable")[:MOST_PIECES] + 1
    number = np.full(count + 1, -1, np.int64)
    number[kept] = np.arange(len(kept))
    there = np.argwhere(loose)
    held = stations(view.mass.grid.points_mm(there), view.mass, view.column)
    return None if held is None else _widest(held, view.mass, number[pieces[tuple(there.T)]])[0]
