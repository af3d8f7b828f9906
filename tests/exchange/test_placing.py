"""Label maps on other grids: turned round exactly, resampled and said, or refused."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest

from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.exchange.placing import placed
from tests.exchange.making import GRID, labels

TURNS = [(order, flips) for order in permutations(range(3)) for flips in product((False, True), repeat=3)]


def turned(order: tuple[int, ...], flips: tuple[bool, ...]) -> Grid:
    """The same lattice as ``GRID``, its axes in another order and sense."""
    affine = GRID.affine.copy()
    affine[:3, :3] = GRID.affine[:3, list(order)]
    shape = tuple(GRID.shape[axis] for axis in order)
    for axis, flip in enumerate(flips):
        if flip:
            affine[:3, 3] += affine[:3, axis] * (shape[axis] - 1)
            affine[:3, axis] *= -1
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


@pytest.mark.parametrize(("order", "flips"), TURNS)
def test_each_of_48_orders_is_turned_round_without_touching_a_voxel(
    order: tuple[int, ...], flips: tuple[bool, ...]
) -> None:
    grid = turned(order, flips)
    drawn = np.zeros(grid.shape, np.uint8)
    there = np.argwhere(labels())
    at = np.rint(grid.indices(GRID.points_mm(there))).astype(int)
    drawn[tuple(at.T)] = labels()[tuple(there.T)]
    back, said = placed(drawn, grid, GRID, where="map", image="ct")
    assert np.array_equal(back, labels())
    assert bool(said) == (not grid.is_same_as(GRID))


def test_a_finer_map_is_resampled_to_the_nearest_label_and_said() -> None:
    affine = GRID.affine.copy()
    affine[:3, :3] /= 2
    fine = Grid(shape=(8, 10, 12), affine=affine)
    drawn = np.zeros(fine.shape, np.uint8)
    drawn[2:7, 2:9, 2:9] = 7
    back, said = placed(drawn, fine, GRID, where="map", image="ct")
    expected = np.zeros(GRID.shape, np.uint8)
    expected[1:4, 1:5, 1:5] = 7
    assert np.array_equal(back, expected)
    assert "resampled from its own grid" in said


def test_what_lies_outside_of_the_image_is_said() -> None:
    wide = Grid(shape=(4, 5, 12), affine=GRID.affine)
    drawn = np.zeros(wide.shape, np.uint8)
    drawn[1, 1, 2:7] = 1
    back, said = placed(drawn, wide, GRID, where="map", image="ct")
    assert back.sum() == 4
    assert "20.0% of its labelled voxels lie outside" in said


def test_what_lies_mostly_outside_is_refused() -> None:
    wide = Grid(shape=(4, 5, 12), affine=GRID.affine)
    drawn = np.zeros(wide.shape, np.uint8)
    drawn[1, 1, 5:] = 1
    with pytest.raises(RecordError, match="map: "):
        placed(drawn, wide, GRID, where="map", image="ct")
