"""The surface of one labelled vertebra as a field of signed distances, and which parts of it may be compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.anatomy import Level, Structure, StructureKind, vertebra
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.rigid import near_surface, signed_distances
from enbloc.kernels.sampling import grid_points
from enbloc.kernels.slabs import looked_up
from enbloc.measure.registration.parameters import LESION_RIM

Floats = NDArray[np.float64]
Box = tuple[slice, slice, slice]
AROUND_MM = 8.0
BAND_MM = 2.0
FINE_MM = 1.0
EDGE_VOXELS = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Surface:
    """A vertebra of one label map: ``field`` is the distance from its surface, mm, positive outside, on ``grid``.

    ``known`` is 0 where the surface may not be compared: in and around a lesion, and where the scan ends.
    """

    level: Level
    labels: LabelMap
    grid: Grid
    mask: NDArray[np.uint8]
    field: NDArray[np.float32]
    known: NDArray[np.uint8]

    @cached_property
    def bone_mm(self) -> Floats:
        """The centres of its voxels in the patient, shape (n, 3)."""
        return self.grid.points_mm(np.argwhere(self.mask))

    @property
    def bone_cc(self) -> float:
        """Its volume, cubic centimetres."""
        return len(self.bone_mm) * self.grid.voxel_cc

    @cached_property
    def centroid(self) -> Floats:
        return np.asarray(self.bone_mm.mean(axis=0), dtype=np.float64)

    @cached_property
    def band(self) -> Floats:
        """Points near the surface that may be compared, shape (n, 5): place, distance from it, its uncertainty; mm."""
        spacing = np.array(self.grid.spacing_mm)
        reach = max(BAND_MM, 0.75 * float(spacing.max()))
        return near_surface(self.field, self.known, self.grid.affine, spacing, reach)

    @property
    def to_index(self) -> Floats:
        """From the patient to the indices of the field, shape (3, 4)."""
        return np.ascontiguousarray(self.grid.inverse[:3])


def surface_of(images: Images, labels: LabelMap, level: Level) -> Surface:
    """The surface of a vertebra that the map labels; voxels much finer than a millimetre are thinned out."""
    box, every = _around(labels, level)
    mask = np.ascontiguousarray(labels.mask(vertebra(level), box)[:: every[0], :: every[1], :: every[2]], np.uint8)
    grid = _thinned(labels.grid.cropped(box), mask.shape, every)
    return Surface(
        level=level,
        labels=labels,
        grid=grid,
        mask=mask,
        field=signed_distances(mask, np.array(grid.spacing_mm)),
        known=_known(images, labels, box, mask, grid),
    )


def _around(labels: LabelMap, level: Level) -> tuple[Box, tuple[int, int, int]]:
    """The box of a vertebra with a margin, within the map, and how many voxels along each axis make one."""
    tight = labels.boxes[vertebra(level)]
    parts = []
    for part, size, spacing in zip(tight, labels.grid.shape, labels.grid.spacing_mm, strict=True):
        margin = int(np.ceil(AROUND_MM / spacing)) + 1
        parts.append(slice(max(0, part.start - margin), min(size, part.stop + margin)))
    a, b, c = (max(1, round(FINE_MM / spacing)) for spacing in labels.grid.spacing_mm)
    return (parts[0], parts[1], parts[2]), (a, b, c)


def _thinned(grid: Grid, shape: tuple[int, ...], every: tuple[int, int, int]) -> Grid:
    affine = grid.affine.copy()
    affine[:3, :3] *= np.array(every, dtype=np.float64)
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def _known(images: Images, labels: LabelMap, box: Box, mask: NDArray[np.uint8], grid: Grid) -> NDArray[np.uint8]:
    known = np.ones(mask.shape, np.uint8)
    for axis, (part, size) in enumerate(zip(box, labels.grid.shape, strict=True)):
        view = np.moveaxis(known, axis, 0)
        if part.start == 0:
            view[:EDGE_VOXELS] = 0
        if part.stop == size:
            view[-EDGE_VOXELS:] = 0
    lesion = _lesion(images, grid)
    if lesion is not None:
        depth = ndimage.distance_transform_edt(~lesion, sampling=grid.spacing_mm)
        known[depth <= LESION_RIM.number] = 0
    return known


def _lesion(images: Images, grid: Grid) -> NDArray[np.bool_] | None:
    """Where any label map has a tumour, on ``grid``; nothing if none is there."""
    points = None
    found = np.zeros(grid.shape, np.bool_)
    for labels in images.labels.values():
        near = [named for named in labels.boxes if named.kind is StructureKind.TUMOUR and _is_near(labels, named, grid)]
        if not near:
            continue
        if points is None:
            points = grid_points(grid.affine, np.zeros(3, np.int64), np.array(grid.shape))
        inverse = labels.grid.inverse
        held = looked_up(labels.labels, np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), points)
        found |= np.isin(held, [id for named in near for id in labels.ids[named]]).reshape(grid.shape)
    return found if found.any() else None


def _is_near(labels: LabelMap, named: Structure, grid: Grid) -> bool:
    """Whether the box of a structure meets a grid."""
    ends = [(part.start - 0.5, part.stop - 0.5) for part in labels.boxes[named]]
    corners = np.array([[a, b, c] for a in ends[0] for b in ends[1] for c in ends[2]])
    at = grid.indices(labels.grid.points_mm(corners))
    return bool((at.max(axis=0) >= -1.0).all() and (at.min(axis=0) <= np.array(grid.shape)).all())
