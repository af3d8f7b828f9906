"""A result takes its place in one step, whatever happens to the process that makes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from enbloc.errors import OutputError
from enbloc.exchange import draft
from enbloc.exchange.output import MARKER, fit, staged
from tests.exchange.making import case_folder

WRITER = """\
import sys, time
from pathlib import Path
from enbloc.exchange.output import staged

with staged(Path(sys.argv[1])) as folder:
    (folder / "workup.json").write_text("half")
    print("half", flush=True)
    time.sleep(60)
"""


def publish(out: Path, word: str) -> None:
    with staged(out) as folder:
        (folder / "workup.json").write_text(word)


def killed_half_way(out: Path) -> None:
    """A process that writes to ``out`` and is killed while it does."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(out)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"half\n"
        writer.send_signal(signal.SIGKILL)


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out, "first")
    killed_half_way(out)
    assert (out / "workup.json").read_text() == "first"
    assert len(list(tmp_path.iterdir())) == 2  # nobody could clear up
    publish(out, "second")
    assert list(tmp_path.iterdir()) == [out]
    assert (out / "workup.json").read_text() == "second"


def test_a_run_at_the_same_time_is_left_to_finish(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with staged(out) as folder:
        (folder / "workup.json").write_text("slow")
        publish(out, "fast")
        assert (folder / "workup.json").read_text() == "slow"
    assert (out / "workup.json").read_text() == "slow"
    assert list(tmp_path.iterdir()) == [out]


def test_many_runs_at_once_leave_one_whole_result(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = [str(number) for number in range(8)]
    runs = [threading.Thread(target=publish, args=(out, word)) for word in words]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert (out / "workup.json").read_text() in words
    assert sorted(path.name for path in out.iterdir()) == [MARKER, "workup.json"]
    assert list(tmp_path.iterdir()) == [out]


def test_there_is_a_result_at_every_moment(tmp_path: Path) -> None:
    """A reader, or a kill, between any two steps of the exchange finds the old result or the new one."""
    out = tmp_path / "out"
    publish(out, "0")
    missed: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            if not (out / "workup.json").exists():
                missed.append(1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(100):
        publish(out, str(number))
    done.set()
    watcher.join()
    assert not missed


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that cannot exchange two folders."""
    monkeypatch.setattr(draft, "_exchanged", draft._exchanged_in_steps)


@pytest.mark.usefixtures("steps")
def test_a_disk_that_cannot_exchange_folders_takes_two_steps(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out, "first")
    publish(out, "second")
    assert (out / "workup.json").read_text() == "second"
    assert list(tmp_path.iterdir()) == [out]


def test_a_result_put_aside_by_a_killed_run_comes_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    publish(out, "first")
    aside = tmp_path / ".out.enbloc-abcdefgh"
    aside.mkdir()
    out.rename(aside / draft.EARLIER)
    with pytest.raises(OutputError), staged(out):
        raise OSError(28, "No space left on device")
    assert (out / "workup.json").read_text() == "first"
    assert list(tmp_path.iterdir()) == [out]


def test_a_place_is_refused_before_anything_is_computed(tmp_path: Path) -> None:
    case = tmp_path / "case ü"
    case.mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    for out, words in (
        (case / "result", "lies inside case ü"),
        (case / "a" / ".." / "b", "lies inside case ü"),
        (tmp_path / "file", "There is a file"),
        (tmp_path / "file" / "x", "a file, not a folder"),
        (tmp_path / ("x" * 300), "too long"),
        (tmp_path / "round", "round in a circle"),
        (tmp_path, "left alone"),
    ):
        with pytest.raises(OutputError, match=words) as fault:
            fit(out, beside=case)
        assert "\n" not in str(fault.value)
    fit(tmp_path / "result", beside=case)
    assert not (tmp_path / "result").exists()


def test_a_link_into_the_case_folder_is_no_way_round(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "case")
    with pytest.raises(OutputError, match="lies inside"):
        fit(tmp_path / "link" / "result", beside=tmp_path / "case")


def test_a_result_behind_a_link_is_replaced_where_it_lies(tmp_path: Path) -> None:
    real = tmp_path / "disk" / "result"
    publish(real, "first")
    (tmp_path / "link").symlink_to(real)
    publish(tmp_path / "link", "second")
    assert (tmp_path / "link").is_symlink()
    assert (real / "workup.json").read_text() == "second"


def test_a_place_that_may_not_be_written_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(OutputError, match=r"^result: Nothing may be written there"):
        fit(tmp_path / "new" / "result", beside=tmp_path / "case")


def test_a_result_is_replaced_and_anything_else_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "neu" / "Ergebnis ü"
    publish(out, "first")
    publish(out, "second")
    assert (out / "workup.json").read_text() == "second"
    assert list(out.parent.iterdir()) == [out]
    (out / "notes.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"notes\.txt"):
        publish(out, "third")
    assert (out / "workup.json").read_text() == "second"


def test_a_failed_first_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"^out: The disk is full"), staged(tmp_path / "a/b/out"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


def test_a_file_or_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/photo.jpg").write_text("x")
    for name in ("file", "full"):
        with pytest.raises(OutputError, match=f"^{name}: "):
            publish(tmp_path / name, "x")
    case = case_folder(tmp_path / "case")
    with pytest.raises(OutputError, match="left alone"):
        publish(case, "x")


def test_a_read_only_place_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> str:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.mkdtemp", refused)
    with pytest.raises(OutputError, match=r"^out: The disk is read-only") as fault:
        publish(tmp_path / "out", "x")
    assert "\n" not in str(fault.value)
