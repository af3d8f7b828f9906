"""Plans in lines for a terminal: the operations beside each other, then why those are not feasible that are not."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.follow.planning import Planning
from enbloc.plan.comparison import Comparison, Row
from enbloc.plan.proposal import Plan
from enbloc.present import words


def plan_lines(result: Planning) -> tuple[str, ...]:
    """The operations on each lesion, each with its margin, its price and what is open about it."""
    return tuple(_lines(result))


def _lines(result: Planning) -> Iterator[str]:
    for one in result.compared:
        plans = {plan.id: plan for plan in result.plans if plan.about == one.about}
        yield f"Lesion {one.about}"
        yield from (line for row in one.rows if row.feasible for line in _feasible(row, plans[row.plan], one))
        yield from (_not_feasible(plans[row.plan]) for row in one.rows if not row.feasible)
    yield from (f"No plan: {line}" for line in result.unplanned)


def _feasible(row: Row, plan: Plan, beside: Comparison) -> Iterator[str]:
    front = "" if row.beaten_by or len(beside.front) < 2 else "; none other is better in everything"
    draft = " (draft)" if plan.is_draft else ""
    state = "ready for the board" if plan.is_ready else "not ready"
    yield f"  {plan.id}{draft}: {state}{front}"
    yield f"    {'; '.join(_price(row))}"
    if plan.resected and plan.resected.proof:
        yield f"    {plan.resected.proof.words}"
    open_ = (*plan.borderline, *plan.not_ready)
    yield from (f"    open: {line}" for line in open_[:3])
    if len(open_) > 3:
        yield f"    and {len(open_) - 3} more"
    if plan.stops:
        yield f"    stops: {', '.join(dict.fromkeys(stop.rule for stop in plan.stops))}"


def _price(row: Row) -> Iterator[str]:
    if row.margin_mm is not None and row.margin_interval is not None:
        span = words.margin_interval(row.margin_interval)
        yield f"smallest margin {words.margin(row.margin_mm)} ({span}) to {row.margin_to}"
    if row.entry is not None:
        low, high = (f"{100 * end:.0f}" for end in (row.entry.low, row.entry.high))
        yield f"tumour entered with a probability of {low} to {high} % by {row.entry_by}"
    if row.tumour_left_cc is not None:
        yield f"tumour left {row.tumour_left_cc:.2f} cc"
    yield f"bone taken {'not known' if row.bone_cc is None else f'{row.bone_cc:.2f} cc'}"
    yield f"roots {'not known' if row.roots is None else ', '.join(one.value for one in row.roots) or 'none'}"
    yield f"approaches {'not known' if row.approaches is None else row.approaches}"


def _not_feasible(plan: Plan) -> str:
    nearest = f" Instead: {'; '.join(one.rstrip('.') for one in plan.nearest)}." if plan.nearest else ""
    return f"  {plan.id}: not feasible: {'; '.join(plan.reasons)}.{nearest}"
