"""Column ends against an interpolation by scipy and against solids of known height."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import map_coordinates

from enbloc.kernels.surfaces import between, column_ends

AXES = np.eye(3)
NONE = np.zeros(3)


def test_the_mask_between_voxels_is_that_of_scipy() -> None:
    random = np.random.default_rng(0)
    mask = (random.random((6, 7, 8)) > 0.5).astype(np.uint8)
    places = random.uniform(-1.5, 9.0, size=(200, 3))

    ours = [between(mask, *place) for place in places]
    theirs = map_coordinates(np.pad(mask, 3).astype(float), places.T + 3, order=1, mode="constant")

    np.testing.assert_allclose(ours, theirs, atol=1e-12)


@pytest.mark.parametrize("step", [0.25, 0.5, 1.0])
def test_a_block_is_as_high_as_it_was_drawn(step: float) -> None:
    mask = np.zeros((9, 9, 20), np.uint8)
    mask[:, :, 5:14] = 1
    zs = np.arange(0.0, 19.0, step)

    low, high = column_ends(mask, AXES, NONE, np.array([4.0]), np.array([4.0]), zs)

    assert low[0, 0] == pytest.approx(4.5, abs=1e-9)
    assert high[0, 0] == pytest.approx(13.5, abs=1e-9)


def test_a_slope_is_found_finer_than_a_voxel() -> None:
    y, z = np.arange(40.0)[:, None], np.arange(40.0)[None, :]
    mask = np.broadcast_to((z >= 10) & (z <= 20 + 0.2 * y), (5, 40, 40)).astype(np.uint8)
    ys = np.arange(5.0, 35.0, 0.5)

    low, high = column_ends(np.ascontiguousarray(mask), AXES, NONE, np.array([2.0]), ys, np.arange(0.0, 39.0, 0.5))

    assert np.abs(high[0] - low[0] - (10.5 + 0.2 * ys)).max() < 0.75
    assert abs(float(np.mean(high[0] - low[0] - (10.5 + 0.2 * ys)))) < 0.15


def test_a_column_beside_the_mask_has_no_ends() -> None:
    mask = np.ones((3, 3, 3), np.uint8)
    low, high = column_ends(mask, AXES, NONE, np.array([9.0]), np.array([1.0]), np.arange(-3.0, 6.0, 0.5))

    assert np.isnan(low).all()
    assert np.isnan(high).all()
