"""From the sectors of a tumour to those of its target: each of the 63 sets, and either side alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, product

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Side
from enbloc.case.fact import BodySpread
from enbloc.case.table import CoxSector
from enbloc.decide.decision import Act, Holds
from enbloc.decide.target_sectors import EVERY_SECTOR, PRINTED, Sectors, Target, is_all_round, mirrored, target
from enbloc.decide.target_volume import ROWS
from tests.decide.rows.radiotherapy import ADULT, gtv
from tests.decide.situations import said, seen

SETS: list[Sectors] = [frozenset(some) for size in range(1, 7) for some in combinations(EVERY_SECTOR, size)]
SPREADS = (None, *BodySpread)
TURNED = {BodySpread.LEFT: BodySpread.RIGHT, BodySpread.RIGHT: BodySpread.LEFT}
OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


def numbers(sectors: Sectors) -> set[int]:
    return {int(one.value.split()[0]) for one in sectors}


def of(*chosen: int) -> Sectors:
    return frozenset(one for one in EVERY_SECTOR if int(one.value.split()[0]) in chosen)


@pytest.mark.parametrize(("tumour", "irradiated", "optional"), [
    ({1}, {1}, set()),
    ({1, 2}, {1, 2, 3}, set()),
    ({1, 6}, {1, 5, 6}, set()),
    ({1, 2, 6}, {1, 2, 3, 5, 6}, {4}),
    ({1, 2, 3, 5, 6}, {1, 2, 3, 5, 6}, {4}),
    ({2}, {2, 3}, {1}),
    ({6}, {5, 6}, {1}),
    ({3}, {2, 3, 4}, set()),
    ({5}, {4, 5, 6}, set()),
    ({4}, {3, 4, 5}, set()),
    # sets that are not printed: unions
    ({2, 6}, {2, 3, 5, 6}, {1}),
    ({1, 4}, {1, 3, 4, 5}, set()),
    ({3, 4}, {2, 3, 4, 5}, set()),
    ({2, 3}, {2, 3, 4}, {1}),
    ({1, 2, 3}, {1, 2, 3, 4}, set()),
    ({1, 2, 3, 6}, {1, 2, 3, 4, 5, 6}, set()),
    ({1, 2, 3, 4, 5, 6}, {1, 2, 3, 4, 5, 6}, set()),
])  # fmt: skip
def test_sets(tumour: set[int], irradiated: set[int], optional: set[int]) -> None:
    found = target(of(*tumour))
    assert (numbers(found.sectors), numbers(found.optional), found.transverse) == (irradiated, optional, frozenset())


def test_every_set_has_a_target_that_holds_it() -> None:
    assert len(SETS) == len(set(SETS)) == 63
    for tumour, spread in product(SETS, SPREADS):
        found = target(tumour, spread)
        assert tumour <= found.sectors
        assert not found.optional & found.sectors
        assert found.words


def test_a_set_that_is_not_printed_gets_the_union_of_its_sectors() -> None:
    for tumour in SETS:
        union: Sectors = frozenset().union(*(PRINTED[frozenset({one})].sectors for one in tumour))
        expected = PRINTED[tumour].sectors if tumour in PRINTED else union
        assert target(tumour).sectors == expected
    # Body and both sides without the spinous process is printed smaller than the union of its sectors.
    smaller = [tumour for tumour in PRINTED if len(tumour) > 1 and target(tumour).sectors < _union(tumour)]
    assert [numbers(one) for one in smaller] == [{1, 2, 3, 5, 6}]


def _union(tumour: Sectors) -> Sectors:
    return frozenset().union(*(PRINTED[frozenset({one})].sectors for one in tumour))


def _turned(found: Target) -> Target:
    return Target(
        sectors=mirrored(found.sectors),
        optional=mirrored(found.optional),
        transverse=frozenset(OTHER[side] for side in found.transverse),
    )


def test_sides_swapped_in_the_tumour_swap_in_the_target() -> None:
    for tumour, spread in product(SETS, SPREADS):
        other = TURNED.get(spread, spread) if spread else None
        assert target(mirrored(tumour), other) == _turned(target(tumour, spread))
        assert mirrored(mirrored(tumour)) == tumour


def test_a_tumour_of_one_side_never_irradiates_the_other() -> None:
    left, right = of(2, 3), of(5, 6)
    for tumour in SETS:
        if not tumour & right and CoxSector.SPINOUS not in tumour:
            assert not target(tumour, BodySpread.LEFT).sectors & right
            assert Side.RIGHT not in target(tumour, BodySpread.LEFT).transverse
        if not tumour & left and CoxSector.SPINOUS not in tumour:
            assert not target(tumour, BodySpread.RIGHT).sectors & left


@pytest.mark.parametrize(("spread", "irradiated", "transverse"), [
    (None, {1}, set()),
    (BodySpread.CENTRAL, {1}, set()),
    (BodySpread.LEFT, {1, 2}, {Side.LEFT}),
    (BodySpread.RIGHT, {1, 6}, {Side.RIGHT}),
    (BodySpread.DIFFUSE, {1, 2, 6}, {Side.LEFT, Side.RIGHT}),
])  # fmt: skip
def test_spread_within_the_body(spread: BodySpread | None, irradiated: set[int], transverse: set[Side]) -> None:
    found = target(of(1), spread)
    assert (numbers(found.sectors), set(found.transverse)) == (irradiated, transverse)
    assert target(of(3), spread) == target(of(3)), "it is about the body alone"


def test_each_printed_row_lies_within_the_target_of_its_set() -> None:
    for row, tumour, spread in product(ROWS, SETS, SPREADS):
        chosen = row.chosen(tumour, spread)
        if chosen is not None:
            whole = target(tumour, spread)
            assert chosen.sectors <= whole.sectors
            assert chosen.transverse <= whole.transverse


def test_every_set_is_met_by_a_row() -> None:
    met = {tumour for tumour in SETS if any(row.chosen(tumour, None) is not None for row in ROWS)}
    unmet = [numbers(tumour) for tumour in SETS if tumour not in met]
    assert unmet == [{2, 6}, {3, 5}, {2, 3, 5, 6}], "both sides and nothing else: no row is printed, the union holds"


def test_all_round_only_with_body_both_sides_and_spinous_process_or_extensive_epidural_tumour() -> None:
    assert is_all_round(of(1, 2, 4, 6), epidural=False)
    assert is_all_round(of(1, 3, 4, 5), epidural=False)
    assert not is_all_round(of(1, 2, 6), epidural=False)
    assert not is_all_round(of(2, 4, 6), epidural=False)
    assert not is_all_round(of(1, 2, 3, 4), epidural=False)
    assert is_all_round(of(1), epidural=True)


def test_words_name_every_sector_with_its_side() -> None:
    assert target(of(6)).words == ("5 right transverse process and lamina, 6 right pedicle; optional: 1 body")
    assert target(of(1), BodySpread.LEFT).words == "1 body, 2 left pedicle with left transverse process"
    assert target(of(1, 3), BodySpread.LEFT).words == (
        "1 body, 2 left pedicle, 3 left transverse process and lamina, 4 spinous process"
    )


def test_a_doubtful_sector_never_makes_the_target_smaller() -> None:
    body, left, left_arch, right_arch, right = (next(iter(of(n))) for n in (1, 2, 3, 5, 6))
    known = gtv(body, left, left_arch, right) | {f.COX_SECTORS_OPEN: (right_arch,)}
    statement = said("CTV-09", seen(known, act=Act.RADIOSURGERY))
    assert statement is not None
    assert "4 spinous process" in statement.do


def test_circumferential_is_said_with_the_marrow() -> None:
    marrow = {f.MARROW_SUSPICIOUS: True, f.EPIDURAL_ALL_ROUND: False}
    statement = said("CTV-10", seen(gtv(CoxSector.BODY) | marrow, act=Act.RADIOSURGERY))
    assert statement is not None
    assert "A target all round is not called for." in statement.do
    silent = said("CTV-10", seen(ADULT | marrow, act=Act.RADIOSURGERY))
    assert silent is not None
    assert "all round" not in silent.do


@pytest.mark.parametrize("id", ["CTV-09", "CTV-13"])
def test_without_a_level_nobody_knows_whether_it_is_the_sacrum(id: str) -> None:
    about = seen(gtv(CoxSector.BODY), act=Act.RADIOSURGERY)
    assert about.plan is not None
    nowhere = replace(about, levels=(), planned=replace(about.plan, levels=()))
    statement = said(id, nowhere)
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN
    assert statement.ask == ("level of the lesion",)


def test_sectors_in_the_words_of_the_statement_keep_their_side() -> None:
    left, right = CoxSector.PEDICLE_LEFT, CoxSector.PEDICLE_RIGHT
    for one, words, other in ((left, "left", "right"), (right, "right", "left")):
        statement = said("CTV-04", seen(gtv(CoxSector.BODY, one), act=Act.RADIOSURGERY))
        assert statement is not None
        assert words in statement.do
        assert other not in statement.do
        assert other not in statement.because
