"""Several cuts together against every combination of planes of a grid, and what holds for all of them."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import ndimage

from enbloc.case.geometry import Plane, triple
from enbloc.errors import RecordError
from enbloc.plan.cutting.certificate import Certified, Effort
from enbloc.plan.cutting.cones import Cone, grid_of_normals
from enbloc.plan.cutting.parameters import TOLERANCE
from enbloc.plan.cutting.plane import Asked, best_cut
from enbloc.plan.cutting.roles import FixedCut, Role
from enbloc.plan.cutting.several import Cuts, Wanted, best_cuts
from enbloc.plan.cutting.sharing import WHOLE, Sharing
from tests.plan.cutting.phantoms import Lump, block, lump
from tests.sampling import sampled

SEEDS = range(60)
HAIR_CC = 1e-6
Bools = NDArray[np.bool_]


def phantom(seed: int) -> Lump:
    return lump(seed, size=14, spacing_mm=2.6)


def roles(given: Lump, seed: int, count: int, half_angle_deg: float = 10.0) -> tuple[Role, ...]:
    """Cuts whose cones lie some 50 to 130 degrees apart: what they keep overlaps."""
    random = np.random.default_rng(seed)
    first = np.linalg.qr(random.normal(size=(3, 3)))[0]
    axes = [first[0], first[1] + random.uniform(-0.6, 0.6) * first[0], first[2] + random.uniform(-0.6, 0.6) * first[1]]
    return tuple(
        Role(name=f"cut {at}", cone=Cone(axis=triple(axis), half_angle=math.radians(half_angle_deg)), kerf_mm=1.0)
        for at, axis in enumerate(axes[:count])
    )


def joined(given: Lump, wanted: tuple[Role, ...], *, fixed: tuple[FixedCut, ...] = (), **effort: Any) -> Cuts:
    found = best_cuts(
        given.bone,
        given.outline,
        wanted=Wanted(roles=wanted, margin_mm=given.margin_mm, fixed=fixed),
        keep_out={},
        effort=Effort(**effort),
    )
    assert isinstance(found, Cuts)
    return found


def kept_by(given: Lump, role: Role, step_deg: float) -> Bools:
    """Which bone each plane of a grid of the role's cone keeps, in plain numpy; shape (planes, voxels)."""
    normals = grid_of_normals(role.cone, math.radians(step_deg))
    corners = np.array([[a, b, c] for a in (-0.5, 0.5) for b in (-0.5, 0.5) for c in (-0.5, 0.5)])
    growth = given.bone.grid.points_mm((np.argwhere(given.growth)[:, None] + corners).reshape(-1, 3))
    far = (growth @ normals.T).max(axis=0) + given.margin_mm + role.kerf_mm
    return np.asarray(given.bone.points_mm @ normals.T > far).T


def lower(found: Cuts) -> float:
    return found.removed_cc - found.gap_cc


@pytest.mark.parametrize("seed", sampled(SEEDS, 16))
def test_no_two_planes_of_a_grid_remove_less(seed: int) -> None:
    given = phantom(seed)
    wanted = roles(given, seed, 2)
    found = joined(given, wanted)
    first, second = (kept_by(given, role, 1.5).astype(np.float32) for role in wanted)
    both = first.sum(axis=1)[:, None] + second.sum(axis=1) - first @ second.T
    tried = float(len(given.bone.points_mm) - both.max()) * given.bone.grid.voxel_cc
    assert lower(found) <= tried + HAIR_CC, "two planes were tried that remove less than was proved to be possible"
    assert found.lower_alone_cc <= found.lower_cc <= found.value_cc
    if found.is_proved:
        assert found.removed_cc <= tried + TOLERANCE.number + HAIR_CC
    else:
        assert "not proved" in str(found)


@pytest.mark.parametrize("seed", sampled(SEEDS, 8))
def test_no_three_planes_of_a_grid_remove_less(seed: int) -> None:
    given = phantom(seed)
    wanted = roles(given, seed, 3)
    found = joined(given, wanted)
    each = [kept_by(given, role, 5.0) for role in wanted]
    most = max(np.count_nonzero(a | b | c) for a, b, c in itertools.product(*each))
    assert lower(found) <= (len(given.bone.points_mm) - most) * given.bone.grid.voxel_cc + HAIR_CC


