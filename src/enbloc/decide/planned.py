"""What many rules ask of a planned act: when it is done, whether it can wait, and whether doses of adults hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from enbloc.case import fact as vocabulary
from enbloc.case.answer import Answer, Unknown, unknown
from enbloc.case.patient import Sex
from enbloc.decide.acts import SURGERY
from enbloc.decide.remembering import once
from enbloc.decide.situation import Situation
from enbloc.evidence import Checked, Threshold, project_value

ADULT_FROM = Threshold(
    name="age from which doses of adults hold",
    number=18,
    unit="years",
    comparator=">=",
    source="pathway (STOP-35)",
    checked=Checked.OURS,
    since="2026-11-20",
)
COMPLETED = project_value("years by which a birth year may overstate the age", 1, "years", "<=", source="STOP-35")
"""The record holds the year of birth alone, so that the birthday of this year may still lie ahead."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

Span = tuple[datetime, datetime]
"""The earliest and the latest moment of something of which the hour may not be known."""


@once
def is_adult(about: Situation) -> Answer:
    """Whether the patient has completed eighteen years; open in the year of the eighteenth birthday."""
    age = about.known(vocabulary.AGE)
    if age is None:
        return unknown(vocabulary.AGE.ask)
    if age - COMPLETED.number >= ADULT_FROM.number:
        return True
    return False if age < ADULT_FROM.number else unknown("day of birth: is the patient eighteen already?")


def adult_dose(about: Situation, words: str) -> str:
    """A sentence with a dose of adults; of a child, or where the age is not known, that it must not be used."""
    if is_adult(about) is True:
        return words
    return (
        f"The dose of adults does not apply under {ADULT_FROM.number:g} years or while the age is unknown: ask a "
        "paediatric oncologist or pharmacist."
    )


def adult_figures(about: Situation, words: str) -> str:
    """A sentence with an outcome of adults; of a child, or where the age is not known, with the words that say so."""
    return words if is_adult(about) is True else f"{words} These are figures of adults."


def in_turn(*answers: Answer) -> Answer:
    """Whether all hold, as ``all_of``; of several that are open only the first is asked for.

    For questions that make sense one after the other: nobody is asked for the calcium of a drug that is not planned.

    Examples
    --------
    >>> in_turn(True, unknown("first"), unknown("second"))
    Unknown(ask=frozenset({'first'}))
    >>> in_turn(unknown("first"), False)
    False
    """
    if any(answer is False for answer in answers):
        return False
    return next((answer for answer in answers if isinstance(answer, Unknown)), True)


def said(answers: Mapping[str, Answer]) -> str:
    """The words of what holds, in a sentence."""
    words = ", ".join(words for words, answer in answers.items() if answer is True)
    return f"{words[:1].upper()}{words[1:]}."


def is_open(about: Situation) -> bool:
    """Whether an act is judged that makes a wound."""
    return about.is_act(*SURGERY)


def span_of(day: date) -> Span:
    """A day whose hour is not known."""
    start = datetime.combine(day, time())
    return start, start + DAY


def span_at(moment: datetime) -> Span:
    """A moment of the record; midnight is how a day is written of which the hour is not known."""
    local = moment.replace(tzinfo=None)
    return span_of(local.date()) if local.time() == time() else (local, local)


@once
def operation_span(about: Situation) -> Span | None:
    """When the planned act begins: its hour, otherwise its day, otherwise the day of the case."""
    at = about.known(vocabulary.OPERATION_AT)
    if at is not None:
        return span_at(at)
    return None if about.today is None else span_of(about.today)


def operation_day(about: Situation) -> date | None:
    """The day of the planned act, otherwise the day of the case."""
    span = operation_span(about)
    return None if span is None else span[0].date()


def is_shorter(since: Span, until: Span, limit: timedelta, ask: str) -> Answer:
    """Whether less than ``limit`` passes between two moments; open where an hour that is not known decides it."""
    longest, shortest = until[1] - since[0], until[0] - since[1]
    if longest < limit:
        return True
    return False if shortest >= limit else unknown(ask)


def lies_ahead(day: date, about: Situation) -> bool:
    """Whether something that has happened is dated after the day of the case."""
    return about.today is not None and day > about.today


@once
def may_be_pregnant(about: Situation) -> Answer:
    """Whether there is a pregnancy."""
    return False if about.known(vocabulary.SEX) is Sex.MALE else about.answer(vocabulary.PREGNANT)
