"""Amounts by part, wedge, ring and zone against plain numpy, and against what cannot depend on the voxels."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.kernels import regions
from enbloc.kernels.regions import (
    AMOUNTS,
    GAINED,
    GUEST,
    HOST,
    LOST,
    OTHER,
    TAKEN,
    Scene,
    counted,
    crossings,
    hosted,
    tallied,
)

Floats = NDArray[np.float64]
CUTS = np.array([-1.6, 1.7, 4.2, 2.4, 2.5])
ZS = np.arange(-4.0, 4.1, 2.0)
TURNS = 24
PARTS = 3


def scene(seed: int = 0, mirrored: bool = False) -> Scene:
    """Random voxels in a turned and stretched frame whose origin lies in the middle of the array."""
    random = np.random.default_rng(seed)
    bits = random.choice([0, 1, 1, 1, 2, 3, 6, 7, 9], size=(9, 10, 11)).astype(np.uint8)
    codes = random.choice([0, 0, 1, 2, 3], size=bits.shape).astype(np.uint8)
    turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
    matrix = np.ascontiguousarray(turn * np.array([0.9, 1.1, 1.3]))
    offset = -matrix @ (np.array(bits.shape) / 2.0) + np.array([0.3, -0.2, 0.0])
    if mirrored:
        matrix, offset = np.diag([-1.0, 1.0, 1.0]) @ matrix, np.diag([-1.0, 1.0, 1.0]) @ offset
    near, far = regions.walls(codes, matrix, offset, ZS, TURNS)
    return Scene(bits, codes, matrix, offset, ZS, near, far, CUTS, np.array([1.0, 1.1]))


def amounts(made: Scene, parts: int = PARTS) -> tuple[Floats, Floats]:
    """Host and guest together."""
    (bone, around), (guest, beside) = hosted(made, parts), tallied(made, parts)
    return bone + guest, around + beside


def faces(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many neighbours of each voxel are not in the mask."""
    wide = np.pad(mask, 1)
    return sum((~np.roll(wide, step, axis))[1:-1, 1:-1, 1:-1].astype(np.int64) for axis in range(3) for step in (-1, 1))  # type: ignore[return-value]  # a sum of arrays


@pytest.mark.parametrize("seed", range(4))
def test_faces_are_those_that_differ_from_the_neighbour(seed: int) -> None:
    mask = np.random.default_rng(seed).random((5, 6, 7)) > 0.4
    assert counted(mask.astype(np.uint8)) == (int(mask.sum()), int(faces(mask)[mask].sum()))


@pytest.mark.parametrize("seed", range(4))
def test_every_voxel_is_divided_and_none_is_lost(seed: int) -> None:
    made = scene(seed)
    table, zones = amounts(made)

    z = (np.indices(made.bits.shape).reshape(3, -1).T @ made.matrix.T + made.offset)[:, 2].reshape(made.bits.shape)
    host, guest = made.codes > 0, made.bits & GUEST > 0
    counts = host | ((made.bits & OTHER == 0) & (z >= ZS[0]) & (z < ZS[-1]))
    for part in range(PARTS + 1):
        own = counts & (made.codes == part)
        assert table[part, :, :, HOST].sum() == pytest.approx((own & host).sum())
        assert table[part, :, :, TAKEN].sum() == pytest.approx((own & guest).sum())
        assert table[part, :, :, LOST].sum() == pytest.approx(faces(guest)[own & guest].sum())
        # A voxel gains by each neighbour that is guest; none lie beyond the array.
        gained = 6 - faces(guest)
        assert table[part, :, :, GAINED].sum() == pytest.approx(gained[own & ~guest].sum())
    in_host = zones[: regions.REST + 1]
    assert in_host.sum(axis=0) == pytest.approx(table[1:].sum(axis=(0, 1, 2)))


@pytest.mark.parametrize("seed", range(4))
def test_zones_are_those_of_plain_numpy(seed: int) -> None:
    made = scene(seed)
    _, zones = amounts(made)

    x, y, z = (np.indices(made.bits.shape).reshape(3, -1).T @ made.matrix.T + made.offset).T
    code, guest = made.codes.ravel(), made.bits.ravel() & GUEST > 0
    beside = (y >= CUTS[0]) & (np.abs(x) > CUTS[1]) & (np.abs(x) <= CUTS[2])
    loose = (code == 0) & beside & (y <= CUTS[3]) & (z >= ZS[0]) & (z < ZS[-1])
    loose &= made.bits.ravel() & OTHER == 0
    expected = {
        regions.FRONT: (code > 0) & (y < CUTS[0]),
        regions.REST: (code > 0) & (y >= CUTS[0]),
        regions.PLUS_GAP: loose & (x > 0),
        regions.MINUS_GAP: loose & (x <= 0),
    }
    for zone, mask in expected.items():
        assert zones[zone, TAKEN] == (mask & guest).sum()
        assert zones[zone, HOST] == (mask & (code > 0)).sum()


