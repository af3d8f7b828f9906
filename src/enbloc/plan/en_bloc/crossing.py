"""Cuts whose plane, run through from bone to bone, would cross the cord, leave it in the specimen, or open a tumour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from enbloc.case.anatomy import CANAL, CORD, SAC, StructureKind
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.cutting.shell import shell
from enbloc.plan.en_bloc.template import Template
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation


def across_the_cord(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Iterator[str]:
    """Which cuts cross the cord between the others, in sentences; nothing where the cord is not labelled.

    Blades are kept away from the cord where they cut bone. Between the bones that one plane divides, the canal has
    none: a plane may pass there through the cord. A cranial or caudal cut always would, and one with half-spaces of its
    own ends at the canal; of any other a person has to say where its blade ends.
    """
    cord = shell(field.images, CORD)
    ends = {role.name for role in template.roles[:2]}
    for cut in cuts if cord is not None else ():
        others = tuple(one for one in cuts if one is not cut)
        if cut.within or cut.name in ends or not others or cord is None:
            continue
        beside = cord.points_mm[Piece(name=cut.name, cuts=others).takes(cord.points_mm)]
        off, half = cut.plane.distance_mm(beside), cut.kerf_mm / 2.0
        if len(beside) and off.min() < half and off.max() > -half:
            yield f"the {cut.name}, run through, crosses the cord: where its blade ends has to be settled"


def behind_the_canal(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Iterator[str]:
    """That an anterior resection is cut off behind the canal, so that most of what runs there lies in the specimen.

    Such a tumour lies behind or beside the canal, and this operation is none for it. Nothing where no label shows the
    canal or what is in it.
    """
    if template.operation is not Operation.ANTERIOR:
        return
    name = template.roles[-1].name
    posterior = next(cut for cut in cuts if cut.name == name)
    others = tuple(cut for cut in cuts if cut is not posterior)
    for named in (CORD, SAC, CANAL):
        held = shell(field.images, named)
        if held is None:
            continue
        beside = held.points_mm[Piece(name=name, cuts=others).takes(held.points_mm)]
        if len(beside) and float(np.median(posterior.plane.distance_mm(beside))) < 0.0:
            yield f"the {name} runs behind the {named}: the specimen would hold it"
            return


def through_other_tumours(field: Field, template: Template, cuts: Sequence[FixedCut]) -> Iterator[str]:
    """Which cuts run through the tumour of another lesion between the others, in sentences: they keep off their own."""
    for named in field.images.present(StructureKind.TUMOUR):
        held = None if named.lesion == field.lesion.id else shell(field.images, named)
        for cut in cuts if held is not None else ():
            others = tuple(one for one in cuts if one is not cut)
            if held is None or not others:
                continue
            piece = Piece(name=cut.name, cuts=others, limits=template.limits)
            beside = held.points_mm[piece.takes(held.points_mm) & reached(cut.within, held.points_mm)]
            off, half = cut.plane.distance_mm(beside), cut.kerf_mm / 2.0
            if len(beside) and off.min() < half and off.max() > -half:
                yield f"the {cut.name} runs through {named}, which it would open"
