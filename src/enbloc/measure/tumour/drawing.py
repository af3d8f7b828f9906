"""What a measurement of a tumour was read from, as marks on a plane: outlines, segments, wedges."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Plane, Triple
from enbloc.case.image import Grid
from enbloc.case.mark import LONGEST, Mark, MarkKind
from enbloc.kernels.contours import outlines
from enbloc.kernels.sections import section

Floats = NDArray[np.float64]
MOST = 4
"""No more marks than this stand for one finding."""
HEAD = np.array([0.0, 0.0, 1.0])
BACK = np.array([0.0, 1.0, 0.0])
LEFT = np.array([1.0, 0.0, 0.0])


def rounded(at: Floats) -> Triple:
    """A place of a mark, to a tenth of a millimetre."""
    x, y, z = (round(float(number), 1) + 0.0 for number in at)
    return (x, y, z)


def plane_at(at: Floats, normal: Floats) -> Plane:
    """The plane through a place of the patient, seen along ``normal``."""
    x, y, z = (round(float(number), 4) + 0.0 for number in normal / np.linalg.norm(normal))
    return Plane(point_mm=rounded(at), normal=(x, y, z))


def in_plane(normal: Floats) -> Floats:
    """Two unit vectors across ``normal``, as rows: towards the patient's left and back as far as may be."""
    start = BACK if abs(float(BACK @ normal)) < 0.9 else LEFT
    back = start - (start @ normal) * normal
    back = back / np.linalg.norm(back)
    return np.stack([np.cross(back, normal), back])


def mark(kind: MarkKind, words: str, points_mm: Floats) -> Mark:
    """A mark through points of the patient, shape (n, 3), thinned to what a mark may hold."""
    if len(points_mm) > LONGEST:
        points_mm = points_mm[np.linspace(0, len(points_mm) - 1, LONGEST).astype(np.intp)]
    return Mark(kind=kind, words=words, points_mm=tuple(rounded(point) for point in points_mm))


def segment(words: str, start: Floats, stop: Floats) -> Mark:
    """A distance from one place to another."""
    return mark(MarkKind.SEGMENT, words, np.stack([start, stop]))


def outlined(mask: NDArray[np.uint8], grid: Grid, plane: Plane, words: str, *, most: int = MOST) -> tuple[Mark, ...]:
    """The outlines of a mask on a plane, the longest first and at most ``most``; none where the plane misses it."""
    normal, origin = np.array(plane.normal), np.array(plane.point_mm)
    along = in_plane(normal)
    corners = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)]) * (np.array(mask.shape) - 1)
    reach = (grid.points_mm(corners) - origin) @ along.T
    step = min(grid.spacing_mm)
    us, vs = (np.arange(low - 1.5 * step, high + 2.0 * step, step) for low, high in zip(*_ends(reach), strict=True))
    inverse = grid.inverse
    field = section(mask, np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy(), origin, along, us, vs)
    lines = sorted(outlines(field, 0.5), key=len, reverse=True)[:most]
    return tuple(mark(MarkKind.OUTLINE, words, origin + _spread(line, us, vs, step) @ along) for line in lines)


def _ends(reach: Floats) -> tuple[Floats, Floats]:
    return reach.min(axis=0), reach.max(axis=0)


def _spread(line: Floats, us: Floats, vs: Floats, step: float) -> Floats:
    return np.stack([us[0] + line[:, 0] * step, vs[0] + line[:, 1] * step], axis=1)


def first(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """As many marks as stand for one finding."""
    return tuple(marks)[:MOST]
