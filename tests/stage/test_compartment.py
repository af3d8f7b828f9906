"""Compartments by shares: the worked examples, the nine tenths, and intervals that leave several answers."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.finding import Findings, Interval, measured
from enbloc.stage.compartment import Compartment, Shares, compartment_score, reachable
from tests.strategies import a_case, entered

ED, EM, IM = Compartment

# Staging specification 6.
WORKED = [
    ("metastasis of a vertebral body", (100.0, 0.0, 0.0), (ED,)),
    ("schwannoma through a foramen, 30 % inside the sac", (70.0, 30.0, 0.0), (ED, EM)),
    ("meningioma T6", (0.0, 100.0, 0.0), (EM,)),
    ("expansion of the cord C4", (0.0, 3.0, 97.0), (IM,)),
]


def shares(extradural: float, extramedullary: float, intramedullary: float) -> Shares:
    return Shares(extradural=extradural, extramedullary=extramedullary, intramedullary=intramedullary)


@pytest.mark.parametrize("row", WORKED, ids=[f"specification 6, {row[0]}" for row in WORKED])
def test_worked_case(row: tuple[str, tuple[float, float, float], tuple[Compartment, ...]]) -> None:
    _, three, held = row
    assert shares(*three).compartments == held


def test_nine_tenths_are_all_of_it() -> None:
    assert shares(90.0, 10.0, 0.0).compartments == (ED,)
    assert shares(89.9, 10.1, 0.0).compartments == (ED, EM)
    assert shares(89.0, 8.0, 3.0).compartments == (ED, EM)
    assert shares(34.0, 33.0, 33.0).compartments == (ED, EM, IM)


def test_every_whole_number_of_shares_is_reached_and_nothing_else() -> None:
    for extradural, extramedullary in product(range(0, 101, 2), repeat=2):
        if extradural + extramedullary <= 100:
            three = (extradural, extramedullary, 100 - extradural - extramedullary)
            spans = tuple(Interval(low=one, high=one) for one in three)
            assert reachable((spans[0], spans[1], spans[2])) == (shares(*three).compartments,)


ends = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda two: (min(two), max(two)))


@given(ends, ends, ends)
def test_an_interval_reaches_what_some_shares_in_it_give(
    a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]
) -> None:
    plain = {
        shares(x, y, 100 - x - y).compartments
        for x in range(a[0], a[1] + 1)
        for y in range(b[0], b[1] + 1)
        if c[0] <= 100 - x - y <= c[1]
    }
    spans = [Interval(low=low, high=high) for low, high in (a, b, c)]
    assert plain <= set(reachable((spans[0], spans[1], spans[2])))


def of(*three: tuple[float, float, float]) -> Findings:
    named = (f.EXTRADURAL_SHARE, f.EXTRAMEDULLARY_SHARE, f.INTRAMEDULLARY_SHARE)
    return Findings(
        found=tuple(measured(n, "A", v, low=low, high=high) for n, (low, v, high) in zip(named, three, strict=False))
    )


def test_an_interval_across_the_nine_tenths_is_borderline() -> None:
    score = compartment_score(a_case(), of((87.0, 91.0, 94.0), (6.0, 9.0, 13.0), (0.0, 0.0, 0.0)), "A")
    assert score is not None
    assert score.categories == ("extradural", "extradural and intradural extramedullary")
    assert score.is_borderline


def test_what_is_not_known_stays_open_and_is_asked_for() -> None:
    score = compartment_score(a_case(), of((60.0, 62.0, 64.0)), "A")
    assert score is not None
    assert "extradural" not in score.categories
    assert len(score.categories) == 3
    assert score.missing == (f.EXTRAMEDULLARY_SHARE.ask,)
    sure = compartment_score(a_case(), of((96.0, 98.0, 100.0)), "A")
    assert sure is not None
    assert (sure.categories, sure.missing) == (("extradural",), ())
    assert compartment_score(a_case(), Findings(), "A") is None


def test_a_dumbbell_names_its_foramen() -> None:
    through = Findings(
        found=(*of((68.0, 70.0, 72.0), (28.0, 30.0, 32.0), (0.0, 0.0, 0.0)).found, entered(f.FORAMEN_LEFT, True))
    )
    score = compartment_score(a_case(), through, "A")
    assert score is not None
    assert score.flags == ("dumbbell, in a left neural foramen",)


def test_shares_that_make_no_whole_are_said_and_grade_nothing() -> None:
    score = compartment_score(a_case(), of((10.0, 10.0, 10.0), (10.0, 10.0, 10.0), (10.0, 10.0, 10.0)), "A")
    assert score is not None
    assert score.categories == ()
    assert score.flags[0].startswith("inconsistent: ")
