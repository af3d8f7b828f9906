"""Bone that is opened: counted once, told apart from the specimen, and unknown where nobody can tell its parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Part, Side, StructureKind
from enbloc.case.answer import Unknown
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column, column_of
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.around import BY_JOINT, DuraContact
from enbloc.plan.price.bone import BoneTaken
from enbloc.plan.price.facts import facts_of
from enbloc.plan.price.opening import ARCH, LAMINAE, Opened, Opening
from enbloc.plan.price.price import Price, price_of
from tests.plan.price.phantoms import body_piece, left_piece, long_spine, renamed, spine, without

T6, T7, T8, T9 = Level.T6, Level.T7, Level.T8, Level.T9
LAMINECTOMY = (Opening(level=T8, parts=LAMINAE),)
WHOLE_ARCH = (Opening(level=T8, parts=ARCH),)
OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, None: None}


def priced(*pieces: Piece, openings: tuple[Opening, ...] = (), column: Column | None = None) -> Price:
    return price_of(pieces, spine() if column is None else column, "A", openings=openings)


def bone(price: Price) -> dict[tuple[Level, Part | None, Side | None], BoneTaken]:
    return {(one.level, one.part, one.side): one for one in price.bone}


def test_a_laminectomy_has_a_price_without_any_specimen() -> None:
    price = priced(openings=LAMINECTOMY)
    parts = {key: one for key, one in bone(price).items() if key[1] is not None}
    assert set(parts) == {(T8, part, side) for part, side in LAMINAE}
    assert all(one.percent == 100.0 and one.removed_cc == one.opened_cc == one.total_cc for one in parts.values())
    assert all(one.specimen_cc == one.blades_cc == 0.0 for one in price.bone)
    assert price.levels == (T8,)
    assert "piecemeal" in str(price.bone[0])


@pytest.mark.parametrize("kinds", [(), (StructureKind.NERVE_ROOT, StructureKind.DISC, StructureKind.RIB)])
def test_an_opening_by_itself_takes_bone_and_nothing_else(kinds: tuple[StructureKind, ...]) -> None:
    every = (*ARCH, *((part, side) for part in (Part.PEDICLE, Part.COSTOVERTEBRAL) for side in Side))
    price = priced(openings=(Opening(level=T8, parts=every),), column=without(spine(), *kinds))
    assert not any((price.roots.taken, price.roots.unknown, price.arteries.taken, price.arteries.unknown))
    assert not any((price.ribs, price.discs, price.beyond))
    assert price.bodies == ()
    assert price.vertebral_arteries == ()
    assert isinstance(price.dura, DuraContact)
    assert price.dura.area_mm2.high == 0.0
    assert price.stability.cut_through == price.stability.narrowed == ()
    assert isinstance(price.pleura, Unknown)


def test_the_facts_of_a_laminectomy_and_of_an_opened_arch() -> None:
    two = (*LAMINECTOMY, Opening(level=T9, parts=LAMINAE))
    facts = facts_of(priced(openings=two), "A")
    assert facts.value(f.LAMINECTOMY_LEVELS, "A") == 2
    assert facts.value(f.FACET_REMOVED, "A") == 0.0
    assert facts.value(f.CORPECTOMY, "A") is False
    assert facts.many(f.ROOTS_CUT, "A") == ()
    assert "no body loses bone" in facts.why_missing(f.ANTERIOR_DEFECT, "A"), "the tumour may have taken some"
    assert facts_of(priced(openings=WHOLE_ARCH), "A").value(f.FACET_REMOVED, "A") == 100.0


def test_an_opened_arch_frees_all_four_joints() -> None:
    joints = priced(openings=WHOLE_ARCH).joints
    assert {(one.above, one.below, one.side) for one in joints if one.is_gone} == {
        (*pair, side) for pair in ((T7, T8), (T8, T9)) for side in Side
    }
    assert all(one.interval.low == one.interval.high == 100.0 for one in joints), "no cut bounds it"


@pytest.mark.parametrize("labelled", [True, False])
def test_a_body_with_its_arch_opened_frees_both_ribs_and_cuts_the_column_through(labelled: bool) -> None:
    column = long_spine() if labelled else without(long_spine(), StructureKind.RIB)
    price = priced(body_piece(column, T8), openings=WHOLE_ARCH, column=column)
    freed = [one for one in price.ribs if one.level is T8]
    assert {one.side for one in freed} == set(Side)
    assert labelled or {one.basis for one in freed} == {BY_JOINT}
    assert price.stability.cut_through == (T8,)
    held = bone(price)
    assert held[T8, Part.BODY, None].opened_cc == 0.0
    assert held[T8, Part.LAMINA, Side.LEFT].opened_cc == held[T8, Part.LAMINA, Side.LEFT].total_cc


@given(st.sets(st.sampled_from([*ARCH, (Part.PEDICLE, Side.LEFT), (Part.BODY, None)]), min_size=1))
@settings(max_examples=15, deadline=None)
def test_bone_that_both_take_counts_once_and_goes_with_the_piece(parts: set[Opened]) -> None:
    column = spine()
    openings = (Opening(level=T8, parts=tuple(sorted(parts, key=str))),)
    piece = left_piece(column)
    alone, opened, both = priced(piece), priced(openings=openings), priced(piece, openings=openings)
    first, second = bone(alone), bone(opened)
    for key, one in bone(both).items():
        kept = (first[key].removed_cc if key in first else 0.0, second[key].removed_cc if key in second else 0.0)
        assert max(kept) - 0.005 <= one.removed_cc <= sum(kept) + 0.015
        assert one.specimen_cc + one.blades_cc + one.opened_cc == pytest.approx(one.removed_cc, abs=1e-9)
        assert one.removed_cc + one.kept_cc == pytest.approx(one.total_cc, abs=1e-9)
        assert one.specimen_cc >= 0.0
        if key in first:
            assert one.specimen_cc == pytest.approx(first[key].specimen_cc, abs=0.03)
            assert one.opened_cc == pytest.approx(one.removed_cc - first[key].removed_cc, abs=0.015)
    assert both.roots == alone.roots
    assert both.arteries == alone.arteries
    assert both.ribs == alone.ribs
    assert both.discs == alone.discs
    assert both.dura == alone.dura


def test_what_a_piece_takes_whole_is_not_opened() -> None:
    tip = (Opening(level=T8, parts=((Part.TRANSVERSE_PROCESS, Side.LEFT),)),)
    with_tip = priced(left_piece(spine()), openings=tip)
    assert with_tip.bone == priced(left_piece(spine())).bone
    assert with_tip.unopened == ()


def test_two_openings_of_one_level_are_one() -> None:
    once, twice = priced(openings=LAMINECTOMY), priced(openings=(*LAMINECTOMY, *LAMINECTOMY, *LAMINECTOMY))
    assert once == twice


def test_only_what_goes_of_a_body_makes_a_defect_in_front() -> None:
    body = (Opening(level=T8, parts=((Part.BODY, None),)),)
    curetted = facts_of(priced(openings=body), "A")
    assert curetted.value(f.ANTERIOR_DEFECT, "A") == 100.0
    assert curetted.many(f.SEGMENTAL_ARTERIES, "A") == (), "an opening takes none by itself"
    assert curetted.value(f.CORPECTOMY, "A") is True
    piece = left_piece(spine())
    assert priced(piece, openings=LAMINECTOMY).bodies == priced(piece).bodies


def frameless() -> Column:
    column = without(spine(), StructureKind.RIB)
    del column.spine[T9]  # type: ignore[attr-defined]
    return column


@pytest.mark.parametrize(
    ("level", "why"), [(T6, "it is not labelled"), (T9, "its label has no frame to tell its parts by")]
)
def test_an_opening_that_nobody_can_tell_is_unknown_and_never_nothing(level: Level, why: str) -> None:
    price = priced(openings=(*LAMINECTOMY, Opening(level=level, parts=LAMINAE)), column=frameless())
    assert [str(one) for one in price.unopened] == [f"what is opened of {level} is not known: {why}"]
    assert set(price.levels) == {T8, level}
    assert price.stability.to_reconstruct[-1] == str(price.unopened[0])
    facts = facts_of(price, "A")
    for named in (f.LAMINECTOMY_LEVELS, f.FACET_REMOVED):
        assert why in facts.why_missing(named, "A")
    assert facts.value(f.CORPECTOMY, "A") is False, "no body is opened"


def test_an_opened_body_that_nobody_can_tell_leaves_the_front_open() -> None:
    facts = facts_of(priced(openings=(Opening(level=T9, parts=((Part.BODY, None),)),), column=frameless()), "A")
    for named in (f.CORPECTOMY, f.ANTERIOR_DEFECT):
        assert "no frame" in facts.why_missing(named, "A")


def test_parts_that_the_label_does_not_show_are_not_known_to_go() -> None:
    column = spine()
    nothing = Opening(level=T8, parts=())
    assert [one.why for one in priced(openings=(nothing,), column=column).unopened] == [
        "its label shows none of these parts"
    ]


def test_a_mirrored_patient_has_the_mirrored_opening() -> None:
    parts: tuple[Opened, ...] = ((Part.LAMINA, Side.LEFT), (Part.FACET, Side.LEFT))
    there = tuple((part, OTHER[side]) for part, side in parts)
    here = bone(priced(openings=(Opening(level=T8, parts=parts),)))
    mirrored = bone(priced(openings=(Opening(level=T8, parts=there),), column=spine(mirrored=True)))
    for (level, part, side), one in here.items():
        assert mirrored[level, part, OTHER[side]].removed_cc == pytest.approx(
            one.removed_cc, abs=max(0.05, 0.05 * one.total_cc)
        )


def test_neither_piece_nor_opening_is_nothing_to_price() -> None:
    with pytest.raises(RecordError, match="nothing to price"):
        priced()


def test_a_part_without_its_side_is_refused() -> None:
    with pytest.raises(RecordError, match="a lamina without a side"):
        Opening(level=T8, parts=((Part.LAMINA, None),))
    with pytest.raises(RecordError, match="a left body"):
        Opening(level=T8, parts=((Part.BODY, Side.LEFT),))


def test_a_body_whose_label_lacks_what_the_tumour_took_tells_no_defect() -> None:
    whole = spine()
    hollowed = column_of(whole.images, {T8})
    assert isinstance(priced(left_piece(whole), column=hollowed).bodies, Unknown)
    assert priced(openings=LAMINECTOMY, column=hollowed).bodies == ()


def test_beside_a_piece_too_an_opening_frees_no_rib_and_cuts_no_artery() -> None:
    column = without(spine(), StructureKind.RIB)
    freed = (Opening(level=T8, parts=((Part.COSTOVERTEBRAL, Side.RIGHT), (Part.BODY, None))),)
    price = priced(left_piece(column), openings=freed, column=column)
    assert {one.side for one in price.ribs} == {one.artery.side for one in price.arteries.taken} == {Side.LEFT}


def test_a_laminectomy_of_the_neck_asks_for_no_vertebral_artery_and_a_piece_there_does() -> None:
    neck = renamed(spine(), Level.C5, Level.C6, Level.C7)
    assert priced(openings=(Opening(level=Level.C6, parts=LAMINAE),), column=neck).vertebral_arteries == ()
    assert isinstance(priced(left_piece(spine()), column=neck).vertebral_arteries, Unknown)
