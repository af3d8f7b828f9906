"""The line of the canal beside a tumour, and where planes across it are laid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC
from enbloc.case.image import Grid, Images
from enbloc.measure.cord.parameters import FREE_DISTANCE, PLANE_PIXEL
from enbloc.measure.cord.stack import turned
from enbloc.measure.spine.canal import within
from enbloc.measure.spine.vertebra import Vertebra, half_voxel
from enbloc.measure.tumour.mass import Tumour

Floats = NDArray[np.float64]
REACH_MM = 30.0
FREE_RUN_MM = 14.0
SEEN_MM = 70.0
SLAB_MM = 2.0
LEAST_SLABS = 4


@dataclass(frozen=True, eq=False, kw_only=True)
class Line:
    """The canal's centre as polynomials ``x`` and ``y`` of the height in the frame of a vertebra, and its planes.

    ``at`` are the heights of the planes, head first, ``beside`` the lowest and highest of the tumour within reach.
    ``error_mm`` and ``coarsest_mm`` are as in `Planes`.
    """

    x: Floats
    y: Floats
    at: Floats
    step_mm: float
    beside: tuple[float, float]
    error_mm: float
    coarsest_mm: float

    def placed(self, one: Vertebra) -> tuple[Floats, Floats, Floats]:
        """Origins and in-plane axes (left, back) of the planes in the patient, each of shape (planes, 3)."""
        slopes = [np.polyval(np.polyder(along), self.at) for along in (self.x, self.y)]
        along = np.stack([*slopes, np.ones_like(self.at)], axis=1)
        left, back = turned(along / np.linalg.norm(along, axis=1, keepdims=True))
        origins = np.stack([np.polyval(self.x, self.at), np.polyval(self.y, self.at), self.at], axis=1)
        return one.origin + origins @ one.axes, left @ one.axes, back @ one.axes


def line_beside(images: Images, mass: Tumour, one: Vertebra) -> Line | None:
    """The line of the canal beside the tumour, in the frame of a vertebra; nothing if not labelled beside all of it."""
    parts = list(_labelled(images, mass))
    if not parts:
        return None
    canal, own = one.inside(np.concatenate([points for points, _, _ in parts])), one.inside(mass.points_mm)
    grids = [(mass.grid, mass.labels.error_mm), *((grid, error) for _, grid, error in parts)]
    wide, deep, tall = (np.array([half_voxel(grid, one.axes[axis]) for grid, _ in grids]) for axis in range(3))
    step = max(PLANE_PIXEL.number, 2.0 * float(tall.max()))
    # A slab thinner than two slices would cut them askew and have its centre beside the canal's.
    centre = _centre(canal, own, one, max(SLAB_MM, 2.0 * step))
    if centre is None:
        return None
    beside = _heights(own, *centre)
    at = _stations(beside, (float(canal[:, 2].min()), float(canal[:, 2].max())), step, one)
    if len(at) < 2:
        return None
    return Line(
        x=centre[0],
        y=centre[1],
        at=at,
        step_mm=step,
        beside=beside,
        error_mm=float((0.5 * (wide + deep) + np.array([error for _, error in grids])).max()),
        coarsest_mm=2.0 * float(max(wide.max(), deep.max())),
    )


def _stations(beside: tuple[float, float], labelled: tuple[float, float], step: float, one: Vertebra) -> Floats:
    """The heights of the planes, from free ones above the tumour to free ones below; none if not all is labelled.

    Labels that end where the cord is pressed, as they do, would leave just the free rest of the canal to be graded.
    """
    if beside[0] < labelled[0] - step or beside[1] > labelled[1] + step:
        return np.empty(0)
    extra = FREE_DISTANCE.number * (one.high_mm - one.low_mm) + FREE_RUN_MM + 2.0
    low, high = max(beside[0] - extra, labelled[0]), min(beside[1] + extra, labelled[1])
    return np.arange(high, low - 1e-6, -step)


def _labelled(images: Images, mass: Tumour) -> Iterator[tuple[Floats, Grid, float]]:
    """The voxels of canal, sac and cord near the tumour, patient LPS, their grid and the map's own error."""
    corners = np.array([mass.points_mm.min(axis=0), mass.points_mm.max(axis=0)])
    corners = np.array([[corners[a, 0], corners[b, 1], corners[c, 2]] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    for named in (CANAL, SAC, CORD):
        labels = images.map_of(named)
        if labels is None:
            continue
        box = within(labels, corners, SEEN_MM)
        points = np.argwhere(labels.mask(named, box))
        if len(points) >= 50:
            grid = labels.grid.cropped(box)
            yield grid.points_mm(points), grid, labels.error_mm


def _centre(canal: Floats, own: Floats, one: Vertebra, slab_mm: float) -> tuple[Floats, Floats] | None:
    """The canal's centre as polynomials (x, y) of the height, fitted on the slabs that the tumour leaves alone."""
    slabs = np.floor(canal[:, 2] / slab_mm).astype(int)
    names, where, count = np.unique(slabs, return_inverse=True, return_counts=True)
    centres = np.stack([np.bincount(where, canal[:, axis]) / count for axis in range(3)], axis=1)
    near = np.abs(own[:, 0] - one.hole_mm[0]) < one.half_width_mm
    near &= np.abs(own[:, 1] - one.hole_mm[1]) < one.half_depth_mm
    good = _undisturbed(names * slab_mm, centres, count, own[near, 2], slab_mm)
    if good.sum() < LEAST_SLABS:
        return None
    span = float(np.ptp(centres[good, 2]))
    degree = 3 if span > 60.0 and good.sum() > 12 else 1 if good.sum() < 6 else 2
    x, y = (np.polyfit(centres[good, 2], centres[good, axis], degree) for axis in (0, 1))
    return x, y


def _undisturbed(
    lowest: Floats, centres: Floats, count: NDArray[np.int_], entered: Floats, slab_mm: float
) -> NDArray[np.bool_]:
    """Which slabs of the canal are whole and have no tumour in the canal; all whole ones if none are on both sides.

    ``lowest`` are the lower ends of the slabs, ``entered`` the heights of the tumour within the canal.
    """
    whole = np.asarray(count > 0.4 * np.median(count))
    if not len(entered):
        return whole
    good = np.asarray(whole & ~np.isin(lowest, np.floor(entered / slab_mm) * slab_mm))
    above = centres[good, 2] > entered.mean()
    # The tumour reaches the end of what is seen: better a bent line than a guessed one.
    return good if above.any() and not above.all() else whole


def _heights(own: Floats, x: Floats, y: Floats) -> tuple[float, float]:
    """The lowest and highest of the tumour within reach of the canal; of all of it where none is."""
    off = np.hypot(own[:, 0] - np.polyval(x, own[:, 2]), own[:, 1] - np.polyval(y, own[:, 2]))
    near = off < REACH_MM
    heights = own[near, 2] if near.any() else own[:, 2]
    return float(heights.min()), float(heights.max())
