"""Places of voxels against numpy."""

from __future__ import annotations

import numpy as np

from enbloc.kernels.voxels import moved, placed


def test_set_voxels_are_placed_in_their_order() -> None:
    random = np.random.default_rng(1)
    mask = (random.random((5, 6, 7)) > 0.6).astype(np.uint8)
    matrix, offset = random.normal(size=(3, 3)), random.normal(size=3)
    np.testing.assert_allclose(placed(mask, matrix, offset), np.argwhere(mask) @ matrix.T + offset, atol=1e-12)
    assert placed(np.zeros((2, 2, 2), np.uint8), matrix, offset).shape == (0, 3)


def test_points_are_moved_by_an_affine_map() -> None:
    random = np.random.default_rng(2)
    points, matrix, offset = random.normal(size=(9, 3)), random.normal(size=(3, 3)), random.normal(size=3)
    np.testing.assert_allclose(moved(points, matrix, offset), points @ matrix.T + offset, atol=1e-12)
