"""The line of a case in the worklist, handed in by whoever saves it or works it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from enbloc.record import WorklistLine

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.record import UnitOfWork

WORKING, FAILED, CURRENT, NEW, OUT_OF_DATE = "working", "failed", "current", "new", "out of date"


def line_up_saved(work: UnitOfWork, case: Case, case_id: str, version: int, *, is_asked: bool) -> None:
    """A version was saved: what the last work-up said stays, as out of date, and without one what the record says."""
    from enbloc.present.worklist import in_a_line_of_case

    before = work.line(case_id) if version > 1 else None
    state = WORKING if is_asked else OUT_OF_DATE if before and before.worked_up else NEW
    if before is None or not before.worked_up:
        words = asdict(in_a_line_of_case(case))
        work.line_up(WorklistLine(case_id=case_id, version=version, state=state, **words))
        return
    work.line_up(replace(before, version=version, state=state))


def line_up_worked_up(work: UnitOfWork, case_id: str, version: int, words: Mapping[str, str | int]) -> None:
    """A version was worked up; a newer one stays, and what is known of this one is out of date by that."""
    newest = work.line(case_id)
    at, state = version, CURRENT
    if newest is not None and newest.version > version:
        at, state = newest.version, WORKING if newest.state == WORKING else OUT_OF_DATE
    given = {name: words[name] for name in _WORDS if name in words}
    work.line_up(WorklistLine(case_id=case_id, version=at, worked_up=version, state=state, **given))  # type: ignore[arg-type]  # read as those of the class


def line_up_waiting(work: UnitOfWork, case_id: str, waits: str) -> None:
    """A case cannot be worked up before something is brought: nothing failed, and the line says what it waits for."""
    line = work.line(case_id)
    if line is not None:
        work.line_up(replace(line, state=NEW, readiness=f"waits for {waits}"))


def line_up_state(work: UnitOfWork, case_id: str, state: str) -> None:
    """What is computed for a case goes on, failed, or was stopped."""
    line = work.line(case_id)
    if line is not None:
        work.line_up(replace(line, state=state or line.at_rest))


_WORDS = (
    "as_of", "identity", "headline", "levels", "histology", "degree", "what", "due", "due_what", "missing", "ask",
    "follow_up", "readiness", "origin",
)  # fmt: skip
