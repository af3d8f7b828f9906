"""Intralesional curettage as a plan: by the single approach that leaves least."""

from __future__ import annotations

from dataclasses import replace

from enbloc.plan.begun import begun, is_feasible, opened
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.price.facts import facts_of
from enbloc.plan.proposal import Plan
from enbloc.plan.removal.removal import reachable
from enbloc.plan.removal.told import BORDERLINE, Reached
from enbloc.plan.rounding import cc_up


def curettage(field: Field, _: Wishes) -> Plan:
    """What a straight instrument reaches, and what it leaves; the tumour is opened, so that no margin is stated."""
    found = reachable(field)
    plan = replace(
        begun(Operation.CURETTAGE, field),
        feasible=is_feasible(found.feasible),
        reasons=found.reasons,
        nearest=found.nearest,
        not_ready=tuple(f"not labelled, so that it may bar the way: {one}" for one in found.missing),
        not_computed=found.not_computed,
        removal=found,
    )
    return plan if found.best is None or not plan.feasible else _by(plan, found.best, field)


def _by(plan: Plan, best: Reached, field: Field) -> Plan:
    price = opened(field, best.openings)
    return replace(
        plan,
        reasons=(str(best),),
        borderline=(BORDERLINE,) if best.is_borderline else (),
        openings=best.openings,
        price=price,
        tumour_left_cc=cc_up(best.left_cc),
        facts=plan.facts if price is None else facts_of(price, field.lesion.id),
    )
