"""One piece that an operation takes out: what lies on the inner side of all its cuts, in patient LPS."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.cutting.several import Cuts
from enbloc.value import value

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HAIR_MM = 1e-9  # what adding up may cost


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
        return self._before(points_mm, -1.0, None, 0.0)

    def takes(self, points_mm: Floats, grid: Grid | None = None, *, way: float = 0.0) -> Bools:
        """Which points are lost: those in the piece and those in the way of a blade.

        With ``grid`` and ``way`` 1 every face lies half a voxel of the grid further out, with -1 further in.
        """
        return self._before(points_mm, 1.0, grid, way)

    def _before(self, points_mm: Floats, face: float, grid: Grid | None, way: float) -> Bools:
        held = reached(self.limits, points_mm)
        for cut in self.cuts:
            off = face * cut.kerf_mm / 2.0 + HAIR_MM
            if grid is not None:
                off += way * half_mm(grid, np.array(cut.plane.normal))
            before = cut.plane.distance_mm(points_mm) <= off
            held &= before | ~reached(cut.within, points_mm) if cut.within else before
        return held


def reached(within: Sequence[Plane], points_mm: Floats) -> Bools:
    """Which points, shape (n, 3), lie in all of the half-spaces that the normals point into."""
    held = np.ones(len(points_mm), np.bool_)
    for plane in within:
        held &= plane.distance_mm(points_mm) >= -HAIR_MM
    return held


def half_mm(grid: Grid, normal: Floats) -> float:
    """Half the extent of a voxel along a unit direction, mm."""
    return float(0.5 * np.abs(normal @ grid.affine[:3, :3]).sum())


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
