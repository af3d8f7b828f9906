"""Plans in lines for a terminal: what is not feasible never reads like what is."""

from __future__ import annotations

from dataclasses import replace

from enbloc.follow.planning import Planning
from enbloc.plan.proposal import Plan
from enbloc.present.plan_lines import plan_lines
from tests.present import patients
from tests.present.operated import PLAN


def lines_of(plan: Plan) -> tuple[str, ...]:
    made = patients.workup(plans=(plan,))
    return plan_lines(Planning(provenance=made.provenance, case=made.case.id, plans=made.plans, compared=made.compared))


def test_the_cuts_of_a_plan_stand_below_whether_it_is_feasible() -> None:
    refused = replace(PLAN, feasible=False, reasons=("the specimen cannot leave", "another"))

    assert f"{PLAN.id}:" in lines_of(PLAN)
    assert f"{PLAN.id}:" not in lines_of(refused)
    at = lines_of(refused).index(f"{PLAN.id}: NOT FEASIBLE, the specimen cannot leave")
    assert lines_of(refused)[at + 1].lstrip().startswith(PLAN.cuts[0].name)
