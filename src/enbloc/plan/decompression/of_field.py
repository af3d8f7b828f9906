"""The separation of one lesion from its dura: the one step that joins what this package measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.answer import Answer, Unknown, unknown
from enbloc.case.finding import Findings, Interval
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.plan.decompression.access import access
from enbloc.plan.decompression.decompression import (
    Decompression,
    Expected,
    NoSeparation,
    Obstacle,
    RemovedAt,
    Separation,
    Within,
)
from enbloc.plan.decompression.grading import LOW, expected, findings_left, findings_now
from enbloc.plan.decompression.parameters import NEAR_CORD, TARGETS
from enbloc.plan.decompression.places import DIRECTIONS
from enbloc.plan.decompression.refusals import cautions, scene_of
from enbloc.plan.decompression.scene import Scene
from enbloc.plan.field import Field
from enbloc.plan.readings import Readings
from enbloc.plan.volume import Volume
from enbloc.stage.escc import Escc
from enbloc.stage.escc_items import grades

Bools = NDArray[np.bool_]


def decompressed(field: Field) -> Decompression | NoSeparation:
    """The separation of a lesion from the dura for each target of DECOMP-02 (2 and 3 mm), or why there is none.

    Volumes are in cc, distances in mm and rounded down. A voxel that comes nearer to the dura than the target is
    removed whole, so that the distance is kept on the labels.

    Examples
    --------
    >>> from enbloc.case.anatomy import Level
    >>> from enbloc.case.fact import EsccReported
    >>> from enbloc.measure.measuring import measure
    >>> from enbloc.phantom import Epidural, Recipe, Tumour, build, in_body
    >>> from enbloc.plan.field import fields_of
    >>> grown = Tumour(solids=(in_body(Level.T8),), epidural=(Epidural(level=Level.T8, grade=EsccReported.GRADE_2),))
    >>> phantom = build(Recipe(tumours=(grown,), with_mr=True, spacing_mm=(1.5, 1.5, 1.5)))
    >>> (field,) = fields_of(phantom.case, phantom.images, measure(phantom.case, phantom.images))
    >>> found = decompressed(field)
    >>> [(one.target_mm, one.to_sac.mm >= one.target_mm, one.meets) for one in found.targets]
    [(2, True, True), (3, True, True)]
    """
    scene = scene_of(field)
    if isinstance(scene, NoSeparation):
        return scene
    now = findings_now(field, scene.mass)
    current = grades(now, scene.mass.lesion).grades
    why_not = _nothing(scene, current)
    if why_not is not None:
        return why_not
    everything = np.ones(len(scene.mass.points_mm), np.bool_)
    to_cord, to_sac = scene.to_cord(everything), scene.to_sac(everything)
    assert to_cord is not None
    assert to_sac is not None
    return Decompression(
        lesion=scene.mass.lesion,
        dura=str(scene.dura.solid.structure),
        cautions=tuple(cautions(scene, now)),
        tumour=scene.amount(Readings(now=everything, least=everything, most=everything)),
        to_cord=to_cord,
        to_sac=to_sac,
        grades=current,
        targets=tuple(_separation(scene, target.number, now) for target in TARGETS),
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class TumourLeft:
    """The voxels of a tumour that are left and those that are removed, each on ``grid``."""

    left: Bools
    removed: Bools
    grid: Grid


def tumour_left(field: Field, target_mm: float) -> TumourLeft:
    """The tumour that is left when all that is nearer to the dura than ``target_mm`` is removed, for meshes and maps.

    Raises
    ------
    RecordError
        If no separation can be planned.
    """
    scene = scene_of(field)
    if isinstance(scene, NoSeparation):
        raise RecordError(f"No separation is planned: {scene.reason}.", remedy=scene.remedy)
    removed = np.zeros(scene.mass.mask.shape, np.bool_)
    removed[scene.mass.mask > 0] = scene.removed(target_mm).now
    return TumourLeft(left=(scene.mass.mask > 0) & ~removed, removed=removed, grid=scene.mass.grid)


def _nothing(scene: Scene, current: tuple[Escc, ...]) -> NoSeparation | None:
    """That there is nothing to separate: no tumour in the canal, or none near the dura itself."""
    nearest, furthest = float(scene.dura.apart.mm.min()), max(target.number for target in TARGETS)
    is_far = not scene.dura.lies_behind and nearest >= furthest
    if current != (Escc.GRADE_0,) and not is_far:
        return None
    why = f"it comes no nearer to the {scene.dura.solid.structure} than {nearest:.1f} mm"
    return NoSeparation(
        lesion=scene.mass.lesion,
        obstacle=Obstacle.NOT_EPIDURAL,
        reason=f"no epidural tumour: {'ESCC 0' if not is_far else why}, there is nothing to separate",
        remedy="Weigh the other operations.",
    )


def _separation(scene: Scene, target_mm: float, now: Findings) -> Separation:
    """One target."""
    part = scene.removed(target_mm)
    rest = ~part
    after = expected(
        now,
        findings_left(scene.field, scene.mass, part.now),
        scene.mass.lesion,
        is_off=not scene.dura.lies_behind,
    )
    bone = scene.mass.in_bone
    lacking = unknown("label of the vertebra beneath the tumour")
    return Separation(
        target_mm=target_mm,
        removed=scene.amount(part),
        in_bone=scene.amount(part.within(bone)) if scene.is_bone_known else lacking,
        free=scene.amount(part.within(~bone)) if scene.is_bone_known else lacking,
        at=tuple(_each(scene, part)),
        left=scene.amount(rest),
        to_cord=scene.to_cord(rest.now),
        to_sac=scene.to_sac(rest.now),
        near_cord=_near_cord(scene, rest),
        access=access(scene, part.now),
        expected=after,
        meets=_meets(scene, after),
    )


def _each(scene: Scene, part: Readings) -> Iterator[RemovedAt]:
    """What is removed, level by level and direction by direction; only where something is."""
    for at in np.unique(scene.level_at[part.now]):
        for number, direction in enumerate(DIRECTIONS):
            here = part.within((scene.level_at == at) & (scene.direction_at == number))
            if not here.now.any():
                continue
            in_bone = scene.mass.grid.voxel_cc * int((here.now & scene.mass.in_bone).sum())
            yield RemovedAt(
                level=scene.order[int(at)],
                direction=direction,
                removed=scene.amount(here),
                in_bone_cc=in_bone if scene.is_bone_known else None,
            )


def _near_cord(scene: Scene, left: Readings) -> tuple[Within, ...] | Unknown:
    """How much of what is left lies near the cord; nothing where none is left."""
    cord = scene.cord
    if isinstance(cord, str):
        return unknown(cord)
    if not left.now.any():
        return ()
    found = []
    for limit in NEAR_CORD:
        near, sure, likely = (each < limit.number for each in (cord.mm, cord.inner, cord.outer))
        here = left & Readings(now=near, least=sure, most=likely)
        found.append(_within(limit.number, scene.amount(here), scene.amount(left)))
    return tuple(found)


def _within(than_mm: float, near: Volume, left: Volume) -> Within:
    """A share of what is left; its ends take the least of one with the most of the other."""
    least, most = near.interval.low / left.interval.high, near.interval.high
    rest = max(left.interval.low, near.interval.high)  # it cannot be more than all of what is left
    most = most / rest if most > 0.0 else 0.0
    return Within(
        than_mm=than_mm,
        amount=near,
        percent=100.0 * near.cc / left.cc,
        percent_interval=Interval(low=100.0 * least, high=100.0 * most),
    )


def _meets(scene: Scene, after: Expected) -> Answer:
    """Whether ESCC 1 or less and the distance are reached by geometry: the cord lies within the dura."""
    if scene.dura.lies_behind:
        return unknown("label of the thecal sac")
    if not scene.shown_on_mr:
        return unknown("outline of the thecal sac on an MR")
    return True if set(after.grades) <= set(LOW) else unknown("MR after the operation")
