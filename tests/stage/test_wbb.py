"""Resections by sectors and layers, against the worked cases and by complete enumeration."""

from __future__ import annotations

from itertools import combinations
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import SECTORS, Layer, Sector, sector
from enbloc.case.finding import Findings, measured
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.stage import wbb_readings
from enbloc.stage.wbb import Resection, readings, resections
from tests import strategies

One = TypeVar("One")

V, S, P, A = Resection.VERTEBRECTOMY, Resection.SAGITTAL, Resection.POSTERIOR_ARCH, Resection.ANTERIOR_ONLY

# Staging specification 4.5, from Boriani 1997 and 2018.
WORKED = [
    ("1", [5, 6, 7, 8], "AB", {V, A}, False),
    ("2", [5, 6, 7, 8, 9], "BC", {V}, False),
    ("3", [3, 4, 5], "BC", {S}, False),
    ("4", [12, 1, 2], "B", {P}, False),
    ("5", [4, 9, 10], "B", set(), False),
    ("6", [4, 5], "BCD", {V, S}, True),
]


def involved(numbers: list[int] | tuple[int, ...]) -> list[Sector]:
    return [sector(number) for number in numbers]


@pytest.mark.parametrize("row", WORKED, ids=[f"specification 4.5, row {row[0]}" for row in WORKED])
def test_worked_case(row: tuple[str, list[int], str, set[Resection], bool]) -> None:
    _, sectors, layers, allowed, risk = row
    result = resections(involved(sectors), [Layer(one) for one in layers])
    assert {one.resection for one in result.allowed} == allowed
    assert result.epidural_margin_risk is risk
    assert result.both_pedicles == (4 in sectors and 9 in sectors)


def test_every_set_of_sectors_by_the_printed_criteria() -> None:
    criteria = {
        V: [{4, 5, 6, 7, 8}, {5, 6, 7, 8, 9}],
        S: [{3, 4, 5}, {8, 9, 10}],
        P: [{10, 11, 12, 1, 2, 3}],
        A: [{5, 6, 7, 8}],
    }
    every = [chosen for size in range(1, 13) for chosen in combinations(range(1, 13), size)]
    assert len(every) == 2**12 - 1
    for chosen in every:
        result = resections(involved(chosen), [Layer.B])
        expected = {kind for kind, sets in criteria.items() if any(set(chosen) <= one for one in sets)}
        assert {one.resection for one in result.allowed} == expected


@given(strategies.sectors, strategies.layers)
def test_more_tumour_never_allows_more(sectors: frozenset[Sector], layers: frozenset[Layer]) -> None:
    less = resections(sectors, layers)
    for one_more in SECTORS:
        more = resections(sectors | {one_more}, layers)
        assert {one.resection for one in more.allowed} <= {one.resection for one in less.allowed}


@given(strategies.sectors, strategies.layers)
def test_left_and_right_are_mirrored(sectors: frozenset[Sector], layers: frozenset[Layer]) -> None:
    mirrored = {sector(13 - one.number) for one in sectors}
    ours = [one.resection for one in resections(sectors, layers).allowed]
    assert [one.resection for one in resections(mirrored, layers).allowed] == ours


def test_unknown_layers_are_asked_for_and_allow_no_anterior_only() -> None:
    result = resections(involved([5, 6]), None)
    assert result.ask
    assert result.epidural_margin_risk is None
    assert not result.allows(A)
    assert result.allows(V)


def test_each_set_of_sectors_says_how_far_it_was_checked() -> None:
    marks = {one.resection: one.checked for one in resections(involved([5]), [Layer.A]).allowed}
    assert marks == {V: Checked.FROM_MEMORY, S: Checked.FROM_MEMORY, A: Checked.READ}


@pytest.mark.parametrize(("sectors", "layers"), [([], [Layer.B]), ([5], [])])
def test_an_extent_without_sectors_or_layers_is_refused(sectors: list[int], layers: list[Layer]) -> None:
    with pytest.raises(RecordError):
        resections(involved(sectors), layers)


@pytest.mark.parametrize("layer", Layer)
def test_anterior_only_wants_the_two_outer_layers(layer: Layer) -> None:
    assert resections(involved([5, 6]), [Layer.B, layer]).allows(A) == (layer in {Layer.A, Layer.B})


open_sectors = st.frozensets(st.sampled_from(SECTORS), max_size=4)
open_layers = st.frozensets(st.sampled_from(Layer), max_size=2)


@given(strategies.sectors, strategies.layers, open_sectors, open_layers)
def test_readings_are_those_of_every_completion(
    sectors: frozenset[Sector], layers: frozenset[Layer], maybe: frozenset[Sector], deep: frozenset[Layer]
) -> None:
    found = readings(sectors, layers, sectors_open=maybe, layers_open=deep)
    each = [
        resections(area, depth)
        for area in completions(sectors - maybe, maybe)
        for depth in completions(layers - deep, deep)
    ]
    allowed = [{one.resection for one in made.allowed} for made in each]
    assert set(found.always) == set.intersection(*allowed)
    assert set(found.always) | set(found.sometimes) == set.union(*allowed)
    assert not set(found.always) & set(found.sometimes)
    assert set(found.epidural_margin_risk) == {made.epidural_margin_risk for made in each}
    assert set(found.both_pedicles) == {made.both_pedicles for made in each}
    assert found.nominal == resections(sectors, layers)


def completions(sure: frozenset[One], open_: frozenset[One]) -> list[frozenset[One]]:
    """Every way to take open ones in, but none at all."""
    taken = [frozenset(some) for size in range(len(open_) + 1) for some in combinations(open_, size)]
    return [sure | some for some in taken if sure | some]


def test_nothing_open_is_settled() -> None:
    found = readings(involved([4, 5]), [Layer.B])
    assert found.is_settled
    assert found.always == (V, S)
    assert found.both_pedicles == (False,)


def test_an_open_pedicle_leaves_the_vertebrectomy_open() -> None:
    found = readings(involved([4, 5, 6, 9]), [Layer.B], sectors_open=involved([9]))
    assert (found.always, found.sometimes) == ((), (V,))
    assert found.both_pedicles == (False, True)
    assert not found.is_settled
    assert [one.resection for one in found.nominal.allowed] == []


def test_unknown_layers_stay_unknown_in_every_reading() -> None:
    found = readings(involved([5]), None, sectors_open=involved([6]))
    assert found.epidural_margin_risk == ()
    assert found.always == (V,)
    assert found.sometimes == (S,)


def test_an_extent_of_open_sectors_only_is_read_and_an_empty_one_refused() -> None:
    assert readings([], [Layer.B], sectors_open=involved([4, 9])).both_pedicles == (False, True)
    with pytest.raises(RecordError):
        readings([], [Layer.B])
    with pytest.raises(RecordError):
        readings(involved([5]), [])


def test_the_readings_of_a_lesion_come_from_its_findings() -> None:
    sectors, maybe = (
        measured(f.WBB_SECTORS, "A", (sector(4), sector(9))),
        measured(f.WBB_SECTORS_OPEN, "A", (sector(9),)),
    )
    layers = measured(f.WBB_LAYERS, "A", ("B",))
    found = wbb_readings(Findings(found=(sectors, maybe, layers)), "A")
    assert found is not None
    assert found.sometimes == (V, S)
    assert wbb_readings(Findings(), "A") is None
