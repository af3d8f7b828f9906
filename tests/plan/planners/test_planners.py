"""Each operation as a plan, on a made patient whom it suits; its facts are those that the rules judge it by."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Side, sector
from enbloc.case.fact import Fact
from enbloc.case.sided import Root, SegmentalArtery
from enbloc.decide import Option, PlanFacts
from enbloc.decide.deciding import judge
from enbloc.decide.decision import Holds
from enbloc.phantom import Tumour, in_body, in_sector
from enbloc.phantom.recipe import Solid
from enbloc.plan.begun import begun, is_feasible
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from enbloc.stage import scores
from tests.decide.situations import CHORDOMA, METASTASIS, READY, STABLE, a_case, found
from tests.plan.en_bloc.phantoms import RECIPE, field, field_of
from tests.plan.laminae.phantoms import LEFT_OF_CORD, epidural, intradural
from tests.plan.sacrum.phantoms import made
from tests.strategies import LESION

T8, L2 = Level.T8, Level.L2


@cache
def planned(held: Field, operation: Operation) -> Plan | None:
    found_ = plans(held, Wishes(operations=(operation,)))
    return found_[0] if found_ else None


def plan_of(held: Field, operation: Operation) -> Plan:
    plan = planned(held, operation)
    assert plan is not None
    assert (plan.operation, plan.act, plan.about) == (operation, operation.act, held.lesion.id)
    assert plan.cuts == () or operation.is_en_bloc
    return plan


def judged(plan: Plan, known: dict[Fact[Any], Any]) -> Option:
    """What the rules say of a plan by its own facts."""
    case, held = a_case(), found(known)
    assert plan.about == LESION
    facts = PlanFacts(act=plan.act, about=LESION, levels=plan.levels, findings=plan.facts)
    return judge(facts, case, held, scores(case, held), circumstances=READY)


def stops(plan: Plan, known: dict[Fact[Any], Any]) -> dict[str, Holds]:
    return {one.rule: one.holds for one in judged(plan, known).stops}


def test_observation_takes_nothing_and_leaves_all() -> None:
    held = field("body")
    plan = plan_of(held, Operation.OBSERVATION)
    assert plan.id == "observation"
    assert plan.feasible
    assert (plan.bone_cc, plan.price, plan.margin) == (0.0, None, None)
    assert plan.tumour_left_cc == held.findings.value(f.VOLUME, "A")


def test_curettage_states_no_margin_and_what_it_leaves() -> None:
    plan = plan_of(field("body"), Operation.CURETTAGE)
    assert plan.feasible
    assert plan.margin is None
    assert plan.removal is not None
    assert plan.removal.best is not None
    assert plan.tumour_left_cc is not None
    assert plan.tumour_left_cc >= plan.removal.best.left_cc
    assert plan.bone_cc == round(plan.removal.best.bone_cc, 2)
    assert plan.borderline
    assert not plan.is_ready


def test_a_laminectomy_alone_leaves_all_and_is_stopped_for_what_presses_from_the_front() -> None:
    held = epidural()
    plan = plan_of(held, Operation.LAMINECTOMY)
    assert plan.feasible
    assert plan.tumour_left_cc == held.findings.value(f.VOLUME, "A")
    assert plan.facts.value(f.LAMINECTOMY_ALONE, "A") is True
    assert plan.openings
    assert stops(plan, METASTASIS | STABLE | {f.VENTRAL_COMPRESSION: True})["STOP-22"] is Holds.YES


def test_a_laminectomy_without_epidural_tumour_has_nothing_to_do() -> None:
    plan = plan_of(field("body"), Operation.LAMINECTOMY)
    assert not plan.feasible
    assert "nothing to decompress" in plan.reasons[0]
    assert plan.nearest
    assert not plan.facts.found


def test_separation_names_what_either_target_leaves() -> None:
    plan = plan_of(epidural(), Operation.SEPARATION)
    assert plan.feasible
    assert plan.decompression is not None
    assert [reason.split(" mm")[0] for reason in plan.reasons] == ["2", "3"]
    least = plan.decompression.targets[0]
    assert plan.tumour_left_cc is not None
    assert plan.tumour_left_cc >= least.left.cc
    assert plan.openings == least.access.openings
    assert not plan.is_ready  # no MR showed the sac
    other = plan_of(field("body"), Operation.SEPARATION)
    assert not other.feasible
    assert "nothing to separate" in other.reasons[0]


def test_an_intradural_removal_is_for_a_tumour_within_the_dura_alone() -> None:
    plan = plan_of(intradural(LEFT_OF_CORD), Operation.INTRADURAL)
    assert plan.feasible
    assert plan.side is Side.LEFT
    assert plan.id.endswith("hemilaminectomy left")
    assert plan.exposure is not None
    assert planned(field("body"), Operation.INTRADURAL) is None


def test_a_sacrectomy_is_for_a_sacral_tumour_alone_and_names_the_roots_it_takes() -> None:
    plan = plan_of(made(), Operation.SACRECTOMY)
    assert plan.feasible
    assert plan.sacrectomy is not None
    first = plan.sacrectomy.first
    assert plan.id == f"en bloc sacrectomy, {first.name}"
    assert plan.facts.many(f.ROOTS_CUT, "A") == tuple(one.root for one in first.lost)
    assert planned(field("body"), Operation.SACRECTOMY) is None


def test_a_plan_begins_as_one_that_is_not_feasible() -> None:
    plan = begun(Operation.CURETTAGE, field("body"))
    assert (plan.id, plan.feasible, plan.is_ready, plan.levels) == ("intralesional curettage T8", False, False, (T8,))
    assert is_feasible(True) is True
    assert is_feasible(False) is False
    assert is_feasible(begun) is False  # type: ignore[arg-type]


# --- facts of cuts, for the rules -------------------------------------------------------------------------------------


def spine(*levels: Level, solids: tuple[Solid, ...]) -> Field:
    return field_of(replace(RECIPE, levels=levels, spacing_mm=(2.0, 2.0, 2.0), tumours=(Tumour(solids=solids),)))


@cache
def lumbar() -> Plan:
    held = spine(Level.T12, Level.L1, L2, Level.L3, solids=in_sector(L2, sector(4)))
    return plan_of(held, Operation.SAGITTAL)


def test_lumbar_roots_that_go_need_a_signed_consent() -> None:
    plan = lumbar()
    roots = plan.facts.many(f.ROOTS_CUT, "A")
    assert roots is not None
    assert Root("L2 left") in roots
    assert not any(one.mirrored in roots for one in roots)
    assert stops(plan, CHORDOMA | {f.FUNCTION_CONSENT: False})["STOP-15"] is Holds.YES
    assert stops(plan, CHORDOMA)["STOP-15"] is Holds.UNKNOWN


@cache
def long_() -> Plan:
    levels = tuple(Level(f"T{number}") for number in range(4, 9))
    bodies = tuple(in_body(level, radii_mm=(7.0, 6.0, 8.0)) for level in levels[:4])
    return plan_of(spine(Level.T3, *levels, solids=bodies), Operation.VERTEBRECTOMY)


def test_four_levels_of_segmental_arteries_on_both_sides_need_a_plan_for_the_cord() -> None:
    plan = long_()
    assert plan.id == "en bloc vertebrectomy T4–T7"
    assert len(plan.cuts) == 10
    arteries = plan.facts.many(f.SEGMENTAL_ARTERIES, "A")
    assert arteries is not None
    assert set(arteries) >= {SegmentalArtery(f"T{n} {side.value}") for n in range(4, 8) for side in Side}
    assert stops(plan, CHORDOMA | {f.ANGIOGRAPHY: False, f.ISCHAEMIA_PLAN: False})["STOP-13"] is Holds.YES
    assert stops(plan, CHORDOMA)["STOP-13"] is Holds.UNKNOWN


def test_one_level_needs_none() -> None:
    plan = plan_of(field("body"), Operation.VERTEBRECTOMY)
    assert stops(plan, CHORDOMA).get("STOP-13") is not Holds.YES


@pytest.mark.parametrize("operation", [Operation.VERTEBRECTOMY, Operation.SAGITTAL, Operation.POSTERIOR_ARCH])
def test_the_nearest_cut_is_a_fact_of_the_plan(operation: Operation) -> None:
    plan = plan_of(field("body"), operation)
    if not plan.cuts:
        assert not plan.facts.found
        return
    assert plan.facts.value(f.CUT_TO_TUMOUR, "A") == min(cut.margin_mm for cut in plan.cuts)
