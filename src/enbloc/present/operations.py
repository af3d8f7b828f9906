"""A proposed operation in words: its cuts, its margin, its price, and how alarming the margin is."""

from __future__ import annotations

from collections.abc import Iterator

from enbloc.case import fact as vocabulary
from enbloc.decide.decision import Degree
from enbloc.plan.margin.margin import Margin
from enbloc.plan.proposal import Cut, Plan
from enbloc.present import words
from enbloc.present.content import CutRow, PlanSheet
from enbloc.present.gauges import margin_gauge
from enbloc.present.rules import rule
from enbloc.present.weighing import override_row


def sheet(plan: Plan) -> PlanSheet:
    """Everything that is printed of a plan."""
    found = plan.margin
    return PlanSheet(
        id=plan.id,
        act=plan.act.value,
        about=plan.about,
        levels=words.levels(plan.levels),
        is_ready=plan.is_ready,
        is_feasible=plan.feasible,
        reasons=plan.reasons,
        cuts=tuple(_cut(cut) for cut in plan.cuts),
        margin=words.margin(found.mm) if found else words.UNKNOWN,
        margin_note=_note(found) if found else "",
        warning=warning(plan),
        degree=degree(found) if found else None,
        gauge=margin_gauge(found.mm, found.interval) if found else None,
        price=tuple(_price(plan)),
        not_ready=plan.not_ready,
        stops=tuple(rule(each) for each in plan.stops),
        overridden=tuple(override_row(each) for each in plan.overridden),
        rules=tuple(rule(each) for each in plan.rules),
        not_computed=plan.not_computed,
    )


def short_margin(found: Margin) -> str:
    """The smallest margin with its interval."""
    return f"{words.margin(found.mm)} ({words.margin_interval(found.interval)})"


def margin_class(found: Margin) -> str:
    """What a margin can amount to, ``marginal or wide``."""
    return words.either([kind.value for kind in found.classes])


def _note(found: Margin) -> str:
    span = words.margin_interval(found.interval)
    note = f"{span} if every surface moves by its error; bounded by {found.barrier}"
    kinds = margin_class(found)
    return f"{note}; {kinds}" if kinds else note


def bounding_cut(plan: Plan) -> Cut | None:
    """The cut that bounds the smallest margin; nothing where a structure does."""
    return next((cut for cut in plan.cuts if plan.margin and cut.name == plan.margin.barrier), None)


def degree(found: Margin) -> Degree | None:
    """How loudly a margin is drawn: the square where there is none, the diamond where its interval reaches zero."""
    if found.mm <= 0:
        return Degree.STOP
    return Degree.CAUTION if found.interval.low <= 0 else None


def warning(plan: Plan) -> str:
    """What a margin that reaches zero means, ``−0.5 mm: the cut runs through tumour``; empty for one that does not."""
    found = plan.margin
    if found is None or found.interval.low > 0:
        return ""
    reached = found.mm <= 0
    if bounding_cut(plan):
        means = "the cut runs through tumour" if reached else "the cut may run through tumour"
    else:
        means = f"no gap to the {found.barrier} is measured" if reached else f"the tumour may touch the {found.barrier}"
    return f"{words.margin(found.mm)}: {means}"


def margin_words(plan: Plan) -> str:
    """The smallest margin as part of a sentence; empty without one."""
    found = plan.margin
    if found is None:
        return ""
    loud = warning(plan)
    return f"smallest margin {words.margin(found.mm)}, to {found.barrier}" if not loud else f"smallest margin {loud}"


def _price(plan: Plan) -> Iterator[tuple[str, str]]:
    yield (
        "bone taken, the tumour in it counted",
        words.UNKNOWN if plan.bone_cc is None else words.quantity(plan.bone_cc, vocabulary.Unit.CC),
    )


def cut_degree(cut: Cut) -> Degree | None:
    """How loudly a cut is drawn: one through tumour, and one whose printed distance is nothing."""
    if cut.margin_mm <= 0:
        return Degree.STOP
    return Degree.CAUTION if words.margin(cut.margin_mm) == words.margin(0.0) else None


_CUT_WORDS: dict[Degree | None, str] = {Degree.STOP: "THROUGH TUMOUR", Degree.CAUTION: "AT TUMOUR"}


def _cut(cut: Cut) -> CutRow:
    return CutRow(
        name=cut.name,
        margin=words.margin(cut.margin_mm),
        degree=cut_degree(cut),
        warning=_CUT_WORDS.get(cut_degree(cut), ""),
        kerf=f"{cut.kerf_mm:g}{words.THIN}mm",  # a setting, not a measurement: as it stands
        where=words.place(cut.plane.point_mm),
        faces=words.direction(cut.plane.normal),
    )
