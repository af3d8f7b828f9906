"""Where a tumour leaves what was seen: beside no labelled vertebra, so that its levels are open, or out of the scan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, StructureKind, tumour, vertebra
from enbloc.measure.spine.vertebra import crop_of, edges
from enbloc.plan.field import Field
from enbloc.plan.price.roots import are_neighbours

Floats = NDArray[np.float64]

OUTERMOST = frozenset({Level.O, Level.CO})
"""Beyond them there is no vertebra."""


def cut_by_the_scan(field: Field) -> Iterator[str]:
    """That the label of the tumour, which is there, ends at an edge of its scan, in a sentence: more lies beyond."""
    named = tumour(field.lesion.id)
    labels = field.images.map_of(named)
    ends = () if labels is None else edges(labels.grid, labels.boxes[named])
    if ends:
        where = f"{' and '.join(ends)} edge of the scan"
        yield f"the tumour is cut by the {where}: what lies beyond is in no cut and no margin"


def unlabelled_levels(field: Field) -> Iterator[str]:
    """Where the tumour, which is labelled, reaches into a gap or past an end of the labelled column, in sentences.

    A tumour of a vertebra that nobody labelled would otherwise be one of its neighbour.
    """
    outside = _outside_of_bone(field)
    for above, below in pairwise(field.column.levels):
        if not are_neighbours(above, below) and _in_gap(field, above, below, outside):
            yield f"the tumour reaches between {above} and {below}, where a vertebra is not labelled: {_OPEN}"
    for level, sign, words in _ends(field):
        one = field.column.spine[level]
        heights = sign * one.inside(outside)[:, 2]
        if (heights > sign * (one.high_mm if sign > 0 else one.low_mm)).any():
            yield f"the tumour reaches {words} {level}, where no vertebra is labelled: {_OPEN}"


_OPEN = "which levels it involves is not known"


def _outside_of_bone(field: Field) -> Floats:
    """The outermost voxels of the tumour that lie in no labelled vertebra, shape (n, 3)."""
    points = field.surface.points_mm
    held = np.zeros(len(points), np.bool_)
    for level in field.column.levels:
        labels = field.images.map_of(vertebra(level))
        if labels is not None:
            held |= labels.holds(vertebra(level), points)
    return points[~held]


def _in_gap(field: Field, above: Level, below: Level, points: Floats) -> bool:
    """Whether some of the points lie nearer to the place of a vertebra between two than to either of them."""
    first, last = (crop_of(field.images, level).centroid for level in (above, below))
    order = tuple(Level)
    lacking = [one for one in order[order.index(above) + 1 : order.index(below)] if not one.is_transitional]
    way = (points - first) @ (last - first) / float((last - first) @ (last - first))
    nearest = 0.5 / (len(lacking) + 1)
    return bool(((way > nearest) & (way < 1.0 - nearest)).any())


def _ends(field: Field) -> Iterator[tuple[Level, float, str]]:
    """The ends of the labelled column that have a frame, and beyond which there may be a vertebra."""
    levels, is_seen = field.column.levels, bool(field.images.present(StructureKind.SACRUM))
    for level, sign, words in ((levels[0], 1.0, "above"), (levels[-1], -1.0, "below")) if levels else ():
        if level in field.column.spine and level not in OUTERMOST and not (is_seen and sign < 0):
            yield level, sign, words
