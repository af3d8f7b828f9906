"""Jobs: a work-up asked for, how far it is, and an end to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from enbloc.record import JobLine, UnitOfWork
from enbloc.record.jobs import UNDER_WAY
from enbloc.web.keys import CaseId, JobId
from enbloc.web.lining import WORKING, line_up_state
from enbloc.web.live import WORKLIST, of_case
from enbloc.web.nouns import Asked, Job
from enbloc.web.rules import Function
from enbloc.web.services import Given, Services
from enbloc.web.signed_in import Signed, signed

jobs = APIRouter(tags=["jobs"])


@jobs.post("/cases/{case_id}/workups", status_code=202)
def work_up(case_id: CaseId, signed: Annotated[Signed, signed(Function.WORK_UP)], services: Given) -> Asked:
    """Work the newest version up; one that is under way already is not begun again."""
    with signed.work(services, "ask for a work-up") as work:
        newest = work.read_case(case_id).line.version
        held = next((one for one in work.jobs(case_id) if _is_same(one, newest)), None)
        line = held or work.ask("work-up", case_id, newest, "{}")
        line_up_state(work, case_id, WORKING)
        team = work.team(case_id)
    tell_job(services, signed.centre, line, team)
    services.runner.wake()
    return Asked(job=Job.of_line(line))


@jobs.get("/jobs/{job_id}")
def read_job(job_id: JobId, signed: Annotated[Signed, signed(Function.SEE)], services: Given) -> Job:
    """How far a job is."""
    with signed.work(services, "look at a job") as work:
        return Job.of_line(work.job(job_id))


@jobs.delete("/jobs/{job_id}")
def cancel_job(job_id: JobId, signed: Annotated[Signed, signed(Function.WORK_UP)], services: Given) -> Job:
    """End a job; nothing of it is kept. One that has ended stays as it is."""
    with signed.work(services, "cancel a job") as work:
        before = work.job(job_id)
        line = work.cancel(job_id)
        team = work.team(line.case_id)
        if before.state in UNDER_WAY:
            _settle(work, line)
    tell_job(services, signed.centre, line, team)
    services.runner.wake()
    return Job.of_line(line)


def tell_job(services: Services, centre: str, line: JobLine, team: tuple[str, ...]) -> None:
    """Tell the pages of a case about its job, and the worklist."""
    told: dict[str, object] = {"job": line.job_id, "case_id": line.case_id, "state": line.state}
    told |= {"step": line.step, "done": line.done, "of": line.of}
    for topic in (of_case(line.case_id), WORKLIST):
        services.live.tell(centre, topic, "job", told, only=team)
    services.live.tell(centre, WORKLIST, "worklist", {"case_id": line.case_id}, only=team)


def _is_same(line: JobLine, version: int) -> bool:
    return line.kind == "work-up" and line.version == version and line.state in UNDER_WAY


def _settle(work: UnitOfWork, line: JobLine) -> None:
    """The worklist says what is known of the case, unless something else is under way for it."""
    others = any(one.state in UNDER_WAY for one in work.jobs(line.case_id))
    line_up_state(work, line.case_id, WORKING if others else "")
