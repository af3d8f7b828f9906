"""A grid in the patient, and a canvas on it: solids are laid over each other, then seen through a scanner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from enbloc.case.image import Grid
from enbloc.kernels.sampling import filled, grid_points, split_points
from enbloc.kernels.shapes import union_distance
from enbloc.value import value

Floats = NDArray[np.float64]
Distance = Callable[[Floats], Floats]
Box = tuple[slice, slice, slice]

_WAYS = {"L": (0, 1.0), "R": (0, -1.0), "P": (1, 1.0), "A": (1, -1.0), "S": (2, 1.0), "I": (2, -1.0)}


@value
class Tissue:
    """How a tissue looks: Hounsfield units in CT, and an arbitrary brightness in T2-weighted MR."""

    hu: float
    t2: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Shape:
    """A solid in the patient: its signed distance for points, shape (n, 3), and the corners of a box around it."""

    distance: Distance
    low: Floats
    high: Floats


def shape_of(rows: Floats) -> Shape:
    """The smooth union of rows as a shape."""
    reach = np.stack([_reach(rows, axis) for axis in np.eye(3)], axis=1)
    centres = rows[:, 4:7]
    return Shape(
        distance=lambda points: union_distance(rows, points)[0],
        low=(centres - reach).min(axis=0) - 1.0,
        high=(centres + reach).max(axis=0) + 1.0,
    )


def _reach(rows: Floats, way: Floats) -> Floats:
    """How far each row reaches from its centre in a direction; a drum is taken for its box."""
    turned = rows[:, 7:16].reshape(-1, 3, 3) @ way
    round_part = np.sqrt(((turned * rows[:, 16:19]) ** 2).sum(axis=1)) + np.abs(turned[:, 2]) * rows[:, 19]
    tall = np.maximum(rows[:, 18], rows[:, 19]) / 2.0
    boxed = (np.abs(turned) * np.stack([rows[:, 16], rows[:, 17], tall], axis=1)).sum(axis=1)
    return np.asarray(np.where(rows[:, 0] == 0.0, round_part, boxed))


def grid_around(low: Floats, high: Floats, spacing_mm: tuple[float, float, float], axes: str, turn: Floats) -> Grid:
    """A grid over the box between two corners; its axes point as ``axes`` says and are then turned about its centre."""
    ways = [_WAYS[letter] for letter in axes]
    directions = np.zeros((3, 3))
    for column, (axis, sign) in enumerate(ways):
        directions[axis, column] = sign
    directions = turn @ directions
    extent = np.array([(high - low)[axis] for axis, _ in ways])
    shape = np.maximum(1, np.ceil(extent / np.array(spacing_mm) - 1e-6)).astype(int)
    affine = np.eye(4)
    affine[:3, :3] = directions * np.array(spacing_mm)
    affine[:3, 3] = (low + high) / 2.0 - affine[:3, :3] @ ((shape - 1) / 2.0)
    a, b, c = (int(n) for n in shape)
    return Grid(shape=(a, b, c), affine=affine)


def box_of(
    shape: tuple[int, int, int], spacing_mm: tuple[float, float, float], axes: str, centre: Floats
) -> tuple[Floats, Floats]:
    """The corners of the box that an array of this shape fills about a centre."""
    half = np.zeros(3)
    for letter, count, mm in zip(axes, shape, spacing_mm, strict=True):
        half[_WAYS[letter][0]] = count * mm / 2.0
    return centre - half, centre + half


def index_box(grid: Grid, low: Floats, high: Floats) -> Box | None:
    """The part of a grid that holds a box of the patient, or nothing if they do not meet."""
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    indices = grid.indices(corners)
    first = np.maximum(np.floor(indices.min(axis=0)).astype(int), 0)
    last = np.minimum(np.ceil(indices.max(axis=0)).astype(int) + 1, grid.shape)
    if (first >= last).any():
        return None
    a, b, c = (slice(int(start), int(stop)) for start, stop in zip(first, last, strict=True))
    return (a, b, c)


@dataclass(frozen=True, eq=False, kw_only=True)
class Cover:
    """Where a shape lies on a grid: which voxels of ``box`` have their centre inside, and how far each is filled.

    ``shares`` holds the filled share of each voxel, then for each deeper surface the share that lies below it.
    A voxel is named by its centre and not by its share: for a flat surface the two are the same, and a round solid that
    took only voxels at least half filled would be counted too small. A flat solid a few voxels thick may so be counted
    some per cent off, as in any label map; over all places of the grid the count is exact.
    """

    box: Box
    inside: NDArray[np.bool_]
    shares: tuple[NDArray[np.float32], ...]


def cover(grid: Grid, shape: Shape, *, deeper: tuple[float, ...] = (), fine: int = 0) -> Cover | None:
    """How a shape fills the voxels of a grid, or nothing if it lies outside.

    Voxels near the surface are cut into ``fine`` parts along each axis (0: parts of about 0.7 mm).
    """
    box = index_box(grid, shape.low, shape.high)
    if box is None:
        return None
    sides = (box[0].stop - box[0].start, box[1].stop - box[1].start, box[2].stop - box[2].start)
    points = grid_points(grid.affine, np.array([part.start for part in box]), np.array(sides))
    distances = shape.distance(points)
    counts = [fine or int(np.clip(np.ceil(mm / 0.7), 1, 5)) for mm in grid.spacing_mm]
    shares = [_shares(grid, shape, (points, distances), counts)]
    # Deeper surfaces, such as the inside of a cortex, need only be where they are, not exact to a part of a voxel.
    width = float(np.prod(grid.spacing_mm) ** (1.0 / 3.0))
    shares += [filled(distances, 1, width, inset).astype(np.float32) for inset in deeper]
    return Cover(
        box=box,
        inside=(distances < 0).reshape(sides),
        shares=tuple(share.reshape(sides) for share in shares),
    )


def _shares(grid: Grid, shape: Shape, seen: tuple[Floats, Floats], counts: list[int]) -> NDArray[np.float32]:
    points, distances = seen
    shares = (distances < 0).astype(np.float32)
    # Distances are only nearly true: look a little farther than half of a voxel's diagonal.
    near = np.flatnonzero(np.abs(distances) < 0.58 * float(np.linalg.norm(grid.spacing_mm)))
    offsets, width = voxel_parts(grid, counts)
    shares[near] = filled(shape.distance(split_points(points[near], offsets)), len(offsets), width, 0.0)
    return shares


def voxel_parts(grid: Grid, counts: list[int]) -> tuple[Floats, float]:
    """Where the parts of a voxel lie from its centre, mm, shape (n, 3), and the size of one."""
    along = [(np.arange(count) + 0.5) / count - 0.5 for count in counts]
    mesh = np.stack(np.meshgrid(*along, indexing="ij"), axis=-1).reshape(-1, 3)
    width = float(np.prod(np.array(grid.spacing_mm) / np.array(counts)) ** (1.0 / 3.0))
    return np.asarray(mesh @ grid.affine[:3, :3].T, dtype=np.float64), width


class Canvas:
    """Pictures and labels under construction; the only thing here that changes."""

    def __init__(self, grid: Grid, tissue: Tissue, *, with_mr: bool) -> None:
        self.grid = grid
        self.ct = np.full(grid.shape, tissue.hu, np.float32)
        self.mr = np.full(grid.shape, tissue.t2, np.float32) if with_mr else None
        self.labels = np.zeros(grid.shape, np.uint8)

    def lay(self, shape: Shape, tissue: Tissue, label: int | None = None) -> Cover | None:
        """Lay a solid of one tissue over what is there; with a label, name its voxels."""
        covered = cover(self.grid, shape)
        if covered is not None:
            self.blend(covered.box, covered.shares[0], tissue)
            if label is not None:
                self.labels[covered.box][covered.inside] = label
        return covered

    def blend(self, box: Box, share: NDArray[np.float32], tissue: Tissue) -> None:
        """Fill a share of each voxel of ``box`` with a tissue."""
        for picture, brightness in ((self.ct, tissue.hu), (self.mr, tissue.t2)):
            if picture is not None:
                here = picture[box]
                here += share * (np.float32(brightness) - here)


def scanned(picture: NDArray[np.float32], grid: Grid, blur_mm: float, noise: float, seed: int) -> NDArray[np.float32]:
    """The picture after the scanner's spread and noise, in place slab by slab; the same for the same seed."""
    if blur_mm > 0:
        gaussian_filter(picture, [blur_mm / mm for mm in grid.spacing_mm], output=picture, truncate=3.0)
    if noise > 0:
        random = np.random.default_rng(seed)
        for start in range(0, picture.shape[0], 32):
            slab = picture[start : start + 32]
            slab += np.float32(noise) * random.standard_normal(slab.shape, dtype=np.float32)
    return picture


def clumps(points: Floats) -> Floats:
    """A pattern that is 1 in about half of space, in clumps of some 6 mm, and 0 in the other half."""
    x, y, z = (2.0 * np.pi / 12.0 * points[:, axis] for axis in range(3))
    wave = np.sin(x) * np.cos(y) + np.sin(y) * np.cos(z) + np.sin(z) * np.cos(x)
    return np.asarray(np.clip(0.5 + 3.0 * wave, 0.0, 1.0), dtype=np.float64)
