"""Distances, steps and blends against plain numpy and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage
from scipy.linalg import expm
from scipy.spatial.transform import Rotation

from enbloc.kernels import blending, rigid

Floats = NDArray[np.float64]
SPACINGS = [np.array(one) for one in ((1.0, 1.0, 1.0), (3.0, 0.7, 0.7), (0.5, 2.0, 1.0))]


def speckled(seed: int, share: float = 0.03) -> NDArray[np.uint8]:
    return (np.random.default_rng(seed).random((14, 17, 19)) < share).astype(np.uint8)


@pytest.mark.parametrize("spacing", SPACINGS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_the_distance_is_that_to_the_nearest_voxel_less_half_of_one(seed: int, spacing: Floats) -> None:
    mask = speckled(seed)
    found = rigid.distances_to(mask, 1, spacing)
    far, nearest = ndimage.distance_transform_edt(mask == 0, sampling=spacing, return_indices=True)
    way = (nearest - np.indices(mask.shape)) * spacing[:, None, None, None]
    # Where two voxels are equally near, the half voxel between is that of the one or the other.
    half = 0.5 * np.linalg.norm(way * spacing[:, None, None, None], axis=0) / np.maximum(far, 1e-9)
    bounds = 0.5 * spacing.min() - 1e-4, 0.5 * spacing.max() + 1e-4
    gap = far - found
    assert (np.abs(gap - half)[mask == 0] < 1e-4).mean() > 0.85
    assert (gap[mask == 0] >= bounds[0]).all()
    assert (gap[mask == 0] <= bounds[1]).all()
    assert (found[mask > 0] == 0.0).all()


def test_nothing_to_be_near_is_infinitely_far() -> None:
    assert (rigid.distances_to(np.zeros((3, 4, 5), np.uint8), 1, np.ones(3)) == np.float32(rigid.FAR)).all()


@pytest.mark.parametrize("spacing", SPACINGS, ids=str)
def test_the_surface_lies_midway_between_within_and_without(spacing: Floats) -> None:
    mask = np.zeros((9, 9, 9), np.uint8)
    mask[3:6, 3:6, 3:6] = 1
    field = rigid.signed_distances(mask, spacing)
    for axis in range(3):
        line = np.moveaxis(field, axis, 0)[:, 4, 4]
        np.testing.assert_allclose(line[[0, 1, 2]], spacing[axis] * np.array([2.5, 1.5, 0.5]), rtol=1e-6)
        assert line[3] < 0 < line[2]


def ramp(shape: tuple[int, int, int] = (12, 13, 14)) -> NDArray[np.float32]:
    a, b, c = np.indices(shape)
    return np.asarray(0.3 * a - 0.5 * b + 0.2 * c + 0.01 * a * b, dtype=np.float32)


def test_a_field_is_read_between_its_voxels() -> None:
    field, known, out = ramp(), np.ones((12, 13, 14), np.uint8), np.empty(4)
    known[3, 4, 5] = 0
    rng = np.random.default_rng(1)
    for place in rng.uniform(0.0, 10.9, (50, 3)):
        is_read = rigid.read_between(field, known, float(place[0]), float(place[1]), float(place[2]), out)
        assert is_read == bool(known[tuple(np.rint(place).astype(int))])
        if is_read:
            expected = ndimage.map_coordinates(field.astype(np.float64), place[:, None], order=1)[0]
            assert out[0] == pytest.approx(expected, abs=1e-5)
            slopes = [0.3 + 0.01 * place[1], -0.5 + 0.01 * place[0], 0.2]
            assert out[1:] == pytest.approx(slopes, abs=1e-4)
    assert not rigid.read_between(field, known, -0.1, 3.0, 3.0, out)
    assert not rigid.read_between(field, known, 11.1, 3.0, 3.0, out)


def packed(turn: Floats, shift: Floats, centre: Floats) -> Floats:
    return np.column_stack([Rotation.from_rotvec(turn).as_matrix(), shift, centre])


def test_the_normal_equations_are_those_of_finite_differences() -> None:
    """The right-hand side is the slope of half the weighted squares along each small turn and shift."""
    field, known = ramp(), np.ones((12, 13, 14), np.uint8)
    to_index = np.ascontiguousarray(np.linalg.inv(np.diag([1.5, 0.8, 1.2, 1.0]))[:3])
    rng = np.random.default_rng(2)
    band = np.column_stack([rng.uniform(4.0, 7.0, (40, 3)), rng.normal(0.0, 0.3, 40), np.zeros(40)])
    centre = np.array([6.0, 5.0, 5.0])
    scale = 1e6  # no point loses weight: plain least squares
    _, right, _, count = rigid.normal_equations(
        field, known, to_index, band, packed(np.zeros(3), np.zeros(3), centre), scale
    )
    assert count == 40

    def squares(step: Floats) -> float:
        turn = Rotation.from_rotvec(step[:3]).as_matrix()
        motion = np.column_stack([turn, centre - turn @ centre + step[3:], centre])
        return float(0.5 * (rigid.differences(field, known, to_index, band, motion) ** 2).sum())

    for at in range(6):
        step = np.zeros(6)
        step[at] = 1e-4
        slope = (squares(step) - squares(-step)) / 2e-4
        assert -right[at] == pytest.approx(slope, rel=2e-2, abs=2e-2)


def test_what_differs_by_little_hardly_counts_and_what_differs_by_much_neither() -> None:
    field, known = np.zeros((9, 9, 9), np.float32), np.ones((9, 9, 9), np.uint8)
    to_index, motion = np.eye(4)[:3].copy(), packed(np.zeros(3), np.zeros(3), np.zeros(3))

    def loss(distance: float, slack: float) -> float:
        band = np.array([[4.0, 4.0, 4.0, distance, slack]])
        return rigid.normal_equations(field, known, to_index, band, motion, 1.0)[2]

    assert loss(0.4, 0.5) < 0.01 < loss(0.4, 0.0)
    assert 0.98 < loss(50.0, 0.5) < 1.0
    outside = np.array([[40.0, 4.0, 4.0, 0.0, 0.5]])
    assert rigid.normal_equations(field, known, to_index, outside, motion, 1.0)[2:] == (1.0, 0)


def test_the_band_holds_the_known_voxels_near_the_surface_with_half_a_voxel_of_doubt() -> None:
    mask = np.zeros((9, 20, 20), np.uint8)
    mask[3:6, 6:14, 6:14] = 1
    spacing = np.array([3.0, 1.0, 1.0])
    field, known = rigid.signed_distances(mask, spacing), np.ones(mask.shape, np.uint8)
    known[:, :, :10] = 0
    affine = np.diag([3.0, 1.0, 1.0, 1.0])
    band = rigid.near_surface(field, known, affine, spacing, 2.0)
    near = (np.abs(field) <= 2.0) & (known > 0)
    near[[0, -1]] = near[:, [0, -1]] = near[:, :, [0, -1]] = False
    np.testing.assert_allclose(band[:, :3], np.argwhere(near) * spacing)
    np.testing.assert_allclose(band[:, 3], field[near])
    above = band[(band[:, 0] == 6.0) & (np.abs(band[:, 1] - 10.0) < 2.0) & (band[:, 2] < 12.0)]
    assert len(above)
    np.testing.assert_allclose(above[:, 4], 1.5)


# --- blends -----------------------------------------------------------------------------------------------------------


def generator(twist: Floats) -> Floats:
    p, q, r = twist[:3]
    return np.array([[0.0, -r, q, twist[3]], [r, 0.0, -p, twist[4]], [-q, p, 0.0, twist[5]], [0.0, 0.0, 0.0, 0.0]])


@pytest.mark.parametrize("size", [0.0, 1e-7, 1e-3, 0.2, 2.5])
def test_a_twist_moves_as_the_exponential_of_its_generator(size: float) -> None:
    rng = np.random.default_rng(3)
    twist = rng.normal(size=6) * np.array([size, size, size, 5.0, 5.0, 5.0])
    place = rng.normal(size=3) * 30.0
    expected = expm(generator(twist)) @ [*place, 1.0]
    np.testing.assert_allclose(blending.twisted(twist, *place), expected[:3], atol=1e-6)


CENTRES = np.array([[0.0, 0.0, 60.0], [0.0, 2.0, 30.0], [0.0, 0.0, 0.0]])
AXES = np.array([[0.0, 0.0, 1.0]] * 3)
TWISTS = np.array([[0.05, 0.0, 0.0, 0.0, 0.0, 1.0], [0.0, 0.1, 0.0, 2.0, 0.0, 0.0], [0.0, 0.0, 0.05, 0.0, 3.0, 0.0]])


def mixed(z: float) -> Floats:
    twist = np.empty(6)
    blending.mixed_twist(CENTRES, AXES, TWISTS, 5.0, 1.0, z, twist)
    return twist


def test_a_place_moves_with_its_own_plane_and_in_between_with_both() -> None:
    for z, row in ((90.0, 0), (60.0, 0), (52.0, 0), (38.0, 1), (30.0, 1), (22.0, 1), (8.0, 2), (0.0, 2), (-50.0, 2)):
        np.testing.assert_allclose(mixed(z), TWISTS[row], atol=1e-12)
    np.testing.assert_allclose(mixed(45.0), TWISTS[:2].mean(axis=0))
    np.testing.assert_allclose(mixed(15.0), TWISTS[1:].mean(axis=0))


def test_a_blend_has_no_step_and_never_folds() -> None:
    heights = np.arange(-20.0, 80.0, 0.05)
    points = np.column_stack([np.full_like(heights, 10.0), np.full_like(heights, 25.0), heights])
    moved = blending.blended(CENTRES, AXES, TWISTS, points)
    steps = np.diff(moved, axis=0)
    assert np.linalg.norm(steps, axis=1).max() < 0.1
    assert (steps[:, 2] > 0.0).all()


def test_the_label_is_the_one_that_takes_most_of_the_cell() -> None:
    labels = np.zeros((3, 3, 3), np.uint8)
    labels[1, 1, 1], labels[1, 1, 2] = 5, 7
    assert blending.most_of(labels, 1.0, 1.0, 1.0) == 5
    assert blending.most_of(labels, 1.0, 1.0, 1.4) == 5
    assert blending.most_of(labels, 1.0, 1.0, 1.6) == 7
    assert blending.most_of(labels, 1.0, 1.6, 1.0) == 0
    assert blending.most_of(labels, -4.0, 1.0, 1.0) == 0


def test_labels_carried_without_motion_are_themselves() -> None:
    labels = np.random.default_rng(4).integers(0, 9, (6, 7, 8)).astype(np.uint16)
    affine = np.array([[0.0, 0.0, 0.7, -3.0], [0.0, 0.9, 0.0, 4.0], [2.0, 0.0, 0.0, 8.0], [0.0, 0.0, 0.0, 1.0]])
    box = np.array([[1, 6], [0, 7], [2, 8]])
    still = np.zeros((1, 6))
    found = blending.carried(
        labels, box, affine[:3].copy(), np.linalg.inv(affine)[:3].copy(), CENTRES[:1], AXES[:1], still
    )
    np.testing.assert_array_equal(found, labels[1:6, 0:7, 2:8])
