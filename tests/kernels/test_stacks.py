"""Shapes on planes against scipy and plain loops."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.kernels import stacks

Mask = NDArray[np.bool_]


def blots(seed: int = 1, planes: int = 5, shape: tuple[int, int] = (23, 31)) -> Mask:
    """Random smooth shapes; the first plane is empty, the second full."""
    random = np.random.default_rng(seed)
    noise = ndimage.gaussian_filter(random.normal(size=(planes, *shape)), (0.0, 2.0, 2.0))
    masks = noise > 0.05
    masks[0], masks[1] = False, True
    return np.asarray(masks)


def test_bits_are_those_of_the_voxel_that_holds_the_pixel() -> None:
    random = np.random.default_rng(2)
    labels = random.integers(0, 4, size=(8, 9, 10)).astype(np.uint16)
    meaning = np.array([0, 1, 2, 4], np.uint8)
    matrix, offset = random.normal(size=(3, 3)), np.array([4.0, 4.0, 5.0])
    origins, across, along = random.normal(size=(3, 4, 3))
    us, vs = np.arange(-2.0, 2.1), np.arange(-1.0, 1.1, 0.5)
    bits = np.full((4, len(us), len(vs)), 64, np.uint8)
    stacks.add_bits(bits, labels, meaning, matrix, offset, origins, across, along, us, vs)

    points = origins[:, None, None] + us[:, None, None] * across[:, None, None] + vs[:, None] * along[:, None, None]
    at = np.floor(points @ matrix.T + offset + 0.5).astype(int)
    inside = ((at >= 0) & (at < labels.shape)).all(axis=-1)
    expected = np.full(inside.shape, 64, np.uint8)
    expected[inside] |= meaning[labels[tuple(at[inside].T)]]
    np.testing.assert_array_equal(bits, expected)


def test_moments_are_count_mean_and_spread() -> None:
    for mask, found in zip(blots(), stacks.moments(blots()), strict=True):
        places = np.argwhere(mask)
        assert found[0] == len(places)
        if len(places):
            np.testing.assert_allclose(found[1:3], places.mean(axis=0))
            np.testing.assert_allclose(found[3:5], places.std(axis=0), atol=1e-9)
        else:
            assert np.isnan(found[1:]).all()


def test_edges_bound_the_mask() -> None:
    wide = np.pad(blots(), ((0, 0), (1, 1), (1, 1)))
    expected = (wide[:, 1:] != wide[:, :-1]).sum(axis=(1, 2)) + (wide[:, :, 1:] != wide[:, :, :-1]).sum(axis=(1, 2))
    assert stacks.edges(blots()).tolist() == expected.tolist()


@pytest.mark.parametrize("limit", [3.0, 7.5, 100.0])
def test_distances_are_those_of_the_nearest_pixel(limit: float) -> None:
    masks = blots(3)
    found = stacks.distances(masks, limit)
    for mask, away in zip(masks, found, strict=True):
        exact = ndimage.distance_transform_edt(~mask) if mask.any() else np.full(mask.shape, np.inf)
        np.testing.assert_allclose(away, np.minimum(exact, limit))


def test_holes_are_filled() -> None:
    masks = blots(4)
    for mask, whole in zip(masks, stacks.filled(masks), strict=True):
        np.testing.assert_array_equal(whole, ndimage.binary_fill_holes(mask))


def test_a_hole_is_what_its_walls_enclose() -> None:
    walls = np.zeros((3, 9, 9), np.bool_)
    walls[:2, 2:7, 2:7] = True
    walls[:2, 3:6, 3:6] = False
    walls[1, 4, 2] = False  # a gap in the ring
    found = stacks.enclosed(walls, np.full((3, 2), 4.0))
    assert found.sum(axis=(1, 2)).tolist() == [9, 0, 0]
    assert stacks.enclosed(walls, np.full((3, 2), 2.4)).sum(axis=(1, 2)).tolist() == [9, 0, 0], (
        "from a seed on the wall"
    )


def test_the_nearest_pair_is_the_nearest() -> None:
    one, other = blots(5), blots(6)
    other[3] &= ndimage.distance_transform_edt(~one[3]) > 3.0
    for n, found in enumerate(stacks.nearest_pairs(one, other)):
        first, second = np.argwhere(one[n]), np.argwhere(other[n])
        if not len(first) or not len(second):
            assert np.isinf(found[0])
            continue
        apart = np.linalg.norm(first[:, None] - second[None], axis=2)
        assert found[0] == pytest.approx(apart.min())
        assert np.hypot(*(found[1:3] - found[3:5])) == pytest.approx(found[0])
        assert one[n][tuple(found[1:3].astype(int))]
        assert other[n][tuple(found[3:5].astype(int))]


def test_a_ring_is_as_thick_as_it_is() -> None:
    p, q = np.meshgrid(np.arange(81.0), np.arange(81.0), indexing="ij")
    radius = np.hypot(p - 40, q - 40)
    core, ring = radius <= 12.0, (radius > 12.0) & (radius <= 20.0)
    thick = stacks.thickness(core[None], ring[None], np.array([[40.0, 40.0]]), 72)
    assert np.abs(thick - 8.0).max() <= 1.0
    half = ring & (p > 40)
    thick = stacks.thickness(core[None], half[None], np.array([[40.0, 40.0]]), 72)[0]
    assert thick[0] > 7.0, "the first direction is along the first axis"
    assert thick[36] == 0.0


def test_directions_turn_from_the_first_axis_to_the_second() -> None:
    mask = np.zeros((1, 21, 21), np.bool_)
    mask[0, 10, 15] = True
    assert np.flatnonzero(stacks.directions_met(mask, np.array([[10.0, 10.0]]), 72)[0]).tolist() == [18]
    assert not stacks.directions_met(mask, np.full((1, 2), np.nan), 72).any()


def test_chords_run_from_the_first_to_the_last_pixel_in_the_middle() -> None:
    mask = np.zeros((2, 21, 21), np.bool_)
    mask[0, 5:16, 4:13] = True
    mask[0, 10, 2:19] = True  # one ragged column does not count
    found = stacks.chords(mask, np.array([[10.0, 8.0], [np.nan, np.nan]]), 2)
    assert found[0].tolist() == [4.0, 12.0]
    assert np.isnan(found[1]).all()


@pytest.mark.parametrize("name", ["moments", "edges", "filled"])
def test_compiled_and_plain_agree(name: str) -> None:
    kernel = getattr(stacks, name)
    np.testing.assert_array_equal(kernel(blots(7, 3, (9, 11))), kernel.py_func(blots(7, 3, (9, 11))))
