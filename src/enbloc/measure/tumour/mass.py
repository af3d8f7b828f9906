"""The labelled tumour of one lesion: its voxels, its size, and the vertebrae that it involves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import ConvexHull, QhullError
from scipy.spatial.distance import pdist, squareform

from enbloc.case import fact
from enbloc.case.anatomy import Level, StructureKind, in_order, tumour
from enbloc.case.finding import measured
from enbloc.case.geometry import Point, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.regions import counted
from enbloc.kernels.slabs import looked_up
from enbloc.measure.answers import Answer, missing
from enbloc.measure.spine.vertebra import Box, Vertebra, edges, half_voxel
from enbloc.measure.tumour.parameters import LEVEL_INVOLVED, LEVEL_TOUCHED

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Tumour:
    """The voxels of one lesion; ``mask`` is uint8 on ``grid``. ``within_cc`` is its volume within each vertebra."""

    lesion: str
    labels: LabelMap
    box: Box
    grid: Grid
    mask: NDArray[np.uint8]
    points_mm: Floats
    within_cc: Mapping[Level, float]
    touching_cc: Mapping[Level, float]
    notes: tuple[str, ...] = ()

    @property
    def is_core(self) -> NDArray[np.bool_]:
        """Which of ``points_mm`` have tumour on all six sides: their voxels hold nothing else."""
        core = ndimage.binary_erosion(np.pad(self.mask, 1))[1:-1, 1:-1, 1:-1]
        return np.asarray(core[self.mask > 0])

    @property
    def replaces_bone(self) -> bool:
        """Whether one map holds tumour and vertebrae, so that the bone which the tumour took has no label."""
        return any(named.kind is StructureKind.VERTEBRA for named in self.labels.boxes)

    @property
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
    return Tumour(
        lesion=lesion,
        labels=labels,
        box=box,
        grid=grid,
        mask=mask,
        points_mm=points,
        within_cc=_within(images, points, grid.voxel_cc),
        touching_cc=_touching(images, mask, grid),
        notes=tuple(_oddities(images, labels, lesion, mask)),
    )


def _oddities(images: Images, labels: LabelMap, lesion: str, mask: NDArray[np.uint8]) -> Iterator[str]:
    """What is odd about the label itself, and would otherwise be measured as if it were not."""
    named = tumour(lesion)
    if cut := edges(labels.grid, labels.boxes[named]):
        yield f"cut by the {' and '.join(cut)} edge of the scan: the tumour is larger than what is measured"
    _, pieces = ndimage.label(mask, structure=np.ones((3, 3, 3)))
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


def _within(images: Images, points: Floats, voxel_cc: float) -> dict[Level, float]:
    found = _levels_at(images, points)
    return {level: float(found[level].sum()) * voxel_cc for level in in_order(found)}


def _touching(images: Images, mask: NDArray[np.uint8], grid: Grid) -> dict[Level, float]:
    """The volume of a layer one voxel wide around the tumour that is vertebra: how much it touches, by level."""
    wide = np.pad(mask, 1).astype(bool)
    rim = ndimage.binary_dilation(wide) & ~wide
    points = grid.points_mm(np.argwhere(rim) - 1)
    return _within(images, points, grid.voxel_cc)


def size(one: Tumour) -> Iterator[Answer]:
    """Volume, diameter and centre."""
    voxels, faces = counted(one.mask)
    cc, moved = voxels * one.grid.voxel_cc, 0.5 * faces * one.grid.voxel_cc
    where: dict[str, Any] = {
        "document": one.labels.document,
        "place": f"tumour {one.lesion}",
        "at_mm": triple(one.centre),
        "notes": one.notes,
    }
    yield measured(fact.VOLUME, one.lesion, cc, low=max(0.0, cc - moved), high=cc + moved, **where)
    length, error = _diameter(one)
    yield measured(fact.DIAMETER, one.lesion, length, low=max(0.0, length - error), high=length + error, **where)
    yield measured(fact.CENTRE, one.lesion, Point(xyz_mm=triple(np.round(one.centre, 2))), **where)


def _diameter(one: Tumour) -> tuple[float, float]:
    """The largest distance between two voxels, with half a voxel at each end; and how far that may move."""
    points = one.points_mm
    try:
        points = points[ConvexHull(points).vertices]
    except QhullError:  # flat or tiny: every point is a corner
        points = points[:: max(1, len(points) // 500)]
    if len(points) < 2:
        edge = max(one.grid.spacing_mm)
        return edge, edge
    apart = squareform(pdist(points))
    p, q = np.unravel_index(int(np.argmax(apart)), apart.shape)
    along = (points[p] - points[q]) / apart[p, q]
    edge = 2.0 * half_voxel(one.grid, along)
    return float(apart[p, q]) + edge, edge


def extent(one: Tumour, spine: Mapping[Level, Vertebra]) -> Iterator[Answer]:
    """The involved levels and the one with most of the tumour."""
    where: dict[str, Any] = {
        "document": one.labels.document,
        "place": f"tumour {one.lesion}",
        "at_mm": triple(one.centre),
    }
    main = one.main_level(spine)
    if main is None:
        why = "no vertebra is labelled"
        yield from (missing(named, one.lesion, why) for named in (fact.LEVELS, fact.MAIN_LEVEL))
        return
    notes = [_why_level(one, main)] if not one.levels else []
    notes += one.notes
    yield measured(fact.LEVELS, one.lesion, one.levels or (main,), notes=notes, **where)
    yield measured(fact.MAIN_LEVEL, one.lesion, main, notes=notes, **where)


def _why_level(one: Tumour, main: Level) -> str:
    """What a level rests on that the tumour does not involve by its volume."""
    if main in one.within_cc:
        return (
            f"less than {LEVEL_INVOLVED.number:g} cc of the tumour lies in {main}: the level is where most of that lies"
        )
    if main in one.touching_cc:
        return f"the tumour lies in no labelled vertebra: it touches {main}"
    return "the tumour lies in no labelled vertebra: nearest body"
