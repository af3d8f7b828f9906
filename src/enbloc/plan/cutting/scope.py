"""The bone that a choice among the planes of a cone bears on: the rest is removed, or kept, whichever is chosen.

Both are told by half-spaces, one for each corner of the cells that cover the cone (``cones``), so that they hold for
every direction of it and not only for some that were tried.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.plan.cutting.bone import Bone, Outline
from enbloc.plan.cutting.cones import Cone, first_cells
from enbloc.plan.cutting.rows import Floats, Lines, Mask, Rows, lines_of
from enbloc.plan.cutting.search import HAIR_MM
from enbloc.plan.voxels import to_corner_mm

HalfSpaces = tuple[Floats, Floats]


@dataclass(frozen=True, eq=False, kw_only=True)
class Scope:
    """The voxels of bone that some planes of a cut remove and others keep, ``open_``, shape (k,), and their ``lines``.

    ``always`` are those, shape (n,), that every plane removes: too near to the tumour, or where the blade does not run.
    """

    open_: NDArray[np.intp]
    lines: Lines
    always: Mask

    def weighing(self, weights: NDArray[np.uint8]) -> tuple[Rows, int]:
        """The rows of the open bone when all of the bone weighs so much, shape (n,), and what is removed always."""
        return self.lines.weighing(weights[self.open_]), int(weights[self.always].sum(dtype=np.int64))


def scope_of(bone: Bone, reached: Mask, cone: Cone, outline: Outline, *, far_mm: float, furthest_mm: float) -> Scope:
    """The scope of blades whose far face lies ``far_mm``, and up to ``furthest_mm`` more, beyond the tumour.

    ``reached`` is the bone where the blade runs, shape (n,).
    """
    always = ~reached | bone.lines.inside(*before_all(cone, outline, far_mm))
    never = bone.lines.inside(*beyond_all(cone, outline, far_mm + furthest_mm))
    open_ = np.flatnonzero(~always & ~never)
    return Scope(open_=open_, lines=lines_of(bone.indices[open_], bone.grid.affine), always=always)


def touchable(bone: Bone, cone: Cone, outline: Outline, *, near_mm: float, far_mm: float) -> Mask:
    """The voxels of bone, taken whole, that some blade between these distances beyond the tumour may touch, (n,)."""
    whole = to_corner_mm(bone.grid) + HAIR_MM
    before = bone.lines.inside(*before_all(cone, outline, near_mm - whole))
    beyond = bone.lines.inside(*beyond_all(cone, outline, far_mm + whole))
    return np.asarray(~before & ~beyond)


def before_all(cone: Cone, outline: Outline, away_mm: float) -> HalfSpaces:
    """Half-spaces that together lie before every plane of the cone ``away_mm`` beyond the tumour; (m, 3), (m,).

    The plane of a cell turns about a vertex of the tumour, as in the search; one that lies within the tumour comes
    furthest in where its direction, a mean of corners, is as long as they are.
    """
    cells = first_cells(cone)
    corners, (_, vertices) = cells.corners, outline.reach_mm(cells.normals)
    if away_mm >= 0:
        away = away_mm * np.einsum("nmi,ni->nm", corners, cells.normals)
    else:
        away = away_mm * np.linalg.norm(corners, axis=2)
    offsets = np.einsum("nmi,ni->nm", corners, vertices) + away - HAIR_MM
    return np.ascontiguousarray(corners.reshape(-1, 3)), offsets.ravel()


def beyond_all(cone: Cone, outline: Outline, away_mm: float) -> HalfSpaces:
    """Half-spaces that together lie beyond every plane of the cone ``away_mm``, not negative, beyond the tumour."""
    corners = np.unique(first_cells(cone).corners.reshape(-1, 3), axis=0)
    reach = outline.reach_mm(corners)[0]
    return -corners, -reach - (away_mm + 2 * HAIR_MM) * np.linalg.norm(corners, axis=1)
