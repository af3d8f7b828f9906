"""What has happened in a case on one axis: what was treated, examined and imaged, in days from the day of the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal

from enbloc.case.case import Case
from enbloc.present import words
from enbloc.value import value

EventKind = Literal["treatment", "image", "neurology", "statement", "confirmation", "override"]


@value
class Event:
    """One event of the record; ``first`` and ``last`` are days from the day of the case, negative where it is past."""

    kind: EventKind
    words: str
    when: str  # "2026-11-08", "2026-10-01 to 2026-10-14"
    first: int | None  # nothing where its day is not known
    last: int | None  # nothing where its end is not known


@value
class Timeline:
    """The events of a record, the earliest first, those without a day last."""

    as_of: str  # the day that days count from; empty if there is none
    events: tuple[Event, ...]


def timeline(case: Case) -> Timeline:
    """What the record says has happened: a row for each kind is drawn from it, beside the days that are due."""
    today = case.stands_at
    events = sorted(_events(case, today), key=lambda one: (one.first is None, one.first or 0))
    return Timeline(as_of=today.isoformat() if today else "", events=tuple(events))


def _events(case: Case, today: date | None) -> Iterator[Event]:
    for treated in case.treatments:
        at = f", {words.levels(treated.levels)}" if treated.levels else ""
        said = f"{treated.kind.value}: {treated.what}{at}"
        yield _event("treatment", said, today, treated.started or treated.ended, treated.ended)
    for role, scan in case.images.items():
        earlier = ", to compare with" if scan.earlier else ""
        kind = scan.modality.value if role == scan.modality.value.lower() else f"{scan.modality.value} {role}"
        yield _event("image", f"{kind}{earlier}", today, scan.date, scan.date)
    now = case.neurology
    if now.since:
        yield _event("neurology", "deficit began", today, now.since, now.since)
    if now.examined:
        yield _event("neurology", f"neurology examined{_graded(case)}", today, now.examined, now.examined)
    yield from _stated(case, today)


def _graded(case: Case) -> str:
    now = case.neurology
    parts = [f"ASIA impairment scale {now.ais.value}"] if now.ais else []
    parts += [f"walking: {now.ambulation.value}"] if now.ambulation else []
    return f": {', '.join(parts)}" if parts else ""


def _stated(case: Case, today: date | None) -> Iterator[Event]:
    """What persons stated, a line a day; what they confirmed and what they overrode, each by name."""
    days = Counter(on for on in (*(one.on for one in case.findings), *(one.on for one in case.forms)) if on)
    for on, count in days.items():
        yield _event("statement", words.counted_words(str(count), "entry", "entries"), today, on, on)
    for confirmed in case.confirmations:
        said = f"{confirmed.of.value} confirmed by {confirmed.by}"
        yield _event("confirmation", said, today, confirmed.on, confirmed.on)
    for override in case.overrides:
        said = f"{override.stop} overridden by {override.by}"
        yield _event("override", said, today, override.on, override.on)


def _event(kind: EventKind, said: str, today: date | None, first: date | None, last: date | None) -> Event:
    same = first == last
    return Event(
        kind=kind,
        words=said,
        when=words.day(first) if same else f"{words.day(first)} to {words.day(last)}",
        first=_days(today, first),
        last=_days(today, last),
    )


def _days(today: date | None, day: date | None) -> int | None:
    return None if today is None or day is None else (day - today).days
