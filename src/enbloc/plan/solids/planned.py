"""Everything of a planned operation that has a shape, made together from the same cuts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side, in_order
from enbloc.measure.spine.column import Column
from enbloc.measure.spine.vertebra import Crop
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.opening import Opening
from enbloc.plan.solids.bone import BoneSolid, Cutout, bone_solid
from enbloc.plan.solids.fate import Fate, FateMap, fate_map
from enbloc.plan.solids.framed import FramedCut, framed_cuts
from enbloc.plan.solids.mesh import Mesh, mesh_of
from enbloc.plan.solids.parameters import LOOSE, VOLUME_OFF
from enbloc.plan.solids.sheets import Sheet, all_sheets
from enbloc.plan.solids.tumour import Margins, TumourSurface, tumour_surface

_INSIDE = 0.25  # voxels below a surface, where the bone beneath it is asked for


@dataclass(frozen=True, eq=False, kw_only=True)
class Body:
    """A closed mesh of a part of the bone: its fate, the piece and cut it is of, and where it lies.

    ``loose_mm3`` are the volumes of its parts that do not hang together with the largest and are worth telling.
    ``levels`` are the vertebrae that it has bone of; ``side`` is the side of the midline that all of it lies on,
    nothing if it reaches over both.
    """

    fate: Fate
    piece: str
    cut: str
    levels: tuple[Level, ...]
    side: Side | None
    loose_mm3: tuple[float, ...]
    mesh: Mesh


@dataclass(frozen=True, eq=False, kw_only=True)
class Solids:
    """A planned operation as label map, closed meshes, sheets, and planes in both frames; patient LPS, mm.

    ``involved`` are the levels that hold the tumour; ``tumour_side`` is as a body's. The volumes of ``bodies`` add up
    to ``bone_mm3``.
    """

    lesion: str
    involved: tuple[Level, ...]
    fates: FateMap
    bone_mm3: float
    bodies: tuple[Body, ...]
    tumour: TumourSurface
    tumour_side: Side | None
    sheets: tuple[Sheet, ...]
    cuts: tuple[FramedCut, ...]

    @property
    def volume_off_percent(self) -> float:
        """How much more the surface of the bone encloses than its voxels hold, per cent."""
        voxels_mm3 = 1000.0 * sum(self.fates.cc(fate) for fate in Fate)
        return 100.0 * (self.bone_mm3 / voxels_mm3 - 1.0)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of the solids, in sentences."""
        return (*(_falling(one) for one in self.bodies if one.fate is Fate.SPECIMEN and one.loose_mm3), *self._off())

    def _off(self) -> Iterator[str]:
        off = self.volume_off_percent
        if not VOLUME_OFF.holds(abs(off)):
            words = f"The surface of the bone encloses {abs(off):.1f} % {'more' if off > 0 else 'less'} than its voxels"
            yield f"{words}: volumes are those of the label map."


def _falling(one: Body) -> str:
    loose_cc = sum(one.loose_mm3) / 1000.0
    count = len(one.loose_mm3) + 1
    return f"The specimen {one.piece!r} has {count} parts of bone that do not hang together ({loose_cc:.2f} cc loose)."


def planned_solids(
    column: Column,
    levels: Sequence[Level],
    lesion: str,
    pieces: Sequence[Piece],
    *,
    involved: Sequence[Level],
    openings: Sequence[Opening] = (),
    margin: Margins | None = None,
    bone: BoneSolid | None = None,
) -> Solids:
    """What an operation takes and leaves of the vertebrae ``levels``, its ``involved`` ones and their neighbours.

    Give the ``bone`` where it has been made already.

    Raises
    ------
    RecordError
        If a level or the tumour is not labelled, no level has a frame, or a mesh does not close.
    """
    known = in_order(levels)
    bone = bone or bone_solid(column, known, lesion)
    surface = tumour_surface(column.images, lesion, margin)
    return Solids(
        lesion=lesion,
        involved=in_order(involved),
        fates=fate_map(column, known, lesion, pieces, openings),
        bone_mm3=bone.volume_mm3,
        bodies=tuple(_body(column, known, one, openings) for one in bone.cut(pieces, openings)),
        tumour=surface,
        tumour_side=_side_of(column, known, surface.mesh),
        sheets=tuple(all_sheets(bone, pieces)),
        cuts=framed_cuts(column, known, pieces),
    )


def _body(column: Column, levels: Sequence[Level], one: Cutout, openings: Sequence[Opening]) -> Body:
    mesh = mesh_of(one.solid)
    is_opened = one.fate is Fate.OPENED
    return Body(
        fate=one.fate,
        piece=one.piece,
        cut=one.cut,
        levels=in_order({each.level for each in openings}) if is_opened else _levels_in(column, levels, mesh),
        side=_side_of(column, levels, mesh),
        loose_mm3=_loose(one),
        mesh=mesh,
    )


def _loose(one: Cutout) -> tuple[float, ...]:
    volumes = sorted((float(part.volume()) for part in one.solid.decompose()), reverse=True)
    return tuple(volume for volume in volumes[1:] if LOOSE.holds(volume))


def _levels_in(column: Column, levels: Sequence[Level], mesh: Mesh) -> tuple[Level, ...]:
    """The levels whose voxels hold some place just inside of the mesh; those nearest to one if none holds any."""
    if not len(mesh.triangles):
        return ()
    a, b, c = (mesh.points.astype(np.float64)[mesh.triangles[:, at]] for at in range(3))
    outward = np.cross(b - a, c - a)
    length = np.maximum(np.linalg.norm(outward, axis=1, keepdims=True), np.finfo(float).tiny)
    inside = (a + b + c) / 3.0 - _INSIDE * min(column.crop(levels[0]).grid.spacing_mm) * outward / length
    held = tuple(level for level in levels if _is_held(column.crop(level), inside))
    return held or _nearest_to(column, levels, inside)


def _is_held(crop: Crop, points: NDArray[np.float64]) -> bool:
    """Whether a voxel of the vertebra holds any of the places."""
    at = np.rint(crop.grid.indices(points)).astype(np.intp)
    at = at[np.all((at >= 0) & (at < np.array(crop.mask.shape)), axis=1)]
    return bool(crop.mask[tuple(at.T)].any())


def _nearest_to(column: Column, levels: Sequence[Level], points: NDArray[np.float64]) -> tuple[Level, ...]:
    from scipy.spatial import cKDTree

    apart = np.array([cKDTree(column.crop(level).points_mm).query(points)[0] for level in levels])
    nearest = apart.argmin(axis=0)
    return tuple(level for at, level in enumerate(levels) if (nearest == at).any())


def _side_of(column: Column, levels: Sequence[Level], mesh: Mesh) -> Side | None:
    """By the midline of the vertebra nearest to the middle of the mesh."""
    known = [column.spine[level] for level in levels if level in column.spine]
    if not known or not len(mesh.points):
        return None
    points = mesh.points.astype(np.float64)
    nearest = min(known, key=lambda one: float(np.linalg.norm(one.crop.centroid - points.mean(axis=0))))
    across = nearest.inside(points)[:, 0]
    if (across > 0.0).all():
        return Side.LEFT
    return Side.RIGHT if (across < 0.0).all() else None
