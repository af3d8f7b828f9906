"""How far points lie from a mesh, slowly and exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from enbloc.plan.cutting.bone import Bone
from enbloc.plan.solids import mesh
from enbloc.plan.solids.parameters import SMOOTHING
from enbloc.plan.solids.tetrahedra import net_of

Floats = NDArray[np.float64]


def before_and_after(bone: Bone) -> tuple[Any, Any, float]:
    """The solid of a bone with all of its triangles and with fewer, and its smallest voxel's side."""
    held = np.pad(bone.mask, 3)
    net = net_of(held)
    smooth = gaussian_filter(held.astype(np.float64), SMOOTHING.number)
    points = mesh._placed(net, held, smooth, float(bone.mask.sum()))
    right_handed = np.linalg.det(bone.grid.affine[:3, :3]) > 0
    triangles = net.triangles if right_handed else net.triangles[:, ::-1]
    fine = mesh.solid(bone.grid.points_mm(points - 3), triangles)
    return fine, mesh.solid_of(bone.mask, bone.grid), min(bone.grid.spacing_mm)


def furthest_mm(points: NDArray[np.float32], other: mesh.Mesh) -> float:
    """How far the furthest of the points lies from a mesh; the few that seem far are looked at with every triangle."""
    places = points.astype(np.float64)
    a, b, c = (other.points.astype(np.float64)[other.triangles[:, at]] for at in range(3))
    shares = [(i / 6, j / 6) for i in range(7) for j in range(7 - i)]
    samples = np.concatenate([a + u * (b - a) + v * (c - a) for u, v in shares])
    apart, _ = cKDTree(samples).query(places)
    far = np.argsort(-apart)[:200]
    return max(float(_apart(places[at], a, b, c).min()) for at in far)


def _apart(point: Floats, a: Floats, b: Floats, c: Floats) -> Floats:
    normal = np.cross(b - a, c - a)
    length = np.linalg.norm(normal, axis=1)
    inside = np.ones(len(a), bool)
    edges = np.full(len(a), np.inf)
    for start, end in ((a, b), (b, c), (c, a)):
        way = end - start
        share = np.clip(((point - start) * way).sum(1) / np.maximum((way**2).sum(1), 1e-30), 0.0, 1.0)
        edges = np.minimum(edges, np.linalg.norm(point - start - share[:, None] * way, axis=1))
        inside &= (np.cross(way, point - start) * normal).sum(1) >= 0
    above = np.abs(((point - a) * normal).sum(1)) / np.maximum(length, 1e-30)
    return np.where(inside & (length > 1e-12), above, edges)
