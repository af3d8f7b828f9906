"""Those who ask while others are answered are answered with the next: by one thread, and all of them at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from threading import Lock
from typing import Generic, TypeVar

One = TypeVar("One")
MOST = 50
"""So many at most are answered at once: the last of them keeps the first waiting."""


class Together(Generic[One]):
    """A queue that is served as long as anybody stands in it; ``serve`` answers each of them, whatever happens."""

    def __init__(self, serve: Callable[[Sequence[One]], None], threads: Executor) -> None:
        self._serve, self._threads = serve, threads
        self._waiting, self._lock, self._is_served = deque[One](), Lock(), False

    def join(self, one: One) -> None:
        """Wait to be served; this returns at once."""
        with self._lock:
            self._waiting.append(one)
            was_served, self._is_served = self._is_served, True
        if not was_served:
            self._threads.submit(self._go_on)

    def _go_on(self) -> None:
        while some := self._next():
            self._serve(some)

    def _next(self) -> list[One]:
        with self._lock:
            some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
            self._is_served = bool(some)
            return some
