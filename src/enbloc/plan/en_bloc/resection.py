"""One resection in one piece as a plan: whether anatomy allows it, its cuts, and what keeps it from ready."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from enbloc.case import fact
from enbloc.case.anatomy import Structure
from enbloc.case.answer import Unknown
from enbloc.errors import RecordError
from enbloc.plan.anatomy import SACRAL, VESSELS
from enbloc.plan.begun import begun
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.delivery.delivery import Outcome
from enbloc.plan.en_bloc.assessing import Assessed
from enbloc.plan.en_bloc.criteria import Criterion, criterion
from enbloc.plan.en_bloc.crossing import (
    across_the_cord,
    astray,
    behind_the_canal,
    opened,
    through_other_tumours,
)
from enbloc.plan.en_bloc.freeing import Freed, Freeing, NotFreed
from enbloc.plan.en_bloc.parameters import MARGIN
from enbloc.plan.en_bloc.template import Template, beyond, template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.laminae.dura import within_dura
from enbloc.plan.margin.margin import MarginClass
from enbloc.plan.operation import Operation
from enbloc.plan.price.opening import ARCH
from enbloc.plan.price.price import Price
from enbloc.plan.proposal import Plan, Resected

HELD = ", held away"
HELD_OPEN = "half a voxel decides whether all of the tumour lies in the specimen"
NOT_COMPUTED = (
    "the track of an earlier biopsy or operation, which belongs to the specimen",
    "muscle and skin on the way out",
    "the construct that replaces what is taken",
)


def resection(operation: Operation, field: Field, wishes: Wishes) -> Plan:
    """The plan of a resection in one piece: feasible with its cuts, or not, with every reason and what would go.

    A wish that no plan can meet, such as a cut in a frame that is not there, is a reason too.
    """
    found = criterion(operation, field.findings, field.lesion.id)
    plan = _begun(operation, field, found)
    if not field.levels or not field.is_drawn:
        missing = "the tumour is not labelled" if field.levels else "the involved levels are not known"
        return replace(plan, feasible=False, reasons=(missing,))
    if within_dura(field) is True:
        return replace(plan, feasible=False, reasons=("the tumour lies within the dura",))
    if SACRAL & set(field.levels):
        return replace(plan, feasible=False, reasons=("the sacrum is divided by its levels: see the sacrectomy",))
    if found.allows is False:
        return plan
    try:
        laid_out = template(operation, field)
        plan = begun_as(laid_out, field)
        outside = tuple(_outside(field, laid_out))
        if outside:
            return replace(plan, feasible=False, reasons=(*outside, *plan.reasons))
        freed = Freeing(field=field, template=laid_out, wishes=wishes).answered()
        if isinstance(freed, NotFreed):
            return replace(plan, feasible=False, reasons=freed.reasons, nearest=freed.nearest)
        made = assessed(plan, field, laid_out, wishes, freed)
    except RecordError as fault:
        return replace(plan, feasible=False, reasons=(fault.message,), nearest=(fault.remedy,))
    return made if made.feasible else replace(made, nearest=_nearest(operation, field, wishes))


def assessed(plan: Plan, field: Field, laid_out: Template, wishes: Wishes, freed: Freed) -> Plan:
    """A plan with what its cuts amount to; nothing is searched."""
    found = Assessed(field=field, template=laid_out, wishes=wishes, freed=freed)
    return amounting(plan, found, found.resected())


def begun_as(laid_out: Template, field: Field) -> Plan:
    """The plan of an operation that is laid out, as far as sectors and layers tell."""
    plan = _begun(laid_out.operation, field, criterion(laid_out.operation, field.findings, field.lesion.id))
    return replace(plan, id=laid_out.name, side=laid_out.side, openings=laid_out.openings)


def amounting(plan: Plan, found: Assessed, resected: Resected) -> Plan:
    """A plan that was begun with what was found of its cuts, and what that leaves open."""
    field, laid_out, price = found.field, found.template, found.price
    far = beyond(field, laid_out)
    against = (*_outside(field, laid_out), *_misplaced(found), *_against(resected, found))
    is_cut = any(cut.margin.mm < 0.0 for cut in resected.cuts)
    return replace(
        plan,
        feasible=plan.feasible and not against,
        reasons=(*against, *plan.reasons) if against else plan.reasons,
        resected=resected,
        price=price,
        borderline=(*plan.borderline, *((HELD_OPEN,) if far and not against else ())),
        tumour_left_cc=None if far or is_cut else 0.0,
        facts=found.facts,
        conditions=tuple(_conditions(resected)),
        not_ready=tuple(dict.fromkeys((*_field_open(field), *_crossing(found), *_open(resected, price)))),
    )


def _misplaced(found: Assessed) -> Iterator[str]:
    """What makes placed cuts none: they enter cord or dura, leave the cord in the specimen, or free it from nothing."""
    field, laid_out, cuts = found.field, found.template, found.freed.cuts
    yield from (f"the {name} runs through the {named}" for name, named in _opened(found))
    yield from behind_the_canal(field, laid_out, cuts)
    yield from astray(field, laid_out, cuts)


def _opened(found: Assessed) -> tuple[tuple[str, Structure], ...]:
    """The cuts that a person put through cord or dura. Of a searched one it is open where its blade ends."""
    those = opened(found.entered, found.field, found.freed.cuts)
    return tuple(one for one in those if one[0] not in found.searched)


def _crossing(found: Assessed) -> Iterator[str]:
    """What the planes would cross beyond the bones, and what of another tumour."""
    field, laid_out, cuts = found.field, found.template, found.freed.cuts
    yield from across_the_cord(found.entered, cuts, {name for name, _ in _opened(found)})
    yield from through_other_tumours(field, laid_out, cuts)


def _begun(operation: Operation, field: Field, found: Criterion) -> Plan:
    """The plan as far as sectors and layers tell."""
    return replace(
        begun(operation, field),
        feasible=found.allows is not False,
        is_draft=found.is_draft,
        reasons=(found.because, *found.notes),
        borderline=tuple(sorted(found.allows.ask)) if isinstance(found.allows, Unknown) else (),
        not_computed=NOT_COMPUTED,
    )


def _nearest(operation: Operation, field: Field, wishes: Wishes) -> tuple[str, ...]:
    """Whether the usual margin would do where a larger one was asked for."""
    if wishes.placed or wishes.margin_mm <= MARGIN.number:
        return ()
    usual = resection(operation, field, replace(wishes, margin_mm=MARGIN.number))
    return (f"with a margin of {MARGIN.number:g} mm it is feasible",) if usual.feasible else ()


def _outside(field: Field, laid_out: Template) -> Iterator[str]:
    """That some of the tumour would stay behind: it lies beyond a border of the specimen that no blade cuts."""
    far = beyond(field, laid_out)
    if far is not None and far.low > 0.0:
        low, high = math.floor(10 * far.low) / 10, math.ceil(10 * far.high) / 10
        yield f"the tumour reaches {low:g} to {high:g} mm out of the specimen, which it would not leave whole"


def _against(resected: Resected, found: Assessed) -> Iterator[str]:
    """What makes the cuts no resection in one piece."""
    for cut in resected.cuts:
        if cut.margin.mm < 0:
            yield f"the {cut.name} runs through tumour"
        elif cut.margin.mm == 0:
            yield f"the {cut.name} leaves no margin to the tumour"
        for one in cut.clearances:
            is_open = cut.name in found.searched and one.structure in found.entered.get(cut.name, ())
            if _is_too_near(one) and not (one.is_shielded or is_open):
                yield f"the {cut.name} comes within {one.mm:g} mm of the {one.structure}, {one.at_least_mm:g} asked"
    if resected.delivery.outcome is Outcome.BLOCKED:
        yield str(resected.delivery)


def _conditions(resected: Resected) -> Iterator[str]:
    """What the surgeon has to do for the plan to hold."""
    for cut in resected.cuts:
        near = (one for one in cut.clearances if one.is_shielded and _is_too_near(one) and one.structure not in VESSELS)
        yield from (f"the {one.structure} is shielded from the {cut.name}, {one.mm:g} mm away" for one in near)
    way = resected.delivery
    held = [one.removesuffix(HELD) for one in (way.searched.not_checked if way.searched else ()) if one.endswith(HELD)]
    if way.outcome is Outcome.FREE and held:
        yield f"{' and '.join(held)} held away while the specimen leaves {way.way}"


def _field_open(field: Field) -> Iterator[str]:
    """What the images leave open whatever the cuts are."""
    for level in field.levels:
        if field.findings.value(fact.INCOMPLETE, level) is True:
            yield f"{level} is cut by the edge of the scan"
        parts = field.column.parts.get(level)
        if parts is not None and not any(parts.mask(part, side).any() for part, side in ARCH):
            yield f"no arch of {level} is labelled: whether the vertebra is whole is not known"
    if isinstance(within_dura(field), Unknown):
        yield "whether the tumour lies within the dura is not known"
    pieces = field.separate_pieces
    if pieces > 1:
        yield f"the label of tumour {field.lesion.id} lies in {pieces} separate pieces: each needs a plan of its own"
    yield from (line for line in field.barriers.missing if "pleura" not in line and "disc" not in line)


def _open(resected: Resected, price: Price) -> Iterator[str]:
    """What of the cuts nobody can vouch for yet."""
    for cut in resected.cuts:
        near = (one for one in cut.clearances if one.structure in VESSELS and _is_too_near(one))
        yield from (
            f"the {cut.name} comes within {one.mm:g} mm of the {one.structure}, {one.at_least_mm:g} asked: "
            "no cut keeps that, so it has to be held away"
            for one in near
        )
    unseen = dict.fromkeys(one.structure for cut in resected.cuts for one in _unlabelled(cut.clearances))
    yield from (f"no {named} is labelled: how near the cuts come to it is not known" for named in unseen)
    for face in resected.faces:
        if MarginClass.INTRALESIONAL in face.classes and face.mm is not None:
            yield f"the {face.face.value} face may be intralesional: {face.mm:g} mm to {face.barrier}"
    if resected.delivery.outcome is not Outcome.FREE:
        yield str(resected.delivery)
    yield from price.beyond
    yield from (str(one) for one in price.unopened)
    yield from (f"{root}: {why}" for root, why in price.roots.unknown)
    yield from (f"{words} is not seen: whether its artery goes is not known" for words in price.arteries.unknown)


def _is_too_near(one: Clearance) -> bool:
    return one.mm is not None and one.mm < one.at_least_mm


def _unlabelled(those: tuple[Clearance, ...]) -> Iterator[Clearance]:
    return (one for one in those if not one.is_labelled)
