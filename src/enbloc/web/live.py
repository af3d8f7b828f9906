"""What happened, told at once to the pages that are open (server-sent events)."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

WORKLIST = "worklist"
LONGEST_QUEUE = 200
"""A page that reads so little loses the rest, and is told to look anew."""

Topic = tuple[str, str]


def of_case(case_id: str) -> str:
    """The topic of one case."""
    return f"case {case_id}"


def of_meeting(meeting_id: str) -> str:
    """The topic of one meeting."""
    return f"meeting {meeting_id}"


class Listener:
    """One open page: who looks, and what waits to be sent."""

    def __init__(self, person: str, *, is_named_only: bool) -> None:
        self.person, self._is_named_only = person, is_named_only
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[str] = asyncio.Queue(LONGEST_QUEUE)

    def may_hear(self, only: Collection[str]) -> bool:
        """Whether what concerns ``only`` these persons (none: all that see open cases) is for this one."""
        return self.person in only if only or self._is_named_only else True

    def hear(self, sent: str) -> None:
        """Take what is sent, from whatever thread."""
        self._loop.call_soon_threadsafe(self._put, sent)

    def _put(self, sent: str) -> None:
        if self._waiting.full():
            while not self._waiting.empty():
                self._waiting.get_nowait()
            sent = event("lost", {})
        self._waiting.put_nowait(sent)

    async def next(self, timeout_s: float) -> str:
        """What is sent next; a comment that keeps the line open if nothing happens for so long."""
        try:
            return await asyncio.wait_for(self._waiting.get(), timeout_s)
        except TimeoutError:
            return ": still here\n\n"


class Live:
    """Brings what happens to every listener of its topic; of this process alone."""

    def __init__(self) -> None:
        self._listeners: defaultdict[Topic, set[Listener]] = defaultdict(set)
        self._turn = Lock()
        self.is_over = False

    def end(self) -> None:
        """Let every page go: the server ends."""
        self.is_over = True
        with self._turn:
            waiting = {listener for here in self._listeners.values() for listener in here}
        for listener in waiting:
            listener.hear(event("end", {}))

    def tell(
        self,
        centre: str,
        topic: str,
        event_name: str,
        data: Mapping[str, object],
        *,
        only: Collection[str] = (),
        is_of_no_case: bool = False,
    ) -> None:
        """Tell the listeners of a topic; of a case closed to its team ``only`` that team. From whatever thread.

        What ``is_of_no_case``, as that a meeting was opened, is for everybody who listens.
        """
        sent = event(event_name, data)
        with self._turn:
            here = self._listeners.get((centre, topic), ())
            meant = [each for each in here if is_of_no_case or each.may_hear(only)]
        for listener in meant:
            listener.hear(sent)

    @contextmanager
    def listening(self, centre: str, topics: Iterable[str], listener: Listener) -> Iterator[Listener]:
        """Hear these topics until the end of the block."""
        places = [(centre, topic) for topic in topics]
        with self._turn:
            for place in places:
                self._listeners[place].add(listener)
        try:
            yield listener
        finally:
            with self._turn:
                for place in places:
                    self._listeners[place].discard(listener)
                    if not self._listeners[place]:
                        del self._listeners[place]


def event(name: str, data: Mapping[str, object]) -> str:
    r"""One event as it goes over the wire.

    Examples
    --------
    >>> event("saved", {"version": 3})
    'event: saved\ndata: {"version": 3}\n\n'
    """
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=True, allow_nan=False)}\n\n"
