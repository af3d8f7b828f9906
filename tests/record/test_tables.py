"""The tables are what the migrations make; what is written stays; a million cases can be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError

from enbloc.errors import RecordError
from enbloc.record import Reach, Record, migrate, open_record, searching, verify
from enbloc.record.chain import START, Chain, Link
from enbloc.record.database import READ_ONLY, address, borrowed, told
from enbloc.record.deciding import disagreed_after
from enbloc.record.jobs import claimable
from enbloc.record.meetings import meetings_after
from enbloc.record.migrating import STEPS_IN, _upgraded
from enbloc.record.reading import audit_after, audit_before, cases_after, entered_after, overridden_after
from enbloc.record.searching import Way
from enbloc.record.tables import AT_THE_DOOR, TABLES
from enbloc.record.tasks import tasks_after
from enbloc.record.waiting import waiting_for
from enbloc.record.words import stamp
from tests.record.boards import settled
from tests.record.deeds import NOW, add, at, document, entry, override, save
from tests.record.places import Place

APPEND_ONLY = ("audit", "versions", "findings", "overrides", "files", "version_files", "results")
OF_THE_BOARD = ("asked", "decisions", "disagreements", "ratifications", "second_looks", "reveals")


def filled(record: Record) -> None:
    with at(record) as work:
        kept = work.put_file("c1", b"scan")
        held = document(findings=[entry()], overrides=[override()])
        work.save_case("c1", held, made_from=0, because="new", files={"a": kept.sha256})
        work.put_result("c1", 1, "workup", b"{}")


def test_the_tables_are_those_of_the_migrations(record: Record) -> None:
    with record.database.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"version_table": STEPS_IN}), TABLES) == []


def test_the_centre_comes_first_in_every_key() -> None:
    of_patients = set(TABLES.tables.values()) - set(AT_THE_DOOR)
    assert {next(iter(table.primary_key.columns)).name for table in of_patients} == {"centre"}
    for table in of_patients:
        others = {index.name for index in table.indexes if next(iter(index.columns)).name != "centre"}
        assert others <= {"ux_people_person", "ix_jobs_open"}, "who signs in names no centre; a worker serves them all"


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_is_written_is_not_changed_or_removed(record: Record, table: str) -> None:
    filled(record)
    column = "digest" if table == "audit" else "centre"
    deeds = [f"UPDATE {table} SET {column} = 'x'", f"DELETE FROM {table}"]
    deeds += [f"TRUNCATE {table} CASCADE"] if record.database.dialect.name == "postgresql" else []
    for deed in deeds:
        with pytest.raises(DBAPIError, match="append-only"), record.database.begin() as connection:
            connection.execute(text(deed))


@pytest.mark.parametrize("table", OF_THE_BOARD)
def test_what_a_board_has_said_is_not_changed_or_removed(record: Record, table: str) -> None:
    settled(record)
    deeds = [f"UPDATE {table} SET centre = 'x'", f"DELETE FROM {table}"]
    deeds += [f"TRUNCATE {table} CASCADE"] if record.database.dialect.name == "postgresql" else []
    for deed in deeds:
        with pytest.raises(DBAPIError, match="append-only"), record.database.begin() as connection:
            connection.execute(text(deed))


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM meetings",
        "UPDATE meetings SET meeting_id = 'other'",
        "UPDATE meetings SET entry = entry - 1",
        "DELETE FROM tasks",
        "UPDATE tasks SET case_id = 'c2'",
        "UPDATE tasks SET entry = entry - 1",
    ],
)
def test_meetings_and_tasks_only_move_forwards(record: Record, deed: str) -> None:
    settled(record)
    with pytest.raises(DBAPIError, match=r"only moves forwards|append-only"), record.database.begin() as connection:
        connection.execute(text(deed))


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM cases",
        "DELETE FROM chains",
        "UPDATE cases SET version = version",
        "UPDATE cases SET version = version + 2",
        "UPDATE cases SET version = version + 1, case_id = 'other'",
        "UPDATE cases SET version = version + 1, document_id = 'other'",
        "UPDATE chains SET digest = 'x'",
        "UPDATE chains SET length = length - 1",
        "DELETE FROM people",
        "UPDATE people SET person = 'mallory'",
        "UPDATE people SET entry = entry - 1",
    ],
)
def test_what_moves_only_moves_forwards(record: Record, deed: str) -> None:
    save(record)
    add(record, "alice")
    with pytest.raises(DBAPIError, match=r"only moves forwards|append-only"), record.database.begin() as connection:
        connection.execute(text(deed))


def test_a_row_is_not_replaced_either(record: Record) -> None:
    if record.database.dialect.name != "sqlite":
        pytest.skip("only SQLite has INSERT OR REPLACE")
    save(record)
    with pytest.raises(DBAPIError, match="append-only"), record.database.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO versions SELECT * FROM versions"))


def test_a_refusal_of_the_database_is_told_in_our_words(record: Record) -> None:
    save(record)
    with pytest.raises(RecordError, match="not changed or removed"), told(), record.database.begin() as connection:
        connection.execute(text("DELETE FROM versions"))


# --- plans ------------------------------------------------------------------------------------------------------------


MANY = 1500


@pytest.fixture
def crowded(record: Record) -> Record:
    """A record with so many rows that a database prefers an index if there is one that serves."""
    filled(record)
    with record.database.begin() as connection:
        for n in range(2):
            connection.execute(text(f"INSERT INTO chains VALUES ('p{n}', 0, '')"))
        cases = [
            {
                "centre": f"p{n % 2}",
                "case": f"k{n:06}",
                "at": f"2026-{n:05}",
                "entry": n,
                "fact": f"f{n % 50}",
                "day": f"2026-{1 + n % 12:02}-{1 + n % 28:02}",
                "n": n,
            }
            for n in range(2, MANY)
        ]
        for statement in _ROWS:
            connection.execute(text(statement), cases)
    with record.database.begin() as connection:
        connection.execute(text("ANALYZE"))
    return record


_ROWS = (
    "INSERT INTO audit VALUES (:centre, :entry, :at, 'a', 'p', 'read case', :case, 1, '{}', '')",
    "INSERT INTO cases VALUES (:centre, :case, 1, 'd', 'a', :at)",
    "INSERT INTO versions VALUES (:centre, :case, 1, '{}', '', 'a', :at, 'b', :entry)",
    "INSERT INTO findings VALUES (:centre, :case, 1, 0, :fact, 'A', '1', 1, '', '', '')",
    "INSERT INTO overrides VALUES (:centre, :case, 1, 0, :fact, 'A', '', '', '', '')",
    "INSERT INTO worklist VALUES (:centre, :case, 1, 1, '', '', '', '', '', 'note', '', :day, '', :n % 2, '', '', '', "
    "'', 'current', :day, '3_' || :day || '_' || :case)",
    "INSERT INTO words VALUES (:centre, :case, :fact, '3_' || :day || '_' || :case)",
    "INSERT INTO words VALUES (:centre, :case, 'chordoma', '3_' || :day || '_' || :case)",
    "INSERT INTO tallies VALUES (:centre, :case, 'all', '', 1)",
    "INSERT INTO jobs VALUES (:centre, :case, 'workup', :case, 1, 'done', '', 0, 0, '', '', '', 'a', :at, '', :case, "
    "'', '', 1)",
)


def test_every_page_is_read_by_an_index_and_sorts_nothing(crowded: Record) -> None:
    asked = {
        "cases": cases_after("p1", "k000500", 50),
        "findings": entered_after("p1", "f7", ("k000100", 0), 50),
        "overrides": overridden_after("p1", "f7", ("k000100", 0), 50),
        "audit": audit_after("p1", "", 500, 50),
        "audit of a case": audit_after("p1", "k000501", 0, 50),
        "audit from its end": audit_before("p1", "", 0, 50),
        "audit of a case, back": audit_before("p1", "k000501", 500, 50),
        "meetings": meetings_after("p1", ("2026-11-20", "14:00", "m1"), 50),
        "the meeting of a case": waiting_for("p1", "k000501"),
        "disagreements with a rule": disagreed_after("p1", "f7", ("k000100", "d1", 0), 50),
        "tasks": tasks_after("p1", "", ("2026-11-20", "t1"), 50),
        "tasks of a person": tasks_after("p1", "alice", ("2026-11-20", "t1"), 50),
    }
    with crowded.database.connect().execution_options(**READ_ONLY) as connection:
        if connection.dialect.name == "postgresql":  # so few rows are read faster whole: only what no index serves is
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for name, question in asked.items():
            plan = _plan(connection, question)
            assert "Seq Scan" not in plan, name
            assert "SCAN" not in plan, name
            assert "TEMP B-TREE FOR ORDER BY" not in plan, name


GIVEN: dict[str, Any] = {
    "centre": "p1", "actor": "alice", "today": "2026-11-20", "soon": "2026-11-27", "after": "3_2026-02-01_k000100",
    "most": 51, "until": "~", "case_id": "k000501", "lines": 500, "word": "f7", **searching.beginnings(["f7", "chor"]),
}  # fmt: skip
SERVED_BY = {
    (Way.DOWN, "all"): "ix_worklist_spot",
    (Way.DOWN, "urgent"): "ix_worklist_spot",
    (Way.DOWN, "missing"): "ix_worklist_missing",
    (Way.LISTED, "board"): "ix_worklist_board",
    (Way.LISTED, "due"): "ix_worklist_due",
    (Way.TEAM, "all"): "ix_teams_person",
    (Way.SPELLED, "all"): "ix_words_word",
    (Way.ONE_WORD, "all"): "ix_words_word",
}
"""What finds the lines of a page."""


def test_every_page_of_the_worklist_is_found_by_an_index(crowded: Record) -> None:
    with crowded.database.connect().execution_options(**READ_ONLY) as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if not is_sqlite:
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for (way, view), index in SERVED_BY.items():
            for reach in Reach:
                for words in {Way.SPELLED: (1, 2), Way.ONE_WORD: (1, 2)}.get(way, (0, 1)):
                    plan = _plan(connection, searching.page(way, view, reach, words), GIVEN)
                    _served(plan)
                    assert not is_sqlite or index in plan, (way, view, reach, plan)
                    assert way is not Way.DOWN or "TEMP B-TREE FOR ORDER BY" not in plan, (view, reach, plan)


def test_counts_words_and_jobs_are_found_by_an_index(crowded: Record) -> None:
    with crowded.database.connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(text("SET LOCAL enable_seqscan = off"))
        for reach in Reach:
            _served(_plan(connection, searching.tallied(reach), GIVEN))
            _served(_plan(connection, searching.line(reach), GIVEN))
        for question in (searching.ahead(), searching.counted(), searching.spelled()):
            _served(_plan(connection, question, GIVEN))
        job = _plan(connection, claimable("2026-11-20T14:30:00.000000Z"))
        assert "ix_jobs_open" in job, job


def _served(plan: str) -> None:
    assert "Seq Scan" not in plan, plan
    assert not re.search(r"SCAN (worklist|words|teams|cases|tallies|jobs)", plan), plan


def _plan(connection: Connection, question: Any, given: Mapping[str, Any] | None = None) -> str:
    """How the database finds the answer, asked just as the record asks."""
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, words: str, values: Any, *___: Any) -> None:
        asked.append((words, values))

    event.listen(connection, "before_cursor_execute", note)
    connection.execute(question, given).close()
    event.remove(connection, "before_cursor_execute", note)
    words, values = asked[-1]  # before it, perhaps, the transaction began
    explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {words}", values))


# --- migrating --------------------------------------------------------------------------------------------------------


def test_migrating_makes_a_record_once(place: Place) -> None:
    assert migrate(place.url, place.folder) == (None, "0003")
    assert migrate(place.url, place.folder) == ("0003", "0003")


def test_opening_makes_nothing(place: Place) -> None:
    with pytest.raises(RecordError, match="no record here"):
        open_record(place.url, place.folder)
    assert not place.folder.exists()


def test_a_record_of_a_newer_version_is_left_alone(place: Place, record: Record) -> None:
    with record.database.begin() as connection:
        connection.execute(text("UPDATE enbloc_revision SET version_num = '9999'"))
    with pytest.raises(RecordError, match="newer version"):
        open_record(place.url, place.folder)
    with pytest.raises(RecordError, match="newer version"):
        migrate(place.url, place.folder)


def test_a_database_of_something_else_is_left_alone(place: Place, record: Record) -> None:
    with record.database.begin() as connection:
        connection.execute(text("DROP TABLE enbloc_revision"))
    with pytest.raises(RecordError, match="Other tables"):
        migrate(place.url, place.folder)


@pytest.mark.parametrize(
    "url", ["", "mysql://u:secret@h/d", "secret", "sqlite://", "sqlite:///:memory:", "http://h/secret"]
)
def test_what_is_no_database_of_ours_is_refused_and_not_repeated(place: Place, url: str) -> None:
    with pytest.raises(RecordError) as refused:
        open_record(url, place.folder)
    assert "secret" not in str(refused.value)


def test_the_day_that_a_case_was_on_becomes_a_meeting(place: Place) -> None:
    """A record of before there were meetings: its cases wait for the meetings of their days."""
    place.folder.mkdir()
    with borrowed(address(place.url, place.folder)) as database, database.begin() as connection:
        _upgraded(connection, "0002")
        connection.execute(text("INSERT INTO chains VALUES ('north', 0, :start)"), {"start": START})
        chain = Chain(connection, Link(centre="north", actor="alice", purpose="p", at=stamp(NOW)))
        for case_id, day in (("c1", "2026-11-26"), ("c2", ""), ("c3", "2026-11-26"), ("c4", "2026-12-03")):
            chain.add("save case", case_id=case_id)
            for statement in _ON_A_DAY:
                connection.execute(text(statement), {"case": case_id, "day": day, "at": stamp(NOW)})
        chain.close()
    assert migrate(place.url, place.folder) == ("0002", "0003")
    record = open_record(place.url, place.folder)
    with at(record) as work:
        found = work.meetings()
        told = {line.meeting.day.isoformat(): [item.case for item in line.meeting.agenda] for line in found}
        assert told == {"2026-11-26": ["c1", "c3"], "2026-12-03": ["c4"]}
    assert not [fault for fault in verify(record).faults if "meeting" in fault.words or "agenda" in fault.words]
    with at(record) as work:
        work.set_agenda(found[0].meeting.id, (), made_from=1)
        lines = {case_id: work.line(case_id) for case_id in ("c1", "c4")}
    record.close()
    assert {case_id: line.board for case_id, line in lines.items() if line} == {"c1": "", "c4": "2026-12-03"}


_ON_A_DAY = (
    "INSERT INTO cases VALUES ('north', :case, 1, 'd', 'alice', :at)",
    "INSERT INTO worklist VALUES ('north', :case, 1, 0, '', '', '', '', '', '', '', '', '', 0, '', '', '', '', 'new', "
    ":day, '4_~_' || :case)",
)
