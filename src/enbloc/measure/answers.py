"""What a measurement gives back: a finding, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, Missing

Answer = Finding[Any] | Missing


def missing(named: Fact[Any], about: object, why: str) -> Missing:
    """The fact could not be measured, and why."""
    return Missing(fact=named.id, about=str(about), why=why)


def all_missing(facts: Iterable[Fact[Any]], about: object, why: str) -> Iterator[Answer]:
    """Several facts, for one reason."""
    yield from (missing(named, about, why) for named in facts)


def gathered(answers: Iterable[Answer]) -> Findings:
    """The answers as findings, in the order in which they were given."""
    held = list(answers)
    return Findings(
        found=tuple(one for one in held if isinstance(one, Finding)),
        missing=tuple(one for one in held if isinstance(one, Missing)),
    )
