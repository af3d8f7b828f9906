"""The label of one vertebra by itself: where it lies, how much it holds, whether it is in one piece."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import Level
from enbloc.case.fact import LabelTrust
from enbloc.case.image import Grid
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Crop, cut_through

Floats = NDArray[np.float64]
Mask = NDArray[np.uint8]
Ids = NDArray[np.signedinteger]
_Apart = tuple[tuple[float, float], ...]
COARSE_MM = 2.0
_TOUCHING = np.ones((3, 3, 3), bool)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A reason to doubt the labels of some ``levels``, or the names of all: none are named then.

    ``names`` is whether it puts the names of the levels in doubt, so that a vertebra may be another than it is called.
    """

    why: str
    levels: tuple[Level, ...] = ()
    trust: LabelTrust = LabelTrust.DOUBTFUL
    names: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Label:
    """What is labelled as one vertebra: its volume, the middle of its largest piece, and the far pieces.

    ``shadow_mm2`` is the area that it covers as seen from above, which a collapse leaves as it was. ``apart`` holds
    each further piece as (cc, distance to the largest piece in mm).
    """

    crop: Crop
    middle: Floats  # patient LPS, mm
    cc: float
    shadow_mm2: float
    apart: tuple[tuple[float, float], ...]

    @property
    def level(self) -> Level:
        return self.crop.level

    @property
    def is_cut(self) -> bool:
        """Whether an edge of the scan may have cut its body."""
        return bool(cut_through(self.crop))


def labels_of(column: Column) -> dict[Level, Label]:
    """The label of every labelled level, in the order of their names."""
    return {level: label_of(column.crop(level)) for level in column.levels}


def label_of(crop: Crop) -> Label:
    """The label of one vertebra."""
    coarse, steps = _coarse(crop)
    parts, count = ndimage.label(coarse, structure=_TOUCHING)
    cells = np.bincount(parts.ravel(), minlength=count + 1)[1:]
    largest = int(np.argmax(cells))
    inside = np.argwhere(parts == largest + 1) if count > 1 else np.argwhere(coarse)
    middle = (inside.mean(axis=0) + 0.5) * steps - 0.5
    cc = int(np.count_nonzero(crop.mask)) * crop.grid.voxel_cc
    return Label(
        crop=crop,
        middle=crop.grid.points_mm(middle[None])[0],
        cc=cc,
        shadow_mm2=_shadow_mm2(coarse, steps * np.array(crop.grid.spacing_mm), upright(crop.grid)),
        apart=_apart(parts, cells, largest, cc, steps * np.array(crop.grid.spacing_mm)) if count > 1 else (),
    )


def upright(grid: Grid) -> int:
    """The array axis that runs nearest to the patient's height."""
    return int(np.argmax(np.abs(grid.directions[2])))


def _shadow_mm2(coarse: Mask, cell_mm: Floats, axis: int) -> float:
    return float(np.count_nonzero(coarse.any(axis=axis)) * np.prod(np.delete(cell_mm, axis)))


def _apart(parts: Ids, cells: Ids, largest: int, cc: float, cell_mm: Floats) -> _Apart:
    """Every piece but the largest: its volume, and how far its box lies from that of the largest."""
    boxes = [np.array([(part.start, part.stop) for part in box]) for box in ndimage.find_objects(parts)]
    found = []
    for at, box in enumerate(boxes):
        if at != largest:
            main = boxes[largest]
            gap = np.maximum(np.maximum(box[:, 0] - main[:, 1], main[:, 0] - box[:, 1]), 0)
            share = float(cells[at]) / float(cells.sum())
            found.append((cc * share, float(np.linalg.norm(gap * cell_mm))))
    return tuple(found)


def _coarse(crop: Crop) -> tuple[Mask, Floats]:
    """The mask in cells of two voxels along each fine axis, and the voxels of a cell along each axis."""
    coarse, steps = crop.mask, np.ones(3)
    for axis, spacing in enumerate(crop.grid.spacing_mm):
        if spacing < COARSE_MM:
            coarse, steps[axis] = _halved(coarse, axis), 2.0
    return coarse, steps


def _halved(mask: Mask, axis: int) -> Mask:
    """Pairs of slices along an axis as one: set where either is."""
    before = (slice(None),) * axis
    even = mask[(*before, slice(0, None, 2))].copy()
    odd = mask[(*before, slice(1, None, 2))]
    even[(*before, slice(0, odd.shape[axis]))] |= odd
    return even
