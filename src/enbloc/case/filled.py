"""A form of an instrument as somebody filled it in: kept as written, and judged where instruments are known."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from enbloc.errors import RecordError
from enbloc.value import value

Plain = bool | int | float | str
Written = Plain | Mapping[str, Plain | Mapping[str, Plain]]
"""An answer: a plain value, or a block of them such as one side of a neurological examination, at most two deep."""

DEEPEST = 2
MOST_ANSWERS = 500
LONGEST_TEXT = 2000
LONGEST_KEY = 80
LARGEST_NUMBER = 1e12


@value
class FilledForm:
    """Answers to the items of one instrument, about the patient or a lesion.

    Instruments are not known here, so a word or a number is only held to what any form can hold; ``because`` says why
    it is answered otherwise than the rest of the record would, and then ``by`` says who does.

    Examples
    --------
    >>> form = FilledForm(instrument="tokuhashi_2005", about="patient", answers={"organs": "removable"})
    >>> form.answers["organs"]
    'removable'
    """

    instrument: str
    about: str
    answers: Mapping[str, Written]
    by: str = ""
    on: date | None = None
    because: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", self.instrument):
            raise RecordError(
                "This is no id of an instrument.", remedy="'enbloc stage --list' lists them.", where="instrument"
            )
        if self.because and not self.by.strip():
            raise RecordError(
                f"{self.instrument} about {self.about} is answered otherwise by nobody.",
                remedy="Write the person's name in 'by'.",
            )
        answers = list(_answers(self.answers, "answers", DEEPEST))
        if len(answers) > MOST_ANSWERS:
            raise RecordError(
                f"A form of {len(answers)} answers is none; at most {MOST_ANSWERS}.",
                remedy="Give the answers alone.",
                where="answers",
            )
        for place, given in answers:
            _refuse_unholdable(given, place)


def _answers(block: Mapping[Any, object], place: str, depth: int) -> Iterator[tuple[str, object]]:
    """Every plain answer with its place."""
    for key, given in block.items():
        if not (isinstance(key, str) and key.strip() and key.isprintable() and len(key) <= LONGEST_KEY):
            raise RecordError("A key here is no name of an item.", remedy="Write the item's own name.", where=place)
        if isinstance(given, Mapping):
            if not depth:
                raise RecordError("This is nested too deeply.", remedy="Write a plain value.", where=f"{place}.{key}")
            yield from _answers(given, f"{place}.{key}", depth - 1)
        else:
            yield f"{place}.{key}", given


def _refuse_unholdable(given: object, place: str) -> None:
    if not isinstance(given, bool | int | float | str):
        what, remedy = "This is no answer.", "Write text, a number, or true or false; leave out what is unknown."
    elif isinstance(given, str) and len(given) > LONGEST_TEXT:
        what, remedy = f"A text of {len(given)} letters is no answer.", f"Write at most {LONGEST_TEXT}."
    elif isinstance(given, float) and not math.isfinite(given):
        what, remedy = "This is not a number.", "Leave the key out if it is unknown."
    elif not isinstance(given, str) and abs(given) > LARGEST_NUMBER:
        what, remedy = "No item can be so large.", f"Write a number up to {LARGEST_NUMBER:g}."
    else:
        return
    raise RecordError(what, remedy=remedy, where=place)
