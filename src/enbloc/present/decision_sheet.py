"""A decision of the board in words: every item that MDT-04 asks for, and what nobody stated told as missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from enbloc.case.board import Attendance, Choice, DecidedOn, Decision, Joined, Stated, Task, Way
from enbloc.case.override import Override
from enbloc.decide import RULES
from enbloc.decide.board import OUTPUT
from enbloc.present import words
from enbloc.present.counsel import OverrideRow
from enbloc.value import value

CERTAINTY, NOMS, MARGIN, OPTIONS, CONSENT, RESPONSIBLE, DEADLINE = OUTPUT
TO_RATIFY = "TO BE RATIFIED"
_SHORT = 16  # letters of a fingerprint, as at the foot of every page


@value
class Settled:
    """A decision with what became of it.

    ``ratified`` says who ratified one by phone and when, ``superseded`` which decision replaced it and when.
    """

    decision: Decision
    ratified: str = ""
    superseded: str = ""


@value
class Item:
    """One thing that MDT-04 asks for: what was stated, and whether nothing was."""

    label: str
    said: str
    is_missing: bool = False


@value
class OptionSaid:
    """An option with the reason for or against it."""

    words: str
    because: str


@value
class Voice:
    """Somebody by name, and the reason."""

    name: str
    because: str


@value
class Objection:
    """A rule that somebody does not agree with; its statement is empty for one that is not known."""

    rule: str
    is_draft: bool
    statement: str
    name: str
    because: str


@value
class TaskRow:
    """What was to be done, by whom and by when, as it was given out."""

    what: str
    case: str
    owner: str
    due: str


@value
class DecisionSheet:
    """Everything that is told of one decision."""

    lesion: str
    standing: str  # "DECIDED", "TO BE RATIFIED", "BY PHONE, RATIFIED"
    is_pending: bool
    way: str
    emergency: str
    on: str  # what it was decided on
    change: str  # "decided on version 3, confirmed after change to version 4"; empty where nothing changed
    chosen: OptionSaid | None
    rejected: tuple[OptionSaid, ...]
    items: tuple[Item, ...]  # what else MDT-04 asks for
    consent: tuple[str, ...]
    missing: tuple[str, ...]
    overrides: tuple[OverrideRow, ...]
    dissent: tuple[Voice, ...]
    objections: tuple[Objection, ...]
    tasks: tuple[TaskRow, ...]
    attendance: str
    ratified: str
    supersedes: str
    superseded: str
    recorded: str


def decision_sheet(
    made: Settled, *, names: Mapping[str, str] | None = None, spoken: Mapping[str, str] | None = None
) -> DecisionSheet:
    """A decision in words; ``names`` are those of people by the names that they sign in with, beside those of who
    took part, ``spoken`` how its options were called by their acts.
    """
    one, called = made.decision, spoken or {}
    known = {each.person: each.name for each in one.attendance if each.person} | dict(names or {})
    return DecisionSheet(
        lesion=one.lesion,
        standing=_standing(made),
        is_pending=_is_pending(made),
        way=one.way.value,
        emergency=one.emergency,
        on=decided_on(one.of),
        change=_change(one),
        chosen=_option(one.chosen, called) if one.chosen else None,
        rejected=tuple(_option(each, called) for each in one.rejected),
        items=tuple(_items(one, known)),
        consent=one.consent,
        missing=one.missing,
        overrides=tuple(_override(each) for each in one.overrides),
        dissent=tuple(Voice(name=each.name, because=each.because) for each in one.dissent),
        objections=tuple(_objection(each.rule, each.name, each.because) for each in one.disagreements),
        tasks=tuple(task_row(each, known) for each in one.tasks),
        attendance=took_part(one.attendance),
        ratified=made.ratified,
        supersedes=one.supersedes,
        superseded=made.superseded,
        recorded=f"Recorded by {known.get(one.by, one.by)}, {moment(one.at)}.",
    )


def _is_pending(made: Settled) -> bool:
    return made.decision.way is Way.QUORUM and not made.ratified


def _standing(made: Settled) -> str:
    if _is_pending(made):
        return TO_RATIFY
    if made.decision.chosen is None:
        return "NO OPTION CHOSEN"
    return "DECIDED" if made.decision.way is Way.MEETING else "BY PHONE, RATIFIED"


def decided_on(of: DecidedOn) -> str:
    """The version of the case, and the result that was looked at."""
    if not of.fingerprint:
        return f"version {of.version}, not worked up"
    older = f" of version {of.worked_up}" if of.worked_up != of.version else ""
    return f"version {of.version}, result {of.result}{older}, {of.fingerprint[:_SHORT]}"


def decision_of(one: Decision) -> str:
    """A decision by its day, for the head of a page."""
    return f"decision of {one.at:%Y-%m-%d}"


def _change(one: Decision) -> str:
    if one.confirmed is None:
        return ""
    return f"Decided on {decided_on(one.of)}; confirmed after change to {decided_on(one.confirmed)}."


def option_words(one: Choice, spoken: Mapping[str, str]) -> str:
    """An option as it was called, or by its act, and its plan where it has one."""
    called = one.called or spoken.get(one.act, one.act)
    return called if one.plan in ("", called) else f"{called}: {one.plan}"


def _option(one: Choice, spoken: Mapping[str, str]) -> OptionSaid:
    return OptionSaid(words=option_words(one, spoken), because=one.because)


def _items(one: Decision, names: Mapping[str, str]) -> Iterator[Item]:
    yield _item(CERTAINTY, one.certainty or "")
    yield _item(NOMS, _stated(one.noms))
    yield _item(MARGIN, _stated(one.margin))
    yield _item(CONSENT, "; ".join(one.consent))
    yield _item(RESPONSIBLE, names.get(one.responsible, one.responsible) if one.responsible else "")
    yield _item(DEADLINE, one.deadline.isoformat() if one.deadline else "")


def _item(label: str, said: str) -> Item:
    return Item(label=label, said=said, is_missing=not said)


def _stated(one: Stated | None) -> str:
    if one is None:
        return ""
    return one.words or f"none: {one.why_none}"


def _override(one: Override) -> OverrideRow:
    about = "the patient" if one.about == "patient" else f"lesion {one.about}"
    return OverrideRow(
        stop=one.stop,
        where=f"{about}, {one.act or 'every act'}",
        by=one.by,
        on=words.day(one.on),
        because=one.because,
        do=_statement(one.stop),
    )


def _objection(id: str, name: str, because: str) -> Objection:
    known = RULES.get(id)
    is_draft = known is not None and known.checked.is_draft
    return Objection(rule=id, is_draft=is_draft, statement=_statement(id), name=name, because=because)


def _statement(id: str) -> str:
    known = RULES.get(id)
    return " ".join(known.statement.split()) if known else ""


def task_row(one: Task, names: Mapping[str, str]) -> TaskRow:
    """A task in words."""
    return TaskRow(what=one.what, case=one.case, owner=names.get(one.owner, one.owner), due=one.due.isoformat())


def took_part(those: Iterable[Attendance]) -> str:
    """Who took part, in a line: name, specialty, and how, where not in the room."""
    return "; ".join(_person(one) for one in those)


def _person(one: Attendance) -> str:
    how = "" if one.how is Joined.IN_THE_ROOM else f", {one.how.value}"
    return f"{one.name} ({one.specialty.value}{how})"


def moment(at: datetime) -> str:
    """A moment to the minute, in universal time where it names its time zone.

    Examples
    --------
    >>> moment(datetime(2026, 11, 26, 14, 5, tzinfo=UTC)), moment(datetime(2026, 11, 26, 14, 5))
    ('2026-11-26 14:05 UTC', '2026-11-26 14:05')
    """
    return f"{at:%Y-%m-%d %H:%M}" if at.tzinfo is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
