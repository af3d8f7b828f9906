"""A column of plain vertebrae that may lean, list, turn, be wedged, eaten or spurred: exact by construction.

A vertebra is a box of a body between two slanting endplates, two pedicles, an arch and a spinous process, painted by
inequality in its own frame (x left, y back, z head) onto a small grid, wherever that lies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CANAL, Level, vertebra
from enbloc.case.image import Grid, Images, LabelMap

Floats = NDArray[np.float64]
Solid = Callable[[Floats, Floats, Floats], NDArray[np.bool_]]

DEPTH, WIDTH, PITCH = 30.0, 40.0, 32.0
CANAL_BACK = 25.0  # of its centre behind the body's


def nowhere(x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
    return np.zeros(np.shape(x), np.bool_)


@dataclass(frozen=True, kw_only=True)
class Bone:
    """One vertebra. Angles in degrees: ``lean`` forward, ``list`` to the left, ``turn`` to the left about its axis.

    ``wedge`` and ``side_wedge`` are the angles between its endplates, front and left lower positive; half of each is
    the upper one's. ``gone`` and ``more`` are bone that is missing and bone that was added, in its own frame.
    """

    level: Level
    lean: float = 0.0
    list: float = 0.0
    turn: float = 0.0
    height: float = 24.0
    wedge: float = 0.0
    side_wedge: float = 0.0
    forward: float = 0.0  # of its whole on the one below, mm
    leftward: float = 0.0
    gone: Solid = nowhere
    more: Solid = nowhere

    @property
    def axes(self) -> Floats:
        """Left, back and head as rows."""
        lean, tilt, turn = np.deg2rad([self.lean, self.list, self.turn])
        about_x = np.array([[1, 0, 0], [0, np.cos(lean), -np.sin(lean)], [0, np.sin(lean), np.cos(lean)]])
        about_y = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])
        about_z = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
        return np.asarray((about_y @ about_x @ about_z).T)

    def slopes(self, *, upper: bool) -> tuple[float, float]:
        """Slope of an endplate along x and along y."""
        sign = 0.5 if upper else -0.5
        across, along = np.tan(np.deg2rad([sign * self.side_wedge, sign * self.wedge]))
        return float(-across), float(along)

    def normal(self, *, upper: bool) -> Floats:
        """The direction to the head that is square to an endplate, in the patient."""
        across, along = self.slopes(upper=upper)
        own = np.array([-across, -along, 1.0])
        return np.asarray(own / np.linalg.norm(own) @ self.axes)

    def holds(self, x: Floats, y: Floats, z: Floats) -> NDArray[np.bool_]:
        """Which places of its own frame are bone."""
        ends = []
        for upper in (True, False):
            across, along = self.slopes(upper=upper)
            ends.append((0.5 if upper else -0.5) * self.height + across * x + along * y)
        body = (np.abs(x) <= WIDTH / 2) & (np.abs(y) <= DEPTH / 2) & (z <= ends[0]) & (z >= ends[1])
        high = (z > -4.0) & (z <= 8.0)
        pedicles = high & (np.abs(np.abs(x) - 15.0) <= 4.0) & (y > DEPTH / 2) & (y <= 36.0)
        arch = high & (np.abs(x) <= 19.0) & (y > 35.0) & (y <= 41.0)
        spine = (np.abs(x) <= 3.0) & (y > 41.0) & (y <= 62.0) & (np.abs(z) <= 8.0)
        return np.asarray((body | pedicles | arch | spine | self.more(x, y, z)) & ~self.gone(x, y, z))


@dataclass(frozen=True, kw_only=True)
class Scan:
    """How the grid lies: spacing and order of its axes, turned about the patient, and moved by part of a voxel."""

    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0)
    axes: str = "SPL"
    tilt_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    phase: tuple[float, float, float] = (0.0, 0.0, 0.0)
    cut_above_mm: float = np.inf  # the scan ends at this height

    def grid(self, low: Floats, high: Floats) -> Grid:
        """The grid around a box of the patient."""
        ways = {"L": (0, 1), "R": (0, -1), "P": (1, 1), "A": (1, -1), "S": (2, 1), "I": (2, -1)}
        middle, half = (low + high) / 2.0, (high - low) / 2.0
        affine, turn, shape = np.eye(4), rotation(self.tilt_deg), []
        for at, letter in enumerate(self.axes):
            axis, sign = ways[letter]
            affine[:3, at] = sign * self.spacing[at] * turn[:, axis]
            shape.append(int(2.0 * half[axis] / self.spacing[at]))
        start = -(np.array(shape) - 1) / 2.0 + np.array(self.phase)
        affine[:3, 3] = middle + affine[:3, :3] @ start
        return Grid(shape=(shape[0], shape[1], shape[2]), affine=affine)


def rotation(degrees: Sequence[float]) -> Floats:
    """A turn about the patient's left, back and head, one after the other."""
    made = np.eye(3)
    for axis, angle in enumerate(np.deg2rad(degrees)):
        i, j = (one for one in range(3) if one != axis)
        one = np.eye(3)
        one[[i, j], [i, j]], one[i, j], one[j, i] = np.cos(angle), -np.sin(angle), np.sin(angle)
        made = one @ made
    return made