def test_a_wedge_takes_its_voxels_and_half_of_those_on_its_border() -> None:
    """A disc cut into twelve: each wedge holds a twelfth, to far less than a row of voxels."""
    size = 81
    bits = np.zeros((1, size, size), np.uint8)
    b, c = np.indices((size, size)) - size // 2
    bits[0] = b * b + c * c <= 38.0**2
    matrix = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    offset = np.array([-size // 2 + 1.0, -size // 2 + 1.0, 0.0])
    zs = np.array([-1.0, 1.0, 3.0])
    near, far = regions.walls(bits, matrix, offset, zs, TURNS)
    made = Scene(bits, bits, matrix, offset, zs, near, far, CUTS, np.ones(2))
    table, _ = amounts(made, 1)

    whole = float(bits.sum())
    assert table[1, :, :, TAKEN].sum(axis=1) == pytest.approx(np.full(12, whole / 12.0), rel=2e-3)


def test_an_amount_does_not_leap_when_a_border_moves_past_a_row_of_voxels() -> None:
    """A cube beside the midline is shifted in tenths of a voxel: the wedge that loses it does so evenly."""
    bits = np.zeros((9, 30, 30), np.uint8)
    bits[2:7, 20:26, 13:18] = 1
    matrix = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    zs = np.array([-6.0, 0.0, 6.0])
    left = []
    for shift in np.arange(0.0, 1.0, 0.1):
        offset = np.array([-15.0 - shift, -2.0, -4.0])
        near, far = regions.walls(bits, matrix, offset, zs, TURNS)
        table, _ = tallied(Scene(bits, bits, matrix, offset, zs, near, far, CUTS, np.ones(2)), 1)
        left.append(float(table[1, 0, :, TAKEN].sum()))
    steps = -np.diff(left)
    assert steps == pytest.approx(np.full(9, 0.1 * 5 * 6), abs=0.1)


@pytest.mark.parametrize("seed", range(6))
def test_a_ball_across_a_border_has_its_true_share_on_either_side(seed: int) -> None:
    """Counted whole, its voxels would be up to five points off; so would they be if smoothed with their neighbours."""
    random = np.random.default_rng(seed)
    matrix = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    offset = np.array([-15.0, -30.0, -15.0]) + random.uniform(-0.5, 0.5, 3)
    middle, radius = random.uniform(-3.0, 3.0), 8.0
    x, y, z = (np.indices((31, 31, 31)).reshape(3, -1).T @ matrix.T + offset).T
    ball = ((x - middle) ** 2 + (y + 15.0) ** 2 + z**2 <= radius**2).reshape(31, 31, 31).astype(np.uint8)
    zs = np.array([-20.0, 0.0, 20.0])
    near, far = regions.walls(ball, matrix, offset, zs, TURNS)
    table, _ = tallied(Scene(ball, ball, matrix, offset, zs, near, far, CUTS, np.ones(2)), 1)

    taken = table[1, :, :, TAKEN].sum(axis=1)
    cap = radius + middle  # of the ball beyond the border, at x = 0
    truth = cap**2 * (3.0 * radius - cap) / (4.0 * radius**3)
    assert 100.0 * taken[:6].sum() / taken.sum() == pytest.approx(100.0 * truth, abs=0.6)


def test_machine_code_and_plain_python_agree() -> None:
    made = scene(9)
    near, far = regions.walls.py_func(made.codes, made.matrix, made.offset, ZS, TURNS)  # type: ignore[attr-defined]  # numba's own
    np.testing.assert_allclose(made.near, near)
    np.testing.assert_allclose(made.far, far)
    for kernel in (hosted, tallied):
        plain = kernel.py_func(made, PARTS)  # type: ignore[attr-defined]  # numba's own
        for one, other in zip(kernel(made, PARTS), plain, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-9)


def test_a_mirrored_world_has_mirrored_amounts() -> None:
    table, zones = amounts(scene(3))
    other, beyond = amounts(scene(3, mirrored=True))

    np.testing.assert_allclose(other[:, ::-1], table, atol=1e-9)
    np.testing.assert_allclose(beyond[[0, 1, 3, 2]], zones)
    assert table.shape == (PARTS + 1, 12, 5, AMOUNTS)


def test_what_crosses_the_wall_is_as_wide_as_its_faces() -> None:
    made = scene(5)
    bits = np.zeros((6, 6, 6), np.uint8)
    codes = np.zeros_like(bits)
    codes[:3] = 2
    bits[1:5, 1:4, 1:3] = GUEST
    bits[3, 1, 1] = GUEST | OTHER
    found, places = crossings(made._replace(bits=bits, codes=codes), np.array([2.0, 30.0, 400.0]), PARTS)

    assert found[2].sum() == 2.0 * 5  # of the six faces between bone and none, one leads into another host
    assert found.sum() == found[2].sum()
    place = places[2].sum(axis=0) / found[2].sum()
    columns = [(3.0, b, c) for b in (1.0, 2.0, 3.0) for c in (1.0, 2.0) if (b, c) != (1.0, 1.0)]
    assert place == pytest.approx(made.matrix @ np.mean(columns, axis=0) + made.offset)
