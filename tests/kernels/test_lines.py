"""Ways out along straight lines against plain numpy, for random bars, prices and directions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.kernels import lines

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Scene = tuple[Bytes, Bytes, Ints, Ints, NDArray[np.float64]]


def made(seed: int) -> Scene:
    random = np.random.default_rng(seed)
    shape = tuple(random.integers(4, 14, 3))
    bars = (random.random(shape) < random.uniform(0.0, 0.2)) * random.integers(1, 5, shape)
    dear = (random.random(shape) < 0.3).astype(np.uint8)
    unit = random.normal(size=(int(random.integers(1, 9)), 3))
    longest = np.abs(unit).max(axis=1)
    count = np.arange(1, int(random.integers(1, 12)) + 1)
    steps = np.rint(count[None, :, None] * (unit / longest[:, None])[:, None]).astype(np.int64)
    starts = np.argwhere(random.random(shape) < 0.3)
    lengths = np.linalg.norm(unit, axis=1) / longest
    return bars.astype(np.uint8), dear, starts.astype(np.int64), steps, lengths


def walked(bars: Bytes, dear: Bytes, start: Ints, way: Ints) -> tuple[int, int, int]:
    """How much is dear on a line, at which step it is barred (0: never), and by what."""
    places = start + way
    outside = ((places < 0) | (places >= bars.shape)).any(axis=1)
    inside = places[: int(np.argmax(outside)) if outside.any() else len(places)]
    met = bars[tuple(inside.T)]
    first = int(np.argmax(met > 0)) if (met > 0).any() else -1
    return int(dear[tuple(inside.T)].sum()), first + 1, int(met[first]) if first >= 0 else 0


@pytest.mark.parametrize("seed", range(30))
def test_ways_are_those_that_plain_numpy_finds(seed: int) -> None:
    bars, dear, starts, steps, lengths = made(seed)
    chosen, price, met = lines.ways_out(bars, dear, starts, steps, lengths)
    for at, start in enumerate(starts):
        own = int(bars[tuple(start)])
        rows = [walked(bars, dear, start, way) for way in steps]
        free = [paid * length for (paid, _, bar), length in zip(rows, lengths, strict=True) if not bar]
        if own or not free:
            near = min(((step * long, bar) for (_, step, bar), long in zip(rows, lengths, strict=True)), default=(0, 0))
            assert (chosen[at], price[at]) == (-1, math.inf)
            assert met[at] == (own or near[1])
        else:
            assert met[at] == 0
            assert price[at] == pytest.approx(min(free))
            paid, _, bar = rows[chosen[at]]
            assert bar == 0
            assert paid * lengths[chosen[at]] == pytest.approx(min(free))


@pytest.mark.parametrize("seed", range(10))
def test_what_is_passed_lies_on_the_chosen_lines(seed: int) -> None:
    bars, dear, starts, steps, lengths = made(seed)
    chosen, _, _ = lines.ways_out(bars, dear, starts, steps, lengths)
    expected = np.zeros_like(dear)
    for start, way in zip(starts, chosen, strict=True):
        for place in start + steps[way] if way >= 0 else ():
            if not ((place >= 0) & (place < dear.shape)).all():
                break
            expected[tuple(place)] = dear[tuple(place)]
    np.testing.assert_array_equal(lines.passed(dear, starts, chosen, steps), expected)


def test_of_equal_ways_the_first_counts() -> None:
    free = np.zeros((5, 5, 5), np.uint8)
    steps = np.array([[[0, 0, 1], [0, 0, 2]], [[0, 1, 0], [0, 2, 0]]])
    chosen, price, _ = lines.ways_out(free, free, np.array([[2, 2, 2]]), steps, np.ones(2))
    assert (chosen[0], price[0]) == (0, 0.0)
