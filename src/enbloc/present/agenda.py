"""The agenda of a meeting: of each case what the board is asked, how it stands, and what to bring that is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from enbloc.case.board import Meeting
from enbloc.present import words
from enbloc.present.board_paper import Head, board_paper, held_on, joint_banner
from enbloc.present.minutes import names_of
from enbloc.present.presented import Presented
from enbloc.value import value

_SHEETS = ("board_parts", "agenda")


@value
class AgendaCase:
    """One case of the agenda."""

    number: int
    question: str
    lesions: str
    shown: Presented


@value
class Agenda:
    """Everything that an agenda says."""

    title: str
    held: str
    chair: str
    counts: tuple[str, ...]
    cases: tuple[AgendaCase, ...]


def agenda_pdf(meeting: Meeting, shown: Sequence[Presented], *, names: Mapping[str, str] | None = None) -> bytes:
    """The agenda as PDF/UA-1, with boxes to tick for what is missing; the same meeting gives the same bytes.

    ``shown`` are its cases as they stand, in the order of its agenda.
    """
    content = agenda(meeting, shown, names=names)
    banner = joint_banner(one.banner for one in shown)
    head = Head(title="Agenda", about=f"board of {meeting.day.isoformat()}", banner=banner)
    return board_paper(_SHEETS, head, {"agenda": asdict(content)})


def agenda(meeting: Meeting, shown: Sequence[Presented], *, names: Mapping[str, str] | None = None) -> Agenda:
    """The words of an agenda."""
    known = names_of(meeting, names)
    cases = tuple(
        AgendaCase(number=nth, question=item.question, lesions=words.sentence_list(item.lesions), shown=one)
        for nth, (item, one) in enumerate(zip(meeting.agenda, shown, strict=True), 1)
    )
    return Agenda(
        title=meeting.title,
        held=held_on(meeting),
        chair=known.get(meeting.chair, meeting.chair),
        counts=_counts(cases),
        cases=cases,
    )


def _counts(cases: Sequence[AgendaCase]) -> tuple[str, ...]:
    missing = sum(len(one.shown.missing) for one in cases)
    unread = sum(not one.shown.fingerprint for one in cases)
    told = (words.counted(len(cases), "case"), words.counted(missing, "missing item"))
    return (*told, *((f"{unread} not worked up",) if unread else ()))
