"""One vertebra of two examinations laid onto itself: how it moved, and what is left between its two surfaces.

No intensity is looked at: the labels are what CT and MR have in common. The motion is found by least squares between
the signed distances of the two surfaces; what differs by much (bone that is lost, a tumour that grew) has no weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level
from enbloc.case.mark import Mark
from enbloc.kernels.rigid import differences, normal_equations
from enbloc.measure.registration.parameters import (
    BONE_SHARE,
    CHANGED,
    MOST_TURN,
    RESIDUAL_REJECTED,
    SURFACE_SHARE,
)
from enbloc.measure.registration.surface import Surface

Floats = NDArray[np.float64]
COARSE_POINTS = 1_000
FINE_POINTS = 20_000
COARSE_MM = (8.0, 4.0, 2.0)
FINE_MM = (2.0, 1.0, 0.5)
LEAST_POINTS = 50
WHOLE = 1.1  # so much more bone, and the other one is incomplete
THICKER = 1.5
BESIDE_MM = 10.0  # how far half a vertebra's centroid lies from that of the whole
STEPS = 12
STILL_MM = 2e-3
LEVER_MM = 30.0  # from the centre of a vertebra to its tips


@dataclass(frozen=True, eq=False, kw_only=True)
class Motion:
    """A rigid motion of one frame into another: ``rotation``, shape (3, 3), then ``shift_mm``, shape (3,).

    Examples
    --------
    >>> there = Motion(rotation=np.eye(3), shift_mm=np.array([0.0, 0.0, 5.0]))
    >>> (there.inverse @ there).shift_mm.tolist(), there.turn_deg
    ([0.0, 0.0, 0.0], 0.0)
    """

    rotation: Floats
    shift_mm: Floats

    def moved(self, points_mm: Floats) -> Floats:
        """The points, shape (n, 3), after the motion."""
        return np.asarray(points_mm @ self.rotation.T + self.shift_mm, dtype=np.float64)

    def __matmul__(self, first: Motion) -> Motion:
        """First ``first``, then this motion."""
        return Motion(rotation=self.rotation @ first.rotation, shift_mm=self.moved(first.shift_mm[None])[0])

    @property
    def inverse(self) -> Motion:
        return Motion(rotation=self.rotation.T, shift_mm=-self.rotation.T @ self.shift_mm)

    @property
    def affine(self) -> Floats:
        """The motion as a matrix, shape (4, 4)."""
        whole = np.eye(4)
        whole[:3, :3], whole[:3, 3] = self.rotation, self.shift_mm
        return whole

    @property
    def turn_deg(self) -> float:
        """The angle of the rotation, degrees."""
        return math.degrees(float(Rotation.from_matrix(self.rotation).magnitude()))


STAY = Motion(rotation=np.eye(3), shift_mm=np.zeros(3))


@dataclass(frozen=True, eq=False, kw_only=True)
class Fit:
    """A vertebra laid onto its other label: ``motion`` takes the moving examination into the fixed one.

    ``residual_mm`` is the root mean square of what is left between the two surfaces where they show the same bone,
    ``far_mm`` its 95th percentile, ``share`` how much of the compared surface that is. ``why`` is why the fit is
    rejected; empty if it holds. ``marks`` are both outlines, once somebody has drawn them.
    """

    level: Level
    motion: Motion
    residual_mm: float
    far_mm: float
    share: float
    at_mm: Floats  # the centre of the vertebra in the fixed frame
    why: str
    marks: tuple[Mark, ...] = ()


def laid_onto(moving: Surface, fixed: Surface, guesses: Iterable[Motion] = ()) -> Fit:
    """The motion that lays a vertebra of one examination onto its label in another.

    It begins with the two centroids, also beside each other for half of one may be missing, with the principal axes,
    and with any ``guesses`` (the motion of a neighbour); the start under which most of the surface comes to agree is
    refined. A reflection cannot come out.
    """
    if _is_better_ground(moving, fixed):
        back = laid_onto(fixed, moving, [guess.inverse for guess in guesses])
        motion = back.motion.inverse
        return replace(back, level=fixed.level, motion=motion, at_mm=fixed.centroid)
    starts = (*_starts(moving, fixed), *_beside(moving, fixed), *guesses)
    best = _roughly(moving, fixed, starts)
    return judged(moving, fixed, _refined(_thinned(moving.band, FINE_POINTS), fixed, best, FINE_MM))


def _is_better_ground(one: Surface, other: Surface) -> bool:
    """Whether points of ``other`` are better laid onto ``one`` than the reverse.

    What is left of an incomplete vertebra is found on the whole one; thick slices are found on thin ones.
    """
    ratio = one.bone_cc / other.bone_cc
    if not 1.0 / WHOLE < ratio < WHOLE:
        return ratio > WHOLE
    return max(other.grid.spacing_mm) > THICKER * max(one.grid.spacing_mm)


def misfit(moving: Surface, fixed: Surface) -> float:
    """How badly the best rigid motion lays one surface onto the other: 0 for not at all, 1 for wholly.

    It is quick and coarse: for telling which of two vertebrae fits a third.
    """
    best = _roughly(moving, fixed, _starts(moving, fixed))
    return _loss(_thinned(moving.band, COARSE_POINTS), fixed, best)


def _roughly(moving: Surface, fixed: Surface, starts: Iterable[Motion]) -> Motion:
    few = _thinned(moving.band, COARSE_POINTS)
    coarse = [_refined(few, fixed, start, COARSE_MM) for start in starts]
    return min(coarse, key=lambda motion: _loss(few, fixed, motion))


def judged(moving: Surface, fixed: Surface, motion: Motion) -> Fit:
    """What is left between the two surfaces under a motion, and whether that lets it stand."""
    band = _thinned(moving.band, FINE_POINTS)
    left = differences(fixed.field, fixed.known, fixed.to_index, band, _packed(motion, fixed.centroid))
    left = np.abs(left[np.isfinite(left)])
    kept = left[left <= CHANGED.number]
    share = len(kept) / len(left) if len(left) else 0.0
    residual = float(np.sqrt(np.mean(kept**2))) if len(kept) else math.inf
    whole = min(moving.bone_cc, fixed.bone_cc) / max(moving.bone_cc, fixed.bone_cc)
    return Fit(
        level=fixed.level,
        motion=motion,
        residual_mm=residual,
        far_mm=float(np.quantile(left, 0.95)) if len(left) else math.inf,
        share=share,
        at_mm=fixed.centroid,
        why=_why_rejected(residual, min(share, len(left) / max(1, len(band))), whole, motion),
    )


def _why_rejected(residual: float, found: float, whole: float, motion: Motion) -> str:
    if whole < BONE_SHARE.number:
        return f"one of its labels holds only {100.0 * whole:.0f} % of the bone of the other"
    if found < SURFACE_SHARE.number:
        return f"only {100.0 * found:.0f} % of its surface is found again"
    if residual > RESIDUAL_REJECTED.number:
        return f"its two labels stay {residual:.1f} mm apart"
    if motion.turn_deg > MOST_TURN.number:
        return f"it would have to be turned by {motion.turn_deg:.0f}°"
    return ""


def _thinned(band: Floats, most: int) -> Floats:
    return np.ascontiguousarray(band[:: max(1, -(-len(band) // most))])


def _packed(motion: Motion, centre: Floats) -> Floats:
    return np.column_stack([motion.rotation, motion.shift_mm, centre])


def _loss(band: Floats, fixed: Surface, motion: Motion) -> float:
    packed = _packed(motion, fixed.centroid)
    return normal_equations(fixed.field, fixed.known, fixed.to_index, band, packed, FINE_MM[-1])[2]


def _refined(band: Floats, fixed: Surface, start: Motion, scales: tuple[float, ...]) -> Motion:
    """Gauss and Newton's steps, with ever less weight for what differs."""
    motion, centre = start, fixed.centroid
    for scale in scales:
        for _ in range(STEPS):
            packed = _packed(motion, centre)
            matrix, right, _, count = normal_equations(fixed.field, fixed.known, fixed.to_index, band, packed, scale)
            if count < LEAST_POINTS or not np.trace(matrix) > 0.0:
                return motion
            step = np.linalg.solve(matrix + 1e-6 * np.trace(matrix) * np.eye(6), right)
            motion = _stepped(motion, step, centre)
            if np.linalg.norm(step[3:]) + LEVER_MM * np.linalg.norm(step[:3]) < STILL_MM:
                break
    return motion


