"""A program of somebody else, run in an environment and folder of its own, within limits of time and memory."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from enbloc.errors import BackendError
from enbloc.value import value

LONGEST_LINE = 200
_LAUNCH = (
    "import os, resource, sys; "
    "data, file = int(sys.argv[1]), int(sys.argv[2]); "
    "resource.setrlimit(resource.RLIMIT_DATA, (data, data)); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (file, file)); "
    "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); "
    "os.execv(sys.argv[3], sys.argv[3:])"
)
"""Sets the limits and becomes the program. Data, not address space: CUDA reserves far more of that than it uses."""
_KEPT = ("PATH", "HOME", "LANG", "USERPROFILE", "SYSTEMROOT", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES")
"""What a program gets to know of our environment, beside its own settings: no key and no token of ours."""


@value
class Limits:
    """How long one run may take, how much memory each of its processes may hold, how large a file may get."""

    seconds: float = 7200.0
    memory_bytes: int = 32 << 30
    file_bytes: int = 8 << 30


@value
class Program:
    """A foreign program: its name, what to type to get it, and the settings of its own that it may see."""

    name: str
    command: str
    package: str
    install: str
    settings: tuple[str, ...] = ()


def found(program: Program, executable: str | None) -> Path:
    """Where the program lies: as it was said, or by its name on the search path.

    Raises
    ------
    BackendError
        If it is not there; the remedy is the command that installs it.
    """
    path = shutil.which(executable or program.command)
    if path is None:
        where = f"There is no program {Path(executable).name}." if executable else f"{program.name} is not installed."
        raise BackendError(
            where,
            remedy=f"Install it in an environment of its own: {program.install}; "
            f"name it with --executable if {program.command} is not on the PATH.",
        )
    return Path(path).resolve()


def stated_version(program: Program, executable: Path) -> tuple[str, str]:
    """The version of the program and the text of its metadata, from the environment that it is installed in.

    Nothing is run for it: two of the three tools have no ``--version``, and the third takes seconds to say it.
    """
    pattern = re.compile(rf"{re.escape(program.package)}-([^-]+)\.dist-info", re.IGNORECASE)
    places = [
        *executable.parent.parent.glob("lib*/python3*/site-packages"),
        executable.parent.parent / "Lib/site-packages",
    ]
    for place in places:
        for folder in sorted(place.glob("*.dist-info")) if place.is_dir() else ():
            named = pattern.fullmatch(folder.name)
            if named:
                metadata = folder / "METADATA"
                text = metadata.read_text(encoding="utf-8", errors="replace") if metadata.is_file() else ""
                return named[1], text
    return "version not stated", ""


def run(program: Program, executable: Path, arguments: Sequence[str], folder: Path, limits: Limits) -> None:
    """Run the program in ``folder`` until it ends well.

    Raises
    ------
    BackendError
        If it cannot be started, takes too long (then it and all that it started are killed) or fails; with the last
        line of what it said, without paths.
    """
    words = folder / "said.txt"
    code = _ended(_started(program, [str(executable), *arguments], folder, words, limits), limits.seconds)
    if code is None:
        raise BackendError(
            f"{program.name} did not end within {limits.seconds / 60:g} minutes and was stopped.",
            remedy="Run it where there is a graphics card, and import its labels with 'enbloc import'.",
        )
    if code != 0:
        raise BackendError(
            f"{program.name} failed{_because(words, folder, code)}.",
            remedy="Try it on the scan by hand, and import its labels with 'enbloc import'.",
        )


def _started(program: Program, line: list[str], folder: Path, words: Path, limits: Limits) -> subprocess.Popen[bytes]:
    if os.name == "posix":
        line = [sys.executable, "-I", "-c", _LAUNCH, str(limits.memory_bytes), str(limits.file_bytes), *line]
    kept = {key: os.environ[key] for key in (*_KEPT, *program.settings) if key in os.environ}
    with words.open("wb") as said:
        try:
            return subprocess.Popen(
                line,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                env={**kept, "TMPDIR": str(folder)},
                start_new_session=True,
            )
        except OSError:
            raise BackendError(f"{program.name} cannot be started.", remedy=f"Try it: {program.command} -h.") from None


def _ended(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit code, or nothing if the time ran out; nothing that was started lives on."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _because(words: Path, folder: Path, code: int) -> str:
    """The last line that the program wrote, on one line and without any path."""
    with words.open("rb") as said:
        said.seek(0, os.SEEK_END)
        said.seek(max(0, said.tell() - 16384))
        text = said.read().decode("utf-8", errors="replace")
    lines = [line.strip() for line in text.replace(str(folder), "").splitlines() if line.strip()]
    last = re.sub(r"(?:[A-Za-z]:)?[/\\][\w.\-/\\ ]*[/\\]", "", lines[-1]) if lines else ""
    shown = "".join(sign if sign.isprintable() else " " for sign in last)[:LONGEST_LINE].rstrip(". ")
    signalled = f" (stopped by the system, signal {-code})" if code < 0 else f" (exit code {code})"
    return f": {shown}" if shown else signalled
