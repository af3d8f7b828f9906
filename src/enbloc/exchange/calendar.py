"""The timeline and the meetings of the board as calendars (iCalendar, RFC 5545), written whole or not at all.

What has a day becomes an event, what has none a to-do that says what to ask for. Nothing in it names the patient. The
same timeline gives the same bytes: stamps are of the day the case stands at, and no clock is read. A meeting is an
event that a later invitation replaces, and a cancellation takes away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from unicodedata import category
from uuid import UUID

from enbloc import __version__
from enbloc.case.board import Meeting
from enbloc.case.case import Case
from enbloc.case.override import Override
from enbloc.decide.overriding import strange
from enbloc.decide.timeline import Dated
from enbloc.errors import OutputError, RecordError

MAKER = "-//enbloc//timeline"
MEETINGS = "-//enbloc//board"
SUPPORT = "Decision support: confirm before acting."
DRAFT = "Not yet source-checked."
LONGEST_LINE = 75
"""Octets of a line of a calendar; a longer one is folded."""

_DAY = timedelta(days=1)
_LINE_END = "\r\n"
_HEAD = 200  # octets in which a calendar says who made it


def calendar(entries: Iterable[Dated], *, case: str, as_of: date | None, notes: tuple[str, ...] = ()) -> str:
    """The calendar of a timeline; ``notes`` (overridden stops) stand in its description and in that of each entry.

    ``case`` is the id of the case folder, which is no number of a hospital and no name: it tells the calendars of two
    patients apart, and makes the ids of the entries, so that a later calendar of the same case replaces them.

    Raises
    ------
    RecordError
        If the case stands at no day: then no entry can be stamped.
    """
    if as_of is None:
        raise RecordError("The case stands at no day, so nothing can be dated.", remedy="Give --as-of, as 2026-11-20.")
    about = "\n".join((f"Case {case}, as of {as_of.isoformat()}. {SUPPORT}", *notes))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{MAKER} {__version__}//EN",
        "CALSCALE:GREGORIAN",
        _text("NAME", f"enbloc case {case}"),
        _text("DESCRIPTION", about),
        _text("X-WR-CALDESC", about),  # what most programs show of it
    ]
    for one, name in _named(entries, case):
        lines += _component(one, name, as_of, (f"Case {case}.", *notes))
    return "".join(folded(line) for line in (*lines, "END:VCALENDAR"))


def calendar_of(case: Case, entries: Iterable[Dated]) -> str:
    """The calendar of a case, with every stop that a named person overrode.

    Raises
    ------
    RecordError
        If the case stands at no day.
    """
    return calendar(entries, case=case.id, as_of=case.stands_at, notes=notes_of(case))


def _named(entries: Iterable[Dated], case: str) -> Iterator[tuple[Dated, str]]:
    """Each entry with an id that stays when its day moves; what differs in nothing else is counted."""
    seen: Counter[str] = Counter()
    for one in entries:
        own = "\n".join((case, one.rule, one.source, one.what.value, one.subject, one.about, one.counted_from))
        seen[own] += 1
        made = sha256("\n".join((own, str(seen[own]))).encode()).hexdigest()
        yield one, f"{made[:32]}@enbloc"


def _component(one: Dated, name: str, as_of: date, notes: tuple[str, ...]) -> Iterator[str]:
    kind = "VTODO" if one.day is None else "VEVENT"
    yield f"BEGIN:{kind}"
    yield f"UID:{name}"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield from _when(one)
    yield _text("SUMMARY", summary(one))
    yield _text("DESCRIPTION", description(one, notes))
    yield "CLASS:PRIVATE"
    yield f"CATEGORIES:{_escaped(one.rule)}"
    if one.day is None:
        yield "STATUS:NEEDS-ACTION"
    else:
        yield "TRANSP:TRANSPARENT"  # it takes nobody's time
        yield from ("STATUS:TENTATIVE",) if one.is_draft or one.is_open else ()
    yield f"END:{kind}"


def _when(one: Dated) -> Iterator[str]:
    if one.day is None:
        return
    if one.at is not None and one.until is None:
        yield f"DTSTART:{_moment(one.at)}"
        return
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{(one.until or one.day) + _DAY:%Y%m%d}"  # the first day after it


def _moment(at: datetime) -> str:
    """In universal time where the record names its time zone, otherwise as the clock on the wall shows it."""
    return f"{at:%Y%m%dT%H%M%S}" if at.tzinfo is None else f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def summary(one: Dated) -> str:
    """The entry in a line: that it has passed, may not apply, or rests on a draft stands at its head."""
    marks = (
        ("reached" if one.what.is_beginning else "passed", one.has_passed),
        ("if it applies", one.is_open),
        ("draft", one.is_draft),
    )
    told = ", ".join(words for words, holds in marks if holds)
    about = "" if one.about == "patient" else f" (lesion {one.about})"
    return f"{f'[{told}] ' if told else ''}{one.words[0].upper()}{one.words[1:]}{about}"


def description(one: Dated, notes: tuple[str, ...] = ()) -> str:
    """Rule, source and mark, what it counts from, what to ask for, and what to do before anything is done."""
    since = f": {one.since.isoformat()}" if one.since else ""
    return "\n".join(
        (
            f"Rule {one.rule}; source {one.source}; mark {one.checked.value}.{f' {DRAFT}' if one.is_draft else ''}",
            f"Counted from {one.counted_from}{since}.",
            *((f"Sources disagree: {', '.join(one.disagrees)}.",) if one.disagrees else ()),
            *(("Its rule cannot be judged yet.",) if one.is_open else ()),
            *((f"Ask: {'; '.join(one.ask)}",) if one.ask else ()),
            SUPPORT,
            *notes,
        )
    )


# --- meetings ---------------------------------------------------------------------------------------------------------
INVITED = "Questions, missing items and documents of the cases stand in enbloc."


def invitation(meeting: Meeting, *, centre: str, version: int, changed: datetime, is_cancelled: bool = False) -> str:
    """A meeting as an event that calendars take in; of its cases it says the ids and nothing else.

    ``version`` is that of the meeting in the record and ``changed`` the moment when it was saved: a calendar that knows
    the meeting takes the later version, or takes it away if ``is_cancelled``. The hour is that of the clock on the wall
    where the meeting is held, for the record holds no time zone; a meeting without an hour takes the whole day, and one
    with an hour has no end, for nobody stated any.

    Raises
    ------
    RecordError
        If the moment of the change names no time zone: a stamp is in universal time.

    Examples
    --------
    >>> one = Meeting(id="7", day=date(2026, 11, 26), starts="14:00", title="Spine board")
    >>> moment = datetime(2026, 11, 20, tzinfo=UTC)
    >>> "DTSTART:20261126T140000" in invitation(one, centre="main", version=1, changed=moment)
    True
    """
    if changed.tzinfo is None:
        raise RecordError("The change of the meeting has no time zone.", remedy="Give the moment in universal time.")
    stamp = f"{changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{MEETINGS} {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if is_cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{_digest('meeting', centre, meeting.id).hex()}@enbloc",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        # Even for an invitation, odd for the cancellation of that version: each comes after all before it.
        f"SEQUENCE:{2 * version + is_cancelled}",
        # Nobody's address is in the record; an event that is published must name one all the same (RFC 5546, 3.2.1).
        f"ORGANIZER;CN=enbloc:{UUID(bytes=_digest('centre', centre)).urn}",
        *_held(meeting),
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(folded(line) for line in lines)


def _held(meeting: Meeting) -> Iterator[str]:
    """When and where, what it is called, and which cases come."""
    if meeting.starts:
        yield f"DTSTART:{meeting.day:%Y%m%d}T{meeting.starts.replace(':', '')}00"
    else:
        yield f"DTSTART;VALUE=DATE:{meeting.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{meeting.day + _DAY:%Y%m%d}"
    yield _text("SUMMARY", meeting.title)
    if meeting.place:
        yield _text("LOCATION", meeting.place)
    cases = ", ".join(item.case for item in meeting.agenda) or "none yet"
    yield _text("DESCRIPTION", f"Cases: {cases}.\n{INVITED}")


def _digest(*parts: str) -> bytes:
    return sha256("\n".join(parts).encode()).digest()[:16]


# --- lines ------------------------------------------------------------------------------------------------------------
def _text(name: str, words: str) -> str:
    return f"{name}:{_escaped(words)}"


def _escaped(words: str) -> str:
    """Text as a value: backslash, comma, semicolon and line end escaped, other control characters left out."""
    plain = "".join(sign for sign in words if sign == "\n" or category(sign) not in ("Cc", "Cf", "Cs"))
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, each further one after a space, and none cut within a letter.

    Examples
    --------
    >>> [len(piece.encode()) for piece in folded("DESCRIPTION:" + "ä" * 80).splitlines()]
    [74, 75, 25]
    """
    pieces, piece = [], ""
    for sign in line:
        if len(f"{piece}{sign}".encode()) > LONGEST_LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "".join(f"{each}{_LINE_END}" for each in (*pieces, piece))


