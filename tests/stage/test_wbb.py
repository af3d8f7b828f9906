"""Resections by sectors and layers, against the worked cases and by complete enumeration."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations, product
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import SECTORS, Layer, Sector, sector
from enbloc.case.finding import Findings, measured
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.stage import wbb_readings
from enbloc.stage.boriani import BORIANI_2018, CHOSEN, NOT_AUTOMATIC, Technique
from enbloc.stage.classes import wbb_score
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.score import Score
from enbloc.stage.wbb import AT_THE_DURA, BOTH_PEDICLES, Resection, readings, resections
from enbloc.stage.wbb_form import HELD, NONE_ALLOWED, SIDE_UNVERIFIED, WBB, on
from tests import strategies
from tests.strategies import a_case

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


def test_unknown_layers_are_open_all_six() -> None:
    found = readings(involved([5]), None, sectors_open=involved([6]))
    assert found == replace(
        readings(involved([5]), [], sectors_open=involved([6]), layers_open=Layer), nominal=found.nominal
    )
    assert found.epidural_margin_risk == (False, True)
    assert found.always == (V,)
    assert found.sometimes == (S, A)
    assert found.nominal.ask


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


# --- the form ---------------------------------------------------------------------------------------------------------

LEFT, MIRRORED = {"numbering": "patient left first"}, {"numbering": "mirrored"}
EVERY = [frozenset(chosen) for size in range(1, 13) for chosen in combinations(range(1, 13), size)]


def answered(sectors: frozenset[int] | set[int], layers: str, **more: Any) -> dict[str, Any]:
    """A whole form: what is not named holds no tumour."""
    return LEFT | on("sector_", *sectors) | on("layer_", *layers.lower()) | more


def form(written: dict[str, Any]) -> Score:
    return judged(WBB, WBB.read(written))


def by_the_page(sectors: frozenset[int], layers: str) -> set[str]:
    """Section 4.3 of the specification, written down once more."""
    found = set()
    if sectors <= {4, 5, 6, 7, 8} or sectors <= {5, 6, 7, 8, 9}:
        found.add("en bloc vertebrectomy")
    if sectors <= {3, 4, 5} or sectors <= {8, 9, 10}:
        found.add("sagittal resection")
    if sectors <= {10, 11, 12, 1, 2, 3}:
        found.add("posterior arch resection")
    if sectors <= {5, 6, 7, 8} and set(layers) <= {"A", "B"}:
        found.add("anterior-only resection (type 1)")
    return found or {NONE_ALLOWED}


@pytest.mark.parametrize("layers", ["AB", "C", "BD"])
def test_every_set_of_sectors_as_a_form_by_the_page_and_as_a_case(layers: str) -> None:
    depth = measured(f.WBB_LAYERS, "A", tuple(layers))
    for sectors in EVERY:
        score = form(answered(sectors, layers))
        assert set(score.categories) == by_the_page(sectors, layers)
        said = {one.name: one.values for one in score.also}
        assert said["epidural margin risk"] == (("yes",) if set(layers) & {"D", "E"} else ("no",))
        assert (BOTH_PEDICLES in score.flags) == (sectors >= {4, 9})
        assert (AT_THE_DURA in score.flags) == bool(set(layers) & {"D", "E"})
        assert score.missing == ()
        extent = measured(f.WBB_SECTORS, "A", tuple(sector(number) for number in sorted(sectors)))
        case = wbb_score(a_case(), Findings(found=(extent, depth)), "A")
        assert case is not None
        assert (case.instrument, case.categories, case.flags) == (score.instrument, score.categories, score.flags)
        assert case.also == tuple(one for one in score.also if one.name != HELD)
        assert (case.warnings, case.checked, case.cites) == (score.warnings, score.checked, score.cites)


@pytest.mark.parametrize("layer", Layer)
def test_each_layer_alone_and_with_b_by_the_page(layer: Layer) -> None:
    for sectors in EVERY[::29]:
        for layers in (layer.value, f"B{layer.value}"):
            assert set(form(answered(sectors, layers)).categories) == by_the_page(sectors, layers)


@pytest.mark.parametrize("seed", range(40))
def test_an_open_form_gives_what_its_completions_give(seed: int) -> None:
    dice = random.Random(seed)
    written = answered(frozenset(dice.sample(range(1, 13), dice.randint(0, 4))), dice.choice(["", "A", "BC", "D"]))
    unknown = dice.sample(sorted(written.keys() - {"numbering"}), dice.randint(1, 7))
    every = set()
    for chosen in product((False, True), repeat=len(unknown)):
        complete = written | dict(zip(unknown, chosen, strict=True))
        held = frozenset(number for number in range(1, 13) if complete[f"sector_{number}"])
        deep = "".join(layer.value for layer in Layer if complete[f"layer_{layer.value.lower()}"])
        if held and deep:
            every |= by_the_page(held, deep)
    given = {name: each for name, each in written.items() if name not in unknown}
    if every:
        score = form(given)
        assert set(score.categories) == every
        assert len(score.missing) == len(unknown)
    else:
        with pytest.raises(RecordError, match="without a"):
            form(given)


@pytest.mark.parametrize("one", [WBB, BORIANI_2018], ids=["wbb", "boriani_2018"])
def test_the_outcome_of_a_whole_form_is_what_judging_it_gives(one: Instrument) -> None:
    dice = random.Random(20261120)
    for _ in range(150):
        held = {each.name: dice.choice(each.answers) for each in one.questions}
        try:
            outcome = one.form(**held).outcome
        except RecordError:
            with pytest.raises(RecordError):
                judged(one, {name: (answer,) for name, answer in held.items()})
            continue
        score = judged(one, {name: (answer,) for name, answer in held.items()})
        assert (outcome.category, *(other.category for other in outcome.otherwise)) == score.categories
        assert outcome.flags == score.flags
        said = {also.name: also.values for also in score.also}
        assert all(said[name] == (word,) for name, word in outcome.readings)


def test_a_mirrored_form_is_turned_round_and_says_its_sides() -> None:
    mine, theirs = form(answered({3, 4}, "B")), form(answered({9, 10}, "B") | MIRRORED)
    assert mine.categories == theirs.categories == ("sagittal resection",)
    assert mine.also == theirs.also
    assert mine.also[-1].values == ("3 left", "4 left")
    for sectors in EVERY[::7]:
        mirrored = frozenset(13 - number for number in sectors)
        assert form(answered(sectors, "B")).also == form(answered(mirrored, "B") | MIRRORED).also


def test_without_a_numbering_no_side_is_named_and_the_resections_are_those_of_both() -> None:
    written = answered({3, 4}, "B")
    del written["numbering"]
    score = form(written)
    assert SIDE_UNVERIFIED in score.flags
    assert HELD not in {one.name for one in score.also}
    assert score.categories == form(written | LEFT).categories
    assert len(score.missing) == 1
    assert SIDE_UNVERIFIED not in form(written | MIRRORED).flags


def test_a_form_without_a_sector_or_a_layer_is_refused() -> None:
    for sectors, layers, what in ((set(), "B", "sector"), ({5}, "", "layer")):
        with pytest.raises(RecordError, match=f"without a {what}"):
            form(answered(sectors, layers))


# --- Boriani's types --------------------------------------------------------------------------------------------------


def boriani(written: dict[str, Any]) -> Score:
    return judged(BORIANI_2018, BORIANI_2018.read(written))


@pytest.mark.parametrize("layers", ["AB", "BD"])
def test_only_types_1_and_2a_are_ever_given_by_sectors_and_layers(layers: str) -> None:
    found = set()
    for sectors in EVERY:
        score = boriani(answered(sectors, layers, technique="by sectors and layers"))
        resections_ = by_the_page(sectors, layers)
        first, arch = "anterior-only resection (type 1)" in resections_, "posterior arch resection" in resections_
        assert score.categories == (("type 1",) if first else ("type 2a",) if arch else (NOT_AUTOMATIC,))
        assert (AT_THE_DURA in score.flags) == ("D" in layers)
        found |= set(score.categories)
    assert found == {"type 2a", NOT_AUTOMATIC} | ({"type 1"} if set(layers) <= {"A", "B"} else set())


@pytest.mark.parametrize("chosen", [one.value for one in Technique if one is not Technique.AUTOMATIC])
def test_a_type_that_was_chosen_is_kept_unless_its_criterion_is_not_met(chosen: str) -> None:
    criterion = {"1": ({5, 6}, "AB"), "2a": ({12, 1}, "B")}
    sectors, layers = criterion.get(chosen, ({4, 9}, "ABC"))
    score = boriani(answered(sectors, layers, technique=chosen))
    assert score.categories == (f"type {chosen}",)
    assert (CHOSEN in score.flags) == (chosen not in criterion)
    if chosen in criterion:
        with pytest.raises(RecordError, match=f"do not allow type {chosen}"):
            boriani(answered({4, 9}, "ABC", technique=chosen))
    assert boriani({"technique": chosen}).categories == (f"type {chosen}",)


def test_without_a_choice_any_type_is_possible_and_it_is_asked_for() -> None:
    score = boriani(answered({4, 9}, "C"))
    assert "type 1" not in score.categories
    assert {"type 2b", "type 7", NOT_AUTOMATIC} <= set(score.categories)
    assert score.missing == ("technique that a surgeon chose, or 'by sectors and layers'",)
