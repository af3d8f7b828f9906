"""How the numbers of a plan are rounded, once, where they are made: margins down, intervals outward."""

from __future__ import annotations

import math

from enbloc.case.finding import Interval

STEPS = 10  # a share is told to a tenth of a per cent
HAIR = 1e-9  # what multiplying may cost
HAIR_MM = 1e-6  # what binary fractions may lose


def tenth_down(mm: float) -> float:
    """A margin in tenths of a millimetre, never more than it is.

    Examples
    --------
    >>> tenth_down(3.29), tenth_down(-0.01)
    (3.2, -0.1)
    """
    return math.floor(mm * 10 + HAIR_MM) / 10


def tenth_up(number: float) -> float:
    """A distance in tenths of a millimetre, or an angle in tenths of a degree, never less than it is.

    Examples
    --------
    >>> tenth_up(3.21), tenth_up(-0.01)
    (3.3, 0.0)
    """
    return math.ceil(number * 10 - HAIR_MM) / 10 + 0.0


def cc_down(volume: float, steps: int = 100) -> float:
    """A volume, cubic centimetres, to so many steps of each, the hundredth, and never more than it is."""
    return math.floor(round(steps * volume, 6)) / steps


def cc_up(volume: float, steps: int = 100) -> float:
    """A volume, cubic centimetres, to so many steps of each, the hundredth, and never less than it is.

    Examples
    --------
    >>> cc_up(0.8614), cc_up(0.8614, 10), cc_up(0.0)
    (0.87, 0.9, 0.0)
    """
    return math.ceil(round(steps * volume, 6)) / steps


def cc(volume: float) -> float:
    """A volume, cubic centimetres, to the hundredth."""
    return round(volume, 2) + 0.0


def cc_between(low: float, high: float) -> Interval:
    """Two volumes, cubic centimetres, to the hundredth and outward."""
    return Interval(low=cc_down(low), high=cc_up(high))


def percent(part: int, whole: int) -> float:
    """A share of counts, to the tenth of a per cent; what is neither none nor all is never told as such.

    Examples
    --------
    >>> percent(1, 3), percent(9999, 10000), percent(1, 10000), percent(5, 5)
    (33.3, 99.9, 0.1, 100.0)
    """
    if part in (0, whole):
        return 100.0 if part else 0.0
    tenths = round(100.0 * STEPS * part / whole)
    return min(max(tenths, 1), 100 * STEPS - 1) / STEPS


def percent_between(least: int, most: int, whole: int) -> Interval:
    """Two shares of counts, to the tenth of a per cent and outward.

    Examples
    --------
    >>> percent_between(1, 2, 3)
    Interval(low=33.3, high=66.7)
    """
    low, high = (100.0 * STEPS * part / whole for part in (least, most))
    return Interval(low=math.floor(low + HAIR) / STEPS, high=math.ceil(high - HAIR) / STEPS)
