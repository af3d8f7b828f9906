"""Something long that is computed apart, from the labels as they are now, while the bench goes on answering."""

from __future__ import annotations

import os
import pickle
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from enbloc.errors import EnblocError
from enbloc.web.working.confined import end_with_the_server, words_of

Answer = TypeVar("Answer")

_BLOCK = 2**20
_HANDLES = 1024


class Apart(Generic[Answer]):
    """A copy of this process that computes one thing, hands it back and ends; what is painted later it does not see."""

    def __init__(self, compute: Callable[[], Answer]) -> None:
        self._parts: list[bytes] = []
        self._read, into = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            _computed(compute, into)
        os.close(into)

    def answer(self, timeout_s: float = 0.0) -> Answer | str | None:
        """What was computed, or in words why not; nothing while it goes on."""
        while select.select([self._read], [], [], timeout_s)[0]:
            part = os.read(self._read, _BLOCK)
            if not part:
                self.end()
                return self._unpacked()
            self._parts.append(part)
        return None

    def _unpacked(self) -> Answer | str:
        if not self._parts:
            return "It was stopped by the system, most often for want of memory."
        found: Answer | str = pickle.loads(b"".join(self._parts))
        return found

    def end(self) -> None:
        """Let it go."""
        with suppress(OSError):
            os.close(self._read)
        with suppress(OSError):
            os.kill(self._process, 9)
        with suppress(OSError):
            os.waitpid(self._process, 0)


def _computed(compute: Callable[[], object], into: int) -> None:
    """In the copy: compute, hand back, and end without touching anything that belongs to the bench."""
    try:
        os.closerange(3, into)
        os.closerange(into + 1, _HANDLES)
        end_with_the_server()
        try:
            found: object = compute()
        except (EnblocError, MemoryError, RecursionError, OSError) as fault:
            found = words_of(fault)
        with os.fdopen(into, "wb") as file:
            pickle.dump(found, file, protocol=pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise
    finally:
        os._exit(1)
