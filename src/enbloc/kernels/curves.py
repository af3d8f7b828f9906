"""Frames that follow a curve in space without turning about it, and places along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.kernels.compiled import compiled

Floats = NDArray[np.float64]


@compiled
def untwisted(points: Floats, tangents: Floats, first: Floats) -> Floats:
    """A normal at each point of a curve that turns about it as little as can be, beginning with ``first``.

    ``points`` and unit ``tangents`` have shape (n, 3), ``first`` shape (3,), unit and square to the first tangent.
    Double reflection (Wang, Jüttler, Zheng and Liu 2008): its error falls with the fourth power of the step.
    """
    normals = np.empty_like(points)
    normals[0] = first
    for at in range(len(points) - 1):
        step = points[at + 1] - points[at]
        square = step @ step
        normal, tangent = normals[at].copy(), tangents[at].copy()
        if square > 0.0:
            normal -= (2.0 / square) * (step @ normal) * step
            tangent -= (2.0 / square) * (step @ tangent) * step
        turn = tangents[at + 1] - tangent
        square = turn @ turn
        if square > 0.0:
            normal -= (2.0 / square) * (turn @ normal) * turn
        normal -= (normal @ tangents[at + 1]) * tangents[at + 1]  # what rounding adds up to over many steps
        normals[at + 1] = normal / np.sqrt(normal @ normal)
    return normals


@compiled
def nearest_along(points: Floats, stations: Floats, wanted: Floats) -> Floats:
    """The station of the place on a polyline that is nearest to each of ``wanted``, shape (n,).

    ``points``, shape (m, 3), are its corners and ``stations``, shape (m,), their lengths along it.
    """
    found, steps = np.empty(len(wanted)), points[1:] - points[:-1]
    squares = np.maximum((steps * steps).sum(axis=1), 1e-12)
    for one in range(len(wanted)):
        least = np.inf
        for at in range(len(steps)):
            u, v, w = steps[at, 0], steps[at, 1], steps[at, 2]
            x, y, z = wanted[one, 0] - points[at, 0], wanted[one, 1] - points[at, 1], wanted[one, 2] - points[at, 2]
            share = min(1.0, max(0.0, (x * u + y * v + z * w) / squares[at]))
            x, y, z = x - share * u, y - share * v, z - share * w
            distance = x * x + y * y + z * z
            if distance < least:
                least = distance
                found[one] = stations[at] + share * (stations[at + 1] - stations[at])
    return found
