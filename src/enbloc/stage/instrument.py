"""An instrument of the field: what it asks, whom it is for, how it scores, and what its categories meant when made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import partial
from typing import Any

from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation
from enbloc.stage.form import Known, Question, completions, count, possible, questions
from enbloc.stage.score import Item, Score
from enbloc.value import value

MOST_FORMS = 50_000
"""As many complete forms are gone through one by one; beyond, a sum is reached item by item."""


class Better(Enum):
    """Which end of a scale is good."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEITHER = "a description, not a grade"


@value
class Category:
    """A result in words, and what it meant in the patients it was made from: figure, number of patients, years."""

    word: str
    published: str = ""


@value
class Outcome:
    """What a complete form comes to: points by item, their total, the category, and what is odd about it.

    ``readings`` are other figures of the same answers that are published beside the total, each under its name: an
    index, or the total read another way.
    """

    points: tuple[tuple[str, float], ...] = ()
    total: float | None = None
    category: str
    flags: tuple[str, ...] = ()
    readings: tuple[tuple[str, float], ...] = ()


@value
class Instrument:
    """One published instrument.

    ``band`` is given where the total is the sum of the items and decides the category alone: then a form with many
    items can be judged while most of them are open. ``averaged`` is given for the same reason where the sum of the
    points and the number of items that were answered decide: an item that was not answered has no points at all.
    """

    id: str
    name: str
    version: str
    form: type[Any]  # a class of values whose ``outcome`` is an `Outcome`
    population: str
    better: Better
    categories: tuple[Category, ...]  # best first, or in the order of the scale
    lowest: float | None = None
    highest: float | None = None
    band: Callable[[float], str] | None = None
    averaged: Callable[[float, int], Outcome] | None = None
    is_survival: bool = False
    validations: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    licence: str = "published scale, free to use"
    checked: Checked
    cites: tuple[Citation, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its items, in the order of the form."""
        return questions(self.form)


def judged(instrument: Instrument, known: Known, *, about: str = "form", at: str = "") -> Score:
    """Every total and category that agrees with what is known; exactly one if nothing is open.

    Raises
    ------
    RecordError
        If an item is no item of the form, or no complete form is allowed.
    """
    strange = sorted(known.keys() - {one.name for one in instrument.questions})
    if strange:
        raise RecordError(f"{instrument.name} has no item {strange[0]!r}.", remedy="See 'enbloc stage --list'.")
    answers = possible(instrument.form, known)
    outcomes = _summed(instrument, answers) if count(answers) > MOST_FORMS else _outcomes(instrument, answers)
    words = {outcome.category for outcome in outcomes}
    totals = {outcome.total for outcome in outcomes if outcome.total is not None}
    return Score(
        instrument=instrument.id,
        name=instrument.name,
        about=about,
        at=at,
        items=tuple(_items(instrument, answers, outcomes)),
        totals=tuple(whole(total) for total in sorted(totals)),
        out_of=_out_of(instrument),
        categories=tuple(category.word for category in instrument.categories if category.word in words),
        missing=tuple(one.ask.words for one in instrument.questions if len(answers[one.name]) > 1),
        flags=_flags(instrument, outcomes),
        cites=instrument.cites,
        version=instrument.version,
    )


def _outcomes(instrument: Instrument, answers: Mapping[str, tuple[Any, ...]]) -> list[Outcome]:
    """The outcome of every complete form; answers that contradict each other make none."""
    found, fault = [], None
    for chosen in completions(answers):
        try:
            found.append(instrument.form(**chosen).outcome)
        except RecordError as contradiction:
            fault = contradiction
    if not found:
        raise fault or RecordError(f"{instrument.name} allows no such form.", remedy="Check the answers.")
    return found


def _summed(instrument: Instrument, answers: Mapping[str, tuple[Any, ...]]) -> list[Outcome]:
    """The outcomes of a sum, item by item: every total that can be reached, each once."""
    if instrument.averaged is not None:
        return _averaged(instrument, instrument.averaged, answers)
    if instrument.band is None:
        raise RecordError(f"Too little of {instrument.name} is filled in.", remedy="Fill in more of its items.")
    start = {name: each[0] for name, each in answers.items()}
    steps = {
        name: [instrument.form(**(start | {name: answer})).outcome for answer in each] for name, each in answers.items()
    }
    every = [outcome for each in steps.values() for outcome in each]
    flags = tuple(dict.fromkeys(flag for outcome in every for flag in outcome.flags))
    names = dict.fromkeys(name for outcome in every for name, _ in outcome.readings)
    readings = tuple((name, figure) for name in names for figure in _reached(steps, partial(_reading, name)))
    totals = _reached(steps, lambda outcome: outcome.total or 0.0)
    return [Outcome(total=total, category=instrument.band(total), flags=flags, readings=readings) for total in totals]


def _averaged(
    instrument: Instrument, outcome: Callable[[float, int], Outcome], answers: Mapping[str, tuple[Any, ...]]
) -> list[Outcome]:
    """The outcomes of a mean, item by item: every sum of points with every number of items answered, each once."""
    start = {one.name: one.answers[0] for one in instrument.questions}
    reached = {(0.0, 0)}
    for name, each in answers.items():
        alone = [dict(instrument.form(**(start | {name: answer})).outcome.points).get(name) for answer in each]
        steps = {(points or 0.0, points is not None) for points in alone}
        reached = {(round(total + points, 6), number + more) for total, number in reached for points, more in steps}
    found, fault = [], None
    for total, number in sorted(reached):
        try:
            found.append(outcome(total, number))
        except RecordError as too_few:
            fault = too_few
    if not found:
        raise fault or RecordError(f"{instrument.name} allows no such form.", remedy="Check the answers.")
    return found


def _reached(steps: Mapping[str, list[Outcome]], figure: Callable[[Outcome], float]) -> list[float]:
    """Every sum that can be reached by changing the items one after the other, from the first answer of each."""
    base = figure(next(iter(steps.values()))[0])
    sums = {base}
    for each in steps.values():
        sums = {round(so_far + figure(outcome) - base, 6) for so_far in sums for outcome in each}
    return sorted(sums)


def _reading(name: str, outcome: Outcome) -> float:
    """A figure by its name; the total where these answers have no other reading."""
    return dict(outcome.readings).get(name, outcome.total or 0.0)


def _items(instrument: Instrument, answers: Mapping[str, tuple[Any, ...]], outcomes: list[Outcome]) -> Iterable[Item]:
    reached: dict[str, set[float]] = {}
    for outcome in outcomes:
        for name, points in outcome.points:
            reached.setdefault(name, set()).add(points)
    for one in instrument.questions:
        ascending = sorted(reached.get(one.name, ()))
        yield Item(
            name=one.name,
            values=tuple(_said(answer) for answer in answers[one.name]),
            points=tuple(whole(each) for each in ascending),
            ask=one.ask.words if len(answers[one.name]) > 1 else "",
        )


def _out_of(instrument: Instrument) -> int | None:
    """The most points there are; nothing where that is no whole number, for "of 12" would be wrong beside 12.5."""
    most = instrument.highest
    return int(most) if most is not None and float(most).is_integer() else None


def whole(number: float) -> int | float:
    """A whole number as such, so that 7 points are not 7.0."""
    return int(number) if float(number).is_integer() else number


def _said(answer: object) -> str:
    if isinstance(answer, Enum):
        return str(answer.value)
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else f"{answer:g}"


def _flags(instrument: Instrument, outcomes: list[Outcome]) -> tuple[str, ...]:
    draft = (f"not yet checked against its source ({instrument.checked.value})",) if instrument.checked.is_draft else ()
    odd = dict.fromkeys(flag for outcome in outcomes for flag in outcome.flags)
    return (*draft, *instrument.warnings, *odd, *_readings(outcomes))


def _readings(outcomes: list[Outcome]) -> Iterable[str]:
    """Each reading with every figure it can come to."""
    figures: dict[str, set[float]] = {}
    for outcome in outcomes:
        for name, figure in outcome.readings:
            figures.setdefault(name, set()).add(round(figure, 2))
    for name, each in figures.items():
        yield f"{name}: {' · '.join(f'{figure:g}' for figure in sorted(each))}"
