"""Tumours made in chosen sectors of a vertebra: the plans that images give are those that the criteria name."""

from __future__ import annotations

import math
import re
from functools import cache
from itertools import pairwise

import pytest

from enbloc.case.anatomy import Layer, Side, sector
from enbloc.case.geometry import Triple
from enbloc.case.sided import Root
from enbloc.phantom import Solid, in_sector
from enbloc.plan.en_bloc.criteria import HALF_A_VOXEL, criterion
from enbloc.plan.en_bloc.wishes import Wishes
from enbloc.plan.operation import Operation
from enbloc.plan.planning import plans
from enbloc.plan.proposal import Plan
from enbloc.stage.wbb import BOTH_PEDICLES
from tests.plan.en_bloc.phantoms import PATTERNS, T8, at, field_of, recipe
from tests.plan.en_bloc.test_criteria import SETS

ARCH, SAGITTAL, ANTERIOR, WHOLE = (
    Operation.POSTERIOR_ARCH,
    Operation.SAGITTAL,
    Operation.ANTERIOR,
    Operation.VERTEBRECTOMY,
)
ASKED = Wishes(operations=(Operation.CURETTAGE, *SETS))
CANAL_MM = 20.8  # behind the middle of the body of T8


def ball(number: float, far_mm: float = 13.0, radii_mm: Triple = (3.0, 3.0, 5.0)) -> Solid:
    """Tumour on a ray from the canal: 4 is the middle of sector 4, and 4.5 is where it meets sector 5."""
    turn = math.radians((number - 0.5) * 30.0)
    return at((far_mm * math.sin(turn), CANAL_MM + far_mm * math.cos(turn), 0.0), radii_mm)


def filled(*numbers: int, layer: Layer = Layer.C) -> tuple[Solid, ...]:
    """Tumour that fills these sectors."""
    return tuple(one for number in numbers for one in in_sector(T8, sector(number), layer))


MADE: dict[str, tuple[set[int], tuple[Solid, ...]]] = {
    "4 to 8": ({4, 5, 6, 7, 8}, filled(4, 5, 6, 7, 8)),
    "5 to 9": ({5, 6, 7, 8, 9}, filled(5, 6, 7, 8, 9)),
    "3 to 5": ({3, 4, 5}, (ball(3), ball(4), ball(5, 17.0))),
    "8 to 10": ({8, 9, 10}, (ball(8, 17.0), ball(9), ball(10))),
    "4 and 5": ({4, 5}, filled(4, 5)),
    "arch": ({12, 1, 2}, (ball(12), ball(1), ball(2))),
    "5 to 8, deep": ({5, 6, 7, 8}, filled(5, 6, 7, 8)),
    "6 and 7, shallow": ({6, 7}, tuple(ball(one, 27.0, (2.5, 2.5, 5.0)) for one in (6, 7))),
    "4 and 9": ({4, 9}, tuple(at((x, 18.0, 2.5), (5.0, 4.0, 8.0)) for x in (-11.0, 11.0))),
    "body and spinous process": ({1, 6, 7, 12}, PATTERNS["body and spinous process"]),
    "whole ring": (set(range(1, 13)), filled(*range(1, 13))),
}
SURE: dict[str, set[Operation]] = {
    "4 to 8": {WHOLE},
    "5 to 9": {WHOLE},
    "3 to 5": {SAGITTAL},
    "8 to 10": {SAGITTAL},
    "4 and 5": {SAGITTAL, WHOLE},
    "arch": {ARCH},
    "5 to 8, deep": {WHOLE},
    "6 and 7, shallow": {ANTERIOR, WHOLE},
    "4 and 9": set(),
    "body and spinous process": set(),
    "whole ring": set(),
}
"""What is feasible for certain: nothing that half a voxel decides."""


@cache
def planned(name: str, *, mirrored: bool = False) -> dict[Operation, Plan]:
    found = plans(field_of(recipe(*MADE[name][1]), is_flipped=mirrored), ASKED)
    return {plan.operation: plan for plan in found}


def named(name: str) -> set[Operation]:
    """What the criteria name for the sectors that the tumour was made in."""
    held = {operation for operation, sets in SETS.items() if any(MADE[name][0] <= one for one in sets)}
    return held - {ANTERIOR} if "deep" in name else held


@pytest.mark.parametrize("name", MADE)
def test_what_the_criteria_name_is_planned_and_nothing_else(name: str) -> None:
    for operation in SETS:
        plan = planned(name)[operation]
        is_open = HALF_A_VOXEL in plan.reasons
        refused = plan.reasons[0].startswith("not sectors")
        assert operation in named(name) or refused or is_open, plan.reasons
        assert operation not in named(name) or not refused, plan.reasons
        assert not plan.is_ready


