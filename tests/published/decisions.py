"""What the pathway must say of each demo patient, read row by row: one file for each patient, as strictly as a form.

``letter`` is what the row says of this patient. The files were written from the rows of the pathway, not from what the
program says; where the two differ the row decides.
"""

from __future__ import annotations

import json
from dataclasses import field
from enum import Enum
from pathlib import Path

from enbloc.exchange.case_file import read_block
from enbloc.exchange.document import from_json
from enbloc.value import value

FOLDER = Path(__file__).parent / "decisions"


class Verdict(Enum):
    """How a row stands: it speaks, it waits for an answer, it is silent; or one of two where the row leaves it so."""

    HOLDS = "holds"
    OPEN = "open"
    SILENT = "silent"
    SHOWN = "shown"  # holds or open
    NOT_HELD = "not held"  # silent or open

    @property
    def allowed(self) -> frozenset[Verdict]:
        """The plain verdicts that meet it."""
        either = {Verdict.SHOWN: (Verdict.HOLDS, Verdict.OPEN), Verdict.NOT_HELD: (Verdict.SILENT, Verdict.OPEN)}
        return frozenset(either.get(self, (self,)))


def _is(word: str) -> Verdict:
    return Verdict(word)


@value
class Expected:
    """One row of the pathway: how it must stand, of the lesion or of one act."""

    row: str
    is_: str
    letter: str
    act: str = ""

    @property
    def verdict(self) -> Verdict:
        return _is(self.is_)


@value
class Leading:
    """The act that must stand first, or one of several, and the rows that carry it."""

    by: tuple[str, ...]
    letter: str
    act: str = ""
    any_of: tuple[str, ...] = ()

    @property
    def acts(self) -> tuple[str, ...]:
        return self.any_of or (self.act,)


@value
class Rejected:
    """An act that must be stopped, and the stops of which each must stand on it."""

    act: str
    by: tuple[str, ...]
    letter: str


@value
class Deadline:
    """The moment that a row must print."""

    row: str
    at: str
    letter: str


@value
class Decided:
    """Everything that is expected of one patient."""

    patient: str
    leading: Leading
    rows: tuple[Expected, ...]
    rejected: tuple[Rejected, ...] = ()
    noms: tuple[str, ...] = ()  # the cells of the table that hold: these and no other
    margin: str = ""  # as the table of histologies prints it; empty without a histology
    disagreements: tuple[str, ...] = ()
    silent_families: tuple[str, ...] = ()
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    never: tuple[str, ...] = ()  # words that no row may print


def decided(patient: str) -> Decided:
    """What is expected of a demo patient."""
    block = read_block((FOLDER / f"{patient}.yaml").read_bytes(), name=f"{patient}.yaml")
    for row in block["rows"]:
        row["is_"] = row.pop("is")
    return from_json(Decided, json.dumps(block))


def patients() -> tuple[str, ...]:
    """The patients that have a file."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.yaml")))
