"""The spinal canal: from its labels, or as the hole in a ring of bone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import CANAL, CORD, SAC, Structure
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.slabs import stacked
from enbloc.kernels.voxels import evenly, placed
from enbloc.measure.spine.parameters import HOLE_AREA, HOLE_LENGTH

Floats = NDArray[np.float64]
PAD_MM = 15.0
HOLE_STEP_MM = 1.0
HOLE_REACH_MM = 60.0
ENOUGH = 15_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Canal:
    """Points of the canal beside one vertebra, patient LPS, and the grid they come from."""

    points_mm: Floats
    grid: Grid
    notes: tuple[str, ...] = ()
    is_cord_only: bool = False
    is_label: bool = True


def canal_points(images: Images, near: Grid) -> Canal | None:
    """The labelled canal (canal, sac and cord together) beside the box ``near``; nothing if none is labelled there."""
    parts = [(named, *found) for named, found in _labelled(images, near)]
    if not parts:
        return None
    points = thinned(np.concatenate([points for _, points, _ in parts]))
    only_cord = all(named == CORD for named, _, _ in parts)
    notes = ("canal taken from the cord label alone",) if only_cord else ()
    return Canal(points_mm=points, grid=parts[0][2], notes=notes, is_cord_only=only_cord)


def _labelled(images: Images, near: Grid) -> Iterator[tuple[Structure, tuple[Floats, Grid]]]:
    corners = near.points_mm(
        np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)]) * (np.array(near.shape) - 1)
    )
    for named in (CANAL, SAC, CORD):
        labels = images.map_of(named)
        if labels is None:
            continue
        box = within(labels, corners, PAD_MM)
        grid = labels.grid.cropped(box)
        mask = np.ascontiguousarray(labels.mask(named, box)).view(np.uint8)
        points = placed(mask, np.ascontiguousarray(grid.affine[:3, :3]), np.ascontiguousarray(grid.affine[:3, 3]))
        if len(points) >= 8:
            yield named, (points, grid)


def within(labels: LabelMap, corners_mm: Floats, pad_mm: float) -> tuple[slice, slice, slice]:
    """The part of a label map around some points, ``pad_mm`` wider each way."""
    at = labels.grid.indices(corners_mm)
    pad = pad_mm / np.array(labels.grid.spacing_mm)
    low = np.clip(np.floor(at.min(axis=0) - pad), 0, labels.grid.shape).astype(int)
    high = np.clip(np.ceil(at.max(axis=0) + pad) + 1, 0, labels.grid.shape).astype(int)
    a, b, c = (slice(int(start), int(max(start, stop))) for start, stop in zip(low, high, strict=True))
    return (a, b, c)


def thinned(points: Floats, count: int = ENOUGH) -> Floats:
    """About ``count`` of very many points, evenly: a frame is no better for a hundred thousand of them.

    Whole rows from side to side are kept, chosen by where they lie and not by their order: the mirror image of a
    patient keeps the mirror image of the points, and turning the axes of an array changes nothing.
    """
    if len(points) <= count:
        return points
    kept = evenly(np.ascontiguousarray(points), count / len(points))
    return kept if len(kept) > count // 2 else points


@dataclass(frozen=True, eq=False, kw_only=True)
class Ring:
    """The canal at one vertebra: its centre, the axes left, back and head as rows, half its width and depth, mm."""

    centre: Floats
    axes: Floats
    half_width_mm: float
    half_depth_mm: float


def swept(below: Ring, above: Ring, between: str) -> Canal:
    """The canal between two vertebrae: an oval that goes from one's size to the other's along a smooth curve."""
    reach = float(np.linalg.norm(above.centre - below.centre))
    share = np.arange(0.0, 1.0, HOLE_STEP_MM / reach)[:, None]
    ends = (
        2 * share**3 - 3 * share**2 + 1,
        share**3 - 2 * share**2 + share,
        3 * share**2 - 2 * share**3,
        share**3 - share**2,
    )
    knots = (below.centre, reach * below.axes[2], above.centre, reach * above.axes[2])
    centres = np.asarray(sum(weight * knot for weight, knot in zip(ends, knots, strict=True)))
    steps = np.arange(-1.0, 1.01, 0.1)
    u, v = (grid.ravel() for grid in np.meshgrid(steps, steps, indexing="ij"))
    inside = u**2 + v**2 <= 1.0
    size = np.array([[below.half_width_mm, below.half_depth_mm], [above.half_width_mm, above.half_depth_mm]])
    wide, deep = ((1.0 - share) * size[0] + share * size[1]).T[:, :, None]
    left, back = ((1.0 - share) * below.axes[axis] + share * above.axes[axis] for axis in (0, 1))
    points = (
        centres[:, None] + (wide * u[inside])[..., None] * left[:, None] + (deep * v[inside])[..., None] * back[:, None]
    )
    fine = Grid(shape=(1, 1, 1), affine=np.diag([HOLE_STEP_MM, HOLE_STEP_MM, HOLE_STEP_MM, 1.0]))
    return Canal(
        points_mm=points.reshape(-1, 3),
        grid=fine,
        notes=(f"canal swept between the holes of {between}",),
        is_label=False,
    )


def hole(mask: NDArray[np.uint8], grid: Grid, axis: Floats, centre: Floats) -> Canal | None:
    """The hole that a ring of bone encloses, seen across ``axis``; nothing if no slice is closed."""
    back = np.array([0.0, 1.0, 0.0])
    back = back - (back @ axis) * axis
    back = back / np.linalg.norm(back)
    left = np.cross(back, axis)
    steps = np.arange(-HOLE_REACH_MM, HOLE_REACH_MM + 0.1, HOLE_STEP_MM)
    heights = np.arange(-30.0, 30.1, HOLE_STEP_MM)
    origins = centre + heights[:, None] * axis
    whole = np.ones_like(origins)
    planes = stacked(
        mask, grid.inverse[:3, :3], grid.inverse[:3, 3], origins, whole * left, whole * back, steps, steps
    ).astype(bool)
    filled = ndimage.binary_fill_holes(planes, structure=_ACROSS)
    parts, count = ndimage.label(filled & ~planes)
    if count == 0:
        return None
    n, p, q = np.nonzero(parts == int(np.argmax(np.bincount(parts.ravel())[1:])) + 1)
    across = np.bincount(n)[np.unique(n)] * HOLE_STEP_MM**2
    if np.median(across) < HOLE_AREA.number or len(across) * HOLE_STEP_MM < HOLE_LENGTH.number:
        return None  # a vein through the body, or a gap beside a tumour, is no canal
    points = origins[n] + steps[p][:, None] * left + steps[q][:, None] * back
    fine = Grid(shape=(1, 1, 1), affine=np.diag([HOLE_STEP_MM, HOLE_STEP_MM, HOLE_STEP_MM, 1.0]))
    return Canal(points_mm=points, grid=fine, notes=("canal taken as the hole in the vertebra",), is_label=False)


_ACROSS = np.array([np.zeros((3, 3)), [[0, 1, 0], [1, 1, 1], [0, 1, 0]], np.zeros((3, 3))], dtype=bool)
