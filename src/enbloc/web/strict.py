"""The body of a request, read as strictly as a record: what is odd is refused, never repaired."""

from __future__ import annotations

import json
import re
from typing import Any, Generic, TypeVar

from anyio import fail_after, to_thread
from fastapi import Depends, Request

from enbloc.exchange.document import from_json
from enbloc.web.problem import Problem

Noun = TypeVar("Noun")

LARGEST_BODY = 2**20
DEEPEST = 64
LONGEST_WAIT_S = 60.0
_CLOSED = {"Connection": "close"}
_OPENS, _CLOSES = b"[{", b"]}"
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


class StrictBody(Generic[Noun]):
    """Reads the JSON body of a request as a value of one class; the OpenAPI is made from the same class."""

    def __init__(self, noun: type[Noun], largest: int) -> None:
        self.noun, self.largest = noun, largest

    async def __call__(self, request: Request) -> Noun:
        """The value.

        Raises
        ------
        Problem
            If it is too large, nested too deep, no JSON in UTF-8, or holds NaN, a key twice, NUL or half a surrogate.
        RecordError
            If it does not fit the class, with every fault and its place.
        """
        body = await read_body(request, self.largest)
        return await to_thread.run_sync(self._read, body)

    def _read(self, body: bytes) -> Noun:
        text = _text(body)
        _refuse_broken_text(text)
        return from_json(self.noun, text)


def body_of(noun: type[Noun], *, largest: int = LARGEST_BODY) -> Any:
    """The dependency that gives the body as a value of this class."""
    return Depends(StrictBody(noun, largest))


async def read_body(request: Request, largest: int) -> bytes:
    """The whole body, if it is no larger than this and comes in time."""
    said = request.headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > largest:
        raise too_large(largest)
    try:
        with fail_after(LONGEST_WAIT_S):
            return await _collected(request, largest)
    except TimeoutError:
        raise Problem(408, "The body did not come in time.", "Send it again.", headers=_CLOSED) from None


async def _collected(request: Request, largest: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise too_large(largest)
        parts.append(part)
    return b"".join(parts)


def too_large(largest: int) -> Problem:
    """The refusal of a body; the rest of it is not waited for."""
    return Problem(413, f"This is larger than {largest} bytes.", "Send less.", headers=_CLOSED)


def _text(body: bytes) -> str:
    if _depth(body) > DEEPEST:
        raise Problem(422, f"This is nested deeper than {DEEPEST} levels.", "Send it flatter.")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Problem(422, "This is not text in UTF-8.", "Send JSON in UTF-8.") from None


def _depth(body: bytes) -> int:
    """How deep brackets nest, strings left out; counted before anything is built from them."""
    deepest = now = 0
    is_text = is_escaped = False
    for sign in re.sub(rb'[^\[\]{}"\\]+', lambda found: b" ", body):
        if is_text:
            is_text, is_escaped = is_escaped or sign != ord('"'), not is_escaped and sign == ord("\\")
        elif sign == ord('"'):
            is_text = True
        elif sign in _OPENS:
            now += 1
            deepest = max(deepest, now)
            if deepest > DEEPEST:
                break
        elif sign in _CLOSES:
            now -= 1
    return deepest


def _refuse_broken_text(text: str) -> None:
    """NUL and lone surrogates: no database, file or page shows them as they came."""
    if "\\u" not in text and "\x00" not in text:
        return
    try:
        waiting = [json.loads(text)]
    except ValueError:
        return  # it is told below, with its place
    while waiting:
        at = waiting.pop()
        if isinstance(at, dict):
            waiting += [*at, *at.values()]
        elif isinstance(at, list):
            waiting += at
        elif isinstance(at, str) and _NO_TEXT.search(at):
            raise Problem(422, "A text holds a sign that is none (NUL, or half of a pair).", "Take it out.")
