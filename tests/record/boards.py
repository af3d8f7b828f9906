"""What tests of the board plan, decide and look at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from enbloc.case.board import (
    AgendaItem,
    Attendance,
    Choice,
    DecidedOn,
    Decision,
    Joined,
    Meeting,
    SecondLook,
    Specialty,
    Task,
    Way,
)
from enbloc.exchange.document import to_json
from enbloc.record import Record
from tests.record.deeds import ALICE, BOB, NOW, add, at, lined

CAROL = "carol"
THURSDAY, NEXT_THURSDAY = "2026-11-26", "2026-12-03"
SURGEON = Attendance(name="A. Alice", specialty=Specialty.SPINE_SURGERY, person=ALICE)
ONCOLOGIST = Attendance(name="B. Bob", specialty=Specialty.RADIATION_ONCOLOGY, how=Joined.BY_PHONE, person=BOB)
BOTH = (SURGEON, ONCOLOGIST)


def items(*cases: str) -> tuple[AgendaItem, ...]:
    return tuple(AgendaItem(case=case) for case in cases)


def meeting(id: str = "m1", *cases: str, day: str = THURSDAY, **more: Any) -> Meeting:
    return Meeting(id=id, **{"day": date.fromisoformat(day), "title": "Board", "agenda": items(*cases), **more})


def decision(id: str = "d1", case: str = "c1", **more: Any) -> str:
    """The document of a decision."""
    given: dict[str, Any] = {"lesion": "A", "of": DecidedOn(version=1), "way": Way.MEETING, "meeting": "m1"}
    given |= {"attendance": BOTH, "by": "A. Alice", "at": NOW, **more}
    if given["way"] is Way.QUORUM:
        given |= {"meeting": "", "emergency": "paraparesis since noon"}
    return to_json(Decision(id=id, case=case, **given))


def choice(act: str = "biopsy") -> Choice:
    return Choice(act=act, because="no tissue yet")


def look(option: str = "biopsy", case: str = "c1", meeting: str = "m1", lesion: str = "A") -> SecondLook:
    return SecondLook(meeting=meeting, case=case, lesion=lesion, person="", option=option)


def task(id: str = "t1", decision: str = "d1", case: str = "c1", **more: Any) -> Task:
    given: dict[str, Any] = {"what": "Book the theatre", "owner": BOB, "due": date(2026, 12, 1), **more}
    return Task(id=id, case=case, decision=decision, **given)


def convened(record: Record, cases: Sequence[str] = ("c1", "c2"), *, is_open: bool = True) -> None:
    """Three people, these cases in the worklist, and a meeting with all of them on its agenda."""
    for person in (ALICE, BOB, CAROL):
        add(record, person)
    for case_id in cases:
        lined(record, case_id)
    with at(record) as work:
        work.plan_meeting(meeting("m1", *cases, attendance=BOTH, chair=ALICE))
        if is_open:
            work.open_meeting("m1")


def settled(record: Record) -> None:
    """A board that has done everything once."""
    convened(record)
    with at(record) as work:
        work.ask_meeting("m1", "c1", "Is the level sure?")
        work.look(look(), awaited=(ALICE, BOB))
    with at(record, BOB) as work:
        work.look(look("radiosurgery"), awaited=(ALICE, BOB))
    with at(record) as work:
        objection = {"rule": "NOMS-01", "name": "B. Bob", "because": "radioresistant after two courses"}
        work.decide(decision(disagreements=(disagreement(**objection),)))
        work.add_task(task())
        work.decide(decision("d2", "c2", way=Way.QUORUM))
        work.ratify("c2", "d2", "m1")


def disagreement(**given: str) -> Any:
    from enbloc.case.board import Disagreement

    return Disagreement(**given)
