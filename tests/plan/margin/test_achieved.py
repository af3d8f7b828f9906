"""Planes recovered from bone that was cut where it is known, their deviation, and what cannot be recovered."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, Structure, StructureKind, vertebra
from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.margin.achieved import Achieved, Operated, achieved_by_labels, achieved_by_planes
from enbloc.plan.margin.achieved_surface import Left, left_of
from enbloc.plan.voxels import half_diagonal_mm, half_voxel_mm
from tests.data import real_data
from tests.measure.reading import TOTAL, label_map
from tests.plan.margin.phantoms import FRAME, Solid, cut, drawn, grid_around, mask_of, solid

Floats = NDArray[np.float64]

KERF = 1.5
UP, DOWN = np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.0, -1.0])
TENTH = 0.1 + 1e-6
BLOCK = Solid(radii_mm=np.array([15.0, 13.0, 20.0]), turn=np.eye(3), centre_mm=np.zeros(3), is_box=True)
BALL = Solid(radii_mm=np.full(3, 5.0), turn=np.eye(3), centre_mm=np.zeros(3))
PLANNED = (cut(UP, 9.0, kerf_mm=KERF, name="cranial cut"), cut(DOWN, 8.0, kerf_mm=KERF, name="caudal cut"))


def turned(normal: Floats, seed: int, degrees: float) -> Floats:
    """A normal turned by an angle about an axis at right angles to it."""
    axis = np.cross(normal, np.random.default_rng(seed).normal(size=3))
    vector = math.radians(degrees) * axis / np.linalg.norm(axis)
    return np.asarray(Rotation.from_rotvec(vector).apply(normal))


def off(planned: FixedCut, toward_mm: float, seed: int, degrees: float) -> FixedCut:
    """The cut as it was made: nearer to the tumour by so much on its axis, and turned there."""
    normal = np.array(planned.plane.normal)
    point = np.array(planned.plane.point_mm) - toward_mm * normal
    return replace(planned, plane=Plane(point_mm=triple(point), normal=triple(turned(normal, seed, degrees))))


def operated(spacing: float = 1.0, seed: int = 0) -> Operated:
    grid = grid_around(np.full(3, spacing), turn(seed), 30.0)
    mask = mask_of(BLOCK, grid)
    bone = Bone(mask=mask, ill=mask & mask_of(BALL, grid), grid=grid)
    return Operated(surface=drawn(BALL, grid), bone=bone, cuts=PLANNED, frame=FRAME)


def turn(seed: int) -> Floats:
    return np.eye(3) if seed == 0 else np.asarray(Rotation.random(random_state=seed).as_matrix())


def left_after(made: tuple[FixedCut, ...], spacing: float, seed: int, *, within: Solid = BLOCK) -> Left:
    """What is left on a grid of its own: bone beyond the far face of any blade."""
    grid = grid_around(np.full(3, spacing), turn(seed), 30.0)
    points = grid.points_mm(np.argwhere(np.ones(grid.shape, bool)))
    beyond = np.any([one.plane.distance_mm(points) > one.kerf_mm / 2 for one in made], axis=0)
    return Left(mask=(within.holds(points) & beyond).reshape(grid.shape), grid=grid)


def true_location_mm(planned: FixedCut, made: FixedCut) -> float:
    """The largest distance between both planes within the block, from a fine grid of points on each."""
    line = np.linspace(-40.0, 40.0, 321)
    found = 0.0
    for one, other in ((planned, made), (made, planned)):
        normal = np.array(one.plane.normal)
        first = np.cross(normal, [1.0, 0.2, 0.1])
        first /= np.linalg.norm(first)
        u, v = np.meshgrid(line, line)
        points = np.array(one.plane.point_mm) + u[..., None] * first + v[..., None] * np.cross(normal, first)
        points = points[BLOCK.holds(points)]
        found = max(found, float(np.abs(other.plane.distance_mm(points)).max()))
    return found


@pytest.mark.parametrize("spacing", [0.7, 1.0, 1.5])
@pytest.mark.parametrize(("toward", "degrees", "seed"), [(0.0, 0.0, 0), (2.0, 0.0, 1), (-1.5, 3.0, 2), (1.0, 6.0, 3)])
def test_planes_are_recovered_from_the_bone_that_is_left(
    spacing: float, toward: float, degrees: float, seed: int
) -> None:
    made = tuple(off(planned, toward, seed + at, degrees) for at, planned in enumerate(PLANNED))
    left = left_after(made, spacing, seed + 5)
    found = achieved_by_labels(operated(), left)
    for planned, true, plane in zip(PLANNED, made, found.planes, strict=True):
        assert plane.achieved is not None, plane.why
        assert plane.deviation is not None
        assert plane.achieved_margin is not None
        off_angle = math.degrees(math.acos(min(1.0, float(np.dot(plane.achieved.normal, true.plane.normal)))))
        assert off_angle < 0.6
        half = float(half_voxel_mm(left.grid, np.array(true.plane.normal)))
        away = plane.achieved.distance_mm(np.array([true.plane.point_mm]))[0]
        assert abs(away) < 0.5 * half
        deviation = plane.deviation
        location = true_location_mm(planned, true)
        assert deviation.interval.low <= location <= deviation.interval.high
        assert deviation.location_mm == pytest.approx(location, abs=half + float(half_diagonal_mm(left.grid, UP)) / 2)
        assert deviation.angle_deg == pytest.approx(degrees, abs=0.7)
        margin = -float(true.plane.distance_mm(np.zeros((1, 3)))[0]) - 5.0 - KERF / 2
        assert plane.achieved_margin.interval.low <= margin <= plane.achieved_margin.interval.high
    assert found.achieved_margin is not None
    assert not found.why


def by_planes(made: tuple[FixedCut, ...]) -> Achieved:
    return achieved_by_planes(operated(), {one.name: one.plane for one in made})


def test_measured_planes_give_the_deviation_within_the_bone() -> None:
    made = (off(PLANNED[0], 1.0, 3, 4.0), off(PLANNED[1], -2.0, 4, 0.0))
    found = by_planes(made)
    for planned, true, plane in zip(PLANNED, made, found.planes, strict=True):
        assert plane.deviation is not None
        assert plane.deviation.location_mm == pytest.approx(true_location_mm(planned, true), abs=TENTH + 0.1)
    second = found.planes[1].deviation
    assert second is not None
    assert (second.location_mm, second.toward_mm, second.angle_deg) == (2.0, -2.0, 0.0)
    first = found.planes[0].deviation
    assert first is not None
    assert 0.0 < first.toward_mm <= first.location_mm


def test_planned_stands_beside_achieved() -> None:
    found = by_planes((off(PLANNED[0], 2.0, 0, 0.0), PLANNED[1]))
    cranial, caudal = found.planes
    assert cranial.achieved_margin is not None
    assert cranial.achieved_margin.mm == pytest.approx(cranial.planned_margin.mm - 2.0, abs=TENTH)
    assert caudal.achieved_margin is not None
    assert caudal.achieved_margin.mm == caudal.planned_margin.mm
    assert found.achieved_margin is not None
    assert found.achieved_margin.mm == cranial.achieved_margin.mm
    assert found.planned_margin.barrier == "caudal cut"
    assert found.achieved_margin.barrier == "cranial cut"


def test_a_cut_through_tumour_is_intralesional_as_achieved() -> None:
    found = by_planes((off(PLANNED[0], 6.0, 0, 0.0), PLANNED[1]))
    assert found.achieved_margin is not None
    assert [one.value for one in found.achieved_margin.classes] == ["intralesional"]
    assert [one.value for one in found.planned_margin.classes] == ["marginal", "wide"]


def test_where_a_plane_cannot_be_recovered_there_is_nothing_but_the_reason() -> None:
    made = tuple(off(planned, 1.0, 1, 2.0) for planned in PLANNED)
    upper = replace(BLOCK, radii_mm=np.array([15.0, 13.0, 10.0]), centre_mm=np.array([0.0, 0.0, 10.0]))
    found = achieved_by_labels(operated(), left_after(made, 1.0, 0, within=upper))
    cranial, caudal = found.planes
    assert cranial.achieved is not None
    assert (caudal.achieved, caudal.achieved_margin, caudal.deviation) == (None, None, None)
    assert caudal.why == "the bone that is left shows no cut within 15 mm of the planned one"
    assert found.achieved_margin is None
    assert found.why == "not recovered: caudal cut"
    nothing = achieved_by_labels(operated(), None)
    assert {plane.why for plane in nothing.planes} == {"no bone of these levels is labelled after the operation"}
    one = achieved_by_planes(operated(), {"cranial cut": PLANNED[0].plane})
    assert one.planes[1].why == "nobody measured it"
    far = replace(PLANNED[0].plane, point_mm=(0.0, 0.0, 200.0))
    assert achieved_by_planes(operated(), {"cranial cut": far}).planes[0].deviation is not None


def test_a_surface_that_is_no_plane_is_not_taken_for_one() -> None:
    grid = grid_around(np.ones(3), np.eye(3), 30.0)
    points = grid.points_mm(np.argwhere(np.ones(grid.shape, bool)))
    rough = 9.0 + 5.0 * np.sin(points[:, 0] / 2.0) + 4.0 * np.sin(points[:, 1] / 1.5)
    mask = (BLOCK.holds(points) & ((points[:, 2] > rough) | (points[:, 2] < -10.0))).reshape(grid.shape)
    found = achieved_by_labels(operated(), Left(mask=mask, grid=grid))
    assert found.planes[0].why == "the surface of the bone that is left is not one plane there"
    strip = (BLOCK.holds(points) & (np.abs(points[:, 0]) < 1.0) & (points[:, 2] > 10.0)).reshape(grid.shape)
    thin = achieved_by_labels(operated(), Left(mask=strip, grid=grid)).planes[0]
    assert "strip" in thin.why


def test_a_label_that_lies_a_voxel_further_in_is_not_taken_for_a_cut() -> None:
    """The lower end of this bone faces the tumour's side of the cut, 10 mm from it: drawn slimmer it is no cut."""
    given_cuts = operated()
    grid = given_cuts.bone.grid
    upper = replace(BLOCK, radii_mm=np.array([15.0, 13.0, 10.0]), centre_mm=np.array([0.0, 0.0, 8.0]))
    bone = replace(given_cuts.bone, mask=mask_of(upper, grid))
    slim = replace(upper, radii_mm=upper.radii_mm - 1.0)
    found = achieved_by_labels(
        replace(given_cuts, bone=bone, cuts=PLANNED[:1]), Left(mask=mask_of(slim, grid), grid=grid)
    )
    assert all("shows no cut" in plane.why for plane in found.planes)


