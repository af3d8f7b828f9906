"""Bone that no choice of a plane bears on is left out of a search, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import numpy as np
import pytest
from numpy.typing import NDArray

from enbloc.plan.cutting.cones import Cone, grid_of_normals
from enbloc.plan.cutting.parameters import FURTHEST
from enbloc.plan.cutting.plane import Asked
from enbloc.plan.cutting.rows import Rows, lines_of, rows_of
from enbloc.plan.cutting.scope import Scope, touchable
from enbloc.plan.cutting.search import search
from tests.plan.cutting.phantoms import Lump, domain, lump
from tests.sampling import sampled

SEEDS = range(60)


def asked(made: Lump, kind: type[Asked] = Asked) -> Asked:
    return kind(bone=made.bone, tumour=made.outline, role=made.role, margin_mm=made.margin_mm, keep_out=made.keep_out)


def planes(one: Asked, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Directions of the cone, its rim among them, with distances from the tightest to the furthest; (m, 3), (m,)."""
    normals = grid_of_normals(one.role.cone, one.role.cone.half_angle / 8)
    further = np.random.default_rng(seed).uniform(0.0, FURTHEST.number, len(normals))
    further[::3], further[1::3] = 0.0, FURTHEST.number
    return normals, further


class Whole(Asked):
    """The same search of all of the bone, nothing left out."""

    @cached_property
    def scope(self) -> Scope:
        always = ~self.bone.reached(self.role.within)
        open_ = np.flatnonzero(~always)
        return Scope(open_=open_, lines=lines_of(self.bone.indices[open_], self.bone.grid.affine), always=always)

    @cached_property
    def barred(self) -> Rows:
        near = self.bone.reached(self.role.within, whole=True)
        for one in self.role.keep_away:
            near &= self.keep_out[one.structure].nearer(one.at_least_mm)
        marked = np.zeros(self.bone.mask.shape, np.uint8)
        marked[self.bone.mask] = near
        return rows_of(marked, self.bone.grid)


@pytest.mark.parametrize("seed", sampled(SEEDS, 16))
def test_what_is_left_out_is_removed_or_kept_by_every_plane_that_was_tried(seed: int) -> None:
    one = asked(lump(seed))
    normals, further = planes(one, seed)
    offsets = one.tumour.reach_mm(normals)[0] + one.far_mm + further
    heights = one.bone.points_mm @ normals.T
    open_ = np.zeros(len(heights), bool)
    open_[one.scope.open_] = True
    assert (heights[one.scope.always] <= offsets).all()
    assert (heights[~open_ & ~one.scope.always] > offsets).all()
    assert not (open_ & one.scope.always).any()


def test_much_is_left_out_and_little_of_what_need_not_be_counted_is_kept() -> None:
    left, needless = [], []
    for seed in range(16):
        made = lump(seed)
        one = asked(replace(made, role=replace(made.role, cone=replace(made.role.cone, half_angle=0.2))))
        normals = grid_of_normals(one.role.cone, 0.01)
        tight = one.tumour.reach_mm(normals)[0] + one.far_mm
        heights = one.bone.points_mm @ normals.T
        bears = (heights > tight).any(axis=1) & (heights <= tight + FURTHEST.number).any(axis=1)
        left.append(1.0 - len(one.scope.open_) / len(heights))
        needless.append((len(one.scope.open_) - bears.sum()) / len(heights))
    assert np.mean(left) > 0.3
    assert np.mean(needless) < 0.1


@pytest.mark.parametrize("seed", sampled(SEEDS, 16))
def test_no_voxel_is_left_out_that_a_blade_touches(seed: int) -> None:
    one = asked(lump(seed))
    normals, further = planes(one, seed)
    near = one.tumour.reach_mm(normals)[0] + one.margin_mm + further
    half = 0.5 * np.abs(normals @ one.bone.grid.affine[:3, :3]).sum(axis=1)
    heights = one.bone.points_mm @ normals.T
    touched = ((heights >= near - half) & (heights <= near + one.role.kerf_mm + half)).any(axis=1)
    far_mm = one.far_mm + FURTHEST.number
    told = touchable(one.bone, one.role.cone, one.tumour, near_mm=one.margin_mm, far_mm=far_mm)
    assert (told | ~touched).all()
    assert touched.any()


@pytest.mark.parametrize("seed", sampled(SEEDS, 24))
def test_the_certificate_is_that_of_a_search_of_all_bone(seed: int) -> None:
    made = lump(seed)
    if seed % 2:
        made = replace(made, role=replace(made.role, within=domain(made, seed)))
    ours, whole = (
        search(one.task(np.ones(len(one.bone.indices), np.uint8)), tolerance=20.0, budget=1_000_000)
        for one in (asked(made), asked(made, Whole))
    )
    assert (ours.placed is None) == (whole.placed is None)
    if ours.placed is None:
        return
    # Both are proved, and neither found what the other has proved impossible.
    assert ours.is_complete
    assert whole.is_complete
    assert whole.least <= ours.removed <= whole.removed + 20
    assert ours.least <= whole.removed <= ours.removed + 20


@pytest.mark.parametrize("seed", sampled(SEEDS, 12))
def test_a_plane_is_counted_alike_with_and_without_what_is_left_out(seed: int) -> None:
    made = lump(seed)
    made = replace(made, role=replace(made.role, within=domain(made, seed)))
    weights = np.random.default_rng(seed).integers(0, 65, len(made.bone.indices)).astype(np.uint8)
    one, whole = asked(made), asked(made, Whole)
    normals, further = planes(one, seed)
    np.testing.assert_array_equal(
        one.task(weights).removed(normals, further), whole.task(weights).removed(normals, further)
    )
    np.testing.assert_array_equal(
        one.task(weights).is_barred(normals, further), whole.task(weights).is_barred(normals, further)
    )


def test_a_cone_of_one_direction_leaves_out_all_but_the_slab_that_the_blade_may_lie_in() -> None:
    made = lump(2)
    role = replace(made.role, cone=Cone(axis=made.role.cone.axis, half_angle=0.0), keep_away=())
    one = asked(replace(made, role=role))
    axis = np.array(role.cone.axis)
    beyond = one.bone.points_mm @ axis - one.tumour.reach_mm(axis[None])[0][0] - one.far_mm
    np.testing.assert_array_equal(one.scope.open_, np.flatnonzero((beyond > 0) & (beyond <= FURTHEST.number)))
