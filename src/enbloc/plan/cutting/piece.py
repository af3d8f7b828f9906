"""One piece that an operation takes out: what lies on the inner side of all its cuts, in patient LPS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.kernels.halves import before
from enbloc.plan.cutting.roles import HAIR_MM as HAIR_OF_DOMAINS_MM
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.cutting.search import HAIR_MM
from enbloc.plan.cutting.several import Cuts
from enbloc.plan.voxels import half_voxel_mm
from enbloc.value import value

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@value
class Piece:
    """The specimen between its ``cuts``, whose normals point away from it; a blade takes ``kerf_mm``, half each way.

    Where a blade does not run, its cut bounds nothing. ``limits`` are natural borders that need no blade, as the front
    of the canal is to an arch: the piece lies where their normals point.

    Raises
    ------
    RecordError
        If there is no cut: such a piece would be the whole patient.

    Examples
    --------
    >>> from enbloc.case.geometry import Plane
    >>> above = FixedCut(name="above", plane=Plane(point_mm=(0, 0, 9), normal=(0, 0, 1)), kerf_mm=2.0)
    >>> Piece(name="all below", cuts=(above,)).holds(np.array([[0, 0, 7.5], [0, 0, 8.5]])).tolist()
    [True, False]
    """

    name: str
    cuts: tuple[FixedCut, ...]
    limits: tuple[Plane, ...] = ()

    def __post_init__(self) -> None:
        if not self.cuts:
            raise RecordError(f"The piece {self.name!r} has no cut.", remedy="Give at least one plane.")

    def holds(self, points_mm: Floats) -> Bools:
        """Which points, shape (n, 3), lie in the piece itself, on the near face of every blade or before it."""
        return self._before(points_mm, None, ((-1.0, 0.0),))[0]

    def takes(self, points_mm: Floats, grid: Grid | None = None, *, way: float = 0.0) -> Bools:
        """Which points are lost: those in the piece and those in the way of a blade.

        With ``grid`` and ``way`` 1 every face lies half a voxel of the grid further out, with -1 further in.
        """
        return self._before(points_mm, grid, ((1.0, way),))[0]

    def loss(self, points_mm: Floats, grid: Grid) -> Loss:
        """What is lost of the points, as ``holds`` and ``takes`` tell it, each distance worked out once."""
        held, least, now, most = self._before(points_mm, grid, ((-1.0, 0.0), (1.0, -1.0), (1.0, 0.0), (1.0, 1.0)))
        return Loss(held=held, least=least, now=now, most=most)

    def misses(self, corners_mm: Floats, grid: Grid) -> bool:
        """Whether nothing is lost of a box with these corners, shape (8, 3), wherever within half a voxel cuts lie."""
        if any((limit.distance_mm(corners_mm) < -HAIR_MM).all() for limit in self.limits):
            return True
        return any(
            bool((cut.plane.distance_mm(corners_mm) > _face_mm(cut, 1.0, grid, 1.0)).all())
            and bool(reached(cut.within, corners_mm).all())
            for cut in self.cuts
        )

    def _before(self, points_mm: Floats, grid: Grid | None, faces: Sequence[tuple[float, float]]) -> tuple[Bools, ...]:
        """Which points lie before a face of every blade, for each (face, way): face -1 is the near one, 1 the far."""
        ends = [[_face_mm(cut, face, grid, way) for face, way in faces] for cut in self.cuts]
        domains = [plane for cut in self.cuts for plane in cut.within]
        found = before(
            np.ascontiguousarray(points_mm, dtype=np.float64),
            _rows(self.limits),
            _rows([cut.plane for cut in self.cuts]),
            np.array(ends),
            _rows(domains),
            np.cumsum([0, *(len(cut.within) for cut in self.cuts)]),
            HAIR_OF_DOMAINS_MM,
        )
        return tuple(held.view(np.bool_) for held in found)


def _rows(planes: Sequence[Plane]) -> Floats:
    """The unit normal and the point of each plane, shape (n, 6)."""
    return np.array([(*plane.normal, *plane.point_mm) for plane in planes], np.float64).reshape(-1, 6)


@dataclass(frozen=True, eq=False, kw_only=True)
class Loss:
    """What of some points lies in a piece itself, and what is lost with it: as planned, and half a voxel in and out."""

    held: Bools
    least: Bools
    now: Bools
    most: Bools


def _face_mm(cut: FixedCut, face: float, grid: Grid | None, way: float) -> float:
    """Where a face of a blade lies along the normal of its cut, mm."""
    off = face * cut.kerf_mm / 2.0 + HAIR_MM
    return off if grid is None else off + way * float(half_voxel_mm(grid, np.array(cut.plane.normal)))


def takes(pieces: Sequence[Piece], points_mm: Floats, grid: Grid | None = None, *, way: float = 0.0) -> Bools:
    """Which points one or other of several pieces takes, blades included."""
    held = np.zeros(len(points_mm), np.bool_)
    for piece in pieces:
        held |= piece.takes(points_mm, grid, way=way)
    return held


def piece_of(name: str, found: Cuts, *, limits: Sequence[Plane] = ()) -> Piece:
    """The piece that searched and fixed cuts free together."""
    searched = (
        FixedCut(name=cut.role.name, plane=cut.plane, kerf_mm=cut.role.kerf_mm, within=cut.role.within)
        for cut in found.cuts
    )
    return Piece(name=name, cuts=(*searched, *found.fixed), limits=tuple(limits))
