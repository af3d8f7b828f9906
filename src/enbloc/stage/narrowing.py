"""What to ask for first: how much of an open result the answer to each open item would leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from enbloc.errors import RecordError
from enbloc.stage.form import Known, Question, completions, count
from enbloc.stage.instrument import MOST_FORMS, TUMOUR, Instrument, judged
from enbloc.value import value

MOST_BEFORE_SUMS = 4_000
"""Beyond so many complete forms a sum is reached item by item, which takes no time at all."""

Reached = Mapping[Any, set[Any]]
"""For each answer of an item the categories (or the totals, if the category is settled) that it leaves."""


@value
class Narrowing:
    """What the answer to one open item would leave of a result: at best, at most, and on average over its answers.

    ``left`` counts categories, or totals where the category is settled already; ``of`` is how many there are now.
    """

    item: str
    words: str
    fewest: int
    most: int
    average: float
    of: int


def narrowings(instrument: Instrument, known: Known) -> tuple[Narrowing, ...]:
    """Every open item of a result by how much its answer would leave on average, the best to ask for first.

    Nothing where the instrument reaches its result by a judgement of its own, or computes nothing yet.

    Examples
    --------
    >>> from enbloc.stage.performance.ecog import ECOG
    >>> [(one.item, one.fewest, one.most, one.of) for one in narrowings(ECOG, {})]
    [('status', 1, 1, 6)]
    """
    if instrument.judge is not None or any(not known.get(name) for name in instrument.needs):
        return ()
    asked = {name: answers for name, answers in known.items() if name != TUMOUR.name or not instrument.tumours}
    items = tuple(one for one in instrument.questions if one != TUMOUR)
    answers = {one.name: asked.get(one.name) or _open(instrument, one) for one in items}
    open_ = [one for one in items if len(answers[one.name]) > 1]
    if instrument.band is not None and count(answers) > MOST_BEFORE_SUMS:
        found = _by_sum(instrument, instrument.band, open_, answers)
    elif count(answers) > MOST_FORMS:
        found = [(one, _by_answer(instrument, asked, one, answers[one.name])) for one in open_]
    else:
        found = _by_form(instrument, open_, answers)
    told = [_told(one, reached) for one, reached in found if reached]
    return tuple(sorted(told, key=lambda one: one.average))


def _open(instrument: Instrument, one: Question) -> tuple[Any, ...]:
    return (None,) if instrument.needs else one.unanswered


def _by_form(
    instrument: Instrument, open_: Iterable[Question], answers: Mapping[str, tuple[Any, ...]]
) -> list[tuple[Question, Reached]]:
    """What each answer leaves, by going once through every complete form."""
    outcomes = list(_outcomes(instrument, answers))
    by_total = len({category for _, category, _ in outcomes}) == 1
    found: list[tuple[Question, Reached]] = []
    for one in open_:
        reached: dict[Any, set[Any]] = {}
        for chosen, category, total in outcomes:
            reached.setdefault(chosen[one.name], set()).add(total if by_total else category)
        found.append((one, reached))
    return found


def _outcomes(
    instrument: Instrument, answers: Mapping[str, tuple[Any, ...]]
) -> Iterator[tuple[dict[str, Any], str, float | None]]:
    for chosen in completions(answers):
        try:
            outcome = instrument.form(**chosen).outcome
        except RecordError:
            continue  # answers that contradict each other
        for each in (outcome, *outcome.otherwise):
            yield chosen, each.category, each.total


def _by_sum(
    instrument: Instrument,
    band: Callable[[float], str],
    open_: Iterable[Question],
    answers: Mapping[str, tuple[Any, ...]],
) -> list[tuple[Question, Reached]]:
    """What each answer leaves of a sum: what the answer adds, with everything that the other items can add."""
    start = {name: each[0] for name, each in answers.items()}
    base = instrument.form(**start).outcome.total or 0.0
    adds = {
        name: {answer: (instrument.form(**(start | {name: answer})).outcome.total or 0.0) - base for answer in each}
        for name, each in answers.items()
    }
    found: list[tuple[Question, Reached]] = []
    for one in open_:
        others = {base}
        for name, each in adds.items():
            if name != one.name:
                others = {round(so_far + more, 6) for so_far in others for more in set(each.values())}
        reached = {answer: {round(other + own, 6) for other in others} for answer, own in adds[one.name].items()}
        by_total = len({band(total) for totals in reached.values() for total in totals}) == 1
        found.append((one, reached if by_total else {a: {band(t) for t in totals} for a, totals in reached.items()}))
    return found


def _by_answer(instrument: Instrument, known: Known, one: Question, answers: Iterable[Any]) -> Reached:
    """What each answer leaves, by judging the instrument with it: a sum of many items is reached item by item."""
    scores = {answer: judged(instrument, {**known, one.name: (answer,)}) for answer in answers}
    by_total = len({category for score in scores.values() for category in score.categories}) == 1
    return {answer: set(score.totals if by_total else score.categories) for answer, score in scores.items()}


def _told(one: Question, reached: Reached) -> Narrowing:
    left = [len(each) for each in reached.values()]
    return Narrowing(
        item=one.name,
        words=one.ask.words,
        fewest=min(left),
        most=max(left),
        average=round(sum(left) / len(left), 6),
        of=len(set().union(*reached.values())),
    )
