"""An entry of the timeline: one day of a case, what it counts from, and the rule that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact
from enbloc.decide.circumstances import PlanFacts
from enbloc.decide.decision import Act
from enbloc.decide.planned import DAY, HOUR, lies_ahead
from enbloc.decide.rule import Advice, Rule, Verdict
from enbloc.decide.situation import Situation
from enbloc.decide.surveillance import later
from enbloc.evidence import Checked, Threshold
from enbloc.evidence import limit as evidence_limit
from enbloc.value import value

PATIENT = "patient"


class Passing(Enum):
    """What a day of the timeline means."""

    LATEST = "at the latest"
    EARLIEST = "at the earliest"
    BEST = "by default"
    DUE = "due"
    USABLE = "may be used until"
    WATCH = "watched for until"
    NEEDED = "needed until"
    WASH_OUT = "wash-out over"
    HOLD = "hold over"
    RESTART = "restart at the earliest"
    NOT_BEFORE = "not before"  # counted back from what it precedes
    LAST_DOSE = "last dose at the latest"  # counted back from what it precedes

    @property
    def is_counted_back(self) -> bool:
        """Whether its day lies before the day that it counts from."""
        return self in (Passing.NOT_BEFORE, Passing.LAST_DOSE)

    @property
    def is_beginning(self) -> bool:
        """Whether something may be done from its day on: once it has passed, nothing is late."""
        return self in (
            Passing.EARLIEST,
            Passing.BEST,
            Passing.WASH_OUT,
            Passing.HOLD,
            Passing.RESTART,
            Passing.NOT_BEFORE,
        )

    @property
    def is_safer_late(self) -> bool:
        """Whether the later of two days is the careful reading: what goes on until then, or must wait for it."""
        return self in (Passing.EARLIEST, Passing.WATCH, Passing.NEEDED, Passing.HOLD, Passing.RESTART)


@value
class Dated:
    """One entry: what (``subject``), about whom, and its day with the rule that it comes from.

    ``day`` is the day itself or the first of a window that ends on ``until``; ``at`` is its hour where hours count and
    the hour of what it counts from is known. Without a day ``ask`` says what is missing; with one it says what else
    must be known, or why the day is only a bound. ``days_left`` counts from the day of the case to the last day, and is
    negative once that has passed. ``is_open`` says that the rule itself cannot be judged yet.
    """

    what: Passing
    subject: str
    about: str  # "patient", or the id of a lesion
    counted_from: str  # in words: "last dose", "first presentation with the deficit"
    since: date | None = None
    day: date | None = None
    at: datetime | None = None
    until: date | None = None
    days_left: int | None = None
    rule: str
    source: str
    checked: Checked
    disagrees: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def words(self) -> str:
        """The entry as a line of a calendar."""
        return f"{self.subject}: {self.what.value}"

    @property
    def has_passed(self) -> bool:
        """Whether its last day lies before the day of the case."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_draft(self) -> bool:
        """Whether it rests on a row that nobody has compared with its source."""
        return self.checked.is_draft


# --- what it counts from ----------------------------------------------------------------------------------------------
@value
class Since:
    """The moment that an entry counts from; without a day, ``ask`` says what to ask for."""

    words: str
    day: date | None = None
    at: datetime | None = None  # its hour, where that is known
    ask: tuple[str, ...] = ()


def since_day(words: str, day: date | None, ask: str) -> Since:
    """A day of which the hour is not known."""
    return Since(words=words, day=day, ask=() if day else (ask,))


def since_moment(about: Situation, named: Fact[datetime], *, is_planned: bool = False) -> Since:
    """A moment of the record; one that has happened and is dated after the day of the case is not believed."""
    at = about.known(named)
    if at is None:
        return Since(words=named.words, ask=(named.ask,))
    if not is_planned and lies_ahead(at.date(), about):
        return Since(words=named.words, ask=(f"{named.ask}: it lies after the day of the case",))
    # Midnight is how a day is written of which the hour is not known.
    hour = None if at.replace(tzinfo=None).time() == time() else at
    return Since(words=named.words, day=at.date(), at=hour, ask=())


# --- counting ---------------------------------------------------------------------------------------------------------
_HOURS = {"h", "hours"}
_DAYS = {"days": 1, "week": 7, "weeks": 7}


