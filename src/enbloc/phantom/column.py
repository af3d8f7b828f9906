"""Where each vertebra stands, and the curve that the canal follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicHermiteSpline

from enbloc.case.anatomy import Level, Side
from enbloc.case.geometry import Frame, Pose, triple
from enbloc.kernels.shapes import along_curve
from enbloc.phantom.morphometry import LEVELS, Size, size
from enbloc.phantom.recipe import Recipe

Floats = NDArray[np.float64]

STEP_MM = 1.0  # between samples of the curve
# Nobody lies square in a scanner, and end-plates that ran along the slices would all round the same way.
NATURAL_LEAN = float(np.deg2rad(3.0))
PLACE = {level: sum(one.value[0] == level.value[0] for one in LEVELS[:at]) for at, level in enumerate(LEVELS)}
"""A level's place among those of its region, from 0."""
BEYOND_MM = 80.0  # the curve runs on straight above and below the built levels


@dataclass(frozen=True, eq=False, kw_only=True)
class Curve:
    """The centre of the canal, sampled each ``STEP_MM`` of height from ``start``; ``axes`` as rows left, back, up."""

    start: float
    centres: Floats
    axes: Floats

    def places(self, points: Floats) -> Floats:
        """Left, back (mm) and station (samples) of points of the patient, shape (n, 3)."""
        return along_curve(points, self.start, STEP_MM, self.centres, self.axes)

    @property
    def heights_mm(self) -> Floats:
        """Patient z of each sample."""
        return np.asarray(self.centres[:, 2])


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """The poses of the built vertebrae and the curve of their canal."""

    poses: Mapping[Level, Pose]
    curve: Curve


def column(recipe: Recipe) -> Column:
    """Stand the vertebrae of a recipe on each other; the body of the middle one is at the origin, nearly upright."""
    poses = _poses(recipe)
    return Column(poses=poses, curve=_curve(poses))


def kyphosis_of_fracture(recipe: Recipe, level: Level) -> float:
    """The angle, radians, by which a collapse tilts all levels above forward; 0 without one."""
    fracture = recipe.fractures.get(level)
    if fracture is None:
        return 0.0
    row = size(level)
    front, _, back = fracture.losses
    # Over two thirds of the depth: the loss is full over the front third and nothing over the back third.
    return float(np.arctan2(front * row.anterior_height - back * row.posterior_height, row.body_depth * 0.8))


