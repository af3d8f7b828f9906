"""Paint a lesion of exactly known shape into a real CT, as that scanner would have shown it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from enbloc.case.anatomy import Level, Side, tumour, vertebra
from enbloc.case.fact import BoneQuality
from enbloc.case.geometry import Point, Pose, Triple, triple
from enbloc.case.image import Grid, LabelMap, Volume
from enbloc.errors import RecordError
from enbloc.kernels.sampling import grid_points
from enbloc.kernels.shapes import union_distance
from enbloc.phantom.host import Host, host_of
from enbloc.phantom.integral import volume_and_centre
from enbloc.phantom.landmark import Landmarks, landmarks
from enbloc.phantom.limb import ellipsoid_row
from enbloc.phantom.scanner import Box, Distance, Shape, clumps, cover, index_box, shape_of
from enbloc.value import value

Floats = NDArray[np.float64]

LYTIC_HU = 45.0
SCLEROTIC_HU = 560.0
LOBES = 0.07  # depth of the lobes of the surface, as a share of the smallest radius
REACH = 4.0  # standard deviations beyond which the scanner's spread is nothing


@value
class PaintedLesion:
    """A lesion to paint: an ellipsoid about ``centre_mm`` in the frame of a labelled vertebra, and what adds to it.

    The frame has its origin at the centre of the body, x to the patient's left, y to the back, z to the head.
    ``epidural_mm`` is how far it grows beyond the back wall; ``paravertebral_mm`` is the radius of a mass on one side.
    """

    lesion: str = "A"
    level: Level
    bone: BoneQuality = BoneQuality.LYTIC
    centre_mm: Triple = (0.0, 0.0, 0.0)
    radii_mm: Triple = (12.0, 10.0, 8.0)
    pedicles: tuple[Side, ...] = ()
    epidural_mm: float = 0.0
    paravertebral: Side | None = None
    paravertebral_mm: float = 12.0
    blur_mm: float | None = None  # the scanner's spread; left out = found in the scan
    seed: int = 1

    def __post_init__(self) -> None:
        if min(*self.radii_mm, self.paravertebral_mm) <= 0 or self.epidural_mm < 0:
            raise RecordError(f"A lesion with radii {self.radii_mm} mm cannot be painted.", remedy="Give positive mm.")


@value
class PaintedTruth:
    """What is exactly true of a painted lesion, and how the host was matched."""

    lesion: str
    level: Level
    volume_cc: float
    centre: Point
    pose: Pose
    noise_hu: float
    blur_mm: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Painted:
    """The scan with its lesion, the lesion's label map (drawn on "ct"), and the truth."""

    volume: Volume
    tumour: LabelMap
    truth: PaintedTruth


def paint(volume: Volume, labels: Sequence[LabelMap], lesion: PaintedLesion) -> Painted:
    """The scan with the lesion in it. Nothing changes farther from it than the scanner's spread reaches.

    Raises
    ------
    RecordError
        If the vertebra is not labelled, the lesion lies outside of the scan, or it would enter the cord.
    """
    marks = landmarks(labels, lesion.level)
    shape = _shape(marks, lesion)
    near = index_box(volume.grid, shape.low - 30.0, shape.high + 30.0)
    covered = cover(volume.grid, shape, fine=_fine(volume.grid))
    if near is None or covered is None or not covered.inside.any():
        raise RecordError(f"The lesion at {lesion.level} lies outside of the scan.", remedy="Check level and centre.")
    host = host_of(volume.cropped(near), blur_mm=lesion.blur_mm)
    box = _grown(covered.box, volume.grid, host.blur_mm)
    share = np.zeros(tuple(part.stop - part.start for part in box))
    share[_within(covered.box, box)] = covered.shares[0]
    tissue = _tissue(volume.grid, labels, lesion, box)
    voxels = volume.voxels.copy()
    voxels[box] = _blended(voxels[box], share, tissue, (host, volume.grid, lesion.seed))
    names = np.zeros(volume.grid.shape, np.uint8)
    names[covered.box][covered.inside] = 1
    return Painted(
        volume=replace(volume, voxels=voxels, sha256=""),
        tumour=LabelMap(labels=names, grid=volume.grid, names={1: tumour(lesion.lesion)}, on="ct"),
        truth=_truth(lesion, marks, shape, host),
    )


def _truth(lesion: PaintedLesion, marks: Landmarks, shape: Shape, host: Host) -> PaintedTruth:
    cc, centre = volume_and_centre(shape)
    return PaintedTruth(
        lesion=lesion.lesion,
        level=lesion.level,
        volume_cc=cc,
        centre=Point(xyz_mm=triple(centre)),
        pose=marks.pose,
        noise_hu=host.noise_hu,
        blur_mm=host.blur_mm,
    )


def _fine(grid: Grid) -> int:
    return int(np.clip(np.ceil(max(grid.spacing_mm) / 0.4), 2, 8))


def _shape(marks: Landmarks, lesion: PaintedLesion) -> Shape:
    """The union of the lesion's ellipsoids with a softly lobed surface."""
    ellipsoids = _ellipsoids(marks, lesion)
    _check_cord(marks, ellipsoids)
    rows = np.array([ellipsoid_row(centre, radii, marks.pose) for centre, radii in ellipsoids])
    rows[1:, 1] = 2.0
    depth = LOBES * min(lesion.radii_mm)
    plain = shape_of(rows)
    return Shape(
        distance=_lobed(rows, marks.pose, depth, lesion.seed),
        low=plain.low - depth - 1.0,
        high=plain.high + depth + 1.0,
    )