def _stepped(motion: Motion, step: Floats, centre: Floats) -> Motion:
    """The motion, then a small turn about ``centre`` and a shift."""
    turn = Rotation.from_rotvec(step[:3]).as_matrix()
    return Motion(rotation=turn, shift_mm=centre - turn @ centre + step[3:]) @ motion


def _starts(moving: Surface, fixed: Surface) -> Iterator[Motion]:
    """Centroid onto centroid, unturned and with the principal axes laid onto each other."""
    for rotation in (np.eye(3), _axes_onto(moving.bone_mm, fixed.bone_mm)):
        yield Motion(rotation=rotation, shift_mm=fixed.centroid - rotation @ moving.centroid)


def _beside(moving: Surface, fixed: Surface) -> Iterator[Motion]:
    """Centroid beside centroid, unturned, to either side along each axis of the patient."""
    for shift in BESIDE_MM * np.vstack([np.eye(3), -np.eye(3)]):
        yield Motion(rotation=np.eye(3), shift_mm=fixed.centroid + shift - moving.centroid)


def _axes_onto(moving: Floats, fixed: Floats) -> Floats:
    """The least rotation, never a reflection, that lays the principal axes of one cloud onto those of another."""
    if min(len(moving), len(fixed)) < LEAST_POINTS:
        return np.eye(3)
    here, there = (np.linalg.eigh(np.cov(points.T))[1] for points in (fixed, moving))
    turns = []
    for order, signs in product(permutations(range(3)), product((-1.0, 1.0), repeat=3)):
        turn = (here[:, order] * np.array(signs)) @ there.T
        if np.linalg.det(turn) > 0:
            turns.append(turn)
    return max(turns, key=lambda turn: float(np.trace(turn)))
