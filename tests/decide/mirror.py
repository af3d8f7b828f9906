"""A record with left and right exchanged, and what is said of it turned back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from enum import Enum
from typing import Any

from enbloc.case.anatomy import Sector, sector
from enbloc.case.fact import FACTS, GeometryFault
from enbloc.case.finding import Finding, Findings
from tests.decide.records import Record

_SECTORS, _COX = 13, 8
"""What the number of a sector and that of its mirror image add up to: of 1 to 12, and of 2 to 6 of the target."""
_SIDES = {"left": "right", "right": "left", "Left": "Right", "Right": "Left"}


def mirrored(given: Record) -> Record:
    """The same patient seen in a mirror: every sided fact and every sided answer exchanged."""
    return replace(given, findings=Findings(found=tuple(_turned(one) for one in given.findings.found)))


def _turned(found: Finding[Any]) -> Finding[Any]:
    held = found.value
    turned = tuple(_answer(one) for one in held) if isinstance(held, tuple) else _answer(held)
    other = re.sub("left|right", lambda side: _SIDES[side.group()], found.fact)
    return replace(found, fact=other if other in FACTS else found.fact, value=turned)


def _answer(held: Any) -> Any:
    if not isinstance(held, Enum) or isinstance(held, GeometryFault):
        return held
    if isinstance(held, Sector):
        return sector(_SECTORS - held.number)
    return type(held)(text(str(held.value))) if isinstance(held.value, str) else held


def text(words: str) -> str:
    """A text with its sides exchanged, and the numbers of sided sectors with them.

    Examples
    --------
    >>> text("the 9 right sector and T8 left"), text("2 left pedicle")
    ('the 4 left sector and T8 right', '6 right pedicle')
    """
    turned = _SIDE.sub(lambda side: _SIDES.get(side.group(), side.group()), words)
    turned = _OF_TARGET.sub(lambda at: str(_COX - int(at.group())), turned)
    return _OF_SECTOR.sub(lambda at: str(_SECTORS - int(at.group())), turned)


_SIDE = re.compile(
    r"therapy left\b|artery is left|left these|is right\b|right-to-left|patient left first|dose left\b"
    r"|\b(?:[Ll]eft|[Rr]ight)\b"
)
"""A side, or one of the phrases in which the word is none."""
_OF_TARGET = re.compile(r"\b(\d+)(?= (?:left|right) (?:pedicle|transverse))")
_OF_SECTOR = re.compile(r"(?<![\w.])(\d+)(?= (?:left|right)\b(?! pedicle| transverse))")


def bag(words: str) -> Counter[str]:
    """The words of a text however they are ordered: a list of sided things begins with the left ones either way."""
    return Counter(re.findall(r"\w[\w.-]*\w|\w", words.casefold()))
