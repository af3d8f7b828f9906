"""The way to tumours painted into the thecal sac: levels, one side or both, dumbbells, what INTRA-14 makes of it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from enbloc.case import fact as f
from enbloc.case.anatomy import CORD, SAC, Level, Part, Side
from enbloc.case.answer import Unknown
from enbloc.case.finding import Finding, Findings
from enbloc.case.geometry import Triple
from enbloc.decide import PlanFacts
from enbloc.decide.deciding import judge
from enbloc.decide.decision import Holds
from enbloc.errors import RecordError
from enbloc.plan.laminae.exposure import Exposure, Width, exposure
from enbloc.plan.laminae.facts import facts_of
from enbloc.plan.operation import Operation
from enbloc.plan.price.opening import LAMINAE
from enbloc.stage import scores
from tests.decide.rows.intradural import MENINGIOMA
from tests.decide.situations import READY, a_case, found
from tests.plan.laminae.phantoms import ACROSS, LEFT_OF_CORD, T8, bare, epidural, intradural
from tests.strategies import LESION

Ball = tuple[Triple, Triple]
FULL_ON_LEFT = (Part.LAMINA, Side.LEFT)
DUMBBELL: tuple[Ball, ...] = (((13.0, 0.0, -10.0), (7.0, 4.0, 4.0)), ((7.0, 0.0, -8.0), (3.0, 5.0, 9.0)))
"""A part within the dura on the left and one in the foramen below the pedicle of T8."""


def mirrored(*balls: Ball) -> tuple[Ball, ...]:
    return tuple(((-x, y, z), radii) for (x, y, z), radii in balls)


@cache
def of(*balls: Ball, inside: bool = True) -> Exposure:
    return exposure(intradural(*balls, inside=inside))


def long(half_mm: float) -> Ball:
    return ((7.5, 0.0, 0.0), (3.0, 4.0, half_mm))


def test_a_tumour_on_one_side_of_the_cord_needs_one_half_of_the_arch() -> None:
    for balls, side in (((LEFT_OF_CORD,), Side.LEFT), (mirrored(LEFT_OF_CORD), Side.RIGHT)):
        told = of(*balls)
        assert told.feasible is True
        assert (told.width, told.side) == (Width.HEMILAMINECTOMY, side)
        assert T8 in told.levels
        assert [(one.level, one.parts) for one in told.openings] == [
            (level, ((Part.LAMINA, side),)) for level in told.levels
        ]
        assert told.joints == ()
        assert told.smaller == ()


def test_a_tumour_across_the_midline_needs_the_whole_arch() -> None:
    told = of(ACROSS)
    assert (told.width, told.side) == (Width.LAMINECTOMY, None)
    assert all(one.parts == LAMINAE for one in told.openings)
    assert told.right_edge_mm is not None
    assert told.left_edge_mm is not None
    assert told.right_edge_mm.high < 0.0 < told.left_edge_mm.low
    # half a voxel of the tumour and half a voxel of the cord, either way
    assert told.right_edge_mm.high - told.right_edge_mm.low == pytest.approx(4.0 * 0.75, abs=0.1)


def test_half_a_voxel_between_one_side_and_both_opens_both_and_says_so() -> None:
    seen = []
    behind: list[Ball] = [((x, 5.8, 0.0), (3.0, 1.6, 8.0)) for x in (1.0, 2.0, 4.0)]
    for ball in (*behind, LEFT_OF_CORD):  # farther and farther to the left
        told = of(ball)
        seen.append(told.width)
        if told.width is Width.BORDERLINE:
            assert all(one.parts == LAMINAE for one in told.openings)
            assert all(one.parts == (FULL_ON_LEFT,) for one in told.smaller)
            assert told.side is Side.LEFT
            assert any("half a voxel decides" in words for words in told.borderline)
    order = [Width.LAMINECTOMY, Width.BORDERLINE, Width.HEMILAMINECTOMY]
    places = [order.index(one) for one in seen if one in order]
    assert len(places) == len(seen)
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}


def test_a_tumour_in_the_cord_is_come_to_through_the_middle_whatever_side_it_lies_on() -> None:
    told = of(((2.6, 0.0, 0.0), (1.6, 2.5, 9.0)))
    assert told.width is Width.LAMINECTOMY
    assert any("INTRA-06" in words for words in told.reasons)


def test_the_length_is_that_of_the_tumour() -> None:
    field = intradural(LEFT_OF_CORD)
    labels, one = field.images.labels["tumour"], field.column.spine[T8]
    heights = one.inside(labels.grid.points_mm(np.argwhere(labels.labels > 0)))[:, 2]
    told = of(LEFT_OF_CORD)
    assert told.length_mm is not None
    assert told.length_mm.low <= np.ptp(heights) + 1.5 <= told.length_mm.high
    assert told.length_mm.high - told.length_mm.low <= 4.0 * 0.75 + 0.1


@settings(max_examples=6, deadline=None)
@given(st.sampled_from([5.0, 12.0, 24.0]), st.sampled_from([5.0, 12.0, 24.0]))
def test_a_longer_tumour_never_needs_fewer_levels(one: float, other: float) -> None:
    short, longer = (of(long(half)) for half in sorted((one, other)))
    assert set(short.levels) <= set(longer.levels)


@settings(max_examples=8, deadline=None)
@given(st.floats(0.0, 30.0), st.floats(0.0, 30.0))
def test_more_room_beyond_the_poles_never_needs_fewer_levels(one: float, other: float) -> None:
    field = _field()
    near, far = (exposure(field, beyond_mm=mm) for mm in sorted((one, other)))
    assert set(near.levels) <= set(far.levels)
    assert near.length_mm == far.length_mm


@cache
def _field() -> Any:
    return intradural(LEFT_OF_CORD)


def test_a_dumbbell_takes_the_facet_before_its_foramen_on_its_side() -> None:
    for balls, side in ((DUMBBELL, Side.LEFT), (mirrored(*DUMBBELL), Side.RIGHT)):
        told = of(*balls, inside=False)
        assert told.joints is not None
        assert [(one.above, one.below, one.side) for one in told.joints] == [(T8, Level.T9, side)]
        taken = [(one.level, part) for one in told.openings for part in one.parts if part[0] is Part.FACET]
        assert taken == [(T8, (Part.FACET, side))]
        assert facts_of(told).value(f.FACET_REMOVED, LESION) == 100.0
        assert any("APP-12" in words and "INTRA-04" in words for words in told.reasons)


def test_while_a_foramen_is_open_so_is_the_facet() -> None:
    field = intradural(*DUMBBELL, inside=False)
    unread = Findings(found=tuple(one for one in field.findings.found if one.fact != f.FORAMEN_LEFT.id))
    told = exposure(replace(field, findings=unread))
    assert told.joints is None
    assert any("left foramen" in words for words in told.missing)
    assert isinstance(facts_of(told)[f.FACET_REMOVED, LESION], Unknown)
    assert "left foramen" in facts_of(told).why_missing(f.FACET_REMOVED, LESION)


def test_a_tumour_outside_the_dura_is_another_operation() -> None:
    told = exposure(epidural())
    assert told.feasible is False
    assert told.nearest
    assert facts_of(told) == Findings()


def test_without_a_sac_nobody_knows_on_which_side_of_the_dura_it_lies() -> None:
    told = exposure(intradural(LEFT_OF_CORD, lacking=frozenset({SAC})))
    assert isinstance(told.feasible, Unknown)
    assert told.missing
    assert told.openings == ()


def test_without_a_cord_the_middle_of_the_sac_counts_and_is_named() -> None:
    field = intradural(LEFT_OF_CORD)
    anatomy = field.images.labels["anatomy"]
    names = {number: SAC if named == CORD else named for number, named in anatomy.names.items()}
    images = replace(field.images, labels={**field.images.labels, "anatomy": replace(anatomy, names=names)})
    told = exposure(replace(field, images=images))
    assert told.side is Side.LEFT
    assert any("middle of the thecal sac" in words for words in told.reasons)


def test_a_tumour_beyond_the_labelled_vertebrae_leaves_the_number_open() -> None:
    told = of(long(60.0))
    assert told.levels == bare()[1].levels
    assert any("above T6" in words for words in told.unseen)
    assert "above T6" in facts_of(told).why_missing(f.LAMINECTOMY_LEVELS, LESION)


@pytest.mark.parametrize(("balls", "inside", "beyond_mm", "holds"), [
    ((LEFT_OF_CORD,), True, 0.0, None),
    ((LEFT_OF_CORD,), True, 30.0, Holds.YES),
    (DUMBBELL, False, 0.0, Holds.YES),
    ((long(60.0),), True, 5.0, Holds.UNKNOWN),
])  # fmt: skip
def test_the_rule_on_stability_reads_levels_and_facet(
    balls: tuple[Ball, ...], inside: bool, beyond_mm: float, holds: Holds | None
) -> None:
    told = exposure(intradural(*balls, inside=inside), beyond_mm=beyond_mm)
    case, held = a_case(), found(MENINGIOMA)
    plan = PlanFacts(act=Operation.INTRADURAL.act, about=LESION, levels=(T8,), findings=facts_of(told))
    option = judge(plan, case, held, scores(case, held), circumstances=READY)
    said = {one.rule: one.holds for one in (*option.speaks, *option.pending, *option.stops, *option.risks)}
    assert said.get("INTRA-14") is holds


def test_levels_count_with_the_interval_of_half_a_voxel() -> None:
    told = of(LEFT_OF_CORD)
    count = facts_of(told)[f.LAMINECTOMY_LEVELS, LESION]
    assert isinstance(count, Finding)
    assert count.value == len(told.levels)
    assert count.low == len(set(told.levels) - set(told.levels_open))


def test_room_beyond_the_poles_that_cannot_be_is_refused() -> None:
    with pytest.raises(RecordError, match="not possible"):
        exposure(_field(), beyond_mm=-1.0)


def test_a_scan_that_ends_in_the_tumour_leaves_the_number_open() -> None:
    told = of(long(200.0))
    assert any("edge of the scan" in words for words in told.unseen)
    assert isinstance(facts_of(told)[f.LAMINECTOMY_LEVELS, LESION], Unknown)


def test_the_result_is_written_and_read_back() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Exposure)
    for told in (of(LEFT_OF_CORD), of(*DUMBBELL, inside=False), exposure(epidural())):
        assert adapter.validate_json(adapter.dump_json(told)) == told
