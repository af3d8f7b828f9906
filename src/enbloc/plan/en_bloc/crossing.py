"""Cuts that would cross the cord or open the dura, leave the cord in the specimen, or open another tumour."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Structure, StructureKind
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.en_bloc.parameters import YIELDS
from enbloc.plan.en_bloc.swept import in_sheet, is_beyond_bone, swept
from enbloc.plan.en_bloc.template import Template
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation

Floats = NDArray[np.float64]
Entered = Mapping[str, tuple[Structure, ...]]
"""By the name of a cut, what of cord and dura its blade runs through on its way from bone to bone."""

ACROSS = 0.5**0.5
"""A plane nearer to the level than to the length of the spine (45 degrees) runs across it."""
BOUNDED_BEHIND = (Operation.ANTERIOR, Operation.SAGITTAL)
"""Operations whose last cut has cord and sac beyond it."""


def entered(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Entered:
    """What of cord and dura each blade runs through between the other cuts.

    Distances are reckoned where a blade is in bone, and the canal has none: this looks between the bones. A cranial or
    caudal cut that runs across the spine is worked round the canal, and is none of these. A blade with half-spaces of
    its own ends in the canal, where dura is held away: of it only the cord is asked, on its way from bone to bone.
    """
    ends = _ends(field, template, cuts)
    return {cut.name: tuple(_entered(field, template, cut, cuts)) for cut in cuts if cut.name not in ends}


def _entered(field: Field, template: Template, cut: FixedCut, cuts: Sequence[FixedCut]) -> Iterator[Structure]:
    for named in (CORD,) if cut.within else (CORD, SAC):
        held, beside = field.shell(named), _near(field, named, cut, cuts)
        if held is None or not len(beside):
            continue
        there = in_sheet(held, cut, beside)
        if not there.any() or (cut.within and not swept(field, template, cut, cuts).meets(held, beside[there])):
            continue
        yield named


def opened(entered: Entered, field: Field, cuts: Sequence[FixedCut]) -> Iterator[tuple[str, Structure]]:
    """Which cuts run through the cord, or open the dura: what no blade may do.

    Dura gives way to an instrument by as much as it yields; a blade that runs deeper opens it.
    """
    for cut in cuts:
        named = entered.get(cut.name, ())
        if CORD in named:
            yield cut.name, CORD
        elif SAC in named and _depth_mm(cut, _near(field, SAC, cut, cuts)) > YIELDS.number:
            yield cut.name, SAC


def _ends(field: Field, template: Template, cuts: Sequence[FixedCut]) -> set[str]:
    """The cranial and the caudal cut, as far as they run across the spine."""
    axis = field.column.spine[template.levels[len(template.levels) // 2]].axes[2]
    across = {cut.name for cut in cuts if abs(float(axis @ np.array(cut.plane.normal))) > ACROSS}
    return {role.name for role in template.roles[:2]} & across


def _near(field: Field, named: Structure, cut: FixedCut, cuts: Sequence[FixedCut]) -> Floats:
    """The outer voxels of a structure between the other cuts, where the blade of this one runs, shape (n, 3)."""
    held = field.shell(named)
    if held is None:
        return np.zeros((0, 3))
    points, others = held.points_mm, tuple(one for one in cuts if one is not cut)
    if others:
        points = points[Piece(name=cut.name, cuts=others).takes(points)]
    return points[reached(cut.within, points)]


def _depth_mm(cut: FixedCut, points_mm: Floats) -> float:
    """How far something reaches beyond either face of a blade, the lesser of the two; below zero within the blade."""
    if not len(points_mm):
        return -np.inf
    off, half = cut.plane.distance_mm(points_mm), cut.kerf_mm / 2.0
    return float(min(off.max() - half, -off.min() - half))


def across_the_cord(entered: Entered, cuts: Sequence[FixedCut], refused: Collection[str] = ()) -> Iterator[str]:
    """Which planes, run through, would cross the cord, in sentences: a person has to say where such a blade ends.

    Of those that are ``refused`` more is said.
    """
    for cut in cuts:
        if CORD in entered.get(cut.name, ()) and cut.name not in refused:
            yield f"the {cut.name}, run through, crosses the cord: where its blade ends has to be settled"


def behind_the_canal(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Iterator[str]:
    """That a resection is cut off beyond the canal, so that most of what runs there lies in the specimen.

    Such a tumour lies behind or beside the canal, and this operation is none for it. Nothing where no label shows the
    canal or what is in it.
    """
    if template.operation not in BOUNDED_BEHIND:
        return
    name = template.roles[-1].name
    last = next(cut for cut in cuts if cut.name == name)
    others = tuple(cut for cut in cuts if cut is not last)
    for named in (CORD, SAC, CANAL):
        held = field.shell(named)
        if held is None:
            continue
        beside = held.points_mm[Piece(name=name, cuts=others).takes(held.points_mm)]
        if len(beside) and float(np.median(last.plane.distance_mm(beside))) < 0.0:
            way = "behind" if template.operation is Operation.ANTERIOR else "beyond"
            yield f"the {name} runs {way} the {named}: the specimen would hold it"
            return


def astray(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Iterator[str]:
    """Which cuts free the specimen from nothing, in sentences: on the wrong side of the tumour, or out of the bone."""
    axes = {role.name: np.array(role.cone.axis) for role in template.roles}
    unknown = set(_without_neighbour(field, template))
    for cut in cuts:
        axis = axes.get(cut.name)
        if axis is not None and float(axis @ np.array(cut.plane.normal)) < 0.0:
            yield f"the {cut.name} lies on the wrong side of the tumour: it bounds no specimen"
        elif cut.name not in unknown and is_beyond_bone(field, cut):
            yield f"the {cut.name} runs out of the bone: it divides none, and none that is labelled lies beyond it"


def _without_neighbour(field: Field, template: Template) -> Iterator[str]:
    """The end cuts beyond which no vertebra is labelled: whether bone lies there is not known."""
    cranial, caudal = (role.name for role in template.roles[:2])
    if field.around[0] == template.levels[0]:
        yield cranial
    if field.around[-1] == template.levels[-1]:
        yield caudal


def through_other_tumours(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Iterator[str]:
    """Which cuts run through the tumour of another lesion between the others, in sentences: they keep off their own."""
    for named in field.images.present(StructureKind.TUMOUR):
        held = None if named.lesion == field.lesion.id else field.shell(named)
        for cut in cuts if held is not None else ():
            others = tuple(one for one in cuts if one is not cut)
            if held is None or not others:
                continue
            piece = Piece(name=cut.name, cuts=others, limits=template.limits)
            beside = held.points_mm[piece.takes(held.points_mm) & reached(cut.within, held.points_mm)]
            off, half = cut.plane.distance_mm(beside), cut.kerf_mm / 2.0
            if len(beside) and off.min() < half and off.max() > -half:
                yield f"the {cut.name} runs through {named}, which it would open"
