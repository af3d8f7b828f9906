"""Plans in lines for a terminal: the operations beside each other, then the cuts and what is open about each."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.follow.planning import Planning
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.comparing import compared_tables, comparison_lines
from enbloc.present.margins import short_margin, warning

SHOWN = 4
"""So much of what is open about a plan; the rest is counted."""


def plan_lines(result: Planning) -> tuple[str, ...]:
    """The operations on each lesion beside each other, then those with cuts one by one."""
    tables = compared_tables(result.plans, result.compared, is_stopped=bool(result.stops))
    lines = [*comparison_lines(tables), *(line for plan in result.plans for line in _cuts(plan))]
    lines += [f"No plan: {line}" for line in result.unplanned]
    lines += [f"Stop of the case: {stop.rule}: {stop.do}" for stop in result.stops]
    return tuple(line.replace(words.THIN, " ") for line in lines)


def _cuts(plan: Plan) -> Iterator[str]:
    if plan.resected is None:
        return
    yield f"{plan.id}:" if plan.feasible else f"{plan.id}: NOT FEASIBLE, {plan.reasons[0]}"
    for cut in plan.cuts:
        placed = ", as placed" if cut.is_placed else ""
        yield f"  {cut.name}{placed}: {short_margin(cut.margin)} from the tumour"
    if warning(plan):
        yield f"  smallest margin {warning(plan)}"
    if plan.resected.proof:
        yield f"  {plan.resected.proof.words}"
    yield f"  {plan.resected.delivery}"
    yield from (f"  asks: {line}" for line in plan.conditions)
    open_ = (*plan.borderline, *plan.not_ready)
    yield from (f"  open: {line}" for line in open_[:SHOWN])
    if len(open_) > SHOWN:
        yield f"  and {len(open_) - SHOWN} more that is open"
