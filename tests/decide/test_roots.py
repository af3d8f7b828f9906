"""The tables of nerve roots: total, free of overlap, the same on both sides, and with the figures as printed."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, Side
from enbloc.case.sided import NERVES, Root, SegmentalArtery, root
from enbloc.decide.decision import Act, Holds
from enbloc.decide.root_table import LOSSES, NONE_PUBLISHED, Extent, extent_of, loss, pairs, span
from enbloc.decide.roots import ACT_RULES, across_sources, endangers_breathing, expected, losses
from enbloc.decide.rule import spoken
from enbloc.decide.sacral_table import PATTERNS, POOLED, SACRAL, Cut, bladder_range, pattern, pooled, touches_sphincter
from enbloc.decide.situation import Situation
from enbloc.decide.stops_of_vessels_and_roots import root_without_consent
from enbloc.evidence import Checked
from tests.decide.rows.roots import both, cut
from tests.decide.situations import CHORDOMA, found, said, seen

UNNAMED = {"T13", "L6", "Co"}
SUBSETS = [frozenset(some) for size in range(6) for some in combinations(SACRAL, size)]
CUTS: list[Cut] = list(product(SUBSETS, SUBSETS))  # all 1024 ways to cut sacral roots


def roots_of(*words: str) -> tuple[Root, ...]:
    return tuple(Root(word) for word in words)


def test_thirty_three_roots_on_two_sides() -> None:
    assert len(Root) == 66
    assert NERVES[:9] == ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "T1")
    # Every level from C1 has a root of its name, and C8 stands between C7 and T1.
    assert {*NERVES} == {str(level) for level in Level if level is not Level.O} | {"C8"}
    assert all(root(one.nerve, one.side) is one and one.mirrored.mirrored is one for one in Root)
    assert all(one.mirrored.side is not one.side and one.mirrored.mirrored is one for one in SegmentalArtery)


@pytest.mark.parametrize(("nerve", "extent"), list(product(NERVES, Extent)))
def test_every_root_and_extent_has_one_row_or_none_is_published(nerve: str, extent: Extent) -> None:
    rows = [row for row in LOSSES if nerve in row.nerves and extent in row.extents]
    assert len(rows) == (0 if nerve in UNNAMED else 1)
    assert loss(nerve, extent) == (rows[0] if rows else None)


@pytest.mark.parametrize("cut_sides", [(Side.LEFT,), (Side.RIGHT,), (Side.LEFT, Side.RIGHT)])
@pytest.mark.parametrize("nerve", NERVES)
def test_every_cut_says_what_is_lost_with_its_mark(nerve: str, cut_sides: tuple[Side, ...]) -> None:
    gone = tuple(root(nerve, side) for side in cut_sides)
    ((words, row),) = losses(gone)
    assert words == f"{nerve} {' and '.join(side.value for side in cut_sides)}"
    assert expected(gone) == f"{words}: {row.lost if row else NONE_PUBLISHED}."
    if row is not None:
        figures = {"S2", "S3", "S4", "S5"} & {nerve} and row.rule != "NERV-23"
        assert row.checked is (Checked.READ if figures else Checked.FROM_MEMORY)


@pytest.mark.parametrize(("nerve", "one", "two"), [
    ("C2", "occipital numbness, low motor cost", "occipital numbness, low motor cost"),
    ("C4", "part of the phrenic nerve", "phrenic nerve; C3 to C5 on both sides mean a risk of ventilation"),
    ("C8", "grip, intrinsic hand muscles", "grip, intrinsic hand muscles"),
    ("T9", "intercostal numbness or neuralgia", "intercostal numbness or neuralgia"),
    ("T10", "intercostal numbness or neuralgia", "intercostal numbness or neuralgia, bulge of the abdominal wall"),
    ("T12", "intercostal numbness or neuralgia", "intercostal numbness or neuralgia, bulge of the abdominal wall"),
    ("L5", "foot drop, hip abductors", "foot drop, hip abductors"),
    ("S1", "plantar flexion, gait", "plantar flexion and gait, severe"),
])  # fmt: skip
def test_one_side_and_both(nerve: str, one: str, two: str) -> None:
    for extent, lost in ((Extent.ONE_SIDE, one), (Extent.BOTH_SIDES, two)):
        row = loss(nerve, extent)
        assert row is not None
        assert row.lost == lost


def test_extent_of_a_cut() -> None:
    gone = roots_of("C5 left", "C6 left", "C6 right")
    assert [extent_of(nerve, gone) for nerve in ("C4", "C5", "C6")] == [None, Extent.ONE_SIDE, Extent.BOTH_SIDES]
    assert span("C7", "T1") == ("C7", "C8", "T1")


def test_the_sacral_patterns_do_not_overlap_and_the_gaps_are_said() -> None:
    for one in CUTS:
        rows = [row for row in PATTERNS if row.holds(one)]
        assert len(rows) <= 1
        assert not rows or touches_sphincter(one)
        assert pattern(one) == (rows[0] if rows else None)
        if touches_sphincter(one) and not bladder_range(one):
            review = pooled(one)
            none = review is None or review.walking_percent is None
            assert across_sources(one).startswith("Say that no figure") is none


def test_the_pooled_rows_are_total_and_apart_for_cuts_that_leave_no_root_below() -> None:
    lowest = list(product(range(6), range(6)))
    held = {low: [row.spared for row in POOLED if row.holds(low)] for low in lowest}
    assert all(len(rows) <= 1 for rows in held.values())
    # None only where one side keeps roots below S3 and the other loses S3: such a cut has a row of the series.
    assert {low for low, rows in held.items() if not rows} == {low for low in lowest if max(low) > 3 and min(low) < 3}


@pytest.mark.parametrize(("gone", "rule", "bladder", "walking"), [
    (both("S1", "S2", "S3", "S4", "S5"), "NERV-14", (0,), None),
    (both("S2", "S3", "S4", "S5"), "NERV-14", (0,), None),
    (("S2 left", *both("S3", "S4", "S5")), None, (25,), None),
    (both("S3", "S4", "S5"), "NERV-15", (25, 39.9), 56.2),
    (("S3 right", *both("S4", "S5")), "NERV-17", (60, 72.7), None),
    (both("S4", "S5"), "NERV-16", (69, 83.3), 94.1),
    (both("S5"), None, (), 100),
    (("S4 left", "S5 left"), "NERV-18", (89,), 100),
    (("S1 left", "S2 left", "S3 left", "S4 left", "S5 left"), "NERV-18", (89,), None),
    (both("S3"), None, (), None),  # roots spared below the cut: nobody has published it
])  # fmt: skip
def test_figures_of_sacral_cuts_as_printed(
    gone: tuple[str, ...], rule: str | None, bladder: tuple[float, ...], walking: float | None
) -> None:
    held = roots_of(*gone)
    one: Cut = tuple(frozenset(r.nerve for r in held if r.side is side) for side in Side)  # type: ignore[assignment]
    row, review = pattern(one), pooled(one)
    assert (row.rule if row else None) == rule
    assert bladder_range(one) == bladder
    assert (review.walking_percent if review else None) == walking


def test_range_and_gaps_in_words() -> None:
    known = CHORDOMA | {f.AGE: 55.0}
    assert _do("NERV-19", *both("S3", "S4", "S5")) == (
        "Show the range across sources: normal bladder 25 to 39.9 %, normal walking 56.2 %."
    )
    assert _do("NERV-19", *both("S3")) == "Say that no figure is published for this pattern of sacral roots."
    assert _do("NERV-15", *both("S3", "S4", "S5")) == (
        "Give these figures at consent: normal bowel 40 %, bladder 25 %."
    )
    young = said("NERV-15", seen(known | {f.AGE: 14.0}, **cut(*both("S3", "S4", "S5"))))
    assert young is not None
    assert young.do.endswith("Figures of adults: they do not apply under 18 years.")


def _do(id: str, *words: str) -> str:
    statement = said(id, seen(CHORDOMA | {f.AGE: 55.0}, **cut(*words)))
    assert statement is not None
    return statement.do


def test_the_sum_of_all_roots_names_each_once_and_asks_the_board() -> None:
    statement = said("NERV-20", seen(CHORDOMA, **cut("T8 right", "L5 left", "T8 left", "Co left")))
    assert statement is not None
    assert statement.because == (
        "T8 left and right: intercostal numbness or neuralgia; L5 left: foot drop, hip abductors; "
        "Co left: no loss published."
    )
    assert statement.do.endswith("Ask the board about L5 left.")


@pytest.mark.parametrize(("age", "words", "said_so"), [
    (55.0, ("S3 left",), False), (14.0, ("S3 left",), True), (None, ("S3 left",), True), (14.0, ("L5 left",), False),
])  # fmt: skip
def test_figures_of_adults_are_named_as_such(age: float | None, words: tuple[str, ...], said_so: bool) -> None:
    statement = said("NERV-20", seen(CHORDOMA | {f.AGE: age}, **cut(*words)))
    assert statement is not None
    assert ("Figures of adults" in statement.do) is said_so


def test_ventilation_by_enumeration() -> None:
    diaphragm = pairs(span("C3", "C5"))
    ordered = sorted(diaphragm, key=str)
    for gone in chain.from_iterable(combinations(ordered, size) for size in range(7)):
        left, right = ({one.nerve for one in gone if one.side is side} for side in Side)
        pairs_gone = left & right
        feared = "C4" in pairs_gone or len(pairs_gone) >= 2
        # The stricter reading adds two roots on each side that differ, and takes nothing away.
        assert endangers_breathing(gone) is (feared or min(len(left), len(right)) >= 2)


@pytest.mark.parametrize("nerve", NERVES)
def test_consent_root_by_root(nerve: str) -> None:
    needed = nerve in (*span("C1", "T1"), *span("L1", "S3"))
    for side in Side:
        about = seen(CHORDOMA | {f.FUNCTION_CONSENT: False}, **cut(f"{nerve} {side.value}"))
        statement = spoken(root_without_consent, about)
        assert (statement is not None) is needed


some_roots = st.lists(st.sampled_from(Root), unique=True, max_size=8).map(tuple)


@given(some_roots)
def test_sides_swapped_in_the_plan_swap_in_the_advice(gone: tuple[Root, ...]) -> None:
    here, there = _cutting(gone), _cutting(tuple(one.mirrored for one in gone))
    for each in (*ACT_RULES, root_without_consent):
        one, other = spoken(each, here), spoken(each, there)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert _swapped(one.do) == _sorted(other.do)
            assert _swapped(one.because) == _sorted(other.because)


UNSIGNED = seen(CHORDOMA | {f.FUNCTION_CONSENT: False}, act=Act.EN_BLOC)


def _cutting(gone: tuple[Root, ...]) -> Situation:
    """The same situation with a plan that cuts these roots."""
    assert UNSIGNED.plan is not None
    return replace(UNSIGNED, planned=replace(UNSIGNED.plan, findings=found({f.ROOTS_CUT: gone})))


def _sorted(words: str) -> list[str]:
    # "left and right" stays as it is when the sides are swapped, and pairs may be listed in another order.
    return sorted(words.replace("left and right", "both").replace(",", " ").replace(".", " ").replace(";", " ").split())


def _swapped(words: str) -> list[str]:
    marked = words.replace("left and right", "both")
    return _sorted(marked.replace("left", "?").replace("right", "left").replace("?", "right"))


@given(some_roots, st.sampled_from(Root))
def test_another_root_never_lifts_the_stop(gone: tuple[Root, ...], more: Root) -> None:
    wider = tuple(dict.fromkeys((*gone, more)))
    before, after = (spoken(root_without_consent, _cutting(each)) for each in (gone, wider))
    if before is not None and before.holds is Holds.YES:
        assert after is not None
        assert after.holds is Holds.YES
