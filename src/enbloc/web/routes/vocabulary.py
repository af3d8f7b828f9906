"""What can be said of a case: facts, the forms of instruments, and the neurology form that computes while typing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Request, Response

from enbloc.case.filled import Written
from enbloc.exchange.document import facts_as_json, plain
from enbloc.present.examination import Classified, isncsci_of
from enbloc.present.forms import Form, forms
from enbloc.value import value
from enbloc.web.rules import Function
from enbloc.web.signed_in import Signed, signed
from enbloc.web.strict import body_of

vocabulary = APIRouter(tags=["vocabulary"])

Seeing = Annotated[Signed, signed(Function.SEE)]
KEPT = "private, max-age=600"


@value
class Forms:
    """The forms of all instruments."""

    items: tuple[Form, ...]


@value
class Examined:
    """A neurological examination in blocks or flat, as a case holds it; what is left out is unknown."""

    examination: Mapping[str, Written]


@vocabulary.get("/vocabulary")
def read_vocabulary(request: Request, signed: Seeing) -> Response:
    """Every fact that can be measured, entered or asked."""
    return _kept(_facts(), request)


@vocabulary.get("/instruments", response_model=Forms)
def list_instruments(request: Request, signed: Seeing) -> Response:
    """The forms of all instruments."""
    return _kept(_forms(), request)


@vocabulary.post("/neurology/isncsci")
def classify(signed: Seeing, wish: Annotated[Examined, body_of(Examined)]) -> Classified:
    """What an examination comes to, also a half-typed one. Nothing is kept."""
    return isncsci_of(wish.examination)


@cache
def _facts() -> bytes:
    return json.dumps({"facts": facts_as_json()}).encode()


@cache
def _forms() -> bytes:
    return json.dumps(plain(Forms(items=forms()))).encode()


def _kept(content: bytes, request: Request) -> Response:
    """What changes with the program alone may be kept by the browser."""
    mark = f'"{hashlib.sha256(content).hexdigest()}"'
    headers = {"ETag": mark, "Cache-Control": KEPT}
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")
