"""One labelled vertebra: its crop, its frame, its endplates, where its body ends and its canal runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.geometry import Frame, Pose, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.kernels.voxels import moved, placed
from enbloc.measure.spine.canal import Canal, thinned

Floats = NDArray[np.float64]
Box = tuple[slice, slice, slice]


@dataclass(frozen=True, eq=False, kw_only=True)
class Crop:
    """The labelled voxels of one vertebra and where they lie; ``mask`` is uint8 on ``grid``, a part of a map's."""

    level: Level
    labels: LabelMap
    box: Box
    grid: Grid
    mask: NDArray[np.uint8]
    cut: tuple[str, ...]  # the edges of the scan that it touches, in words

    @cached_property
    def points_mm(self) -> Floats:
        """The centres of its voxels in their order in memory, shape (n, 3), patient LPS."""
        affine = self.grid.affine
        return placed(self.mask, np.ascontiguousarray(affine[:3, :3]), np.ascontiguousarray(affine[:3, 3]))

    @cached_property
    def sample_mm(self) -> Floats:
        """Evenly some of them, where a few thousand are enough."""
        return thinned(self.points_mm)

    @cached_property
    def centroid(self) -> Floats:
        """The mean of its voxels, patient LPS."""
        return np.asarray(self.points_mm.mean(axis=0), dtype=np.float64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Endplate:
    """The plane of an endplate: ``centre_mm`` on it and unit ``normal`` to the head, patient LPS.

    ``rms_mm`` is how far its columns lie from the plane, ``left_out`` the share of them that lie far off it and were
    left out, ``error_deg`` how far the plane tilts in the sagittal and in the coronal plane when a third of it moves
    by half a voxel (or by ``rms_mm``, where that is more).
    """

    centre_mm: Floats
    normal: Floats
    rms_mm: float
    left_out: float
    error_deg: tuple[float, float]


@dataclass(frozen=True, eq=False, kw_only=True)
class Vertebra:
    """A vertebra in its own frame: x to the patient's left, y to the back, z to the head; origin in the body's centre.

    ``back_mm`` is the y of the plane that parts body and arch, ``low_mm`` and ``high_mm`` the reach of the body along
    z. ``hole_mm`` is (x, y, z) of the canal's centre at the level of the pedicles, ``half_width_mm`` and
    ``half_depth_mm`` reach from there to its borders, ``pedicle_mm`` to the outer border of the pedicles. ``upper``
    and ``lower`` are its endplates where they can be told, whatever the thickness of the slices.
    """

    crop: Crop
    axes: Floats  # rows are x, y, z in the patient
    origin: Floats
    back_mm: float
    low_mm: float
    high_mm: float
    hole_mm: Floats
    half_width_mm: float
    half_depth_mm: float
    pedicle_mm: float
    canal: Canal
    upper: Endplate | None = None
    lower: Endplate | None = None
    notes: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        return self.crop.level

    @property
    def pose(self) -> Pose:
        """The frame as a noun."""
        x, y, z = (triple(np.round(axis, 9)) for axis in self.axes)
        return Pose(child=Frame(name=self.level.value), axes=(x, y, z), origin_mm=triple(np.round(self.origin, 4)))

    def inside(self, points_mm: Floats) -> Floats:
        """Patient points, shape (n, 3), in the frame of the vertebra."""
        return moved(np.ascontiguousarray(points_mm), self.axes, -self.axes @ self.origin)

    @cached_property
    def own_mm(self) -> Floats:
        """The voxels of the vertebra in its frame, in the order of its crop."""
        return self.inside(self.crop.points_mm)

    def at(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """A place in the frame of the vertebra, in the patient."""
        return triple(self.origin + np.array([x, y, z]) @ self.axes)

    def error_mm(self, axis: int) -> float:
        """How far a surface of the label may be off along an axis of the frame: half a voxel, and the map's error."""
        return half_voxel(self.crop.grid, self.axes[axis]) + self.crop.labels.error_mm


def half_voxel(grid: Grid, direction: Floats) -> float:
    """How far a surface that faces ``direction`` moves when it moves by half a voxel along each axis of the grid."""
    return float(0.5 * np.linalg.norm((direction @ grid.directions) * np.array(grid.spacing_mm)))


def crop_of(images: Images, level: Level) -> Crop:
    """The crop of a labelled vertebra."""
    labels = images.map_of(vertebra(level))
    assert labels is not None, level
    box = labels.boxes[vertebra(level)]
    mask = np.ascontiguousarray(labels.mask(vertebra(level), box)).view(np.uint8)
    return Crop(
        level=level,
        labels=labels,
        box=box,
        grid=labels.grid.cropped(box),
        mask=mask,
        cut=edges(labels.grid, box),
    )


_EDGES = {"S": "upper", "I": "lower", "A": "front", "P": "back", "L": "left", "R": "right"}
_ACROSS = {"S": "I", "I": "S", "A": "P", "P": "A", "L": "R", "R": "L"}


def edges(grid: Grid, box: Box) -> tuple[str, ...]:
    """The edges of the scan that a box touches, in the patient's words."""
    touched = []
    for letter, part, size in zip(grid.axes, box, grid.shape, strict=True):
        if part.start == 0:
            touched.append(_EDGES[_ACROSS[letter]])
        if part.stop == size:
            touched.append(_EDGES[letter])
    return tuple(touched)


def neighbour_axis(centres: dict[Level, Floats], level: Level, levels: tuple[Level, ...]) -> Floats | None:
    """The direction to the head from the centre of the vertebra below to that of the one above."""
    at = levels.index(level)
    near = [centres[other] for other in levels[max(0, at - 1) : at + 2] if other in centres]
    if len(near) < 2:
        return None
    axis = near[0] - near[-1]
    return np.asarray(axis / np.linalg.norm(axis), dtype=np.float64)


def cut_through(crop: Crop) -> tuple[str, ...]:
    """The edges of the scan that may have cut the body; the back one only cuts the spinous process."""
    return tuple(edge for edge in crop.cut if edge != "back")
