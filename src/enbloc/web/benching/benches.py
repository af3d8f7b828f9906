"""The benches that are open: one for a person and case, a few at once, and none that nobody works at."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from threading import Event, Lock, Thread
from typing import Any
from weakref import WeakValueDictionary

from enbloc.web.benching.process import Process, gone
from enbloc.web.live import Live, of_case
from enbloc.web.problem import Problem, no_such
from enbloc.web.running.laying import scratch_in, workplace
from enbloc.web.working.bench.frames import Frame
from enbloc.web.working.bench.order import BENCH_CAPS, BenchOrder
from enbloc.web.working.order import Caps

MOST_OPEN = 4
IDLE_S = 1800.0
LOOK_EVERY_S = 15.0
LISTEN_S = 0.1
SPARED_S = 300.0
"""Who has worked within this time is not ended for the sake of somebody else; of one's own, the longest left goes."""
REMEMBERED = 200
LONG_IDLE = "Nobody worked at this bench for half an hour."
MADE_ROOM = "Somebody else needed the room, and nobody worked at this bench."
WENT_ON = "You opened other cases since, and there is room for few benches."
CLOSED = "This bench was closed."

log = logging.getLogger("enbloc.web.benches")
Whose = tuple[str, str, str]
"""Centre, person and case."""
LaidOut = Callable[[BenchOrder, Path], int]
"""Lays the folder of a bench out, and says which version of the case lies in it."""


@dataclass(eq=False)
class Turn:
    """Whose turn it is to open a case; it is kept as long as somebody waits for it."""

    lock: Lock = field(default_factory=Lock)


@dataclass(eq=False, kw_only=True)
class OpenBench:
    """A bench of a person at a version of a case; ``seq`` and ``is_edited`` are as the last answer told them."""

    bench: str
    centre: str
    person: str
    case_id: str
    version: int
    painting: str
    process: Process
    scratch: Path
    files: ExitStack
    caps: Caps
    seen_at: float = field(default_factory=time.monotonic)
    looked_at: float = field(default_factory=time.monotonic)
    seq: int = 0
    newest_move: int = -1
    turn: Lock = field(default_factory=Lock)
    strokes: int = 0
    one_stroke: Lock = field(default_factory=Lock)
    one_move: Lock = field(default_factory=Lock)

    def ask(self, do: str, *, payload: bytes = b"", **told: Any) -> Frame:
        """What the process answers."""
        self.seen_at = time.monotonic()
        try:
            return self.process.ask(Frame(head={"do": do, **told}, payload=payload), self.caps.waiting_s)
        finally:
            self.seen_at = time.monotonic()

    def ask_until_done(self, do: str, wait_s: float) -> Frame:
        """What the process answers once it computes no more, or has computed for so long."""
        until = time.monotonic() + wait_s
        while (frame := self.ask(do)).head.get("is_computing") and time.monotonic() < until:
            time.sleep(LISTEN_S)
        return frame

    def ask_newest(self, do: str, seq: int, /, **told: Any) -> Frame | None:
        """What the process answers; nothing if a newer one came while this one waited."""
        with self.turn:
            self.newest_move = max(self.newest_move, seq)
        with self.one_move:
            return self.ask(do, **told) if seq >= self.newest_move else None

    def ask_to_paint(self, runs: bytes) -> Frame:
        """What the process answers. While further strokes wait it only paints: the last of them has the measures."""
        with self.turn:
            self.strokes += 1
        with self.one_stroke:
            with self.turn:
                self.strokes -= 1
                has_more = self.strokes > 0
            return self.ask("paint", payload=runs, has_more=has_more)

    def began_anew(self) -> None:
        """Moves are counted from here on."""
        with self.turn:
            self.newest_move = -1

    @property
    def of(self) -> Whose:
        """Whose bench it is, of which case."""
        return self.centre, self.person, self.case_id


