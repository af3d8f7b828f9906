"""The command line: exit codes, one clear line, one JSON object, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from enbloc.exchange.folder import create

BUILT = (
    "new",
    "import",
    "paint",
    "check",
    "segment",
    "outline",
    "measure",
    "stage",
    "decide",
    "plan",
    "achieved",
    "workup",
    "demo",
    "serve",
    "schema",
)


def enbloc(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "enbloc.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        env={**os.environ, "COLUMNS": "120", **environment},
    )


def only_line(done: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """The one line on standard error of a run that was refused."""
    assert done.returncode == code, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("enbloc: ")
    return lines[0]


@pytest.mark.parametrize("command", BUILT)
def test_every_command_explains_itself_with_an_example(command: str, tmp_path: Path) -> None:
    done = enbloc(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert f"Example: enbloc {command}" in done.stdout


def test_a_new_case_is_commented_and_not_overwritten(tmp_path: Path) -> None:
    done = enbloc("new", "häuser/2f41 b", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["case"] == "häuser/2f41 b"
    text = (tmp_path / "häuser/2f41 b/case.yaml").read_text(encoding="utf-8")
    assert "#" in text
    again = enbloc("new", "häuser/2f41 b", cwd=tmp_path)
    assert again.returncode == 2
    assert (tmp_path / "häuser/2f41 b/case.yaml").read_text(encoding="utf-8") == text


def test_bad_input_is_one_line_with_code_two(tmp_path: Path) -> None:
    done = enbloc("workup", "nowhere", "--out", "result", cwd=tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "result").exists()


def test_bad_input_with_json_is_one_object(tmp_path: Path) -> None:
    done = enbloc("workup", "nowhere", "--out", "result", "--json", cwd=tmp_path)
    assert done.returncode == 2
    assert set(json.loads(done.stdout)["error"]) == {"what", "where", "remedy"}


@pytest.mark.parametrize(
    "document", ["case", "workup", "measure", "stage", "survival", "decide", "plan", "achieved", "facts"]
)
def test_schemas_are_published(document: str, tmp_path: Path) -> None:
    done = enbloc("schema", document, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)


@pytest.mark.parametrize("written", ["20.11.2026", "20261120", "2026-W47-5", "2026-02-30", ""])
def test_a_date_that_is_none_is_refused(written: str, tmp_path: Path) -> None:
    create(tmp_path / "case")
    line = only_line(enbloc("workup", "case", "--out", "result", "--as-of", written, cwd=tmp_path))
    assert "2026-11-20" in line


SLIPS = [
    pytest.param(("workup", "case"), "Missing option '--out'", id="no --out"),
    pytest.param(("workup",), "Missing argument 'CASE'", id="no case"),
    pytest.param(("operate",), "No such command", id="no such command"),
    pytest.param(("demo", "nobody"), "metastasis", id="no such patient"),
    pytest.param(("check", "x" * 300), "too long", id="a name too long"),
    pytest.param(("new", "x" * 300), "too long", id="a new name too long"),
    pytest.param(("import", "case", "x" * 300), "no such file", id="a source too long"),
    pytest.param(("workup", "case", "--out", "x" * 300), "too long", id="a result too long"),
    pytest.param(("workup", "case", "--out", "case/result"), "lies inside case", id="a result in the case"),
    pytest.param(("paint", "case", "x.yaml", "--out", "case/b"), "lies inside case", id="painted in the case"),
    pytest.param(("demo", "--out", "a", "--keep", "a/b"), "lies inside a", id="the case in the result"),
    pytest.param(("workup", "case", "--out", "case"), "left alone", id="the case as result"),
    pytest.param(("workup", "case", "--out", "case/case.yaml/x"), "lies inside", id="below a file"),
    pytest.param(("workup", "case", "--out", "result"), "neither an image nor a lesion", id="an empty case"),
    pytest.param(("segment", "case"), "Missing option '--with'", id="no segmenter"),
    pytest.param(("segment", "case", "--with", "another"), "totalsegmentator", id="no such segmenter"),
    pytest.param(("outline", "case", "strokes.yaml"), "There is no such file", id="no strokes"),
    pytest.param(("measure", "case"), "no label map", id="nothing to measure on"),
    pytest.param(("measure", "case", "--out", "case/m"), "lies inside case", id="measures in the case"),
    pytest.param(("check", "a\nb"), "no such folder", id="a name of two lines"),
]


@pytest.mark.parametrize(("words", "said"), SLIPS)
def test_every_slip_is_one_line_and_one_object(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    create(tmp_path / "case")
    before = sorted(tmp_path.rglob("*"))
    done = enbloc(*words, "--json", cwd=tmp_path, **quiet(tmp_path))
    if words[0] == "check":
        assert done.returncode == 2
        assert any(said in fault for fault in json.loads(done.stdout)["faults"])
        assert len(done.stderr.splitlines()) == 1
    else:
        assert said in only_line(without_steps(done))
        assert set(json.loads(done.stdout)["error"]) == {"what", "where", "remedy"}
    assert [path for path in sorted(tmp_path.rglob("*")) if "kernels" not in str(path)] == before


def warm(folder: Path) -> Path:
    """A folder that looks as if kernels had been compiled into it, so that nothing is said of compiling."""
    kept = folder / "kernels"
    kept.mkdir(exist_ok=True)
    (kept / "x.nbi").touch()
    return kept


def quiet(folder: Path) -> dict[str, str]:
    """Settings with which nothing is said of compiling."""
    return {"NUMBA_CACHE_DIR": str(warm(folder))}


def without_steps(done: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    done.stderr = "".join(line for line in done.stderr.splitlines(keepends=True) if not line.startswith("step="))
    return done


def test_a_name_that_is_no_text_neither_breaks_the_terminal_nor_the_record(tmp_path: Path) -> None:
    strange = os.fsdecode(b"n\xff\x1b[31m")
    done = enbloc("new", strange, "--json", cwd=tmp_path)
    assert done.returncode == 0
    json.loads(done.stdout.encode("utf-8"))
    assert "\x1b" not in done.stderr
    checked = enbloc("check", strange, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "\x1b" not in checked.stdout


def test_a_terminal_without_utf_8_gets_what_it_can_show(tmp_path: Path) -> None:
    line = only_line(enbloc("workup", "nö", "--out", "o", cwd=tmp_path, PYTHONIOENCODING="ascii", **quiet(tmp_path)))
    assert line.startswith(r"enbloc: n\xf6: There is no such folder")
    plain = enbloc("schema", "facts", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert json.loads(plain.stdout) == json.loads(enbloc("schema", "facts", cwd=tmp_path).stdout)
    assert plain.stdout.isascii()
    assert not enbloc("schema", "facts", cwd=tmp_path).stdout.isascii()


def test_a_reader_that_goes_is_no_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "enbloc.cli", "schema", "case"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert done.stderr.read() == b""
    assert done.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "enbloc.cli", "schema", "case"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)
        told = subprocess.run([*command[:3], "new", "a", "--json"], cwd=tmp_path, stdout=full, stderr=-1, text=True)
    assert "No space left" in only_line(done)
    assert "No space left" in only_line(told)


TOLD_TO_STOP = """\
import os, signal, sys
from pathlib import Path
from enbloc.cli.running import end_when_told
from enbloc.exchange.output import staged

end_when_told()
with staged(Path(sys.argv[1])) as folder:
    (folder / "workup.json").write_text("half")
    os.kill(os.getpid(), signal.SIGTERM)
"""


def test_a_run_that_is_told_to_stop_clears_up(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", TOLD_TO_STOP, str(tmp_path / "new" / "out")], check=False)
    assert done.returncode == 143
    assert list(tmp_path.iterdir()) == []


def test_every_command_takes_json(tmp_path: Path) -> None:
    done = enbloc("schema", "facts", "--json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["facts"]


def test_kernels_that_cannot_be_kept_are_said_and_compiled_for_one_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = enbloc("workup", "nowhere", "--out", "result", cwd=tmp_path, NUMBA_CACHE_DIR=str(tmp_path / "file"))
    first, last = done.stderr.splitlines()
    assert first.endswith("cannot be written; the kernels are compiled for this run only")
    assert "no such folder" in last


def test_a_case_without_a_tumour_is_sound_but_told_what_it_lacks(tmp_path: Path) -> None:
    create(tmp_path / "case")
    done = enbloc("check", "case", cwd=tmp_path)
    assert done.returncode == 0
    assert "For 'enbloc workup' it lacks: case.yaml: It names neither an image nor a lesion." in done.stdout
