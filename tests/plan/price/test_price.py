"""What pieces take of bone, discs, roots, arteries and joints, on solids and made spines where it is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import CORD, SAC, Level, Part, Side, StructureKind
from enbloc.case.answer import Unknown
from enbloc.case.sided import Root
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.around import BY_ENDPLATES, NOT_PLACED, DuraContact
from enbloc.plan.price.bone import BoneTaken
from enbloc.plan.price.price import SACRUM, Price, price_of
from enbloc.plan.price.roots import nerve_below
from tests.plan.price.phantoms import body_piece, box, cut, left_piece, long_spine, own_cut, spine, without

T7, T8, T9 = Level.T7, Level.T8, Level.T9
OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def priced(column: Column, *pieces: Piece) -> Price:
    return price_of(pieces, column, "A")


def whole(price: Price, level: Level = T8) -> BoneTaken:
    return next(one for one in price.bone if one.level is level and one.part is None)


def part(price: Price, part: Part, side: Side | None = None, level: Level = T8) -> BoneTaken:
    return next(one for one in price.bone if (one.level, one.part, one.side) == (level, part, side))


# --- bone -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("at", "kerf"), [(0.0, 0.0), (3.0, 2.0), (-4.0, 2.0), (0.0, 20.0)])
def test_a_box_is_taken_as_far_as_the_far_face_of_the_blade(at: float, kerf: float) -> None:
    one = whole(priced(box(), Piece(name="lower part", cuts=(cut("c", (0, 0, at), (0, 0, 1), kerf),))))
    area, far = 30.0 * 24.0 / 1000.0, min(at + kerf / 2.0, 10.0)
    assert one.total_cc == pytest.approx(14.4)
    assert one.removed_cc == pytest.approx(area * (far + 10.0), rel=1e-3)
    assert one.blades_cc == pytest.approx(area * (far - max(at - kerf / 2.0, -10.0)), abs=1e-9)
    assert one.removed_cc + one.kept_cc == pytest.approx(one.total_cc, rel=1e-12)
    assert one.interval_cc.low < one.removed_cc < one.interval_cc.high


@given(st.floats(-1.0, 1.0), st.floats(-1.0, 1.0), st.floats(-6.0, 6.0))
@settings(max_examples=25)
def test_an_oblique_cut_through_the_middle_halves_a_box_and_its_two_sides_add_up(x: float, y: float, at: float) -> None:
    normal = np.array([x, y, 1.0]) / math.hypot(x, y, 1.0)
    up, down = ((float(s * normal[0]), float(s * normal[1]), float(s * normal[2])) for s in (1.0, -1.0))
    place = (0.0, 0.0, at)
    away = box().crop(T8).points_mm @ normal - at * normal[2]
    assume(np.abs(away).min() > 1e-6)  # a plane through the centre of a voxel: both sides would count it
    sides = [priced(box(), Piece(name="one", cuts=(cut("c", place, way, 0.0),))) for way in (up, down)]
    taken = [one.bone[0].removed_cc for one in sides]
    assert sum(taken) == pytest.approx(14.4, rel=1e-3)
    truth = 0.72 * (10.0 + at) if abs(x) * 15 + abs(y) * 12 + abs(at) <= 10.0 else None
    if truth is not None:
        assert taken[0] == pytest.approx(truth, abs=0.5 * 0.72 + 0.01), "half a layer of voxels"
        assert whole(sides[0]).interval_cc.low <= truth <= whole(sides[0]).interval_cc.high


def test_parts_add_up_to_their_vertebra() -> None:
    price = priced(spine(), left_piece(spine()))
    for level in price.levels:
        parts = [one for one in price.bone if one.level is level and one.part is not None]
        rounded = 0.005 * (len(parts) + 1)
        assert sum(one.removed_cc for one in parts) == pytest.approx(whole(price, level).removed_cc, abs=rounded)
        spans = [(one.percent_interval.low, one.percent, one.percent_interval.high) for one in parts]
        assert all(-1e-9 <= low <= here + 1e-9 <= high + 2e-9 for low, here, high in spans)


def test_two_pieces_take_no_voxel_twice() -> None:
    column = spine()
    one, two = body_piece(column, T8), left_piece(column)
    both = whole(priced(column, one, two)).removed_cc
    alone = [whole(priced(column, each)).removed_cc for each in (one, two)]
    assert max(alone) < both < sum(alone)
    assert whole(priced(column, one, one)).removed_cc == alone[0]


def test_a_spondylectomy_takes_the_body_and_cuts_the_front_of_the_column() -> None:
    price = priced(spine(), body_piece(spine(), T8))
    assert price.levels == (T8,)
    assert part(price, Part.BODY).percent == 100.0
    assert {one.side for one in price.stability.posterior if one.part is Part.PEDICLE} == set(Side)
    assert not any(one.part is Part.LAMINA for one in price.bone)
    assert price.stability.cut_through == (T8,)
    assert [(disc.above, disc.below) for disc in price.discs] == [(T7, T8), (T8, T9)]
    assert price.stability.to_reconstruct[0] == "front of the column cut through at T8: to be bridged"
    assert price.joints == ()


@pytest.mark.parametrize("at_mm", [3.0, 8.0])
def test_a_disc_is_met_beside_its_middle_also_without_a_label(at_mm: float) -> None:
    column = without(spine(), StructureKind.DISC)
    discs = [(one.above, one.percent, one.basis) for one in priced(column, left_piece(column, at_mm=at_mm)).discs]
    labelled = priced(spine(), left_piece(spine(), at_mm=at_mm)).discs
    assert discs == [(one.above, None, BY_ENDPLATES) for one in labelled]
    assert len(discs) == 2


def test_a_disc_that_nothing_shows_is_not_known() -> None:
    column = without(long_spine(), StructureKind.DISC)
    del column.spine[T9]  # type: ignore[attr-defined]
    discs = priced(column, body_piece(column, T8)).discs
    assert [(one.above, one.basis) for one in discs] == [(T7, BY_ENDPLATES), (T8, NOT_PLACED)]
    assert "not known" in str(discs[1])


def test_a_sagittal_resection_takes_one_side_and_opens_its_joints() -> None:
    price = priced(spine(), left_piece(spine()))
    assert part(price, Part.TRANSVERSE_PROCESS, Side.LEFT).percent == 100.0
    assert {one.side for one in price.bone if one.part in (Part.LAMINA, Part.FACET)} == {Side.LEFT}
    assert {(joint.above, joint.below, joint.side) for joint in price.joints} == {
        (T7, T8, Side.LEFT),
        (T8, T9, Side.LEFT),
    }
    assert price.stability.cut_through == ()
    assert price.stability.narrowed == (T8,)
    assert all(one.side is Side.LEFT for one in price.ribs)


def test_a_joint_is_gone_only_when_all_of_a_process_is() -> None:
    column = spine()
    arch = Piece(name="arch", cuts=(own_cut(column, T8, (0, column.spine[T8].back_mm + 6.0, 0), (0, -1, 0)),))
    joints = priced(column, arch).joints
    ends = ((None, T7), (T7, T8), (T8, T9), (T9, None))
    assert {(joint.above, joint.below, joint.side): joint.is_gone for joint in joints} == {
        (*end, side): True for end in ends for side in Side
    }, "of the joints with vertebrae that nobody labelled one process goes all the same"
    assert not any(joint.is_gone for joint in priced(column, left_piece(column)).joints)


# --- roots ------------------------------------------------------------------------------------------------------------
def test_labelled_roots_of_one_side_are_named_with_their_side() -> None:
    roots = priced(spine(), left_piece(spine())).roots
    assert Root.T8_LEFT in roots.cut
    assert all(one.root.side is Side.LEFT and not one.is_inferred for one in roots.taken)
    assert {Root.T8_RIGHT, Root.T9_LEFT} <= set(roots.spared)
    assert {one for one, _ in roots.unknown} == {Root.T6_LEFT}, "T7 loses bone, and above it nothing is labelled"


def test_without_labels_the_zone_between_pedicles_stands_for_a_root_and_says_so() -> None:
    column = without(spine(), StructureKind.NERVE_ROOT)
    roots = priced(column, left_piece(column)).roots
    assert set(priced(spine(), left_piece(spine())).roots.cut) <= set(roots.cut)
    by = {one.root: one for one in roots.taken}
    assert by[Root.T8_LEFT].basis == "between the left pedicles of T8 and T9"
    assert "inferred" in str(by[Root.T8_LEFT])
    assert Root.T8_RIGHT in roots.spared


def test_without_a_label_a_root_beside_bone_that_goes_is_never_spared() -> None:
    labelled = priced(long_spine(), left_piece(long_spine())).roots
    column = without(long_spine(), StructureKind.NERVE_ROOT)
    roots = priced(column, left_piece(column)).roots
    unfollowed = {one for one, _ in roots.unfollowed}
    assert Root.T9_LEFT in unfollowed
    assert {one.side for one in unfollowed} == {Side.LEFT}, "bone goes on the left only"
    assert not unfollowed & {*roots.spared, *roots.cut}
    assert Root.T9_LEFT in labelled.spared
    assert not labelled.unfollowed, "a label is the whole root"


def test_the_zone_holds_the_labelled_root() -> None:
    """A piece that is nothing but the foramen on one side takes the root there, by label and by zone."""
    column = spine()
    one = column.spine[T8]
    held = column.parts[T8].isthmuses[Side.LEFT]
    outer = float(held.centre[0])
    foramen = Piece(
        name="foramen",
        cuts=(
            own_cut(column, T8, (0.0, 0.0, float(held.centre[2]) - 0.5 * held.height_mm), (0.0, 0.0, 1.0)),
            own_cut(column, T8, (0.0, 0.0, one.low_mm), (0.0, 0.0, -1.0)),
            own_cut(column, T8, (outer - held.width_mm, 0.0, 0.0), (-1.0, 0.0, 0.0)),
        ),
    )
    bare = without(column, StructureKind.NERVE_ROOT)
    assert priced(column, foramen).roots.cut == priced(bare, foramen).roots.cut == (Root.T8_LEFT,)


def test_a_root_beyond_the_labelled_levels_is_unknown_and_never_spared() -> None:
    column = without(spine(), StructureKind.NERVE_ROOT)
    roots = priced(column, body_piece(column, T7)).roots
    assert {one for one, _ in roots.unknown} == {Root.T6_LEFT, Root.T6_RIGHT}
    assert not {Root.T6_LEFT, Root.T6_RIGHT} & {*roots.spared, *roots.cut}
    assert "no vertebra is labelled above" in roots.unknown[0][1]


@pytest.mark.parametrize(
    ("level", "nerve"),
    [("O", "C1"), ("C1", "C2"), ("C6", "C7"), ("C7", "C8"), ("T1", "T1"), ("T12", "T12"), ("L5", "L5")],
)
def test_the_nerve_below_a_pedicle(level: str, nerve: str) -> None:
    assert nerve_below(Level(level)) == nerve


@given(st.lists(st.floats(0.0, 15.0), min_size=3, max_size=3), st.booleans())
@settings(max_examples=15, deadline=None)
def test_a_larger_specimen_never_takes_less(grown: list[float], labelled: bool) -> None:
    column = spine() if labelled else without(spine(), StructureKind.NERVE_ROOT)
    small = left_piece(column, at_mm=12.0)
    cuts = []
    for held, mm in zip(small.cuts, grown, strict=True):
        place = np.array(held.plane.point_mm) + mm * np.array(held.plane.normal)
        x, y, z = (float(number) for number in place)
        cuts.append(replace(held, plane=replace(held.plane, point_mm=(x, y, z))))
    less, more = priced(column, small), priced(column, Piece(name="grown", cuts=tuple(cuts)))
    assert set(less.roots.cut) <= set(more.roots.cut)
    assert set(less.arteries.cut) <= set(more.arteries.cut)
    assert {one for one, _ in less.roots.unknown} <= {one for one, _ in more.roots.unknown}
    removed = {(one.level, one.part, one.side): one.removed_cc for one in more.bone}
    assert all(one.removed_cc <= removed[one.level, one.part, one.side] for one in less.bone)


# --- mirror -----------------------------------------------------------------------------------------------------------
def test_a_mirrored_case_mirrors_every_side() -> None:
    here = priced(spine(), left_piece(spine()))
    there = priced(spine(mirrored=True), left_piece(spine(mirrored=True), sign=-1.0))
    assert {one.mirrored for one in here.roots.cut} == set(there.roots.cut)
    assert {one.mirrored for one in here.arteries.cut} == set(there.arteries.cut)
    assert {(one.level, OTHER[one.side]) for one in here.ribs} == {(one.level, one.side) for one in there.ribs}
    assert {(j.above, OTHER[j.side]) for j in here.joints} == {(j.above, j.side) for j in there.joints}
    mirrored = {(one.level, one.part, one.side): one for one in there.bone}
    for one in here.bone:
        twin = mirrored[one.level, one.part, OTHER[one.side] if one.side else None]
        assert one.removed_cc == pytest.approx(twin.removed_cc, abs=max(0.05, 0.05 * one.total_cc))


# --- arteries, dura, what is not known --------------------------------------------------------------------------------
def test_arteries_go_where_the_wall_of_the_body_goes() -> None:
    column = long_spine()
    price = priced(column, body_piece(column, Level.T6, Level.T7, T8, T9))
    assert price.bilateral_run == (Level.T6, Level.T7, T8, T9)
    assert price.is_long_run
    three = priced(column, body_piece(column, Level.T6, Level.T7, T8))
    assert three.bilateral_run == (Level.T6, Level.T7, T8)
    assert not three.is_long_run
    side = priced(column, left_piece(column))
    assert side.bilateral_run == ()
    assert [str(one) for one in side.arteries.cut] == ["T8 left"]


def test_a_cut_beside_the_wall_spares_the_artery() -> None:
    price = priced(spine(), body_piece(spine(), T8, back_mm=-40.0))
    assert price.arteries.cut == ()


@pytest.mark.parametrize("step", [1.0, 0.5])
def test_the_dura_is_touched_over_the_face_that_the_piece_has_with_it(step: float) -> None:
    column = box(step=step, half=(12.0, 10.0, 8.0))
    lower = Piece(name="lower half", cuts=(cut("c", (0, 0, 0), (0, 0, 1), 0.0),))
    contact = priced(column, lower).dura
    assert isinstance(contact, DuraContact)
    assert contact.area_mm2.high == 16.0 * (8.0 + step), "half a voxel further out lie the centres of the next ones"
    assert contact.area_mm2.low == math.floor(16.0 * 8.0 / math.sqrt(3.0))
    away = Piece(name="front", cuts=(cut("c", (0, 0, 0), (0, 1, 0), 0.0),))
    none = priced(column, away).dura
    assert isinstance(none, DuraContact)
    assert none.area_mm2.high == 0.0
    assert str(none) == "dura not touched"


def test_what_has_no_label_is_unknown_and_never_none() -> None:
    column = without(spine(), SAC.kind, CORD.kind)
    price = priced(column, left_piece(column))
    assert isinstance(price.dura, Unknown)
    assert isinstance(price.pleura, Unknown)
    assert "pleura" in str(price.pleura.ask)
    assert price.vertebral_arteries == (), "at T8 there is none"


def test_a_piece_without_end_says_that_it_leaves_the_labelled_column() -> None:
    column = spine()
    half = Piece(name="left half", cuts=(own_cut(column, T8, (0, 0, 0), (-1, 0, 0)),))
    assert priced(column, half).beyond == (
        "a piece reaches above T7, where no vertebra is labelled",
        "a piece reaches below T9, where no vertebra is labelled",
    )
    assert priced(column, left_piece(column)).beyond == ()


def test_a_sacrum_without_levels_is_not_priced_in_silence() -> None:
    column = spine()
    held = column.images.labels["anatomy"]
    names = {number: SACRUM if str(named) == "vertebra T9" else named for number, named in held.names.items()}
    column = Column(images=replace(column.images, labels={"anatomy": replace(held, names=names)}))
    lowest = body_piece(spine(), T9)
    assert "a piece takes bone of the sacrum, whose levels are not labelled" in priced(column, lowest).beyond
    assert priced(column, body_piece(spine(), T7)).beyond == ()


def test_a_level_that_nobody_labelled_between_two_is_a_gap() -> None:
    column = spine()
    held = column.images.labels["anatomy"]
    names = {number: named for number, named in held.names.items() if str(named) != "vertebra T8"}
    images = replace(column.images, labels={"anatomy": replace(held, names=names)})
    price = priced(Column(images=images), left_piece(column))
    assert price.beyond == ("a piece reaches between T7 and T9, where no vertebra is labelled",)


@pytest.mark.parametrize("lacking", ["T8", "T9"])
def test_discs_and_ribs_of_a_vertebra_that_nobody_labelled_go_too(lacking: str) -> None:
    column = spine()
    held = column.images.labels["anatomy"]
    names = {number: named for number, named in held.names.items() if str(named) != f"vertebra {lacking}"}
    images = replace(column.images, labels={"anatomy": replace(held, names=names)})
    piece = body_piece(column, T8, T9, back_mm=12.0)
    whole, price = priced(column, piece), priced(Column(images=images), piece)
    assert (T8, T9) in {(one.above, one.below) for one in whole.discs}
    assert [(one.above, one.below) for one in price.discs] == [(one.above, one.below) for one in whole.discs]
    by_label = {(one.level, one.side) for one in whole.ribs if one.cc is not None}
    assert {(Level(lacking), side) for side in Side} <= by_label
    assert by_label <= {(one.level, one.side) for one in price.ribs}


def test_a_rib_that_nobody_labelled_is_open_where_the_process_before_it_goes() -> None:
    """Behind the body, and on the left no further out than the root of the transverse process."""
    column, bare = spine(), without(spine(), StructureKind.RIB)
    behind = own_cut(column, T8, (0.0, 26.0, 0.0), (0.0, -1.0, 0.0))
    beside = own_cut(column, T8, (15.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    arch = Piece(name="arch", cuts=(*body_piece(column, T8).cuts[:2], behind, beside))
    assert priced(column, arch).ribs_open == ()
    assert priced(bare, arch).ribs_open == ("rib T8 left",)
    assert Side.RIGHT in {one.side for one in priced(bare, arch).ribs if one.level is T8}, "its joint goes"


def test_nothing_to_price_is_refused() -> None:
    with pytest.raises(RecordError, match="no cut"):
        Piece(name="all", cuts=())
    with pytest.raises(RecordError, match="nothing to price"):
        price_of((), spine(), "A")
