"""What is answered when something cannot be done: a problem (RFC 9457) with its remedy, made in one place."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError, ResponseValidationError
from starlette.exceptions import HTTPException

from enbloc.errors import BackendError, EnblocError, FaultsError, NotBuiltError, OutputError, RecordError, SettledError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 2
MOST_FAULTS = 50


class Problem(Exception):  # noqa: N818  # it is what RFC 9457 calls it
    """Ends a request: the status, what is wrong in a sentence, what to do about it, and what else programs may read."""

    def __init__(
        self, status: int, title: str, remedy: str, *, headers: dict[str, str] | None = None, **members: object
    ) -> None:
        super().__init__(title)
        self.status, self.title, self.remedy, self.members = status, title, remedy, members
        self.headers = headers or {}

    def answer(self) -> Response:
        """The problem as it goes over the wire."""
        kind = str(self.members.get("type", "about:blank"))
        told = {**self.members, "type": kind, "title": self.title, "status": self.status}
        told |= {"detail": self.members.get("detail", self.title), "remedy": self.remedy}
        text = json.dumps(told, ensure_ascii=True, allow_nan=False)
        return Response(text, self.status, headers=self.headers, media_type=MEDIA_TYPE)


def no_such(what: str) -> Problem:
    """What is not there, and what the person may not see, are answered alike."""
    return Problem(404, f"There is no such {what}.", "Look it up in the list.")


def problem_of(fault: EnblocError) -> Problem:
    """The problem that an error of ours is; its words hold no value of a patient."""
    if isinstance(fault, FaultsError):
        faults = [{"where": one.where, "what": one.message, "remedy": one.remedy} for one in fault.faults[:MOST_FAULTS]]
        return Problem(422, fault.message, fault.remedy, where=fault.where, faults=faults)
    if isinstance(fault, SettledError):
        return Problem(409, fault.message, fault.remedy, type="settled", where=fault.where)
    if isinstance(fault, RecordError):
        return Problem(404 if _is_absent(fault) else 422, fault.message, fault.remedy, where=fault.where)
    if isinstance(fault, BackendError):
        return Problem(503, fault.message, fault.remedy, headers={"Retry-After": str(RETRY_AFTER_S)})
    if isinstance(fault, OutputError):
        return Problem(507, fault.message, fault.remedy)
    return Problem(501 if isinstance(fault, NotBuiltError) else 500, fault.message, fault.remedy)


def _is_absent(fault: RecordError) -> bool:
    """The record refuses what is unknown, another centre's or closed to the person in the same words."""
    return fault.message.startswith(("There is no such", "The case has no such"))


def tell_problems(app: FastAPI) -> None:
    """Let every fault end as a problem; what was not foreseen tells nothing of itself."""
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        Problem: _told,
        EnblocError: _ours,
        RequestValidationError: _misread,
        ResponseValidationError: _unforeseen,
        HTTPException: _refused,
        Exception: _unforeseen,
    }
    for fault, handler in handlers.items():
        app.add_exception_handler(fault, handler)


async def _told(_: Request, fault: Problem) -> Response:
    return fault.answer()


async def _ours(_: Request, fault: EnblocError) -> Response:
    return problem_of(fault).answer()


async def _misread(_: Request, fault: RequestValidationError) -> Response:
    """Of parameters only the place is told: what was written there may be a patient's name."""
    places = sorted({".".join(str(step) for step in error["loc"][:2]) for error in fault.errors()})
    faults = [{"where": place, "what": "This does not fit here.", "remedy": "See the API."} for place in places]
    return Problem(422, "The request does not fit the API.", "Correct what is named.", faults=faults).answer()


async def _refused(_: Request, fault: HTTPException) -> Response:
    remedy = {404: "Check the address.", 405: "See the API."}.get(fault.status_code, "Correct the request.")
    title = f"{HTTPStatus(fault.status_code).phrase}."
    return Problem(fault.status_code, title, remedy, headers=dict(fault.headers or {})).answer()


async def _unforeseen(_: Request, __: Exception) -> Response:
    return Problem(500, "This did not work, by a fault of the program.", "Tell who runs the server.").answer()
