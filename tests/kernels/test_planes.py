"""Bone on either side of planes against plain numpy, for any orientation of rows and any planes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from enbloc.kernels import planes

Floats = NDArray[np.float64]


def made(seed: int) -> tuple[NDArray[np.uint8], Floats, np.random.Generator]:
    """Weights in an array of any sides, on a grid that is turned, stretched and far from the origin."""
    random = np.random.default_rng(seed)
    weights = random.integers(0, 4, size=tuple(random.integers(1, 12, 3)), dtype=np.uint8)
    affine = np.eye(4)
    affine[:3, :3] = np.linalg.qr(random.normal(size=(3, 3)))[0] * random.uniform(0.5, 3.0, 3)
    affine[:3, 3] = random.uniform(-300.0, 300.0, 3)
    return weights, affine, random


def places(weights: NDArray[np.uint8], affine: Floats) -> tuple[Floats, NDArray[np.int64]]:
    indices = np.argwhere(weights)
    return indices @ affine[:3, :3].T + affine[:3, 3], weights[weights > 0].astype(np.int64)


def some_planes(points: Floats, random: np.random.Generator, count: int) -> tuple[Floats, Floats]:
    """Normals of any length, and offsets near the points; the axes of the patient are among them."""
    normals = np.concatenate([np.eye(3), -np.eye(3), random.normal(size=(count, 3))])
    anchors = points[random.integers(0, len(points), len(normals))] + random.uniform(-2.0, 2.0, (len(normals), 3))
    return normals, np.einsum("mi,mi->m", normals, anchors)


@pytest.mark.parametrize("seed", range(24))
def test_the_weight_beyond_planes_is_that_of_every_voxel_tried(seed: int) -> None:
    weights, affine, random = made(seed)
    points, held = places(weights, affine)
    normals, offsets = some_planes(points, random, 40)
    rows = planes.in_rows(weights, affine)
    expected = ((points @ normals.T > offsets) * held[:, None]).sum(axis=0)
    np.testing.assert_array_equal(planes.beyond(*rows, normals, offsets), expected)
    assert 0 < expected.sum() < len(normals) * held.sum()
    plain: Any = planes.beyond
    np.testing.assert_array_equal(plain.py_func(*rows, normals[:8], offsets[:8]), expected[:8])


@pytest.mark.parametrize("seed", range(24))
@pytest.mark.parametrize("many", [1, 2, 4, 8])
def test_the_weight_within_half_spaces_is_that_of_every_voxel_tried(seed: int, many: int) -> None:
    weights, affine, random = made(seed)
    points, held = places(weights, affine)
    normals, offsets = some_planes(points, random, 8 * 12 - 6)
    normals, offsets = normals.reshape(-1, many, 3), offsets.reshape(-1, many)
    rows = planes.in_rows(weights, affine)
    inside = np.all(np.einsum("pi,nmi->pnm", points, normals) <= offsets, axis=2)
    found = planes.within(*rows, normals, offsets)
    np.testing.assert_array_equal(found, (inside * held[:, None]).sum(axis=0))


def test_rows_run_along_the_axis_with_the_fewest_of_them() -> None:
    weights = np.ones((3, 20, 5), np.uint8)
    sums, starts, step = planes.in_rows(weights, np.diag([1.0, 2.0, 3.0, 1.0]))
    assert sums.shape == (15, 21)
    np.testing.assert_array_equal(sums[0], np.arange(21))
    np.testing.assert_array_equal(step, [0.0, 2.0, 0.0])
    np.testing.assert_array_equal(starts.T[[0, 1, 5]], [[0, 0, 0], [0, 0, 3], [1, 0, 0]])


def test_empty_bone_has_nothing_on_either_side() -> None:
    rows = planes.in_rows(np.zeros((3, 4, 5), np.uint8), np.eye(4))
    normals, offsets = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]), np.zeros(2)
    np.testing.assert_array_equal(planes.beyond(*rows, normals, offsets), [0, 0])
    np.testing.assert_array_equal(planes.within(*rows, normals[None], offsets[None]), [0])


@pytest.mark.parametrize("offset", [-1.0, 0.5, 9.0])
def test_a_plane_along_the_rows_takes_them_whole(offset: float) -> None:
    weights = np.ones((4, 5, 30), np.uint8)
    rows = planes.in_rows(weights, np.eye(4))
    normals, offsets = np.array([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]), np.array([offset, -offset])
    above = 150 * sum(index > offset for index in range(4))
    np.testing.assert_array_equal(planes.beyond(*rows, normals, offsets), [above, 600 - above])


@given(seed=st.integers(0, 10_000))
def test_what_lies_beyond_a_plane_does_not_lie_within(seed: int) -> None:
    weights, affine, random = made(seed)
    if not weights.any():
        return
    normals, offsets = some_planes(places(weights, affine)[0], random, 10)
    rows = planes.in_rows(weights, affine)
    both = planes.beyond(*rows, normals, offsets) + planes.within(*rows, normals[:, None], offsets[:, None])
    np.testing.assert_array_equal(both, weights.sum())


def test_support_is_the_farthest_vertex() -> None:
    random = np.random.default_rng(3)
    vertices, normals = random.normal(size=(50, 3)), random.normal(size=(200, 3))
    reach, which = planes.support(vertices, normals)
    np.testing.assert_allclose(reach, (normals @ vertices.T).max(axis=1))
    np.testing.assert_array_equal(which, (normals @ vertices.T).argmax(axis=1))


@pytest.mark.parametrize("seed", range(24))
def test_the_part_of_a_row_inside_half_spaces_is_that_of_every_voxel_tried(seed: int) -> None:
    random = np.random.default_rng(seed)
    starts, step, width = random.uniform(-5.0, 5.0, (3, 40)), random.normal(size=3), int(random.integers(1, 12))
    normals = np.concatenate([random.normal(size=(3, 3)), np.cross(step, random.normal(size=3))[None]])
    offsets = random.uniform(2.0, 12.0, 4)
    low, high = planes.spans(starts, step, width, normals, offsets)
    places = starts.T[:, None] + np.arange(width)[:, None] * step
    inside = np.all(places @ normals.T <= offsets, axis=2)
    told = (np.arange(width) >= low[:, None]) & (np.arange(width) < high[:, None])
    np.testing.assert_array_equal(told, inside)
    plain: Any = planes.spans
    np.testing.assert_array_equal(plain.py_func(starts, step, width, normals, offsets)[1], high)
