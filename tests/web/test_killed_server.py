"""The server killed at any moment of writes and work-ups; workers killed, cancelled, starved; a full disk."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from enbloc.case.image import Grid
from enbloc.exchange import nifti
from enbloc.record import Record, UnitOfWork, open_record, verify
from enbloc.web.running.laying import workplace
from enbloc.web.tokens import hashed, new_token
from enbloc.web.working.order import Caps
from tests.record.test_killed import files_up_to
from tests.sampling import sampled
from tests.web.brought import API, Ticking, brought, case_folder_zip, ended, settled, uploaded, with_workers
from tests.web.served import Served

ROOT = Path(__file__).resolve().parents[2]
CENTRE, PERSON = "north", "alice"
BOARD = "2026-12-01"
MOMENTS = range(50)


def session(record: Record) -> str:
    """The token of somebody who is signed in; they are made if they are not there."""
    token, now = new_token(), datetime.now(UTC)
    if record.doors.credentials(PERSON) is None:
        with record.at(CENTRE, actor=PERSON, purpose="tests", now=now) as work:
            work.add_person(PERSON, "A. Example", ("surgeon", "administrator"))
    record.doors.open_session(hashed(token), CENTRE, PERSON, now, now + timedelta(hours=12))
    return token


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    """A server in its own process, and a browser in which somebody is signed in."""
    record = open_record(None, folder)
    token = session(record)
    record.close()
    line = [sys.executable, "-m", "tests.web.serving", str(folder)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        with httpx.Client(base_url=process.stdout.readline().strip(), headers={"X-Enbloc": "1"}, timeout=30) as browser:
            browser.cookies.set("enbloc", token)
            try:
                yield process, browser
            finally:
                process.kill()


Told = tuple[str, str, int, str]
"""What was acknowledged: the kind of thing, its key, and for a case its version and story."""


def busy(browser: httpx.Client, seed: int, told: list[Told]) -> None:
    """Bring, save and arrange cases, ask for work-ups and add people until the server is gone."""
    chance, mine = random.Random(seed), set[str]()
    with suppress(httpx.HTTPError):  # the server is gone
        for number in count():
            deed = chance.choice((bring, save, save, arrange, employ, ask)) if mine else bring
            told += deed(browser, chance, mine, f"{seed}-{number}")


def bring(browser: httpx.Client, chance: random.Random, mine: set[str], _: str) -> Iterator[Told]:
    upload = {"upload": uploaded(browser, case_folder_zip())} if mine and chance.random() < 0.5 else None
    made = brought(browser, *([upload] if upload else []))
    yield "case", made["case_id"], 1, ""
    if upload is None:
        mine.add(made["case_id"])


def save(browser: httpx.Client, chance: random.Random, mine: set[str], story: str) -> Iterator[Told]:
    case_id = chance.choice(sorted(mine))
    view = browser.get(f"{API}/cases/{case_id}").json()
    wish = {"document": view["document"] | {"story": story}, "because": "a test", "work_up": False}
    answer = browser.put(f"{API}/cases/{case_id}", json=wish, headers={"If-Match": f'"{view["version"]}"'})
    assert answer.status_code == 200, answer.text
    yield "case", case_id, answer.json()["version"], story


def arrange(browser: httpx.Client, chance: random.Random, mine: set[str], _: str) -> Iterator[Told]:
    case_id = chance.choice(sorted(mine))
    answer = browser.put(f"{API}/cases/{case_id}/board", json={"day": BOARD})
    assert answer.status_code == 204, answer.text
    yield "board", case_id, 0, ""


def employ(browser: httpx.Client, _: random.Random, __: set[str], name: str) -> Iterator[Told]:
    answer = browser.post(f"{API}/people", json={"person": f"p{name}", "name": f"P. {name}", "roles": ["reader"]})
    assert answer.status_code == 201, answer.text
    yield "person", f"p{name}", 0, f"P. {name}"


def ask(browser: httpx.Client, chance: random.Random, mine: set[str], _: str) -> Iterator[Told]:
    answer = browser.post(f"{API}/cases/{chance.choice(sorted(mine))}/workups")
    assert answer.status_code == 202, answer.text
    yield "job", answer.json()["job"]["job_id"], 0, ""


def is_there(work: UnitOfWork, kind: str, key: str, version: int, words: str) -> bool:
    """Whether what was acknowledged is in the record."""
    if kind == "case":
        return words in work.read_case(key, version).document
    if kind == "board":
        line = work.line(key)
        return line is not None and line.board == BOARD
    return work.person(key).name == words if kind == "person" else work.job(key).job_id == key


def test_killed_at_any_moment_what_was_acknowledged_is_there_and_nothing_is_half(folder: Path, empty: Path) -> None:
    data, chance, told = Path(shutil.copytree(empty, folder / "data")), random.Random(18), list[Told]()
    for seed in sampled(MOMENTS, 4):
        with running(data) as (process, browser), ThreadPoolExecutor(2) as threads:
            writers = [threads.submit(busy, browser, 100 * seed + number, told) for number in range(2)]
            wanted = len(told) + chance.randint(1, 25)
            while len(told) < wanted and not any(one.done() for one in writers):
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, 0.5))
            process.kill()
        assert [one.result() for one in writers] == [None, None]
        record = open_record(None, data)
        found = verify(record)
        assert found.is_whole, found.faults
        assert not any("line" in one for one in found.remarks), "a case, its line and its job are kept together"
        with record.at(CENTRE, actor=PERSON, purpose="tests", now=datetime.now(UTC)) as work:
            assert all(is_there(work, *one) for one in told)
        record.close()
    assert {kind for kind, *_ in told} == {"case", "board", "person", "job"}
    assert no_worker_of(data), "a worker dies with its server"


def no_worker_of(folder: Path) -> bool:
    """Whether no worker process works in the folder; they need a moment to end."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        lines = [line.read_bytes() for line in Path("/proc").glob("[0-9]*/cmdline") if _is_readable(line)]
        if not any(b"enbloc.web.worker" in line and str(folder).encode() in line for line in lines):
            return True
        time.sleep(0.05)
    return False


