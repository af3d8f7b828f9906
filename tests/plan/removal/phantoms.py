"""Spines with tumours to be reached, and a block of bone with a wall beside it where it is known what is reached."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Side, Structure, StructureKind, tumour
from enbloc.case.fact import EsccReported
from enbloc.case.finding import Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Epidural, Phantom, Recipe, Tumour, build, in_body
from enbloc.phantom.recipe import in_pedicle
from enbloc.plan.field import Field

T8 = Level.T8
CAVA = Structure(kind=StructureKind.VENA_CAVA)
# No multiple of the cells' edge: the middle of a cell would lie between two voxels, and go to one of them.
RECIPE = Recipe(levels=(Level.T7, T8, Level.T9), kyphosis_deg=0.0, spacing_mm=(1.7, 1.7, 1.7), noise_hu=0.0)


@cache
def left_tumour(*, mirrored: bool = False) -> Field:
    """Tumour in the body and the left pedicle of T8, grown into the canal from the left."""
    grown = (Epidural(level=T8, grade=EsccReported.GRADE_1C, towards=Side.LEFT),)
    solids = (in_body(T8, radii_mm=(9.0, 8.0, 8.0), centre_mm=(3.0, 0.0, 0.0)), in_pedicle(T8, Side.LEFT))
    recipe = replace(RECIPE, tumours=(Tumour(solids=solids, epidural=grown),))
    return field(build(recipe.mirrored if mirrored else recipe))


def field(phantom: Phantom) -> Field:
    return of(phantom, phantom.images, column_of(phantom.images))


def of(phantom: Phantom, images: Images, column: Column) -> Field:
    return Field(
        case=phantom.case, lesion=Lesion(id="A", levels=(T8,)), images=images, findings=Findings(), column=column
    )


@cache
def bare() -> tuple[Phantom, Column]:
    phantom = build(RECIPE)
    return phantom, column_of(phantom.images)


def ball(middle: tuple[float, float, float], radius_mm: float, *also: Structure, lacking: bool = False) -> Field:
    """A ball of tumour in the frame of T8, and a wall of ``also`` right behind its vertebra where one is given.

    The wall stands for a structure that no straight way passes. ``lacking``: nothing but vertebrae is labelled.
    """
    phantom, column = bare()
    anatomy = phantom.images.labels["anatomy"]
    own = _own(anatomy.grid, column)
    painted = np.zeros(anatomy.grid.shape, np.uint8)
    painted[np.linalg.norm(own - middle, axis=-1) < radius_mm] = 1
    names = {1: tumour("A")}
    labels = LabelMap(labels=painted, grid=anatomy.grid, names=names, on="ct")
    maps = {"anatomy": _bones(anatomy) if lacking else anatomy, "tumour": labels}
    for named in also:
        maps[str(named)] = LabelMap(labels=_wall(own), grid=anatomy.grid, names={1: named}, on="ct")
    return of(phantom, replace(phantom.images, labels=maps), column)


def _own(grid: Grid, column: Column) -> NDArray[np.float64]:
    places = grid.points_mm(np.argwhere(np.ones(grid.shape, bool)))
    return column.spine[T8].inside(places).reshape(*grid.shape, 3)


def _wall(own: NDArray[np.float64]) -> NDArray[np.uint8]:
    return (np.abs(own[..., 1] - 24.0) < 3.0).astype(np.uint8)


def _bones(anatomy: LabelMap) -> LabelMap:
    kept = {number: named for number, named in anatomy.names.items() if named.kind is StructureKind.VERTEBRA}
    return replace(anatomy, names=kept)
