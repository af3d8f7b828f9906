"""What tests do with a record, in short."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

from enbloc.record import Overtaken, Reach, Record, Saved, UnitOfWork, WorklistLine

NOW = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
CENTRE = "north"
ALICE, BOB = "alice", "bob"


def document(id: str = "2f41", **more: Any) -> str:
    """A document of a case."""
    return json.dumps({"schema": "enbloc/case/1", "id": id, **more}, indent=2)


def at(
    record: Record, actor: str = ALICE, *, centre: str = CENTRE, minutes: int = 0, reach: Reach = Reach.ALL
) -> AbstractContextManager[UnitOfWork]:
    """A unit of work."""
    now = NOW + timedelta(minutes=minutes)
    return record.at(centre, actor=actor, purpose="the board of Friday", now=now, reach=reach)


def save(
    record: Record, case_id: str = "c1", *, made_from: int = 0, actor: str = ALICE, centre: str = CENTRE, **more: Any
) -> Saved | Overtaken:
    """One version in a unit of its own."""
    with at(record, actor, centre=centre) as work:
        return work.save_case(case_id, document(**more), made_from=made_from, because="a test")


def entry(fact: str = "sins.pain", value: Any = "mechanical", about: str = "A") -> dict[str, Any]:
    return {"fact": fact, "about": about, "value": value, "by": "R. Example", "on": "2026-11-19", "because": ""}


def override(stop: str = "STOP-16", about: str = "patient") -> dict[str, Any]:
    because = "apixaban 20 hours ago, reversed with andexanet"
    return {"stop": stop, "about": about, "act": "", "by": "R. Example", "on": "2026-11-20", "because": because}


def add(record: Record, person: str, *, centre: str = CENTRE, roles: Sequence[str] = ("surgeon",)) -> None:
    """Somebody who cannot sign in yet."""
    with at(record, centre=centre) as work:
        work.add_person(person, f"{person[0].upper()}. {person.title()}", roles)


def ready(record: Record, person: str, *, centre: str = CENTRE, password: str = "argon", totp: str = "totp") -> None:
    """Somebody who can sign in."""
    add(record, person, centre=centre)
    with at(record, centre=centre) as work:
        work.set_secrets(person, password_hash=password, totp_secret=totp)


def lined(
    record: Record, case_id: str, *, made_from: int = 0, centre: str = CENTRE, board: str = "", **line: Any
) -> None:
    """A case with its line in the worklist, and perhaps on a board."""
    with at(record, centre=centre) as work:
        work.save_case(case_id, document(case_id), made_from=made_from, because="a test")
        work.line_up(WorklistLine(case_id=case_id, version=made_from + 1, **line))
        if board:
            work.set_board(case_id, board)
