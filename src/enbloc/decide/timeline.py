"""The days from which a drug no longer stands in the way of an operation, and from which it may start again.

Everything counts from the dates of the case itself; the clock of the machine is never read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import Enum

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.case import Case
from enbloc.case.fact import Antithrombotic
from enbloc.case.finding import Findings
from enbloc.decide import antithrombotic, washout
from enbloc.decide.after_surgery import RESTART
from enbloc.decide.antithrombotic import Hold
from enbloc.decide.known import Known
from enbloc.decide.planned import HOUR, Span, lies_ahead, span_at
from enbloc.decide.situation import Circumstances, Situation
from enbloc.decide.washout import RESTART_BEVACIZUMAB, RESTART_OTHER, DrugClass, Taken
from enbloc.evidence import Checked, Threshold
from enbloc.value import value


class Passing(Enum):
    """What has passed on a day of the timeline."""

    WASH_OUT = "wash-out over"
    HOLD = "hold over"
    RESTART = "restart at the earliest"


@value
class Dated:
    """One entry: from ``earliest`` on, ``drug`` is out or may start again.

    ``at`` is its hour where hours count. Without a last dose, or with one that cannot be, there is no day, and ``ask``
    says what is missing; it may also say why the day is only a lower bound. ``days_left`` counts from the day of the
    case and is negative once the day has passed.
    """

    what: Passing
    drug: str
    about: str  # "patient", or the lesion that is operated on
    last: date | None = None  # the last dose, or the day of the operation for a restart
    earliest: date | None = None
    at: datetime | None = None
    days_left: int | None = None
    rule: str
    source: str
    checked: Checked
    ask: str = ""

    @property
    def words(self) -> str:
        """The entry as a line of a calendar."""
        return f"{self.drug}: {self.what.value}"


def timeline(case: Case, findings: Findings) -> tuple[Dated, ...]:
    """Every wash-out, hold and restart of a case, the soonest first, those without a day last."""
    about = _patient(case, findings)
    entries = [*_wash_outs(about), *_holds(about), *_restarts(about)]
    return tuple(sorted(entries, key=lambda one: (one.earliest or date.max, one.drug, one.about, one.source)))


def _patient(case: Case, findings: Findings) -> Situation:
    """The patient as the rules see a lesion, with nothing known of any lesion."""
    return Situation(
        about="patient",
        case=case,
        findings=Known(findings),
        scores=(),
        levels=(),
        histology=None,
        circumstances=Circumstances(as_of=case.stands_at),
    )


def _left(about: Situation, day: date | None) -> int | None:
    return None if day is None or about.today is None else (day - about.today).days


def _wash_outs(about: Situation) -> Iterator[Dated]:
    for one in _latest(about.case):
        limits = dict.fromkeys(limit for limit in (one.agent.hard, one.agent.longest) if limit is not None)
        yield from (_wash_out(about, one, limit) for limit in limits)
    for words in washout.unlisted(about.case):
        yield _without_a_row(words, "SYS-11", f"what kind of drug is {words!r}?")


def _latest(case: Case) -> tuple[Taken, ...]:
    """Each drug once, with its latest dose; one course without an end leaves the last dose open."""
    merged: dict[tuple[str, str], Taken] = {}
    for one in washout.taken(case):
        key = (one.agent.drug, one.words.casefold())
        before = merged.get(key)
        if before is None or (before.last is not None and (one.last is None or one.last > before.last)):
            merged[key] = one
    return tuple(merged.values())


def _wash_out(about: Situation, one: Taken, limit: Threshold) -> Dated:
    ask = f"which drug is {one.words!r}, and what are five of its half-lives?" if one.agent.is_group else ""
    if one.last is None:
        ask = f"day of the last dose of {one.words}"
    elif lies_ahead(one.last, about):
        ask = f"day of the last dose of {one.words}: it lies after the day of the case"
    earliest = None if one.last is None or lies_ahead(one.last, about) else one.earliest(limit)
    return Dated(
        what=Passing.WASH_OUT,
        drug=one.words,
        about="patient",
        last=one.last,
        earliest=earliest,
        days_left=_left(about, earliest),
        rule=one.agent.rule,
        source=limit.source,
        checked=limit.checked,
        ask=ask,
    )


def _holds(about: Situation) -> Iterator[Dated]:
    for hold in antithrombotic.holds(about):
        yield _hold(about, hold)
    taken = antithrombotic.drugs(about)
    if not isinstance(taken, Unknown) and Antithrombotic.OTHER in taken:
        yield _without_a_row("other antithrombotic", "STOP-16", "which other antithrombotic drug, and its last dose?")


def _without_a_row(drug: str, rule: str, ask: str) -> Dated:
    """A drug that no table knows is named, and asked about."""
    what = Passing.HOLD if rule == "STOP-16" else Passing.WASH_OUT
    return Dated(what=what, drug=drug, about="patient", rule=rule, source="project", checked=Checked.OURS, ask=ask)


def _hold(about: Situation, hold: Hold) -> Dated:
    last, at = antithrombotic.last_dose(about, hold), antithrombotic.ready_at(about, hold)
    ask = hold.last.ask if last is None else ""
    if last is not None and lies_ahead(last[0].date(), about):
        at, ask = None, f"{hold.last.ask}: it lies after the day of the case"
    limit = antithrombotic.applicable(about, hold)
    return Dated(
        what=Passing.HOLD,
        drug=hold.drug.value,
        about="patient",
        last=None if last is None else last[0].date(),
        earliest=None if at is None else at.date(),
        at=at,
        days_left=_left(about, None if at is None else at.date()),
        rule="ANES-06",
        source=limit.source,
        checked=limit.checked,
        ask=ask,
    )


def _restarts(about: Situation) -> Iterator[Dated]:
    """What may start again after each operation that has a day."""
    for lesion in about.case.lesions:
        at = about.findings.value(vocabulary.OPERATION_AT, lesion.id)
        if at is not None:
            yield from (_vegf(about, one, at.date(), lesion.id) for one in _latest(about.case) if _is_vegf(one))
            taken = (one for one in antithrombotic.holds(about) if one.is_treatment)
            yield from (_anticoagulant(about, one, span_at(at), lesion.id) for one in taken)


def _is_vegf(one: Taken) -> bool:
    return one.agent.kind is DrugClass.VEGF


def _vegf(about: Situation, one: Taken, day: date, lesion: str) -> Dated:
    limit = RESTART_BEVACIZUMAB if one.agent.drug == "bevacizumab" else RESTART_OTHER
    earliest = day + timedelta(days=limit.number)
    return Dated(
        what=Passing.RESTART,
        drug=one.words,
        about=lesion,
        last=day,
        earliest=earliest,
        days_left=_left(about, earliest),
        rule="STOP-17",
        source=limit.source,
        checked=limit.checked,
        ask="has the wound healed?",
    )


def _anticoagulant(about: Situation, hold: Hold, operation: Span, lesion: str) -> Dated:
    at = operation[1] + RESTART.number * HOUR
    return Dated(
        what=Passing.RESTART,
        drug=hold.drug.value,
        about=lesion,
        last=operation[0].date(),
        earliest=at.date(),
        at=at,
        days_left=_left(about, at.date()),
        rule="VTE-05",
        source=RESTART.source,
        checked=RESTART.checked,
        ask="drain out, neurology stable, surgeon's agreement?",
    )
