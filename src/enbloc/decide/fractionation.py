"""The arithmetic of fractionated dose: linear and quadratic, whole courses in, whole courses out.

Every dose is the total of a course in Gy, never the dose of one fraction. α/β is in Gy. Doses to organs are rounded up
to a hundredth of a Gy, never down.
"""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date

from enbloc.evidence import Checked, Threshold

ALPHA_BETA_CORD = Threshold(
    name="α/β of cord and cauda equina",
    number=2.0,
    unit="Gy",
    comparator="=",
    source="sahgal2021hytec",
    checked=Checked.READ,
    since="2026-11-20",
)
_REFERENCE_GY = 2.0  # the fraction that an EQD2 is named after
_STEPS_PER_GY = 100
_HAIR = 1e-6  # so that 20.3 stays 20.3 and not 20.31 for want of a binary 20.3


def rounded_up(gy: float) -> float:
    """A dose rounded up to a hundredth of a Gy.

    Examples
    --------
    >>> rounded_up(14.0001), rounded_up(20.3)
    (14.01, 20.3)
    """
    return math.ceil(gy * _STEPS_PER_GY - _HAIR) / _STEPS_PER_GY


def bed_gy(dose_gy: float, fractions: int, *, alpha_beta_gy: float) -> float:
    """The biologically effective dose of a course, Gy: D (1 + d / (α/β)) with d the dose of one fraction.

    Examples
    --------
    >>> bed_gy(30.0, 10, alpha_beta_gy=2.0)
    75.0
    """
    return dose_gy * (1 + dose_gy / fractions / alpha_beta_gy)


def eqd2_gy(dose_gy: float, fractions: int, *, alpha_beta_gy: float) -> float:
    """The dose in fractions of 2 Gy that does the same, Gy: D (d + α/β) / (2 + α/β).

    Examples
    --------
    >>> eqd2_gy(30.0, 10, alpha_beta_gy=2.0)
    37.5
    """
    return dose_gy * (dose_gy / fractions + alpha_beta_gy) / (_REFERENCE_GY + alpha_beta_gy)


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later; a day that the month lacks becomes the first of the next.

    Examples
    --------
    >>> months_after(date(2026, 6, 30), 5).isoformat(), months_after(date(2026, 9, 30), 5).isoformat()
    ('2026-11-30', '2027-03-01')
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day <= monthrange(year, month + 1)[1]:
        return date(year, month + 1, day.day)
    year, month = divmod(year * 12 + month + 1, 12)
    return date(year, month + 1, 1)


PARAMETERS: tuple[Threshold, ...] = (ALPHA_BETA_CORD,)
