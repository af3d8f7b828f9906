"""Borders of a piece hold for all that it is priced by, and what is kept of a column changes no answer."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from functools import cache
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import Level, Side, StructureKind, tumour
from enbloc.case.answer import Unknown
from enbloc.case.geometry import Plane, Triple
from enbloc.case.image import Grid
from enbloc.measure.spine.column import column_of
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut
from enbloc.plan.price.around import DuraContact
from enbloc.plan.price.ground import ground_of
from enbloc.plan.price.ligaments import Ligament
from enbloc.plan.price.price import Price, price_of
from tests.plan.price.phantoms import body_piece, box, box_with_tumour, cut, left_piece, long_spine, spine, without

T7, T8, T9 = Level.T7, Level.T8, Level.T9
GRID = Grid(shape=(9, 9, 9), affine=np.diag([2.0, 1.0, 0.5, 1.0]))
UNIT = st.tuples(*[st.floats(-1.0, 1.0)] * 3).filter(lambda way: float(np.linalg.norm(way)) > 0.1)
PLACES = st.tuples(*[st.floats(-6.0, 6.0)] * 3)


@st.composite
def planes(draw: st.DrawFn) -> Plane:
    way = np.array(draw(UNIT))
    x, y, z = (float(number) for number in way / np.linalg.norm(way))
    return Plane(point_mm=draw(PLACES), normal=(x, y, z))


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    within = st.lists(planes(), max_size=2).map(tuple)
    one = st.builds(FixedCut, name=st.just("c"), plane=planes(), kerf_mm=st.floats(0.0, 2.0), within=within)
    cuts = draw(st.lists(one, min_size=1, max_size=3).map(tuple))
    return Piece(name="piece", cuts=cuts, limits=draw(within))


@given(pieces(), PLACES, st.floats(0.1, 4.0))
@settings(max_examples=200, deadline=None)
def test_a_box_that_a_piece_misses_holds_nothing_that_it_takes(piece: Piece, centre: Triple, half: float) -> None:
    ends = np.array([[a, b, c] for a in (-1.0, 1.0) for b in (-1.0, 1.0) for c in (-1.0, 1.0)])
    inside = np.array(centre) + half * np.random.default_rng(1).uniform(-1.0, 1.0, (200, 3))
    if piece.misses(np.array(centre) + half * ends, GRID):
        assert not piece.takes(inside, GRID, way=1.0).any()
    loss = piece.loss(inside, GRID)
    assert np.array_equal(loss.held, piece.holds(inside))
    for told, way in ((loss.least, -1.0), (loss.now, 0.0), (loss.most, 1.0)):
        assert np.array_equal(told, piece.takes(inside, GRID, way=way))


def test_a_box_beside_a_piece_is_missed_and_one_beside_its_blade_is_not() -> None:
    corners = np.array([[a, b, c] for a in (-1.0, 1.0) for b in (-1.0, 1.0) for c in (4.0, 6.0)])
    below = cut("c", (0, 0, 0), (0, 0, 1))
    assert Piece(name="below", cuts=(below,)).misses(corners, GRID)
    beside = replace(below, within=(Plane(point_mm=(5, 0, 0), normal=(1, 0, 0)),))
    assert not Piece(name="below", cuts=(beside,)).misses(corners, GRID), "there the blade does not run"
    above = Piece(name="above", cuts=(cut("c", (0, 0, 9), (0, 0, 1)),))
    assert not above.misses(corners, GRID)
    assert replace(above, limits=(Plane(point_mm=(0, 0, 3), normal=(0, 0, -1)),)).misses(corners, GRID)


def test_a_blade_bounds_only_where_it_runs() -> None:
    half = cut("c", (0, 0, 0), (1, 0, 0), 0.0)
    above = replace(half, within=(Plane(point_mm=(0, 0, 0), normal=(0, 0, 1)),))
    price = price_of((Piece(name="an L", cuts=(above,)),), box(), "A")
    assert price.bone[0].removed_cc == pytest.approx(0.75 * 14.4)
    assert price.bone[0].percent == 75.0


def nothing(price: Price) -> bool:
    dura = isinstance(price.dura, DuraContact) and price.dura.area_mm2.high == 0.0
    held = (price.bone, price.joints, price.discs, price.roots.taken, price.arteries.cut, price.ribs, price.beyond)
    return dura and not any(held) and price.bodies == () and not price.ligaments.taken


@pytest.mark.parametrize("kinds", [(), (StructureKind.NERVE_ROOT, StructureKind.DISC, StructureKind.RIB)])
def test_a_limit_in_front_of_all_leaves_nothing_to_price(kinds: tuple[StructureKind, ...]) -> None:
    column = without(spine(), *kinds)
    piece = left_piece(column)
    x, y, z = (float(number) for number in -column.spine[T8].axes[1])
    ahead = replace(piece, limits=(Plane(point_mm=column.spine[T8].at(0.0, -90.0, 0.0), normal=(x, y, z)),))
    assert not nothing(price_of((piece,), column, "A"))
    assert nothing(price_of((ahead,), column, "A"))


def test_a_limit_spares_what_lies_behind_it() -> None:
    column = spine()
    one, piece = column.spine[T8], left_piece(column)
    x, y, z = (float(number) for number in -one.axes[1])
    front = replace(piece, limits=(Plane(point_mm=one.at(0.0, one.back_mm - 3.0, 0.0), normal=(x, y, z)),))
    price = price_of((front,), column, "A")
    assert price.joints == ()
    assert price.roots.cut == ()
    assert {str(artery) for artery in price.arteries.cut} == {"T8 left"}


def test_the_order_of_questions_changes_no_answer() -> None:
    kept, fresh = long_spine(), column_of(long_spine().images)
    asked = [(body_piece(kept, T8),), (left_piece(kept),), (body_piece(kept, T7, T8), left_piece(kept, T9))]
    first = [price_of(one, kept, "A") for one in asked]
    assert [price_of(one, fresh, "A") for one in reversed(asked)] == first[::-1]


def test_a_tumour_painted_after_the_column_was_read_is_the_one_that_counts() -> None:
    column, painted = without(spine(), StructureKind.TUMOUR), spine().images
    piece = left_piece(spine())
    assert isinstance(price_of((piece,), column, "A").bodies, Unknown)
    assert price_of((piece,), column, "A", images=painted) == price_of((piece,), spine(), "A")
    assert painted.map_of(tumour("A")) is not None


def test_what_is_kept_of_a_column_goes_with_it() -> None:
    column = column_of(spine().images)
    price_of((left_piece(column),), column, "A")
    assert ground_of(column) is ground_of(column)
    gone = weakref.ref(column)
    del column
    gc.collect()
    assert gone() is None


def test_a_tumour_beside_the_sac_touches_it_as_bone_does() -> None:
    lower = Piece(name="lower half", cuts=(cut("c", (0, 0, 0), (0, 0, 1), 0.0),))
    told = {lesion: price_of((lower,), box_with_tumour(), lesion).dura for lesion in ("A", "B")}
    bone = price_of((lower,), box(), "A").dura
    assert told["A"] == bone
    assert isinstance(bone, DuraContact)
    assert bone.area_mm2.low > 0.0
    assert str(told["B"]) == "dura not touched", "another lesion's tumour does not go with the piece"


def certainty(price: Price) -> dict[str, bool]:
    """Of what goes beside T8 on the left, what is certain to."""
    roots = {str(one.root): one.is_certain for one in price.roots.taken}
    arteries = {str(one.artery) + " artery": one.is_certain for one in price.arteries.taken}
    ligaments = {
        one.ligament.value: one.is_certain
        for one in price.ligaments.taken
        if one.above is T8 and one.side is not Side.RIGHT
    }
    return roots | arteries | ligaments


BEHIND = (Ligament.FLAVUM, Ligament.CAPSULE, Ligament.SPINOUS)


@pytest.mark.parametrize("named", ["T8 left", "T8 left artery", *(one.value for one in BEHIND)])
def test_as_a_cut_moves_off_what_goes_is_certain_then_doubtful_then_spared(named: str) -> None:
    told = [one.get(named) for one in swept()]
    assert told[0] is True
    assert told[-1] is None
    assert [key for key, _ in groupby(told)] == [True, False, None]


@cache
def swept() -> tuple[dict[str, bool], ...]:
    places = [0.25 * step for step in range(-20, 180)]
    return tuple(certainty(price_of((left_piece(spine(), at_mm=mm),), spine(), "A")) for mm in places)


def test_a_joint_that_only_may_lose_bone_is_told_with_its_interval() -> None:
    places = [0.25 * step for step in range(40, 120)]
    told = [one for mm in places for one in price_of((left_piece(spine(), at_mm=mm),), spine(), "A").joints]
    doubtful = [one for one in told if one.percent == 0.0]
    assert doubtful
    assert all(one.interval.low == 0.0 < one.interval.high for one in doubtful)
    assert all(str(one).endswith("left, not certain") for one in doubtful)