def test_the_error_of_registration_widens_every_interval() -> None:
    made = tuple(off(planned, 1.0, 1, 2.0) for planned in PLANNED)
    left = left_after(made, 1.0, 4)
    sharp = achieved_by_labels(operated(), left)
    for more in (replace(operated(), registration_mm=1.0), operated()):
        wide = achieved_by_labels(more, left if more.registration_mm else replace(left, error_mm=1.0))
        for before, after in zip(sharp.planes, wide.planes, strict=True):
            assert before.deviation is not None
            assert after.deviation is not None
            assert before.achieved_margin is not None
            assert after.achieved_margin is not None
            assert after.deviation.interval.high == pytest.approx(before.deviation.interval.high + 1.0, abs=TENTH)
            assert after.achieved_margin.interval.low == pytest.approx(
                before.achieved_margin.interval.low - 1.0, abs=0.11
            )
            assert after.planned_margin == before.planned_margin


@given(seed=st.integers(0, 5000), toward=st.floats(-3.0, 3.0), degrees=st.floats(0.0, 8.0), more=st.floats(0.0, 3.0))
@settings(max_examples=25)
def test_a_plane_nearer_to_the_tumour_never_leaves_a_larger_margin(
    seed: int, toward: float, degrees: float, more: float
) -> None:
    given_cuts, here = SHARED, off(PLANNED[0], toward, seed, degrees)
    nearer = replace(here, plane=replace(here.plane, point_mm=_along(here.plane, -more)))
    before, after = (achieved_by_planes(given_cuts, {"cranial cut": one.plane}).planes[0] for one in (here, nearer))
    assert before.achieved_margin is not None
    assert after.achieved_margin is not None
    assert after.achieved_margin.mm <= before.achieved_margin.mm
    assert before.deviation is not None
    assert after.deviation is not None
    assert after.deviation.toward_mm >= before.deviation.toward_mm - 2 * TENTH
    backwards = replace(here.plane, normal=triple(-np.array(here.plane.normal)))
    assert achieved_by_planes(given_cuts, {"cranial cut": backwards}).planes[0] == before


