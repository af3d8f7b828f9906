"""Boxes against those of scipy, whatever the array is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import find_objects

from enbloc.kernels.boxes import bounds


def as_scipy(labels: NDArray[Any], most: int) -> list[list[tuple[int, int]] | None]:
    found: list[Any] = find_objects(np.ascontiguousarray(labels), max_label=most)
    return [None if box is None else [(part.start, part.stop - 1) for part in box] for box in found]


def own(labels: NDArray[Any], most: int) -> list[list[tuple[int, int]] | None]:
    found = bounds(labels, most)[1:].tolist()
    return [None if box[0][1] < 0 else [(first, last) for first, last in box] for box in found]


@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(5, 6, 7), (1, 9, 16), (4, 1, 3), (3, 8, 1), (1, 1, 1)])
def test_boxes_are_those_of_scipy(kind: type[np.generic], shape: tuple[int, int, int]) -> None:
    random = np.random.default_rng(sum(shape))
    for share in (0.02, 0.3, 0.98):
        labels = np.where(random.random(shape) < share, random.integers(0, 9, shape), 0).astype(kind)
        assert own(labels, 8) == as_scipy(labels, 8)


def test_a_view_of_an_array_has_its_own_boxes() -> None:
    whole = np.random.default_rng(1).integers(0, 4, (8, 9, 10)).astype(np.uint8)
    for view in (whole[2:6, ::2, 1:7], whole[::-1], np.moveaxis(whole, 0, 2)):
        assert own(view, 3) == as_scipy(view, 3)


def test_a_label_beyond_the_last_is_passed_over_and_an_absent_one_has_no_box() -> None:
    labels = np.zeros((4, 4, 4), np.uint16)
    labels[1, 2, 3], labels[3, 3, 3] = 1, 500

    assert own(labels, 2) == [[(1, 1), (2, 2), (3, 3)], None]
    assert bounds(np.zeros((0, 3, 3), np.uint8), 1)[1, 0, 1] == -1
