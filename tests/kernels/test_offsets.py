"""Areas of voxel surfaces and gaps between voxels, against solids whose area is known and plain numpy."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.kernels import offsets
from enbloc.kernels.distances import tiled

Floats = NDArray[np.float64]


def turned(seed: int, spacing: Floats) -> Floats:
    return np.ascontiguousarray(np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0] * spacing)


def ball(radii: Floats, matrix: Floats, size: int) -> NDArray[np.uint8]:
    indices = np.moveaxis(np.indices((size, size, size)), 0, -1) - (size - 1) / 2 + 0.13
    return np.asarray(np.linalg.norm(indices @ matrix.T / radii, axis=-1) < 1.0).astype(np.uint8)


@pytest.mark.parametrize("seed", range(6))
def test_the_area_of_a_ball_is_that_of_the_sphere_however_the_voxels_lie(seed: int) -> None:
    matrix = turned(seed, np.random.default_rng(seed).uniform(0.7, 1.3, 3))
    mask = ball(np.full(3, 12.0), matrix, 42)
    assert not mask[0].any()
    assert not mask[:, :, -1].any()
    _, areas = offsets.surface_areas(mask, matrix)
    assert areas.sum() == pytest.approx(4.0 * math.pi * 144.0, rel=0.02)
    assert (areas >= 0).all()


def test_the_area_of_a_block_is_that_of_its_faces_but_for_its_edges() -> None:
    mask = np.zeros((40, 30, 20), np.uint8)
    mask[5:35, 5:25, 5:15] = 1
    matrix = np.diag([1.0, 2.0, 1.5])
    _, areas = offsets.surface_areas(mask, matrix)
    true = 2.0 * (30 * 40 + 30 * 15 + 40 * 15)
    assert 0.93 * true < areas.sum() <= true * 1.001


def test_the_surface_is_every_voxel_with_a_free_face() -> None:
    mask = (np.random.default_rng(1).random((7, 8, 9)) < 0.7).astype(np.uint8)
    around = np.pad(mask, 1)
    inside = np.ones(mask.shape, bool)
    for axis in range(3):
        for step in (-1, 1):
            inside &= np.roll(around, step, axis)[1:-1, 1:-1, 1:-1] > 0
    indices, areas = offsets.surface_areas(mask, np.eye(3))
    np.testing.assert_array_equal(indices, np.argwhere((mask > 0) & ~inside))
    plain: Any = offsets.surface_areas
    np.testing.assert_allclose(plain.py_func(mask, np.eye(3))[1], areas)


@pytest.mark.parametrize("seed", range(12))
def test_gaps_are_those_of_every_pair_tried(seed: int) -> None:
    random = np.random.default_rng(seed)
    mine, other = (turned(seed + k, random.uniform(0.5, 3.0, 3)) for k in (100, 200))
    points = random.uniform(-20.0, 20.0, (60, 3))
    others = random.uniform(-40.0, 30.0, (300, 3))
    others[0] = points[0]
    between = others[None] - points[:, None]
    apart = np.linalg.norm(between, axis=-1)
    ways = between / np.maximum(apart, 1e-12)[..., None]
    half = 0.5 * (np.abs(ways @ mine).sum(-1) + np.abs(ways @ other).sum(-1))
    axes = np.linalg.qr(mine)[0]
    boxes = np.abs(between @ axes) - 0.5 * (np.abs(axes.T @ mine).sum(1) + np.abs(axes.T @ other).sum(1))
    expected = np.maximum(apart - half, np.linalg.norm(np.maximum(boxes, 0.0), axis=-1)).min(axis=1)
    sorted_points, first, cubes = tiled(others, 8.0)
    shape, shape_other = np.ascontiguousarray(mine.T), np.ascontiguousarray(other.T)
    found, which = offsets.gaps(points, shape, sorted_points, first, cubes, shape_other)
    np.testing.assert_allclose(found, expected, atol=1e-9)
    chosen = np.linalg.norm(sorted_points[which] - points, axis=1)
    assert (chosen >= found - 1e-9).all()
    plain: Any = offsets.gaps
    few = plain.py_func(points[:4], shape, sorted_points, first, cubes, shape_other)
    np.testing.assert_allclose(few[0], found[:4])


def test_the_nearest_among_all_is_the_nearest_among_some_whatever_their_order() -> None:
    random = np.random.default_rng(3)
    step = np.array([0.5, 0.25, 1.0])  # on grids alike many gaps are the same
    points = step * random.integers(-8, 8, (80, 3)).astype(np.float64)
    others = np.unique(step * random.integers(-14, 14, (900, 3)).astype(np.float64), axis=0)
    edges = np.diag(step)

    def nearest(places: Floats) -> tuple[Floats, Floats]:
        tiles = tiled(np.ascontiguousarray(places), 3.0)
        mm, which = offsets.gaps(points, edges, *tiles, edges)
        return mm, tiles[0][which]

    mm, places = nearest(others)
    held = random.random(len(others)) < 0.7
    some_mm, some = nearest(random.permutation(others[held]))
    stays = np.array([(others[held] == place).all(axis=1).any() for place in places])
    assert 20 < stays.sum() < 75
    np.testing.assert_array_equal(some[stays], places[stays])
    np.testing.assert_array_equal(some_mm[stays], mm[stays])
    assert (some_mm[~stays] >= mm[~stays]).all()
