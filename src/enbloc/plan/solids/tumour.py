"""The tumour as a closed mesh that carries the margin of the plan, point by point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import tumour
from enbloc.case.image import Images
from enbloc.errors import RecordError
from enbloc.plan.margin.parameters import NEAR
from enbloc.plan.margin.surface import Surface
from enbloc.plan.solids.mesh import Mesh, Solid, mesh_of, solid_of

BANDS_MM = (0.0, *(limit.number for limit in NEAR))
"""The margins at which the colour of the surface changes, mm; below 0 a cut runs through the tumour."""


class Margins(Protocol):
    """A margin point by point: ``mm``, shape (n,), at each point of the ``surface`` of a tumour."""

    @property
    def surface(self) -> Surface: ...

    @property
    def mm(self) -> NDArray[np.float64]: ...


@dataclass(frozen=True, eq=False, kw_only=True)
class TumourSurface:
    """The surface of a tumour; ``margin_mm``, shape (n,), is the margin at each of its points, nothing without a plan.

    Each point has the margin of the voxel of the surface nearest to it, as ``MarginMap.mm`` holds it.
    """

    lesion: str
    mesh: Mesh
    margin_mm: NDArray[np.float64] | None = None

    @property
    def bands(self) -> NDArray[np.int64] | None:
        """How many of ``BANDS_MM`` the margin of each point reaches: 0 where a cut runs through the tumour."""
        if self.margin_mm is None:
            return None
        return np.searchsorted(np.array(BANDS_MM), self.margin_mm, side="right")


def tumour_solid(images: Images, lesion: str) -> Solid:
    """The tumour as a closed solid.

    Raises
    ------
    RecordError
        If it is not labelled.
    """
    labels = images.map_of(tumour(lesion))
    if labels is None:
        raise RecordError(f"The {tumour(lesion)} has no surface: it is not labelled.", remedy="Label it.")
    box = labels.boxes[tumour(lesion)]
    return solid_of(labels.mask(tumour(lesion), box), labels.grid.cropped(box))


def tumour_surface(images: Images, lesion: str, margin: Margins | None = None) -> TumourSurface:
    """The tumour's surface with the margin of a plan, where there is one; raises as ``tumour_solid`` does."""
    from scipy.spatial import cKDTree

    mesh = mesh_of(tumour_solid(images, lesion))
    if margin is None:
        return TumourSurface(lesion=lesion, mesh=mesh)
    _, nearest = cKDTree(margin.surface.points_mm).query(mesh.points.astype(np.float64))
    return TumourSurface(lesion=lesion, mesh=mesh, margin_mm=margin.mm[nearest])
