"""Cuts that a person placed: they stay where they were put, and are told what they amount to."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from enbloc.case.anatomy import CANAL, CORD, SAC, Structure
from enbloc.case.geometry import Triple
from enbloc.errors import RecordError
from enbloc.plan.en_bloc.crossing import behind_the_canal
from enbloc.plan.en_bloc.placing import PlacedCut, placed_in
from enbloc.plan.en_bloc.template import template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from tests.plan.en_bloc.phantoms import T8, field_of, recipe
from tests.plan.en_bloc.test_laws import field_in, planned
from tests.plan.en_bloc.test_patterns import MADE, SAGITTAL, WHOLE

NAME = "4 and 5"


def with_cuts(*cuts: PlacedCut, operation: Operation = SAGITTAL, margin_mm: float = 4.0) -> Plan:
    wishes = Wishes(operations=(operation,), margin_mm=margin_mm, placed=cuts)
    (plan,) = plans(field_in(NAME), wishes)
    return plan


def beside(x_mm: float, normal: Triple = (-1.0, 0.0, 0.0), name: str = "sagittal cut") -> PlacedCut:
    """A cut in the frame of T8, to the left of its middle."""
    return PlacedCut(name=name, point_mm=(x_mm, 0.0, 0.0), normal=normal, frame="T8")


def in_patient(cut: PlacedCut) -> PlacedCut:
    """The same cut in the patient."""
    pose = field_in(NAME).column.spine[T8].pose
    point = pose.rotation @ np.array(cut.point_mm) + pose.origin
    normal = pose.rotation @ np.array(cut.normal)
    x, y, z = (float(number) for number in point)
    a, b, c = (float(number) for number in normal)
    return PlacedCut(name=cut.name, point_mm=(x, y, z), normal=(a, b, c))


def test_a_placed_cut_stays_and_the_others_are_searched_beside_it() -> None:
    plan = with_cuts(beside(1.5))
    cut = next(one for one in plan.cuts if one.name == "sagittal cut")
    assert cut.is_placed
    assert cut.proof == ""
    assert cut.own.normal == (-1.0, 0.0, 0.0)
    assert cut.own.distance_mm(np.array([[1.5, 7.0, -3.0]]))[0] == pytest.approx(0.0, abs=0.002)
    others = [one for one in plan.cuts if one is not cut]
    assert [one.name for one in others] == ["cranial cut", "caudal cut"]
    assert all(one.proof and not one.is_placed for one in others)
    assert plan.resected is not None
    assert plan.resected.proof is not None
    assert plan.resected.proof.lower_cc <= plan.resected.proof.value_cc


def test_it_takes_no_less_than_the_cut_that_was_searched() -> None:
    found, _ = planned(NAME, SAGITTAL)
    placed = with_cuts(beside(0.5))
    assert found.resected is not None
    assert placed.resected is not None
    assert found.resected.proof is not None
    assert placed.resected.proof is not None
    assert placed.resected.proof.value_cc >= found.resected.proof.lower_cc


def test_in_the_patient_and_in_the_vertebra_it_is_one_cut() -> None:
    """To the millionth of a millimetre that turning it there and back costs."""
    one, other = with_cuts(beside(1.5)), with_cuts(in_patient(beside(1.5)))
    assert [cut.margin for cut in one.cuts] == [cut.margin for cut in other.cuts]
    assert [cut.own.normal for cut in one.cuts] == [cut.own.normal for cut in other.cuts]
    assert (one.bone_cc, one.reasons, one.not_ready) == (other.bone_cc, other.reasons, other.not_ready)


def test_which_way_its_normal_was_given_does_not_matter() -> None:
    one, other = with_cuts(beside(1.5)), with_cuts(beside(1.5, (2.0, 0.0, 0.0)))
    assert one == other


def test_a_cut_through_tumour_makes_no_plan_and_says_so() -> None:
    plan = with_cuts(beside(10.0))
    assert not plan.feasible
    assert not plan.is_ready
    assert "the sagittal cut runs through tumour" in plan.reasons
    assert plan.tumour_left_cc is None, "what lies beyond the cut stays"
    cut = next(one for one in plan.cuts if one.name == "sagittal cut")
    assert cut.margin_mm < 0.0


def near(plan: Plan, name: str, structure: Structure) -> float | None:
    cut = next(one for one in plan.cuts if one.name == name)
    return next(one.mm for one in cut.clearances if one.structure == structure)


@pytest.mark.parametrize("x_mm", [-3.0, 0.0, 3.0])
def test_a_cut_that_would_cross_the_cord_is_no_plan(x_mm: float) -> None:
    """Between lamina and body there is no bone that distances to the cord are reckoned in."""
    plan = with_cuts(beside(x_mm))
    assert "the sagittal cut runs through the cord" in plan.reasons
    assert "the sagittal cut comes within 0 mm of the cord, 2 asked" in plan.reasons
    assert near(plan, "sagittal cut", CORD) == 0.0
    assert (plan.feasible, plan.is_ready) == (False, False)


def test_a_cut_beside_the_cord_runs_through_nothing() -> None:
    plan = with_cuts(beside(6.5))
    assert not any("runs through the" in line for line in (*plan.reasons, *plan.not_ready))
    beside_it = near(plan, "sagittal cut", CORD)
    assert beside_it is not None
    assert beside_it > 0.0


def test_a_searched_cut_that_would_cross_the_cord_is_open_and_not_ready() -> None:
    """Where the sampling lays it a hair further, its plane meets the edge of the cord: a person says where it ends."""
    made = replace(recipe(*MADE[NAME][1]), spacing_mm=(1.2, 1.2, 1.8))
    (plan,) = plans(field_of(made), Wishes(operations=(SAGITTAL,)))
    assert near(plan, "sagittal cut", CORD) == 0.0
    said = "the sagittal cut, run through, crosses the cord: where its blade ends has to be settled"
    assert said in plan.not_ready
    assert plan.feasible
    assert not plan.is_ready


def test_dura_that_yields_is_held_away_and_what_does_not_is_opened() -> None:
    """Nobody has labelled the cord: of what runs there the sac alone is seen."""
    whole = field_in(NAME)
    labels = {
        role: replace(held, names={number: one for number, one in held.names.items() if one != CORD})
        for role, held in whole.images.labels.items()
    }
    field = replace(whole, images=replace(whole.images, labels=labels))

    def told(x_mm: float) -> Plan:
        (plan,) = plans(field, Wishes(operations=(SAGITTAL,), placed=(beside(x_mm),)))
        return plan

    deep = told(3.0)
    assert "the sagittal cut runs through the thecal sac" in deep.reasons
    assert near(deep, "sagittal cut", SAC) == 0.0
    assert not any("runs through the" in line for line in told(7.0).reasons)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (beside(-8.0), "the sagittal cut runs beyond the cord: the specimen would hold it"),
        (
            beside(-60.0),
            "the sagittal cut runs out of the bone: it divides none, and none that is labelled lies beyond",
        ),
        (
            PlacedCut(name="cranial cut", point_mm=(0.0, 0.0, 60.0), normal=(0.0, 0.0, 1.0), frame="T8"),
            "the cranial cut runs out of the bone: it divides none, and none that is labelled lies beyond it",
        ),
        (
            PlacedCut(name="cranial cut", point_mm=(0.0, 0.0, -20.0), normal=(0.0, 0.0, 1.0), frame="T8"),
            "the cranial cut lies on the wrong side of the tumour: it bounds no specimen",
        ),
    ],
)
def test_a_cut_that_frees_nothing_is_no_plan(asked: PlacedCut, said: str) -> None:
    plan = with_cuts(asked)
    assert any(line.startswith(said) for line in plan.reasons), plan.reasons
    assert (plan.feasible, plan.is_ready) == (False, False)


def test_a_cut_through_bone_beside_the_cord_makes_no_plan() -> None:
    behind = PlacedCut(name="posterior cut", point_mm=(0.0, 26.0, 0.0), normal=(0.0, 1.0, 0.0), frame="T8")
    plan = with_cuts(behind)
    assert any("crosses the cord" in words or "within" in words for words in (*plan.not_ready, *plan.reasons))
    assert not plan.is_ready


@pytest.mark.parametrize("lacking", [(), (CORD,), (CORD, SAC)])
def test_an_anterior_resection_that_is_cut_behind_the_canal_is_none(lacking: tuple[Structure, ...]) -> None:
    whole = field_in(NAME)
    labels = {
        role: replace(held, names={number: one for number, one in held.names.items() if one not in lacking})
        for role, held in whole.images.labels.items()
    }
    held = replace(whole, images=replace(whole.images, labels=labels))
    laid_out = template(Operation.ANTERIOR, held)

    def told(back_mm: float) -> tuple[str, ...]:
        asked = (
            PlacedCut(name="cranial cut", point_mm=(0.0, 0.0, 14.0), normal=(0.0, 0.0, 1.0), frame="T8"),
            PlacedCut(name="caudal cut", point_mm=(0.0, 0.0, -14.0), normal=(0.0, 0.0, -1.0), frame="T8"),
            PlacedCut(name="posterior cut", point_mm=(0.0, back_mm, 0.0), normal=(0.0, 1.0, 0.0), frame="T8"),
        )
        cuts = [placed_in(cut, laid_out, held.column, held.outline) for cut in asked]
        return tuple(behind_the_canal(held, laid_out, cuts))

    named = next(one for one in (CORD, SAC, CANAL) if one not in lacking)
    assert told(45.0) == (f"the posterior cut runs behind the {named}: the specimen would hold it",)
    assert told(whole.column.spine[T8].back_mm) == ()


def test_a_further_cut_is_added_and_told() -> None:
    plan = with_cuts(PlacedCut(name="front cut", point_mm=(0.0, -18.0, 0.0), normal=(0.0, 1.0, 0.0), frame="T8"))
    assert [cut.name for cut in plan.cuts] == ["cranial cut", "caudal cut", "sagittal cut", "front cut"]
    assert [cut.is_placed for cut in plan.cuts] == [False, False, False, True]


def test_where_every_cut_is_placed_nothing_is_searched_and_the_answer_is_the_same() -> None:
    found, _ = planned(NAME, WHOLE)
    cuts = tuple(
        PlacedCut(name=cut.name, point_mm=cut.plane.point_mm, normal=cut.plane.normal, kerf_mm=cut.kerf_mm)
        for cut in found.cuts
    )
    placed = with_cuts(*cuts, operation=WHOLE)
    assert placed.resected is not None
    assert placed.resected.proof is None
    assert all(cut.is_placed and not cut.proof for cut in placed.cuts)
    assert [cut.margin for cut in placed.cuts] == [cut.margin for cut in found.cuts]
    assert [cut.clearances for cut in placed.cuts] == [cut.clearances for cut in found.cuts]
    assert (placed.feasible, placed.bone_cc, placed.price) == (found.feasible, found.bone_cc, found.price)


def test_cuts_that_leave_nothing_are_told_as_such() -> None:
    plan = with_cuts(PlacedCut(name="far cut", point_mm=(400.0, 0.0, 0.0), normal=(1.0, 0.0, 0.0), frame="T8"))
    assert plan.cuts  # it bounds nothing
    away = PlacedCut(name="caudal cut", point_mm=(0.0, 0.0, 90.0), normal=(0.0, 0.0, 1.0), frame="T8")
    again = with_cuts(away)
    assert not again.is_ready


@pytest.mark.parametrize("frame", ["L5", "T99"])
def test_a_frame_that_is_not_there_is_refused(frame: str) -> None:
    cut = PlacedCut(name="sagittal cut", point_mm=(0.0, 0.0, 0.0), normal=(1.0, 0.0, 0.0), frame=frame)
    plan = with_cuts(cut)
    assert not plan.feasible
    assert any("frame" in reason for reason in plan.reasons)
    assert any("T7, T8, T9" in words for words in plan.nearest)


@pytest.mark.parametrize("normal", [(0.0, 0.0, 0.0), (math.nan, 0.0, 1.0), (math.inf, 0.0, 0.0)])
def test_a_cut_without_a_direction_is_refused(normal: Triple) -> None:
    with pytest.raises(RecordError, match="has no direction"):
        PlacedCut(name="cut", point_mm=(0.0, 0.0, 0.0), normal=normal)


def test_wishes_that_nothing_can_meet_are_refused() -> None:
    cut = beside(1.5)
    with pytest.raises(RecordError, match="Placed cuts belong to one operation"):
        Wishes(placed=(cut,))
    with pytest.raises(RecordError, match="same name"):
        Wishes(operations=(SAGITTAL,), placed=(cut, cut))
    for margin_mm in (-0.1, math.nan, math.inf):
        with pytest.raises(RecordError, match="cannot be planned"):
            Wishes(margin_mm=margin_mm)


def test_cuts_placed_for_an_operation_without_cuts_are_refused() -> None:
    with pytest.raises(RecordError, match="intralesional curettage takes no placed cuts"):
        Wishes(operations=(Operation.CURETTAGE,), placed=(beside(1.5),))


def test_a_kerf_that_no_blade_has_is_refused() -> None:
    for kerf_mm in (-1.0, math.nan):
        with pytest.raises(RecordError):
            PlacedCut(name="cut", point_mm=(0.0, 0.0, 0.0), normal=(0.0, 0.0, 1.0), kerf_mm=kerf_mm)