def _is_readable(line: Path) -> bool:
    with suppress(OSError):
        return bool(line.read_bytes())
    return False


def test_a_job_of_a_killed_server_is_done_by_the_next_and_no_further_than_once_more(folder: Path, empty: Path) -> None:
    data = Path(shutil.copytree(empty, folder / "data"))
    with running(data) as (process, browser):
        job = brought(browser, {"upload": uploaded(browser, case_folder_zip())})["job"]["job_id"]
        running_now(browser, job)
        process.kill()
    with running(data) as (_, browser):
        done = ended(browser, job)
        assert (done["state"], done["attempts"]) == ("done", 2)
        view = browser.get(f"{API}/cases/{done['case_id']}").json()
        assert view["version"] == 2, "it was taken in once"
    record = open_record(None, data)
    assert verify(record).is_whole
    record.close()
    assert len(list((data / "scratch").glob("server-*"))) <= 1, "what killed servers left is cleared by the next"


def test_a_job_that_is_lost_again_and_again_has_failed_and_says_so(folder: Path, empty: Path) -> None:
    data = Path(shutil.copytree(empty, folder / "data"))
    with closing(Served(None, data, clock=Ticking())) as server:
        browser = server.signed_in()
        made = brought(browser, {"upload": uploaded(browser, case_folder_zip())})
        for _ in range(2):
            assert server.record.jobs.claim("a server that died", server.clock(), lease_s=0.0)
        workers = with_workers(server.services).runner
        workers.start()
        job = ended(browser, made["job"]["job_id"])
        workers.stop()
        assert (job["state"], job["attempts"], "Ask for it again" in job["fault"]) == ("failed", 3, True)
        assert browser.get(f"{API}/worklist").json()["items"][0]["state"] == "failed"


def running_now(browser: httpx.Client, job: str) -> dict[str, Any]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        line = dict(browser.get(f"{API}/jobs/{job}").json())
        if line["state"] != "waiting":
            return line
        time.sleep(0.01)
    raise AssertionError("nobody took the job")


# --- workers ----------------------------------------------------------------------------------------------------------


@contextmanager
def served(folder: Path, empty: Path, **more: Any) -> Iterator[Served]:
    data = Path(shutil.copytree(empty, folder / "data"))
    with closing(Served(None, data, prepare=partial(with_workers, **more), clock=Ticking())) as server:
        yield server


