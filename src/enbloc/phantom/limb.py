"""Solids drawn out from one point to another, as rows, each with the part of the vertebra that it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Part, Side
from enbloc.case.geometry import Pose
from enbloc.kernels.shapes import ROW, SPHEROID

Floats = NDArray[np.float64]

PARTS: tuple[Part, ...] = tuple(Part)
"""A part's place here is the tag of its rows."""

SIDES = ((Side.LEFT, 1.0), (Side.RIGHT, -1.0))
BLEND_MM = 2.5  # how softly the parts of a vertebra run into each other


@dataclass(frozen=True, eq=False, kw_only=True)
class Limb:
    """A solid drawn out from one point to another, mm; ``upright`` is the way its second radius points."""

    part: Part
    start: tuple[float, float, float]
    end: tuple[float, float, float]
    radii_mm: tuple[float, float]  # along ``upright``, and across both
    upright: tuple[float, float, float] = (0.0, 0.0, 1.0)


def limb_row(limb: Limb, pose: Pose, *, blend_mm: float = BLEND_MM) -> Floats:
    """A limb in the frame of a vertebra as a row in the patient."""
    start, end = np.array(limb.start), np.array(limb.end)
    long = end - start
    length = float(np.linalg.norm(long))
    along = long / length
    upright = np.array(limb.upright) - (np.array(limb.upright) @ along) * along
    upright /= np.linalg.norm(upright)
    row = np.zeros(ROW)
    row[0], row[1], row[2] = SPHEROID, blend_mm, PARTS.index(limb.part)
    row[3] = length / 2 + max(limb.radii_mm)
    row[4:7] = pose.rotation @ ((start + end) / 2) + pose.origin
    local = np.array([upright, np.cross(along, upright), along])
    row[7:16] = (local @ pose.rotation.T).ravel()
    row[16:20] = (*limb.radii_mm, min(limb.radii_mm), length / 2)
    return row


def ellipsoid_row(centre_mm: tuple[float, float, float], radii_mm: tuple[float, float, float], pose: Pose) -> Floats:
    """An ellipsoid in the frame of a vertebra as a row in the patient."""
    row = np.zeros(ROW)
    row[0], row[3] = SPHEROID, max(radii_mm)
    row[4:7] = pose.rotation @ np.array(centre_mm) + pose.origin
    row[7:16] = pose.rotation.T.ravel()
    row[16:19] = radii_mm
    return row
