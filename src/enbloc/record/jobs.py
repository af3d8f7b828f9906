"""Jobs: work that a worker does later. A job is leased, not given: a worker that dies loses it to the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import Row, and_, func, insert, literal_column, or_, select, update

from enbloc.errors import RecordError
from enbloc.record import of_case
from enbloc.record.chain import Link
from enbloc.record.floor import Floor, Ground
from enbloc.record.tables import JOBS
from enbloc.record.words import bounded, moment, moment_if, no_such_job, page_of, said, stamp
from enbloc.record.words import key as key_of
from enbloc.value import value

PAGE = 50
LONGEST_WISHES = 2**20
LONGEST_STEP = 400
UNDER_WAY = ("waiting", "running")
ENDS = ("done", "failed", "cancelled")


@value
class JobLine:
    """A job: waiting, running, done, failed or cancelled. ``result`` is JSON; ``of`` is how much there is to do."""

    centre: str
    job_id: str
    kind: str
    case_id: str
    version: int
    state: str
    step: str
    done: int
    of: int
    fault: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None
    result: str
    attempts: int


@value
class Claimed:
    """A job that a worker holds, and what was wished for (JSON)."""

    job: JobLine
    wishes: str


class Asking(Floor):
    """What people do with jobs."""

    def ask(self, kind: str, case_id: str, version: int, wishes: str, *, key: str = "") -> JobLine:
        """Ask for work on a version of a case; asked again with the same key, the same job comes back.

        Raises
        ------
        RecordError
            If there is no such version, or the key was used for something else.
        """
        self._there("ask job", case_id, version)
        if key and (found := self._job_rows(JOBS.c.asked_key == said("key", key))):
            asked = _line(found[0])
            if (asked.kind, asked.case_id, asked.version) != (kind, case_id, version):
                raise RecordError("This key was used for another job.", remedy="Use a new key.")
            return asked
        job_id, kind = token_hex(8), key_of("kind of job", kind)
        self._wrote("ask job", case_id=case_id, version=version, job=job_id, kind=kind)
        row = {"centre": self._centre, "job_id": job_id, "kind": kind, "case_id": case_id, "version": version}
        row |= {"state": "waiting", "step": "", "done": 0, "total": 0, "fault": "", "result": ""}
        row |= {"wishes": bounded("wish", wishes, LONGEST_WISHES), "asked_by": self._link.actor}
        row |= {"asked_at": self._link.at, "ended_at": "", "asked_key": key}
        self._write(insert(JOBS), [{**row, "worker": "", "lease_ends": "", "attempts": 0}])
        return _line(self._job(job_id))

    def job(self, job_id: str) -> JobLine:
        """A job of the centre.

        Raises
        ------
        RecordError
            If there is none, or it is about a case that the person may not see.
        """
        found = self._job(job_id)
        self._read("read job", case_id=found.case_id, version=int(found.version), job=job_id)
        return _line(found)

    def jobs(self, case_id: str, *, limit: int = PAGE) -> tuple[JobLine, ...]:
        """The jobs of a case, the latest first."""
        self._there("list jobs", case_id)
        self._read("list jobs", case_id=case_id)
        mine = self._whose(case_id=case_id, most=page_of(limit))
        return tuple(map(_line, self._rows(of_case.JOBS_OF, mine)))

    def cancel(self, job_id: str) -> JobLine:
        """Cancel a job; its worker learns it at its next beat. One that has ended stays as it is."""
        found = self._job(job_id)
        if found.state not in ENDS:
            here = {"case_id": found.case_id, "version": int(found.version)}
            self._wrote("cancel job", **here, job=job_id)
            mine = (JOBS.c.centre == self._centre, JOBS.c.job_id == job_id)
            self._write(update(JOBS).where(*mine).values(state="cancelled", ended_at=self._link.at, worker=""))
        return _line(self._job(job_id))

    def end_job(self, job: JobLine, worker: str, state: str, *, fault: str = "", result: str = "") -> bool:
        """End a job in the unit that keeps what came of it, so that both are there or neither.

        False if it was cancelled or another worker has it: then raise, so that nothing of the unit is kept.
        """
        if state not in ("done", "failed"):
            raise RecordError("A worker ends a job as done or failed.", remedy="Name one of these.")
        held = (JOBS.c.job_id == key_of("job", job.job_id), JOBS.c.state == "running", JOBS.c.worker == worker)
        if not self._job_rows(and_(*held)):
            return False
        told_ = {"job": job.job_id, "state": state, "worker": worker}
        self._wrote("end job", case_id=job.case_id, version=job.version, **told_)
        new = {"state": state, "fault": bounded("fault", fault, LONGEST_WISHES), "ended_at": self._link.at}
        new |= {"result": bounded("result", result, LONGEST_WISHES), "worker": ""}
        self._write(update(JOBS).where(JOBS.c.centre == self._centre, *held).values(**new))
        return True

    def _job(self, job_id: str) -> Row[Any]:
        if found := self._job_rows(JOBS.c.job_id == key_of("job", job_id)):
            return found[0]
        self._read("read job", job=job_id, found=False)
        raise no_such_job()

    def _job_rows(self, which: Any) -> Sequence[Row[Any]]:
        return self._rows(select(JOBS).where(JOBS.c.centre == self._centre, which, self._seen(JOBS)))


class Jobs:
    """What workers do with jobs, whatever their centre. Workers that ask at once are given different ones."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground

    def claim(self, worker: str, now: datetime, lease_s: float) -> Claimed | None:
        """The job that waits longest, or whose worker was not heard of while its lease lasted; nothing if none is."""
        with self._ground.deed() as connection:
            found = connection.execute(claimable(stamp(now))).first()
            if found is None:
                return None
            new = {"state": "running", "worker": said("worker", worker), "attempts": int(found.attempts) + 1}
            new |= {"lease_ends": _lease(now, lease_s)}
            mine = (JOBS.c.centre == found.centre, JOBS.c.job_id == found.job_id)
            connection.execute(update(JOBS).where(*mine).values(**new))
            held = connection.execute(select(JOBS).where(*mine)).one()
        return Claimed(job=_line(held), wishes=held.wishes)

    def beat(self, job: JobLine, worker: str, now: datetime, lease_s: float, *, step: str, done: int, of: int) -> bool:
        """The worker goes on: how far it is, and its lease anew. False if the job was cancelled or is another's now."""
        new = {"lease_ends": _lease(now, lease_s), "step": bounded("step", step, LONGEST_STEP)}
        held = (JOBS.c.centre == job.centre, JOBS.c.job_id == job.job_id, JOBS.c.state == "running")
        with self._ground.deed() as connection:
            mine = update(JOBS).where(*held, JOBS.c.worker == worker)
            return bool(connection.execute(mine.values(**new, done=done, total=of)).rowcount)

    def end(self, job: JobLine, worker: str, now: datetime, state: str, *, fault: str = "", result: str = "") -> bool:
        """End a job of which nothing else is kept; ``UnitOfWork.end_job`` does it together with the results."""
        link = Link(centre=job.centre, actor=job.asked_by, purpose=f"job {job.kind}", at=stamp(now))
        with Asking(self._ground, link) as work:
            return work.end_job(job, worker, state, fault=fault, result=result)

    def waiting(self) -> int:
        """How many jobs wait."""
        asked = select(func.count()).select_from(JOBS).where(_OPEN, JOBS.c.state == "waiting")
        with self._ground.look() as connection:
            return int(connection.execute(asked).scalar_one())


_OPEN: Any = literal_column("state IN ('waiting', 'running')")
"""As the index of open jobs says it."""


def claimable(now: str) -> Any:
    """The job to be done next, left to whoever holds it already."""
    is_lost = and_(JOBS.c.state == "running", JOBS.c.lease_ends < now)
    asked = select(JOBS).where(_OPEN, or_(JOBS.c.state == "waiting", is_lost))
    return asked.order_by(JOBS.c.asked_at, JOBS.c.centre, JOBS.c.job_id).limit(1).with_for_update(skip_locked=True)


def _lease(now: datetime, lease_s: float) -> str:
    return stamp(now + timedelta(seconds=lease_s))


def _line(row: Row[Any]) -> JobLine:
    same = ("centre", "job_id", "kind", "case_id", "state", "step", "fault", "asked_by", "result")
    return JobLine(
        **{name: getattr(row, name) for name in same},
        version=int(row.version),
        done=int(row.done),
        of=int(row.total),
        asked_at=moment(row.asked_at),
        ended_at=moment_if(row.ended_at),
        attempts=int(row.attempts),
    )
