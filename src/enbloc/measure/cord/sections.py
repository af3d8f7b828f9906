"""Canal and cord on planes across the canal beside each vertebra: outlines, areas and depths, against nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, Level, Structure
from enbloc.case.image import Images
from enbloc.kernels import stacks
from enbloc.measure.cord.parameters import PLANE_PIXEL
from enbloc.measure.cord.planes import RUN_MM
from enbloc.measure.cord.stack import BONE, IN_CANAL, IN_CORD, Stack, looked, pixels, turned
from enbloc.measure.spine.column import Column, once
from enbloc.measure.spine.parameters import HOLE_AREA, HOLE_LENGTH
from enbloc.measure.spine.vertebra import Vertebra, half_voxel

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
REACH_MM = 20.0
STEP_MM = 1.0
BEYOND_MM = np.array([0.0, 3.0, 6.0])
STRIP = 2  # pixels either side of the middle: a strip of 2.5 mm


@dataclass(frozen=True, eq=False, kw_only=True)
class Outline:
    """One structure on the planes of ``stack``: ``mask``, and where it is seen at all (``there``).

    ``area_mm2`` and ``depth_mm`` are means over a short run of planes, NaN where it is not there; ``ends``, shape
    (planes, 2, 2), are the ends (p, q) of the depth in the middle. ``wide_mm`` and ``deep_mm`` are how far a surface
    facing sideways or backwards moves by its error; ``tall_mm`` is how far the slices lie apart.
    """

    stack: Stack
    mask: Mask
    there: Mask
    area_mm2: Floats
    depth_mm: Floats
    shape: Floats
    centre: Floats
    ends: Floats
    edge_mm: Floats
    wide_mm: float
    deep_mm: float
    tall_mm: float
    document: str

    @property
    def edge_mm2(self) -> Floats:
        """What the area of each plane gains when the outline moves outward by its error."""
        return self.edge_mm * 0.5 * (self.wide_mm + self.deep_mm)


@dataclass(frozen=True, eq=False, kw_only=True)
class Section:
    """What lies in the canal beside one vertebra; ``canal`` is nothing if it is neither labelled nor a closed ring."""

    canal: Outline | None
    is_hole: bool
    cord: Outline | None


@once
def sections(column: Column) -> Mapping[Level, Section]:
    """Canal and cord beside each vertebra that has a frame."""
    return {level: _section(column.images, one) for level, one in column.spine.items()}


def _section(images: Images, one: Vertebra) -> Section:
    is_hole = images.map_of(CANAL) is None
    stack = _stack(images, one, None if is_hole else _line(images, one))
    cord = _outline(images, one, stack, CORD, stack.has(IN_CORD)) if images.map_of(CORD) is not None else None
    if not is_hole:
        return Section(
            canal=_outline(images, one, stack, CANAL, stacks.filled(stack.has(IN_CANAL))), is_hole=False, cord=cord
        )
    hole = stacks.enclosed(stack.has(BONE), np.broadcast_to(stack.middle, (len(stack.at), 2)))
    canal = _outline(images, one, stack, None, hole)
    step = float(-np.diff(stack.at).mean())
    is_canal = canal.there.sum() * step >= HOLE_LENGTH.number and np.nanmedian(canal.area_mm2) >= HOLE_AREA.number
    return Section(canal=canal if is_canal else None, is_hole=True, cord=cord)


def _stack(images: Images, one: Vertebra, line: tuple[Floats, Floats] | None) -> Stack:
    """Planes from the upper to the lower end of the body; across the canal's ``line``, or the vertebra's own axis."""
    start, along = (one.hole_mm, np.array([0.0, 0.0, 1.0])) if line is None else line
    tall = max(STEP_MM, 2.0 * min(_half(images, named, one, 2) for named in (CANAL, CORD, None)))
    at = np.arange(one.high_mm, one.low_mm - 1e-6, -tall)
    return _laid(images, one, start, along / np.linalg.norm(along), at)


def _laid(images: Images, one: Vertebra, start: Floats, along: Floats, at: Floats) -> Stack:
    steps = pixels(REACH_MM)
    origins = start + (at - start[2])[:, None] * along / along[2]
    left, back = turned(np.broadcast_to(along, origins.shape))
    place = {"origins": one.origin + origins @ one.axes, "left": left @ one.axes, "back": back @ one.axes}
    return Stack(bits=looked(images, "", steps, **place), at=at, us=steps, vs=steps, **place)


def _line(images: Images, one: Vertebra) -> tuple[Floats, Floats] | None:
    """The canal's own line beside a vertebra: through its centres just above and just below the body.

    What stands in the canal behind the body itself does not bend it. Nothing if it is not labelled at both ends.
    """
    at = np.concatenate([one.high_mm + BEYOND_MM[::-1], one.low_mm - BEYOND_MM])
    stack = _laid(images, one, one.hole_mm, np.array([0.0, 0.0, 1.0]), at)
    found = stacks.moments(stack.has(IN_CANAL))
    ends = []
    for half in (slice(0, len(BEYOND_MM)), slice(len(BEYOND_MM), None)):
        there = found[half][found[half, 0] > 0]
        if not len(there):
            return None
        across = (there[:, 1:3] - stack.middle).mean(axis=0) * PLANE_PIXEL.number
        height = float(at[half][found[half, 0] > 0].mean())
        ends.append(np.array([one.hole_mm[0] + across[0], one.hole_mm[1] + across[1], height]))
    return 0.5 * (ends[0] + ends[1]), ends[0] - ends[1]


def _half(images: Images, named: Structure | None, one: Vertebra, axis: int) -> float:
    """How far a surface facing along an axis of the vertebra moves by its error; the bone's if nothing is ``named``."""
    labels = images.map_of(named) if named is not None else None
    labels = one.crop.labels if labels is None else labels
    return half_voxel(labels.grid, one.axes[axis]) + (labels.error_mm if axis < 2 else 0.0)


