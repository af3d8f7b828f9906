"""What could still come out otherwise: every unknown or borderline input that a decisive rule or a score reads.

A number is tried once in each band between the limits that rules hold it against, a word in all its readings, a day
on the day of the case and a year before it. Free text is not tried, but for a histology: there one tumour stands for
each class that the rules tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Unknown
from enbloc.case.fact import ENTERABLE, FACTS, Fact
from enbloc.case.finding import Finding, Source, SourceKind
from enbloc.case.lesion import LesionKind
from enbloc.decide.histology import Histology, histologies
from enbloc.decide.recommendation import Why
from enbloc.decide.supposing import Basis
from enbloc.value import value

OF_ITEM: dict[str, Fact[Any]] = {
    "pain": vocabulary.PAIN,
    "bone lesion": vocabulary.BONE_REPORTED,
    "alignment": vocabulary.ALIGNMENT_REPORTED,
    "collapse": vocabulary.COLLAPSE_REPORTED,
    "posterolateral involvement": vocabulary.POSTEROLATERAL_REPORTED,
}
"""The fact by which a person settles each item of SINS."""

_ANSWERED_HERE = (vocabulary.DRAFTS_USED,)
"""What the decision itself shows and nobody need be asked."""

_YEAR = timedelta(days=365)
_MOST_WORDS = 24
_NONE = "none"
_KINDS = tuple(kind.value for kind in LesionKind)


@value
class Tried:
    """One answer that is tried, and how it is said."""

    value: Any
    words: str


@value
class Question:
    """An input in question, about whom, and every answer that is tried."""

    fact: Fact[Any]
    about: str
    why: Why
    now: str = ""
    answers: tuple[Tried, ...]

    def supposing(self, tried: Tried) -> tuple[Finding[Any], ...]:
        """The findings that this answer would be: a tumour gets its name from tissue."""
        named: list[tuple[Fact[Any], Any]] = [(self.fact, tried.value)]
        if self.fact is vocabulary.HISTOLOGY and self.why is Why.UNKNOWN:
            named.append((vocabulary.PROVEN, True))
        source = Source(kind=SourceKind.ENTERED, document="supposed")
        return tuple(Finding(fact=one.id, about=self.about, value=value, source=source) for one, value in named)


def questions(now: Basis) -> Iterator[Question]:
    """Every input of a case that is not settled, each once."""
    seen = set()
    for one in (*_of_scores(now), *_of_facts(now), *_overruled(now)):
        key = (one.fact.id, one.about, one.why is Why.OVERRULED)
        if key not in seen and one.answers:
            seen.add(key)
            yield one


def _of_scores(now: Basis) -> Iterator[Question]:
    """The open items of SINS, and the grade of compression, as a person would settle them."""
    for score in now.scores:
        for item in score.items if score.instrument == "sins" else ():
            named = OF_ITEM.get(item.name)
            if named is not None and not item.is_settled:
                words = [one for one in members(named) if one.value in item.values]
                why = Why.BORDERLINE if item.borderline else Why.UNKNOWN
                yield Question(fact=named, about=score.about, why=why, answers=_words(words))
        reported = now.known.value(vocabulary.ESCC_REPORTED, score.about)
        if score.instrument == "escc" and len(score.categories) > 1 and reported is None:
            grades = [one for one in vocabulary.EsccReported if one.value in score.categories]
            why = Why.BORDERLINE if score.is_borderline else Why.UNKNOWN
            yield Question(fact=vocabulary.ESCC_REPORTED, about=score.about, why=why, answers=_words(grades))


def _of_facts(now: Basis) -> Iterator[Question]:
    for key in dict.fromkeys(key for lesion in now.lesions.values() for key in lesion.readers):
        named, about = FACTS.get(key[0]), key[1]
        if named is None or named.id not in ENTERABLE or named in _ANSWERED_HERE:
            continue
        found = now.known[named, about]
        limits = sorted(now.known.limits.get(named.id, ()))
        if isinstance(found, Unknown):
            tried = answers(named, limits, now.circumstances.as_of)
            yield Question(fact=named, about=about, why=Why.UNKNOWN, answers=tried)
        elif found.interval and any(found.interval.spans(limit) for limit in limits):
            inside = [one for one in limits if found.low < one < found.high]
            tried = _bands(named, (found.low, *inside, found.high))
            yield Question(fact=named, about=about, why=Why.BORDERLINE, now=f"{found.value:g}", answers=tried)
    for lesion in now.lesions:
        if isinstance(now.known[vocabulary.HISTOLOGY, lesion], Unknown):
            stated = now.known.value(vocabulary.KIND, lesion)
            tried = tuple(_tumours(LesionKind(stated) if stated else None))
            yield Question(fact=vocabulary.HISTOLOGY, about=lesion, why=Why.UNKNOWN, answers=tried)


def _overruled(now: Basis) -> Iterator[Question]:
    """What a person overruled: the case as it would be with the value that was replaced."""
    for found in now.known.found:
        before = found.overruled
        if before is not None and not isinstance(before.value, tuple):
            tried = (Tried(value=before.value, words=said(before.value)),)
            named = FACTS[found.fact]
            yield Question(fact=named, about=found.about, why=Why.OVERRULED, now=said(found.value), answers=tried)


def answers(named: Fact[Any], limits: Sequence[float], today: date | None) -> tuple[Tried, ...]:
    """The answers that a fact is tried with, its numbers in bands between the ``limits``."""
    if named.id == vocabulary.KIND.id:
        return _words(_KINDS)
    if named.type is bool:
        return (Tried(value=True, words="yes"), Tried(value=False, words="no"))
    if issubclass(named.type, Enum):
        return _of_words(named)
    if named.type in (date, datetime):
        return _days(named, today)
    if named.type is int:
        return _counts(named, limits)
    return _bands(named, _ends(named, limits)) if named.type is float and limits else ()


def _of_words(named: Fact[Any]) -> tuple[Tried, ...]:
    each = members(named)
    if len(each) > _MOST_WORDS:
        return ()
    if not named.many:
        return _words(each)
    named_none = [one for one in each if said(one) == _NONE]
    nothing = () if named_none else (Tried(value=(), words=_NONE),)
    return (*nothing, *(Tried(value=(one,), words=said(one)) for one in each))


def members(named: Fact[Any]) -> list[Any]:
    """The words that a fact may hold, in the order of its list."""
    kind: Any = named.type
    return list(kind)


def _words(those: Iterable[Any]) -> tuple[Tried, ...]:
    return tuple(Tried(value=one, words=said(one)) for one in those)


def said(given: Any) -> str:
    """A value as it is told: a word, a number, yes or no."""
    if isinstance(given, bool):
        return "yes" if given else "no"
    held = getattr(given, "value", given)
    return f"{held:g}" if isinstance(held, float) else str(held)


def _days(named: Fact[Any], today: date | None) -> tuple[Tried, ...]:
    if today is None:
        return ()
    days = ((today, "on the day of the case"), (today - _YEAR, "a year earlier"))
    if named.type is datetime:
        return tuple(Tried(value=datetime.combine(day, time()), words=words) for day, words in days)
    return tuple(Tried(value=day, words=words) for day, words in days)


def _counts(named: Fact[Any], limits: Iterable[float]) -> tuple[Tried, ...]:
    low, high = named.low, named.high
    near = sorted({int(limit) + step for limit in limits for step in (-1, 0, 1)})
    kept = [one for one in near if (low is None or one >= low) and (high is None or one <= high)]
    return tuple(Tried(value=one, words=str(one)) for one in kept)


def _ends(named: Fact[Any], limits: Sequence[float]) -> tuple[float, ...]:
    """The limits with an end below and above them, within what is plausible."""
    span = max(1.0, abs(limits[-1]))
    low = named.low if named.low is not None else limits[0] - span
    high = named.high if named.high is not None else limits[-1] + span
    return (*((low,) if low < limits[0] else ()), *limits, *((high,) if high > limits[-1] else ()))


def _bands(named: Fact[Any], edges: Sequence[float]) -> tuple[Tried, ...]:
    """One number inside each band, said by the edges of the band; a single band by both of its ends."""
    made, last = [], len(edges) - 2
    for at, (low, high) in enumerate(pairwise(edges)):
        unit = f" {named.unit.value}".rstrip(" -")
        words = f"{low:g} to {high:g}{unit}"
        if last:
            words = f"under {high:g}{unit}" if at == 0 else f"over {low:g}{unit}" if at == last else words
        made.append(Tried(value=round((low + high) / 2, 6), words=words))
    return tuple(made)


@cache
def _classes() -> tuple[Histology, ...]:
    """The first tumour of each class that the branches tell apart."""
    first: dict[tuple[object, ...], Histology] = {}
    for one in histologies():
        if one.kind is not None:
            first.setdefault((one.kind, one.row, one.wants_en_bloc, one.is_intradural), one)
    return tuple(first.values())


def _tumours(kind: LesionKind | None) -> Iterator[Tried]:
    for one in _classes():
        if kind is None or kind in one.kinds:
            yield Tried(value=one.name, words=f"one like {one.name}")
