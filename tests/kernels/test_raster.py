"""The z-buffer against pictures that can be worked out by hand."""

from __future__ import annotations

import numpy as np

from enbloc.kernels.raster import laid_over, nearest, shaded

FLAT = np.tile([0.0, 0.0, -1.0], (3, 1))
CORNERS = np.array([[1.0, 1.0], [8.0, 1.0], [1.0, 8.0]])
ONE = np.array([[0, 1, 2]])


def _triangle(depth: float) -> np.ndarray:
    return np.column_stack([CORNERS, np.full(3, depth)])


def test_a_triangle_covers_its_pixels_and_no_others() -> None:
    depth, facing = nearest(_triangle(5.0), FLAT, ONE, 10)

    row, column = np.indices((10, 10))
    inside = (row >= 1) & (column >= 1) & (row + column <= 9)
    np.testing.assert_array_equal(np.isfinite(depth), inside)
    np.testing.assert_allclose(depth[inside], 5.0)
    np.testing.assert_allclose(facing[inside], np.tile([0.0, 0.0, -1.0], (inside.sum(), 1)))


def test_turning_a_triangle_round_changes_nothing() -> None:
    there, _ = nearest(_triangle(5.0), FLAT, ONE, 10)
    back, _ = nearest(_triangle(5.0), FLAT, ONE[:, ::-1].copy(), 10)

    np.testing.assert_allclose(there, back)


def test_the_nearer_surface_wins_in_any_order() -> None:
    both = np.concatenate([_triangle(5.0), _triangle(2.0)])
    triangles = np.array([[0, 1, 2], [3, 4, 5]])

    for order in (triangles, triangles[::-1].copy()):
        depth, _ = nearest(both, np.tile(FLAT, (2, 1)), order, 10)
        np.testing.assert_allclose(depth[3, 3], 2.0)


def test_the_depth_is_mixed_across_a_slope() -> None:
    slope = np.column_stack([CORNERS, [0.0, 7.0, 0.0]])

    depth, _ = nearest(slope, FLAT, ONE, 10)

    np.testing.assert_allclose(depth[2, 1:8], np.arange(7.0), atol=1e-9)


def test_what_lies_outside_the_picture_is_left_out() -> None:
    far = _triangle(1.0)
    far[:, 0] += 100

    assert not np.isfinite(nearest(far, FLAT, ONE, 10)[0]).any()


def test_light_from_the_front_is_brightest_and_ends_are_dark_lines() -> None:
    depth = np.full((9, 9), 4.0)
    depth[:, 7:] = np.inf
    facing = np.tile([0.0, 0.0, -2.0], (9, 9, 1))
    base, front = np.array([0.5, 0.5, 0.5]), np.array([0.0, 0.0, -1.0])

    colour, square = shaded(depth, facing, base, front, False)
    away, _ = shaded(depth, facing, base, -front, False)

    np.testing.assert_allclose(colour[4, 3], 0.5 * 1.06 + 0.16)
    np.testing.assert_allclose(away[4, 3], 0.5 * 0.34)
    assert square[4, 3] == 1.0
    assert np.all(colour[4, 6] < 0.5 * colour[4, 3]), "the rim"
    assert np.all(colour[:, 7:] == 0)


def test_surfaces_lie_over_each_other_from_the_farthest() -> None:
    depths = np.array([[[1.0, np.inf]], [[2.0, 2.0]]])
    colours = np.zeros((2, 1, 2, 3))
    colours[0, ..., 0] = 1.0
    colours[1, ..., 1] = 1.0
    hides = np.array([[[0.25, 0.25]], [[1.0, 1.0]]])

    picture = laid_over(depths, colours, hides, np.zeros(3))

    np.testing.assert_allclose(picture[0, 0], [0.25, 0.75, 0.0])
    np.testing.assert_allclose(picture[0, 1], [0.0, 1.0, 0.0])
    np.testing.assert_array_equal(picture, laid_over.py_func(depths, colours, hides, np.zeros(3)))  # type: ignore[attr-defined]  # numba keeps it there
