"""Made spines and boxes of bone with pieces whose price is known by construction."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from enbloc.case.anatomy import CORD, SAC, Level, Side, Structure, StructureKind, tumour, vertebra
from enbloc.case.geometry import Plane, Triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut

RECIPE = Recipe(
    levels=(Level.T7, Level.T8, Level.T9),
    tumours=(Tumour(solids=(in_body(Level.T8, radii_mm=(5.0, 5.0, 5.0)),)),),
    kyphosis_deg=0.0,
    spacing_mm=(1.5, 1.5, 1.5),
    noise_hu=0.0,
)


@cache
def spine(*, mirrored: bool = False) -> Column:
    return column_of(build(RECIPE.mirrored if mirrored else RECIPE).images)


@cache
def long_spine() -> Column:
    levels = (Level.T5, Level.T6, Level.T7, Level.T8, Level.T9, Level.T10)
    return column_of(build(replace(RECIPE, levels=levels, tumours=(), spacing_mm=(2.0, 2.0, 2.0))).images)


def without(column: Column, *kinds: StructureKind) -> Column:
    """The same column as if nobody had labelled structures of these kinds."""
    labels = {
        role: replace(held, names={number: named for number, named in held.names.items() if named.kind not in kinds})
        for role, held in column.images.labels.items()
    }
    return column_of(replace(column.images, labels=labels))


def cut(name: str, point: Triple, normal: Triple, kerf: float = 1.25) -> FixedCut:
    return FixedCut(name=name, plane=Plane(point_mm=point, normal=normal), kerf_mm=kerf)


def own_cut(column: Column, level: Level, point: Triple, normal: Triple, *, kerf: float = 1.25) -> FixedCut:
    """A cut given in the frame of a vertebra."""
    one = column.spine[level]
    x, y, z = (float(number) for number in np.array(normal) @ one.axes)
    return cut(f"{level} {normal}", one.at(*point), (x, y, z), kerf)


def body_piece(column: Column, *levels: Level, back_mm: float = 4.0, above_mm: float = 1.0) -> Piece:
    """The bodies of some levels: cut above, below and behind; how far each cut lies outside of the bodies, mm."""
    first, last = column.spine[levels[0]], column.spine[levels[-1]]
    return Piece(
        name="bodies",
        cuts=(
            own_cut(column, levels[0], (0.0, 0.0, first.high_mm + above_mm), (0.0, 0.0, 1.0)),
            own_cut(column, levels[-1], (0.0, 0.0, last.low_mm - above_mm), (0.0, 0.0, -1.0)),
            own_cut(column, levels[0], (0.0, first.back_mm + back_mm, 0.0), (0.0, 1.0, 0.0)),
        ),
    )


def left_piece(column: Column, level: Level = Level.T8, *, sign: float = 1.0, at_mm: float = 3.0) -> Piece:
    """A sagittal resection: all of a level on one side of a plane beside the midline."""
    one = column.spine[level]
    return Piece(
        name="side",
        cuts=(
            own_cut(column, level, (0.0, 0.0, one.high_mm + 1.0), (0.0, 0.0, 1.0)),
            own_cut(column, level, (0.0, 0.0, one.low_mm - 1.0), (0.0, 0.0, -1.0)),
            own_cut(column, level, (sign * at_mm, 0.0, 0.0), (-sign, 0.0, 0.0)),
        ),
    )


def box(*, half: Triple = (15.0, 12.0, 10.0), step: float = 1.0) -> Column:
    """A single box of bone about the origin, its faces on faces of voxels, with a sac that touches it behind."""
    shape = (60, 60, 60)
    affine = np.diag([step, step, step, 1.0])
    affine[:3, 3] = -step * 29.5
    grid = Grid(shape=shape, affine=affine)
    at = np.moveaxis(np.indices(shape), 0, -1) * step + affine[:3, 3]
    labels = np.zeros(shape, np.uint8)
    labels[(np.abs(at) < half).all(axis=-1)] = 1
    sac = (np.abs(at[..., 0]) < 8.0) & (at[..., 1] > half[1]) & (at[..., 1] < half[1] + 10.0)
    labels[sac] = 2
    names = {1: vertebra(Level.T8), 2: SAC}
    return column_of(Images(volumes={}, labels={"anatomy": LabelMap(labels=labels, grid=grid, names=names, on="ct")}))


CORD_AND_TUMOUR = (CORD, tumour("A"))
LEFT_ROOT = Structure(kind=StructureKind.NERVE_ROOT, level=Level.T8, side=Side.LEFT)


def renamed(column: Column, *levels: Level) -> Column:
    """The vertebrae of a column alone, as if they were others, head to foot."""
    held = column.images.labels["anatomy"]
    others = dict(zip(column.levels, levels, strict=True))
    names = {
        number: replace(named, level=others[named.level])
        for number, named in held.names.items()
        if named.kind is StructureKind.VERTEBRA and named.level is not None
    }
    return column_of(replace(column.images, labels={"anatomy": replace(held, names=names)}))


def box_with_tumour() -> Column:
    """The box of bone whose layer beside the sac is tumour A."""
    column = box()
    held = column.images.labels["anatomy"]
    at = np.moveaxis(np.indices(held.grid.shape), 0, -1) @ held.grid.affine[:3, :3].T + held.grid.affine[:3, 3]
    labels = np.where((held.labels == 1) & (at[..., 1] > 10.0), np.uint8(3), held.labels)
    names = {**held.names, 3: tumour("A")}
    return column_of(replace(column.images, labels={"anatomy": replace(held, labels=labels, names=names)}))
