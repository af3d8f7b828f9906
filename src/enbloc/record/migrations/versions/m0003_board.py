"""The board: meetings with their agenda, decisions, second looks, tasks. The day of a case becomes a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa
from alembic import op

from enbloc.record.chain import Chain, Link
from enbloc.record.migrations.guards import append_only, forwards
from enbloc.record.migrations.making import made, number, text

revision = "0003"
down_revision = "0002"

KEPT = ("asked", "decisions", "disagreements", "ratifications", "second_looks", "reveals")
MOVED = (
    ("meetings", "NEW.centre <> OLD.centre OR NEW.meeting_id <> OLD.meeting_id OR NEW.entry < OLD.entry"),
    (
        "tasks",
        "NEW.centre <> OLD.centre OR NEW.task_id <> OLD.task_id OR NEW.case_id <> OLD.case_id OR NEW.entry < OLD.entry",
    ),
)

_CASE = ("cases", ("centre", "case_id"))
_MEETING = ("meetings", ("centre", "meeting_id"))
_DECISION = ("decisions", ("centre", "case_id", "decision_id"))
_AUDIT = ("audit", ("centre", "entry"))


def upgrade() -> None:
    """Make the tables, their indexes and triggers; then the meetings of the days that cases are on."""
    _meetings()
    _decisions()
    _second_looks()
    _tasks()
    dialect = op.get_bind().dialect.name
    for table in KEPT:
        for statement in append_only(dialect, table):
            op.execute(statement)
    for table, wrong in MOVED:
        for statement in forwards(dialect, table, wrong=wrong):
            op.execute(statement)
    _days_to_meetings(op.get_bind())


def _keys(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(text(name, key=True) for name in ("centre", *names))


def _meetings() -> None:
    told = ("day", "starts", "place", "title", "chair", "state", "attendance", "changed_by", "changed_at")
    moved = ("opened_by", "opened_at", "closed_by", "closed_at", "shown_case", "shown_view", "shown_by")
    columns = (number("version"), *map(text, (*told, *moved)), number("shown_turn"), number("entry"))
    made("meetings", _keys("meeting_id"), columns, ("chains", ("centre",)), _AUDIT)
    op.create_index("ix_meetings_day", "meetings", ["centre", "day", "starts", "meeting_id"])
    item = (number("position"), text("lesions"), text("question"))
    made("agenda", _keys("meeting_id", "case_id"), item, _MEETING, _CASE)
    op.create_index("ix_agenda_case", "agenda", ["centre", "case_id", "meeting_id"])
    asked = (*map(text, ("case_id", "words", "asked_by", "asked_at")), number("entry"))
    made("asked", (*_keys("meeting_id"), number("number", key=True)), asked, _MEETING, _CASE, _AUDIT)


def _decisions() -> None:
    told = ("document", "sha256", "decided_by", "decided_at")
    columns = (*map(text, ("lesion", "way", "meeting_id", "supersedes")), number("version"), *map(text, told))
    version = ("versions", ("centre", "case_id", "version"))
    made("decisions", _keys("case_id", "decision_id"), (*columns, number("entry")), version, _AUDIT)
    _some("ix_decisions_meeting", "decisions", ["centre", "meeting_id", "case_id"], where="meeting_id <> ''")
    _some("ux_decisions_after", "decisions", ["centre", "case_id", "supersedes"], where="supersedes <> ''", unique=True)
    keys = (*_keys("case_id", "decision_id"), number("position", key=True))
    made("disagreements", keys, tuple(map(text, ("rule", "name", "because", "words"))), _DECISION)
    spot = ["centre", "rule", "case_id", "decision_id", "position"]
    op.create_index("ix_disagreements_rule", "disagreements", spot)
    ratified = (*map(text, ("meeting_id", "ratified_by", "ratified_at")), number("entry"))
    made("ratifications", _keys("case_id", "decision_id"), ratified, _DECISION, _MEETING, _AUDIT)


def _second_looks() -> None:
    keys = (*_keys("meeting_id", "case_id", "lesion", "person"), number("number", key=True))
    told = (*map(text, ("option", "because", "voted_at")), number("entry"))
    made("second_looks", keys, told, _MEETING, _CASE, ("people", ("centre", "person")), _AUDIT)
    told = (*map(text, ("because", "revealed_by", "revealed_at")), number("entry"))
    made("reveals", _keys("meeting_id", "case_id", "lesion"), told, _MEETING, _CASE, _AUDIT)
    op.create_index("ix_reveals_at", "reveals", ["centre", "revealed_at"])


def _tasks() -> None:
    told = ("case_id", "decision_id", "what", "owner", "due", "state", "because", "changed_by", "changed_at")
    columns = [number("version"), *map(text, (*told, "settled_by", "settled_at")), number("entry")]
    owner = sa.ForeignKeyConstraint(["centre", "owner"], ["people.centre", "people.person"], name="fk_tasks_people")
    made("tasks", _keys("task_id"), (*columns, owner), _DECISION, _AUDIT)
    op.create_index("ix_tasks_due", "tasks", ["centre", "due", "task_id"])
    op.create_index("ix_tasks_owner", "tasks", ["centre", "owner", "due", "task_id"])
    op.create_index("ix_tasks_case", "tasks", ["centre", "case_id", "decision_id"])


def _some(name: str, table: str, columns: list[str], *, where: str, unique: bool = False) -> None:
    rows = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=rows, postgresql_where=rows)


# --- the days that cases are on ---------------------------------------------------------------------------------------

_MOST = 60
_MAKER = "enbloc"


def _days_to_meetings(connection: sa.Connection) -> None:
    """A case was on the board of a day; now it waits for a meeting of that day, which is planned here."""
    asked = "SELECT centre, board, case_id FROM worklist WHERE board <> '' ORDER BY centre, board, spot"
    rows = connection.execute(sa.text(asked)).all()
    for centre, of_centre in groupby(rows, key=lambda row: row.centre):
        said = sa.text("SELECT at FROM audit WHERE centre = :centre ORDER BY entry DESC LIMIT 1")
        at = connection.execute(said, {"centre": centre}).scalar_one()  # no clock is read: as late as the last deed
        chain = Chain(connection, Link(centre=centre, actor=_MAKER, purpose="migrate", at=at))
        for day, of_day in groupby(of_centre, key=lambda row: row.board):
            for number_, some in enumerate(_in_parts([row.case_id for row in of_day])):
                _plan(connection, chain, {"centre": centre, "day": day, "meeting_id": f"{day}-{number_ + 1}"}, at, some)
        chain.close()


def _in_parts(cases: Sequence[str]) -> Iterator[Sequence[str]]:
    left = iter(cases)
    while part := list(islice(left, _MOST)):
        yield part


def _plan(connection: sa.Connection, chain: Chain, of: dict[str, str], at: str, cases: Sequence[str]) -> None:
    from enbloc.record.board_rows import likeness

    row: dict[str, Any] = {**of, "version": 1, "title": "Tumour board", "state": "planned", "attendance": "[]"}
    row |= {"changed_by": _MAKER, "changed_at": at}
    empty = ("starts", "place", "chair", "opened_by", "opened_at", "closed_by", "closed_at")
    row |= dict.fromkeys((*empty, "shown_case", "shown_view", "shown_by"), "") | {"shown_turn": 0}
    items = [{"case_id": one, "position": where, "lesions": "[]", "question": ""} for where, one in enumerate(cases)]
    row["entry"] = chain.add("plan meeting", meeting=of["meeting_id"], is_now=likeness(row, items))
    _insert(connection, "meetings", row)
    for item in items:
        _insert(connection, "agenda", {"centre": of["centre"], "meeting_id": of["meeting_id"], **item})


def _insert(connection: sa.Connection, table: str, row: dict[str, Any]) -> None:
    names = ", ".join(row)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)