def _along(plane: Plane, mm: float) -> tuple[float, float, float]:
    return triple(np.array(plane.point_mm) + mm * np.array(plane.normal))


SHARED = operated(2.0)


@pytest.mark.parametrize("level", [Level.L2, Level.L4])
def test_a_real_vertebra_cut_in_its_label_map_shows_its_planes(level: Level) -> None:
    """Automatic labels at 3 mm with a painted lesion; the cuts run through the body and beside it."""
    before = label_map(real_data("ct-lumbar-3mm") / "labels_total_v2.nii.gz", TOTAL)
    box = before.boxes[vertebra(level)]
    mask, grid = before.mask(vertebra(level), box), before.grid.cropped(box)
    bone = Bone(mask=mask, ill=np.zeros(mask.shape, bool), grid=grid)
    front = bone.points_mm[bone.points_mm[:, 1] < np.quantile(bone.points_mm[:, 1], 0.5)].mean(axis=0)
    of = replace(solid(3), radii_mm=np.full(3, 6.0), centre_mm=front)
    planned = tuple(
        cut(way, of.reach_mm(way) + 1.0, kerf_mm=KERF, name=name) for name, way in (("up", UP), ("down", DOWN))
    )
    planned = tuple(replace(one, plane=replace(one.plane, point_mm=_onto(one.plane, front))) for one in planned)
    made = tuple(off(one, 1.0, at, 3.0) for at, one in enumerate(planned))
    points = grid.points_mm(np.argwhere(np.ones(grid.shape, bool)))
    beyond = np.any([one.plane.distance_mm(points) > KERF / 2 for one in made], axis=0).reshape(mask.shape)
    given = Operated(surface=drawn(of, grid), bone=bone, cuts=planned, frame=FRAME)
    found = achieved_by_labels(given, Left(mask=mask & beyond, grid=grid))
    shown = 0
    for true, plane in zip(made, found.planes, strict=True):
        if plane.achieved is None or plane.achieved_margin is None:
            assert plane.why
            continue
        shown += 1
        assert math.degrees(math.acos(min(1.0, float(np.dot(plane.achieved.normal, true.plane.normal))))) < 5.0
        margin = -float(true.plane.distance_mm(front[None])[0]) - 6.0 - KERF / 2
        assert plane.achieved_margin.interval.low <= margin <= plane.achieved_margin.interval.high
    assert shown


