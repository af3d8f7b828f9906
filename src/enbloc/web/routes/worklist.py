"""The worklist: every case that the person may see, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from enbloc.record import WorklistLine
from enbloc.value import value
from enbloc.web.answers import answer
from enbloc.web.paging import PAGE, After, Limit
from enbloc.web.rules import Function
from enbloc.web.services import Given
from enbloc.web.signed_in import Signed, signed

worklist = APIRouter(tags=["worklist"])

View = Literal["all", "urgent", "board", "missing", "due"]
Words = Annotated[str, Query(max_length=200, description="Beginnings of words of the line; each must be found.")]


@value
class Worklist:
    """A page of the worklist, and how many lines each view has."""

    items: tuple[WorklistLine, ...]
    next: str
    counts: Mapping[str, int]
    today: str


@worklist.get("/worklist", response_model=Worklist)
async def read_worklist(
    signed: Annotated[Signed, signed(Function.SEE)],
    services: Given,
    view: View = "all",
    words: Words = "",
    after: After = "",
    limit: Limit = PAGE,
) -> Response:
    """A page of the worklist."""
    today = services.clock().date().isoformat()
    found = await signed.read(
        services,
        "worklist",
        lambda work: work.worklist(view=view, words=words, after=after, limit=limit, today=today),
    )
    return answer(Worklist, Worklist(items=found.lines, next=found.next, counts=found.counts, today=today))
