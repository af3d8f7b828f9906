"""The tumour's own measures of a column of plain boxes; the column itself is read once for many tumours."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from enbloc.case.anatomy import Level, tumour
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.measure.answers import gathered
from enbloc.measure.spine.column import Column, column_of
from enbloc.measure.tumour.bone import density
from enbloc.measure.tumour.extent import View, extent, size
from enbloc.measure.tumour.mass import tumour_of
from enbloc.measure.tumour.sites import sites
from enbloc.measure.tumour.sizes import sizes
from enbloc.measure.tumour.surroundings import clearances
from tests.measure.solids import Floats, Solid, column


@cache
def empty(axes: str = "SPL", spacing: float = 1.0, with_canal: bool = True) -> tuple[Images, Column]:
    """The boxes without a tumour, and their column."""
    _, images = column(axes=axes, spacing=spacing, with_canal=with_canal)
    return images, column_of(images)


@cache
def places(grid: Grid) -> tuple[Floats, Floats, Floats]:
    """x, y and z of every voxel of a grid, each of shape (n,)."""
    x, y, z = np.ascontiguousarray(grid.points_mm(np.indices(grid.shape).reshape(3, -1).T).T)
    return x, y, z


def painted(images: Images, mass: Solid, *, error_mm: float = 0.0) -> Images:
    """The images with a tumour that fills ``mass`` (x, y, z of the patient), on the grid of the anatomy."""
    grid = images.labels["anatomy"].grid
    drawn = mass(*places(grid)).reshape(grid.shape).astype(np.uint8)
    labels = LabelMap(
        labels=drawn, grid=grid, names={1: tumour("A")}, on="ct", error_mm=error_mm, document="tumour.nii.gz"
    )
    return replace(images, labels={**images.labels, "tumour": labels})


def seen_of(images: Images, spine: Column | None = None) -> Findings:
    """All measures of tumour A."""
    mass = tumour_of(images, "A")
    assert mass is not None
    held = spine or column_of(images)
    view = View(mass=mass, column=held)
    answers = [*size(view), *extent(view), *sizes(view), *sites(images, mass, held)]
    return gathered([*answers, *density(images, view, set(mass.levels)), *clearances(images, mass, held)])


def seen(mass: Solid, *, axes: str = "SPL", spacing: float = 1.0, with_canal: bool = True) -> Findings:
    """All measures of a tumour in the boxes."""
    images, held = empty(axes, spacing, with_canal)
    return seen_of(painted(images, mass), held)


def number(findings: Findings, named: Fact[float], about: object = "A") -> Finding[float]:
    """The finding of a fact that is a number; it must be there."""
    found = findings[named, about]
    assert isinstance(found, Finding), f"{named.id}: {findings.why_missing(named, about)}"
    return found


MIDDLE = Level.L1
