"""Anatomy that allows little and images that show little: the reason, what can be done instead, and nothing ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from enbloc.case.anatomy import CORD, Layer, Level, Side, StructureKind, vertebra
from enbloc.case.fact import EsccReported
from enbloc.phantom import Epidural, Room, Tumour, build, in_body
from enbloc.plan.en_bloc.criteria import ON_ALL_SIDES
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from tests.plan.en_bloc.phantoms import BODY, RECIPE, T8, at, field_of, read, recipe
from tests.plan.en_bloc.test_criteria import SETS
from tests.plan.en_bloc.test_patterns import SAGITTAL, WHOLE, filled
from tests.plan.laminae.phantoms import LEFT_OF_CORD, intradural


def small_pair() -> Field:
    """Two small tumours under one name, a hand's breadth of bone between them."""
    return field_of(recipe(*(in_body(T8, radii_mm=(3.0, 3.0, 3.0), centre_mm=(x, -4.0, 0.0)) for x in (-7.0, 7.0))))


def all_around() -> Field:
    return field_of(recipe(replace(at((0.0, 8.0, 0.0), (26.0, 34.0, 16.0)), room=Room.BOTH)))


def body_alone(*lacking: StructureKind) -> Field:
    """A vertebra of which only the body is labelled."""
    phantom = build(recipe(BODY))
    held, one = phantom.images.labels["anatomy"], whole().column.spine[T8]
    labels = held.labels.copy()
    where = np.argwhere(labels == held.ids[vertebra(T8)][0])
    behind = one.inside(held.grid.points_mm(where))[:, 1] > one.back_mm
    labels[tuple(where[behind].T)] = 0
    shown = {**phantom.images.labels, "anatomy": replace(held, labels=labels)}
    return read(phantom.case, replace(phantom.images, labels=shown), frozenset(lacking))


@cache
def whole() -> Field:
    return field_of(recipe(BODY))


def with_body(*levels: Level, at_level: Level, margin_mm: float = 8.0) -> Field:
    """Some levels, a tumour in the body of one of them."""
    lesion = Tumour(solids=(in_body(at_level),))
    return field_of(replace(RECIPE, levels=levels, tumours=(lesion,), margin_mm=margin_mm))


CASES: dict[str, Callable[[], Field]] = {
    "all around": all_around,
    "no cord": lambda: field_of(recipe(BODY), lacking=frozenset({StructureKind.CORD})),
    "no sac": lambda: field_of(recipe(BODY), lacking=frozenset({StructureKind.SAC})),
    "two pieces": small_pair,
    "incomplete": lambda: with_body(T8, Level.T9, at_level=T8, margin_mm=-8.0),
    "closed canal": lambda: field_of(
        replace(RECIPE, tumours=(Tumour(solids=(BODY,), epidural=(Epidural(level=T8, grade=EsccReported.GRADE_3),)),))
    ),
    "no arch": body_alone,
    "no frame": lambda: body_alone(StructureKind.CANAL, StructureKind.SAC, StructureKind.CORD),
    "within the dura": lambda: intradural(LEFT_OF_CORD),
    "two levels": lambda: field_of(recipe(in_body(T8), in_body(Level.T9))),
    "T13": lambda: with_body(Level.T12, Level.T13, Level.L1, at_level=Level.T13),
    "L6": lambda: with_body(Level.L4, Level.L5, Level.L6, at_level=Level.L6),
    "neck": lambda: with_body(Level.C4, Level.C5, Level.C6, at_level=Level.C5),
}


@cache
def case(name: str) -> Field:
    return CASES[name]()


@cache
def planned(name: str) -> dict[Operation, Plan]:
    return {plan.operation: plan for plan in plans(case(name))}


@pytest.mark.parametrize("name", CASES)
def test_nothing_in_one_piece_is_ready_and_what_cannot_be_done_has_a_reason(name: str) -> None:
    found = planned(name)
    for operation in SETS:
        plan = found[operation]
        assert not plan.is_ready, plan.id
        assert plan.reasons
        if not plan.feasible:
            assert plan.nearest, plan.id
        else:
            assert plan.not_ready or plan.borderline


def test_a_tumour_on_all_sides_is_told_as_such() -> None:
    found = planned("all around")
    for operation in SETS:
        assert ON_ALL_SIDES in found[operation].reasons
        assert found[operation].nearest[0].startswith("nothing is feasible in one piece here; feasible: ")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no cord", "no cord is labelled: how near the cuts come to it is not known"),
        ("no sac", "no thecal sac is labelled: how near the cuts come to it is not known"),
        ("no sac", "whether the tumour lies within the dura is not known"),
        ("two pieces", "the label of tumour A lies in 2 separate pieces: each needs a plan of its own"),
        ("two levels", "the label of tumour A lies in 2 separate pieces: each needs a plan of its own"),
        ("incomplete", "T8 is cut by the edge of the scan"),
        ("no arch", "no arch of T8 is labelled: whether the vertebra is whole is not known"),
        ("neck", "no vertebral artery left is labelled: how near the cuts come to it is not known"),
        ("neck", "no vertebral artery right is labelled: how near the cuts come to it is not known"),
        ("closed canal", "whether the tumour lies within the dura is not known"),
    ],
)
def test_what_keeps_a_vertebrectomy_from_ready_is_named(name: str, words: str) -> None:
    assert words in planned(name)[WHOLE].not_ready


