"""What is known of a case, as rules read it: found at once, and remembering what was read."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from enbloc.case.answer import Unknown, unknown
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings

T = TypeVar("T")

Key = tuple[str, str]
"""A fact by its id, or a score by its instrument, and whom it is about."""

SCORE = "score."
"""How the id of a score begins among what was read."""


class Known(Findings):
    """Findings that are looked up by key; ``read`` holds every fact that was asked for, known or not.

    What a rule says depends on what it read and on nothing else: a fact that it did not read cannot change it.
    ``limits`` are the numbers that each fact was compared with.
    """

    __slots__ = ("_by_key", "limits", "read")

    _by_key: dict[Key, Finding[object]]
    read: dict[Key, None]
    limits: dict[str, dict[float, None]]

    def __init__(self, findings: Findings) -> None:
        super().__init__(found=findings.found, missing=findings.missing)
        first: dict[Key, Finding[object]] = {}
        for finding in findings.found:
            first.setdefault((finding.fact, finding.about), finding)
        object.__setattr__(self, "_by_key", first)
        object.__setattr__(self, "read", {})
        object.__setattr__(self, "limits", {})

    def __getitem__(self, key: tuple[Fact[T], object]) -> Finding[T] | Unknown:
        named, about = key
        return self.of(named, str(about))

    def of(self, named: Fact[T], about: str) -> Finding[T] | Unknown:
        """A fact about the patient or a lesion, by name."""
        place = (named.id, about)
        self.read[place] = None
        finding = self._by_key.get(place)
        return _asking(named.ask) if finding is None else finding  # type: ignore[return-value]

    def supposing(self, *findings: Finding[Any]) -> Known:
        """The same with these answers in the place of what is known; nothing that was read before is remembered."""
        made: Known = object.__new__(Known)
        by_key = {**self._by_key, **{(one.fact, one.about): one for one in findings}}
        for name, held in (("found", tuple(by_key.values())), ("missing", self.missing), ("_by_key", by_key)):
            object.__setattr__(made, name, held)
        object.__setattr__(made, "read", {})
        object.__setattr__(made, "limits", {})
        return made

    def compared(self, named: Fact[Any], limit: float) -> None:
        """Remember that a fact was held against a number."""
        self.limits.setdefault(named.id, {})[limit] = None

    def taken(self) -> tuple[Key, ...]:
        """What was read since this was last asked, in the order of reading."""
        read = tuple(self.read)
        self.read.clear()
        return read


@cache
def _asking(ask: str) -> Unknown:
    """The unknown that one question would settle, made once: most of what rules ask for is not known."""
    return unknown(ask)
