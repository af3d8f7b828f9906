"""The published limits of dose to the organs at risk, as data: ``organ_limits.csv``, one line per organ and measure.

A cell is what is printed for that number of fractions, with its own mark; ``–`` is no value, and none is ever put
between two others. A range a–b warns above a and is exceeded above b. Every number is the total of all fractions.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from enum import Enum
from functools import cache
from importlib.resources import files

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact
from enbloc.evidence import Checked, Threshold
from enbloc.value import value

FRACTIONS = (1, 2, 3, 4, 5)
NOT_PRINTED = "–"


class Use(Enum):
    """What a line of the table is for."""

    STOP = "stop"  # cord, cauda and thecal sac: a plan beyond it is rejected
    ORGAN = "organ"  # beyond it, or unknown, a plan is not ready
    AIM = "aim"  # printed as something to aim at
    LEGACY = "legacy"  # printed and not used
    SUPERSEDED = "superseded"  # a stricter line of the table is used instead


@value
class Limit:
    """One printed cell: the number that must not be passed, and from where to warn."""

    stop: Threshold
    warn: Threshold | None = None

    def is_passed(self, amount: float) -> bool:
        """Whether an amount, already rounded up, lies beyond; one that must stay below passes by being equal."""
        strict = self.stop.comparator == "<"
        return amount >= self.stop.number if strict else amount > self.stop.number

    def is_warned(self, amount: float) -> bool:
        """Whether an amount lies in the band below the limit that calls for a warning."""
        if self.warn is None or self.is_passed(amount):
            return False
        return amount >= self.warn.number if self.warn.comparator == "<" else amount > self.warn.number


@value
class Line:
    """One organ and measure by one table; ``cells`` run from 1 to 5 fractions."""

    table: str
    organ: str
    fact: Fact[float]
    use: Use
    source: str
    cells: tuple[Limit | None, ...]

    def at(self, fractions: int) -> Limit | None:
        """The limit at this number of fractions; nothing where none is printed."""
        return self.cells[fractions - 1] if fractions in FRACTIONS else None


@cache
def lines() -> tuple[Line, ...]:
    """Every line of the table, in its order."""
    text = files("enbloc.decide").joinpath("organ_limits.csv").read_text(encoding="utf-8")
    return tuple(_line(row) for row in csv.DictReader(text.splitlines()))


def lines_of(organ: str, *uses: Use) -> tuple[Line, ...]:
    """The lines of an organ for these uses."""
    return tuple(line for line in lines() if line.organ == organ and line.use in uses)


def _line(row: dict[str, str]) -> Line:
    return Line(
        table=row["table"],
        organ=row["organ"],
        fact=vocabulary.fact(row["fact"]),
        use=Use(row["use"]),
        source=row["source"],
        cells=tuple(_cell(row, fractions) for fractions in FRACTIONS),
    )


def _cell(row: dict[str, str], fractions: int) -> Limit | None:
    printed = row[str(fractions)]
    if printed == NOT_PRINTED:
        return None
    numbers, mark = printed.split()
    warn, _, stop = numbers.rpartition("..")
    limit = _threshold(row, fractions, stop, mark)
    named = f"warning: {limit.name}"
    return Limit(stop=limit, warn=replace(limit, name=named, number=float(warn)) if warn else None)


def _threshold(row: dict[str, str], fractions: int, number: str, mark: str) -> Threshold:
    named = vocabulary.fact(row["fact"])
    return Threshold(
        name=f"{named.words} in {in_fractions(fractions)} ({row['table']})",
        number=float(number),
        unit=named.unit.value,
        comparator=row["comparator"],
        source=row["source"],
        checked=Checked(mark),
        since="2026-11-20",
    )


def in_fractions(fractions: int) -> str:
    """The number of fractions in words: ``1 fraction``, ``5 fractions``."""
    return f"{fractions} fraction{'' if fractions == 1 else 's'}"


def _every_threshold() -> tuple[Threshold, ...]:
    cells = [cell for line in lines() for cell in line.cells if cell is not None]
    return tuple(one for cell in cells for one in (cell.stop, cell.warn) if one is not None)


PARAMETERS: tuple[Threshold, ...] = _every_threshold()
