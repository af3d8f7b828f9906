"""Readings at the same time share one transaction: twenty readers wait for one disk, not for twenty.

One thread runs what was asked meanwhile, one reading after another, and keeps the audit of all of it at once. Nobody is
given an answer before that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from threading import Lock, local
from typing import Any, NoReturn, TypeVar

from enbloc.errors import BackendError, OutputError, RecordError
from enbloc.record.chain import Chain, Entry, Link
from enbloc.record.floor import Ground, Turn
from enbloc.record.reach import Reach
from enbloc.record.reading import UnitOfWork
from enbloc.record.together import MOST, Together

Answer = TypeVar("Answer")


class Reading(UnitOfWork):
    """A unit of work that only reads, in the turn of another thread. Its audit is written with that of the others."""

    def __init__(self, ground: Ground, link: Link, reach: Reach) -> None:
        super().__init__(ground, link, reach)
        self._newest_of: dict[str, int] = {}

    def lent(self, turn: Turn | None) -> None:
        """It may read from now on; or, without a turn, no more."""
        self._turn, self._is_over = turn, turn is None

    @property
    def whose(self) -> tuple[Link, Reach]:
        """Who reads, and how far they see."""
        return self._link, self._reach

    def entries(self, **more: object) -> list[Entry]:
        """What the audit tells of it."""
        return [Entry(link=self._link, act=act, told={**told, **more}) for act, told in self._reads]

    def _newest(self, case_id: str) -> int:
        if case_id not in self._newest_of:  # nothing moves in the transaction of readings
            self._newest_of[case_id] = super()._newest(case_id)
        return self._newest_of[case_id]

    def _read(self, act: str, **entry: Any) -> None:
        self._reads.append((act, entry))

    def _wrote(self, act: str, **entry: Any) -> NoReturn:
        raise RecordError("A reading changes nothing.", remedy="Use 'record.at' to write.")

    def _write(self, statement: Any, rows: Sequence[Mapping[str, Any]] | None = None) -> NoReturn:
        self._wrote("")


@dataclass(eq=False)
class _Asked:
    """One reading: what it asks, and the answer that is waited for."""

    unit: Reading
    ask: Callable[[UnitOfWork], Any]
    waited_for: Future[Any] = field(default_factory=Future)
    answer: Any = None
    fault: BaseException | None = None

    def run(self, turn: Turn) -> list[Entry]:
        """Ask, and say what the audit is to tell; a failure is the asker's own, unless the database has failed."""
        self.unit.lent(turn)
        try:
            self.answer = self.ask(self.unit)
        except (BackendError, OutputError):
            raise
        except BaseException as fault:  # given to whoever asked
            self.fault = fault
        finally:
            self.unit.lent(None)
        return self.unit.entries(abandoned=True) if self.fault else self.unit.entries()

    def alone(self, work: UnitOfWork) -> None:
        """Ask in a unit of its own."""
        try:
            with work:
                self.answer = self.ask(work)
        except BaseException as fault:  # given to whoever asked
            self.fault = fault
        self.tell()

    def tell(self) -> None:
        """Give the answer: its audit is kept."""
        if self.fault is None:
            self.waited_for.set_result(self.answer)
        else:
            self.waited_for.set_exception(self.fault)


class Readings:
    """Those who read, by centre."""

    def __init__(self, ground: Ground) -> None:
        self._ground, self._lock, self._here = ground, Lock(), local()
        self._threads = ThreadPoolExecutor(MOST, "readings", initializer=partial(setattr, self._here, "reads", True))
        self._centres: dict[str, Together[_Asked]] = {}

    def read(self, link: Link, reach: Reach, ask: Callable[[UnitOfWork], Answer]) -> Future[Answer]:
        """What ``ask`` reads, once its audit is kept. It may be asked twice: if the database fails, each is alone."""
        if getattr(self._here, "reads", False):
            raise RecordError("A reading within a reading waits for itself.", remedy="Read it all in one.")
        mine = _Asked(Reading(self._ground, link, reach), ask)
        with self._lock:
            if link.centre not in self._centres:
                self._centres[link.centre] = Together(self._serve, self._threads)
        self._centres[link.centre].join(mine)
        return mine.waited_for

    def close(self) -> None:
        """Wait for what is asked, and answer no more."""
        self._threads.shutdown()

    def _serve(self, waiting: Sequence[_Asked]) -> None:
        """Read for everybody who waits. If the database fails, each finds it out alone."""
        asked = [one for one in waiting if one.waited_for.set_running_or_notify_cancel()]
        try:
            self._together(asked)
        except BaseException:  # each of them meets it alone
            for one in asked:
                self._threads.submit(one.alone, UnitOfWork(self._ground, *one.unit.whose))
            return
        for one in asked:
            one.tell()

    def _together(self, asked: Sequence[_Asked]) -> None:
        if not asked:
            return
        with self._ground.turn() as connection, ExitStack() as ends:
            turn = Turn(connection=connection, chain=Chain(connection, asked[0].unit.whose[0]), ends=ends)
            turn.chain.add_all([entry for one in asked for entry in one.run(turn)])
            turn.chain.close()
            connection.commit()
