"""A column of plain boxes: a body, two rods for pedicles, an arch, a canal with sac and cord. Exact by construction.

The frame is that of the patient: +x left, +y back, +z up; the middle body's centre is the origin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, tumour, vertebra
from enbloc.case.case import Case
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.case.lesion import Lesion
from enbloc.case.origin import Modality

Floats = NDArray[np.float64]
Solid = Callable[[Floats, Floats, Floats], NDArray[np.bool_]]

LEVELS = (Level.T12, Level.L1, Level.L2)
PITCH = 32.0
HEIGHT, DEPTH, WIDTH = 24.0, 30.0, 40.0
CANAL_BACK = 25.0  # of its centre behind the body's
ORDERS = ("SPL", "IAR", "RAS", "LPI", "PSL", "ARI")  # six orientations of a scan, some of them mirrored


def grid(axes: str = "SPL", spacing: float = 1.0, size: tuple[float, float, float] = (64.0, 98.0, 102.0)) -> Grid:
    """A grid around the column whose array axes point where the letters say."""
    ways = {"L": (0, 1), "R": (0, -1), "P": (1, 1), "A": (1, -1), "S": (2, 1), "I": (2, -1)}
    affine, shape = np.eye(4), []
    affine[:3, :3] = 0.0
    start = np.array([0.0, 20.0, 0.0])
    for at, letter in enumerate(axes):
        axis, sign = ways[letter]
        count = int(size[axis] / spacing)
        affine[axis, at] = sign * spacing
        start[axis] -= sign * spacing * (count - 1) / 2.0
        shape.append(count)
    affine[:3, 3] = start
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def bone(x: Floats, y: Floats, z: Floats, height: float = HEIGHT) -> NDArray[np.bool_]:
    """One vertebra about its body's centre; the spinous process leans to nowhere, the arch closes the canal."""
    body = (np.abs(x) <= WIDTH / 2) & (np.abs(y) <= DEPTH / 2) & (np.abs(z) <= height / 2)
    upper = (z > -4.0) & (z <= 10.0)
    pedicles = upper & (np.abs(np.abs(x) - 15.0) <= 4.0) & (y > DEPTH / 2) & (y <= 36.0)
    arch = upper & (np.abs(x) <= 19.0) & (y > 35.0) & (y <= 41.0)
    spine = (np.abs(x) <= 3.0) & (y > 41.0) & (y <= 62.0) & (np.abs(z) <= 8.0)
    return body | pedicles | arch | spine


@cache
def places(axes: str, spacing: float) -> tuple[Floats, Floats, Floats]:
    """Left, back and head of every voxel."""
    space = grid(axes, spacing)
    at = np.ogrid[tuple(slice(size) for size in space.shape)]
    rows = (sum(step * one for step, one in zip(row[:3], at, strict=True)) + row[3] for row in space.affine[:3, :])
    x, y, z = (np.broadcast_to(row, space.shape).ravel() for row in rows)
    return x, y, z


@cache
def _anatomy(axes: str, spacing: float, heights: tuple[float, ...], with_canal: bool) -> NDArray[np.uint8]:
    """The labels of bones, canal, sac and cord."""
    x, y, z = places(axes, spacing)
    flat = np.zeros(len(x), np.uint8)
    for at, height in enumerate(heights):
        flat[bone(x, y, z - (1 - at) * PITCH, height)] = at + 1
    radius = np.hypot(x, y - CANAL_BACK)
    flat[radius <= 10.0] = 4 if with_canal else 0
    if with_canal:
        flat[radius <= 8.0] = 5
        flat[radius <= 4.0] = 6
    return flat.reshape(grid(axes, spacing).shape)


def column(
    mass: Solid | None = None,
    *,
    axes: str = "SPL",
    spacing: float = 1.0,
    heights: Mapping[Level, float] | None = None,
    with_canal: bool = True,
    with_mr: bool = False,
) -> tuple[Case, Images]:
    """Three vertebrae with their canal, and a tumour that fills ``mass`` (x, y, z of the middle vertebra)."""
    space = grid(axes, spacing)
    x, y, z = places(axes, spacing)
    labels = _anatomy(axes, spacing, tuple((heights or {}).get(level, HEIGHT) for level in LEVELS), with_canal).copy()
    names = {at + 1: vertebra(level) for at, level in enumerate(LEVELS)} | {4: CANAL, 5: SAC, 6: CORD}
    maps = {"anatomy": LabelMap(labels=labels, grid=space, names=names, on="ct", document="anatomy.nii.gz")}
    if mass is not None:
        grown = mass(x, y, z).reshape(space.shape).astype(np.uint8)
        maps["tumour"] = LabelMap(labels=grown, grid=space, names={1: tumour("A")}, on="ct", document="tumour.nii.gz")
    scan = np.where(labels > 0, 200, 0).astype(np.int16)
    volumes = {"ct": Volume(voxels=scan, grid=space, modality=Modality.CT)}
    if with_mr:
        volumes["t2"] = Volume(voxels=scan.astype(np.float32), grid=space, modality=Modality.MR)
    return Case(id="solids", lesions=(Lesion(id="A"),)), Images(volumes=volumes, labels=maps)
