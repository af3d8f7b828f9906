"""Operations beside each other: what each costs and keeps, and which of them another one beats in everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from enbloc.case.anatomy import Level
from enbloc.case.finding import Interval
from enbloc.case.sided import Root
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan
from enbloc.plan.sacrum.rows import Transection
from enbloc.value import value


class Measure(Enum):
    """What operations are compared by; of the margin more is better, of everything else less."""

    MARGIN = "smallest margin"
    ENTRY = "probability of entering tumour"
    TUMOUR_LEFT = "tumour left"
    BONE = "bone taken"
    ROOTS = "nerve roots"
    LEVELS = "levels"
    APPROACHES = "approaches"


@value
class Row:
    """One operation in the comparison; what is not known is nothing, and never counts as good.

    ``margin_interval`` and ``entry`` (from, to; the ways of cutting have that in common which no number tells) are as
    the plan has them. ``beaten_by`` names the feasible operations that are as good in everything that is known of
    both, and better in something.
    """

    plan: str  # its id
    operation: Operation
    feasible: bool
    is_ready: bool
    margin_mm: float | None = None
    margin_interval: Interval | None = None
    margin_to: str = ""
    entry: Interval | None = None
    entry_by: str = ""  # the way of cutting that it holds for
    tumour_left_cc: float | None = None
    bone_cc: float | None = None
    roots: tuple[Root, ...] | None = None
    levels: tuple[Level, ...] = ()
    approaches: int | None = None
    beaten_by: tuple[str, ...] = ()
    supports: tuple[str, ...] = ()  # ids of the rules for it
    against: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()

    @property
    def is_on_the_front(self) -> bool:
        """Whether no other feasible operation beats it in everything."""
        return self.feasible and not self.beaten_by

    def cost(self, measure: Measure) -> float | None:
        """What is compared, so that less is better; nothing where it is not known."""
        return {
            Measure.MARGIN: None if self.margin_mm is None else -self.margin_mm,
            Measure.ENTRY: self.entry.high if self.entry else None,
            Measure.TUMOUR_LEFT: self.tumour_left_cc,
            Measure.BONE: self.bone_cc,
            Measure.ROOTS: None if self.roots is None else float(len(self.roots)),
            Measure.LEVELS: float(len(self.levels)),
            Measure.APPROACHES: None if self.approaches is None else float(self.approaches),
        }[measure]


@value
class Comparison:
    """The operations on one lesion beside each other, in the order of the plans."""

    about: str
    rows: tuple[Row, ...]
    foremost: str = ""  # the id of the plan that is drawn; empty if none is feasible

    @property
    def front(self) -> tuple[Row, ...]:
        """The feasible operations that no other beats in everything."""
        return tuple(row for row in self.rows if row.is_on_the_front)


def compared(about: str, plans: Sequence[Plan], preferred: Sequence[Operation] = ()) -> Comparison:
    """The operations on one lesion beside each other; ``preferred`` are those of the option that leads."""
    rows = tuple(_row(plan) for plan in plans)
    beaten = tuple(_with_beaten(row, rows) for row in rows)
    return Comparison(about=about, rows=beaten, foremost=_foremost(plans, preferred))


def _foremost(plans: Sequence[Plan], preferred: Sequence[Operation]) -> str:
    """The feasible operation that is drawn: one of the option that leads, otherwise the first with cuts, or any."""
    feasible = [plan for plan in plans if plan.feasible and plan.operation is not Operation.OBSERVATION]
    by_preference = [plan for plan in feasible if plan.operation in preferred]
    with_cuts = [plan for plan in feasible if plan.cuts]
    return next((plan.id for plan in (*by_preference, *with_cuts, *feasible)), "")


def _row(plan: Plan) -> Row:
    found = plan.resected
    risk = found.risks[0] if found and found.risks else None
    row = Row(
        plan=plan.id,
        operation=plan.operation,
        feasible=plan.feasible,
        is_ready=plan.is_ready,
        margin_mm=found.margin.mm if found else None,
        margin_interval=found.margin.interval if found else None,
        margin_to=found.margin.barrier if found else "",
        entry=Interval(low=risk.low, high=risk.high) if risk else None,
        entry_by=risk.method if risk else "",
        tumour_left_cc=plan.tumour_left_cc,
        bone_cc=plan.bone_cc,
        roots=_roots(plan),
        levels=plan.levels,
        approaches=_approaches(plan),
        supports=tuple(one.rule for one in plan.supports),
        against=tuple(one.rule for one in plan.against),
        stops=tuple(one.rule for one in plan.stops),
    )
    return row if plan.sacrectomy is None else _sacral(row, plan.sacrectomy.first)


def _sacral(row: Row, first: Transection) -> Row:
    """Of a sacrum the level that loses fewest roots."""
    return replace(
        row,
        margin_mm=first.margin_mm,
        margin_interval=first.margin_interval,
        margin_to="the nearest blade",
        bone_cc=first.healthy_cc,
        roots=tuple(one.root for one in first.lost),
    )


def _roots(plan: Plan) -> tuple[Root, ...] | None:
    """The roots that go; nothing where one of them cannot be told.

    Piecemeal they are spared; whether a tumour within the dura can be parted from them nobody knows before.
    """
    if plan.resected is None:
        is_spared = not (plan.operation.is_en_bloc or plan.operation is Operation.INTRADURAL)
        return () if plan.feasible and is_spared else None
    price = plan.price
    return None if price is None or price.roots.unknown or price.beyond else price.roots.cut


def _approaches(plan: Plan) -> int | None:
    """How many approaches the way needs that the rows put first; nothing where none names one."""
    first = plan.approach.first if plan.approach else None
    return 0 if plan.operation is Operation.OBSERVATION else first.count if first else None


def _with_beaten(row: Row, rows: Sequence[Row]) -> Row:
    return replace(row, beaten_by=tuple(other.plan for other in rows if other is not row and _beats(other, row)))


def _beats(one: Row, other: Row) -> bool:
    """Whether an operation is nowhere worse than another, of which as much is known, and somewhere better.

    Observation costs nothing and treats nothing: it beats none, and none beats it.
    """
    if not (one.feasible and other.feasible) or Operation.OBSERVATION in (one.operation, other.operation):
        return False
    pairs = [(one.cost(measure), other.cost(measure)) for measure in Measure]
    if any((mine is None) != (theirs is None) for mine, theirs in pairs):
        return False  # what is known of one alone cannot be weighed
    held = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    return all(mine <= theirs for mine, theirs in held) and any(mine < theirs for mine, theirs in held)
