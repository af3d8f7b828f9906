"""Contradictions of dates: what is said to have happened after the day of the case, after death or before birth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from enbloc.case import fact as vocabulary
from enbloc.case.fact import Fact, Subject
from enbloc.decide.contradictions_of_state import DOSES
from enbloc.decide.contradictory import PATIENT, Contradiction, Side, Stated, between, place
from enbloc.value import value

PAST: tuple[Fact[Any], ...] = (
    *DOSES,
    vocabulary.PRESENTED,
    vocabulary.DECIDED,
    vocabulary.PARAPLEGIC_SINCE,
    vocabulary.OPERATION_ENDED,
    vocabulary.PROXIMAL_THROMBOSIS_ON,
    vocabulary.BACTERAEMIA_ON,
    vocabulary.BLOOD_COUNT_AT,
    vocabulary.MRI_ON,
)
"""Days of what has happened."""

PLANNED: tuple[Fact[Any], ...] = (
    vocabulary.OPERATION_AT,
    vocabulary.RADIOTHERAPY_DAY,
    vocabulary.PLANNING_MRI_ON,
    vocabulary.BOARD_DEADLINE,
)
"""Days of what may lie ahead."""

_LEFT = (vocabulary.DECIDED,)
"""Without the day of the decision a stop would hold that nothing was decided; one that lies ahead leaves it open."""

_TO_THE_LIVING = (*PAST, vocabulary.OPERATION_AT, vocabulary.RADIOTHERAPY_DAY, vocabulary.PLANNING_MRI_ON)


@value
class Dated:
    """A day of the record: its side, and what is withheld if it is doubted."""

    day: date
    side: Side
    withheld: tuple[tuple[str, str], ...] = ()
    treatments: tuple[int, ...] = ()
    places: tuple[str, ...] = ()


def of_time(stated: Stated) -> Iterator[Contradiction]:
    """Every contradiction of a date."""
    happened = (*_facts(stated, (*PAST, vocabulary.DIED_ON)), *_places(stated), *_treatments(stated))
    yield from _ahead(stated, happened)
    yield from _after_death(stated)
    yield from _backwards(stated)
    yield from _before_birth(stated)


def _ahead(stated: Stated, happened: tuple[Dated, ...]) -> Iterator[Contradiction]:
    """What has happened after the day that the record speaks of."""
    today = stated.case.stands_at
    if today is None:
        return
    for one in happened:
        if one.day > today:
            yield _between(one, place("as_of", "day of the case", today), because="it lies ahead")


def _after_death(stated: Stated) -> Iterator[Contradiction]:
    """What is done to the living after the day of death, also what is planned."""
    died = stated.value(vocabulary.DIED_ON, PATIENT)
    if died is None:
        return
    for one in (*_facts(stated, _TO_THE_LIVING), *_places(stated), *_treatments(stated)):
        if one.day > died:
            key = (vocabulary.DIED_ON.id, PATIENT)
            yield _between(
                one, stated.side(vocabulary.DIED_ON, PATIENT), because="it lies after the death", also=(key,)
            )


def _backwards(stated: Stated) -> Iterator[Contradiction]:
    """A treatment that ended before it began."""
    for at, one in enumerate(stated.case.treatments):
        if one.started and one.ended and one.ended < one.started:
            began, ended = (_of_treatment(stated, at, key) for key in ("started", "ended"))
            yield between(began, ended, because="it cannot end before it begins", treatments=(at,))


def _before_birth(stated: Stated) -> Iterator[Contradiction]:
    born = stated.case.patient.birth_year
    if born is None:
        return
    for one in _treatments(stated):
        if one.day.year < born:
            birth = place("patient.birth_year", "year of birth", born)
            keys = stated.numbers((vocabulary.AGE,), PATIENT)
            yield _between(one, birth, because="nobody is treated before birth", also=keys)


def _between(one: Dated, other: Side, *, because: str, also: tuple[tuple[str, str], ...] = ()) -> Contradiction:
    withheld = (*one.withheld, *also)
    return between(one.side, other, because=because, withheld=withheld, treatments=one.treatments, places=one.places)


def _facts(stated: Stated, facts: tuple[Fact[Any], ...]) -> Iterator[Dated]:
    for named in facts:
        for about in (PATIENT,) if named.about is Subject.PATIENT else tuple(stated.lesions):
            held = stated.value(named, about)
            if held is not None:
                day = held.date() if isinstance(held, datetime) else held
                withheld = () if named in _LEFT else ((named.id, about),)
                yield Dated(day=day, side=stated.side(named, about), withheld=withheld)


def _places(stated: Stated) -> Iterator[Dated]:
    """The days that stand in the record itself: of the examination, of the deficit, of the images."""
    now = stated.case.neurology
    days = {"neurology.examined": ("neurological examination", now.examined)}
    days["neurology.since"] = ("beginning of the deficit", now.since)
    days |= {f"images.{role}.date": (f"image {role}", image.date) for role, image in stated.case.images.items()}
    for where, (words, day) in days.items():
        if day is not None:
            yield Dated(day=day, side=place(where, words, day), places=(where,))


def _treatments(stated: Stated) -> Iterator[Dated]:
    """The days of every treatment; both of one are withheld, for the first must not stand for the last."""
    for at, one in enumerate(stated.case.treatments):
        for key, day in (("started", one.started), ("ended", one.ended)):
            if day is not None:
                yield Dated(day=day, side=_of_treatment(stated, at, key), treatments=(at,))


def _of_treatment(stated: Stated, at: int, key: str) -> Side:
    one = stated.case.treatments[at]
    words = f"{'first' if key == 'started' else 'last'} day of the {one.kind.value}"
    return place(f"treatments[{at}].{key}", words, getattr(one, key))
