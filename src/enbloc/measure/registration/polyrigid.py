"""The motion of everything between the vertebrae: each vertebra stiff, the tissue between two of them in between.

The motions are mixed as logarithms (Arsigny, Commowick, Ayache and Pennec, J Math Imaging Vis 33:222-238, 2009), so
that the mixture of two motions is one, and undoing it is the mixture of the two undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, in_order
from enbloc.kernels.blending import blended
from enbloc.measure.registration.rigid import Motion

Floats = NDArray[np.float64]
HEAD = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True, eq=False, kw_only=True)
class Blend:
    """``base`` after the blend of small motions, one a level: ``centres`` and ``axes`` place their planes.

    ``twists``, shape (n, 6), are their logarithms: turn vector, then shift.
    """

    base: Motion
    centres: Floats
    axes: Floats
    twists: Floats

    def moved(self, points_mm: Floats) -> Floats:
        """The points, shape (n, 3), after it."""
        points = np.ascontiguousarray(points_mm, dtype=np.float64)
        return self.base.moved(blended(self.centres, self.axes, self.twists, points))

    def strays_mm(self, points_mm: Floats) -> float:
        """How far at most any level's own motion takes one of the points from where ``base`` alone would."""
        farthest = 0.0
        for twist in self.twists:
            moved = blended(self.centres[:1], self.axes[:1], twist[None], np.ascontiguousarray(points_mm))
            farthest = max(farthest, float(np.linalg.norm(moved - points_mm, axis=1).max()))
        return farthest


def blend(motions: Mapping[Level, Motion], centres: Mapping[Level, Floats], main: Level) -> Blend:
    """The blend of each level's motion; ``centres`` lie in the frame that they begin in, ``main`` moves unblended."""
    levels = in_order(motions)
    base = motions[main]
    places = np.array([centres[level] for level in levels])
    return Blend(
        base=base,
        centres=places,
        axes=_axes(places),
        twists=np.array([logarithm(base.inverse @ motions[level]) for level in levels]),
    )


def _axes(centres: Floats) -> Floats:
    """At each centre the direction to the head: of the chord between its neighbours."""
    if len(centres) == 1:
        return HEAD[None].copy()
    chords = np.gradient(centres, axis=0) * -1.0  # the centres run from head to foot
    return np.ascontiguousarray(chords / np.linalg.norm(chords, axis=1, keepdims=True))


def logarithm(motion: Motion) -> Floats:
    """The twist of a motion, shape (6,): turn vector, then shift.

    Examples
    --------
    >>> logarithm(Motion(rotation=np.eye(3), shift_mm=np.array([1.0, 2.0, 3.0]))).tolist()
    [0.0, 0.0, 0.0, 1.0, 2.0, 3.0]
    """
    turn = Rotation.from_matrix(motion.rotation).as_rotvec()
    angle = float(np.linalg.norm(turn))
    p, q, r = turn
    across = np.array([[0.0, -r, q], [r, 0.0, -p], [-q, p, 0.0]])
    half = 0.5 * angle
    last = (1.0 - half / np.tan(half)) / angle**2 if angle > 1e-5 else 1.0 / 12.0
    back = np.eye(3) - 0.5 * across + last * across @ across
    return np.concatenate([turn, back @ motion.shift_mm])
