"""What several questionnaires have in common: numbered items, answers by number, and items that were left blank.

The words of the items belong to their owners and are never here: an item is "item 3 of the licensed form".
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from enbloc.stage.form import Ask, Component

BLANK = "not answered"
"""What stands for an item that the patient was asked and left blank; an item that nobody knows stays ``unknown``."""

WITHOUT_BANDS = "a figure without bands"
"""The category of a figure that its source does not divide into bands."""


class Numbered(Component):
    """An answer by its number on the form, which may be written as a number or in digits."""

    @classmethod
    def _missing_(cls, given: object) -> Numbered | None:
        return next((each for each in cls if each.value == str(given)), None) if type(given) is int else None

    @property
    def is_blank(self) -> bool:
        """Whether the patient left the item blank."""
        return str(self.value) == BLANK


class UpTo5(Numbered):
    """An answer from 0 to 5, or none."""

    ZERO = "0", 0
    ONE = "1", 1
    TWO = "2", 2
    THREE = "3", 3
    FOUR = "4", 4
    FIVE = "5", 5
    BLANK = BLANK, 0


class From1To5(Numbered):
    """An answer from 1 to 5, or none."""

    ONE = "1", 1
    TWO = "2", 2
    THREE = "3", 3
    FOUR = "4", 4
    FIVE = "5", 5
    BLANK = BLANK, 0


class UpTo10(Numbered):
    """An answer from 0 to 10, or none."""

    ZERO = "0", 0
    ONE = "1", 1
    TWO = "2", 2
    THREE = "3", 3
    FOUR = "4", 4
    FIVE = "5", 5
    SIX = "6", 6
    SEVEN = "7", 7
    EIGHT = "8", 8
    NINE = "9", 9
    TEN = "10", 10
    BLANK = BLANK, 0


def item(number: int, kind: str = "item") -> Ask:
    """How an item is asked for whose words belong to others."""
    return Ask(words=f"{kind} {number} of the licensed form")


def answered(form: Any) -> tuple[tuple[str, float], ...]:
    """The points of the items that were answered; one left blank has none."""
    given = ((each.name, getattr(form, each.name)) for each in fields(form))
    return tuple((name, answer.points) for name, answer in given if not answer.is_blank)


def shown(figure: float) -> float:
    """A mean or a percentage as it is shown: to two decimals. Bands are read off the exact one."""
    return round(figure, 2)


def total_of(points: tuple[tuple[str, float], ...]) -> float:
    """The sum of the points by item."""
    return sum(each for _, each in points)
