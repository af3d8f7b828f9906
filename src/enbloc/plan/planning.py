"""The plans for a case: every operation that anatomy and histology allow, and every other one with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from enbloc.plan.approach import approaches, facts_of
from enbloc.plan.en_bloc.resection import resection
from enbloc.plan.en_bloc.template import LAID_OUT
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.planners.curetting import curettage
from enbloc.plan.planners.observing import observation
from enbloc.plan.planners.sacral import sacral_resection
from enbloc.plan.planners.separating import separation
from enbloc.plan.planners.through_laminae import intradural_removal, laminectomy_alone
from enbloc.plan.proposal import Plan
from enbloc.plan.unlabelled import cut_by_the_scan, unlabelled_levels

Planner = Callable[[Field, Wishes], Plan | None]
"""Plans one operation; nothing where it is not one for such a tumour at all."""


def plans(field: Field, wishes: Wishes | None = None) -> tuple[Plan, ...]:
    """Every operation on one lesion in the order of ``Operation``, each feasible or not, with the reason.

    The board sees also operations that no rule speaks for: what they would cost is part of the choice. Without a
    label of the tumour there is none. A wish that cannot be met is among the reasons.
    """
    asked = wishes or Wishes()
    if not field.is_drawn:
        return ()
    made = (PLANNERS[operation](field, asked) for operation in Operation if operation in asked.operations)
    cut, open_ = tuple(cut_by_the_scan(field)), tuple(unlabelled_levels(field))
    told = (_with_open(_with_approach(plan, field), cut, open_) for plan in made if plan is not None)
    return tuple(_with_alternatives(list(told)))


def _with_open(plan: Plan, cut: tuple[str, ...], open_: tuple[str, ...]) -> Plan:
    """A plan is not ready while its levels are open or not all of the tumour is seen; how much is left nobody knows."""
    whole = replace(plan, tumour_left_cc=None) if cut else plan
    if plan.operation is Operation.OBSERVATION or not plan.feasible:
        return whole
    return replace(whole, not_ready=(*cut, *open_, *plan.not_ready))


def _with_approach(plan: Plan, field: Field) -> Plan:
    """A plan with the ways in that the rows prefer, and the first of them among its facts."""
    if not plan.feasible:
        return plan
    found = approaches(
        plan.operation,
        field.lesion,
        case=field.case,
        findings=field.findings,
        scored=field.scores,
        circumstances=field.circumstances,
    )
    first = found.first
    facts = plan.facts if first is None else plan.facts | facts_of(first, field.lesion.id)
    return replace(plan, approach=found, facts=facts)


def _en_bloc(operation: Operation) -> Planner:
    return lambda field, wishes: resection(operation, field, wishes)


PLANNERS: dict[Operation, Planner] = {
    Operation.OBSERVATION: observation,
    Operation.CURETTAGE: curettage,
    Operation.LAMINECTOMY: laminectomy_alone,
    Operation.SEPARATION: separation,
    **{operation: _en_bloc(operation) for operation in LAID_OUT},
    Operation.SACRECTOMY: sacral_resection,
    Operation.INTRADURAL: intradural_removal,
}


def _with_alternatives(made: Sequence[Plan]) -> Iterator[Plan]:
    """An operation that is not feasible names those that are: in one piece, or, where none is, the others."""
    feasible = [plan for plan in made if plan.feasible and plan.operation is not Operation.OBSERVATION]
    whole = [plan for plan in feasible if plan.operation.is_en_bloc]
    words = "feasible in one piece" if whole else "nothing is feasible in one piece here; feasible"
    named = ", ".join(f"{plan.id}{' (borderline)' if plan.borderline else ''}" for plan in whole or feasible)
    for plan in made:
        yield plan if plan.feasible or not named else replace(plan, nearest=(*plan.nearest, f"{words}: {named}"))
