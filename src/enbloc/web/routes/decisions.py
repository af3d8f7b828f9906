"""What the board decided about a case: kept as it was, replaced by name, ratified, and printed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from enbloc.case.board import Decision, Way
from enbloc.exchange.document import from_json
from enbloc.record import DecisionLine, DisagreementLine, TaskLine, UnitOfWork
from enbloc.web.board_nouns import (
    DecisionMade,
    Decisions,
    DecisionView,
    Disagreements,
    NewDecision,
    RatifyWish,
    Standing,
)
from enbloc.web.deciding import Changed, Decided, decided, stands_at
from enbloc.web.keys import CaseId, DecisionId
from enbloc.web.live import WORKLIST, of_case
from enbloc.web.nouns import Job
from enbloc.web.paging import PAGE, Limit, next_of
from enbloc.web.routes.meetings import tell_meeting
from enbloc.web.routes.tasks import task_view
from enbloc.web.rules import Function
from enbloc.web.services import Given, Services
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of

decisions = APIRouter(tags=["decisions"])

Seeing = Annotated[Signed, signed(Function.SEE)]
Rule = Annotated[str, Query(max_length=40, pattern=r"^[A-Za-z0-9-]*$", description="The id of a rule, as NOMS-01.")]
Words = Annotated[str, Query(max_length=200, description="Beginnings of words; each must be found.")]
Spot = Annotated[str, Query(max_length=160, pattern=r"^([A-Za-z0-9._-]+ [A-Za-z0-9-]+ \d{1,3})?$")]


@decisions.get("/cases/{case_id}/decisions")
async def list_decisions(case_id: CaseId, signed: Seeing, services: Given) -> Decisions:
    """Every decision about a case, the oldest first, and what one would be made on now."""

    def ask(work: UnitOfWork) -> Decisions:
        items = tuple(_view(work, line) for line in work.decisions(case_id))
        return Decisions(case_id=case_id, now=stands_at(work, case_id), items=items)

    return await signed.read(services, "decisions about a case", ask)


@decisions.post("/cases/{case_id}/decisions", status_code=201)
def decide(
    case_id: CaseId,
    signed: Annotated[Signed, signed(Function.DECIDE)],
    services: Given,
    wish: Annotated[NewDecision, body_of(NewDecision)],
) -> DecisionMade:
    """Decide. On a case that has changed since it was presented: 412 with what changed, until it is confirmed."""
    with signed.work(services, "decide on a case") as work:
        made = _made(work, decided(work, signed, case_id, wish, services.clock()))
        team = work.team(case_id)
    if isinstance(made, Changed):
        raise made.problem
    _tell(services, signed, made, team)
    return made


@decisions.post("/cases/{case_id}/decisions/{decision_id}/ratify")
def ratify(
    case_id: CaseId,
    decision_id: DecisionId,
    signed: Annotated[Signed, signed(Function.DECIDE)],
    services: Given,
    wish: Annotated[RatifyWish, body_of(RatifyWish)],
) -> DecisionView:
    """The board of an open meeting stands by what a quorum decided by phone."""
    with signed.work(services, "ratify a decision") as work:
        line = work.ratify(case_id, decision_id, wish.meeting_id)
        view, team = _view(work, line), work.team(case_id)
    told = _told(view.decision, signed)
    tell_meeting(services, signed, wish.meeting_id, "decided", told, only=team)
    services.live.tell(signed.centre, of_case(case_id), "decided", told, only=team)
    return view


@decisions.get("/disagreements")
def list_disagreements(
    signed: Seeing, services: Given, rule: Rule = "", text: Words = "", after: Spot = "", limit: Limit = PAGE
) -> Disagreements:
    """The rules that somebody did not agree with in a case, and why."""
    case_id, decision_id, position = after.split(" ") if after else ("", "", "-1")
    spot = (case_id, decision_id, int(position))
    with signed.work(services, "disagreements with rules") as work:
        found = work.disagreements(rule=rule, words=text, after=spot, limit=limit)
        names = work.names(line.by for line in found)
    return Disagreements(items=found, names=names, next=next_of(found, limit, _spot))


# --- below ------------------------------------------------------------------------------------------------------------


def _spot(line: DisagreementLine) -> str:
    return f"{line.case_id} {line.decision_id} {line.position}"


def _made(work: UnitOfWork, done: Decided | Changed) -> DecisionMade | Changed:
    if isinstance(done, Changed):
        return done
    job = Job.of_line(done.job) if done.job else None
    return DecisionMade(decision=_view(work, done.line), version=done.version, job=job)


def _view(work: UnitOfWork, line: DecisionLine) -> DecisionView:
    made = from_json(Decision, line.document)
    tasks: tuple[TaskLine, ...] = work.tasks(case_id=line.case_id, limit=1000)
    mine = tuple(task_view(work, task) for task in tasks if task.task.decision == line.decision_id)
    return DecisionView(
        decision=made,
        state=_standing(line),
        missing=made.missing,
        superseded_by=line.superseded_by,
        ratified_in=line.ratified_in,
        ratified_by=line.ratified_by,
        ratified_at=line.ratified_at,
        tasks=mine,
    )


def _standing(line: DecisionLine) -> Standing:
    if line.superseded_by:
        return "superseded"
    if line.way == Way.MEETING.value:
        return "stands"
    return "ratified" if line.ratified_in else "to be ratified"


def _told(made: Decision, signed: Signed) -> dict[str, Any]:
    return {"case_id": made.case, "decision_id": made.id, "lesion": made.lesion, "by": signed.person}


def _tell(services: Services, signed: Signed, made: DecisionMade, team: tuple[str, ...]) -> None:
    """Tell the meeting and the case of the decision, and who has the case open of the version that it made."""
    decision, told = made.decision.decision, _told(made.decision.decision, signed)
    if decision.meeting:
        tell_meeting(services, signed, decision.meeting, "decided", told, only=team)
    services.live.tell(signed.centre, of_case(decision.case), "decided", told, only=team)
    if decision.overrides_in:
        saved = {"version": made.version, "by": signed.person}
        services.live.tell(signed.centre, of_case(decision.case), "saved", saved, only=team)
        services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": decision.case}, only=team)
        services.runner.wake()
