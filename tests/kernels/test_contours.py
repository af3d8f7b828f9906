"""Lines and surfaces against shapes whose size is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from enbloc.kernels.contours import outlines, surface, vertex_normals


def _area(line: np.ndarray) -> float:
    y, x = line.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def test_a_disc_has_its_area_and_a_hole_takes_it_away() -> None:
    row, column = np.indices((61, 61)) - 30.0
    radius = np.hypot(row, column)

    lines = outlines(np.minimum(24 - radius, radius - 10), 0.0)

    areas = sorted(_area(line) for line in lines)
    assert areas == pytest.approx([-np.pi * 10**2, np.pi * 24**2], rel=0.01)


@given(arrays(np.float64, (6, 7), elements=st.sampled_from([0.0, 0.2, 0.8, 1.0])))
def test_every_line_runs_between_high_and_low_and_encloses_all_that_is_high(field: np.ndarray) -> None:
    lines = outlines(field, 0.5)

    turned = sum(_area(line) for line in lines)
    assert turned >= 0
    assert (turned > 0) == bool((field > 0.5).any())
    for line in lines:
        assert np.all(line >= -1)
        assert np.all(line <= np.array(field.shape))
        # Each point lies on an edge of the grid: one of its two numbers is whole.
        assert np.all(np.isclose(line, np.round(line)).any(axis=1))


def test_what_touches_the_border_is_closed() -> None:
    (line,) = outlines(np.ones((4, 5)), 0.5)

    assert _area(line) > 12


def test_a_ball_has_its_volume_is_closed_and_faces_outward() -> None:
    place = np.indices((41, 41, 41)) - 20.0
    vertices, triangles = surface(15 - np.sqrt((place**2).sum(axis=0)), 0.0)

    a, b, c = np.moveaxis(vertices[triangles], 1, 0)
    assert np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6 == pytest.approx(4 / 3 * np.pi * 15**3, rel=0.01)
    outward = (vertices - 20) / np.linalg.norm(vertices - 20, axis=1, keepdims=True)
    assert (vertex_normals(vertices, triangles) * outward).sum(axis=1).min() > 0.99
    np.testing.assert_allclose(np.linalg.norm(vertices - 20, axis=1), 15, atol=0.1)


@settings(max_examples=30)
@given(arrays(np.float64, (4, 5, 4), elements=st.sampled_from([0.0, 1.0])))
def test_any_surface_is_closed(field: np.ndarray) -> None:
    _, triangles = surface(field, 0.5)

    there = triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    # Every edge is walked as often in one direction as in the other.
    one, count = np.unique(there, axis=0, return_counts=True)
    back, again = np.unique(there[:, ::-1], axis=0, return_counts=True)
    np.testing.assert_array_equal(one, back)
    np.testing.assert_array_equal(count, again)


def test_the_machine_code_agrees_with_the_plain_form() -> None:
    vertices, triangles = surface(np.pad(np.ones((2, 2, 2)), 1), 0.5)

    plain = vertex_normals.py_func(vertices, triangles)  # type: ignore[attr-defined]  # numba keeps it there

    np.testing.assert_array_equal(vertex_normals(vertices, triangles), plain)
