"""The middle of the cord, or of the sac where there is no cord, and on which side of it a tumour lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Side, Structure
from enbloc.case.finding import Interval
from enbloc.case.image import Images, LabelMap
from enbloc.measure.spine.canal import within
from enbloc.measure.spine.curve import Curve
from enbloc.measure.spine.vertebra import half_voxel
from enbloc.measure.tumour.mass import Tumour
from enbloc.plan.laminae.parameters import FEWEST, MIDLINE_PIECE

Floats = NDArray[np.float64]
AROUND_MM = 15.0
"""Cord and sac are looked for this far around the tumour, which lies within them."""


@dataclass(frozen=True, kw_only=True)
class Sided:
    """How far a tumour reaches to the left of the midline, mm; negative is to the right of it.

    ``right_mm`` is its right edge, ``left_mm`` its left one. ``of`` is what the midline was taken of.
    """

    right_mm: Interval
    left_mm: Interval
    of: tuple[Structure, ...]

    @property
    def surely_on(self) -> Side | None:
        """The side on which all of it lies wherever within half a voxel the surfaces do."""
        if self.right_mm.low > 0.0:
            return Side.LEFT
        return Side.RIGHT if self.left_mm.high < 0.0 else None

    @property
    def is_across(self) -> bool:
        """Whether it crosses the midline wherever within half a voxel the surfaces lie."""
        return self.right_mm.high < 0.0 < self.left_mm.low

    @property
    def mostly_on(self) -> Side:
        """The side that it reaches farther on."""
        return Side.LEFT if self.left_mm.low + self.right_mm.high > 0.0 else Side.RIGHT


def sided(images: Images, curve: Curve, mass: Tumour, points_mm: Floats) -> Sided | None:
    """On which side of the midline the points of a tumour lie; nothing where no midline is seen beside all of them."""
    places, error, of = _middles(images, curve, mass, points_mm)
    if not len(places):
        return None
    stations = curve.stations(points_mm)
    if stations.min() < places[0, 0] - MIDLINE_PIECE.number or stations.max() > places[-1, 0] + MIDLINE_PIECE.number:
        return None
    off = _off(curve, points_mm, stations) - np.interp(stations, places[:, 0], places[:, 1])
    half = half_voxel(mass.grid, curve.frame(float(stations.mean()))[0])
    error += half + mass.labels.error_mm
    right_edge, left_edge = float(off.min()) - half, float(off.max()) + half
    return Sided(
        right_mm=Interval(low=right_edge - error, high=right_edge + error),
        left_mm=Interval(low=left_edge - error, high=left_edge + error),
        of=of,
    )


def _off(curve: Curve, points_mm: Floats, stations: Floats) -> Floats:
    """How far points lie to the left of the curve, mm, shape (n,)."""
    at = np.clip(np.rint(stations / curve.length_mm * (len(curve.axes) - 1)), 0, len(curve.axes) - 1).astype(np.intp)
    return np.asarray(np.einsum("ni,ni->n", points_mm - curve.points_mm[at], curve.axes[at, 0]))


def _middles(
    images: Images, curve: Curve, mass: Tumour, points_mm: Floats
) -> tuple[Floats, float, tuple[Structure, ...]]:
    """The station of each piece of canal beside the points with the middle of the cord, else the sac, from the head.

    Shape (n, 2), and how far the middle may lie off, mm, and what it was taken of. The tumour itself counts to the sac.
    """
    stations = curve.stations(points_mm)
    first, last = (int(np.floor(end / MIDLINE_PIECE.number)) for end in (stations.min(), stations.max()))
    found: dict[int, tuple[float, float]] = {}
    error, of = 0.0, []
    for named in (CORD, SAC):
        labels = images.map_of(named)
        if labels is None:
            continue
        here = _pieces(curve, _beside(labels, named, mass), first, last)
        here = {piece: at for piece, at in here.items() if piece not in found}
        if here:
            found |= here
            of.append(named)
            error = max(error, half_voxel(labels.grid, curve.axes[0, 0]) + labels.error_mm)
    places = np.array([found[piece] for piece in sorted(found)]).reshape(-1, 2)
    return places, error, tuple(of)


def _beside(labels: LabelMap, named: Structure, mass: Tumour) -> Floats:
    """The voxels of a structure about the tumour; of the sac also those of the cord and of the tumour in it."""
    box = within(labels, mass.corners_mm, AROUND_MM)
    held = labels.mask(named, box)
    grid = labels.grid.cropped(box)
    if named == SAC:
        held = held | labels.mask(CORD, box)
    return grid.points_mm(np.argwhere(held))


def _pieces(curve: Curve, points_mm: Floats, first: int, last: int) -> dict[int, tuple[float, float]]:
    """By piece of canal: its station, and how far to the left of the curve the middle of the points lies there."""
    if not len(points_mm):
        return {}
    stations = curve.stations(points_mm)
    off, piece = _off(curve, points_mm, stations), np.floor(stations / MIDLINE_PIECE.number).astype(np.intp)
    found = {}
    for number in range(first, last + 1):
        here = piece == number
        if FEWEST.holds(int(here.sum())):
            found[number] = (float(stations[here].mean()), float(off[here].mean()))
    return found
