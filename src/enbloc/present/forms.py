"""Every instrument as a form that a page can draw: its items with what each may be, and what its categories meant."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Literal

from enbloc.case.fact import Fact, Subject
from enbloc.stage.every import is_about_a_lesion
from enbloc.stage.form import Number, Question, Text
from enbloc.stage.instrument import Instrument
from enbloc.stage.registry import INSTRUMENTS
from enbloc.value import value

ItemKind = Literal["one of", "yes or no", "whole number", "number", "text"]


@value
class FormItem:
    """One item; an answer that is left out or ``unknown`` stays open."""

    name: str  # its key in ``answers`` of a filled form
    words: str
    kind: ItemKind
    choices: tuple[int | str, ...]  # of "one of"
    unit: str
    low: float | None
    high: float | None
    step: float | None
    longest: int | None  # letters of a text
    allowed: str  # all of this in words
    fact: str  # the fact of a case that answers it as it stands; empty if it is read otherwise or only asked


@value
class FormCategory:
    """A result in words, and what it meant in the patients it was made from."""

    word: str
    published: str


@value
class Form:
    """One instrument, ready to be filled in."""

    id: str
    name: str
    version: str
    about: Literal["lesion", "patient"]
    population: str
    better: str
    lowest: float | None
    highest: float | None
    unit: str
    is_survival: bool
    is_draft: bool
    checked: str
    licence: str
    categories: tuple[FormCategory, ...]
    warnings: tuple[str, ...]
    cites: tuple[str, ...]
    items: tuple[FormItem, ...]


def forms(those: Iterable[Instrument] | None = None) -> tuple[Form, ...]:
    """The form of every instrument, or of ``those``."""
    return tuple(_form(one) for one in (INSTRUMENTS.values() if those is None else those))


def _form(one: Instrument) -> Form:
    return Form(
        id=one.id,
        name=one.name,
        version=one.version,
        about="lesion" if is_about_a_lesion(one) else "patient",
        population=one.population,
        better=one.better.value,
        lowest=one.lowest,
        highest=one.highest,
        unit=one.unit,
        is_survival=one.is_survival,
        is_draft=one.checked.is_draft,
        checked=one.checked.value,
        licence=one.licence,
        categories=tuple(FormCategory(word=each.word, published=each.published) for each in one.categories),
        warnings=one.warnings,
        cites=tuple(str(cite) for cite in one.cites),
        items=tuple(_item(each) for each in one.questions),
    )


def _item(one: Question) -> FormItem:
    number = one.ask if isinstance(one.ask, Number) else None
    answered = one.ask.answered_by
    return FormItem(
        name=one.name,
        words=one.ask.words,
        kind=_kind(one),
        choices=tuple(each.value for each in one.kind) if issubclass(one.kind, Enum) else (),
        unit=number.unit if number else "",
        low=number.low if number else None,
        high=number.high if number else None,
        step=(number.step or None) if number else None,
        longest=one.ask.longest if isinstance(one.ask, Text) else None,
        allowed=one.allowed,
        fact=answered.id if isinstance(answered, Fact) and answered.about is not Subject.LEVEL else "",
    )


def _kind(one: Question) -> ItemKind:
    if issubclass(one.kind, Enum):
        return "one of"
    if one.kind is bool:
        return "yes or no"
    if isinstance(one.ask, Text):
        return "text"
    return "whole number" if one.kind is int else "number"