class Benches:
    """All of them. Processes are started by one thread that lives as long as they may: they die with it."""

    def __init__(
        self,
        *,
        environment: Mapping[str, str] | None = None,
        caps: Caps = BENCH_CAPS,
        most: int = MOST_OPEN,
        idle_s: float = IDLE_S,
        spared_s: float = SPARED_S,
        live: Live | None = None,
    ) -> None:
        self._environment, self._caps, self._most, self._idle_s = environment or {}, caps, most, idle_s
        self._live, self._spared_s = live, spared_s
        self._open: dict[str, OpenBench] = {}
        self._ended: dict[str, tuple[str, str]] = {}
        self._turn, self._stopping, self._home = Lock(), Event(), ExitStack()
        self._place: Path | None = None
        self._opening: WeakValueDictionary[Whose, Turn] = WeakValueDictionary()
        self._starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="benches")
        self._watch: Thread | None = None

    @property
    def caps(self) -> Caps:
        """How much each may use."""
        return self._caps

    @contextmanager
    def one_at_a_time(self, whose: Whose) -> Iterator[None]:
        """Whoever opens a case twice at once waits for the first, and is given what that opened."""
        with self._turn:
            turn = self._opening.setdefault(whose, Turn())
        with turn.lock:
            yield

    def open(self, folder: Path, whose: Whose, painting: str, lay: LaidOut) -> OpenBench:
        """A new bench; ``lay`` lays its folder out. The one that the person has of this case is closed by it.

        Raises
        ------
        Problem
            If there are too many, or it cannot be opened.
        """
        self._make_room(whose)
        made = self._starter.submit(self._started, folder, whose, painting, lay).result()
        try:
            made.process.hear(self._caps.waiting_s)
        except BaseException:
            self._close(made, "It could not be opened.")
            raise
        with self._turn:
            self._open[made.bench] = made
        return made

    def of(self, bench: str, whose: Whose) -> OpenBench:
        """The bench of this person and case.

        Raises
        ------
        Problem
            If there is none, or it has ended, with the reason.
        """
        with self._turn:
            found, ended = self._open.get(bench), self._ended.get(bench)
        if found is not None and found.of == whose:
            if found.process.is_alive:
                return found
            self._close(found, found.process.why_gone or "The bench ended by a fault of the program.")
            raise gone(found.process.why_gone)
        if ended is not None and ended[0] == "\n".join(whose):
            raise gone(ended[1])
        raise no_such("bench")

    def held(self, whose: Whose) -> OpenBench | None:
        """The bench that this person has of this case, if it lives."""
        with self._turn:
            found = next((one for one in self._open.values() if one.of == whose), None)
        return found if found is not None and found.process.is_alive else None

    def close(self, found: OpenBench, why: str = CLOSED) -> None:
        """End a bench."""
        self._close(found, why)

    def stop(self) -> None:
        """End all of them: the server ends."""
        self._stopping.set()
        with self._turn:
            left = list(self._open.values())
        for one in left:
            self._close(one, "The server ended.")
        self._starter.shutdown(wait=True)
        self._home.close()

    # --- below --------------------------------------------------------------------------------------------------------

    def _started(self, folder: Path, whose: Whose, painting: str, lay: LaidOut) -> OpenBench:
        if self._place is None:
            self._place = self._home.enter_context(workplace(folder))
            self._watch = Thread(target=self._look, name="benches-watch", daemon=True)
            self._watch.start()
        files, bench = ExitStack(), token_hex(8)
        try:
            scratch = files.enter_context(scratch_in(self._place))
            order = BenchOrder(bench=bench, case_id=whose[2], version=0, caps=self._caps, painting=painting)
            process = Process(scratch, self._environment)
            version = _laid(process, lay, order, scratch)
        except BaseException:
            files.close()
            raise
        centre, person, case_id = whose
        return OpenBench(
            bench=bench,
            centre=centre,
            person=person,
            case_id=case_id,
            version=version,
            painting=painting,
            process=process,
            scratch=scratch,
            files=files,
            caps=self._caps,
        )

    def _make_room(self, whose: Whose) -> None:
        earlier = self.held(whose)
        if earlier is not None:
            self._close(earlier, CLOSED)
        with self._turn:
            left = sorted(self._open.values(), key=lambda one: one.seen_at)
        if len(left) < self._most:
            return
        own = [one for one in left if one.of[:2] == whose[:2]]
        if not own and time.monotonic() - left[0].seen_at < self._spared_s:
            what = f"{len(left)} benches are open already, and somebody works at each."
            raise Problem(503, what, "Close one, or try again later.", headers={"Retry-After": "60"})
        self._close((own or left)[0], WENT_ON if own else MADE_ROOM)

    def _look(self) -> None:
        while not self._stopping.wait(min(LOOK_EVERY_S, self._idle_s)):
            with self._turn:
                found = list(self._open.values())
            for one in found:
                if not one.process.is_alive:
                    self._close(one, one.process.why_gone or "The bench ended by a fault of the program.")
                elif time.monotonic() - one.seen_at > self._idle_s:
                    self._close(one, LONG_IDLE)

    def _close(self, found: OpenBench, why: str) -> None:
        with self._turn:
            was_open = self._open.pop(found.bench, None) is not None
            self._ended[found.bench] = ("\n".join(found.of), found.process.why_gone or why)
            while len(self._ended) > REMEMBERED:
                del self._ended[next(iter(self._ended))]
        trace = found.process.trace
        found.process.end(why)
        found.files.close()
        if trace:
            log.error("bench=%s fault=%s", found.bench, trace)
        if was_open and self._live is not None:
            told = {"bench": found.bench, "why": found.process.why_gone}
            self._live.tell(found.centre, of_case(found.case_id), "bench", told, only=(found.person,))


def _laid(process: Process, lay: LaidOut, order: BenchOrder, scratch: Path) -> int:
    """Lay the folder out while the process loads what it needs, and let it begin; the version that lies there."""
    try:
        version = lay(order, scratch)
    except BaseException:
        process.end("The case could not be laid out.")
        raise
    process.begin()
    return version
