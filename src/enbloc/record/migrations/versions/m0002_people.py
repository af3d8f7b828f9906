"""People and what stands at the door, jobs, teams and the worklist."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from enbloc.record.migrations.guards import forwards
from enbloc.record.migrations.making import made, number, text

revision = "0002"
down_revision = "0001"

_CASE = ("cases", ("centre", "case_id"))
_PERSON = ("people", ("centre", "person"))


def upgrade() -> None:
    """Make the tables and their indexes; a person is never removed, for the audit names them."""
    _people()
    _door()
    _jobs()
    _worklist()
    if op.get_bind().dialect.name == "sqlite":
        _tell_of_many()
    wrong = "NEW.centre <> OLD.centre OR NEW.person <> OLD.person OR NEW.entry < OLD.entry"
    for statement in forwards(op.get_bind().dialect.name, "people", wrong=wrong):
        op.execute(statement)


def _people() -> None:
    told = (text("name"), text("roles"), number("is_disabled"), text("password_hash"), text("totp_secret"))
    moved = (text("made_at"), text("seen_at"), number("entry"))
    links = (("chains", ("centre",)), ("audit", ("centre", "entry")))
    made("people", (text("centre", key=True), text("person", key=True)), (*told, *moved), *links)
    op.create_index("ux_people_person", "people", ["person"], unique=True)


def _door() -> None:
    tries = (number("failures"), text("failed_at"), text("locked_until"), number("step"))
    made("tries", (text("person", key=True),), tries)
    who = (text("centre"), text("person"))
    session = (*who, text("opened_at"), text("seen_at"), text("ends"))
    made("sessions", (text("token_hash", key=True),), session, _PERSON)
    op.create_index("ix_sessions_person", "sessions", ["centre", "person"])
    op.create_index("ix_sessions_ends", "sessions", ["ends"])
    made("invitations", (text("token_hash", key=True),), (text("centre"), text("person"), text("until")), _PERSON)
    op.create_index("ix_invitations_person", "invitations", ["centre", "person"])
    made("first_links", (text("token_hash", key=True),), (text("until"),))


def _jobs() -> None:
    asked = (text("kind"), text("case_id"), number("version"))
    moved = (text("state"), text("step"), number("done"), number("total"), text("wishes"), text("fault"))
    told = ("result", "asked_by", "asked_at", "ended_at", "asked_key", "worker", "lease_ends")
    columns = (*asked, *moved, *map(text, told), number("attempts"))
    made("jobs", (text("centre", key=True), text("job_id", key=True)), columns, _CASE)
    op.create_index("ix_jobs_case", "jobs", ["centre", "case_id", "asked_at", "job_id"])
    _some("ix_jobs_open", "jobs", ["asked_at", "centre", "job_id"], where="state IN ('waiting', 'running')")
    _some("ux_jobs_key", "jobs", ["centre", "asked_key"], where="asked_key <> ''", unique=True)


def _worklist() -> None:
    of_case = ("centre", "case_id")
    made("teams", tuple(text(name, key=True) for name in (*of_case, "person")), (), _CASE, _PERSON)
    op.create_index("ix_teams_person", "teams", ["centre", "person", "case_id"])
    first = (number("version"), number("worked_up"), text("as_of"), text("identity"), text("headline"), text("levels"))
    loud = tuple(map(text, ("histology", "degree", "what", "due", "due_what")))
    rest = tuple(map(text, ("ask", "follow_up", "readiness", "origin", "state", "board", "spot")))
    columns = (*first, *loud, number("missing"), *rest)
    made("worklist", tuple(text(name, key=True) for name in of_case), columns, _CASE)
    op.create_index("ix_worklist_spot", "worklist", ["centre", "spot"])
    _some("ix_worklist_missing", "worklist", ["centre", "spot"], where="missing > 0")
    _some("ix_worklist_board", "worklist", ["centre", "board", "spot"], where="board <> ''")
    _some("ix_worklist_due", "worklist", ["centre", "due", "spot"], where="due <> ''")
    words = tuple(text(name, key=True) for name in (*of_case, "word"))
    made("words", words, (text("spot"),), ("worklist", of_case))
    op.create_index("ix_words_word", "words", ["centre", "word", "spot", "case_id"])
    tally = tuple(text(name, key=True) for name in ("centre", "who", "view", "day"))
    made("tallies", tally, (number("lines"),), ("chains", ("centre",)))


def _tell_of_many() -> None:
    """SQLite takes a centre for ten rows unless it is told how many there are, and then reads a large one whole."""
    op.execute("ANALYZE sqlite_schema")  # makes the table of what it knows
    for table, index, rows in _MANY:
        op.execute(f"INSERT INTO sqlite_stat1 VALUES ('{table}', '{index}', '{rows}')")


_MANY = (
    ("words", "sqlite_autoindex_words_1", "2000000 2000000 20 1"),
    ("words", "ix_words_word", "2000000 2000000 400 1 1"),
    ("worklist", "sqlite_autoindex_worklist_1", "100000 100000 1"),
    ("worklist", "ix_worklist_spot", "100000 100000 1"),
    ("worklist", "ix_worklist_missing", "70000 70000 1"),
    ("worklist", "ix_worklist_due", "30000 30000 500 1"),
    ("worklist", "ix_worklist_board", "1000 1000 200 1"),
    ("teams", "sqlite_autoindex_teams_1", "1000 1000 2 1"),
    ("teams", "ix_teams_person", "1000 1000 100 1"),
    ("cases", "sqlite_autoindex_cases_1", "100000 100000 1"),
    ("cases", "ix_cases_saved", "100000 100000 1 1"),
)
"""How many rows an index has, and how many of them agree in its first column, its first two, and so on."""


def _some(name: str, table: str, columns: list[str], *, where: str, unique: bool = False) -> None:
    rows = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=rows, postgresql_where=rows)
