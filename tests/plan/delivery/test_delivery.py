"""Rings and blocks around a cord: those that can leave do, and of those that cannot it is said what holds them."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import CORD, Side
from enbloc.errors import RecordError
from enbloc.plan.delivery.delivery import Delivery, Outcome, delivered
from enbloc.plan.delivery.search import Scene, nearest_mm
from tests.plan.delivery.phantoms import FAR, ROOTS, X, Y, Z, ring, root, scene, solid_of

WHOLE = 2.0 * math.sqrt(3.0)  # mm: what taking voxels whole may cost on both sides of the cord, at 1 mm
STEP = 2.0  # mm: and what poses and samples that lie apart may cost
LEFT, RIGHT = Side.LEFT, Side.RIGHT


@cache
def closed() -> Delivery:
    return delivered(scene(ring()))


def test_a_ring_around_the_cord_can_never_leave() -> None:
    assert closed().outcome is Outcome.BLOCKED
    assert closed().blockers == (CORD,)
    assert closed().moves == ()
    assert closed().freed_by == ()
    searched = closed().searched
    assert searched is not None
    assert searched.poses > 1000, "told by looking, not by giving up"
    assert searched.structures == (CORD,)
    assert "bone that stays" in searched.not_checked[0]


@pytest.mark.parametrize("clearance_mm", [0.0, 1.0, 3.0])
def test_a_gap_wider_than_cord_and_clearance_lets_it_leave(clearance_mm: float) -> None:
    gap = 2.0 * (4.0 + clearance_mm) + WHOLE + STEP
    found = delivered(scene(ring(gap_mm=gap), clearance_mm=clearance_mm))
    assert found.outcome is Outcome.FREE
    assert str(found).startswith("the specimen can leave to the")
    assert found.passings[0].way_mm is not None
    assert clearance_mm <= found.passings[0].way_mm < found.passings[0].start_mm
    assert found.blockers == ()


@pytest.mark.parametrize("gap_mm", [2.0, 6.0])
def test_a_gap_narrower_than_the_cord_is_proved_to_hold_it(gap_mm: float) -> None:
    assert delivered(scene(ring(gap_mm=gap_mm))).outcome is Outcome.BLOCKED


def test_between_the_two_it_is_said_that_nothing_is_proved() -> None:
    found = delivered(scene(ring(gap_mm=12.0)))
    assert found.outcome is Outcome.NOT_FOUND
    assert "not proved" in str(found)


def test_every_pose_of_the_way_keeps_the_clearance_and_is_one_step_from_the_last() -> None:
    here = scene(ring(gap_mm=18.0), ways=("to the back",))
    found = delivered(here)
    assert found.way == "to the back"
    poses = [(math.radians(one.turn_deg), one.left_mm, one.back_mm) for one in found.moves]
    assert poses[0] == (0.0, 0.0, 0.0)
    for before, after in pairwise(poses):
        between = [tuple(0.5 * (a + b) for a, b in zip(before, after, strict=True)), after]
        turned = abs(before[0] - after[0])
        if turned > math.pi:  # all round
            between = between[1:]
        for turn, left, back in between:
            assert nearest_mm(here, here.obstacles[0], ((turn, left, back),)) >= 1.0
        changes = [turned > 1e-9, before[1] != after[1], before[2] != after[2]]
        assert sum(changes) == 1


@given(st.sampled_from([10.0, 14.0, 16.0, 20.0]), st.floats(0.0, 4.0), st.floats(0.1, 4.0))
@settings(max_examples=12, deadline=None)
def test_a_larger_clearance_never_frees(gap_mm: float, clearance_mm: float, more: float) -> None:
    less = delivered(scene(ring(gap_mm=gap_mm), clearance_mm=clearance_mm))
    asked = delivered(scene(ring(gap_mm=gap_mm), clearance_mm=clearance_mm + more))
    assert less.outcome is Outcome.FREE or asked.outcome is not Outcome.FREE
    assert less.outcome is not Outcome.BLOCKED or asked.outcome is not Outcome.FREE


# --- roots ------------------------------------------------------------------------------------------------------------
def arms(**kept: bool) -> Scene:
    """A ring with a wide gap behind, and roots that run through it to one side or both."""
    roots = {side: root(side, length=30.0) for side in Side if kept.get(side.value)}
    specimen = ring(gap_mm=24.0) & ~(np.hypot(Y, Z) < 5.0)
    return scene(specimen, roots=roots)


def test_the_root_that_holds_it_is_named_with_its_side_and_cutting_it_frees_it() -> None:
    for side in Side:
        found = delivered(arms(**{side.value: True}))
        assert found.outcome is not Outcome.FREE
        assert ROOTS[side] in found.blockers
        assert found.freed_by == (f"cutting nerve root T8 {side.value}",)


def test_two_roots_that_hold_it_together_are_named_together() -> None:
    found = delivered(arms(left=True, right=True))
    assert found.outcome is not Outcome.FREE
    assert found.freed_by == ("cutting nerve root T8 left and nerve root T8 right",)
    assert delivered(arms()).outcome is Outcome.FREE


def test_a_root_on_one_side_leaves_the_other_way_and_mirrored_the_mirrored_way() -> None:
    block = (X >= 10.0) & (X <= 20.0) & (np.abs(Y) <= 8.0) & (np.abs(Z) <= 4.0)
    ways = ("to the left", "to the right")
    here = delivered(scene(block, ways=ways))
    there = delivered(scene(block[::-1], ways=ways))
    assert (here.way, there.way) == ("to the left", "to the right")
    assert [one.left_mm for one in here.moves] == [-one.left_mm for one in there.moves]


# --- what else can be told --------------------------------------------------------------------------------------------
def test_a_further_cut_that_lets_both_halves_out_is_said() -> None:
    whole = scene(ring())
    halves = [solid_of(ring() & side) for side in (X >= 0, X < 0)]
    parts = tuple(Scene(specimen=(half,), obstacles=whole.obstacles, pose=whole.pose) for half in halves)
    useless = (parts[0], whole)
    found = delivered(whole, parted=lambda: iter((("a cut in the middle", parts), ("a cut aside", useless))))
    assert found.freed_by == ("a cut in the middle",)


def test_while_a_label_is_missing_it_is_never_called_free_and_what_holds_it_still_does() -> None:
    missing = ("label of the aorta",)
    free = delivered(scene(ring(gap_mm=24.0)), missing=missing)
    assert free.outcome is Outcome.UNKNOWN
    assert free.missing == missing
    assert "label of the aorta" in str(free)
    assert delivered(scene(ring()), missing=missing).outcome is Outcome.BLOCKED


def test_a_specimen_that_starts_too_near_is_blocked_by_what_it_is_near_to() -> None:
    found = delivered(scene(ring(gap_mm=24.0), clearance_mm=9.0))
    assert found.outcome is Outcome.BLOCKED
    assert found.blockers == (CORD,)
    assert found.passings[0].starts_too_near
    assert found.passings[0].start_mm <= 12.0 - 4.0
    assert str(found).endswith("nearer than asked: it lies 6.2 mm from the cord, voxels taken whole")


def test_nothing_beside_it_leaves_at_once() -> None:
    here = scene(ring(gap_mm=24.0))
    alone = Scene(specimen=here.specimen, obstacles=(), pose=here.pose)
    assert delivered(alone).outcome is Outcome.FREE


def test_distances_are_never_more_than_they_are() -> None:
    here = scene((X >= 10.0) & (X <= 14.0) & (np.abs(Y) <= 3.0) & (np.abs(Z) <= 3.0))
    told = nearest_mm(here, here.obstacles[0], ((0.0, 0.0, 0.0),))
    assert 6.0 - 1.0 - WHOLE / 2 <= told <= 6.0, "the sides of block and cord lie at 9.5 and 4.5 mm or less apart"


def test_bad_input_is_refused() -> None:
    with pytest.raises(RecordError, match="clearance of -1 mm to cord"):
        delivered(scene(ring(), clearance_mm=-1.0))
    with pytest.raises(RecordError, match="specimen is empty"):
        delivered(scene(FAR < 0.0))
