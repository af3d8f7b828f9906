"""A worker process as the server sees it: started bare, listened to, and ended with everything that it started."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from enbloc.value import value

LONGEST_LINE = 2**16
LONGEST_WORDS = 300
LONGEST_FAULT = 4000
LONGEST_TRACE = 1000
_OWN_FAULT = 1
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "NUMBA")}
"""Jobs run side by side, and beside the pages: each computes on one core, and its memory is that of one thread."""
ERRORS = "errors"


@value
class Progress:
    """How far a job is: the step, and how many of how many are behind it."""

    step: str = ""
    done: int = 0
    of: int = 0


class Child:
    """The process of one job, whose folder was laid out. It knows no database, secret or setting of the server."""

    def __init__(self, scratch: Path, environment: Mapping[str, str]) -> None:
        self.progress, self.fault = Progress(), ""
        self._scratch, self._heard = scratch, b""
        with (scratch / ERRORS).open("wb") as errors:
            self._process = subprocess.Popen(
                # -I: neither the folder it works in nor the person's own packages are searched for modules.
                [sys.executable, "-I", "-m", "enbloc.web.worker", str(scratch)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=scratch,
                env={**environment, **_ONE_THREAD, "TMPDIR": str(scratch), "LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )

    def listen(self, timeout_s: float) -> bool:
        """Hear what it says for so long at most; false once it has ended."""
        said = self._process.stdout
        assert said is not None
        ready, _, _ = select.select([said], [], [], timeout_s)
        if not ready:
            return True
        if not (part := os.read(said.fileno(), LONGEST_LINE)):
            return False
        *lines, self._heard = (self._heard + part).split(b"\n")
        for line in lines:
            self._take(line)
        if len(self._heard) > LONGEST_LINE:  # it says something else than lines: it is no worker of ours any more
            self.kill()
        return True

    def _take(self, line: bytes) -> None:
        """What it says is not trusted: it read files of strangers."""
        told: Any = None
        with suppress(ValueError, RecursionError):
            told = json.loads(line)
        if not isinstance(told, dict):
            return
        if isinstance(told.get("fault"), str):
            self.fault = _printed(told["fault"], LONGEST_FAULT)
        step, done, of = (told.get(name) for name in ("step", "done", "of"))
        if isinstance(step, str) and isinstance(done, int) and isinstance(of, int) and 0 <= done <= of <= LONGEST_WORDS:
            self.progress = Progress(step=_printed(step, LONGEST_WORDS), done=done, of=of)

    def ended(self) -> str:
        """Wait for its end, which has come; why the job failed, in a line, or nothing if it is done."""
        code = self._process.wait()
        self.kill()
        if code == 0:
            return ""
        return self.fault or _words(code)

    @property
    def trace(self) -> str:
        """Where in the program a fault of ours was, without a value: for the log."""
        with suppress(OSError), (self._scratch / ERRORS).open("rb") as errors:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - LONGEST_TRACE))
            last = errors.read().decode(errors="replace").strip().rpartition("\n")[2]
            return _printed(last, LONGEST_TRACE) if self._process.returncode == _OWN_FAULT else ""
        return ""

    def kill(self) -> None:
        """End it and everything that it started, at once."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


def _printed(words: str, longest: int) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in words[:longest])


def _words(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "It took more computing than a job may. Crop the images to the spine, or ask who runs the server."
    if code == -signal.SIGKILL:
        return "It was stopped by the system, most often for want of memory. Crop the images to the spine."
    return "It ended by a fault of the program; nothing of it was kept. Tell who runs the server."
