"""The operations on a lesion beside each other, in words: a row for each that is feasible, a reason for each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from enbloc.decide.decision import Holds
from enbloc.plan.comparison import Comparison, Row
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan
from enbloc.present import words
from enbloc.present.leaving import approaches_said
from enbloc.present.margins import bounding_cut, chances, classes, degree
from enbloc.present.operations import feasibility
from enbloc.present.planned import ComparedRow, ComparedTable, Front, Refusal, Spot
from enbloc.present.prices import NONE, cc, cc_left, roots_said
from enbloc.present.rules import rule
from enbloc.present.special import lost_roots

NOTE = (
    "Margins rounded down; the probability that a saw enters tumour is from and to, whatever the cuts have in common. "
    "An operation is beaten by one that is as good in everything that is known of both, and better in something."
)
NO_MARGIN = "none: not in one piece"
ON_PURPOSE = "entered on purpose"
TAKES_NONE = "it takes none of it"


def compared_tables(
    plans: Sequence[Plan], compared: Sequence[Comparison], *, is_stopped: bool
) -> tuple[ComparedTable, ...]:
    """The table of each lesion that operations were planned on; ``is_stopped`` by a stop of the case itself."""
    several = len(compared) > 1
    return tuple(
        _table(one, [plan for plan in plans if plan.about == one.about], is_stopped=is_stopped, several=several)
        for one in compared
    )


def _table(one: Comparison, plans: Sequence[Plan], *, is_stopped: bool, several: bool) -> ComparedTable:
    by_id = {plan.id: plan for plan in plans}
    feasible = [row for row in one.rows if row.feasible and row.plan in by_id]
    numbers = {row.plan: nth for nth, row in enumerate(feasible, 1)}
    rows = tuple(_row(row, by_id[row.plan], numbers, one, blocked=is_stopped) for row in feasible)
    shared, refused = _refusals([by_id[row.plan] for row in one.rows if not row.feasible and row.plan in by_id])
    front = _front(one, [(row, by_id[row.plan]) for row in feasible], numbers)
    return ComparedTable(
        about=one.about,
        title=f"Operations compared, lesion {one.about}" if several else "Operations compared",
        rows=rows,
        refused=refused,
        instead=shared,
        front=front if front.is_worth_drawing else None,
        without_front=_without(front),
        note=NOTE if rows else "",
    )


def _without(front: Front) -> str:
    """Why the figure is not drawn, in a sentence; empty where it is."""
    if front.is_worth_drawing:
        return ""
    if not front.spots:
        return "No operation is feasible here, so that there is nothing to set against each other."
    if len(front.spots) == 1:
        return f"Only one operation is feasible here: {front.spots[0].name}. There is nothing to set it against."
    if all(one.margin_mm is None for one in front.spots):
        return "No operation that is feasible here has a margin, so that no figure sets them against each other."
    held = words.sentence_list([one.name for one in front.spots if one not in front.placed])
    return f"The bone taken is not known of {held}, so that no figure sets the operations against each other."


def _row(row: Row, plan: Plan, numbers: dict[str, int], one: Comparison, *, blocked: bool) -> ComparedRow:
    found = plan.margin
    is_ready = plan.is_ready and not blocked
    return ComparedRow(
        number=numbers[row.plan],
        name=plan.id,
        standing=_standing(row, numbers),
        is_foremost=row.plan == one.foremost and bool(plan.cuts),
        is_draft=plan.is_draft,
        feasibility=feasibility(plan),
        margin=_margin(row, plan),
        margin_note=_margin_note(plan),
        classes=classes(plan.resected.classes) if plan.resected else "",
        degree=degree(found) if found else None,
        entry=chances(row.entry.low, row.entry.high) if row.entry else _entry(plan),
        entry_by=f"by {row.entry_by}" if row.entry else "",
        tumour_left=words.UNKNOWN if row.tumour_left_cc is None else cc_left(row.tumour_left_cc),
        bone=words.UNKNOWN if row.bone_cc is None else cc(row.bone_cc),
        roots=_roots(row, plan),
        levels=words.levels(row.levels),
        approaches=NONE if row.approaches == 0 else approaches_said(plan.approach),
        supports=tuple(rule(each) for each in plan.supports),
        against=tuple(rule(each) for each in plan.against),
        held=tuple(rule(each) for each in plan.stops if each.holds is Holds.YES),
        open=sum(each.holds is Holds.UNKNOWN for each in plan.stops),
        readiness="READY" if is_ready else "NOT READY",
    )


def _margin(row: Row, plan: Plan) -> str:
    if row.margin_mm is not None:
        return words.margin(row.margin_mm)
    return words.UNKNOWN if plan.operation.is_en_bloc else NO_MARGIN


def _margin_note(plan: Plan) -> str:
    if plan.margin is not None:
        return f"{words.margin_interval(plan.margin.interval)}, to the {plan.margin.barrier}{_to_blades(plan)}"
    if plan.sacrectomy is not None:
        span = words.margin_interval(plan.sacrectomy.first.margin_interval)
        return f"{span}, to its blades alone: soft tissue is not counted"
    return ""


def _to_blades(plan: Plan) -> str:
    """How far the nearest blade lies, where something else bounds the margin: only blades can be placed otherwise."""
    if bounding_cut(plan) or not plan.cuts:
        return ""
    return f"; {words.margin(min(cut.margin.mm for cut in plan.cuts))} to the nearest blade"


def _entry(plan: Plan) -> str:
    if plan.operation is Operation.OBSERVATION:
        return "no cut"
    if plan.operation is Operation.LAMINECTOMY:
        return TAKES_NONE
    return words.UNKNOWN if plan.operation.is_en_bloc else ON_PURPOSE


def _roots(row: Row, plan: Plan) -> str:
    """The roots that go; those of a sacrectomy stand with its levels."""
    if plan.sacrectomy is not None:
        return lost_roots(plan.sacrectomy.first) or NONE
    if plan.price is None or plan.resected is None:
        return words.UNKNOWN if row.roots is None else NONE
    return roots_said(plan.price)


def _standing(row: Row, numbers: dict[str, int]) -> str:
    if row.is_on_the_front:
        return "nothing beats it" if len(numbers) > 1 else ""
    beaten = [str(numbers[name]) for name in row.beaten_by if name in numbers]
    return f"beaten by {words.sentence_list(beaten)}"


def _refusals(those: Sequence[Plan]) -> tuple[tuple[str, ...], tuple[Refusal, ...]]:
    """What could be done instead of several, said once, and each operation that is not feasible."""
    counted = Counter(_instead(plan) for plan in those)
    shared = tuple(said for said, times in counted.items() if said and times > 1)
    made = (_refusal(plan) for plan in those)
    return shared, tuple(replace(one, instead="") if one.instead in shared else one for one in made)


def _instead(plan: Plan) -> str:
    return "; ".join(one.rstrip(".") for one in plan.nearest)


def _refusal(plan: Plan) -> Refusal:
    first = plan.reasons[0].rstrip(".") if plan.reasons else f"reason {words.UNKNOWN}"
    more = f" (and {len(plan.reasons) - 1} more)" if len(plan.reasons) > 1 else ""
    return Refusal(name=plan.id, because=first + more, instead=_instead(plan), is_draft=plan.is_draft)


# --- the figure -------------------------------------------------------------------------------------------------------
def _front(one: Comparison, feasible: Sequence[tuple[Row, Plan]], numbers: dict[str, int]) -> Front:
    asked = {plan.resected.asked_mm for _, plan in feasible if plan.resected}
    methods = {row.entry_by for row, _ in feasible if row.entry_by}
    return Front(
        about=one.about,
        spots=tuple(_spot(row, plan, numbers[row.plan]) for row, plan in feasible),
        asked_mm=next(iter(asked)) if len(asked) == 1 else None,
        method=words.sentence_list(sorted(methods)),
    )


def _spot(row: Row, plan: Plan, number: int) -> Spot:
    span, entry = row.margin_interval, row.entry
    return Spot(
        number=number,
        name=plan.id,
        bone_cc=row.bone_cc,
        margin_mm=row.margin_mm,
        margin=(span.low, span.high) if span else None,
        entry=(100 * entry.low, 100 * entry.high) if entry else None,
        entry_said=chances(entry.low, entry.high) if entry else _entry(plan),
        is_on_front=row.is_on_the_front,
        is_draft=plan.is_draft,
        is_borderline=bool(plan.borderline),
    )


# --- as lines for a terminal ------------------------------------------------------------------------------------------
def comparison_lines(tables: Sequence[ComparedTable]) -> tuple[str, ...]:
    """The tables as lines for a terminal: each feasible operation in a few, the others with their reason."""
    return tuple(line.replace(words.THIN, " ") for table in tables for line in _lines(table))


def _lines(table: ComparedTable) -> Iterator[str]:
    yield f"{table.title}:"
    if not table.rows:
        yield "  no operation is feasible here"
    for row in table.rows:
        drawn = ", drawn" if row.is_foremost else ""
        standing = f", {row.standing}" if row.standing else ""
        yield f"  {row.number} {row.name}: {row.readiness.lower()}; {row.feasibility}{standing}{drawn}"
        yield f"      margin {row.margin}{_bracketed(row.margin_note)}; entry {row.entry}{_bracketed(row.entry_by)}"
        yield (
            f"      tumour left {row.tumour_left}; bone {row.bone}; roots {row.roots}; levels {row.levels};"
            f" approaches {row.approaches}"
        )
        yield f"      {_rules(row)}"
    for one in table.refused:
        draft = " (draft criterion)" if one.is_draft else ""
        instead = f"; {one.instead}" if one.instead else ""
        yield f"  not feasible: {one.name}: {one.because}{draft}{instead}"
    yield from (f"  of several that are not feasible: {said}" for said in table.instead)


def _bracketed(said: str) -> str:
    return f" ({said})" if said else ""


def _rules(row: ComparedRow) -> str:
    said = [
        f"{name} {', '.join(one.id for one in those)}"
        for name, those in (("for", row.supports), ("against", row.against), ("holds", row.held))
        if those
    ]
    said += [f"{words.counted(row.open, 'stop')} cannot be excluded"] if row.open else []
    return "; ".join(said) or "no rule speaks of it"
