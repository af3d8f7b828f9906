"""The plane of a cut, read from the bone that is left: the surface that was not there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Grid, Images
from enbloc.errors import RecordError
from enbloc.kernels.trimmed import trimmed_plane
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.margin.parameters import FEWEST_FACES, FLATNESS, LEAST_SPREAD, SEARCH_BAND, SHARE_ON_PLANE
from enbloc.plan.margin.surface import half_diagonal_mm, half_voxel_mm
from enbloc.value import value

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Left:
    """The bone that is left, ``mask`` on ``grid``, in the frame of the pictures before the operation.

    ``vertebrae`` is the same bone vertebra by vertebra, where that is known.
    """

    mask: NDArray[np.bool_]
    grid: Grid
    error_mm: float = 0.0
    vertebrae: Mapping[Level, NDArray[np.bool_]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, kw_only=True)
class Recovered:
    """A plane as it was read, the middle of its blade, and how far it may lie off.

    Over the surface that it was read from that is ``error_mm``; further out it grows as a tilt makes it grow.
    ``axes``, shape (2, 3), are the surface's own, ``reach_mm`` how far it reaches from ``middle_mm`` along each. A
    plane that somebody measured has none: its error is the same everywhere.
    """

    plane: Plane
    error_mm: float
    middle_mm: Floats = field(default_factory=lambda: np.zeros(3))
    axes: Floats = field(default_factory=lambda: np.zeros((2, 3)))
    reach_mm: Floats = field(default_factory=lambda: np.full(2, np.inf))

    def errors_mm(self, points_mm: Floats) -> Floats:
        """How far it may lie off beside each of the points, shape (n, 3)."""
        # A tilt that moves no edge of it by more than the error moves what lies k times as far by k times as much.
        off = np.abs((points_mm - self.middle_mm) @ self.axes.T) / self.reach_mm
        return np.asarray(self.error_mm * np.maximum(1.0, off.max(axis=1)))


@value
class NotRecovered:
    """Why a plane cannot be told."""

    why: str


def left_of(images: Images, levels: Sequence[Level]) -> Left | None:
    """What is left of the vertebrae of ``levels``; None if nothing of them is labelled.

    Raises
    ------
    RecordError
        If they are drawn on different grids.
    """
    known = [(vertebra(level), images.map_of(vertebra(level))) for level in levels]
    drawn = [(named, labels) for named, labels in known if labels is not None]
    if not drawn:
        return None
    labels = drawn[0][1]
    if any(other is not labels for _, other in drawn):
        raise RecordError("What is left is drawn in different label maps.", remedy="Join the maps.")
    mask = np.any([labels.mask(named) for named, _ in drawn], axis=0)
    return Left(mask=mask, grid=labels.grid, error_mm=labels.error_mm)


def recovered(cut: FixedCut, cuts: Sequence[FixedCut], bones: Sequence[tuple[Bone, Left]]) -> Recovered | NotRecovered:
    """The plane of one of the ``cuts`` as the bone that is left shows it, the middle of its blade; or why not.

    ``bones`` holds each vertebra as it was with what is left of it: a joint that is bare is no cut. The surface of a
    cut are the faces between a voxel that is left and one that was bone before and is gone, on the tumour's side of
    it, where its blade runs, give or take a voxel. Those nearest to this cut are fitted by a plane, of which a
    part may be wrong.
    """
    normal = np.array(cut.plane.normal) / np.linalg.norm(cut.plane.normal)
    left = bones[0][1]
    thick = float(half_diagonal_mm(left.grid, normal))
    faces = _own(cut, cuts, np.concatenate([_cut_faces(bone, one, normal) for bone, one in bones]), thick)
    if not FEWEST_FACES.holds(len(faces)):
        return NotRecovered(
            why=f"the bone that is left shows no cut within {SEARCH_BAND.number:g} mm of the planned one"
        )
    first = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
    first /= np.linalg.norm(first)
    axes = np.array([first, np.cross(normal, first), normal])
    middle = faces.mean(axis=0)
    own = np.ascontiguousarray((faces - middle) @ axes.T)
    if not LEAST_SPREAD.holds(_narrow_mm(own)):
        return NotRecovered(
            why=f"its surface is a strip of less than {LEAST_SPREAD.number:g} mm: its tilt is not known"
        )
    half = float(half_voxel_mm(left.grid, normal))
    height, along, across, scatter, left_out, *_ = (
        float(number) for number in trimmed_plane(own, SHARE_ON_PLANE.number / 100, half)
    )
    if not SHARE_ON_PLANE.holds(100 * (1.0 - left_out)) or not FLATNESS.holds(scatter - half):
        return NotRecovered(why="the surface of the bone that is left is not one plane there")
    tilted = axes.T @ np.array([-along, -across, 1.0])
    tilted /= np.linalg.norm(tilted)
    far_face = middle + height * normal
    spread, turn = np.linalg.eigh(np.cov(own[:, :2].T))
    return Recovered(
        plane=Plane(point_mm=triple(far_face - cut.kerf_mm / 2 * tilted), normal=triple(tilted)),
        error_mm=left.error_mm + half,
        middle_mm=middle,
        axes=turn.T @ axes[:2],
        reach_mm=np.sqrt(3.0 * spread),  # of an even strip with the same spread
    )


def _cut_faces(bone: Bone, left: Left, normal: Floats) -> Floats:
    """The middles of the faces between what is left and what is gone on the tumour's side, shape (n, 3), mm."""
    there = np.argwhere(left.mask)
    found = []
    for axis in range(3):
        for sign in (-1, 1):
            step = np.zeros(3, np.int64)
            step[axis] = sign
            way = left.grid.affine[:3, :3] @ step
            if way @ normal >= 0:
                continue
            beside = there + step
            free = there[~_held(left.mask, beside)]
            centres = left.grid.points_mm(free)
            # Two voxels deep, so that a surface that was drawn a voxel further in is not taken for a cut.
            gone = _was_bone(bone, centres + way) & _was_bone(bone, centres + 2 * way)
            found.append(centres[gone] + way / 2)
    return np.concatenate(found) if found else np.zeros((0, 3))


