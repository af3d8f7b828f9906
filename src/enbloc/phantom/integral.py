"""Volumes by dense integration of a signed distance, apart from any grid of pictures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import Grid
from enbloc.kernels.sampling import filled, grid_points, split_points
from enbloc.phantom.scanner import Shape, grid_around, voxel_parts

Floats = NDArray[np.float64]

STEP_MM = 0.8
FINE = 3  # parts of a step along each axis near the surface; one that the surface crosses counts in proportion


def dense(shape: Shape, *, step_mm: float = STEP_MM) -> tuple[Grid, Floats, Floats]:
    """A grid over the box of a shape, its points, shape (n, 3), and how far each voxel is filled, shape (n,)."""
    grid = grid_around(shape.low, shape.high, (step_mm,) * 3, "SPL", np.eye(3))
    points = grid_points(grid.affine, np.zeros(3, np.int64), np.array(grid.shape))
    distances = shape.distance(points)
    shares = (distances < 0).astype(np.float64)
    near = np.flatnonzero(np.abs(distances) < 1.2 * step_mm)
    offsets, width = voxel_parts(grid, [FINE] * 3)
    shares[near] = filled(shape.distance(split_points(points[near], offsets)), len(offsets), width, 0.0)
    return grid, points, shares


def volume_and_centre(shape: Shape) -> tuple[float, Floats]:
    """Volume in cubic centimetres and centre of gravity in the patient, mm."""
    grid, points, shares = dense(shape)
    total = shares.sum()
    return float(total * grid.voxel_cc), (points * shares[:, None]).sum(axis=0) / total
