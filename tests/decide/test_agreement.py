"""Agreement in second looks: as printed where it was published, and the laws that any kappa keeps."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.decide import agreement as told
from enbloc.decide.agreement import SOURCES, agreement, student
from enbloc.evidence import bibliography

# Twelve cases, one to four votes each: data set raw4raters of irrCAC, the program of K. L. Gwet; its documentation
# prints for Fleiss' kappa: coefficient 0.76117, agreement 0.81818, by chance 0.23872, 95 % interval 0.42438 to 1.
FOUR = ("111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3")
# Ten cases, fourteen votes each, as counts: worked example of the article "Fleiss' kappa" of Wikipedia, which prints
# agreement 0.378, by chance 0.213, kappa 0.210.
FOURTEEN = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)
looks = st.lists(st.lists(st.sampled_from("abcd"), max_size=6), max_size=12)


def _votes(counts: Sequence[int]) -> str:
    return "".join(option * votes for option, votes in zip("abcde", counts, strict=True))


def test_a_varying_number_of_votes_comes_out_as_published() -> None:
    found = agreement(FOUR)
    assert (found.looks, found.paired, found.votes, found.options) == (12, 11, 41, 5)
    assert found.agreeing == pytest.approx(0.81818, abs=5e-6)
    assert found.by_chance == pytest.approx(0.23872, abs=5e-6)
    assert found.beyond_chance.kappa == pytest.approx(0.76117, abs=5e-6)
    assert found.beyond_chance.low == pytest.approx(0.42438, abs=5e-6)
    assert found.beyond_chance.high == 1


def test_as_many_votes_for_each_case_give_the_kappa_of_fleiss() -> None:
    found = agreement(_votes(counts) for counts in FOURTEEN)
    assert found.agreeing == pytest.approx(0.378, abs=5e-4)
    assert found.by_chance == pytest.approx(0.213, abs=5e-4)
    assert found.beyond_chance.kappa == pytest.approx(0.210, abs=5e-4)


@pytest.mark.parametrize(
    ("given_looks", "why"),
    [
        ([], told.NO_PAIR),
        (["", ""], told.NO_PAIR),
        (["a", "b", "a"], told.NO_PAIR),
        (["aa", "aaa", "a"], told.ONE_OPTION),
        (["ab", "c"], told.ONE_LOOK),
        (["aa", "bb"], told.NO_SPREAD),
    ],
)
def test_what_is_too_few_is_unknown_and_says_why(given_looks: list[str], why: str) -> None:
    found = agreement(given_looks).beyond_chance
    assert found.why == why
    assert (found.low, found.high) == (None, None)
    assert (found.kappa is None) == (why in (told.NO_PAIR, told.ONE_OPTION))


def test_a_look_without_a_vote_is_no_look() -> None:
    assert agreement((*FOUR, "")) == agreement(FOUR)


@given(looks, st.randoms(use_true_random=False))
def test_neither_order_nor_the_names_of_options_matter(those: list[list[str]], shuffled: random.Random) -> None:
    turned = [["wxyz"["abcd".index(option)] for option in look] for look in those]
    for look in turned:
        shuffled.shuffle(look)
    shuffled.shuffle(turned)
    one, other = agreement(those), agreement(turned)

    assert (one.looks, one.paired, one.unanimous, one.votes) == (
        other.looks,
        other.paired,
        other.unanimous,
        other.votes,
    )
    assert _close(one.beyond_chance.kappa, other.beyond_chance.kappa)
    assert _close(one.beyond_chance.low, other.beyond_chance.low)


@given(looks)
def test_kappa_lies_in_its_interval_and_is_one_only_if_all_agree(those: list[list[str]]) -> None:
    found = agreement(those)
    kappa = found.beyond_chance
    assert (found.agreeing is None) == (found.paired == 0)
    if kappa.kappa is None:
        assert kappa.why
        return
    assert math.isclose(kappa.kappa, 1.0) == (found.unanimous == found.paired)
    assert (kappa.low is None) == bool(kappa.why)
    if kappa.low is not None and kappa.high is not None:
        assert kappa.low <= kappa.kappa + 1e-12
        assert kappa.kappa - 1e-12 <= kappa.high <= 1


@given(st.floats(0.01, 0.99), st.integers(1, 400))
def test_the_bound_of_students_t_is_that_of_another_program(within: float, freedom: int) -> None:
    from scipy.stats import t

    assert student(within, freedom) == pytest.approx(float(t.ppf((1 + within) / 2, freedom)), rel=1e-9)


def test_the_sources_can_be_opened() -> None:
    assert set(SOURCES) <= set(bibliography())


def _close(one: float | None, other: float | None) -> bool:
    return one is other if one is None or other is None else math.isclose(one, other, abs_tol=1e-9)
