"""The board in the record: who sees what, what is refused in words, and what `verify` finds."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from enbloc.case.board import DecidedOn, MeetingState, SecondLook, TaskState, Way
from enbloc.errors import RecordError, SettledError
from enbloc.record import Reach, Record, UnitOfWork, verify
from tests.record.boards import (
    CAROL,
    NEXT_THURSDAY,
    THURSDAY,
    convened,
    decision,
    disagreement,
    items,
    look,
    meeting,
    settled,
    task,
)
from tests.record.deeds import ALICE, BOB, NOW, at, lined, save

UNKNOWN = "no such"


@pytest.fixture
def closed_to_alice(record: Record) -> Record:
    """A board that has done everything once; then its second case is closed to Alice."""
    settled(record)
    with at(record) as work:
        work.add_task(task("t2", "d2", "c2", owner=ALICE))
        work.set_team("c2", [ALICE])
    return record


def seen_by(record: Record, actor: str, ask: Callable[[UnitOfWork], Any], reach: Reach = Reach.CENTRE) -> Any:
    with at(record, actor, reach=reach) as work:
        return ask(work)


# --- reach ------------------------------------------------------------------------------------------------------------

LISTS: dict[str, Callable[[UnitOfWork], Any]] = {
    "agenda": lambda work: [item.case for item in work.meeting("m1").meeting.agenda],
    "agendas": lambda work: [item.case for line in work.meetings() for item in line.meeting.agenda],
    "decisions of the meeting": lambda work: [line.case_id for line in work.decisions_of("m1")],
    "tasks": lambda work: [line.task.case for line in work.tasks()],
    "disagreements": lambda work: [line.case_id for line in work.disagreements()],
    "questions": lambda work: [line.case_id for line in work.asked("m1")],
}


def test_a_closed_case_is_on_no_list_for_others(closed_to_alice: Record) -> None:
    with at(closed_to_alice) as work:
        work.ask_meeting("m1", "c2", "What about the arteries?")
        worded = disagreement(rule="STOP-01", name="A", because="seen otherwise")
        quorum = decision("d3", "c2", way=Way.QUORUM, supersedes="d2", disagreements=(worded,))
        work.decide(quorum)
        work.decide(decision("d4", "c2", supersedes="d3"))
    for name, ask in LISTS.items():
        assert "c2" in seen_by(closed_to_alice, ALICE, ask), name
        others = seen_by(closed_to_alice, BOB, ask)
        assert "c2" not in others, name
        assert "c1" in others or name == "decisions of the meeting", name
        assert set(seen_by(closed_to_alice, BOB, ask, Reach.TEAM)) == set(), name


DEEDS: dict[str, Callable[[UnitOfWork], Any]] = {
    "decisions": lambda work: work.decisions("c2"),
    "decision": lambda work: work.decision("c2", "d2"),
    "decide": lambda work: work.decide(decision("d9", "c2", supersedes="d2")),
    "ratify": lambda work: work.ratify("c2", "d2", "m1"),
    "look": lambda work: work.look(look(case="c2")),
    "looks": lambda work: work.looks("m1", "c2"),
    "reveal": lambda work: work.reveal("m1", "c2"),
    "show": lambda work: work.show("m1", "c2", "page"),
    "ask": lambda work: work.ask_meeting("m1", "c2", "Why?"),
    "task": lambda work: work.task("t2"),
    "change task": lambda work: work.change_task(task("t2", "d2", "c2", owner=BOB), made_from=1),
    "add task": lambda work: work.add_task(task("t9", "d2", "c2")),
    "agenda": lambda work: work.set_agenda("m1", items("c1", "c2"), made_from=3),
    "tasks of a case": lambda work: work.tasks(case_id="c2"),
    "waits for": lambda work: work.waits_for("c2"),
    "changed since": lambda work: work.changed_since("c2", 1),
}


@pytest.mark.parametrize("reach", [Reach.CENTRE, Reach.TEAM])
def test_about_a_closed_case_nothing_is_done_or_told(closed_to_alice: Record, reach: Reach) -> None:
    with at(closed_to_alice) as work:
        assert work.meeting("m1").version == 3
    for name, deed in DEEDS.items():
        with pytest.raises(RecordError, match=UNKNOWN):
            seen_by(closed_to_alice, BOB, deed, reach)
        if name in ("decisions", "looks", "task"):
            seen_by(closed_to_alice, ALICE, deed, reach)


def test_what_somebody_does_not_see_stays_on_the_agenda_in_its_place(record: Record) -> None:
    convened(record, ("c1", "c2", "c3"), is_open=False)
    with at(record) as work:
        work.set_team("c2", [ALICE])
    with at(record, BOB, reach=Reach.CENTRE) as work:
        line = work.set_agenda("m1", items("c3", "c1"), made_from=2)
        assert [item.case for item in line.meeting.agenda] == ["c3", "c1"]  # type: ignore[union-attr]  # it is none that moved on
    with at(record, ALICE) as work:
        assert [item.case for item in work.meeting("m1").meeting.agenda] == ["c3", "c2", "c1"]
        work.open_meeting("m1")
        work.show("m1", "c2", "page")
        assert (work.meeting("m1").shown, work.meeting("m1").view) == ("c2", "page")
    with at(record, BOB, reach=Reach.CENTRE) as work:
        assert (work.meeting("m1").shown, work.meeting("m1").view) == ("", "")


def test_another_centre_has_a_board_of_its_own(record: Record) -> None:
    settled(record)
    with at(record, centre="south") as work:
        assert work.meetings() == ()
        assert work.tasks() == ()
        assert work.disagreements() == ()
        assert work.options_looked_at(2026) == ()
    deeds: list[Callable[[UnitOfWork], Any]] = [
        lambda work: work.meeting("m1"),
        lambda work: work.close_meeting("m1"),
        lambda work: work.decisions("c1"),
        lambda work: work.task("t1"),
        lambda work: work.decide(decision("d9")),
        lambda work: work.plan_meeting(meeting("m9", "c1")),
        lambda work: work.plan_meeting(meeting("m9", chair=ALICE)),
    ]
    for deed in deeds:
        with pytest.raises(RecordError, match=UNKNOWN), at(record, centre="south") as work:
            deed(work)


# --- what is refused, in words ----------------------------------------------------------------------------------------


def test_who_closes_a_meeting_again_is_told_who_did_and_when(record: Record) -> None:
    convened(record)
    with at(record, BOB, minutes=5) as work:
        work.close_meeting("m1")
    with pytest.raises(SettledError) as refused, at(record) as work:
        work.close_meeting("m1")
    assert str(refused.value) == "The meeting is closed: bob closed it on 2026-11-20 at 14:35 UTC. Plan another."


REFUSED: dict[str, tuple[str, Callable[[UnitOfWork], Any]]] = {
    "no case": ("no case on the agenda", lambda work: work.open_meeting("empty")),
    "open twice": ("is open", lambda work: work.open_meeting("m1")),
    "another day": (
        "goes on just now",
        lambda work: work.change_meeting(meeting("m1", day=NEXT_THURSDAY), made_from=3),
    ),
    "in an open meeting": ("meeting that is open", lambda work: work.set_board("c1", NEXT_THURSDAY)),
    "not on it": ("not on the agenda", lambda work: work.show("m1", "c3", "page")),
    "not open": ("not open", lambda work: work.decide(decision("d9", "c3", meeting="later"))),
    "decided already": ("alice decided this", lambda work: work.decide(decision("d9"))),
    "names nothing": ("no decision here", lambda work: work.decide(decision("d9", lesion="B", supersedes="d1"))),
    "names another": ("alice decided this", lambda work: work.decide(decision("d9", supersedes="d7"))),
    "of a meeting": ("A meeting decided", lambda work: work.ratify("c1", "d1", "m1")),
    "ratified": ("ratified by alice", lambda work: work.ratify("c2", "d2", "m1")),
    "revealed": ("were revealed", lambda work: work.look(look())),
    "nothing to reveal": ("nothing to reveal", lambda work: work.reveal("m1", "c2")),
    "voted on": ("decided or voted", lambda work: work.set_agenda("m1", items("c2"), made_from=3)),
}


def test_what_comes_too_late_or_too_early_is_told(record: Record) -> None:
    settled(record)
    lined(record, "c3")
    with at(record) as work:
        work.plan_meeting(meeting("empty"))
        work.plan_meeting(meeting("later", "c3"))
        version = work.meeting("m1").version
    for words, deed in REFUSED.values():
        with pytest.raises(SettledError, match=words), at(record) as work:
            deed(work)
    with at(record) as work:
        assert work.meeting("m1").version == version
    assert verify(record).is_whole


BAD: dict[str, Callable[[UnitOfWork], Any]] = {
    "id taken": lambda work: work.plan_meeting(meeting("m1")),
    "id": lambda work: work.plan_meeting(meeting("../m")),
    "nobody": lambda work: work.plan_meeting(meeting("m2", chair="mallory")),
    "no case": lambda work: work.plan_meeting(meeting("m2", "nowhere")),
    "too many": lambda work: work.set_agenda("m1", items(*(f"c{at}" for at in range(61))), made_from=3),
    "view": lambda work: work.show("m1", "c1", "a\nb"),
    "question": lambda work: work.ask_meeting("m1", "c1", "  "),
    "no document": lambda work: work.decide("{"),
    "other document": lambda work: work.decide(json.dumps({"id": 1})),
    "deep document": lambda work: work.decide("[" * 100_000),
    "version": lambda work: work.decide(decision("d9", of=DecidedOn(version=9), supersedes="d1")),
    "decision id taken": lambda work: work.decide(decision("d1", supersedes="d1")),
    "no decision": lambda work: work.ratify("c1", "d7", "m1"),
    "task without decision": lambda work: work.add_task(task("t9", "d7")),
    "task of nobody": lambda work: work.add_task(task("t9", owner="mallory")),
    "task id taken": lambda work: work.add_task(task("t1")),
    "dropped silently": lambda work: work.change_task(task(state=TaskState.DROPPED), made_from=1),
    "year": lambda work: work.options_looked_at(0),
    "words": lambda work: work.disagreements(words="a b c d e f g h i"),
    "limit": lambda work: work.tasks(limit=0),
}


def test_bad_input_is_one_line_with_a_remedy_and_leaves_nothing(record: Record) -> None:
    settled(record)
    for name, deed in BAD.items():
        with pytest.raises(RecordError) as refused, at(record) as work:
            deed(work)
        assert "\n" not in str(refused.value), name
        assert refused.value.remedy, name
    assert verify(record).is_whole


# --- second looks -----------------------------------------------------------------------------------------------------


def test_nobody_reads_what_others_say_before_it_is_revealed(record: Record) -> None:
    convened(record)
    with at(record) as work:
        mine = work.look(look("biopsy"), awaited=(ALICE, BOB))
    with at(record, CAROL) as work:
        (seen,) = work.looks("m1", "c1")
        work.look(look("radiosurgery"), awaited=(ALICE, BOB))
        assert (seen.given, seen.mine, seen.looks) == (1, None, ())
    assert mine.mine == SecondLook(meeting="m1", case="c1", lesion="A", person=ALICE, option="biopsy")
    with at(record, BOB) as work:
        line = work.look(look("biopsy"), awaited=(ALICE, BOB))
    assert [(one.person, one.option) for one in line.looks] == [
        (ALICE, "biopsy"),
        (BOB, "biopsy"),
        (CAROL, "radiosurgery"),
    ]
    with at(record) as work:
        assert "radiosurgery" not in "".join(entry.detail for entry in work.audit(limit=1000))
        assert work.options_looked_at(2026) == (("biopsy", "biopsy", "radiosurgery"),)
        assert work.options_looked_at(2025) == ()


def test_one_may_think_again_until_it_is_revealed_and_both_stay(record: Record) -> None:
    convened(record)
    for option in ("biopsy", "radiosurgery"):
        with at(record) as work:
            work.look(look(option), awaited=(ALICE,))  # alone there is nothing to be blind to
    with at(record) as work:
        (line,) = work.reveal("m1", "c1")
        assert [one.option for one in line.looks] == ["radiosurgery"]
        assert (line.revealed_by, line.because) == (ALICE, "by the chair")
        assert work.options_looked_at(2026) == (("radiosurgery",),)
    with record.database.connect() as connection:
        kept = connection.exec_driver_sql("SELECT option FROM second_looks ORDER BY number").scalars().all()
    assert kept == ["biopsy", "radiosurgery"]


# --- the agenda and the worklist --------------------------------------------------------------------------------------


def test_the_worklist_follows_the_agenda(record: Record) -> None:
    convened(record, is_open=False)

    def board() -> str:
        with at(record) as work:
            line = work.line("c1")
            assert line is not None
            return line.board

    assert board() == THURSDAY
    with at(record) as work:
        work.plan_meeting(meeting("m2", "c1", day=NEXT_THURSDAY))
        assert [item.case for item in work.meeting("m1").meeting.agenda] == ["c2"]
    assert board() == NEXT_THURSDAY
    with at(record) as work:
        work.change_meeting(meeting("m2", day="2026-12-10"), made_from=2)
    assert board() == "2026-12-10"
    with at(record) as work:
        work.close_meeting("m2")
        assert [item.case for item in work.meeting("m2").meeting.agenda] == ["c1"]
    assert board() == ""
    with at(record) as work:
        work.set_board("c1", "2026-12-17")
        work.set_board("c2", "2026-12-17")
        (line,) = work.meetings(since="2026-12-17")
        assert [item.case for item in line.meeting.agenda] == ["c1", "c2"]
        assert (line.meeting.title, line.meeting.state) == ("Tumour board", MeetingState.PLANNED)
    assert board() == "2026-12-17"
    assert verify(record).is_whole


def test_a_case_that_is_lined_up_later_shows_the_day_that_it_waits_for(record: Record) -> None:
    save(record, "c9", id="c9")
    with at(record) as work:
        work.plan_meeting(meeting("m1", "c9"))
        assert work.line("c9") is None
    lined(record, "c9x")
    with at(record) as work:
        from enbloc.record import WorklistLine

        work.line_up(WorklistLine(case_id="c9", version=1))
        line = work.line("c9")
    assert line is not None
    assert line.board == THURSDAY


def test_meetings_and_tasks_come_by_the_page(record: Record) -> None:
    settled(record)
    days = ["2026-11-20", "2026-11-26", "2026-12-01", "2026-12-01"]
    with at(record) as work:
        for number, (day, starts) in enumerate(zip(days, ("", "", "14:00", "09:00"), strict=True)):
            work.plan_meeting(meeting(f"p{number}", day=day, starts=starts))
            work.add_task(task(f"p{number}", due=meeting(day=day).day))
        found = [line.meeting.id for line in work.meetings()]
        assert found == ["p0", "m1", "p1", "p3", "p2"]
        assert [line.meeting.id for line in work.meetings(since="2026-11-27")] == ["p3", "p2"]
        after = ("2026-11-26", "", "m1")
        assert [line.meeting.id for line in work.meetings(after=after, limit=2)] == ["p1", "p3"]
        assert [line.task.id for line in work.tasks(until="2026-11-26")] == ["p0", "p1"]
        assert [line.task.id for line in work.tasks(after=("2026-11-26", "p1"), limit=2)] == ["p2", "p3"]
        assert [line.task.id for line in work.tasks(owner=ALICE)] == []
        work.change_task(task("p0", state=TaskState.DONE, due=meeting(day=days[0]).day), made_from=1)
        assert [line.task.id for line in work.tasks(is_open=True, until="2026-11-26")] == ["p1"]


def test_disagreements_are_found_by_rule_and_by_words(record: Record) -> None:
    settled(record)
    with at(record) as work:
        assert [one.because for one in work.disagreements(rule="NOMS-01")] == ["radioresistant after two courses"]
        assert len(work.disagreements(words="RADIO cours")) == 1
        assert work.disagreements(words="resistant") == ()
        assert work.disagreements(rule="NOMS-02") == ()
        (one,) = work.disagreements()
        assert (one.by, one.at, one.name) == (ALICE, NOW, "B. Bob")
        assert work.disagreements(after=(one.case_id, one.decision_id, one.position)) == ()
