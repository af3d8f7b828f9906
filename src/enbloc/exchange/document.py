"""Values and JSON text: the same classes as everywhere inside, validated strictly on the way in."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from enbloc.case.fact import ENTERABLE, FACTS, Fact, fact
from enbloc.case.finding import Finding, Findings
from enbloc.errors import FaultsError, RecordError

Noun = TypeVar("Noun")

LONGEST_WORD = 16
"""A wrong word longer than this is not repeated in a message: it may be anything, also a name."""


def plain(value: object) -> Any:
    """The value in the seven kinds that JSON knows; sets are sorted, dates are text.

    Raises
    ------
    TypeError
        If it holds something that is no value of ours (a fault of the program, not of the record).

    Examples
    --------
    >>> from enbloc.case.anatomy import Level, Side
    >>> plain((Level.T8, Side.LEFT, frozenset({"b", "a"})))
    ['T8', 'left', ['a', 'b']]
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((plain(item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a document")


def to_json(value: object, *, ascii_only: bool = False) -> str:
    """The value as JSON: keys sorted, two spaces, one newline at the end; the same value gives the same text.

    A list of bare numbers, such as a point, stands on one line: a result holds thousands of them.

    Examples
    --------
    >>> from enbloc.case.patient import Patient
    >>> print(to_json(Patient(birth_year=1965)), end="")
    {
      "birth_year": 1965,
      "sex": null
    }
    """
    text = json.dumps(plain(value), sort_keys=True, indent=2, ensure_ascii=ascii_only, allow_nan=False)
    return _NUMBERS.sub(lambda found: f"[{', '.join(found[1].replace(',', ' ').split())}]", text) + "\n"


# No text of JSON holds a line end, so what is found is never a part of one.
_NUMBERS = re.compile(r"\[\n((?:\s+-?[0-9.eE+-]+,?\n)+)\s*\]")


def from_json(noun: type[Noun], text: str) -> Noun:
    """Read a value of the class ``noun`` from JSON; findings get the types of their facts.

    Raises
    ------
    FaultsError
        If the text does not fit, with every fault and its place.
    RecordError
        If the text is not JSON, or names a key twice.

    Examples
    --------
    >>> from enbloc.case.patient import Patient
    >>> from_json(Patient, '{"birth_year": 1965}')
    Patient(birth_year=1965, sex=None)
    >>> from_json(Patient, '{"birth_year": 65}')
    Traceback (most recent call last):
        ...
    enbloc.errors.FaultsError: A birth year of 65 is not possible. Write the four digits of the year.
    """
    data = _loaded(text)
    kind: Any = noun  # a class is hashable, which its type does not say
    try:
        read: Noun = _adapter(kind).validate_json(text, strict=True)
    except ValidationError as faults:
        raise FaultsError(_told(faults, data, _words(kind))) from None
    return _with_types(read)


def json_schema(noun: type) -> dict[str, Any]:
    """The JSON schema (2020-12) of a class, with its keys sorted."""
    made = _adapter(noun).json_schema()
    schema: dict[str, Any] = json.loads(json.dumps(made, sort_keys=True))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def facts_as_json() -> list[dict[str, Any]]:
    """The vocabulary, one entry a fact: id, words, subject, kind, unit, plausible range and step, what to ask for."""
    return [
        {
            "id": named.id,
            "words": named.words,
            "about": named.about.value,
            "kind": _kind_of(named),
            "unit": named.unit.value,
            "from": named.low,
            "to": named.high,
            "step": named.step,
            "many": named.many,
            "enterable": named.id in ENTERABLE,
            "ask": named.ask,
        }
        for named in sorted(FACTS.values(), key=lambda named: named.id)
    ]


def _kind_of(named: Fact[Any]) -> str | list[str]:
    if issubclass(named.type, Enum):
        return [str(member.value) for member in named.type]
    words = {bool: "true or false", int: "whole number", float: "number", str: "text"}
    words |= {datetime.date: "a day", datetime.datetime: "a day and hour"}
    return words.get(named.type, named.type.__name__.lower())


@cache
def _adapter(noun: Any) -> TypeAdapter[Any]:
    return TypeAdapter(noun)


def _loaded(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecordError:
        raise
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise RecordError(f"This is not JSON ({fault.msg}).", remedy="Check the file.", where=where) from None
    except (RecursionError, ValueError):
        raise RecordError("This is not JSON that can be read.", remedy="Check the file.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in pairs:
        if key in found:
            raise RecordError(f"The key {_word(key)} stands twice.", remedy="Keep one of them.")
        found[key] = item
    return found


def _no_number(word: str) -> None:
    raise RecordError(f"{word} is not a number.", remedy="Leave the key out if it is unknown.")


# --- faults in words --------------------------------------------------------------------------------------------------


def _told(faults: ValidationError, data: Any, known: Iterable[str]) -> list[RecordError]:
    """One fault for each place; a union fails once for each member, and the one that came furthest speaks."""
    met: dict[str, list[ErrorDetails]] = {}
    unions = set()
    for error in faults.errors(include_url=False):
        place, was_union = _place(error, data)
        met.setdefault(place, []).append(error)
        if was_union:
            unions.add(place)
    passed = {place for place in unions if any(_lies_in(other, place) for other in met)}
    return [_fault(errors, place, place in unions, known) for place, errors in met.items() if place not in passed]


def _lies_in(place: str, outer: str) -> bool:
    return place.startswith((f"{outer}.", f"{outer}["))


def _place(error: ErrorDetails, data: Any) -> tuple[str, bool]:
    """The path of a fault as a person writes it, and whether a member of a union refused what stands there."""
    steps = list(error["loc"])
    path, was_union, at = "", False, data
    for index, step in enumerate(steps):
        absent = error["type"].startswith("missing") and index == len(steps) - 1
        if isinstance(at, list) and isinstance(step, int) and step < len(at):
            path, at, was_union = f"{path}[{step}]", at[step], False
        elif isinstance(at, dict) and (absent or str(step) in at):
            path, at, was_union = f"{path}.{_shown(str(step))}", at.get(str(step)), False
        else:
            was_union = step != "[key]"  # the name of the member, which stands nowhere in the document
    return path.lstrip("."), was_union


def _fault(errors: list[ErrorDetails], place: str, was_union: bool, known: Iterable[str]) -> RecordError:
    error = errors[0]
    ours = error.get("ctx", {}).get("error")
    if isinstance(ours, RecordError):
        where = f"{place}: {ours.where}" if ours.where and place else place or ours.where
        return RecordError(ours.message, remedy=ours.remedy, where=where)
    kind, given = error["type"], error["input"]
    if was_union:
        what, remedy = f"{_kind(given)} does not fit here.", f"Write {_members(errors)}."
    elif kind.startswith("missing"):
        what, remedy = "This is needed and missing.", "Add it."
    elif kind in {"unexpected_keyword_argument", "extra_forbidden", "no_such_attribute"}:
        what, remedy = _unknown_key(place, known)
    elif kind in {"enum", "literal_error"}:
        what = f"{_word(given)} is not one of the words known here."
        remedy = f"Write one of: {error.get('ctx', {}).get('expected', '')}."
    elif kind == "dict_type":
        what, remedy = f"{_kind(given)} does not fit here.", "Write it as 'key: value', one a line."
    elif kind.startswith("date"):
        what, remedy = f"{_word(given)} is not a date.", "Write year, month and day as 2026-11-20."
    else:
        what, remedy = f"{_kind(given)} does not fit here.", f"{_one_line(error['msg'])}."
    return RecordError(what, remedy=remedy, where=place)


_MEMBERS = {
    "string_type": "text",
    "int_type": "a number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list of texts",
    "dict_type": "a block",
}


def _members(errors: Iterable[ErrorDetails]) -> str:
    """What a union takes, in words."""
    refused = {error["type"] for error in errors}
    words = dict.fromkeys(word for kind, word in _MEMBERS.items() if kind in refused)
    *some, last = words or ("something else",)
    return f"{', '.join(some)} or {last}" if some else last


def _unknown_key(place: str, known: Iterable[str]) -> tuple[str, str]:
    word = place.rpartition(".")[2]
    near = get_close_matches(word, known, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else "Remove it; 'enbloc schema case' lists the known keys."
    return "There is no such key.", hint


@cache
def _words(noun: Any) -> tuple[str, ...]:
    """Every key that a document of this class may hold."""
    schema = json_schema(noun)
    nouns = (schema, *schema.get("$defs", {}).values())
    return tuple(sorted({key for each in nouns for key in each.get("properties", {})}))


def _kind(given: object) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", dict: "a block", list: "a list"}
    word = kinds.get(type(given), "an empty value")
    return word[0].upper() + word[1:]


def _word(given: object) -> str:
    if isinstance(given, str | int | float) and len(str(given)) <= LONGEST_WORD and str(given).isprintable():
        return repr(given)
    return _kind(given)


def _shown(key: str) -> str:
    return key if key.isprintable() and len(key) <= 2 * LONGEST_WORD else "(a key too long to show)"


def _one_line(words: str) -> str:
    return " ".join(words.split())


# --- findings get the types of their facts ----------------------------------------------------------------------------


def _with_types(read: Noun) -> Noun:
    """The same value, with the value of each finding in it as its fact's own type (an enum, a pose, levels)."""
    if isinstance(read, Findings):
        faults = list(_untyped(read.found))
        if faults:
            raise FaultsError(faults)
        return replace(read, found=tuple(_typed(finding) for finding in read.found))
    if isinstance(read, tuple):
        held = tuple(_with_types(item) for item in read)
        return read if all(new is old for new, old in zip(held, read, strict=True)) else held  # type: ignore[return-value]
    if not is_dataclass(read) or isinstance(read, type):
        return read
    inner = {each.name: getattr(read, each.name) for each in fields(read)}
    typed = {name: new for name, item in inner.items() if (new := _with_types(item)) is not item}
    return replace(read, **typed) if typed else read


def _untyped(found: Iterable[Finding[Any]]) -> Iterator[RecordError]:
    for at, finding in enumerate(found):
        try:
            _typed(finding)
        except RecordError as fault:
            yield RecordError(fault.message, remedy=fault.remedy, where=f"findings.found[{at}]")


def _typed(finding: Finding[Any]) -> Finding[Any]:
    earlier = finding.overruled
    if earlier is not None:
        earlier = replace(earlier, value=_of_fact(finding.fact, earlier.value))
    return replace(finding, value=_of_fact(finding.fact, finding.value), overruled=earlier)


def _of_fact(id: str, given: object) -> Any:
    named = fact(id)
    kind: Any = tuple[named.type, ...] if named.many else named.type  # type: ignore[name-defined]  # known at run time
    try:
        return _adapter(kind).validate_json(json.dumps(given), strict=True)
    except ValidationError:
        raise RecordError(
            f"The value of {id} is not of its kind.", remedy="Make the result again with 'enbloc workup'."
        ) from None
