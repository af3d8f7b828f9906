"""The margin map against solids whose margin is known, its laws, and painted lesions in real label maps."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation

from enbloc.case.anatomy import Level, Structure, tumour, vertebra
from enbloc.case.geometry import Frame, Pose, triple
from enbloc.case.image import Grid, Images, LabelMap
from enbloc.errors import RecordError
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.margin.classes import Face, appropriateness
from enbloc.plan.margin.map import MarginMap, margin_map
from enbloc.plan.margin.margin import MarginClass
from enbloc.plan.margin.surface import Barrier, BarrierKind, Barriers, barriers_of, surface_of, surface_of_mask
from enbloc.plan.rounding import tenth_down
from enbloc.plan.voxels import half_diagonal_mm
from enbloc.stage.surgical.enneking import Stage
from tests.data import real_data
from tests.measure.reading import TOTAL, VERSE, label_map
from tests.plan.margin.phantoms import FRAME, NOTHING, Solid, cut, directions, drawn, grid_around, mask_of, solid
from tests.plan.margin.test_classes import labelled

Floats = NDArray[np.float64]

INTRALESIONAL, MARGINAL, WIDE = MarginClass
TENTH = 0.1 + 1e-6  # what rounding down to a tenth of a millimetre takes
ORDER = list(MarginClass)

GRIDS = [
    (spacing, seed)
    for spacing in (
        (1.0, 1.0, 1.0),
        (0.6, 0.6, 0.6),
        (2.0, 0.7, 0.7),
        (1.5, 1.5, 1.5),
        (3.0, 1.0, 1.0),
        (2.5, 2.5, 2.5),
    )
    for seed in (0, 3, 7, 12)
]


def turn(seed: int) -> Floats:
    return np.eye(3) if seed == 0 else np.asarray(Rotation.random(random_state=seed).as_matrix())


@pytest.mark.parametrize(("spacing", "seed"), GRIDS)
def test_a_margin_lies_within_half_a_voxel_diagonal_of_the_truth_and_never_claims_more(
    spacing: tuple[float, float, float], seed: int
) -> None:
    grid = grid_around(np.array(spacing), turn(seed))
    for number in range(2):
        of = solid(10 * seed + number)
        surface = drawn(of, grid)
        for way in directions(number, 6):
            true = 4.0
            found = margin_map(surface, [cut(way, of.reach_mm(way) + true)], NOTHING, frame=FRAME).overall.margin
            half = float(half_diagonal_mm(grid, way))
            assert found.interval.low <= true
            assert found.interval.high >= true
            assert true - half - TENTH <= found.mm <= true + half
            assert found.interval.high - found.interval.low <= 2 * half + 0.2 + 1e-6


@pytest.mark.parametrize(("spacing", "seed"), GRIDS[::2])
def test_a_flat_face_of_a_box_is_measured_as_well(spacing: tuple[float, float, float], seed: int) -> None:
    grid = grid_around(np.array(spacing), turn(seed))
    of = solid(seed + 40, is_box=True)
    surface = drawn(of, grid)
    for way in np.concatenate([of.turn.T, -of.turn.T]):
        found = margin_map(surface, [cut(way, of.reach_mm(way) + 3.0)], NOTHING, frame=FRAME).overall.margin
        assert found.interval.low <= 3.0 <= found.interval.high
        assert abs(found.mm - 3.0) <= float(half_diagonal_mm(grid, way)) + TENTH


@pytest.mark.parametrize(("spacing", "seed"), GRIDS[::3])
def test_where_every_voxel_that_is_touched_is_labelled_even_the_middle_is_never_above(
    spacing: tuple[float, float, float], seed: int
) -> None:
    grid = grid_around(np.array(spacing), turn(seed))
    of = solid(seed + 60, is_box=True)
    surface = drawn(of, grid, whole=True)
    for way in directions(seed + 2, 20):
        found = margin_map(surface, [cut(way, of.reach_mm(way) + 3.0)], NOTHING, frame=FRAME).overall.margin
        assert found.mm <= 3.0


@pytest.mark.parametrize("seed", range(8))
def test_the_distance_to_a_barrier_is_that_between_two_balls(seed: int) -> None:
    random = np.random.default_rng(seed)
    for spacing in ((1.0, 1.0, 1.0), (0.7, 0.7, 0.7), (1.5, 1.5, 1.5), (3.0, 1.0, 1.0), (2.0, 0.7, 0.7)):
        grid = grid_around(np.array(spacing), turn(seed))
        way = random.normal(size=3)
        way /= np.linalg.norm(way)
        gap, mine, other = random.uniform(3.0, 8.0), 6.0, 5.0
        ball = Solid(radii_mm=np.full(3, mine), turn=np.eye(3), centre_mm=-6.0 * way)
        sac = Solid(radii_mm=np.full(3, other), turn=np.eye(3), centre_mm=(-6.0 + mine + gap + other) * way)
        shell = surface_of_mask(mask_of(sac, grid), grid).shell
        dura = Barrier(kind=BarrierKind.DURA, name="thecal sac", shell=shell)
        found = margin_map(drawn(ball, grid), [], Barriers(found=(dura,), missing=()), frame=FRAME)
        margin = found.overall.margin
        assert margin.interval.low <= gap <= margin.interval.high
        assert abs(margin.mm - gap) <= 2 * float(half_diagonal_mm(grid, way)) + TENTH
        assert [face.face for face in found.faces if face.mm is not None] == [Face.DURAL]


def known_map(mm: tuple[float, ...] = (4.0, 6.0), **more: float) -> MarginMap:
    """A ball of 8 mm between a cranial and a caudal cut."""
    grid = grid_around(np.ones(3), np.eye(3))
    ball = Solid(radii_mm=np.full(3, 8.0), turn=np.eye(3), centre_mm=np.zeros(3))
    ways = (np.array([0.0, 0.0, 1.0]), np.array([0.0, 0.0, -1.0]))
    cuts = [
        cut(way, 8.0 + one, kerf_mm=1.0, name=name) for way, one, name in zip(ways, mm, ("up", "down"), strict=False)
    ]
    return margin_map(drawn(ball, grid), cuts, NOTHING, frame=FRAME, **more)


def test_areas_and_the_fifth_percentile_are_those_of_a_cap() -> None:
    found = known_map()
    up = found.bounds[0]
    assert [near.than_mm for near in up.near] == [1.0, 2.0, 5.0, 10.0]
    assert [near.area_mm2 for near in up.near][:2] == [0, 0]
    # A cap of a sphere has the area 2 pi r h: 1 mm and 6 mm of it lie nearer than 5 and 10 mm, give or take a voxel.
    for near, height in zip(up.near[2:], (1.0, 6.0), strict=True):
        assert 2 * math.pi * 8.0 * (height - 1.0) <= near.area_mm2 <= 2 * math.pi * 8.0 * (height + 1.0)
    assert up.fifth_mm == pytest.approx(4.0 + 0.05 * 16.0, abs=0.8)
    overall = found.overall
    assert overall.near[3].area_mm2 >= max(bound.near[3].area_mm2 for bound in found.bounds)
    assert overall.fifth_mm <= min(bound.fifth_mm for bound in found.bounds)


def test_the_map_names_the_nearest_cut_of_every_point() -> None:
    found = known_map()
    z = found.surface.points_mm[:, 2]
    assert (found.nearest[z > 2.0] == 0).all()
    assert (found.nearest[z < -2.0] == 1).all()
    assert found.overall.margin.mm == min(bound.margin.mm for bound in found.bounds)
    assert found.overall.margin.barrier == "up"
    assert found.overall.margin.at_mm[2] > 6.0
    assert tenth_down(float(found.mm.min())) == found.overall.margin.mm


def test_faces_that_nothing_bounds_are_told_and_leave_every_class_open() -> None:
    found = known_map()
    bounded = {face.face: face for face in found.faces if face.mm is not None}
    assert set(bounded) == {Face.CRANIAL, Face.CAUDAL}
    assert bounded[Face.CRANIAL].barrier == "up"
    assert bounded[Face.CAUDAL].classes == (MARGINAL, WIDE)
    open_ = next(face for face in found.faces if face.face is Face.ANTERIOR)
    assert open_.classes == (INTRALESIONAL, MARGINAL, WIDE)
    assert found.classes == (INTRALESIONAL, MARGINAL, WIDE)
    assert found.overall.margin.classes == (MARGINAL, WIDE)
    assert "anterior: no cut and no labelled barrier" in found.not_known


def test_sides_are_the_patients_own() -> None:
    grid = grid_around(np.ones(3), np.eye(3))
    surface = drawn(Solid(radii_mm=np.full(3, 6.0), turn=np.eye(3), centre_mm=np.zeros(3)), grid)
    axes = {
        Face.LEFT: (1.0, 0.0, 0.0),
        Face.RIGHT: (-1.0, 0.0, 0.0),
        Face.POSTERIOR: (0.0, 1.0, 0.0),
        Face.ANTERIOR: (0.0, -1.0, 0.0),
        Face.CRANIAL: (0.0, 0.0, 1.0),
        Face.CAUDAL: (0.0, 0.0, -1.0),
    }
    cuts = [cut(np.array(way), 9.0 + at, name=face.value) for at, (face, way) in enumerate(axes.items())]
    found = margin_map(surface, cuts, NOTHING, frame=FRAME)
    assert {face.face: face.barrier for face in found.faces if face.mm is not None} == {
        face: face.value for face in axes
    }
    turned = Pose(child=Frame(name="T8"), axes=((0, 1, 0), (-1, 0, 0), (0, 0, 1)), origin_mm=(5.0, 0.0, 0.0))
    left = next(face for face in margin_map(surface, cuts, NOTHING, frame=turned).faces if face.face is Face.LEFT)
    assert left.barrier == "posterior"


@pytest.mark.parametrize(
    ("mm", "classes"),
    [
        (4.0, (MARGINAL, WIDE)),
        (2.0, (MARGINAL, WIDE)),
        (0.6, (INTRALESIONAL, MARGINAL)),
        (-0.8, (INTRALESIONAL,)),
        (-3.0, (INTRALESIONAL,)),
    ],
)
def test_a_cut_through_tumour_is_intralesional_and_within_half_a_voxel_both(
    mm: float, classes: tuple[MarginClass, ...]
) -> None:
    assert known_map((mm,)).bounds[0].margin.classes == classes


@given(
    seed=st.integers(0, 5000),
    mm=st.floats(-2.0, 6.0),
    more=st.floats(0.0, 3.0),
    error=st.floats(0.0, 2.0),
)
@settings(max_examples=40)
def test_a_larger_tumour_or_error_never_gives_a_larger_margin_or_a_better_class(
    seed: int, mm: float, more: float, error: float
) -> None:
    grid = grid_around(np.array([1.5, 1.2, 2.0]), turn(seed))
    of = solid(seed)
    mask = mask_of(of, grid)
    ways = directions(seed, 2)[-2:]
    cuts = [cut(way, of.reach_mm(way) + mm, name=str(at)) for at, way in enumerate(ways)]
    shell = surface_of_mask(np.roll(mask, 9, axis=0) & ~ndimage.binary_dilation(mask, iterations=4), grid).shell
    near = (Barrier(kind=BarrierKind.DURA, name="thecal sac", shell=shell),) if len(shell.points_mm) else ()
    barriers = Barriers(found=near, missing=())
    small = margin_map(surface_of_mask(mask, grid), cuts, barriers, frame=FRAME, error_mm=error)
    large = surface_of_mask(ndimage.binary_dilation(mask, iterations=2), grid)
    for other in (
        margin_map(large, cuts, barriers, frame=FRAME, error_mm=error),
        margin_map(small.surface, cuts, barriers, frame=FRAME, error_mm=error + more),
    ):
        for before, after in zip((*small.bounds, small.overall), (*other.bounds, other.overall), strict=True):
            assert after.margin.mm <= before.margin.mm
            assert after.margin.interval.low <= before.margin.interval.low
            for end in (0, -1):
                assert ORDER.index(after.margin.classes[end]) <= ORDER.index(before.margin.classes[end])


@given(seed=st.integers(0, 5000))
@settings(max_examples=25)
def test_a_mirrored_or_turned_patient_has_the_same_margins(seed: int) -> None:
    grid = grid_around(np.array([1.5, 1.2, 2.0]), turn(seed))
    of = solid(seed)
    surface = drawn(of, grid)
    cuts = [cut(way, of.reach_mm(way) + 3.0, name=str(at)) for at, way in enumerate(directions(seed, 3))]
    here = margin_map(surface, cuts, NOTHING, frame=FRAME)
    way = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]  # a turn or a mirror image
    affine = grid.affine.copy()
    affine[:3] = way @ affine[:3]
    there = margin_map(
        replace(surface, points_mm=surface.points_mm @ way.T, grid=Grid(shape=grid.shape, affine=affine)),
        [_moved(one, way) for one in cuts],
        NOTHING,
        frame=replace(FRAME, axes=(triple(way[:, 0]), triple(way[:, 1]), triple(way[:, 2]))),
    )
    np.testing.assert_allclose(there.mm, here.mm, atol=1e-8)
    for before, after in zip(here.bounds, there.bounds, strict=True):
        assert after.margin.mm == pytest.approx(before.margin.mm, abs=TENTH)
        assert after.margin.classes == before.margin.classes
        assert after.faces == before.faces
        assert [near.area_mm2 for near in after.near] == pytest.approx([near.area_mm2 for near in before.near], abs=1)


def _moved(one: FixedCut, way: Floats) -> FixedCut:
    plane = replace(
        one.plane, point_mm=triple(way @ np.array(one.plane.point_mm)), normal=triple(way @ np.array(one.plane.normal))
    )
    return replace(one, plane=plane)


@pytest.mark.parametrize("seed", range(6))
def test_on_finer_voxels_the_margin_is_the_same_within_its_interval(seed: int) -> None:
    of = solid(seed)
    maps = [
        margin_map(
            drawn(of, grid_around(np.full(3, size), turn(seed))),
            [cut(way, of.reach_mm(way) + 4.0) for way in directions(seed, 4)],
            NOTHING,
            frame=FRAME,
        )
        for size in (2.0, 1.0, 0.6)
    ]
    for bounds in zip(*(found.bounds for found in maps), strict=True):
        low = max(bound.margin.interval.low for bound in bounds)
        assert low <= min(bound.margin.interval.high for bound in bounds)
    areas = [sum(found.surface.areas_mm2) for found in maps]
    assert areas[0] == pytest.approx(areas[2], rel=0.06)


def test_what_cannot_be_measured_is_refused_in_a_line() -> None:
    grid = grid_around(np.ones(3), np.eye(3))
    nothing = surface_of_mask(np.zeros(grid.shape, bool), grid)
    with pytest.raises(RecordError, match="needs a tumour"):
        margin_map(nothing, [cut(np.array([0.0, 0.0, 1.0]), 5.0)], NOTHING, frame=FRAME)
    with pytest.raises(RecordError, match="needs a tumour and something that bounds it"):
        margin_map(known_map().surface, [], NOTHING, frame=FRAME)
    for error in (-1.0, math.nan):
        with pytest.raises(RecordError, match="is not possible"):
            known_map(error_mm=error)
    with pytest.raises(RecordError, match="tumour B is not labelled"):
        surface_of(labelled(), "B")
    with pytest.raises(RecordError, match="no margin to judge"):
        appropriateness((), (Stage.IA,), about="A")


REAL = [
    ("ct-verse004", "sub-verse004_seg-vert_msk.nii.gz", VERSE, Level.L3),
    ("ct-verse004", "sub-verse004_seg-vert_msk.nii.gz", VERSE, Level.T11),
    ("ct-lumbar-3mm", "labels_total_v2.nii.gz", TOTAL, Level.L3),
    ("ct-lumbar-3mm", "labels_total_v2.nii.gz", TOTAL, Level.L2),
]


@pytest.mark.parametrize(("folder", "file", "names", "level"), REAL)
def test_a_painted_lesion_in_a_real_label_map_has_the_margin_that_was_painted(
    folder: str, file: str, names: dict[int, Structure], level: Level
) -> None:
    drawn_on = label_map(real_data(folder) / file, names)
    box = drawn_on.boxes[vertebra(level)]
    bone = drawn_on.grid.points_mm(np.argwhere(drawn_on.mask(vertebra(level), box)) + [part.start for part in box])
    front = bone[bone[:, 1] < np.quantile(bone[:, 1], 0.4)].mean(axis=0)  # within the body
    for number in range(4):
        of = replace(solid(number), centre_mm=front + solid(number).centre_mm)
        ill = np.zeros(drawn_on.labels.shape, np.uint8)
        near = np.argwhere(np.ones([s.stop - s.start for s in box], bool)) + [s.start for s in box]
        held = near[of.holds(drawn_on.grid.points_mm(near))]
        ill[tuple(held.T)] = 1
        painted = LabelMap(labels=ill, grid=drawn_on.grid, names={1: tumour("A")}, on="ct")
        images = Images(volumes={}, labels={"bone": drawn_on, "tumour": painted})
        ways = directions(number, 8)
        cuts = [cut(way, of.reach_mm(way) + 5.0, name=str(at)) for at, way in enumerate(ways)]
        found = margin_map(surface_of(images, "A"), cuts, barriers_of(images, "A", [level]), frame=FRAME)
        for way, bound in zip(ways, found.bounds, strict=False):
            half = float(half_diagonal_mm(drawn_on.grid, way))
            assert bound.margin.interval.low <= 5.0 <= bound.margin.interval.high
            assert abs(bound.margin.mm - 5.0) <= half + TENTH
        cortex = next(bound for bound in found.bounds if bound.name.startswith("cortex"))
        free = near[~drawn_on.mask(vertebra(level), box).ravel() & (ill[tuple(near.T)] == 0)]
        apart = np.asarray(cKDTree(drawn_on.grid.points_mm(free)).query(drawn_on.grid.points_mm(held))[0])
        assert cortex.margin.mm <= apart.min() <= cortex.margin.interval.high + TENTH
        assert apart.min() - cortex.margin.mm <= np.linalg.norm(drawn_on.grid.spacing_mm) + TENTH
