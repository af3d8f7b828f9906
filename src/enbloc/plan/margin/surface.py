"""The surface that a margin is measured from, and the barriers that it is measured to.

A label holds a voxel if its centre lies inside. Whatever has no part thinner than a voxel lies within half a voxel
diagonal of the voxels that hold it, taken whole: a ball around a voxel that touches the surface from inside has its
centre in one of them. So the distance of whole voxels to a plane, less half a diagonal, is never more than the true
one, and that of their centres never less. Between two structures half a diagonal of each is taken along the line of
the nearest pair: for cubic voxels the same holds, for stretched ones it is tested and not proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, CORD, SAC, Level, Structure, StructureKind, tumour, vertebra
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.errors import RecordError
from enbloc.kernels.distances import skin
from enbloc.kernels.offsets import surface_areas
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.shell import Shell

Floats = NDArray[np.float64]

CORTEX = "cortex of"  # begins the name of that barrier


@dataclass(frozen=True, eq=False, kw_only=True)
class Surface:
    """The outermost voxels of a tumour: ``points_mm``, shape (n, 3), patient LPS, and the area of each, ``areas_mm2``.

    ``error_mm`` is how far it may lie off beyond what voxels leave open.
    """

    points_mm: Floats
    areas_mm2: Floats
    grid: Grid
    error_mm: float = 0.0

    @property
    def shell(self) -> Shell:
        """The same without areas."""
        return Shell(points_mm=self.points_mm, grid=self.grid)


def surface_of(images: Images, lesion: str) -> Surface:
    """The surface of a tumour.

    Raises
    ------
    RecordError
        If the tumour is not labelled.
    """
    named = tumour(lesion)
    labels = images.map_of(named)
    if labels is None:
        raise RecordError(f"A margin cannot be measured: {named} is not labelled.", remedy="Label it.")
    box = labels.boxes[named]
    return surface_of_mask(labels.mask(named, box), labels.grid.cropped(box), error_mm=labels.error_mm)


def surface_of_mask(mask: NDArray[np.bool_], grid: Grid, *, error_mm: float = 0.0) -> Surface:
    """The surface of a mask on a grid; a mask with nothing in it has none."""
    indices, areas = surface_areas(mask.astype(np.uint8), np.ascontiguousarray(grid.affine[:3, :3]))
    return Surface(points_mm=grid.points_mm(indices), areas_mm2=areas, grid=grid, error_mm=error_mm)


class BarrierKind(Enum):
    """What bounds a specimen where it is not cut. No label scheme knows the pleura: it is drawn by hand or missing."""

    DURA = "dura"
    CORTEX = "cortex and periosteum"
    DISC = "disc"
    PLEURA = "pleura"


@dataclass(frozen=True, eq=False, kw_only=True)
class Barrier:
    """A named barrier: the voxels beyond which the specimen does not reach.

    ``is_entered``: the tumour's own voxels lie in it. ``caution`` says what it stands in for. ``lies_behind``: the true
    barrier lies before what is labelled, so that the distance says only how much it can be at most.
    """

    kind: BarrierKind
    name: str
    shell: Shell
    error_mm: float = 0.0
    is_entered: bool = False
    caution: str = ""
    lies_behind: bool = False


@dataclass(frozen=True, eq=False, kw_only=True)
class Barriers:
    """The barriers that are labelled, and what is not, in sentences."""

    found: tuple[Barrier, ...]
    missing: tuple[str, ...]


def barriers_of(images: Images, lesion: str, levels: Sequence[Level]) -> Barriers:
    """Dura, cortex and discs around a lesion of ``levels``, as far as they are labelled.

    For the dura stands the thecal sac; without it the canal, which lies outside of it, or the cord, which lies inside
    and so says only how far away the dura is at most. That is said.
    """
    found, missing = [], ["no label names the pleura: the distance to it is not known"]
    for barrier, why in (_dura(images, lesion), _cortex(images, lesion, levels)):
        found += [barrier] if barrier is not None else []
        missing += [why] if why else []
    discs = [named for named in images.present(StructureKind.DISC) if named.level in _around(images, levels)]
    found += [_labelled(images, named, lesion, BarrierKind.DISC) for named in discs]
    if not discs:
        missing.append("no disc is labelled beside the tumour: the distance to it is not known")
    return Barriers(found=tuple(found), missing=tuple(missing))


def bounding(known: Barriers, piece: Piece) -> Barriers:
    """The barriers as far as they bound a specimen: what lies beyond a cut does not."""
    return Barriers(found=tuple(_within(known.found, piece)), missing=known.missing)


def _within(barriers: Sequence[Barrier], piece: Piece) -> Iterator[Barrier]:
    for barrier in barriers:
        held = piece.takes(barrier.shell.points_mm, barrier.shell.grid, way=1.0)
        if held.any():
            yield replace(barrier, shell=replace(barrier.shell, points_mm=barrier.shell.points_mm[held]))


def _around(images: Images, levels: Sequence[Level]) -> set[Level]:
    """The levels below which the discs beside ``levels`` lie."""
    order = list(images.levels)
    above = [order[order.index(level) - 1] for level in levels if level in order[1:]]
    return {*levels, *above}


def _labelled(images: Images, named: Structure, lesion: str, kind: BarrierKind) -> Barrier:
    labels, ill = images.map_of(named), images.map_of(tumour(lesion))
    assert labels is not None
    box = labels.boxes[named]
    mask, grid = _cropped(labels, named)
    shell = Shell(points_mm=grid.points_mm(skin(mask.astype(np.uint8))), grid=grid)
    entered = ill is not None and bool((mask & _laid_on(ill, tumour(lesion), labels, box)).any())
    return Barrier(kind=kind, name=str(named), shell=shell, error_mm=labels.error_mm, is_entered=entered)


def _cropped(labels: LabelMap, named: Structure) -> tuple[NDArray[np.bool_], Grid]:
    box = labels.boxes[named]
    return labels.mask(named, box), labels.grid.cropped(box)


def _dura(images: Images, lesion: str) -> tuple[Barrier | None, str]:
    missing = "no thecal sac is labelled: the distance to the dura is not known"
    if images.map_of(SAC) is not None:
        return _labelled(images, SAC, lesion, BarrierKind.DURA), ""
    for named in (CANAL, CORD):
        if images.map_of(named) is not None:
            caution = f"the {named} stands for the dura: no thecal sac is labelled"
            stands_in = _labelled(images, named, lesion, BarrierKind.DURA)
            return replace(stands_in, caution=caution, lies_behind=named == CORD), missing
    return None, missing


def _cortex(images: Images, lesion: str, levels: Sequence[Level]) -> tuple[Barrier | None, str]:
    """What lies just outside of the involved vertebrae and the tumour together: the outer face of their cortex."""
    known = [(vertebra(level), images.map_of(vertebra(level))) for level in levels]
    labels = next((held for _, held in known if held is not None), None)
    if labels is None or any(held is not labels for _, held in known):
        return None, "the involved vertebrae are not all labelled in one map: the distance to their cortex is not known"
    host, grid = _host(labels, tuple(named for named, _ in known), images, lesion)
    shell = Shell(points_mm=grid.points_mm(_facing(~host)), grid=grid)
    name = f"{CORTEX} " + ", ".join(str(level) for level in levels)
    return Barrier(kind=BarrierKind.CORTEX, name=name, shell=shell, error_mm=labels.error_mm), ""


def _host(labels: LabelMap, named: Sequence[Structure], images: Images, lesion: str) -> tuple[NDArray[np.bool_], Grid]:
    """The vertebrae and the tumour as one mask with a free voxel all round: a tumour that left the bone is in it."""
    ill = images.map_of(tumour(lesion))
    ends = [np.array([[s.start, s.stop - 1] for s in labels.boxes[one]], dtype=np.float64).T for one in named]
    if ill is not None:
        mask, grid = _cropped(ill, tumour(lesion))
        ends.append(labels.grid.indices(grid.points_mm(skin(mask.astype(np.uint8)))))
    corners = np.concatenate(ends)
    low, high = np.floor(corners.min(axis=0)) - 1, np.ceil(corners.max(axis=0)) + 2
    a, b, c = (slice(int(first), int(last)) for first, last in zip(low, high, strict=True))
    held = np.any([_laid_on(labels, one, labels, (a, b, c)) for one in named], axis=0)
    if ill is not None:
        held |= _laid_on(ill, tumour(lesion), labels, (a, b, c))
    return held, labels.grid.cropped((a, b, c))


def _laid_on(labels: LabelMap, named: Structure, other: LabelMap, box: tuple[slice, slice, slice]) -> NDArray[np.bool_]:
    """The structure on the grid of another map, in a box that may reach beyond it."""
    if not labels.grid.is_same_as(other.grid):
        grid = other.grid.cropped(box)
        return labels.holds(named, grid.points_mm(np.argwhere(np.ones(grid.shape, bool)))).reshape(grid.shape)
    inner = [(max(0, s.start), min(size, s.stop)) for s, size in zip(box, labels.grid.shape, strict=True)]
    a, b, c = (slice(first, last) for first, last in inner)
    x, y, z = (slice(i[0] - s.start, i[1] - s.start) for i, s in zip(inner, box, strict=True))
    held = np.zeros([s.stop - s.start for s in box], bool)
    held[x, y, z] = labels.mask(named, (a, b, c))
    return held


def _facing(outside: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The voxels of ``outside`` that have a face towards one of the array that is not in it."""
    around = np.pad(~outside, 1)
    near = np.zeros(outside.shape, bool)
    for axis in range(3):
        for step in (-1, 1):
            near |= np.roll(around, step, axis)[1:-1, 1:-1, 1:-1]
    return np.argwhere(near & outside)
