"""Widths by direction against plain numpy."""

from __future__ import annotations

import numpy as np

from enbloc.kernels.calipers import reaches

TURNS = np.deg2rad(np.arange(0.0, 180.0, 15.0))
WAYS = np.stack([np.cos(TURNS), np.sin(TURNS)], axis=1)


def test_widths_are_those_between_the_farthest_points_of_each_group() -> None:
    random = np.random.default_rng(1)
    points, groups = random.normal(size=(200, 2)), random.integers(-1, 3, size=200)
    widths, ahead, behind = reaches(points, groups, 4, WAYS)

    for group in range(3):
        along = points[groups == group] @ WAYS.T
        np.testing.assert_allclose(widths[group], np.ptp(along, axis=0))
        own = points @ WAYS.T
        np.testing.assert_allclose(own[ahead[group], range(12)] - own[behind[group], range(12)], widths[group])
    assert (widths[3] == -1.0).all()
    assert (ahead[3] == -1).all()


def test_an_ellipse_is_as_long_and_as_wide_as_it_was_drawn() -> None:
    around = np.linspace(0.0, 2.0 * np.pi, 721)
    ellipse = np.stack([20.0 * np.cos(around), 8.0 * np.sin(around)], axis=1)
    widths, _, _ = reaches(ellipse, np.zeros(len(ellipse), np.int64), 1, WAYS)

    assert widths[0].max() == widths[0, 0] == 40.0
    np.testing.assert_allclose(widths[0, 6], 16.0)


def test_machine_code_and_plain_python_agree() -> None:
    points = np.random.default_rng(2).normal(size=(50, 2))
    groups = np.arange(50) % 3 - 1
    plain = reaches.py_func(points, groups, 2, WAYS)  # type: ignore[attr-defined]  # numba's own
    for one, other in zip(reaches(points, groups, 2, WAYS), plain, strict=True):
        np.testing.assert_array_equal(one, other)
