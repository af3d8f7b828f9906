"""Counting by part, twelfth and ring against plain numpy."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.kernels.regions import counted, tallied, walls

IDENTITY = np.eye(3)
CENTRE = np.array([0.3, -0.2])
CUT = np.array([-1.6, 1.7, 4.2, 3.6, 2.5])
ZS = np.arange(-4.0, 4.1, 2.0)
TURNS = 24


def scene(seed: int) -> tuple[NDArray[np.uint8], NDArray[np.float64], NDArray[np.float64]]:
    """Random bits in a turned and stretched frame whose origin lies in the middle of the array."""
    random = np.random.default_rng(seed)
    bits = random.choice([0, 1, 1, 2, 3, 4, 6, 10, 14, 16, 18], size=(9, 10, 11)).astype(np.uint8)
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    matrix = turn * np.array([0.9, 1.1, 1.3])
    return bits, np.ascontiguousarray(matrix), -matrix @ (np.array(bits.shape) / 2.0)


@pytest.mark.parametrize("seed", range(4))
def test_faces_are_those_that_differ_from_the_neighbour(seed: int) -> None:
    mask = (np.random.default_rng(seed).random((5, 6, 7)) > 0.4).astype(np.uint8)
    wide = np.pad(mask, 1).astype(bool)
    faces = sum(int((np.diff(wide.astype(int), axis=axis) != 0).sum()) for axis in range(3))

    assert counted(mask) == (int(mask.sum()), faces)


@pytest.mark.parametrize("seed", range(4))
def test_parts_and_twelfths_are_those_of_plain_numpy(seed: int) -> None:
    bits, matrix, offset = scene(seed)
    near, far = walls(bits, matrix, offset, CENTRE, ZS, TURNS)
    parts, turns, rings = tallied(bits, matrix, offset, CENTRE, ZS, CUT, near, far)

    x, y, z = (np.indices(bits.shape).reshape(3, -1).T @ matrix.T + offset).T
    x = x - CENTRE[0]
    flat = bits.ravel()
    host, guest = flat & 1 > 0, flat & 2 > 0
    side = (np.abs(x) > CUT[1]) & (np.abs(x) <= CUT[2]) & (y <= CUT[3])
    part = np.where(y < CUT[0], 0, np.where(side, np.where(x > 0, 1, 2), 3))
    twelfth = np.floor(np.degrees(np.arctan2(x, y - CENTRE[1])) % 360.0 / 30.0).astype(int)
    within = (z >= ZS[0]) & (z < ZS[-1])
    counts = guest & (flat & 16 == 0) & (within | host)

    assert parts[:, 0].tolist() == np.bincount(part[host], minlength=4).tolist()
    assert parts[:, 1].tolist() == np.bincount(part[host & guest], minlength=4).tolist()
    assert turns[:, 0].tolist() == np.bincount(twelfth[host], minlength=12).tolist()
    assert turns[:, 1].tolist() == np.bincount(twelfth[host & guest], minlength=12).tolist()
    assert turns[:, 3].tolist() == np.bincount(twelfth[counts], minlength=12).tolist()
    assert rings.sum(axis=1).tolist() == turns[:, 3].tolist()
    assert rings[:, 4].sum() == int((counts & ~host & (flat & 8 > 0)).sum())
    assert rings[:, 1:3].sum() == int((counts & host).sum())


def test_machine_code_and_plain_python_agree() -> None:
    bits, matrix, offset = scene(9)
    plain = walls.py_func(bits, matrix, offset, CENTRE, ZS, TURNS)  # type: ignore[attr-defined]  # numba's own
    near, far = walls(bits, matrix, offset, CENTRE, ZS, TURNS)

    np.testing.assert_allclose(near, plain[0])
    np.testing.assert_allclose(far, plain[1])


def test_a_mirrored_world_has_mirrored_parts() -> None:
    bits, matrix, offset = scene(3)
    mirror = np.diag([-1.0, 1.0, 1.0])
    centre = CENTRE * np.array([-1.0, 1.0])

    def tally(turn: NDArray[np.float64], axis: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        own, moved = np.ascontiguousarray(turn @ matrix), turn @ offset
        near, far = walls(bits, own, moved, axis, ZS, TURNS)
        parts, turns, _ = tallied(bits, own, moved, axis, ZS, CUT, near, far)
        return parts, turns

    parts, turns = tally(IDENTITY, CENTRE)
    other_parts, other_turns = tally(mirror, centre)

    assert other_parts[[0, 2, 1, 3]].tolist() == parts.tolist()
    assert other_turns[::-1].tolist() == turns.tolist()
