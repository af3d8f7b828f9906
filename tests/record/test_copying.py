"""A backup is a record by itself: it is checked, and goes back into either database."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from enbloc.errors import BackendError, EnblocError, OutputError, RecordError
from enbloc.record import Deed, Record, back_up, migrate, open_record, restore, verify
from enbloc.record.files import place as place_of
from tests.record.deeds import NOW, add, at, document, entry, lined, override, ready, save
from tests.record.places import Cluster, Place, why_not

DEED = Deed(by="keeper", now=NOW)
SIGNED_IN, INVITED, LATER = "a" * 64, "b" * 64, NOW + timedelta(hours=12)


def filled(record: Record) -> str:
    with at(record) as work:
        kept = work.put_file("c1", b"scan" * 100_000)
        held = document(story="é 𝄞", findings=[entry(value=2.5), entry("sins.bone", 1)], overrides=[override()])
        work.save_case("c1", held, made_from=0, because="new", files={"images/ct.nii.gz": kept.sha256})
        work.put_result("c1", 1, "workup", b"{}")
    save(record, made_from=1, story="later")
    save(record, centre="south")
    return kept.sha256


def peopled(record: Record) -> None:
    """Somebody who can sign in, and is; an invitation, a job, a team and a line in the worklist."""
    ready(record, "alice")
    add(record, "bob")
    lined(record, "c9", headline="chordoma", board="2026-11-26")
    with at(record) as work:
        work.invite("bob", token_hash=INVITED, until=LATER)
        work.ask("workup", "c9", 1, "{}")
        work.set_team("c9", ["alice"])
    record.doors.open_session(SIGNED_IN, "north", "alice", NOW, LATER)
    record.doors.first(INVITED, LATER)
    record.doors.failed("alice", NOW)


def told(record: Record) -> list[object]:
    """All that a person can read of it."""
    with at(record) as work:
        cases, versions = work.cases(), work.versions("c1")
        read = [work.read_case("c1", line.version) for line in versions]
        files = [work.read_file("c1", address) for address in read[0].files.values()]
        return [cases, versions, read, files, work.results("c1", 1), work.findings("sins.pain"), work.audit(limit=3)]


def test_nobody_waits_for_a_job_that_stayed_behind(record: Record, tmp_path: Path) -> None:
    for case_id, worked_up in (("never", 0), ("before", 1), ("now", 2)):
        lined(record, case_id)
        lined(record, case_id, made_from=1, worked_up=worked_up, state="working")
        with at(record) as work:
            work.ask("work-up", case_id, 2, "{}")
    assert verify(record).remarks == ()
    back_up(record, tmp_path / "backup", DEED)
    checked = restore(tmp_path / "backup", None, tmp_path / "again", DEED)

    assert (checked.is_whole, checked.remarks) == (True, ())
    with closing(open_record(None, tmp_path / "again")) as again, at(again) as work:
        states = {line.case_id: line.state for line in work.worklist(today="2026-11-20").lines}
        assert states == {"never": "new", "before": "out of date", "now": "current"}
        assert [line.act for line in work.audit(limit=1000)].count("line up") == 9


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_people_travel_with_a_backup_and_what_is_of_the_hour_does_not(
    record: Record, tmp_path: Path, into: str, request: pytest.FixtureRequest
) -> None:
    peopled(record)
    if into == "postgresql" and (why := why_not()):
        pytest.skip(why)
    back_up(record, tmp_path / "backup", DEED)
    url = request.getfixturevalue("cluster").fresh() if into == "postgresql" else None
    restore(tmp_path / "backup", url, tmp_path / "again", DEED)

    assert SIGNED_IN.encode() not in (tmp_path / "backup" / "record.sqlite").read_bytes()
    with closing(open_record(url, tmp_path / "again")) as again:
        assert again.doors.session(SIGNED_IN, NOW) is None
        assert again.doors.invitation(INVITED, NOW) is None
        assert again.jobs.waiting() == 0
        found = again.doors.credentials("alice")
        assert found is not None
        assert (found.password_hash, found.totp_secret, found.failures) == ("argon", "totp", 0)
        with at(again) as work:
            assert [line.person for line in work.people()] == ["alice", "bob"]
            assert work.team("c9") == ("alice",)
            assert [line.case_id for line in work.worklist(today="2026-11-20", words="chor", view="board").lines] == [
                "c9"
            ]
            work.change_person("bob", roles=["reader"])
        assert verify(again).is_whole
    assert record.doors.session(SIGNED_IN, NOW) is not None, "the record itself keeps them"


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_backup_goes_back_into_either_database(
    record: Record, tmp_path: Path, into: str, request: pytest.FixtureRequest
) -> None:
    filled(record)
    checked = back_up(record, tmp_path / "backup", DEED)
    if into == "postgresql" and (why := why_not()):
        pytest.skip(why)
    url = request.getfixturevalue("cluster").fresh() if into == "postgresql" else None
    again = restore(tmp_path / "backup", url, tmp_path / "again", DEED)

    assert checked.is_whole
    assert again.is_whole
    assert (again.cases, again.versions, again.files) == (checked.cases, checked.versions, checked.files) == (2, 3, 2)
    with closing(open_record(url, tmp_path / "again")) as restored:
        assert told(restored) == told(record)
        assert save(restored, made_from=2).version == 3
        assert verify(restored).is_whole


def test_a_backup_is_one_database_file_its_files_and_a_manifest(record: Record, tmp_path: Path) -> None:
    filled(record)
    checked = back_up(record, tmp_path / "backup", DEED)

    assert sorted(path.name for path in (tmp_path / "backup").iterdir()) == ["files", "manifest.json", "record.sqlite"]
    manifest = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    assert manifest["heads"] == dict(checked.heads) == dict(verify(record).heads)
    with closing(open_record(None, tmp_path / "backup")) as copy:
        assert verify(copy).is_whole


def test_backup_and_restore_stand_in_the_audit_of_every_centre(record: Record, tmp_path: Path) -> None:
    filled(record)
    back_up(record, tmp_path / "backup", DEED)
    restore(tmp_path / "backup", None, tmp_path / "again", DEED)
    with closing(open_record(None, tmp_path / "again")) as restored:
        for centre in ("north", "south"):
            with at(restored, centre=centre) as work:
                audit = [line for line in work.audit() if line.actor == "keeper"]
            assert [line.act for line in audit] == ["back up", "restore"]


def test_a_record_with_a_damaged_file_makes_no_backup(record: Record, tmp_path: Path) -> None:
    address = filled(record)
    place_of(record.folder, "north", address).write_bytes(b"x")
    with pytest.raises(RecordError, match="gone or damaged"):
        back_up(record, tmp_path / "backup", DEED)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_nothing_is_written_over(record: Record, tmp_path: Path) -> None:
    filled(record)
    back_up(record, tmp_path / "backup", DEED)
    with pytest.raises(OutputError, match="something there"):
        back_up(record, tmp_path / "backup", DEED)
    with pytest.raises(OutputError, match="something there"):
        restore(tmp_path / "backup", None, record.folder, DEED)


def test_a_database_that_holds_a_record_is_left_alone(record: Record, place: Place, tmp_path: Path) -> None:
    filled(record)
    back_up(record, tmp_path / "backup", DEED)
    if place.url is None:
        pytest.skip("a SQLite file lies in its folder, which is not empty then")
    with pytest.raises(RecordError, match="a record in that database"):
        restore(tmp_path / "backup", place.url, tmp_path / "again", DEED)
    assert not (tmp_path / "again").exists()


def test_an_empty_record_of_postgresql_may_be_filled(cluster: Cluster, tmp_path: Path) -> None:
    migrate(None, tmp_path / "data")
    with closing(open_record(None, tmp_path / "data")) as record:
        filled(record)
        back_up(record, tmp_path / "backup", DEED)
    url = cluster.fresh()
    migrate(url, tmp_path / "other")

    assert restore(tmp_path / "backup", url, tmp_path / "again", DEED).is_whole


def _not_there(backup: Path) -> None:
    backup.rename(backup.with_name("elsewhere"))


def _changed(backup: Path) -> None:
    with (backup / "record.sqlite").open("ab") as database:
        database.write(b"x")


def _no_manifest(backup: Path) -> None:
    (backup / "manifest.json").unlink()


def _strange_manifest(backup: Path) -> None:
    (backup / "manifest.json").write_text("[" * 100_000)


def _file_changed(backup: Path) -> None:
    next(path for path in (backup / "files").rglob("*") if path.is_file()).write_bytes(b"x")


def _file_gone(backup: Path) -> None:
    next(path for path in (backup / "files").rglob("*") if path.is_file()).unlink()


@pytest.mark.parametrize("harm", [_not_there, _changed, _no_manifest, _strange_manifest, _file_changed, _file_gone])
def test_what_is_no_whole_backup_is_refused_and_nothing_is_put_there(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    migrate(None, tmp_path / "data")
    with closing(open_record(None, tmp_path / "data")) as record:
        filled(record)
        back_up(record, tmp_path / "backup", DEED)
    harm(tmp_path / "backup")
    with pytest.raises(EnblocError) as refused:
        restore(tmp_path / "backup", None, tmp_path / "again", DEED)

    assert isinstance(refused.value, RecordError | BackendError)
    assert not [path for path in tmp_path.iterdir() if "again" in path.name]
