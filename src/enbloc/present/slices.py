"""One plane through a scan as a surgeon expects to see it: resampled pixels, and outlines where structures cross it.

The patient's left lies on the viewer's right (axial, coronal), the patient's front on the viewer's left (sagittal).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from enbloc.case.anatomy import Structure, StructureKind
from enbloc.case.geometry import Triple, triple
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
    """A square window of ``size_mm`` through ``centre_mm`` (patient LPS) on the plane of ``view`` or near it.

    ``tilted`` holds the directions towards the viewer's right and the bottom of the picture where they are not those of
    the main plane itself.
    """

    view: View
    centre_mm: Triple
    size_mm: float
    tilted: tuple[Triple, Triple] | None = None

    @property
    def right(self) -> Triple:
        """The direction in the patient towards the viewer's right."""
        return self.tilted[0] if self.tilted else self.view.right

    @property
    def down(self) -> Triple:
        """The direction in the patient towards the bottom of the picture."""
        return self.tilted[1] if self.tilted else self.view.down

    @property
    def letters(self) -> tuple[str, str, str, str]:
        """What stands at the left, right, upper and lower edge; two letters where the edge lies between two."""
        right, down = np.array(self.right), np.array(self.down)
        return (_letter(-right), _letter(right), _letter(-down), _letter(down))

    @property
    def tilt_deg(self) -> float:
        """The angle between this plane and the main plane of its view."""
        own, main = np.cross(self.right, self.down), np.cross(self.view.right, self.view.down)
        return math.degrees(math.acos(min(1.0, abs(float(own @ main)))))

    def points_mm(self, steps: int) -> Floats:
        """Centres of ``steps`` by ``steps`` pixels in the patient, shape (steps, steps, 3)."""
        along = (np.arange(steps) + 0.5) / steps * self.size_mm - self.size_mm / 2
        right, down = np.array(self.right), np.array(self.down)
        return np.asarray(np.array(self.centre_mm) + along[:, None, None] * down + along[None, :, None] * right)

    def on_page(self, points_mm: Floats) -> Floats:
        """Where points, shape (n, 3), fall in the window: (right, down) in mm from its upper left corner."""
        from_centre = np.asarray(points_mm, dtype=np.float64) - np.array(self.centre_mm)
        axes = np.array([self.right, self.down]).T
        return np.asarray(from_centre @ axes + self.size_mm / 2)


_WAYS = (("R", "L"), ("A", "P"), ("I", "S"))
_ALSO = 0.4  # a second letter from about 24 degrees on


def _letter(way: Floats) -> str:
    order = sorted(range(3), key=lambda axis: -abs(float(way[axis])))
    return "".join(_WAYS[axis][int(way[axis] > 0)] for axis in order if abs(way[axis]) > _ALSO)


def through(normal: Triple, centre_mm: Triple, size_mm: float) -> Frame2d:
    """The window on the plane with this ``normal``, turned as a surgeon expects it whichever way the normal points.

    It is named after the main plane it lies nearest to. The head or the front of the patient is up, the front or the
    patient's right on the viewer's left.

    Examples
    --------
    >>> through((0.0, 0.0, -1.0), (0.0, 0.0, 0.0), 80.0).letters
    ('R', 'L', 'A', 'P')
    """
    facing = np.array(normal, dtype=np.float64) / np.linalg.norm(normal)
    view = (View.SAGITTAL, View.CORONAL, View.AXIAL)[int(np.argmax(np.abs(facing)))]
    level = np.array(view.right)  # this edge stays in its main plane as far as the tilt allows
    right = level - (level @ facing) * facing
    right /= np.linalg.norm(right)
    inward = facing if facing @ np.cross(view.right, view.down) > 0 else -facing
    down = np.cross(inward, right)
    return Frame2d(view=view, centre_mm=centre_mm, size_mm=size_mm, tilted=(triple(right), triple(down)))


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
    steps = round(frame.size_mm / _STEP_MM)
    points = frame.points_mm(steps)
    met = {role: _met(labels, points) for role, labels in images.labels.items()}
    found = []
    for named in (one for kind in kinds for one in images.present(kind)):
        role = next(role for role, labels in images.labels.items() if named in labels.boxes)
        lines = _lines(met[role].share(named), frame.size_mm / steps)
        if lines:
            found.append(Outline(structure=named, lines=lines))
    return tuple(found)


def _lines(field: Floats | None, step_mm: float) -> tuple[Floats, ...]:
    if field is None or field.max() < 0.5:
        return ()
    lines = [(line[:, ::-1] + 0.5) * step_mm for line in outlines(field, 0.5)]
    return tuple(line for line in lines if len(line) > 2 and enclosed(line) > 1.0)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Met:
    """The labels of the eight voxels about each pixel of a window, and the weights of trilinear sampling."""

    of: LabelMap
    shape: tuple[int, int]
    numbers: NDArray[Any]  # (8, n)
    weights: Floats  # (8, n)

    def share(self, named: Structure) -> Floats | None:
        """How far each pixel lies in the structure, 0 to 1; nothing where none does."""
        ids = self.of.ids[named]
        held = self.numbers == ids[0] if len(ids) == 1 else np.isin(self.numbers, ids)
        if not held.any():
            return None
        return np.asarray((held * self.weights).sum(axis=0).reshape(self.shape))


def _met(labels: LabelMap, points_mm: Floats) -> _Met:
    at = np.ascontiguousarray(labels.grid.indices(points_mm.reshape(-1, 3)).T)
    low = np.floor(at).astype(np.intp)
    shares = (1.0 - (at - low), at - low)
    ends = np.array(labels.grid.shape)[:, None]
    fits = [(low + step >= 0) & (low + step < ends) for step in (0, 1)]
    numbers = np.zeros((8, at.shape[1]), dtype=labels.labels.dtype)
    weights = np.empty((8, at.shape[1]))
    for nth, (i, j, k) in enumerate(np.ndindex(2, 2, 2)):
        weights[nth] = shares[i][0] * shares[j][1] * shares[k][2]
        inside = fits[i][0] & fits[j][1] & fits[k][2]
        a, b, c = (low[axis, inside] + step for axis, step in enumerate((i, j, k)))
        numbers[nth, inside] = labels.labels[a, b, c]
    return _Met(of=labels, shape=(points_mm.shape[0], points_mm.shape[1]), numbers=numbers, weights=weights)
