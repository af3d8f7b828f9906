"""Facts that hold several words, as rules read them: an empty list is an answer, a list left out is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from enbloc.case.answer import Answer, Unknown
from enbloc.case.fact import Fact
from enbloc.decide.situation import Situation

T = TypeVar("T")


def several(about: Situation, named: Fact[T]) -> tuple[T, ...] | Unknown:
    """The words of a fact that holds several, or what to ask."""
    finding = about.finding(named)
    return finding if isinstance(finding, Unknown) else cast("tuple[T, ...]", finding.value)


def is_any(held: tuple[T, ...] | Unknown) -> Answer:
    """Whether there is one at all."""
    return held if isinstance(held, Unknown) else bool(held)


def listed(words: Iterable[object], *, joined: str = "and") -> str:
    """Words in a row: ``C5 left, C6 left and C7 left``."""
    each = [str(word) for word in words]
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {joined} {each[-1]}" if each else "none"
