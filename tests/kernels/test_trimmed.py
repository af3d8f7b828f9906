"""Trimmed planes against plain least squares, and against points of which a third is wrong."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.kernels.trimmed import trimmed_plane

Floats = NDArray[np.float64]


def points(noise: float = 0.0) -> Floats:
    x, y = (grid.ravel() for grid in np.meshgrid(np.arange(-20.0, 21.0), np.arange(-15.0, 16.0), indexing="ij"))
    z = 3.0 + 0.1 * x - 0.05 * y + np.random.default_rng(4).normal(0.0, 1.0, len(x)) * noise
    return np.stack([x, y, z], axis=1)


def test_sound_points_give_the_plane_of_least_squares() -> None:
    given = points(0.3)
    plane = trimmed_plane(given, 0.7, 10.0)

    terms = np.stack([np.ones(len(given)), given[:, 0], given[:, 1]], axis=1)
    oracle = np.linalg.lstsq(terms, given[:, 2], rcond=None)[0]
    np.testing.assert_allclose(plane[:3], oracle, atol=1e-9)
    assert plane[3] == pytest.approx(np.sqrt(np.mean((given[:, 2] - terms @ oracle) ** 2)))
    assert plane[4] == 0.0
    np.testing.assert_allclose(plane[5:], given[:, :2].std(axis=0))


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("off", [-6.0, 4.0])
def test_a_third_sunk_or_raised_on_one_side_does_not_tilt_the_plane(axis: int, off: float) -> None:
    given = points(0.2)
    wrong = given[:, axis] > np.quantile(given[:, axis], 0.72)
    given[wrong, 2] += off
    plane = trimmed_plane(given, 0.7, 0.5)

    np.testing.assert_allclose(plane[1:3], [0.1, -0.05], atol=0.004)
    assert plane[4] == pytest.approx(wrong.mean(), abs=0.03)


def test_a_staircase_is_no_fault() -> None:
    given = points()
    given[:, 2] = np.round(given[:, 2])
    plane = trimmed_plane(given, 0.7, 1.1)

    np.testing.assert_allclose(plane[1:3], [0.1, -0.05], atol=0.003)
    assert plane[4] == 0.0


def test_too_few_points_and_points_in_a_line_have_no_tilt() -> None:
    assert np.isnan(trimmed_plane(points()[:5], 0.7, 0.5)).all()
    line = points()[:31]  # all at one x
    assert trimmed_plane(line, 0.7, 0.5)[1] == 0.0
