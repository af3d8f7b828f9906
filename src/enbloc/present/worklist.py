"""A case in a line: who it is, what is loudest, what is due first, and what to ask before the board."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from enbloc.case.anatomy import in_order
from enbloc.case.case import Case, entered, recorded
from enbloc.case.finding import Findings
from enbloc.decide import RULES
from enbloc.decide.decision import Degree
from enbloc.decide.timeline import Dated, Passing
from enbloc.follow.result import Workup
from enbloc.present import words
from enbloc.present.counsel import Counsel, Rule
from enbloc.present.dating import LONG_PAST
from enbloc.present.deliberation import counsel
from enbloc.present.headlines import in_short, is_unread, is_within_dura, readiness, reported_grade
from enbloc.present.identity import histology, identity, levels_of
from enbloc.stage.score import Score
from enbloc.value import value

NOT_WORKED_UP = "not worked up"
_IN_LINE = ("escc", "sins")  # in this order


@value
class CaseLine:
    """One case as a worklist shows it; days are ISO dates, empty where there is none."""

    as_of: str
    identity: str
    headline: str  # "T8 · renal cell carcinoma · ESCC 3 · SINS 11 · 12 · 14"
    levels: str
    histology: str
    degree: Literal["stop", "urgent", "caution", "note", ""]  # of the loudest rule that holds
    what: str  # that rule in words; beside a stop also the first rule for which a clock runs
    due: str  # the soonest day that is a limit; passed if it lies before ``as_of``
    due_what: str
    missing: int  # questions that are open
    ask: str  # the first of them
    follow_up: str  # the next day that an image or a visit is due
    readiness: str
    origin: str


def in_a_line(workup: Workup) -> CaseLine:
    """A case by its work-up. Every day counts from the day of the case, never from that of the machine."""
    case, made = workup.case, workup.decision
    as_of = workup.provenance.as_of or case.stands_at
    loudest = _loudest(counsel(made, as_of=as_of, plans=[plan for plan in workup.plans if plan.feasible]))
    due = _due(made.timeline)
    return CaseLine(
        **_who(case, workup.findings, as_of),
        headline=_headline(case, workup.findings, workup.scores),
        degree=loudest[0].degree.value if loudest else "",
        what=" · ".join(f"{one.id} {one.do}" for one in loudest),
        due=_last(due).isoformat() if due else "",
        due_what=_words(due) if due else "",
        missing=len(made.missing),
        ask=made.missing[0] if made.missing else "",
        follow_up=_follow_up(made.timeline),
        readiness=in_short(readiness(workup)),
    )


def in_a_line_of_case(case: Case) -> CaseLine:
    """A case that nobody has worked up: what the record alone says."""
    known = recorded(case) | entered(case)
    return CaseLine(
        **_who(case, known, case.stands_at),
        headline=_headline(case, known, ()),
        degree="",
        what="",
        due="",
        due_what="",
        missing=0,
        ask="",
        follow_up="",
        readiness=NOT_WORKED_UP,
    )


def _who(case: Case, findings: Findings, as_of: date | None) -> dict[str, str]:
    taken = in_order({level for lesion in case.lesions for level in levels_of(lesion, findings)})
    return {
        "as_of": as_of.isoformat() if as_of else "",
        "identity": identity(case, findings),
        "levels": ", ".join(level.value for level in taken),
        "histology": ", ".join(dict.fromkeys(one.histology for one in case.lesions if one.histology)),
        "origin": case.origin.value,
    }


def _headline(case: Case, findings: Findings, scores: Iterable[Score]) -> str:
    """The first lesion with its scores, and how many more there are."""
    if not case.lesions:
        return "no lesion recorded"
    first, *others = case.lesions
    held = {one.instrument: one for one in scores if one.about == first.id}
    told = [] if is_within_dura(case, first.id) else [_short(held[name]) for name in _IN_LINE if name in held]
    more = [f"and {words.counted(len(others), 'lesion')} more"] if others else []
    return " · ".join(
        part for part in (words.levels(levels_of(first, findings)), histology(first), *told, *more) if part
    )


def _short(score: Score) -> str:
    """A score without its band; empty where nothing can be said of it."""
    if is_unread(score):
        reported = reported_grade(score)
        return f"{score.name} {reported} as reported" if reported else ""
    said = words.reachable(score.totals) if score.totals else words.either(score.categories)
    return f"{score.name} {said}" if said else ""


def _loudest(told: Counsel) -> tuple[Rule, ...]:
    """The loudest rule that holds, and beside a stop the first for which a clock runs."""
    held, urgent = (tuple(one.rule for one in those if not one.rule.is_open) for those in (told.held, told.urgent))
    others = [one for one in (*told.cautions, *told.disagreements) if not one.is_open]
    notes = [one for one in told.rules if one.degree is Degree.NOTE and not one.is_open]
    return (*held[:1], *urgent[:1]) or (*others, *notes)[:1]


# --- days -------------------------------------------------------------------------------------------------------------
_LIMITS = (Passing.LATEST, Passing.LAST_DOSE)


def _due(those: Iterable[Dated]) -> Dated | None:
    """The soonest limit; those of stops and of urgent rules go before all others, and what is long past is left out."""
    limits = [one for one in those if one.what in _LIMITS and one.day is not None and not _is_long_past(one)]
    return min(limits, key=lambda one: (not _is_loud(one), _last(one)), default=None)


def _is_loud(one: Dated) -> bool:
    rule = RULES.get(one.rule)
    return one.rule.startswith("RED-") or (rule is not None and rule.degree in (Degree.STOP, Degree.URGENT))


def _is_long_past(one: Dated) -> bool:
    return one.days_left is not None and one.days_left < LONG_PAST


def _last(one: Dated) -> date:
    return one.until or one.day or date.max


def _words(one: Dated) -> str:
    hour = f" by {one.at:%H:%M}" if one.at is not None else ""
    open_ = ", if it holds" if one.is_open else ""
    return f"{one.subject}{hour} ({one.rule}{open_})"


def _follow_up(those: Iterable[Dated]) -> str:
    """The next day that something is due on; what has passed is not waited for."""
    return min((day.isoformat() for day in _coming(those)), default="")


def _coming(those: Iterable[Dated]) -> Iterator[date]:
    yield from (one.day for one in those if one.what is Passing.DUE and one.day is not None and not one.has_passed)
