"""The command line: exit codes, one clear line, one JSON object, nothing half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BUILT = ("new", "import", "paint", "check", "workup", "demo", "schema")
UNBUILT = ("stage", "measure", "decide", "plan", "serve")


def enbloc(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "enbloc.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "120"},
    )


@pytest.mark.parametrize("command", BUILT)
def test_every_command_explains_itself_with_an_example(command: str, tmp_path: Path) -> None:
    done = enbloc(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert f"Example: enbloc {command}" in done.stdout


@pytest.mark.parametrize("command", UNBUILT)
def test_what_is_not_built_says_so_with_code_three(command: str, tmp_path: Path) -> None:
    done = enbloc(command, cwd=tmp_path)
    assert done.returncode == 3
    assert "not built yet" in done.stderr
    listed = enbloc("--help", cwd=tmp_path).stdout.split("Commands:")[1].splitlines()
    assert command not in {line.split()[0] for line in listed if line.strip()}


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


@pytest.mark.parametrize("document", ["case", "workup", "facts"])
def test_schemas_are_published(document: str, tmp_path: Path) -> None:
    done = enbloc("schema", document, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)


def test_a_date_that_is_none_is_refused(tmp_path: Path) -> None:
    enbloc("new", "case", cwd=tmp_path)
    done = enbloc("workup", "case", "--out", "result", "--as-of", "20.11.2026", cwd=tmp_path)
    assert done.returncode == 2
    assert "2026-11-20" in done.stderr
