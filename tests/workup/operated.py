"""Phantoms operated on paper: a plan carried out with cuts that are shifted and tilted by a known way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, Side, tumour, vertebra
from enbloc.case.case import Case, LabelFile
from enbloc.case.geometry import Plane, Triple, triple
from enbloc.case.image import Images, LabelMap
from enbloc.exchange.plan_file import PlanFile
from enbloc.follow.provenance import Input
from enbloc.measure.registration.drawing import moved
from enbloc.measure.registration.rigid import STAY, Motion
from enbloc.measure.spine.column import column_of
from enbloc.phantom import build, in_body, in_pedicle
from enbloc.phantom.recipe import Solid
from enbloc.plan import Operation, Plan, Wishes
from enbloc.plan.cutting.roles import FixedCut, reached
from enbloc.plan.en_bloc.placing import PlacedCut
from enbloc.plan.solids.fate import BONY, Fate, fate_map, number_of
from enbloc.workup import plan_case
from tests.plan.en_bloc.phantoms import BODY, SPINOUS, lateral, recipe

Floats = NDArray[np.float64]

ROLE = "after"
LEVELS = (Level.T7, Level.T8, Level.T9)
TUMOURS: dict[Operation, tuple[Solid, ...]] = {
    Operation.ANTERIOR: (in_body(Level.T8, radii_mm=(5.0, 5.0, 5.0), centre_mm=(9.0, -2.0, 0.0)),),
    Operation.SAGITTAL: (in_pedicle(Level.T8, Side.LEFT), lateral(Side.LEFT)),
    Operation.POSTERIOR_ARCH: (SPINOUS,),
    Operation.VERTEBRECTOMY: (BODY,),
}
CUTS: dict[Operation, dict[str, tuple[Triple, Triple]]] = {
    Operation.ANTERIOR: {
        "cranial cut": ((5.6, 0.5, 8.0), (-0.15, 0.0, 0.97)),
        "caudal cut": ((7.1, -0.4, -8.5), (-0.14, 0.14, -0.96)),
        "posterior cut": ((4.8, 7.7, 0.5), (-0.42, 0.91, 0.04)),
    },
    Operation.SAGITTAL: {
        "cranial cut": ((10.7, 22.4, 16.8), (-0.11, -0.13, 0.98)),
        "caudal cut": ((9.0, 26.7, -7.2), (-0.16, 0.15, -0.97)),
        "sagittal cut": ((2.1, 27.6, 6.3), (-1.0, 0.02, 0.01)),
    },
    Operation.POSTERIOR_ARCH: {
        "cranial cut": ((2.3, 37.9, 7.7), (0.0, 0.3, 0.95)),
        "caudal cut": ((0.8, 41.8, -16.3), (0.0, 0.16, -0.99)),
        "left arch cut": ((6.4, 28.5, -8.8), (0.91, -0.42, -0.02)),
        "right arch cut": ((-6.4, 28.5, -8.8), (-0.91, -0.42, -0.02)),
    },
    Operation.VERTEBRECTOMY: {},
}
"""A point and the normal of cuts that a person put, so that no search moves them; those of a vertebrectomy it finds."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Before:
    """A case with one plan of it."""

    case: Case
    images: Images
    made: PlanFile

    @property
    def plan(self) -> Plan:
        return self.made.plans[0]


@cache
def before(operation: Operation = Operation.ANTERIOR, *, mirrored: bool = False) -> Before:
    """A phantom with a plan of one operation on a tumour that it suits, as if read from files."""
    made = recipe(*TUMOURS[operation])
    phantom = build(made.mirrored if mirrored else made)
    images = replace(
        phantom.images,
        volumes={role: replace(scan, sha256=f"scan {role}") for role, scan in phantom.images.volumes.items()},
        labels={role: replace(one, sha256=f"map {role}") for role, one in phantom.images.labels.items()},
    )
    wishes = Wishes(operations=(operation,), placed=tuple(placed_cuts(operation, mirrored=mirrored)))
    found = plan_case(phantom.case, images, wishes=wishes)
    read = Input(file="plan.json", sha256="plan")
    file = PlanFile(read=read, case=found.case, made_from=found.provenance.inputs, plans=found.plans)
    return Before(case=phantom.case, images=images, made=file)


def placed_cuts(operation: Operation, *, mirrored: bool = False) -> Iterator[PlacedCut]:
    """The cuts of an operation as a person put them."""
    for name, ((x, y, z), (a, b, c)) in CUTS[operation].items():
        if mirrored:
            yield PlacedCut(name=side_swapped(name), point_mm=(-x, y, z), normal=(-a, b, c))
        else:
            yield PlacedCut(name=name, point_mm=(x, y, z), normal=(a, b, c))