@pytest.mark.parametrize("seed", sampled(SEEDS, 12))
def test_however_bone_is_shared_out_the_bound_holds(seed: int) -> None:
    given = phantom(seed)
    wanted = roles(given, seed, 3)
    found = joined(given, wanted)
    best = round(found.removed_cc / given.bone.grid.voxel_cc)
    asked = [
        Asked(bone=given.bone, tumour=given.outline, role=role, margin_mm=given.margin_mm, keep_out={})
        for role in wanted
    ]
    places = [one.placed(cut) for one, cut in zip(asked, found.cuts, strict=True)]
    random = np.random.default_rng(seed)
    sharing = Sharing(bone=given.bone, asked=asked, fixed=(), tolerance=0.0, budget=100_000)
    many = len(given.bone.points_mm)
    kept = np.sum([~one.side(n).holds(given.bone.points_mm) for one, n in zip(asked, places, strict=True)], axis=0)
    for granted in (
        np.zeros(many, np.int64),
        np.full(many, WHOLE),
        random.integers(0, WHOLE + 1, many),
        np.where(kept > 1, WHOLE, np.where(kept == 1, random.integers(0, WHOLE + 1, many), 0)),
    ):
        sharing.granted = granted
        assert sharing.proved(places).least <= best


def test_nearly_all_are_proved_though_the_sum_alone_proves_few() -> None:
    found = [joined(phantom(seed), roles(phantom(seed), seed, 3)) for seed in range(16)]
    assert sum(one.is_proved for one in found) >= 12
    assert sum(one.value_cc - one.lower_alone_cc <= TOLERANCE.number for one in found) <= 8
    assert sum(one.shared_cc > 0.1 for one in found) >= 8, "the cuts share bone, or this says nothing"


@pytest.mark.parametrize("seed", sampled(SEEDS, 8))
def test_the_price_is_that_of_every_voxel_tried_and_each_cut_is_the_best_while_the_others_stay(seed: int) -> None:
    given = phantom(seed)
    wanted = roles(given, seed, 3)
    found = joined(given, wanted)
    points, voxel = given.bone.points_mm, given.bone.grid.voxel_cc
    beyond = [cut.plane.distance_mm(points) > cut.role.kerf_mm / 2 for cut in found.cuts]
    assert found.kept_cc == pytest.approx(np.logical_or.reduce(beyond).sum() * voxel, abs=5 * voxel)
    assert found.removed_cc + found.kept_cc == pytest.approx(len(points) * voxel)
    assert found.value_interval.low <= found.value_cc <= found.value_interval.high
    for at, cut in enumerate(found.cuts):
        assert cut.role == wanted[at]
        assert cut.value_cc == pytest.approx(found.value_cc)
        others = np.logical_or.reduce([one for k, one in enumerate(beyond) if k != at])
        most = (kept_by(given, cut.role, 2.0) | others).sum(axis=1).max()
        assert cut.removed_cc - cut.gap_cc <= (len(points) - most) * voxel + 5 * voxel


def test_one_role_alone_is_the_best_cut() -> None:
    given = phantom(4)
    (role,) = roles(given, 4, 1)
    alone = best_cut(given.bone, given.outline, role=role, margin_mm=given.margin_mm, keep_out={})
    assert isinstance(alone, Certified)
    found = joined(given, (role,))
    assert found.is_proved
    assert abs(found.value_cc - alone.value_cc) <= TOLERANCE.number
    assert found.lower_cc == found.lower_alone_cc
    assert found.shared_cc == 0.0


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10)
def test_another_cut_never_removes_more_and_a_larger_tumour_never_less(seed: int) -> None:
    given = phantom(seed)
    wanted = roles(given, seed, 3)
    found = joined(given, wanted)
    assert lower(found) <= joined(given, wanted[:2]).removed_cc + HAIR_CC
    larger = replace(given, growth=ndimage.binary_dilation(given.growth))
    assert joined(larger, wanted).removed_cc >= lower(found) - HAIR_CC
    assert joined(replace(given, margin_mm=given.margin_mm + 1.0), wanted).removed_cc >= lower(found) - HAIR_CC


