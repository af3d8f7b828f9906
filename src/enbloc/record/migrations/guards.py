"""Triggers that keep what is written: no row is changed or removed, and what moves only moves forwards."""

from __future__ import annotations

from collections.abc import Iterator

_FUNCTION = """
CREATE OR REPLACE FUNCTION enbloc_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'enbloc: % is append-only', TG_TABLE_NAME; END $$
"""

_FORWARDS = """
CREATE OR REPLACE FUNCTION enbloc_{table}_forwards() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {wrong} THEN RAISE EXCEPTION 'enbloc: {table} only moves forwards'; END IF;
  RETURN NEW;
END $$
"""


def append_only(dialect: str, table: str) -> Iterator[str]:
    """The statements after which rows of the table can only be added."""
    if dialect == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            yield _sqlite(f"{table}_no_{deed.lower()}", f"BEFORE {deed} ON {table}", f"{table} is append-only")
        return
    yield _FUNCTION
    yield _postgresql(f"{table}_append_only", f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW", "enbloc_refuses")
    yield _postgresql(f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", "enbloc_refuses")


def forwards(dialect: str, table: str, *, wrong: str) -> Iterator[str]:
    """The statements after which no row of the table is removed, nor changed where ``wrong`` holds of NEW and OLD."""
    if dialect == "sqlite":
        yield _sqlite(f"{table}_no_delete", f"BEFORE DELETE ON {table}", f"{table} only moves forwards")
        yield _sqlite(f"{table}_forwards", f"BEFORE UPDATE ON {table} WHEN {wrong}", f"{table} only moves forwards")
        return
    yield _FUNCTION
    yield _FORWARDS.format(table=table, wrong=wrong)
    yield _postgresql(f"{table}_forwards", f"BEFORE UPDATE ON {table} FOR EACH ROW", f"enbloc_{table}_forwards")
    yield _postgresql(f"{table}_no_delete", f"BEFORE DELETE ON {table} FOR EACH ROW", "enbloc_refuses")
    yield _postgresql(f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", "enbloc_refuses")


def _sqlite(name: str, when: str, words: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, 'enbloc: {words}'); END"


def _postgresql(name: str, when: str, function: str) -> str:
    return f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()"
