"""Every operation on a lesion: in order, each with a reason, and with what else could be done where it cannot."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings
from enbloc.plan.en_bloc.template import LAID_OUT
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.operation import Operation
from enbloc.plan.planning import PLANNERS, plans
from enbloc.plan.proposal import Plan
from tests.plan.en_bloc.phantoms import field
from tests.plan.laminae.phantoms import LEFT_OF_CORD, epidural, intradural
from tests.plan.sacrum.phantoms import made as sacrum

NOT_ASKED = {Operation.SACRECTOMY, Operation.INTRADURAL}
"""Operations that no board weighs for a tumour of a thoracic body."""


@cache
def of(name: str) -> tuple[Plan, ...]:
    return plans(field(name))


def test_every_operation_has_a_planner_and_its_place() -> None:
    assert set(PLANNERS) == set(Operation)
    assert set(LAID_OUT) < set(PLANNERS)
    told = [plan.operation for plan in of("body")]
    assert told == [operation for operation in Operation if operation not in NOT_ASKED]
    assert len({plan.id for plan in of("body")}) == len(told)


def test_each_is_about_its_lesion_and_levels_with_a_reason() -> None:
    for plan in of("body"):
        assert plan.about == "A"
        assert plan.act is plan.operation.act
        assert plan.levels == (Level.T8,)
        assert plan.reasons
        assert plan.is_ready is (plan.feasible and not (plan.not_ready or plan.stops or plan.borderline))


def test_only_those_that_were_asked_for_are_planned() -> None:
    found = plans(field("body"), Wishes(operations=(Operation.VERTEBRECTOMY, Operation.OBSERVATION)))
    assert [plan.operation for plan in found] == [Operation.OBSERVATION, Operation.VERTEBRECTOMY]
    assert found[1] == next(plan for plan in of("body") if plan.operation is Operation.VERTEBRECTOMY)


def test_what_cannot_be_done_names_what_can() -> None:
    for plan in of("body"):
        if plan.feasible:
            assert plan.nearest == ()
        else:
            assert plan.nearest[-1] == "feasible in one piece: en bloc vertebrectomy T8"
    for plan in of("both pedicles"):
        if not plan.feasible:
            assert plan.nearest[-1].startswith("nothing is feasible in one piece here; feasible: ")
            assert "observation" not in plan.nearest[-1]
    assert any("(borderline)" in plan.nearest[-1] for plan in of("both pedicles") if not plan.feasible)


def test_a_feasible_operation_has_its_ways_in_among_its_facts() -> None:
    for plan in of("body"):
        assert (plan.approach is not None) is plan.feasible
    whole = of("body")[-1]
    assert whole.approach is not None
    assert whole.approach.first is not None
    assert whole.facts.many(f.APPROACHES, "A")


def test_operations_that_only_some_tumours_ask_for_are_there_for_those() -> None:
    assert Operation.INTRADURAL in {plan.operation for plan in plans(intradural(LEFT_OF_CORD))}
    assert Operation.SACRECTOMY in {plan.operation for plan in plans(sacrum())}
    feasible = {plan.operation for plan in plans(epidural()) if plan.feasible}
    assert {Operation.LAMINECTOMY, Operation.SEPARATION, Operation.CURETTAGE} <= feasible


def test_plans_are_written_and_read_back() -> None:
    """All but their facts, whose values only the vocabulary of facts can read."""
    adapter: TypeAdapter[Any] = TypeAdapter(tuple[Plan, ...])
    bare = tuple(replace(plan, facts=Findings()) for plan in of("body"))
    assert adapter.validate_json(adapter.dump_json(bare)) == bare


def test_the_same_field_gives_the_same_plans() -> None:
    assert plans(field("body")) == of("body")
