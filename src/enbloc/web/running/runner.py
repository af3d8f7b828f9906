"""Threads that take jobs out of the record and do them in worker processes."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from threading import Semaphore, Thread
from typing import TYPE_CHECKING

from enbloc.errors import EnblocError
from enbloc.web.live import Live
from enbloc.web.running.laying import workplace
from enbloc.web.running.run import Lost, Run, Workshop
from enbloc.web.working.order import Caps

if TYPE_CHECKING:
    from enbloc.record import Record

LEASE_S = 30.0
LOOK_EVERY_S = 5.0
"""Jobs that another server let go of are found by looking; those that are asked for here wake a thread at once."""

log = logging.getLogger("enbloc.web.jobs")


class Workers:
    """So many jobs at once, each within the ``caps``; ``environment`` is all that a worker process learns of ours."""

    def __init__(
        self,
        record: Record,
        folder: Path,
        *,
        live: Live,
        clock: Callable[[], datetime],
        at_once: int = 1,
        caps: Caps | None = None,
        environment: Mapping[str, str] | None = None,
        lease_s: float = LEASE_S,
    ) -> None:
        self._shop = Workshop(
            record=record,
            folder=folder,
            live=live,
            clock=clock,
            caps=caps or Caps(),
            environment=environment or {},
            lease_s=lease_s,
        )
        self._bell = Semaphore(0)
        self._threads = [Thread(target=self._work, name=f"jobs-{number}") for number in range(at_once)]

    def start(self) -> None:
        """Begin to look for jobs."""
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is a job to do: look now."""
        self._bell.release()

    def stop(self) -> None:
        """End every worker process, and let go of its job, so that it is begun anew later."""
        self._shop.stopping.set()
        for _ in self._threads:
            self._bell.release()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        # A process dies with the thread that started it: so this one starts its own, and lives as long as they do.
        worker = f"{socket.gethostname()[:40]}-{os.getpid()}-{token_hex(4)}"
        with workplace(self._shop.folder) as home:
            while not self._shop.stopping.is_set():
                if not self._one(worker, home):
                    self._bell.acquire(timeout=LOOK_EVERY_S)

    def _one(self, worker: str, home: Path) -> bool:
        """Do the next job; false if there is none, or the record does not answer."""
        try:
            claimed = self._shop.record.jobs.claim(worker, self._shop.clock(), self._shop.lease_s)
            if claimed is None:
                return False
            Run(self._shop, claimed, worker, home).do()
        except Lost:
            log.info("a job was taken away")
        except EnblocError as fault:
            log.warning("the record does not answer jobs: %s", fault.message)
            return False
        return True
