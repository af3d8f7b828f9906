"""The form of an instrument: its items with their questions, and every way to complete what is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from enum import Enum
from itertools import product
from math import prod
from typing import Any, Self, get_args, get_type_hints

from enbloc.errors import RecordError
from enbloc.value import value

UNKNOWN = "unknown"
"""What stands in a form for an item that nobody knows; leaving the key out says the same."""


class Component(Enum):
    """A scored observation: its value is the word in the record, not its points."""

    points: int

    def __new__(cls, word: str, points: int) -> Self:
        member = object.__new__(cls)
        member._value_ = word
        member.points = points
        return member


@value
class Ask:
    """How an item is asked for, in clinical words."""

    words: str


@value
class Number(Ask):
    """An item that is a number: its unit, its range and step, and the numbers from which on it counts otherwise.

    ``cuts`` are the first numbers of each further band: an unknown number may lie in any band, and one of each stands
    for all of it.
    """

    words: str
    unit: str
    low: float
    high: float
    cuts: tuple[float, ...] = ()
    step: float = 1.0


@value
class Question:
    """One item of a form: its key, its words, and what it may be (a word, yes or no, a number)."""

    name: str
    kind: type
    ask: Ask

    @property
    def answers(self) -> tuple[Any, ...]:
        """Every answer that counts differently: the words, yes and no, or one number of each band."""
        if issubclass(self.kind, Enum):
            return tuple(self.kind)
        if self.kind is bool:
            return (False, True)
        held = self._number
        return tuple(self._made(number) for number in (held.low, *held.cuts))

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        if issubclass(self.kind, Enum):
            return ", ".join(str(member.value) for member in self.kind)
        if self.kind is bool:
            return "true or false"
        held = self._number
        step = "" if held.step == 1.0 and self.kind is int else f" in steps of {held.step:g}" if held.step else ""
        return f"{held.low:g} to {held.high:g}{f' {held.unit}' if held.unit else ''}{step}"

    @property
    def schema(self) -> dict[str, Any]:
        """What may be written, as a JSON schema; ``unknown`` and null always may."""
        if issubclass(self.kind, Enum):
            return {"description": self.ask.words, "enum": [*(member.value for member in self.kind), UNKNOWN, None]}
        if self.kind is bool:
            return {"description": self.ask.words, "enum": [True, False, UNKNOWN, None]}
        held = self._number
        number: dict[str, Any] = {"type": "integer" if self.kind is int else "number"}
        number |= {"minimum": held.low, "maximum": held.high}
        if held.step and held.step != 1.0:
            number["multipleOf"] = held.step
        return {"description": self.ask.words, "anyOf": [number, {"enum": [UNKNOWN, None]}]}

    @property
    def _number(self) -> Number:
        assert isinstance(self.ask, Number), self.name
        return self.ask

    def read(self, given: object) -> Any:
        """The answer that is written so.

        Raises
        ------
        RecordError
            If the item cannot be that, naming the item and what is allowed.
        """
        if issubclass(self.kind, Enum):
            if isinstance(given, str | int) and not isinstance(given, bool):
                with suppress(ValueError):  # an enum may read other spellings by its ``_missing_``
                    return self.kind(given)
        elif self.kind is bool:
            if isinstance(given, bool):
                return given
        elif isinstance(given, int | float) and not isinstance(given, bool) and self._fits(float(given)):
            return self._made(float(given))
        shown = (
            given if isinstance(given, int | float | bool) or (isinstance(given, str) and len(given) < 40) else "that"
        )
        raise RecordError(f"{self.name} ({self.ask.words}) cannot be {shown!r}.", remedy=f"Write {self.allowed}.")

    def _made(self, number: float) -> int | float:
        return int(number) if self.kind is int else number

    def _fits(self, number: float) -> bool:
        held = self._number
        if not held.low <= number <= held.high or (self.kind is int and not number.is_integer()):
            return False
        return not held.step or abs(number / held.step - round(number / held.step)) < 1e-9


def questions(form: type) -> tuple[Question, ...]:
    """The items of a form in its order; each field is annotated with how it is asked for.

    Examples
    --------
    >>> from enbloc.stage.survival.tokuhashi import Tokuhashi
    >>> [(one.name, one.answers) for one in questions(Tokuhashi)][0]
    ('karnofsky', (10, 50, 80))
    """
    hints = get_type_hints(form, include_extras=True)
    return tuple(_question(each.name, hints[each.name]) for each in fields(form))


def _question(name: str, hint: Any) -> Question:
    kind, *extras = get_args(hint)
    ask = next(extra for extra in extras if isinstance(extra, Ask))
    return Question(name=name, kind=kind, ask=ask)


Known = Mapping[str, tuple[Any, ...]]
"""For each item that something is known of, every answer that is still possible."""


def read_form(form: type, written: Mapping[str, object]) -> dict[str, tuple[Any, ...]]:
    """What is known of a form that somebody filled in; what is left out or ``unknown`` stays open.

    Raises
    ------
    RecordError
        If a key is no item of the form, or an item cannot be what is written.
    """
    asked = {one.name: one for one in questions(form)}
    for name in written:
        if name not in asked:
            raise RecordError(f"The form has no item {name!r}.", remedy=f"Its items are {', '.join(asked)}.")
    return {
        name: (asked[name].read(given),) for name, given in written.items() if given is not None and given != UNKNOWN
    }


def possible(form: type, known: Known) -> dict[str, tuple[Any, ...]]:
    """For every item of a form the answers that are still possible, in the order of the form."""
    return {one.name: known.get(one.name) or one.answers for one in questions(form)}


def count(answers: Mapping[str, tuple[Any, ...]]) -> int:
    """How many complete forms there are."""
    return prod(len(each) for each in answers.values())


def completions(answers: Mapping[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every way to answer all items, as the fields of a form; the last item changes first."""
    for chosen in product(*answers.values()):
        yield dict(zip(answers, chosen, strict=True))
