"""Checking versions: each document, the rows that were read out of it, and the entry that told of it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, literal, outerjoin, select, tuple_

from enbloc.errors import RecordError
from enbloc.record.documents import finding_rows, fingerprint, id_of, listing, override_rows, parsed
from enbloc.record.fault import Fault
from enbloc.record.tables import AUDIT, CASES, FINDINGS, OVERRIDES, VERSION_FILES, VERSIONS

BATCH = 500
Place = tuple[str, str, int]
Held = Mapping[Place, Sequence[Row[Any]]]


def of_versions(connection: Connection) -> Iterator[Fault]:
    """What is wrong with versions: gaps, documents and rows that were changed, entries that tell otherwise."""
    before: Row[Any] | None = None
    for rows in _batches(connection):
        held = [_of_these(connection, table, rows) for table in (FINDINGS, OVERRIDES, VERSION_FILES)]
        for row in rows:
            yield from _in_order(before, row)
            if what := _wrong(row, *held):
                yield Fault(where=_where(row), what=what)
            before = row
    yield from _in_order(before, None)
    yield from _without_versions(connection)


def _where(row: Row[Any]) -> str:
    return f"{row.centre} case {row.case_id} version {row.version}"


def _place(row: Row[Any]) -> Place:
    return (row.centre, row.case_id, row.version)


def _batches(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    entry = and_(AUDIT.c.centre == VERSIONS.c.centre, AUDIT.c.entry == VERSIONS.c.entry)
    case = and_(CASES.c.centre == VERSIONS.c.centre, CASES.c.case_id == VERSIONS.c.case_id)
    told = (AUDIT.c.act, AUDIT.c.actor, AUDIT.c.at, AUDIT.c.detail)
    told_of = (AUDIT.c.case_id.label("told_case"), AUDIT.c.version.label("told_version"))
    joined = outerjoin(outerjoin(VERSIONS, AUDIT, entry), CASES, case)
    asked = select(VERSIONS, *told, *told_of, CASES.c.version.label("newest"), CASES.c.document_id).select_from(joined)
    last: Place = ("", "", 0)
    while rows := connection.execute(
        asked.where(_key(VERSIONS) > _literal(last)).order_by(*_key(VERSIONS)).limit(BATCH)
    ).all():
        yield rows
        last = _place(rows[-1])


def _key(table: Table) -> Any:
    return tuple_(table.c.centre, table.c.case_id, table.c.version)


def _literal(place: Place) -> Any:
    return tuple_(*(literal(each) for each in place))


def _of_these(connection: Connection, table: Table, rows: Sequence[Row[Any]]) -> Held:
    """The rows of a table that belong to these versions."""
    within: ColumnElement[bool] = and_(
        _key(table) >= _literal(_place(rows[0])), _key(table) <= _literal(_place(rows[-1]))
    )
    held = defaultdict(list)
    for row in connection.execute(select(table).where(within).order_by(*table.primary_key.columns)):
        held[_place(row)].append(row)
    return held


def _in_order(before: Row[Any] | None, row: Row[Any] | None) -> Iterator[Fault]:
    is_next = before is not None and row is not None and _place(before)[:2] == _place(row)[:2]
    if before is not None and not is_next and before.version != before.newest:
        yield Fault(where=_where(before), what=f"the versions end here, and should end at {before.newest}")
    wanted = before.version + 1 if is_next and before is not None else 1
    if row is not None and row.version != wanted:
        yield Fault(where=_where(row), what=f"version {wanted} is missing")


def _wrong(row: Row[Any], findings: Held, overrides: Held, files: Held) -> str:
    place = _place(row)
    if fingerprint(row.document) != row.sha256:
        return "the document was changed after it was saved"
    try:
        data = parsed(row.document)
        rows_now = (*finding_rows(data), *override_rows(data))
    except RecordError:
        return "the document cannot be read"
    if not _are(rows_now, (*findings.get(place, ()), *overrides.get(place, ()))):
        return "its findings or overrides are not those of the document"
    if row.document_id != id_of(data):
        return "the document is that of another case"
    named = {each.path: each.sha256 for each in files.get(place, ())}
    return _told_otherwise(row, named)


def _are(wanted: Sequence[Mapping[str, Any]], rows: Sequence[Row[Any]]) -> bool:
    same = (
        all(row._mapping[name] == given for name, given in one.items()) for one, row in zip(wanted, rows, strict=False)
    )
    return len(wanted) == len(rows) and all(same)


def _told_otherwise(row: Row[Any], named: Mapping[str, str]) -> str:
    detail = json.loads(row.detail) if row.detail else {}
    told = (row.act, row.told_case, row.told_version, detail.get("sha256"), row.actor, row.at)
    is_so = told == ("save case", row.case_id, row.version, row.sha256, row.saved_by, row.saved_at)
    if not is_so:
        return "the audit tells otherwise of who saved what"
    return "" if detail.get("files") == listing(named) else "its list of files is not the one that was saved"


def _without_versions(connection: Connection) -> Iterator[Fault]:
    version = and_(VERSIONS.c.centre == CASES.c.centre, VERSIONS.c.case_id == CASES.c.case_id)
    empty = select(CASES).select_from(outerjoin(CASES, VERSIONS, version)).where(VERSIONS.c.version.is_(None))
    for row in connection.execute(empty.limit(BATCH)):
        yield Fault(where=f"{row.centre} case {row.case_id}", what="it has no version")
