"""Whether the record is what it was: every chain, document, row that was read out of it, person, file and reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select, text

from enbloc.errors import BackendError
from enbloc.record.audited import walked
from enbloc.record.convened import of_board
from enbloc.record.database import READ_ONLY, told
from enbloc.record.fault import Fault
from enbloc.record.kept import of_files, of_references, of_results, strays
from enbloc.record.moving import left_out, of_people, of_worklist
from enbloc.record.store import Record
from enbloc.record.tables import AUDIT, CASES, CHAINS, FILES, RESULTS, VERSIONS
from enbloc.record.versioned import of_versions
from enbloc.value import value

MOST_FAULTS = 1000
"""After as many the rest is not looked for: the record is to be restored."""


@value
class Verified:
    """What was counted, where each chain ends, what is wrong, and what is merely left over.

    Whoever rewrites a whole chain leaves no trace in it: note ``heads`` somewhere else, and compare.
    """

    cases: int
    versions: int
    results: int
    files: int
    entries: int
    heads: Mapping[str, str]
    faults: tuple[Fault, ...]
    remarks: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(eq=False)
class _Found:
    faults: list[Fault] = field(default_factory=list)

    def add(self, found: Iterator[Fault]) -> None:
        for fault in found:
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(fault)
            else:
                return


def verify(record: Record) -> Verified:
    """Read the whole record as it is at one moment and say what is wrong with it; nothing is changed, nothing shown.

    Raises
    ------
    BackendError
        If the database does not answer. A damaged one is a fault, not an error.
    """
    found = _Found()
    with told(), record.database.connect().execution_options(**READ_ONLY) as connection:
        found.add(_of_engine(connection))
        for centre in connection.execute(select(CHAINS).order_by(CHAINS.c.centre)).all():
            found.add(walked(connection, centre.centre, int(centre.length), centre.digest))
        found.add(of_references(connection))
        found.add(of_versions(connection))
        found.add(of_files(connection, record.folder))
        found.add(of_results(connection))
        found.add(of_people(connection))
        found.add(of_worklist(connection))
        found.add(of_board(connection))
        counts = [
            int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in (CASES, VERSIONS, RESULTS, FILES, AUDIT)
        ]
        heads = {row.centre: f"{row.length}:{row.digest}" for row in connection.execute(select(CHAINS))}
        remarks = (*strays(connection, record.folder), *left_out(connection))
    cases, versions, results, files, entries = counts
    return Verified(
        cases=cases,
        versions=versions,
        results=results,
        files=files,
        entries=entries,
        heads=dict(sorted(heads.items())),
        faults=tuple(found.faults),
        remarks=remarks,
    )


def _of_engine(connection: Connection) -> Iterator[Fault]:
    """What SQLite finds wrong with its own pages and indexes; PostgreSQL has programs of its own for that."""
    if connection.dialect.name != "sqlite":
        return
    said = connection.execute(text("PRAGMA integrity_check(1)")).scalars().all()
    if said != ["ok"]:
        yield Fault(where="database", what="SQLite finds its own pages or indexes damaged")


def refuse_damage(verified: Verified) -> None:
    """Refuse to build on a record that is not whole.

    Raises
    ------
    BackendError
        With the first fault and the number of the others.
    """
    if verified.faults:
        first, more = verified.faults[0], len(verified.faults) - 1
        raise BackendError(
            f"The record is damaged: {first.words}{f' ({more} more)' if more else ''}.",
            remedy="Run 'enbloc record verify', and mend it from the latest backup.",
        )
