"""Chances of a random walk against a dense solution of the same equations, and against what can be counted."""

from __future__ import annotations

import numpy as np
import pytest

from enbloc.kernels.walking import Floats, chances, links


def _dense(steps: list[Floats], fixed: np.ndarray) -> Floats:
    """The same equations, written out and solved at once."""
    shape, count = fixed.shape, fixed.size
    number = np.arange(count).reshape(shape)
    matrix = np.zeros((count, count))
    for axis, step in enumerate(steps):
        here = np.moveaxis(number, axis, 0)[:-1].ravel()
        there = np.moveaxis(number, axis, 0)[1:].ravel()
        ease = np.moveaxis(step, axis, 0)[:-1].ravel()
        matrix[here, there] -= ease
        matrix[there, here] -= ease
    matrix[np.arange(count), np.arange(count)] = -matrix.sum(axis=1)
    free = (fixed == 0).ravel()
    found = (fixed == 1).ravel().astype(float)
    found[free] = np.linalg.solve(matrix[np.ix_(free, free)], -matrix[np.ix_(free, ~free)] @ found[~free])
    return np.asarray(found.reshape(shape), dtype=np.float64)


def _marked(shape: tuple[int, int, int]) -> np.ndarray:
    fixed = np.zeros(shape, dtype=np.int8)
    fixed[0], fixed[-1] = 2, 2
    fixed[tuple(size // 2 for size in shape)] = 1
    return fixed


@pytest.mark.parametrize("shape", [(5, 6, 7), (3, 1, 9), (4, 8, 3)])
def test_the_chances_solve_the_equations(shape: tuple[int, int, int]) -> None:
    values = np.random.default_rng(1).random(shape)
    steps = [links(values, axis, 0.5 + axis, 20.0, 1e-6) for axis in range(3)]

    found, taken = chances(steps[0], steps[1], steps[2], _marked(shape), 1e-10, 500)

    assert taken < 500
    np.testing.assert_allclose(found, _dense(steps, _marked(shape)), atol=1e-6)


def test_on_a_line_the_chance_falls_evenly() -> None:
    even = np.ones((11, 1, 1))
    steps = [links(0.0 * even, axis, 1.0, 1.0, 1e-6) for axis in range(3)]
    fixed = np.zeros((11, 1, 1), dtype=np.int8)
    fixed[0], fixed[-1] = 1, 2

    found, _ = chances(steps[0], steps[1], steps[2], fixed, 1e-12, 100)

    np.testing.assert_allclose(found[:, 0, 0], np.linspace(1.0, 0.0, 11), atol=1e-9)


def test_no_step_leads_off_the_grid_and_none_is_closed() -> None:
    values = np.zeros((3, 3, 3))
    values[1] = 1e3

    ease = links(values, 0, 2.0, 1.0, 1e-6)

    assert (ease[2] == 0).all()
    np.testing.assert_allclose(ease[:2], 2e-6)


def test_it_is_said_when_the_steps_run_out() -> None:
    values = np.random.default_rng(2).random((9, 9, 9))
    steps = [links(values, axis, 1.0, 50.0, 1e-6) for axis in range(3)]

    assert chances(steps[0], steps[1], steps[2], _marked((9, 9, 9)), 1e-12, 3)[1] == 3
