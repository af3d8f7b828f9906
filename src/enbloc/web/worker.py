"""The worker process: ``python -I -m enbloc.web.worker FOLDER`` does the one job that lies in the folder, and ends.

It confines itself before it reads anything that somebody brought. What it says on standard output are lines of JSON:
``{"step": …, "done": …, "of": …}``, and at the end ``{"fault": …}`` if the job cannot be done.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from enbloc.errors import EnblocError
from enbloc.exchange.document import from_json, to_json
from enbloc.web.working.confined import confine, end_with_the_server, own_output, words_of
from enbloc.web.working.order import CASE, DOCUMENT, HANDED_BACK, ORDER, OUT, HandedBack, Order

_NEW_VALUES = 50_000
Said = Callable[[str], None]


def main() -> None:
    """Do the job in the folder that the command line names."""
    scratch = Path(sys.argv[1])
    lines = own_output()
    _end_with_the_server()
    order = from_json(Order, (scratch / ORDER).read_text(encoding="utf-8"))
    confine(order.caps)
    gc.set_threshold(_NEW_VALUES)
    try:
        done = _done(order, scratch, Steps(order, lines))
        (scratch / HANDED_BACK).write_text(to_json(done), encoding="utf-8")
    except (EnblocError, MemoryError, RecursionError, OSError) as fault:
        _say(lines, fault=words_of(fault))
        sys.exit(2)


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


def _say(lines: BinaryIO, **told: object) -> None:
    lines.write(json.dumps(told).encode() + b"\n")


# --- the server that started it ---------------------------------------------------------------------------------------


def _end_with_the_server() -> None:
    """A worker whose server is gone ends, and where the system does not see to it, by the end of its input."""
    end_with_the_server()
    threading.Thread(target=_watch_input, daemon=True).start()


def _watch_input() -> None:
    """The server holds the other end of standard input and never writes: its end is the server's."""
    while os.read(0, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
