"""What a registration is judged by: the two outlines of one vertebra on one plane."""

from __future__ import annotations

from enbloc.case.geometry import Plane
from enbloc.case.image import Grid
from enbloc.case.mark import Mark
from enbloc.measure.registration.rigid import Fit, Motion
from enbloc.measure.registration.surface import Surface
from enbloc.measure.tumour.drawing import LEFT, outlined, plane_at


def moved(grid: Grid, motion: Motion) -> Grid:
    """The grid after a rigid motion: the same voxels in another place."""
    return Grid(shape=grid.shape, affine=motion.affine @ grid.affine)


def shown(fit: Fit) -> Plane:
    """The sagittal plane through the middle of the vertebra."""
    return plane_at(fit.at_mm, LEFT)


def overlaid(moving: Surface, fixed: Surface, fit: Fit) -> tuple[Mark, ...]:
    """The outline of the vertebra's own label there, and that of its other label where the registration lays it."""
    plane = shown(fit)
    return (
        *outlined(fixed.mask, fixed.grid, plane, f"{fit.level} as labelled here", most=2),
        *outlined(moving.mask, moved(moving.grid, fit.motion), plane, f"{fit.level} of the other scan", most=2),
    )