def workers_of(folder: Path) -> list[int]:
    """The process ids of the workers in a folder."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = line.read_bytes()
            if b"enbloc.web.worker" in words and str(folder).encode() in words:
                found.append(int(line.parent.name))
    return found


def its_worker(folder: Path) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if found := workers_of(folder):
            return found[0]
        time.sleep(0.005)
    raise AssertionError("no worker")


def test_a_cancelled_job_leaves_nothing_and_its_worker_is_gone(folder: Path, empty: Path) -> None:
    with served(folder, empty) as server:
        browser = server.signed_in()
        made = brought(browser, {"upload": uploaded(browser, case_folder_zip())})
        os.kill(its_worker(server.folder), signal.SIGSTOP)  # it is not done before it is cancelled
        answer = browser.delete(f"{API}/jobs/{made['job']['job_id']}")
        assert answer.json()["state"] == "cancelled"
        assert no_worker_of(server.folder)
        view = browser.get(f"{API}/cases/{made['case_id']}").json()
        assert (view["version"], view["jobs"][0]["state"]) == (1, "cancelled")
        assert browser.get(f"{API}/worklist").json()["items"][0]["state"] == "new"
        again = browser.delete(f"{API}/jobs/{made['job']['job_id']}")
        assert again.json()["state"] == "cancelled"


def test_a_worker_that_is_killed_says_so_and_the_next_job_is_done(folder: Path, empty: Path) -> None:
    with served(folder, empty) as server:
        browser = server.signed_in()
        made = brought(browser, {"upload": uploaded(browser, case_folder_zip())})
        os.kill(its_worker(server.folder), signal.SIGKILL)
        job = ended(browser, made["job"]["job_id"])
        assert (job["state"], "stopped by the system" in job["fault"]) == ("failed", True)
        upload = {"upload": uploaded(browser, case_folder_zip())}
        more = browser.post(
            f"{API}/cases/{made['case_id']}/intake", json={"uploads": [upload], "made_from": 1, "because": "again"}
        ).json()
        assert Path(f"/proc/{its_worker(server.folder)}/environ").read_bytes().count(b"ENBLOC") == 0
        assert ended(browser, more["job"]["job_id"])["state"] == "done"
        stale = browser.post(
            f"{API}/cases/{made['case_id']}/intake", json={"uploads": [upload], "made_from": 1, "because": "again"}
        )
        assert stale.status_code in (404, 412), "the upload is part of the case now, which has gone on"


@pytest.mark.parametrize(
    ("caps", "words"),
    [
        (Caps(memory_bytes=2**28), "memory|fault of the program"),
        (Caps(computing_s=1), "computing"),
        (Caps(waiting_s=0), "longer than"),
    ],
)
def test_a_job_that_takes_too_much_says_so(folder: Path, empty: Path, caps: Caps, words: str) -> None:
    grid = Grid(shape=(400, 400, 400), affine=np.eye(4))
    scan = nifti.packed(np.full(grid.shape, -1000, dtype=np.int16), grid)
    with served(folder, empty, caps=caps) as server:
        browser = server.signed_in()
        made = brought(browser, {"upload": uploaded(browser, scan, "ct.nii.gz")})
        job = ended(browser, made["job"]["job_id"])
        assert job["state"] == "failed"
        assert re.search(words, job["fault"]), job["fault"]


def test_a_full_disk_is_told_and_nothing_half_is_kept(folder: Path, empty: Path) -> None:
    with served(folder, empty) as server:
        browser = server.signed_in()
        with files_up_to(200_000):
            answer = browser.post(
                f"{API}/uploads",
                params={"name": "a.zip"},
                content=os.urandom(300_000),
                headers={"Content-Type": "application/octet-stream"},
            )
            assert (answer.status_code, answer.json()["remedy"]) == (507, "Make room on the disk of the record.")
        assert not [path for path in server.folder.glob("transit/*/*/*") if path.is_file()]
        made = brought(browser, {"upload": uploaded(browser, case_folder_zip())})
        assert ended(browser, made["job"]["job_id"])["state"] == "done"
        settled(browser, made["case_id"])
        assert verify(server.record).is_whole


def test_a_database_that_somebody_else_holds_is_told_and_the_next_save_is_kept(folder: Path, empty: Path) -> None:
    data = Path(shutil.copytree(empty, folder / "data"))
    with closing(Served(None, data, patience_s=1)) as server:
        browser = server.signed_in()
        brought(browser)
        with sqlite3.connect(server.folder / "record.sqlite") as other:
            other.execute("BEGIN IMMEDIATE")
            answer = browser.post(f"{API}/cases", json={"because": "new referral"})
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
            other.rollback()
        other.close()
        assert brought(browser)["version"] == 1
        assert verify(server.record).is_whole


def test_workplaces_that_begin_at_once_leave_each_other_alone(tmp_path: Path) -> None:
    def begin(_: int) -> bool:
        with workplace(tmp_path) as mine:
            time.sleep(0.01)
            return mine.is_dir()

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(begin, range(32)))
    assert not list((tmp_path / "scratch").glob("server-*"))
