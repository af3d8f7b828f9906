"""What holds for every answer of every closed instrument: all of its complete forms are gone through.

An instrument of more forms than ``EVERY`` is gone through along lines: forms chosen at random, each with one item after
the other varied over all of its answers; in a sweep it is gone through whole where that is possible at all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise, product
from math import nan
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.errors import RecordError
from enbloc.stage.form import Question, Text, count, questions
from enbloc.stage.instrument import Better, Instrument, Outcome, judged
from enbloc.stage.registry import INSTRUMENTS
from tests.sampling import IS_SWEEP

EVERY = 100_000 if IS_SWEEP else 20_000
CONTEXTS = 2_000 if IS_SWEEP else 60
SUBSETS = 300 if IS_SWEEP else 40
SEED = 20261120

Objects = NDArray[Any]


def is_closed(one: Instrument) -> bool:
    return one.judge is None and not one.needs and not any(isinstance(each.ask, Text) for each in one.questions)


CLOSED = {id: one for id, one in INSTRUMENTS.items() if is_closed(one)}
IS_SMALL = {id: count({each.name: each.answers for each in questions(one.form)}) <= EVERY for id, one in CLOSED.items()}


def every(those: dict[str, Instrument]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", those.values(), ids=list(those))


closed = every(CLOSED)
graded = every({id: one for id, one in CLOSED.items() if one.better is not Better.NEITHER})
summed = every({id: one for id, one in CLOSED.items() if one.band is not None})


def outcome(one: Instrument, answers: dict[str, Any]) -> Outcome | None:
    """What a complete form comes to; none if its answers contradict each other."""
    try:
        made: Outcome = one.form(**answers).outcome
    except RecordError:
        return None
    return made


@cache
def all_forms(id: str) -> Objects:
    """The outcome of every complete form, with an axis for each item."""
    one = CLOSED[id]
    asked = questions(one.form)
    cells = np.empty([len(each.answers) for each in asked], object)
    flat = cells.reshape(-1)
    for at, chosen in enumerate(product(*(each.answers for each in asked))):
        flat[at] = outcome(one, dict(zip((each.name for each in asked), chosen, strict=True)))
    return cells


@cache
def some_lines(id: str) -> tuple[Objects, ...]:
    """For each item of a large instrument the outcomes of its answers, shape (forms, answers)."""
    one, dice = CLOSED[id], random.Random(SEED)
    asked = questions(one.form)
    forms = [{each.name: dice.choice(each.answers) for each in asked} for _ in range(CONTEXTS)]
    forms += [{each.name: each.answers[at] for each in asked} for at in (0, -1)]
    lines = [np.empty((len(forms), len(each.answers)), object) for each in asked]
    for each, found in zip(asked, lines, strict=True):
        for row, form in enumerate(forms):
            for at, answer in enumerate(each.answers):
                found[row, at] = outcome(one, form | {each.name: answer})
    return tuple(lines)


def lines(one: Instrument) -> Iterator[tuple[Question, Objects]]:
    """Each item with the outcomes of its answers, all else equal, shape (contexts, answers)."""
    asked = questions(one.form)
    if not IS_SMALL[one.id]:
        yield from zip(asked, some_lines(one.id), strict=True)
        return
    cells = all_forms(one.id)
    for axis, each in enumerate(asked):
        yield each, np.moveaxis(cells, axis, -1).reshape(-1, len(each.answers))


def found(one: Instrument) -> list[Outcome]:
    """Every outcome that was looked at, other published readings of the same answers among them."""
    cells = (
        all_forms(one.id).reshape(-1) if IS_SMALL[one.id] else np.concatenate([x.ravel() for x in some_lines(one.id)])
    )
    return [reading for each in cells if each is not None for reading in (each, *each.otherwise)]


def ranks(one: Instrument, cells: Objects) -> NDArray[np.float64]:
    """The places of categories, best first; NaN where answers contradict each other."""
    place = {category.word: at for at, category in enumerate(one.categories)}
    return numbers(cells, lambda each: place[each.category])


def numbers(cells: Objects, figure: Any) -> NDArray[np.float64]:
    flat = [nan if each is None or (number := figure(each)) is None else number for each in cells.reshape(-1)]
    return np.array(flat, np.float64).reshape(cells.shape)


def points(name: str) -> Any:
    return lambda each: dict(each.points).get(name)


NEAR_OR_FAR = (
    "a segment between two others makes them adjacent, and T3 by the reading of the AJCC counts any that are not"
)
FLARE = "a sclerotic focus while other signs improve counts as partial response whatever else was found"
WINDOW = "growth first seen between 3 and 6 months may be pseudoprogression: earlier or later it is judged"
TURNED_ROUND = "the answer by its number is the worse the higher it is; the domain is turned round"

NOT_IN_ORDER: dict[str, dict[str, str]] = {
    "tnm_8_spine": dict.fromkeys(
        ("right_pedicle", "right_body", "left_body", "left_pedicle", "posterior"), NEAR_OR_FAR
    ),
    "mda_bone": {"new_lesion": FLARE},
}
"""Items of which one answer is better than another in one patient and worse in the next, and why."""

TURNING = {"spino": {"first_seen_months": WINDOW}}
"""Numbers of which neither end is the best, and why."""

MORE_IS_LESS: dict[str, str] = dict.fromkeys(
    ("sosgoq2_physical", "sosgoq2_pain", "sosgoq2_mental", "sosgoq2_social"), TURNED_ROUND
)
"""Instruments of which the points by item run against their total, and why."""

NOT_BY_TOTAL = {"kostuik": "an angulation from 20 degrees on makes unstable whatever the count"}
"""Instruments of which one total can have two categories, and why."""

SIGN = {Better.HIGHER: -1, Better.LOWER: 1}
"""Whether a later category, or a higher total, is worse: categories are declared best first."""


def is_blank(answer: Any) -> bool:
    return bool(getattr(answer, "is_blank", False))


def pairs(question: Question) -> Iterator[tuple[int, int]]:
    """Every two answers of an item, in their order; one left blank leaves the mean, and is on no side of the others."""
    given = [at for at, answer in enumerate(question.answers) if not is_blank(answer)]
    return combinations(given, 2)


@closed
def test_every_outcome_is_declared_and_every_declared_one_is_reached(one: Instrument) -> None:
    outcomes = found(one)
    totals = [each.total for each in outcomes if each.total is not None]
    words = {each.category for each in outcomes}
    ends = (min(totals, default=nan), max(totals, default=nan))
    if one.lowest is not None and not IS_SMALL[one.id]:  # the sample may miss the ends; a sum reaches them item by item
        score = judged(one, {})
        words, ends = words | set(score.categories), (score.totals[0], score.totals[-1])
    assert words == {category.word for category in one.categories}
    if one.lowest is not None or one.highest is not None:
        assert ends == (one.lowest, one.highest)
        assert ends == (min(ends[0], *totals), max(ends[1], *totals))


@summed
def test_where_a_band_is_given_the_sum_of_the_points_decides_alone(one: Instrument) -> None:
    assert one.band is not None
    for each in found(one):
        assert each.total == pytest.approx(sum(of_item for _, of_item in each.points))
        assert each.total is not None
        assert each.category == one.band(each.total)


@closed
def test_the_totals_of_a_category_are_an_interval_in_the_declared_order(one: Instrument) -> None:
    held: dict[str, list[float]] = {category.word: [] for category in one.categories}
    for each in found(one):
        if each.total is not None:
            held[each.category].append(each.total)
    spans = [(min(totals), max(totals)) for totals in held.values() if totals]
    ordered = spans[::-1] if one.better is Better.HIGHER else spans
    in_order = all(before[1] < after[0] for before, after in pairwise(ordered))
    assert in_order is (one.id not in NOT_BY_TOTAL)


@closed
def test_more_points_of_one_item_count_in_one_direction(one: Instrument) -> None:
    against_total, against_category = set(), set()
    turned = -1 if one.id in MORE_IS_LESS else 1
    for question, cells in lines(one):
        of_item = numbers(cells, points(question.name))
        total, rank = numbers(cells, lambda each: each.total), ranks(one, cells)
        for low, high in pairs(question):
            more = turned * np.sign(of_item[:, high] - of_item[:, low])
            if (more * (total[:, high] - total[:, low]) < 0).any():
                against_total.add(question.name)
            if (more * (rank[:, high] - rank[:, low]) * SIGN.get(one.better, 0) < 0).any():
                against_category.add(question.name)
    assert (against_total, against_category) == (set(), set())


@graded
def test_an_answer_is_not_better_in_one_patient_and_worse_in_the_next(one: Instrument) -> None:
    both_ways = set()
    for question, cells in lines(one):
        rank, total = ranks(one, cells), numbers(cells, lambda each: each.total)
        for low, high in pairs(question):
            for change in (rank[:, high] - rank[:, low], total[:, high] - total[:, low]):
                if (change > 0).any() and (change < 0).any():
                    both_ways.add(question.name)
    assert both_ways == set(NOT_IN_ORDER.get(one.id, {}))


@graded
def test_a_number_counts_in_one_direction_over_its_whole_scale(one: Instrument) -> None:
    turning = set()
    for question, cells in lines(one):
        if issubclass(question.kind, int | float) and question.kind is not bool:
            for figures in (ranks(one, cells), numbers(cells, lambda each: each.total)):
                steps = np.diff(figures, axis=1)
                if (steps > 0).any() and (steps < 0).any():
                    turning.add(question.name)
    assert turning == set(TURNING.get(one.id, {}))


@closed
def test_every_item_matters_to_somebody(one: Instrument) -> None:
    idle = {
        question.name
        for question, cells in lines(one)
        if all(each == row[0] for row in cells for each in row)  # a flag or a contradiction matters too
    }
    assert idle == set()


def opened(one: Instrument) -> Iterator[tuple[dict[str, int], list[str]]]:
    """Forms by the places of their answers, each with items that are taken to be open: every subset of a few items."""
    dice = random.Random(SEED)
    asked = [(each.name, len(each.answers)) for each in questions(one.form)]
    names = [name for name, _ in asked]
    subsets = [[name for at, name in enumerate(names) if bits >> at & 1] for bits in range(1, 2 ** min(len(names), 12))]
    for each in subsets if len(subsets) <= SUBSETS else [subsets[-1], *dice.sample(subsets, SUBSETS)]:
        yield {name: dice.randrange(size) for name, size in asked}, each


@closed
def test_a_partial_form_reaches_exactly_what_its_completions_come_to(one: Instrument) -> None:
    asked = {each.name: each for each in questions(one.form)}
    for places, names in opened(one):
        answers = {name: asked[name].answers[at] for name, at in places.items()}
        ways = {name: asked[name].unanswered for name in names}
        if count(ways) > (20_000 if IS_SWEEP else 3_000):
            continue
        every = [
            reading
            for chosen in product(*ways.values())
            if (each := outcome(one, answers | dict(zip(ways, chosen, strict=True)))) is not None
            for reading in (each, *each.otherwise)
        ]
        known = {name: (answer,) for name, answer in answers.items() if name not in ways}
        if not every:
            with pytest.raises(RecordError):
                judged(one, known)
            continue
        score = judged(one, known)
        assert score.totals == tuple(sorted({each.total for each in every if each.total is not None}))
        assert set(score.categories) == {each.category for each in every}
        assert score.missing == tuple(asked[name].ask.words for name in asked if len(ways.get(name, ())) > 1)
