"""Label maps onto the grid of their image: the same patient space, or a refusal."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import Grid
from enbloc.errors import RecordError

SHARE_INSIDE = 0.5
"""Fewer of the labelled voxels than this within the image: the map belongs to something else."""


def placed(labels: NDArray[Any], grid: Grid, onto: Grid, *, where: str, image: str) -> tuple[NDArray[Any], str]:
    """The labels on the grid of their image, and a sentence on what was done (empty if nothing was).

    A map on the same lattice in another axis order is turned round without touching a voxel; any other is
    resampled to the nearest label.

    Raises
    ------
    RecordError
        If the map is the image's mirror, has the image's shape in another place, lies mostly outside of it, or no
        label is left on its grid.
    """
    if grid.is_same_as(onto):
        return labels, ""
    turned = _turned(labels, grid, onto)
    if turned is not None:
        return turned, f"{where}: turned round onto the axes of {image}; no voxel was changed."
    _refuse_slips(grid, onto, where, image)
    resampled, outside = _resampled(labels, grid, onto)
    if outside > 1.0 - SHARE_INSIDE:
        raise RecordError(
            f"{outside:.0%} of it lies outside of {image}, so it cannot be matched.",
            remedy="Draw it on that image, or register the two.",
            where=where,
        )
    if not resampled.any():
        raise RecordError(f"No label is left on the grid of {image}.", remedy="Draw it on that image.", where=where)
    sides = " × ".join(f"{side:g}" for side in np.round(grid.spacing_mm, 3))
    said = f"{where}: resampled from its own grid ({sides} mm) onto {image}, nearest label"
    return resampled, said + (
        f"; {outside:.1%} of its labelled voxels lie outside and were left out." if outside else "."
    )


def lies_alike(grid: Grid, onto: Grid) -> bool:
    """Whether two grids have their voxels in the same places, in whatever order of axes: then no voxel need change."""
    if grid.is_same_as(onto):
        return True
    return _turned(np.broadcast_to(np.False_, grid.shape), grid, onto) is not None


def _turned(labels: NDArray[Any], grid: Grid, onto: Grid) -> NDArray[Any] | None:
    """The same voxels with axes swapped and reversed so that the grids coincide, if that is possible."""
    for order in permutations(range(3)):
        if tuple(grid.shape[axis] for axis in order) != onto.shape:
            continue
        for flips in product((False, True), repeat=3):
            if _reordered(grid, order, flips).is_same_as(onto):
                steps = tuple(slice(None, None, -1 if flip else 1) for flip in flips)
                return np.ascontiguousarray(labels.transpose(order)[steps])
    return None


def _reordered(grid: Grid, order: tuple[int, ...], flips: tuple[bool, ...]) -> Grid:
    affine = grid.affine.copy()
    affine[:3, :3] = grid.affine[:3, list(order)]
    shape = tuple(grid.shape[axis] for axis in order)
    for axis, flip in enumerate(flips):
        if flip:
            affine[:3, 3] += affine[:3, axis] * (shape[axis] - 1)
            affine[:3, axis] *= -1.0
    return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def _refuse_slips(grid: Grid, onto: Grid, where: str, image: str) -> None:
    """Refuse what no registration explains: a map of the image's own shape in another place, or its mirror."""
    for axes, word in (((-1.0, -1.0, 1.0), "RAS taken for LPS"), ((-1.0, 1.0, 1.0), "left and right exchanged")):
        mirror = Grid(shape=grid.shape, affine=np.diag([*axes, 1.0]) @ grid.affine)
        if _turned(np.empty(grid.shape, dtype=np.bool_), mirror, onto) is not None:
            raise RecordError(
                f"It is the mirror image of {image} ({word}).", remedy="Export it again from the image.", where=where
            )
    if sorted(grid.shape) == sorted(onto.shape) and np.allclose(
        sorted(grid.spacing_mm), sorted(onto.spacing_mm), rtol=1e-3
    ):
        apart = np.linalg.norm(_centre(grid) - _centre(onto))
        if apart > max(onto.spacing_mm):
            raise RecordError(
                f"It has the shape of {image} but lies {apart:.0f} mm away.",
                remedy="Export it again from that image.",
                where=where,
            )


def _centre(grid: Grid) -> NDArray[np.float64]:
    return np.asarray(grid.points_mm((np.array([grid.shape]) - 1) / 2)[0], dtype=np.float64)


def _resampled(labels: NDArray[Any], grid: Grid, onto: Grid) -> tuple[NDArray[Any], float]:
    """The nearest label at each voxel of ``onto``, and the share of labelled voxels that lie outside of it."""
    outside = _share_outside(labels, grid, onto)
    matrix = grid.inverse @ onto.affine
    out = np.zeros(onto.shape, dtype=labels.dtype)
    rows, columns = np.meshgrid(*(np.arange(count) for count in onto.shape[1:]), indexing="ij")
    flat = matrix[:3, 1:2] * rows.ravel() + matrix[:3, 2:3] * columns.ravel() + matrix[:3, 3:4]
    last = np.array(grid.shape)[:, None]
    for at in range(onto.shape[0]):
        nearest = np.rint(flat + matrix[:3, 0:1] * at).astype(np.int64)
        inside = ((nearest >= 0) & (nearest < last)).all(axis=0)
        page = np.zeros(inside.shape, dtype=labels.dtype)
        page[inside] = labels[tuple(nearest[:, inside])]
        out[at] = page.reshape(onto.shape[1:])
    return out, outside


def _share_outside(labels: NDArray[Any], grid: Grid, onto: Grid) -> float:
    total = outside = 0
    for at, page in enumerate(labels):
        rows, columns = np.nonzero(page)
        total += rows.size
        indices = np.column_stack([np.full(rows.size, at), rows, columns])
        at_mm = onto.indices(grid.points_mm(indices))
        within = ((at_mm >= -0.5) & (at_mm <= np.array(onto.shape) - 0.5)).all(axis=1)
        outside += int(rows.size - within.sum())
    return outside / total if total else 1.0
