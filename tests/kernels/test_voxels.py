"""Places of voxels against numpy."""

from __future__ import annotations

import numpy as np

from enbloc.kernels.voxels import evenly, moved, placed


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


def test_points_are_thinned_evenly_and_alike_on_both_sides() -> None:
    x, y, z = np.meshgrid(np.arange(-9.5, 10.0), np.arange(40.0), np.arange(0.0, 60.0, 1.5), indexing="ij")
    points = np.stack([x.ravel(), y.ravel(), z.ravel()], axis=1)
    kept = evenly(points, 0.3)
    assert abs(len(kept) / len(points) - 0.3) < 0.01
    np.testing.assert_allclose(kept.mean(axis=0), points.mean(axis=0), atol=0.5)
    np.testing.assert_allclose(kept.std(axis=0), points.std(axis=0), rtol=0.03)
    mirrored = evenly(points * np.array([-1.0, 1.0, 1.0]), 0.3) * np.array([-1.0, 1.0, 1.0])
    shuffled = evenly(np.random.default_rng(3).permutation(points), 0.3)
    for other in (mirrored, shuffled):
        assert sorted(map(tuple, other)) == sorted(map(tuple, kept))
