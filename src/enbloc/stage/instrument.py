"""An instrument of the field: what it asks, whom it is for, how it scores, and what its categories meant when made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import Any

from enbloc.errors import RecordError
from enbloc.evidence import Checked, Citation
from enbloc.stage.form import Ask, Known, Question, completions, count, questions, read_answers
from enbloc.stage.population import Cohort, SurvivalFigure, Tumour
from enbloc.stage.score import Also, Item, Score
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
    """A result in words, and what it meant in the patients it was made from; ``survival`` how long these lived."""

    word: str
    published: str = ""
    survival: tuple[SurvivalFigure, ...] = ()


@value
class Outcome:
    """What a complete form comes to: points by item, their total, the category, and what is odd about it.

    ``readings`` are other figures or words for the same answers that are published beside the total, each under its
    name: an index, a group, the total read another way. ``otherwise`` is what another published reading of the same
    answers comes to, where the source leaves a threshold open.
    """

    points: tuple[tuple[str, float], ...] = ()
    total: float | None = None
    category: str
    flags: tuple[str, ...] = ()
    readings: tuple[tuple[str, float | str], ...] = ()
    otherwise: tuple[Outcome, ...] = ()


TUMOUR = Question(name="tumour", kind=Tumour, ask=Ask(words="kind of tumour"))
"""Asked by every instrument that is not for all of them."""


@value
class Instrument:
    """One published instrument.

    ``band`` is given where the total is the sum of the items and decides the category alone: then a form with many
    items can be judged while most of them are open. ``averaged`` is given for the same reason where the sum of the
    points and the number of items that were answered decide: an item that was not answered has no points at all.
    ``judge`` is given where an instrument reaches its own results because its answers are too many to go through.
    ``needs`` are the items without which nothing is computed, given where items are continuous numbers or words, whose
    unknown values cannot be gone through; any other item of such a form may then be None. ``tumours`` are those that
    it is for, where it is not for all. ``unit`` is that of the total, where it is a measure and no points. ``reads`` is
    given where a form is also written in blocks: it makes items and answers of them.
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
    unit: str = ""
    band: Callable[[float], str] | None = None
    averaged: Callable[[float, int], Outcome] | None = None
    judge: Callable[[Instrument, Known], Score] | None = None
    reads: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None
    needs: tuple[str, ...] = ()
    tumours: tuple[Tumour, ...] = ()
    cohort: Cohort | None = None
    is_survival: bool = False
    validations: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    licence: str = "published scale, free to use"
    checked: Checked
    cites: tuple[Citation, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Its items, in the order of the form; then the kind of tumour if it is not for all."""
        return (*questions(self.form), *((TUMOUR,) if self.tumours else ()))

    def read(self, written: Mapping[str, object]) -> Known:
        """What is known of its form as somebody filled it in; what is left out or ``unknown`` stays open.

        Raises
        ------
        RecordError
            If a key is no item, or an item cannot be what is written.
        """
        return read_answers(self.questions, written if self.reads is None else self.reads(written))


def judged(instrument: Instrument, known: Known, *, about: str = "form", at: str = "") -> Score:
    """Every total and category that agrees with what is known; exactly one if nothing is open.

    Raises
    ------
    RecordError
        If an item is no item of the form, no complete form is allowed, or the instrument is not for such a tumour.
    """
    _fitting(instrument, known)
    admitted = _admitted(instrument, known)
    asked = {name: answers for name, answers in known.items() if name != TUMOUR.name or not instrument.tumours}
    if instrument.judge is not None:
        score = replace(instrument.judge(instrument, asked), about=about, at=at)
        return replace(score, flags=(*score.flags, *admitted))
    answers = _possible(instrument, asked)
    outcomes = [each for outcome in _reached(instrument, answers) for each in (outcome, *outcome.otherwise)]
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
        missing=tuple(_missing(instrument, answers)),
        flags=(*dict.fromkeys(flag for outcome in outcomes for flag in outcome.flags), *admitted),
        warnings=instrument.warnings,
        checked=instrument.checked,
        also=tuple(_also(outcomes)),
        cites=instrument.cites,
        version=instrument.version,
    )


def _fitting(instrument: Instrument, known: Known) -> None:
    """Refuse what is no item, no answer to it, or leaves it no answer at all."""
    kinds = {one.name: one for one in instrument.questions}
    for name, answers in known.items():
        if name not in kinds:
            raise RecordError(f"{instrument.name} has no item {name!r}.", remedy="See 'enbloc stage --list'.")
        if not answers:
            raise RecordError(f"Nothing is left that {name} could be.", remedy="Leave it out if it is unknown.")
        for answer in answers:
            if issubclass(kinds[name].kind, Enum) and not isinstance(answer, kinds[name].kind):
                raise RecordError(f"{name} cannot be {answer!r}.", remedy=f"Give one of: {kinds[name].allowed}.")


def _admitted(instrument: Instrument, known: Known) -> tuple[str, ...]:
    """Nothing where the tumour is one that the instrument is for; a flag where that is not known."""
    if not instrument.tumours:
        return ()
    tumours = known.get(TUMOUR.name) or tuple(Tumour)
    meant = " or ".join(tumour.value for tumour in instrument.tumours)
    if not set(tumours) & set(instrument.tumours):
        kinds = " or ".join(tumour.value for tumour in tumours)
        raise RecordError(
            f"{instrument.name} is not for this tumour ({kinds}): it was made for {instrument.population}.",
            remedy=f"Use it for {meant} only.",
        )
    return () if set(tumours) <= set(instrument.tumours) else (f"for {meant} only: the kind of tumour is not known",)


def _possible(instrument: Instrument, known: Known) -> dict[str, tuple[Any, ...]]:
    """For every item the answers that are possible; none where an unknown one cannot be gone through."""
    unanswered = {one.name: () if instrument.needs else one.unanswered for one in questions(instrument.form)}
    return {name: known.get(name) or answers for name, answers in unanswered.items()}


def _reached(instrument: Instrument, answers: Mapping[str, tuple[Any, ...]]) -> list[Outcome]:
    if not instrument.needs:
        return _summed(instrument, answers) if count(answers) > MOST_FORMS else _outcomes(instrument, answers)
    if any(not answers[name] for name in instrument.needs):
        return []
    return _outcomes(instrument, {name: each or (None,) for name, each in answers.items()})


def _missing(instrument: Instrument, answers: Mapping[str, tuple[Any, ...]]) -> Iterable[str]:
    """What to ask for: the items that are open, or those without which nothing is computed."""
    return (one.ask.words for one in questions(instrument.form) if _is_missing(instrument, one, answers))


def _is_missing(instrument: Instrument, one: Question, answers: Mapping[str, tuple[Any, ...]]) -> bool:
    return len(answers[one.name]) > 1 or (one.name in instrument.needs and not answers[one.name])


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
    # Forms that come to the same may share their outcome: each is gone through once.
    return list({id(outcome): outcome for outcome in found}.values())


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
    readings = tuple((name, figure) for name in names for figure in _sums(steps, partial(_reading, name)))
    totals = _sums(steps, lambda outcome: outcome.total or 0.0)
    return [Outcome(total=total, category=instrument.band(total), flags=flags, readings=readings) for total in totals]


def _averaged(
    instrument: Instrument, outcome: Callable[[float, int], Outcome], answers: Mapping[str, tuple[Any, ...]]
) -> list[Outcome]:
    """The outcomes of a mean, item by item: every sum of points with every number of items answered, each once."""
    start = {one.name: one.answers[0] for one in questions(instrument.form)}
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


def _sums(steps: Mapping[str, list[Outcome]], figure: Callable[[Outcome], float]) -> list[float]:
    """Every sum that can be reached by changing the items one after the other, from the first answer of each."""
    base = figure(next(iter(steps.values()))[0])
    sums = {base}
    for each in steps.values():
        sums = {round(so_far + figure(outcome) - base, 6) for so_far in sums for outcome in each}
    return sorted(sums)


def _reading(name: str, outcome: Outcome) -> float:
    """A figure by its name; the total where these answers have no other reading."""
    figure = dict(outcome.readings).get(name, outcome.total or 0.0)
    assert not isinstance(figure, str), name  # a sum has figures beside its total, never words
    return figure


def _items(instrument: Instrument, answers: Mapping[str, tuple[Any, ...]], outcomes: list[Outcome]) -> Iterable[Item]:
    reached: dict[str, set[float]] = {}
    for outcome in outcomes:
        for name, points in outcome.points:
            reached.setdefault(name, set()).add(points)
    for one in questions(instrument.form):
        ascending = sorted(reached.get(one.name, ()))
        yield Item(
            name=one.name,
            values=tuple(_said(answer) for answer in answers[one.name]),
            points=tuple(whole(each) for each in ascending),
            ask=one.ask.words if _is_missing(instrument, one, answers) else "",
        )


def _out_of(instrument: Instrument) -> int | None:
    """The most points there are; nothing where that is no whole number, for "of 12" would be wrong beside 12.5."""
    most = instrument.highest
    return int(most) if most is not None and float(most).is_integer() else None


def whole(number: float) -> int | float:
    """A whole number as such, so that 7 points are not 7.0."""
    return int(number) if float(number).is_integer() else number


def _said(answer: object) -> str:
    if isinstance(answer, Enum | str):
        return str(answer.value if isinstance(answer, Enum) else answer)
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else f"{answer:g}"


def _also(outcomes: list[Outcome]) -> Iterable[Also]:
    """Each reading with every figure it can come to, ascending, or every word, in the order of the answers."""
    reached: dict[str, dict[float | str, None]] = {}
    for outcome in outcomes:
        for name, reading in outcome.readings:
            reached.setdefault(name, {})[reading if isinstance(reading, str) else round(reading, 2)] = None
    for name, each in reached.items():
        numbers = sorted(number for number in each if not isinstance(number, str))
        words = [word for word in each if isinstance(word, str)]
        yield Also(name=name, values=(*(f"{number:g}" for number in numbers), *words))
