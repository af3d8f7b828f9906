"""The isthmus of each pedicle: the smallest section of the bone on its way from the body around the canal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Side
from enbloc.kernels import fronts
from enbloc.measure.spine.heights import to_index
from enbloc.measure.spine.parameters import LEAST_ISTHMUS, PEDICLE_FLARE
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]

SIGNS: tuple[tuple[Side, float], ...] = ((Side.LEFT, 1.0), (Side.RIGHT, -1.0))
WINDOW = (14.0, 0.75, 6.0)
"""How far a section of a pedicle is looked at, how finely, and how near to its middle the bone must lie, mm."""
_SWEPT = np.deg2rad(np.linspace(25.0, 100.0, 60))  # where the cuts leave the canal, from its front to beside it
_SPREAD = np.deg2rad(np.arange(-40.0, 41.0, 10.0))  # how far they may lean from the way out
_LEAST_LEAN = np.deg2rad(-25.0)
NEAR_MM, FAR_MM = 8, 9  # of the isthmus: where its sections give centre and axis, and where its ends are looked for
WITHIN = 0.8  # of the way from the canal's centre to its wall: cuts begin before the bone
TRIES, APART_MM = 3, 5.0  # how many cuts are tried, and how far apart
ALIKE = 1.1  # of the least section: as narrow
STRAIGHT_MM = 4.0  # as far as sections must be alike for their centres to give an axis
LEAST_AGREEMENT = float(np.cos(np.deg2rad(20.0)))
VEER = np.deg2rad([0.0, -15.0, 15.0])  # the directions that a search begins in, from square to the cut
SMALLER = 0.97  # of another section: less is clearly smaller
CORNER = 0.75  # of another section here: less is none of the whole pedicle
BROKEN = 0.35  # of the isthmus: less bone than this does not lead on
SLACK_MM = 2.0
CORNER_MM = 4.0  # a pedicle ends at most so far before the canal: where no body is left, none makes its section flare


@dataclass(frozen=True, eq=False, kw_only=True)
class Isthmus:
    """The narrowest section of one pedicle, in the frame of its vertebra.

    ``axis`` points to the front, ``across`` away from the midline, ``upright`` to the head. The pedicle reaches
    ``front_mm`` before and ``rear_mm`` behind ``centre`` along its axis, to where body and arch begin; the axis was
    read over ``straight_mm``. ``width_mm`` and ``height_mm`` are those of the ellipse with the section's own spread.
    One that ``is_supposed`` was not seen: it is the mirror image of the other side, or where a pedicle usually is.
    """

    side: Side
    centre: Floats
    axis: Floats
    across: Floats
    upright: Floats
    area_mm2: float
    width_mm: float
    height_mm: float
    front_mm: float
    rear_mm: float
    straight_mm: float
    is_supposed: bool = False

    @property
    def is_line(self) -> bool:
        """Whether the axis is the line through the centres of sections, and not the way that the narrowest faces."""
        return self.straight_mm >= STRAIGHT_MM


@dataclass(frozen=True, eq=False, kw_only=True)
class Half:
    """One side of a vertebra, seen as if it were the left: u outwards from the canal's centre, y back, z up."""

    one: Vertebra
    side: Side
    sign: float

    @property
    def affine(self) -> Floats:
        """From (u, y, z) to the indices of the crop, shape (3, 4)."""
        matrix, offset = to_index(self.one)
        start = offset + matrix[:, 0] * self.one.hole_mm[0]
        return np.ascontiguousarray(np.column_stack([matrix * (self.sign, 1.0, 1.0), start]))

    def own(self, places: Floats) -> Floats:
        """Places (u, y, z) in the frame of the vertebra."""
        return np.asarray(places * (self.sign, 1.0, 1.0) + (self.one.hole_mm[0], 0.0, 0.0), dtype=np.float64)

    def turned(self, ways: Floats) -> Floats:
        """Directions (u, y, z) in the frame of the vertebra."""
        return np.asarray(ways * (self.sign, 1.0, 1.0), dtype=np.float64)


def isthmuses(one: Vertebra) -> Mapping[Side, Isthmus]:
    """The isthmus of each pedicle that the label has; none where no bone joins body and arch."""
    found = {}
    for side, sign in SIGNS:
        held = _isthmus(Half(one=one, side=side, sign=sign))
        if held is not None:
            found[side] = held
    return found


