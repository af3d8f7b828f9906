"""Checking the board: every row against what the audit told of it, and the worklist against the agendas."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, outerjoin, select

from enbloc.case.board import MeetingState
from enbloc.errors import RecordError
from enbloc.record.board_rows import decision_row, disagreement_rows, likeness
from enbloc.record.board_tables import (
    AGENDA,
    ASKED,
    DECISIONS,
    DISAGREEMENTS,
    MEETINGS,
    RATIFICATIONS,
    REVEALS,
    SECOND_LOOKS,
    TASKS,
)
from enbloc.record.fault import Fault
from enbloc.record.tables import AUDIT, WORKLIST

BATCH = 500
STAYS: Mapping[str, Table] = {
    "ask meeting": ASKED,
    "decide": DECISIONS,
    "ratify decision": RATIFICATIONS,
    "second look": SECOND_LOOKS,
    "reveal second looks": REVEALS,
}
"""What stays as it was written, by the act that the audit tells of it."""
OF_MEETINGS = ("plan meeting", "change meeting", "set agenda", "open meeting", "close meeting")
OF_TASKS = ("add task", "change task")
Items = Mapping[tuple[str, str], Sequence[Mapping[str, Any]]]


def of_board(connection: Connection) -> Iterator[Fault]:
    """What was written, changed or taken away past the record, and boards that are not those of the agendas."""
    for act, table in STAYS.items():
        yield from _stayed(connection, act, table)
    yield from _decisions(connection)
    items = _agendas(connection)
    yield from _moved(connection, MEETINGS, OF_MEETINGS, "meeting", items)
    yield from _moved(connection, TASKS, OF_TASKS, "task", {})
    yield from _boards(connection)


def _stayed(connection: Connection, act: str, table: Table) -> Iterator[Fault]:
    entry = and_(AUDIT.c.centre == table.c.centre, AUDIT.c.entry == table.c.entry)
    told = (AUDIT.c.act, AUDIT.c.case_id.label("told_case"), AUDIT.c.detail)
    asked = select(table, *told).select_from(outerjoin(table, AUDIT, entry)).execution_options(yield_per=BATCH)
    for row in connection.execute(asked):
        own = {column.name: row._mapping[column.name] for column in table.c}
        detail = json.loads(row.detail) if row.detail else {}
        if (row.act, row.told_case, detail.get("is_now")) != (act, row.case_id, likeness(own)):
            yield Fault(where=_where(table, row), what="the audit tells otherwise of it")


def _where(table: Table, row: Row[Any]) -> str:
    keys = " ".join(str(row._mapping[column.name]) for column in table.primary_key.columns if column.name != "centre")
    return f"{row.centre} {table.name} {keys}"


def _decisions(connection: Connection) -> Iterator[Fault]:
    """The rows of decisions are those of their documents."""
    held = defaultdict(list)
    for row in connection.execute(select(DISAGREEMENTS).order_by(*DISAGREEMENTS.primary_key.columns)):
        held[row.centre, row.case_id, row.decision_id].append(row._mapping)
    for row in connection.execute(select(DECISIONS).execution_options(yield_per=BATCH)):
        try:
            is_one = _are([decision_row(row.document)], [row._mapping])
            wanted = list(disagreement_rows(row.document))
            is_one = is_one and _are(wanted, held.get((row.centre, row.case_id, row.decision_id), []))
        except RecordError:
            is_one = False
        if not is_one:
            yield Fault(where=_where(DECISIONS, row), what="its rows are not those of its document")


def _are(wanted: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[Any, Any]]) -> bool:
    same = (all(row[name] == given for name, given in one.items()) for one, row in zip(wanted, rows, strict=False))
    return len(wanted) == len(rows) and all(same)


def _agendas(connection: Connection) -> Items:
    items = defaultdict(list)
    for row in connection.execute(select(AGENDA).order_by(AGENDA.c.centre, AGENDA.c.meeting_id, AGENDA.c.position)):
        items[row.centre, row.meeting_id].append(dict(row._mapping))
    return items


def _moved(connection: Connection, table: Table, acts: Iterable[str], kind: str, items: Items) -> Iterator[Fault]:
    """Each row is as the last entry about it said, so that no earlier one was put back."""
    last = _last_told(connection, acts, kind)
    key = f"{kind}_id"
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
        here = (row.centre, row._mapping[key])
        is_now = (row.entry, likeness(dict(row._mapping), items.get(here, ())))
        if last.pop(here, None) != is_now:
            yield Fault(where=f"{row.centre} {kind} {here[1]}", what="the audit tells otherwise of it")
    for centre, gone in sorted(last):
        yield Fault(where=f"{centre} {kind} {gone}", what="the audit tells of it, and it is gone")


def _last_told(connection: Connection, acts: Iterable[str], kind: str) -> dict[tuple[str, str], tuple[int, str]]:
    told = select(AUDIT.c.centre, AUDIT.c.entry, AUDIT.c.detail).where(AUDIT.c.act.in_(list(acts)))
    last = {}
    for row in connection.execute(told.order_by(AUDIT.c.centre, AUDIT.c.entry)):
        detail = json.loads(row.detail)
        if "is_now" in detail:
            last[row.centre, str(detail.get(kind))] = (int(row.entry), str(detail["is_now"]))
    return last


def _boards(connection: Connection) -> Iterator[Fault]:
    """A case waits for one meeting at most, and its line in the worklist shows the day of that."""
    held = and_(MEETINGS.c.centre == AGENDA.c.centre, MEETINGS.c.meeting_id == AGENDA.c.meeting_id)
    asked = select(AGENDA.c.centre, AGENDA.c.case_id, MEETINGS.c.day).join(MEETINGS, held)
    days = defaultdict(list)
    for row in connection.execute(asked.where(MEETINGS.c.state != MeetingState.CLOSED.value)):
        days[row.centre, row.case_id].append(row.day)
    for (centre, case_id), several in sorted(days.items()):
        if len(several) > 1:
            yield Fault(where=f"{centre} case {case_id}", what="it is on the agenda of several meetings")
    for row in connection.execute(select(WORKLIST.c.centre, WORKLIST.c.case_id, WORKLIST.c.board)):
        if row.board not in days.get((row.centre, row.case_id), [""]):
            where = f"{row.centre} case {row.case_id} in the worklist"
            yield Fault(where=where, what="its board is not that of the agendas")
