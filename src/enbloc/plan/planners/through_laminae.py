"""Operations through the laminae as plans: laminectomy alone, and the removal of a tumour within the dura."""

from __future__ import annotations

from dataclasses import replace

from enbloc.plan.begun import begun, is_feasible, opened, whole_tumour_cc
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.laminae.exposure import Exposure, exposure
from enbloc.plan.laminae.facts import facts_of
from enbloc.plan.laminae.laminectomy import Laminectomy, laminectomy
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan


def laminectomy_alone(field: Field, _: Wishes) -> Plan:
    """The laminae behind the compressed canal, without fixation: all of the tumour stays (STOP-22 speaks of it)."""
    found = laminectomy(field)
    plan = _told(begun(Operation.LAMINECTOMY, field, found.levels), field, found)
    return replace(plan, laminectomy=found, tumour_left_cc=whole_tumour_cc(field))


def intradural_removal(field: Field, _: Wishes) -> Plan | None:
    """The way to a tumour within the dura; nothing for a tumour outside of it, of which no board asks this."""
    found = exposure(field)
    if found.feasible is False:
        return None
    plan = _told(begun(Operation.INTRADURAL, field, found.levels), field, found)
    words = "" if found.width is None else f", {found.width.value}{f' {found.side.value}' if found.side else ''}"
    return replace(plan, id=f"{plan.id}{words}", side=found.side, exposure=found)


def _told(plan: Plan, field: Field, found: Laminectomy | Exposure) -> Plan:
    """What both have in common."""
    return replace(
        plan,
        feasible=is_feasible(found.feasible),
        reasons=found.reasons,
        nearest=found.nearest,
        borderline=found.borderline,
        openings=found.openings,
        price=opened(field, found.openings),
        not_ready=found.missing,
        not_computed=found.not_computed,
        facts=facts_of(found),
    )
