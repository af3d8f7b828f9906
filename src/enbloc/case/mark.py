"""What a measurement was read from, so that it can be drawn on the scan and looked at."""

from __future__ import annotations

from enum import Enum

from enbloc.case.geometry import Triple
from enbloc.errors import RecordError
from enbloc.value import value


class MarkKind(Enum):
    """How the points of a mark belong together."""

    POINTS = "points"  # landmarks
    SEGMENT = "segment"  # from the first to the last: a height, a distance
    LINE = "line"  # open: an endplate, an axis
    OUTLINE = "outline"  # closed: a cord, a canal, a sector


LONGEST = 96
"""A mark holds at most so many points: it is drawn, not computed with."""


@value
class Mark:
    """Points of the patient (LPS, mm) that a number was read from, and what they are in ``words``.

    Examples
    --------
    >>> Mark(kind=MarkKind.SEGMENT, words="anterior height", points_mm=((0, 0, 0), (0, 0, 21.5))).words
    'anterior height'
    """

    kind: MarkKind
    words: str
    points_mm: tuple[Triple, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.points_mm) <= LONGEST:
            raise RecordError(
                f"A mark of {len(self.points_mm)} points cannot be drawn.", remedy=f"Give 1 to {LONGEST} points."
            )
