"""Closed meshes in patient millimetres, and the solids of manifold3d that they are cut as."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.plan.solids.parameters import HOLD, SEAM, SIMPLER, SLIVER, SMOOTHING
from enbloc.plan.solids.tetrahedra import Net, net_of

Floats = NDArray[np.float64]
Solid = Any
"""A ``manifold3d.Manifold``: the library says nothing of types."""

_ROUNDS, _FIRST = 4, 0.05  # of the search for the volume, and its first and longest step
EXACT_MM = 1e-6  # to which cuts are made: parts add up to the whole
_PAD = 3  # voxels around a mask, so that its smoothed edge has room


@dataclass(frozen=True, eq=False, kw_only=True)
class Mesh:
    """A surface: ``points``, shape (n, 3), patient LPS, mm; ``triangles``, shape (m, 3).

    Seen from outside a triangle turns counter-clockwise. The points are numbers of four bytes, as files hold them.
    """

    points: NDArray[np.float32]
    triangles: NDArray[np.int64]

    @cached_property
    def volume_mm3(self) -> float:
        """What it encloses, mm³; negative if it is inside out."""
        if not len(self.points):
            return 0.0
        away = self.points.astype(np.float64) - self.points[0]
        a, b, c = (away[self.triangles[:, at]] for at in range(3))
        return float((a * np.cross(b, c)).sum() / 6.0)

    @cached_property
    def is_closed(self) -> bool:
        """Whether every edge is gone along as often one way as the other, points in one place taken as one."""
        _, where = np.unique(self.points, axis=0, return_inverse=True)
        corners = where.reshape(-1)[self.triangles].astype(np.int64)
        ways = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
        ways = ways[ways[:, 0] != ways[:, 1]]
        there, back = (one @ np.array([len(self.points), 1]) for one in (ways, ways[:, ::-1]))
        return bool(np.array_equal(np.sort(there), np.sort(back)))


def solid_of(mask: NDArray[np.bool_], grid: Grid) -> Solid:
    """The closed solid of a mask: its stairs smoothed, its volume kept.

    The centre of every voxel of the mask lies inside and that of every other outside; then triangles are saved as far
    as a fraction of a voxel allows (``parameters.SIMPLER``).
    """
    from scipy.ndimage import gaussian_filter

    held = np.pad(mask, _PAD)
    net = net_of(held)
    smooth = gaussian_filter(held.astype(np.float64), SMOOTHING.number)
    points = _placed(net, held, smooth, float(mask.sum()))
    triangles = net.triangles if np.linalg.det(grid.affine[:3, :3]) > 0 else net.triangles[:, ::-1]
    made = solid(grid.points_mm(points - _PAD), triangles).simplify(SIMPLER.number * min(grid.spacing_mm))
    return made.set_tolerance(EXACT_MM)


def _placed(net: Net, held: NDArray[np.bool_], smooth: Floats, voxels: float) -> Floats:
    """The vertices of a smoothed mask, all of its values raised alike so that it encloses as much as its voxels.

    Smoothing takes from what is thin and bent. The value at a voxel's own centre stays on its side.
    """
    shift, step = 0.0, _FIRST
    points = net.points(_on_its_side(smooth, held), 0.5)
    short = voxels - net.volume(points)
    for _ in range(_ROUNDS):
        points = net.points(_on_its_side(smooth + shift + step, held), 0.5)
        left = voxels - net.volume(points)
        shift += step
        if left == short:
            break
        step, short = float(np.clip(step * left / (short - left), -_FIRST, _FIRST)), left
    return points


def _on_its_side(smooth: Floats, held: NDArray[np.bool_]) -> Floats:
    return np.where(held, np.maximum(smooth, 0.5 + HOLD.number), np.minimum(smooth, 0.5 - HOLD.number))


def solid(points: Floats, triangles: NDArray[np.int64]) -> Solid:
    """The solid within a closed surface.

    Raises
    ------
    RecordError
        If it does not close.
    """
    from manifold3d import Error, Manifold, Mesh64

    made = Manifold(Mesh64(np.ascontiguousarray(points), np.ascontiguousarray(triangles.astype(np.uint64))))
    if made.status() != Error.NoError:
        raise RecordError("A surface does not close.", remedy="Check the label map for broken voxels.")
    return made


def mesh_of(made: Solid) -> Mesh:
    """A solid as a mesh that can be written: without slivers, and edges too short for numbers of four bytes.

    Raises
    ------
    RecordError
        If what would be written does not close, or is inside out.
    """
    mesh = _in_order(shown(_whole(made).simplify(SEAM.number)))
    if len(mesh.triangles) and not (mesh.is_closed and mesh.volume_mm3 > 0):
        raise RecordError("A mesh of the plan does not close.", remedy="Move the plane a little and plan again.")
    return mesh


def _in_order(mesh: Mesh) -> Mesh:
    """The same surface, its points and triangles in the order of their places, points in one place taken as one.

    The library computes in several threads, and hands pieces over in the order in which they came to an end.
    """
    if not len(mesh.triangles):
        return mesh
    points, where = np.unique(mesh.points, axis=0, return_inverse=True)
    corners = where.reshape(-1)[mesh.triangles]
    first = corners.argmin(axis=1)[:, None]
    turned = np.take_along_axis(corners, (first + np.arange(3)) % 3, axis=1)
    return Mesh(points=points, triangles=turned[np.lexsort(turned.T[::-1])].astype(np.int64))


def shown(made: Solid) -> Mesh:
    """A solid as a mesh to be looked at while a plane is dragged: at once, with whatever rounding left in it."""
    held = made.to_mesh64()
    return Mesh(
        points=np.ascontiguousarray(held.vert_properties[:, :3], dtype=np.float32),
        triangles=np.ascontiguousarray(held.tri_verts, dtype=np.int64),
    )


def _whole(made: Solid) -> Solid:
    """A solid without what rounding leaves between two cuts in one place."""
    from manifold3d import Manifold

    return Manifold.compose([part for part in made.decompose() if part.volume() > SLIVER.number])