def moved(since: Since, limit: Threshold, what: Passing = Passing.LATEST) -> tuple[date | None, datetime | None]:
    """The day, and the hour if there is one, on which a limit is reached.

    Hours that count from a day without its hour are read carefully: a time limit ends with the last whole day within
    it, and what must wait or go on does so until the last day that it may reach.

    Examples
    --------
    >>> from enbloc.decide.red_flags import MRI_WITHIN
    >>> moved(Since(words="presentation", day=date(2026, 11, 19)), MRI_WITHIN)
    (datetime.date(2026, 11, 19), None)
    """
    if since.day is None:
        return None, None
    if limit.unit in _HOURS and since.at is not None:
        at = since.at + limit.number * HOUR
        return at.date(), at
    if limit.unit in _HOURS:
        whole = int(limit.number * HOUR / DAY)
        return since.day + timedelta(days=whole if what.is_safer_late else max(0, whole - 1)), None
    if limit.unit == "months":
        return later(since.day, limit.number), None
    days = limit.number * _DAYS[limit.unit] + (limit.comparator == ">")  # more than seven days: the eighth
    return since.day + timedelta(days=days), None


def days_left(about: Situation, day: date | None) -> int | None:
    """Days from the day of the case; nothing if either is unknown."""
    return None if day is None or about.today is None else (day - about.today).days


# --- judging ----------------------------------------------------------------------------------------------------------
def heard(about: Situation, rule: Rule, acts: Iterable[Act] = ()) -> Verdict:
    """What a rule says of a lesion, or of the acts that it concerns: that it speaks goes before that it is open."""
    said: Verdict = None
    for one in _planned(about, acts):
        verdict = rule(one)
        if isinstance(verdict, Advice):
            return verdict
        said = verdict if said is None else said
    return said


def _planned(about: Situation, acts: Iterable[Act]) -> Iterator[Situation]:
    """A situation for each act; that of the lesion itself where no act is named."""
    plans = [PlanFacts(act=act, about=about.about, levels=about.levels) for act in acts]
    yield from (replace(about, planned=plan) for plan in plans)
    if not plans:
        yield about


def counted(
    about: Situation,
    what: Passing,
    subject: str,
    since: Since,
    limit: Threshold,
    *,
    rule: str,
    to: Threshold | None = None,
    ask: Iterable[str] = (),
    disagrees: tuple[str, ...] = (),
    of_patient: bool = False,
) -> Dated:
    """The entry that lies ``limit`` after ``since``; ``to`` ends a window that begins there."""
    # A window opens as late, and closes as early, as the hour that is not known may make it.
    day, at = moved(since, limit, what if to is None else Passing.EARLIEST)
    until = None if to is None else moved(since, to)[0]
    hourless = since.day is not None and since.at is None and limit.unit in _HOURS
    return Dated(
        what=what,
        subject=subject,
        about=PATIENT if of_patient else about.about,
        counted_from=since.words,
        since=since.day,
        day=day,
        at=at,
        until=until,
        days_left=days_left(about, until or day),
        rule=rule,
        source=limit.source,
        checked=weakest(limit.checked, *(() if to is None else (to.checked,))),
        disagrees=disagrees,
        ask=tuple(dict.fromkeys((*since.ask, *((f"hour of this: {since.words}",) if hourless else ()), *ask))),
    )


def judged(
    about: Situation,
    rule: Rule,
    verdict: Verdict,
    what: Passing,
    subject: str,
    since: Since,
    limit: Threshold | None,
    *,
    to: Threshold | None = None,
    ask: Iterable[str] = (),
    disagrees: tuple[str, ...] = (),
    of_patient: bool = False,
) -> Dated:
    """The entry of a rule that holds or is open: as ``counted``, and without a ``limit`` on the very day."""
    made = counted(
        about,
        what,
        subject,
        since,
        limit or _same_day(rule),
        rule=rule.id,
        to=to,
        ask=(*ask, *(sorted(verdict.ask) if isinstance(verdict, Unknown) else ())),
        disagrees=tuple(dict.fromkeys((*rule.disagrees, *disagrees))),
        of_patient=of_patient,
    )
    return replace(made, checked=weakest(made.checked, rule.checked), is_open=isinstance(verdict, Unknown))


def _same_day(rule: Rule) -> Threshold:
    named = ", ".join(one.key for one in rule.cites)
    return evidence_limit(f"same day ({rule.id})", 0, "days", "<=", named, rule.checked)


def weakest(first: Checked, *others: Checked) -> Checked:
    """The mark of what rests on several: a draft if any of them is one."""
    return next((one for one in others if one.is_draft), first)
