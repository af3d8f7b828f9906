"""A structure grown from a place over what is alike and joined to it: as runs, which nobody has painted yet."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import StructureKind
from enbloc.errors import RecordError
from enbloc.kernels.growing import grown
from enbloc.kernels.overlays import runs_of
from enbloc.web.bench_nouns import GrowWish
from enbloc.web.working.bench.opened import Box, Opened

REACH_MM = 80.0
"""A region is looked for no further from its seed."""
MOST_CC = 500.0


def growth(case: Opened, wish: GrowWish) -> NDArray[np.uint32]:
    """The runs that paint the region.

    A tumour grows through bone, whose label stays under it, and stops at other tumours; anatomy grows where nothing is.

    Raises
    ------
    RecordError
        If the value is no brush, the place lies outside of the image, or not within the grey values.
    """
    low, high = wish.within_hu
    if wish.value not in case.palette.brushes:
        raise RecordError("This value is no structure to grow.", remedy="Choose a structure of the bench.")
    if not (0 < wish.most_cc <= MOST_CC and low <= high):
        raise RecordError("Nothing can grow within these limits.", remedy=f"Give a range, and up to {MOST_CC:g} cc.")
    seed = np.rint(case.grid.indices(np.array([wish.seed_mm], np.float64))[0])
    if not ((seed >= 0) & (seed < np.array(case.grid.shape))).all():
        raise RecordError("This place lies outside of the image.", remedy="Click into the image.")
    box = _around(case, seed)
    first = np.array([part.start for part in box], np.int64)
    a, b, c = (int(number) for number in seed.astype(np.int64) - first)
    most = max(1, math.floor(wish.most_cc / case.grid.voxel_cc))
    values = case.volume.voxels[box]
    found = grown(values, _free(case, wish.value)[case.painted[box]], (low, high), (a, b, c), most)
    if not len(found):
        raise RecordError(
            "The place itself is not within these grey values, or is taken.", remedy="Widen the range, or click beside."
        )
    return _runs(case, found + first, wish.value)


def _around(case: Opened, seed: NDArray[np.float64]) -> Box:
    away = np.ceil(REACH_MM / np.array(case.grid.spacing_mm))
    low = np.maximum(seed - away, 0).astype(int)
    high = np.minimum(seed + away + 1, case.grid.shape).astype(int)
    a, b, c = (slice(int(start), int(stop)) for start, stop in zip(low, high, strict=True))
    return (a, b, c)


def _free(case: Opened, brush: int) -> NDArray[np.bool_]:
    """Of each value, whether the brush may grow over it."""
    palette, mine = case.palette, case.palette.named(brush)
    free = np.zeros(len(palette.held), np.bool_)
    free[[0, brush]] = True
    if mine and mine[0].kind is StructureKind.TUMOUR:
        for value in range(len(palette.held)):
            tumours = [each for each in palette.named(value) if each.kind is StructureKind.TUMOUR]
            free[value] = tumours in ([], [mine[0]])
    return free


def _runs(case: Opened, places: NDArray[np.int64], brush: int) -> NDArray[np.uint32]:
    """Runs of what changes."""
    at = np.sort(np.ravel_multi_index(tuple(places.T), case.grid.shape))
    before = case.painted.reshape(-1)[at].astype(np.int64)
    after = case.palette.over(brush)[before]
    is_other = before != after
    return runs_of(at[is_other].astype(np.int64), after[is_other])
