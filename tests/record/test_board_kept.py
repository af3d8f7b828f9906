"""What a board did is kept: what was done past the record is found, and it travels with a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from enbloc.case.board import AgendaItem, MeetingState
from enbloc.errors import RecordError
from enbloc.record import Deed, Record, UnitOfWork, back_up, open_record, restore, verify
from tests.record.boards import BOTH, CAROL, convened, meeting, settled
from tests.record.deeds import ALICE, NOW, at
from tests.record.test_verify import tampered
from tests.sampling import sampled

HARMS = {
    "UPDATE decisions SET document = '{}' WHERE decision_id = 'd1'": "decisions",
    "UPDATE decisions SET lesion = 'B' WHERE decision_id = 'd1'": "decisions",
    "UPDATE disagreements SET because = 'agreed'": "decisions",
    "DELETE FROM disagreements": "decisions",
    "UPDATE ratifications SET ratified_by = 'mallory'": "ratifications",
    "DELETE FROM ratifications": "what this entry told of ('ratify decision') is gone",
    "UPDATE second_looks SET option = 'observation' WHERE person = 'bob'": "second_looks",
    "DELETE FROM second_looks WHERE person = 'bob'": "('second look') is gone",
    "UPDATE reveals SET because = 'by the chair'": "reveals",
    "DELETE FROM reveals": "('reveal second looks') is gone",
    "UPDATE asked SET words = 'Nothing'": "asked",
    "DELETE FROM asked": "('ask meeting') is gone",
    "UPDATE meetings SET state = 'planned'": "meeting m1",
    "UPDATE meetings SET attendance = '[]'": "meeting m1",
    "UPDATE agenda SET question = 'Operate?' WHERE case_id = 'c1'": "meeting m1",
    "DELETE FROM agenda WHERE case_id = 'c1'": "meeting m1",
    "UPDATE tasks SET state = 'done'": "task t1",
    "DELETE FROM tasks": "task t1: the audit tells of it, and it is gone",
    "UPDATE worklist SET board = '2026-12-24' WHERE case_id = 'c1'": "its board is not that of the agendas",
}


@pytest.mark.parametrize("harm", sampled([*HARMS], 8))
def test_what_was_done_past_the_record_is_found(record: Record, harm: str) -> None:
    settled(record)
    assert verify(record).is_whole
    tampered(record, harm)
    assert any(HARMS[harm] in fault.words for fault in verify(record).faults), verify(record).faults


def test_an_old_state_that_was_put_back_is_found(record: Record) -> None:
    convened(record)
    with record.database.connect() as connection:
        row = connection.exec_driver_sql("SELECT entry, changed_at FROM meetings").one()
    with at(record, minutes=3) as work:
        work.close_meeting("m1")
    put_back = f"state = 'open', closed_by = '', closed_at = '', version = 3, entry = {row.entry}"
    tampered(record, f"UPDATE meetings SET {put_back}, changed_at = '{row.changed_at}'")
    assert any("meeting m1" in fault.words for fault in verify(record).faults)


def test_a_damaged_decision_is_never_given_out(record: Record) -> None:
    settled(record)
    tampered(record, "UPDATE decisions SET document = '{}' WHERE decision_id = 'd1'")
    with pytest.raises(RecordError, match="damaged"), at(record) as work:
        work.decisions("c1")


def test_the_board_travels_with_a_backup(record: Record, tmp_path: Path) -> None:
    settled(record)
    deed = Deed(by="keeper", now=NOW)

    def told(of: Record) -> Iterator[Any]:
        with at(of) as work:
            yield from (work.meetings(), work.decisions("c1"), work.decisions("c2"), work.looks("m1", "c1"))
            yield from (work.tasks(), work.disagreements(), work.asked("m1"), work.options_looked_at(2026))

    before = list(told(record))
    back_up(record, tmp_path / "backup", deed)
    restore(tmp_path / "backup", None, tmp_path / "again", deed)
    with closing(open_record(None, tmp_path / "again")) as again:
        assert list(told(again)) == before
        assert verify(again).is_whole


def test_every_look_and_deed_stands_in_the_audit(record: Record) -> None:
    settled(record)
    looks: dict[str, Callable[[UnitOfWork], Any]] = {
        "read meeting": lambda work: work.meeting("m1"),
        "list meetings": lambda work: work.meetings(),
        "list decisions": lambda work: work.decisions("c1"),
        "read decision": lambda work: work.decision("c1", "d1"),
        "list decisions of meeting": lambda work: work.decisions_of("m1"),
        "list disagreements": lambda work: work.disagreements(words="course"),
        "read second looks": lambda work: work.looks("m1", "c1"),
        "list questions": lambda work: work.asked("m1"),
        "list tasks": lambda work: work.tasks(),
        "read task": lambda work: work.task("t1"),
        "read agreement": lambda work: work.options_looked_at(2026),
        "show case": lambda work: work.show("m1", "c1", "page"),
    }
    for act, look_at in looks.items():
        with pytest.raises(ZeroDivisionError), at(record, CAROL) as work:  # noqa: PT012  # one unit, which fails
            look_at(work)
            raise ZeroDivisionError
        with at(record) as work:
            assert (act, CAROL) in {(line.act, line.actor) for line in work.audit(newest_first=True, limit=5)}, act
    with at(record) as work:
        details = "".join(line.detail for line in work.audit(limit=1000))
    assert not [word for word in ("radioresistant", "level sure", "Book the theatre", "cours") if word in details]


def test_a_meeting_is_the_same_after_it_was_kept(record: Record) -> None:
    convened(record)
    with at(record) as work:
        items_ = (AgendaItem(case="c2", lesions=("A", "B"), question="Operate?"), AgendaItem(case="c1"))
        work.set_agenda("m1", items_, made_from=3)
        found = work.meeting("m1").meeting
    wanted = replace(meeting("m1", attendance=BOTH, chair=ALICE), agenda=items_, state=MeetingState.OPEN)
    assert found == wanted
