"""Overlap with a mirror image against an interpolation by scipy, and mirrors of shapes whose plane is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from enbloc.kernels.mirrors import mirror, overlap

AXES = np.eye(3)
MIDDLE = np.array([30.0, 30.0, 6.0])
TURNS = np.deg2rad(np.arange(-12.0, 12.1, 4.0))
SHIFTS = np.arange(-3.0, 3.1, 1.5)


def tee(turn: float = 0.0) -> NDArray[np.uint8]:
    """A bar with a stem, symmetric about its y-z plane, turned about z; x, y, z are the array's axes."""
    a, b, _ = np.indices((61, 61, 13)).astype(float)
    u, v = a - MIDDLE[0], b - MIDDLE[1]
    x, y = u * np.cos(turn) + v * np.sin(turn), v * np.cos(turn) - u * np.sin(turn)
    bar = ((np.abs(x) < 18) & (np.abs(y + 8) < 7)) | ((np.abs(x) < 3.5) & (y > -2) & (y < 20))
    return np.asarray(bar, dtype=np.uint8)


def inside(mask: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(np.argwhere(mask) - MIDDLE, dtype=np.float64)


def test_the_overlap_is_that_of_the_interpolated_mirror_image() -> None:
    mask, turn, shift = tee(0.1), 0.05, 1.3
    points = inside(mask)[::7]
    normal = np.array([np.cos(turn), np.sin(turn), 0.0])
    mirrored = points - 2.0 * ((points @ normal) - shift)[:, None] * normal + MIDDLE
    oracle = map_coordinates(mask.astype(float), mirrored.T, order=1, mode="constant").mean()
    assert overlap(mask, AXES, MIDDLE, points, turn, shift) == pytest.approx(oracle, abs=1e-12)


@pytest.mark.parametrize("degrees", [-9.0, -2.5, 0.0, 6.0])
def test_the_mirror_is_found_again(degrees: float) -> None:
    mask = tee(np.deg2rad(degrees))
    points = inside(mask)
    turn, shift, alike = mirror(mask, AXES, MIDDLE, points, points[::10], TURNS, SHIFTS, 0.0)
    assert np.degrees(turn) == pytest.approx(degrees, abs=0.6)
    assert shift == pytest.approx(0.0, abs=0.2)
    assert alike > 0.95


def test_a_shift_is_held_by_its_cost() -> None:
    mask = np.zeros((61, 61, 13), np.uint8)
    mask[22:43] = 1  # its own middle lies at 32, 2 beyond that of the frame
    points = inside(mask)
    free = mirror(mask, AXES, MIDDLE, points, points[::10], TURNS[2:5], SHIFTS, 0.0)
    held = mirror(mask, AXES, MIDDLE, points, points[::10], TURNS[2:5], SHIFTS, 0.1)
    assert free[1] == pytest.approx(2.0, abs=0.2)
    assert abs(held[1]) < 1.0
