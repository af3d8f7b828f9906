"""Blades that run in a part of space alone: the same certificates, the same laws, the same voxels as the piece."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.geometry import Plane, triple
from enbloc.case.image import Grid
from enbloc.plan.cutting.certificate import Certified, NoCut
from enbloc.plan.cutting.parameters import TOLERANCE
from enbloc.plan.cutting.piece import piece_of
from enbloc.plan.cutting.plane import best_cut
from enbloc.plan.cutting.roles import Domain, FixedCut, Role
from enbloc.plan.cutting.several import Cuts, Wanted, best_cuts
from enbloc.plan.cutting.sides import Side
from tests.plan.cutting.phantoms import Brute, Lump, block, domain, lump
from tests.plan.cutting.test_several import kept_by, phantom, roles
from tests.sampling import sampled

SEEDS = range(120)
HAIR_CC = 1e-6
NOWHERE = (Plane(point_mm=(0.0, 0.0, 5000.0), normal=(0.0, 0.0, 1.0)),)


def bounded(made: Lump, within: Domain) -> Lump:
    return replace(made, role=replace(made.role, within=within))


def cut(made: Lump) -> Certified | NoCut:
    return best_cut(made.bone, made.outline, role=made.role, margin_mm=made.margin_mm, keep_out=made.keep_out)


def least(found: Certified | NoCut) -> float:
    return found.removed_cc - found.gap_cc if isinstance(found, Certified) else math.inf


def most(found: Certified | NoCut) -> float:
    return found.removed_cc if isinstance(found, Certified) else math.inf


def here(made: Lump, within: Domain) -> NDArray[np.bool_]:
    """Which bone a domain holds, in plain numpy."""
    heights = [(made.bone.points_mm - plane.point_mm) @ plane.normal for plane in within]
    return np.asarray(np.all([height >= 0 for height in heights], axis=0))


def joined(made: Lump, wanted: tuple[Role, ...], fixed: tuple[FixedCut, ...] = ()) -> Cuts:
    asked = Wanted(roles=wanted, margin_mm=made.margin_mm, fixed=fixed)
    found = best_cuts(made.bone, made.outline, wanted=asked, keep_out={})
    assert isinstance(found, Cuts)
    return found


def middle(made: Lump, axis: NDArray[np.float64], sign: float) -> Plane:
    """The half-space on one side of the middle of the bone; the two sides share no point."""
    at = made.bone.points_mm.mean(axis=0) + sign * 1e-6 * axis
    return Plane(point_mm=triple(at), normal=triple(sign * axis))


def parted(made: Lump, wanted: tuple[Role, ...]) -> tuple[Role, Role]:
    """The first two cuts, one in each half of the bone, as through two pedicles."""
    first, second = wanted[:2]
    across = np.array(first.cone.axis) - np.array(second.cone.axis)
    across /= np.linalg.norm(across)
    left, right = (replace(one, within=(middle(made, across, sign),)) for one, sign in ((first, 1.0), (second, -1.0)))
    return left, right


@pytest.mark.parametrize("seed", sampled(SEEDS, 24))
def test_no_plane_of_a_fine_grid_removes_less_where_the_blade_runs_in_a_part_alone(seed: int) -> None:
    made = bounded(lump(seed), domain(lump(seed), seed))
    brute, found = Brute(given=made), cut(made)
    if isinstance(found, NoCut):
        assert found.is_proved
        assert brute.least_cc() == math.inf
        return
    tried = brute.least_cc(around=np.array(found.plane.normal))
    assert least(found) <= tried + HAIR_CC, "a plane was tried that removes less than was proved to be possible"
    assert found.removed_cc <= tried + TOLERANCE.number + HAIR_CC
    assert found.is_proved


def test_the_phantoms_ask_for_all_that_can_happen() -> None:
    made = [bounded(lump(seed), domain(lump(seed), seed)) for seed in range(24)]
    endless, ended = [cut(lump(seed)) for seed in range(24)], [cut(one) for one in made]
    pairs = list(zip(endless, ended, strict=True))
    assert sum(least(there) > most(before) for before, there in pairs) >= 8, "less is kept"
    assert sum(most(there) < least(before) for before, there in pairs) >= 1, "a part of a sheet may come nearer"


@pytest.mark.parametrize("seed", sampled(range(60), 12))
@pytest.mark.parametrize("parting", ["halves", "any"])
def test_no_two_planes_of_a_grid_remove_less_in_their_domains(seed: int, parting: str) -> None:
    made = phantom(seed)
    wanted = parted(made, roles(made, seed, 2))
    if parting == "any":
        wanted = (replace(wanted[0], within=domain(made, seed)), replace(wanted[1], within=()))
    found = joined(made, wanted)
    first, second = (
        (kept_by(made, role, 1.5) & here(made, role.within) if role.within else kept_by(made, role, 1.5)).astype(
            np.float32
        )
        for role in wanted
    )
    both = first.sum(axis=1)[:, None] + second.sum(axis=1) - first @ second.T
    tried = float(len(made.bone.points_mm) - both.max()) * made.bone.grid.voxel_cc
    assert found.removed_cc - found.gap_cc <= tried + HAIR_CC
    if found.is_proved:
        assert found.removed_cc <= tried + TOLERANCE.number + HAIR_CC


@pytest.mark.parametrize("seed", sampled(range(60), 12))
def test_two_cuts_in_two_halves_share_no_bone_and_are_proved_without_sharing(seed: int) -> None:
    made = phantom(seed)
    found = joined(made, parted(made, roles(made, seed, 2)))
    assert found.shared_cc == 0.0
    assert found.lower_cc == found.lower_alone_cc
    assert found.is_proved
    assert found.kept_cc > 0.0


@given(seed=st.integers(0, 100_000))
@settings(max_examples=20)
def test_a_narrower_domain_never_removes_less(seed: int) -> None:
    # Bone that the narrower one gives up was kept by some planes and is now kept by none; no bone is won.
    made = lump(seed, size=12, spacing_mm=3.0)
    made = replace(made, role=replace(made.role, keep_away=()))
    wide = domain(made, seed)
    narrow = (*wide, *domain(made, seed + 1))
    assert most(cut(bounded(made, wide))) >= least(cut(made)) - HAIR_CC
    assert most(cut(bounded(made, narrow))) >= least(cut(bounded(made, wide))) - HAIR_CC


def test_a_blade_that_stops_before_a_structure_need_not_keep_away_from_it() -> None:
    # So with a distance to keep the law above does not hold: an endless sheet has no place beside this cord.
    made = block(2.0, cord_z=tuple(range(60)))
    assert isinstance(cut(made), NoCut)
    away = Plane(point_mm=(12.0, 0.0, 0.0), normal=(-1.0, 0.0, 0.0))
    found = cut(bounded(made, (away,)))
    assert isinstance(found, Certified)
    assert found.margin_mm == 3.0
    clearance = found.clearances[0].mm
    assert clearance is not None
    # From the centre of the last voxel that the blade may touch, in column 12, to the cord in column 21, both whole.
    assert clearance == pytest.approx(math.floor(10 * (9.0 - math.sqrt(3.0))) / 10)
    told = cut(replace(made, role=replace(made.role, keep_away=(replace(made.role.keep_away[0], is_shielded=True),))))
    assert isinstance(told, Certified)
    assert told.clearances[0].mm is not None
    assert told.clearances[0].mm < clearance


def test_a_voxel_that_the_blade_touches_with_a_part_alone_is_barred() -> None:
    made = block(0.5, cord_z=tuple(range(60)))
    # Column 18 lies 3 mm from the cord, or 3 - sqrt(3) = 1.3 mm with both voxels whole; column 19 lies 0.3 mm from it.
    before, beside = (Plane(point_mm=(x, 0.0, 0.0), normal=(-1.0, 0.0, 0.0)) for x in (18.4, 18.6))
    assert isinstance(cut(bounded(made, (before,))), Certified)
    assert isinstance(cut(bounded(made, (beside,))), NoCut)


@pytest.mark.parametrize("seed", sampled(SEEDS, 12))
def test_the_margin_is_kept_by_the_whole_tumour_also_where_the_blade_does_not_run(seed: int) -> None:
    made = lump(seed)
    made = replace(made, role=replace(made.role, keep_away=()))
    growth = made.bone.grid.points_mm(np.argwhere(made.growth))
    # The blade runs on one side of the tumour alone, and only half as far as the tumour reaches.
    sideways = np.cross(made.role.cone.axis, (0.3, 0.5, 0.8))
    sideways /= np.linalg.norm(sideways)
    edge = Plane(point_mm=triple(growth[int(np.argmax(growth @ sideways))]), normal=triple(sideways))
    for within in ((edge,), domain(made, seed), NOWHERE):
        found = cut(bounded(made, within))
        assert isinstance(found, Certified)
        corners = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])
        whole = made.bone.grid.points_mm((np.argwhere(made.growth)[:, None] + corners).reshape(-1, 3))
        near = found.plane.distance_mm(whole).max() + made.role.kerf_mm / 2
        assert near == pytest.approx(-found.margin_mm)
        assert found.margin_mm == made.margin_mm


@pytest.mark.parametrize("seed", sampled(range(60), 16))
def test_the_search_counts_the_voxels_that_the_piece_takes(seed: int) -> None:
    made = phantom(seed)
    wanted = list(roles(made, seed, 3))
    wanted[0] = replace(wanted[0], within=domain(made, seed))
    wanted[1] = replace(wanted[1], within=domain(made, seed + 1))
    normal = -np.array(wanted[2].cone.axis)
    at = made.bone.points_mm.mean(axis=0) + 4.0 * normal
    placed = FixedCut(
        name="placed", plane=Plane(point_mm=triple(at), normal=triple(normal)), kerf_mm=1.0, within=domain(made, seed)
    )
    for fixed in ((), (placed,)):
        found = joined(made, tuple(wanted), fixed)
        taken = piece_of("specimen", found).takes(made.bone.points_mm)
        assert int(taken.sum()) == round(found.removed_cc / made.bone.grid.voxel_cc)
        assert all(one.removed_cc == pytest.approx(found.removed_cc) for one in found.cuts)
        if not fixed:
            healthy = taken & ~made.bone.ill[made.bone.mask]
            assert int(healthy.sum()) == round(found.value_cc / made.bone.grid.voxel_cc)
            each = [piece_of("by one", replace(found, cuts=(one,))) for one in found.cuts]
            beyond = np.sum([~one.takes(made.bone.points_mm) for one in each], axis=0)
            assert round(found.shared_cc / made.bone.grid.voxel_cc) == (beyond > 1).sum()


@pytest.mark.parametrize("seed", sampled(range(60), 8))
def test_a_fixed_cut_bounds_nothing_where_its_blade_does_not_run(seed: int) -> None:
    made = phantom(seed)
    role, other = roles(made, seed, 2)
    normal = np.array(other.cone.axis)
    plane = Plane(point_mm=triple(made.bone.points_mm.mean(axis=0) + 5.0 * normal), normal=triple(normal))
    within = domain(made, seed)
    found = joined(made, (role,), (FixedCut(name="fixed", plane=plane, kerf_mm=1.0, within=within),))
    by_fixed = (plane.distance_mm(made.bone.points_mm) > 0.5) & here(made, within)
    best = int((kept_by(made, role, 1.0) | by_fixed).sum(axis=1).max())
    tried = (len(made.bone.points_mm) - best) * made.bone.grid.voxel_cc
    assert found.removed_cc - found.gap_cc <= tried + HAIR_CC
    assert found.removed_cc <= tried + TOLERANCE.number + HAIR_CC
    endless = joined(made, (role,), (FixedCut(name="fixed", plane=plane, kerf_mm=1.0),))
    assert endless.fixed_margins_mm == found.fixed_margins_mm
    assert endless.removed_cc - endless.gap_cc <= found.removed_cc + HAIR_CC


def test_a_domain_without_bone_keeps_none_and_another_cut_does_all() -> None:
    made = phantom(3)
    first, second = roles(made, 3, 2)
    idle = replace(first, within=NOWHERE)
    alone = joined(made, (idle,))
    assert alone.kept_cc == 0.0
    assert alone.is_proved
    both, other = joined(made, (idle, second)), joined(made, (second,))
    assert both.is_proved
    assert abs(both.removed_cc - other.removed_cc) <= TOLERANCE.number
    assert both.shared_cc == 0.0


@pytest.mark.parametrize("seed", sampled(SEEDS, 8))
def test_a_mirrored_and_turned_patient_has_the_same_cut(seed: int) -> None:
    made = bounded(lump(seed), domain(lump(seed), seed))
    turn = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0]
    affine = made.bone.grid.affine.copy()
    affine[:3] = turn @ affine[:3]
    grid = Grid(shape=made.bone.grid.shape, affine=affine)
    within = tuple(
        Plane(point_mm=triple(turn @ plane.point_mm), normal=triple(turn @ plane.normal)) for plane in made.role.within
    )
    role = replace(made.role, cone=replace(made.role.cone, axis=triple(turn @ made.role.cone.axis)), within=within)
    here_, there = cut(made), cut(replace(made, bone=replace(made.bone, grid=grid), role=role))
    few = 3 * made.bone.grid.voxel_cc
    assert least(here_) <= most(there) + few
    assert least(there) <= most(here_) + few


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_interval_is_that_of_every_voxel_of_surfaces_half_a_voxel_off(seed: int, count: int) -> None:
    made = phantom(seed)
    normals = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))[0][:2]
    sides = [
        Side(
            normal=normal,
            offset_mm=float(normal @ made.bone.points_mm.mean(axis=0) + 4.0),
            half_mm=1.1,
            within=domain(made, seed + at) if at < count else (),
        )
        for at, normal in enumerate(normals)
    ]
    cross = ndimage.generate_binary_structure(3, 1)
    mask, ill = (np.pad(part, 1) for part in (made.bone.mask, made.bone.mask & made.bone.ill))
    points = made.bone.grid.points_mm(np.argwhere(np.ones(mask.shape)) - 1)
    readings = []
    for way, taken in ((-1.0, ndimage.binary_erosion(ill, cross)), (1.0, ndimage.binary_dilation(ill, cross) & mask)):
        held = np.all(
            [replace(one, offset_mm=one.offset_mm + way * one.half_mm).holds(points) for one in sides], axis=0
        )
        for bone in (ndimage.binary_erosion(mask, cross), ndimage.binary_dilation(mask, cross)):
            weight = mask.astype(int) + bone - ill - taken
            readings.append(float((weight.ravel() * held).sum()) / 2 * made.bone.grid.voxel_cc)
    told = made.bone.healthy_cc(sides)
    assert told.low == pytest.approx(max(0.0, min(readings)))
    assert told.high == pytest.approx(max(readings))


def test_a_blade_that_meets_no_bone_is_barred_by_nothing_and_near_nothing() -> None:
    made = block(2.0, cord_z=tuple(range(60)))
    found = cut(bounded(made, NOWHERE))
    assert isinstance(found, Certified)
    assert (found.margin_mm, found.kept_cc) == (3.0, 0.0)
    assert found.clearances[0].mm is None
    assert found.clearances[0].is_labelled