def side_swapped(name: str) -> str:
    """The name of a cut in the mirror image."""
    swapped = {"left": "right", "right": "left"}
    return " ".join(swapped.get(word, word) for word in name.split())


def made_cut(
    planned: FixedCut, toward_mm: float, degrees: float = 0.0, seed: int = 0, *, mirrored: bool = False
) -> FixedCut:
    """The cut as it was made: nearer to the tumour by so much at the middle of its plane, and turned there."""
    flip = np.array([-1.0, 1.0, 1.0]) if mirrored else np.ones(3)
    normal = flip * np.array(planned.plane.normal)
    point = flip * np.array(planned.plane.point_mm) - toward_mm * normal
    axis = np.cross(normal, np.random.default_rng(seed).normal(size=3))
    turn = Rotation.from_rotvec(math.radians(degrees) * axis / np.linalg.norm(axis))
    return replace(planned, plane=Plane(point_mm=triple(flip * point), normal=triple(flip * turn.apply(normal))))


def made_cuts(plan: Plan, shifts: Mapping[str, tuple[float, float]], *, mirrored: bool = False) -> tuple[FixedCut, ...]:
    """All cuts of a plan; by name how much nearer to the tumour one was made, mm, and by how many degrees turned."""
    return tuple(
        made_cut(cut.placed, *shifts.get(cut.name, (0.0, 0.0)), seed=_seed(cut.name, mirrored), mirrored=mirrored)
        for cut in plan.cuts
    )


def _seed(name: str, mirrored: bool) -> int:
    return len(side_swapped(name) if mirrored else name)


def left_after(one: Before, cuts: tuple[FixedCut, ...], moves: Motion = STAY) -> LabelMap:
    """What of the vertebrae is left once the specimen between these cuts is out, drawn by its levels."""
    assert one.plan.resected is not None
    piece = replace(one.plan.resected.piece(one.plan.id), cuts=cuts)
    fates = fate_map(column_of(one.images), LEVELS, one.plan.about, (piece,), one.plan.openings)
    there = one.images.map_of(vertebra(Level.T8))
    assert there is not None
    left = np.isin(fates.labels, [number_of(tissue, Fate.REMAINING) for tissue in BONY])
    labels = np.zeros(there.labels.shape, there.labels.dtype)
    at = np.rint(there.grid.indices(fates.grid.points_mm(np.argwhere(left)))).astype(int)
    labels[tuple(at.T)] = there.labels[tuple(at.T)]
    names = {number: named for number, named in there.names.items() if named in [vertebra(level) for level in LEVELS]}
    return LabelMap(
        labels=labels,
        grid=moved(there.grid, moves),
        names=names,
        on="ct",
        sha256="map after",
        document="labels/after.nii.gz",
    )


def with_after(one: Before, after: LabelMap) -> tuple[Case, Images]:
    """The case with a label map drawn after the operation on the scan of the plan."""
    file = LabelFile(file=after.document, on=after.on, scheme="enbloc")
    case = replace(one.case, labels={**one.case.labels, ROLE: file})
    return case, replace(one.images, labels={**one.images.labels, ROLE: after})


def true_location_mm(one: Before, planned: FixedCut, cut: FixedCut) -> float:
    """The largest distance between two planes within the bone that was there, from fine points on each, mm."""
    assert one.plan.resected is not None
    bone = one.images.map_of(vertebra(Level.T8))
    assert bone is not None
    others = [other for other in one.plan.resected.piece("").cuts if other.name != planned.name]
    found = 0.0
    for own, far in ((planned, cut), (cut, planned)):
        points = _on(own)
        held = np.any([bone.holds(vertebra(level), points) for level in LEVELS], axis=0) & reached(
            planned.within, points
        )
        for other in others:
            held &= ~((other.plane.distance_mm(points) > 0.0) & reached(other.within, points))
        found = max(found, float(np.abs(far.plane.distance_mm(points[held])).max(initial=0.0)))
    return found


def _on(cut: FixedCut) -> Floats:
    """Points all over a plane, half a millimetre apart."""
    normal = np.array(cut.plane.normal)
    first = np.cross(normal, [1.0, 0.2, 0.1])
    first /= np.linalg.norm(first)
    line = np.arange(-60.0, 60.0, 0.5)
    u, v = np.meshgrid(line, line)
    points = np.array(cut.plane.point_mm) + u[..., None] * first + v[..., None] * np.cross(normal, first)
    return np.asarray(points.reshape(-1, 3))


def true_margin_mm(one: Before, cut: FixedCut) -> float:
    """The distance from a plane's face to the tumour as it was drawn, voxels taken by their centres, mm."""
    ill = one.images.map_of(tumour(one.plan.about))
    assert ill is not None
    centres = ill.grid.points_mm(np.argwhere(ill.mask(tumour(one.plan.about))))
    return -float(cut.plane.distance_mm(centres).max()) - cut.kerf_mm / 2
