"""Every finding of a work-up as a number that can be followed: how it came about, where it is seen, what reads it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, Literal

from enbloc.case.fact import ENTERABLE, FACTS, Fact
from enbloc.case.finding import Finding, Source, SourceKind
from enbloc.follow.result import Workup
from enbloc.present import words
from enbloc.present.content import Mark, ScoreCard
from enbloc.present.gauges import place
from enbloc.present.linking import replaced, stated, with_span
from enbloc.present.topics import topic_of
from enbloc.value import value

Plain = bool | int | float | str
Kind = Literal["measured", "entered", "recorded", "overruled"]


@value
class Number:
    """One finding: the value in force, what it replaced, and the way from the image to the scores that read it."""

    key: str  # what marks, rows and gauges refer to it by: "lesion.volume-A"
    fact: str
    about: str  # "patient", a lesion's id, or a level
    words: str
    value: Plain | tuple[Plain, ...] | None  # nothing where it is a table, a place or a frame
    shown: str
    unit: str
    low: float | None
    high: float | None
    interval: str  # in words
    kind: Kind
    method: str
    source: str  # the file of the case, with the person and the day where somebody stated it
    at: str  # where in the patient, or in the record
    notes: str
    picture: str  # the name of the picture that it is drawn on; empty if there is none
    overruled: str  # the value that was replaced, with its source; empty if none
    because: str  # why it was replaced
    can_be_overruled: bool
    topic: str
    steps: tuple[str, ...]  # how it came about, one step each, and what reads it


def numbers(workup: Workup, cards: Iterable[ScoreCard], seen_on: Mapping[str, str]) -> tuple[Number, ...]:
    """Every finding of the work-up; ``seen_on`` names the picture of each key, ``cards`` are what reads them."""
    readers = _readers(cards)
    return tuple(
        _number(one, seen_on.get(place(one), ""), readers.get(place(one), ())) for one in workup.findings.found
    )


def _readers(cards: Iterable[ScoreCard]) -> dict[str, tuple[str, ...]]:
    """The items of scores that read each number, by its key."""
    held: dict[str, dict[str, None]] = {}
    for card in cards:
        for mark in card.marks:
            for key in linked(mark):
                held.setdefault(key, {})[f"read by {card.name} of {card.at}: {mark.name}"] = None
    return {key: tuple(those) for key, those in held.items()}


def linked(mark: Mark) -> tuple[str, ...]:
    """The keys of every number that stands behind an item: what it was read from, and what is drawn beside it."""
    return tuple(dict.fromkeys((*mark.facts, *(one.place for one in mark.gauges))))


def _number(found: Finding[Any], picture: str, readers: tuple[str, ...]) -> Number:
    named, topic = FACTS[found.fact], topic_of(found.fact)
    span = found.interval
    return Number(
        key=place(found),
        fact=found.fact,
        about=found.about,
        words=named.words,
        value=_plain(found.value) if found.fact in ENTERABLE else None,
        shown=_shown(named, found.value),
        unit=named.unit.value,
        low=span.low if span else None,
        high=span.high if span else None,
        interval=words.interval(span, named.unit) if span else "",
        kind=_kind(found),
        method=found.source.method,
        source=stated(found.source),
        at=words.bare_place(found.source.at_mm) if found.source.at_mm else found.source.place,
        notes="; ".join(found.notes),
        picture=picture,
        overruled=replaced(named, found),
        because=found.source.because,
        can_be_overruled=found.fact in ENTERABLE and _was_measured(found),
        topic=topic.words if topic else "",
        steps=(*_steps(named, found), *readers),
    )


def _kind(found: Finding[Any]) -> Kind:
    if found.overruled is not None:
        return "overruled"
    if found.source.kind is SourceKind.MEASURED:
        return "measured"
    return "entered" if found.source.kind is SourceKind.ENTERED else "recorded"


def _was_measured(found: Finding[Any]) -> bool:
    """Whether the images say something of it, that a person may overrule or has overruled."""
    earlier = found.overruled.source.kind if found.overruled else None
    return SourceKind.MEASURED in (found.source.kind, earlier)


def _plain(held: Any) -> Plain | tuple[Plain, ...]:
    if isinstance(held, tuple):
        return tuple(_single(each) for each in held)
    return _single(held)


def _single(held: Any) -> Plain:
    if isinstance(held, Enum):
        return _single(held.value)
    return held.isoformat() if isinstance(held, datetime.date) else held


def _shown(named: Fact[Any], held: Any) -> str:
    """The value in words; of a table, which stands elsewhere, how long it is."""
    is_table = named.many and named.id not in ENTERABLE
    return words.counted(len(held), "row") if is_table else words.value(named, held)


def _steps(named: Fact[Any], found: Finding[Any]) -> Iterator[str]:
    """The way to a number: of one that a person replaced the measurement first."""
    before = found.overruled
    if before is not None:
        yield from _way(before.source)
        yield f"{before.source.kind.value}: {with_span(named, before.value, before.interval)}"
    yield from _way(found.source)
    if found.interval:
        yield f"as every surface moves by its stated error: {words.interval(found.interval, named.unit)}"
    if found.source.because:
        yield f"because {found.source.because}"


def _way(source: Source) -> Iterator[str]:
    if source.kind is SourceKind.MEASURED:
        yield f"measured in {source.document}{f', {source.place}' if source.place else ''}"
        if source.method:
            yield source.method
    else:
        yield f"{source.kind.value} in {stated(source)}"
