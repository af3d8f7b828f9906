"""The process of a bench: ``python -I -m enbloc.web.bench FOLDER`` opens the case that lies there, and answers.

It is told to begin once the case lies there, and confines itself before it reads anything that somebody brought. What
it is asked and what it answers are frames (``working/bench/frames.py``) over its standard input and output; its first
frame is the bench as it was opened. It ends with its input.
"""

from __future__ import annotations

import gc
import os
import select
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from enbloc.errors import BackendError, EnblocError, NotBuiltError
from enbloc.exchange.document import from_json
from enbloc.web.working.bench.frames import Frame, receive, send
from enbloc.web.working.bench.order import ORDER, BenchOrder
from enbloc.web.working.confined import confine, end_with_the_server, own_output, words_of
from enbloc.web.working.order import CASE, DOCUMENT

if TYPE_CHECKING:
    from enbloc.web.working.bench.answering import Answering

_NEW_VALUES = 50_000
_QUIET_S = 1.0


def main() -> None:
    """Open the case in the folder that the command line names, and answer until nobody asks any more."""
    scratch = Path(sys.argv[1])
    said = own_output()
    asked = os.fdopen(os.dup(0), "rb", buffering=0)
    end_with_the_server()
    from enbloc.web.working.bench.answering import Answering  # while the server lays the folder out

    if receive(asked) is None:
        return
    order = from_json(BenchOrder, (scratch / ORDER).read_text(encoding="utf-8"))
    confine(order.caps)
    gc.set_threshold(_NEW_VALUES)
    try:
        answering = Answering.opened(order, scratch / CASE, (scratch / DOCUMENT).read_text(encoding="utf-8"))
        gc.freeze()  # what was opened stays: nobody looks through it again
        send(said, answering.answer(Frame(head={"do": "about"})))
    except (EnblocError, MemoryError, RecursionError, OSError) as fault:
        send(said, _refusal(fault))
        sys.exit(2)
    _answer(answering, asked, said)


def _answer(answering: Answering, asked: BinaryIO, said: BinaryIO) -> None:
    """One answer for each frame, in their order; what cannot be done is told, and the next one is taken."""
    if not select.select([asked], [], [], _QUIET_S)[0]:
        _ = answering.worked  # nobody asks for more pictures: what will be asked next is loaded
    while (frame := receive(asked)) is not None:
        try:
            answer = answering.answer(frame)
        except (EnblocError, MemoryError, RecursionError, OSError) as fault:
            answer = _refusal(fault)
        send(said, answer)


def _refusal(fault: BaseException) -> Frame:
    """What cannot be done, and what to do about it."""
    if not isinstance(fault, EnblocError):
        return Frame(head={"fault": words_of(fault), "remedy": "Crop the images to the spine, or ask who runs it."})
    kind = "not built" if isinstance(fault, NotBuiltError) else "record"
    kind = "backend" if isinstance(fault, BackendError) else kind
    what = fault.message.removesuffix(": not built yet.")
    return Frame(head={"fault": what, "remedy": fault.remedy, "where": fault.where, "kind": kind})


if __name__ == "__main__":
    main()
