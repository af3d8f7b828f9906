"""The labelled tumour of one lesion: its voxels, its size, and the vertebrae that it involves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import Level, StructureKind, in_order, tumour
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.slabs import looked_up
from enbloc.measure.spine.vertebra import Box, Vertebra, edges
from enbloc.measure.tumour.parameters import LEVEL_INVOLVED, LEVEL_TOUCHED

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Tumour:
    """The voxels of one lesion; ``mask`` is uint8 on ``grid``, ``points_mm`` their centres in the patient.

    ``in_bone`` says which of them lie in a labelled vertebra. ``within_cc`` is the volume within each vertebra,
    ``rim_cc`` that of its outermost layer of voxels there, ``touching_cc`` that of the layer of the vertebra around it.
    """

    lesion: str
    labels: LabelMap
    box: Box
    grid: Grid
    mask: NDArray[np.uint8]
    points_mm: Floats
    in_bone: NDArray[np.bool_]
    within_cc: Mapping[Level, float]
    touching_cc: Mapping[Level, float]
    rim_cc: Mapping[Level, float]
    pieces: int = 1
    notes: tuple[str, ...] = ()

    @cached_property
    def is_core(self) -> NDArray[np.bool_]:
        """Which of ``points_mm`` have tumour on all six sides: their voxels hold nothing else."""
        return enclosed(self.mask)[self.mask > 0]

    @property
    def surface_mm(self) -> Floats:
        """The centres of the outermost voxels."""
        return np.asarray(self.points_mm[~self.is_core], dtype=np.float64)

    @property
    def corners_mm(self) -> Floats:
        """The eight corners of the box around it, half a voxel beyond the outermost centres."""
        ends = np.array([[n & 1, n >> 1 & 1, n >> 2 & 1] for n in range(8)]) * np.array(self.grid.shape)
        return self.grid.points_mm(ends - 0.5)

    @property
    def replaces_bone(self) -> bool:
        """Whether one map holds tumour and vertebrae, so that the bone which the tumour took has no label."""
        return any(named.kind is StructureKind.VERTEBRA for named in self.labels.boxes)

    @cached_property
    def centre(self) -> Floats:
        return np.asarray(self.points_mm.mean(axis=0), dtype=np.float64)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The involved levels, cranial to caudal."""
        inside = {level for level, cc in self.within_cc.items() if cc >= LEVEL_INVOLVED.number}
        touched = {level for level, cc in self.touching_cc.items() if cc >= LEVEL_TOUCHED.number}
        return in_order(inside or touched)

    def main_level(self, spine: Mapping[Level, Vertebra]) -> Level | None:
        """The level with most of the tumour; the nearest body only where it neither lies in a vertebra nor touches one.

        The nearest body is a poor guess: the tip of a thoracic spinous process lies behind the body below.
        """
        share = self.within_cc if any(self.within_cc.values()) else self.touching_cc
        if near := self.levels or in_order(share):
            return max(near, key=lambda level: share.get(level, 0.0))
        if not spine:
            return None
        return min(spine, key=lambda level: float(np.linalg.norm(spine[level].origin - self.centre)))


def tumour_of(images: Images, lesion: str) -> Tumour | None:
    """The labelled tumour of a lesion; nothing if it has no label."""
    labels = images.map_of(tumour(lesion))
    if labels is None:
        return None
    box = labels.boxes[tumour(lesion)]
    mask = labels.mask(tumour(lesion), box).astype(np.uint8)
    grid = labels.grid.cropped(box)
    points = grid.points_mm(np.argwhere(mask))
    at = _levels_at(images, points)
    rim = ~enclosed(mask)[mask > 0]
    pieces = int(ndimage.label(mask, structure=np.ones((3, 3, 3)))[1])
    return Tumour(
        lesion=lesion,
        labels=labels,
        box=box,
        grid=grid,
        mask=mask,
        points_mm=points,
        in_bone=np.asarray(np.any([np.zeros(len(points), np.bool_), *at.values()], axis=0)),
        within_cc=_volumes(at, grid.voxel_cc),
        touching_cc=_volumes(_levels_at(images, _around(mask, grid)), grid.voxel_cc),
        rim_cc={level: float((there & rim).sum()) * grid.voxel_cc for level, there in at.items()},
        pieces=pieces,
        notes=tuple(_oddities(images, labels, lesion, pieces)),
    )


def _oddities(images: Images, labels: LabelMap, lesion: str, pieces: int) -> Iterator[str]:
    """What is odd about the label itself, and would otherwise be measured as if it were not."""
    named = tumour(lesion)
    if cut := edges(labels.grid, labels.boxes[named]):
        yield f"cut by the {' and '.join(cut)} edge of the scan: the tumour is larger than what is measured"
    if pieces > 1:
        yield f"the label is in {pieces} separate pieces, measured as one lesion"
    others = [one.document or one.on for one in images.labels.values() if one is not labels and named in one.boxes]
    if others:
        yield f"labelled in {len(others) + 1} label maps: not measured in {', '.join(others)}"


def _levels_at(images: Images, points: Floats) -> dict[Level, NDArray[np.bool_]]:
    """Which of the points lie in each labelled vertebra."""
    found: dict[Level, NDArray[np.bool_]] = {}
    for labels in images.labels.values():
        named = [s for s in labels.boxes if s.kind is StructureKind.VERTEBRA and s.level is not None]
        if not named:
            continue
        inverse = labels.grid.inverse
        ids = looked_up(labels.labels, np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), points)
        for one in named:
            inside = np.isin(ids, labels.ids[one])
            if one.level is not None and one.level not in found and inside.any():
                found[one.level] = inside
    return found


def _volumes(at: Mapping[Level, NDArray[np.bool_]], voxel_cc: float) -> dict[Level, float]:
    return {level: float(at[level].sum()) * voxel_cc for level in in_order(at)}


def _around(mask: NDArray[np.uint8], grid: Grid) -> Floats:
    """The centres of the layer of voxels around a mask, one voxel thick."""
    wide = np.pad(mask, 1).astype(bool)
    return grid.points_mm(np.argwhere(ndimage.binary_dilation(wide) & ~wide) - 1)


def enclosed(mask: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which voxels of a mask have others of it on all six sides."""
    wide = np.pad(mask, 1) > 0
    inner = wide[1:-1, 1:-1, 1:-1].copy()
    for axis in range(3):
        for step in (0, 2):
            cut = [slice(1, -1)] * 3
            cut[axis] = slice(step, step + mask.shape[axis])
            inner &= wide[tuple(cut)]
    return inner