def _held(mask: NDArray[np.bool_], indices: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the mask holds each index; outside of the array it does not."""
    inside = np.all((indices >= 0) & (indices < np.array(mask.shape)), axis=1)
    held = np.zeros(len(indices), bool)
    held[inside] = mask[tuple(indices[inside].T)]
    return held


def _was_bone(bone: Bone, points_mm: Floats) -> NDArray[np.bool_]:
    return _held(bone.mask, np.rint(bone.grid.indices(points_mm)).astype(np.int64))


def _own(cut: FixedCut, cuts: Sequence[FixedCut], faces: Floats, thick_mm: float) -> Floats:
    """The faces that lie nearer to this cut than to any other whose blade runs there, and not too far from it."""
    away = np.array([_away_mm(one, faces, thick_mm) for one in cuts])
    mine = [one.name for one in cuts].index(cut.name)
    return np.asarray(faces[(away.argmin(axis=0) == mine) & (away[mine] <= SEARCH_BAND.number)])


def _away_mm(cut: FixedCut, faces: Floats, thick_mm: float) -> Floats:
    """How far each face lies from the far face of a blade; infinitely far where the blade does not run."""
    away = np.abs(cut.plane.distance_mm(faces) - cut.kerf_mm / 2)
    return np.where(runs_by(cut, faces, thick_mm), away, np.inf)


def runs_by(cut: FixedCut, points_mm: Floats, thick_mm: float) -> NDArray[np.bool_]:
    """Which points lie where the blade of a cut runs, or within ``thick_mm`` of that."""
    held = np.ones(len(points_mm), np.bool_)
    for plane in cut.within:
        held &= plane.distance_mm(points_mm) >= -thick_mm
    return held


def _narrow_mm(own: Floats) -> float:
    """How wide a surface is across its narrow way, mm: that of an even strip with the same spread."""
    return float(np.sqrt(12.0 * max(0.0, np.linalg.eigvalsh(np.cov(own[:, :2].T))[0])))
