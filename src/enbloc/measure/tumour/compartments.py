"""How much of a tumour lies outside the dura, between dura and cord, and within the cord.

The label of the thecal sac, with the cord in it, stands for what the dura holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case import fact
from enbloc.case.anatomy import CORD, SAC, Level
from enbloc.case.fact import Fact
from enbloc.case.finding import measured
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.distances import edged
from enbloc.measure.answers import Answer, all_missing, missing
from enbloc.measure.spine.canal import within
from enbloc.measure.spine.vertebra import half_voxel
from enbloc.measure.tumour.extent import View
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
COMPARTMENTS: tuple[Fact[float], ...] = (
    fact.EXTRADURAL_SHARE,
    fact.EXTRAMEDULLARY_SHARE,
    fact.INTRAMEDULLARY_SHARE,
)
BY_LABELS = "voxels of the tumour within the labels of sac and cord"
NO_SAC = "no label of the thecal sac beside the whole tumour"
NO_CORD = "no label of the cord beside the tumour within the sac"
EARLIEST_CONUS = Level.T11
REACH_MM = 40.0
"""Sac and cord are looked for within this distance of the tumour."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Held:
    """How much of a tumour a structure holds, per cent, and what it becomes when both their surfaces move."""

    percent: float
    low: float
    high: float


def compartments(images: Images, view: View) -> Iterator[Answer]:
    """The three shares, or why not: a share is not said of a sac or cord that is not labelled where the tumour is."""
    mass = view.mass
    why = _no_sac(images, view)
    sac = None if why else _held(images, mass, with_sac=True)
    if sac is None:
        yield from all_missing(COMPARTMENTS, mass.lesion, why or NO_SAC)
        return
    where = view.where | {"method": BY_LABELS}
    outside = Held(percent=100.0 - sac.percent, low=100.0 - sac.high, high=100.0 - sac.low)
    yield _share(fact.EXTRADURAL_SHARE, mass, outside, where)
    cord = _held(images, mass, with_sac=False) if _has_cord(images, view) else None
    if sac.high == 0.0:  # what does not reach the dura is not within it, whatever is labelled there
        cord = cord or Held(percent=0.0, low=0.0, high=0.0)
    if cord is None:
        yield from (missing(named, mass.lesion, NO_CORD) for named in COMPARTMENTS[1:])
        return
    between = Held(
        percent=max(0.0, sac.percent - cord.percent),
        low=max(0.0, sac.low - cord.high),
        high=max(0.0, sac.high - cord.low),
    )
    yield _share(fact.EXTRAMEDULLARY_SHARE, mass, between, where)
    yield _share(fact.INTRAMEDULLARY_SHARE, mass, cord, where)


def _share(named: Fact[float], mass: Tumour, found: Held, where: dict[str, Any]) -> Answer:
    return measured(named, mass.lesion, found.percent, low=found.low, high=found.high, **where)


def _maps(images: Images, *, with_sac: bool) -> list[tuple[LabelMap, list[int]]]:
    """The maps that hold the cord, or the sac and the cord in it, with the ids of those."""
    kinds = (SAC, CORD) if with_sac else (CORD,)
    found = []
    for labels in images.labels.values():
        ids = [number for kind in kinds if kind in labels.boxes for number in labels.ids[kind]]
        if ids:
            found.append((labels, ids))
    return found


def _near(labels: LabelMap, ids: list[int], mass: Tumour, reach_mm: float) -> tuple[NDArray[np.uint8], Grid]:
    """The mask of sac and cord, those of them with these ids, within a reach of the tumour, and its grid."""
    box = within(labels, mass.corners_mm, reach_mm)
    named = [labels.boxes[one] for one in (SAC, CORD) if one in labels.boxes]
    starts = [max(part.start, min(one[axis].start for one in named)) for axis, part in enumerate(box)]
    stops = [min(part.stop, max(one[axis].stop for one in named)) for axis, part in enumerate(box)]
    a, b, c = (slice(start, max(start, stop)) for start, stop in zip(starts, stops, strict=True))
    held = labels.labels[a, b, c]
    return np.any([held == number for number in ids], axis=0).astype(np.uint8), labels.grid.cropped((a, b, c))


