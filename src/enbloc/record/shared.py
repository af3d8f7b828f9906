"""Readings of several threads share one transaction: twenty readers wait for one disk, not for twenty.

Whoever comes first leads: they take the turn, run what others have asked meanwhile one after another, and keep the
audit of all of it at once. Nobody is given an answer before that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, local
from typing import Any, NoReturn, TypeVar

from enbloc.errors import BackendError, EnblocError, OutputError, RecordError
from enbloc.record.chain import Chain, Entry, Link
from enbloc.record.floor import Ground, Turn
from enbloc.record.reach import Reach
from enbloc.record.reading import UnitOfWork

Answer = TypeVar("Answer")
MOST = 50
"""So many readings at most share a transaction: the last of them keeps the first waiting."""


class Reading(UnitOfWork):
    """A unit of work that only reads, in the turn of another thread. Its audit is written with that of the others."""

    def __init__(self, ground: Ground, link: Link, reach: Reach) -> None:
        super().__init__(ground, link, reach)
        self._newest_of: dict[str, int] = {}

    def lent(self, turn: Turn | None) -> None:
        """It may read from now on; or, without a turn, no more."""
        self._turn, self._is_over = turn, turn is None

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
    """One reading: what it asks, and what became of it."""

    unit: Reading
    ask: Callable[[UnitOfWork], Any]
    woken: Event = field(default_factory=Event)
    leads: bool = False
    is_kept: bool = False
    answer: Any = None
    fault: BaseException | None = None

    def run(self, turn: Turn) -> list[Entry]:
        """Ask, and say what the audit is to tell; a failure is the asker's own, unless the database has failed."""
        self.unit.lent(turn)
        try:
            self.answer = self.ask(self.unit)
        except (BackendError, OutputError):
            raise
        except BaseException as fault:  # given to the thread that asked
            self.fault = fault
        finally:
            self.unit.lent(None)
        return self.unit.entries(abandoned=True) if self.fault else self.unit.entries()


class Readings:
    """The queue of each centre that somebody reads in; who stands first in it leads."""

    def __init__(self, ground: Ground) -> None:
        self._ground, self._lock = ground, Lock()
        self._queues: dict[str, deque[_Asked]] = {}
        self._leading = local()

    def read(self, link: Link, reach: Reach, ask: Callable[[UnitOfWork], Answer]) -> Answer:
        """What ``ask`` reads, once its audit is kept. It may be asked twice: if the database fails, each is alone."""
        if getattr(self._leading, "is_so", False):
            raise RecordError("A reading within a reading waits for itself.", remedy="Read it all in one.")
        mine = _Asked(Reading(self._ground, link, reach), ask)
        with self._lock:
            mine.leads = link.centre not in self._queues
            self._queues.setdefault(link.centre, deque()).append(mine)
        if not mine.leads:
            mine.woken.wait()
        if mine.leads:
            self._lead(link)
        if not mine.is_kept:
            with UnitOfWork(self._ground, link, reach) as work:
                return ask(work)
        if mine.fault is not None:
            raise mine.fault
        answer: Answer = mine.answer
        return answer

    def _lead(self, link: Link) -> None:
        """Read for everybody who waits, oneself first. Without a database everybody is woken to find it out alone."""
        served: list[_Asked] = []
        is_kept, self._leading.is_so = False, True
        try:
            with suppress(EnblocError):
                self._together(link, served)
                is_kept = True
        finally:
            self._leading.is_so = False
            for one in self._left(link.centre, served, is_kept):
                one.woken.set()

    def _left(self, centre: str, served: list[_Asked], is_kept: bool) -> list[_Asked]:
        """Who is woken now: those served, and who leads next, or all who wait if nobody was served."""
        with self._lock:
            queue = self._queues.pop(centre)
            for one in served:
                one.is_kept = is_kept
            if not is_kept:
                return [*served, *queue]
            if queue:
                self._queues[centre], queue[0].leads = queue, True
            return [*served, *list(queue)[:1]]

    def _together(self, link: Link, served: list[_Asked]) -> None:
        with self._ground.turn() as connection, ExitStack() as ends:
            turn = Turn(connection=connection, chain=Chain(connection, link), ends=ends)
            entries: list[Entry] = []
            while len(served) < MOST and (one := self._following(link.centre)) is not None:
                served.append(one)
                entries += one.run(turn)
            turn.chain.add_all(entries)
            turn.chain.close()
            connection.commit()

    def _following(self, centre: str) -> _Asked | None:
        with self._lock:
            queue = self._queues[centre]
            return queue.popleft() if queue else None
