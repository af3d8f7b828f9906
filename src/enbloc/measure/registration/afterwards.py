"""The bone that an operation left, laid onto the vertebrae as they were before it, each moved by itself.

An instrumented column is straighter than it was: no vertebra may be moved as its neighbour moved. What is left of a
vertebra that does not fit its own label is not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, vertebra
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.registration.drawing import moved
from enbloc.measure.registration.joining import joined
from enbloc.measure.registration.rigid import STAY, Fit, Motion, judged
from enbloc.measure.registration.surface import surface_of

NO_LEVEL = "none of its vertebrae is labelled before the operation"


@dataclass(frozen=True, eq=False, kw_only=True)
class LaidBack:
    """What is left of each vertebra, ``masks`` on ``grid``, in the frame of the pictures before the operation.

    ``fits`` are those of every level that both label; those that do not hold have no mask. ``doubt`` says why nothing
    could be laid back.
    """

    masks: Mapping[Level, NDArray[np.bool_]]
    grid: Grid
    fits: Mapping[Level, Fit]
    doubt: str = ""

    @property
    def read(self) -> tuple[Level, ...]:
        """The levels whose bone was read."""
        return tuple(self.masks)

    @property
    def mask(self) -> NDArray[np.bool_]:
        """The bone of all of them; there is one at least."""
        return np.asarray(np.any(list(self.masks.values()), axis=0))

    @property
    def residual_mm(self) -> float:
        """The largest that is left between the two labels of a vertebra that was read, mm."""
        return max((self.fits[level].residual_mm for level in self.read if level in self.fits), default=0.0)


def laid_back(before: Images, after: LabelMap, levels: Sequence[Level], *, is_apart: bool) -> LaidBack:
    """What ``after`` labels of the vertebrae of ``levels``, where they lay before.

    A map of another frame (``is_apart``) is registered, vertebra by vertebra; one of the same frame is not moved, and
    what does not lie where it lay is not read.
    """
    moving = Images(volumes={}, labels={"after": after})
    if is_apart:
        found = joined(moving, before, only=levels)
        fits, doubt = dict(found.fits), found.doubt
    else:
        fits, doubt = _in_place(moving, before, after, levels), ""
    held = {level: fit.motion for level, fit in fits.items() if not (doubt or fit.why)}
    masks, grid = _drawn(after, held)
    return LaidBack(masks=masks, grid=grid, fits=fits, doubt=doubt or ("" if fits else NO_LEVEL))


def as_drawn(after: LabelMap, levels: Sequence[Level]) -> LaidBack:
    """The same for a map that was drawn on the very scan of the plan: nothing can have moved."""
    held = [level for level in levels if vertebra(level) in after.boxes]
    masks, grid = _drawn(after, dict.fromkeys(held, STAY))
    return LaidBack(masks=masks, grid=grid, fits={})


def _in_place(moving: Images, before: Images, after: LabelMap, levels: Sequence[Level]) -> dict[Level, Fit]:
    found = {}
    for level in levels:
        fixed = before.map_of(vertebra(level))
        if fixed is not None and vertebra(level) in after.boxes:
            left, whole = surface_of(moving, after, level), surface_of(before, fixed, level)
            found[level] = judged(left, whole, STAY)
    return found


def _drawn(after: LabelMap, motions: Mapping[Level, Motion]) -> tuple[dict[Level, NDArray[np.bool_]], Grid]:
    """Every vertebra after its own motion, on the grid of the map moved as the first of them."""
    first = next(iter(motions.values()), STAY)
    grid = moved(after.grid, first)
    masks = {}
    for level, motion in motions.items():
        named = vertebra(level)
        if motion is first:
            masks[level] = after.mask(named)
            continue
        box = _box(after, named, motion, grid)
        own = grid.cropped(box)
        points = motion.inverse.moved(own.points_mm(np.argwhere(np.ones(own.shape, bool))))
        masks[level] = np.zeros(grid.shape, bool)
        masks[level][box] = after.holds(named, points).reshape(own.shape)
    return masks, grid


def _box(after: LabelMap, named: Structure, motion: Motion, grid: Grid) -> tuple[slice, slice, slice]:
    """Where a structure of the map comes to lie on the grid after a motion, within it."""
    ends = [(part.start - 1, part.stop) for part in after.boxes[named]]
    corners = grid.indices(motion.moved(after.grid.points_mm(np.array(list(product(*ends))))))
    low = np.clip(np.floor(corners.min(axis=0)), 0, grid.shape).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0)) + 1, 0, grid.shape).astype(int)
    a, b, c = (slice(int(start), int(stop)) for start, stop in zip(low, high, strict=True))
    return (a, b, c)
