"""Cells cover the cone, and a direction of a cell is never beyond its corners."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.plan.cutting.cones import Cells, Cone, first_cells, grid_of_normals

Floats = NDArray[np.float64]

axes = st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(-1, 1)).filter(lambda axis: math.hypot(*axis) > 0.1)
angles = st.floats(0.0, math.radians(75.0))


def places(cells: Cells, normals: Floats) -> Floats:
    """Where directions meet the plane on which the cells lie."""
    axis, first, second = cells.basis
    return np.asarray(np.stack([normals @ first, normals @ second], axis=1) / (normals @ axis)[:, None])


@given(axis=axes, half_angle=angles, splits=st.integers(0, 2))
def test_cells_cover_the_cone(axis: tuple[float, float, float], half_angle: float, splits: int) -> None:
    cone = Cone(axis=axis, half_angle=half_angle)
    cells = first_cells(cone)
    for _ in range(splits):
        cells = cells.split()
        cells = cells.chosen(cells.in_cone)
    normals = grid_of_normals(cone, max(half_angle / 5.0, 0.01))
    off = np.abs(places(cells, normals)[:, None] - cells.centres[None]).max(axis=2)
    assert (off.min(axis=1) <= cells.half + 1e-9).all()


@pytest.mark.parametrize("half_angle", [0.0, 0.3])
@pytest.mark.parametrize("splits", [0, 1, 2])
def test_cells_with_depth_cover_every_distance_of_every_direction(half_angle: float, splits: int) -> None:
    cells = first_cells(Cone(axis=(1.0, 2.0, -0.5), half_angle=half_angle), 10.0)
    for _ in range(splits):
        assert len(cells.split()) == cells.parts * len(cells)
        cells = cells.split()
    steps = np.arange(0.0, 10.0, cells.depth_mm)
    order = np.lexsort((cells.further_mm, cells.centres[:, 1], cells.centres[:, 0]))
    np.testing.assert_allclose(
        cells.further_mm[order].reshape(-1, len(steps)), np.tile(steps, (len(cells) // len(steps), 1))
    )
    squares = cells.centres[order].reshape(-1, len(steps), 2)
    assert (squares == squares[:, :1]).all()
    assert len(np.unique(squares[:, 0], axis=0)) == len(squares)


@given(axis=axes, half_angle=angles)
def test_every_cell_has_a_direction_of_the_cone_between_its_corners(
    axis: tuple[float, float, float], half_angle: float
) -> None:
    cone = Cone(axis=axis, half_angle=half_angle)
    cells = first_cells(cone)
    np.testing.assert_allclose(np.linalg.norm(cells.normals, axis=1), 1.0)
    assert all(cone.holds(normal) for normal in cells.normals)
    heights = np.random.default_rng(0).normal(size=(3, 20))
    inside = cells.centres @ cells.basis[1:] + cells.basis[0]
    worst = (cells.corners @ heights).max(axis=1)
    assert (inside @ heights <= worst + 1e-9).all()


def test_a_grid_of_normals_leaves_no_gap_wider_than_its_step() -> None:
    cone, step = Cone(axis=(1, 2, 3), half_angle=math.radians(20)), math.radians(2)
    grid = grid_of_normals(cone, step)
    assert all(cone.holds(normal) for normal in grid)
    fine = grid_of_normals(cone, step / 8)
    apart = np.arccos(np.clip(fine @ grid.T, -1, 1)).min(axis=1)
    assert apart.max() <= step * math.sqrt(0.5) + 1e-9
    assert len(grid_of_normals(Cone(axis=(0, 0, 1), half_angle=0.0), step)) == 1


@pytest.mark.parametrize("axis", [(0.0, 0.0, 0.0), (math.nan, 0.0, 1.0), (math.inf, 0.0, 0.0)])
def test_an_axis_without_a_direction_is_refused(axis: tuple[float, float, float]) -> None:
    with pytest.raises(RecordError, match="no axis"):
        Cone(axis=axis, half_angle=0.1)


@pytest.mark.parametrize("degrees", [-1.0, 75.1, 90.0, math.nan])
def test_an_angle_that_cannot_be_searched_is_refused(degrees: float) -> None:
    with pytest.raises(RecordError, match="0 to 75 degrees"):
        Cone(axis=(0, 0, 1), half_angle=math.radians(degrees))
