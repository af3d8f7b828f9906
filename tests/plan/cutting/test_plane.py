"""A cut and its certificate against every plane tried in plain numpy, and the laws that hold for every tumour."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from enbloc.case.anatomy import CORD
from enbloc.case.image import Grid
from enbloc.errors import RecordError
from enbloc.plan.cutting.bone import Bone, outline_of
from enbloc.plan.cutting.certificate import Certified, Effort, NoCut
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.parameters import FURTHEST, TOLERANCE
from enbloc.plan.cutting.plane import best_cut
from enbloc.plan.cutting.roles import KeepAway, Role
from enbloc.plan.cutting.shell import Shell
from tests.plan.cutting.phantoms import AORTA, Brute, Lump, block, lump
from tests.sampling import sampled

SEEDS = range(240)
HAIR_CC = 1e-6
seeds = st.integers(0, 100_000)


def cut(given: Lump, **effort: Any) -> Certified | NoCut:
    return best_cut(
        given.bone,
        given.outline,
        role=given.role,
        margin_mm=given.margin_mm,
        keep_out=given.keep_out,
        effort=Effort(**effort),
    )


def certified(given: Lump, **effort: Any) -> Certified:
    found = cut(given, **effort)
    assert isinstance(found, Certified)
    return found


def free(seed: int, **more: Any) -> Lump:
    """A phantom whose cut need not keep away from anything."""
    made = lump(seed, size=12, spacing_mm=3.0, **more)
    return replace(made, role=replace(made.role, keep_away=()))


def least(found: Certified | NoCut) -> float:
    """The proved lower bound on all the bone removed, cc; infinite if there is no cut."""
    return found.removed_cc - found.gap_cc if isinstance(found, Certified) else math.inf


def most(found: Certified | NoCut) -> float:
    return found.removed_cc if isinstance(found, Certified) else math.inf


@pytest.mark.parametrize("seed", sampled(SEEDS, 48))
def test_no_plane_of_a_fine_grid_removes_less(seed: int) -> None:
    given, brute = lump(seed), Brute(given=lump(seed))
    found = cut(given)
    if isinstance(found, NoCut):
        assert found.is_proved
        assert brute.least_cc() == math.inf
        return
    tried = brute.least_cc(around=np.array(found.plane.normal))
    assert least(found) <= tried + HAIR_CC, "a plane was tried that removes less than was proved to be possible"
    assert found.removed_cc <= tried + TOLERANCE.number + HAIR_CC
    assert found.is_proved


def test_the_phantoms_ask_for_all_that_can_happen() -> None:
    made_ = [lump(seed) for seed in range(48)]
    found = [cut(given) for given in made_]
    open_ = [cut(replace(given, role=replace(given.role, keep_away=()))) for given in made_]
    further = [
        one.margin_mm - given.margin_mm for one, given in zip(found, made_, strict=True) if isinstance(one, Certified)
    ]
    assert sum(isinstance(one, NoCut) for one in found) >= 2
    assert sum(0.0 < mm < FURTHEST.number for mm in further) >= 8
    assert sum(mm == 0.0 for mm in further) >= 8
    assert sum(most(kept) < math.inf and least(kept) > most(held) for kept, held in zip(found, open_, strict=True)) >= 8
    assert all(isinstance(one, Certified) for one in open_)


def test_a_plane_further_out_is_taken_where_the_tightest_is_barred() -> None:
    given = block(2.0, cord_z=(15,))
    found = certified(given)
    # Barred is bone nearer than 2 mm and two half diagonals, 3.73 mm: beside the cord, two voxels off, up to layer 18.
    # The near face of the blade must clear its upper face, at 18.5 mm: 8 mm beyond the tumour's, at 10.5. From 8.5 mm
    # on another layer of bone is lost.
    assert 8.0 < found.margin_mm < 8.5
    assert found.clearances[0].mm is not None
    assert found.clearances[0].mm >= 2.0
    assert found.is_proved
    assert certified(block(0.0, cord_z=(15,))).margin_mm == 3.0


def test_a_structure_along_the_whole_bone_leaves_no_cut() -> None:
    none = cut(block(2.0, cord_z=tuple(range(60))))
    assert isinstance(none, NoCut)
    assert none.is_proved
    assert none.reason.endswith("or up to 10 mm more, stays away from what it must (cord 2 mm)")


@pytest.mark.parametrize("seed", sampled(SEEDS, 16))
def test_the_plane_keeps_the_margin_and_the_cone(seed: int) -> None:
    given = lump(seed)
    found = cut(given)
    if isinstance(found, NoCut):
        return
    normal = np.array(found.plane.normal)
    assert given.role.cone.holds(normal)
    corners = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])
    growth = given.bone.grid.points_mm((np.argwhere(given.growth)[:, None] + corners).reshape(-1, 3))
    nearest = -found.plane.distance_mm(growth).max()
    assert nearest == pytest.approx(found.margin_mm + given.role.kerf_mm / 2, abs=1e-6)
    assert given.margin_mm <= found.margin_mm <= given.margin_mm + FURTHEST.number
    assert -found.plane.distance_mm(np.array([found.touches_mm]))[0] == pytest.approx(nearest, abs=1e-6)
    beyond = found.plane.distance_mm(given.bone.points_mm) > given.role.kerf_mm / 2
    assert found.kept_cc == pytest.approx(beyond.sum() * given.bone.grid.voxel_cc, abs=3 * given.bone.grid.voxel_cc)
    assert found.value_cc == pytest.approx(found.removed_cc - given.bone.ill_cc())
    assert found.value_interval.low <= found.value_cc <= found.value_interval.high
    assert found.margin_interval.low < found.margin_mm < found.margin_interval.high


@pytest.mark.parametrize("seed", sampled(SEEDS, 16))
def test_a_sheet_comes_no_nearer_to_the_cord_than_it_says(seed: int) -> None:
    given = lump(seed)
    found = cut(given)
    if isinstance(found, NoCut):
        return
    clearance = found.clearances[0]
    heights = found.plane.distance_mm(given.bone.points_mm)
    sheet = given.bone.points_mm[np.abs(heights) <= given.role.kerf_mm / 2]
    cord = given.bone.grid.points_mm(np.argwhere(given.cord))
    assert clearance.is_labelled
    if clearance.mm is None:
        assert len(sheet) == 0
        return
    assert clearance.mm >= math.floor(10 * given.role.keep_away[0].at_least_mm) / 10
    if len(sheet):
        assert clearance.mm <= np.linalg.norm(sheet[:, None] - cord[None], axis=-1).min()


@given(seed=seeds)
@settings(max_examples=20)
def test_a_larger_tumour_never_leaves_more_bone(seed: int) -> None:
    small = free(seed)
    larger = replace(small, growth=ndimage.binary_dilation(small.growth))
    assert most(cut(larger)) >= least(cut(small)) - HAIR_CC


@given(seed=seeds, more=st.floats(0.0, 6.0))
@settings(max_examples=20)
def test_a_larger_margin_or_kerf_never_leaves_more_bone(seed: int, more: float) -> None:
    given = free(seed)
    wide = replace(given, role=replace(given.role, kerf_mm=given.role.kerf_mm + more))
    here = least(cut(given))
    assert most(cut(replace(given, margin_mm=given.margin_mm + more))) >= here - HAIR_CC
    assert most(cut(wide)) >= here - HAIR_CC


@given(seed=seeds, limits=st.tuples(st.floats(0.0, 3.0), st.floats(0.0, 3.0)))
@settings(max_examples=20)
def test_a_larger_distance_to_keep_never_leaves_more_bone(seed: int, limits: tuple[float, float]) -> None:
    given = lump(seed, size=12, spacing_mm=3.0)
    near, far = (
        replace(given, role=replace(given.role, keep_away=(KeepAway(structure=CORD, at_least_mm=mm),)))
        for mm in sorted(limits)
    )
    assert most(cut(far)) >= least(cut(near)) - HAIR_CC


@given(seed=seeds, share=st.floats(0.0, 1.0))
@settings(max_examples=20)
def test_a_wider_cone_never_removes_more(seed: int, share: float) -> None:
    wide = free(seed)
    cone = wide.role.cone
    narrow = replace(wide, role=replace(wide.role, cone=replace(cone, half_angle=share * cone.half_angle)))
    assert least(cut(wide)) <= most(cut(narrow)) + HAIR_CC


@pytest.mark.parametrize("seed", sampled(SEEDS, 12))
def test_a_mirrored_and_turned_patient_has_the_same_cut(seed: int) -> None:
    given = lump(seed)
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]  # a turn or a mirror image
    affine = given.bone.grid.affine.copy()
    affine[:3] = turn @ affine[:3]
    grid = Grid(shape=given.bone.grid.shape, affine=affine)
    x, y, z = turn @ given.role.cone.axis
    role = replace(given.role, cone=replace(given.role.cone, axis=(x, y, z)))
    turned = replace(given, bone=replace(given.bone, grid=grid), role=role)
    here, there = cut(given), cut(turned)
    # Each may lie above the true least by its own gap, and no more.
    few = 3 * given.bone.grid.voxel_cc
    if isinstance(here, NoCut):
        assert isinstance(there, NoCut)
    else:
        assert least(here) <= most(there) + few
        assert least(there) <= most(here) + few


@pytest.mark.parametrize("seed", sampled(SEEDS, 8))
def test_on_finer_voxels_the_cut_is_the_same(seed: int) -> None:
    given = free(seed)
    affine = given.bone.grid.affine.copy()
    affine[:3, 3] -= affine[:3, :3] @ np.full(3, 0.25)
    affine[:3, :3] /= 2.0
    mask, ill, growth, cord = (
        part.repeat(2, 0).repeat(2, 1).repeat(2, 2)
        for part in (given.bone.mask, given.bone.ill, given.growth, given.cord)
    )
    x, y, z = mask.shape
    finer = replace(
        given, bone=Bone(mask=mask, ill=ill, grid=Grid(shape=(x, y, z), affine=affine)), growth=growth, cord=cord
    )
    here, there = certified(given), certified(finer)
    assert here.value_interval.low <= there.value_cc + TOLERANCE.number
    assert there.value_cc - TOLERANCE.number <= here.value_interval.high
    assert abs(there.value_cc - here.value_cc) < 0.1 * here.value_cc + 2 * TOLERANCE.number


def test_the_same_search_gives_the_same_cut_and_a_budget_ends_it_alike() -> None:
    given = lump(1)
    assert cut(given) == cut(lump(1))
    short = certified(given, tolerance_cc=0.0, budget=400)
    assert short == certified(lump(1), tolerance_cc=0.0, budget=400)
    assert short.evaluations <= 400
    assert short.gap_cc > 0
    assert not short.is_proved
    assert "not proved" in str(short)
    whole = certified(given)
    assert whole.is_proved
    assert "proved within" in str(whole)
    assert short.lower_cc <= whole.value_cc


@pytest.mark.parametrize("budget", [0, 5, 100, 300, 1000])
def test_a_bound_from_a_short_search_is_still_a_bound(budget: int) -> None:
    for seed in range(12):
        given = free(seed)
        short = cut(given, budget=budget)
        best = most(cut(given, tolerance_cc=0.01))
        if isinstance(short, NoCut):
            assert not short.is_proved
        else:
            assert least(short) <= best + HAIR_CC


def test_a_structure_that_nobody_labelled_is_named_and_binds_nothing() -> None:
    given = free(2)
    role = replace(given.role, keep_away=(KeepAway(structure=AORTA, at_least_mm=5.0),))
    found = certified(replace(given, role=role))
    assert found.not_checked == (AORTA,)
    assert found.clearances[0].mm is None
    assert found.value_cc == certified(given).value_cc


def test_a_shielded_structure_binds_nothing_and_its_distance_is_told() -> None:
    held = block(50.0, cord_z=(15,))
    keep = replace(held.role.keep_away[0], is_shielded=True)
    assert isinstance(cut(held), NoCut)
    found = certified(replace(held, role=replace(held.role, keep_away=(keep,))))
    assert found.margin_mm == 3.0
    assert found.clearances[0].is_shielded
    assert found.clearances[0].mm is not None
    assert found.clearances[0].mm < 1.0
    assert not found.not_checked


def test_a_margin_beyond_the_anatomy_keeps_no_bone_and_says_so() -> None:
    found = certified(replace(free(3), margin_mm=500.0))
    assert found.kept_cc == 0.0
    assert found.is_proved


@pytest.mark.parametrize("margin_mm", [-1.0, math.nan, math.inf])
def test_a_margin_that_is_none_is_refused(margin_mm: float) -> None:
    with pytest.raises(RecordError, match="Give 0 or more"):
        cut(replace(free(3), margin_mm=margin_mm))


def test_a_tumour_of_one_voxel_has_an_outline() -> None:
    grid = Grid(shape=(3, 3, 3), affine=np.diag([1.0, 2.0, 3.0, 1.0]))
    outline = outline_of(Shell(points_mm=np.array([[1.0, 2.0, 3.0]]), grid=grid))
    assert len(outline.vertices_mm) == 8
    np.testing.assert_allclose(outline.reach_mm(np.eye(3))[0], [1.5, 3.0, 4.5])


@pytest.mark.parametrize("seed", range(10))
def test_the_outline_reaches_as_far_as_every_corner_of_every_voxel(seed: int) -> None:
    given = lump(seed)
    normals = np.random.default_rng(seed).normal(size=(100, 3))
    corners = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])
    all_ = given.bone.grid.points_mm((np.argwhere(given.growth)[:, None] + corners).reshape(-1, 3))
    np.testing.assert_allclose(given.outline.reach_mm(normals)[0], (normals @ all_.T).max(axis=1), atol=1e-9)


def test_bone_that_is_not_there_is_refused() -> None:
    nothing = np.zeros((2, 2, 2), bool)
    with pytest.raises(RecordError, match="no bone"):
        Bone(mask=nothing, ill=nothing, grid=Grid(shape=(2, 2, 2), affine=np.eye(4)))


def test_a_role_with_a_negative_width_is_refused() -> None:
    cone = Cone(axis=(0, 0, 1), half_angle=0.1)
    with pytest.raises(RecordError, match="kerf"):
        Role(name="cut", cone=cone, kerf_mm=-1.0)
    with pytest.raises(RecordError, match="cord"):
        KeepAway(structure=CORD, at_least_mm=-0.5)
    with pytest.raises(RecordError, match="tolerance"):
        Effort(tolerance_cc=-0.1)
