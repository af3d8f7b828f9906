"""How far a voxel reaches from its centre: along a direction, and to its furthest corner."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import Grid

Floats = NDArray[np.float64]

CORNERS = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])
"""Those of a voxel from its centre, in its own edges, shape (8, 3)."""


def half_voxel_mm(grid: Grid, directions: Floats) -> Floats:
    """Half the extent of a voxel along unit ``directions``, shape (..., 3), mm: how far a surface may lie off.

    Examples
    --------
    >>> round(float(half_voxel_mm(Grid(shape=(3, 3, 3), affine=np.eye(4)), np.array([0.6, 0.8, 0.0]))), 3)
    0.7
    """
    return np.asarray(0.5 * np.abs(directions @ grid.affine[:3, :3]).sum(axis=-1))


def half_diagonal_mm(grid: Grid, directions: Floats) -> Floats:
    """Half a voxel diagonal along unit ``directions``, shape (..., 3), mm; the same all round if voxels are cubes.

    Examples
    --------
    >>> round(float(half_diagonal_mm(Grid(shape=(3, 3, 3), affine=np.eye(4)), np.array([0.0, 0.0, 1.0]))), 3)
    0.866
    """
    return np.asarray(0.5 * math.sqrt(3.0) * np.linalg.norm(directions @ grid.affine[:3, :3], axis=-1))


def to_corner_mm(grid: Grid) -> float:
    """From the centre of a voxel to its furthest corner, mm."""
    return float(np.linalg.norm(grid.affine[:3, :3] @ CORNERS.T, axis=0).max())
