"""The curve of the column: through its canal, by length, with frames that do not turn about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import splev, splprep

from enbloc.case.anatomy import Level
from enbloc.kernels.curves import nearest_along, untwisted
from enbloc.measure.spine.canal import thinned
from enbloc.measure.spine.parameters import CURVE_BIN, CURVE_SPREAD
from enbloc.measure.spine.vertebra import Vertebra

Floats = NDArray[np.float64]
STEP_MM = 1.0
BEYOND_MM = 40.0  # how far past the last vertebrae a labelled canal is followed, at most
EACH = 2000
FEWEST = 8  # points in a bin: fewer are the frayed end of a label


@dataclass(frozen=True, eq=False, kw_only=True)
class Curve:
    """A smooth curve to the head, sampled each millimetre of its length.

    ``stations_mm``, shape (n,), is the length from the lower end; ``points_mm``, shape (n, 3), the places in the
    patient; ``axes``, shape (n, 3, 3), the frames there with left, back and head as rows: they follow the curve with
    as little turning about it as can be. ``method`` says in a clause what the curve runs through.
    """

    stations_mm: Floats
    points_mm: Floats
    axes: Floats
    method: str

    @property
    def length_mm(self) -> float:
        return float(self.stations_mm[-1])

    def position(self, station_mm: float) -> Floats:
        """The place at a length from the lower end, shape (3,); the end itself beyond it."""
        return np.array([np.interp(station_mm, self.stations_mm, column) for column in self.points_mm.T])

    def frame(self, station_mm: float) -> Floats:
        """Left, back and head as rows at a length from the lower end, shape (3, 3)."""
        flat = self.axes.reshape(-1, 9)
        left, _, head = np.array([np.interp(station_mm, self.stations_mm, one) for one in flat.T]).reshape(3, 3)
        head = head / np.linalg.norm(head)
        left = left - (left @ head) * head
        left = left / np.linalg.norm(left)
        return np.stack([left, np.cross(head, left), head])

    def tangent(self, station_mm: float) -> Floats:
        """The direction to the head at a length from the lower end, shape (3,)."""
        return np.asarray(self.frame(station_mm)[2], dtype=np.float64)

    def stations(self, points_mm: Floats) -> Floats:
        """How far from the lower end the place on the curve is that is nearest to each of the points, shape (n,).

        Beyond its ends the curve runs on straight: below the lower one stations are negative.
        """
        found = nearest_along(self.points_mm, self.stations_mm, np.ascontiguousarray(points_mm))
        below = (points_mm - self.points_mm[0]) @ self.axes[0, 2]
        above = (points_mm - self.points_mm[-1]) @ self.axes[-1, 2]
        found = np.where(found <= 0.0, np.minimum(below, 0.0), found)
        return np.where(found >= self.length_mm, self.length_mm + np.maximum(above, 0.0), found)


def curve_of(spine: Mapping[Level, Vertebra], centroids: Mapping[Level, Floats]) -> Curve | None:
    """The curve through the canal beside the vertebrae of ``spine``, cranial to caudal.

    The canal is its label, or the holes of the vertebrae joined. Where no vertebra has a frame, the curve runs through
    the middles of the labelled vertebrae; nothing for fewer than two of them.
    """
    if spine:
        return _through(*_canal_middles(spine))
    return _through(np.array(list(centroids.values())[::-1]), "through the middles of the vertebrae")


def _canal_middles(spine: Mapping[Level, Vertebra]) -> tuple[Floats, str]:
    """Middles of the canal from the lower end to the upper one, and what they are of.

    A labelled canal gives one for each short piece, a hole only one for its vertebra: a ring of bone is too short to
    tell a direction.
    """
    ordered = list(spine.values())[::-1]
    centres = np.array([one.origin + one.hole_mm @ one.axes for one in ordered])
    said = sorted({note for one in ordered for note in one.canal.notes})
    method = f"through the canal ({'; '.join(said)})" if said else "through the canal"
    if not all(one.canal.is_label for one in ordered):
        return centres, method
    first, last = (centres[at] + sign * BEYOND_MM * ordered[at].axes[2] for at, sign in ((0, -1.0), (-1, 1.0)))
    chain = np.concatenate([first[None], centres, last[None]])
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(chain, axis=0), axis=1))])
    canal = np.concatenate([thinned(one.canal.points_mm, EACH) for one in ordered])
    piece = np.floor(nearest_along(chain, lengths, canal) / CURVE_BIN.number).astype(np.intp)
    count = np.bincount(piece)
    total = np.stack([np.bincount(piece, weights=column) for column in canal.T], axis=1)
    full = np.flatnonzero(count >= FEWEST)
    full = full[1:-1] if len(full) > 4 else full  # the outermost are only begun
    return total[full] / count[full, None], method


def _through(middles: Floats, method: str) -> Curve | None:
    """A smoothing spline through points in their order, sampled by length; nothing for fewer than two."""
    if len(middles) < 2:
        return None
    order = min(3, len(middles) - 1)
    spline: Any = splprep(middles.T, k=order, s=len(middles) * CURVE_SPREAD.number**2)[0]
    fine = np.linspace(0.0, 1.0, 40 * len(middles))
    dense = np.stack(splev(fine, spline), axis=1)
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(dense, axis=0), axis=1))])
    stations = np.linspace(0.0, lengths[-1], max(2, round(lengths[-1] / STEP_MM) + 1))
    at = np.interp(stations, lengths, fine)
    points = np.stack(splev(at, spline), axis=1)
    heads = np.stack(splev(at, spline, der=1), axis=1)
    heads /= np.linalg.norm(heads, axis=1, keepdims=True)
    lefts = untwisted(points, heads, _left(heads[0]))
    return Curve(
        stations_mm=stations,
        points_mm=points,
        axes=np.stack([lefts, np.cross(heads, lefts), heads], axis=1),
        method=method,
    )


def _left(head: Floats) -> Floats:
    """The patient's left, square to a direction."""
    left = np.array([1.0, 0.0, 0.0]) - head[0] * head
    return np.asarray(left / np.linalg.norm(left), dtype=np.float64)
