"""The ways in: each a cone of straight directions in the frame of the vertebra, from the tumour out to the surgeon."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Side
from enbloc.case.geometry import Triple
from enbloc.plan.cutting.cones import Cone, grid_of_normals
from enbloc.plan.removal.parameters import BETWEEN, OBLIQUE, REACH, STEP, STRAIGHT, TURN
from enbloc.value import value

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@value
class Approach:
    """A way in: ``cone`` holds its directions, outwards, in the frame of the vertebra (x left, y back, z head)."""

    name: str
    cone: Cone

    @property
    def mirrored(self) -> Approach:
        """The same from the other side."""
        x, y, z = self.cone.axis
        words = {side.value: other.value for side, other in zip(Side, reversed(Side), strict=True)}
        name = " ".join(words.get(word, word) for word in self.name.split(" "))
        return Approach(name=name, cone=Cone(axis=(-x + 0.0, y, z), half_angle=self.cone.half_angle))


def _approach(name: str, axis: Triple, half_deg: float) -> Approach:
    return Approach(name=name, cone=Cone(axis=axis, half_angle=math.radians(half_deg)))


_TURN = math.radians(TURN.number)
POSTERIOR = _approach("posterior", (0.0, 1.0, 0.0), STRAIGHT.number)
POSTEROLATERAL = _approach("left posterolateral", (math.sin(_TURN), math.cos(_TURN), 0.0), OBLIQUE.number)
LATERAL = _approach("left lateral", (1.0, 0.0, 0.0), OBLIQUE.number)
ANTERIOR = _approach("anterior", (0.0, -1.0, 0.0), STRAIGHT.number)
APPROACHES: tuple[Approach, ...] = (
    POSTERIOR,
    POSTEROLATERAL,
    POSTEROLATERAL.mirrored,
    LATERAL,
    LATERAL.mirrored,
    ANTERIOR,
)
"""The posterolateral ones hold the way through the pedicle; that of least bone may pass beside it."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Directions:
    """Directions of a cone as voxels to pass: ``steps``, shape (m, k, 3), and how far apart these lie, mm, shape (m,).

    ``leftwards`` and ``rightwards`` are their orders for tumour on the left and on the right: outwards from the axis,
    and of equal ones first those that stay on the tumour's own side. So a mirrored patient gets the mirrored ways.
    """

    steps: Ints
    lengths: Floats
    leftwards: Ints
    rightwards: Ints


def directions(approach: Approach) -> Directions:
    """The directions of an approach, on cells of the stated size.

    Examples
    --------
    >>> found = directions(POSTERIOR)
    >>> found.steps[0, :2].tolist()
    [[0, 1, 0], [0, 2, 0]]
    """
    unit = _units(approach.cone)
    longest = np.abs(unit).max(axis=1)
    count = math.ceil(REACH.number / STEP.number)
    slope = unit / longest[:, None]
    places = np.arange(1, count + 1)[None, :, None] * slope[:, None, :]
    steps = np.rint(np.round(places, 6)).astype(np.int64)  # halves go to the even cell: mirror images stay so
    tilt = np.round(unit @ np.array(approach.cone.axis), 9)
    flat = np.round(unit, 9)
    left, right = (np.lexsort((flat[:, 2], flat[:, 1], way * flat[:, 0], -tilt)) for way in (-1.0, 1.0))
    return Directions(steps=steps, lengths=STEP.number / longest, leftwards=left, rightwards=right)


def _units(cone: Cone) -> Floats:
    """Unit directions of a cone, shape (m, 3); those of a mirrored cone are the mirror images."""
    x, y, z = cone.axis
    if x < 0.0:
        return _units(Cone(axis=(-x, y, z), half_angle=cone.half_angle)) * (-1.0, 1.0, 1.0)
    return grid_of_normals(cone, math.radians(BETWEEN.number))
