"""Planes to look at a vertebra on, and marks in them: rounded to a tenth of a millimetre, for they are only drawn."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane, Triple
from enbloc.case.mark import Mark, MarkKind
from enbloc.measure.spine.vertebra import Endplate, Vertebra

Floats = NDArray[np.float64]
HALF_LINE_MM = 30.0  # of an endplate's line to either side


def sagittal(one: Vertebra) -> Plane:
    """The mirror plane of a vertebra, seen along its axis to the left."""
    return plane_at(one.origin, one.axes[0])


def plane_at(point_mm: Floats, normal: Floats) -> Plane:
    """A plane to look at, rounded."""
    x, y, z = (round(float(number), 6) + 0.0 for number in normal / np.linalg.norm(normal))
    return Plane(point_mm=rounded(point_mm), normal=(x, y, z))


def rounded(point_mm: Floats | Triple) -> Triple:
    """A point to draw."""
    x, y, z = (round(float(number), 1) + 0.0 for number in point_mm)
    return (x, y, z)


def segment(words: str, first: Floats | Triple, last: Floats | Triple) -> Mark:
    """A distance."""
    return Mark(kind=MarkKind.SEGMENT, words=words, points_mm=(rounded(first), rounded(last)))


def points(words: str, places: Iterable[Floats | Triple]) -> Mark:
    """Landmarks."""
    return Mark(kind=MarkKind.POINTS, words=words, points_mm=tuple(rounded(place) for place in places))


def endplate_line(words: str, plate: Endplate, normal: Floats) -> Mark:
    """Where an endplate crosses the plane through its centre with this ``normal``."""
    along = np.cross(plate.normal, normal)
    along = HALF_LINE_MM * along / np.linalg.norm(along)
    ends = (rounded(plate.centre_mm - along), rounded(plate.centre_mm + along))
    return Mark(kind=MarkKind.LINE, words=words, points_mm=ends)
