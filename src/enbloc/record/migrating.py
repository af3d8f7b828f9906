"""Bringing a database to the tables of this version; a newer one is refused, and nothing is made by opening."""

from __future__ import annotations

import os
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, Engine, inspect

from enbloc.errors import RecordError
from enbloc.record.database import READ_ONLY, address, borrowed, told
from enbloc.record.tables import TABLES

MIGRATIONS = Path(__file__).parent / "migrations"
STEPS_IN = "enbloc_revision"
"""The database may hold somebody else's steps too."""
TURN = 0x656E626C6F63
"""The lock under which only one process migrates a PostgreSQL database."""


def newest() -> str:
    """The revision that this version of enbloc works with."""
    return str(_scripts().get_current_head())


def revision(database: Engine) -> str | None:
    """The revision of the database; nothing if there is no record in it yet."""
    with told(), database.connect().execution_options(**READ_ONLY) as connection:
        return MigrationContext.configure(connection, opts={"version_table": STEPS_IN}).get_current_revision()


def migrate(url: str | None, folder: Path, *, patience_s: float = 30.0) -> tuple[str | None, str]:
    """Make the record if there is none, or bring it to the newest revision: the revision before and after.

    Raises
    ------
    RecordError
        If a newer version of enbloc has made it, or something else is kept in that database.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    at = address(url, folder)
    if at.get_backend_name() == "sqlite" and at.database and not Path(at.database).exists():
        os.close(os.open(at.database, os.O_CREAT | os.O_RDWR, 0o600))
    with borrowed(at, patience_s=patience_s) as database, told(), database.begin() as connection:
        before = _upgraded(connection)
    return before, newest()


def is_there(url: str | None, folder: Path) -> bool:
    """Whether a record of any version is in this place; nothing is made by looking."""
    at = address(url, folder)
    if at.get_backend_name() == "sqlite" and not (at.database and Path(at.database).is_file()):
        return False
    with borrowed(at) as database:
        return revision(database) is not None


def is_known(found: str) -> bool:
    """Whether this version of enbloc knows the revision."""
    try:
        return _scripts().get_revision(found) is not None
    except CommandError:
        return False


def _upgraded(connection: Connection, to: str = "head") -> str | None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
        refuse_other_letters(connection)
    before = MigrationContext.configure(connection, opts={"version_table": STEPS_IN}).get_current_revision()
    if before is not None and not is_known(before):
        raise too_new()
    if before is None and set(TABLES.tables) & set(inspect(connection).get_table_names()):
        raise RecordError("Other tables of these names are in the database.", remedy="Give the record one of its own.")
    scripts = _scripts()
    steps = EnvironmentContext(
        Config(),
        scripts,
        fn=lambda at, _: scripts._upgrade_revs(to, at),  # as alembic's own command does
    )
    with steps:
        steps.configure(connection=connection, target_metadata=TABLES, version_table=STEPS_IN)
        steps.run_migrations()
    return before


def refuse_other_letters(connection: Connection) -> None:
    """A PostgreSQL database that does not hold UTF-8 could not give every document back."""
    if connection.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
        raise RecordError("The database does not hold UTF-8.", remedy="Make it with ENCODING 'UTF8'.")


def too_new() -> RecordError:
    """The refusal of a record that a newer version has migrated."""
    return RecordError("A newer version of enbloc has made this record.", remedy="Update enbloc.")


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