def mirrored(held: Isthmus, one: Vertebra) -> Isthmus:
    """The same isthmus on the other side."""
    about = 2.0 * one.hole_mm[0]
    across = np.array([-1.0, 1.0, 1.0])
    return replace(
        held,
        side=Side.RIGHT if held.side is Side.LEFT else Side.LEFT,
        centre=held.centre * across + (about, 0.0, 0.0),
        axis=held.axis * across,
        across=held.across * across,
        upright=held.upright * across,
        is_supposed=True,
    )


def supposed(one: Vertebra, side: Side, sign: float) -> Isthmus:
    """Where a pedicle would be that nothing shows: beside the canal, straight back from the plane of its front."""
    wide = one.pedicle_mm - one.half_width_mm
    middle = 0.5 * (one.back_mm + float(one.hole_mm[1]))
    return Isthmus(
        side=side,
        centre=np.array([one.hole_mm[0] + sign * (one.half_width_mm + 0.5 * wide), middle, one.hole_mm[2]]),
        axis=np.array([0.0, -1.0, 0.0]),
        across=np.array([sign, 0.0, 0.0]),
        upright=np.array([0.0, 0.0, 1.0]),
        area_mm2=0.0,
        width_mm=wide,
        height_mm=0.6 * (one.high_mm - one.low_mm),
        front_mm=middle - one.back_mm,
        rear_mm=0.0,
        straight_mm=0.0,
        is_supposed=True,
    )


def _isthmus(half: Half) -> Isthmus | None:
    """The narrowest section that body and arch hang together by, from the most likely cut on."""
    for place, way in _cuts(half):
        held = _narrowest(half, place, np.array([way[1], -way[0], 0.0]))
        if held is not None:
            return held
    return None


def _narrowest(half: Half, place: Floats, axis: Floats) -> Isthmus | None:
    """The smallest isthmus that is found from here along the axis, and along axes on either side of it.

    From one direction alone the search may end in a waist that is not the narrowest. A section much smaller than
    another here only cuts a corner of the bone.
    """
    best = None
    for turn in VEER:
        across = np.array([axis[1], -axis[0], 0.0])
        centre, way = fronts.narrowest(
            half.one.crop.mask, half.affine, place, np.cos(turn) * axis + np.sin(turn) * across, WINDOW
        )
        held = _followed(half, centre, way)
        if held is not None and (best is None or CORNER * best.area_mm2 < held.area_mm2 < SMALLER * best.area_mm2):
            best = held
    return best


def _cuts(half: Half) -> Iterator[tuple[Floats, Floats]]:
    """Where to begin: the middle of the smallest upright cuts about the canal, (u, y, z), and their way out, (u, y)."""
    one = half.one
    us, ys = np.arange(0.0, 46.0), np.arange(one.back_mm - 20.0, one.hole_mm[1] + 15.0)
    zs = np.arange(one.low_mm, one.high_mm + 4.0)
    thick = fronts.thickness(one.crop.mask, half.affine, us, ys, zs)
    starts, ways = _fan(one)
    reach = (0.2 * one.half_width_mm + 8.0, 60.0, LEAST_ISTHMUS.number)
    area, begin, end = fronts.swept(thick, np.array([us[0], ys[0]]), 1.0, starts, ways, reach).T
    middle = starts + ways * (0.5 * (begin + end))[:, None]
    last = one.hole_mm[1] + 0.3 * one.half_depth_mm
    left = (area > 0.0) & (middle[:, 1] >= one.back_mm) & (middle[:, 1] <= last)
    for _ in range(TRIES):
        if not left.any():
            return
        least = left & (area <= ALIKE * area[left].min())
        place, way = middle[least].mean(axis=0), ways[least].mean(axis=0)
        yield np.array([*place, one.hole_mm[2]]), way / np.linalg.norm(way)
        left &= np.linalg.norm(middle - place, axis=1) > APART_MM


def _fan(one: Vertebra) -> tuple[Floats, Floats]:
    """Upright cuts from within the wall of the canal outwards, (u, y): where they start and their way."""
    wide, deep = one.half_width_mm, one.half_depth_mm
    starts = WITHIN * np.stack([wide * np.sin(_SWEPT), -deep * np.cos(_SWEPT)], axis=1) + (0.0, one.hole_mm[1])
    out = np.arctan2(np.cos(_SWEPT) / deep, np.sin(_SWEPT) / wide)  # square to an ellipse; forward of sideways
    lean = (out[:, None] + _SPREAD).ravel()
    kept = lean >= _LEAST_LEAN
    ways = np.stack([np.cos(lean), -np.sin(lean)], axis=1)
    return np.repeat(starts, len(_SPREAD), axis=0)[kept], ways[kept]


