"""Meetings of the board: planned, held and closed; their agenda, and what is shown and asked in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from secrets import token_hex
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from enbloc.case.board import Meeting
from enbloc.record import MeetingLine, MovedOn, UnitOfWork
from enbloc.web.board_nouns import (
    AgendaWish,
    MeetingHead,
    Meetings,
    MeetingView,
    MeetingWish,
    Missing,
    MissingOfCase,
    NewMeeting,
    OnAgenda,
    Question,
    Shown,
    ToShow,
    Turn,
)
from enbloc.web.keys import MeetingId
from enbloc.web.listing import content_of, latest
from enbloc.web.live import WORKLIST, of_meeting
from enbloc.web.paging import PAGE, Limit, next_of
from enbloc.web.problem import Problem
from enbloc.web.rules import Function
from enbloc.web.services import Given, Services
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of

meetings = APIRouter(tags=["meetings"])

Seeing = Annotated[Signed, signed(Function.SEE)]
Holding = Annotated[Signed, signed(Function.HOLD)]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$", description="Meetings from this day on; empty: all.")]
Spot = Annotated[str, Query(max_length=80, pattern=r"^([0-9-]{10}_[0-9:]*_[A-Za-z0-9-]+)?$", description="`next`.")]
MadeFrom = Annotated[str | None, Header(alias="If-Match", max_length=40)]


@meetings.get("/meetings")
async def list_meetings(
    signed: Seeing, services: Given, since: Day = "", after: Spot = "", limit: Limit = PAGE
) -> Meetings:
    """The meetings of the centre, the earliest first; each counts the cases that the person may see."""
    day, starts, meeting_id = after.split("_") if after else ("", "", "")
    found = await signed.read(
        services,
        "list of meetings",
        lambda work: work.meetings(since=since, after=(day, starts, meeting_id), limit=limit),
    )
    today = services.clock().date().isoformat()
    return Meetings(items=tuple(map(_head, found)), next=next_of(found, limit, _spot), today=today)


@meetings.post("/meetings", status_code=201)
def plan_meeting(
    signed: Holding, services: Given, response: Response, wish: Annotated[NewMeeting, body_of(NewMeeting)]
) -> MeetingView:
    """Plan a meeting. A case that is put on its agenda is taken off the one that it waited for before."""
    meeting = Meeting(
        id=token_hex(4),
        day=wish.day,
        starts=wish.starts,
        place=wish.place,
        title=wish.title,
        chair=wish.chair or signed.person,
        agenda=wish.agenda,
        attendance=wish.attendance,
    )
    with signed.work(services, "plan a meeting") as work:
        view = _view(work, signed, work.plan_meeting(meeting))
        teams = _teams(work, (item.case for item in wish.agenda))
    _tell_cases(services, signed, teams)
    return _answered(response, view)


@meetings.get("/meetings/{meeting_id}")
async def read_meeting(meeting_id: MeetingId, signed: Seeing, services: Given, response: Response) -> MeetingView:
    """A meeting, with the cases of its agenda that the person may see."""
    view = await signed.read(services, "meeting", lambda work: _view(work, signed, work.meeting(meeting_id)))
    return _answered(response, view)


@meetings.put("/meetings/{meeting_id}")
def change_meeting(
    meeting_id: MeetingId,
    signed: Holding,
    services: Given,
    response: Response,
    wish: Annotated[MeetingWish, body_of(MeetingWish)],
    if_match: MadeFrom = None,
) -> MeetingView:
    """Change what is said of a meeting, made from the version in `If-Match`; who comes second gets 412."""
    meeting = Meeting(
        id=meeting_id,
        day=wish.day,
        starts=wish.starts,
        place=wish.place,
        title=wish.title,
        chair=wish.chair,
        attendance=wish.attendance,
    )
    made_from = version_in(if_match)
    with signed.work(services, "arrange a meeting") as work:
        done = _viewed(work, signed, work.change_meeting(meeting, made_from=made_from))
        teams = {} if isinstance(done, MovedOn) else _teams(work, (item.case_id for item in done.agenda))
    if isinstance(done, MovedOn):
        raise moved_on(done)
    tell_meeting(services, signed, meeting_id, "changed", {})
    _tell_cases(services, signed, teams)
    return _answered(response, done)


@meetings.put("/meetings/{meeting_id}/agenda")
def set_agenda(
    meeting_id: MeetingId,
    signed: Holding,
    services: Given,
    response: Response,
    wish: Annotated[AgendaWish, body_of(AgendaWish)],
    if_match: MadeFrom = None,
) -> MeetingView:
    """The agenda as it shall be, made from the version in `If-Match`. Cases that the person may not see stay on it."""
    made_from = version_in(if_match)
    with signed.work(services, "arrange a meeting") as work:
        before = {item.case for item in work.meeting(meeting_id).meeting.agenda}
        others = {work.waits_for(item.case) for item in wish.items} - {"", meeting_id}
        done = _viewed(work, signed, work.set_agenda(meeting_id, wish.items, made_from=made_from))
        moved = before ^ {item.case for item in wish.items}
        teams = {} if isinstance(done, MovedOn) else _teams(work, sorted(moved))
    if isinstance(done, MovedOn):
        raise moved_on(done)
    for each in (meeting_id, *sorted(others)):
        tell_meeting(services, signed, each, "agenda", {})
    _tell_cases(services, signed, teams)
    return _answered(response, done)


@meetings.post("/meetings/{meeting_id}/open")
def open_meeting(meeting_id: MeetingId, signed: Holding, services: Given, response: Response) -> MeetingView:
    """The meeting begins; one without a case does not."""
    with signed.work(services, "hold a meeting") as work:
        view = _view(work, signed, work.open_meeting(meeting_id))
    tell_meeting(services, signed, meeting_id, "opened", {"by": signed.person})
    return _answered(response, view)


@meetings.post("/meetings/{meeting_id}/close")
def close_meeting(meeting_id: MeetingId, signed: Holding, services: Given, response: Response) -> MeetingView:
    """The meeting ends, once; who closes it again is told who did, and when."""
    with signed.work(services, "hold a meeting") as work:
        view = _view(work, signed, work.close_meeting(meeting_id))
        teams = _teams(work, (item.case_id for item in view.agenda))
    tell_meeting(services, signed, meeting_id, "closed", {"by": signed.person})
    _tell_cases(services, signed, teams)
    return _answered(response, view)


@meetings.get("/meetings/{meeting_id}/missing")
async def list_missing(meeting_id: MeetingId, signed: Seeing, services: Given) -> Missing:
    """What is missing before the board, case by case, as the page of each case says it."""

    def ask(work: UnitOfWork) -> Missing:
        agenda = work.meeting(meeting_id).meeting.agenda
        return Missing(items=tuple(_missing(work, item.case) for item in agenda))

    return await signed.read(services, "missing before a meeting", ask)


@meetings.put("/meetings/{meeting_id}/shown")
def show(meeting_id: MeetingId, signed: Holding, services: Given, wish: Annotated[ToShow, body_of(ToShow)]) -> Turn:
    """What is shown from now on, on every screen of the meeting that may see it."""
    with signed.work(services, "present a case") as work:
        turn = work.show(meeting_id, wish.case_id, wish.view)
        team = work.team(wish.case_id)
    told = {"case_id": wish.case_id, "view": wish.view, "by": signed.person, "turn": turn}
    tell_meeting(services, signed, meeting_id, "shown", told, only=team)
    return Turn(turn=turn)


@meetings.post("/meetings/{meeting_id}/asked", status_code=204, response_class=Response)
def ask_meeting(
    meeting_id: MeetingId, signed: Seeing, services: Given, wish: Annotated[Question, body_of(Question)]
) -> None:
    """Ask the meeting about a case, or to look at something."""
    with signed.work(services, "ask a meeting") as work:
        work.ask_meeting(meeting_id, wish.case_id, wish.text)
        team = work.team(wish.case_id)
    told = {"case_id": wish.case_id, "text": wish.text, "by": signed.person}
    tell_meeting(services, signed, meeting_id, "asked", told, only=team)


# --- below ------------------------------------------------------------------------------------------------------------


def tell_meeting(
    services: Services,
    signed: Signed,
    meeting_id: str,
    event: str,
    data: Mapping[str, object],
    *,
    only: tuple[str, ...] = (),
) -> None:
    """Tell every screen of a meeting that may know it; what names a case is for those who may see that case."""
    is_of_no_case = "case_id" not in data
    services.live.tell(signed.centre, of_meeting(meeting_id), event, data, only=only, is_of_no_case=is_of_no_case)


def version_in(if_match: str | None) -> int:
    """The version that a change was made from."""
    if if_match is None:
        raise Problem(428, "It is not said which version this was made from.", "Send its ETag as If-Match.")
    found = re.fullmatch(r'"([1-9][0-9]{0,8})"', if_match.strip())
    if found is None:
        raise Problem(422, "If-Match names no version.", 'Send the ETag of what was read, as "3".')
    return int(found[1])


def moved_on(done: MovedOn) -> Problem:
    """Who comes second is told who was first."""
    told: dict[str, Any] = {"newest": done.version, "by": done.by, "at": done.at.isoformat()}
    return Problem(
        412, "Somebody changed this meanwhile.", "Read it again.", detail=done.words, type="overtaken", **told
    )


def _viewed(work: UnitOfWork, signed: Signed, done: MeetingLine | MovedOn) -> MeetingView | MovedOn:
    return done if isinstance(done, MovedOn) else _view(work, signed, done)


def _answered(response: Response, view: MeetingView) -> MeetingView:
    response.headers["ETag"] = f'"{view.version}"'
    return view


def _teams(work: UnitOfWork, cases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {case_id: work.team(case_id) for case_id in cases}


def _tell_cases(services: Services, signed: Signed, teams: Mapping[str, tuple[str, ...]]) -> None:
    """The lines of these cases have changed; nobody is told of a case that is closed to them."""
    for case_id, team in teams.items():
        services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": case_id}, only=team)


def _head(line: MeetingLine) -> MeetingHead:
    one = line.meeting
    return MeetingHead(
        meeting_id=one.id,
        version=line.version,
        day=one.day,
        starts=one.starts,
        place=one.place,
        title=one.title,
        chair=one.chair,
        state=one.state,
        cases=len(one.agenda),
    )


def _spot(line: MeetingLine) -> str:
    return f"{line.meeting.day.isoformat()}_{line.meeting.starts}_{line.meeting.id}"


def _view(work: UnitOfWork, signed: Signed, line: MeetingLine) -> MeetingView:
    one = line.meeting
    return MeetingView(
        meeting_id=one.id,
        version=line.version,
        day=one.day,
        starts=one.starts,
        place=one.place,
        title=one.title,
        chair=one.chair,
        state=one.state,
        attendance=one.attendance,
        agenda=tuple(_on_agenda(work, one)),
        shown=Shown(case_id=line.shown, view=line.view, by=line.shown_by, turn=line.turn) if line.shown else None,
        asked=work.asked(one.id),
        changed_by=line.changed_by,
        changed_at=line.changed_at,
        opened_by=line.opened_by,
        opened_at=line.opened_at,
        closed_by=line.closed_by,
        closed_at=line.closed_at,
        functions=signed.functions,
    )


def _on_agenda(work: UnitOfWork, one: Meeting) -> Iterator[OnAgenda]:
    made = [(each.case_id, each.decision_id) for each in work.decisions_of(one.id)]
    for item in one.agenda:
        yield OnAgenda(
            case_id=item.case,
            lesions=item.lesions,
            question=item.question,
            line=work.line(item.case),
            decisions=tuple(decision for case_id, decision in made if case_id == item.case),
        )


def _missing(work: UnitOfWork, case_id: str) -> MissingOfCase:
    seen, newest = latest(work, case_id), work.read_case(case_id).line.version
    if seen is None:
        return MissingOfCase(case_id=case_id, worked_up=0, is_current=False, items=())
    page = json.loads(content_of(work, case_id, seen.page))
    items = tuple(map(str, page["report"]["counsel"]["missing"]))
    return MissingOfCase(case_id=case_id, worked_up=seen.version, is_current=seen.version == newest, items=items)