def _held(images: Images, mass: Tumour, *, with_sac: bool) -> Held:
    """How much of the tumour lies in the cord, or in the sac with the cord."""
    inside = np.zeros(len(mass.points_mm), np.bool_)
    edge = np.zeros(len(mass.points_mm), np.bool_)
    shift = 0.5
    for labels, ids in _maps(images, with_sac=with_sac):
        mask, grid = _near(labels, ids, mass, 2.0 * max(labels.grid.spacing_mm))
        inverse = grid.inverse
        found = edged(mask, np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), mass.points_mm)
        inside |= found[:, 0] > 0
        edge |= found[:, 1] > 0
        error = max(labels.error_mm, mass.labels.error_mm) / min(grid.spacing_mm)
        wider = max(half_voxel(mass.grid, way) for way in grid.directions.T) / min(grid.spacing_mm)
        shift = max(shift, wider, 0.5 + error)
    scale = 100.0 / len(inside)
    value = scale * float(inside.sum())
    low = max(0.0, value - shift * scale * float((inside & edge).sum()))
    return Held(percent=value, low=low, high=min(100.0, value + shift * scale * float((~inside & edge).sum())))


def _no_sac(images: Images, view: View) -> str:
    """Why the sac is not seen beside the whole tumour; empty if it is."""
    maps = [labels for labels in images.labels.values() if SAC in labels.boxes]
    if not maps:
        return "no label of the thecal sac"
    if any(labels is view.mass.labels for labels in maps):
        return "one label map holds tumour and thecal sac: what the tumour took of it has no label"
    return "" if any(_is_beside(labels, list(labels.ids[SAC]), view) for labels in maps) else NO_SAC


def _is_beside(labels: LabelMap, ids: list[int], view: View) -> bool:
    """Whether labels stand at every height of the tumour along the column, a voxel at its ends aside."""
    mass, axis = view.mass, view.axis
    held, grid = _near(labels, ids, mass, REACH_MM)
    places = np.argwhere(held)
    if not len(places):
        return False
    step = 2.0 * max(half_voxel(grid, axis), half_voxel(mass.grid, axis))
    heights = grid.points_mm(places) @ axis
    own = mass.points_mm @ axis
    low, count = float(own.min()), int((float(own.max()) - float(own.min())) / step) + 1
    at = np.floor((heights - low) / step + 0.5).astype(np.intp)
    seen = np.zeros(count, np.bool_)
    seen[at[(at >= 0) & (at < count)]] = True
    return bool(seen[1:-1].all()) if count > 2 else bool(seen.any())


def _has_cord(images: Images, view: View) -> bool:
    """Whether the cord is labelled beside the whole tumour, or has ended above it as it does from T11 to L2."""
    maps = _maps(images, with_sac=False)
    if any(labels is view.mass.labels for labels, _ in maps) or not maps:
        return False
    if any(_is_beside(labels, ids, view) for labels, ids in maps):
        return True
    main = view.mass.main_level(view.column.spine)
    order = list(Level)
    return main is not None and order.index(main) >= order.index(EARLIEST_CONUS) and _ends_above(maps, view)


def _ends_above(maps: list[tuple[LabelMap, list[int]]], view: View) -> bool:
    """Whether the cord is labelled above the tumour and ends beside it or above it: a gap in its label is no end."""
    labels, _ = maps[0]
    box = labels.boxes[CORD]
    corners = np.array([[box[k].stop - 1 if n >> k & 1 else box[k].start for k in range(3)] for n in range(8)])
    ends = labels.grid.points_mm(corners) @ view.axis
    own = view.mass.points_mm @ view.axis
    return bool(ends.max() > own.max() and ends.min() > own.min())
