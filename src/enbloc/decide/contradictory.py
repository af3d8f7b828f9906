"""What a contradiction of the record is: two statements that cannot both be true, with where each of them stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from enbloc.case.case import Case
from enbloc.case.fact import Fact, Subject
from enbloc.case.finding import Finding, Findings, Source, SourceKind
from enbloc.value import value

T = TypeVar("T")
Key = tuple[str, str]
"""A fact by its id, and whom it is about."""

PATIENT = "patient"


@value
class Side:
    """One of two statements: the fact or the place of the record, whom it is about, its value in words, its source."""

    fact: str  # the fact's id, or the place in the record, as ``treatments[0].ended``
    words: str
    about: str
    value: str
    source: Source


@value
class Contradiction:
    """Two statements that exclude each other: both of them, why, and what to ask.

    ``withheld`` are the facts that no rule may read until somebody has answered, ``treatments`` those of which the
    dates are withheld (by their index in the record), ``places`` the other parts of the record. All empty: the rules
    know this one themselves and leave open what depends on it.
    """

    words: str  # in one line
    about: str
    sides: tuple[Side, Side]
    ask: str
    withheld: tuple[Key, ...] = ()
    treatments: tuple[int, ...] = ()
    places: tuple[str, ...] = ()


class Stated:
    """A record with its findings, as the tables of contradictions ask it."""

    def __init__(self, case: Case, findings: Findings) -> None:
        self.case = case
        self.findings = findings
        self._held: dict[Key, Finding[Any]] = {}
        for finding in findings.found:
            self._held.setdefault((finding.fact, finding.about), finding)

    def finding(self, named: Fact[T], about: str) -> Finding[T] | None:
        """The finding in force, or nothing."""
        return self._held.get((named.id, about))

    def value(self, named: Fact[T], about: str) -> Any:
        """The value in force, or nothing; of a fact that holds several, all of them."""
        finding = self._held.get((named.id, about))
        return None if finding is None else finding.value

    def side(self, named: Fact[Any], about: str) -> Side:
        """A fact that is held, as one side."""
        held = self._held[named.id, about]
        return Side(fact=named.id, words=named.words, about=about, value=words_of(held.value), source=held.source)

    @property
    def lesions(self) -> Iterator[str]:
        """The ids of the lesions, in the order of the record."""
        return (lesion.id for lesion in self.case.lesions)

    def holds(self, named: Fact[Any], about: str) -> bool:
        """Whether anything is known of a fact."""
        return (named.id, about) in self._held

    def numbers(self, facts: Iterable[Fact[Any]], about: str) -> tuple[Key, ...]:
        """Those of these facts that are held, as keys."""
        return tuple((one.id, about) for one in facts if self.holds(one, about))


def place(where: str, words: str, said: object, *, about: str = PATIENT) -> Side:
    """A part of the record itself as one side."""
    source = Source(kind=SourceKind.RECORDED, document="case.yaml", place=where)
    return Side(fact=where, words=words, about=about, value=words_of(said), source=source)


def words_of(said: object) -> str:
    """A value as a reader would write it."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    if isinstance(said, Enum):
        return words_of(said.value)
    if isinstance(said, tuple | list):
        return ", ".join(map(words_of, said))
    if isinstance(said, datetime):
        return said.isoformat(sep=" ", timespec="minutes")
    if isinstance(said, date):
        return said.isoformat()
    return f"{said:g}" if isinstance(said, float) else str(said)


def between(
    one: Side,
    other: Side,
    *,
    because: str,
    withheld: Iterable[Key] = (),
    treatments: tuple[int, ...] = (),
    places: tuple[str, ...] = (),
) -> Contradiction:
    """The contradiction of two sides, in words; it is about the lesion if one of them is."""
    about = next((side.about for side in (one, other) if side.about != PATIENT), PATIENT)
    said = [f"{side.words} {side.value}{_whose(side)}" for side in (one, other)]
    return Contradiction(
        words=f"{said[0]}, and yet {said[1]}: {because}.",
        about=about,
        sides=(one, other),
        ask=f"which is right: {said[0]}, or {said[1]}?",
        withheld=tuple(dict.fromkeys(withheld)),
        treatments=treatments,
        places=places,
    )


def _whose(side: Side) -> str:
    return "" if side.about == PATIENT else f" ({side.about})"


@value
class Excluding:
    """A row: a fact whose words exclude those of another; ``these`` and ``those`` are the values that do."""

    one: Fact[Any]
    these: tuple[Any, ...]
    other: Fact[Any]
    those: tuple[Any, ...]
    because: str

    def met(self, stated: Stated) -> Iterator[Contradiction]:
        """The contradictions of this row, of the patient and of every lesion."""
        for about, its in _subjects(self.one, self.other, stated):
            if _is_of(stated.value(self.one, about), self.these) and _is_of(stated.value(self.other, its), self.those):
                yield between(
                    stated.side(self.one, about),
                    stated.side(self.other, its),
                    because=self.because,
                    withheld=((self.one.id, about), (self.other.id, its)),
                )


def _subjects(one: Fact[Any], other: Fact[Any], stated: Stated) -> Iterator[tuple[str, str]]:
    if one.about is other.about is Subject.PATIENT:
        yield PATIENT, PATIENT
        return
    for lesion in stated.lesions:
        yield (
            PATIENT if one.about is Subject.PATIENT else lesion,
            PATIENT if other.about is Subject.PATIENT else lesion,
        )


def _is_of(held: object, those: tuple[Any, ...]) -> bool:
    """Whether what is held is one of these, and of the same type: 1 is not yes."""
    return any(type(held) is type(one) and held == one for one in those)


__all__ = ["PATIENT", "Contradiction", "Excluding", "Key", "Side", "Stated", "between", "place", "words_of"]
