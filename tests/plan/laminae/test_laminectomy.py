"""Laminectomy alone: the levels behind epidural tumour, what stays in front, and the stop that speaks of it."""

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
from enbloc.case.anatomy import CANAL, Level, Part, Side, tumour
from enbloc.case.answer import Unknown
from enbloc.case.fact import EsccReported
from enbloc.case.finding import Finding, Findings
from enbloc.decide import PlanFacts
from enbloc.decide.deciding import judge
from enbloc.decide.decision import Holds
from enbloc.measure.cord.parameters import EPIDURAL_AREA
from enbloc.phantom import Tumour, build, in_body
from enbloc.plan.field import Field
from enbloc.plan.laminae.facts import facts_of
from enbloc.plan.laminae.laminectomy import Laminectomy, laminectomy
from enbloc.plan.operation import Operation
from enbloc.plan.price.opening import LAMINAE
from enbloc.stage import scores
from tests.decide.situations import METASTASIS, READY, STABLE, UNSTABLE, a_case, found
from tests.plan.laminae.phantoms import BARE, LEFT_OF_CORD, LEVELS, epidural, intradural, measured
from tests.strategies import LESION

T7, T8, T9 = LEVELS
FIVE = (Level.T6, T7, T8, T9, Level.T10)


@cache
def of(**made: Any) -> Laminectomy:
    return laminectomy(epidural(**made))


def in_canal_cc(field: Field) -> float:
    """The tumour within the label of the canal."""
    labels, canal = field.images.map_of(tumour(LESION)), field.images.map_of(CANAL)
    assert labels is not None
    assert canal is not None
    points = labels.grid.points_mm(np.argwhere(labels.labels > 0))
    return int(canal.holds(CANAL, points).sum()) * labels.grid.voxel_cc


def test_the_laminae_behind_the_tumour_go_and_the_facets_stay() -> None:
    told = of()
    assert told.feasible is True
    assert told.levels == (T8,)
    assert [(one.level, one.parts) for one in told.openings] == [(T8, LAMINAE)]
    assert all(part is not Part.FACET for one in told.openings for part, _ in one.parts)
    assert told.missing == ()


def test_tumour_in_front_is_told_and_stays() -> None:
    told = of()
    assert told.front is not None
    assert told.beside is not None
    assert told.back is not None
    assert told.front.interval.low > told.back.interval.high
    whole = told.front.cc + told.beside.cc + told.back.cc
    assert whole == pytest.approx(in_canal_cc(epidural()), rel=0.03)
    assert [one.level for one in told.in_canal] == [T8]
    assert any(words.startswith("all of it is left") for words in told.reasons)


def test_growth_from_one_side_lies_there_and_its_mirror_image_on_the_other() -> None:
    left, right = (of(towards=side) for side in Side)
    ours, theirs = left.in_canal[0], right.in_canal[0]
    assert ours.left.interval.low > ours.right.interval.high
    assert ours.left.cc == pytest.approx(theirs.right.cc, abs=0.02)
    assert ours.front.cc == pytest.approx(theirs.front.cc, abs=0.02)
    assert left.levels == right.levels


@settings(max_examples=5, deadline=None)
@given(st.sampled_from([4.0, 10.0, 20.0, 34.0]), st.sampled_from([4.0, 10.0, 20.0, 34.0]))
def test_longer_growth_never_takes_fewer_laminae(one: float, other: float) -> None:
    short, long = (of(levels=FIVE, length_mm=mm) for mm in sorted((one, other)))
    assert set(short.levels) <= set(long.levels)
    assert short.stretch_mm is not None
    assert long.stretch_mm is not None
    assert short.stretch_mm.high <= long.stretch_mm.high


