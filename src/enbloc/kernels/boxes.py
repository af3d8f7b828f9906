"""The smallest box around each label of an array, in one pass."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

WORD = 8  # bytes looked at at once: nearly all of a scan is nothing


def bounds(labels: NDArray[Any], most: int) -> NDArray[np.int64]:
    """First and last index of each label from 0 to ``most`` along the three axes; other labels are passed over.

    ``labels`` are whole numbers, shape (a, b, c). Returns shape (most + 1, 3, 2), the last index included. A label
    that is absent has its first index after its last, as has label 0, which is nothing.
    """
    flat = np.ascontiguousarray(labels).reshape(-1)
    in_words = flat.size * flat.itemsize // WORD * WORD // flat.itemsize
    words = flat[:in_words].view(np.uint64)
    return _bounds(flat, words, labels.shape[1], labels.shape[2], most)


@compiled
def _bounds(flat: NDArray[Any], words: NDArray[np.uint64], nb: int, nc: int, most: int) -> NDArray[np.int64]:
    found = np.empty((most + 1, 3, 2), np.int64)
    found[:, :, 0] = np.iinfo(np.int64).max
    found[:, :, 1] = -1
    each = WORD // flat.itemsize
    for word in range(len(words) + 1):
        if word < len(words) and words[word] == 0:
            continue
        stop = min((word + 1) * each, len(flat)) if word < len(words) else len(flat)
        for at in range(word * each, stop):
            label = int(flat[at])
            if 0 < label <= most:
                place = (at // (nb * nc), at // nc % nb, at % nc)
                for axis in range(3):
                    found[label, axis, 0] = min(found[label, axis, 0], place[axis])
                    found[label, axis, 1] = max(found[label, axis, 1], place[axis])
    return found
