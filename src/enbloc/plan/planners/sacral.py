"""Sacrectomy as a plan: the level that loses fewest roots, with the others beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from enbloc.plan.anatomy import SACRAL
from enbloc.plan.begun import begun
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan
from enbloc.plan.sacrum.reading import facts_of
from enbloc.plan.sacrum.rows import NoSacrectomy, Sacrectomy
from enbloc.plan.sacrum.sacrectomy import sacrectomy

NOT_COMPUTED = (
    "soft tissue in front of the sacrum and beside it: no label shows it",
    "the way out of the pelvis",
    "spinopelvic reconstruction and the flap",
)


def sacral_resection(field: Field, wishes: Wishes) -> Plan | None:
    """The levels at which the sacrum can be divided; nothing for a tumour that does not lie there."""
    if not set(field.levels or field.lesion.levels) & SACRAL:
        return None
    found = sacrectomy(field, margin_mm=wishes.margin_mm)
    plan = begun(Operation.SACRECTOMY, field)
    if isinstance(found, NoSacrectomy):
        return replace(plan, reasons=(found.reason,), nearest=(found.remedy,))
    first = found.first
    return replace(
        plan,
        id=f"{Operation.SACRECTOMY.value}, {first.name}",
        feasible=True,
        reasons=(str(first), *first.notes),
        sacrectomy=found,
        tumour_left_cc=0.0,
        facts=facts_of(first.lost, first.cut_high, field.lesion.id),
        not_ready=(*found.not_known, *_open(found)),
        borderline=() if first.is_certain else ("half a voxel decides which roots go",),
        not_computed=NOT_COMPUTED,
    )


def _open(found: Sacrectomy) -> Iterator[str]:
    if not found.first.is_proved:
        yield "not proved: another cut may take less bone"
