"""The endplates of a body: planes through the ends of the columns of bone that run along its axis."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.surfaces import column_ends
from enbloc.kernels.trimmed import trimmed_plane
from enbloc.measure.spine.heights import LEAST_HEIGHT_MM, to_index
from enbloc.measure.spine.parameters import ENDPLATE_OFF, ENDPLATE_TRIM
from enbloc.measure.spine.vertebra import Endplate, Vertebra, half_voxel

Floats = NDArray[np.float64]
STEP_MM = 1.0
FINE_MM = 0.5
REACH_MM = 6.0
LEAST_COLUMNS = 40  # square millimetres; a cervical endplate has some 200


def endplates(one: Vertebra) -> tuple[Endplate | None, Endplate | None]:
    """The upper and the lower endplate of a vertebra; nothing where it has none or too much of it is off its plane."""
    if not one.level.has_body:
        return None, None
    xs, ys, low, high = columns(one)
    there = _within(high - low >= LEAST_HEIGHT_MM)
    if there.sum() < LEAST_COLUMNS:
        return None, None
    x, y = (grid[there] for grid in np.meshgrid(xs, ys, indexing="ij"))
    upper = None if one.level.value == "C2" else _plane(one, np.stack([x, y, high[there]], axis=1))  # the dens is none
    lower = None if one.level.value.startswith("S") else _plane(one, np.stack([x, y, low[there]], axis=1))
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