def _onto(plane: Plane, point: Floats) -> tuple[float, float, float]:
    """The foot of a point on a plane."""
    return triple(point - float(plane.distance_mm(point[None])[0]) * np.array(plane.normal))


def test_what_is_left_is_read_from_label_maps_in_one_piece() -> None:
    grid = Grid(shape=(4, 4, 4), affine=np.eye(4))
    labels = np.ones(grid.shape, np.uint8)
    first = LabelMap(labels=labels, grid=grid, names={1: vertebra(Level.T8)}, on="ct", error_mm=0.4)
    found = left_of(Images(volumes={}, labels={"after": first}), [Level.T8, Level.T9])
    assert found is not None
    assert found.mask.all()
    assert found.error_mm == 0.4
    other = replace(first, names={1: vertebra(Level.T9)})
    with pytest.raises(RecordError, match="different label maps"):
        left_of(Images(volumes={}, labels={"a": first, "b": other}), [Level.T8, Level.T9])
    disc = replace(first, names={1: Structure(kind=StructureKind.DISC, level=Level.T8)})
    assert left_of(Images(volumes={}, labels={"after": disc}), [Level.T8]) is None


def test_what_cannot_be_is_refused_in_a_line() -> None:
    with pytest.raises(RecordError, match="No cut 'sagittal cut' was planned"):
        achieved_by_planes(SHARED, {"sagittal cut": PLANNED[0].plane})
    for bad in (-1.0, math.nan):
        with pytest.raises(RecordError, match="is not possible"):
            achieved_by_planes(SHARED, {}, error_mm=bad)
        with pytest.raises(RecordError, match="is not possible"):
            replace(SHARED, registration_mm=bad)
    for cuts in ((), (PLANNED[0], PLANNED[0])):
        with pytest.raises(RecordError, match="need a name each"):
            replace(SHARED, cuts=cuts)
