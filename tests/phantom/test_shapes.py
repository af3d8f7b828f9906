"""The kernels' distances: true on shapes that have a textbook answer, and the same compiled and plain."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import Level
from enbloc.kernels import sampling, shapes
from enbloc.phantom.limb import ellipsoid_row
from enbloc.phantom.placing import UPRIGHT
from enbloc.phantom.vertebra import vertebra_rows

POINTS = np.random.default_rng(3).uniform(-40.0, 40.0, (400, 3))


def plain(kernel: Any) -> Any:
    return kernel.py_func


@given(st.floats(1.0, 12.0), st.tuples(*[st.floats(-9.0, 9.0)] * 3))
@settings(max_examples=25, deadline=None)
def test_distance_to_a_ball(radius: float, centre: tuple[float, float, float]) -> None:
    row = ellipsoid_row(centre, (radius, radius, radius), UPRIGHT)
    near = POINTS[np.linalg.norm(POINTS - centre, axis=1) < radius + 2.5]

    np.testing.assert_allclose(
        shapes.union_distance(row[None], near)[0], np.linalg.norm(near - centre, axis=1) - radius, atol=1e-9
    )


def test_far_distances_are_lower_bounds() -> None:
    row = ellipsoid_row((0.0, 0.0, 0.0), (3.0, 3.0, 3.0), UPRIGHT)
    true = np.linalg.norm(POINTS, axis=1) - 3.0

    assert (shapes.union_distance(row[None], POINTS)[0] <= true + 1e-9).all()


def test_compiled_and_plain_agree() -> None:
    rows = vertebra_rows(Level.L2, UPRIGHT, None)
    distance, tags = shapes.union_distance(rows, POINTS)
    slow, slow_tags = plain(shapes.union_distance)(rows, POINTS)

    np.testing.assert_allclose(distance, slow, atol=1e-9)
    np.testing.assert_array_equal(tags, slow_tags)


def test_a_straight_curve_gives_back_its_coordinates() -> None:
    centres = np.stack([np.zeros(200), np.full(200, 5.0), np.arange(200.0) - 100.0], axis=1)
    axes = np.tile(np.eye(3), (200, 1, 1))
    places = shapes.along_curve(POINTS, -100.0, 1.0, centres, axes)

    np.testing.assert_allclose(places, POINTS - (0.0, 5.0, -100.0), atol=1e-9)


def test_a_round_tube_is_a_cylinder() -> None:
    table = np.tile([6.0, 6.0, 1.0, -2.0], (50, 1))
    places = np.abs(POINTS)

    np.testing.assert_allclose(
        shapes.tube_distance(places, table), np.hypot(places[:, 0] - 1.0, places[:, 1] + 2.0) - 6.0, atol=1e-9
    )


@pytest.mark.parametrize("inset", [0.0, 0.5])
def test_filling_is_the_share_below_the_surface(inset: float) -> None:
    # A flat surface through a voxel of 1 mm in ten parts: the share is the depth of the surface.
    depths = np.asarray((np.arange(10) + 0.5) / 10.0 - 0.37, dtype=np.float64)
    assert sampling.filled(depths, 10, 0.1, inset)[0] == pytest.approx(max(0.37 - inset, 0.0), abs=1e-9)
