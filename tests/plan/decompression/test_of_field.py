"""What a separation takes and leaves, against plain numpy, mirrored, and on shapes that are known."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from enbloc.case.anatomy import CORD, SAC, Level, Side, tumour, vertebra
from enbloc.case.answer import Unknown
from enbloc.errors import RecordError
from enbloc.plan.decompression.decompression import Decompression, Direction, Nearest, NoSeparation
from enbloc.plan.decompression.of_field import decompressed, tumour_left
from enbloc.plan.field import Field
from tests.plan.decompression.phantoms import (
    GRADE,
    Bools,
    bare,
    column_of_voxels,
    grown,
    made,
    mask_of,
    painted,
    planned,
    whole_box_gaps,
    without,
)

OTHER = {Direction.LEFT: Direction.RIGHT, Direction.RIGHT: Direction.LEFT}
HALVES = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, None: None}
DEEP = [GRADE.GRADE_1B, GRADE.GRADE_2, GRADE.GRADE_3]


@pytest.mark.parametrize("grade", DEEP)
def test_the_volume_is_that_of_plain_numpy(grade: GRADE) -> None:
    field = grown(grade)
    images, grid = field.images, field.images.labels["anatomy"].grid
    ill = mask_of(images, tumour("A"))
    gaps = whole_box_gaps(ill, mask_of(images, SAC) | mask_of(images, CORD), grid)
    for one in planned(grade).targets:
        removed = gaps < one.target_mm - 1e-6
        assert one.removed.cc == pytest.approx(removed.sum() * grid.voxel_cc)
        assert one.left.cc == pytest.approx((~removed).sum() * grid.voxel_cc)
        assert isinstance(one.to_sac, Nearest)
        assert one.to_sac.mm == pytest.approx(np.floor(gaps[~removed].min() * 10 + 1e-6) / 10)


@pytest.mark.parametrize("grade", DEEP)
def test_the_distance_to_the_cord_is_that_of_plain_numpy_before_and_after(grade: GRADE) -> None:
    field, found = grown(grade), planned(grade)
    images, grid = field.images, field.images.labels["anatomy"].grid
    whole = mask_of(images, tumour("A"))
    for mask, told in [(whole, found.to_cord), *((_left(field, one.target_mm), one.to_cord) for one in found.targets)]:
        assert isinstance(told, Nearest)
        gap = whole_box_gaps(mask, mask_of(images, CORD), grid).min()
        assert told.mm == pytest.approx(np.floor(gap * 10 + 1e-6) / 10)
        assert told.interval.low <= gap <= told.interval.high


def _left(field: Field, target_mm: float) -> Bools:
    """The tumour that is left, on the whole grid."""
    whole = mask_of(field.images, tumour("A"))
    box = field.images.labels["tumour"].boxes[tumour("A")]
    left = np.zeros_like(whole)
    left[box] = tumour_left(field, target_mm).left
    return left


@pytest.mark.parametrize("grade", DEEP)
def test_what_is_left_keeps_the_distance_and_parts_add_up(grade: GRADE) -> None:
    found = planned(grade)
    diagonal = 0.5 * np.sqrt(3.0) * 1.5
    for one in found.targets:
        assert isinstance(one.to_sac, Nearest)
        assert one.to_sac.mm >= one.target_mm
        assert one.to_sac.interval.low >= one.target_mm - 2.0 * diagonal - 0.1
        assert isinstance(one.to_cord, Nearest)
        assert one.to_cord.mm >= one.to_sac.mm  # the cord lies within the sac
        assert not isinstance(one.in_bone, Unknown)
        assert not isinstance(one.free, Unknown)
        assert one.in_bone.cc + one.free.cc == pytest.approx(one.removed.cc)
        assert sum(part.removed.cc for part in one.at) == pytest.approx(one.removed.cc)
        assert sum(part.in_bone_cc or 0.0 for part in one.at) == pytest.approx(one.in_bone.cc)
        assert one.removed.cc + one.left.cc == pytest.approx(found.tumour.cc)
        for amount in (one.removed, one.left, one.in_bone, one.free, *(part.removed for part in one.at)):
            assert amount.interval.low <= amount.cc <= amount.interval.high
    first, second = found.targets
    assert second.removed.cc > first.removed.cc


def test_three_millimetres_take_all_that_two_take() -> None:
    for grade in DEEP:
        two, three = (tumour_left(grown(grade), mm) for mm in (2.0, 3.0))
        assert (three.removed >= two.removed).all()
        assert not (two.removed & two.left).any()


@pytest.mark.parametrize("grade", DEEP)
def test_other_voxels_agree_within_the_interval(grade: GRADE) -> None:
    fine = planned(grade, spacing=1.0)
    for spacing in (1.5, 2.0):
        for one, other in zip(fine.targets, planned(grade, spacing=spacing).targets, strict=True):
            assert other.removed.interval.low <= one.removed.cc <= other.removed.interval.high
            assert other.left.interval.low <= one.left.cc <= other.left.interval.high


@pytest.mark.parametrize("grade", [GRADE.GRADE_1C, GRADE.GRADE_3])
def test_a_mirrored_patient_has_the_mirrored_answer(grade: GRADE) -> None:
    here, there = planned(grade, Side.LEFT), planned(grade, Side.LEFT, is_mirrored=True)
    assert isinstance(here.to_cord, Nearest)
    assert isinstance(there.to_cord, Nearest)
    assert here.to_cord.side is Side.LEFT
    assert there.to_cord.side is HALVES[here.to_cord.side]
    assert there.to_cord.mm == here.to_cord.mm
    for one, other in zip(here.targets, there.targets, strict=True):
        amounts = {(part.level, part.direction): part.removed.cc for part in one.at}
        mirrored = {(part.level, OTHER.get(part.direction, part.direction)): part.removed.cc for part in other.at}
        assert mirrored == pytest.approx(amounts)
        assert {(way.level, HALVES[way.side]) for way in other.access.ways} == {
            (way.level, way.side) for way in one.access.ways
        }
        taken, others = ({(o.level, *part) for o in s.access.openings for part in o.parts} for s in (one, other))
        assert {(level, part, HALVES[side]) for level, part, side in others} == taken
        assert other.expected.grades == one.expected.grades


@cache
def slab() -> Field:
    """A sac as a box of 14 × 10 mm, the cord in it, and before it a slab of tumour as wide, 6 mm thick, 12 mm tall."""
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    cord = column_of_voxels(bare(), (-3, 2), (-1, 3), (-50, 50))
    return painted(column_of_voxels(bare(), (-7, 6), (-10, -5), (-6, 5)), sac=sac, cord=cord)


def test_a_slab_in_front_loses_its_face_times_the_target() -> None:
    found = made(slab())
    for one in found.targets:
        assert one.removed.cc == pytest.approx(14.0 * 12.0 * one.target_mm / 1000.0)
        assert isinstance(one.to_sac, Nearest)
        assert isinstance(one.to_cord, Nearest)
        assert one.to_sac.mm == one.target_mm
        assert one.to_cord.mm == 3.0 + one.target_mm  # three voxels of fluid before the cord
        assert {part.level for part in one.at} == {Level.T8}
        assert not {Direction.BEHIND} & {part.direction for part in one.at}
    assert isinstance(found.to_cord, Nearest)
    assert (found.to_cord.mm, found.to_cord.direction, found.to_cord.side) == (3.0, Direction.FRONT, None)


def test_what_is_left_near_the_cord_is_counted() -> None:
    one, _ = made(slab()).targets
    assert isinstance(one.near_cord, tuple)
    assert [near.than_mm for near in one.near_cord] == [1, 2, 3, 5]
    assert [near.amount.cc for near in one.near_cord] == [0.0] * 4  # at 5 mm it begins
    deeper = planned(GRADE.GRADE_3).targets[0]
    assert isinstance(deeper.near_cord, tuple)
    assert deeper.near_cord[-1].percent > 0.0
    for first, second in pairwise(deeper.near_cord):
        assert first.percent <= second.percent
    for near in deeper.near_cord:
        assert near.percent_interval.low <= near.percent <= near.percent_interval.high
        assert near.percent == pytest.approx(100.0 * near.amount.cc / deeper.left.cc)


def test_what_lies_in_bone_is_what_the_vertebra_holds() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-7, 5), (-50, 50))
    ill = column_of_voxels(bare(), (-5, 4), (-16, -8), (-3, 2))
    bone = mask_of(bare().images, vertebra(Level.T8))
    for one in made(painted(ill, sac=sac)).targets:
        removed = column_of_voxels(bare(), (-5, 4), (-7 - one.target_mm, -8), (-3, 2))
        assert not isinstance(one.in_bone, Unknown)
        assert not isinstance(one.free, Unknown)
        assert one.in_bone.cc == pytest.approx((removed & bone).sum() / 1000.0)
        assert one.free.cc == pytest.approx((removed & ~bone).sum() / 1000.0)
        assert one.in_bone.cc > 0.0
        assert one.free.cc > 0.0


def test_a_slab_on_one_side_lies_on_that_side() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    for x, direction in (((7, 10), Direction.LEFT), ((-11, -8), Direction.RIGHT)):
        found = made(painted(column_of_voxels(bare(), x, (-2, 3), (-6, 5)), sac=sac))
        assert {part.direction for part in found.targets[0].at} == {direction}
        assert isinstance(found.to_sac, Nearest)
        assert found.to_sac.side is Side(direction.value)
        assert isinstance(found.to_cord, Unknown)


def test_all_of_a_thin_layer_goes_and_nothing_is_left() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    cord = column_of_voxels(bare(), (-3, 2), (-1, 3), (-50, 50))
    one = made(painted(column_of_voxels(bare(), (-5, 4), (-5, -5), (-6, 5)), sac=sac, cord=cord)).targets[0]
    assert one.left.cc == 0.0
    assert one.to_cord is None
    assert one.to_sac is None
    assert one.near_cord == ()
    assert [grade.value for grade in one.expected.grades] == ["0"]
    assert one.meets is True


def test_tumour_between_the_targets_goes_for_the_higher_one_alone() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    near, far = made(painted(column_of_voxels(bare(), (-7, 6), (-10, -7), (-6, 5)), sac=sac)).targets
    assert near.removed.cc == 0.0
    assert near.levels == ()
    assert near.access.openings == ()
    assert far.removed.cc == pytest.approx(14.0 * 12.0 * 1.0 / 1000.0)
    assert far.levels == (Level.T8,)


@settings(max_examples=10, deadline=None)
@given(
    wide=st.integers(1, 8), deep=st.integers(1, 8), tall=st.integers(2, 14), more=st.tuples(*[st.integers(0, 4)] * 3)
)
def test_a_larger_tumour_never_needs_less(wide: int, deep: int, tall: int, more: tuple[int, int, int]) -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    small = column_of_voxels(bare(), (0, wide), (-4 - deep, -5), (0, tall))
    large = column_of_voxels(bare(), (-more[0], wide + more[0]), (-4 - deep - more[1], -5), (-more[2], tall + more[2]))
    less, greater = (decompressed(painted(ill, sac=sac)) for ill in (small, large))
    if isinstance(less, NoSeparation) or isinstance(greater, NoSeparation):
        assert isinstance(less, NoSeparation)
        return
    for one, other in zip(less.targets, greater.targets, strict=True):
        assert other.removed.cc >= one.removed.cc
        first, second = ({(p.level, p.part, p.side): p.percent for p in s.access.parts} for s in (one, other))
        assert all(second.get(part, 0.0) >= percent for part, percent in first.items())


def test_it_is_written_and_read_back() -> None:
    adapter = TypeAdapter(Decompression)
    for found in (planned(GRADE.GRADE_3), made(without(grown(GRADE.GRADE_2), CORD))):
        assert adapter.validate_json(adapter.dump_json(found)) == found
    assert str(planned(GRADE.GRADE_3).targets[0].removed).endswith(")")


def test_a_mask_is_refused_where_there_is_no_separation() -> None:
    with pytest.raises(RecordError, match="not labelled"):
        tumour_left(without(grown(GRADE.GRADE_2), tumour("A")), 2.0)
