"""Which resections sectors allow: all subsets of the twelve, beside the sets of the specification."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from enbloc.case import fact
from enbloc.case.anatomy import Sector, Side, sector
from enbloc.case.answer import Unknown
from enbloc.case.finding import Findings, measured
from enbloc.errors import RecordError
from enbloc.plan.en_bloc.criteria import DRAFT, HALF_A_VOXEL, criterion, side_of
from enbloc.plan.operation import Operation

# staging.md, 4.3, by hand.
SETS: dict[Operation, tuple[set[int], ...]] = {
    Operation.VERTEBRECTOMY: ({4, 5, 6, 7, 8}, {5, 6, 7, 8, 9}),
    Operation.SAGITTAL: ({3, 4, 5}, {8, 9, 10}),
    Operation.POSTERIOR_ARCH: ({10, 11, 12, 1, 2, 3},),
    Operation.ANTERIOR: ({5, 6, 7, 8},),
}


def found(*numbers: int, open_: tuple[int, ...] = (), layers: tuple[str, ...] = ("A", "B")) -> Findings:
    """Findings of a tumour in sectors; of those that are open half a voxel decides."""
    those: list[tuple[fact.Fact[Any], object]] = [
        (fact.WBB_SECTORS, tuple(sector(one) for one in numbers)),
        (fact.WBB_SECTORS_OPEN, tuple(sector(one) for one in open_)),
        (fact.WBB_LAYERS, layers),
    ]
    return Findings(
        found=tuple(measured(named, "A", held, document="made", method="by hand") for named, held in those if held)
    )


@pytest.mark.parametrize("operation", list(SETS))
def test_every_set_of_sectors_allows_what_the_specification_says(operation: Operation) -> None:
    for size in range(1, 13):
        for numbers in combinations(range(1, 13), size):
            expected = any(set(numbers) <= held for held in SETS[operation])
            assert criterion(operation, found(*numbers), "A").allows is expected, (operation, numbers)


def test_both_pedicles_allow_nothing_in_one_piece_but_what_leaves_them_out() -> None:
    for operation in (one for one in Operation if one.resection):
        one = criterion(operation, found(4, 9), "A")
        assert one.allows is False
        assert one.because.startswith("not sectors within")
        assert "tumour in sectors 4 left, 9 right" in one.because
    assert any("Both pedicles" in note for note in criterion(Operation.VERTEBRECTOMY, found(4, 6, 9), "A").notes)


def test_the_middle_layer_bars_the_anterior_resection_alone() -> None:
    assert criterion(Operation.ANTERIOR, found(5, 6), "A").allows is True
    assert criterion(Operation.ANTERIOR, found(5, 6, layers=("B", "C")), "A").allows is False
    assert isinstance(criterion(Operation.ANTERIOR, found(5, 6, layers=()), "A").allows, Unknown)
    assert criterion(Operation.VERTEBRECTOMY, found(5, 6, layers=("B", "C")), "A").allows is True


def test_what_half_a_voxel_decides_is_borderline_and_never_a_plain_no() -> None:
    one = criterion(Operation.VERTEBRECTOMY, found(5, 6, 7, open_=(4, 9)), "A")
    assert isinstance(one.allows, Unknown)
    assert HALF_A_VOXEL in one.notes
    sure = criterion(Operation.VERTEBRECTOMY, found(5, 6, 7, open_=(4,)), "A")
    assert sure.allows is True


def test_criteria_from_memory_are_drafts_and_those_that_were_read_are_not() -> None:
    assert criterion(Operation.VERTEBRECTOMY, found(5, 6), "A").is_draft
    assert DRAFT in criterion(Operation.SAGITTAL, found(4, 5), "A").notes
    assert not criterion(Operation.POSTERIOR_ARCH, found(12, 1), "A").is_draft


def test_without_sectors_nothing_is_read_as_free() -> None:
    one = criterion(Operation.VERTEBRECTOMY, Findings(), "A")
    assert isinstance(one.allows, Unknown)
    assert one.because == "the sectors of the tumour are not known"


def test_operations_that_no_sectors_decide_are_refused() -> None:
    with pytest.raises(RecordError, match="Sectors say nothing of intralesional curettage"):
        criterion(Operation.CURETTAGE, found(5), "A")


def test_a_side_is_told_only_where_no_sector_may_lie_on_the_other() -> None:
    assert side_of(found(3, 4), "A") is Side.LEFT
    assert side_of(found(9, 10), "A") is Side.RIGHT
    assert side_of(found(6, 7), "A") is None
    assert side_of(found(5, 6, open_=(7,)), "A") is None
    assert side_of(Findings(), "A") is None
    assert {one.side for one in Sector} == set(Side)
