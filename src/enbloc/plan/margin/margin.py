"""The smallest margin, and what it amounts to."""

from __future__ import annotations

from enum import Enum

from enbloc.case.finding import Interval
from enbloc.value import value


class MarginClass(Enum):
    """What a margin amounts to, by the plane it runs in."""

    INTRALESIONAL = "intralesional"
    MARGINAL = "marginal"
    WIDE = "wide"


@value
class Margin:
    """The smallest distance from the tumour to any cut or barrier, rounded down, and where.

    ``interval`` is what it becomes when every surface moves by its stated error. ``at_mm`` is the point on the
    tumour, patient LPS. ``barrier`` names what bounds it there. ``classes`` are the margins it can amount to: how wide
    a plane ran through normal tissue is for the pathologist to say, so more than one may stay.
    """

    mm: float
    interval: Interval
    at_mm: tuple[float, float, float]
    barrier: str
    classes: tuple[MarginClass, ...]
