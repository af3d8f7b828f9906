"""What an examination shows beside the bone, carried into the frame of the main one.

The scan and its labels keep their own voxels: their grid is moved as the lesion's vertebra moved, so that a thick
slice stays a thick slice. Only where other vertebrae moved otherwise are the labels drawn anew on that grid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Structure, StructureKind
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.kernels.blending import carried
from enbloc.measure.registration.drawing import moved
from enbloc.measure.registration.polyrigid import Blend, blend
from enbloc.measure.registration.rigid import Fit, Motion

CARRIED = (
    StructureKind.TUMOUR,
    StructureKind.CORD,
    StructureKind.SAC,
    StructureKind.CANAL,
    StructureKind.NERVE_ROOT,
)
"""What moves with the column; an aorta or a liver does not."""
BETTER_ON_MR = (CORD, SAC)
STRAY_VOXELS = 0.1
"""Labels that would stray by less than this share of a voxel are not drawn anew: the stray is added to their error."""

Box = tuple[slice, slice, slice]


@dataclass(frozen=True, eq=False, kw_only=True)
class Carried:
    """The scans and label maps of one examination in the main frame, and what of it was left behind."""

    volumes: Mapping[str, Volume]
    labels: Mapping[str, LabelMap]
    left: tuple[Structure, ...]

    @property
    def structures(self) -> tuple[Structure, ...]:
        return tuple(dict.fromkeys(named for labels in self.labels.values() for named in labels.boxes))


def carried_over(examination: Images, fits: Mapping[Level, Fit], main: Level, known: Iterable[Structure]) -> Carried:
    """The examination in the frame that its vertebrae were laid onto; ``main`` is the level that its grid moves with.

    What the main examination has of its own, ``known``, is not carried.
    """
    motions = {level: fit.motion for level, fit in fits.items()}
    # Backwards: each voxel of the moved grid asks where it came from.
    back = blend({level: one.inverse for level, one in motions.items()}, _centres(fits), main)
    error = max(fit.residual_mm for fit in fits.values())
    wanted = {role: _wanted(labels, set(known)) for role, labels in examination.labels.items()}
    here = {named for names in wanted.values() for named in names.values()}
    there = {named for labels in examination.labels.values() for named in labels.boxes}
    return Carried(
        volumes={
            role: replace(scan, grid=moved(scan.grid, motions[main])) for role, scan in examination.volumes.items()
        },
        labels={
            role: redrawn(replace(examination.labels[role], names=names), back, motions[main], error)
            for role, names in wanted.items()
            if names
        },
        left=tuple(sorted((one for one in there - here if one.kind is not StructureKind.VERTEBRA), key=str)),
    )


def _centres(fits: Mapping[Level, Fit]) -> dict[Level, NDArray[np.float64]]:
    return {level: fit.at_mm for level, fit in fits.items()}


def _wanted(labels: LabelMap, known: set[Structure]) -> dict[int, Structure]:
    present = labels.boxes
    return {
        id: named
        for id, named in labels.names.items()
        if named in present and named.kind in CARRIED and named not in known
    }


def redrawn(labels: LabelMap, back: Blend, motion: Motion, error_mm: float) -> LabelMap:
    """The label map on its moved grid; each structure drawn anew where the blend strays from that motion."""
    grid = moved(labels.grid, motion)
    stray = max((back.strays_mm(_corners(grid, box)) for box in labels.boxes.values()), default=0.0)
    held = {id for named in labels.boxes for id in labels.ids[named]}
    if stray <= STRAY_VOXELS * min(grid.spacing_mm):
        return replace(labels, grid=grid, error_mm=labels.error_mm + error_mm + stray)
    drawn = np.zeros_like(labels.labels)
    box = _around(labels.boxes.values(), grid, stray)
    found = carried(
        np.where(np.isin(labels.labels, sorted(held)), labels.labels, 0).astype(labels.labels.dtype),
        np.array([[part.start, part.stop] for part in box]),
        np.ascontiguousarray(grid.affine[:3]),
        np.ascontiguousarray((labels.grid.inverse @ back.base.affine)[:3]),
        back.centres,
        back.axes,
        back.twists,
    )
    drawn[box] = found.astype(drawn.dtype)
    return replace(labels, labels=drawn, grid=grid, error_mm=labels.error_mm + error_mm)


def _corners(grid: Grid, box: Box) -> NDArray[np.float64]:
    ends = [(part.start, part.stop - 1) for part in box]
    return grid.points_mm(np.array([[a, b, c] for a in ends[0] for b in ends[1] for c in ends[2]]))


def _around(boxes: Iterable[Box], grid: Grid, reach_mm: float) -> Box:
    """One box around several, with a margin, within the grid."""
    held = list(boxes)
    parts = []
    for axis, (size, spacing) in enumerate(zip(grid.shape, grid.spacing_mm, strict=True)):
        margin = int(np.ceil(reach_mm / spacing)) + 1
        start = min(box[axis].start for box in held) - margin
        parts.append(slice(max(0, start), min(size, max(box[axis].stop for box in held) + margin)))
    return (parts[0], parts[1], parts[2])


def without(images: Images, replaced: Iterable[Structure]) -> dict[str, LabelMap]:
    """The label maps of the main examination without structures that a better scan shows.

    What a map called cord or sac stays canal where the map has one: the canal is whole with what lies in it.
    """
    gone = set(replaced)
    return {role: _renamed(labels, gone) for role, labels in images.labels.items()}


def _renamed(labels: LabelMap, gone: set[Structure]) -> LabelMap:
    if not gone & set(labels.boxes):
        return labels
    has_canal = CANAL in labels.boxes
    kept: Iterator[tuple[int, Structure]] = (
        (id, CANAL if named in gone and has_canal else named)
        for id, named in labels.names.items()
        if named not in gone or has_canal
    )
    return replace(labels, names=dict(kept))
