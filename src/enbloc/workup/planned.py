"""The plans of a case as the rules see them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enbloc.decide import PlanFacts, judge
from enbloc.decide.recommendation import Decision

if TYPE_CHECKING:
    from enbloc.case.image import Images
    from enbloc.plan import Plan, Wishes
    from enbloc.plan.comparison import Comparison
    from enbloc.workup.judging import Judged

READY_NEEDS = ("IMG-03",)
"""Rules that are no stop, and yet must not speak of a plan that is shown as ready."""


def planned(
    held: Judged, images: Images, decision: Decision, wishes: Wishes | None = None
) -> tuple[tuple[Plan, ...], tuple[Comparison, ...]]:
    """Every operation on every lesion as the rules see it, and those of each lesion beside each other."""
    from enbloc.plan import Operation, compared, fields_of, plans

    made: list[Plan] = []
    beside: list[Comparison] = []
    leads = {one.about: one.leading for one in decision.lesions}
    for field in fields_of(held.case, images, held.findings, held.every, held.known):
        own = [as_ruled(plan, held) for plan in plans(field, wishes)]
        leading = leads.get(field.lesion.id)
        wanted = [one for one in Operation if leading is not None and one.act is leading.act]
        made += own
        beside += [compared(field.lesion.id, own, wanted)] if own else []
    return tuple(made), tuple(beside)


def ruled_anew(plan: Plan, before: Judged, held: Judged) -> Plan:
    """A plan that was ruled ``before``, as the rules see it now: what they added then is taken back first."""
    added = as_ruled(replace(plan, not_ready=()), before).not_ready
    return as_ruled(replace(plan, not_ready=tuple(line for line in plan.not_ready if line not in added)), held)


def as_ruled(plan: Plan, held: Judged) -> Plan:
    """The plan with what the rules say of it."""
    facts = PlanFacts(act=plan.act, about=plan.about, levels=plan.levels, findings=plan.facts)
    found = judge(facts, held.case, held.findings, held.every, circumstances=held.known)
    needed = (*found.supports, *found.against, *found.speaks, *found.pending)  # what cannot be judged yet is not met
    unmet = [f"{rule.rule}: {rule.because} {rule.do}" for rule in needed if rule.rule in READY_NEEDS]
    unconfirmed = [] if held.known.labels_confirmed else ["nobody has confirmed the labels"]
    return replace(
        plan,
        stops=found.stops,
        overridden=found.overridden,
        supports=found.supports,
        against=found.against,
        rules=found.speaks,
        pending=found.pending,
        not_ready=(*plan.not_ready, *unmet, *unconfirmed),
    )
