"""The board that a case is on, and the people that it is closed to."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response

from enbloc.record.words import LONGEST_PAGE
from enbloc.web.keys import CaseId
from enbloc.web.live import WORKLIST
from enbloc.web.nouns import BoardWish, Colleague, Colleagues, TeamWish
from enbloc.web.problem import Problem
from enbloc.web.routes.meetings import tell_meeting
from enbloc.web.rules import Function, functions_of
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of

arranging = APIRouter(tags=["cases"])

Arranging = Annotated[Signed, signed(Function.ARRANGE)]


@arranging.put("/cases/{case_id}/board", status_code=204, response_class=Response)
def set_board(
    case_id: CaseId, signed: Arranging, services: Given, wish: Annotated[BoardWish, body_of(BoardWish)]
) -> None:
    """Put the case on the agenda of a planned meeting of a day, which is planned if there is none, or take it off."""
    with signed.work(services, "arrange a board") as work:
        before = work.waits_for(case_id)
        work.set_board(case_id, wish.day.isoformat() if wish.day else "")
        agendas, team = {before, work.waits_for(case_id)} - {""}, work.team(case_id)
    for meeting_id in sorted(agendas):
        tell_meeting(services, signed, meeting_id, "agenda", {})
    services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": case_id}, only=team)


@arranging.put("/cases/{case_id}/team", status_code=204, response_class=Response)
def set_team(case_id: CaseId, signed: Arranging, services: Given, wish: Annotated[TeamWish, body_of(TeamWish)]) -> None:
    """Close the case to these people, or open it to the centre. Nobody shuts themselves out."""
    if wish.people and signed.person not in wish.people:
        raise Problem(422, "You would not see the case yourself.", "Name yourself too.", where="people")
    with signed.work(services, "arrange a team") as work:
        before = work.team(case_id)
        work.set_team(case_id, wish.people)
    both = {*before, *wish.people} if before and wish.people else set()
    services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": case_id}, only=both)


@arranging.get("/colleagues")
def list_colleagues(signed: Arranging, services: Given) -> Colleagues:
    """The people of the centre who can see cases."""
    with signed.work(services, "arrange a team") as work:
        found = work.people(limit=LONGEST_PAGE)
    seeing = (one for one in found if not one.is_disabled and Function.SEE in functions_of(one.roles))
    return Colleagues(items=tuple(Colleague(person=one.person, name=one.name, roles=one.roles) for one in seeing))
