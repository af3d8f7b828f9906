"""The tour: a one-time link on loopback lets a visitor look at the demo cases."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from enbloc.web.problem import Problem
from enbloc.web.routes.enrolling import Token
from enbloc.web.services import Given, Services
from enbloc.web.sessions import open_session
from enbloc.web.trying import ONE_TIME

tour = APIRouter(include_in_schema=False)

CENTRE, VISITOR = "tour", "visitor"


@tour.get("/tour/{token}")
def begin_tour(token: Token, request: Request, services: Given) -> RedirectResponse:
    """Open the visitor's session; the link is used up then."""
    services.tries.one(ONE_TIME, "link", services.address_of(request))
    if not services.tour.use(token):
        raise Problem(410, "This link is used up.", "Start 'enbloc serve --tour' again: it prints a new one.")
    answer = RedirectResponse("/", status_code=303)
    open_session(services, answer, CENTRE, VISITOR)
    return answer


def receive_visitor(services: Services) -> None:
    """Make the visitor of a tour, who has no password and gets in by the link alone, if there is none yet."""
    if services.record.doors.credentials(VISITOR) is not None:
        return
    with services.record.at(CENTRE, actor=VISITOR, purpose="tour", now=services.clock()) as work:
        work.add_person(VISITOR, "Visitor", ("surgeon",))
