"""Every feasible operation as a sheet: its cuts, its margin, its price, its ways, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enbloc.case.fact import Unit
from enbloc.decide.decision import Statement
from enbloc.follow.result import Workup
from enbloc.plan.comparison import Comparison
from enbloc.plan.proposal import Plan
from enbloc.present import prices, words
from enbloc.present.gauges import margin_gauge
from enbloc.present.leaving import approach_block, more_ways_block, moves_block, way_out_block
from enbloc.present.margins import classes, cut_rows, degree, entries, face_rows, judged_rows, note, warning
from enbloc.present.planned import Block, PlanSheet
from enbloc.present.prices import consequences, price_block
from enbloc.present.rules import families, rule
from enbloc.present.special import special_blocks
from enbloc.present.weighing import override_row

DRAFT = "its criterion is a draft, not yet source-checked"


def comparison_of(workup: Workup, lesion: str) -> Comparison | None:
    """The operations on a lesion beside each other; nothing where none was planned."""
    return next((one for one in workup.compared if one.about == lesion), None)


def foremost(workup: Workup, lesion: str) -> Plan | None:
    """The plan of a lesion that is drawn; nothing where no operation is feasible."""
    found = comparison_of(workup, lesion)
    name = found.foremost if found else ""
    return next((plan for plan in workup.plans if plan.about == lesion and plan.id == name and name), None)


def sheets(workup: Workup) -> tuple[PlanSheet, ...]:
    """The sheets of the feasible operations, lesion by lesion, the one that is drawn first."""
    case_stops = workup.decision.stops
    made = []
    for lesion in dict.fromkeys(plan.about for plan in workup.plans):
        first = foremost(workup, lesion)
        mine = [plan for plan in workup.plans if plan.about == lesion and plan.feasible]
        mine.sort(key=lambda plan: plan is not first)
        made += [sheet(plan, is_foremost=plan is first, case_stops=case_stops) for plan in mine]
    return tuple(made)


def sheet(plan: Plan, *, is_foremost: bool = True, case_stops: Sequence[Statement] = ()) -> PlanSheet:
    """Everything that is printed of a plan. While stops of the case stand, none of its plans is ready."""
    found, resected = plan.margin, plan.resected
    return PlanSheet(
        id=plan.id,
        about=plan.about,
        levels=words.levels(plan.levels),
        is_ready=plan.is_ready and not case_stops,
        is_foremost=is_foremost,
        feasibility=feasibility(plan),
        is_draft=plan.is_draft,
        reasons=plan.reasons,
        borderline=plan.borderline,
        methods=tuple(risk.method for risk in resected.risks) if resected else (),
        entries=tuple(entries(resected.risks)) if resected else (),
        assumed=resected.risks[0].assumed if resected and resected.risks else (),
        cuts=cut_rows(plan),
        proof=_proof(plan),
        margin=words.margin(found.mm) if found else words.UNKNOWN,
        margin_note=note(found) if found else "",
        classes=classes(resected.classes) if resected else "",
        warning=warning(plan),
        degree=degree(found) if found else None,
        gauge=margin_gauge(found.mm, found.interval) if found else None,
        faces=face_rows(plan),
        judged=judged_rows(plan),
        blocks=tuple(_blocks(plan)),
        conditions=plan.conditions,
        not_ready=(*plan.not_ready, *_of_case(case_stops)),
        stops=tuple(rule(each) for each in plan.stops),
        overridden=tuple(override_row(each) for each in plan.overridden),
        supports=tuple(rule(each) for each in plan.supports),
        against=tuple(rule(each) for each in plan.against),
        rules=tuple(rule(each) for each in plan.rules),
        pending=families(plan.pending),
        not_computed=(*plan.not_computed, *(resected.not_known if resected else ())),
    )


def feasibility(plan: Plan) -> str:
    """Whether anatomy allows an operation, and what that hangs on.

    A word that sounds sure is used only where neither half a voxel nor a draft decides.
    """
    if not plan.feasible:
        return "not feasible"
    if plan.borderline:
        return "borderline: feasible only if it turns out so"
    return f"feasible; {DRAFT}" if plan.is_draft else "feasible"


def _of_case(stops: Sequence[Statement]) -> Iterator[str]:
    if stops:
        yield f"{words.counted(len(stops), 'stop')} of the case or of its options are not resolved"


def _proof(plan: Plan) -> str:
    """What is known of better cuts, in a sentence."""
    held = plan.resected.proof if plan.resected else None
    if held is None:
        return ""
    _, _, certificate = held.words.rpartition("; ")
    span = words.interval(held.interval, Unit.CC)
    return f"All cuts together remove {prices.cc(held.value_cc)} ({span}) of healthy bone; {certificate}"


def _blocks(plan: Plan) -> Iterator[Block]:
    """Price, way out, approach, and what an operation of its own kind tells; what is secondary stands last."""
    own = tuple(special_blocks(plan))
    first = (*own, price_block(plan), way_out_block(plan), approach_block(plan))
    made = (*first, more_ways_block(plan), consequences(plan), moves_block(plan))
    found = [one for one in made if one is not None and one.lines]
    yield from (one for one in found if not one.is_aside)
    yield from (one for one in found if one.is_aside)
