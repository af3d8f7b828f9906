"""Volumes, label maps, and all images of one case, on one grid class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import Level, Structure, StructureKind, in_order
from enbloc.case.geometry import Plane, Triple
from enbloc.case.mark import Mark
from enbloc.case.origin import Modality
from enbloc.errors import RecordError
from enbloc.value import value

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class Grid:
    """Where the voxels of an array lie in the patient: ``array[a, b, c]`` has its centre at ``affine @ (a, b, c, 1)``.

    ``affine``, shape (4, 4), is in millimetres, patient LPS. The index order is that of the array in memory
    (slice, row, column), C-contiguous.

    Examples
    --------
    >>> grid = Grid(shape=(4, 5, 6), affine=np.diag([3.0, 1.0, 1.0, 1.0]))
    >>> grid.spacing_mm
    (3.0, 1.0, 1.0)
    >>> round(grid.voxel_cc, 3)
    0.003
    """

    shape: tuple[int, int, int]
    affine: Floats

    def __post_init__(self) -> None:
        if self.affine.shape != (4, 4) or not np.isfinite(self.affine).all():
            raise RecordError("A grid needs a finite affine of shape (4, 4).", remedy="Check the image header.")
        if abs(np.linalg.det(self.affine[:3, :3])) < 1e-9:
            raise RecordError(
                "The axes of the image do not span space (an affine without volume).",
                remedy="Check the orientation in the image header.",
            )

    @cached_property
    def spacing_mm(self) -> tuple[float, float, float]:
        """Distance between neighbouring voxels along each array axis, mm."""
        a, b, c = (float(np.round(s, 9)) for s in np.linalg.norm(self.affine[:3, :3], axis=0))
        return (a, b, c)

    @cached_property
    def directions(self) -> Floats:
        """Unit vectors of the array axes in the patient, as columns, shape (3, 3)."""
        return np.asarray(self.affine[:3, :3] / np.array(self.spacing_mm), dtype=np.float64)

    @property
    def voxel_cc(self) -> float:
        """Volume of one voxel, cubic centimetres."""
        return float(abs(np.linalg.det(self.affine[:3, :3]))) / 1000.0

    @cached_property
    def inverse(self) -> Floats:
        """From patient millimetres to array indices, shape (4, 4)."""
        return np.asarray(np.linalg.inv(self.affine), dtype=np.float64)

    def points_mm(self, indices: NDArray[Any]) -> Floats:
        """Positions in the patient of ``indices``, shape (n, 3); mm, LPS."""
        moved = np.asarray(indices, dtype=np.float64) @ self.affine[:3, :3].T
        return np.asarray(moved + self.affine[:3, 3], dtype=np.float64)

    def indices(self, points_mm: Floats) -> Floats:
        """Fractional array indices of ``points_mm``, shape (n, 3)."""
        moved = np.asarray(points_mm, dtype=np.float64) @ self.inverse[:3, :3].T
        return np.asarray(moved + self.inverse[:3, 3], dtype=np.float64)

    def encloses(self, points_mm: Floats) -> NDArray[np.bool_]:
        """Which of ``points_mm``, shape (n, 3), lie in a voxel of the grid."""
        at = self.indices(points_mm)
        return np.asarray(np.all((at > -0.5) & (at < np.array(self.shape) - 0.5), axis=1))

    def cropped(self, box: tuple[slice, slice, slice]) -> Grid:
        """The grid of ``array[box]``; the slices have a start and a stop."""
        starts = np.array([part.start for part in box], dtype=np.float64)
        affine = self.affine.copy()
        affine[:3, 3] = self.points_mm(starts[None])[0]
        a, b, c = (part.stop - part.start for part in box)
        return Grid(shape=(a, b, c), affine=affine)

    def is_same_as(self, other: Grid) -> bool:
        """Whether both put each voxel in the same place, within a thousandth of a voxel."""
        if self.shape != other.shape:
            return False
        corners = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)], dtype=np.float64) * (
            np.array(self.shape) - 1
        )
        apart = np.abs(self.points_mm(corners) - other.points_mm(corners)).max()
        return bool(apart <= 1e-3 * min(self.spacing_mm))

    @cached_property
    def axes(self) -> str:
        """Where each array axis points, by the nearest patient direction: ``"SPL"`` for a supine axial scan.

        Letters are L left, R right, P posterior, A anterior, S superior, I inferior.
        """
        letters = (("R", "L"), ("A", "P"), ("I", "S"))
        words = []
        for column in self.directions.T:
            at = int(np.argmax(np.abs(column)))
            words.append(letters[at][int(column[at] > 0)])
        return "".join(words)


@dataclass(frozen=True, eq=False, kw_only=True)
class Volume:
    """A scan: ``voxels`` on ``grid``. CT is int16 in Hounsfield units, MR float32 in the scanner's own.

    ``slice_mm`` is the thickest dimension of a voxel. ``tube_kv`` and ``has_contrast`` are what the header or the
    record says of a CT: both shift its density.
    """

    voxels: NDArray[Any]
    grid: Grid
    modality: Modality
    taken: date | None = None
    tube_kv: float | None = None
    has_contrast: bool | None = None
    sha256: str = ""
    document: str = ""

    def __post_init__(self) -> None:
        if self.voxels.shape != self.grid.shape:
            raise RecordError(
                f"An image of shape {self.voxels.shape} lies on a grid of shape {self.grid.shape}.",
                remedy="Read it again from its file.",
            )

    @property
    def slice_mm(self) -> float:
        return max(self.grid.spacing_mm)

    def cropped(self, box: tuple[slice, slice, slice]) -> Volume:
        """The part of the scan in ``box``; a view, not a copy."""
        return replace(self, voxels=self.voxels[box], grid=self.grid.cropped(box))


@dataclass(frozen=True, eq=False, kw_only=True)
class LabelMap:
    """Which voxel belongs to which structure: ``labels`` (uint8 or uint16) on ``grid``, 0 is nothing.

    ``on`` is the role of the image that it was drawn on. ``names`` holds only ids that enbloc knows. ``error_mm`` is
    how far its surfaces may be off beyond half a voxel, as those carried over from another examination are.
    """

    labels: NDArray[Any]
    grid: Grid
    names: Mapping[int, Structure]
    on: str
    error_mm: float = 0.0
    sha256: str = ""
    document: str = ""

    def __post_init__(self) -> None:
        if self.labels.shape != self.grid.shape:
            raise RecordError(
                f"Labels of shape {self.labels.shape} lie on a grid of shape {self.grid.shape}.",
                remedy="Read them again from their file.",
            )

    @cached_property
    def ids(self) -> Mapping[Structure, tuple[int, ...]]:
        """The label ids of each structure; several where a scheme splits it."""
        ids: dict[Structure, tuple[int, ...]] = {}
        for number, named in sorted(self.names.items()):
            ids[named] = (*ids.get(named, ()), number)
        return ids

    @cached_property
    def boxes(self) -> Mapping[Structure, tuple[slice, slice, slice]]:
        """The smallest box around each structure that is present."""
        from enbloc.kernels.boxes import bounds  # here, so that the nouns alone load no compiler

        found = bounds(self.labels, max(self.names, default=0))
        boxes = {}
        for named, numbers in self.ids.items():
            low, high = found[list(numbers), :, 0].min(axis=0), found[list(numbers), :, 1].max(axis=0)
            if (high >= 0).all():
                a, b, c = (slice(int(first), int(last) + 1) for first, last in zip(low, high, strict=True))
                boxes[named] = (a, b, c)
        return boxes

    def mask(self, named: Structure, box: tuple[slice, slice, slice] | None = None) -> NDArray[np.bool_]:
        """Which voxels (of ``box``) belong to the structure; all False if it is absent."""
        labels = self.labels if box is None else self.labels[box]
        numbers = self.ids.get(named, ())
        if len(numbers) == 1:
            return np.asarray(labels == numbers[0])
        return np.asarray(np.isin(labels, numbers))

    def points_mm(self, named: Structure) -> Floats:
        """The centres of the voxels of a structure that is present, shape (n, 3), patient LPS."""
        box = self.boxes[named]
        return self.grid.points_mm(np.argwhere(self.mask(named, box)) + [part.start for part in box])

    def holds(self, named: Structure, points_mm: Floats) -> NDArray[np.bool_]:
        """Which of ``points_mm``, shape (n, 3), lie in a voxel of the structure; False outside the map."""
        nearest = np.rint(self.grid.indices(points_mm)).astype(np.intp)
        inside = self.grid.encloses(points_mm)
        held = np.zeros(len(points_mm), dtype=bool)
        held[inside] = np.isin(self.labels[tuple(nearest[inside].T)], self.ids.get(named, ()))
        return held


@dataclass(frozen=True, eq=False, kw_only=True)
class Unused:
    """Something that was given and not used, with the reason."""

    what: str
    why: str


@value
class Join:
    """How well a vertebra of one examination lies on its label in the main one: what registration left, mm.

    ``residual_mm`` is the root mean square between the two surfaces, ``far_mm`` its 95th percentile. ``examination``
    is named by the role of its scan, ``at_mm`` is the vertebra's centre in the main frame; ``shows`` and ``marks`` are
    a plane through it and both outlines there. ``why`` is why the level was not used; empty if it was. ``was_moved`` is
    false where both lay in one frame of reference already.
    """

    examination: str
    level: Level
    residual_mm: float
    far_mm: float
    at_mm: Triple
    document: str
    shows: Plane | None = None
    marks: tuple[Mark, ...] = ()
    why: str = ""
    was_moved: bool = True


@dataclass(frozen=True, eq=False, kw_only=True)
class Images:
    """All loaded scans and label maps of one case, by role, in one patient frame.

    ``apart`` are the examinations that do not lie in that frame or were kept from an earlier day, by the role of their
    first scan, each in a frame of its own: they are registered before anything of them is measured with the rest.
    ``joins`` tell how well those fit that were brought into it.
    """

    volumes: Mapping[str, Volume]
    labels: Mapping[str, LabelMap]
    apart: Mapping[str, Images] = field(default_factory=dict)
    said: tuple[str, ...] = field(default=())  # what was done to them on reading, in sentences
    unused: tuple[Unused, ...] = field(default=())
    joins: tuple[Join, ...] = field(default=())

    def map_of(self, named: Structure) -> LabelMap | None:
        """The first label map in which the structure is present, or nothing."""
        for labels in self.labels.values():
            if named in labels.boxes:
                return labels
        return None

    def present(self, kind: StructureKind) -> tuple[Structure, ...]:
        """The structures of a kind that are labelled anywhere, in anatomical order."""
        found = {s for labels in self.labels.values() for s in labels.boxes if s.kind is kind}
        return tuple(sorted(found, key=_place))

    @property
    def labels_sha256(self) -> str:
        """One hash of all label maps, which a confirmation names; empty if one was not read from a file.

        Those of the examinations apart belong to it: bringing them together changes nothing that was confirmed.
        """
        drawn = dict(self.labels)
        for examination in self.apart.values():
            drawn |= examination.labels
        hashes = [f"{role}:{labels.sha256}" for role, labels in sorted(drawn.items())]
        if not hashes or not all(labels.sha256 for labels in drawn.values()):
            return ""
        return sha256("\n".join(hashes).encode()).hexdigest()

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels of the labelled vertebrae, cranial to caudal."""
        vertebrae = self.present(StructureKind.VERTEBRA)
        return in_order(s.level for s in vertebrae if s.level is not None)


def _place(named: Structure) -> tuple[int, str, str]:
    levels = list(Level)
    rank = levels.index(named.level) if named.level else -1
    return (rank, named.side.value if named.side else "", named.lesion)
