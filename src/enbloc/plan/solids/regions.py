"""The room that pieces and blades take, as solids of few faces: half-spaces joined and taken from one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enbloc.case.geometry import Plane
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.solids.mesh import Floats, Solid

LAP_MM = 1e-4  # that blades which end at one border lap over it, so that rounding leaves no wall between them


def room(low: Floats, high: Floats, *, beyond_mm: float = 20.0) -> Solid:
    """A box that reaches ``beyond_mm`` further than two corners, shape (3,): what a half-space ends at."""
    from manifold3d import Manifold

    size = high - low + 2 * beyond_mm
    return Manifold.cube(tuple(size)).translate(tuple(low - beyond_mm))


def held_by(piece: Piece, space: Solid) -> Solid:
    """The piece itself, up to the near face of every blade."""
    return _before(piece, space, -1.0)


def taken_by(pieces: Sequence[Piece], space: Solid) -> Solid:
    """What the pieces take, the way of their blades included."""
    from manifold3d import Manifold

    found = Manifold()
    for piece in pieces:
        found = found + _before(piece, space, 1.0)
    return found


def way_of(piece: Piece, cut: FixedCut, space: Solid) -> Solid:
    """What one blade of a piece takes: all beyond its near face that the piece takes."""
    return _before(piece, _beyond(space, cut, -1.0), 1.0)


def _before(piece: Piece, space: Solid, face: float) -> Solid:
    made = _among(space, piece.limits)
    for cut in piece.cuts:
        if cut.within:
            made = made - _beyond(space, cut, face)
        else:
            made = _trimmed(made, -np.array(cut.plane.normal), cut.plane, -face * cut.kerf_mm / 2.0)
    return made


def _beyond(space: Solid, cut: FixedCut, face: float) -> Solid:
    """What lies beyond a face of a blade, as far as the blade runs."""
    beyond = _trimmed(space, np.array(cut.plane.normal), cut.plane, face * cut.kerf_mm / 2.0)
    return _among(beyond, cut.within, -LAP_MM)


def _among(space: Solid, within: Sequence[Plane], off_mm: float = 0.0) -> Solid:
    for plane in within:
        space = _trimmed(space, np.array(plane.normal), plane, off_mm)
    return space


def _trimmed(made: Solid, way: Floats, plane: Plane, off_mm: float) -> Solid:
    """What lies where ``way`` points, from ``off_mm`` along it beyond the plane's point."""
    unit = way / np.linalg.norm(way)
    return made.trim_by_plane(tuple(unit), float(unit @ np.array(plane.point_mm)) + off_mm)
