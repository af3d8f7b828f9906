"""The vocabulary of the spine is closed, printed with its side, and read back as it was written."""

from __future__ import annotations

import pytest

from enbloc.case.anatomy import (
    ENBLOC_LABELS,
    SECTORS,
    Level,
    Side,
    Spine,
    Structure,
    StructureKind,
    in_order,
    sector,
    structure,
)
from enbloc.errors import RecordError


@pytest.mark.parametrize("named", ENBLOC_LABELS.values(), ids=str)
def test_a_structure_reads_back_from_its_words(named: Structure) -> None:
    assert structure(str(named)) == named


def test_our_labels_fit_a_byte_and_name_each_structure_once() -> None:
    assert max(ENBLOC_LABELS) <= 255
    assert min(ENBLOC_LABELS) >= 1
    assert len(set(ENBLOC_LABELS.values())) == len(ENBLOC_LABELS)


@pytest.mark.parametrize(
    "words", ["", "vertebrae T8", "vertebra T99", "tumour", "cord left left", "nerve root left T8", "tumour A B"]
)
def test_what_names_no_structure_is_refused(words: str) -> None:
    with pytest.raises(RecordError):
        structure(words)


def test_a_tumour_is_named_with_its_lesion() -> None:
    with pytest.raises(RecordError):
        Structure(kind=StructureKind.TUMOUR)
    with pytest.raises(RecordError):
        Structure(kind=StructureKind.CORD, lesion="A")


@pytest.mark.parametrize("number", [0, 13, -4])
def test_there_are_twelve_sectors(number: int) -> None:
    with pytest.raises(RecordError):
        sector(number)


def test_the_left_half_comes_first() -> None:
    left = {sector.number for sector in SECTORS if sector.side is Side.LEFT}
    assert left == {1, 2, 3, 4, 5, 6}


def test_levels_are_ordered_head_to_foot_with_the_transitional_ones_in_place() -> None:
    given = [Level.L6, Level.T13, Level.S1, Level.L1, Level.T12, Level.L5, Level.C1]
    assert [str(level) for level in in_order(given)] == ["C1", "T12", "T13", "L1", "L5", "L6", "S1"]
    assert {level for level in Level if level.is_transitional} == {Level.T13, Level.L6}


def test_a_spine_lists_each_level_once() -> None:
    with pytest.raises(RecordError, match="T8 T8"):
        Spine(levels=(Level.T8, Level.T8))


def test_neighbours_come_nearest_first() -> None:
    spine = Spine(levels=(Level.T11, Level.T12, Level.L1, Level.L2))
    assert spine.above(Level.L1) == (Level.T12, Level.T11)
    assert spine.below(Level.T12) == (Level.L1, Level.L2)
