"""`verify` finds every change that was made past the record, and says where."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from enbloc.errors import EnblocError, RecordError
from enbloc.record import Record, verify
from enbloc.record.files import place
from tests.record.deeds import NOW, at, document, entry, lined, override, ready, save
from tests.record.places import Place

TABLES = ("chains", "audit", "cases", "versions", "findings", "overrides", "files", "version_files", "results")


def filled(record: Record) -> str:
    """Two centres, a case of three versions with files and results; the SHA-256 of a scan."""
    with at(record) as work:
        kept = work.put_file("c1", b"scan")
        held = document(findings=[entry()], overrides=[override()])
        work.save_case("c1", held, made_from=0, because="new", files={"images/ct.nii.gz": kept.sha256})
        work.put_result("c1", 1, "workup", b"{}")
    for version in (1, 2):
        save(record, made_from=version, findings=[entry(value=str(version))])
    save(record, "c2", id="c2")
    save(record, centre="south")
    return kept.sha256


def peopled(record: Record) -> None:
    """Besides: two people, a case that is closed to one of them, and two lines in the worklist."""
    filled(record)
    for person in ("alice", "bob"):
        ready(record, person)
    lined(record, "c3", degree="stop", missing=2, headline="chordoma", due="2026-11-21", board="2026-11-26")
    lined(record, "c4", degree="note")
    with at(record) as work:
        work.change_person("bob", roles=["reader"])
        work.set_team("c3", ["alice"])


def tampered(record: Record, deed: str) -> None:
    """What somebody does who may do anything with the database."""
    with record.database.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.commit()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]  # SQLite's own
        connection.execute(text(deed))
        connection.commit()
        connection.invalidate()


def test_a_record_that_nobody_touched_is_whole(record: Record) -> None:
    filled(record)
    found = verify(record)

    assert found.is_whole, found.faults
    assert (found.cases, found.versions, found.results, found.files) == (3, 5, 1, 2)
    assert found.remarks == ("3 cases without a line in the worklist",)


def test_people_and_a_worklist_that_nobody_touched_are_whole(record: Record) -> None:
    peopled(record)
    record.doors.open_session("a" * 64, "north", "alice", NOW, NOW)
    save(record, "c4", id="c4", made_from=1)
    found = verify(record)

    assert found.is_whole, found.faults
    assert found.remarks == (
        "3 cases without a line in the worklist",
        "1 lines of the worklist about an older version",
    )


MOVED = [
    ("UPDATE people SET roles = 'administrator' WHERE person = 'bob'", "north person bob", "tells otherwise"),
    ("UPDATE people SET password_hash = 'mine' WHERE person = 'alice'", "north person alice", "tells otherwise"),
    ("UPDATE people SET entry = entry - 1 WHERE person = 'bob'", "north person bob", "tells otherwise"),
    ("UPDATE people SET is_disabled = 1 WHERE person = 'bob'", "north person bob", "tells otherwise"),
    ("INSERT INTO people SELECT centre, 'mallory', name, roles, is_disabled, password_hash, totp_secret, made_at, "
     "seen_at, entry FROM people WHERE person = 'alice'", "north person mallory", "tells otherwise"),
    ("DELETE FROM people WHERE person = 'bob'", "north person bob", "they are gone"),
    ("UPDATE worklist SET version = 2 WHERE case_id = 'c3'", "north case c3 in the worklist", "the newest is 1"),
    ("UPDATE worklist SET headline = 'x' WHERE case_id = 'c3'", "north case c3 in the worklist", "not its own"),
    ("DELETE FROM words WHERE word = 'chordoma'", "north case c3 in the worklist", "not its own"),
    ("UPDATE worklist SET missing = 0 WHERE case_id = 'c3'", "north worklist", "counts are not those"),
    ("DELETE FROM teams", "north worklist", "counts are not those"),
    ("UPDATE tallies SET lines = lines + 1 WHERE view = 'board'", "north worklist", "counts are not those"),
    ("DELETE FROM cases WHERE case_id = 'c4'", "worklist north c4", "leads to nothing in cases"),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "where", "what"), MOVED, ids=[deed[:60] for deed, _, _ in MOVED])
def test_what_moves_and_was_moved_past_the_record_is_found(record: Record, deed: str, where: str, what: str) -> None:
    peopled(record)
    tampered(record, deed)
    found = verify(record)

    assert any(fault.where.startswith(where) and what in fault.what for fault in found.faults), found.faults


TAMPERED = [
    ("UPDATE audit SET actor = 'nobody' WHERE centre = 'north' AND entry = 2", "north audit 2", "the chain breaks"),
    ("UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE entry = 4", "north audit 4", "the chain breaks"),
    ("UPDATE audit SET detail = '{}' WHERE centre = 'north' AND entry = 5", "north audit 5", "the chain breaks"),
    ("UPDATE audit SET digest = 'x' WHERE centre = 'north' AND entry = 1", "north audit 1", "the chain breaks"),
    ("DELETE FROM audit WHERE centre = 'north' AND entry = 3", "north audit 4", "entry 3 is missing"),
    ("DELETE FROM audit WHERE centre = 'north' AND entry > 5", "north audit 5", "should end at 7"),
    ("DELETE FROM audit WHERE centre = 'south'", "south audit 0", "should end at 1"),
    ("UPDATE chains SET digest = 'x' WHERE centre = 'south'", "south audit 1", "not where the chain ended"),
    ("UPDATE versions SET document = replace(document, '\"1\"', '\"9\"') WHERE case_id = 'c1' AND version = 2",
     "north case c1 version 2", "changed after it was saved"),
    ("UPDATE versions SET saved_by = 'nobody' WHERE case_id = 'c2'", "north case c2 version 1", "who saved what"),
    ("UPDATE versions SET because = 'x', entry = 1 WHERE case_id = 'c2'", "north case c2 version 1", "who saved what"),
    ("DELETE FROM versions WHERE case_id = 'c1' AND version = 3", "north case c1 version 2", "should end at 3"),
    ("DELETE FROM versions WHERE case_id = 'c1' AND version = 2", "north case c1 version 3", "version 2 is missing"),
    ("DELETE FROM versions WHERE case_id = 'c2'", "north case c2", "has no version"),
    ("UPDATE cases SET version = 7 WHERE case_id = 'c2'", "north case c2 version 1", "should end at 7"),
    ("UPDATE cases SET document_id = 'other' WHERE case_id = 'c2'", "north case c2 version 1", "of another case"),
    ("DELETE FROM cases WHERE case_id = 'c2'", "versions north c2 1", "leads to nothing in cases"),
    ("UPDATE findings SET value = '\"none\"' WHERE version = 1", "north case c1 version 1",
     "not those of the document"),
    ("DELETE FROM overrides", "north case c1 version 1", "not those of the document"),
    ("INSERT INTO findings SELECT centre, case_id, version, 7, fact, about, value, number, entered_by, entered_on, "
     "because FROM findings WHERE version = 2", "north case c1 version 2", "not those of the document"),
    ("DELETE FROM version_files", "north case c1 version 1", "list of files"),
    ("UPDATE files SET size = 5 WHERE size = 4", "north case c1 file", "gone or damaged"),
    ("DELETE FROM files WHERE size = 4", "north audit 1", "the file that this entry told of is gone"),
    ("DELETE FROM results", "north audit 4", "is gone"),
    ("UPDATE results SET computed_by = 'nobody'", "north case c1 version 1 result 1", "tells otherwise"),
    ("UPDATE results SET kind = 'report'", "north case c1 version 1 result 1", "tells otherwise"),
]  # fmt: skip


@pytest.mark.parametrize(("deed", "where", "what"), TAMPERED, ids=[deed[:60] for deed, _, _ in TAMPERED])
def test_what_was_changed_past_the_record_is_found(record: Record, deed: str, where: str, what: str) -> None:
    filled(record)
    tampered(record, deed)
    found = verify(record)

    assert any(fault.where.startswith(where) and what in fault.what for fault in found.faults), found.faults


def test_of_a_broken_chain_the_first_break_is_told(record: Record) -> None:
    filled(record)
    tampered(record, "UPDATE audit SET purpose = 'other' WHERE centre = 'north' AND entry >= 3")
    breaks = [fault for fault in verify(record).faults if "chain breaks" in fault.what]

    assert [fault.where for fault in breaks] == ["north audit 3"]


def _gone(path: Path) -> None:
    path.unlink()


def _flipped(path: Path) -> None:
    path.write_bytes(b"Scan")


def _shortened(path: Path) -> None:
    path.write_bytes(b"sca")


@pytest.mark.parametrize("harm", [_gone, _flipped, _shortened])
def test_a_file_that_is_not_what_it_was_is_found_and_never_given_out(
    record: Record, place_of: Callable[[str], Path], harm: Callable[[Path], None]
) -> None:
    address = filled(record)
    harm(place_of(address))

    (fault,) = verify(record).faults
    assert fault.words == f"north case c1 file {address[:12]}: the file is gone or damaged"
    with pytest.raises(RecordError, match="gone or damaged"), at(record) as work:
        work.read_file("c1", address)


@pytest.fixture
def place_of(record: Record) -> Callable[[str], Path]:
    return lambda address: place(record.folder, "north", address)


def test_keeping_a_damaged_file_again_mends_it(record: Record, place_of: Callable[[str], Path]) -> None:
    address = filled(record)
    _flipped(place_of(address))
    with at(record) as work:
        work.put_file("c1", b"scan")

    assert verify(record).is_whole


def test_a_file_takes_its_place_whole_and_disturbs_nobody_who_reads(
    record: Record, place_of: Callable[[str], Path]
) -> None:
    address = filled(record)
    with at(record) as work, work.open_file("c1", address) as reading:
        work.put_file("c1", b"scan")

        assert os.fstat(reading.fileno()).st_ino != place_of(address).stat().st_ino, (
            "renamed into place, not written over"
        )
        assert reading.read() == b"scan"


def test_what_a_killed_process_left_is_told_and_no_fault(record: Record) -> None:
    filled(record)
    (record.folder / "files" / "north" / ".part-xyz").write_bytes(b"half")
    with pytest.raises(ZeroDivisionError), at(record) as work:  # noqa: PT012  # both must be in one unit
        work.put_file("c1", b"never kept")
        raise ZeroDivisionError
    found = verify(record)

    assert found.is_whole
    assert [remark.split()[0:2] for remark in found.remarks[:2]] == [["1", "half-written"], ["1", "files"]]


def test_a_damaged_document_is_never_given_out(record: Record) -> None:
    filled(record)
    tampered(record, "UPDATE versions SET document = '{}' WHERE case_id = 'c2'")
    with pytest.raises(RecordError, match="damaged"), at(record) as work:
        work.read_case("c2")


def test_a_database_whose_pages_are_damaged_is_a_fault_or_an_error(place_: Place, record: Record) -> None:
    for version in range(40):
        save(record, made_from=version, story="x" * 5000)
    record.close()
    path = place_.folder / "record.sqlite"
    content = bytearray(path.read_bytes())
    content[20_000:60_000] = b"\xff" * 40_000
    path.write_bytes(content)
    try:
        is_whole = verify(record).is_whole
    except EnblocError:  # so badly damaged that it cannot be read through; told in one line
        is_whole = False

    assert not is_whole


@pytest.fixture
def place_(place: Place) -> Place:
    if place.kind != "sqlite":
        pytest.skip("the pages of PostgreSQL are its own to check")
    return place
