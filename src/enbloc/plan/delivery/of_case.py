"""The way out of one piece of a case: what it consists of, what it must keep away from, and what has no label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Structure, StructureKind, tumour
from enbloc.case.geometry import Frame, Plane, Pose, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.sided import Root
from enbloc.errors import RecordError
from enbloc.measure.spine.canal import thinned
from enbloc.measure.spine.column import Column, once
from enbloc.plan.anatomy import SACRAL, VESSELS, vessels_beside
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut, KeepAway
from enbloc.plan.delivery.delivery import Delivery, Outcome, delivered
from enbloc.plan.delivery.parameters import INNERMOST
from enbloc.plan.delivery.search import WAYS, Obstacle, Scene, Solid
from enbloc.plan.price.price import Price
from enbloc.plan.price.roots import candidates, labelled_root
from enbloc.value import value

Floats = NDArray[np.float64]
Solids = tuple[Solid, ...]

OF_SPECIMEN = (StructureKind.VERTEBRA, StructureKind.DISC, StructureKind.SACRUM)
BEFORE_SACRUM = "vessels and bowel in front of the sacrum, for which there is no label"


@value
class Keeping:
    """How near the specimen may come: ``clearance_mm`` to cord, sac, roots that stay and vessels.

    ``other`` holds what differs for single structures; a shielded one is not kept away from. ``absent`` are structures
    that somebody has looked for and that do not lie beside the specimen: only then may their label be missing. All but
    the cord ``yields_mm``: what the specimen lies against is dissected off and pressed aside by as much.
    """

    clearance_mm: float
    yields_mm: float = 0.0
    other: tuple[KeepAway, ...] = ()
    absent: tuple[Structure, ...] = ()

    def of(self, named: Structure) -> float | None:
        """The clearance to a structure; nothing for one that is shielded."""
        for one in self.other:
            if one.structure == named:
                return None if one.is_shielded else one.at_least_mm
        return self.clearance_mm


@dataclass(frozen=True, eq=False, kw_only=True)
class Leaving:
    """One piece of a case that is to leave, its price, and what to keep away from."""

    piece: Piece
    column: Column
    lesion: str
    price: Price
    keeping: Keeping
    ways: tuple[str, ...]

    @property
    def images(self) -> Images:
        return self.column.images

    def answered(self, further: Sequence[FixedCut], *, tells_why: bool) -> Delivery:
        """The way out, with the further cuts tried if there is none."""
        solids = tuple(_solids(self.images, self.piece, self.lesion))
        if not solids:
            raise RecordError(
                f"The piece {self.piece.name!r} is empty: nothing is labelled between its cuts.",
                remedy="Check the cuts.",
            )
        scene, missing = self._scene(solids), tuple(self._missing(solids))
        if isinstance(scene, str):
            return Delivery(outcome=Outcome.UNKNOWN, missing=(*missing, scene))

        def parted() -> Iterator[tuple[str, tuple[Scene, ...]]]:
            for cut in further:
                parts = (replace(self.piece, cuts=(*self.piece.cuts, one)) for one in (cut, _reversed(cut)))
                held = [tuple(_solids(self.images, part, self.lesion)) for part in parts]
                scenes = tuple(replace(scene, specimen=part) for part in held if part)
                yield f"a further cut ({cut.name})", scenes if len(scenes) == len(held) else ()

        found = delivered(scene, missing=missing, parted=parted, tells_why=tells_why)
        if found.searched is None:
            return found
        held = tuple(f"{one.structure}, held away" for one in self.keeping.other if one.is_shielded)
        told = (*found.searched.not_checked, *self._yields(), *held)
        return replace(found, searched=replace(found.searched, not_checked=told))

    def _yields(self) -> Iterator[str]:
        if self.keeping.yields_mm:
            yield f"whether all but the cord can be dissected off and yields {self.keeping.yields_mm:g} mm"

    def _scene(self, solids: Solids) -> Scene | str:
        """The scene, or why it has no frame."""
        curve = self.column.curve
        canal = [one for named in (CORD, SAC) if (one := self._solid(named)) is not None]
        if curve is None or not canal:
            return "direction of the canal: label of cord or thecal sac"
        points = np.concatenate([one.points_mm for one in solids])
        axes = curve.frame(float(np.median(curve.stations(points[:: max(1, len(points) // 500)]))))
        heights = points @ axes[2]
        low, high = heights.min(), heights.max()
        along = (one.points_mm[(one.points_mm @ axes[2] >= low) & (one.points_mm @ axes[2] <= high)] for one in canal)
        beside = next((held for held in along if len(held)), None)  # below the cord's end the sac
        if beside is None:
            return "label of cord or thecal sac beside the specimen"
        left, back, head = (triple(row) for row in axes)
        pose = Pose(child=Frame(name="about the cord"), axes=(left, back, head), origin_mm=triple(beside.mean(axis=0)))
        return Scene(specimen=solids, obstacles=tuple(self._obstacles()), pose=pose, ways=self.ways)

    def _obstacles(self) -> Iterator[Obstacle]:
        cut = {labelled_root(one) for one in self.price.roots.cut}
        roots = [one for one in self.images.present(StructureKind.NERVE_ROOT) if one not in cut]
        for named in (CORD, SAC, *roots, *VESSELS):
            mm = self.keeping.of(named)
            solid = None if mm is None else self._solid(named, 0.0 if named == CORD else self.keeping.yields_mm)
            if solid is not None and mm is not None:
                yield Obstacle(structure=named, solid=solid, clearance_mm=mm)

    def _solid(self, named: Structure, yields_mm: float = 0.0) -> Solid | None:
        """A structure of the column without its outer millimetres, made once; of the sac also the cord in it."""
        known = _known(self.column)
        if (named, 0.0) not in known:
            known[named, 0.0] = _solid(self.images, named)
        if (named, yields_mm) not in known:
            whole = known[named, 0.0]
            known[named, yields_mm] = None if whole is None else _yielding(whole, yields_mm)
        return known[named, yields_mm]

    def _missing(self, solids: Solids) -> Iterator[str]:
        """What nobody has labelled, or told, that the specimen might come near to."""
        yield from self.price.beyond
        yield from (f"{one}: {why}" for one, why in self.price.roots.unknown)
        if self.images.map_of(tumour(self.lesion)) is None:
            yield f"label of {tumour(self.lesion)}"
        yield from self._gap(solids)
        told = {*self.price.roots.cut, *(one for one, _ in self.price.roots.unknown)}
        for one in self._beside():
            if one not in told and not self._is_known(labelled_root(one)):
                yield f"label of nerve root {one}"
        levels = set(self.price.levels)
        yield from (f"label of the {named}" for named in vessels_beside(levels) if not self._is_known(named))
        if levels & SACRAL:
            yield BEFORE_SACRUM

    def _gap(self, solids: Solids) -> Iterator[str]:
        """That at some height of the specimen neither cord nor sac is seen; one that is held away protects nothing."""
        kept = [named for named in (SAC, CORD) if self.keeping.of(named) is not None]
        canal = [one for named in kept if (one := self._solid(named)) is not None]
        if not canal or self.column.curve is None:
            yield "label of the cord or the thecal sac"
            return
        stations = self.column.curve.stations(_ends(np.concatenate([one.rim_mm for one in solids])))
        step = 2.0 * max(max(one.grid.spacing_mm) for one in (*canal, *solids))
        seen = np.floor(np.concatenate([_stations(self.column)[named] for named in kept if self._solid(named)]) / step)
        wanted = np.arange(np.floor(stations.min() / step), np.floor(stations.max() / step) + 1.0)
        if not set(wanted.tolist()) <= set(seen.tolist()):
            yield "label of the cord or the thecal sac beside the whole specimen"

    def _is_known(self, named: Structure | None) -> bool:
        """Whether a structure is labelled, or known not to lie there."""
        return named is not None and (named in self.keeping.absent or self.images.map_of(named) is not None)

    def _beside(self) -> Iterator[Root]:
        """The roots that leave above and below the vertebrae that lose bone."""
        levels = set(self.price.levels)
        yield from (one for one, upper, lower in candidates(self.column) if {upper, lower} & levels)


def delivery_of(
    piece: Piece,
    column: Column,
    lesion: str,
    *,
    price: Price,
    keeping: Keeping,
    ways: tuple[str, ...] = tuple(WAYS),
    further: Sequence[FixedCut] = (),
    tells_why: bool = True,
) -> Delivery:
    """Whether one piece can leave once all pieces of its ``price`` are cut, by one of ``ways``; and what stands in it.

    The roots that the price takes are cut and stand in no way; those that stay do. ``further`` are cuts that are tried
    where there is no way out; why there is none is looked for only if ``tells_why``. Bone that stays, and ribs on the
    specimen, are not looked at.

    Raises
    ------
    RecordError
        If nothing is labelled between the cuts, or a clearance is negative.
    """
    leaving = Leaving(piece=piece, column=column, lesion=lesion, price=price, keeping=keeping, ways=ways)
    return leaving.answered(further, tells_why=tells_why)


def _reversed(cut: FixedCut) -> FixedCut:
    x, y, z = cut.plane.normal
    return replace(cut, plane=Plane(point_mm=cut.plane.point_mm, normal=(-x, -y, -z)))


@once
def _stations(column: Column) -> dict[Structure, Floats]:
    """Where along the curve of the column cord and sac are seen."""
    found = ((named, _solid(column.images, named)) for named in (CORD, SAC))
    curve = column.curve
    return {named: curve.stations(thinned(one.points_mm)) for named, one in found if one is not None and curve}


@once
def _known(column: Column) -> dict[tuple[Structure, float], Solid | None]:
    """The structures beside the specimens of one column, each with the millimetres that it yields."""
    return {}


def _yielding(solid: Solid, mm: float) -> Solid:
    """A structure without its outer millimetres; of one that is thinner the innermost part."""
    if not mm:
        return solid
    from scipy.ndimage import distance_transform_edt

    depth = distance_transform_edt(np.pad(solid.mask, 1), sampling=solid.grid.spacing_mm)[1:-1, 1:-1, 1:-1]
    return replace(solid, mask=depth > min(mm, INNERMOST.number * float(depth.max())))


def _ends(points_mm: Floats) -> Floats:
    """Some of the points, with those that lie furthest out in many directions, shape (n, 3)."""
    line = np.array([-1.0, 0.0, 1.0])
    ways = np.array([[x, y, z] for x in line for y in line for z in line])
    return np.concatenate([thinned(points_mm), points_mm[(points_mm @ ways.T).argmax(axis=0)]])


def _solid(images: Images, named: Structure) -> Solid | None:
    """All voxels of a structure; of the sac also those of the cord in it."""
    labels = images.map_of(named)
    if labels is None:
        return None
    box = labels.boxes[named]
    mask = labels.mask(named, box)
    return Solid(mask=mask | labels.mask(CORD, box) if named == SAC else mask, grid=labels.grid.cropped(box))


def _solids(images: Images, piece: Piece, lesion: str) -> Iterator[Solid]:
    """The bone, discs and tumour within a piece, one for each label map that holds any."""
    for labels in images.labels.values():
        kinds = [one for one in labels.boxes if one.kind in OF_SPECIMEN or one == tumour(lesion)]
        solid = _within(labels, kinds, piece) if kinds else None
        if solid is not None:
            yield solid


def _corners(box: tuple[slice, slice, slice], grid: Grid) -> Floats:
    """The corners of a box by the centres of its outermost voxels, shape (8, 3), patient LPS."""
    ends = [(part.start, part.stop - 1) for part in box]
    return grid.points_mm(np.array(list(product(*ends))))


def _within(labels: LabelMap, kinds: Sequence[Structure], piece: Piece) -> Solid | None:
    boxes = [
        labels.boxes[one] for one in kinds if not piece.misses(_corners(labels.boxes[one], labels.grid), labels.grid)
    ]
    if not boxes:
        return None
    a, b, c = (slice(min(s.start for s in p), max(s.stop for s in p)) for p in zip(*boxes, strict=True))
    grid = labels.grid.cropped((a, b, c))
    mask = np.any([labels.mask(one, (a, b, c)) for one in kinds], axis=0)
    at = np.argwhere(mask)
    held = at[piece.holds(grid.points_mm(at))]
    if not len(held):
        return None
    low, high = held.min(axis=0), held.max(axis=0) + 1
    d, e, f = (slice(int(first), int(last)) for first, last in zip(low, high, strict=True))
    small = np.zeros(tuple(high - low), np.bool_)
    small[tuple((held - low).T)] = True
    return Solid(mask=small, grid=grid.cropped((d, e, f)))
