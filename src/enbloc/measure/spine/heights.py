"""Heights of a vertebral body: distances between its endplates along its own axis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.kernels.surfaces import column_ends
from enbloc.measure.parameters import THICK_SLICE
from enbloc.measure.spine.parameters import SLAB_WIDTH
from enbloc.measure.spine.vertebra import Vertebra, cut_through

Floats = NDArray[np.float64]
STEP_MM = 1.0
FINE_MM = 0.5
LEAST_HEIGHT_MM = 2.0
GAP_MM = 4.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Heights:
    """Anterior, middle and posterior height in the middle of a body, mm, and what else the columns show.

    ``at`` are the places of the three, (y, z) in the frame of the vertebra; ``corner_low`` and ``corner_high`` are
    (y, z) of the posterior corners; ``depth_mm`` is the depth of the body from ``front_mm`` (y) on, ``slope_high``
    dz/dy of its upper endplate.
    """

    mm: Floats
    error_mm: float
    at: Floats
    front_mm: float
    depth_mm: float
    corner_low: Floats
    corner_high: Floats
    slope_high: float


def why_not(one: Vertebra) -> str:
    """Why the heights of this vertebra cannot be measured; empty if they can."""
    if not one.level.has_body:
        return f"{one.level} has no vertebral body"
    cut = cut_through(one.crop)
    if cut:
        return f"{one.level} is cut by the {' and '.join(cut)} edge of the scan"
    widest = max(one.crop.grid.spacing_mm)
    if round(widest, 2) > THICK_SLICE.number:
        return f"slices too thick ({widest:.3g} mm)"
    return ""


def is_sacral(level: Level) -> bool:
    """Whether its body is part of the sacrum."""
    return level.value.startswith("S")


def heights(one: Vertebra) -> Heights | None:
    """The three heights by thirds of the depth of the body; nothing if too little of it is there."""
    half = SLAB_WIDTH.number / 2.0
    xs = np.arange(-half, half + 0.1, STEP_MM)
    own = one.own_mm
    front = float(own[np.abs(own[:, 0]) <= half, 1].min(initial=0.0)) - 2.0
    ys = np.arange(front, one.back_mm, FINE_MM)
    zs = np.arange(one.low_mm - 6.0, one.high_mm + 6.0, FINE_MM)
    matrix, offset = to_index(one)
    low, high = column_ends(one.crop.mask, matrix, offset, xs, ys, zs)
    tall = high - low
    tall[tall < LEAST_HEIGHT_MM] = np.nan
    there = np.isfinite(tall).sum(axis=0) >= len(xs) // 2
    if there.sum() * FINE_MM < 6.0:
        return None
    kept = ys[there]
    if np.diff(kept).max() > GAP_MM:
        return None
    return _thirds(one, kept, tall[:, there], low[:, there], high[:, there])


def _thirds(one: Vertebra, ys: Floats, tall: Floats, low: Floats, high: Floats) -> Heights:
    start, stop = float(ys[0]), float(ys[-1])
    depth = stop - start + FINE_MM
    mm, at = [], []
    for third in range(3):
        inside = (ys >= start + third * depth / 3.0) & (ys < start + (third + 1) * depth / 3.0)
        mm.append(middle_third(tall[:, inside]))
        middle = 0.5 * (np.nanmedian(low[:, inside]) + np.nanmedian(high[:, inside]))
        at.append([float(ys[inside].mean()), float(middle)])
    last = ys >= stop - depth / 8.0
    return Heights(
        mm=np.array(mm),
        error_mm=2.0 * one.error_mm(2),  # two endplates, half a voxel each
        at=np.array(at),
        front_mm=start - FINE_MM / 2.0,
        depth_mm=depth,
        corner_low=_corner(one, float(np.nanmedian(low[:, last])), inward=1.0),
        corner_high=_corner(one, float(np.nanmedian(high[:, last])), inward=-1.0),
        slope_high=_slope(ys, np.nanmedian(high, axis=0)),
    )


def middle_third(tall: Floats) -> float:
    """The mean of the middle third of the columns: as deaf to a hole or a spur as their median, and finer.

    The columns of an endplate that lies along the slices are whole numbers of slices: their median is one of these.
    """
    ordered = np.sort(tall[np.isfinite(tall)])
    third = len(ordered) // 3
    return float(ordered[third : len(ordered) - third].mean())


def width(one: Vertebra, held: Heights) -> float | None:
    """The width of the body across the middle of its depth and height, mm; nothing if no bone is there."""
    matrix, offset = to_index(one)
    turned = np.ascontiguousarray(matrix[:, [1, 2, 0]])  # columns along x, not z
    ys = held.front_mm + 0.5 * held.depth_mm + np.arange(-4.0, 4.1, STEP_MM)
    zs = np.median(held.at[:, 1]) + np.arange(-0.25, 0.26, 0.125) * float(held.mm.min())
    reach = float(np.abs(one.own_mm[one.own_mm[:, 1] < one.back_mm, 0]).max()) + 2.0
    left, right = column_ends(one.crop.mask, turned, offset, ys, zs, np.arange(-reach, reach + FINE_MM, FINE_MM))
    wide = right - left
    seen = wide[wide >= LEAST_HEIGHT_MM]
    return float(np.median(seen)) if 2 * len(seen) > wide.size else None


def _corner(one: Vertebra, z: float, *, inward: float) -> Floats:
    """(y, z) of a posterior corner: the posterior wall of the body a little within the endplate at ``z``."""
    half = SLAB_WIDTH.number / 2.0
    matrix, offset = to_index(one)
    turned = np.ascontiguousarray(matrix[:, [0, 2, 1]])  # columns along y, not z
    xs = np.arange(-half, half + 0.1, STEP_MM)
    rows = z + inward * np.arange(2.0, 6.1, STEP_MM)
    back = np.arange(one.back_mm - 12.0, one.hole_mm[1], FINE_MM)
    _, wall = column_ends(one.crop.mask, turned, offset, xs, rows, back)
    seen = wall[np.isfinite(wall)]
    return np.array([float(np.median(seen)) if len(seen) else one.back_mm, z])


def _slope(ys: Floats, zs: Floats) -> float:
    """The slope of a line through points that a rim or a hole may spoil: the median of the slopes between halves."""
    half = len(ys) // 2
    return float(np.median((zs[half:] - zs[: len(zs) - half]) / (ys[half:] - ys[: len(ys) - half])))


def to_index(one: Vertebra) -> tuple[Floats, Floats]:
    """From the frame of a vertebra to the indices of its crop: matrix, shape (3, 3), and offset, shape (3,)."""
    inverse = one.crop.grid.inverse
    matrix = np.ascontiguousarray(inverse[:3, :3] @ one.axes.T)
    offset = np.ascontiguousarray(inverse[:3, :3] @ one.origin + inverse[:3, 3])
    return matrix, offset


def from_index(one: Vertebra, affine: Floats) -> tuple[Floats, Floats]:
    """From the indices of a grid with this ``affine`` to the frame of a vertebra."""
    matrix = np.ascontiguousarray(one.axes @ affine[:3, :3])
    offset = np.ascontiguousarray(one.axes @ (affine[:3, 3] - one.origin))
    return matrix, offset
