"""Cases: brought, read, saved, and their versions compared."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from secrets import token_hex
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from enbloc.case.case import Case
from enbloc.case.patient import Patient
from enbloc.exchange.document import from_json, plain, to_json
from enbloc.record import JobLine, Overtaken, Saved, UnitOfWork
from enbloc.record.jobs import UNDER_WAY
from enbloc.web.answers import answer_with
from enbloc.web.keys import CaseId
from enbloc.web.lining import WORKING, line_up_saved, line_up_state
from enbloc.web.listing import Listing, latest
from enbloc.web.live import WORKLIST, of_case
from enbloc.web.nouns import (
    Asked,
    CaseMade,
    CaseSaved,
    CaseView,
    Changes,
    Job,
    NewCase,
    NewScans,
    SavedVersion,
    SaveWish,
    Versions,
    since,
)
from enbloc.web.paging import PAGE, Limit, next_of
from enbloc.web.problem import Problem
from enbloc.web.routes.jobs import tell_job
from enbloc.web.rules import Function
from enbloc.web.running.storing import key_of
from enbloc.web.running.wishes import Brought, Wishes
from enbloc.web.saving import Signature, names_since, needed, refuse_fixed, refuse_unseen, signed_anew
from enbloc.web.services import Given, Services
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of
from enbloc.web.transit import Transit

cases = APIRouter(tags=["cases"])

LARGEST_DOCUMENT = 4 * 2**20
MOST_JOBS = 20
Seeing = Annotated[Signed, signed(Function.SEE)]
Version = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Compared = Annotated[int, Query(ge=1, le=2**31 - 1)]
MadeFrom = Annotated[str | None, Header(alias="If-Match", max_length=40)]


@cases.post("/cases", status_code=202)
def bring_case(
    signed: Annotated[Signed, signed(Function.BRING)],
    services: Given,
    wish: Annotated[NewCase, body_of(NewCase)],
) -> CaseMade:
    """Make a case. Version 1 is the bare record; a job takes in what was uploaded, and works the case up."""
    wishes = _wishes(services, signed, wish.uploads, wish.because)
    case_id = token_hex(4)
    as_of = wish.as_of or services.clock().date()
    case = Case(id=case_id, as_of=as_of, patient=Patient(birth_year=wish.birth_year, sex=wish.sex))
    with signed.work(services, "bring a case") as work:
        work.save_case(case_id, to_json(case), made_from=0, because=wish.because)
        line = work.ask("intake", case_id, 1, to_json(wishes)) if wish.uploads else None
        line_up_saved(work, case, case_id, 1, is_asked=line is not None)
    services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": case_id})
    services.runner.wake()
    return CaseMade(case_id=case_id, version=1, job=Job.of_line(line) if line else None)


@cases.post("/cases/{case_id}/intake", status_code=202)
def bring_scans(
    case_id: CaseId,
    signed: Annotated[Signed, signed(Function.BRING)],
    services: Given,
    wish: Annotated[NewScans, body_of(NewScans)],
) -> Asked:
    """Bring more scans or label maps: a job makes them part of the case and works it up."""
    if not wish.uploads:
        raise Problem(422, "There is nothing to bring.", "Upload it first.", where="uploads")
    wishes = _wishes(services, signed, wish.uploads, wish.because)
    with signed.work(services, "bring scans") as work:
        case = work.read_case(case_id)
        if wish.made_from != case.line.version:
            stale = work.save_case(case_id, case.document, made_from=wish.made_from, because=wish.because)
            raise _overtaken(stale, names_since(work, stale))
        line = work.ask("intake", case_id, case.line.version, to_json(wishes))
        line_up_state(work, case_id, WORKING)
        team = work.team(case_id)
    tell_job(services, signed.centre, line, team)
    services.runner.wake()
    return Asked(job=Job.of_line(line))


@cases.get("/cases/{case_id}", response_model=CaseView)
async def read_case(case_id: CaseId, signed: Seeing, services: Given, version: Version = None) -> Response:
    """A case with its newest version, or the one that is asked for."""
    document, view = await signed.read(
        services, "case page", lambda work: _view(work, case_id, version, signed.functions)
    )
    return answer_with("document", document, view, {"ETag": f'"{view["version"]}"'})


def _view(
    work: UnitOfWork, case_id: str, version: int | None, functions: tuple[Function, ...]
) -> tuple[str, dict[str, Any]]:
    """The document as it is kept, and what is told beside it."""
    newest = work.read_case(case_id)
    is_newest = version in (None, newest.line.version)
    asked = newest if is_newest else work.read_case(case_id, version)
    line, seen = work.line(case_id), latest(work, case_id)
    team = work.team(case_id) if line is None or line.is_closed else ()
    told = tuple(work.jobs(case_id, limit=MOST_JOBS))
    return asked.document, {
        "case_id": case_id,
        "version": asked.line.version,
        "newest": newest.line.version,
        "by": asked.line.by,
        "at": asked.line.at.isoformat(),
        "because": asked.line.because,
        "team": team,
        "names": dict(work.names((asked.line.by, *team))),
        "board": line.board or None if line else None,
        "functions": functions,
        "jobs": [plain(Job.of_line(one)) for one in _shown(told)],
        **_seen(seen, newest.line.version),
    }


@cases.put("/cases/{case_id}")
def save_case(
    case_id: CaseId,
    signed: Seeing,
    services: Given,
    response: Response,
    wish: Annotated[SaveWish, body_of(SaveWish, largest=LARGEST_DOCUMENT)],
    if_match: MadeFrom = None,
) -> CaseSaved:
    """Save a case made from the version in `If-Match`; the second writer gets 412 and what changed meanwhile.

    What is new or changed is signed by who saves it, and takes the functions that it is about.
    """
    made_from = _made_from(if_match)
    with signed.work(services, "save a case") as work:
        done, line = _saved(work, services, signed, case_id, made_from, wish)
        team, names = work.team(case_id), names_since(work, done)
    if isinstance(done, Overtaken):
        raise _overtaken(done, names)
    services.live.tell(
        signed.centre, of_case(case_id), "saved", {"version": done.version, "by": signed.person}, only=team
    )
    services.live.tell(signed.centre, WORKLIST, "worklist", {"case_id": case_id}, only=team)
    services.runner.wake()
    response.headers["ETag"] = f'"{done.version}"'
    return CaseSaved(version=done.version, job=Job.of_line(line) if line else None)


@cases.get("/cases/{case_id}/versions")
def list_versions(
    case_id: CaseId,
    signed: Seeing,
    services: Given,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Limit = PAGE,
) -> Versions:
    """Who saved the case when and why, oldest first."""
    with signed.work(services, "history of a case") as work:
        found = work.versions(case_id, after=after, limit=limit)
        names = work.names(one.by for one in found)
    lines = tuple(SavedVersion(version=one.version, by=one.by, at=one.at, because=one.because) for one in found)
    return Versions(items=lines, names=names, next=next_of(lines, limit, lambda one: str(one.version)))


@cases.get("/cases/{case_id}/changes")
def compare_versions(case_id: CaseId, signed: Seeing, services: Given, earlier: Compared, later: Compared) -> Changes:
    """What changed from one version to another."""
    with signed.work(services, "history of a case") as work:
        return Changes(items=work.compared(case_id, earlier, later))


# --- below ------------------------------------------------------------------------------------------------------------


def _wishes(services: Services, signed: Signed, uploads: tuple[Brought, ...], because: str) -> Wishes:
    """What an intake is to do; each upload must be there, and the person's own."""
    transit = Transit(services.folder, signed.centre, signed.person)
    for each in uploads:
        transit.file(each.upload)
    if len({each.upload for each in uploads}) != len(uploads):
        raise Problem(422, "An upload stands twice.", "Name each once.", where="uploads")
    nameless = tuple(replace(each, name="") for each in uploads)
    return Wishes(uploads=nameless, because=because, brought_by=signed.name)


