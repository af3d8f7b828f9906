"""Laws of every instrument: total, within its range, every category reached, and partial forms as their completions."""

from __future__ import annotations

import random
from itertools import islice
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import Question, Text, completions, count, possible, questions
from enbloc.stage.instrument import Instrument, Outcome, judged
from enbloc.stage.registry import INSTRUMENTS, RESERVED, instrument

EVERY = 20_000
every_instrument = pytest.mark.parametrize("one", INSTRUMENTS.values(), ids=list(INSTRUMENTS))
CLOSED = {name: one for name, one in INSTRUMENTS.items() if not one.needs}
"""Those whose unknown answers can be gone through; the others compute nothing without what they need."""

every_closed = pytest.mark.parametrize("one", CLOSED.values(), ids=list(CLOSED))
every_open = pytest.mark.parametrize(
    "one", [one for one in INSTRUMENTS.values() if one.needs], ids=[name for name in INSTRUMENTS if name not in CLOSED]
)
WORDS = "2026-11-20"
"""Free words that may stand everywhere, also where a date is asked for."""


def answers(question: Question) -> tuple[Any, ...]:
    return (WORDS,) if isinstance(question.ask, Text) else question.answers


def answers_of(one: Instrument) -> dict[str, tuple[Any, ...]]:
    return {question.name: answers(question) for question in questions(one.form)}


def complete(one: Instrument) -> list[Outcome]:
    """Every outcome of an instrument; of a very large one those of forms chosen at random, and its two ends."""
    answers = answers_of(one)
    answers |= {name: (*each, None) for name, each in answers.items() if one.needs and name not in one.needs}
    if count(answers) <= EVERY:
        chosen: Any = completions(answers)
    else:
        dice = random.Random(20261120)
        chosen = [{name: dice.choice(each) for name, each in answers.items()} for _ in range(4000)]
        chosen += [{name: each[at] for name, each in answers.items()} for at in (0, -1)]
    found = []
    for fields in chosen:
        try:
            found.append(one.form(**fields).outcome)
        except RecordError:
            continue
    return found


@every_instrument
def test_every_form_has_a_known_category_within_the_range(one: Instrument) -> None:
    words = {category.word for category in one.categories}
    outcomes = complete(one)
    assert outcomes
    for outcome in outcomes:
        assert outcome.category in words
        if outcome.total is not None:
            assert one.lowest is None or outcome.total >= one.lowest
            assert one.highest is None or outcome.total <= one.highest
        if outcome.total is not None and one.band is not None:
            assert outcome.category == one.band(outcome.total)
            assert outcome.total == pytest.approx(sum(points for _, points in outcome.points))


@every_closed
def test_every_category_and_both_ends_are_reached(one: Instrument) -> None:
    score = judged(one, {})
    assert score.categories == tuple(category.word for category in one.categories)
    if one.lowest is not None and one.highest is not None:
        assert (min(score.totals), max(score.totals)) == (one.lowest, one.highest)


@every_closed
def test_a_partial_form_gives_exactly_what_its_completions_give(one: Instrument) -> None:
    dice = random.Random(7)
    answers = answers_of(one)
    for _ in range(6):
        known = {name: (dice.choice(each),) for name, each in answers.items()}
        for name in dice.sample(sorted(known), min(3, len(known))):
            del known[name]
        every = []
        for fields in islice(completions(possible(one.form, known)), EVERY):
            try:
                every.append(one.form(**fields).outcome)
            except RecordError:
                continue
        if not every:
            continue
        score = judged(one, known)
        assert set(score.totals) == {outcome.total for outcome in every if outcome.total is not None}
        assert set(score.categories) == {each.category for one_of in every for each in (one_of, *one_of.otherwise)}
        assert len(score.missing) == sum(len(each) > 1 for each in possible(one.form, known).values())


@every_open
def test_without_what_it_needs_an_instrument_computes_nothing_and_asks_for_it(one: Instrument) -> None:
    asked = {question.name: question.ask.words for question in one.questions}
    assert set(one.needs) <= set(asked)
    for name in one.needs:
        known = {other: each[-1:] for other, each in answers_of(one).items() if other != name}
        score = judged(one, known)
        assert (score.totals, score.categories) == ((), ())
        assert score.missing == (asked[name],)
    assert judged(one, {}).missing == tuple(asked[name] for name in asked if name in one.needs)


@every_instrument
def test_what_is_written_is_read_or_refused_in_one_line(one: Instrument) -> None:
    for question in one.questions:
        for answer in answers(question):
            written = getattr(answer, "value", answer)
            assert one.read({question.name: written}) == {question.name: (answer,)}
        wrong: object
        nonsense = "over \n two lines" if isinstance(question.ask, Text) else "nonsense"
        for wrong in (nonsense, -757.5, 1e9, 10**5000, float("nan"), [], {}):
            with pytest.raises(RecordError) as refused:
                one.read({question.name: wrong})
            assert question.name in str(refused.value)
            assert refused.value.remedy
        assert one.read({question.name: "unknown"}) == {}
    with pytest.raises(RecordError, match="no item"):
        one.read({"nonsense": 1})


@every_instrument
def test_an_instrument_says_whom_it_is_for_and_where_it_comes_from(one: Instrument) -> None:
    assert one.population
    assert one.cites
    assert one.version
    assert one.id not in RESERVED
    assert all(question.ask.words for question in one.questions)
    assert instrument(one.id) is one


def test_an_unknown_instrument_names_the_nearest() -> None:
    with pytest.raises(RecordError, match="tokuhashi_2005"):
        instrument("tokuhashi")