def _followed(half: Half, centre: Floats, axis: Floats) -> Isthmus | None:
    """The pedicle on both sides of its narrowest plane; nothing unless bone leads on to the body and to the arch."""
    near = _along(half, centre, axis, NEAR_MM)
    if near[NEAR_MM, 0] < LEAST_ISTHMUS.number:
        return None
    centre = _middle(near)
    line, straight = _straightened(near, axis)
    cuts = _along(half, centre, line, FAR_MM)
    if cuts[FAR_MM, 0] > ALIKE * near[NEAR_MM, 0]:  # the line leads out of the pedicle
        line, straight = axis, 0.0
        cuts = _along(half, centre, line, FAR_MM)
    return _bounded(half, centre, line, cuts, straight)


def _bounded(half: Half, centre: Floats, axis: Floats, cuts: Floats, straight: float) -> Isthmus | None:
    """The isthmus at ``centre``, from where its sections flare into the body to where they flare into the arch."""
    area, wide, tall = cuts[FAR_MM, [0, 4, 5]]
    if area < LEAST_ISTHMUS.number:
        return None
    front, rear = _end(cuts[FAR_MM:, 0] / area), _end(cuts[FAR_MM::-1, 0] / area)
    if front[1] and (centre + front[0] * axis)[1] > half.one.back_mm + SLACK_MM:
        return None
    if rear[1] and (centre - rear[0] * axis)[1] < half.one.hole_mm[1] - SLACK_MM:
        return None
    most = (centre[1] - half.one.back_mm + CORNER_MM) / max(0.5, -axis[1])
    across, upright = fronts.facing(axis)
    return Isthmus(
        side=half.side,
        centre=half.own(centre),
        axis=half.turned(axis),
        across=half.turned(across),
        upright=half.turned(upright),
        area_mm2=float(area),
        width_mm=float(4.0 * wide),
        height_mm=float(4.0 * tall),
        front_mm=min(front[0], max(0.0, float(most))),
        rear_mm=rear[0],
        straight_mm=straight,
    )


def _along(half: Half, centre: Floats, axis: Floats, reach_mm: int) -> Floats:
    """The sections across the axis, one a millimetre as far as ``reach_mm`` to both sides; ahead is last."""
    steps = np.arange(-reach_mm, reach_mm + 1.0)
    return fronts.cut_through(half.one.crop.mask, half.affine, centre + steps[:, None] * axis, axis, WINDOW)


def _run(areas: Floats, share: float) -> tuple[int, int]:
    """The first and last section about the middle that are all at most ``share`` of it."""
    low = high = len(areas) // 2
    fits = (areas > 0.0) & (areas <= share * areas[low])
    while low > 0 and fits[low - 1]:
        low -= 1
    while high < len(areas) - 1 and fits[high + 1]:
        high += 1
    return low, high


def _middle(cuts: Floats) -> Floats:
    """The middle of the stretch that is as narrow all along.

    A section counts the less the wider it is, so that one more or less at an end moves the middle hardly.
    """
    low, high = _run(cuts[:, 0], ALIKE)
    weights = ALIKE - cuts[low : high + 1, 0] / cuts[NEAR_MM, 0]
    return np.asarray(weights @ cuts[low : high + 1, 1:4] / weights.sum(), dtype=np.float64)


def _straightened(cuts: Floats, axis: Floats) -> tuple[Floats, float]:
    """The axis through the centres of the sections that are alike, and over which length they were.

    Where they are too few, or their line leads elsewhere, the axis stays the one that cuts least.
    """
    low, high = _run(cuts[:, 0], 1.25)
    length = float(high - low)
    if length < STRAIGHT_MM:
        return axis, length
    places, along = cuts[low : high + 1, 1:4], np.arange(low, high + 1.0) - 0.5 * (low + high)
    line = (places - places.mean(axis=0)).T @ along
    line = line / np.linalg.norm(line)
    return (line, length) if line @ axis >= LEAST_AGREEMENT else (axis, length)


def _end(ratios: Floats) -> tuple[float, bool]:
    """How far from the isthmus its section flares into body or arch, and whether it breaks off before."""
    for at in range(1, len(ratios)):
        if ratios[at] < BROKEN:
            return float(at), True
        if ratios[at] > PEDICLE_FLARE.number:
            before = ratios[at - 1]
            return at - 1 + float((PEDICLE_FLARE.number - before) / (ratios[at] - before)), False
    return float(len(ratios) - 1), False
