"""Killed at any moment: what was acknowledged is there, nothing is half, and the chain holds."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from enbloc.errors import BackendError, EnblocError, OutputError
from enbloc.record import Record, Saved, open_record, verify
from enbloc.record.files import PART, all_kept
from tests.record.deeds import NOW, at, document, save
from tests.record.places import Cluster, Place
from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = range(50)


def writer(place: Place, what: str, *more: object) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tests.record.writer", what, place.url or "", str(place.folder), *map(str, more)]
    return subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def killed(process: subprocess.Popen[str], *, after: int, later_s: float) -> list[str]:
    """All that the process said until it was killed, so many lines and a moment after it began."""
    assert process.stdout is not None
    with process:
        said = [process.stdout.readline() for _ in range(after)]
        time.sleep(later_s)
        process.kill()
        said += process.stdout.readlines()
    return [line for line in said if line.endswith("\n")]


def test_killed_at_any_moment_everything_acknowledged_is_there(place: Place, record: Record) -> None:
    chance, told = random.Random(7), list[tuple[str, ...]]()
    for seed in sampled(MOMENTS, 4):
        said = killed(writer(place, "everything", seed), after=chance.randint(1, 25), later_s=chance.uniform(0, 0.03))
        told += [tuple(json.loads(line)) for line in said]
        found = verify(record)
        assert found.is_whole, found.faults
        assert not any("line" in one for one in found.remarks), "a case and its line are kept together"
        whole = [path for path in all_kept(place.folder) if not path.name.startswith(PART)]
        assert all(sha256(path.read_bytes()).hexdigest() == path.name for path in whole), "never half at its address"
    assert {kind for kind, *_ in told} == {"case", "person", "job"}
    for kind, *one in told:
        CHECKS[kind](record, *one)


def case_is_there(record: Record, key: str, version: int, digest: str, scan: str, headline: str) -> None:
    with at(record) as work:
        read, line = work.read_case(key, version), work.line(key)
        assert (read.line.sha256, read.files) == (digest, {"images/ct": scan})
        assert work.read_file(key, scan)
    assert line is not None
    assert line.version > version or (line.version, line.headline) == (version, headline)


def person_is_there(record: Record, person: str, name: str) -> None:
    with at(record) as work:
        assert work.person(person).name in (name, "After")


def job_is_there(record: Record, job: str, state: str) -> None:
    with at(record) as work:
        assert work.job(job).state in {"waiting": ("waiting", "running", "done"), "done": ("done",)}[state]


CHECKS: dict[str, Callable[..., None]] = {"case": case_is_there, "person": person_is_there, "job": job_is_there}


def test_after_a_kill_others_go_on_at_once(place: Place, record: Record) -> None:
    killed(writer(place, "everything", 99), after=2, later_s=0.0)
    began = time.monotonic()
    assert isinstance(save(record, "after"), Saved)
    assert time.monotonic() - began < 20, "the turn of the killed process is not waited for"


def test_two_processes_write_one_case_a_hundred_times_and_no_line_is_lost(place: Place, record: Record) -> None:
    save(record, "shared", lines=[])
    each = 50
    both = [writer(place, "same", name, each) for name in ("alice", "bob")]
    for process in both:
        with process:
            assert process.communicate(timeout=300)[0].splitlines()[-1] == str(each)
        assert process.returncode == 0
    with at(record) as work:
        versions = work.versions("shared", limit=1000)
        lines = json.loads(work.read_case("shared").document)["lines"]

    assert [line.version for line in versions] == list(range(1, 2 * each + 2))
    for name in ("alice", "bob"):
        assert [line for line in lines if line.startswith(name)] == [f"{name} {done}" for done in range(each)]
    assert verify(record).is_whole


# --- what else goes wrong ---------------------------------------------------------------------------------------------


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """No file of this process may grow past so many bytes: what a full disk is like."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_keeps_nothing_half_and_says_so(place: Place, record: Record) -> None:
    save(record, "c1", story="kept")
    with files_up_to(500_000):
        with pytest.raises(OutputError, match="Make room"), at(record) as work:
            work.put_file("c1", b"x" * 600_000)
        if place.kind == "sqlite":
            with pytest.raises(OutputError, match="full or fails"):
                save(record, "c1", made_from=1, story="x" * 600_000)
    with at(record) as work:
        assert [line.version for line in work.versions("c1")] == [1]
    assert isinstance(save(record, "c1", made_from=1, story="afterwards"), Saved)
    found = verify(record)
    assert found.is_whole, found.faults
    assert found.remarks == ("1 cases without a line in the worklist",)


def test_a_record_that_another_process_holds_says_that_it_is_busy(place: Place, record: Record) -> None:
    save(record)
    with (
        at(record) as mine,
        open_again(place) as other,
    ):
        mine.read_case("c1")
        with pytest.raises(BackendError, match="busy"):
            save(other, made_from=1)
    assert isinstance(save(record, made_from=1), Saved)


def test_a_unit_within_a_unit_is_told_that_the_record_is_busy_and_blocks_nobody_after(
    place: Place, record: Record
) -> None:
    with open_again(place) as impatient:
        with at(impatient) as outer:
            outer.cases()
            with pytest.raises(BackendError, match="busy"):
                save(impatient)
        assert isinstance(save(impatient), Saved)


def test_threads_of_one_process_take_turns(record: Record) -> None:
    def write(number: int) -> bool:
        return all(isinstance(save(record, f"c{number}", made_from=version), Saved) for version in range(5))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(write, range(8)))
    found = verify(record)
    assert (found.is_whole, found.versions, found.entries) == (True, 40, 40)


def test_another_centre_does_not_wait_on_postgresql(cluster: Cluster, tmp_path: Path) -> None:
    from enbloc.record import migrate

    place = Place(cluster.fresh(), tmp_path / "data")
    migrate(place.url, place.folder)
    with open_again(place) as one, open_again(place) as other, at(one) as mine:
        mine.cases()
        assert isinstance(save(other, centre="south"), Saved)


@contextmanager
def open_again(place: Place) -> Iterator[Record]:
    """The record as another process has it that is not patient."""
    opened = open_record(place.url, place.folder, patience_s=1)
    try:
        yield opened
    finally:
        opened.close()


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_postgresql_stopped_and_started(cluster: Cluster, tmp_path: Path, how: str) -> None:
    from enbloc.record import migrate

    place = Place(cluster.fresh(), tmp_path / "data")
    migrate(place.url, place.folder)
    with open_again(place) as record:
        save(record, story="before")
        unit = record.at("north", actor="a", purpose="b", now=NOW)
        with pytest.raises(EnblocError, match="does not answer"), unit as work:  # noqa: PT012  # within one unit
            work.save_case("c1", document(story="half"), made_from=1, because="x")
            cluster.stop(how)
        try:
            with pytest.raises(BackendError, match="does not answer"):
                save(record, made_from=1)
            with pytest.raises(BackendError, match="does not answer"):
                verify(record)
        finally:
            cluster.start()
        saved = save(record, made_from=1, story="after")

        assert isinstance(saved, Saved)
        assert saved.version == 2
        assert verify(record).is_whole