def centres(bones: Sequence[Bone]) -> list[Floats]:
    """Where the bodies stand on each other, the middle one at the origin; ``bones`` run from the head down."""
    found = [np.zeros(3)]
    for upper, lower in pairwise(bones):
        step = (upper.axes[2] + lower.axes[2]) * PITCH / 2.0
        step = step - upper.forward * lower.axes[1] + upper.leftward * lower.axes[0]
        found.append(found[-1] - step)
    return [one - found[len(found) // 2] for one in found]


def painted(
    bones: Sequence[Bone], scan: Scan | None = None, *, with_canal: bool = True, mirrored: bool = False
) -> Images:
    """The label map of a column, from the head down; mirrored, the same patient with left and right exchanged."""
    scan = scan or Scan()
    places = centres(bones)
    low = np.min(places, axis=0) - np.array([32.0, 24.0, 36.0])
    high = np.max(places, axis=0) + np.array([32.0, 66.0, 36.0])
    if mirrored:
        low[0], high[0] = -high[0], -low[0]
    high[2] = min(high[2], scan.cut_above_mm)
    grid = scan.grid(low, high)
    labels = np.zeros(grid.shape, np.uint8)
    last = len(bones) - 1
    flip = np.array([-1.0 if mirrored else 1.0, 1.0, 1.0])
    for at, (bone, place) in enumerate(zip(bones, places, strict=True)):
        box = _around(grid, place, 40.0 if at in (0, last) else 27.0, flip)
        x, y, z = _own(grid.cropped(box), bone, place, flip)
        part = labels[box]
        part[bone.holds(x, y, z)] = at + 1
        reach = [40.0 if end else PITCH / 2 + 2.0 for end in (at == 0, at == last)]
        inside = (np.hypot(x, y - CANAL_BACK) <= 9.5) & (part == 0) & (z <= reach[0]) & (z >= -reach[1])
        part[inside] = 100 if with_canal else 0
    names = {at + 1: vertebra(bone.level) for at, bone in enumerate(bones)} | {100: CANAL}
    return Images(
        volumes={}, labels={"v": LabelMap(labels=labels, grid=grid, names=names, on="ct", document="v.nii.gz")}
    )


def _around(grid: Grid, place: Floats, reach_mm: float, flip: Floats) -> tuple[slice, slice, slice]:
    """The box of voxels around a vertebra."""
    low, high = place - (30.0, 22.0, reach_mm), place + np.array([30.0, 64.0, reach_mm])
    corners = np.array([[x, y, z] for x in (low[0], high[0]) for y in (low[1], high[1]) for z in (low[2], high[2])])
    at = grid.indices(corners * flip)
    start = np.clip(np.floor(at.min(axis=0)), 0, grid.shape).astype(int)
    stop = np.clip(np.ceil(at.max(axis=0)) + 1, 0, grid.shape).astype(int)
    a, b, c = (slice(int(first), int(end)) for first, end in zip(start, stop, strict=True))
    return (a, b, c)


def _own(grid: Grid, bone: Bone, place: Floats, flip: Floats) -> list[Floats]:
    """x, y and z of each voxel in the frame of a vertebra."""
    matrix = bone.axes @ (flip[:, None] * grid.affine[:3, :3])
    offset = bone.axes @ (flip * grid.affine[:3, 3] - place)
    a, b, c = np.ogrid[tuple(slice(size) for size in grid.shape)]
    return [row[0] * a + row[1] * b + row[2] * c + start for row, start in zip(matrix, offset, strict=True)]


def straight(*levels: Level, **given: object) -> list[Bone]:
    """Vertebrae on top of each other."""
    return [replace(Bone(level=level), **given) for level in levels]  # type: ignore[arg-type]  # fields of a bone