def test_a_small_tumour_that_no_sector_counts_is_still_not_left_behind() -> None:
    arch = planned("two pieces")[Operation.POSTERIOR_ARCH]
    assert not arch.feasible
    assert "which it would not leave whole" in arch.reasons[0]
    assert arch.tumour_left_cc is None
    assert "no sector holds enough of the tumour to count" in arch.reasons
    side = planned("two pieces")[SAGITTAL]
    assert side.reasons == ("sagittal resection: the sectors that the tumour may hold lie on no one side.",)


def test_a_canal_that_tumour_has_closed_lets_nothing_out_in_one_piece() -> None:
    found = planned("closed canal")
    assert not any(found[operation].feasible for operation in SETS)
    assert found[WHOLE].reasons[0].startswith("the specimen cannot leave")
    assert found[Operation.SEPARATION].feasible


def test_a_level_without_a_frame_has_no_cuts_and_says_why() -> None:
    plan = planned("no frame")[WHOLE]
    assert not plan.cuts
    assert "no canal beside T8 and no closed ring of bone" in plan.reasons[0]
    assert plan.nearest[0] == "Label the whole vertebra."


def test_a_tumour_within_the_dura_is_no_matter_of_sectors() -> None:
    found = planned("within the dura")
    assert all(found[operation].reasons == ("the tumour lies within the dura",) for operation in SETS)
    assert found[Operation.INTRADURAL].feasible
    assert found[Operation.INTRADURAL].side is Side.LEFT
    assert all("intradural removal" in found[operation].nearest[0] for operation in SETS)


def test_two_levels_have_six_cuts_each_pedicle_named_with_its_level() -> None:
    plan = planned("two levels")[WHOLE]
    assert plan.id == "en bloc vertebrectomy T8–T9"
    assert [cut.name for cut in plan.cuts] == [
        "cranial cut",
        "caudal cut",
        "left pedicle cut T8",
        "right pedicle cut T8",
        "left pedicle cut T9",
        "right pedicle cut T9",
    ]
    assert plan.price is not None
    assert [one.value for one in plan.price.arteries.cut] == ["T8 left", "T8 right", "T9 left", "T9 right"]


@pytest.mark.parametrize("name", ["T13", "L6"])
def test_a_transitional_level_is_planned_by_its_own_name(name: str) -> None:
    found = planned(name)
    assert {plan.levels for plan in found.values() if plan.operation in SETS} == {(Level(name),)}
    assert found[WHOLE].id == f"en bloc vertebrectomy {name}"


# --- a margin that is larger than the anatomy -------------------------------------------------------------------------


@cache
def wide(*, is_cord: bool = False) -> Field:
    """A tumour so wide that the aorta leaves no cut; or a part of the cord, which nobody holds away, in its place."""
    phantom = build(recipe(*filled(5, 6, 7, 8), *filled(5, 6, 7, 8, layer=Layer.B)))
    field = read(phantom.case, phantom.images)
    if not is_cord:
        return field
    held = phantom.images.labels["anatomy"]
    names = {number: CORD if named.kind is StructureKind.AORTA else named for number, named in held.names.items()}
    labels = {**phantom.images.labels, "anatomy": replace(held, names=names)}
    return replace(field, images=replace(phantom.images, labels=labels))  # the column stays that of the spine


def test_a_cut_for_which_a_vessel_has_to_be_held_away_is_given_and_never_ready() -> None:
    plan = with_margin(wide(), 4.0)
    assert len(plan.cuts) == 4
    assert plan.feasible
    assert not plan.is_ready
    near = [line for line in plan.not_ready if "so it has to be held away" in line]
    assert near
    assert all(" mm of the aorta, 2 asked: no cut keeps that" in line for line in near)


def with_margin(held: Field, margin_mm: float) -> Plan:
    (plan,) = plans(held, Wishes(operations=(WHOLE,), margin_mm=margin_mm))
    return plan


@pytest.mark.parametrize("asked_mm", [4.0, 3.7])
def test_the_largest_margin_with_which_all_cuts_can_be_made_is_named_and_holds(asked_mm: float) -> None:
    refused = with_margin(wide(is_cord=True), asked_mm)
    assert not refused.cuts
    assert refused.reasons[0].startswith("no plane of the ")
    named = float(refused.nearest[0].removeprefix("with a margin of ").split(" mm")[0])
    assert refused.nearest[0] == f"with a margin of {named:g} mm all of its cuts can be made"
    assert len(with_margin(wide(is_cord=True), named).cuts) == 4
    assert not with_margin(wide(is_cord=True), named + 0.5).cuts


def test_a_margin_that_takes_the_cord_along_names_the_usual_one() -> None:
    refused = with_margin(whole(), 25.0)
    assert not refused.feasible
    assert "the specimen cannot leave" in refused.reasons[0]
    assert refused.nearest == ("with a margin of 4 mm it is feasible",)
    assert with_margin(whole(), 4.0).feasible


# --- another tumour in the way ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "centre_z", "is_met"), [(T8, 12.0, True), (Level.T9, -3.0, False)])
def test_a_cut_through_the_tumour_of_another_lesion_is_told(level: Level, centre_z: float, is_met: bool) -> None:
    """Lesion A lies in the body; B reaches across the disc above, or lies far from every cut."""
    other = replace(at((0.0, -4.0, centre_z), (6.0, 6.0, 5.0), level), room=Room.BOTH)
    made = replace(recipe(BODY), tumours=(Tumour(solids=(BODY,)), Tumour(lesion="B", solids=(other,))))
    (plan,) = plans(field_of(made), Wishes(operations=(WHOLE,)))
    said = [words for words in plan.not_ready if "tumour B" in words]
    assert said == (["the cranial cut runs through tumour B, which it would open"] if is_met else [])
