"""Voxels of bone laid out in rows, so that kernels can count them on either side of planes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import Grid
from enbloc.kernels import planes

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Ints = NDArray[np.int32]


@dataclass(frozen=True, eq=False, kw_only=True)
class Rows:
    """Voxels with whole weights, ready to be counted on either side of planes (``kernels.planes``)."""

    sums: NDArray[np.int32]
    starts: Floats
    step: Floats

    @cached_property
    def total(self) -> int:
        return int(self.sums[:, -1].sum())

    def beyond(self, normals: Floats, offsets: Floats) -> NDArray[np.int64]:
        """The weight beyond each plane, ``normal . x > offset``; (m, 3) and (m,) to (m,)."""
        return planes.beyond(self.sums, self.starts, self.step, normals, offsets)

    def within(self, normals: Floats, offsets: Floats) -> NDArray[np.int64]:
        """The weight inside each intersection of half-spaces, ``normal . x <= offset``; (n, m, 3), (n, m) to (n,)."""
        return planes.within(self.sums, self.starts, self.step, normals, offsets)


def rows_of(weights: NDArray[np.uint8], grid: Grid) -> Rows:
    """The rows of voxels with a weight."""
    sums, starts, step = planes.in_rows(weights, grid.affine)
    return Rows(sums=sums, starts=starts, step=step)


@dataclass(frozen=True, eq=False, kw_only=True)
class Lines:
    """Where each voxel of a set stands: in which row, ``row``, and as which of it, ``along``, shape (n,) each.

    They are laid out once, and weighed as often as is wanted.
    """

    row: Ints
    along: Ints
    width: int
    starts: Floats
    step: Floats

    def weighing(self, weights: NDArray[Any]) -> Rows:
        """The rows when the voxels weigh so much, whole numbers, shape (n,); those that weigh nothing are left out."""
        sums = np.zeros((self.starts.shape[1], self.width + 1), np.int32)
        sums[self.row, self.along + 1] = weights
        np.cumsum(sums, axis=1, out=sums)
        held = sums[:, -1] > 0
        if held.all():
            return Rows(sums=sums, starts=self.starts, step=self.step)
        return Rows(sums=sums[held], starts=np.ascontiguousarray(self.starts[:, held]), step=self.step)

    def inside(self, normals: Floats, offsets: Floats) -> Mask:
        """Which of the voxels lie in all of the half-spaces, ``normal . x <= offset``; (m, 3), (m,) to (n,)."""
        low, high = planes.spans(self.starts, self.step, self.width, normals, offsets)
        return np.asarray((self.along >= low[self.row]) & (self.along < high[self.row]))


def lines_of(indices: NDArray[np.int64], affine: Floats) -> Lines:
    """The lines of the voxels with these ``indices``, shape (n, 3), in the order of memory; as few as any axis has."""
    shape = indices.max(axis=0, initial=0) + 1
    pairs = [(1, 2), (0, 2), (0, 1)]
    keys = [indices[:, first] * shape[second] + indices[:, second] for first, second in pairs]
    flags = [_flags(key, int(shape[first] * shape[second])) for key, (first, second) in zip(keys, pairs, strict=True)]
    axis = int(np.argmin([flag.sum() for flag in flags]))
    found = np.flatnonzero(flags[axis])
    number = np.cumsum(flags[axis]) - 1
    row, place = number[keys[axis]].astype(np.int32), indices[:, axis]
    first = np.zeros(len(found), np.int64)
    first[row[::-1]] = place[::-1]  # of one row those with the lowest index come first, and are written last
    ends = np.zeros((len(found), 3))
    ends[:, list(pairs[axis])] = np.stack(np.divmod(found, shape[pairs[axis][1]]), axis=1)
    ends[:, axis] = first
    along = (place - first[row]).astype(np.int32)
    return Lines(
        row=row,
        along=along,
        width=int(along.max(initial=-1)) + 1,
        starts=np.ascontiguousarray((ends @ affine[:3, :3].T + affine[:3, 3]).T),
        step=affine[:3, axis].astype(np.float64),
    )


def _flags(keys: NDArray[np.int64], size: int) -> Mask:
    flags = np.zeros(size, bool)
    flags[keys] = True
    return flags
