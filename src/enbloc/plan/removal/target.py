"""The tumour as cells to be reached: how much of it each holds, and where in which vertebra it lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import SECTORS, Level, Sector
from enbloc.case.finding import Interval
from enbloc.measure.spine.column import Column
from enbloc.measure.tumour.mass import Tumour, enclosed
from enbloc.measure.tumour.tallies import reach, shift_of
from enbloc.plan.readings import Readings
from enbloc.plan.removal.room import Room
from enbloc.plan.volume import Volume

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, kw_only=True)
class Target:
    """The cells that hold tumour, or would if its surface lay further out: ``cells``, shape (n, 3).

    ``cc`` is how much each holds, ``least`` and ``most`` what that becomes when the surface of the tumour moves.
    ``places`` names the level and the sector of each by its number among ``names``.
    """

    cells: Ints
    cc: Floats
    least: Floats
    most: Floats
    is_left: Bools
    places: Ints
    names: tuple[tuple[Level, Sector], ...]

    def share(self, which: Readings) -> Volume:
        """How much tumour some of the cells hold."""
        now, low = float(self.cc[which.now].sum()), float(self.least[which.least].sum())
        high = float(self.most[which.most].sum())
        return Volume(cc=now, interval=Interval(low=min(low, now), high=max(high, now)))


def target_of(room: Room, mass: Tumour, column: Column) -> Target:
    """The tumour in the cells of a room."""
    shift = shift_of(mass, mass.grid)
    outer = beside_mm(mass)
    cells = room.cells(np.concatenate([mass.points_mm, outer]))
    flat = np.ravel_multi_index(tuple(cells.T), room.shape)
    kept, at = np.unique(flat, return_inverse=True)
    each = mass.grid.voxel_cc
    count, beyond = len(mass.points_mm), len(outer)
    inner = np.where(mass.is_core, 1.0, max(0.0, 1.0 - shift))
    weights = [np.ones(count), inner, np.ones(count)]
    rest = [np.zeros(beyond), np.zeros(beyond), np.full(beyond, min(1.0, shift))]
    now, least, most = (
        np.asarray(np.bincount(at, weights=np.concatenate(pair), minlength=len(kept)) * each, dtype=np.float64)
        for pair in zip(weights, rest, strict=True)
    )
    found = np.stack(np.unravel_index(kept, room.shape), axis=1).astype(np.int64)
    places, names = _places(room.centres_mm(found), column)
    is_left = found[:, 0] + room.low[0] >= 0  # which of two equal ways is taken: that of its own side
    return Target(cells=found, cc=now, least=least, most=most, is_left=is_left, places=places, names=names)


def beside_mm(mass: Tumour) -> Floats:
    """The centres of the voxels that share a face with the tumour, shape (n, 3), patient LPS."""
    wide = np.pad(mass.mask, 2)
    outside = (wide == 0).astype(np.uint8)
    touching = (outside > 0) & ~_away(outside)
    return mass.grid.points_mm(np.argwhere(touching) - 2)


def _away(outside: NDArray[np.uint8]) -> Bools:
    """Which voxels of the outside have nothing but the outside on all six sides; those on the edge of the array do."""
    return enclosed(np.pad(outside, 1, constant_values=1))[1:-1, 1:-1, 1:-1]


def _places(points_mm: Floats, column: Column) -> tuple[Ints, tuple[tuple[Level, Sector], ...]]:
    """The vertebra at whose height each point lies, or the nearest, and its sector there."""
    spine = column.spine
    nearest = np.full(len(points_mm), np.inf)
    number = np.zeros(len(points_mm), np.int64)
    names = tuple((level, sector) for level in spine for sector in SECTORS)
    for rank, one in enumerate(spine.values()):
        own = one.inside(points_mm)
        low, high = reach(one, spine)
        off = np.maximum(0.0, np.maximum(low - own[:, 2], own[:, 2] - high))
        turn = np.arctan2(own[:, 0] - one.hole_mm[0], own[:, 1] - one.hole_mm[1]) / (2.0 * np.pi)
        wedge = np.floor(turn * len(SECTORS)).astype(np.int64) % len(SECTORS)
        nearer = off < nearest
        number[nearer] = rank * len(SECTORS) + wedge[nearer]
        nearest = np.minimum(nearest, off)
    return number, names
