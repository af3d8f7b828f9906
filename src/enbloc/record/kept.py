"""Checking what is kept beside the database, and that every reference leads somewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, Row, Table, and_, exists, outerjoin, select

from enbloc.record.fault import Fault
from enbloc.record.files import FOLDER, PART, Kept, all_kept, is_whole
from enbloc.record.tables import AUDIT, FILES, RESULTS, TABLES

BATCH = 500


def of_references(connection: Connection) -> Iterator[Fault]:
    """Rows that lead nowhere, whatever the database was told to enforce."""
    for table in TABLES.sorted_tables:
        for link in sorted(table.foreign_key_constraints, key=lambda each: str(each.name)):
            there = exists().where(*_led(link))
            lost = connection.execute(select(*table.primary_key.columns).where(~there).limit(BATCH))
            for row in lost:
                where = " ".join(map(str, row))
                yield Fault(where=f"{table.name} {where}", what=f"it leads to nothing in {link.referred_table.name}")


def _led(link: ForeignKeyConstraint) -> Iterator[Any]:
    for element in link.elements:
        yield element.column == element.parent


def of_files(connection: Connection, folder: Path) -> Iterator[Fault]:
    """Files that are gone or are not what they were; the same content of two cases lies in one place, read once."""
    asked = _with_entry(FILES).order_by(FILES.c.centre, FILES.c.sha256, FILES.c.case_id)
    read, whole = ("", ""), True
    for row in _streamed(connection, asked):
        where = f"{row.centre} case {row.case_id} file {row.sha256[:12]}"
        if read != (row.centre, row.sha256):
            read = (row.centre, row.sha256)
            whole = is_whole(folder, row.centre, Kept(sha256=row.sha256, size=int(row.size)))
        if not whole:
            yield Fault(where=where, what="the file is gone or damaged")
        if not _is_told(row, "keep file", size=row.size):
            yield Fault(where=where, what="the audit tells otherwise of it")


def of_results(connection: Connection) -> Iterator[Fault]:
    """Results of which the audit tells otherwise."""
    for row in _streamed(connection, _with_entry(RESULTS)):
        by = row.actor == row.computed_by and row.told_at == row.computed_at
        if not (by and _is_told(row, "keep result", kind=row.kind, number=row.number)):
            where = f"{row.centre} case {row.case_id} version {row.version} result {row.number}"
            yield Fault(where=where, what="the audit tells otherwise of it")


def _with_entry(table: Table) -> Any:
    entry = and_(AUDIT.c.centre == table.c.centre, AUDIT.c.entry == table.c.entry)
    told = (AUDIT.c.act, AUDIT.c.actor, AUDIT.c.detail, AUDIT.c.at.label("told_at"), AUDIT.c.case_id.label("told_case"))
    return select(table, *told).select_from(outerjoin(table, AUDIT, entry))


def _is_told(row: Row[Any], act: str, **wanted: object) -> bool:
    detail = json.loads(row.detail) if row.detail else {}
    facts = {"sha256": row.sha256, **wanted}
    return bool(row.act == act and row.told_case == row.case_id and facts.items() <= detail.items())


def _streamed(connection: Connection, asked: Any) -> Iterator[Row[Any]]:
    yield from connection.execute(asked.execution_options(yield_per=BATCH))


def strays(connection: Connection, folder: Path) -> Iterator[str]:
    """What lies beside the database and belongs to no case: left by a process that was killed, and harmless."""
    paths, halves, unknown = all_kept(folder), 0, 0
    while some := list(islice(paths, BATCH)):
        whole = [path for path in some if not path.name.startswith(PART)]
        halves += len(some) - len(whole)
        unknown += _unknown(connection, folder / FOLDER, whole)
    if halves:
        yield f"{halves} half-written files of a process that was stopped; they may be removed while nothing runs"
    if unknown:
        yield f"{unknown} files that no case has (a unit of work that was not kept)"


def _unknown(connection: Connection, home: Path, paths: Sequence[Path]) -> int:
    asked = select(FILES.c.centre, FILES.c.sha256).where(FILES.c.sha256.in_({path.name for path in paths}))
    known = {tuple(row) for row in connection.execute(asked)}
    return sum((path.relative_to(home).parts[0], path.name) not in known for path in paths)
