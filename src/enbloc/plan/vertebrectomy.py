"""One en bloc vertebrectomy between two planes through the discs above and below the involved levels.

This is the first version: the planes are placed, not searched, and the cuts through the arch are not planned; each
proposal says so. The sectors that allow the operation are those of Boriani (``stage.wbb``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from enbloc.case import fact
from enbloc.case.anatomy import CANAL, CORD, SAC, Layer, Level, Structure, tumour, vertebra
from enbloc.case.answer import Unknown
from enbloc.case.finding import Findings, Interval
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion
from enbloc.decide.decision import Act
from enbloc.plan.cutting.shell import Distance, Shell, shell, to_plane, to_structure
from enbloc.plan.margin.margin import Margin, MarginClass
from enbloc.plan.parameters import SAW_KERF
from enbloc.plan.proposal import Cut, Plan
from enbloc.stage.wbb import Resection, resections

NOT_COMPUTED = (
    "cuts through the arch and pedicles: only the two planes through the discs are placed",
    "execution error of the saw: the interval holds what the voxels leave open, nothing else",
    "the track of an earlier biopsy or operation, which belongs to the specimen",
    "nerve roots and segmental arteries to be divided",
    "the way out past the cord",
    "reconstruction",
)


@dataclass(frozen=True, slots=True)
class Bounded:
    """The tumour's distance to something that bounds the specimen."""

    name: str
    distance: Distance
    is_cut: bool


def vertebrectomy(lesion: Lesion, images: Images, findings: Findings) -> Plan:
    """The proposal for one lesion: feasible with its cuts and smallest margin, or not, with every reason.

    Examples
    --------
    >>> plan = vertebrectomy(Lesion(id="A"), Images(volumes={}, labels={}), Findings())
    >>> plan.feasible, plan.reasons
    (False, ('the involved levels are not known',))
    """
    levels = findings.many(fact.LEVELS, lesion.id)
    rim = shell(images, tumour(lesion.id))
    if not levels or rim is None:
        return _proposal(lesion, (), ("the involved levels are not known",))
    allowing, against = _criterion(lesion, findings)
    placed = [_disc_plane(levels, findings, end) for end in ("cranial", "caudal")]
    gaps = tuple(gap for gap in placed if isinstance(gap, str))
    if gaps:
        return _proposal(lesion, levels, against + gaps)
    planes = [plane for plane in placed if isinstance(plane, Plane)]
    cuts = tuple(_cut(name, plane, rim) for name, plane in zip(_names(levels, findings), planes, strict=True))
    return _bounded(_proposal(lesion, levels, against, allowing), images, rim, cuts)


def _names(levels: tuple[Level, ...], findings: Findings) -> tuple[str, str]:
    above, below = _neighbour(levels, findings, "cranial"), _neighbour(levels, findings, "caudal")
    return (
        f"cranial cut, through the disc {above}/{levels[0]}",
        f"caudal cut, through the disc {levels[-1]}/{below}",
    )


