"""What a work-up left: the page of a case, its pictures, and its documents."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from enbloc.record import UnitOfWork
from enbloc.web.keys import CaseId
from enbloc.web.listing import Held, Listing, latest
from enbloc.web.problem import Problem, no_such
from enbloc.web.rules import Function
from enbloc.web.services import Given, Services
from enbloc.web.signed_in import Signed, signed

results = APIRouter(tags=["cases"])

Seeing = Annotated[Signed, signed(Function.SEE)]
Name = Annotated[str, Path(max_length=300)]
REVALIDATED = "private, no-cache"
"""A picture may be kept by the browser, and is shown only once it is known that it is still the one."""
REPORT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
PAGE = "/cases/{case_id}/page"
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}


@results.get(PAGE, response_class=Response)
async def read_page(case_id: CaseId, request: Request, signed: Seeing, services: Given) -> Response:
    """The page of a case as the latest work-up wrote it; `X-Enbloc-Version` is the version that it is of."""

    def ask(work: UnitOfWork) -> tuple[Listing, bytes]:
        seen = _latest(work, case_id)
        return seen, _content(work, case_id, seen.page, request)

    seen, content = await signed.read(services, "case page", ask)
    headers = {"X-Enbloc-Version": str(seen.version), "Cache-Control": "no-store"}
    return _answer(seen.page, content, request, headers)


@results.get("/cases/{case_id}/pictures/{name}.svg", response_class=Response, responses=_FILE)
async def read_picture(case_id: CaseId, name: Name, request: Request, signed: Seeing, services: Given) -> Response:
    """A picture of the page, by the name that the page knows it by."""
    return await _file(services, signed, case_id, f"{name}.svg", "pictures", request)


@results.get("/cases/{case_id}/documents/{name:path}", response_class=Response, responses=_FILE)
async def read_document(case_id: CaseId, name: Name, request: Request, signed: Seeing, services: Given) -> Response:
    """A file of the result to take along, by its path in it."""
    return await _file(services, signed, case_id, name, "documents", request)


async def _file(services: Services, signed: Signed, case_id: str, name: str, among: str, request: Request) -> Response:

    def ask(work: UnitOfWork) -> tuple[Held | None, bytes]:
        held = _named(_latest(work, case_id), among).get(name)
        return held, _content(work, case_id, held, request) if held else b""

    held, content = await signed.read(services, f"{among} of a case", ask)
    if held is None:
        raise no_such("file of this case")
    file = PurePosixPath(name).name
    headers = {"Cache-Control": REVALIDATED, "Content-Disposition": f'attachment; filename="{_plain(file)}"'}
    if held.media_type.startswith("text/html"):
        headers["Content-Security-Policy"] = REPORT_POLICY
    return _answer(held, content, request, headers)


def _named(seen: Listing, among: str) -> Mapping[str, Held]:
    return seen.pictures if among == "pictures" else seen.documents


def _latest(work: UnitOfWork, case_id: str) -> Listing:
    """What the latest work-up left.

    Raises
    ------
    Problem
        If there is none, with how far the job is that would make it.
    """
    seen = latest(work, case_id)
    if seen is not None:
        return seen
    last = next(iter(work.jobs(case_id, limit=1)), None)
    told: dict[str, Any] = {"job": last.job_id, "state": last.state, "fault": last.fault} if last else {"state": "none"}
    raise Problem(404, "This case has not been worked up.", "Wait for it, or ask for it.", type="no-result", **told)


def _content(work: UnitOfWork, case_id: str, held: Held, request: Request) -> bytes:
    """What is in it; nothing where the browser has it already, which is noted all the same."""
    content = work.read_file(case_id, held.sha256)
    return b"" if _has(held, request) else content


def _answer(held: Held, content: bytes, request: Request, headers: dict[str, str]) -> Response:
    headers |= {"ETag": f'"{held.sha256}"', "Vary": "Accept-Encoding, Cookie"}
    if _has(held, request):
        return Response(status_code=304, headers=headers)
    if held.is_gzipped and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    elif held.is_gzipped:
        content = gzip.decompress(content)
    return Response(content, headers=headers, media_type=held.media_type)


def _has(held: Held, request: Request) -> bool:
    known = request.headers.get("if-none-match", "")
    return held.sha256 in (each.strip().removeprefix("W/").strip('"') for each in known.split(","))


def _plain(name: str) -> str:
    return "".join(letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in name)
