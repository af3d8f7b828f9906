"""Second looks: blind until all who take part gave theirs, or the chair reveals them; and how often they agree."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from enbloc.case.board import SecondLook
from enbloc.case.case import Case
from enbloc.decide.agreement import INTERVAL, METHOD, agreement
from enbloc.exchange.document import from_json
from enbloc.record import MeetingLine, UnitOfWork
from enbloc.web.board_nouns import AgreementOfYear, LookWish, SecondLooks
from enbloc.web.deciding import refuse_unknown_act
from enbloc.web.keys import CaseId, MeetingId
from enbloc.web.problem import Problem
from enbloc.web.routes.meetings import tell_meeting
from enbloc.web.rules import Function, functions_of
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of

second_looks = APIRouter(tags=["second looks"])

LOOKS = "/meetings/{meeting_id}/second-looks/{case_id}"
Seeing = Annotated[Signed, signed(Function.SEE)]
Year = Annotated[int, Query(ge=1900, le=9999)]


@second_looks.get(LOOKS)
def read_second_looks(meeting_id: MeetingId, case_id: CaseId, signed: Seeing, services: Given) -> SecondLooks:
    """How many have given theirs, and one's own; those of others once they were revealed."""
    with signed.work(services, "second looks") as work:
        return _seen(work, meeting_id, case_id)


@second_looks.put(LOOKS)
def give_second_look(
    meeting_id: MeetingId,
    case_id: CaseId,
    signed: Annotated[Signed, signed(Function.VOTE)],
    services: Given,
    wish: Annotated[LookWish, body_of(LookWish)],
) -> SecondLooks:
    """Give one's own, or another in its place until they are revealed: that is when all who take part gave theirs."""
    refuse_unknown_act(wish.option)
    given = SecondLook(
        meeting=meeting_id,
        case=case_id,
        lesion=wish.lesion,
        person=signed.person,
        option=wish.option,
        because=wish.because,
    )
    with signed.work(services, "give a second look") as work:
        _refuse_no_lesion(work, case_id, wish.lesion)
        line = work.look(given, awaited=_awaited(work, work.meeting(meeting_id)))
        seen, team = _seen(work, meeting_id, case_id), work.team(case_id)
    told: dict[str, object] = {"case_id": case_id, "lesion": line.lesion, "given": line.given}
    tell_meeting(services, signed, meeting_id, "voted", told, only=team)
    if line.revealed_at is not None:
        tell_meeting(services, signed, meeting_id, "revealed", {"case_id": case_id}, only=team)
    return seen


@second_looks.post(f"{LOOKS}/reveal")
def reveal_second_looks(
    meeting_id: MeetingId, case_id: CaseId, signed: Annotated[Signed, signed(Function.HOLD)], services: Given
) -> SecondLooks:
    """The chair shows them to all before everybody gave theirs; none is added or changed after it."""
    with signed.work(services, "reveal second looks") as work:
        if work.meeting(meeting_id).meeting.chair != signed.person:
            raise Problem(403, "The chair of the meeting reveals second looks.", "Ask them, or wait for all.")
        work.reveal(meeting_id, case_id)
        seen, team = _seen(work, meeting_id, case_id), work.team(case_id)
    tell_meeting(services, signed, meeting_id, "revealed", {"case_id": case_id}, only=team)
    return seen


@second_looks.get("/agreement")
def read_agreement(
    year: Year, signed: Annotated[Signed, signed(Function.AGREEMENT)], services: Given
) -> AgreementOfYear:
    """How often the second looks of a year agree, beyond chance: numbers alone, of no case and no person."""
    with signed.office(services, "agreement of second looks") as work:
        looks = work.options_looked_at(year)
    return AgreementOfYear(year=year, found=agreement(looks), method=METHOD, interval=INTERVAL)


def _seen(work: UnitOfWork, meeting_id: str, case_id: str) -> SecondLooks:
    items = work.looks(meeting_id, case_id)
    return SecondLooks(items=items, awaited=len(_awaited(work, work.meeting(meeting_id))))


def _awaited(work: UnitOfWork, line: MeetingLine) -> frozenset[str]:
    """Those who take part and may give a second look."""
    present = {one.person for one in line.meeting.attendance if one.person}
    return frozenset(one for one in present if Function.VOTE in functions_of(work.person(one).roles))


def _refuse_no_lesion(work: UnitOfWork, case_id: str, lesion: str) -> None:
    case = from_json(Case, work.read_case(case_id).document)
    if lesion not in {one.id for one in case.lesions}:
        raise Problem(422, "The case has no such lesion.", "Name one of its lesions.", where="lesion")