def _criterion(lesion: Lesion, findings: Findings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the sectors and layers say for the operation, and what against it."""
    sectors = findings.many(fact.WBB_SECTORS, lesion.id)
    if not sectors:
        return (), ("the sectors of the tumour are not known",)
    layers = findings.many(fact.WBB_LAYERS, lesion.id)
    found = resections(sectors, tuple(Layer(word) for word in layers) if layers else None)
    for one in found.allowed:
        if one.resection is Resection.VERTEBRECTOMY:
            draft = " (draft: not yet source-checked)" if one.checked.is_draft else ""
            return (one.because + draft, *_doubts(lesion, findings), *found.notes), ()
    named = ", ".join(str(sector) for sector in sectors)
    return (), (f"sectors {named}: not within 4 to 8 or 5 to 9, so no pedicle and arch are free (Boriani)",)


def _doubts(lesion: Lesion, findings: Findings) -> tuple[str, ...]:
    """What was noted about the sectors: half a voxel may decide whether a pedicle is free."""
    found = findings[fact.WBB_SECTORS, lesion.id]
    return () if isinstance(found, Unknown) else found.notes


def _neighbour(levels: tuple[Level, ...], findings: Findings, end: str) -> Level | None:
    ranks = list(Level)
    known = [level for level in ranks if findings.value(fact.POSE, level) is not None]
    first, last = ranks.index(levels[0]), ranks.index(levels[-1])
    if end == "cranial":
        return next((level for level in reversed(known) if ranks.index(level) < first), None)
    return next((level for level in known if ranks.index(level) > last), None)


def _disc_plane(levels: tuple[Level, ...], findings: Findings, end: str) -> Plane | str:
    """The plane midway between two endplates, its normal towards the tumour; or why there is none."""
    level = levels[0] if end == "cranial" else levels[-1]
    beyond = _neighbour(levels, findings, end)
    if beyond is None:
        return f"no vertebra is labelled {'above' if end == 'cranial' else 'below'} {level}"
    here, there = _endplate(level, findings, end), _endplate(beyond, findings, _opposite(end))
    if here is None or there is None:
        return f"the disc space {level}/{beyond} cannot be placed: a body height is not measured"
    pose, other = findings.value(fact.POSE, level), findings.value(fact.POSE, beyond)
    assert pose is not None
    assert other is not None
    axis = pose.rotation[:, 2] + other.rotation[:, 2]
    axis *= (-1.0 if end == "cranial" else 1.0) / np.linalg.norm(axis)
    return Plane(point_mm=triple((here + there) / 2), normal=triple(axis))


def _opposite(end: str) -> str:
    return "caudal" if end == "cranial" else "cranial"


def _endplate(level: Level, findings: Findings, end: str) -> np.ndarray[tuple[int], np.dtype[np.float64]] | None:
    """The centre of an endplate, patient LPS, from the body's centre and its middle height."""
    pose = findings.value(fact.POSE, level)
    height = findings.value(fact.HEIGHT_MIDDLE, level)
    if pose is None or height is None:
        return None
    step = height / 2 if end == "cranial" else -height / 2
    return np.asarray(pose.origin + step * pose.rotation[:, 2], dtype=np.float64)


def _cut(name: str, plane: Plane, rim: Shell) -> Cut:
    return Cut(name=name, plane=plane, kerf_mm=SAW_KERF.number, margin_mm=_down(to_plane(rim, plane).mm))


def _bounded(plan: Plan, images: Images, rim: Shell, cuts: tuple[Cut, ...]) -> Plan:
    """The plan with its cuts and smallest margin; not feasible if a cut runs through tumour."""
    bounds = [Bounded(cut.name, to_plane(rim, cut.plane), is_cut=True) for cut in cuts]
    dura, gap = _dura(images)
    if dura is not None:
        bounds.append(Bounded(str(dura), to_structure(rim, _present(images, dura)), is_cut=False))
    nearest = min(bounds, key=lambda bound: bound.distance.mm)
    crossed = tuple(f"the {b.name} runs through tumour" for b in bounds if b.is_cut and b.distance.mm <= 0)
    against = (() if plan.feasible else plan.reasons) + crossed
    removed, healthy = _volumes(plan, images, cuts)
    return replace(
        plan,
        feasible=not against,
        reasons=against or plan.reasons,
        cuts=cuts,
        margin=_margin(nearest),
        removed_cc=removed,
        healthy_cc=healthy,
        not_ready=gap,
    )


def _dura(images: Images) -> tuple[Structure | None, tuple[str, ...]]:
    """What stands for the dura, and what is missing about it (hazard H7)."""
    if images.map_of(SAC) is not None:
        return SAC, ()
    missing = "no thecal sac is labelled: the distance to the dura is not known"
    for stand_in in (CORD, CANAL):
        if images.map_of(stand_in) is not None:
            return stand_in, (missing,)
    return None, (missing, "no cord is labelled: nothing keeps the cuts away from it")


def _present(images: Images, named: Structure) -> Shell:
    found = shell(images, named)
    assert found is not None
    return found


def _margin(nearest: Bounded) -> Margin:
    distance = nearest.distance
    if nearest.is_cut and distance.mm <= 0:
        classes: tuple[MarginClass, ...] = (MarginClass.INTRALESIONAL,)
    elif distance.low <= 0:
        # At the dura the plane runs along the tumour; within half a voxel of a cut both readings stay.
        classes = (MarginClass.INTRALESIONAL, MarginClass.MARGINAL)
    else:
        classes = (MarginClass.MARGINAL, MarginClass.WIDE)
    low, high = _down(distance.low), math.ceil(distance.high * 10) / 10
    x, y, z = (round(number, 2) + 0.0 for number in distance.at_mm)
    return Margin(
        mm=_down(distance.mm),
        interval=Interval(low=low, high=high),
        at_mm=(x, y, z),
        barrier=nearest.name,
        classes=classes,
    )


def _down(mm: float) -> float:
    """A margin in tenths of a millimetre, never more than it is."""
    return math.floor(mm * 10 + 1e-6) / 10


def _volumes(plan: Plan, images: Images, cuts: tuple[Cut, ...]) -> tuple[float, float]:
    """Bone between the cuts, and the part of it without tumour; cc."""
    removed = healthy = 0.0
    ill = tumour(plan.about)
    diseased = images.map_of(ill)
    for level in plan.levels:
        bone = images.map_of(vertebra(level))
        if bone is None or diseased is None:
            continue
        box = bone.boxes[vertebra(level)]
        indices = np.argwhere(bone.mask(vertebra(level), box)) + [part.start for part in box]
        points = bone.grid.points_mm(indices)
        points = points[np.all([cut.plane.distance_mm(points) >= 0 for cut in cuts], axis=0)]
        removed += len(points) * bone.grid.voxel_cc
        healthy += float(np.sum(~diseased.holds(ill, points))) * bone.grid.voxel_cc
    return round(removed, 2), round(healthy, 2)


def _proposal(
    lesion: Lesion, levels: tuple[Level, ...], against: tuple[str, ...], allowing: tuple[str, ...] = ()
) -> Plan:
    named = "–".join(dict.fromkeys(str(level) for level in (*levels[:1], *levels[-1:])))
    return Plan(
        id=f"en bloc vertebrectomy {named}".strip(),
        act=Act.EN_BLOC,
        about=lesion.id,
        levels=levels,
        feasible=not against,
        reasons=against or allowing,
        not_computed=NOT_COMPUTED,
    )
