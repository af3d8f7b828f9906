"""Shapes on one plane: rims, proportions, the fluid around them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.measure.cord.parameters import PLANE_PIXEL
from enbloc.measure.cord.planes import Planes

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
RAYS = 72
LONGEST_MM = 6.0


def in_plane_faces(mask: Mask) -> int:
    """How many pixel edges bound the mask; times the edge and a distance, what the area gains when all move by it.

    Examples
    --------
    >>> in_plane_faces(np.ones((2, 3), bool))
    10
    """
    wide = np.pad(mask, 1)
    return int((wide[1:] != wide[:-1]).sum() + (wide[:, 1:] != wide[:, :-1]).sum())


def depth_to_width(mask: Mask, wider_mm: float = 0.0) -> float:
    """Depth (second axis) over width (first axis) of a shape by its spread; of one ``wider_mm`` larger both ways.

    Examples
    --------
    >>> round(depth_to_width(np.ones((40, 20), bool)), 2)
    0.5
    """
    points = np.argwhere(mask) * PLANE_PIXEL.number
    # Twice the root of three: the width of a bar, from its standard deviation; four for a disc is near enough.
    width, depth = np.maximum(points.std(axis=0) * 2.0 * np.sqrt(3.0), PLANE_PIXEL.number)
    return float(max(depth + wider_mm, PLANE_PIXEL.number) / max(width + wider_mm, PLANE_PIXEL.number))


def fluid(core: Mask, liquid: Mask) -> Floats:
    """The thickness of ``liquid`` next to ``core`` in 72 directions from its centre, mm."""
    p0, q0 = np.argwhere(core).mean(axis=0)
    angles = np.arange(RAYS) * 2.0 * np.pi / RAYS
    fine = np.arange(0.0, 2.0 * max(core.shape), 0.5)  # half pixels
    p = np.rint(p0 + fine * np.cos(angles)[:, None]).astype(int)
    q = np.rint(q0 + fine * np.sin(angles)[:, None]).astype(int)
    valid = (p >= 0) & (p < core.shape[0]) & (q >= 0) & (q < core.shape[1])
    p, q = np.clip(p, 0, core.shape[0] - 1), np.clip(q, 0, core.shape[1] - 1)
    inner, outer = core[p, q] & valid, liquid[p, q] & valid
    last = fine.size - 1 - np.argmax(inner[:, ::-1], axis=1)
    thickness = np.zeros(RAYS)
    for ray in range(RAYS):
        beyond = outer[ray, last[ray] + 1 :]
        run = int(np.argmin(beyond)) if beyond.size and not beyond.all() else beyond.size
        thickness[ray] = min(run * 0.5 * PLANE_PIXEL.number, LONGEST_MM)
    return thickness


def towards(core: Mask, mass: Mask) -> Mask:
    """Which of the 72 directions from the centre of ``core`` meet ``mass``."""
    p0, q0 = np.argwhere(core).mean(axis=0)
    places = np.argwhere(mass)
    turns = np.arctan2(places[:, 1] - q0, places[:, 0] - p0) * RAYS / (2.0 * np.pi)
    met = np.zeros(RAYS, np.bool_)
    met[np.rint(turns).astype(int) % RAYS] = True
    return met


def shifts(seen: Planes, structure: Mask, rows: NDArray[np.intp]) -> Floats | None:
    """How far the centre of a structure lies from the line between its centres on the free planes, mm, by row.

    Nothing unless it is seen free on both sides.
    """
    ends = []
    for side in seen.free:
        there = [row for row in side if structure[row].any()]
        if not there:
            return None
        centres = np.array([_centre(structure, int(row)) for row in there])
        ends.append((float(seen.at[there].mean()), centres.mean(axis=0)))
    (high, top), (low, bottom) = ends
    moved = []
    for row in rows:
        share = (seen.at[row] - low) / (high - low)
        moved.append(np.linalg.norm(_centre(structure, int(row)) - (share * top + (1.0 - share) * bottom)))
    return np.array(moved)


def _centre(structure: Mask, row: int) -> Floats:
    """The centre of a structure on one plane, against the canal's own line, mm."""
    return np.asarray(np.argwhere(structure[row]).mean(axis=0) * PLANE_PIXEL.number, dtype=np.float64)
