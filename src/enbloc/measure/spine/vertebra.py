"""One labelled vertebra: its crop, its frame, where its body ends and its canal runs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.geometry import Frame, Pose, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.spine.canal import Canal, canal_points, hole, thinned
from enbloc.measure.spine.parameters import SPREAD_OF_AXES

Floats = NDArray[np.float64]
Box = tuple[slice, slice, slice]
HEAD = np.array([0.0, 0.0, 1.0])
BACK = np.array([0.0, 1.0, 0.0])
USUAL_PEDICLE_MM = 8.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Crop:
    """The labelled voxels of one vertebra and where they lie; ``mask`` is uint8 on ``grid``, a part of a map's."""

    level: Level
    labels: LabelMap
    box: Box
    grid: Grid
    mask: NDArray[np.uint8]
    points_mm: Floats  # the centres of its voxels, patient LPS
    cut: tuple[str, ...]  # the edges of the scan that it touches, in words

    @property
    def centroid(self) -> Floats:
        return np.asarray(self.points_mm.mean(axis=0), dtype=np.float64)


@dataclass(frozen=True, eq=False, kw_only=True)
class Vertebra:
    """A vertebra in its own frame: x to the patient's left, y to the back, z to the head; origin in the body's centre.

    ``back_mm`` is the y of the plane that parts body and arch, ``low_mm`` and ``high_mm`` the reach of the body along
    z. ``hole_mm`` is (x, y, z) of the canal's centre at the level of the pedicles, ``half_width_mm`` and
    ``half_depth_mm`` reach from there to its borders, ``pedicle_mm`` to the outer border of the pedicles.
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
        return np.asarray((points_mm - self.origin) @ self.axes.T, dtype=np.float64)

    def at(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """A place in the frame of the vertebra, in the patient."""
        return triple(self.origin + np.array([x, y, z]) @ self.axes)

    def error_mm(self, axis: int) -> float:
        """Half a voxel of the label map along an axis of the frame."""
        return half_voxel(self.crop.grid, self.axes[axis])


def half_voxel(grid: Grid, direction: Floats) -> float:
    """How far a surface that faces ``direction`` moves when it moves by half a voxel along each axis of the grid."""
    return float(0.5 * np.linalg.norm((direction @ grid.directions) * np.array(grid.spacing_mm)))


def crop_of(images: Images, level: Level) -> Crop:
    """The crop of a labelled vertebra."""
    labels = images.map_of(vertebra(level))
    assert labels is not None, level
    box = labels.boxes[vertebra(level)]
    mask = labels.mask(vertebra(level), box).astype(np.uint8)
    grid = labels.grid.cropped(box)
    return Crop(
        level=level,
        labels=labels,
        box=box,
        grid=grid,
        mask=mask,
        points_mm=grid.points_mm(np.argwhere(mask)),
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


def framed(crop: Crop, images: Images, axis: Floats) -> tuple[Vertebra, Canal] | None:
    """The vertebra in its frame, from a first guess of the direction to the head; nothing without a canal or hole."""
    canal = canal_points(images, crop.grid)
    if canal is None:
        canal = hole(crop.mask, crop.grid, axis, crop.centroid)
    if canal is None:
        return None
    axis = _along(canal, crop.centroid, axis)
    first = _placed(crop, canal, axis)
    if first is None:
        return None
    second = _placed(crop, canal, _along(canal, first.origin, axis))
    return second or first, canal


def refined(first: Vertebra, canal: Canal, chord: Floats | None) -> Vertebra:
    """The vertebra with its axis halfway between the canal's and that of the neighbouring bodies' centres."""
    if chord is None and not canal.is_cord_only:
        return first
    axis = first.axes[2] if chord is None else first.axes[2] + chord
    axis = axis / np.linalg.norm(axis)
    if canal.is_cord_only:  # a cord does not reach the walls of the canal: the hole around it does
        found = hole(first.crop.mask, first.crop.grid, axis, first.crop.centroid)
        canal = canal if found is None else replace(found, notes=canal.notes)
    return _placed(first.crop, canal, axis) or first


def _along(canal: Canal, centre: Floats, axis: Floats) -> Floats:
    """The direction of the canal beside ``centre``, to the head; the guess where too little of it is seen."""
    for _ in range(2):
        height = (canal.points_mm - centre) @ axis
        near = canal.points_mm[np.abs(height) <= SPREAD_OF_AXES.number]
        if len(near) < 30 or np.ptp(height[np.abs(height) <= SPREAD_OF_AXES.number]) < SPREAD_OF_AXES.number:
            return axis
        off = near - near.mean(axis=0)
        along = off @ axis
        # Least squares of position on height: unlike a principal axis it cannot turn into a wide canal's width.
        slope = (off * along[:, None]).sum(axis=0) / (along @ along)
        axis = slope / np.linalg.norm(slope)
    return np.asarray(axis, dtype=np.float64)


def _placed(crop: Crop, canal: Canal, axis: Floats) -> Vertebra | None:
    """Body, arch and canal of a vertebra whose direction to the head is known."""
    back = BACK - (BACK @ axis) * axis
    back = back / np.linalg.norm(back)
    bone = thinned(crop.points_mm)
    body = crop.centroid
    for _ in range(4):
        height = np.abs((canal.points_mm - body) @ axis)
        beside = canal.points_mm[height <= np.clip(height.min() + 2.0, 8.0, None)]
        centre = beside.mean(axis=0)
        border = float(np.quantile((beside - centre) @ back, 0.02)) - half_voxel(canal.grid, back)
        front = (bone - centre) @ back < border
        if front.sum() < 0.05 * len(front):
            return None
        body = bone[front].mean(axis=0)
        back = (centre - body) - ((centre - body) @ axis) * axis
        back = back / np.linalg.norm(back)
    axes = np.stack([np.cross(back, axis), back, axis])
    body = crop.points_mm[(crop.points_mm - centre) @ back < border].mean(axis=0)
    return _measured(crop, canal, axes, body, float((centre - body) @ back + border))


def _measured(crop: Crop, canal: Canal, axes: Floats, origin: Floats, back_mm: float) -> Vertebra:
    own = (thinned(crop.points_mm) - origin) @ axes.T
    around = (canal.points_mm - origin) @ axes.T
    low, high = np.quantile(own[own[:, 1] < back_mm, 2], (0.005, 0.995))
    beside = around[(around[:, 2] > low) & (around[:, 2] < high)]
    beside = beside if len(beside) else around
    middle = np.median(beside, axis=0)
    width = float(np.quantile(np.abs(beside[:, 0] - middle[0]), 0.98))
    pedicles = own[(own[:, 1] > back_mm) & (own[:, 1] < middle[1]) & (np.abs(own[:, 0] - middle[0]) > width)]
    at = float(np.median(pedicles[:, 2])) if len(pedicles) else 0.5 * (low + high)
    slab = around[np.abs(around[:, 2] - at) <= max(2.0, 2.0 * half_voxel(canal.grid, axes[2]))]
    slab = slab if len(slab) else beside
    centre = np.array([slab[:, 0].mean(), slab[:, 1].mean(), at])
    reach = np.quantile(np.abs(slab[:, :2] - centre[:2]), 0.98, axis=0)
    return Vertebra(
        crop=crop,
        axes=axes,
        origin=origin,
        back_mm=back_mm,
        low_mm=float(low) - half_voxel(crop.grid, axes[2]),
        high_mm=float(high) + half_voxel(crop.grid, axes[2]),
        hole_mm=centre,
        half_width_mm=float(reach[0]) + half_voxel(canal.grid, axes[0]),
        half_depth_mm=float(reach[1]) + half_voxel(canal.grid, axes[1]),
        pedicle_mm=_pedicle_reach(pedicles, centre, axes, crop) if len(pedicles) else width + USUAL_PEDICLE_MM,
        notes=canal.notes,
    )


def _pedicle_reach(pedicles: Floats, centre: Floats, axes: Floats, crop: Crop) -> float:
    """How far out the pedicles reach, from the middle of the canal, just behind the body."""
    front = pedicles[pedicles[:, 1] <= np.quantile(pedicles[:, 1], 0.4)]
    return float(np.quantile(np.abs(front[:, 0] - centre[0]), 0.95)) + half_voxel(crop.grid, axes[0])


def vertebrae(images: Images) -> tuple[dict[Level, Vertebra], dict[Level, str]]:
    """Every labelled vertebra in its frame, cranial to caudal, and why some have none."""
    levels = images.levels
    crops = {level: crop_of(images, level) for level in levels}
    centroids = {level: crop.centroid for level, crop in crops.items()}
    first: dict[Level, tuple[Vertebra, Canal]] = {}
    missing: dict[Level, str] = {}
    for level, crop in crops.items():
        guess = neighbour_axis(centroids, level, levels)
        if guess is None or guess[2] < 0.5:  # labels out of order, or steeper than any spine: trust the patient's axis
            guess = HEAD
        found = framed(crop, images, guess)
        if found is None:
            missing[level] = _why_frameless(crop)
        else:
            first[level] = found
    bodies = {level: one.origin for level, (one, _) in first.items() if not cut_through(one.crop)}
    spine = {level: refined(one, canal, _chord(bodies, level, levels)) for level, (one, canal) in first.items()}
    return spine, missing


def _why_frameless(crop: Crop) -> str:
    cut = f"{crop.level} is cut by the {' and '.join(crop.cut)} edge of the scan; " if crop.cut else ""
    return f"{cut}no canal beside {crop.level} and no closed ring of bone: its frame is not known"


def _chord(bodies: dict[Level, Floats], level: Level, levels: tuple[Level, ...]) -> Floats | None:
    """The chord through both neighbouring bodies; nothing unless both are whole, as one alone would tilt it."""
    at = levels.index(level)
    if not 0 < at < len(levels) - 1 or levels[at - 1] not in bodies or levels[at + 1] not in bodies:
        return None
    return neighbour_axis(bodies, level, levels)


def cut_through(crop: Crop) -> tuple[str, ...]:
    """The edges of the scan that may have cut the body; the back one only cuts the spinous process."""
    return tuple(edge for edge in crop.cut if edge != "back")
