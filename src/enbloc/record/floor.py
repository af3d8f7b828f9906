"""What every unit of work stands on: its turn at the database, and the audit of what is done in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Engine, Row, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Executable

from enbloc.errors import EnblocError, RecordError
from enbloc.record import of_case
from enbloc.record.chain import Chain, Link
from enbloc.record.database import READ_ONLY, Waiting, told
from enbloc.record.reach import Reach, within
from enbloc.record.tables import CASES
from enbloc.record.words import key, no_such_case


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where a record is kept: its database, the folder of its files, and how its threads wait for their turn.

    ``turns`` leads to the same database, for whoever has the turn.
    """

    database: Engine
    turns: Engine
    folder: Path
    waiting: Waiting

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """A connection that may write; what the database refuses is told in our words."""
        self.waiting.begin()
        try:
            with told(), self.turns.connect() as connection:
                yield connection
        finally:
            self.waiting.end()

    @contextmanager
    def deed(self) -> Iterator[Connection]:
        """A short transaction that is kept whole, about no patient."""
        with self.turn() as connection, connection.begin():
            yield connection

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A connection that only reads, about no patient; it waits for nobody."""
        with told(), self.database.connect().execution_options(**READ_ONLY) as connection:
            yield connection


@dataclass(eq=False, kw_only=True)
class Turn:
    """The connection of a unit and the end of its chain, from its first word to the database on."""

    connection: Connection
    chain: Chain
    ends: ExitStack


class Floor:
    """What every unit stands on: its turn at the database, and the audit of what is done in it."""

    def __init__(self, ground: Ground, link: Link, reach: Reach = Reach.ALL) -> None:
        self._ground, self._link, self._reach = ground, link, reach
        self._turn: Turn | None = None
        self._reads: list[tuple[str, dict[str, Any]]] = []
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, fault: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        self.close(keep=fault is None)

    @property
    def _centre(self) -> str:
        return self._link.centre

    def _begun(self) -> Turn:
        """The turn; it begins with the first word to the database, so that a long file is written before."""
        if self._is_over:
            raise RecordError("This unit of work is over.", remedy="Begin another with 'record.at'.")
        if self._turn is None:
            self._turn = self._next()
        return self._turn

    def _next(self) -> Turn:
        with ExitStack() as undone:
            connection = undone.enter_context(self._ground.turn())
            chain = Chain(connection, self._link)
            return Turn(connection=connection, chain=chain, ends=undone.pop_all())

    def _rows(self, asked: Executable, given: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        with told():
            return self._begun().connection.execute(asked, given).all()

    def _write(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None) -> None:
        with told():
            self._begun().connection.execute(statement, rows)

    def _wrote(self, act: str, **entry: Any) -> int:
        with told():
            return self._begun().chain.add(act, **entry)

    def _read(self, act: str, **entry: Any) -> None:
        """Somebody is shown something: it stays in the audit, whatever becomes of the rest of the unit."""
        self._wrote(act, **entry)
        self._reads.append((act, entry))

    def close(self, *, keep: bool) -> None:
        """End the unit: keep all of it, or nothing but the audit of what was read."""
        turn, self._turn, self._is_over = self._turn, None, True
        if turn is None:
            return
        with turn.ends:
            if keep:
                turn.chain.close()
                turn.connection.commit()
                return
            with suppress(SQLAlchemyError):  # the connection may be gone, and with it the transaction
                turn.connection.rollback()
        if self._reads:
            with suppress(EnblocError):  # the fault that ended the unit is the one to be told
                self._read_all_the_same()

    def _read_all_the_same(self) -> None:
        turn = self._next()
        with turn.ends:
            for act, entry in self._reads:
                turn.chain.add(act, **entry, abandoned=True)
            turn.chain.close()
            turn.connection.commit()

    def _newest(self, case_id: str) -> int:
        """The newest version of a case; 0 if the centre has none of that key, or the person may not see it."""
        found = self._rows(of_case.newest(self._reach), self._whose(case_id=key("case", case_id)))
        return int(found[0].version) if found else 0

    def _whose(self, **given: Any) -> dict[str, Any]:
        """What a question that was built once is asked with."""
        return {"centre": self._centre, "actor": self._link.actor, **given}

    def _seen(self, table: Any) -> ColumnElement[bool]:
        """Whether a row of the table is about a case that the person may see."""
        return within(self._reach, self._link.actor, table)

    def _there(self, act: str, case_id: str, version: int | None = None) -> int:
        """The version that is meant; a case that is not there, hidden or another centre's is refused alike."""
        newest = self._newest(case_id)
        if newest and (version is None or 1 <= version <= newest):
            return newest if version is None else version
        self._read(act, case_id=case_id, version=version or 0, found=False)
        raise no_such_case()

    def _refuse_hidden(self, act: str, case_id: str) -> None:
        """Nothing is put into a case that the person may not see; one that is new is nobody's yet."""
        if self._reach is Reach.ALL or self._newest(case_id):
            return
        mine = (CASES.c.centre == self._centre, CASES.c.case_id == case_id)
        if self._rows(select(CASES.c.version).where(*mine)):
            self._there(act, case_id)