# --- the file ---------------------------------------------------------------------------------------------------------
def notes_of(case: Case) -> tuple[str, ...]:
    """Every override of a stop that counts, in a sentence: it stays printed wherever the case goes."""
    void = {unmet.override for unmet in strange(case)}
    return tuple(_override(one) for one in case.overrides if one not in void)


def _override(one: Override) -> str:
    act = one.act or "every act"
    return f"Stop overridden: {one.stop}, {act}, about {one.about}, by {one.by} on {one.on}: {one.because}"


def fit_calendar(file: Path, *, beside: Path) -> None:
    """Refuse a place that no calendar can be written to, before anything is computed.

    Raises
    ------
    OutputError
        If it lies in the folder ``beside`` (a case holds the record and no results), or something else stands there.
    """
    with _told(file):
        target = file.resolve()
        if beside.resolve() in target.parents:
            raise OutputError(
                "It lies inside the case folder, which holds the record and no results.",
                remedy="Choose a place beside it.",
                where=file.name,
            )
        if target.exists() and not _is_ours(target):
            raise OutputError("There is something else of that name.", remedy="Choose another name.", where=file.name)
        if not target.parent.is_dir():
            raise OutputError("There is no such folder.", remedy="Make it, or choose another.", where=file.name)


def write_calendar(text: str, file: Path) -> None:
    """Write a calendar to a file in one step: it is there whole, or what stood there before is untouched.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    draft = file.with_name(f".{file.name}.new")
    with _told(file):
        try:
            draft.write_bytes(text.encode())
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """What the disk refuses, in a line."""
    try:
        yield
    except OSError as fault:
        why = fault.strerror or "the disk refused"
        raise OutputError(f"It cannot be written ({why}).", remedy="Choose another place.", where=file.name) from fault


def _is_ours(file: Path) -> bool:
    """Whether an earlier calendar of enbloc stands there, which may be replaced."""
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        return f"PRODID:{MAKER}".encode() in stream.read(_HEAD)
