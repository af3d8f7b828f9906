"""The minutes of a meeting of the board: who was there, and of each case what was asked, presented and decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict

from enbloc.case.board import AgendaItem, Attendance, Joined, Meeting, MeetingState, Specialty
from enbloc.present import words
from enbloc.present.board_paper import Head, board_paper, held_on, joint_banner
from enbloc.present.decision_sheet import DecisionSheet, Settled, TaskRow, decision_of, decision_sheet, moment
from enbloc.present.presented import Presented
from enbloc.present.spoken import Asked, AskedRow, Looked, LookedRow, asked_rows, looked_row
from enbloc.value import value

_SHEETS = ("board_parts", "minutes")
FULL_BOARD = tuple(Specialty)[:5]
"""Whom MDT-01 asks to every full board; the others come by plan, or are standing members."""
STANDING = (Specialty.PALLIATIVE_CARE, Specialty.REHABILITATION)
NO_DECISION = "NO DECISION"


@value
class Heard:
    """A case of a meeting: as it was presented, what was said of it, and what was settled about its lesions."""

    shown: Presented
    item: AgendaItem
    settled: tuple[Settled, ...] = ()
    asked: tuple[Asked, ...] = ()
    looked: tuple[Looked, ...] = ()


@value
class Present:
    """Those of one specialty who took part."""

    specialty: str
    people: str


@value
class CaseMinutes:
    """One case of the minutes."""

    number: int
    question: str
    lesions: str
    shown: Presented
    asked: tuple[AskedRow, ...]
    looked: tuple[LookedRow, ...]
    decisions: tuple[DecisionSheet, ...]
    undecided: tuple[str, ...]  # lesions of the agenda that nothing was decided about
    standing: str


@value
class Minutes:
    """Everything that the minutes say."""

    title: str
    held: str
    chair: str
    state: str
    is_closed: bool
    closed: str  # who closed it and when
    counts: tuple[str, ...]
    attendance: tuple[Present, ...]
    absent: tuple[str, ...]  # of the full board
    away: tuple[str, ...]  # of the standing members
    cases: tuple[CaseMinutes, ...]
    by_phone: tuple[CaseMinutes, ...]  # numbered 0: they are not of the agenda
    tasks: tuple[TaskRow, ...]
    is_extract: bool  # of one decision, where cases and tasks need no list


def minutes_pdf(
    meeting: Meeting,
    heard: Sequence[Heard],
    *,
    by_phone: Sequence[Heard] = (),
    closed: str = "",
    names: Mapping[str, str] | None = None,
) -> bytes:
    """The minutes of a meeting as PDF/UA-1; the same meeting and decisions give the same bytes.

    ``heard`` are its cases in the order of the agenda, ``by_phone`` the decisions out of hours that this meeting
    ratified or left to be ratified, ``closed`` says who closed it and when, and ``names`` are those of people by the
    names that they sign in with.
    """
    content = minutes(meeting, heard, by_phone=by_phone, closed=closed, names=names)
    banner = joint_banner(one.shown.banner for one in (*heard, *by_phone))
    head = Head(title="Minutes", about=f"board of {meeting.day.isoformat()}", banner=banner)
    return board_paper(_SHEETS, head, {"minutes": asdict(content)})


def decision_pdf(heard: Heard, *, meeting: Meeting | None = None, names: Mapping[str, str] | None = None) -> bytes:
    """The minutes of one decision, the first of ``heard``, as PDF/UA-1; the same decision gives the same bytes.

    ``meeting`` is that which it was made in; nothing for one by phone.
    """
    content = extract(heard, meeting=meeting, names=names)
    head = Head(title="Decision", about=decision_of(heard.settled[0].decision), banner=heard.shown.banner)
    return board_paper(_SHEETS, head, {"minutes": asdict(content)})


def minutes(
    meeting: Meeting,
    heard: Sequence[Heard],
    *,
    by_phone: Sequence[Heard] = (),
    closed: str = "",
    names: Mapping[str, str] | None = None,
) -> Minutes:
    """The words of the minutes."""
    known = names_of(meeting, names)
    cases = tuple(_case(nth, one, known) for nth, one in enumerate(heard, 1))
    phoned = tuple(_case(0, one, known) for one in by_phone)
    there = {one.specialty for one in meeting.attendance}
    return Minutes(
        title=meeting.title,
        held=held_on(meeting),
        chair=known.get(meeting.chair, meeting.chair),
        state=meeting.state.value.upper(),
        is_closed=meeting.state is MeetingState.CLOSED,
        closed=closed,
        counts=tuple(_counts(cases, phoned)),
        attendance=tuple(_present(meeting.attendance)),
        absent=tuple(one.value for one in FULL_BOARD if one not in there),
        away=tuple(one.value for one in STANDING if one not in there),
        cases=cases,
        by_phone=phoned,
        tasks=_tasks(each for one in (*cases, *phoned) for each in one.decisions),
        is_extract=False,
    )


def extract(heard: Heard, *, meeting: Meeting | None = None, names: Mapping[str, str] | None = None) -> Minutes:
    """The words of the minutes of one decision; who took part is who is written in it."""
    one = heard.settled[0].decision
    by_phone = f"by phone · {moment(one.at)}"
    return Minutes(
        title=f"Decision about case {one.case}, lesion {one.lesion}",
        held=f"{meeting.title} · {held_on(meeting)}" if meeting else by_phone,
        chair="",
        state="EXTRACT",
        is_closed=True,
        closed="",
        counts=(),
        attendance=tuple(_present(one.attendance)),
        absent=(),
        away=(),
        cases=(_case(1, heard, names or {}),),
        by_phone=(),
        tasks=(),
        is_extract=True,
    )


def names_of(meeting: Meeting, names: Mapping[str, str] | None) -> Mapping[str, str]:
    """The names of people by those that they sign in with; who attended is known by the name written there."""
    return {one.person: one.name for one in meeting.attendance if one.person} | dict(names or {})


def _present(those: Iterable[Attendance]) -> Iterator[Present]:
    attended = list(those)
    for specialty in Specialty:
        people = [_name(one) for one in attended if one.specialty is specialty]
        if people:
            yield Present(specialty=specialty.value, people=" · ".join(people))


def _name(one: Attendance) -> str:
    return one.name if one.how is Joined.IN_THE_ROOM else f"{one.name} ({one.how.value})"


def _case(number: int, one: Heard, names: Mapping[str, str]) -> CaseMinutes:
    spoken = one.shown.spoken
    sheets = tuple(decision_sheet(each, names=names, spoken=spoken(each.decision.lesion)) for each in one.settled)
    decided = {each.lesion for each in sheets}
    return CaseMinutes(
        number=number,
        question=one.item.question,
        lesions=words.sentence_list(one.item.lesions) if one.item.lesions else "",
        shown=one.shown,
        asked=asked_rows(one.asked, names),
        looked=tuple(looked_row(each, names, spoken(each.lesion)) for each in one.looked),
        decisions=sheets,
        undecided=tuple(each for each in one.item.lesions if each not in decided),
        standing=" · ".join(dict.fromkeys(each.standing for each in sheets)) or NO_DECISION,
    )


def _counts(cases: Sequence[CaseMinutes], by_phone: Sequence[CaseMinutes]) -> Iterator[str]:
    every = [each for one in (*cases, *by_phone) for each in one.decisions]
    without = sum(not one.decisions for one in cases)
    pending = sum(each.is_pending for each in every)
    yield words.counted(len(cases), "case")
    yield words.counted(sum(len(one.decisions) for one in cases), "decision")
    yield from (f"{without} without a decision",) if without else ()
    yield from (f"{len(by_phone)} decided by phone before",) if by_phone else ()
    yield from (f"{pending} to be ratified",) if pending else ()
    yield words.counted(sum(len(each.tasks) for each in every), "task")


def _tasks(sheets: Iterable[DecisionSheet]) -> tuple[TaskRow, ...]:
    every = [task for one in sheets for task in one.tasks]
    return tuple(sorted(every, key=lambda one: (one.due, one.owner, one.case, one.what)))
