"""The sheet of a cut where it ends: the polygons in which its plane meets the bone, and the same with a rim.

A sheet ends where its blade does, at the far faces of the other blades of its piece, and at its natural borders.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.solids.bone import BoneSolid
from enbloc.plan.solids.mesh import Floats
from enbloc.plan.solids.parameters import RIM
from enbloc.plan.solids.regions import LAP_MM

_FAR = 1000.0  # mm; beyond any patient, for a half-plane
_SLIVER_MM2 = 1e-3  # what laps and rounding leave of a polygon
_FLAT = 1e-9  # of a unit: two planes that are parallel
Section = Any
"""A ``manifold3d.CrossSection``: polygons with holes in the plane of a cut."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Sheet:
    """A cut as far as it runs: the ``islands`` in which it meets bone, each its outer line first and then its holes.

    Lines are closed, shape (k, 3), patient LPS, mm. ``points`` and ``triangles`` are the sheet with a rim, to be seen.
    A cut that meets no bone has no islands; it is shown as wide as the specimen.
    """

    piece: str
    cut: FixedCut
    islands: tuple[tuple[Floats, ...], ...]
    area_mm2: float
    points: Floats
    triangles: NDArray[np.int64]

    @property
    def is_in_bone(self) -> bool:
        return bool(self.islands)


def sheets_of(bone: BoneSolid, piece: Piece) -> tuple[Sheet, ...]:
    """The sheets of all cuts of a piece, in their order."""
    return tuple(_sheet(bone, piece, cut) for cut in piece.cuts)


def _sheet(bone: BoneSolid, piece: Piece, cut: FixedCut) -> Sheet:
    flat = _Flat(plane=cut.plane)
    laid = bone.solid.transform(flat.into)
    section = _ended(laid.slice(0.0), flat, piece, cut)
    islands = tuple(
        tuple(flat.back(line) for line in sorted(island.to_polygons(), key=_outer_first))
        for island in sorted(section.decompose(), key=_place)
        if island.area() > _SLIVER_MM2
    )
    shown = section.offset(RIM.number, _round()) if islands else _ended(laid.project().hull(), flat, piece, cut)
    points, triangles = _filled(shown)
    return Sheet(
        piece=piece.name,
        cut=cut,
        islands=islands,
        area_mm2=float(section.area()),
        points=flat.back(points),
        triangles=triangles,
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Flat:
    """The plane of a cut as a page: two unit axes in it, and the normal towards the reader."""

    plane: Plane

    @property
    def axes(self) -> Floats:
        """Both axes and the normal as rows, right-handed."""
        normal = self.plane.unit
        helper = np.eye(3)[int(np.argmin(np.abs(normal)))]
        first = np.cross(helper, normal)
        first /= np.linalg.norm(first)
        return np.array([first, np.cross(normal, first), normal])

    @property
    def into(self) -> Floats:
        """From the patient to the page, shape (3, 4)."""
        axes = self.axes
        return np.column_stack([axes, -axes @ np.array(self.plane.point_mm)])

    def back(self, places: Floats) -> Floats:
        """Places on the page, shape (n, 2), in the patient."""
        return np.asarray(np.array(self.plane.point_mm) + np.asarray(places).reshape(-1, 2) @ self.axes[:2])

    def side(self, way: Floats, point: Floats) -> Section | bool:
        """Where on the page ``way . (x - point) >= 0``: a half-plane, or whether it is all of it."""
        from manifold3d import CrossSection

        slope = self.axes[:2] @ way
        height = float(way @ (point - np.array(self.plane.point_mm)))
        steep = float(np.linalg.norm(slope))
        if steep < _FLAT * float(np.linalg.norm(way)):
            return height <= 0.0
        # A plane that is nearly parallel crosses the page far from the patient, who then lies on one side of it.
        slope, start = slope / steep, float(np.clip(height / steep, -_FAR, _FAR))
        along = np.array([-slope[1], slope[0]])
        corners = [(start, -_FAR), (2.0 * _FAR, -_FAR), (2.0 * _FAR, _FAR), (start, _FAR)]
        return CrossSection([np.array([s * slope + t * along for s, t in corners])])


def _ended(section: Section, flat: _Flat, piece: Piece, cut: FixedCut) -> Section:
    """A section of the bone as far as the blade runs in it."""
    for plane in (*piece.limits, *cut.within):
        section = _kept(section, flat.side(np.array(plane.normal), np.array(plane.point_mm)))
    for other in piece.cuts:
        if other is not cut:
            section = section - _beyond(section, flat, other)
    return section


def _beyond(section: Section, flat: _Flat, other: FixedCut) -> Section:
    """What of a section lies beyond the far face of another blade, as far as that runs."""
    normal = np.array(other.plane.normal)
    far = np.array(other.plane.point_mm) + normal / np.linalg.norm(normal) * (other.kerf_mm / 2.0)
    beyond = _kept(section, flat.side(normal, far))
    for plane in other.within:
        way = np.array(plane.normal)
        beyond = _kept(beyond, flat.side(way, np.array(plane.point_mm) - LAP_MM * way))
    return beyond


def _kept(section: Section, side: Section | bool) -> Section:
    from manifold3d import CrossSection

    if isinstance(side, bool):
        return section if side else CrossSection()
    return section ^ side


def _filled(section: Section) -> tuple[Floats, NDArray[np.int64]]:
    """The points of the polygons of a section, shape (n, 2), and triangles that fill them."""
    from manifold3d import triangulate

    lines = sorted(section.to_polygons(), key=lambda line: line.tolist())
    if not lines:
        return np.zeros((0, 2)), np.zeros((0, 3), np.int64)
    return np.concatenate(lines).astype(np.float64), np.asarray(triangulate(lines), dtype=np.int64)


def _round() -> Any:
    from manifold3d import JoinType

    return JoinType.Round


def _outer_first(line: Floats) -> tuple[float, list[float]]:
    """Outer lines go round one way and holes the other: by the area that a line encloses, largest first."""
    x, y = np.asarray(line, dtype=np.float64).T
    return (-float(x @ np.roll(y, -1) - y @ np.roll(x, -1)), line.tolist())


def _place(island: Section) -> tuple[float, ...]:
    return tuple(float(number) for number in island.bounds())


def all_sheets(bone: BoneSolid, pieces: Sequence[Piece]) -> Iterator[Sheet]:
    """The sheets of all pieces, in their order."""
    for piece in pieces:
        yield from sheets_of(bone, piece)
