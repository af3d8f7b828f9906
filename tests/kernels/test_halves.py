"""What lies before planes that end, against plain numpy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from enbloc.kernels import halves
from enbloc.kernels.halves import Bytes, Floats, Ints

HAIR = 1e-9


def planes(random: np.random.Generator, count: int) -> Floats:
    normals = random.normal(size=(count, 3))
    return np.column_stack([normals / np.linalg.norm(normals, axis=1)[:, None], random.uniform(-5, 5, (count, 3))])


def plain(points: Floats, limits: Floats, cuts: Floats, faces: Floats, domains: Floats, first: Ints) -> Bytes:
    def far(plane: Floats) -> Floats:
        return np.asarray((points - plane[3:]) @ plane[:3])

    held = np.ones((faces.shape[1], len(points)), bool)
    for limit in limits:
        held &= far(limit) >= -HAIR
    for at, cut in enumerate(cuts):
        runs = np.ones(len(points), bool)
        for domain in domains[first[at] : first[at + 1]]:
            runs &= far(domain) >= -HAIR
        held &= (far(cut) <= faces[at][:, None]) | ~runs
    return held.astype(np.uint8)


@pytest.mark.parametrize("seed", range(8))
def test_points_lie_before_planes_as_numpy_has_it(seed: int) -> None:
    random = np.random.default_rng(seed)
    points, cuts = random.uniform(-10.0, 10.0, (4000, 3)), planes(random, 3)
    limits, domains = planes(random, seed % 3), planes(random, 3)
    first, faces = np.array([0, 2, 2, 3]), random.uniform(-2.0, 6.0, (3, 4))
    found = halves.before(points, limits, cuts, faces, domains, first, HAIR)
    expected = plain(points, limits, cuts, faces, domains, first)
    assert 0 < expected.sum() < expected.size
    np.testing.assert_array_equal(found, expected)
    kernel: Any = halves.before
    few = kernel.py_func(points[:50], limits, cuts, faces, domains, first, HAIR)
    np.testing.assert_array_equal(few, expected[:, :50])
