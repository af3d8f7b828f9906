"""The endplates of a body: planes through the ends of the columns of bone that run along its axis."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.kernels.surfaces import column_ends
from enbloc.kernels.trimmed import trimmed_plane
from enbloc.measure.spine.heights import LEAST_HEIGHT_MM, is_sacral, to_index
from enbloc.measure.spine.parameters import ENDPLATE_OFF, ENDPLATE_TRIM
from enbloc.measure.spine.vertebra import Endplate, Vertebra, cut_through, half_voxel

Floats = NDArray[np.float64]
STEP_MM = 1.0
FINE_MM = 0.5
REACH_MM = 6.0
ROOT_MM = 3.0  # how far a pedicle's root reaches inwards on the endplate, and half of how far forward
LEAST_COLUMNS = 40  # square millimetres; a cervical endplate has some 200


def endplates(one: Vertebra) -> tuple[Endplate | None, Endplate | None]:
    """The upper and the lower endplate of a vertebra; nothing where it has none or too much of it is off its plane."""
    cut = set(cut_through(one.crop))
    if not one.level.has_body or cut - {"upper", "lower"}:
        return None, None
    xs, ys, low, high = columns(one)
    there = _within(high - low >= LEAST_HEIGHT_MM)
    root = np.abs(xs - one.hole_mm[0]) > one.half_width_mm - ROOT_MM  # a pedicle springs there, and lifts the corner
    there[np.ix_(root, ys > one.back_mm - 2.0 * ROOT_MM)] = False
    if there.sum() < LEAST_COLUMNS:
        return None, None
    x, y = (grid[there] for grid in np.meshgrid(xs, ys, indexing="ij"))
    has_upper = "upper" not in cut and one.level is not Level.C2  # the dens has none
    has_lower = "lower" not in cut and not is_sacral(one.level)
    upper = _plane(one, np.stack([x, y, high[there]], axis=1)) if has_upper else None
    lower = _plane(one, np.stack([x, y, low[there]], axis=1)) if has_lower else None
    return upper, lower


def columns(one: Vertebra) -> tuple[Floats, Floats, Floats, Floats]:
    """Where the columns through the body begin and end: their x and y, and the z of both ends, in its frame."""
    body = (one.crop.sample_mm - one.origin) @ one.axes.T
    body = body[body[:, 1] < one.back_mm]
    xs = np.arange(body[:, 0].min(), body[:, 0].max() + STEP_MM, STEP_MM)
    ys = np.arange(body[:, 1].min(), one.back_mm, STEP_MM)
    zs = np.arange(one.low_mm - REACH_MM, one.high_mm + REACH_MM, FINE_MM)
    low, high = column_ends(one.crop.mask, *to_index(one), xs, ys, zs)
    return xs, ys, low, high


def _within(there: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without the outermost columns, which end on the rounded rim."""
    inner = there.copy()
    inner[1:] &= there[:-1]
    inner[:-1] &= there[1:]
    inner[:, 1:] &= there[:, :-1]
    inner[:, :-1] &= there[:, 1:]
    inner[[0, -1]] = False
    inner[:, [0, -1]] = False
    return inner


def _plane(one: Vertebra, points: Floats) -> Endplate | None:
    off = half_voxel(one.crop.grid, one.axes[2])
    step = 2.2 * off  # a slanting endplate is a staircase of voxels: the next stair is no fault of it
    height, across, along, rms, left_out, wide, deep = trimmed_plane(points, 1.0 - ENDPLATE_TRIM.number / 100.0, step)
    if not left_out <= ENDPLATE_OFF.number / 100.0:
        return None
    x, y = float(points[:, 0].mean()), float(points[:, 1].mean())
    normal = np.array([-across, -along, 1.0]) / math.sqrt(1.0 + across**2 + along**2)
    error = max(off + one.crop.labels.error_mm, rms)
    return Endplate(
        centre_mm=one.origin + np.array([x, y, height + across * x + along * y]) @ one.axes,
        normal=normal @ one.axes,
        rms_mm=float(rms),
        left_out=float(left_out),
        error_deg=(_tilt_deg(error, deep), _tilt_deg(error, wide)),
    )


def _tilt_deg(error_mm: float, spread_mm: float) -> float:
    """How far a plane tilts when its outer third moves by ``error_mm``; ``spread_mm`` is a standard deviation."""
    arm = 2.0 / 3.0 * math.sqrt(12.0) * spread_mm
    return math.degrees(math.atan2(error_mm, arm))
