"""What radiographic measures have in common: the levels they are taken at, their units, and what is said of them.

A measure is a figure with its unit and its two reference levels. It has bands only where its source has some, and here
none has.
"""

from __future__ import annotations

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.stage.form import Number
from enbloc.stage.instrument import Category, Outcome
from enbloc.value import value

MEASURED = "measured"
CATEGORIES = (Category(word=MEASURED, published="a figure without bands"),)
NO_UNCERTAINTY = "the uncertainty of the measurement is not stated"
NOT_ADJACENT = "the reference is no adjacent level: the canal differs from level to level"
_COMMON = tuple(level for level in Level if not level.is_transitional)


def tilt(words: str) -> Number:
    """The tilt of an endplate against the horizontal of the image, front lower positive."""
    return Number(words=f"{words}, tilt with the front lower positive", unit="°", low=-90, high=90, step=0)


def millimetres(words: str, *, high: float = 100) -> Number:
    """A length that is not nothing."""
    return Number(words=words, unit="mm", low=0.1, high=high, step=0)


def square_millimetres(words: str, *, high: float = 2000) -> Number:
    """An area that is not nothing."""
    return Number(words=words, unit="mm²", low=1, high=high, step=0)


def uncertainty(unit: str, *, high: float = 100) -> Number:
    """How far the result may be off, up or down."""
    return Number(words="uncertainty of the result, up or down", unit=unit, low=0, high=high, step=0)


def ordered(upper: Level, lower: Level) -> None:
    """Refuse levels that do not lie one above the other.

    Raises
    ------
    RecordError
        If the upper one is not above the lower one.
    """
    order = list(Level)
    if order.index(upper) >= order.index(lower):
        raise RecordError(f"{upper} does not lie above {lower}.", remedy="Give the upper level first.")


def between(above: Level, level: Level, below: Level) -> None:
    """Refuse reference levels that do not lie on either side of the level.

    Raises
    ------
    RecordError
        If one of them is the level itself or lies on the other side.
    """
    ordered(above, level)
    ordered(level, below)


def are_adjacent(one: Level, other: Level) -> bool:
    """Whether no level lies between them that most people have.

    Examples
    --------
    >>> are_adjacent(Level.T12, Level.L1), are_adjacent(Level.L5, Level.L3)
    (True, False)
    """
    if one.is_transitional or other.is_transitional:
        order: tuple[Level, ...] = tuple(Level)
    else:
        order = _COMMON
    return abs(order.index(one) - order.index(other)) == 1


@value
class Measure:
    """A figure before it is shown: exact, with its unit and the decimals that it is printed with."""

    exact: float
    unit: str
    decimals: int
    uncertainty: float | None

    @property
    def shown(self) -> float:
        """The figure to its decimals; never minus nothing."""
        return round(self.exact, self.decimals) + 0.0

    def outcome(
        self, at: str, *, readings: tuple[tuple[str, float | str], ...] = (), flags: tuple[str, ...] = ()
    ) -> Outcome:
        """The figure at its levels, with how far it may be off or that nobody said so."""
        unsaid = (NO_UNCERTAINTY,) if self.uncertainty is None else ()
        return Outcome(
            total=self.shown,
            category=MEASURED,
            readings=(("measured at", at), *readings, *self._range),
            flags=(*flags, *unsaid),
        )

    @property
    def _range(self) -> tuple[tuple[str, str], ...]:
        if self.uncertainty is None:
            return ()
        low, high = (round(self.exact + by, self.decimals) + 0.0 for by in (-self.uncertainty, self.uncertainty))
        return (("with its uncertainty", f"{low:g} to {high:g} {self.unit}".strip()),)


def against(reference: float, here: float) -> float:
    """How much is lost against a reference, in per cent; negative if it is more.

    Examples
    --------
    >>> against(180, 90), against(6.5, 7.8)
    (50.0, -20.0)
    """
    return round(100 * (1 - here / reference), 9)
