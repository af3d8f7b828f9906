"""The room around a tumour in cells of its vertebra's frame: what bars an instrument, and which bone it would open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, SAC, Structure, StructureKind
from enbloc.case.image import Images, LabelMap
from enbloc.kernels.distances import deeper
from enbloc.kernels.slabs import stacked
from enbloc.measure.spine.canal import within
from enbloc.measure.spine.vertebra import Box, Vertebra
from enbloc.plan.removal.parameters import STEP

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]

BONY = (StructureKind.VERTEBRA, StructureKind.RIB, StructureKind.SACRUM)


@dataclass(frozen=True, eq=False, kw_only=True)
class Room:
    """Cells along the axes of a vertebra, the first with the index ``low``, ``shape`` of them.

    The cell 0 lies about the origin of the vertebra, so that the same cell is the same place for any tumour there.
    """

    one: Vertebra
    low: Ints
    shape: tuple[int, int, int]

    def cells(self, points_mm: Floats) -> Ints:
        """The cell of each point, shape (n, 3)."""
        return lattice(self.one, points_mm) - self.low

    def centres_mm(self, cells: Ints | Floats) -> Floats:
        """The middles of cells in the patient, shape (n, 3)."""
        return np.asarray(self.one.origin + ((cells + self.low) * STEP.number) @ self.one.axes)

    @property
    def cell_cc(self) -> float:
        """The volume of a cell."""
        return STEP.number**3 / 1000.0

    @cached_property
    def corners_mm(self) -> Floats:
        """The eight corners, shape (8, 3)."""
        ends = np.array([[n & 1, n >> 1 & 1, n >> 2 & 1] for n in range(8)]) * np.array(self.shape)
        return self.centres_mm(ends - 0.5)

    def sampled(self, labels: LabelMap) -> NDArray[np.integer]:
        """The label at the middle of each cell, of the shape of the room."""
        a, b, c = (np.arange(count, dtype=np.float64) for count in self.shape)
        origins = self.centres_mm(np.stack([a, 0 * a, 0 * a], axis=1))
        ones, inverse = np.ones_like(origins), labels.grid.inverse
        return stacked(
            labels.labels,
            np.ascontiguousarray(inverse[:3, :3]),
            inverse[:3, 3].copy(),
            origins,
            ones * self.one.axes[1],
            ones * self.one.axes[2],
            b * STEP.number,
            c * STEP.number,
        )


def lattice(one: Vertebra, points_mm: Floats) -> Ints:
    """The cell about each point, counted from that in the middle of the vertebra; shape (n, 3).

    Halves go to the even cell, so that the mirror image of a point lies in the mirror image of its cell.
    """
    own = one.inside(np.ascontiguousarray(points_mm)) / STEP.number
    return np.asarray(np.rint(np.round(own, 6)), dtype=np.int64)


def room_of(one: Vertebra, points_mm: Floats, around: Ints) -> Room:
    """The room of a vertebra with some points, and ``around``, shape (3,), cells more on either side of them."""
    own = lattice(one, points_mm)
    low, high = own.min(axis=0) - around, own.max(axis=0) + around + 1
    a, b, c = (int(size) for size in high - low)
    return Room(one=one, low=low, shape=(a, b, c))


@dataclass(frozen=True, eq=False, kw_only=True)
class Obstacle:
    """What an instrument must stay ``clearance_mm`` away from: its cells, ``mask``, from ``start`` of the room.

    ``error_mm`` is how far its surface may lie off, with half a cell.
    """

    structure: Structure
    mask: Bools
    start: Ints
    clearance_mm: float
    error_mm: float


def obstacle_of(
    room: Room, images: Images, named: Structure, clearance_mm: float, maps: dict[int, NDArray[np.integer]]
) -> Obstacle | None:
    """A structure as an obstacle; nothing where it is not labelled or does not reach into the room.

    Of a sac also the cord in it. ``maps`` keeps what has been sampled of each label map.
    """
    labels = images.map_of(named)
    if labels is None:
        return None
    kinds = [one for one in ((named, CORD) if named == SAC else (named,)) if one in labels.boxes]
    cells = np.concatenate([_voxels(room, labels, one) for one in kinds])
    cells = cells[((cells >= 0) & (cells < room.shape)).all(axis=1)]
    if not len(cells):
        return None
    start, stop = np.maximum(cells.min(axis=0) - 1, 0), np.minimum(cells.max(axis=0) + 2, room.shape)
    a, b, c = (slice(int(first), int(last)) for first, last in zip(start, stop, strict=True))
    if id(labels) not in maps:
        maps[id(labels)] = room.sampled(labels)
    ids = [number for one in kinds for number in labels.ids[one]]
    mask = np.isin(maps[id(labels)][a, b, c], ids)
    mask[tuple((cells - start).T)] = True  # what is thinner than a cell must not be lost
    error = 0.5 * max(labels.grid.spacing_mm) + labels.error_mm + 0.5 * STEP.number
    return Obstacle(structure=named, mask=mask, start=start, clearance_mm=clearance_mm, error_mm=error)


def _voxels(room: Room, labels: LabelMap, named: Structure) -> Ints:
    """The cells of the voxels of a structure, as far as they lie about the room, shape (n, 3)."""
    about, own = within(labels, room.corners_mm, 0.0), labels.boxes[named]
    parts = []
    for one, other in zip(about, own, strict=True):
        start = max(one.start, other.start)
        parts.append(slice(start, max(start, min(one.stop, other.stop))))
    a, b, c = parts
    box: Box = (a, b, c)
    indices = np.argwhere(labels.mask(named, box)) + [part.start for part in box]
    return room.cells(labels.grid.points_mm(indices))


def bars_of(room: Room, obstacles: Sequence[Obstacle], way: float) -> Bytes:
    """For each cell 0 where an instrument may pass, else the number of the obstacle, from 1, that it is too near to.

    With ``way`` 1 the surfaces lie off by their error towards the instrument, with -1 away from it.
    """
    bars = np.zeros(room.shape, np.uint8)
    for number, one in enumerate(obstacles, start=1):
        far = max(0.0, one.clearance_mm + 0.5 * STEP.number + way * one.error_mm)
        pad = int(far / STEP.number) + 1
        wide = np.pad(~one.mask, pad, constant_values=True).astype(np.uint8)
        near = deeper(wide, np.full(3, STEP.number), far) == 0
        first = np.maximum(one.start - pad, 0)
        last = np.minimum(one.start + one.mask.shape + pad, room.shape)
        a, b, c = (slice(int(low), int(high)) for low, high in zip(first, last, strict=True))
        inner = first - (one.start - pad)
        p, q, r = (slice(int(low), int(low + size)) for low, size in zip(inner, last - first, strict=True))
        there = bars[a, b, c]
        there[near[p, q, r] & (there == 0)] = number
    return bars


@dataclass(frozen=True, eq=False, kw_only=True)
class Bones:
    """The bone of the room: which of ``named``, counted from 1, each cell holds; 0 for none."""

    named: tuple[Structure, ...]
    number: Bytes


def bones_of(room: Room, images: Images, maps: dict[int, NDArray[np.integer]]) -> Bones:
    """Every labelled vertebra, rib and sacrum of the room."""
    named = tuple(one for kind in BONY for one in images.present(kind))
    number = np.zeros(room.shape, np.uint8)
    for labels, table in _tables(images, named):
        if id(labels) not in maps:
            maps[id(labels)] = room.sampled(labels)
        found = table[maps[id(labels)]]
        number = np.where(number == 0, found, number)
    return Bones(named=named, number=number)


def _tables(images: Images, named: Sequence[Structure]) -> Iterator[tuple[LabelMap, Bytes]]:
    """Each label map that holds bone, and the number of the bone that each of its ids stands for."""
    for labels in images.labels.values():
        table = np.zeros(int(np.iinfo(labels.labels.dtype).max) + 1, np.uint8)
        for number, one in enumerate(named, start=1):
            table[list(labels.ids.get(one, ()))] = number
        if table.any():
            yield labels, table