def _saved(
    work: UnitOfWork, services: Services, signed: Signed, case_id: str, made_from: int, wish: SaveWish
) -> tuple[Saved | Overtaken, JobLine | None]:
    earlier = work.read_case(case_id, made_from)
    before, seen = from_json(Case, earlier.document), latest(work, case_id)
    refuse_fixed(before, wish.document)
    signature = Signature(by=signed.name, on=services.clock().date())
    after = signed_anew(before, wish.document, signature)
    for function in sorted(needed(before, after, seen)):
        signed.need(function)
    signed.need(Function.ENTER)
    refuse_unseen(before, after, seen)
    done = work.save_case(case_id, to_json(after), made_from=made_from, because=wish.because, files=earlier.files)
    if isinstance(done, Overtaken):
        return done, None
    is_asked = wish.work_up and signed.may(Function.WORK_UP)
    line = work.ask("work-up", case_id, done.version, "{}", key=key_of(case_id, done.version)) if is_asked else None
    line_up_saved(work, after, case_id, done.version, is_asked=is_asked)
    return done, line


def _made_from(if_match: str | None) -> int:
    if if_match is None:
        raise Problem(428, "It is not said which version this was made from.", "Send its ETag as If-Match.")
    found = re.fullmatch(r'"([1-9][0-9]{0,8})"', if_match.strip())
    if found is None:
        raise Problem(422, "If-Match names no version.", 'Send the ETag of the version that was read, as "3".')
    return int(found[1])


def _overtaken(done: object, names: Mapping[str, str]) -> Problem:
    """The second writer is told who was first, and what they changed."""
    if not isinstance(done, Overtaken):
        return Problem(412, "Somebody saved the case meanwhile.", "Read it again.", type="overtaken", since=[])
    return Problem(
        412, "Somebody saved the case meanwhile.", "Go on from theirs.", detail=done.words, **since(done, names)
    )


def _seen(seen: Listing | None, newest: int) -> dict[str, Any]:
    return {
        "worked_up": seen.version if seen else 0,
        "is_current": bool(seen and seen.version == newest),
        "labels_sha256": seen.labels_sha256 if seen else "",
        "level_sha256": seen.level_sha256 if seen else "",
    }


def _shown(told: tuple[JobLine, ...]) -> tuple[JobLine, ...]:
    """The jobs under way, or the last one."""
    return tuple(one for one in told if one.state in UNDER_WAY) or told[:1]
