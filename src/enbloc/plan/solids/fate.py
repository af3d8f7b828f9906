"""What becomes of every voxel of bone and tumour: in the specimen, lost to a blade, opened, or left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, tumour
from enbloc.case.image import Grid, Images
from enbloc.errors import RecordError
from enbloc.kernels.distances import skin
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.parts import code
from enbloc.plan.cutting.bone import Bone, bone_of, ill_of
from enbloc.plan.cutting.piece import Floats, Piece, takes
from enbloc.plan.price.opening import Opening

Bools = NDArray[np.bool_]


class Fate(Enum):
    """What becomes of a voxel; the order is that of the numbers in the label map."""

    SPECIMEN = "specimen"
    BLADE = "blade"
    OPENED = "opened"
    REMAINING = "remaining"


class Tissue(Enum):
    """What a voxel is; the order is that of the numbers in the label map."""

    BONE = "bone"
    TUMOUR_IN_BONE = "tumour in bone"
    TUMOUR_OUTSIDE = "tumour outside of bone"


BONY = (Tissue.BONE, Tissue.TUMOUR_IN_BONE)
TUMOROUS = (Tissue.TUMOUR_IN_BONE, Tissue.TUMOUR_OUTSIDE)

NAMES: Mapping[int, str] = {
    len(Fate) * at + number: f"{tissue.value}, {fate.value}"
    for at, tissue in enumerate(Tissue)
    for number, fate in enumerate(Fate, start=1)
}
"""What the numbers of the map stand for; 0 is nothing."""


def number_of(tissue: Tissue, fate: Fate) -> int:
    """The number of a tissue and its fate in the map.

    Examples
    --------
    >>> number_of(Tissue.BONE, Fate.BLADE), NAMES[12]
    (2, 'tumour outside of bone, remaining')
    """
    return len(Fate) * list(Tissue).index(tissue) + list(Fate).index(fate) + 1


@dataclass(frozen=True, eq=False, kw_only=True)
class FateMap:
    """The fate of every voxel: ``labels``, uint8 on ``grid``, a part of the vertebrae's own.

    ``levels`` are the vertebrae in it. Bone is the label of the vertebrae, with the tumour that lies in it: its four
    fates add up to it, voxel by voxel.
    """

    labels: NDArray[np.uint8]
    grid: Grid
    levels: tuple[Level, ...]

    def voxels(self, fate: Fate, tissues: Sequence[Tissue] = BONY) -> int:
        """How many voxels of these tissues have that fate."""
        return int(np.isin(self.labels, [number_of(tissue, fate) for tissue in tissues]).sum())

    def cc(self, fate: Fate, tissues: Sequence[Tissue] = BONY) -> float:
        """The same as a volume."""
        return self.voxels(fate, tissues) * self.grid.voxel_cc

    @property
    def tumour_left_cc(self) -> float:
        """The tumour that stays in the patient when nothing else is done."""
        return self.cc(Fate.REMAINING, TUMOROUS)


def fate_map(
    column: Column, levels: Sequence[Level], lesion: str, pieces: Sequence[Piece], openings: Sequence[Opening] = ()
) -> FateMap:
    """What becomes of the vertebrae of ``levels`` and of the tumour.

    A voxel goes by its centre. What one piece holds is specimen also where the blade of another would run; what a
    piece takes counts before what is opened. The part of a tumour that no piece takes is left, and told as such.

    Raises
    ------
    RecordError
        If a level is not labelled, or the levels are drawn on different grids.
    """
    bone = bone_of(column.images, levels, lesion)
    grid, at = _around(bone, column.images, lesion)
    is_bone, is_open = np.zeros(grid.shape, bool), np.zeros(grid.shape, bool)
    is_bone[at] = bone.mask
    is_open[at] = opened_mask(column, bone, openings)
    is_ill = ill_of(np.ones(grid.shape, bool), grid, column.images.map_of(tumour(lesion)), tumour(lesion))
    concerned = is_bone | is_ill
    fates = _fates(grid.points_mm(np.argwhere(concerned)), is_open[concerned], pieces)
    tissue = np.where(is_bone, np.where(is_ill, 1, 0), 2)[concerned]
    labels = np.zeros(grid.shape, np.uint8)
    labels[concerned] = len(Fate) * tissue + fates
    return FateMap(labels=labels, grid=grid, levels=tuple(levels))


def _fates(points_mm: Floats, is_open: Bools, pieces: Sequence[Piece]) -> NDArray[np.int64]:
    held = np.zeros(len(points_mm), bool)
    for piece in pieces:
        held |= piece.holds(points_mm)
    fates = np.where(is_open, 3, 4)
    fates[takes(pieces, points_mm)] = 2
    fates[held] = 1
    return fates


def opened_mask(column: Column, bone: Bone, openings: Sequence[Opening]) -> Bools:
    """Which voxels of the bone are parts that are taken away piecemeal, in a specimen or not.

    Raises
    ------
    RecordError
        If the parts of such a vertebra are not known.
    """
    found = np.zeros(bone.mask.shape, bool)
    for opening in openings:
        if opening.level not in column.parts:
            raise RecordError(
                f"What is opened of {opening.level} cannot be told: its parts are not known.",
                remedy="Label the whole vertebra.",
            )
        parts, crop = column.parts[opening.level], column.crop(opening.level)
        held = np.isin(parts.codes, [code(part, side) for part, side in opening.parts])
        where = np.rint(bone.grid.indices(crop.grid.points_mm(np.argwhere(held)))).astype(np.intp)
        inside = np.all((where >= 0) & (where < np.array(bone.mask.shape)), axis=1)
        found[tuple(where[inside].T)] = True
    return found & bone.mask


def _around(bone: Bone, images: Images, lesion: str) -> tuple[Grid, tuple[slice, slice, slice]]:
    """The grid of the bone widened to hold the tumour and a free voxel all round, and where the bone lies in it."""
    low, high = np.zeros(3), np.array(bone.mask.shape) - 1.0
    ill = images.map_of(tumour(lesion))
    if ill is not None:
        box = ill.boxes[tumour(lesion)]
        edge = skin(ill.mask(tumour(lesion), box).astype(np.uint8))
        at = bone.grid.indices(ill.grid.cropped(box).points_mm(edge))
        low, high = np.minimum(low, at.min(axis=0)), np.maximum(high, at.max(axis=0))
    first, last = np.floor(low + 0.5).astype(int) - 1, np.ceil(high - 0.5).astype(int) + 2
    a, b, c = (slice(int(start), int(stop)) for start, stop in zip(first, last, strict=True))
    x, y, z = (slice(int(-start), int(size - start)) for start, size in zip(first, bone.mask.shape, strict=True))
    return bone.grid.cropped((a, b, c)), (x, y, z)
