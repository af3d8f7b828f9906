"""The answer to a fact: a value, its interval, where it came from, and what it overruled."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from enum import Enum
from typing import Any, Generic, TypeVar, cast

from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown, unknown
from enbloc.case.fact import ENTERABLE, Fact, Subject, Unit, fact
from enbloc.case.geometry import Plane
from enbloc.case.mark import Mark
from enbloc.errors import RecordError
from enbloc.value import value

T = TypeVar("T")


@value
class Interval:
    """The values a measurement takes when every surface moves by its stated error; not a confidence interval."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise RecordError(
                f"An interval from {self.low} to {self.high} runs backwards.",
                remedy="Give the smaller number first.",
            )

    def spans(self, threshold: float) -> bool:
        """Whether the threshold lies inside, so that both readings are possible."""
        return self.low <= threshold <= self.high


class SourceKind(Enum):
    """How a value came to be known."""

    MEASURED = "measured"  # by enbloc, in the images
    ENTERED = "entered"  # by a person, into the record
    RECORDED = "recorded"  # read out of another part of the record


@value
class Source:
    """Where a value comes from: ``document`` is a file of the case, ``place`` the spot within it.

    ``at_mm`` is the point in the patient (LPS) at which a measurement can be looked at, ``shows`` the plane to look at
    it on, ``marks`` what it was read from there, and ``method`` how, in a clause.
    """

    kind: SourceKind
    document: str
    place: str = ""
    at_mm: tuple[float, float, float] | None = None
    method: str = ""
    shows: Plane | None = None
    marks: tuple[Mark, ...] = ()
    by: str = ""
    on: date | None = None
    because: str = ""


@value
class Overruled(Generic[T]):
    """A value that a person replaced; it stays beside the new one."""

    value: T
    interval: Interval | None = None
    source: Source


@value
class Finding(Generic[T]):
    """``value`` answers the fact with id ``fact`` about the patient, a lesion or a level."""

    fact: str
    about: str
    value: T
    interval: Interval | None = None
    source: Source
    notes: tuple[str, ...] = ()
    overruled: Overruled[T] | None = None

    @property
    def low(self) -> float:
        """The lowest value it may have."""
        return self.interval.low if self.interval else cast(float, self.value)

    @property
    def high(self) -> float:
        """The highest value it may have."""
        return self.interval.high if self.interval else cast(float, self.value)


@value
class Missing:
    """A fact that could not be measured, and why."""

    fact: str
    about: str
    why: str


Scalar = bool | int | float | str


@value
class Entry:
    """One line under ``findings`` of a record: a person states a value; ``because`` makes it an override."""

    fact: str
    about: str
    value: Scalar | tuple[str, ...]
    by: str = ""
    on: date | None = None
    because: str = ""

    def __post_init__(self) -> None:
        if self.because and not self.by.strip():
            raise RecordError(
                f"{self.fact} about {self.about} is overruled by nobody.",
                remedy="Write the person's name in 'by'.",
            )
        _ = self.stated  # refuses what the fact cannot hold

    @property
    def stated(self) -> Any:
        """The value as the fact's own type.

        Raises
        ------
        RecordError
            If the fact is not one that a person may enter, or the value does not fit it.
        """
        named = fact(self.fact)
        if self.fact not in ENTERABLE:
            raise RecordError(f"{named.words} ({self.fact}) is only measured.", remedy="Remove the entry.")
        if named.many:
            values = self.value if isinstance(self.value, tuple) else (self.value,)
            return tuple(_one(named, one) for one in values)
        return _one(named, self.value)

    def answers(self, index: int) -> Finding[Any]:
        """The finding that this entry, at ``index`` of the record, makes."""
        source = Source(
            kind=SourceKind.ENTERED,
            document="case.yaml",
            place=f"findings[{index}]",
            by=self.by,
            on=self.on,
            because=self.because,
        )
        return Finding(fact=self.fact, about=self.about, value=self.stated, source=source)


def _one(named: Fact[Any], given: object) -> Any:
    if issubclass(named.type, Enum):
        word = str(given) if type(given) is int else given  # a grade "2" written without quotes
        with suppress(ValueError):  # an enum may read other spellings by its ``_missing_``
            return named.type(word)
        words = ", ".join(str(member.value) for member in named.type)
        raise RecordError(f"{named.words} ({named.id}) cannot be {given!r}.", remedy=f"Write one of: {words}.")
    if named.type is float and type(given) is int:
        given = float(given)
    if named.type in _MOMENTS and isinstance(given, str):
        with suppress(ValueError):  # what is no date falls through to the refusal
            given = named.type.fromisoformat(given)
    if type(given) is not named.type:
        raise RecordError(
            f"{named.words} ({named.id}) cannot be {given!r}.",
            remedy=f"Write {_KINDS.get(named.type, 'another kind of value')}.",
        )
    if isinstance(given, int | float) and not isinstance(given, bool):
        _plausible(named, float(given))
    return given


_KINDS: dict[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    date: "a day, as in 2026-11-20",
    datetime: "a day and hour, as in 2026-11-20T14:30",
}
_MOMENTS = (date, datetime)


