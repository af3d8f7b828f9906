"""The commands about the record: what they say, and one line for what they refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from enbloc.record import open_record
from enbloc.record.files import place
from tests.record.deeds import at, document


def enbloc(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "enbloc.cli", "record", *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, env={**os.environ, **environment})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A record with a case, made by the command."""
    assert enbloc("migrate", tmp_path / "data").returncode == 0
    with closing(open_record(None, tmp_path / "data")) as record, at(record) as work:
        kept = work.put_file("c1", b"scan")
        work.save_case("c1", document(), made_from=0, because="new", files={"ct": kept.sha256})
    return tmp_path / "data"


def test_made_kept_lost_and_restored(data: Path, tmp_path: Path) -> None:
    made = enbloc("backup", data, "--out", tmp_path / "backup", "--by", "keeper")
    restored = enbloc("restore", tmp_path / "backup", tmp_path / "again", "--by", "keeper", "--json")
    verified = enbloc("verify", tmp_path / "again", "--json")

    assert (
        made.stdout.splitlines()[0] == "The record is whole: 1 case, 1 version, 0 results, 1 file, 3 entries of audit."
    )
    assert json.loads(restored.stdout)["is_whole"]
    told = json.loads(verified.stdout)
    assert (told["cases"], told["entries"], told["faults"]) == (1, 4, [])
    with closing(open_record(None, tmp_path / "again")) as record, at(record) as work:
        assert [line.actor for line in work.audit()][2:4] == ["keeper", "keeper"]


def test_migrating_again_changes_nothing(data: Path) -> None:
    said = enbloc("migrate", data, "--json")

    assert json.loads(said.stdout) == {"before": "0003", "revision": "0003"}


def test_damage_is_told_with_its_place_and_exit_code_2(data: Path) -> None:
    with closing(open_record(None, data)) as record:
        with at(record) as work:
            address = work.read_case("c1").files["ct"]
        place(record.folder, "north", address).write_bytes(b"other")
    said, told = enbloc("verify", data), enbloc("verify", data, "--json")

    assert (said.returncode, told.returncode) == (2, 2)
    assert f"north case c1 file {address[:12]}: the file is gone or damaged." in said.stderr
    assert json.loads(told.stdout)["faults"] == [
        {"where": f"north case c1 file {address[:12]}", "what": "the file is gone or damaged"}
    ]


REFUSED = [
    ("verify", "nowhere"),
    ("backup", "nowhere", "--out", "backup"),
    ("backup", "data", "--out", "data"),
    ("restore", "nowhere", "again"),
    ("restore", "data", "again"),
    ("verify", "data/record.sqlite"),
    ("verify", "data", "--database", "mysql://u:secret@h/d"),
    ("verify", "data", "--database", "postgresql://u:secret@127.0.0.1:1/d?connect_timeout=2"),
    ("migrate", "data/record.sqlite"),
    ("migrate", "again", "--database", "secret"),
    ("verify",),
    ("restore", "data"),
    ("mend", "data"),
    (),
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_bad_input_is_one_line_and_exit_code_2(
    data: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(data.parent)
    said = enbloc(*words)

    assert said.returncode == 2
    assert len(said.stderr.splitlines()) == 1
    assert said.stderr.startswith("enbloc: ")
    assert "secret" not in said.stderr + said.stdout
    assert not (data.parent / "again" / "record.sqlite").exists()
    assert not (data.parent / "backup").exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"no database at all" * 100)
    said = enbloc("verify", tmp_path)

    assert said.returncode == 2
    assert "The database is damaged" in said.stderr


def test_the_database_may_be_named_by_the_environment(data: Path) -> None:
    said = enbloc("verify", data, ENBLOC_DATABASE="mysql://u:secret@h/d")

    assert said.returncode == 2
    assert "SQLite or PostgreSQL" in said.stderr


def test_what_keeps_the_record_is_named_where_it_is_missing(data: Path) -> None:
    code = (
        "import sys; sys.modules['sqlalchemy'] = None\n"
        f"sys.argv = ['enbloc', 'record', 'verify', {str(data)!r}]\nfrom enbloc import cli; cli.main()"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert said.returncode == 2
    assert said.stderr == "enbloc: What keeps the record is not installed. pip install 'enbloc[record]'.\n"
