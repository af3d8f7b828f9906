"""The part of a plane that a blade sweeps: the bone that it divides between the other cuts, and from bone to bone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import HAIR_MM, FixedCut
from enbloc.plan.cutting.shell import Shell
from enbloc.plan.en_bloc.template import Template
from enbloc.plan.field import Field
from enbloc.plan.voxels import CORNERS, half_voxel_mm

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Swept:
    """What the blade of one cut sweeps: ``divided_mm`` are the middles of the bone voxels that it divides, (n, 3).

    ``edges`` are those of such a voxel, as columns; it is taken whole.
    """

    cut: FixedCut
    divided_mm: Floats
    edges: Floats

    def meets(self, held: Shell, points_mm: Floats) -> bool:
        """Whether voxels of a structure that the sheet meets, shape (n, 3), lie between one bone and another."""
        if not len(self.divided_mm) or not len(points_mm):
            return False
        directions, furthest = self._hull
        slack = half_voxel_mm(held.grid, directions) + HAIR_MM
        return bool(np.any(np.all(points_mm @ directions.T <= furthest + slack, axis=1)))

    @cached_property
    def _hull(self) -> tuple[Floats, Floats]:
        """The convex outline of the divided bone within the plane: directions, (k, 3), and how far it reaches, (k,)."""
        from scipy.spatial import ConvexHull

        across = np.cross(self.cut.plane.unit, np.eye(3)[int(np.argmin(np.abs(self.cut.plane.unit)))])
        across /= np.linalg.norm(across)
        basis = np.stack([across, np.cross(self.cut.plane.unit, across)])
        corners = (self.divided_mm[:, None] + (CORNERS @ self.edges.T)[None]).reshape(-1, 3)
        hull = ConvexHull(corners @ basis.T)
        return hull.equations[:, :2] @ basis, -hull.equations[:, 2]


def in_sheet(held: Shell, cut: FixedCut, points_mm: Floats) -> NDArray[np.bool_]:
    """Which voxels of a structure, taken whole, lie in the way of a blade, were it endless; shape (n,)."""
    reach = cut.kerf_mm / 2.0 + float(half_voxel_mm(held.grid, cut.plane.unit)) + HAIR_MM
    return np.abs(cut.plane.distance_mm(points_mm)) <= reach


def swept(field: Field, template: Template, cut: FixedCut, cuts: Sequence[FixedCut]) -> Swept:
    """What the blade of one of the cuts sweeps while the others bound it."""
    bone = field.bone(field.around)
    divided = bone.grid.points_mm(bone.indices[_sheet(bone, cut)])
    others = tuple(one for one in cuts if one is not cut)
    if others and len(divided):
        divided = divided[Piece(name=cut.name, cuts=others, limits=template.limits).takes(divided)]
    return Swept(cut=cut, divided_mm=divided, edges=np.asarray(bone.grid.affine[:3, :3]))


def is_beyond_bone(field: Field, cut: FixedCut) -> bool:
    """Whether a plane meets no bone where its blade runs, and none that is labelled lies beyond it."""
    bone = field.bone(field.around)
    if _sheet(bone, cut).any():
        return False
    before = bone.lines.inside(cut.plane.unit[None], np.array([cut.plane.unit @ np.array(cut.plane.point_mm)]))
    return not bool((bone.reached(cut.within, whole=True) & ~before).any())


def _sheet(bone: Bone, cut: FixedCut) -> NDArray[np.bool_]:
    """Which voxels of bone lie in the way of the blade, taken whole, shape (n,)."""
    normal = cut.plane.unit
    middle, half = float(normal @ np.array(cut.plane.point_mm)), cut.kerf_mm / 2.0 + bone.half_mm(normal)
    sheet = bone.lines.inside(np.array([normal, -normal]), np.array([middle + half, half - middle]))
    return sheet & bone.reached(cut.within, whole=True)
