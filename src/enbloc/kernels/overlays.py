"""Several label arrays on one grid as a single one: each voxel gets the number of what lies there together."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.boxes import WORD
from enbloc.kernels.compiled import compiled


def pairs(first: NDArray[Any], second: NDArray[Any], many: tuple[int, int]) -> NDArray[np.bool_]:
    """Which labels of two arrays of one shape lie in one voxel; shape ``many``, beyond both of their highest labels."""
    found = np.zeros(many, np.bool_)
    _marked(first.reshape(-1), *_in_words(second), found)
    return found


def overlaid(first: NDArray[Any], second: NDArray[Any], table: NDArray[Any]) -> None:
    """Replace each voxel of ``first`` by ``table[first, second]``; where both are 0 it stays so.

    ``first`` is changed in its place. ``table[n, 0]`` is ``n``: a voxel without a second label is passed over.
    """
    _replaced(first.reshape(-1), *_in_words(second), table)


def _in_words(labels: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.uint64]]:
    flat = np.ascontiguousarray(labels).reshape(-1)
    in_words = flat.size * flat.itemsize // WORD * WORD // flat.itemsize
    return flat, flat[:in_words].view(np.uint64)


@compiled
def _marked(first: NDArray[Any], flat: NDArray[Any], words: NDArray[np.uint64], found: NDArray[np.bool_]) -> None:
    each = WORD // flat.itemsize
    for word in range(len(words) + 1):
        if word < len(words) and words[word] == 0:
            continue
        stop = min((word + 1) * each, len(flat)) if word < len(words) else len(flat)
        for at in range(word * each, stop):
            if flat[at] != 0:
                found[first[at], flat[at]] = True


@compiled
def _replaced(first: NDArray[Any], flat: NDArray[Any], words: NDArray[np.uint64], table: NDArray[Any]) -> None:
    each = WORD // flat.itemsize
    for word in range(len(words) + 1):
        if word < len(words) and words[word] == 0:
            continue
        stop = min((word + 1) * each, len(flat)) if word < len(words) else len(flat)
        for at in range(word * each, stop):
            if flat[at] != 0:
                first[at] = table[first[at], flat[at]]


@compiled
def runs_of(indices: NDArray[np.int64], values: NDArray[np.int64]) -> NDArray[np.uint32]:
    """Runs of one value over neighbours in ascending ``indices``: rows of start, length and value."""
    found = np.empty((len(indices), 3), np.uint32)
    count = 0
    for at in range(len(indices)):
        follows = at > 0 and indices[at] == indices[at - 1] + 1 and values[at] == values[at - 1]
        if follows:
            found[count - 1, 1] += 1
        else:
            found[count, 0], found[count, 1], found[count, 2] = indices[at], 1, values[at]
            count += 1
    return found[:count].copy()


@compiled
def painted(flat: NDArray[Any], runs: NDArray[np.int64], before: NDArray[Any]) -> int:
    """Set runs (rows of start, length and value) in ``flat``, one after another; how many voxels they cover together.

    ``before`` is as long as all of them, and gets what lay there; where runs overlap, what the earlier one left.
    """
    count = 0
    for row in range(len(runs)):
        for at in range(runs[row, 0], runs[row, 0] + runs[row, 1]):
            before[count] = flat[at]
            flat[at] = runs[row, 2]
            count += 1
    return count


@compiled
def covered(runs: NDArray[np.int64], total: int) -> NDArray[np.int64]:
    """The indices that runs cover, in their order; ``total`` is how many."""
    found = np.empty(total, np.int64)
    count = 0
    for row in range(len(runs)):
        for at in range(runs[row, 0], runs[row, 0] + runs[row, 1]):
            found[count] = at
            count += 1
    return found
