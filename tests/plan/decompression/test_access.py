"""The bone on the way: the side of the tumour, both sides where it crosses the midline, none behind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enbloc.case.anatomy import Level, Part, Side
from enbloc.phantom import Epidural, Tumour, in_body
from enbloc.plan.decompression.access import FROM_BEHIND
from enbloc.plan.decompression.decompression import Access
from enbloc.plan.price.opening import LAMINAE
from tests.plan.decompression.phantoms import (
    GRADE,
    bare,
    column_of_voxels,
    field_of_recipe,
    made,
    painted,
    planned,
    recipe,
)


def pedicles(access: Access) -> set[tuple[Level, Side | None]]:
    return {(one.level, side) for one in access.openings for part, side in one.parts if part is Part.PEDICLE}


def test_tumour_in_front_across_the_midline_asks_for_both_pedicles() -> None:
    found = planned(GRADE.GRADE_2).targets[0].access
    assert found.is_circumferential
    assert found.is_bilateral
    assert pedicles(found) == {(Level.T8, side) for side in Side}
    (t8,) = (one for one in found.openings if one.level is Level.T8)
    assert set(LAMINAE) <= set(t8.parts)
    assert {(Part.FACET, side) for side in Side} <= set(t8.parts)
    assert found.rules == ("DECOMP-01", "APP-04")


@pytest.mark.parametrize(("x", "side"), [((2, 9), Side.LEFT), ((-10, -3), Side.RIGHT)])
def test_tumour_on_one_side_asks_for_that_pedicle(x: tuple[float, float], side: Side) -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    found = made(painted(column_of_voxels(bare(), x, (-8, -5), (-6, 5)), sac=sac)).targets[0].access
    assert found.is_circumferential
    assert not found.is_bilateral
    assert pedicles(found) == {(Level.T8, side)}
    beside = [one for one in found.parts if one.part is Part.PEDICLE]
    assert all(f"on the {side.value}" in one.why and one.side is side for one in beside)
    assert str(beside[0]).startswith(f"{side.value} pedicle of T8, opened: ")


def test_tumour_below_the_pedicle_asks_for_facets_and_not_for_the_pedicle() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    found = made(painted(column_of_voxels(bare(), (2, 9), (-8, -5), (-16, -10)), sac=sac)).targets[0].access
    assert pedicles(found) == set()
    assert Side.LEFT in {side for one in found.openings for part, side in one.parts if part is Part.FACET}


def test_tumour_behind_the_sac_asks_for_laminae_alone() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    found = made(painted(column_of_voxels(bare(), (-4, 3), (6, 8), (-6, 5)), sac=sac)).targets[0].access
    assert found.ways == ()
    assert not found.is_circumferential
    assert pedicles(found) == set()
    assert {part for one in found.openings for part, _ in one.parts} <= {
        Part.LAMINA,
        Part.SPINOUS_PROCESS,
        Part.FACET,
    }
    assert Part.LAMINA in {part for one in found.openings if one.level is Level.T8 for part, _ in one.parts}
    assert "DECOMP-01" not in found.rules


def test_a_little_tumour_across_the_midline_asks_for_no_second_way() -> None:
    sac = column_of_voxels(bare(), (-7, 6), (-4, 5), (-50, 50))
    slight = column_of_voxels(bare(), (-3, 9), (-8, -5), (0, 1)) | column_of_voxels(bare(), (0, 9), (-8, -5), (-6, 5))
    found = made(painted(slight, sac=sac)).targets[0].access
    assert [way.side for way in found.ways] == [Side.LEFT]


def test_a_part_that_is_hardly_met_is_trimmed_and_told() -> None:
    for one in planned(GRADE.GRADE_2).targets[0].access.parts:
        assert one.is_opened == (one.percent >= 10.0)
        assert 0.0 < one.percent <= 100.0
    opened = {(one.level, *part) for one in planned(GRADE.GRADE_2).targets[0].access.openings for part in one.parts}
    parts = planned(GRADE.GRADE_2).targets[0].access.parts
    assert opened == {(one.level, one.part, one.side) for one in parts if one.is_opened}


def test_in_the_neck_and_the_loin_another_row_speaks() -> None:
    for levels, rule, said in (
        ((Level.C4, Level.C5, Level.C6), "APP-14", "anterior corpectomy"),
        ((Level.L2, Level.L3, Level.L4), "APP-14", ""),
    ):
        ill = Tumour(solids=(in_body(levels[1]),), epidural=(Epidural(level=levels[1], grade=GRADE.GRADE_2),))
        asked = replace(recipe(GRADE.GRADE_2, spacing=2.0), levels=levels, tumours=(ill,))
        found = made(field_of_recipe(asked)).targets[0]
        assert rule in found.access.rules
        assert "APP-04" not in found.access.rules
        assert any(said in one for one in found.access.not_known) if said else not found.access.not_known
    assert Level.T1 not in FROM_BEHIND
