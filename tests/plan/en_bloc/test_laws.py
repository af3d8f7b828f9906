"""What holds of every resection in one piece, whatever the tumour, the margin and the scan."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from enbloc.case.anatomy import Part, tumour, vertebra
from enbloc.case.geometry import Plane, Triple
from enbloc.plan.cutting.certificate import HAIR_CC
from enbloc.plan.cutting.roles import KeepAway, Role
from enbloc.plan.en_bloc.freeing import Freed, Freeing, NotFreed
from enbloc.plan.en_bloc.template import Template, beyond, template
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.field import Field
from enbloc.plan.margin.margin import MarginClass
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.price.price import Price
from enbloc.plan.proposal import Plan, Proof, Resected
from tests.plan.en_bloc.phantoms import RECIPE, T8, at, field_of, recipe
from tests.plan.en_bloc.test_patterns import ARCH, MADE, SAGITTAL, WHOLE

FEW = settings(max_examples=6)
SEVERAL = [("4 to 8", WHOLE), ("4 and 5", SAGITTAL), ("4 and 5", WHOLE), ("arch", ARCH)]


@cache
def field_in(name: str) -> Field:
    return field_of(recipe(*MADE[name][1]))


@cache
def planned(name: str, operation: Operation, margin_mm: float = 4.0) -> tuple[Plan, Field]:
    held = field_in(name)
    (plan,) = plans(held, Wishes(operations=(operation,), margin_mm=margin_mm))
    return plan, held


def parts_of(plan: Plan) -> tuple[Resected, Price, Proof]:
    assert plan.resected is not None
    assert plan.price is not None
    assert plan.resected.proof is not None
    return plan.resected, plan.price, plan.resected.proof


def tumour_mm(held: Field) -> NDArray[np.float64]:
    """The middle of every voxel of the tumour."""
    labels = held.images.map_of(tumour("A"))
    assert labels is not None
    return labels.grid.points_mm(np.argwhere(labels.mask(tumour("A"))))


@pytest.mark.parametrize(("name", "operation"), SEVERAL)
@settings(max_examples=3)
@given(margin_mm=st.sampled_from([0.0, 2.5, 4.0, 5.5]))
def test_all_of_the_tumour_goes_out_with_the_piece_and_every_cut_keeps_the_margin(
    name: str, operation: Operation, margin_mm: float
) -> None:
    plan, held = planned(name, operation, margin_mm)
    if not plan.cuts:
        assert plan.nearest
        return
    found, _, proof = parts_of(plan)
    assert found.piece("specimen").holds(tumour_mm(held)).all()  # what a blade takes, a piece does not hold
    assert plan.tumour_left_cc == 0.0
    assert min(cut.margin_mm for cut in plan.cuts) >= margin_mm
    assert proof.lower_cc <= proof.value_cc + HAIR_CC
    assert proof.gap_cc >= 0.0
    assert proof.is_proved is (proof.gap_cc <= proof.tolerance_cc + 0.01)
    assert proof.interval.low <= proof.value_cc <= proof.interval.high
    assert found.margin.mm <= min(cut.margin_mm for cut in plan.cuts)


@pytest.mark.parametrize(("name", "operation"), SEVERAL)
def test_specimen_blades_openings_and_what_is_kept_are_all_of_the_bone(name: str, operation: Operation) -> None:
    plan, held = planned(name, operation)
    found, price, _ = parts_of(plan)
    piece, labels = found.piece("specimen"), held.images.labels["anatomy"]
    opened = {one.level: one.parts for one in plan.openings}
    for one in (row for row in price.bone if row.part is None):
        points = labels.grid.points_mm(np.argwhere(labels.mask(vertebra(one.level))))
        cc = labels.grid.voxel_cc
        whole, inside, lost = (
            float(n) * cc for n in (len(points), piece.holds(points).sum(), piece.takes(points).sum())
        )
        assert one.total_cc == pytest.approx(whole, abs=0.006)
        assert one.specimen_cc == pytest.approx(inside, abs=0.02)
        assert one.blades_cc == pytest.approx(lost - inside, abs=0.02)
        assert one.kept_cc + one.removed_cc == pytest.approx(whole, abs=0.011)
        assert one.level in opened or one.opened_cc == 0.0
        if operation is WHOLE and one.level is T8:
            body = next(row for row in price.bone if (row.level, row.part) == (T8, Part.BODY))
            assert body.percent == 100.0  # the ring is opened, the body goes whole


# --- more tumour, more margin, more to keep away from -----------------------------------------------------------------


def specimen_cc(plan: Plan) -> tuple[float, float]:
    """What the searched cuts take, and how much less any others could."""
    _, _, proof = parts_of(plan)
    return proof.value_cc, max(proof.gap_cc, proof.tolerance_cc)


@FEW
@given(pair=st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])] * 2).filter(lambda two: two[0] < two[1]))
@pytest.mark.parametrize(("name", "operation"), [("6 and 7, shallow", WHOLE), ("4 and 5", SAGITTAL)])
def test_a_larger_margin_never_takes_less(name: str, operation: Operation, pair: tuple[float, float]) -> None:
    less, more = (planned(name, operation, margin_mm)[0] for margin_mm in pair)
    if not more.cuts:
        return
    assert less.cuts  # what can be cut with more can be cut with less
    (small, loose), (large, _) = specimen_cc(less), specimen_cc(more)
    assert small <= large + loose + 0.02


SIZES = (3.0, 4.5, 6.0, 7.5)


@cache
def of_size(radius_mm: float) -> Plan:
    solid = at((2.0, -2.0, 0.0), (radius_mm, radius_mm, radius_mm))
    (plan,) = plans(field_of(recipe(solid)), Wishes(operations=(WHOLE,)))
    return plan


def test_a_larger_tumour_never_takes_less_nor_promises_more() -> None:
    order = list(MarginClass)
    for less, more in pairwise(SIZES):
        small, large = of_size(less), of_size(more)
        (few, loose), (many, _) = specimen_cc(small), specimen_cc(large)
        assert few <= many + loose + 0.02 + tumour_cc(more)  # bone that tumour has taken is not counted as bone
        mine, other = parts_of(small)[0], parts_of(large)[0]
        assert max(order.index(one) for one in other.classes) <= max(order.index(one) for one in mine.classes)
        assert other.margin.mm <= mine.margin.mm


def tumour_cc(radius_mm: float) -> float:
    return float(4.0 / 3.0 * np.pi * radius_mm**3 / 1000.0)


@pytest.mark.parametrize("more_mm", [1.0, 3.0])
def test_keeping_further_away_never_takes_less(more_mm: float) -> None:
    held = field_in("4 and 5")
    laid_out = template(SAGITTAL, held)
    wider = replace(laid_out, roles=tuple(replace(role, keep_away=_further(role, more_mm)) for role in laid_out.roles))
    near, far = freed(held, laid_out), freed(held, wider)
    if isinstance(far, Freed):
        assert isinstance(near, Freed)
        assert near.found is not None
        assert far.found is not None
        assert near.found.value_cc <= far.found.value_cc + max(near.found.gap_cc, near.found.effort.tolerance_cc) + 1e-6


def _further(role: Role, more_mm: float) -> tuple[KeepAway, ...]:
    return tuple(replace(one, at_least_mm=one.at_least_mm + more_mm) for one in role.keep_away)


def freed(held: Field, laid_out: Template) -> Freed | NotFreed:
    return Freeing(field=held, template=laid_out, wishes=Wishes(operations=(SAGITTAL,))).answered()


# --- the same patient, scanned otherwise ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tilt", "spacing"), [((12.0, -8.0, 20.0), (1.5, 1.5, 1.5)), ((0.0, 0.0, 0.0), (1.2, 1.2, 1.8))]
)
def test_a_turned_or_resampled_scan_gives_the_same_operation(tilt: Triple, spacing: Triple) -> None:
    made = recipe(*MADE["4 and 5"][1])
    plan, _ = planned("4 and 5", SAGITTAL)
    (other,) = plans(field_of(replace(made, tilt_deg=tilt, spacing_mm=spacing)), Wishes(operations=(SAGITTAL,)))
    (mine, price, _), (theirs, paid, _) = parts_of(plan), parts_of(other)
    assert (other.id, other.feasible) == (plan.id, plan.feasible)
    assert other.borderline == plan.borderline
    diagonal = float(np.linalg.norm(spacing) + np.linalg.norm(RECIPE.spacing_mm)) / 2.0
    assert theirs.margin.mm == pytest.approx(mine.margin.mm, abs=diagonal)
    for one, another in zip(plan.cuts, other.cuts, strict=True):
        assert another.margin_mm == pytest.approx(one.margin_mm, abs=diagonal)
    whole = {row.level: row for row in price.bone if row.part is None}
    for row in (row for row in paid.bone if row.part is None and row.level is T8):
        held = whole[row.level].interval_cc
        assert row.interval_cc.low <= held.high
        assert held.low <= row.interval_cc.high
    assert set(paid.roots.cut) == set(price.roots.cut)


@pytest.mark.parametrize(("off_mm", "told"), [(-0.5, None), (0.0, None), (1.0, (0.0, 1.0)), (5.0, (3.5, 5.0))])
def test_how_far_a_tumour_reaches_out_of_its_specimen_is_told_with_half_a_voxel(
    off_mm: float, told: tuple[float, float] | None
) -> None:
    held = field_in("arch")
    laid_out = template(ARCH, held)
    along = held.outline.vertices_mm[:, 1]
    border = Plane(point_mm=(0.0, float(along.min()) + off_mm, 0.0), normal=(0.0, 1.0, 0.0))
    far = beyond(held, replace(laid_out, limits=(border,)))
    if told is None:
        assert far is None
    else:
        assert far is not None
        assert (far.low, far.high) == pytest.approx(told, abs=1e-6)
