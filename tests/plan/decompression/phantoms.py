"""Made patients with epidural tumour, and ways to paint sac, cord and tumour of known shape into their spine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Side, Structure, StructureKind, tumour
from enbloc.case.fact import EsccReported
from enbloc.case.finding import Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.measuring import measure
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Epidural, Phantom, Recipe, Tumour, build, in_body
from enbloc.plan.decompression.decompression import Decompression, NoSeparation
from enbloc.plan.decompression.of_field import decompressed
from enbloc.plan.field import Field

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
GRADE = EsccReported
THORAX = (Level.T7, Level.T8, Level.T9)


def recipe(grade: EsccReported, towards: Side | None = None, *, spacing: float = 1.5) -> Recipe:
    """T7 to T9, straight, with a tumour in the body of T8 that grows into the canal."""
    grown = Epidural(level=Level.T8, grade=grade, towards=towards)
    return Recipe(
        levels=THORAX,
        tumours=(Tumour(solids=(in_body(Level.T8),), epidural=(grown,)),),
        kyphosis_deg=0.0,
        spacing_mm=(spacing,) * 3,
        with_mr=True,
        noise_hu=0.0,
    )


@cache
def grown(
    grade: EsccReported, towards: Side | None = None, *, spacing: float = 1.5, is_mirrored: bool = False
) -> Field:
    """The field of the lesion of such a patient, everything measured."""
    return field_of_recipe(recipe(grade, towards, spacing=spacing), is_mirrored=is_mirrored)


def field_of(patient: Phantom, images: Images, findings: Findings, column: Column) -> Field:
    """The field of a patient's first lesion."""
    return Field(case=patient.case, lesion=patient.case.lesions[0], images=images, findings=findings, column=column)


def field_of_recipe(made: Recipe, *, is_mirrored: bool = False) -> Field:
    phantom = build(made.mirrored if is_mirrored else made)
    column = column_of(phantom.images)
    found = measure(phantom.case, phantom.images, column=column)
    return field_of(phantom, phantom.images, found, column)


@cache
def planned(
    grade: EsccReported, towards: Side | None = None, *, spacing: float = 1.5, is_mirrored: bool = False
) -> Decompression:
    return made(grown(grade, towards, spacing=spacing, is_mirrored=is_mirrored))


def made(field: Field) -> Decompression:
    """The separation, which there is."""
    found = decompressed(field)
    assert isinstance(found, Decompression), found
    return found


def refused(field: Field) -> NoSeparation:
    """Why there is none."""
    found = decompressed(field)
    assert isinstance(found, NoSeparation)
    return found


def seen(field: Field, **labels: LabelMap) -> Field:
    """The field as if these were the label maps, nothing measured of the canal yet."""
    images = replace(field.images, labels=labels)
    return replace(field, images=images, findings=Findings(), column=column_of(images))


def without(field: Field, *structures: Structure) -> Field:
    """The field as if nobody had labelled these."""
    labels = {
        role: replace(held, names={number: one for number, one in held.names.items() if one not in structures})
        for role, held in field.images.labels.items()
    }
    return seen(field, **labels)


@cache
def bare() -> Field:
    """The same spine in voxels of 1 mm with an outline of no tumour, sac or cord: they are to be painted."""
    phantom = build(recipe(GRADE.GRADE_0, spacing=1.0))
    return field_of(phantom, phantom.images, Findings(), column_of(phantom.images))


def places(field: Field) -> Floats:
    """The centre of every voxel in the frame of T8, shape (a, b, c, 3)."""
    grid = field.images.labels["anatomy"].grid
    points = grid.points_mm(np.argwhere(np.ones(grid.shape, np.bool_)))
    return bare().column.spine[Level.T8].inside(points).reshape(*grid.shape, 3)


CONTENTS = (StructureKind.CANAL, StructureKind.SAC, StructureKind.CORD, StructureKind.NERVE_ROOT)


def painted(ill: Bools, *, sac: Bools | None = None, cord: Bools | None = None) -> Field:
    """The bare spine with sac, cord and tumour of these voxels; a sac of its own where none is given."""
    base = bare().images.labels["anatomy"]
    labels, names = base.labels.copy(), dict(base.names)
    ids = {named: number for number, named in names.items()}
    if sac is not None:
        for number, named in list(names.items()):
            if named.kind in CONTENTS:
                labels[labels == number] = ids[CANAL]
                names.pop(number)
        names |= {ids[CANAL]: CANAL, ids[SAC]: SAC, ids[CORD]: CORD}
        labels[sac] = ids[SAC]
        if cord is not None:
            labels[cord] = ids[CORD]
    anatomy = replace(base, labels=labels, names=names)
    drawn = LabelMap(labels=ill.astype(np.uint8), grid=base.grid, names={1: tumour("A")}, on="ct")
    images = replace(bare().images, labels={"anatomy": anatomy, "tumour": drawn})
    return replace(bare(), images=images)


def column_of_voxels(field: Field, x: tuple[float, float], y: tuple[float, float], z: tuple[float, float]) -> Bools:
    """The voxels with centres in a box of the array's own axes, counted in mm from the canal's middle beside T8."""
    grid = field.images.labels["anatomy"].grid
    one = bare().column.spine[Level.T8]
    middle = np.rint(grid.indices(np.array([one.at(*one.hole_mm)])))[0]
    off = np.moveaxis(np.indices(grid.shape), 0, -1) - middle  # voxels of 1 mm: slice (head), row, column (left)
    inside = (off[..., 2] >= x[0]) & (off[..., 2] <= x[1]) & (off[..., 1] >= y[0]) & (off[..., 1] <= y[1])
    return np.asarray(inside & (off[..., 0] >= z[0]) & (off[..., 0] <= z[1]))


def whole_box_gaps(ill: Bools, sac: Bools, grid: Grid) -> Floats:
    """The distance of each voxel of one mask to the nearest of another, both whole cubes, in plain numpy."""
    spacing = np.array(grid.spacing_mm)
    mine, theirs = np.argwhere(ill), np.argwhere(sac)
    least = np.full(len(mine), np.inf)
    for start in range(0, len(mine), 200):
        steps = np.abs(mine[start : start + 200, None] - theirs[None]) - 1
        gaps = np.sqrt(((np.maximum(steps, 0) * spacing) ** 2).sum(axis=2))
        least[start : start + 200] = gaps.min(axis=1)
    return least


def mask_of(images: Images, named: Structure) -> Bools:
    labels = images.map_of(named)
    assert labels is not None
    return labels.mask(named)
