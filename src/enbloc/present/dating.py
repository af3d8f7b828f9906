"""The timeline put into words: how far each day lies from the day of the case, and what waits for an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from enbloc.decide.timeline import Dated, Passing
from enbloc.present import words
from enbloc.present.counsel import DayRow, Days, Undated

LONG_PAST = -30
"""Days before the day of the case from which on an entry is told in the annex alone."""

_KIND = {
    Passing.LATEST: "by",
    Passing.LAST_DOSE: "by",
    Passing.USABLE: "until",
    Passing.WATCH: "until",
    Passing.NEEDED: "until",
    Passing.EARLIEST: "from",
    Passing.RESTART: "from",
    Passing.NOT_BEFORE: "from",
    Passing.WASH_OUT: "from",
    Passing.HOLD: "from",
    Passing.BEST: "on",
    Passing.DUE: "on",
}
"""How each kind of day is drawn: a bar up to it, a bar that begins there, or the day alone."""


def days(those: Iterable[Dated], as_of: date | None, *, several: bool) -> Days:
    """What has a day and what has none; what lies long past is kept apart."""
    entries = tuple(those)
    rows = [_row(one, as_of, several) for one in entries if one.day is not None]
    past = [one for one in rows if one.last is not None and one.last < LONG_PAST]
    return Days(
        rows=tuple(one for one in rows if one not in past),
        past=tuple(past),
        undated=tuple(_undated(one for one in entries if one.day is None)),
    )


def _row(one: Dated, as_of: date | None, several: bool) -> DayRow:
    first = None if as_of is None or one.day is None else (one.day - as_of).days
    last = first if as_of is None or one.until is None else (one.until - as_of).days
    tail = f" ({one.about})" if several and one.about != "patient" else ""
    return DayRow(
        words=f"{one.subject}{tail}",
        about=one.about,
        what=one.what.value,
        when=_when(one),
        left=_left(first, last),
        counted=f"{one.counted_from} {words.day(one.since)}" if one.since else one.counted_from,
        rule=one.rule,
        mark=one.checked.value,
        is_draft=one.is_draft,
        is_open=one.is_open,
        first=first,
        last=last,
        kind="window" if one.until else _KIND[one.what],
        note="; ".join(one.ask),
    )


def _when(one: Dated) -> str:
    day = words.day(one.day)
    hour = f" {one.at:%H:%M}" if one.at is not None else ""
    return f"{day}{hour} to {words.day(one.until)}" if one.until else f"{day}{hour}"


def _left(first: int | None, last: int | None) -> str:
    """How far it lies from the day of the case.

    Examples
    --------
    >>> _left(0, 0), _left(1, 1), _left(-2, -2), _left(-1, 3)
    ('today', 'in 1 day', '2 days ago', 'now, to the end in 3 days')
    """
    if first is None or last is None:
        return ""
    if first < 0 <= last:
        return f"now, to the end {_left(last, last)}"
    if first == 0:
        return "today"
    count = abs(first if first > 0 else last)
    said = f"{count} day{'s' if count > 1 else ''}"
    return f"in {said}" if first > 0 else f"{said} ago"


def _undated(those: Iterable[Dated]) -> Iterator[Undated]:
    """Entries that wait for the same first answer stand together."""
    waiting: dict[str, list[str]] = {}
    for one in those:
        ask = one.ask[0] if one.ask else "the day that it counts from"
        waiting.setdefault(ask, []).append(f"{one.subject} ({one.rule})")
    for ask, entries in waiting.items():
        yield Undated(ask=ask, entries=tuple(dict.fromkeys(entries)))


def clock_of(rule: str, about: str, those: Iterable[Dated]) -> str:
    """The clock of a rule, from the timeline: its first day that is a limit, or what it waits for."""
    mine = [one for one in those if one.rule == rule and one.about in (about, "patient") and _KIND[one.what] == "by"]
    dated = [one for one in mine if one.day is not None]
    if dated:
        first = dated[0]
        left = "" if first.days_left is None else f", {_left(first.days_left, first.days_left)}"
        return f"by {_when(first)}{left}"
    asks = dict.fromkeys(ask for one in mine for ask in one.ask[:1])
    return f"clock not known: {'; '.join(asks)}" if asks else ""
