"""The papers of a board: minutes, agenda and invitation of a meeting, and the documents of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Response

from enbloc.case.board import AgendaItem, Decision, MeetingState, Way
from enbloc.exchange.calendar import invitation
from enbloc.exchange.planned import slug
from enbloc.present.decision_sheet import Settled, moment
from enbloc.present.leaflet import leaflet_pdf
from enbloc.present.minutes import Heard
from enbloc.present.spoken import Asked, Looked
from enbloc.record import MeetingLine, UnitOfWork
from enbloc.value import value
from enbloc.web.board_nouns import Document
from enbloc.web.documenting import (
    Material,
    as_it_stands,
    asked,
    by_phone,
    discussed,
    document_of,
    looked,
    material,
    named,
    names_in,
    stood_at,
    who_spoke,
)
from enbloc.web.keys import CaseId, DecisionId, MeetingId
from enbloc.web.problem import Problem
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed

if TYPE_CHECKING:
    from enbloc.case.board import Meeting

board_documents = APIRouter(tags=["documents of the board"])

Seeing = Annotated[Signed, signed(Function.SEE)]
CalledOff = Annotated[bool, Query(description="The event that takes the meeting out of calendars.")]
CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}
PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
}
NO_CUT_SHEET = "The decision has no cut sheet: no operation with cuts was chosen, or its result holds none."


# --- meetings ---------------------------------------------------------------------------------------------------------
@board_documents.get("/meetings/{meeting_id}/minutes.pdf", response_class=Response, responses=PDF)
def read_minutes(meeting_id: MeetingId, signed: Seeing, services: Given) -> Response:
    """The minutes, of the cases that the person may see; of a closed meeting nothing that came after it."""
    from enbloc.present.minutes import minutes_pdf

    def ask(work: UnitOfWork) -> tuple[Any, ...]:
        line = work.meeting(meeting_id)
        cases, phoned = discussed(work, line), by_phone(work, line)
        made = [each for one in (*cases, *phoned) for each in one.settled]
        spoke = {person for one in cases for person in who_spoke(one.asked, one.looked)}
        return line.meeting, cases, phoned, _closed(work, line), names_in(work, made, line.meeting.chair, *spoke)

    meeting, cases, phoned, closed, names = signed.read_in_thread(services, "minutes of a meeting", ask)
    heard, before = [one.heard() for one in cases], [one.heard() for one in phoned]
    paper = minutes_pdf(meeting, heard, by_phone=before, closed=closed, names=names)
    return _pdf(paper, f"minutes-{meeting.day.isoformat()}")


@board_documents.get("/meetings/{meeting_id}/agenda.pdf", response_class=Response, responses=PDF)
def read_agenda(meeting_id: MeetingId, signed: Seeing, services: Given) -> Response:
    """The agenda on paper, with what is missing before the board; of the cases that the person may see."""
    from enbloc.present.agenda import agenda_pdf

    def ask(work: UnitOfWork) -> tuple[Meeting, list[Material], dict[str, str]]:
        line = work.meeting(meeting_id)
        cases = [item.case for item in line.meeting.agenda]
        held = [material(work, case_id, stood_at(work, case_id, line.closed_at)) for case_id in cases]
        return line.meeting, held, names_in(work, (), line.meeting.chair)

    meeting, held, names = signed.read_in_thread(services, "agenda of a meeting", ask)
    paper = agenda_pdf(meeting, [one.told()[0] for one in held], names=names)
    return _pdf(paper, f"agenda-{meeting.day.isoformat()}")


@board_documents.get("/meetings/{meeting_id}/invitation.ics", response_class=Response, responses=CALENDAR)
def read_invitation_to_meeting(
    meeting_id: MeetingId, signed: Seeing, services: Given, called_off: CalledOff = False
) -> Response:
    """The meeting as an event of a calendar, with the ids of the cases that the person may see and no more of them.

    A meeting that was closed without having begun is called off by it.
    """
    line = signed.read_in_thread(services, "invitation to a meeting", lambda work: work.meeting(meeting_id))
    never_began = line.meeting.state is MeetingState.CLOSED and line.opened_at is None
    event = invitation(
        line.meeting,
        centre=signed.centre,
        version=line.version,
        changed=line.changed_at,
        is_cancelled=called_off or never_began,
    )
    return _file(event.encode(), "text/calendar; charset=utf-8", f"board-{line.meeting.day.isoformat()}.ics")


# --- decisions --------------------------------------------------------------------------------------------------------
@value
class _ToPrint:
    """A decision and its case, read for a document."""

    made: Settled
    material: Material
    meeting: Meeting | None
    asked: tuple[Asked, ...]
    looked: tuple[Looked, ...]
    names: dict[str, str]
    cut_sheet: bytes | None


@board_documents.get(
    "/cases/{case_id}/decisions/{decision_id}/documents/{name}.pdf", response_class=Response, responses=PDF
)
def read_document_of_decision(
    case_id: CaseId, decision_id: DecisionId, name: Document, signed: Seeing, services: Given
) -> Response:
    """A document of a decision, made from the version that was decided on: the same bytes each time."""

    def ask(work: UnitOfWork) -> _ToPrint:
        made = as_it_stands(work, work.decision(case_id, decision_id))
        one = made.decision
        meeting = one.meeting if one.way is Way.MEETING else ""
        said = asked(work, meeting, case_id, one.at) if meeting else ()
        looks = looked(work, meeting, case_id, one.at) if meeting else ()
        looks = tuple(each for each in looks if each.lesion == one.lesion)
        return _ToPrint(
            made=made,
            material=material(work, case_id, one.of, with_pictures=name == "case"),
            meeting=work.meeting(meeting).meeting if meeting else None,
            asked=said,
            looked=looks,
            names=names_in(work, (made,), *who_spoke(said, looks)),
            cut_sheet=document_of(work, case_id, one.of, _cut_sheets(one)) if name == "cut-sheet" else None,
        )

    read = signed.read_in_thread(services, "document of a decision", ask)
    return _pdf(_paper(name, read), f"{case_id}-{name}")


def _paper(name: Document, read: _ToPrint) -> bytes:
    """One document of a decision."""
    from enbloc.present.minutes import decision_pdf
    from enbloc.present.one_page import one_page_pdf
    from enbloc.present.task_list import task_list_pdf

    if name == "cut-sheet":
        if read.cut_sheet is None:
            raise Problem(404, NO_CUT_SHEET, "Read the case on one page.", type="no-cut-sheet")
        return read.cut_sheet
    shown, page = read.material.told()
    if name == "leaflet":
        leaflet_pdf(shown, read.made)
    if name == "tasks":
        return task_list_pdf(read.made, shown, names=read.names)
    if name == "case":
        drawn = {of: svg.decode() for of, svg in read.material.pictures.items()}
        drawn = {of.removesuffix(".svg"): svg for of, svg in drawn.items()}
        return one_page_pdf(shown, read.made, page=page, drawn=drawn, names=read.names)
    heard = Heard(shown=shown, item=_item(read), settled=(read.made,), asked=read.asked, looked=read.looked)
    return decision_pdf(heard, meeting=read.meeting, names=read.names)


def _item(read: _ToPrint) -> AgendaItem:
    """What the meeting was asked about the case; nothing of a decision by phone."""
    case = read.made.decision.case
    agenda = read.meeting.agenda if read.meeting else ()
    return next((item for item in agenda if item.case == case), AgendaItem(case=case))


# --- below ------------------------------------------------------------------------------------------------------------
def _closed(work: UnitOfWork, line: MeetingLine) -> str:
    if line.closed_at is None:
        return ""
    what = "closed" if line.opened_at is not None else "called off"
    return f"{what} by {named(work, line.closed_by)}, {moment(line.closed_at)}"


def _cut_sheets(one: Decision) -> Iterator[str]:
    """Where the cut sheet of the chosen plan may lie: two lesions with the same operation are told apart."""
    if one.chosen is not None and one.chosen.plan:
        yield f"plans/{slug(f'{one.chosen.plan} lesion {one.lesion}')}/cut-sheet.pdf"
        yield f"plans/{slug(one.chosen.plan)}/cut-sheet.pdf"


def _pdf(content: bytes, name: str) -> Response:
    return _file(content, "application/pdf", f"{name}.pdf")


def _file(content: bytes, media_type: str, name: str) -> Response:
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
    headers = {"Content-Disposition": f'attachment; filename="{plain}"', "Cache-Control": "private, no-cache"}
    return Response(content, headers=headers, media_type=media_type)
