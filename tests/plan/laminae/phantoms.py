"""Spines with epidural tumour, and with a tumour painted into their thecal sac, measured once."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Level, Side, tumour
from enbloc.case.case import Case
from enbloc.case.fact import EsccReported
from enbloc.case.geometry import Triple
from enbloc.case.image import Images, LabelMap
from enbloc.case.lesion import Lesion
from enbloc.measure.measuring import measure
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Epidural, Phantom, Recipe, Tumour, build, in_body
from enbloc.plan.field import Field

T8 = Level.T8
LEVELS = (Level.T7, Level.T8, Level.T9)
BARE = Recipe(levels=LEVELS, kyphosis_deg=0.0, spacing_mm=(1.5, 1.5, 1.5), noise_hu=0.0)


@cache
def epidural(
    grade: EsccReported = EsccReported.GRADE_2,
    *,
    towards: Side | None = None,
    length_mm: float = 8.0,
    levels: tuple[Level, ...] = LEVELS,
) -> Field:
    """A small tumour in the body of T8 that has grown into the canal."""
    grown = (Epidural(level=T8, grade=grade, towards=towards, length_mm=length_mm),)
    lesion = Tumour(solids=(in_body(T8),), epidural=grown)
    return measured(build(replace(BARE, levels=levels, tumours=(lesion,))))


def measured(phantom: Phantom) -> Field:
    return field_of(phantom.case, phantom.images, column_of(phantom.images))


def field_of(case: Case, images: Images, column: Column) -> Field:
    findings = measure(case, images, column=column)
    return Field(case=case, lesion=case.lesions[0], images=images, findings=findings, column=column)


@cache
def bare() -> tuple[Phantom, Column]:
    """Five vertebrae without any tumour, at which tumours are painted."""
    levels = (Level.T6, Level.T7, Level.T8, Level.T9, Level.T10)
    phantom = build(replace(BARE, levels=levels))
    return phantom, column_of(phantom.images)


@cache
def places() -> NDArray[np.float64]:
    """Every voxel in the frame of T8, from the middle of its canal."""
    phantom, column = bare()
    grid, one = phantom.images.labels["anatomy"].grid, column.spine[T8]
    own = one.inside(grid.points_mm(np.argwhere(np.ones(grid.shape, bool))))
    return np.asarray(own - (one.hole_mm[0], one.hole_mm[1], 0.0))


def painted(
    *balls: tuple[Triple, Triple], inside: bool = True, lacking: frozenset[object] = frozenset()
) -> tuple[Case, Images]:
    """Ellipsoids (middle and radii in the frame of T8, from the middle of its canal), within sac and cord if asked.

    ``lacking`` are structures that nobody has labelled.
    """
    phantom, _ = bare()
    anatomy = phantom.images.labels["anatomy"]
    grid = anatomy.grid
    held = np.zeros(len(places()), bool)
    for middle, radii in balls:
        held |= np.linalg.norm((places() - middle) / radii, axis=1) < 1.0
    mask = held.reshape(grid.shape)
    if inside:
        mask &= anatomy.mask(SAC) | anatomy.mask(CORD)
    labels = LabelMap(labels=mask.astype(np.uint8), grid=grid, names={1: tumour("A")}, on="ct")
    kept = {number: named for number, named in anatomy.names.items() if named not in lacking}
    images = replace(phantom.images, labels={"anatomy": replace(anatomy, names=kept), "tumour": labels})
    return replace(phantom.case, lesions=(Lesion(id="A", levels=(T8,)),)), images


@cache
def intradural(*balls: tuple[Triple, Triple], inside: bool = True, lacking: frozenset[object] = frozenset()) -> Field:
    """The field of painted tumour, measured; the column is read once for all that have the same anatomy."""
    case, images = painted(*balls, inside=inside, lacking=lacking)
    column = column_of(images) if lacking else bare()[1]
    return field_of(case, images, column)


LEFT_OF_CORD: tuple[Triple, Triple] = ((8.0, 0.0, 0.0), (3.5, 4.0, 8.0))
ACROSS: tuple[Triple, Triple] = ((0.0, 0.0, 0.0), (9.0, 9.0, 8.0))
