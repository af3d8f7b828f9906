"""The bone while a plane is dragged: what the other cuts take is kept, and only what the plane can reach is cut.

It has fewer triangles than that of a finished plan: it is looked at, while prices are told by voxels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane
from enbloc.plan.cutting.piece import Floats, Piece
from enbloc.plan.price.opening import Opening
from enbloc.plan.solids.bone import BoneSolid
from enbloc.plan.solids.fate import Fate
from enbloc.plan.solids.mesh import EXACT_MM, Mesh, Solid, shown
from enbloc.plan.solids.parameters import SIMPLER_IN_HAND
from enbloc.plan.solids.regions import held_by, taken_by

_HAIR_MM = 1e-6  # what rounding may cost: a part so near to the specimen counts as met


@dataclass(frozen=True, eq=False, kw_only=True)
class Shape:
    """A part of the bone while a plane is dragged: its ``fate``, its ``mesh`` to be looked at, and its volume.

    All blades are one part. A mesh that is written to a file is made anew: finer, and without what rounding leaves.
    """

    fate: Fate
    mesh: Mesh
    volume_mm3: float


@dataclass(frozen=True, eq=False, kw_only=True)
class _Lump:
    """A part of the bone that hangs together."""

    solid: Solid

    @cached_property
    def points_mm(self) -> Floats:
        return np.ascontiguousarray(self.solid.to_mesh64().vert_properties[:, :3], dtype=np.float64)

    @cached_property
    def shape(self) -> tuple[Mesh, float]:
        return shown(self.solid), float(self.solid.volume())

    def meets(self, piece: Piece, region: Solid) -> bool:
        """Whether the region that a piece takes may reach into it; never no where it does.

        Where each of its triangles lies beyond one border or other, its surface lies outside of the region; then the
        region could only lie within it altogether.
        """
        if region.is_empty():
            return False
        corners = self.shape[0].triangles.T
        beyond = _beyond(piece, self.points_mm)
        if not (beyond[corners[0]] & beyond[corners[1]] & beyond[corners[2]]).all():
            return True
        mine, other = (np.array(one.bounding_box()) for one in (self.solid, region))
        return bool((mine[:3] <= other[:3]).all() and (mine[3:] >= other[3:]).all())


def _beyond(piece: Piece, points_mm: Floats) -> NDArray[np.uint64]:
    """Beyond which borders of a piece each point lies, a bit for each: half-spaces all, as far as a blade runs."""
    found = np.zeros(len(points_mm), np.uint64)
    for at, limit in enumerate(piece.limits):
        found |= (limit.distance_mm(points_mm) < -_HAIR_MM).astype(np.uint64) << np.uint64(at)
    for at, cut in enumerate(piece.cuts, start=len(piece.limits)):
        beyond = cut.plane.distance_mm(points_mm) > cut.kerf_mm / 2.0 + _HAIR_MM
        beyond &= _deep(cut.within, points_mm)
        found |= beyond.astype(np.uint64) << np.uint64(at)
    return found


def _deep(within: Sequence[Plane], points_mm: Floats) -> NDArray[np.bool_]:
    held = np.ones(len(points_mm), np.bool_)
    for plane in within:
        held &= plane.distance_mm(points_mm) > _HAIR_MM
    return held


@dataclass(frozen=True, eq=False, kw_only=True)
class KeptBone:
    """The bone around a lesion with what is opened of it, ready to be cut again and again while one plane moves."""

    bone: BoneSolid
    openings: tuple[Opening, ...] = ()
    _near: dict[Piece | None, Solid] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def coarse(self) -> BoneSolid:
        """The same bone with fewer triangles."""
        simple = self.bone.solid.simplify(SIMPLER_IN_HAND.number * min(self.bone.bone.grid.spacing_mm))
        return replace(self.bone, solid=simple.set_tolerance(EXACT_MM))

    @cached_property
    def _lumps(self) -> tuple[tuple[Fate, tuple[_Lump, ...]], ...]:
        opened, rest = self.coarse.opened(self.openings)
        made = ((Fate.OPENED, opened), (Fate.REMAINING, rest))
        return tuple((fate, tuple(_Lump(solid=part) for part in solid.decompose())) for fate, solid in made)

    def cut(self, piece: Piece, moving: str) -> tuple[Shape, ...]:
        """What a piece, its blades and the openings take, and what remains, which stands last; empty parts left out.

        The cut ``moving`` is the one that is dragged: the first time takes longer. The parts are those of ``cut`` of
        the ``coarse`` bone, with one for all blades.
        """
        region = taken_by((piece,), self.bone.space)
        held, rest = self.near(piece, moving).split(held_by(piece, self.bone.space))
        blades = rest ^ region  # little is left of what is near, so that this is the faster order
        found = [_shape(Fate.SPECIMEN, (shown(held), float(held.volume())))]
        found.append(_shape(Fate.BLADE, (shown(blades), float(blades.volume()))))
        for fate, lumps in self._lumps:
            found.append(_shape(fate, *(part for lump in lumps for part in _left(lump, piece, region))))
        return tuple(one for one in found if len(one.mesh.triangles) or one.fate is Fate.REMAINING)

    def prepare(self, piece: Piece, moving: str) -> None:
        """Work out all that does not change while that cut moves."""
        self.near(piece, moving)
        for _, lumps in self._lumps:
            for lump in lumps:
                _ = lump.shape, lump.points_mm

    def near(self, piece: Piece, moving: str) -> Solid:
        """What the cuts that do not move would take; what they and the moving one take together is a part of it."""
        others = tuple(cut for cut in piece.cuts if cut.name != moving)
        key = replace(piece, cuts=others) if others else None
        if key not in self._near:
            self._near.clear()  # only one plane is dragged at a time
            whole = self.coarse.solid
            self._near[key] = whole if key is None else whole ^ taken_by((key,), self.bone.space)
            self._near[key].status()  # worked out now, not at the first move
        return self._near[key]


def _left(lump: _Lump, piece: Piece, region: Solid) -> Iterator[tuple[Mesh, float]]:
    if not lump.meets(piece, region):
        yield lump.shape
        return
    left = lump.solid - region
    yield shown(left), float(left.volume())


def _shape(fate: Fate, *parts: tuple[Mesh, float]) -> Shape:
    """Parts that do not touch as one."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh, _ in parts)])
    triangles = [mesh.triangles + start for (mesh, _), start in zip(parts, starts, strict=False)]
    mesh = Mesh(
        points=np.concatenate([np.zeros((0, 3), np.float32), *(mesh.points for mesh, _ in parts)]),
        triangles=np.concatenate([np.zeros((0, 3), np.int64), *triangles]),
    )
    return Shape(fate=fate, mesh=mesh, volume_mm3=sum(volume for _, volume in parts))
