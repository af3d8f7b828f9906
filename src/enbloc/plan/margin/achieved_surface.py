"""The plane of a cut, read from the bone that is left: the surface that was not there before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, vertebra
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Grid, Images
from enbloc.errors import RecordError
from enbloc.kernels.trimmed import trimmed_plane
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.cones import across
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.margin.parameters import (
    FACING,
    FEWEST_FACES,
    FLATNESS,
    LEAST_SPREAD,
    SEARCH_BAND,
    SHARE_ON_PLANE,
    SHARE_SHOWN,
)
from enbloc.plan.voxels import half_diagonal_mm, half_voxel_mm
from enbloc.value import value

Floats = NDArray[np.float64]
ROUNDS = 4


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


def recovered(cuts: Sequence[FixedCut], bones: Sequence[tuple[Bone, Left]]) -> dict[str, Recovered | NotRecovered]:
    """The plane of each cut as the bone that is left shows it, the middle of its blade, by name; or why not.

    ``bones`` holds each vertebra as it was with what is left of it: a joint that is bare is no cut. The surface of a
    cut are the faces between a voxel that is left and one that was bone before and is gone, on the tumour's side of
    it, where its blade runs, give or take a voxel. Each face goes to the nearest of the cuts: first as they were
    planned, then as they were found. A plane is fitted to those of each cut, of which a part may be wrong.
    """
    faces = _joined([_faces(bone, left) for bone, left in bones])
    far = {cut.name: _far_face(cut) for cut in cuts}
    found: dict[str, Recovered | NotRecovered] = {}
    for _ in range(ROUNDS):
        away = np.array([_away_mm(cut, far[cut.name], faces, bones[0][1].grid) for cut in cuts])
        nearest = away.argmin(axis=0)
        for at, cut in enumerate(cuts):
            # The steps of a cut that is not quite along the voxels look across it: they are its own, and tell no tilt.
            own = faces.held((nearest == at) & np.isfinite(away[at]) & faces.face(cut.plane.unit))
            found[cut.name] = one = _fitted(cut, own, bones)
            if isinstance(one, Recovered):
                far[cut.name] = _far_face(FixedCut(name=cut.name, plane=one.plane, kerf_mm=cut.kerf_mm))
    return found


def _far_face(cut: FixedCut) -> Plane:
    """The face of a blade that the bone that is left shows."""
    normal = cut.plane.unit
    return Plane(point_mm=triple(np.array(cut.plane.point_mm) + cut.kerf_mm / 2 * normal), normal=triple(normal))


def _fitted(cut: FixedCut, faces: Faces, bones: Sequence[tuple[Bone, Left]]) -> Recovered | NotRecovered:
    """The plane of a cut through the faces that are its own; its blade lies beyond them."""
    if not FEWEST_FACES.holds(len(faces.middles_mm)):
        return NotRecovered(
            why=f"the bone that is left shows no cut within {SEARCH_BAND.number:g} mm of the planned one"
        )
    laid = _laid_out(faces, cut.plane.unit)
    if not LEAST_SPREAD.holds(2.0 * float(laid.reach_mm[0])):
        return NotRecovered(
            why=f"its surface is a strip of less than {LEAST_SPREAD.number:g} mm: its tilt is not known"
        )
    found = _through(laid, float(half_voxel_mm(bones[0][1].grid, cut.plane.unit)))
    if found is None:
        return NotRecovered(why="the surface of the bone that is left is not one plane there")
    far, scatter = found
    if not SHARE_SHOWN.holds(100 * _shown(far, cut, faces, bones)):
        return NotRecovered(
            why=f"the bone that is left shows less than {SHARE_SHOWN.number:g} % of what a cut there would lay bare"
        )
    return Recovered(
        plane=replace(far, point_mm=triple(np.array(far.point_mm) - cut.kerf_mm / 2 * far.unit)),
        error_mm=bones[0][1].error_mm + scatter,
        middle_mm=laid.middle_mm,
        axes=laid.axes[:2],
        reach_mm=laid.reach_mm,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _LaidOut:
    """Faces in the frame of their own surface: ``own_mm``, shape (n, 3), about ``middle_mm`` along ``axes``.

    Its rows are the narrow way and the long way of the surface, and the normal that it was seen along.
    """

    own_mm: Floats
    middle_mm: Floats
    axes: Floats
    reach_mm: Floats


def _laid_out(faces: Faces, normal: Floats) -> _LaidOut:
    flat = across(normal)
    middle = faces.middles_mm.mean(axis=0)
    spread, turn = np.linalg.eigh(np.cov(((faces.middles_mm - middle) @ flat.T).T))
    axes = np.array([*(turn.T @ flat), normal])
    return _LaidOut(
        own_mm=np.ascontiguousarray((faces.middles_mm - middle) @ axes.T),
        middle_mm=middle,
        axes=axes,
        reach_mm=np.sqrt(3.0 * np.maximum(spread, 0.0)),  # half the sides of an even rectangle with the same spread
    )


def _through(laid: _LaidOut, half_mm: float) -> tuple[Plane, float] | None:
    """The plane through most of the faces, and how far it may lie off over them; nothing if they are not one plane."""
    # A whole voxel: a tilted plane shows as steps, and none of them may be taken for the plane.
    height, along, across, scatter, left_out, *_ = (
        float(number) for number in trimmed_plane(laid.own_mm, SHARE_ON_PLANE.number / 100, 2.0 * half_mm)
    )
    if not SHARE_ON_PLANE.holds(100 * (1.0 - left_out)) or not FLATNESS.holds(scatter - half_mm):
        return None
    tilted = laid.axes.T @ np.array([-along, -across, 1.0])
    point = laid.middle_mm + height * laid.axes[2]
    plane = Plane(point_mm=triple(point), normal=triple(tilted / np.linalg.norm(tilted)))
    return plane, max(half_mm, scatter)  # a rough surface is known less well than a voxel


def _shown(far: Plane, cut: FixedCut, faces: Faces, bones: Sequence[tuple[Bone, Left]]) -> float:
    """Which share of the bone that a face of a blade would lay bare is there to be seen, on this plane."""
    normal = far.unit
    near = np.abs(far.distance_mm(faces.middles_mm)) <= half_diagonal_mm(bones[0][1].grid, normal)
    seen = float(np.abs(faces.areas_mm2[near] @ normal).sum())
    whole = 0.0
    for bone, left in bones:
        thick = 2.0 * float(half_voxel_mm(bone.grid, normal))
        away = far.distance_mm(bone.points_mm)
        at = bone.points_mm[(away > -thick / 2) & (away <= thick / 2)]
        at = at[reached(cut.within, at, 0.0)]
        before, beyond = at - thick * normal, at + thick * normal
        held = _was_bone(bone, before) & ~_holds(left, before) & _holds(left, beyond)
        whole += int(held.sum()) * bone.grid.voxel_cc * 1000.0 / thick
    return seen / whole if whole > 0.0 else 0.0


@dataclass(frozen=True, eq=False, kw_only=True)
class Faces:
    """Faces of voxels, each of shape (n, 3): their ``middles_mm``, the ``ways_mm`` out of the bone that is left, areas.

    ``areas_mm2`` are vectors: along a direction they are the area that is seen from there.
    """

    middles_mm: Floats
    ways_mm: Floats
    areas_mm2: Floats

    def face(self, normal: Floats) -> NDArray[np.bool_]:
        """Which of them look against a direction, more or less."""
        along = -self.ways_mm @ normal / np.linalg.norm(self.ways_mm, axis=1)
        return np.asarray(along >= FACING.number)

    def held(self, which: NDArray[np.bool_]) -> Faces:
        """Some of them."""
        return Faces(middles_mm=self.middles_mm[which], ways_mm=self.ways_mm[which], areas_mm2=self.areas_mm2[which])


def _joined(some: Sequence[Faces]) -> Faces:
    return Faces(
        middles_mm=np.concatenate([one.middles_mm for one in some]),
        ways_mm=np.concatenate([one.ways_mm for one in some]),
        areas_mm2=np.concatenate([one.areas_mm2 for one in some]),
    )


def _faces(bone: Bone, left: Left) -> Faces:
    """The faces between what is left and what was bone and is gone."""
    there = np.argwhere(left.mask)
    none = Faces(middles_mm=np.zeros((0, 3)), ways_mm=np.zeros((0, 3)), areas_mm2=np.zeros((0, 3)))
    found, sides = [none], left.grid.affine[:3, :3]
    for axis in range(3):
        across = np.cross(sides[:, (axis + 1) % 3], sides[:, (axis + 2) % 3])
        for sign in (-1, 1):
            step = np.zeros(3, np.int64)
            step[axis] = sign
            way = sides @ step
            free = there[~_held(left.mask, there + step)]
            centres = left.grid.points_mm(free)
            # Two voxels deep, so that a surface that was drawn a voxel further in is not taken for a cut.
            gone = centres[_was_bone(bone, centres + way) & _was_bone(bone, centres + 2 * way)]
            area = across * np.sign(across @ way)
            found.append(
                Faces(
                    middles_mm=gone + way / 2,
                    ways_mm=np.broadcast_to(way, gone.shape),
                    areas_mm2=np.broadcast_to(area, gone.shape),
                )
            )
    return _joined(found)


def _holds(left: Left, points_mm: Floats) -> NDArray[np.bool_]:
    return _held(left.mask, np.rint(left.grid.indices(points_mm)).astype(np.int64))


def _held(mask: NDArray[np.bool_], indices: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the mask holds each index; outside of the array it does not."""
    inside = np.all((indices >= 0) & (indices < np.array(mask.shape)), axis=1)
    held = np.zeros(len(indices), bool)
    held[inside] = mask[tuple(indices[inside].T)]
    return held


def _was_bone(bone: Bone, points_mm: Floats) -> NDArray[np.bool_]:
    return _held(bone.mask, np.rint(bone.grid.indices(points_mm)).astype(np.int64))


def _away_mm(cut: FixedCut, far: Plane, faces: Faces, grid: Grid) -> Floats:
    """How far each face lies from where a cut is; infinitely far where its blade does not run."""
    near = np.abs(_far_face(cut).distance_mm(faces.middles_mm)) <= SEARCH_BAND.number
    near &= reached(cut.within, faces.middles_mm, float(half_diagonal_mm(grid, cut.plane.unit)))
    return np.where(near, np.abs(far.distance_mm(faces.middles_mm)), np.inf)
