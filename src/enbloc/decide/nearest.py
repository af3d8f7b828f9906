"""The reverse question: the smallest change of one known finding that would put another option first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.fact import ENTERABLE, FACTS, Fact
from enbloc.case.finding import Finding
from enbloc.decide.questions import OF_ITEM, Question, Tried, answers, members, said
from enbloc.decide.recommendation import Nearest, Why
from enbloc.decide.supposing import Basis, Judged, Supposed, suppose
from enbloc.stage.escc import Escc
from enbloc.stage.score import Score
from enbloc.value import value

Size = tuple[int, float]
"""How large a change is: bands or readings passed, then the distance in parts of the limit."""


@value
class Step:
    """A change of one finding, how large it is, and the case after it."""

    size: Size
    nearest: Nearest


def nearest(now: Basis) -> tuple[Nearest, ...]:
    """For each lesion that has a leading option, the nearest change of one finding that takes its place away.

    A change within the interval of a measurement counts as none at all; then the next reading of a word or the next
    band of a number; among equals the smaller part of the limit, then the finding that is read first.
    """
    found = []
    for lesion, judged in now.lesions.items():
        if judged.leading is not None:
            steps = sorted(_steps(now, lesion, judged), key=lambda one: one.size)
            found += [steps[0].nearest] if steps else []
    return tuple(found)


_SCORED: dict[Fact[Any], str] = {
    vocabulary.ESCC_REPORTED: "epidural compression",
    **{named: item for item, named in OF_ITEM.items()},
}
"""Facts that are tried through the score that they settle: what is moved is what the score came to, whoever read it."""


def _steps(now: Basis, lesion: str, judged: Judged) -> Iterator[Step]:
    for question, tried, size in (*_of_scores(now, lesion), *_of_facts(now, judged)):
        scores = _supposed(now.scores, question, tried) if question.about == lesion else None
        then = suppose(now, question.supposing(tried), scores=scores, whole=False)
        if leads := _leading(lesion, judged, then):
            told = Nearest(
                about=lesion,
                fact=question.fact.id,
                of=question.about,
                ask=_SCORED.get(question.fact, question.fact.words),
                now=question.now,
                then=tried.words,
                leading=leads,
            )
            yield Step(size=size, nearest=told)


def _leading(lesion: str, before: Judged, then: Supposed) -> str:
    """The option that would then lead, or that none would; empty if it is the same."""
    moved = then.lesions.get(lesion)
    if moved is None or moved.after.leading is before.leading:
        return ""
    return moved.after.words


Candidate = tuple[Question, Tried, Size]


def _of_scores(now: Basis, lesion: str) -> Iterator[Candidate]:
    """A settled grade of compression moved by one and more, and each settled item of SINS read otherwise."""
    for score in now.scores:
        if score.about == lesion and score.instrument == "sins":
            yield from _of_items(score)
    reckoned = now.lesions[lesion].about.grades
    if len(reckoned) == 1:
        grades = list(Escc)
        here = grades.index(reckoned[0])
        question = _question(vocabulary.ESCC_REPORTED, lesion, f"ESCC {reckoned[0].value}")
        for at, grade in enumerate(grades):
            if at != here:
                tried = Tried(value=vocabulary.EsccReported(grade.value), words=f"ESCC {grade.value}")
                yield question, tried, (abs(at - here), 0.0)


def _of_items(score: Score) -> Iterator[Candidate]:
    for item in score.items:
        named = OF_ITEM.get(item.name)
        if named is not None and item.is_settled:
            order = members(named)
            here = next((at for at, one in enumerate(order) if one.value == item.values[0]), 0)
            question = _question(named, score.about, item.values[0])
            for at, one in enumerate(order):
                if at != here:
                    yield question, Tried(value=one, words=one.value), (abs(at - here), 0.0)


def _supposed(scores: Sequence[Score], question: Question, tried: Tried) -> tuple[Score, ...] | None:
    """A grade that is supposed takes the place of a measured one: both would only widen each other."""
    if question.fact.id != vocabulary.ESCC_REPORTED.id:
        return None
    mine = (question.about, "escc")
    return tuple(
        replace(one, categories=(tried.value.value,)) if (one.about, one.instrument) == mine else one for one in scores
    )


def _of_facts(now: Basis, judged: Judged) -> Iterator[Candidate]:
    for fact, about in judged.placing:
        named = FACTS.get(fact)
        # The kind of a tumour that has a name follows from it, and tissue proves nothing that has no name.
        left_out = (*_SCORED, vocabulary.KIND, *(() if judged.about.histology else (vocabulary.PROVEN,)))
        if named is None or fact not in ENTERABLE or named.many or named in left_out:
            continue
        found = now.known[named, about]
        if isinstance(found, Finding):
            yield from _others(now, named, found)


def _others(now: Basis, named: Fact[Any], found: Finding[Any]) -> Iterator[Candidate]:
    question = _question(named, found.about, said(found.value))
    limits = sorted(now.known.limits.get(named.id, ()))
    for tried in answers(named, limits, now.circumstances.as_of):
        if tried.value != found.value:
            yield question, tried, _size(named, found, tried.value, limits)


def _size(named: Fact[Any], found: Finding[Any], value: Any, limits: Sequence[float]) -> Size:
    if issubclass(named.type, Enum):
        order = members(named)
        return abs(order.index(value) - order.index(found.value)), 0.0
    if named.type in (int, float):
        if found.interval and found.low <= value <= found.high:
            return 0, 0.0
        between = [one for one in limits if min(value, found.value) < one < max(value, found.value)]
        away = min((abs(found.value - one) / max(abs(one), 1.0) for one in between), default=0.0)
        return max(1, len(between)), away
    return 1, 1.0


def _question(named: Fact[Any], about: str, now: str) -> Question:
    return Question(fact=named, about=about, why=Why.UNKNOWN, now=now, answers=())
