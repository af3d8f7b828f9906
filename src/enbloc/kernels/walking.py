"""Random walks on a grid: how likely a walker from each point reaches one set of fixed points before another.

Grady, "Random walks for image segmentation", IEEE TPAMI 28(11), 2006: the chances solve a sparse symmetric system,
here by conjugate gradients with an incomplete Cholesky factor of no fill-in. Arrays only.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def links(values: Floats, axis: int, weight: float, steepness: float, least: float) -> Floats:
    """How easily a walker steps along one axis: ``weight * exp(-steepness * difference²)``, at least ``least`` of it.

    ``links[a, b, c]`` joins (a, b, c) to the next point along ``axis``; 0 at the end of the grid. Shape of ``values``.
    """
    n0, n1, n2 = values.shape
    out = np.zeros((n0, n1, n2))
    d0, d1, d2 = int(axis == 0), int(axis == 1), int(axis == 2)
    for a in range(n0 - d0):
        for b in range(n1 - d1):
            for c in range(n2 - d2):
                apart = values[a + d0, b + d1, c + d2] - values[a, b, c]
                out[a, b, c] = weight * max(least, np.exp(-steepness * apart * apart))
    return out


@compiled
def chances(
    down: Floats, across: Floats, along: Floats, fixed: NDArray[np.int8], tolerance: float, most: int
) -> tuple[Floats, int]:
    """The chance of reaching a point marked 1 before one marked 2, for a walker from each point; and the steps taken.

    ``fixed`` is 0 where the walker walks. ``tolerance`` is the residual, as a share of the first, at which the
    solution is good enough; after ``most`` steps it is given up (the second value is then ``most``).
    """
    n0, n1, n2 = fixed.shape
    found = np.zeros((n0, n1, n2))
    rest = np.zeros((n0, n1, n2))
    degree = np.zeros((n0, n1, n2))
    for a in range(n0):
        for b in range(n1):
            for c in range(n2):
                total = down[a, b, c] + across[a, b, c] + along[a, b, c]
                total += down[a - 1, b, c] if a else 0.0
                total += across[a, b - 1, c] if b else 0.0
                total += along[a, b, c - 1] if c else 0.0
                degree[a, b, c] = total
                found[a, b, c] = 1.0 if fixed[a, b, c] == 1 else 0.0
    _spread(down, across, along, degree, fixed, found, rest)
    rest *= -1.0
    pivots = _pivots(down, across, along, degree, fixed)
    step = np.zeros((n0, n1, n2))
    _solved(down, across, along, pivots, fixed, rest, step)
    trial = np.zeros((n0, n1, n2))
    good = np.sum(rest * step)
    first = good
    taken = 0
    guess = step.copy()
    while taken < most and good > tolerance * tolerance * first and good > 0.0:
        _spread(down, across, along, degree, fixed, step, trial)
        length = good / np.sum(step * trial)
        found += length * step
        rest -= length * trial
        _solved(down, across, along, pivots, fixed, rest, guess)
        better = np.sum(rest * guess)
        step *= better / good
        step += guess
        good = better
        taken += 1
    return found, taken


@compiled
def _spread(
    down: Floats, across: Floats, along: Floats, degree: Floats, fixed: NDArray[np.int8], given: Floats, out: Floats
) -> None:
    """``out`` = (degree minus links) of ``given`` at the free points, 0 elsewhere."""
    n0, n1, n2 = fixed.shape
    for a in range(n0):
        for b in range(n1):
            for c in range(n2):
                if fixed[a, b, c]:
                    out[a, b, c] = 0.0
                    continue
                total = degree[a, b, c] * given[a, b, c]
                if a:
                    total -= down[a - 1, b, c] * given[a - 1, b, c]
                if b:
                    total -= across[a, b - 1, c] * given[a, b - 1, c]
                if c:
                    total -= along[a, b, c - 1] * given[a, b, c - 1]
                if a + 1 < n0:
                    total -= down[a, b, c] * given[a + 1, b, c]
                if b + 1 < n1:
                    total -= across[a, b, c] * given[a, b + 1, c]
                if c + 1 < n2:
                    total -= along[a, b, c] * given[a, b, c + 1]
                out[a, b, c] = total


@compiled
def _pivots(down: Floats, across: Floats, along: Floats, degree: Floats, fixed: NDArray[np.int8]) -> Floats:
    """One over the pivots of the incomplete factor, 0 at fixed points."""
    n0, n1, n2 = fixed.shape
    out = np.zeros((n0, n1, n2))
    for a in range(n0):
        for b in range(n1):
            for c in range(n2):
                if fixed[a, b, c]:
                    continue
                pivot = degree[a, b, c]
                if a:
                    pivot -= down[a - 1, b, c] ** 2 * out[a - 1, b, c]
                if b:
                    pivot -= across[a, b - 1, c] ** 2 * out[a, b - 1, c]
                if c:
                    pivot -= along[a, b, c - 1] ** 2 * out[a, b, c - 1]
                out[a, b, c] = 1.0 / pivot if pivot > 1e-12 * degree[a, b, c] else 1.0 / degree[a, b, c]
    return out


@compiled
def _solved(
    down: Floats, across: Floats, along: Floats, pivots: Floats, fixed: NDArray[np.int8], given: Floats, out: Floats
) -> None:
    """``out`` = the incomplete factor undone on ``given``: forwards, then backwards."""
    n0, n1, n2 = fixed.shape
    for a in range(n0):
        for b in range(n1):
            for c in range(n2):
                total = given[a, b, c]
                if a:
                    total += down[a - 1, b, c] * out[a - 1, b, c]
                if b:
                    total += across[a, b - 1, c] * out[a, b - 1, c]
                if c:
                    total += along[a, b, c - 1] * out[a, b, c - 1]
                out[a, b, c] = total * pivots[a, b, c]
    for a in range(n0 - 1, -1, -1):
        for b in range(n1 - 1, -1, -1):
            for c in range(n2 - 1, -1, -1):
                total = 0.0
                if a + 1 < n0:
                    total += down[a, b, c] * out[a + 1, b, c]
                if b + 1 < n1:
                    total += across[a, b, c] * out[a, b + 1, c]
                if c + 1 < n2:
                    total += along[a, b, c] * out[a, b, c + 1]
                out[a, b, c] += total * pivots[a, b, c]
