"""Planes across the canal, and what the label maps say lies on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import StructureKind, tumour
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.case.image import Images, LabelMap
from enbloc.kernels.stacks import add_bits
from enbloc.measure.cord.parameters import PLANE_PIXEL

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
BONE, MASS, IN_CANAL, IN_SAC, IN_CORD, ROOT, OTHER, DISC = 1, 2, 4, 8, 16, 32, 64, 128
MEANING: Mapping[StructureKind, int] = {
    StructureKind.VERTEBRA: BONE,
    StructureKind.SACRUM: BONE,
    StructureKind.DISC: DISC,
    StructureKind.CANAL: IN_CANAL,
    StructureKind.SAC: IN_CANAL | IN_SAC,
    StructureKind.CORD: IN_CANAL | IN_SAC | IN_CORD,
    StructureKind.NERVE_ROOT: ROOT,
    StructureKind.TUMOUR: OTHER,  # of another lesion
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Stack:
    """A stack of planes across the canal, head first: ``bits`` has shape (planes, left, back), a bit for each kind.

    ``origins``, ``left`` and ``back``, shape (planes, 3), place them in the patient; ``us`` and ``vs`` are
    the places of the pixels along left and back, mm. ``at`` are the heights of the planes along the canal, mm,
    descending.
    """

    bits: NDArray[np.uint8]
    origins: Floats
    left: Floats
    back: Floats
    at: Floats
    us: Floats
    vs: Floats

    def has(self, bit: int) -> Mask:
        """Where a bit is set."""
        return np.asarray(self.bits & bit != 0)

    @property
    def pixel_mm2(self) -> float:
        return PLANE_PIXEL.number**2

    @cached_property
    def along_mm(self) -> Floats:
        """The way along the canal from the first plane to each, mm."""
        ways = np.linalg.norm(np.diff(self.origins, axis=0), axis=1)
        return np.concatenate([[0.0], np.cumsum(ways)])

    def points(self, plane: int, pixels: Floats) -> Floats:
        """Pixels (p, q) of a plane, shape (n, 2), in the patient, shape (n, 3)."""
        across = np.array([self.us[0], self.vs[0]]) + PLANE_PIXEL.number * pixels
        axes = np.stack([self.left[plane], self.back[plane]])
        return np.asarray(self.origins[plane] + across @ axes, dtype=np.float64)

    def place(self, plane: int, p: float, q: float) -> Triple:
        """A pixel of a plane in the patient."""
        return triple(self.points(plane, np.array([[p, q]]))[0])

    def shown(self, plane: int) -> Plane:
        """A plane as it is looked at: from the feet, as an axial slice is."""
        towards_head = np.round(np.cross(self.left[plane], self.back[plane]), 6) + 0.0
        point = np.round(self.origins[plane], 2) + 0.0
        return Plane(point_mm=triple(point), normal=triple(np.asarray(towards_head, dtype=np.float64)))

    @property
    def middle(self) -> Floats:
        """The pixel (p, q) on the canal's line."""
        return np.array([-self.us[0], -self.vs[0]]) / PLANE_PIXEL.number


def pixels(reach_mm: float) -> Floats:
    """The places of the pixels of a plane that reaches so far each way, mm."""
    return np.arange(-reach_mm, reach_mm + 0.1, PLANE_PIXEL.number)


def turned(along: Floats) -> tuple[Floats, Floats]:
    """Left and back on planes across ``along``, unit vectors of shape (n, 3), in a frame with y to the back."""
    back = np.array([0.0, 1.0, 0.0]) - along[:, 1:2] * along
    back /= np.linalg.norm(back, axis=1, keepdims=True)
    return np.cross(back, along), back


def looked(
    images: Images, lesion: str, steps: Floats, *, origins: Floats, left: Floats, back: Floats
) -> NDArray[np.uint8]:
    """What all label maps say at each pixel; ``lesion`` is the one that counts as the tumour, empty for none."""
    bits = np.zeros((len(origins), len(steps), len(steps)), np.uint8)
    for labels in images.labels.values():
        meaning = _meaning(labels, lesion)
        if meaning.any():
            inverse = labels.grid.inverse
            matrix, offset = np.ascontiguousarray(inverse[:3, :3]), inverse[:3, 3].copy()
            add_bits(bits, labels.labels, meaning, matrix, offset, origins, left, back, steps, steps)
    return bits


def _meaning(labels: LabelMap, lesion: str) -> NDArray[np.uint8]:
    meaning = np.zeros(int(np.iinfo(labels.labels.dtype).max) + 1, np.uint8)
    own = tumour(lesion) if lesion else None
    for number, named in labels.names.items():
        meaning[number] = MASS if named == own else MEANING.get(named.kind, 0)
    return meaning
