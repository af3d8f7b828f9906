"""A tumour of a vertebra that nobody labelled is never in silence one of its neighbour."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from enbloc.case.anatomy import Level
from enbloc.measure.measuring import measure
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field, fields_of
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.unlabelled import unlabelled_levels

RECIPE = Recipe(
    levels=(Level.T11, Level.T12, Level.L1),
    tumours=(Tumour(solids=(in_body(Level.T12),)),),
    spacing_mm=(2.0, 2.0, 2.0),
    kyphosis_deg=0.0,
    noise_hu=0.0,
)
PIECEMEAL = Wishes(operations=(Operation.OBSERVATION, Operation.CURETTAGE))


@cache
def seen(*lacking: str) -> Field:
    made = build(RECIPE)
    held = made.images.labels["anatomy"]
    names = {number: named for number, named in held.names.items() if str(named) not in lacking}
    images = replace(made.images, labels={**made.images.labels, "anatomy": replace(held, names=names)})
    return fields_of(made.case, images, measure(made.case, images))[0]


@pytest.mark.parametrize(
    ("lacking", "where"),
    [
        (("vertebra T12",), "between T11 and L1, where a vertebra is not labelled"),
        (("vertebra T11", "vertebra T12"), "above L1, where no vertebra is labelled"),
        (("vertebra T12", "vertebra L1"), "below T11, where no vertebra is labelled"),
    ],
)
def test_its_levels_are_open_and_no_plan_is_ready(lacking: tuple[str, ...], where: str) -> None:
    said = f"the tumour reaches {where}: which levels it involves is not known"
    assert said in tuple(unlabelled_levels(seen(*lacking)))
    for plan in plans(seen(*lacking), PIECEMEAL):
        assert plan.is_ready is (plan.operation is Operation.OBSERVATION)
        assert (said in plan.not_ready) is (plan.feasible and not plan.is_ready)


def test_among_labelled_vertebrae_they_are_not() -> None:
    assert tuple(unlabelled_levels(seen())) == ()
    assert tuple(unlabelled_levels(seen("vertebra L1"))) == (), "a tumour within a body at the end of the column"
