"""What a straight instrument reaches: known obstacles, laws, mirrored patients, and what nobody labelled."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from scipy import ndimage

from enbloc.case.anatomy import CORD, SAC, Level, Part, Sector, Side, StructureKind
from enbloc.case.answer import Unknown
from enbloc.case.finding import Interval
from enbloc.case.sided import Root
from enbloc.errors import RecordError
from enbloc.plan.anatomy import GREAT_VESSELS
from enbloc.plan.cutting.cones import Cone
from enbloc.plan.cutting.roles import KeepAway
from enbloc.plan.delivery.of_case import Keeping
from enbloc.plan.removal.approaches import ANTERIOR, APPROACHES, LATERAL, POSTERIOR, Approach, directions
from enbloc.plan.removal.parameters import STEP
from enbloc.plan.removal.removal import reachable
from enbloc.plan.removal.room import Obstacle, Room, bars_of
from enbloc.plan.removal.told import Reached, Remainder, Removal
from tests.plan.removal.phantoms import CAVA, T8, ball, bare, left_tumour

MIRRORED = (False, True)
FREE = Keeping(clearance_mm=0.0)


@cache
def of_left(clearance_mm: float = 2.0) -> Removal:
    return reachable(left_tumour(), keeping=Keeping(clearance_mm=clearance_mm))


def by_name(found: Removal) -> dict[str, Reached]:
    return {one.approaches[0]: one for one in found.single}


def test_reached_and_left_are_all_of_the_tumour_for_every_approach() -> None:
    found = of_left()
    labels = left_tumour().images.labels["tumour"]
    whole = int((labels.labels > 0).sum()) * labels.grid.voxel_cc
    assert found.best_two is not None
    assert len(found.single) == len(APPROACHES)
    for one in (*found.single, found.best_two):
        assert one.reached_cc + one.left_cc == pytest.approx(whole)
        assert one.reached.low <= one.reached_cc <= one.reached.high
        assert one.left.low <= one.left_cc <= one.left.high
        assert sum(each.cc for each in one.remains) == pytest.approx(one.left_cc)
        assert sum(each.interval.high for each in one.remains) == pytest.approx(one.left.high)


def test_epidural_tumour_is_left_and_says_behind_what_and_where() -> None:
    found = by_name(of_left())["posterior"]
    assert found.left.low > 0.0
    assert found.is_gross_total is False
    assert SAC in found.barred_by
    most = max(found.remains, key=lambda one: one.cc)
    assert most.level is T8
    assert set(most.barred_by) & {SAC, CORD}
    assert most.sector.side is Side.LEFT


def test_a_wall_bars_the_way_that_it_stands_in_and_no_other() -> None:
    field = ball((0.0, -2.0, 0.0), 6.0, CAVA, lacking=True)
    absent = Keeping(clearance_mm=0.0, absent=(CORD, SAC, *GREAT_VESSELS))
    found = by_name(reachable(field, keeping=absent, approaches=(POSTERIOR, ANTERIOR, LATERAL)))
    assert found["posterior"].reached.high == 0.0
    assert found["posterior"].barred_by == (CAVA,)
    assert found["anterior"].left.high == 0.0
    assert found["left lateral"].left.high == 0.0


def test_gross_total_needs_every_label_and_nothing_left_by_half_a_voxel() -> None:
    field = ball((0.0, -2.0, 0.0), 6.0, lacking=True)
    roots = tuple(Root(f"{level} {side.value}") for level in (Level.T7, T8) for side in Side)
    nothing = Keeping(clearance_mm=0.0, absent=(CORD, SAC, *GREAT_VESSELS))
    known = reachable(field, keeping=nothing, roots_cut=roots)
    assert known.missing == ()
    assert by_name(known)["anterior"].is_gross_total is True
    asked = reachable(field, keeping=FREE)
    assert by_name(asked)["anterior"].left.high == 0.0
    assert isinstance(by_name(asked)["anterior"].is_gross_total, Unknown)
    assert "label of the thecal sac" in asked.missing
    assert "label of the aorta" in asked.missing
    assert "label of nerve root T8 left" in asked.missing
    assert "reached at most, as labels are missing" in asked.reasons
    assert not any(words.startswith("gross total reachable") for words in asked.reasons)


def test_the_interval_is_what_half_a_voxel_at_the_surface_of_the_tumour_adds_and_takes() -> None:
    field = ball((0.0, -2.0, 0.0), 6.0, lacking=True)
    (found,) = reachable(field, keeping=FREE, approaches=(ANTERIOR,)).single
    labels = field.images.labels["tumour"]
    held = labels.labels > 0
    inner, outer = ndimage.binary_erosion(held), ndimage.binary_dilation(held)
    now, least, most = (int(one.sum()) * labels.grid.voxel_cc for one in (held, inner, outer))
    assert found.reached_cc == pytest.approx(now)
    assert found.reached.low == pytest.approx(0.5 * (now + least))
    assert found.reached.high == pytest.approx(0.5 * (now + most))


def test_a_shield_before_the_dura_lets_the_instrument_nearer() -> None:
    shielded = Keeping(
        clearance_mm=2.0,
        other=tuple(KeepAway(structure=one, at_least_mm=2.0, is_shielded=True) for one in (SAC, CORD)),
    )
    bound, free = by_name(of_left()), by_name(reachable(left_tumour(), keeping=shielded))
    assert free["posterior"].left_cc < bound["posterior"].left_cc
    assert SAC not in free["posterior"].barred_by


def test_a_root_that_goes_bars_nothing() -> None:
    named = {one for way in of_left().single for one in way.barred_by}
    assert StructureKind.NERVE_ROOT in {one.kind for one in named}
    cut = tuple(Root(f"{level} {side.value}") for level in (Level.T7, T8, Level.T9) for side in Side)
    found = reachable(left_tumour(), roots_cut=cut)
    assert StructureKind.NERVE_ROOT not in {one.kind for way in found.single for one in way.barred_by}


def test_bone_in_the_way_is_named_by_part_and_side() -> None:
    turn = math.radians(18.0)
    cone = Cone(axis=(math.sin(turn), math.cos(turn), 0.0), half_angle=math.radians(2.0))
    through = Approach(name="through the left pedicle", cone=cone)
    for approach, side in ((through, Side.LEFT), (through.mirrored, Side.RIGHT)):
        sign = 1.0 if side is Side.LEFT else -1.0
        field = ball((sign * 6.0, -2.0, 4.0), 3.0, lacking=True)
        (found,) = reachable(field, keeping=FREE, approaches=(approach,)).single
        assert found.left.high == 0.0
        parts = {(one.bone.level, one.part, one.side) for one in found.entries}
        assert {(T8, Part.BODY, None), (T8, Part.PEDICLE, side)} <= parts
        assert {each for _, _, each in parts} <= {side, None}
        assert all(part is not Part.BODY for opening in found.openings for part, _ in opening.parts)
        assert any((Part.PEDICLE, side) in opening.parts for opening in found.openings)


def test_of_the_ways_of_a_cone_that_with_the_least_bone_is_taken() -> None:
    axis, scene = (0.0, -1.0, 0.0), ball((9.0, 2.0, 0.0), 3.0, lacking=True)
    cones = {half: Cone(axis=axis, half_angle=math.radians(half)) for half in (0.0, 70.0)}
    approaches = [Approach(name=f"{half:g} degrees", cone=cone) for half, cone in cones.items()]
    straight, wide = reachable(scene, keeping=FREE, approaches=approaches).single
    assert straight.left.high == wide.left.high == 0.0
    assert 0.0 < wide.bone_cc < 0.8 * straight.bone_cc  # it leaves the body by its side, which is nearer


def test_healthy_bone_is_counted_as_far_as_it_lies_before_the_tumour_and_no_tumour_with_it() -> None:
    field = ball((4.0, 4.0, 0.0), 5.0, lacking=True)
    straight = Approach(name="straight ahead", cone=Cone(axis=(0.0, -1.0, 0.0), half_angle=0.0))
    (found,) = reachable(field, keeping=FREE, approaches=(straight,)).single
    one = field.column.spine[T8]
    from_middle = one.own_mm - (4.0, 4.0, 0.0)
    before = (np.hypot(from_middle[:, 0], from_middle[:, 2]) < 5.0) & (from_middle[:, 1] < 0.0)
    healthy = before & (np.linalg.norm(from_middle, axis=1) >= 5.0)
    expected = int(healthy.sum()) * one.crop.grid.voxel_cc
    assert found.bone_cc == pytest.approx(expected, rel=0.15)
    assert found.reached_cc > 0.3 * expected  # as much again as would be told if tumour were bone


def test_a_second_approach_never_leaves_more() -> None:
    found = of_left()
    assert found.best is not None
    assert found.best_two is not None
    assert found.best_two.left_cc <= found.best.left_cc
    assert found.best_two.left.high <= found.best.left.high + 1e-9


def test_a_mirrored_patient_has_the_mirrored_answer() -> None:
    # The aorta of a phantom lies on the left whatever is mirrored.
    vessels = tuple(KeepAway(structure=one, at_least_mm=2.0, is_shielded=True) for one in GREAT_VESSELS)
    keeping = Keeping(clearance_mm=2.0, other=vessels)
    own, other = (by_name(reachable(left_tumour(mirrored=turned), keeping=keeping)) for turned in MIRRORED)
    pairs = {one.name: one.mirrored.name for one in APPROACHES}
    assert (pairs["left lateral"], pairs["posterior"]) == ("right lateral", "posterior")
    for name, twin in pairs.items():
        assert own[name].left_cc == pytest.approx(other[twin].left_cc, abs=1e-6)
        assert own[name].left.high == pytest.approx(other[twin].left.high, abs=1e-6)
        assert own[name].bone_cc == pytest.approx(other[twin].bone_cc, rel=0.1)
        beside = [{_place(one): one.cc for one in each.remains if _is_beside(one)} for each in (own[name], other[twin])]
        turned = {(level, 13 - number): cc for (level, number), cc in beside[1].items()}
        assert beside[0] == pytest.approx(turned, abs=1e-6)


def _place(one: Remainder) -> tuple[Level, int]:
    return one.level, one.sector.number


def _is_beside(one: Remainder) -> bool:
    """Whether it lies off the midline, on which a cell belongs to either side."""
    return one.sector.number not in (1, 6, 7, 12)


def test_directions_of_a_mirrored_approach_are_the_mirror_images() -> None:
    for one in APPROACHES:
        own, other = directions(one).steps, directions(one.mirrored).steps
        assert {tuple(each.ravel()) for each in own * (-1, 1, 1)} == {tuple(each.ravel()) for each in other}


@settings(max_examples=8, deadline=None)
@given(st.floats(0.0, 4.0), st.floats(0.0, 4.0))
def test_a_larger_clearance_never_reaches_more(first: float, second: float) -> None:
    near, far = sorted((round(first, 1), round(second, 1)))
    for one, other in zip(of_left(near).single, of_left(far).single, strict=True):
        assert other.reached_cc <= one.reached_cc + 1e-9
        assert other.left.high >= one.left.high - 1e-9
        assert other.reached.low <= one.reached.low + 1e-9


@settings(max_examples=6, deadline=None)
@given(st.integers(4, 9), st.integers(0, 4), st.sampled_from([(0.0, 4.0, 0.0), (5.0, 12.0, 2.0), (-6.0, 16.0, 0.0)]))
def test_a_larger_tumour_never_leaves_less(radius: int, more: int, middle: tuple[float, float, float]) -> None:
    small, large = (reachable(ball(middle, float(size))) for size in (radius, radius + more))
    assert small.frame is large.frame is T8
    for one, other in zip(small.single, large.single, strict=True):
        assert other.left_cc >= one.left_cc - 1e-9


def test_without_its_label_or_a_vertebra_nothing_is_said_of_a_tumour() -> None:
    phantom, _ = bare()
    field = left_tumour()
    unlabelled = replace(field, images=phantom.images)
    found = reachable(unlabelled)
    assert isinstance(found.feasible, Unknown)
    assert found.missing == ("label of tumour A",)
    assert found.single == ()


def test_a_tumour_in_the_sac_is_not_reached_and_alternatives_are_named() -> None:
    found = reachable(ball((0.0, 21.0, 0.0), 3.0), keeping=Keeping(clearance_mm=6.0))
    assert found.feasible is False
    assert found.nearest
    assert found.openings == ()
    assert all(one.reached.high == 0.0 for one in found.single)
    assert all({SAC, CORD} & set(one.barred_by) for one in found.single)


@pytest.mark.parametrize("way", [-1.0, 0.0, 1.0])
def test_cells_are_barred_as_far_as_the_clearance_asks_and_their_error_allows(way: float) -> None:
    _, column = bare()
    room = Room(one=column.spine[T8], low=np.full(3, -12), shape=(24, 24, 24))
    mask = np.random.default_rng(7).random((4, 3, 5)) < 0.4
    kept = Obstacle(structure=SAC, mask=mask, start=np.array([9, 1, 17]), clearance_mm=3.0, error_mm=1.1)
    places = np.moveaxis(np.indices(room.shape), 0, -1).reshape(-1, 1, 3)
    apart = STEP.number * np.linalg.norm(places - (np.argwhere(mask) + kept.start), axis=-1).min(axis=1)
    expected = apart.reshape(room.shape) <= 3.0 + 0.5 * STEP.number + way * 1.1
    np.testing.assert_array_equal(bars_of(room, (kept,), way) == 1, expected)


def test_a_scan_that_ends_in_the_tumour_is_said_and_is_no_gross_total() -> None:
    field = ball((0.0, 48.0, 0.0), 60.0, lacking=True)
    assert any("edge of the scan" in words for words in reachable(field, approaches=(ANTERIOR,)).missing)


@pytest.mark.parametrize("wrong", [-1.0, math.nan])
def test_a_clearance_that_cannot_be_is_refused(wrong: float) -> None:
    with pytest.raises(RecordError, match="clearance"):
        reachable(left_tumour(), keeping=Keeping(clearance_mm=wrong))


def test_without_an_approach_nothing_can_be_told() -> None:
    with pytest.raises(RecordError, match="no approach"):
        reachable(left_tumour(), approaches=())


def test_the_result_is_written_and_read_back() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Removal)
    found = of_left()
    assert adapter.validate_json(json.dumps(json.loads(adapter.dump_json(found)))) == found


@given(st.floats(0.0, 40.0), st.floats(0.0, 3.0), st.floats(0.0, 3.0))
def test_words_never_tell_less_tumour_left_than_there_is_nor_a_narrower_interval(
    cc: float, below: float, above: float
) -> None:
    interval = Interval(low=max(0.0, cc - below), high=cc + above)
    told = Remainder(level=T8, sector=Sector.LEFT_5, cc=cc, interval=interval, barred_by=())
    left, low, high = map(float, re.findall(r"[0-9]+[.][0-9]", str(told)))
    assert left >= round(cc, 6)
    assert low <= interval.low + 1e-6
    assert high >= interval.high - 1e-6
