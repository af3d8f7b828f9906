"""A backup: one SQLite file, whatever database the record is kept in, and the files beside it; and the way back.

It is itself a record, so the same checks read it, and it goes back into either database. Sessions, invitations and jobs
stay behind: a copy lets nobody in who was in, and begins no work.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy import URL, Connection, Engine, insert, inspect, select

from enbloc.errors import OutputError, RecordError
from enbloc.record.database import FILE, READ_ONLY, address, borrowed, engine, told
from enbloc.record.files import BLOCK, Kept, keep, opened
from enbloc.record.migrating import migrate
from enbloc.record.store import Record, open_record
from enbloc.record.tables import FILES, OF_THE_HOUR, TABLES
from enbloc.record.verifying import Verified, refuse_damage, verify
from enbloc.value import value

MANIFEST = "manifest.json"
SCHEMA = "enbloc/record-backup/1"
BATCH = 500


@value
class Deed:
    """Who makes or restores a backup, and when; it stands in the audit of every centre."""

    by: str
    now: datetime


def back_up(record: Record, out: Path, deed: Deed) -> Verified:
    """Write everything as it is at one moment to a new folder, and check what was written.

    The folder is there whole or not at all. A record with a damaged file is refused: a backup without it would say less
    than it seems to.

    Raises
    ------
    OutputError
        If there is something at ``out``, or it cannot be written.
    """
    with _made_whole(out) as stage:
        _told_of(record, "back up", deed)
        _snapshot(record.database, stage)
        copy = Record(engine(address(None, stage)), stage)
        with closing(copy):
            _copy_files(copy, record.folder)
            checked = verify(copy)
            refuse_damage(checked)
        _alone(stage / FILE)
        manifest = {"schema": SCHEMA, "sha256": _digest(stage / FILE), "heads": dict(checked.heads)}
        _write(stage / MANIFEST, json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    return checked


def restore(backup: Path, url: str | None, folder: Path, deed: Deed) -> Verified:
    """Put a backup into an empty folder, and an empty database where one is named, and check what is there then.

    Raises
    ------
    RecordError
        If it is no backup or was changed, or the place is not empty; then nothing is put there.
    """
    _refuse_other(backup)
    at = address(url, folder)
    in_folder = at == address(None, folder)
    if not in_folder:
        _refuse_full(at)
    with _made_whole(folder, may_be_empty=True) as stage:
        shutil.copyfile(backup / FILE, stage / FILE)
        migrate(None, stage)
        copy = open_record(None, stage)
        with closing(copy):
            _copy_files(copy, backup)
            checked = verify(copy)
            refuse_damage(checked)
            if not in_folder:
                _into(copy.database, url, stage)
        _alone(stage / FILE)
        if not in_folder:
            (stage / FILE).unlink()
    record = open_record(url, folder)
    with closing(record):
        _told_of(record, "restore", deed)
        _settle(record, deed)
        checked = verify(record)
        refuse_damage(checked)
    return checked


def _told_of(record: Record, act: str, deed: Deed) -> None:
    """An entry in every centre's chain: a copy of all its patients is made, or has become the record."""
    for centre in record.centres():
        with record.at(centre, actor=deed.by, purpose=act, now=deed.now) as work:
            work.note(act)


def _settle(record: Record, deed: Deed) -> None:
    """Jobs stayed behind, and no case waits for one of them."""
    for centre in record.centres():
        with record.at(centre, actor=deed.by, purpose="restore", now=deed.now) as work:
            work.settle_lines()


# --- the database -----------------------------------------------------------------------------------------------------


def _snapshot(database: Engine, stage: Path) -> None:
    """All rows of one moment, in a SQLite file in the folder."""
    if database.dialect.name != "sqlite":
        migrate(None, stage)
        reads = database.connect().execution_options(**READ_ONLY)
        with borrowed(address(None, stage)) as copy, told(), reads as source, copy.begin() as target:
            _copy_rows(source, target)
        return
    with told(), database.connect().execution_options(**READ_ONLY) as source:
        lying: Any = source.connection.driver_connection
        with closing(sqlite3.connect(stage / FILE)) as target:
            lying.backup(target)
            target.execute("PRAGMA secure_delete=ON")  # nothing of what is left out stays in an empty page
            for table in OF_THE_HOUR:
                target.execute(f"DELETE FROM {table.name}")
            target.commit()


def _into(source: Engine, url: str | None, folder: Path) -> None:
    migrate(url, folder)
    reads = source.connect().execution_options(**READ_ONLY)
    with borrowed(address(url, folder)) as there, told(), reads as read, there.begin() as target:
        _refuse_rows(target)
        _copy_rows(read, target)


def _copy_rows(source: Connection, target: Connection) -> None:
    for table in (table for table in TABLES.sorted_tables if table not in OF_THE_HOUR):
        asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=BATCH)
        for rows in source.execute(asked).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])


def _refuse_full(at: URL) -> None:
    with borrowed(at) as database, told(), database.connect().execution_options(**READ_ONLY) as connection:
        if set(inspect(connection).get_table_names()) & set(TABLES.tables):
            _refuse_rows(connection)


def _refuse_rows(connection: Connection) -> None:
    if any(connection.execute(select(*table.primary_key.columns).limit(1)).first() for table in TABLES.sorted_tables):
        raise RecordError("There is a record in that database already.", remedy="Name an empty one.")


def _alone(path: Path) -> None:
    """The database as one file: nothing of it is left in the log beside it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _to_disk(path)


# --- the files --------------------------------------------------------------------------------------------------------


def _copy_files(copy: Record, source: Path) -> None:
    """Every file that the copy's rows name, read through and checked on the way."""
    asked = select(FILES.c.centre, FILES.c.sha256, FILES.c.size).distinct().order_by(FILES.c.centre, FILES.c.sha256)
    with told(), copy.database.connect().execution_options(**READ_ONLY) as connection:
        rows = connection.execute(asked).all()
    for row in rows:
        with opened(source, row.centre, Kept(sha256=row.sha256, size=int(row.size))) as found:
            keep(copy.folder, row.centre, found)


def _refuse_other(backup: Path) -> None:
    try:
        manifest: Mapping[str, Any] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))
        is_one = manifest["schema"] == SCHEMA and manifest["sha256"] == _digest(backup / FILE)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        is_one = False
    if not is_one:
        raise RecordError(
            "This is no backup of a record, or it was changed.",
            remedy="Name the folder that 'enbloc record backup' made.",
            where=backup.name,
        )


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as found:
        while block := found.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _made_whole(out: Path, *, may_be_empty: bool = False) -> Iterator[Path]:
    """A folder that is filled beside its place and stands there once it is whole, or leaves nothing."""
    is_there = out.is_symlink() or out.exists()
    if is_there and not (may_be_empty and out.is_dir() and not any(out.iterdir())):
        raise OutputError("There is something there already.", remedy="Name a new folder.", where=out.name)
    out.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(mkdtemp(prefix=f".{out.name}.part-", dir=out.parent))
    try:
        yield stage
        _to_disk(stage)
        if is_there:
            out.rmdir()
        stage.rename(out)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _write(path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8", newline="\n")
    _to_disk(path)


def _to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
