"""What a number about the canal was read from: the plane to look at, and the lines to draw on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Triple
from enbloc.case.mark import LONGEST, Mark, MarkKind
from enbloc.kernels.contours import outlines
from enbloc.measure.cord.stack import Stack

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


def outline(stack: Stack, plane: int, mask: Mask, words: str) -> tuple[Mark, ...]:
    """The outline of the largest piece of a mask on one plane; none where the mask is empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return ()
    cut = mask[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    line = max(outlines(cut.astype(np.float64), 0.5), key=len) + np.array([rows[0], columns[0]], dtype=np.float64)
    line = line[:: -(-len(line) // LONGEST)]
    return (Mark(kind=MarkKind.OUTLINE, words=words, points_mm=_rounded(stack.points(plane, line))),)


def segment(stack: Stack, plane: int, ends: Iterable[Iterable[float]], words: str) -> Mark:
    """A line between two pixels (p, q) of a plane."""
    pair = np.array([list(end) for end in ends], dtype=np.float64)
    return Mark(kind=MarkKind.SEGMENT, words=words, points_mm=_rounded(stack.points(plane, pair)))


def _rounded(points: Floats) -> tuple[Triple, ...]:
    return tuple((x, y, z) for x, y, z in (np.round(points, 1) + 0.0).tolist())


def where(
    stack: Stack, plane: int, document: str, *, spot: Floats | None, method: str, marks: Iterable[Mark]
) -> dict[str, Any]:
    """The evidence of a number that was read on one plane: ``spot`` (p, q) is where to look, the middle without it."""
    p, q = stack.middle if spot is None or np.isnan(spot).any() else spot
    return {
        "document": document,
        "place": f"plane across the canal at {stack.at[plane]:+.0f} mm",
        "at_mm": stack.place(plane, float(p), float(q)),
        "method": method,
        "shows": stack.shown(plane),
        "marks": tuple(marks),
    }
