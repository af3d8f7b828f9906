"""The process of one bench: started bare, asked one thing at a time, and ended with everything that it started."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Condition
from typing import Any, BinaryIO, cast

from enbloc.errors import BackendError, EnblocError, NotBuiltError, RecordError
from enbloc.web.problem import Problem
from enbloc.web.working.bench.frames import Frame, receive, send
from enbloc.web.working.confined import last_fault

ERRORS = "errors"
LONGEST_WORDS = 4000
LONGEST_TRACE = 1000
LOOKED_THROUGH = 2**16
AGAIN = "Open it again: what was not saved is sent again."


def gone(why: str) -> Problem:
    """The bench is no more."""
    return Problem(410, why, AGAIN, type="bench-ended")


class Process:
    """The process that holds a case. It knows no database, secret or setting of the server, and is not believed."""

    def __init__(self, scratch: Path, environment: Mapping[str, str]) -> None:
        self.why_gone = ""
        self._scratch, self._turn, self._is_busy = scratch, Condition(), False
        with (scratch / ERRORS).open("wb") as errors:
            self._process = subprocess.Popen(
                # -I: neither the folder it works in nor the person's own packages are searched for modules.
                [sys.executable, "-I", "-m", "enbloc.web.bench", str(scratch)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                cwd=scratch,
                env={**environment, "TMPDIR": str(scratch), "LC_ALL": "C.UTF-8"},
                start_new_session=True,
            )

    def begin(self) -> None:
        """Its folder is laid out: it may open the case. Until then it only loads what it will need."""
        with suppress(BrokenPipeError):  # its end is heard, with the reason
            send(cast("BinaryIO", self._process.stdin), Frame(head={"do": "begin"}))

    def hear(self, patience_s: float) -> Frame:
        """What it says next.

        Raises
        ------
        EnblocError
            If it says that it cannot do it.
        Problem
            If it has ended, or says nothing for so long: then it is ended.
        """
        stream = _Patient(cast("BinaryIO", self._process.stdout), time.monotonic() + patience_s)
        try:
            frame = receive(cast("BinaryIO", stream))
        except (TimeoutError, BackendError, OSError) as fault:
            slow = "The bench took longer than it may."
            self.end(slow if isinstance(fault, TimeoutError) else "The bench ended by a fault of the program.")
            raise gone(self.why_gone) from None
        if frame is None:
            self.end(_words(self._process.wait()))
            raise gone(self.why_gone)
        if "fault" in frame.head:
            raise _refusal(frame.head)
        return frame

    def ask(self, frame: Frame, patience_s: float) -> Frame:
        """Its answer; who comes while it is busy waits."""
        with self._turn:
            if not self._turn.wait_for(lambda: not self._is_busy, patience_s):
                raise Problem(503, "The bench is busy.", "Ask again.", headers={"Retry-After": "2"})
            if self.why_gone:
                raise gone(self.why_gone)
            self._is_busy = True
        try:
            with suppress(BrokenPipeError):  # its end is heard below, with the reason
                send(cast("BinaryIO", self._process.stdin), frame)
            return self.hear(patience_s)
        finally:
            with self._turn:
                self._is_busy = False
                if not self.is_alive:
                    self._let_go()
                self._turn.notify_all()

    @property
    def is_alive(self) -> bool:
        """Whether it can still be asked."""
        return not self.why_gone and self._process.poll() is None

    @property
    def trace(self) -> str:
        """Where in the program a fault of ours was, without a value: for the log."""
        with suppress(OSError), (self._scratch / ERRORS).open("rb") as errors:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - LOOKED_THROUGH))
            return _printed(last_fault(errors.read().decode(errors="replace")))[:LONGEST_TRACE]
        return ""

    def end(self, why: str) -> None:
        """End it and everything that it started, at once; the first reason stays."""
        self.why_gone = self.why_gone or why
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with self._turn:
            if not self._is_busy:  # else who listens comes to the end of the pipe, and lets go of it
                self._let_go()

    def _let_go(self) -> None:
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()


class _Patient:
    """A pipe that is read until a moment and no longer."""

    def __init__(self, stream: BinaryIO, until: float) -> None:
        self._stream, self._until = stream, until

    def readinto(self, room: memoryview) -> int:
        left = self._until - time.monotonic()
        if left <= 0 or not select.select([self._stream], [], [], left)[0]:
            raise TimeoutError
        return os.readv(self._stream.fileno(), [room])


def _refusal(head: Mapping[str, Any]) -> EnblocError:
    """What it cannot do, in its words: printed as they are, for it read files of strangers."""
    fault, remedy, where = (_printed(str(head.get(name, ""))) for name in ("fault", "remedy", "where"))
    if head.get("kind") == "not built":
        return NotBuiltError(fault, instead=remedy)
    kind = BackendError if head.get("kind") == "backend" else RecordError
    return kind(fault, remedy=remedy, where=where)


def _printed(words: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in words[:LONGEST_WORDS])


def _words(code: int) -> str:
    if code == -signal.SIGXCPU:
        return "The bench used all the computing that it may."
    if code == -signal.SIGKILL:
        return "The bench was stopped by the system, most often for want of memory."
    return "The bench ended by a fault of the program."
