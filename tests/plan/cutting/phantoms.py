"""Small lumps of bone with a tumour, made at random, and the slow truth about a cut through them in plain numpy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import CORD, Structure, StructureKind
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Grid
from enbloc.plan.cutting.bone import Bone, KeepOut, Outline, keep_out_of, outline_of
from enbloc.plan.cutting.cones import Cone, grid_of_normals
from enbloc.plan.cutting.parameters import FURTHEST
from enbloc.plan.cutting.roles import Domain, KeepAway, Role
from enbloc.plan.cutting.shell import Shell

Floats = NDArray[np.float64]


AORTA = Structure(kind=StructureKind.AORTA)


@dataclass(frozen=True, eq=False, kw_only=True)
class Lump:
    """Bone, tumour and a structure to keep away from, all on one grid, and the cut that is looked for."""

    bone: Bone
    growth: NDArray[np.bool_]  # the tumour, also beyond the bone
    cord: NDArray[np.bool_]
    role: Role
    margin_mm: float

    @property
    def shell(self) -> Shell:
        return Shell(points_mm=self.bone.grid.points_mm(np.argwhere(self.growth)), grid=self.bone.grid)

    @property
    def outline(self) -> Outline:
        return outline_of(self.shell)

    @property
    def keep_out(self) -> Mapping[Structure, KeepOut]:
        shell = Shell(points_mm=self.bone.grid.points_mm(np.argwhere(self.cord)), grid=self.bone.grid)
        return {CORD: keep_out_of(self.bone, CORD, shell)}


def lump(seed: int, *, size: int = 20, spacing_mm: float = 2.0) -> Lump:
    """The phantom of a seed: a lump of bone with a canal, a lobed tumour, a cord in the canal, a cone and a margin."""
    random = np.random.default_rng(seed)
    spacing = spacing_mm * random.uniform(0.8, 1.3, 3)
    affine = np.eye(4)
    affine[:3, :3] = Rotation.random(random_state=seed).as_matrix() * spacing
    affine[:3, 3] = random.uniform(-200.0, 200.0, 3)
    grid = Grid(shape=(size, size + 3, size + 6), affine=affine)
    places = np.moveaxis(np.indices(grid.shape), 0, -1) * spacing
    middle = 0.5 * np.array(grid.shape) * spacing
    away = np.linalg.norm((places - middle) / (middle * random.uniform(0.6, 0.95, 3)), axis=-1)
    bone = (away < 1.0) & ~(np.linalg.norm(places[..., 1:] - 0.75 * middle[1:], axis=-1) < 4.0)
    cord = np.linalg.norm(places[..., 1:] - 0.75 * middle[1:], axis=-1) < 2.0
    growth = np.zeros(grid.shape, bool)
    for _ in range(int(random.integers(1, 4))):
        centre = middle * random.uniform(0.8, 1.2, 3)
        growth |= np.linalg.norm((places - centre) / random.uniform(2.5, 7.0, 3), axis=-1) < 1.0
    growth[tuple(np.array(grid.shape) // 2)] = True
    axis = affine[:3, :3] @ random.normal(size=3)
    cone = Cone(axis=triple(axis), half_angle=math.radians(random.uniform(8.0, 30.0)))
    keep = KeepAway(structure=CORD, at_least_mm=float(random.choice([0.0, 0.2, 1.0, 3.0, 12.0])))
    role = Role(name=f"cut {seed}", cone=cone, kerf_mm=float(random.uniform(0.0, 2.0)), keep_away=(keep,))
    ill = bone & growth
    return Lump(
        bone=Bone(mask=bone, ill=ill, grid=grid),
        growth=growth,
        cord=cord & ~bone,
        role=role,
        margin_mm=float(random.uniform(0.0, 6.0)),
    )


def domain(given: Lump, seed: int) -> Domain:
    """One or two half-spaces whose borders run through the middle third of the bone."""
    random = np.random.default_rng(seed)
    points = given.bone.points_mm
    planes = []
    for _ in range(int(random.integers(1, 3))):
        normal = random.normal(size=3)
        normal /= np.linalg.norm(normal)
        at = np.quantile(points @ normal, random.uniform(0.2, 0.6))
        planes.append(Plane(point_mm=triple(at * normal), normal=triple(normal)))
    return tuple(planes)


def block(at_least_mm: float, *, cord_z: tuple[int, ...]) -> Lump:
    """A block of 20 × 20 × 60 mm with one voxel of tumour, to be cut 3 mm above it, and a cord two voxels beside it."""
    grid = Grid(shape=(23, 20, 60), affine=np.eye(4))
    mask, growth, cord = (np.zeros(grid.shape, bool) for _ in range(3))
    mask[:20], growth[9, 9, 10] = True, True
    cord[21, 9, list(cord_z)] = True
    keep = KeepAway(structure=CORD, at_least_mm=at_least_mm)
    role = Role(name="above", cone=Cone(axis=(0, 0, 1), half_angle=0.0), kerf_mm=1.0, keep_away=(keep,))
    bone = Bone(mask=mask, ill=mask & growth, grid=grid)
    return Lump(bone=bone, growth=growth, cord=cord, role=role, margin_mm=3.0)


@dataclass(frozen=True, eq=False, kw_only=True)
class Brute:
    """Every plane tried, in plain numpy: the least bone removed (cc, with what the tumour took), or infinity."""

    given: Lump

    def removed_cc(self, normals: Floats) -> Floats:
        """The bone removed by the nearest plane of each normal whose blade stays away from the cord; or infinity."""
        bone, role = self.given.bone, self.given.role
        corners = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])
        growth = bone.grid.points_mm((np.argwhere(self.given.growth)[:, None] + corners).reshape(-1, 3))
        reach = (growth @ normals.T).max(axis=0)
        heights = bone.points_mm @ normals.T - reach
        half, found = 0.5 * np.abs(normals @ bone.grid.affine[:3, :3]).sum(axis=1), np.full(len(normals), np.inf)
        near = heights[self._near()]
        for further in np.arange(0.0, FURTHEST.number + 1e-9, 0.5) if len(near) else (0.0,):
            margin, far = self.given.margin_mm + further, self.given.margin_mm + further + role.kerf_mm
            is_free = ~((near >= margin - half) & (near <= far + half)).any(axis=0) & np.isinf(found)
            taken = (heights[:, is_free] <= far) | ~self._reached(bone.points_mm, 0.0)[:, None]
            found[is_free] = taken.sum(axis=0) * bone.grid.voxel_cc
        return found

    def _reached(self, points_mm: Floats, half_voxels: float) -> NDArray[np.bool_]:
        """Which points the blade's domain holds, when it reaches so many half voxels further."""
        held, edges = np.ones(len(points_mm), bool), self.given.bone.grid.affine[:3, :3]
        for plane in self.given.role.within:
            wider = half_voxels * 0.5 * np.abs(np.array(plane.normal) @ edges).sum()
            held &= (points_mm - plane.point_mm) @ plane.normal >= -wider - 1e-9
        return held

    def _near(self) -> NDArray[np.bool_]:
        """Which bone, where the blade may come, lies nearer to the cord than it may, voxels taken whole."""
        bone = self.given.bone
        cord = bone.grid.points_mm(np.argwhere(self.given.cord))
        apart = np.linalg.norm(bone.points_mm[:, None] - cord[None], axis=-1).min(axis=1)
        diagonal = max(np.linalg.norm(bone.grid.affine[:3, :3] @ [a, b, 1.0]) for a in (-1, 1) for b in (-1, 1))
        keep = self.given.role.keep_away[0]
        return np.asarray(np.maximum(apart - diagonal, 0.0) < keep.at_least_mm) & self._reached(bone.points_mm, 1.0)

    def least_cc(self, *, around: Floats | None = None) -> float:
        """The least over a grid of one degree, and over a quarter of a degree about ``around`` where it is given."""
        cone = self.given.role.cone
        found = float(self.removed_cc(grid_of_normals(cone, math.radians(1.0))).min())
        if around is not None:
            local = replace(cone, axis=triple(around), half_angle=math.radians(1.5))
            fine = grid_of_normals(local, math.radians(0.25))
            fine = fine[[cone.holds(normal) for normal in fine]]
            found = min(found, float(self.removed_cc(fine).min(initial=np.inf)))
        return found
