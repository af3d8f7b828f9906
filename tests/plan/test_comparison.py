"""Operations beside each other: which beats which, what is not known, and the one that is drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import Level
from enbloc.decide.decision import Degree, Holds, Statement
from enbloc.evidence import Checked
from enbloc.plan.comparison import Comparison, Measure, compared
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from tests.plan.en_bloc.phantoms import field

WHOLE = Operation.VERTEBRECTOMY
T8, T9 = Level.T8, Level.T9


@cache
def made() -> tuple[Plan, ...]:
    return plans(
        field("body"), Wishes(operations=(Operation.OBSERVATION, Operation.CURETTAGE, Operation.ANTERIOR, WHOLE))
    )


def one(operation: Operation) -> Plan:
    return next(plan for plan in made() if plan.operation is operation)


def like(
    *,
    id_: str = "A",
    margin_mm: float = 2.0,
    left_cc: float | None = 0.0,
    levels: int = 1,
    is_priced: bool = True,
    feasible: bool = True,
    operation: Operation = WHOLE,
) -> Plan:
    """A vertebrectomy with another margin, with more left or more levels, or one of which nobody priced anything."""
    plan = one(WHOLE)
    assert plan.resected is not None
    return replace(
        plan,
        id=id_,
        operation=operation,
        feasible=feasible,
        levels=(T8, T9)[:levels],
        tumour_left_cc=left_cc,
        price=plan.price if is_priced else None,
        resected=replace(plan.resected, margin=replace(plan.resected.margin, mm=margin_mm)),
    )


PLANS = st.builds(
    like,
    margin_mm=st.sampled_from([0.0, 1.0, 2.0]),
    left_cc=st.sampled_from([0.0, 0.5, None]),
    levels=st.sampled_from([1, 2]),
    is_priced=st.booleans(),
    feasible=st.sampled_from([True, True, True, False]),
    operation=st.sampled_from([WHOLE, WHOLE, Operation.ANTERIOR, Operation.OBSERVATION]),
)


def beats(*those: Plan) -> tuple[Comparison, set[tuple[str, str]]]:
    """The comparison of some plans, named by their place, and who beats whom."""
    found = compared("A", [replace(plan, id=str(at)) for at, plan in enumerate(those)])
    return found, {(winner, row.plan) for row in found.rows for winner in row.beaten_by}


@settings(max_examples=40)
@given(those=st.lists(PLANS, min_size=2, max_size=5))
def test_to_beat_is_a_strict_partial_order(those: list[Plan]) -> None:
    found, pairs = beats(*those)
    assert all(one != other for one, other in pairs)
    assert all((other, one) not in pairs for one, other in pairs)
    assert all((first, last) in pairs for first, middle in pairs for again, last in pairs if again == middle)
    rows = {row.plan: row for row in found.rows}
    assert all(rows[one].feasible and rows[other].feasible for one, other in pairs)
    assert not any(Operation.OBSERVATION in (rows[one].operation, rows[other].operation) for one, other in pairs)
    feasible = [row for row in found.rows if row.feasible]
    assert bool(found.front) == bool(feasible)
    assert all(row.is_on_the_front == (row.feasible and not row.beaten_by) for row in found.rows)


@settings(max_examples=40)
@given(those=st.lists(PLANS, min_size=1, max_size=4), preferred=st.sampled_from([(), (Operation.ANTERIOR,), (WHOLE,)]))
def test_what_is_drawn_is_feasible_and_of_the_option_that_leads_where_it_can_be(
    those: list[Plan], preferred: tuple[Operation, ...]
) -> None:
    named = [replace(plan, id=str(at)) for at, plan in enumerate(those)]
    found = compared("A", named, preferred)
    can = [plan for plan in named if plan.feasible and plan.operation is not Operation.OBSERVATION]
    if not can:
        assert found.foremost == ""
        return
    drawn = next(plan for plan in named if plan.id == found.foremost)
    assert drawn in can
    assert drawn.operation in preferred or not any(plan.operation in preferred for plan in can)


def test_more_margin_or_less_left_wins_where_all_else_is_alike() -> None:
    assert beats(like(margin_mm=2.0), like(margin_mm=1.0))[1] == {("0", "1")}
    assert beats(like(left_cc=0.5), like(left_cc=0.0))[1] == {("1", "0")}
    assert beats(like(levels=2), like(levels=1))[1] == {("1", "0")}
    assert beats(like(), like())[1] == set()
    assert beats(like(margin_mm=2.0, levels=2), like(margin_mm=1.0, levels=1))[1] == set()


def test_what_is_not_known_never_counts_as_good() -> None:
    unknown = like(margin_mm=3.0, left_cc=None, is_priced=False)
    known = like(margin_mm=2.0, left_cc=0.5, levels=2)
    found, pairs = beats(unknown, known)
    assert pairs == set()
    row = found.rows[0]
    assert (row.tumour_left_cc, row.bone_cc, row.roots) == (None, None, None)
    assert row.cost(Measure.TUMOUR_LEFT) is None
    assert row.cost(Measure.ROOTS) is None


@pytest.mark.parametrize("operation", [Operation.INTRADURAL, Operation.SACRECTOMY, WHOLE])
def test_roots_that_nobody_can_tell_of_before_are_not_none(operation: Operation) -> None:
    untold = replace(like(), operation=operation, resected=None)
    (row,) = compared("A", [untold]).rows
    assert row.roots is None


def test_rows_carry_the_rules_for_and_against() -> None:
    said = Statement(
        rule="PRIM-01",
        degree=Degree.NOTE,
        holds=Holds.YES,
        statement="",
        do="",
        because="",
        strength="",
        checked=Checked.READ,
        cites=(),
    )
    plan = replace(like(), supports=(said,), against=(replace(said, rule="B"),), stops=(replace(said, rule="C"),))
    (row,) = compared("A", [plan]).rows
    assert (row.supports, row.against, row.stops) == (("PRIM-01",), ("B",), ("C",))
    assert not row.is_ready


def test_rows_stand_in_the_order_of_the_plans_and_tell_what_those_tell() -> None:
    found = compared("A", made())
    assert [row.plan for row in found.rows] == [plan.id for plan in made()]
    watched, curetted, front, whole = found.rows
    assert (watched.bone_cc, watched.approaches, watched.roots) == (0.0, 0, ())
    assert watched.beaten_by == ()
    assert curetted.margin_mm is None
    assert curetted.roots == ()
    assert (front.feasible, front.roots, front.beaten_by) == (False, None, ())
    plan = one(WHOLE)
    assert plan.resected is not None
    assert plan.price is not None
    assert (whole.margin_mm, whole.margin_to) == (plan.resected.margin.mm, plan.resected.margin.barrier)
    assert whole.entry_by == "navigation"
    assert whole.entry is not None
    assert whole.entry.high == plan.resected.risks[0].high
    assert whole.roots == plan.price.roots.cut
    assert whole.bone_cc == plan.bone_cc
    assert found.foremost == plan.id
