"""The cuts of a plan in the patient and in the frame of a vertebra, the frame named with every number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from enbloc.case.anatomy import Level
from enbloc.case.geometry import Plane, Point, Pose, triple
from enbloc.errors import FrameMismatchError, RecordError
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Vertebra
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.voxels import half_voxel_mm
from enbloc.value import value


@value
class FramedCut:
    """One cut of a ``piece`` in patient LPS and in the frame of the vertebra ``level``, in which it meets most bone.

    ``pose`` is that frame. All planes are the middle of blades, their normals away from the tumour.
    """

    piece: str
    level: Level
    pose: Pose
    patient: FixedCut
    own: FixedCut


def framed_cuts(column: Column, levels: Sequence[Level], pieces: Sequence[Piece]) -> tuple[FramedCut, ...]:
    """Every cut of every piece, in their order.

    Raises
    ------
    RecordError
        If none of the levels has a frame.
    """
    return tuple(_framed(column, levels, piece, cut) for piece in pieces for cut in piece.cuts)


def _framed(column: Column, levels: Sequence[Level], piece: Piece, cut: FixedCut) -> FramedCut:
    level = level_of(column, levels, piece, cut)
    pose = column.spine[level].pose
    return FramedCut(piece=piece.name, level=level, pose=pose, patient=cut, own=cut_in(cut, pose))


def level_of(column: Column, levels: Sequence[Level], piece: Piece, cut: FixedCut) -> Level:
    """The level in whose bone the blade runs furthest; if it meets none, that of which the piece holds most.

    Raises
    ------
    RecordError
        If none of the levels has a frame.
    """
    known = [level for level in levels if level in column.spine]
    if not known:
        raise RecordError("The cuts have no vertebra to be told in: none has a frame.", remedy="Label whole vertebrae.")
    # The first of equals: levels run from head to foot.
    return max(known, key=lambda level: (_met(column.spine[level], piece, cut), _held(column.spine[level], piece)))


def _met(one: Vertebra, piece: Piece, cut: FixedCut) -> int:
    """How many voxels the sheet runs through, each taken whole."""
    points, half = one.crop.points_mm, float(half_voxel_mm(one.crop.grid, np.array(cut.plane.normal)))
    near = np.abs(cut.plane.distance_mm(points)) <= half
    near[near] &= reached(cut.within, points[near]) & piece.takes(points[near], one.crop.grid, way=1.0)
    return int(near.sum())


def _held(one: Vertebra, piece: Piece) -> int:
    return int(piece.holds(one.crop.points_mm).sum())


def cut_in(cut: FixedCut, pose: Pose) -> FixedCut:
    """A cut in the frame of a vertebra.

    Examples
    --------
    >>> from enbloc.case.geometry import Frame
    >>> here = Pose(child=Frame(name="T8"), axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0, 0, 50))
    >>> above = FixedCut(name="above", plane=Plane(point_mm=(0, 0, 60), normal=(0, 0, 1)), kerf_mm=1.0)
    >>> cut_in(above, here).plane
    Plane(point_mm=(0.0, 0.0, 10.0), normal=(0.0, 0.0, 1.0), frame=Frame(name='T8'))
    """
    within = tuple(plane_in(plane, pose) for plane in cut.within)
    return FixedCut(name=cut.name, plane=plane_in(cut.plane, pose), kerf_mm=cut.kerf_mm, within=within)


def plane_in(plane: Plane, pose: Pose) -> Plane:
    """A plane of the patient in the child frame of a pose.

    Raises
    ------
    FrameMismatchError
        If it is in another frame than the pose's parent.
    """
    if plane.frame != pose.parent:
        raise FrameMismatchError(expected=pose.parent.name, got=plane.frame.name)
    point = pose.inverse @ Point(xyz_mm=plane.point_mm, frame=plane.frame)
    normal = triple(pose.rotation.T @ np.array(plane.normal))
    return Plane(point_mm=_plain(point.xyz_mm), normal=_plain(normal), frame=pose.child)


def _plain(numbers: tuple[float, float, float]) -> tuple[float, float, float]:
    """Without a minus before a zero."""
    x, y, z = (number + 0.0 for number in numbers)
    return (x, y, z)
