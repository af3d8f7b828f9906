"""From the words of a command line to an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import typer

from enbloc.cli.commands import app
from enbloc.cli.kernels import keep_kernels
from enbloc.cli.telling import heard, printed, say
from enbloc.errors import EnblocError, NotBuiltError, OutputError, RecordError

_NEW_VALUES = 50_000
"""After as many new values Python looks for those that only refer to each other."""


def main() -> None:
    """Run the command line; the only place where an error becomes one line and an exit code."""
    _have_streams()
    end_when_told()
    look_for_garbage_rarely()
    try:
        keep_kernels()
        code = app(args=sys.argv[1:] or ["--help"], prog_name="enbloc", standalone_mode=False)
        for stream in (sys.stdout, sys.stderr):
            with heard(stream):
                stream.flush()  # at the very end a fault could no longer be told
    except (KeyboardInterrupt, typer.Abort):
        code = 130  # what a shell says of Ctrl-C
    except Exception as fault:  # the top of the process: what was not foreseen ends as it always would, below
        if (line := _line_for(fault)) is None:
            raise
        say(f"enbloc: {line}")
        with suppress(OSError):  # the fault may be that nothing can be written there
            if "--json" in sys.argv:
                printed({"error": {"what": line.message, "where": line.where, "remedy": line.remedy}})
        code = 3 if isinstance(line, NotBuiltError) else 2
    sys.exit(code if isinstance(code, int) else 0)


def look_for_garbage_rarely() -> None:
    """Hardly anything that a command makes is garbage before it ends, and looking for it costs a tenth of the time."""
    gc.set_threshold(_NEW_VALUES)


def _line_for(fault: Exception) -> EnblocError | None:
    """What is said of a fault that the person can do something about; nothing if it is ours."""
    if isinstance(fault, EnblocError):
        return fault
    if isinstance(fault, OSError):
        where = Path(os.fsdecode(fault.filename)).name if isinstance(fault.filename, str | bytes) else ""
        remedy = "Check the name, the disk and who may read and write there."
        return OutputError(f"{fault.strerror or 'The system refused'}.", remedy=remedy, where=where)
    if isinstance(fault, MemoryError):
        return RecordError("The memory does not suffice.", remedy="Crop the images to the spine, or close programs.")
    words = getattr(fault, "format_message", None)  # what typer finds wrong with the command line
    command = getattr(getattr(fault, "ctx", None), "command_path", "enbloc")
    return RecordError(words(), remedy=f"See '{command} --help'.") if words else None


def _have_streams() -> None:
    """A process started without standard output or error gets one that goes nowhere; none fails on a sign it lacks."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        getattr(sys, name).reconfigure(errors="backslashreplace")


def end_when_told() -> None:
    """Being told to stop clears up what is half-written, as an interrupt does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))
