"""Every voxel of bone and tumour has one fate, and the fates add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case.anatomy import Level, tumour, vertebra
from enbloc.errors import RecordError
from enbloc.plan.cutting.piece import Piece
from enbloc.plan.price.opening import LAMINAE, Opening
from enbloc.plan.solids.fate import NAMES, TUMOROUS, Fate, FateMap, Tissue, fate_map, number_of
from tests.plan.solids import phantoms as made


def _bone(fates: FateMap) -> list[int]:
    return [fates.voxels(fate) for fate in Fate]


def test_a_block_is_counted_exactly() -> None:
    fates = fate_map(made.block(), (Level.T8,), "A", (made.front_of_block(),))

    assert _bone(fates) == [30 * 13 * 20, 30 * 2 * 20, 0, 30 * 9 * 20]
    assert [fates.voxels(Fate.SPECIMEN, [tissue]) for tissue in Tissue] == [30 * 13 * 20 - 108, 108, 108]
    assert fates.tumour_left_cc == 0.0
    assert fates.cc(Fate.BLADE) == pytest.approx(1.2)


def test_a_blade_that_ends_takes_no_more_than_its_part() -> None:
    fates = fate_map(made.block(), (Level.T8,), "A", (made.quarter_of_block(),))

    specimen = 24 * (19 * 15 + 11 * 8)
    blades = 24 * (19 * 2 + 11 * 2)
    assert _bone(fates) == [specimen, blades, 0, 30 * 24 * 20 - specimen - blades]


def test_a_tumour_that_a_blade_runs_through_is_told_and_so_is_what_is_left() -> None:
    through = Piece(name="too little", cuts=(made.plane_cut("through", (0.0, 0.0, 0.0), (0.0, 0.0, 1.0)),))
    fates = fate_map(made.block(), (Level.T8,), "A", (through,))

    assert [fates.voxels(fate, TUMOROUS) for fate in Fate] == [6 * 6 * 2, 6 * 6 * 2, 0, 6 * 6 * 2]
    assert fates.tumour_left_cc == pytest.approx(0.072)


def test_what_one_piece_holds_is_specimen_where_the_blade_of_another_would_run() -> None:
    low = Piece(name="low", cuts=(made.plane_cut("above", (0.0, 0.0, -3.0), (0.0, 0.0, 1.0)),))
    both = fate_map(made.block(), (Level.T8,), "A", (made.front_of_block(), low))

    specimen = 30 * 13 * 20 + 30 * 11 * 6
    assert both.voxels(Fate.SPECIMEN) == specimen
    assert both.voxels(Fate.BLADE) == 30 * 2 * 14 + 30 * 9 * 2


def test_the_map_holds_the_whole_tumour_and_a_free_voxel_around_all() -> None:
    fates = fate_map(made.block(), (Level.T8,), "A", (made.front_of_block(),))

    assert fates.grid.shape == (22, 29, 32)
    assert set(np.unique(fates.labels)) <= {0, *NAMES}
    labels = made.block().images.map_of(vertebra(Level.T8))
    points = fates.grid.points_mm(np.argwhere(np.isin(fates.labels, range(1, 9))))
    assert labels is not None
    assert labels.holds(vertebra(Level.T8), points).all()
    assert len(points) == 30 * 24 * 20


@settings(max_examples=8, deadline=None)
@given(st.floats(-6.0, 6.0), st.booleans())
def test_the_fates_of_a_spine_add_up_to_its_bone_and_its_tumour_voxel_by_voxel(move: float, is_opened: bool) -> None:
    column = made.spine()
    piece = made.body_piece(column, move_mm=move)
    fates = fate_map(column, made.LEVELS, "A", (piece,), made.LAMINECTOMY if is_opened else ())

    assert sum(_bone(fates)) == sum(int((column.crop(level).mask > 0).sum()) for level in made.LEVELS)
    ill = column.images.map_of(tumour("A"))
    assert ill is not None
    assert sum(fates.voxels(fate, TUMOROUS) for fate in Fate) == int(ill.mask(tumour("A")).sum())
    removed = sum(int(piece.takes(column.crop(level).points_mm).sum()) for level in made.LEVELS)
    assert fates.voxels(Fate.SPECIMEN) + fates.voxels(Fate.BLADE) == removed
    assert (fates.voxels(Fate.OPENED) > 0) == is_opened


def test_the_numbers_are_named_one_by_one() -> None:
    assert sorted(NAMES) == list(range(1, 13))
    assert NAMES[number_of(Tissue.TUMOUR_OUTSIDE, Fate.OPENED)] == "tumour outside of bone, opened"


def test_an_opening_of_bone_without_parts_is_refused() -> None:
    opening = Opening(level=Level.T12, parts=LAMINAE)
    with pytest.raises(RecordError, match="its parts are not known"):
        fate_map(made.spine(), made.LEVELS, "A", (made.body_piece(made.spine()),), (opening,))
