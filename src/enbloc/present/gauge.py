"""A measured number with its interval, ready to be drawn."""

from __future__ import annotations

from enbloc.value import value


@value
class Tick:
    """A cut-off on a scale: where it stands, its number, and its number with the unit."""

    at: float
    said: str
    full: str


@value
class Gauge:
    """A measured number with its interval against its cut-offs, in the unit that is shown (shares in per cent)."""

    place: str  # of the finding in the annex
    label: str  # "height loss"
    said: str  # "31 %"
    value: float
    low: float
    high: float
    is_exact: bool  # without an interval
    is_measured: bool
    before: tuple[float, float] | None  # the interval of a measurement that a person overruled
    ticks: tuple[Tick, ...]
    doubt: tuple[float, float] | None  # a band in which the value may be read either way
    scale: tuple[float, float]
    lies: tuple[str, ...]  # where the interval lies about each cut-off
    alt: str
