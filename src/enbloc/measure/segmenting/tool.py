"""A tumour outlined from a few strokes: a random walk in a box, held back where density leaves that of the strokes.

Grady, IEEE TPAMI 2006, 28(11):1768, with steps weighed not by the scan itself but by how like the tumour strokes each
voxel is: cortex beside marrow is then no border, and a border lies half-way between tumour and background.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, gaussian_filter

from enbloc.case.geometry import Triple
from enbloc.case.image import Volume
from enbloc.errors import RecordError
from enbloc.kernels.walking import chances, links
from enbloc.measure.segmenting.parameters import (
    LARGEST_BOX,
    LEAST_CONTRAST,
    MARGIN,
    OPEN_BORDER,
    SMOOTHING,
    STEEPNESS,
)
from enbloc.value import value

Floats = NDArray[np.float64]
Box = tuple[slice, slice, slice]
Stroke = tuple[Triple, ...]

TUMOUR, BACKGROUND = 1, 2
LEAST = 1e-6
"""The ease of a step through a border beside that of a free one; not nothing, so that the walk has one solution."""
TOLERANCE = 1e-3
MOST_STEPS = 1000
QUANTILES = (0.1, 0.9)
"""Of the values under the tumour strokes: what a stroke crosses by accident does not count."""
NEAREST = 0.25
"""The share of background strokes that may be nearer in density by chance than the tissue that holds the tumour."""
TINY = 1e-9
FARTHEST_MM = 5000.0


@value
class Strokes:
    """Where a person drew: lines of points in the tumour and outside of it, patient LPS, mm; a point is a short line.

    ``low_mm`` and ``high_mm`` are corners of the box that the tumour lies in; left out, it is the surroundings of the
    tumour strokes. All that lies on the box's faces is background.
    """

    tumour: tuple[Stroke, ...]
    background: tuple[Stroke, ...] = ()
    low_mm: Triple | None = None
    high_mm: Triple | None = None

    def __post_init__(self) -> None:
        if not any(self.tumour):
            raise RecordError("There is no stroke in the tumour.", remedy="Draw at least one.")
        if (self.low_mm is None) != (self.high_mm is None):
            raise RecordError("A box has two corners.", remedy="Give low_mm and high_mm, or neither.")
        points = [point for stroke in (*self.tumour, *self.background) for point in stroke]
        points += [corner for corner in (self.low_mm, self.high_mm) if corner is not None]
        if not all(abs(part) <= FARTHEST_MM for point in points for part in point):
            raise RecordError("A stroke lies metres away from any patient.", remedy="Give patient millimetres (LPS).")


@dataclass(frozen=True, eq=False, kw_only=True)
class Outline:
    """The voxels of a tumour within ``box`` of its scan, and what is to be said of them. Nobody has confirmed it."""

    mask: NDArray[np.bool_]
    box: Box
    volume_cc: float
    notes: tuple[str, ...]


def outlined(volume: Volume, strokes: Strokes) -> Outline:
    """The tumour that the strokes mark, to half a voxel where the scan shows a border, with notes where it does not.

    Deterministic: the same scan and strokes give the same voxels.

    Raises
    ------
    RecordError
        If a stroke lies outside of the scan or box, tumour and background strokes meet, or the box is too large.
    """
    box = _box(volume, strokes)
    likeness, notes = likeness_to(volume, box, strokes)
    spacing = np.array(volume.grid.spacing_mm)
    weights = (spacing.min() / spacing) ** 2
    down, across, along = (links(likeness, axis, float(weights[axis]), STEEPNESS.number, LEAST) for axis in range(3))
    found, taken = chances(down, across, along, walled(fixed_by(volume, box, strokes)), TOLERANCE, MOST_STEPS)
    mask = np.asarray(found >= 0.5)
    if taken == MOST_STEPS:
        notes.append("The outline was not finished: it may lie off its border.")
    notes += _doubts(mask, likeness)
    return Outline(mask=mask, box=box, volume_cc=float(mask.sum()) * volume.grid.voxel_cc, notes=tuple(notes))


def _box(volume: Volume, strokes: Strokes) -> Box:
    """The part of the scan to look at."""
    if strokes.low_mm is not None and strokes.high_mm is not None:
        low, high = np.array(strokes.low_mm), np.array(strokes.high_mm)
    else:
        points = np.array([point for stroke in strokes.tumour for point in stroke])
        low, high = points.min(axis=0) - MARGIN.number, points.max(axis=0) + MARGIN.number
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    at = volume.grid.indices(corners)
    first = np.maximum(np.ceil(at.min(axis=0)), 0).astype(int)
    last = np.minimum(np.floor(at.max(axis=0)), np.array(volume.grid.shape) - 1).astype(int)
    if (last - first < 2).any():
        raise RecordError(
            "The box holds less than three slices of the scan.", remedy="Give its corners in patient millimetres (LPS)."
        )
    if np.prod(last - first + 1) > LARGEST_BOX.number:
        raise RecordError("The box is too large for one outline.", remedy="Give a box around one vertebra.")
    a, b, c = (slice(int(start), int(stop) + 1) for start, stop in zip(first, last, strict=True))
    return (a, b, c)


def fixed_by(volume: Volume, box: Box, strokes: Strokes) -> NDArray[np.int8]:
    """The voxels that the strokes run through, marked."""
    fixed = np.zeros(tuple(part.stop - part.start for part in box), dtype=np.int8)
    for mark, kind, drawn in ((TUMOUR, "tumour", strokes.tumour), (BACKGROUND, "background", strokes.background)):
        for stroke in drawn:
            at, leaves = _crossed(volume, box, stroke)
            if leaves and mark == TUMOUR:
                raise RecordError(
                    "A stroke in the tumour leaves the scan or the box.", remedy="Draw it within, in patient mm (LPS)."
                )
            if ((fixed[at] != 0) & (fixed[at] != mark)).any():
                raise RecordError(f"A {kind} stroke crosses one of the other kind.", remedy="Draw them apart.")
            fixed[at] = mark
    return fixed


def _crossed(volume: Volume, box: Box, stroke: Stroke) -> tuple[tuple[NDArray[np.intp], ...], bool]:
    """The voxels of the box that a stroke runs through, as indices, and whether it leaves the box."""
    starts = np.array([part.start for part in box])
    at = np.rint(volume.grid.indices(_along(stroke, min(volume.grid.spacing_mm)))).astype(np.intp) - starts
    inside = ((at >= 0) & (at < [part.stop - part.start for part in box])).all(axis=1)
    return tuple(at[inside].T), not bool(inside.all())


def _along(stroke: Stroke, step_mm: float) -> Floats:
    """Points along a line, less than half a voxel apart, shape (n, 3)."""
    points = np.array(stroke, dtype=np.float64).reshape(-1, 3)
    parts = [points[:1]]
    for start, end in pairwise(points):
        count = max(1, int(np.ceil(2.0 * np.linalg.norm(end - start) / step_mm)))
        parts.append(start + (end - start) * np.linspace(0.0, 1.0, count + 1)[1:, None])
    return np.concatenate(parts)


def walled(fixed: NDArray[np.int8]) -> NDArray[np.int8]:
    """The marks with the faces of the box as background: the walk cannot leave it."""
    walled = fixed.copy()
    for axis in range(3):
        for end in (0, -1):
            face = np.moveaxis(walled, axis, 0)[end]
            face[face == 0] = BACKGROUND
    return walled


def likeness_to(volume: Volume, box: Box, strokes: Strokes) -> tuple[Floats, list[str]]:
    """How like the tumour strokes each voxel of the box is, 1 to 0, and what is odd.

    It is one half half-way to the tissue that is nearest in density of those that differ: cortex beside the marrow that
    was drawn does not widen the range.
    """
    notes: list[str] = []
    scan = volume.cropped(box)
    smooth = gaussian_filter(scan.voxels.astype(np.float64), SMOOTHING.number / np.array(scan.grid.spacing_mm))
    fixed = fixed_by(volume, box, strokes)
    beside = [smooth[at] for stroke in strokes.background for at, _ in [_crossed(volume, box, stroke)] if at[0].size]
    low, high = np.quantile(smooth[fixed == TUMOUR], QUANTILES)
    noise = LEAST_CONTRAST.number * _noise(smooth)
    gaps = np.array([np.median(np.maximum(low - values, values - high)) for values in beside])
    if not gaps.size:
        gaps = np.maximum(low - smooth[_rim(fixed)], smooth[_rim(fixed)] - high)
        notes.append("No background was drawn: what surrounds the box was taken for it.")
    differing = gaps[gaps > noise]
    if not differing.size:
        notes.append("Tumour and background strokes hardly differ: the outline is no more than the room between them.")
        differing = gaps[gaps > 0.0] if (gaps > 0.0).any() else np.array([noise])
    gap = float(np.quantile(differing, NEAREST, method="lower"))
    away = np.maximum(0.0, np.maximum(low - smooth, smooth - high)) / (max(gap, TINY) / 2.0)
    return 1.0 / (1.0 + away**4), notes


def _rim(fixed: NDArray[np.int8]) -> NDArray[np.bool_]:
    rim = np.ones(fixed.shape, dtype=bool)
    rim[1:-1, 1:-1, 1:-1] = False
    return rim


def _noise(smooth: Floats) -> float:
    """The spread of smoothed values from voxel to voxel, robust against the borders in the box."""
    steps = np.abs(np.diff(smooth, axis=int(np.argmax(smooth.shape))))
    return float(np.median(steps)) / 0.6745


def _doubts(mask: NDArray[np.bool_], likeness: Floats) -> Iterator[str]:
    """Where the border is not one that the scan shows."""
    outside = binary_dilation(mask) & ~mask
    if not outside.any():
        return
    alike = float(np.mean(likeness[outside] >= 0.5))
    if 100.0 * alike > OPEN_BORDER.number:
        yield f"Along {alike:.0%} of its border the scan shows no change: there only strokes and box hold it."
