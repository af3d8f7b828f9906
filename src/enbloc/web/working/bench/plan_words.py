"""An operation in the words and numbers of the workbench."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from enbloc.case.geometry import Plane
from enbloc.decide.decision import Statement
from enbloc.plan.cutting.certificate import Clearance
from enbloc.plan.margin.execution import SpecimenRisk
from enbloc.plan.margin.margin import Margin
from enbloc.plan.proposal import Cut, Plan
from enbloc.present import words
from enbloc.present.margins import chances, judged_rows
from enbloc.present.prices import cc_left, price_block
from enbloc.web.bench_nouns import Shown
from enbloc.web.bench_plan_nouns import (
    BenchClearance,
    BenchCut,
    BenchMargin,
    BenchOperation,
    BenchRisk,
    BenchStop,
    PriceLine,
)


def operation(plan: Plan, case_stops: Sequence[Statement], *, can_be_dragged: bool) -> BenchOperation:
    """Everything that the page shows of one operation; while stops of the case stand, none of its plans is ready."""
    resected = plan.resected
    return BenchOperation(
        id=plan.id,
        operation=plan.operation.value,
        about=plan.about,
        levels=tuple(level.value for level in plan.levels),
        feasible=plan.feasible,
        is_ready=plan.is_ready and not case_stops,
        is_draft=plan.is_draft,
        reasons=plan.reasons,
        nearest=plan.nearest,
        borderline=plan.borderline,
        not_ready=tuple(not_ready(plan, case_stops)),
        conditions=plan.conditions,
        stops=stops(plan),
        cuts=tuple(cut(one) for one in plan.cuts),
        limits=tuple(shown(one) for one in resected.limits) if resected else (),
        margin=margin(plan.margin) if plan.margin else None,
        classes=tuple(one.value for one in resected.classes) if resected else (),
        judged=judged(plan),
        price=price(plan),
        risks=risks(resected.risks) if resected else (),
        clearances=tuple(clearance(one) for each in plan.cuts for one in each.clearances),
        bone_cc=plan.bone_cc,
        tumour_left=cc_left(plan.tumour_left_cc) if plan.tumour_left_cc is not None else words.UNKNOWN,
        not_computed=(*plan.not_computed, *(resected.not_known if resected else ())),
        can_be_dragged=can_be_dragged,
    )


def not_ready(plan: Plan, case_stops: Sequence[Statement]) -> Iterator[str]:
    """What keeps a plan from ready, with the stops of the case as one line."""
    yield from plan.not_ready
    if case_stops:
        yield f"{words.counted(len(case_stops), 'stop')} of the case or of its options not resolved"


def stops(plan: Plan) -> tuple[BenchStop, ...]:
    """The rules that bar the plan."""
    return tuple(BenchStop(rule=one.rule, words=one.because, do=one.do) for one in plan.stops)


def shown(plane: Plane) -> Shown:
    """A plane in the patient."""
    return Shown(point_mm=plane.point_mm, normal=plane.normal)


def margin(found: Margin) -> BenchMargin:
    """A margin, rounded down."""
    return BenchMargin(
        mm=found.mm,
        low=found.interval.low,
        high=found.interval.high,
        words=f"{words.margin(found.mm)} ({words.margin_interval(found.interval)})",
        barrier=found.barrier,
        at_mm=found.at_mm,
        classes=tuple(one.value for one in found.classes),
    )


def cut(one: Cut) -> BenchCut:
    """A cut where it is planned."""
    return BenchCut(
        name=one.name,
        point_mm=one.plane.point_mm,
        normal=one.plane.normal,
        kerf_mm=one.kerf_mm,
        within=tuple(shown(each) for each in one.within),
        margin=margin(one.margin),
        is_placed=one.is_placed,
        proof=one.proof,
    )


def judged(plan: Plan) -> tuple[str, ...]:
    """The predicted margin against the recommended one, a line for each policy."""
    return tuple(f"{one.policy}: recommended {one.recommended}; {one.said}" for one in judged_rows(plan))


def price(plan: Plan) -> tuple[PriceLine, ...]:
    """What the operation takes."""
    return tuple(
        PriceLine(
            label=line.label,
            said=line.said,
            notes=line.notes,
            is_unknown=line.is_unknown,
            degree=line.degree.value if line.degree else "",
        )
        for line in price_block(plan).lines
    )


def risks(found: Sequence[SpecimenRisk]) -> tuple[BenchRisk, ...]:
    """How likely the tumour is entered, by way of cutting."""
    return tuple(
        BenchRisk(method=one.method, low=one.low, high=one.high, words=chances(one.low, one.high)) for one in found
    )


def clearance(one: Clearance) -> BenchClearance:
    """How near a cut comes to a structure."""
    is_kept = None if one.mm is None else one.mm >= one.at_least_mm or one.is_shielded
    said = "meets no bone there" if one.is_labelled else f"{words.UNKNOWN}: not labelled"
    return BenchClearance(
        structure=str(one.structure),
        mm=one.mm,
        at_least_mm=one.at_least_mm,
        is_shielded=one.is_shielded,
        is_kept=is_kept,
        words=f"{words.margin(one.mm)}{', held away' if one.is_shielded else ''}" if one.mm is not None else said,
    )
