"""One vertebra and its ribs as rows of solids, each with the part of the vertebra that it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Part, Side
from enbloc.case.geometry import Pose
from enbloc.kernels.shapes import DRUM, ROW, drum_height
from enbloc.phantom.limb import BLEND_MM, PARTS, SIDES, Limb, limb_row
from enbloc.phantom.morphometry import Size, size
from enbloc.phantom.neck import NECK_BLEND_MM, neck_limbs
from enbloc.phantom.recipe import Fracture

Floats = NDArray[np.float64]

DENT_MM = 1.0  # depth of an end-plate at its centre
NECK_DENT_MM = 0.5
POWER = 2.6  # of the superellipse that a body is in cross-section


def body_numbers(level: Level, fracture: Fracture | None) -> Floats:
    """The ten numbers of the drum that is the body of a level, collapsed by ``fracture``."""
    row = size(level)
    losses = fracture.losses if fracture else (0.0, 0.0, 0.0)
    numbers = (row.body_width / 2, row.body_depth / 2, row.anterior_height, row.posterior_height)
    return np.array([*numbers, NECK_DENT_MM if row.is_cervical else DENT_MM, 0.07, POWER, *losses])


def heights_mm(level: Level, fracture: Fracture | None) -> tuple[float, float, float]:
    """Anterior, middle and posterior height of a body: the median over each third of its depth, 10 mm wide."""
    numbers = body_numbers(level, fracture)
    rows = _drum_alone(numbers)
    across = np.linspace(-5.0, 5.0, 21)
    thirds = []
    for first in (-1.0, -1.0 / 3.0, 1.0 / 3.0):
        depths = (first + (np.arange(40) + 0.5) / 60.0) * numbers[1]
        thirds.append(float(np.median([drum_height(rows, 0, x, y) for x in across for y in depths])))
    return (thirds[0], thirds[1], thirds[2])


def _drum_alone(numbers: Floats) -> Floats:
    rows = np.zeros((1, ROW))
    rows[0, 16:26] = numbers
    return rows


def _rim_mm(level: Level, fracture: Fracture | None, place: tuple[float, float]) -> float:
    """How high above its centre the upper end-plate lies at (left, back), mm."""
    return 0.5 * drum_height(_drum_alone(body_numbers(level, fracture)), 0, *place)


def vertebra_rows(level: Level, pose: Pose, fracture: Fracture | None) -> Floats:
    """All rows of one vertebra in the patient, shape (n, ROW)."""
    row = size(level)
    body = np.zeros(ROW)
    body[0], body[1], body[2] = DRUM, BLEND_MM, PARTS.index(Part.BODY)
    body[3] = np.hypot(np.hypot(row.body_width, row.body_depth), row.anterior_height) / 2.0
    body[4:7], body[7:16] = pose.origin, pose.rotation.T.ravel()
    body[16:26] = body_numbers(level, fracture)
    sunk = fracture.losses[2] if fracture else 0.0
    if row.is_cervical:
        limbs = neck_limbs(row, 1.0 - sunk, lambda left, back: _rim_mm(level, fracture, (left, back)))
        return np.array([body, *(limb_row(limb, pose, blend_mm=NECK_BLEND_MM) for limb in limbs)])
    return np.array([body, *(limb_row(limb, pose) for limb in _limbs(row, 1.0 - sunk))])


def _limbs(row: Size, held: float) -> Iterator[Limb]:
    back = row.canal_centre_mm
    inner = row.canal_width / 2
    rear = back + row.canal_depth / 2
    tall = row.posterior_height
    high = 0.2 * tall * held  # of the pedicle's axis above the centre of the body
    for _, sign in SIDES:
        beam = sign * (inner + row.pedicle_width / 2)
        yield Limb(
            part=Part.PEDICLE,
            start=(beam, row.body_depth / 2 - 3.0, high),
            end=(beam, back + 0.2 * row.canal_depth, high),
            radii_mm=(row.pedicle_height / 2, row.pedicle_width / 2),
        )
        yield Limb(
            part=Part.LAMINA,
            start=(sign * (inner + 1.5), back + 0.3 * row.canal_depth, -1.0),
            end=(sign * 1.5, rear + 2.5, -4.0),
            radii_mm=(0.5 * tall, 2.8),
        )
        yield from _facets(row, sign, high)
        yield _transverse(row, sign, high)
    yield Limb(
        part=Part.SPINOUS_PROCESS,
        start=(0.0, rear + 3.0, -4.0),
        end=(0.0, rear + row.spinous_length, -4.0 - row.spinous_drop),
        radii_mm=(4.5 if row.is_thoracic else 8.0, 2.8 if row.is_thoracic else 3.2),
    )


def _facets(row: Size, sign: float, high: float) -> Iterator[Limb]:
    back, inner, tall = row.canal_centre_mm, row.canal_width / 2, row.posterior_height
    flat = (3.2, 4.8) if row.is_thoracic else (5.0, 4.2)
    yield Limb(
        part=Part.FACET,
        start=(sign * (inner + 1.5), back + 0.42 * row.canal_depth, high),
        end=(sign * (inner + 1.5), back + 0.40 * row.canal_depth, high + 0.55 * tall),
        radii_mm=flat,
        upright=(0.0, 1.0, 0.0),
    )
    yield Limb(
        part=Part.FACET,
        start=(sign * (inner - 1.0), back + 0.5 * row.canal_depth + 2.5, -4.0),
        end=(sign * (inner - 1.0), back + 0.5 * row.canal_depth + 3.5, -0.72 * tall),
        radii_mm=flat,
        upright=(0.0, 1.0, 0.0),
    )


def _transverse(row: Size, sign: float, high: float) -> Limb:
    back, inner = row.canal_centre_mm, row.canal_width / 2
    sweep = 9.0 if row.is_thoracic else 2.0
    return Limb(
        part=Part.TRANSVERSE_PROCESS,
        start=(sign * (inner + 2.0), back + 0.3 * row.canal_depth, high),
        end=(sign * (row.transverse_span / 2 - 3.5), back + 0.3 * row.canal_depth + sweep, high + 1.0),
        radii_mm=(4.5, 3.5),
    )


def rib_rows(level: Level, pose: Pose, side: Side) -> Floats:
    """One rib, from its head at the upper edge of the body to where it leaves the picture, shape (n, ROW)."""
    row = size(level)
    sign = 1.0 if side is Side.LEFT else -1.0
    half, back = row.body_width / 2, row.canal_centre_mm
    tip = row.transverse_span / 2
    path = [
        (half + 2.0, row.body_depth / 2 - 3.0, 0.42 * row.posterior_height),
        (half + 9.0, back + 1.0, 0.3 * row.posterior_height),
        (tip + 2.0, back + 0.3 * row.canal_depth + 4.5, 1.0),
        (tip + 18.0, back + 0.3 * row.canal_depth + 10.0, -5.0),
        (tip + 45.0, back + 0.3 * row.canal_depth - 2.0, -16.0),
        (tip + 66.0, back - 30.0, -30.0),
    ]
    points = [(sign * x, y, z) for x, y, z in path]
    limbs = (
        Limb(part=Part.COSTOVERTEBRAL, start=start, end=end, radii_mm=(5.0, 3.2)) for start, end in pairwise(points)
    )
    return np.array([limb_row(limb, pose, blend_mm=1.5) for limb in limbs])
