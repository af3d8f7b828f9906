"""The worker process: ``python -I -m enbloc.web.worker FOLDER`` does the one job that lies in the folder, and ends.

It confines itself before it reads anything that somebody brought. What it says on standard output are lines of JSON:
``{"step": …, "done": …, "of": …}``, and at the end ``{"fault": …}`` if the job cannot be done.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from enbloc.errors import EnblocError, FaultsError
from enbloc.exchange.document import from_json, to_json
from enbloc.web.working.order import CASE, DOCUMENT, HANDED_BACK, ORDER, OUT, Caps, HandedBack, Order

_PR_SET_PDEATHSIG = 1
_NEW_VALUES = 50_000
_MOST_FAULTS = 5
_TOLD_BEFORE_S = 5
"""Whoever computes too long is ended by a signal that says so, and only after that by one that does not."""
Said = Callable[[str], None]


def main() -> None:
    """Do the job in the folder that the command line names."""
    scratch = Path(sys.argv[1])
    lines = _own_lines()
    _end_with_the_server()
    order = from_json(Order, (scratch / ORDER).read_text(encoding="utf-8"))
    confine(order.caps)
    gc.set_threshold(_NEW_VALUES)
    try:
        done = _done(order, scratch, Steps(order, lines))
        (scratch / HANDED_BACK).write_text(to_json(done), encoding="utf-8")
    except (EnblocError, MemoryError, RecursionError, OSError) as fault:
        _say(lines, fault=_words(fault))
        sys.exit(2)


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


def _done(order: Order, scratch: Path, said: Said) -> HandedBack:
    from enbloc.case.case import Case

    folder = scratch / CASE
    folder.mkdir(exist_ok=True)
    if order.kind == "phantom":
        from enbloc.web.working.phantoms import made

        return made(order.patient, from_json(Case, (scratch / DOCUMENT).read_text(encoding="utf-8")), folder, said)
    case = from_json(Case, (scratch / DOCUMENT).read_text(encoding="utf-8"))
    if order.kind == "intake":
        from enbloc.web.working.intake import take_in

        return take_in(case, folder, order.uploads, order.brought_by, said)
    from enbloc.web.working.page import worked_up

    return worked_up(case, folder, scratch / OUT, said)


# --- what is said -----------------------------------------------------------------------------------------------------


class Steps:
    """Tells each step as it begins; how far it is, by the steps that are known before."""

    def __init__(self, order: Order, lines: BinaryIO) -> None:
        from enbloc.workup import PAGES, STEPS

        known = {"work-up": ("reading the images", *STEPS, *PAGES)}
        self._known = known.get(order.kind, ("reading what was brought", "checking the case"))
        self._lines, self._done = lines, 0

    def __call__(self, step: str) -> None:
        """The step begins."""
        if step in self._known:
            self._done = self._known.index(step)
        _say(self._lines, step=step, done=self._done, of=len(self._known))


def _own_lines() -> BinaryIO:
    """Standard output for our lines alone: what a library prints goes where errors go."""
    mine = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    sys.excepthook = _told_without_values
    return mine


def _say(lines: BinaryIO, **told: object) -> None:
    lines.write(json.dumps(told).encode() + b"\n")


def _words(fault: BaseException) -> str:
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


def _told_without_values(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    """A fault of ours is told by its places alone: its words may hold a value of a patient."""
    places = (f"{Path(at.filename).name}:{at.lineno} {at.name}" for at in traceback.extract_tb(trace))
    sys.stderr.write(f"{kind.__name__} at {' < '.join(reversed(list(places)))}\n")


# --- the server that started it ---------------------------------------------------------------------------------------


def _end_with_the_server() -> None:
    """A worker whose server is gone works for nobody: it ends, in whatever it was."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch_input, daemon=True).start()


def _watch_input() -> None:
    """The server holds the other end of standard input and never writes: its end is the server's."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
