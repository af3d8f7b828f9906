"""What happens, told to the pages that are open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from enbloc.web.keys import CaseId, MeetingId
from enbloc.web.live import WORKLIST, Listener, event, of_case, of_meeting
from enbloc.web.rules import Function, sees_all_open
from enbloc.web.services import Given, Services
from enbloc.web.sessions import alive
from enbloc.web.signed_in import Signed, signed

events = APIRouter(tags=["events"])

BEAT_S = 15.0
Seeing = Annotated[Signed, signed(Function.SEE)]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {"description": "Events", "content": {"text/event-stream": {"schema": {"type": "string"}}}}
}


@events.get("/events", response_class=StreamingResponse, responses=STREAM)
async def listen(signed: Seeing, services: Given) -> StreamingResponse:
    """`worklist {case_id}` if a line of it changed, `job {…, case_id}` as one goes on; `lost {}` if some are missed."""
    return _stream(services, signed, [WORKLIST])


@events.get("/cases/{case_id}/events", response_class=StreamingResponse, responses=STREAM)
async def listen_to_case(case_id: CaseId, signed: Seeing, services: Given) -> StreamingResponse:
    """`saved {version, by}` and `job {job, case_id, state, step, done, of}` of a case; `lost {}` if some are missed."""
    await to_thread.run_sync(_refuse_unseen, services, signed, case_id)
    return _stream(services, signed, [of_case(case_id)])


@events.get("/meetings/{meeting_id}/events", response_class=StreamingResponse, responses=STREAM)
async def listen_to_meeting(meeting_id: MeetingId, signed: Seeing, services: Given) -> StreamingResponse:
    """`opened`, `closed {by}`, `agenda`, `changed {}`; `shown {case_id, view, by, turn}`, `asked {case_id, text, by}`,
    `decided {case_id, decision_id, lesion, by}`, `voted {case_id, lesion, given}`, `revealed {case_id}`; `lost {}` if
    some are missed.
    """
    await to_thread.run_sync(_refuse_no_meeting, services, signed, meeting_id)
    return _stream(services, signed, [of_meeting(meeting_id)])


def _refuse_no_meeting(services: Services, signed: Signed, meeting_id: str) -> None:
    with signed.work(services, "live page") as work:
        work.meeting(meeting_id)


def _refuse_unseen(services: Services, signed: Signed, case_id: str) -> None:
    with signed.work(services, "live page") as work:
        work.team(case_id)


def _stream(services: Services, signed: Signed, topics: Iterable[str]) -> StreamingResponse:
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(_events(services, signed, topics), media_type="text/event-stream", headers=headers)


async def _events(services: Services, signed: Signed, topics: Iterable[str]) -> AsyncIterator[str]:
    """Until the page goes, the server ends, or the session does; an open page keeps the session awake."""
    listener = Listener(signed.person, is_named_only=not sees_all_open(signed.roles))
    with services.live.listening(signed.centre, topics, listener):
        yield event("here", {})  # from now on nothing is missed: what happened before is read after this
        while not services.live.is_over:
            sent = await listener.next(BEAT_S)
            if await alive(services, signed.token_hash) is None:
                return
            yield sent