def test_levels_that_half_a_voxel_decides_are_told_and_widen_their_number() -> None:
    seen = set()
    for mm in (4.0, 10.0, 20.0, 34.0):
        told = of(levels=FIVE, length_mm=mm)
        count = facts_of(told)[f.LAMINECTOMY_LEVELS, LESION]
        assert isinstance(count, Finding)
        assert (count.low, count.high) == (
            len(set(told.levels) - set(told.levels_open)),
            len({*told.levels, *told.levels_open}),
        )
        assert len(told.borderline) == len(told.levels_open)
        seen.add(bool(told.levels_open))
    assert seen == {True, False}


def test_a_stretch_beyond_the_labels_leaves_the_number_open() -> None:
    told = of(levels=(T8,), length_mm=34.0)
    assert told.levels == (T8,)
    assert any("above T8" in words for words in told.missing)
    assert "above T8" in facts_of(told).why_missing(f.LAMINECTOMY_LEVELS, LESION)


def test_without_epidural_tumour_there_is_nothing_to_decompress() -> None:
    told = laminectomy(measured(build(replace(BARE, tumours=(Tumour(solids=(in_body(T8),)),)))))
    assert told.feasible is False
    assert told.nearest
    assert told.openings == ()
    assert facts_of(told) == Findings()


def test_a_trace_of_tumour_that_half_a_voxel_could_make_count_leaves_it_open() -> None:
    field = epidural()
    area = field.findings[f.EPIDURAL_AREA, LESION]
    assert isinstance(area, Finding)
    planes = field.findings.many(f.CANAL_PROFILE, LESION)
    assert planes is not None
    thin = tuple(replace(one, tumour_mm2=0.9 * EPIDURAL_AREA.number) for one in planes)
    kept = tuple(replace(one, value=thin) if one.fact == f.CANAL_PROFILE.id else one for one in field.findings.found)
    assert isinstance(laminectomy(replace(field, findings=Findings(found=kept))).feasible, Unknown)


def test_a_tumour_within_the_dura_is_another_operation() -> None:
    told = laminectomy(intradural(LEFT_OF_CORD))
    assert told.feasible is False
    assert told.nearest == ("intradural removal",)


def test_what_is_not_measured_is_asked_for() -> None:
    told = laminectomy(replace(epidural(), findings=Findings()))
    assert isinstance(told.feasible, Unknown)
    assert told.missing == (f.CANAL_PROFILE.ask,)


PRESSED: dict[Any, Any] = {f.VENTRAL_COMPRESSION: True}
NOT_PRESSED: dict[Any, Any] = {f.VENTRAL_COMPRESSION: False}


@pytest.mark.parametrize(("known", "holds"), [
    (STABLE | PRESSED, Holds.YES),
    (UNSTABLE | NOT_PRESSED, Holds.YES),
    (STABLE | {f.VENTRAL_COMPRESSION: None}, Holds.UNKNOWN),
    ({f.PAIN: None, f.ALIGNMENT_REPORTED: None, f.COLLAPSE_REPORTED: None} | NOT_PRESSED, Holds.UNKNOWN),
    (STABLE | NOT_PRESSED, None),
])  # fmt: skip
def test_the_stop_speaks_of_it(known: dict[Any, Any], holds: Holds | None) -> None:
    told = of()
    case, held = a_case(), found(METASTASIS | known)
    plan = PlanFacts(act=Operation.LAMINECTOMY.act, about=LESION, levels=told.levels, findings=facts_of(told))
    option = judge(plan, case, held, scores(case, held), circumstances=READY)
    assert {stop.rule: stop.holds for stop in option.stops}.get("STOP-22") is holds


def test_the_stop_is_silent_of_another_plan() -> None:
    case, held = a_case(), found(METASTASIS | PRESSED)
    fixed = PlanFacts(act=Operation.SEPARATION.act, about=LESION, levels=(T8,))
    option = judge(fixed, case, held, scores(case, held), circumstances=READY)
    assert "STOP-22" not in {stop.rule for stop in option.stops}


def test_the_result_is_written_and_read_back() -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Laminectomy)
    for told in (of(), laminectomy(intradural(LEFT_OF_CORD)), of(grade=EsccReported.GRADE_1C)):
        assert adapter.validate_json(adapter.dump_json(told)) == told
