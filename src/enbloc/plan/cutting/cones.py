"""The directions in which a cut may face: a cone of normals, and the cells that it is searched in.

Cells are squares on the plane that touches the unit sphere at the cone's axis. A direction of a square is then a
weighted mean of its four corners, up to its length: what is linear in a direction is worst at a corner, exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from enbloc.case.geometry import Triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.parameters import WIDEST_CONE
from enbloc.value import value

Floats = NDArray[np.float64]

ACROSS = 8  # cells along a side of the square that the search begins with
SLICES = 4  # and along its depth
SIGNS = np.array([[-1.0, -1.0], [-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]])
HAIR = 1e-9


@value
class Cone:
    """The directions within ``half_angle`` (radians) of ``axis``; the axis is made a unit vector.

    Raises
    ------
    RecordError
        If the axis has no length, or the angle is negative or too wide to be searched.

    Examples
    --------
    >>> Cone(axis=(0, 0, 2), half_angle=0.5).axis
    (0.0, 0.0, 1.0)
    """

    axis: Triple
    half_angle: float

    def __post_init__(self) -> None:
        length = math.hypot(*self.axis)
        if not (math.isfinite(length) and length > 0):
            raise RecordError("A cone of normals has no axis.", remedy="Give a direction with three finite numbers.")
        if not 0 <= self.half_angle <= math.radians(WIDEST_CONE.number) + HAIR:
            raise RecordError(
                f"A cone of normals of {math.degrees(self.half_angle):g} degrees cannot be searched.",
                remedy=f"Give a half-angle from 0 to {WIDEST_CONE.number:g} degrees.",
            )
        object.__setattr__(self, "axis", tuple(float(number) / length for number in self.axis))

    def holds(self, normal: Floats) -> bool:
        """Whether a unit direction lies in the cone."""
        return bool(self.holding(normal[None])[0])

    def holding(self, normals: Floats) -> NDArray[np.bool_]:
        """Which of the unit directions, shape (n, 3), lie in the cone; shape (n,)."""
        axis = np.array(self.axis)
        off = np.linalg.norm(np.cross(axis, normals), axis=1)
        return np.asarray(np.arctan2(off, normals @ axis) <= self.half_angle + HAIR)


def across(way: Floats) -> Floats:
    """Two directions across a unit direction and each other, as rows, shape (2, 3); the same for the same one."""
    first = np.cross(way, np.eye(3)[int(np.argmin(np.abs(way)))])
    first /= np.linalg.norm(first)
    return np.array([first, np.cross(way, first)])


@dataclass(frozen=True, eq=False, kw_only=True)
class Cells:
    """Squares of directions of one size, with a range of distances each.

    ``centres``, shape (n, 2), and ``half`` their side lie on the plane that touches the cone's axis. The planes of a
    cell lie ``further_mm``, shape (n,), and up to ``depth_mm`` more, than the tightest one; with no depth just there.
    """

    cone: Cone
    centres: Floats
    half: float
    further_mm: Floats
    depth_mm: float

    def __len__(self) -> int:
        return len(self.centres)

    @cached_property
    def basis(self) -> Floats:
        """The cone's axis and two directions across it, as rows, shape (3, 3); the same for the same axis."""
        axis = np.array(self.cone.axis)
        return np.array([axis, *across(axis)])

    @cached_property
    def normals(self) -> Floats:
        """A unit direction of the cone for each cell, shape (n, 3): its centre, or beside it if that lies outside."""
        reach = math.tan(self.cone.half_angle)
        off = np.hypot(self.centres[:, 0], self.centres[:, 1])
        inward = np.where(off > reach, reach / np.maximum(off, HAIR), 1.0)
        found = self._directions(self.centres * inward[:, None])
        return np.ascontiguousarray(found / np.linalg.norm(found, axis=1)[:, None])

    @cached_property
    def corners(self) -> Floats:
        """The corners of each cell as directions that are not of unit length, shape (n, 4, 3)."""
        return self._directions(self.centres[:, None] + self.half * SIGNS)

    def _directions(self, places: Floats) -> Floats:
        axis, first, second = self.basis
        return np.asarray(axis + places[..., :1] * first + places[..., 1:] * second)

    def chosen(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Cells:
        """Some of the cells, in their order."""
        return replace(self, centres=self.centres[which], further_mm=self.further_mm[which])

    @property
    def parts(self) -> int:
        """Into how many a cell is split."""
        return (4 if self.half else 1) * (2 if self.depth_mm else 1)

    def split(self) -> Cells:
        """Each cell in its parts, those of one cell together; what lies outside of the cone may be among them."""
        half, depth = self.half / 2.0, self.depth_mm / 2.0
        squares = half * SIGNS if half else np.zeros((1, 2))
        steps = np.array([0.0, depth]) if depth else np.zeros(1)
        centres = np.repeat(self.centres[:, None] + squares, len(steps), axis=1)
        further = self.further_mm[:, None] + np.tile(steps, len(squares))
        return replace(self, centres=centres.reshape(-1, 2), half=half, further_mm=further.reshape(-1), depth_mm=depth)

    @property
    def in_cone(self) -> NDArray[np.bool_]:
        """Which cells reach into the cone, shape (n,)."""
        nearest = np.maximum(np.abs(self.centres) - self.half, 0.0)
        reach = math.tan(self.cone.half_angle)
        return np.asarray(np.hypot(nearest[:, 0], nearest[:, 1]) <= reach + HAIR)


def first_cells(cone: Cone, furthest_mm: float = 0.0) -> Cells:
    """Cells that cover the cone, and all distances up to ``furthest_mm``; a cone of one direction has one square.

    Examples
    --------
    >>> len(first_cells(Cone(axis=(0, 0, 1), half_angle=0.0)))
    1
    """
    reach = math.tan(cone.half_angle)
    count = ACROSS if reach > 0 else 1
    half = reach / count
    line = half * (2.0 * np.arange(count) + 1.0 - count)
    centres = np.stack(np.meshgrid(line, line, indexing="ij"), axis=-1).reshape(-1, 2)
    slices = SLICES if furthest_mm else 1
    depth = furthest_mm / slices
    further = np.tile(depth * np.arange(slices), len(centres))
    cells = Cells(cone=cone, centres=np.repeat(centres, slices, axis=0), half=half, further_mm=further, depth_mm=depth)
    return cells.chosen(cells.in_cone)


def grid_of_normals(cone: Cone, step: float) -> Floats:
    """Unit normals of the cone about ``step`` radians apart, shape (n, 3): rings around the axis, and the axis."""
    axis, first, second = first_cells(cone).basis
    rings = np.linspace(0.0, cone.half_angle, 1 + math.ceil(cone.half_angle / step - HAIR))
    found = [axis[None]]
    for tilt in rings[1:]:
        turns = np.arange(math.ceil(2.0 * math.pi * math.sin(tilt) / step))
        round_ = 2.0 * math.pi * turns / len(turns)
        off = np.cos(round_)[:, None] * first + np.sin(round_)[:, None] * second
        found.append(math.cos(tilt) * axis + math.sin(tilt) * off)
    return np.ascontiguousarray(np.concatenate(found))
