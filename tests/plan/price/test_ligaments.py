"""Ligaments go with the bone that holds them, and never without saying from which they were inferred."""

from __future__ import annotations

from enbloc.case.anatomy import Level, Part, Side, StructureKind
from enbloc.measure.spine.column import Column
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.ligaments import Ligament, LigamentTaken
from enbloc.plan.price.opening import ARCH, LAMINAE, Opening
from enbloc.plan.price.price import Price, price_of
from tests.plan.price.phantoms import body_piece, left_piece, own_cut, renamed, spine, without

T7, T8, T9 = Level.T7, Level.T8, Level.T9
FRONT, BACK = Ligament.ANTERIOR_LONGITUDINAL, Ligament.POSTERIOR_LONGITUDINAL
Key = tuple[Ligament, Level | None, Level | None, Side | None]


def priced(*pieces: Piece, openings: tuple[Opening, ...] = (), column: Column | None = None) -> Price:
    return price_of(pieces, spine() if column is None else column, "A", openings=openings)


def keys(price: Price) -> set[Key]:
    return {(one.ligament, one.above, one.below, one.side) for one in price.ligaments.taken}


def test_a_body_takes_both_longitudinal_ligaments_and_none_behind() -> None:
    assert keys(priced(body_piece(spine(), T8))) == {(FRONT, T8, T8, None), (BACK, T8, T8, None)}


def test_a_ligament_goes_only_with_its_own_wall() -> None:
    column = spine()
    one = column.spine[T8]
    front = body_piece(column, T8, back_mm=-one.back_mm)
    assert keys(priced(front)) == {(FRONT, T8, T8, None)}
    before = own_cut(column, T8, (0.0, one.back_mm - 6.0, 0.0), (0.0, -1.0, 0.0))
    behind = Piece(name="back of the body", cuts=(*front.cuts[:2], before))
    told = keys(priced(behind))
    assert (BACK, T8, T8, None) in told
    assert (FRONT, T8, T8, None) not in told


def test_a_laminectomy_takes_what_joins_its_laminae_and_spinous_process() -> None:
    assert keys(priced(openings=(Opening(level=T8, parts=LAMINAE),))) == {
        *((Ligament.FLAVUM, *pair, side) for pair in ((T7, T8), (T8, T9)) for side in Side),
        *((Ligament.SPINOUS, *pair, None) for pair in ((T7, T8), (T8, T9))),
    }


def test_an_opened_arch_takes_the_capsules_of_its_joints_too() -> None:
    capsules = {key for key in keys(priced(openings=(Opening(level=T8, parts=ARCH),))) if key[0] is Ligament.CAPSULE}
    assert capsules == {(Ligament.CAPSULE, *pair, side) for pair in ((T7, T8), (T8, T9)) for side in Side}


def test_a_side_goes_with_the_ligaments_of_that_side() -> None:
    taken = priced(left_piece(spine(), at_mm=6.0)).ligaments.taken
    sided = {one.side for one in taken if one.ligament in (Ligament.FLAVUM, Ligament.CAPSULE)}
    assert sided == {Side.LEFT}
    assert not any(one.ligament is Ligament.SPINOUS for one in taken)


def test_a_mirrored_case_mirrors_its_ligaments() -> None:
    other = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, None: None}
    here = keys(priced(left_piece(spine())))
    there = keys(priced(left_piece(spine(mirrored=True), sign=-1.0), column=spine(mirrored=True)))
    assert {(name, above, below, other[side]) for name, above, below, side in here} == there


def test_ligaments_to_a_vertebra_without_a_label_are_told_all_the_same() -> None:
    price = priced(openings=(Opening(level=T7, parts=((Part.SPINOUS_PROCESS, None),)),))
    assert keys(price) == {(Ligament.SPINOUS, None, T7, None), (Ligament.SPINOUS, T7, T8, None)}
    assert str(price.ligaments.taken[0]) == (
        "interspinous and supraspinous ligaments above T7 (inferred: bone of T7 spinous process goes)"
    )
    assert str(price.ligaments.taken[0]) in price.stability.to_reconstruct


def test_bone_that_only_may_go_leaves_a_ligament_uncertain() -> None:
    column = spine()
    one = column.spine[T8]
    foremost = float(one.own_mm[:, 1].min())

    def at(mm: float) -> LigamentTaken | None:
        cut = own_cut(column, T8, (0.0, foremost + mm, 0.0), (0.0, 1.0, 0.0), kerf=0.0)
        told = priced(Piece(name="front", cuts=(cut, *body_piece(column, T8).cuts[:2]))).ligaments.taken
        return next((each for each in told if each.ligament is FRONT), None)

    doubtful, certain = at(0.0), at(4.0)
    assert at(-4.0) is None
    assert doubtful is not None
    assert not doubtful.is_certain
    assert "not certain" in str(doubtful)
    assert certain is not None
    assert certain.is_certain


def test_a_level_without_parts_cannot_tell_its_ligaments() -> None:
    column = without(spine(), StructureKind.RIB)
    del column.spine[T9]  # type: ignore[attr-defined]
    cut_off = priced(body_piece(spine(), T9), column=column)
    assert cut_off.ligaments.unknown == (T9,)
    assert priced(openings=(Opening(level=T9, parts=LAMINAE),), column=column).ligaments.unknown == (T9,)
    assert priced(body_piece(spine(), T7), column=column).ligaments.unknown == ()


def test_the_sacrum_has_neither_joints_nor_ligaments_between_its_arches() -> None:
    column = renamed(spine(), Level.L5, Level.S1, Level.S2)
    price = priced(openings=(Opening(level=Level.S1, parts=ARCH),), column=column)
    assert {(joint.above, joint.below) for joint in price.joints} == {(Level.L5, Level.S1)}
    assert {(above, below) for _, above, below, _ in keys(price)} == {(Level.L5, Level.S1)}


def test_an_atlas_has_no_body_to_tell_longitudinal_ligaments_by() -> None:
    column = renamed(spine(), Level.C1, Level.C2, Level.C3)
    price = priced(body_piece(spine(), T7), column=column)
    assert price.ligaments.unknown == (Level.C1,)
    assert not any(one.above is one.below for one in price.ligaments.taken)
    assert (FRONT, Level.C2, Level.C2, None) in keys(priced(body_piece(spine(), T8), column=column))
