"""An image of the bench in the resolution that a screen needs: all of it coarsely, the lesions in full, or all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, StructureKind, tumour, vertebra
from enbloc.case.image import Grid
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.exchange.nifti import packed
from enbloc.value import value
from enbloc.web.working.bench.opened import Box, Opened

MOST_OVERVIEW = 192
"""Voxels along an axis of what shows all of a scan."""
AROUND_MM = 20.0
"""What is shown in full around a lesion and its neighbours."""
SMALLEST = 8
FULL_SCALE, TINY = 10000.0, 1e-30


@value
class Portion:
    """A part of an image as packed NIfTI: its first voxel in the whole grid, and every how manieth it holds."""

    content: bytes
    offset: tuple[int, int, int]
    step: tuple[int, int, int]


def image_part(case: Opened, role: str, part: str) -> Portion:
    """A part of a scan, as int16: an MR on the scale of its own values where they fit, else scaled to fit.

    Raises
    ------
    RecordError
        If there is no such image.
    """
    if role not in case.whole.volumes:
        named = ", ".join(case.whole.volumes) or "none"
        raise RecordError("There is no such image on this bench.", remedy=f"One of: {named}.")
    volume = case.whole.volumes[role]
    return _portion(case, volume.voxels, volume.grid, part, is_scan=volume.modality is not Modality.CT)


def labels_part(case: Opened, part: str) -> Portion:
    """A part of the painted map: the same voxels as of the image that is painted on."""
    return _portion(case, case.painted, case.grid, part, is_scan=False)


def _portion(case: Opened, array: NDArray[Any], grid: Grid, part: str, *, is_scan: bool) -> Portion:
    if part == "overview":
        chosen, placed, offset, step = _thinned(array, grid)
    else:
        box = detail_box(case, grid) if part == "detail" else _all(grid)
        chosen, placed = array[box], grid.cropped(box)
        offset, step = (box[0].start, box[1].start, box[2].start), (1, 1, 1)
    shown = _as_int16(chosen, array) if is_scan else chosen
    return Portion(content=packed(np.ascontiguousarray(shown), placed), offset=offset, step=step)


def _thinned(array: NDArray[Any], grid: Grid) -> tuple[NDArray[Any], Grid, tuple[int, int, int], tuple[int, int, int]]:
    """Every so manieth voxel: each lies where it lies in the whole."""
    a, b, c = (-(-count // MOST_OVERVIEW) for count in grid.shape)
    x, y, z = ((step - 1) // 2 for step in (a, b, c))
    chosen = array[x::a, y::b, z::c]
    affine = grid.affine.copy()
    affine[:3, 3] = grid.points_mm(np.array([[x, y, z]], np.float64))[0]
    affine[:3, :3] = grid.affine[:3, :3] * np.array([a, b, c])
    shape = (chosen.shape[0], chosen.shape[1], chosen.shape[2])
    return chosen, Grid(shape=shape, affine=affine), (x, y, z), (a, b, c)


def _all(grid: Grid) -> Box:
    a, b, c = (slice(0, count) for count in grid.shape)
    return (a, b, c)


def detail_box(case: Opened, grid: Grid) -> Box:
    """The voxels of a grid around the lesions with the level above and below them; all of it where none is labelled."""
    corners = [_corners(case, box) for box in _looked_at(case)]
    if not corners:
        return _all(grid)
    at = grid.indices(np.concatenate(corners))
    away = AROUND_MM / np.array(grid.spacing_mm)
    low = np.floor(at.min(axis=0) - away).astype(int)
    high = np.ceil(at.max(axis=0) + away).astype(int) + 1
    a, b, c = (_within(*each) for each in zip(low.tolist(), high.tolist(), grid.shape, strict=True))
    return (a, b, c)


def _within(low: int, high: int, count: int) -> slice:
    start = min(max(0, low), max(0, count - SMALLEST))
    return slice(start, max(min(high, count), min(count, start + SMALLEST)))


def _corners(case: Opened, box: Box) -> NDArray[np.float64]:
    ends = np.array([[part.start, part.stop - 1] for part in box], np.float64)
    at = np.array([[ends[axis][n >> axis & 1] for axis in range(3)] for n in range(8)])
    return case.grid.points_mm(at)


def _looked_at(case: Opened) -> list[Box]:
    """The boxes of the tumours and of the vertebrae at and beside them."""
    held = {named: box for boxes in case.boxes for named, box in boxes.items()}
    tumours = [held[named] for named in held if named.kind is StructureKind.TUMOUR]
    levels = tuple(level for level in Level if vertebra(level) in held)
    taken = {level for lesion in case.case.lesions for level in lesion.levels}
    taken |= {
        level
        for lesion in case.case.lesions
        for level in levels
        if tumour(lesion.id) in held and _meet(held[tumour(lesion.id)], held[vertebra(level)])
    }
    at = [levels.index(level) for level in taken if level in levels]
    beside = levels[max(0, min(at) - 1) : max(at) + 2] if at else ()
    return [*tumours, *(held[vertebra(level)] for level in beside)]


def _meet(one: Box, other: Box) -> bool:
    return all(a.start < b.stop and b.start < a.stop for a, b in zip(one, other, strict=True))


def _as_int16(chosen: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.int16]:
    """Grey values of an MR as whole numbers; the same scale in every part."""
    low, high = float(whole.min()), float(whole.max())
    scale = 1.0
    if high > np.iinfo(np.int16).max or low < np.iinfo(np.int16).min or high - low < MOST_OVERVIEW:
        scale = FULL_SCALE / max(abs(low), abs(high), TINY)
    return np.rint(chosen * scale).astype(np.int16)
