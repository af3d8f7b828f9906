"""What lies around the bone that pieces take: discs, segmental arteries, ribs, and the dura that they touch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from enbloc.case.anatomy import Level, Part, Side, Structure, StructureKind, in_order, tumour
from enbloc.case.answer import Unknown, unknown
from enbloc.case.finding import Interval
from enbloc.case.image import Images
from enbloc.case.sided import SegmentalArtery
from enbloc.plan.cutting.piece import Floats
from enbloc.plan.price.ground import Block, Cloud, Ground
from enbloc.plan.price.roots import BY_LABEL, are_neighbours
from enbloc.plan.price.taking import Taking
from enbloc.plan.rounding import HAIR, cc, percent
from enbloc.value import value

BY_ENDPLATES = "the space between its two endplates"
NOT_PLACED = "not known: no label, and its endplates cannot be placed"
BY_JOINT = "the joint of the rib with the vertebra"
WITH_RIBS = frozenset(level for level in Level if level.value.startswith("T"))
ACROSS = np.linspace(-1.0, 1.0, 21)  # where an endplate is looked at, as shares of half its width and depth


@value
class DiscTaken:
    """A disc that a piece takes some of: ``percent`` of its label, or nothing where it is told by the endplates.

    Where neither shows it, and bone beside it goes, it may be taken: ``basis`` says that it is not known.
    """

    above: Level
    below: Level
    percent: float | None
    basis: str

    def __str__(self) -> str:
        said = self.basis if self.basis == NOT_PLACED else f"inferred: {self.basis}"
        said = said if self.percent is None else f"{self.percent:g} %"
        return f"disc {self.above}/{self.below} ({said})"


@value
class ArteryTaken:
    """A segmental artery at the middle of its body: the wall that it runs on goes, or is sawn through.

    ``is_certain`` if some of the wall goes wherever within half a voxel the cuts lie.
    """

    artery: SegmentalArtery
    is_certain: bool


@value
class Arteries:
    """The segmental arteries that run on bone that goes; ``unknown`` names the walls of bodies that were not seen."""

    taken: tuple[ArteryTaken, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def cut(self) -> tuple[SegmentalArtery, ...]:
        """Those that go, certain or not, head to foot."""
        return tuple(one.artery for one in self.taken)


@value
class RibTaken:
    """A rib that is cut or freed from its vertebra: ``cc`` of its label, or nothing where only its joint is seen."""

    level: Level
    side: Side
    cc: float | None
    basis: str

    def __str__(self) -> str:
        said = f"{self.cc:.2f} cc" if self.cc is not None else f"inferred: {self.basis}"
        return f"rib {self.level} {self.side.value} ({said})"


@value
class DuraContact:
    """The dura that bone or tumour of the pieces touches: between these areas, by the faces of the voxels of both.

    Faces of voxels add up to the area itself at least, and to the root of three times it at most; the cuts lie half a
    voxel further in at the low end and further out at the high one. Whole mm², outward.
    """

    area_mm2: Interval

    def __str__(self) -> str:
        if self.area_mm2.high == 0.0:
            return "dura not touched"
        return f"dura touched over {self.area_mm2.low:.0f} to {self.area_mm2.high:.0f} mm²"


def discs_taken(taking: Taking) -> tuple[DiscTaken, ...]:
    """The discs that pieces take some of, head to foot."""
    found = (_disc(taking, above, below, place) for (above, below), place in taking.ground.kept(_discs).items())
    return tuple(one for one in found if one is not None)


def _discs(ground: Ground) -> dict[tuple[Level, Level], tuple[Cloud | None, str]]:
    """Where each disc lies, and by what that is told."""
    found: dict[tuple[Level, Level], tuple[Cloud | None, str]] = {}
    for above, below in pairwise(ground.levels):
        if are_neighbours(above, below):
            labelled = ground.cloud(Structure(kind=StructureKind.DISC, level=above))
            supposed = None if labelled else _between(ground, above, below)
            inferred = (supposed, BY_ENDPLATES if supposed else NOT_PLACED)
            found[above, below] = (labelled, BY_LABEL) if labelled else inferred
    order, known = tuple(Level), {above for above, _ in found}
    for named in ground.images.present(StructureKind.DISC):  # also beside a vertebra that nobody labelled
        if named.level is not None and named.level not in known:
            lower = _usually_below(named.level, ground.levels)
            found |= {} if lower is None else {(named.level, lower): (ground.cloud(named), BY_LABEL)}
    return dict(sorted(found.items(), key=lambda held: order.index(held[0][0])))


def _usually_below(level: Level, labelled: Sequence[Level]) -> Level | None:
    """The next level, without one that most people lack and nobody labelled."""
    order = tuple(Level)
    return next((one for one in order[order.index(level) + 1 :] if one in labelled or not one.is_transitional), None)


def _disc(taking: Taking, above: Level, below: Level, place: tuple[Cloud | None, str]) -> DiscTaken | None:
    cloud, basis = place
    if cloud is None:
        is_near = any(taking.cut(level) is not None for level in (above, below))
        return DiscTaken(above=above, below=below, percent=None, basis=basis) if is_near else None
    if not taking.meets(cloud):
        return None
    held = taking.taken(cloud)
    share = percent(int(held.sum()), len(held)) if basis == BY_LABEL else None
    return DiscTaken(above=above, below=below, percent=share, basis=basis)


def _between(ground: Ground, above: Level, below: Level) -> Cloud | None:
    """Points all over the room between two endplates; nothing where one cannot be placed."""
    upper, lower = _plate(ground.block(above), is_lower=True), _plate(ground.block(below), is_lower=False)
    if upper is None or lower is None:
        return None
    down = np.linspace(0.0, 1.0, 9)[:, None, None]
    points = ((1.0 - down) * upper + down * lower).reshape(-1, 3)
    return Cloud(points_mm=points, grid=ground.block(above).crop.grid)


def _plate(block: Block, *, is_lower: bool) -> Floats | None:
    """Points all over an endplate, shape (n, 3), as wide and deep as its body; nothing where it cannot be placed."""
    one = block.one
    plate = None if one is None else one.lower if is_lower else one.upper
    if one is None or plate is None:
        return None
    wide, deep = 0.5 * np.ptp(one.own_mm[block.of(Part.BODY), :2], axis=0)
    u, v = (grid.ravel() for grid in np.meshgrid(ACROSS, ACROSS))
    inside = u**2 + v**2 <= 1.0
    return np.asarray(
        plate.centre_mm + np.outer(wide * u[inside], one.axes[0]) + np.outer(deep * v[inside], one.axes[1])
    )


def arteries_taken(taking: Taking) -> Arteries:
    """The segmental arteries of the thoracic and lumbar levels that lose the wall that these run on, at mid-body."""
    taken, unseen = [], []
    for level in taking.levels:
        gone = taking.cut(level)
        if gone is None or f"{level} left" not in SegmentalArtery._value2member_map_:
            continue
        for side in Side:
            wall = gone.block.flanks.get(side)
            if wall is None or not len(wall):
                unseen.append(f"the wall of {level} on the {side.value} at mid-body")
            elif gone.pieces.most[wall].any():
                certain = bool(gone.pieces.least[wall].any())
                taken.append(ArteryTaken(artery=SegmentalArtery(f"{level} {side.value}"), is_certain=certain))
    return Arteries(taken=tuple(taken), unknown=tuple(unseen))


def ribs_taken(taking: Taking) -> tuple[RibTaken, ...]:
    """The ribs that pieces take some of, or whose joint with the vertebra goes, head to foot."""
    labelled = (one.level for one in taking.ground.images.present(StructureKind.RIB) if one.level is not None)
    both = ((level, side) for level in in_order((*taking.ground.levels, *labelled)) for side in Side)
    return tuple(found for level, side in both if (found := _rib(taking, level, side)) is not None)


def ribs_open(taking: Taking, ribs: Sequence[RibTaken]) -> tuple[str, ...]:
    """The ribs that nobody labelled, whose joint stays, while something of the transverse process before them goes."""
    told = {(one.level, one.side) for one in ribs}
    both = ((level, side) for level in taking.levels if level in WITH_RIBS for side in Side)
    return tuple(
        f"rib {level} {side.value}"
        for level, side in both
        if (level, side) not in told
        and taking.ground.cloud(Structure(kind=StructureKind.RIB, level=level, side=side)) is None
        and _is_beside_rib(taking, level, side)
    )


def _is_beside_rib(taking: Taking, level: Level, side: Side) -> bool:
    """Whether a piece may take some of a transverse process, or of a vertebra whose parts cannot be told."""
    gone = taking.cut(level)
    if gone is None or gone.block.parts is None:
        return gone is not None
    return bool((gone.pieces.most & gone.block.of(Part.TRANSVERSE_PROCESS, side)).any())


def _rib(taking: Taking, level: Level, side: Side) -> RibTaken | None:
    cloud = taking.ground.cloud(Structure(kind=StructureKind.RIB, level=level, side=side))
    if cloud is not None and taking.meets(cloud):
        volume = cc(int(taking.taken(cloud).sum()) * cloud.grid.voxel_cc)
        return RibTaken(level=level, side=side, cc=volume, basis=BY_LABEL)
    gone = taking.cut(level) if level in taking.ground.levels else None
    if gone is None or not (gone.pieces.most & gone.block.of(Part.COSTOVERTEBRAL, side)).any():
        return None
    return RibTaken(level=level, side=side, cc=None, basis=BY_JOINT)


def dura_contact(taking: Taking, images: Images, lesion: str) -> DuraContact | Unknown:
    """How much dura bone and tumour of the pieces touch; open while no sac is labelled, unless there is no piece."""
    if not taking.pieces:
        return DuraContact(area_mm2=Interval(low=0.0, high=0.0))
    dura = taking.ground.dura
    if dura is None:
        return unknown("label of the thecal sac")
    solid, labels = dura.in_bone.copy(), images.map_of(tumour(lesion))
    most = taking.taken(dura.cloud, way=1.0)
    if labels is not None:
        soft = np.flatnonzero(most & ~solid)
        solid[soft] = labels.holds(tumour(lesion), dura.cloud.points_mm[soft])
    least = dura.area_mm2(solid & taking.taken(dura.cloud, way=-1.0)) / math.sqrt(3.0)
    low, high = math.floor(least + HAIR), math.ceil(dura.area_mm2(solid & most) - HAIR)
    return DuraContact(area_mm2=Interval(low=float(low), high=float(high)))