def _ellipsoids(marks: Landmarks, lesion: PaintedLesion) -> list[tuple[Triple, Triple]]:
    """Centre and radii of each part of a lesion, mm, in the frame of its vertebra."""
    found = [(lesion.centre_mm, lesion.radii_mm)]
    pedicles = dict(marks.pedicles)
    for side in lesion.pedicles:
        if side not in pedicles:
            raise RecordError(
                f"The {side.value} pedicle of {lesion.level} is not in the label.", remedy="Leave it out."
            )
        x, y, z = pedicles[side]
        found.append(((x, y - 2.0, z), (6.0, 10.0, 7.0)))
    if lesion.epidural_mm > 0:
        back, front = marks.wall_mm + lesion.epidural_mm, lesion.centre_mm[1]
        half = max((back - front) / 2.0, 1.0 + lesion.epidural_mm)
        found.append(((0.0, back - half, lesion.centre_mm[2]), (8.0, half, 8.0)))
    if lesion.paravertebral is not None:
        sign = 1.0 if lesion.paravertebral is Side.LEFT else -1.0
        radius = lesion.paravertebral_mm
        x = sign * (abs(lesion.centre_mm[0]) + lesion.radii_mm[0] + 0.5 * radius)
        found.append(((x, lesion.centre_mm[1], lesion.centre_mm[2]), (radius, 1.1 * radius, radius)))
    return found


def _check_cord(marks: Landmarks, ellipsoids: Sequence[tuple[Triple, Triple]]) -> None:
    for centre, radii in ellipsoids:
        midline = abs(centre[0]) < radii[0]
        if marks.cord_front_mm is not None and midline and centre[1] + radii[1] > marks.cord_front_mm:
            room = marks.cord_front_mm - marks.wall_mm
            raise RecordError(
                f"The lesion would enter the cord; {room:.1f} mm lie between it and the back wall.",
                remedy="Make it smaller, move it forward, or lower 'epidural_mm'.",
            )


def _lobed(rows: Floats, pose: Pose, depth: float, seed: int) -> Distance:
    phases = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, 3)
    wave = 2.0 * np.pi / 11.0

    def distance(points: Floats) -> Floats:
        own = (points - pose.origin) @ pose.rotation
        lobes = np.sin(wave * own + phases).sum(axis=1) / 3.0
        return np.asarray(union_distance(rows, points)[0] + depth * lobes)

    return distance


def _grown(box: Box, grid: Grid, blur_mm: float) -> Box:
    """The box with room for the scanner's spread, within the grid."""
    more = [int(np.ceil(REACH * blur_mm / mm)) for mm in grid.spacing_mm]
    a, b, c = (
        slice(max(0, part.start - add), min(size, part.stop + add))
        for part, add, size in zip(box, more, grid.shape, strict=True)
    )
    return (a, b, c)


def _within(inner: Box, outer: Box) -> Box:
    a, b, c = (slice(i.start - o.start, i.stop - o.start) for i, o in zip(inner, outer, strict=True))
    return (a, b, c)


def _tissue(grid: Grid, labels: Sequence[LabelMap], lesion: PaintedLesion, box: Box) -> Floats:
    """Hounsfield units of the lesion itself in each voxel of the box: bone only where there was bone."""
    sides = tuple(part.stop - part.start for part in box)
    if lesion.bone is BoneQuality.LYTIC:
        return np.full(sides, LYTIC_HU)
    points = grid_points(grid.affine, np.array([part.start for part in box]), np.array(sides))
    dense = _in_bone(points, labels, lesion.level)
    if lesion.bone is BoneQuality.MIXED:
        dense = dense * clumps(points + 3.0 * lesion.seed)
    return np.asarray(LYTIC_HU + (SCLEROTIC_HU - LYTIC_HU) * dense).reshape(sides)


def _in_bone(points: Floats, labels: Sequence[LabelMap], level: Level) -> Floats:
    held = next(one for one in labels if vertebra(level) in one.boxes)
    at = np.rint(held.grid.indices(points)).astype(int)
    known = ((at >= 0) & (at < np.array(held.grid.shape))).all(axis=1)
    inside = np.zeros(len(points))
    at = at[known]
    inside[known] = held.mask(vertebra(level))[at[:, 0], at[:, 1], at[:, 2]]
    return inside


def _blended(old: NDArray[np.int16], share: Floats, tissue: Floats, seen: tuple[Host, Grid, int]) -> NDArray[np.int16]:
    """The host, with the lesion laid over it as blurred by the scanner, in noise like the host's own."""
    host, grid, seed = seen
    sigmas = [host.blur_mm / mm for mm in grid.spacing_mm]
    spread = gaussian_filter(share, sigmas, truncate=REACH, mode="nearest")
    # What the scanner would show of the lesion alone, and how much of the host shows through.
    shown = gaussian_filter(share * tissue, sigmas, truncate=REACH, mode="nearest")
    # The part of the host's noise that the lesion takes away is put back.
    noise = host.noise(share.shape, seed) * np.sqrt(1.0 - (1.0 - spread) ** 2)
    new = (1.0 - spread) * old + shown + noise
    touched = spread > 1e-4
    limits = np.iinfo(np.int16)
    return np.where(touched, np.clip(np.rint(new), limits.min, limits.max), old).astype(old.dtype)