def _plausible(named: Fact[Any], number: float) -> None:
    low = -math.inf if named.low is None else named.low
    high = math.inf if named.high is None else named.high
    if not low <= number <= high:
        sign = "" if named.unit in {Unit.COUNT, Unit.NONE} else named.unit.value
        said = f"{named.words} of {number:g} {sign}".rstrip()
        raise RecordError(
            f"{said} is not plausible ({low:g} to {high:g}).",
            remedy=f"Check the unit; {named.id} is in {sign}." if sign else f"Check {named.id}.",
        )
    if named.step is not None and number % named.step:
        raise RecordError(
            f"{named.words} ({named.id}) cannot be {number:g}.",
            remedy=f"Write {low:g} to {high:g} in steps of {named.step:g}.",
        )


@value
class Findings:
    """All that is known about one case, and what could not be measured with the reason."""

    found: tuple[Finding[Any], ...] = ()
    missing: tuple[Missing, ...] = ()

    def __getitem__(self, key: tuple[Fact[T], object]) -> Finding[T] | Unknown:
        named, about = key
        subject = str(about)
        for finding in self.found:
            if finding.fact == named.id and finding.about == subject:
                return finding
        return unknown(named.ask)

    def value(self, named: Fact[T], about: object) -> T | None:
        """The value in force, or nothing if it is unknown."""
        finding = self[named, about]
        return None if isinstance(finding, Unknown) else finding.value

    def many(self, named: Fact[T], about: object) -> tuple[T, ...] | None:
        """The values of a fact that holds several, or nothing if it is unknown."""
        return cast("tuple[T, ...] | None", self.value(named, about))

    def answer(self, named: Fact[bool], about: object) -> bool | Unknown:
        """A yes-or-no fact as an answer that rules can join."""
        finding = self[named, about]
        return finding if isinstance(finding, Unknown) else finding.value

    def why_missing(self, named: Fact[Any], about: object) -> str:
        """Why a fact could not be measured; empty if nothing was said."""
        subject = str(about)
        for gap in self.missing:
            if gap.fact == named.id and gap.about == subject:
                return gap.why
        return ""

    def __or__(self, later: Findings) -> Findings:
        """Both together; where both answer a fact, the later overrules and the earlier is kept beside it."""
        merged = {(finding.fact, finding.about): finding for finding in self.found}
        for finding in later.found:
            key = (finding.fact, finding.about)
            merged[key] = _over(finding, merged.get(key))
        answered = merged.keys()
        gaps = {(gap.fact, gap.about): gap for gap in (*self.missing, *later.missing)}
        return Findings(
            found=tuple(merged.values()),
            missing=tuple(gap for key, gap in gaps.items() if key not in answered),
        )


def _over(finding: Finding[Any], earlier: Finding[Any] | None) -> Finding[Any]:
    if earlier is None:
        return finding
    return Finding(
        fact=finding.fact,
        about=finding.about,
        value=finding.value,
        interval=finding.interval,
        source=finding.source,
        notes=finding.notes,
        overruled=Overruled(value=earlier.value, interval=earlier.interval, source=earlier.source),
    )


def measured(
    named: Fact[T],
    about: object,
    value: Any,
    *,
    low: float | None = None,
    high: float | None = None,
    document: str = "images",
    place: str = "",
    at_mm: tuple[float, float, float] | None = None,
    notes: Iterable[str] = (),
    method: str = "",
    shows: Plane | None = None,
    marks: Iterable[Mark] = (),
) -> Finding[T]:
    """A measured finding, rounded by its unit's rule; the interval is rounded outward.

    Examples
    --------
    >>> from enbloc.case.fact import VOLUME
    >>> finding = measured(VOLUME, "A", 12.34567, low=11.98765, high=12.91234)
    >>> finding.value, finding.interval
    (12.346, Interval(low=11.987, high=12.913))
    """
    interval = None
    decimals = named.unit.decimals
    if isinstance(value, float):
        value = round(value, decimals) + 0.0
        if low is not None and high is not None:
            interval = Interval(low=min(value, _floor(low, decimals)), high=max(value, _ceil(high, decimals)))
    source = Source(
        kind=SourceKind.MEASURED,
        document=document,
        place=place,
        at_mm=_kept(at_mm),
        method=method,
        shows=shows,
        marks=tuple(marks),
    )
    return Finding(
        fact=named.id,
        about=str(about),
        value=value,
        interval=interval,
        source=source,
        notes=tuple(notes),
    )


def _kept(at_mm: tuple[float, float, float] | None) -> tuple[float, float, float] | None:
    if at_mm is None:
        return None
    x, y, z = (round(float(number), 2) + 0.0 for number in at_mm)
    return (x, y, z)


def _floor(number: float, decimals: int) -> float:
    # A hair's slack, so that 2.3 stays 2.3 and not 2.2 for want of a binary 2.3.
    scale = 10.0**decimals
    return math.floor(number * scale + 1e-6) / scale


def _ceil(number: float, decimals: int) -> float:
    return -_floor(-number, decimals)


def belongs(named: Fact[Any], about: str, lesions: Iterable[str]) -> bool:
    """Whether ``about`` is a subject that the fact can be about, in a case with these lesions."""
    if named.about is Subject.PATIENT:
        return about == "patient"
    if named.about is Subject.LEVEL:
        return about in Level._value2member_map_
    return about in set(lesions)
