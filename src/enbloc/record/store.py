"""The record: where cases are kept. Nothing in it is read or written without a person, a purpose and a moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from enbloc.errors import RecordError
from enbloc.record.chain import Link
from enbloc.record.database import PATIENCE_S, READ_ONLY, Waiting, address, engine, of_turns, told
from enbloc.record.doors import Doors
from enbloc.record.floor import Ground
from enbloc.record.jobs import Jobs
from enbloc.record.migrating import is_known, newest, revision, too_new
from enbloc.record.reach import Reach
from enbloc.record.reading import UnitOfWork
from enbloc.record.shared import Answer, Readings
from enbloc.record.tables import CHAINS
from enbloc.record.words import key, said, stamp


class Record:
    """One record: its database, and the folder of its files. It may be used by several threads at once."""

    def __init__(self, database: Engine, folder: Path, *, patience_s: float = PATIENCE_S) -> None:
        self.database, self.folder = database, folder
        self._ground = Ground(
            database=database,
            turns=of_turns(database, patience_s),
            folder=folder,
            waiting=Waiting(database, patience_s),
        )
        self.doors, self.jobs = Doors(self._ground), Jobs(self._ground)
        self._readings = Readings(self._ground)

    def at(
        self, centre: str, *, actor: str, purpose: str, now: datetime, reach: Reach = Reach.ALL
    ) -> AbstractContextManager[UnitOfWork]:
        """A unit of work of one person of a centre: kept whole as it ends, or nothing of it if it fails.

        What lies beyond their ``reach`` is answered like what is not there; ``actor`` is then a person of the record.
        The entries about what was read are kept either way. Units of one centre follow one another, so a unit is short:
        put its files first, and wait for nobody within it.

        Raises
        ------
        BackendError
            If the database does not answer, or another unit of the centre does not end.
        """
        return UnitOfWork(self._ground, _link(centre, actor, purpose, now), reach)

    def read(
        self,
        centre: str,
        *,
        actor: str,
        purpose: str,
        now: datetime,
        reach: Reach = Reach.ALL,
        ask: Callable[[UnitOfWork], Answer],
    ) -> Answer:
        """What ``ask`` gives back of a unit of work that only reads, once its audit is kept.

        Readings that come at the same time share one transaction. So ``ask`` only reads, quickly, and nothing else: it
        runs in another thread, and once more if the database failed in between.
        """
        return self.reading(centre, actor=actor, purpose=purpose, now=now, reach=reach, ask=ask).result()

    def reading(
        self,
        centre: str,
        *,
        actor: str,
        purpose: str,
        now: datetime,
        reach: Reach = Reach.ALL,
        ask: Callable[[UnitOfWork], Answer],
    ) -> Future[Answer]:
        """As ``read``, for who does something else until it is answered."""
        return self._readings.read(_link(centre, actor, purpose, now), reach, ask)

    def centres(self) -> tuple[str, ...]:
        """The centres that have a chain; no patient stands in it."""
        with told(), self.database.connect().execution_options(**READ_ONLY) as connection:
            return tuple(connection.execute(select(CHAINS.c.centre).order_by(CHAINS.c.centre)).scalars())

    def close(self) -> None:
        """Let the database go."""
        self._readings.close()
        self.doors.close()
        self._ground.turns.dispose()
        self.database.dispose()


def _link(centre: str, actor: str, purpose: str, now: datetime) -> Link:
    return Link(
        centre=key("centre", centre), actor=said("actor", actor), purpose=said("purpose", purpose), at=stamp(now)
    )


def open_record(url: str | None, folder: Path, *, patience_s: float = PATIENCE_S) -> Record:
    """The record in this folder, with its database at ``url`` or, without one, in the folder too.

    Raises
    ------
    RecordError
        If there is none, or it was made by another version of enbloc: nothing is made or changed by opening.

    Examples
    --------
    >>> open_record(None, Path("no-such-folder"))
    Traceback (most recent call last):
        ...
    enbloc.errors.RecordError: There is no record here. Make it with 'enbloc record migrate'.
    """
    at = address(url, folder)
    if at.get_backend_name() == "sqlite" and not (at.database and Path(at.database).is_file()):
        raise no_record()
    record = Record(engine(at, patience_s=patience_s), folder, patience_s=patience_s)
    try:
        found = revision(record.database)
        if found is None:
            raise no_record()
        if not is_known(found):
            raise too_new()
        if found != newest():
            raise RecordError(
                "The record was made by an older version of enbloc.",
                remedy="Back it up, then run 'enbloc record migrate'.",
            )
    except BaseException:
        record.close()
        raise
    return record


def no_record() -> RecordError:
    """The refusal of a place that holds none: a record is never made by mistake."""
    return RecordError("There is no record here.", remedy="Make it with 'enbloc record migrate'.")