def test_a_fixed_cut_stays_and_the_rest_is_searched_around_it() -> None:
    given = phantom(7)
    wanted = roles(given, 7, 3)
    free = joined(given, wanted)
    kept = free.cuts[0]
    fixed = FixedCut(name="the surgeon's", plane=kept.plane, kerf_mm=kept.role.kerf_mm)
    found = joined(given, wanted[1:], fixed=(fixed,))
    assert found.fixed == (fixed,)
    assert [cut.role for cut in found.cuts] == list(wanted[1:])
    few = 3 * given.bone.grid.voxel_cc
    assert found.value_cc <= free.value_cc + TOLERANCE.number + few
    assert found.fixed_margins_mm[0] == pytest.approx(math.floor(10 * given.margin_mm) / 10)
    x, y, z = np.array(kept.plane.point_mm) + 3.0 * np.array(kept.plane.normal)
    moved = replace(fixed, plane=Plane(point_mm=(x, y, z), normal=kept.plane.normal))
    worse = joined(given, wanted[1:], fixed=(moved,))
    assert worse.removed_cc >= lower(found) - few
    assert worse.fixed_margins_mm[0] == pytest.approx(math.floor(10 * (given.margin_mm + 3.0)) / 10)


def test_a_fixed_cut_through_tumour_has_a_negative_margin() -> None:
    given = phantom(7)
    wanted = roles(given, 7, 2)
    touched = joined(given, wanted).cuts[0]
    x, y, z = np.array(touched.touches_mm) - 1.0 * np.array(touched.plane.normal)
    through = FixedCut(name="through", plane=Plane(point_mm=(x, y, z), normal=touched.plane.normal), kerf_mm=0.0)
    found = joined(given, wanted[1:], fixed=(through,))
    assert found.fixed_margins_mm[0] == pytest.approx(-1.0)
    inside = through.plane.distance_mm(given.bone.points_mm) <= 0
    assert found.removed_cc - found.value_cc == pytest.approx(
        (inside & given.bone.ill[given.bone.mask]).sum() * given.bone.grid.voxel_cc
    )


def test_a_role_without_a_plane_is_named_and_nothing_is_proposed() -> None:
    given = block(50.0, cord_z=(15,))
    free = replace(given.role, name="free", keep_away=())
    wanted = Wanted(roles=(free, given.role), margin_mm=given.margin_mm)
    found = best_cuts(given.bone, given.outline, wanted=wanted, keep_out=given.keep_out)
    assert isinstance(found, tuple)
    assert [one.role for one in found] == [given.role]
    assert found[0].is_proved


@pytest.mark.parametrize("budget", [0, 50, 1000, 3000])
def test_a_short_search_says_what_it_has_not_proved_and_is_always_the_same(budget: int) -> None:
    for seed in range(6):
        given = phantom(seed)
        wanted = Wanted(roles=roles(given, seed, 2), margin_mm=given.margin_mm)
        effort = Effort(budget=budget)
        short = best_cuts(given.bone, given.outline, wanted=wanted, keep_out={}, effort=effort)
        assert short == best_cuts(given.bone, given.outline, wanted=wanted, keep_out={}, effort=effort)
        if isinstance(short, tuple):
            assert not any(one.is_proved for one in short)
            continue
        assert lower(short) <= joined(given, wanted.roles).removed_cc + HAIR_CC
        assert short.is_proved == (short.gap_cc <= TOLERANCE.number + 1e-9)


def test_nothing_to_search_and_nothing_to_remove_are_refused() -> None:
    given = phantom(1)
    with pytest.raises(RecordError, match="at least one role"):
        Wanted(roles=(), margin_mm=1.0)
    far = FixedCut(name="far", plane=Plane(point_mm=(0, 0, -5000.0), normal=(0, 0, 1)), kerf_mm=1.0)
    with pytest.raises(RecordError, match="no bone to the specimen"):
        joined(given, roles(given, 1, 1), fixed=(far,))