def _poses(recipe: Recipe) -> dict[Level, Pose]:
    lean = _leans(recipe)
    roll = _rolls(recipe)
    axes = {level: _axes(lean[level], roll[level]) for level in recipe.levels}
    centres: dict[Level, Floats] = {}
    below: Level | None = None
    for level in reversed(recipe.levels):
        centres[level] = np.zeros(3) if below is None else centres[below] + _stride(recipe, below, level, axes)
        below = level
    middle = centres[recipe.levels[len(recipe.levels) // 2]]
    return {level: _pose(level, axes[level], centres[level] - middle) for level in recipe.levels}


def _stride(recipe: Recipe, below: Level, level: Level, axes: Mapping[Level, Floats]) -> Floats:
    disc = size(level).disc_height / 2.0
    slip = recipe.listhesis_mm.get(level, 0.0)
    up = axes[below][2] * (half_height(recipe, below) + disc) + axes[level][2] * (half_height(recipe, level) + disc)
    return np.asarray(up - axes[below][1] * slip)


def half_height(recipe: Recipe, level: Level) -> float:
    """Half of the height of a body in the middle of its depth, without end-plate dents, mm."""
    row = size(level)
    fracture = recipe.fractures.get(level)
    losses = fracture.losses if fracture else (0.0, 0.0, 0.0)
    # A biconcave body keeps its rim, and the levels above rest on that.
    held = 1.0 - (losses[0] + losses[2]) / 2.0
    return held * (row.anterior_height + row.posterior_height) / 4.0


def _leans(recipe: Recipe) -> dict[Level, float]:
    """How far each level leans forward, radians; the middle one hardly at all."""
    natural = {level: np.deg2rad(_natural_lean(recipe, level)) for level in recipe.levels}
    extra = 0.0
    leans = {}
    for level in reversed(recipe.levels):
        wedge = kyphosis_of_fracture(recipe, level)
        leans[level] = float(natural[level] + extra + wedge / 2.0)
        extra += wedge
    middle = leans[recipe.levels[len(recipe.levels) // 2]] - NATURAL_LEAN
    return {level: lean - middle for level, lean in leans.items()}


def _natural_lean(recipe: Recipe, level: Level) -> float:
    at = PLACE[level]
    if size(level).is_cervical:
        # C7 leans as T1 does, and the neck rises from there.
        return recipe.kyphosis_deg * 0.5 + recipe.neck_lordosis_deg * (at / 4.0 - 1.0)
    if size(level).is_thoracic:
        return recipe.kyphosis_deg * (0.5 - at / 11.0)
    return recipe.lordosis_deg * (at / 4.0 - 0.5)


def _rolls(recipe: Recipe) -> dict[Level, float]:
    """How far each level leans to the left, radians."""
    if recipe.scoliosis is None or len(recipe.levels) == 1:
        return dict.fromkeys(recipe.levels, 0.0)
    sign = 1.0 if recipe.scoliosis.convex is Side.LEFT else -1.0
    angle = sign * np.deg2rad(recipe.scoliosis.angle_deg)
    count = len(recipe.levels) - 1
    return {level: float(angle * (at / count - 0.5)) for at, level in enumerate(recipe.levels)}


def _axes(lean: float, roll: float) -> Floats:
    """Left, back and up as rows of a vertebra that leans forward and to the left."""
    return frame_along(np.array([np.sin(roll), -np.sin(lean) * np.cos(roll), np.cos(lean) * np.cos(roll)]))


def frame_along(up: Floats) -> Floats:
    """Left, back and up as rows, for a direction up, with left as near to the patient's as can be.

    Examples
    --------
    >>> frame_along(np.array([0.0, 0.0, 2.0])).round(3).tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    up = up / np.linalg.norm(up)
    left = np.array([1.0, 0.0, 0.0]) - up[0] * up
    left /= np.linalg.norm(left)
    return np.array([left, np.cross(up, left), up])


def _pose(level: Level, axes: Floats, centre: Floats) -> Pose:
    left, back, up = (triple(axis) for axis in axes)
    return Pose(child=Frame(name=level.value), axes=(left, back, up), origin_mm=triple(centre))


def _curve(poses: Mapping[Level, Pose]) -> Curve:
    ordered = list(poses.items())[::-1]
    knots = np.array([_canal_centre(pose, size(level)) for level, pose in ordered])
    ups = np.array([pose.axes[2] for _, pose in ordered])
    knots = np.concatenate([knots[:1] - BEYOND_MM * ups[:1], knots, knots[-1:] + BEYOND_MM * ups[-1:]])
    ups = np.concatenate([ups[:1], ups, ups[-1:]])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(knots, axis=0), axis=1))])
    spline = CubicHermiteSpline(along, knots, ups)
    fine = np.linspace(0.0, along[-1], int(along[-1] / 0.25))
    dense, slopes = spline(fine), spline(fine, 1)
    heights = np.arange(np.ceil(dense[0, 2]), np.floor(dense[-1, 2]), STEP_MM)
    centres = np.stack([np.interp(heights, dense[:, 2], dense[:, axis]) for axis in range(3)], axis=1)
    tangents = np.stack([np.interp(heights, dense[:, 2], slopes[:, axis]) for axis in range(3)], axis=1)
    return Curve(start=float(heights[0]), centres=centres, axes=np.array([frame_along(t) for t in tangents]))


def _canal_centre(pose: Pose, row: Size) -> Floats:
    return np.asarray(pose.rotation @ np.array([0.0, row.canal_centre_mm, 0.0]) + pose.origin)
