"""What was said about a case in a meeting beside its decision: questions, and second looks once they were revealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from enbloc.case.board import SecondLook
from enbloc.present import words
from enbloc.present.decision_sheet import Voice, moment
from enbloc.value import value


@value
class Asked:
    """A question that somebody put to the meeting about a case; ``by`` is a sign-in name."""

    words: str
    by: str
    at: datetime


@value
class Looked:
    """The second looks at one lesion: how many were given, and all of them if they were revealed, because of what."""

    lesion: str
    given: int
    because: str = ""
    looks: tuple[SecondLook, ...] = ()


@value
class AskedRow:
    """A question in words."""

    words: str
    by: str
    at: str


@value
class Named:
    """An option, and who would lead with it."""

    option: str
    voices: tuple[Voice, ...]


@value
class LookedRow:
    """The second looks at a lesion in words; without ``named`` they were not revealed."""

    lesion: str
    standing: str
    named: tuple[Named, ...]


def asked_rows(those: Sequence[Asked], names: Mapping[str, str]) -> tuple[AskedRow, ...]:
    """Questions in the order in which they were put."""
    return tuple(AskedRow(words=one.words, by=names.get(one.by, one.by), at=moment(one.at)) for one in those)


def looked_row(one: Looked, names: Mapping[str, str], spoken: Mapping[str, str]) -> LookedRow:
    """Second looks at a lesion, the option that most would lead with first, as it was called."""
    named = tuple(_named(one.looks, names, spoken))
    return LookedRow(lesion=one.lesion, standing=_standing(one), named=named)


def _standing(one: Looked) -> str:
    given = f"{words.counted(one.given, 'second look')} given blind"
    return f"{given}, revealed: {one.because}" if one.looks else f"{given} and not revealed"


def _named(looks: Sequence[SecondLook], names: Mapping[str, str], spoken: Mapping[str, str]) -> Iterator[Named]:
    by_option: dict[str, list[Voice]] = {}
    for one in looks:
        voice = Voice(name=names.get(one.person, one.person), because=one.because)
        by_option.setdefault(spoken.get(one.option, one.option), []).append(voice)
    for option in sorted(by_option, key=lambda option: (-len(by_option[option]), option)):
        yield Named(option=option, voices=tuple(by_option[option]))
