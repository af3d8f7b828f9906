"""The bench that a request is about: this person's, of this case, which they may still see."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from enbloc.errors import BackendError, RecordError
from enbloc.exchange.document import from_json, plain
from enbloc.web.benching.benches import OpenBench
from enbloc.web.working.bench.frames import Frame

if TYPE_CHECKING:
    from enbloc.record import UnitOfWork
    from enbloc.web.services import Services
    from enbloc.web.signed_in import Signed

Noun = TypeVar("Noun")

LOOKED_AT_EVERY_S = 60.0
"""So often it is asked, and noted, whether the person may still see the case that lies on their bench."""


def bench_of(services: Services, signed: Signed, case_id: str, bench: str) -> OpenBench:
    """The bench that is asked about.

    Raises
    ------
    Problem
        If there is none of this person, or it has ended.
    RecordError
        If the case is closed to the person by now: then their bench is ended.
    """
    found = services.benches.of(bench, (signed.centre, signed.person, case_id))
    if time.monotonic() - found.looked_at > LOOKED_AT_EVERY_S:
        look(services, signed, found)
    return found


def look(services: Services, signed: Signed, found: OpenBench, purpose: str = "work at a bench") -> None:
    """Look whether the person may still see the case, and note that they do.

    Raises
    ------
    RecordError
        If it is closed to them by now: then their bench is ended.
    """

    def ask(work: UnitOfWork) -> int:
        return work.read_case(found.case_id, found.version).line.version

    try:
        signed.read_in_thread(services, purpose, ask)
    except RecordError:
        services.benches.close(found, "This case is closed to you by now.")
        raise
    found.looked_at = time.monotonic()


def plain_of(wish: object) -> dict[str, Any]:
    """A wish as it goes over the pipe."""
    told: dict[str, Any] = plain(wish)
    return told


def noun_of(noun: type[Noun], told: Frame | Mapping[str, Any]) -> Noun:
    """What a bench says, read as the value that it must be.

    Raises
    ------
    BackendError
        If it is none.
    """
    head = told.head if isinstance(told, Frame) else told
    try:
        return from_json(noun, json.dumps(head))
    except RecordError:
        raise BackendError("The bench says what it cannot mean.", remedy="Open it again.") from None
