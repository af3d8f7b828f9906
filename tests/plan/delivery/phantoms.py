"""Rings and blocks around a straight cord, where it is known from their sizes whether they can leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from enbloc.case.anatomy import CORD, Level, Side, Structure, StructureKind
from enbloc.case.geometry import Frame, Pose, Triple
from enbloc.case.image import Grid
from enbloc.plan.delivery.search import WAYS, Obstacle, Scene, Solid

AXES: tuple[Triple, Triple, Triple] = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
GRID = Grid(shape=(90, 90, 24), affine=np.array([[1, 0, 0, -45.0], [0, 1, 0, -45.0], [0, 0, 1, -12.0], [0, 0, 0, 1.0]]))
X, Y, Z = (GRID.affine[axis, 3] + np.indices(GRID.shape)[axis] for axis in range(3))
FAR = np.hypot(X, Y)
ROOTS = {side: Structure(kind=StructureKind.NERVE_ROOT, level=Level.T8, side=side) for side in Side}


def solid_of(mask: NDArray[np.bool_]) -> Solid:
    return Solid(mask=mask, grid=GRID)


def ring(*, gap_mm: float = 0.0, inner: float = 12.0, outer: float = 20.0) -> NDArray[np.bool_]:
    """A ring around the cord, 8 mm tall, open behind over ``gap_mm``."""
    held = (inner <= FAR) & (outer >= FAR) & (np.abs(Z) <= 4.0)
    return np.asarray(held & ~((np.abs(X) < gap_mm / 2.0) & (Y > 0)))


def cord(radius: float = 4.0) -> NDArray[np.bool_]:
    return np.asarray(radius >= FAR)


def root(side: Side, *, y: float = 0.0, length: float = 40.0) -> NDArray[np.bool_]:
    """A root straight out from the cord to one side."""
    sign = 1.0 if side is Side.LEFT else -1.0
    return np.asarray((np.hypot(Y - y, Z) <= 1.0) & (sign * X >= 3.0) & (sign * X <= length))


def scene(
    specimen: NDArray[np.bool_],
    *,
    clearance_mm: float = 1.0,
    roots: dict[Side, NDArray[np.bool_]] | None = None,
    ways: tuple[str, ...] = tuple(WAYS),
    cord_mm: float = 4.0,
) -> Scene:
    held = [Obstacle(structure=CORD, solid=solid_of(cord(cord_mm)), clearance_mm=clearance_mm)]
    for side, mask in (roots or {}).items():
        held.append(Obstacle(structure=ROOTS[side], solid=solid_of(mask), clearance_mm=clearance_mm))
    pose = Pose(child=Frame(name="cord"), axes=AXES, origin_mm=(0.0, 0.0, 0.0))
    return Scene(specimen=(solid_of(specimen),), obstacles=tuple(held), pose=pose, ways=ways)
