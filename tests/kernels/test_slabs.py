"""Labels looked up against plain indexing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.slabs import looked_up, stacked


def plain(labels: NDArray[np.uint8], indices: NDArray[np.float64]) -> NDArray[np.int64]:
    at = np.floor(indices + 0.5).astype(int)
    valid = ((at >= 0) & (at < np.array(labels.shape))).all(axis=1)
    found = np.zeros(len(at), np.int64)
    found[valid] = labels[tuple(at[valid].T)]
    return found


def test_points_get_the_label_of_their_voxel() -> None:
    random = np.random.default_rng(1)
    labels = random.integers(0, 255, size=(5, 6, 7)).astype(np.uint8)
    matrix, offset = random.normal(size=(3, 3)), random.normal(size=3) + 2.5
    points = random.uniform(-3, 3, size=(500, 3))

    assert looked_up(labels, matrix, offset, points).tolist() == plain(labels, points @ matrix.T + offset).tolist()


def test_planes_hold_the_points_that_they_are_made_of() -> None:
    random = np.random.default_rng(2)
    labels = random.integers(0, 9, size=(8, 9, 10)).astype(np.uint16)
    matrix, offset = random.normal(size=(3, 3)), np.array([4.0, 4.0, 5.0])
    origins, across, along = random.normal(size=(3, 4, 3))
    us, vs = np.arange(-2.0, 2.1), np.arange(-1.0, 1.1, 0.5)
    points = origins[:, None, None] + us[:, None, None] * across[:, None, None] + vs[:, None] * along[:, None, None]

    found = stacked(labels, matrix, offset, origins, across, along, us, vs)

    assert found.shape == (4, 5, 5)
    expected = plain(labels.astype(np.uint8), points.reshape(-1, 3) @ matrix.T + offset)
    assert found.ravel().tolist() == expected.tolist()
