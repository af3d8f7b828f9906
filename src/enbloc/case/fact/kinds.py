"""What a fact is: its subject, its unit, its type, and what to ask for."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Generic, TypeVar

from enbloc.value import value

T = TypeVar("T")
W = TypeVar("W", bound=Enum)


class Subject(Enum):
    """What a fact is about."""

    PATIENT = "patient"
    LESION = "lesion"
    LEVEL = "level"


class Unit(Enum):
    """A unit, and how many decimals a record keeps of it."""

    MM = "mm", 2
    CM = "cm", 1
    MM2 = "mm²", 1
    CC = "cc", 3
    PERCENT = "%", 2
    DEGREE = "°", 2
    HU = "HU", 1
    SHARE = "share", 4
    COUNT = "", 0
    YEAR = "years", 0
    MONTH = "months", 2
    DAY = "days", 0
    GRAM_PER_LITRE = "g/L", 1
    MG_PER_LITRE = "mg/L", 1
    UG_PER_LITRE = "µg/L", 1
    U_PER_LITRE = "U/L", 0
    MMOL_PER_LITRE = "mmol/L", 2
    UMOL_PER_LITRE = "µmol/L", 1
    GIGA_PER_LITRE = "10⁹/L", 0
    GIGA_PER_LITRE_FINE = "×10⁹/L", 2  # neutrophils: a tenth decides
    MG = "mg", 1
    KG = "kg", 1
    KG_PER_M2 = "kg/m²", 1
    ML = "mL", 0
    ML_PER_MINUTE = "mL/min", 0
    HOUR = "h", 1
    GY = "Gy", 2
    CELSIUS = "°C", 1
    NONE = "-", 6

    decimals: int

    def __new__(cls, word: str, decimals: int) -> Unit:
        member = object.__new__(cls)
        member._value_ = word
        member.decimals = decimals
        return member


@value
class Fact(Generic[T]):
    """One thing that can be known: its id, its clinical words, its type and unit, and what to ask for.

    ``low`` and ``high`` bound what is plausible, in ``unit``; a number outside is refused with a hint at the unit.
    A number that is only given in steps, such as a performance status in tens, says its ``step``.
    """

    id: str
    words: str
    type: type[T]
    about: Subject
    ask: str
    unit: Unit = Unit.NONE
    low: float | None = None
    high: float | None = None
    many: bool = False  # a tuple of ``type``
    step: float | None = None

    def __hash__(self) -> int:
        return hash(self.id)


def number(
    id: str, words: str, about: Subject, unit: Unit, low: float | None, high: float | None, ask: str
) -> Fact[float]:
    """A fact that is a number in ``unit``."""
    return Fact(id=id, words=words, type=float, about=about, unit=unit, low=low, high=high, ask=ask)


def count(id: str, words: str, about: Subject, low: int, high: int, ask: str, unit: Unit = Unit.COUNT) -> Fact[int]:
    """A fact that is a whole number from ``low`` to ``high``."""
    return Fact(id=id, words=words, type=int, about=about, unit=unit, low=low, high=high, ask=ask)


def yes_no(id: str, words: str, about: Subject, ask: str) -> Fact[bool]:
    """A fact that is yes or no."""
    return Fact(id=id, words=words, type=bool, about=about, ask=ask)


def word(id: str, words: str, kind: type[W], about: Subject, ask: str, *, many: bool = False) -> Fact[W]:
    """A fact that is one word of a closed list, or several."""
    return Fact(id=id, words=words, type=kind, about=about, ask=ask, many=many)


def day(id: str, words: str, about: Subject, ask: str) -> Fact[date]:
    """A fact that is a day."""
    return Fact(id=id, words=words, type=date, about=about, ask=ask)


def moment(id: str, words: str, about: Subject, ask: str) -> Fact[datetime]:
    """A fact that is a day and hour, from which a clock runs."""
    return Fact(id=id, words=words, type=datetime, about=about, ask=ask)
