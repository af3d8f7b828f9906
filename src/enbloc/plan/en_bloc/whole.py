"""A tumour in bodies that go whole: cuts keep the margin to the one, and open no more of the others than their rims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part
from enbloc.kernels import planes
from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.bone import Outline, outline_of
from enbloc.plan.cutting.shell import Shell
from enbloc.plan.en_bloc.parameters import RIM

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class WithBodies(Outline):
    """A tumour with the insides of bodies, which are kept ``further_mm`` further away from than the tumour is.

    With ``further_mm`` as the rim less the margin, a body is kept to alike with every margin, so that a larger one
    never takes less. ``inside_mm`` are corners of the insides, shape (k, 3).
    """

    inside_mm: Floats
    further_mm: float

    def reach_mm(self, normals: Floats) -> tuple[Floats, Floats]:
        """How far either reaches along each direction, shape (m,), and the point that does, shape (m, 3)."""
        reach, touched = super().reach_mm(normals)
        length = np.linalg.norm(normals, axis=1)
        inside, which = planes.support(self.inside_mm, normals)
        inside = inside + self.further_mm * length
        at = self.inside_mm[which] + self.further_mm * normals / length[:, None]
        beyond = inside > reach
        return np.where(beyond, inside, reach), np.where(beyond[:, None], at, touched)


def inside_of(column: Column, levels: Sequence[Level]) -> Floats | None:
    """The corners of the insides of some bodies, shape (k, 3): what lies deeper than their rims; nothing if none does.

    A cut that is kept the rim away from them may round the edges of an endplate or a spur, and no more.
    """
    held = [one for level in levels if (one := _inside(column, level)) is not None]
    return np.ascontiguousarray(np.concatenate(held)) if held else None


def _inside(column: Column, level: Level) -> Floats | None:
    from scipy.ndimage import distance_transform_edt

    crop = column.spine[level].crop
    body = np.pad(column.parts[level].mask(Part.BODY), 1)
    deep = distance_transform_edt(body, sampling=crop.grid.spacing_mm)[1:-1, 1:-1, 1:-1] > RIM.number
    if not deep.any():
        return None
    return outline_of(Shell(points_mm=crop.grid.points_mm(np.argwhere(deep)), grid=crop.grid)).vertices_mm
