"""What is worked out about a lesion is remembered, with what it read, so that many rules may ask for it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from functools import wraps
from typing import Any, Protocol, TypeVar

from enbloc.decide.known import Key, Known

Memory = dict[object, Any]
"""Of each function marked `once`: its answer and what it read; and the two notes below."""


class Remembers(Protocol):
    """What a situation offers to those who work something out about it."""

    @property
    def memory(self) -> Memory:
        """What was worked out so far."""

    @property
    def findings(self) -> Known:
        """What is known, and what was read of it."""

    def forget_plan(self) -> bool:
        """Whether the plan was looked at since this was last asked."""


S = TypeVar("S", bound=Remembers)
T = TypeVar("T")

LOOKED = "the plan was looked at"
SHARED = "what every act shares"


def once(asked: Callable[[S], T]) -> Callable[[S], T]:
    """Work out once what cannot change within a situation; what it read counts as read each time it is asked.

    It is shared by every act that is judged for a lesion, unless it looked at the plan: then it is worked out again.
    """

    @wraps(asked)
    def answer(about: S) -> T:
        held: tuple[T, dict[Key, None]] | None = about.memory.get(asked)
        if held is None:
            held = _worked_out(asked, about)
        about.findings.read.update(held[1])
        return held[0]

    return answer


def _worked_out(asked: Callable[[S], T], about: S) -> tuple[T, dict[Key, None]]:
    """An answer, and what it read; remembered unless the plan was looked at."""
    read, looked = about.findings.read, about.forget_plan()
    before = read.copy()
    read.clear()
    found = asked(about)
    held = found, read.copy()
    read.clear()
    read.update(before)
    if LOOKED not in about.memory:
        about.memory[asked] = held
    if looked:
        about.memory[LOOKED] = True
    return held


def untouched(memory: Memory, changed: AbstractSet[Key]) -> Memory:
    """What was worked out without reading any of these."""
    return {asked: held for asked, held in memory.items() if callable(asked) and changed.isdisjoint(held[1])}
