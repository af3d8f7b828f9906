"""The form of an instrument: its items with their questions, and every way to complete what is known of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import MISSING, Field, fields
from enum import Enum
from itertools import product
from math import prod
from types import NoneType
from typing import TYPE_CHECKING, Any, Self, TypeAlias, get_args, get_type_hints

from enbloc.errors import RecordError
from enbloc.value import value

if TYPE_CHECKING:
    from enbloc.case.case import Case
    from enbloc.case.fact import Fact
    from enbloc.case.finding import Findings
    from enbloc.stage.reading import Reading

_LONGEST_SHOWN = 10**15
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


Reads: TypeAlias = "Callable[[Case, Findings, str], Reading]"
"""Reads an item out of a case and its findings, about one lesion."""


@value
class Ask:
    """How an item is asked for, in clinical words, and what of a case answers it: a fact as it stands, or a reading."""

    words: str
    answered_by: Fact[Any] | Reads | None = None


@value
class Number(Ask):
    """An item that is a number: its unit, its range and step, and the numbers from which on it counts otherwise.

    ``cuts`` are the first numbers of each further band: an unknown number may lie in any band, and one of each stands
    for all of it. ``per_unit`` is how much of ``unit`` one unit of the fact is (g/dL for each g/L: 0.1).
    """

    words: str
    unit: str
    low: float
    high: float
    cuts: tuple[float, ...] = ()
    step: float = 1.0
    per_unit: float = 1.0


@value
class Text(Ask):
    """An item in free words, such as where a result was obtained; nothing is computed from it."""

    words: str
    longest: int = 200


@value
class Question:
    """One item of a form: its key, its words, and what it may be (a word, yes or no, a number, free words).

    ``left_out`` are the answers that leaving the item out stands for, where that is not every answer: an item that the
    published scale does not ask has the answer that the scale supposes.
    """

    name: str
    kind: type
    ask: Ask
    left_out: tuple[Any, ...] | None = None

    @property
    def answers(self) -> tuple[Any, ...]:
        """Every answer that counts differently: the words, yes and no, or one number of each band."""
        if issubclass(self.kind, Enum):
            return tuple(self.kind)
        if self.kind is bool:
            return (False, True)
        if self.kind is str:
            return ("",)
        held = self._number
        return tuple(self._made(number) for number in (held.low, *held.cuts))

    @property
    def unanswered(self) -> tuple[Any, ...]:
        """What the item may be while nobody has answered it."""
        return self.answers if self.left_out is None else self.left_out

    def between(self, low: float, high: float) -> tuple[Any, ...]:
        """Every answer that counts differently from ``low`` to ``high`` of the item's own unit.

        Examples
        --------
        >>> from enbloc.stage.survival.nesms import Nesms
        >>> albumin = questions(Nesms)[2]
        >>> albumin.between(3.2, 3.6), albumin.between(3.6, 3.8)
        ((3.2, 3.5), (3.6,))
        """
        return tuple(self._made(number) for number in (low, *self._number.cuts) if low <= number <= high)

    @property
    def allowed(self) -> str:
        """What may be written, in words."""
        if issubclass(self.kind, Enum):
            return ", ".join(str(member.value) for member in self.kind)
        if self.kind is bool:
            return "true or false"
        if isinstance(self.ask, Text):
            return f"words, at most {self.ask.longest} characters"
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
        if isinstance(self.ask, Text):
            return {"description": self.ask.words, "type": ["string", "null"], "maxLength": self.ask.longest}
        held = self._number
        number: dict[str, Any] = {"type": "integer" if self.kind is int else "number"}
        number |= {"minimum": held.low, "maximum": held.high}
        if held.step not in (0, 1) and held.step * 4 % 1 == 0:  # 6.1 is no multiple of 0.1 to a validator
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
        elif isinstance(self.ask, Text):
            if isinstance(given, str) and given.strip() and len(given) <= self.ask.longest and given.isprintable():
                return given
        elif isinstance(given, int | float) and not isinstance(given, bool):
            with suppress(OverflowError):  # a whole number may be too long for any scale
                if self._fits(float(given)):
                    return self._made(float(given))
        short = isinstance(given, float | bool) or (isinstance(given, int) and abs(given) < _LONGEST_SHOWN)
        shown = given if short or (isinstance(given, str) and len(given) < 40) else "that"
        raise RecordError(f"{self.name} ({self.ask.words}) cannot be {shown!r}.", remedy=f"Write {self.allowed}.")

    def _made(self, number: float) -> int | float:
        return int(number) if self.kind is int else number

    def _fits(self, number: float) -> bool:
        held = self._number
        if not held.low <= number <= held.high or (self.kind is int and not number.is_integer()):
            return False
        return not held.step or abs(number / held.step - round(number / held.step)) < 1e-9


def questions(form: type[Any]) -> tuple[Question, ...]:
    """The items of a form in its order; each field is annotated with how it is asked for.

    A form of very many items that are alike may hold them as a tuple ``QUESTIONS`` instead.

    Examples
    --------
    >>> from enbloc.stage.survival.tokuhashi import Tokuhashi
    >>> [(one.name, one.answers) for one in questions(Tokuhashi)][0]
    ('karnofsky', (10, 50, 80))
    """
    if form not in _QUESTIONS:
        _QUESTIONS[form] = tuple(_asked(form))
    return _QUESTIONS[form]


_QUESTIONS: dict[type[Any], tuple[Question, ...]] = {}
"""Those of each form, once: else most of the time of judging one goes into reading its annotations."""


def _asked(form: type[Any]) -> Iterable[Question]:
    listed: tuple[Question, ...] | None = getattr(form, "QUESTIONS", None)
    if listed is not None:
        return listed
    hints = get_type_hints(form, include_extras=True)
    return (_question(each, hints[each.name]) for each in fields(form))


def _question(field: Field[Any], hint: Any) -> Question:
    kind, *extras = get_args(hint)
    ask = next(extra for extra in extras if isinstance(extra, Ask))
    one_of = [each for each in get_args(kind) if each is not NoneType]  # ``float | None`` is asked as a float
    left_out = None if field.default is MISSING else (field.default,)
    return Question(name=field.name, kind=one_of[0] if one_of else kind, ask=ask, left_out=left_out)


Known = Mapping[str, tuple[Any, ...]]
"""For each item that something is known of, every answer that is still possible."""


def read_form(form: type, written: Mapping[str, object]) -> dict[str, tuple[Any, ...]]:
    """What is known of a form that somebody filled in; see `read_answers`."""
    return read_answers(questions(form), written)


def read_answers(asked: Iterable[Question], written: Mapping[str, object]) -> dict[str, tuple[Any, ...]]:
    """What is known of some questions that somebody answered; what is left out or ``unknown`` stays open.

    Raises
    ------
    RecordError
        If a key is no question, or an item cannot be what is written.
    """
    by_name = {one.name: one for one in asked}
    for name in written:
        if name not in by_name:
            raise RecordError(f"The form has no item {name!r}.", remedy=f"Its items are {', '.join(by_name)}.")
    return {
        name: (by_name[name].read(given),) for name, given in written.items() if given is not None and given != UNKNOWN
    }


def possible(form: type, known: Known) -> dict[str, tuple[Any, ...]]:
    """For every item of a form the answers that are still possible, in the order of the form."""
    return {one.name: known.get(one.name) or one.unanswered for one in questions(form)}


def count(answers: Mapping[str, tuple[Any, ...]]) -> int:
    """How many complete forms there are."""
    return prod(len(each) for each in answers.values())


def completions(answers: Mapping[str, tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    """Every way to answer all items, as the fields of a form; the last item changes first."""
    for chosen in product(*answers.values()):
        yield dict(zip(answers, chosen, strict=True))
