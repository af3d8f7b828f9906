"""The published examples: one file for each instrument, one row for each example, read as strictly as a form.

A file holds ``examples``, and ``otherwise``: the answers that every example gives to items it does not name. The source
means "none of the others" then, or the kind of tumour of its population.
"""

from __future__ import annotations

import json
import re
from dataclasses import field, replace
from functools import cache
from pathlib import Path
from typing import Any

from enbloc.exchange.case_file import read_block
from enbloc.exchange.document import from_json
from enbloc.value import value

HERE = Path(__file__).parent
SPECIFICATION = "specification, worked example"

Figure = int | float
Reading = int | float | str
_EXAMPLE = re.compile(r"(?P<section>.+), example (?P<number>[1-9]\d*)(?: \((?P<reading>.+)\))?")


@value
class Row:
    """One example: the form as a person writes it, and what it comes to.

    ``example`` names section and number, with the reading in brackets where one example has several. ``points`` of
    items, their ``values`` in words and other ``readings`` hold what the example prints, one that stays open with each
    that it can be. Each of ``flags`` must occur within a remark of the result, none of ``absent`` may. A form that is
    ``refused``, with these words, comes to nothing else.
    """

    example: str
    words: str
    source: str
    form: dict[str, Any]
    totals: tuple[Figure, ...] = ()
    categories: tuple[str, ...] = ()
    points: dict[str, Figure | tuple[Figure, ...]] = field(default_factory=dict)
    values: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    readings: dict[str, Reading | tuple[Reading, ...]] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    refused: str = ""

    @property
    def section(self) -> str:
        """The section of the specification that prints it."""
        return self._named["section"]

    @property
    def number(self) -> int:
        """Its number there."""
        return int(self._named["number"])

    @property
    def _named(self) -> re.Match[str]:
        found = _EXAMPLE.fullmatch(self.example)
        assert found is not None, f"{self.example}: write 'section, example number'"
        return found


@value
class Published:
    """What a file holds."""

    examples: tuple[Row, ...]
    otherwise: dict[str, Any] = field(default_factory=dict)


@cache
def rows(instrument: str) -> tuple[Row, ...]:
    """The examples of the instrument with this id, in the order of its file; none if it has no file."""
    file = HERE / f"{instrument}.yaml"
    return _read(file.read_bytes(), file.name) if file.is_file() else ()


def published() -> tuple[str, ...]:
    """The ids that have a file, in alphabetical order."""
    return tuple(sorted(file.stem for file in HERE.glob("*.yaml")))


def _read(content: bytes, name: str) -> tuple[Row, ...]:
    held = from_json(Published, json.dumps(read_block(content, name=name)))
    return tuple(replace(one, form=held.otherwise | one.form) for one in held.examples)
