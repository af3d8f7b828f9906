"""Depths and gaps against brute force."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.kernels import distances
from enbloc.kernels.distances import deeper, edged, nearest, skin, tiled

Floats = NDArray[np.float64]
SPACING = np.array([1.5, 0.7, 1.1])


def blob(seed: int, shape: tuple[int, int, int] = (12, 20, 16)) -> NDArray[np.uint8]:
    noise = ndimage.gaussian_filter(np.random.default_rng(seed).normal(size=shape), 2.0)
    return (noise > 0.0).astype(np.uint8)


@pytest.mark.parametrize("depth", [0.5, 1.6, 3.0])
def test_depth_is_the_distance_to_what_is_not_in_the_mask(depth: float) -> None:
    mask = blob(1)
    away = ndimage.distance_transform_edt(mask, sampling=SPACING)
    np.testing.assert_array_equal(deeper(mask, SPACING, depth) > 0, away > depth)


@pytest.mark.parametrize("seed", range(3))
def test_the_skin_is_what_erosion_takes(seed: int) -> None:
    mask = blob(seed)
    outer = (mask > 0) & ~ndimage.binary_erosion(mask)
    np.testing.assert_array_equal(skin(mask), np.argwhere(outer))


def test_what_is_inside_and_beside_the_surface() -> None:
    mask = blob(4)
    places = np.argwhere(np.ones(tuple(size + 6 for size in mask.shape))).astype(np.float64) - 3.0
    found = edged(mask, np.eye(3), np.zeros(3), places)
    wide = np.pad(mask, 3) > 0
    differs = (ndimage.binary_dilation(wide) & ~wide) | (wide & ~ndimage.binary_erosion(wide))
    np.testing.assert_array_equal(found[:, 0].reshape(wide.shape) > 0, wide)
    np.testing.assert_array_equal(found[:, 1].reshape(wide.shape) > 0, differs)


def test_cubes_hold_every_point_once_within_their_balls() -> None:
    points = np.random.default_rng(5).uniform(-20.0, 30.0, size=(500, 3))
    held, first, cubes = tiled(points, 8.0)
    assert sorted(map(tuple, held)) == sorted(map(tuple, points))
    assert first[0] == 0
    assert first[-1] == len(points)
    for at, (low, high) in enumerate(pairwise(first)):
        away = np.linalg.norm(held[low:high] - cubes[at, :3], axis=1)
        assert away.max() <= cubes[at, 3] + 1e-9
        assert np.ptp(held[low:high], axis=0).max() < 8.0


def brute(points: Floats, shape: Floats, others: Floats, other: Floats) -> float:
    off = others[None] - points[:, None]
    away = np.linalg.norm(off, axis=2)
    half = 0.5 * (np.linalg.norm(off @ shape.T, axis=2) + np.linalg.norm(off @ other.T, axis=2)) / away
    return float(np.maximum(0.0, away - half).min())


@pytest.mark.parametrize("apart", [0.5, 6.0, 25.0])
def test_the_gap_is_the_smallest_of_all_pairs(apart: float) -> None:
    random = np.random.default_rng(6)
    points = random.uniform(0.0, 20.0, size=(300, 3))
    others = random.uniform(0.0, 20.0, size=(250, 3)) + np.array([20.0 + apart, 4.0, 0.0])
    shape, other = np.diag([1.0, 0.8, 3.0]), np.diag([0.7, 0.7, 0.7])
    held, more = tiled(points, 8.0), tiled(others, 8.0)
    gap, p, q = nearest(*held, shape, *more, other, 60.0)
    assert gap == pytest.approx(brute(points, shape, others, other))
    if gap > 0.0:
        assert brute(held[0][p : p + 1], shape, more[0][q : q + 1], other) == pytest.approx(gap)
    assert nearest(*held, shape, *more, other, 0.25)[1:] == ((-1, -1) if gap >= 0.25 else (p, q))


def test_machine_code_and_plain_python_agree() -> None:
    mask = blob(7, (6, 7, 8))
    np.testing.assert_array_equal(deeper(mask, SPACING, 1.2), deeper.py_func(mask, SPACING, 1.2))  # type: ignore[attr-defined]  # numba's own
    points = np.argwhere(mask).astype(np.float64)
    held = tiled(points, 3.0)
    for one, two in zip(held, distances.tiled.py_func(points, 3.0), strict=True):  # type: ignore[attr-defined]  # numba's own
        np.testing.assert_allclose(one, two)
    more = tiled(points + np.array([0.0, 9.0, 2.0]), 3.0)
    plain = nearest.py_func(*held, np.eye(3), *more, np.eye(3), 50.0)  # type: ignore[attr-defined]  # numba's own
    assert nearest(*held, np.eye(3), *more, np.eye(3), 50.0) == pytest.approx(plain)
