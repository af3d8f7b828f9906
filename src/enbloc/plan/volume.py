"""A volume with what it becomes when surfaces lie off."""

from __future__ import annotations

from enbloc.case.finding import Interval
from enbloc.value import value


@value
class Volume:
    """Cubic centimetres, and between what they lie when every surface moves by its stated error.

    Examples
    --------
    >>> print(Volume(cc=1.234, interval=Interval(low=1.0, high=1.5)))
    1.23 cc (1.00 to 1.50)
    """

    cc: float
    interval: Interval

    def __str__(self) -> str:
        return f"{self.cc:.2f} cc ({self.interval.low:.2f} to {self.interval.high:.2f})"
