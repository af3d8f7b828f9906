"""At which level a place lies, and in which direction from the middle of the sac."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.decompression.decompression import Direction
from enbloc.plan.decompression.parameters import HEIGHT_STEP

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
DIRECTIONS = tuple(Direction)
CUBE_MM = 2.0  # speed alone


@dataclass(frozen=True, eq=False, kw_only=True)
class Middle:
    """The middle of the sac, slab by slab in the frame of one vertebra: ``x`` and ``y`` at heights ``z``, ascending."""

    z: Floats
    x: Floats
    y: Floats


@dataclass(frozen=True, eq=False, kw_only=True)
class Places:
    """The column beside a sac: which level each place belongs to, and where it lies to the sac's middle there.

    ``sac_mm`` and ``tumour_mm`` are the centres of the voxels of sac and tumour.
    """

    column: Column
    sac_mm: Floats
    tumour_mm: Floats
    _known: dict[Level, Middle] = field(default_factory=dict, init=False, repr=False)

    def stations(self, points_mm: Floats) -> Floats:
        """Heights along the column; along the one vertebra that has a frame where there is no curve.

        The way along the curve is looked for once in each small cube; within it places go on straight.
        """
        curve = self.column.curve
        if curve is None:
            return np.asarray(next(iter(self.column.spine.values())).inside(points_mm)[:, 2], dtype=np.float64)
        cubes = np.round(points_mm / CUBE_MM).astype(np.int64)
        keys = (cubes - cubes.min(axis=0)) @ np.array([1 << 40, 1 << 20, 1])
        _, first, which = np.unique(keys, return_index=True, return_inverse=True)
        centres = CUBE_MM * cubes[first].astype(np.float64)
        found = curve.stations(centres)
        heads = curve.axes[np.abs(curve.stations_mm[:, None] - found).argmin(axis=0), 2]
        return np.asarray(found[which] + ((points_mm - centres[which]) * heads[which]).sum(axis=1))

    @cached_property
    def tumour_stations(self) -> Floats:
        """The heights of the tumour's voxels."""
        return self.stations(self.tumour_mm)

    @cached_property
    def tumour_levels(self) -> Ints:
        """The index in the column's levels of the vertebra beside each voxel of the tumour."""
        ends = 0.5 * (self._middles[1:] + self._middles[:-1])
        return np.asarray((self.tumour_stations[:, None] < ends[None, :]).sum(axis=1), dtype=np.intp)

    @cached_property
    def _middles(self) -> Floats:
        """The heights of all labelled vertebrae, head to foot: of the body where there is a frame, or else of all."""
        spine, column = self.column.spine, self.column
        centres = [spine[one].origin if one in spine else column.crop(one).centroid for one in column.levels]
        return self.stations(np.array(centres))

    def frame(self, level: Level) -> Vertebra:
        """The vertebra of a level, or the nearest one that has a frame."""
        order = self.column.levels
        return self.column.spine[min(self.column.spine, key=lambda one: abs(order.index(one) - order.index(level)))]

    def middle(self, level: Level) -> Middle:
        """The middle of the sac beside a level."""
        if level not in self._known:
            self._known[level] = _middle(self.frame(level).inside(self.sac_mm))
        return self._known[level]

    def offsets(self, points_mm: Floats, level: Level) -> Floats:
        """Places in the frame of a level, left and back counted from the middle of the sac at their height."""
        own, middle = self.frame(level).inside(points_mm), self.middle(level)
        own[:, 0] -= np.interp(own[:, 2], middle.z, middle.x)
        own[:, 1] -= np.interp(own[:, 2], middle.z, middle.y)
        return own

    def directions(self, points_mm: Floats, levels: Ints) -> Ints:
        """The index in `DIRECTIONS` of the quarter that each place lies in; a place between two lies in front."""
        found = np.zeros(len(points_mm), np.intp)
        for at in np.unique(levels):
            here = levels == at
            x, y = self.offsets(points_mm[here], self.column.levels[int(at)])[:, :2].T
            found[here] = quarters(x, y)
        return found


def quarters(x: Floats, y: Floats) -> Ints:
    """The index in `DIRECTIONS` of places left and back of the middle of the sac; on a border it is front or behind.

    Examples
    --------
    >>> [DIRECTIONS[at].value for at in quarters(np.array([0.0, 3.0, -3.0, 1.0]), np.array([-2.0, 1.0, 0.0, 1.0]))]
    ['in front', 'left', 'right', 'behind']
    """
    front, behind, left, right = range(len(DIRECTIONS))
    beside = np.abs(x) > np.abs(y)
    return np.asarray(np.where(beside, np.where(x > 0.0, left, right), np.where(y > 0.0, behind, front)))


def _middle(own: Floats) -> Middle:
    """The middle of the sac out of its voxels in the frame of a vertebra."""
    names, which, count = np.unique(np.round(own[:, 2] / HEIGHT_STEP.number), return_inverse=True, return_counts=True)
    x, y = (np.bincount(which, own[:, axis]) / count for axis in (0, 1))
    return Middle(z=names * HEIGHT_STEP.number, x=x, y=y)
