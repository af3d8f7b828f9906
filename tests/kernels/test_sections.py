"""A mask cut by a plane against scipy, and what a scan shows at points."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from enbloc.kernels.sections import section
from enbloc.kernels.slabs import readings


def test_a_section_is_the_mask_interpolated_on_the_plane() -> None:
    random = np.random.default_rng(0)
    mask = (random.random((9, 10, 11)) > 0.5).astype(np.uint8)
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    matrix, offset = np.ascontiguousarray(turn * 0.8), np.array([4.0, 4.5, 5.0])
    along = np.ascontiguousarray(turn[:2])
    origin, us, vs = np.array([0.3, -0.2, 0.1]), np.arange(-7.0, 7.0, 0.9), np.arange(-6.0, 8.0, 1.1)
    found = section(mask, matrix, offset, origin, along, us, vs)

    places = origin + us[:, None, None] * along[0] + vs[None, :, None] * along[1]
    at = (places @ matrix.T + offset).reshape(-1, 3).T
    expected = ndimage.map_coordinates(np.pad(mask, 2).astype(float), at + 2.0, order=1, mode="constant")
    np.testing.assert_allclose(found.ravel(), expected, atol=1e-9)
    plain = section.py_func(mask, matrix, offset, origin, along, us, vs)  # type: ignore[attr-defined]  # numba's own
    np.testing.assert_allclose(found, plain)


def test_readings_are_those_of_the_nearest_voxel_and_nothing_outside() -> None:
    random = np.random.default_rng(1)
    voxels = random.integers(-500, 900, size=(5, 6, 7)).astype(np.int16)
    matrix, offset = np.diag([0.5, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    points = random.uniform(-6.0, 12.0, size=(400, 3))
    found = readings(voxels, matrix, offset, points)

    at = np.floor(points @ matrix.T + offset + 0.5).astype(int)
    inside = ((at >= 0) & (at < voxels.shape)).all(axis=1)
    assert 10 < inside.sum() < 390
    np.testing.assert_array_equal(np.isfinite(found), inside)
    np.testing.assert_array_equal(found[inside], voxels[tuple(at[inside].T)])
    np.testing.assert_array_equal(readings.py_func(voxels, matrix, offset, points), found)  # type: ignore[attr-defined]  # numba's own
