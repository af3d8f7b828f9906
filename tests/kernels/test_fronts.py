"""Fronts inside a mask and planes across it, against scipy, plain numpy and solids of known section."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.kernels import fronts

Floats = NDArray[np.float64]
PLAIN = np.eye(3, 4)  # the frame is that of the indices
WINDOW = (14.0, 0.5, 4.0)


def blobs(seed: int, share: float = 0.6) -> NDArray[np.uint8]:
    return (np.random.default_rng(seed).random((9, 8, 7)) < share).astype(np.uint8)


def rod(shape: tuple[int, int, int], radii: tuple[float, float], axis: Floats) -> NDArray[np.uint8]:
    """An elliptic rod through the middle of the array; radii across and upright of `facing`."""
    middle = 0.5 * (np.array(shape) - 1.0)
    off = np.moveaxis(np.indices(shape), 0, -1) - middle
    across, upright = fronts.facing(axis)
    return (((off @ across) / radii[0]) ** 2 + ((off @ upright) / radii[1]) ** 2 <= 1.0).astype(np.uint8)


@pytest.mark.parametrize("seed", range(5))
def test_a_front_reaches_what_hangs_together_by_faces(seed: int) -> None:
    mask, seeds = blobs(seed), np.zeros((9, 8, 7), np.uint8)
    seeds[4, 4, 4] = seeds[0, 0, 0] = 1
    parts, _ = ndimage.label(mask)
    started = set(parts[(seeds > 0) & (mask > 0)].tolist())

    np.testing.assert_array_equal(fronts.reached(mask, seeds) > 0, np.isin(parts, list(started)) & (mask > 0))


def test_a_seed_outside_the_mask_starts_nothing() -> None:
    mask = np.ones((3, 3, 3), np.uint8)
    mask[1, 1, 1] = 0
    seeds = np.zeros_like(mask)
    seeds[1, 1, 1] = 1

    assert not fronts.reached(mask, seeds).any()


def test_thickness_is_what_lies_above_each_other() -> None:
    mask = blobs(7)
    xs, ys, zs = np.arange(9.0), np.arange(8.0), np.arange(-1.0, 9.0)

    np.testing.assert_allclose(fronts.thickness(mask, PLAIN, xs, ys, zs), mask.sum(axis=2))
    half = fronts.thickness(mask, PLAIN, xs, ys, np.arange(-0.25, 7.0, 0.5))
    np.testing.assert_allclose(half, mask.sum(axis=2), atol=0.51)


def test_a_cut_begins_at_the_first_matter_and_ends_where_it_leaves_it() -> None:
    thick = np.zeros((30, 5))
    thick[10:16] = 4.0
    thick[20:25] = 4.0
    starts, ways = np.array([[4.0, 2.0]]), np.array([[1.0, 0.0]])
    area, begin, end = fronts.swept(thick, np.zeros(2), 1.0, starts, ways, (10.0, 40.0, 5.0))[0]

    assert area == pytest.approx(24.0, abs=2.0)
    assert (begin, end) == (pytest.approx(5.5, abs=0.5), pytest.approx(11.0, abs=0.5))


def test_a_cut_passes_over_matter_too_little_to_count_and_ends_with_its_reach() -> None:
    thick = np.zeros((30, 5))
    thick[5] = 1.0
    thick[9:13] = 6.0
    starts, ways = np.array([[2.0, 2.0]]), np.array([[1.0, 0.0]])

    area, begin, _ = fronts.swept(thick, np.zeros(2), 1.0, starts, ways, (10.0, 40.0, 5.0))[0]
    assert area == pytest.approx(24.0, abs=3.1)
    assert begin == pytest.approx(6.5, abs=0.5)
    assert not fronts.swept(thick, np.zeros(2), 1.0, starts, ways, (2.0, 40.0, 5.0)).any()


@pytest.mark.parametrize("axis", [(0.0, -1.0, 0.0), (0.6, -0.8, 0.0), (0.36, -0.48, 0.8)])
def test_a_plane_is_spanned_squarely_and_upright(axis: tuple[float, float, float]) -> None:
    across, upright = fronts.facing(np.array(axis))
    turn = np.stack([across, np.array(axis), upright])

    np.testing.assert_allclose(turn @ turn.T, np.eye(3), atol=1e-12)
    assert across[2] == pytest.approx(0.0, abs=1e-12)
    assert upright[2] > 0.0
    np.testing.assert_allclose(np.cross(upright, axis), across, atol=1e-12)


@pytest.mark.parametrize("axis", [(0.0, -1.0, 0.0), (0.3, -0.9, 0.316), (-0.5, -0.8, -0.332)])
def test_a_section_has_the_area_and_the_spread_of_its_ellipse(axis: tuple[float, float, float]) -> None:
    way = np.array(axis) / np.linalg.norm(axis)
    mask = rod((41, 41, 41), (4.4, 7.4), way)
    held = fronts.spread(fronts.section(mask, PLAIN, np.full(3, 20.0), way, WINDOW), WINDOW[1])

    # The rod is made of whole voxels: its extents are right to half of one.
    assert held[0] == pytest.approx(np.pi * 4.4 * 7.4, rel=0.06)
    np.testing.assert_allclose(held[1:3], 0.0, atol=0.15)
    np.testing.assert_allclose(4.0 * held[3:5], (8.8, 14.8), atol=0.5)


def test_a_section_holds_only_what_is_joined_to_its_middle() -> None:
    mask = np.zeros((30, 9, 30), np.uint8)
    mask[12:18, :, 12:18] = 1
    mask[22:26, :, 12:18] = 1
    alone = fronts.section(mask, PLAIN, np.array([14.5, 4.0, 14.5]), np.array([0.0, -1.0, 0.0]), WINDOW)
    aside = fronts.section(mask, PLAIN, np.array([14.5, 4.0, 14.5]), np.array([0.0, -1.0, 0.0]), (3.0, 0.5, 4.0))

    assert fronts.spread(alone, 0.5)[0] == pytest.approx(36.0, rel=0.05)
    assert aside.shape == (13, 13)
    assert not fronts.section(mask, PLAIN, np.array([14.5, 4.0, 2.0]), np.array([0.0, -1.0, 0.0]), WINDOW).any()


def test_cuts_along_a_path_give_area_and_centre_of_each_section() -> None:
    mask = np.zeros((41, 41, 41), np.uint8)
    for y in range(41):
        mask[20 - y // 4 : 27 - y // 4, y, 15:26] = 1  # a beam of 7 by 11 that leans
    origins = np.array([[20.0, 4.0 * n + 2.0, 20.0] for n in range(1, 6)])
    cuts = fronts.cut_through(mask, PLAIN, origins, np.array([0.0, -1.0, 0.0]), (14.0, 0.5, 6.0))

    np.testing.assert_allclose(cuts[:, 0], 77.0, rtol=0.05)
    np.testing.assert_allclose(cuts[:, 1], [23.0 - n for n in range(1, 6)], atol=0.6)
    np.testing.assert_allclose(cuts[:, 2], origins[:, 1])
    np.testing.assert_allclose(cuts[:, 3], 20.0, atol=0.1)


def test_the_narrowest_plane_is_found_at_the_waist_and_square_to_the_axis() -> None:
    way = np.array([0.35, -0.93, 0.1]) / np.linalg.norm([0.35, -0.93, 0.1])
    off = np.moveaxis(np.indices((51, 51, 51)), 0, -1) - 25.0
    along = off @ way
    across = np.linalg.norm(off - along[..., None] * way, axis=-1)
    mask = (across <= 5.0 + 0.03 * along**2).astype(np.uint8)
    centre, axis = fronts.narrowest(mask, PLAIN, np.array([26.0, 22.0, 25.0]), np.array([0.0, -1.0, 0.0]), WINDOW)

    assert np.linalg.norm(centre - 25.0) < 1.5
    assert np.rad2deg(np.arccos(axis @ way)) < 8.0
    area = fronts.cut_through(mask, PLAIN, centre[None], axis, WINDOW)[0, 0]
    assert area == pytest.approx(np.pi * 25.0, rel=0.06)


def test_where_nothing_is_cut_the_plane_stays() -> None:
    start, axis = np.array([5.0, 5.0, 5.0]), np.array([0.0, -1.0, 0.0])
    held = fronts.narrowest(np.zeros((11, 11, 11), np.uint8), PLAIN, start, axis, WINDOW)

    np.testing.assert_array_equal(held, [start, axis])


def _apart(place: Floats, limb: Floats) -> float:
    """The distance to a limb by trying many places along it and up and down."""
    along = limb[:3] + np.linspace(0.0, 1.0, 801)[:, None] * (limb[3:6] - limb[:3])
    off = place - along
    nearest = off[np.argmin((off**2).sum(axis=1))]
    nearest[2] = max(0.0, abs(nearest[2]) - limb[6])
    return float(np.linalg.norm(nearest) - limb[7])


def test_each_place_belongs_to_the_limb_that_it_is_nearest_to() -> None:
    chance = np.random.default_rng(3)
    limbs = np.column_stack([chance.uniform(-10, 10, (4, 6)), chance.uniform(0, 4, 4), chance.uniform(1, 3, 4)])
    limbs[2, 7] = 0.0  # left out
    places = chance.uniform(-15, 15, (200, 3))
    found, distance = fronts.nearest_limb(places, limbs)
    apart = np.array([[_apart(place, limb) if limb[7] > 0 else np.inf for limb in limbs] for place in places])

    np.testing.assert_allclose(distance, apart.min(axis=1), atol=0.02)
    clear = np.diff(np.sort(apart, axis=1)[:, :2], axis=1)[:, 0] > 0.1
    np.testing.assert_array_equal(found[clear], apart.argmin(axis=1)[clear])


def test_without_limbs_a_place_belongs_to_none() -> None:
    found, distance = fronts.nearest_limb(np.zeros((2, 3)), np.zeros((3, fronts.LIMB)))

    assert found.tolist() == [-1, -1]
    assert np.isinf(distance).all()


def test_a_limb_without_length_is_a_ball() -> None:
    limb = np.array([[1.0, 2.0, 3.0, 1.0, 2.0, 3.0, 0.0, 2.0]])

    assert fronts.nearest_limb(np.array([[1.0, 2.0, 8.0]]), limb)[1][0] == pytest.approx(3.0)
