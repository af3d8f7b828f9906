"""A tumour of a vertebra that nobody labelled is never in silence one of its neighbour; nor is a cut one whole."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from enbloc.case.anatomy import Level, tumour
from enbloc.case.image import Images
from enbloc.measure.measuring import measure
from enbloc.phantom import Recipe, Tumour, build, in_body
from enbloc.phantom.recipe import Room, Solid
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field, fields_of
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.unlabelled import cut_by_the_scan, unlabelled_levels

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


@cache
def cut_in_front() -> Field:
    """A body with growth in front of it that the scan, and no vertebra, ends in."""
    solids = (
        in_body(Level.T12),
        Solid(level=Level.T12, centre_mm=(0.0, -20.0, 0.0), radii_mm=(8.0, 10.0, 8.0), room=Room.BOTH),
    )
    made = build(replace(RECIPE, tumours=(Tumour(solids=solids),)))
    start = made.images.labels["tumour"].boxes[tumour("A")][1].start + 2
    labels = {
        role: replace(held, labels=held.labels[:, start:].copy(), grid=held.grid.cropped(_box(held.grid.shape, start)))
        for role, held in made.images.labels.items()
    }
    images = Images(volumes={}, labels=labels)
    return fields_of(made.case, images, measure(made.case, images))[0]


def _box(shape: tuple[int, int, int], start: int) -> tuple[slice, slice, slice]:
    return (slice(0, shape[0]), slice(start, shape[1]), slice(0, shape[2]))


def test_of_a_tumour_that_the_scan_ends_in_no_plan_is_ready_and_nobody_knows_what_is_left() -> None:
    said = "the tumour is cut by the front edge of the scan: what lies beyond is in no cut and no margin"
    assert tuple(cut_by_the_scan(cut_in_front())) == (said,)
    assert tuple(cut_by_the_scan(seen())) == ()
    found = plans(cut_in_front(), Wishes(operations=(*PIECEMEAL.operations, Operation.VERTEBRECTOMY)))
    assert [plan.feasible for plan in found] == [True, True, True]
    for plan in found:
        assert plan.tumour_left_cc is None
        assert (said in plan.not_ready) is (plan.operation is not Operation.OBSERVATION)
