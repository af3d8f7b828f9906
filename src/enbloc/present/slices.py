"""One plane through a scan as a surgeon expects to see it: resampled pixels, and outlines where structures cross it.

The patient's left lies on the viewer's right (axial, coronal), the patient's front on the viewer's left (sagittal).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from enbloc.case.anatomy import Structure, StructureKind
from enbloc.case.geometry import Triple
from enbloc.case.image import Grid, Images, LabelMap, Volume
from enbloc.kernels.contours import outlines

Floats = NDArray[np.float64]


class View(Enum):
    """A main plane of the patient, with the directions of its picture and the letters at its edges.

    ``right`` and ``down`` are patient directions (LPS) towards the viewer's right and the bottom of the picture;
    ``letters`` stand at the left, right, upper and lower edge.
    """

    AXIAL = "axial", (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), "RLAP"
    SAGITTAL = "sagittal", (0.0, 1.0, 0.0), (0.0, 0.0, -1.0), "APSI"
    CORONAL = "coronal", (1.0, 0.0, 0.0), (0.0, 0.0, -1.0), "RLSI"

    right: Triple
    down: Triple
    letters: str

    def __new__(cls, word: str, right: Triple, down: Triple, letters: str) -> View:
        member = object.__new__(cls)
        member._value_ = word
        member.right, member.down, member.letters = right, down, letters
        return member


@dataclass(frozen=True, eq=False, kw_only=True)
class Frame2d:
    """A square window of ``size_mm`` on the plane of ``view`` through ``centre_mm`` (patient LPS)."""

    view: View
    centre_mm: Triple
    size_mm: float

    def points_mm(self, steps: int) -> Floats:
        """Centres of ``steps`` by ``steps`` pixels in the patient, shape (steps, steps, 3)."""
        along = (np.arange(steps) + 0.5) / steps * self.size_mm - self.size_mm / 2
        right, down = np.array(self.view.right), np.array(self.view.down)
        return np.asarray(np.array(self.centre_mm) + along[:, None, None] * down + along[None, :, None] * right)

    def on_page(self, points_mm: Floats) -> Floats:
        """Where points, shape (n, 3), fall in the window: (right, down) in mm from its upper left corner."""
        from_centre = np.asarray(points_mm, dtype=np.float64) - np.array(self.centre_mm)
        axes = np.array([self.view.right, self.view.down]).T
        return np.asarray(from_centre @ axes + self.size_mm / 2)


def pixels(volume: Volume, frame: Frame2d, steps: int) -> Floats:
    """The scan in the window by trilinear sampling, shape (steps, steps); not a number outside the scan."""
    return _sampled(volume.voxels, volume.grid, frame.points_mm(steps), outside=np.nan)


def _sampled(array: NDArray[Any], grid: Grid, points_mm: Floats, *, outside: float) -> Floats:
    where = grid.indices(points_mm.reshape(-1, 3)).T
    taken = map_coordinates(array, where, output=np.float64, order=1, mode="constant", cval=outside, prefilter=False)
    return np.asarray(taken.reshape(points_mm.shape[:2]))


@dataclass(frozen=True, eq=False, kw_only=True)
class Outline:
    """Where a structure crosses a window: closed lines of shape (n, 2), (right, down) in mm from its corner."""

    structure: Structure
    lines: tuple[Floats, ...]

    @property
    def largest(self) -> Floats:
        """The line that encloses most."""
        return max(self.lines, key=enclosed)


def enclosed(line: Floats) -> float:
    """The area within a closed line, mm²."""
    x, y = line.T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


# From the ground up: what matters most is drawn last.
_DRAWN = (
    StructureKind.VERTEBRA,
    StructureKind.SACRUM,
    StructureKind.AORTA,
    StructureKind.VENA_CAVA,
    StructureKind.CANAL,
    StructureKind.SAC,
    StructureKind.CORD,
    StructureKind.TUMOUR,
)
_STEP_MM = 0.6


def crossed(images: Images, frame: Frame2d) -> tuple[Outline, ...]:
    """The outlines of all structures that the window crosses, the tumour last."""
    kinds = [kind for kind in _DRAWN if not (kind is StructureKind.CANAL and images.present(StructureKind.SAC))]
    named = (one for kind in kinds for one in images.present(kind))
    return tuple(outline for one in named for outline in _outline(images, one, frame))


def _outline(images: Images, named: Structure, frame: Frame2d) -> Iterator[Outline]:
    labels = images.map_of(named)
    if labels is None:
        return
    steps = round(frame.size_mm / _STEP_MM)
    field = _share(labels, named, frame.points_mm(steps))
    if field.max() < 0.5:
        return
    lines = [(line[:, ::-1] + 0.5) * (frame.size_mm / steps) for line in outlines(field, 0.5)]
    kept = tuple(line for line in lines if len(line) > 2 and enclosed(line) > 1.0)
    if kept:
        yield Outline(structure=named, lines=kept)


def _share(labels: LabelMap, named: Structure, points_mm: Floats) -> Floats:
    """How far each point lies in the structure, 0 to 1."""
    box = labels.boxes[named]
    padded = np.pad(labels.mask(named, box).astype(np.float32), 1)
    grid = labels.grid.cropped(box)
    affine = grid.affine.copy()
    affine[:3, 3] = grid.points_mm(np.array([[-1, -1, -1]]))[0]
    shape = (padded.shape[0], padded.shape[1], padded.shape[2])
    return _sampled(padded, Grid(shape=shape, affine=affine), points_mm, outside=0.0)
