"""One database behind two engines: SQLite in a data folder, PostgreSQL by its address; the same promises on both.

Units of work of one centre follow one another: as a unit begins, SQLite locks the file, and PostgreSQL the row of the
centre's chain.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from enbloc.errors import BackendError, EnblocError, OutputError, RecordError

FILE = "record.sqlite"
PATIENCE_S = 30.0
"""How long a unit of work waits for the one before it."""
LONGEST_PAUSE_S = 120.0
"""A unit that neither goes on nor ends for so long loses its turn (PostgreSQL)."""

AT_ONCE = 20
"""So many connections are kept open for threads that look something up."""

AT_HAND_KIB = 64 * 1024
"""So much of the database a connection keeps at hand (SQLite)."""

READ_ONLY = {"enbloc_reads": True}
"""The option of a connection that only reads: one moment of the whole database, waiting for nobody."""


def address(url: str | None, folder: Path) -> URL:
    """Where the database is: ``url``, or a file in the folder.

    Raises
    ------
    RecordError
        If it is an address of neither SQLite nor PostgreSQL. The address is not repeated: a password stands in it.
    """
    if url is None:
        return URL.create("sqlite+pysqlite", database=str(folder / FILE))
    remedy = "Write it as postgresql://user@host/database, or leave it out for a file in the folder."
    try:
        made = make_url(url)
    except ArgumentError:
        raise RecordError("This is no address of a database.", remedy=remedy) from None
    kind = made.get_backend_name()
    if kind in ("postgresql", "postgres"):
        return made.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and made.database and made.database != ":memory:":
        return made.set(drivername="sqlite+pysqlite")
    raise RecordError("The record is kept in SQLite or PostgreSQL.", remedy=remedy)


def engine(at: URL, *, patience_s: float = PATIENCE_S, at_once: int = AT_ONCE) -> Engine:
    """A way to the database; nothing is opened yet. No message of it ever holds a value that was written."""
    if at.get_backend_name() == "sqlite":
        made = create_engine(at, hide_parameters=True, pool_size=at_once, connect_args={"timeout": patience_s})
        event.listen(made, "connect", _sqlite_as_it_must_be)
        event.listen(made, "begin", _sqlite_begins)
        return made
    waits = {"lock_timeout": patience_s, "idle_in_transaction_session_timeout": LONGEST_PAUSE_S}
    options = [f"-c {name}={round(1000 * seconds)}" for name, seconds in waits.items()]
    options += ["-c synchronous_commit=on", "-c client_encoding=UTF8"]
    try:
        made = create_engine(
            at,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"options": " ".join(options), "connect_timeout": max(2, round(patience_s))},
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise BackendError(
            "The driver for PostgreSQL is not installed.", remedy="pip install 'enbloc[postgres]'."
        ) from None
    event.listen(made, "begin", _postgresql_begins)
    return made


def of_turns(database: Engine, patience_s: float) -> Engine:
    """The way to the database of who waits for a turn.

    SQLite has a connection of its own for them: what others write makes a connection forget what it has at hand.
    """
    is_shared = database.dialect.name == "sqlite"
    return engine(database.url, patience_s=patience_s, at_once=1) if is_shared else database


@contextmanager
def borrowed(at: URL, *, patience_s: float = PATIENCE_S) -> Iterator[Engine]:
    """A way to the database for one errand; every connection is closed at its end."""
    made = engine(at, patience_s=patience_s)
    try:
        yield made
    finally:
        made.dispose()


class Waiting:
    """Threads of a process wait here for their turn at SQLite, whose own waiting sleeps up to a tenth of a second.

    Who came first is first: those who read without end would otherwise keep who writes from ever beginning.
    """

    def __init__(self, database: Engine, patience_s: float) -> None:
        self._patience_s, self._is_needed = patience_s, database.dialect.name == "sqlite"
        self._guard, self._line, self._is_taken = Lock(), deque[Event](), False

    def begin(self) -> None:
        """Wait for the turn.

        Raises
        ------
        BackendError
            If another unit of this process does not end.
        """
        if not self._is_needed:
            return
        mine = Event()
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            self._line.append(mine)
        if not mine.wait(self._patience_s):
            self._leave(mine)

    def _leave(self, mine: Event) -> None:
        with self._guard:
            if mine.is_set():  # it came at the last moment
                return
            self._line.remove(mine)
        raise _busy()

    def end(self) -> None:
        """Give the turn to the next."""
        if not self._is_needed:
            return
        with self._guard:
            self._is_taken = bool(self._line)
            if self._line:
                self._line.popleft().set()


def inserted(connection: Connection, table: Table) -> Any:
    """An insert that can be told what to do if the row is there already; both databases have the same words for it."""
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def _busy() -> BackendError:
    return BackendError("The record is busy: somebody else is writing to it.", remedy="Try again in a moment.")


def _sqlite_as_it_must_be(connection: Any, _: object) -> None:
    # Python would begin a transaction late and only for writing; here each begins as `_sqlite_begins` says.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "fullfsync=ON",
        f"cache_size=-{AT_HAND_KIB}",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # otherwise INSERT OR REPLACE would remove a row past its trigger
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _sqlite_begins(connection: Connection) -> None:
    reads = connection.get_execution_options().get("enbloc_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql_begins(connection: Connection) -> None:
    if connection.get_execution_options().get("enbloc_reads"):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


@contextmanager
def told() -> Iterator[None]:
    """What the database refuses, as an error of ours in one line; its own words may hold what was written."""
    try:
        yield
    except DBAPIError as fault:
        raise _in_words(fault) from None
    except SQLAlchemyError:
        raise BackendError("The database cannot be used.", remedy="Check that it runs, and its address.") from None


def _in_words(fault: DBAPIError) -> EnblocError:
    said, state = str(fault.orig).casefold(), str(getattr(fault.orig, "sqlstate", "") or "")
    if "locked" in said or "busy" in said or state in ("55P03", "40P01", "25P03"):
        return _busy()
    if "disk is full" in said or "disk i/o error" in said or state == "53100":
        return OutputError("The disk of the record is full or fails.", remedy="Make room; nothing of this was kept.")
    if "readonly" in said or "read-only" in said:
        return OutputError("The record cannot be written to.", remedy="Check who may write in its folder.")
    if "append-only" in said or "forwards" in said:
        return RecordError("What is in the record is not changed or removed.", remedy="Save a new version.")
    if "malformed" in said or "not a database" in said:
        return RecordError("The database is damaged.", remedy="Restore the latest backup: 'enbloc record restore'.")
    return BackendError(
        "The database does not answer, or refused.", remedy="Check that it runs; nothing of this was kept."
    )
