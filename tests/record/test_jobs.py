"""Jobs: asked for once, held by one worker at a time, and none is lost with its worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from enbloc.errors import RecordError
from enbloc.record import Claimed, JobLine, Record, verify
from tests.record.deeds import BOB, NOW, at, save

LEASE_S = 30.0


def ask(record: Record, case_id: str = "c1", *, key: str = "", minutes: int = 0, centre: str = "north") -> JobLine:
    with at(record, minutes=minutes, centre=centre) as work:
        return work.ask("workup", case_id, 1, '{"draws": 7}', key=key)


def claimed(record: Record, worker: str = "w1", *, seconds: float = 0) -> Claimed:
    found = record.jobs.claim(worker, NOW + timedelta(seconds=seconds), LEASE_S)
    assert found is not None
    return found


def seen(record: Record, job: JobLine) -> JobLine:
    with at(record) as work:
        return work.job(job.job_id)


def test_a_job_is_asked_for_done_and_shown(record: Record) -> None:
    save(record)
    asked = ask(record)
    assert (asked.state, asked.case_id, asked.version, asked.asked_by, asked.asked_at) == (
        "waiting", "c1", 1, "alice", NOW,
    )  # fmt: skip
    assert record.jobs.waiting() == 1
    held = claimed(record)
    assert (held.job.job_id, held.job.state, held.job.attempts, held.wishes) == (
        asked.job_id, "running", 1, '{"draws": 7}',
    )  # fmt: skip
    assert record.jobs.waiting() == 0
    assert record.jobs.claim("w2", NOW, LEASE_S) is None
    assert record.jobs.beat(held.job, "w1", NOW, LEASE_S, step="measuring", done=3, of=9)
    shown = seen(record, asked)
    assert (shown.step, shown.done, shown.of, shown.ended_at) == ("measuring", 3, 9, None)
    assert record.jobs.end(held.job, "w1", NOW + timedelta(minutes=1), "done", result='{"results": 4}')
    shown = seen(record, asked)
    assert (shown.state, shown.result, shown.ended_at) == ("done", '{"results": 4}', NOW + timedelta(minutes=1))
    assert not record.jobs.end(held.job, "w1", NOW, "failed"), "it has ended"
    with at(record) as work:
        acts = [line.act for line in work.audit(case_id="c1")]
    assert [act for act in acts if "job" in act] == ["ask job", "read job", "end job", "read job"]
    assert verify(record).is_whole


def test_the_same_key_gives_the_same_job(record: Record) -> None:
    save(record)
    save(record, "c2")
    first = ask(record, key="press-1")
    assert ask(record, key="press-1") == first
    assert ask(record, key="press-2") != first
    assert ask(record).job_id != ask(record).job_id
    with pytest.raises(RecordError, match="another job"):
        ask(record, "c2", key="press-1")


def test_the_longest_waiting_is_done_first_whatever_its_centre(record: Record) -> None:
    save(record)
    save(record, centre="south")
    later, first = ask(record, minutes=2), ask(record, centre="south", minutes=1)
    assert [claimed(record, worker).job for worker in ("w1", "w2")] == [
        claimed_as(first),
        claimed_as(later),
    ]


def claimed_as(job: JobLine) -> JobLine:
    from dataclasses import replace

    return replace(job, state="running", attempts=1)


def test_a_worker_that_is_not_heard_of_loses_its_job_to_the_next(record: Record) -> None:
    save(record)
    ask(record)
    lost = claimed(record, "w1").job
    assert record.jobs.claim("w2", NOW + timedelta(seconds=LEASE_S), LEASE_S) is None
    again = claimed(record, "w2", seconds=LEASE_S + 1)
    assert (again.job.job_id, again.job.attempts) == (lost.job_id, 2)
    assert not record.jobs.beat(lost, "w1", NOW, LEASE_S, step="", done=1, of=1)
    assert not record.jobs.end(lost, "w1", NOW, "done")
    assert record.jobs.end(again.job, "w2", NOW, "failed", fault="Out of memory.")


def test_a_beat_renews_the_lease(record: Record) -> None:
    save(record)
    ask(record)
    held = claimed(record).job
    assert record.jobs.beat(held, "w1", NOW + timedelta(seconds=20), LEASE_S, step="", done=0, of=0)
    assert record.jobs.claim("w2", NOW + timedelta(seconds=45), LEASE_S) is None


def test_a_cancelled_job_is_done_by_nobody_and_its_worker_learns_it(record: Record) -> None:
    save(record)
    waiting, running = ask(record), ask(record, minutes=1)
    with at(record) as work:
        assert work.cancel(waiting.job_id).state == "cancelled"
    held = claimed(record).job
    assert held.job_id == running.job_id
    with at(record, BOB) as work:
        work.cancel(held.job_id)
        assert work.cancel(held.job_id).state == "cancelled"
        assert [line.state for line in work.jobs("c1")] == ["cancelled", "cancelled"]
    assert not record.jobs.beat(held, "w1", NOW, LEASE_S, step="", done=1, of=2)
    with at(record) as work:
        assert not work.end_job(held, "w1", "done")


def test_results_and_the_end_of_their_job_are_kept_together_or_not(record: Record) -> None:
    save(record)
    ask(record)
    held = claimed(record).job
    with pytest.raises(ZeroDivisionError), at(record) as work:  # noqa: PT012  # one unit
        work.put_result("c1", 1, "workup", b"{}")
        assert work.end_job(held, "w1", "done")
        raise ZeroDivisionError
    assert seen(record, held).state == "running"
    with at(record) as work:
        work.put_result("c1", 1, "workup", b"{}")
        assert work.end_job(held, "w1", "done")
    with at(record) as work:
        assert [one.kind for one in work.results("c1")] == ["workup"]
        assert work.job(held.job_id).state == "done"


def test_many_workers_are_given_different_jobs(record: Record) -> None:
    save(record)
    asked = {ask(record, minutes=number).job_id for number in range(12)}
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda number: record.jobs.claim(f"w{number}", NOW, LEASE_S), range(15)))
    assert sorted(one.job.job_id for one in found if one) == sorted(asked)


def test_another_centres_job_is_none_here(record: Record) -> None:
    save(record)
    asked = ask(record)
    for job_id in (asked.job_id, "0" * 16):
        for deed in ("job", "cancel"):
            with pytest.raises(RecordError, match="no such job"), at(record, centre="south") as work:
                getattr(work, deed)(job_id)
    with pytest.raises(RecordError, match="no such case"), at(record, centre="south") as work:
        work.ask("workup", "c1", 1, "{}")


def test_a_job_is_about_a_version_that_is_there(record: Record) -> None:
    save(record)
    for version in (0, 2):
        with pytest.raises(RecordError, match="no such case or version"), at(record) as work:
            work.ask("workup", "c1", version, "{}")
