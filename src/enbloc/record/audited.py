"""Walking a centre's chain: every entry follows from the one before it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from enbloc.record.chain import START, digest_of
from enbloc.record.convened import STAYS
from enbloc.record.fault import Fault
from enbloc.record.tables import AUDIT, FILES, RESULTS, VERSIONS

BATCH = 500


def walked(connection: Connection, centre: str, length: int, digest: str) -> Iterator[Fault]:
    """Where the chain of a centre breaks, and what an entry tells of that is not there."""
    before, last, is_broken = START, 0, False
    for rows in _batches(connection, centre):
        for row in rows:
            if not is_broken and (what := _broken(row, before, last)):
                is_broken = True  # all that follows hangs on it; the first break is the one to look at
                yield Fault(where=f"{centre} audit {row.entry}", what=what)
            before, last = row.digest, row.entry
        yield from _gone(connection, centre, rows)
    if (last, before) != (length, digest):
        what = (
            f"the chain ends here, and should end at {length}" if last != length else "it is not where the chain ended"
        )
        yield Fault(where=f"{centre} audit {last}", what=what)


def _batches(connection: Connection, centre: str) -> Iterator[Sequence[Row[Any]]]:
    last = 0
    while True:
        asked = select(AUDIT).where(AUDIT.c.centre == centre, AUDIT.c.entry > last).order_by(AUDIT.c.entry)
        rows = connection.execute(asked.limit(BATCH)).all()
        if not rows:
            return
        yield rows
        last = rows[-1].entry


def _broken(row: Row[Any], before: str, last: int) -> str:
    if row.entry != last + 1:
        return (
            f"entries {last + 1} to {row.entry - 1} are missing"
            if row.entry > last + 2
            else f"entry {last + 1} is missing"
        )
    if digest_of(dict(row._mapping), before) != row.digest:
        return "the chain breaks: this entry or the one before it was changed after it was written"
    return ""


def _gone(connection: Connection, centre: str, rows: Sequence[Row[Any]]) -> Iterator[Fault]:
    """What these entries say was kept, and is not in its table."""
    for act, table in (("save case", VERSIONS), ("keep result", RESULTS), *STAYS.items()):
        told = {row.entry: row for row in rows if _was_done(row, act)}
        there = set()
        if told:
            asked = select(table.c.entry).where(table.c.centre == centre, _keys_of(table, told.values()))
            there = set(connection.execute(asked).scalars())
        for entry in told.keys() - there:
            yield Fault(where=f"{centre} audit {entry}", what=f"what this entry told of ('{act}') is gone")
    files = [row for row in rows if _was_done(row, "keep file")]
    kept = {(row.case_id, json.loads(row.detail).get("sha256", "")): row.entry for row in files}
    if kept:
        addresses = {address for _, address in kept}
        asked = select(FILES.c.case_id, FILES.c.sha256).where(FILES.c.centre == centre, FILES.c.sha256.in_(addresses))
        found = {
            (row.case_id, row.sha256)
            for row in connection.execute(asked.where(FILES.c.case_id.in_({c for c, _ in kept})))
        }
        for one in kept.keys() - found:
            yield Fault(where=f"{centre} audit {kept[one]}", what="the file that this entry told of is gone")


def _was_done(row: Row[Any], act: str) -> bool:
    """Whether the entry tells of the deed, and not of a try that was refused."""
    return row.act == act and '"found":false' not in row.detail


def _keys_of(table: Any, rows: Any) -> Any:
    return table.c.case_id.in_({row.case_id for row in rows})
