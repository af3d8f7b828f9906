"""Reading one item of an instrument out of findings: which classes a measured interval can mean."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any

from enbloc.case.answer import Unknown
from enbloc.case.fact import Fact, Unit
from enbloc.case.finding import Finding, Findings, Interval, SourceKind
from enbloc.evidence import Threshold, project_value
from enbloc.stage.score import Item
from enbloc.value import value

EQUALITY = "threshold_equality"


@value
class Reading:
    """What one item may be: ``values`` in the order of its answers, and how it came to be so."""

    name: str
    values: tuple[Any, ...]
    facts: tuple[str, ...] = ()
    ask: str = ""
    borderline: bool = False
    note: str = ""
    flags: tuple[str, ...] = ()

    def told(self, item: Item) -> Item:
        """The line of a score with where it was read from; once it is settled there is nothing to ask for."""
        settled = item.is_settled
        return replace(
            item,
            name=self.name,
            facts=self.facts,
            ask="" if settled else self.ask or item.ask,
            borderline=self.borderline and not settled,
            note=self.note,
        )


def project(name: str, number: float, unit: str, comparator: str) -> Threshold:
    """A threshold of this project's own geometry."""
    return project_value(name, number, unit, comparator, source="staging, to be calibrated against readers")


def bounds(findings: Findings, named: Fact[Any], about: object, *, band: float = 0.0) -> Interval | None:
    """The interval a number may lie in, or nothing if it is unknown.

    A *measured* number without an interval of its own gets ``band`` on either side; a number that a person
    entered is taken as it stands.
    """
    finding = findings[named, about]
    if isinstance(finding, Unknown):
        return None
    if finding.interval is None and finding.source.kind is SourceKind.MEASURED and band:
        return Interval(low=finding.value - band, high=finding.value + band)
    return Interval(low=finding.low, high=finding.high)


_DECIMALS = {Unit.COUNT: 0, Unit.MM: 1, Unit.CC: 1, Unit.MM2: 0, Unit.PERCENT: 0, Unit.DEGREE: 0}


def said(finding: Finding[Any], unit: Unit) -> str:
    """A number with its interval, for a note, without digits that mean nothing: ``42 % (38 to 46)``."""
    text = f"{_digits(finding.value, unit)} {'' if unit is Unit.SHARE else unit.value}".strip()
    if finding.interval is None or finding.interval.low == finding.interval.high:
        return text
    return f"{text} ({_digits(finding.interval.low, unit)} to {_digits(finding.interval.high, unit)})"


def _digits(number: float, unit: Unit) -> str:
    text = f"{number:.{_DECIMALS.get(unit, 2)}f}"
    return text.replace("-", "−") if float(text) else text.lstrip("-")


def quoted(findings: Findings, about: object, *named: Fact[Any]) -> str:
    """The numbers behind an item, in words; facts that are unknown are left out."""
    parts = []
    for one in named:
        finding = findings[one, about]
        if not isinstance(finding, Unknown):
            parts.append(f"{one.words} {said(finding, one.unit)}")
    return "; ".join(parts)


def in_order(kind: type[Enum], values: set[Any]) -> tuple[Enum, ...]:
    """The possible values in the order of their enum, so that no set order reaches a result."""
    return tuple(member for member in kind if member in values)
