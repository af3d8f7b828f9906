"""One job, from the moment that it is held until it has ended."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from enbloc.errors import BackendError, EnblocError, RecordError
from enbloc.exchange.document import from_json
from enbloc.web.lining import FAILED, WORKING, line_up_state, line_up_waiting
from enbloc.web.live import WORKLIST, Live, of_case
from enbloc.web.problem import Problem
from enbloc.web.running.child import Child, Progress
from enbloc.web.running.laying import lay_out, scratch_in
from enbloc.web.running.storing import handed_back, store_case, store_results
from enbloc.web.running.wishes import Wishes
from enbloc.web.transit import Transit
from enbloc.web.working.order import UPLOADS, Caps, Order, Upload

if TYPE_CHECKING:
    from enbloc.record import Claimed, JobLine, Record, UnitOfWork

MOST_ATTEMPTS = 2
MOST_REPEATS = 3
"""So often an intake is done anew because somebody saved the case meanwhile."""
LISTEN_S = 0.5
BEAT_EVERY_S = 2.0

log = logging.getLogger("enbloc.web.jobs")


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """What jobs are done with: the record, a folder for their folders, and what they may use."""

    record: Record
    folder: Path
    live: Live
    clock: Callable[[], datetime]
    caps: Caps
    environment: Mapping[str, str]
    lease_s: float
    stopping: Event = field(default_factory=Event)


class Lost(Exception):  # noqa: N818  # nothing is wrong: somebody cancelled it, or another server has it
    """The job is not ours any more."""


class Run:
    """One job that ``worker`` holds; ``home`` is where its folder is made."""

    def __init__(self, shop: Workshop, claimed: Claimed, worker: str, home: Path) -> None:
        self._shop, self._job, self._worker, self._home = shop, claimed.job, worker, home
        self._wishes = from_json(Wishes, claimed.wishes)
        self._team: tuple[str, ...] = ()

    def do(self) -> None:
        """Do it. Whatever comes of it stands in the record; only a database that does not answer is raised.

        Raises
        ------
        BackendError
            If the record cannot be asked. Then the lease ends, and the job is taken up anew.
        Lost
            If somebody cancelled it, or another server has it. Nothing of it is kept.
        """
        try:
            if self._job.attempts > MOST_ATTEMPTS:
                return self._fail("The server stopped twice while this was done. Ask for it again.")
            for _ in range(MOST_REPEATS):
                if self._done_once():
                    return None
            return self._fail("The case was saved again and again meanwhile. Bring it once more.")
        except BackendError:
            raise
        except EnblocError as fault:
            self._fail(str(fault))
        except OSError as fault:
            self._fail(f"The worker could not be started ({fault.strerror}). Ask for it again, or who runs the server.")
        return None

    def _done_once(self) -> bool:
        """Whether it came to an end; if not, the case has a newer version to begin from."""
        with scratch_in(self._home) as scratch:
            made_from = self._lay_out(scratch)
            child = Child(scratch, self._shop.environment)
            try:
                self._follow(child)
                fault = child.ended()
            finally:
                child.kill()
            if child.trace:
                log.error("job=%s kind=%s fault=%s", self._job.job_id, self._job.kind, child.trace)
            if not fault:
                return self._keep(scratch, made_from)
        self._fail(fault)  # nothing of it is left by then
        return True

    # --- before -------------------------------------------------------------------------------------------------------

    def _lay_out(self, scratch: Path) -> int:
        came = self._came()
        places = {upload: f"{UPLOADS}/{path.name}" for upload, path in came.items()}
        order = Order(
            kind=self._job.kind,
            caps=self._shop.caps,
            uploads=tuple(
                Upload(file=places[each.upload], role=each.role, scheme=each.scheme, on=each.on, tumour=each.tumour)
                for each in self._wishes.uploads
            ),
            brought_by=self._wishes.brought_by,
            patient=self._wishes.patient,
        )
        with ExitStack() as files:
            with self._unit() as work:
                of = self._job.version if self._job.kind == "work-up" else None
                case = work.read_case(self._job.case_id, of)
                kept = {
                    path: files.enter_context(work.open_file(self._job.case_id, address))
                    for path, address in case.files.items()
                }
                self._team = work.team(self._job.case_id)
                line_up_state(work, self._job.case_id, WORKING)
            lay_out(scratch, order, case.document, kept, {places[upload]: path for upload, path in came.items()})
        self._tell("running", Progress())
        return case.line.version

    def _came(self) -> Mapping[str, Path]:
        """The files that were uploaded."""
        transit = Transit(self._shop.folder, self._job.centre, self._job.asked_by)
        try:
            return {each.upload: transit.file(each.upload) for each in self._wishes.uploads}
        except Problem:
            raise RecordError("What was uploaded is gone.", remedy="Upload it again.") from None

    # --- meanwhile ----------------------------------------------------------------------------------------------------

    def _follow(self, child: Child) -> None:
        """Listen until it ends; hold the lease, and end it when it is cancelled or takes too long."""
        ends = time.monotonic() + self._shop.caps.waiting_s
        beat_at, told = 0.0, Progress()
        while child.listen(LISTEN_S):
            now = time.monotonic()
            if self._shop.stopping.is_set():
                self._beat(child.progress, lease_s=0.0)
                raise Lost
            if now > ends:
                child.kill()
                child.fault = "It took longer than a job may. Crop the images to the spine, or ask who runs the server."
                return
            if child.progress != told or now - beat_at >= BEAT_EVERY_S:
                if child.progress != told:
                    self._tell("running", child.progress)
                beat_at, told = now, child.progress
                self._beat(child.progress, lease_s=self._shop.lease_s)

    def _beat(self, progress: Progress, *, lease_s: float) -> None:
        goes_on = True
        with suppress(BackendError):  # a database that is busy for a moment has not taken the job away
            goes_on = self._shop.record.jobs.beat(
                self._job,
                self._worker,
                self._shop.clock(),
                lease_s,
                step=progress.step,
                done=progress.done,
                of=progress.of,
            )
        if not goes_on:
            raise Lost

    # --- after --------------------------------------------------------------------------------------------------------

    def _keep(self, scratch: Path, made_from: int) -> bool:
        told = handed_back(scratch)
        following: JobLine | None = None
        with self._unit() as work:
            if told.waits:
                line_up_waiting(work, self._job.case_id, told.waits)
            elif self._job.kind == "work-up":
                store_results(work, self._job, scratch, told)
            else:
                following = store_case(work, self._job, made_from, self._wishes.because, scratch, told)
                if following is None:
                    return False
            result = json.dumps({"said": told.said, "waits": told.waits}, ensure_ascii=True)
            if not work.end_job(self._job, self._worker, "done", result=result):
                raise Lost
        for each in self._wishes.uploads:
            Transit(self._shop.folder, self._job.centre, self._job.asked_by).drop(each.upload)
        self._tell("done", Progress(step=""))
        if following is not None:
            topic = of_case(self._job.case_id)
            saved = {"version": following.version, "by": self._job.asked_by}
            self._shop.live.tell(self._job.centre, topic, "saved", saved, only=self._team)
        self._tell_worklist()
        return True

    def _fail(self, fault: str) -> None:
        with self._unit() as work:
            line_up_state(work, self._job.case_id, FAILED)
            if not work.end_job(self._job, self._worker, "failed", fault=fault):
                raise Lost
        log.warning("job=%s kind=%s case=%s failed", self._job.job_id, self._job.kind, self._job.case_id)
        self._tell("failed", Progress())
        self._tell_worklist()

    def _unit(self) -> AbstractContextManager[UnitOfWork]:
        """What a job does, it does as the person who asked for it."""
        job, now = self._job, self._shop.clock()
        return self._shop.record.at(job.centre, actor=job.asked_by, purpose=f"job {job.kind}", now=now)

    def _tell(self, state: str, progress: Progress) -> None:
        told: dict[str, object] = {"job": self._job.job_id, "case_id": self._job.case_id, "state": state}
        told |= {"step": progress.step, "done": progress.done, "of": progress.of}
        for topic in (of_case(self._job.case_id), WORKLIST):
            self._shop.live.tell(self._job.centre, topic, "job", told, only=self._team)

    def _tell_worklist(self) -> None:
        told = {"case_id": self._job.case_id}
        self._shop.live.tell(self._job.centre, WORKLIST, "worklist", told, only=self._team)
