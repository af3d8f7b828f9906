"""Solids whose distance to a plane is known, on voxels of any size and turn, and the frame that they lie in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.geometry import Frame, Plane, Pose, triple
from enbloc.case.image import Grid
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.margin.surface import Barriers, Surface, surface_of_mask

Floats = NDArray[np.float64]

FRAME = Pose(child=Frame(name="T8"), axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0.0, 0.0, 0.0))
NOTHING = Barriers(found=(), missing=())


@dataclass(frozen=True, eq=False, kw_only=True)
class Solid:
    """An ellipsoid (``is_box`` false) or a box of half-axes ``radii_mm``, its axes the columns of ``turn``."""

    radii_mm: Floats
    turn: Floats
    centre_mm: Floats
    is_box: bool = False

    def holds(self, points_mm: Floats) -> NDArray[np.bool_]:
        own = (points_mm - self.centre_mm) @ self.turn / self.radii_mm
        return np.asarray((np.abs(own).max(axis=-1) if self.is_box else np.linalg.norm(own, axis=-1)) < 1.0)

    def reach_mm(self, way: Floats) -> float:
        """How far it reaches along a unit direction, from the origin of the patient."""
        own = self.radii_mm * (self.turn.T @ way)
        return float(self.centre_mm @ way + (np.abs(own).sum() if self.is_box else np.linalg.norm(own)))


def solid(seed: int, *, is_box: bool = False) -> Solid:
    random = np.random.default_rng(seed)
    return Solid(
        radii_mm=random.uniform(5.0, 11.0, 3),
        turn=Rotation.random(random_state=seed).as_matrix(),
        centre_mm=random.uniform(-0.5, 0.5, 3),
        is_box=is_box,
    )


def grid_around(spacing: Floats, turn: Floats, half_mm: float = 24.0) -> Grid:
    """A grid about the origin that reaches ``half_mm`` along each of its axes, and a little more."""
    a, b, c = (2 * math.ceil(half_mm / one) + 1 for one in spacing)
    affine = np.eye(4)
    affine[:3, :3] = turn * spacing
    affine[:3, 3] = -affine[:3, :3] @ ((np.array([a, b, c]) - 1) / 2 + 0.21)
    return Grid(shape=(a, b, c), affine=affine)


def drawn(of: Solid, grid: Grid, *, whole: bool = False) -> Surface:
    """Its surface as a label holds it: voxels whose centres lie inside, or ``whole``, all that may hold some of it."""
    return surface_of_mask(mask_of(of, grid, whole=whole), grid)


def mask_of(of: Solid, grid: Grid, *, whole: bool = False) -> NDArray[np.bool_]:
    points = grid.points_mm(np.argwhere(np.ones(grid.shape, bool)))
    held = of.holds(points)
    if whole:  # along its own axes a voxel reaches no farther than its diagonal
        far = Solid(
            radii_mm=of.radii_mm + 0.5 * np.linalg.norm(grid.affine[:3, :3], axis=0).sum(),
            turn=of.turn,
            centre_mm=of.centre_mm,
            is_box=True,
        )
        held |= far.holds(points)
    return held.reshape(grid.shape)


def cut(way: Floats, offset_mm: float, *, kerf_mm: float = 0.0, name: str = "cut") -> FixedCut:
    """A cut whose face on the tumour's side lies ``offset_mm`` along a unit direction from the origin."""
    plane = Plane(point_mm=triple((offset_mm + kerf_mm / 2) * way), normal=triple(way))
    return FixedCut(name=name, plane=plane, kerf_mm=kerf_mm)


def directions(seed: int, count: int) -> Floats:
    """Unit directions, the axes of the patient among them."""
    found = np.concatenate([np.eye(3), -np.eye(3), np.random.default_rng(seed).normal(size=(count, 3))])
    return np.asarray(found / np.linalg.norm(found, axis=1)[:, None])
