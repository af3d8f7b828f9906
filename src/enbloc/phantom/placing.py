"""Place tumour in one sector and layer of a vertebra."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Layer, Level, Sector
from enbloc.case.geometry import PATIENT, Frame, Pose, triple
from enbloc.errors import RecordError
from enbloc.kernels.shapes import union_distance
from enbloc.phantom.morphometry import Size, size
from enbloc.phantom.recipe import Room, Solid
from enbloc.phantom.vertebra import vertebra_rows

Floats = NDArray[np.float64]

UPRIGHT = Pose(child=Frame(name="upright"), parent=PATIENT, axes=((1, 0, 0), (0, 1, 0), (0, 0, 1)), origin_mm=(0, 0, 0))
REACH_MM, STEP_MM = 60.0, 0.25


def in_sector(level: Level, sector: Sector, layer: Layer = Layer.C) -> tuple[Solid, ...]:
    """Balls of tumour on the middle rays of a sector, in the inner (C) or outer (B) half of the bone, or outside (A).

    Thin bone, such as a lamina, is filled through both halves.

    Raises
    ------
    RecordError
        For another layer: growth into the canal is ``Epidural``.
    """
    if layer not in {Layer.A, Layer.B, Layer.C}:
        raise RecordError(f"No solid lies in layer {layer.value}.", remedy="Use A, B or C, or 'Epidural' for D.")
    row = size(level)
    angle = np.deg2rad((sector.number - 0.5) * 30.0)
    ray = np.array([np.sin(angle), np.cos(angle), 0.0])
    rows = vertebra_rows(level, UPRIGHT, None)
    found = []
    for height in np.arange(-0.9, 0.91, 0.15) * row.posterior_height:
        inner, outer = _bone_on_ray(rows, row, ray, float(height))
        if outer - inner > (2.0 if row.is_cervical else 3.0):
            found.append(_ball(level, layer, (inner, outer), row.canal_centre_mm * np.eye(3)[1], ray, float(height)))
    if layer is Layer.A:
        return (max(found, key=lambda ball: -abs(ball.centre_mm[2])),)
    return tuple(found)


def _bone_on_ray(rows: Floats, row: Size, ray: Floats, height: float) -> tuple[float, float]:
    """Where a ray from the canal's centre enters its first bone and leaves its last, mm; equal if it meets none."""
    radii = np.arange(0.0, REACH_MM, STEP_MM)
    points = np.array([0.0, row.canal_centre_mm, height]) + radii[:, None] * ray
    in_canal = (points[:, 0] / (row.canal_width / 2)) ** 2 + (
        (points[:, 1] - row.canal_centre_mm) / (row.canal_depth / 2)
    ) ** 2 < 1.0
    bone = radii[(union_distance(rows, points)[0] < 0) & ~in_canal]
    if row.is_cervical:  # as far as the foramen of the artery
        gaps = np.flatnonzero(np.diff(bone) > 2.0 * STEP_MM)
        bone = bone[: gaps[0] + 1] if len(gaps) else bone
    return (float(bone[0]), float(bone[-1])) if len(bone) else (0.0, 0.0)


def _ball(level: Level, layer: Layer, span: tuple[float, float], centre: Floats, ray: Floats, height: float) -> Solid:
    inner, outer = span
    thick = outer - inner
    if layer is Layer.A:
        at, radius = outer + 6.0, 6.0
    elif thick < 10.0:
        # The thin bone of the neck needs a wider ball to hold as much.
        at, radius = (inner + outer) / 2.0, max(thick / 2.0, 4.4 if size(level).is_cervical else 3.0)
    else:
        at = inner + thick * (0.25 if layer is Layer.C else 0.75)
        radius = min(thick / 4.0, max(0.27 * at, 2.5))
    middle = centre + at * ray
    room = Room.SOFT_TISSUE if layer is Layer.A else Room.BONE
    x, y, _ = triple(middle)
    return Solid(level=level, centre_mm=(x, y, height), radii_mm=(radius, radius, radius), room=room)
