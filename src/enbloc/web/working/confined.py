"""What holds for every child process of the server: its caps, its output, and its end with the server."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import signal
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from enbloc.errors import EnblocError, FaultsError
from enbloc.web.working.order import Caps

_PR_SET_PDEATHSIG = 1
_PLACE = r"[\w<>.-]+:\d+ [\w<>]+"
_FAULT = re.compile(rf"\w+ at {_PLACE}( < {_PLACE})*")
_MOST_FAULTS = 5
_TOLD_BEFORE_S = 5
"""Whoever computes too long is ended by a signal that says so, and only after that by one that does not."""


def confine(caps: Caps) -> None:
    """No more memory, time or disk than the caps say, and no image of our memory left behind."""
    for which, most in (
        (resource.RLIMIT_AS, caps.memory_bytes),
        (resource.RLIMIT_CPU, caps.computing_s),
        (resource.RLIMIT_FSIZE, caps.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        last = most + _TOLD_BEFORE_S if which == resource.RLIMIT_CPU and hard == resource.RLIM_INFINITY else most
        resource.setrlimit(which, (most, last))
    os.umask(0o077)


def own_output() -> BinaryIO:
    """Standard output for our words alone: what a library prints goes where errors go."""
    mine = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.excepthook = _told_without_values
    return mine


def end_with_the_server() -> None:
    """Whoever works for a server that is gone works for nobody: it ends, in whatever it was."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def words_of(fault: BaseException) -> str:
    """A fault in a line, for the person who asked."""
    if isinstance(fault, FaultsError):
        more = len(fault.faults) - _MOST_FAULTS
        told = [str(one) for one in fault.faults[:_MOST_FAULTS]]
        return " ".join([*told, f"({more} more.)"] if more > 0 else told)
    if isinstance(fault, EnblocError):
        return str(fault)
    if isinstance(fault, MemoryError):
        return "The memory that a job may use does not suffice. Crop the images to the spine."
    if isinstance(fault, OSError):
        return f"It could not be written ({fault.strerror or 'the system refused'}). Make room on the disk."
    return "It is nested too deeply. Export it again."


def last_fault(errors: str) -> str:
    """Where a fault of ours was, out of all that a child wrote to its errors; what a library wrote may hold a value."""
    ours = (line for line in reversed(errors.splitlines()) if _FAULT.fullmatch(line))
    return next(ours, "")


def _told_without_values(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """A fault of ours is told by its places alone: its words may hold a value of a patient."""
    places = (f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace))
    sys.stderr.write(f"{kind.__name__} at {' < '.join(reversed(list(places)))}\n")