def _outline(images: Images, one: Vertebra, stack: Stack, named: Structure | None, mask: Mask) -> Outline:
    found = stacks.moments(mask)
    there = np.asarray(found[:, 0] > 0)
    ends = stacks.chords(mask, found[:, 1:3], STRIP)
    depth = (ends[:, 1] - ends[:, 0] + 1.0) * PLANE_PIXEL.number
    labels = images.map_of(named) if named is not None else one.crop.labels
    assert labels is not None, named
    with np.errstate(invalid="ignore"):
        shape = np.maximum(found[:, 4], 0.25) / np.maximum(found[:, 3], 0.25)
    middle = np.repeat(found[:, 1:2], 2, axis=1)
    return Outline(
        stack=stack,
        mask=mask,
        there=there,
        area_mm2=_along(stack.at, found[:, 0] * stack.pixel_mm2, there),
        depth_mm=_along(stack.at, depth, there),
        shape=_along(stack.at, shape, there),
        centre=found[:, 1:3],
        ends=np.stack([middle, ends], axis=2),
        edge_mm=np.asarray(stacks.edges(mask) * PLANE_PIXEL.number, dtype=np.float64),
        wide_mm=_half(images, named, one, 0),
        deep_mm=_half(images, named, one, 1),
        tall_mm=2.0 * half_voxel(labels.grid, one.axes[2]),
        document=labels.document or labels.on,
    )


def _along(at: Floats, numbers: Floats, there: Mask) -> Floats:
    """Numbers of the planes, each the mean over a short run; NaN where the structure is not there."""
    weight = (np.abs(at[:, None] - at[None, :]) <= RUN_MM) * there[None, :]
    total = (weight * np.where(there, numbers, 0.0)[None, :]).sum(axis=1)
    return np.where(there, total / np.maximum(weight.sum(axis=1), 1), np.nan)
