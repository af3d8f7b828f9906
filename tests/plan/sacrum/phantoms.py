"""A made sacrum: five blocks that taper, tilted, with a tumour in them, turned or mirrored; borders known exactly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case import fact
from enbloc.case.anatomy import SAC, Level, Side, Structure, StructureKind, tumour, vertebra
from enbloc.case.case import Case
from enbloc.case.finding import Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.plan.field import Field, fields_of
from enbloc.plan.sacrum.anatomy import SEGMENTS
from tests.strategies import entered

TALL_MM = 24.0  # of each block
BORDERS_MM = {level: -TALL_MM * (rank + 1) for rank, level in enumerate(SEGMENTS)}
"""The lower border of each segment, with the top of S1 at 0."""

Floats = NDArray[np.float64]


def made(
    *,
    centre: Sequence[float] = (0.0, 0.0, -84.0),
    radii: Sequence[float] = (8.0, 8.0, 8.0),
    step: float = 2.0,
    mirrored: bool = False,
    turned_deg: float = 0.0,
    lumbar: bool = False,
    as_one: bool = False,
    sac: bool = False,
    roots: Sequence[tuple[Level, Side, float]] = (),
    without: Sequence[Level] = (),
    levels: Sequence[Level] = (Level.S4,),
) -> Field:
    """The field of a sacrum with one ellipsoid of tumour; places are in its own frame: left, behind, up.

    ``roots`` are labels of roots as short rods at the given height, 12 mm beside the middle. The blocks lean in the
    patient by 30 degrees; ``turned_deg`` turns the patient about the long axis.
    """
    grid, own = _grid(step, turned_deg)
    sign = -1.0 if mirrored else 1.0
    left, behind, up = sign * own[..., 0], own[..., 1], own[..., 2]
    half_wide, half_deep = 48.0 + 0.28 * up, 22.0 + 0.1 * up
    bone = (np.abs(left) <= half_wide) & (np.abs(behind) <= half_deep)
    bone &= ~((np.abs(left) < 6.0) & (behind > 4.0) & (behind < 12.0))  # the canal
    labels, names = np.zeros(grid.shape, np.uint8), {}
    for rank, level in enumerate(SEGMENTS):
        if level not in without:
            labels[bone & (up <= -TALL_MM * rank) & (up > -TALL_MM * (rank + 1))] = 1 if as_one else rank + 1
            names[rank + 1] = vertebra(level)
    if lumbar:
        labels[(np.abs(left) <= 25.0) & (np.abs(behind) <= 20.0) & (up > 4.0) & (up <= 28.0)] = 6
        names[6] = vertebra(Level.L5)
    if as_one:
        names = {1: Structure(kind=StructureKind.SACRUM)}
    if sac:
        labels[(np.abs(left) < 6.0) & (behind > 4.0) & (behind < 12.0) & (up > -40.0) & (up <= 0.0)] = 7
        names[7] = SAC
    for at, one in enumerate(roots, start=8):
        labels[_rod(one, left, behind, up)] = at
        names[at] = _named(one, mirrored=mirrored)
    places = np.stack([left, behind, up], axis=-1)
    growth = np.asarray((((places - np.array(centre)) / np.array(radii)) ** 2).sum(axis=-1) <= 1.0)
    maps = {
        "bone": LabelMap(labels=labels, grid=grid, names=names, on="ct"),
        "tumour": LabelMap(labels=growth.astype(np.uint8), grid=grid, names={1: tumour("A")}, on="ct"),
    }
    return _field(maps, tuple(levels))


def _field(maps: dict[str, LabelMap], levels: tuple[Level, ...]) -> Field:
    lesion = Lesion(id="A", levels=levels)
    findings = Findings(found=(entered(fact.LEVELS, levels), entered(fact.AGE, 60, "patient")))
    return fields_of(Case(id="2f41", lesions=(lesion,)), Images(volumes={}, labels=maps), findings)[0]


def _rod(one: tuple[Level, Side, float], left: Floats, behind: Floats, up: Floats) -> NDArray[np.bool_]:
    _, side, height = one
    beside = left - (12.0 if side is Side.LEFT else -12.0)
    return np.asarray((np.abs(beside) < 2.5) & (np.abs(behind) < 2.5) & (np.abs(up - height) < 2.5))


def _named(one: tuple[Level, Side, float], *, mirrored: bool) -> Structure:
    level, side, _ = one
    other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}[side]
    return Structure(kind=StructureKind.NERVE_ROOT, level=level, side=other if mirrored else side)


@cache
def _grid(step: float, turned_deg: float) -> tuple[Grid, Floats]:
    """A grid along the patient's own axes, leaning by 30 degrees, and the own places of its voxels."""
    low = np.array([-57.0, -33.0, -129.0])
    shape = tuple(int(size / step) for size in (114.0, 66.0, 165.0))
    axes = (
        Rotation.from_euler("z", turned_deg, degrees=True) * Rotation.from_euler("x", 30.0, degrees=True)
    ).as_matrix()
    affine = np.eye(4)
    affine[:3, :3] = axes * step
    affine[:3, 3] = axes @ (low + step / 2.0)
    grid = Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)
    own = low + step * (np.moveaxis(np.indices(grid.shape), 0, -1) + 0.5)
    return grid, own
