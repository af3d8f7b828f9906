"""The map of margins that is drawn is the one that the plan was reckoned from."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from enbloc.errors import RecordError
from enbloc.plan.en_bloc.resection import resection
from enbloc.plan.en_bloc.shown import margin_map_of
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.operation import Operation
from enbloc.plan.proposal import Plan
from enbloc.plan.rounding import tenth_down
from tests.plan.en_bloc.phantoms import field


@cache
def _plan() -> Plan:
    return resection(Operation.VERTEBRECTOMY, field("body"), Wishes(operations=(Operation.VERTEBRECTOMY,)))


def test_its_smallest_distance_is_the_margin_of_the_plan() -> None:
    here, plan = field("body"), _plan()
    shown = margin_map_of(plan, here.images, here.findings)

    assert plan.margin is not None
    assert tenth_down(float(shown.mm.min())) == plan.margin.mm
    nearest = shown.surface.points_mm[int(shown.mm.argmin())]
    assert nearest.tolist() == pytest.approx(plan.margin.at_mm, abs=0.01)


def test_no_point_lies_nearer_than_any_bound_says() -> None:
    here, plan = field("body"), _plan()
    shown = margin_map_of(plan, here.images, here.findings)

    assert plan.resected is not None
    assert len(shown.mm) == len(here.surface.points_mm)
    assert tenth_down(float(shown.mm.min())) == min(one.margin.mm for one in plan.resected.bounds)


def test_without_cuts_there_is_nothing_to_map() -> None:
    here = field("body")

    with pytest.raises(RecordError, match="has no cuts"):
        margin_map_of(replace(_plan(), resected=None), here.images, here.findings)
