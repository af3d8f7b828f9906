"""Vertebrae with a known motion: the exact solids of a phantom, sampled where a moved patient would be scanned."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, Structure, vertebra
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.registration.rigid import STAY, Motion
from enbloc.phantom import Recipe
from enbloc.phantom.model import model
from enbloc.phantom.scanner import Shape

Floats = NDArray[np.float64]
Triple = tuple[float, float, float]
Taken = Callable[[Level, Floats], NDArray[np.bool_]]
"""Which points of a vertebra, in the patient before the motion, have lost their bone."""

LEVELS = (Level.T8, Level.T9, Level.T10)


@cache
def solids() -> Mapping[Level, Shape]:
    """The exact vertebrae, cranial to caudal."""
    made = model(Recipe(levels=LEVELS))
    return {level: made.vertebra_shape(level) for level in LEVELS}


def motion(turn_deg: float, about: Triple = (1.0, -0.5, 0.8), shift_mm: Triple = (6.0, -7.0, 4.0)) -> Motion:
    """A turn about the patient's origin, then a shift."""
    axis = np.array(about) / np.linalg.norm(about)
    turn = Rotation.from_rotvec(np.deg2rad(turn_deg) * axis).as_matrix()
    return Motion(rotation=turn, shift_mm=np.array(shift_mm))


def labelled(
    moves: Mapping[Level, Motion],
    *,
    spacing: Triple = (1.2, 1.2, 1.2),
    taken: Taken | None = None,
    names: Mapping[Level, Level] | None = None,
    mirrored: bool = False,
) -> Images:
    """Labels of the vertebrae after each has moved, on an axial grid that holds them; ``names`` misnames some."""
    corners = np.concatenate([moves[level].moved(_corners(level, mirrored=mirrored)) for level in moves])
    grid = _around(corners.min(axis=0) - 4.0, corners.max(axis=0) + 4.0, spacing)
    points = grid.points_mm(np.indices(grid.shape).reshape(3, -1).T)
    labels = np.zeros(len(points), np.uint8)
    for number, (level, moved) in enumerate(moves.items(), start=1):
        near = np.flatnonzero(_is_near(points, moved.moved(_corners(level, mirrored=mirrored))))
        before = moved.inverse.moved(points[near])
        if mirrored:
            before = before * np.array([-1.0, 1.0, 1.0])
        within = _is_near(before, _corners(level, mirrored=False))
        near, before = near[within], before[within]
        inside = solids()[level].distance(before) < 0
        if taken is not None:
            inside &= ~taken(level, before)
        labels[near[inside]] = number
    called: dict[int, Structure] = {
        number: vertebra((names or {}).get(level, level)) for number, level in enumerate(moves, start=1)
    }
    made = LabelMap(labels=labels.reshape(grid.shape), grid=grid, names=called, on="ct", document="vertebrae.nii.gz")
    return Images(volumes={}, labels={"vertebrae": made})


def _corners(level: Level, *, mirrored: bool) -> Floats:
    shape = solids()[level]
    low, high = shape.low, shape.high
    ends = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    return ends * np.array([-1.0, 1.0, 1.0]) if mirrored else ends


def _is_near(points: Floats, corners: Floats) -> NDArray[np.bool_]:
    inside = (points >= corners.min(axis=0)) & (points <= corners.max(axis=0))
    return np.asarray(inside.all(axis=1))


def _around(low: Floats, high: Floats, spacing: Triple) -> Grid:
    """An axial grid, slice by slice from the feet, off any round number so that no voxel meets a face by design."""
    counts = np.ceil((high - low)[::-1] / np.array(spacing)).astype(int)
    affine = np.eye(4)
    affine[:3, :3] = np.array([[0.0, 0.0, spacing[2]], [0.0, spacing[1], 0.0], [spacing[0], 0.0, 0.0]])
    affine[:3, 3] = low + np.array([0.13, 0.27, 0.31])
    return Grid(shape=(int(counts[0]), int(counts[1]), int(counts[2])), affine=affine)


def together(moved: Motion = STAY) -> dict[Level, Motion]:
    """The same motion for every vertebra."""
    return dict.fromkeys(LEVELS, moved)


def bone(level: Level) -> Floats:
    """Points all over a vertebra before it moved: those whose place after a registration is judged."""
    shape = solids()[level]
    steps = [np.arange(start, stop, 4.0) for start, stop in zip(shape.low, shape.high, strict=True)]
    points = np.stack(np.meshgrid(*steps, indexing="ij"), axis=-1).reshape(-1, 3)
    return points[shape.distance(points) < 0]


def error_mm(found: Motion, true: Motion, level: Level) -> float:
    """The target registration error: how far a point of the vertebra lies from its place, mean over it, mm."""
    points = bone(level)
    return float(np.linalg.norm(found.moved(true.moved(points)) - points, axis=1).mean())
