"""Surfaces of labelled structures near a lesion, for pictures and the scene. Smoothed: never to measure on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

from enbloc.case.anatomy import Structure, StructureKind
from enbloc.case.geometry import Plane, Triple
from enbloc.case.image import Images, LabelMap
from enbloc.kernels.contours import surface, vertex_normals
from enbloc.plan.proposal import Cut, Plan
from enbloc.present.cuts import beside_tumour

Floats = NDArray[np.float64]

REACH_MM = 46.0
_SMOOTH_MM = 0.9


@dataclass(frozen=True, eq=False, kw_only=True)
class Body:
    """A closed surface: ``points`` (n, 3) in patient millimetres, ``normals`` outward, ``triangles`` (m, 3).

    ``colours``, shape (n, 3), 0 to 1, tell the points apart; ``tint`` and ``alpha`` are for what is no structure.
    """

    name: str
    structure: Structure | None  # nothing for a cut
    points: Floats
    normals: Floats
    triangles: NDArray[np.int64]
    colours: Floats | None = None
    tint: str = ""
    alpha: float | None = None


def bodies(images: Images, centre: Triple, kinds: tuple[StructureKind, ...], *, step_mm: float) -> Iterator[Body]:
    """The surfaces of all structures of these kinds within reach of ``centre``, drawn on a grid of ``step_mm``."""
    for kind in kinds:
        for named in images.present(kind):
            labels = images.map_of(named)
            found = _body(labels, named, centre, step_mm) if labels else None
            if found is not None:
                yield found


def _body(labels: LabelMap, named: Structure, centre: Triple, step_mm: float) -> Body | None:
    box = _within_reach(labels, named, centre)
    if box is None:
        return None
    grid = labels.grid.cropped(box)
    steps = np.array([step_mm / spacing for spacing in grid.spacing_mm])
    axes = [np.arange(-2.0, size + 1.0 + step, step) for size, step in zip(grid.shape, steps, strict=True)]
    where = np.meshgrid(*axes, indexing="ij")
    mask = np.pad(labels.mask(named, box).astype(np.float32), 1)
    field = map_coordinates(mask, [each + 1 for each in where], output=np.float64, order=1, mode="constant")
    field = gaussian_filter(field, _SMOOTH_MM / step_mm, mode="constant")
    if field.max() <= 0.5:
        return None
    vertices, triangles = surface(field, 0.5)
    points = grid.points_mm(vertices * steps - 2.0)
    # A left-handed grid turns the surface inside out.
    if np.linalg.det(grid.directions) < 0:
        triangles = np.ascontiguousarray(triangles[:, ::-1])
    return Body(
        name=str(named),
        structure=named,
        points=points,
        normals=vertex_normals(points, triangles),
        triangles=triangles,
    )


def _within_reach(labels: LabelMap, named: Structure, centre: Triple) -> tuple[slice, slice, slice] | None:
    """The box of a structure, cut to what lies near; a near vertebra stays whole."""
    box = labels.boxes[named]
    middle = labels.grid.points_mm(np.array([[(part.start + part.stop - 1) / 2 for part in box]]))[0]
    is_near = abs(middle[2] - centre[2]) < REACH_MM - 4
    if named.kind in {StructureKind.VERTEBRA, StructureKind.TUMOUR}:
        return box if is_near or named.kind is StructureKind.TUMOUR else None
    corners = np.array([[a, b, c] for a in (-1, 1) for b in (-1, 1) for c in (-1, 1)]) * REACH_MM + np.array(centre)
    at = labels.grid.indices(corners)
    low, high = np.floor(at.min(axis=0)).astype(int), np.ceil(at.max(axis=0)).astype(int) + 1
    spans = [(max(part.start, lo), min(part.stop, hi)) for part, lo, hi in zip(box, low, high, strict=True)]
    if any(start >= stop for start, stop in spans):
        return None
    a, b, c = (slice(int(start), int(stop)) for start, stop in spans)
    return (a, b, c)


def sheet(cut: Cut, half_mm: float = 27.0) -> Body | None:
    """A cut as a square on its plane beside the tumour, as far as its blade runs; nothing where it runs nowhere."""
    normal = np.array(cut.plane.normal)
    middle = beside_tumour(cut)
    along = np.cross(normal, [0.0, 1.0, 0.0] if abs(normal[1]) < 0.9 else [1.0, 0.0, 0.0])
    along /= np.linalg.norm(along)
    across = np.cross(normal, along)
    corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    points = np.array([middle + half_mm * (u * along + v * across) for u, v in corners])
    for plane in cut.within:
        points = _clipped(points, plane)
    if len(points) < 3:
        return None
    return Body(
        name=cut.name,
        structure=None,
        points=points,
        normals=np.tile(normal, (len(points), 1)),
        triangles=np.array([[0, nth, nth + 1] for nth in range(1, len(points) - 1)], dtype=np.int64),
    )


def sheets_of(plan: Plan | None) -> list[Body]:
    """The cuts of a plan as they are drawn; none where there is no plan."""
    found = (sheet(cut) for cut in (plan.cuts if plan else ()))
    return [one for one in found if one is not None]


def _clipped(corners: Floats, plane: Plane) -> Floats:
    """The part of a convex polygon, shape (n, 3), on the side that the normal of a plane points to."""
    away = plane.distance_mm(corners)
    kept: list[Floats] = []
    for at, following in enumerate(np.roll(np.arange(len(corners)), -1)):
        if away[at] >= 0:
            kept.append(corners[at])
        if (away[at] < 0) != (away[following] < 0):
            share = away[at] / (away[at] - away[following])
            kept.append(corners[at] + share * (corners[following] - corners[at]))
    return np.array(kept).reshape(-1, 3)
