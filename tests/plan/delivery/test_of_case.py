"""The way out of pieces of a made spine: past cord and roots, and never free while a label is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enbloc.case.anatomy import CORD, SAC, Level, Side, Structure, StructureKind, vertebra
from enbloc.errors import RecordError
from enbloc.measure.spine.column import Column, column_of
from enbloc.phantom import Recipe, build
from enbloc.plan.anatomy import GREAT_VESSELS
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.cutting.roles import FixedCut, KeepAway
from enbloc.plan.delivery.delivery import Delivery, Outcome
from enbloc.plan.delivery.of_case import BEFORE_SACRUM, Keeping, delivery_of
from enbloc.plan.delivery.search import WAYS
from enbloc.plan.price.price import price_of
from tests.plan.price.phantoms import LEFT_ROOT, body_piece, left_piece, long_spine, own_cut, spine, without

T8 = Level.T8
AORTA, VENA_CAVA = GREAT_VESSELS
DISSECTED = tuple(KeepAway(structure=one, at_least_mm=0.0, is_shielded=True) for one in (SAC, AORTA))
KEEPING = Keeping(clearance_mm=0.5, other=DISSECTED, absent=(VENA_CAVA,))


def way(
    column: Column,
    piece: Piece,
    *,
    keeping: Keeping = KEEPING,
    further: tuple[FixedCut, ...] = (),
    ways: tuple[str, ...] = (),
) -> Delivery:
    price = price_of((piece,), column, "A")
    return delivery_of(piece, column, "A", price=price, keeping=keeping, further=further, ways=ways or tuple(WAYS))


def front(column: Column, level: Level = T8) -> Piece:
    """The front of a body, well clear of the canal."""
    return body_piece(column, level, back_mm=-6.0)


def test_the_front_of_a_body_leaves_to_the_front_and_the_cord_is_watched() -> None:
    found = way(spine(), front(spine()), ways=("to the front",))
    assert found.outcome is Outcome.FREE
    assert found.way == "to the front"
    assert found.searched is not None
    assert CORD in found.searched.structures
    assert not {SAC, AORTA} & set(found.searched.structures), "what is shielded is not kept away from"
    assert {"thecal sac, held away", "aorta, held away"} <= set(found.searched.not_checked)
    assert all(one.left_mm == 0.0 and one.back_mm <= 0.0 for one in found.moves)


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_one_side_leaves_to_its_own_side(is_mirrored: bool) -> None:
    column = spine(mirrored=is_mirrored)
    piece = left_piece(column, sign=-1.0 if is_mirrored else 1.0, at_mm=8.0)
    roots = (Structure(kind=StructureKind.NERVE_ROOT, level=Level.T6, side=side) for side in Side)
    told = replace(KEEPING, absent=(VENA_CAVA, *roots))
    price = price_of((piece,), column, "A")
    known = replace(price, roots=replace(price.roots, unknown=()))  # as if T6 had been labelled
    ways = ("to the left", "to the right")
    found = delivery_of(piece, column, "A", price=known, keeping=told, ways=ways)
    assert found.outcome is Outcome.FREE, found
    assert found.way == ("to the right" if is_mirrored else "to the left")


@pytest.mark.parametrize(("kind", "words"), [
    (StructureKind.AORTA, "label of the aorta"),
    (StructureKind.NERVE_ROOT, "label of nerve root T8 left"),
    (StructureKind.TUMOUR, "label of tumour A"),
])  # fmt: skip
def test_without_a_label_that_is_needed_it_is_never_free(kind: StructureKind, words: str) -> None:
    column = without(spine(), kind)
    found = way(column, front(column), ways=("to the front",))
    assert found.outcome is Outcome.UNKNOWN
    assert words in found.missing


def test_without_cord_and_sac_nothing_is_told() -> None:
    column = without(spine(), StructureKind.CORD, StructureKind.SAC)
    found = way(column, front(column))
    assert found.outcome is Outcome.UNKNOWN
    assert any("cord or thecal sac" in one for one in found.missing)


def test_a_sac_that_is_held_away_protects_no_cord_without_a_label() -> None:
    column = without(spine(), StructureKind.CORD)
    assert way(column, front(column), ways=("to the front",)).outcome is Outcome.UNKNOWN
    kept = replace(KEEPING, other=DISSECTED[1:])
    assert way(column, front(column), keeping=kept, ways=("to the front",)).outcome is Outcome.FREE


def test_a_vessel_counts_as_absent_only_when_somebody_says_so() -> None:
    found = way(spine(), front(spine()), keeping=replace(KEEPING, absent=()), ways=("to the front",))
    assert found.outcome is Outcome.UNKNOWN
    assert found.missing == ("label of the vena cava",)


def test_a_cord_that_is_labelled_beside_half_of_the_specimen_is_a_gap() -> None:
    column = spine()
    held = column.images.labels["anatomy"]
    labels = held.labels.copy()
    canal = held.mask(CORD) | held.mask(SAC)
    canal[: canal.shape[0] // 2] = False
    labels[canal] = 0
    images = replace(column.images, labels=dict(column.images.labels) | {"anatomy": replace(held, labels=labels)})
    found = way(Column(images=images), front(Column(images=images)), ways=("to the front",))
    assert found.outcome is Outcome.UNKNOWN
    assert any("beside the whole specimen" in one for one in found.missing)


def test_roots_that_are_cut_stand_in_no_way_and_those_that_stay_do() -> None:
    column = long_spine()
    piece = left_piece(column)
    cut = price_of((piece,), column, "A").roots.cut
    found = way(column, piece)
    assert found.searched is not None
    kept = {one for one in found.searched.structures if one.kind is StructureKind.NERVE_ROOT}
    assert LEFT_ROOT not in kept
    assert {str(one) for one in cut}.isdisjoint(f"{one.level} {one.side.value}" for one in kept if one.side)
    assert Structure(kind=StructureKind.NERVE_ROOT, level=T8, side=Side.RIGHT) in kept


def test_a_whole_vertebra_around_the_cord_cannot_leave_and_in_halves_it_can() -> None:
    column = long_spine()
    one = column.spine[T8]
    ring = Piece(
        name="T8 in one piece",
        cuts=(
            own_cut(column, T8, (0.0, 0.0, one.high_mm + 1.0), (0.0, 0.0, 1.0)),
            own_cut(column, T8, (0.0, 0.0, one.low_mm - 1.0), (0.0, 0.0, -1.0)),
        ),
    )
    keeping = Keeping(clearance_mm=0.0, other=DISSECTED, absent=(VENA_CAVA,))
    middle = own_cut(column, T8, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0))
    found = way(column, ring, keeping=keeping, further=(replace(middle, name="in the midline"),))
    assert found.outcome is not Outcome.FREE
    assert CORD in found.blockers
    assert found.freed_by == ("a further cut (in the midline)",)


def test_no_root_is_asked_for_that_this_patient_does_not_have() -> None:
    recipe = Recipe(levels=(Level.T11, Level.T12, Level.L1, Level.L2), spacing_mm=(2.0, 2.0, 2.0), noise_hu=0.0)
    column = without(column_of(build(recipe).images), StructureKind.NERVE_ROOT)
    missing = way(column, front(column, Level.L1)).missing
    asked = {one for one in missing if one.startswith("label of nerve root")}
    assert asked <= {f"label of nerve root {nerve} {side.value}" for nerve in ("T12", "L1") for side in Side}
    assert asked


def test_below_the_column_of_the_trunk_what_has_no_label_at_all_is_said() -> None:
    price = price_of((front(spine()),), spine(), "A")
    sacral = replace(price, bone=tuple(replace(one, level=Level.S2) for one in price.bone))
    found = delivery_of(front(spine()), spine(), "A", price=sacral, keeping=KEEPING)
    assert BEFORE_SACRUM in found.missing
    assert found.outcome is Outcome.UNKNOWN


def test_an_empty_piece_is_refused() -> None:
    column = spine()
    far = Piece(name="nowhere", cuts=(own_cut(column, T8, (0.0, 0.0, -900.0), (0.0, 0.0, 1.0)),))
    with pytest.raises(RecordError, match="'nowhere' is empty"):
        way(column, far)


def test_below_the_end_of_the_cord_the_sac_says_where_the_canal_is() -> None:
    levels = (Level.L1, Level.L2, Level.L3, Level.L4)
    column = column_of(build(Recipe(levels=levels, spacing_mm=(2.0, 2.0, 2.0), noise_hu=0.0)).images)
    labels = column.images.labels["anatomy"]
    assert labels.boxes[CORD][0].start > labels.boxes[vertebra(Level.L4)][0].stop, "the cord ends above"
    found = way(column, front(column, Level.L4), keeping=Keeping(clearance_mm=0.5, other=DISSECTED))
    assert found.searched is not None, "not for want of a cord"
