"""Readings that share a transaction: as if each had been alone, but for the disk."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.exc import OperationalError

from enbloc.errors import BackendError, RecordError
from enbloc.record import Reach, Record, UnitOfWork, verify
from enbloc.record.database import Waiting
from tests.record.deeds import ALICE, BOB, NOW, add, at, lined, save


def read(record: Record, ask: Callable[[UnitOfWork], Any], actor: str = ALICE, reach: Reach = Reach.ALL) -> Any:
    now = NOW + timedelta(minutes=1)
    return record.read("north", actor=actor, purpose="the board of Friday", now=now, reach=reach, ask=ask)


def version(work: UnitOfWork) -> int:
    return work.read_case("c1").line.version


def failing(work: UnitOfWork) -> None:
    work.read_case("c1")
    raise ZeroDivisionError


def broken(work: UnitOfWork) -> None:
    work.read_case("c1")
    work._rows(text("SELECT * FROM nowhere"))


def together(record: Record, asks: list[Callable[[UnitOfWork], Any]]) -> list[Any]:
    """Every one of these in one transaction: they wait until one before them is answered."""
    goes_on = Event()

    def first(work: UnitOfWork) -> int:
        assert goes_on.wait(20)
        return version(work)

    now = NOW + timedelta(minutes=1)
    whose: dict[str, Any] = {"actor": ALICE, "purpose": "the board of Friday", "now": now}
    asked = [record.reading("north", **whose, ask=ask) for ask in (first, *asks)]
    goes_on.set()
    faults = (one.exception(20) for one in asked)
    return [fault or one.result() for fault, one in zip(faults, asked, strict=True)][1:]


def told(record: Record) -> list[tuple[str, str]]:
    with at(record) as work:
        return [(line.act, line.detail) for line in work.audit(limit=1000)][:-1]


def test_a_reading_is_answered_and_audited_like_any_other(record: Record) -> None:
    save(record)
    assert read(record, version, BOB) == 1
    with at(record) as work:
        line = work.audit()[1]
    assert (line.act, line.actor, line.case_id, line.version) == ("read case", BOB, "c1", 1)
    assert line.at == NOW + timedelta(minutes=1)


def test_readings_at_the_same_time_share_one_commit(record: Record) -> None:
    save(record)
    commits: list[int] = []
    event.listen(record._ground.turns, "commit", lambda _: commits.append(1))
    assert together(record, [version] * 7) == [1] * 7
    assert len(commits) == 2, "the one before them, and they"
    assert [act for act, _ in told(record)] == ["save case"] + ["read case"] * 8
    assert verify(record).is_whole


def test_many_threads_read_and_write_and_every_reading_is_in_the_audit(record: Record) -> None:
    save(record)
    lined(record, "c2", headline="chordoma")

    def work_(number: int) -> bool:
        if number % 5 == 0:
            return bool(save(record, f"n{number}"))
        if number % 2:
            return bool(read(record, lambda work: work.worklist(today="2026-11-20", words="chor").lines))
        return bool(read(record, version))

    with ThreadPoolExecutor(12) as threads:
        assert all(threads.map(work_, range(60)))
    acts = [act for act, _ in told(record)]
    assert (acts.count("read case"), acts.count("list worklist")) == (24, 24)
    assert verify(record).is_whole


def test_a_reading_that_fails_stays_in_the_audit_and_the_others_do_not_notice(record: Record) -> None:
    save(record)
    answers = together(record, [version, failing, lambda work: work.read_case("nowhere"), version])

    assert [answers[0], answers[3]] == [1, 1]
    assert isinstance(answers[1], ZeroDivisionError)
    assert "no such case" in str(answers[2])
    details = [json.loads(detail) for act, detail in told(record) if act == "read case"]
    assert details.count({"abandoned": True}) == 1
    assert details.count({"abandoned": True, "found": False}) == 1
    assert details.count({}) == 3


def test_what_the_database_refuses_one_reading_fails_no_other(record: Record) -> None:
    save(record)
    answers = together(record, [version, broken, version])

    assert [answers[0], answers[2]] == [1, 1]
    assert isinstance(answers[1], BackendError)
    assert [act for act, _ in told(record)] == ["save case"] + ["read case"] * 4
    assert verify(record).is_whole


def test_nobody_is_answered_before_the_audit_is_kept(record: Record) -> None:
    save(record)

    def refuse(connection: Connection) -> None:
        connection.invalidate()
        raise OperationalError("commit", None, Exception("the connection was lost"))

    event.listen(record._ground.turns, "commit", refuse)
    assert all(isinstance(answer, BackendError) for answer in together(record, [version] * 3))
    event.remove(record._ground.turns, "commit", refuse)
    assert read(record, version) == 1
    assert [act for act, _ in told(record)] == ["save case", "read case"]


@pytest.mark.parametrize(
    "deed",
    [
        lambda work: work.set_team("c1", []),
        lambda work: work.put_result("c1", 1, "report", b"x"),
        lambda work: work.ask("workup", "c1", 1, "{}"),
        lambda work: work.add_person("bob", "B", ["reader"]),
        lambda work: work.note("backup") or work._write(text("DELETE FROM teams")),
    ],
)
def test_a_reading_changes_nothing(record: Record, deed: Callable[[UnitOfWork], Any]) -> None:
    save(record)
    with pytest.raises(RecordError, match="changes nothing"):
        read(record, deed)
    assert verify(record).is_whole


def test_a_reading_is_over_when_it_is_answered_and_none_begins_within_one(record: Record) -> None:
    save(record)
    with pytest.raises(RecordError, match="over"):
        version(read(record, lambda work: work))
    with pytest.raises(RecordError, match="within a reading"):
        read(record, lambda _: read(record, version))
    assert read(record, version) == 1


def test_a_reading_sees_what_its_person_may(record: Record) -> None:
    save(record)
    for person in (ALICE, BOB):
        add(record, person)
    with at(record) as work:
        work.set_team("c1", [ALICE])
    assert read(record, version, ALICE, Reach.TEAM) == 1
    with pytest.raises(RecordError, match="no such case"):
        read(record, version, BOB, Reach.CENTRE)


def test_who_reads_without_end_keeps_nobody_from_writing(record: Record) -> None:
    save(record)
    until = time.monotonic() + 20
    is_written = Event()

    def reads() -> None:
        while not is_written.is_set() and time.monotonic() < until:
            read(record, version)

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(reads) for _ in range(4)]
        for number in range(10):
            save(record, f"n{number}")
        is_written.set()
    assert [one.result() for one in readers] == [None] * 4
    assert time.monotonic() < until


def test_who_came_first_is_first() -> None:
    waiting, order = Waiting(create_engine("sqlite://"), 20), list[int]()

    def come(number: int) -> None:
        waiting.begin()
        order.append(number)
        waiting.end()

    waiting.begin()
    with ThreadPoolExecutor(5) as threads:
        for number in range(5):
            threads.submit(come, number)
            while len(waiting._line) <= number:
                time.sleep(0.001)
        waiting.end()
    assert order == [0, 1, 2, 3, 4]
    impatient = Waiting(create_engine("sqlite://"), 0.01)
    impatient.begin()
    with pytest.raises(BackendError, match="busy"):
        impatient.begin()
    impatient.end()
    impatient.begin()
