"""The parts of the arch of a vertebra on one side, as limbs between landmarks that its own label shows.

Places are (u, v, w): outwards from the centre of the canal, behind it, and above the isthmus of the pedicles. The
lamina is a plate from beside the canal to the midline behind it; each process is a limb that ends at its tip, the
farthest bone to its side, and a process that does not stick out has none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part
from enbloc.kernels.fronts import LIMB, nearest_limb
from enbloc.measure.spine.isthmus import Isthmus
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

LIMBS: tuple[Part, ...] = (
    Part.PEDICLE,
    Part.LAMINA,
    Part.FACET,  # the superior articular process
    Part.FACET,  # the inferior one
    Part.FACET,  # the pillar of both, in the neck
    Part.TRANSVERSE_PROCESS,
    Part.SPINOUS_PROCESS,
)
"""What the rows of `limbs` are."""

NECK = frozenset({Level.C1, Level.C2, Level.C3, Level.C4, Level.C5, Level.C6, Level.C7})

_PLATE_MM, _PROCESS_MM, _ACROSS_MM, _SPINE_MM = 3.0, 4.5, 4.0, 3.5  # half as thick: lamina, facets, transverse, spinous
_PLATE_ABOVE_MM, _PLATE_BELOW_MM = 1.0, 4.0  # the lamina: above the isthmus, below the lower border of the pedicle
_BEHIND_MM = 3.0  # the wall of the canal, where the spinous process begins
_STICKS_OUT_MM = 1.0
_TIP = 0.02  # of the bone on one side is the tip of a process
_LEAST = 30  # voxels of an arch that show its processes


@dataclass(frozen=True, eq=False, kw_only=True)
class Gauge:
    """What the limbs of one side are measured by, mm: reach of the canal, place and size of the pedicle.

    ``pedicle`` are its front and rear end as (u, v, w).
    """

    wide: float
    deep: float
    out: float
    half_width: float
    half_height: float
    pedicle: Floats
    is_neck: bool


def gauge(one: Vertebra, isthmus: Isthmus, height: float) -> Gauge:
    """The measures of one side; ``height`` is the z from which w counts."""
    start = isthmus.centre - (one.hole_mm[0], one.hole_mm[1], height)
    axis = isthmus.axis
    behind = 0.35 * one.half_depth_mm - start[1]
    ends = np.stack([start + (isthmus.front_mm + 8.0) * axis, start - max(0.0, behind) / max(0.5, -axis[1]) * axis])
    return Gauge(
        wide=one.half_width_mm,
        deep=one.half_depth_mm,
        out=abs(float(start[0])),
        half_width=0.5 * isthmus.width_mm,
        half_height=0.5 * isthmus.height_mm,
        pedicle=ends * (np.sign(start[0]), 1.0, 1.0),
        is_neck=one.level in NECK,
    )


def limbs(places: Floats, size: Gauge) -> Floats:
    """The limbs of one side, rows of `nearest_limb` as `LIMBS` say, from its bone behind the body, shape (n, 3)."""
    rows = np.zeros((len(LIMBS), LIMB))
    low = -size.half_height - _PLATE_BELOW_MM
    middle, tall = 0.5 * (_PLATE_ABOVE_MM + low), 0.5 * (_PLATE_ABOVE_MM - low)
    beam = min(size.half_width, size.half_height)
    rows[0] = _row(*size.pedicle, radius=beam, tall=size.half_height - beam)
    beside = np.array([size.wide + 1.5, 0.5 * size.deep, middle])
    rows[1] = _row(beside, np.array([1.5, size.deep + 2.5, middle]), radius=_PLATE_MM, tall=tall)
    if len(places) >= _LEAST:
        _facets(rows, places, size, low)
        _transverse(rows, places, size)
        _spinous(rows, places, size)
    return rows


def _row(start: Floats, end: Floats, *, radius: float, tall: float = 0.0) -> Floats:
    return np.concatenate([start, end, (tall, radius)])


def _facets(rows: Floats, places: Floats, size: Gauge, low: float) -> None:
    upper = _tip(places, places[:, 2], (places[:, 0] > 0.5 * size.wide) & (places[:, 1] > -4.0))
    lower = _tip(places, -places[:, 2], (places[:, 0] > 4.0) & (places[:, 1] > 0.0))
    if upper is not None and upper[2] > _PLATE_ABOVE_MM + _STICKS_OUT_MM:
        base = np.array([upper[0], upper[1], min(_PLATE_ABOVE_MM + 1.0 + _PROCESS_MM, upper[2])])
        rows[2] = _row(base, upper, radius=_PROCESS_MM)
    if lower is not None and lower[2] < low - _STICKS_OUT_MM:
        base = np.array([lower[0], lower[1], max(low + 2.0 - _PROCESS_MM, lower[2])])
        rows[3] = _row(base, lower, radius=_PROCESS_MM)
    if size.is_neck and upper is not None and lower is not None:
        rows[4] = _row(upper, lower, radius=_PROCESS_MM)


def _transverse(rows: Floats, places: Floats, size: Gauge) -> None:
    tip = _tip(places, places[:, 0], places[:, 0] > 0.0)
    if tip is None or tip[0] < size.out + size.half_width + _STICKS_OUT_MM:
        return
    base = np.array([size.out + size.half_width, 0.35 * size.deep + 2.0, 0.0])
    rows[5] = _row(np.array([size.out, tip[1], tip[2]]) if size.is_neck else base, tip, radius=_ACROSS_MM)


def _spinous(rows: Floats, places: Floats, size: Gauge) -> None:
    tip = _tip(places, places[:, 1], places[:, 0] < 6.0)
    start = size.deep + _BEHIND_MM + _SPINE_MM
    if tip is not None and tip[1] > start + _STICKS_OUT_MM:
        rows[6] = _row(np.array([0.0, start, -size.half_height]), tip, radius=_SPINE_MM)


def _tip(places: Floats, key: Floats, held: Bools) -> Floats | None:
    """The middle of the bone that lies farthest to one side, by ``key``; nothing where too little is held."""
    count = max(5, int(_TIP * held.sum()))
    if held.sum() < count:
        return None
    far = np.argpartition(key[held], -count)[-count:]
    return np.asarray(places[held][far].mean(axis=0), dtype=np.float64)


def told_apart(places: Floats, rows: Floats, size: Gauge) -> NDArray[np.int64]:
    """Which of `LIMBS` each place is; none is the spinous process before the rear wall of the arch."""
    found, _ = nearest_limb(places, rows)
    early = (found == len(LIMBS) - 1) & (places[:, 1] <= size.deep + _BEHIND_MM)
    if early.any():
        found[early] = nearest_limb(places[early], rows[:-1])[0]
    return found


def beside_body(places: Floats, rows: Floats) -> NDArray[np.int64]:
    """Which of `LIMBS` bone beside the body of a neck is: within the pedicle, or else transverse process."""
    _, distance = nearest_limb(places, rows[:1])
    return np.where(distance < 0.3, 0, LIMBS.index(Part.TRANSVERSE_PROCESS)).astype(np.int64)