@pytest.mark.parametrize("name", MADE)
def test_where_no_half_voxel_decides_the_plans_are_sure(name: str) -> None:
    found = planned(name)
    sure = {operation for operation in SETS if found[operation].feasible and not found[operation].borderline}
    assert sure == SURE[name]


@pytest.mark.parametrize(("name", "side"), [("3 to 5", Side.LEFT), ("8 to 10", Side.RIGHT), ("4 and 5", Side.LEFT)])
def test_a_sagittal_resection_takes_the_side_of_the_tumour(name: str, side: Side) -> None:
    plan = planned(name)[SAGITTAL]
    assert plan.side is side
    assert plan.id == f"sagittal resection T8 {side.value}"
    assert [cut.name for cut in plan.cuts] == ["cranial cut", "caudal cut", "sagittal cut"]


def test_both_pedicles_leave_nothing_in_one_piece_and_what_is_left_is_named() -> None:
    found = planned("4 and 9")
    for operation in SETS:
        assert not found[operation].feasible
        assert BOTH_PEDICLES in found[operation].reasons
        assert found[operation].nearest == (
            "nothing is feasible in one piece here; feasible: intralesional curettage T8 (borderline)",
        )


def test_a_tumour_of_body_and_arch_leaves_nothing_in_one_piece() -> None:
    for name in ("body and spinous process", "whole ring"):
        assert not any(planned(name)[operation].feasible for operation in SETS)
        assert all(planned(name)[operation].nearest for operation in SETS)


# --- the mirrored patient ---------------------------------------------------------------------------------------------

OTHER = {"left": "right", "right": "left"}


def swapped(words: str) -> str:
    return re.sub("left|right", lambda found: OTHER[found[0]], words)


def sure(plan: Plan) -> set[Root]:
    """The roots that go wherever within half a voxel the cuts lie."""
    assert plan.price is not None
    return {one.root for one in plan.price.roots.taken if one.is_certain}


@pytest.mark.parametrize("name", ["3 to 5", "4 and 5", "arch"])
def test_a_mirrored_patient_has_the_mirrored_plans(name: str) -> None:
    mirrored = planned(name, mirrored=True)
    for operation, plan in planned(name).items():
        other = mirrored[operation]
        assert (other.id, other.feasible, other.levels) == (swapped(plan.id), plan.feasible, plan.levels)
        assert {swapped(words) for words in plan.nearest} == set(other.nearest)
        if plan.resected is None or plan.price is None or other.resected is None or other.price is None:
            assert plan.resected is other.resected
            continue
        assert {swapped(cut.name) for cut in plan.cuts} == {cut.name for cut in other.cuts}
        ours, theirs = sure(plan), sure(other)  # what half a voxel decides may fall out either way
        assert {one.mirrored for one in ours} == theirs
        assert {one.mirrored for one in plan.price.arteries.cut} == set(other.price.arteries.cut)
        assert plan.resected.margin.mm == pytest.approx(other.resected.margin.mm, abs=0.1 + 1e-9)
        assert plan.bone_cc == pytest.approx(other.bone_cc, abs=0.15)
        assert plan.resected.delivery.outcome is other.resected.delivery.outcome


# --- half a millimetre at a time --------------------------------------------------------------------------------------

BETWEEN = {2: (13.0, range(-7, 5)), 3: (14.0, range(-5, 3)), 5: (17.0, range(-3, 6))}
"""How far from the canal a tumour lies that crosses the far boundary of a sector, and how many steps it takes."""


def answers(solid: Solid) -> dict[Operation, str]:
    """Yes, no or open, of each operation."""
    found = field_of(recipe(solid)).findings
    return {operation: _word(criterion(operation, found, "A").allows) for operation in SETS}


def _word(answer: object) -> str:
    return ("yes" if answer else "no") if isinstance(answer, bool) else "open"


@pytest.mark.parametrize("boundary", BETWEEN)
def test_across_a_boundary_of_sectors_the_answer_turns_through_borderline(boundary: int) -> None:
    far, steps = BETWEEN[boundary]
    turn = 0.5 / far / math.radians(30.0)  # half a millimetre, in sectors
    told = [answers(ball(boundary + 0.5 + step * turn, far, (4.0, 4.0, 6.0))) for step in steps]
    turned = [operation for operation in SETS if {told[0][operation], told[-1][operation]} == {"yes", "no"}]
    assert turned
    for operation in SETS:
        words = [one[operation] for one in told]
        assert not any({one, other} == {"yes", "no"} for one, other in pairwise(words)), words


def test_from_the_inner_to_the_outer_half_of_the_body_the_anterior_resection_turns_through_borderline() -> None:
    told = [answers(ball(6.0, 22.0 + 0.5 * step, (3.5, 3.5, 5.0)))[ANTERIOR] for step in range(-6, 6)]
    assert (told[0], told[-1]) == ("no", "yes")
    assert sorted(told, key=["no", "open", "yes"].index) == told
    assert "open" in told
