"""Three outcomes are kept apart, and the unknown says what to ask for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case.answer import Answer, Unknown, all_of, any_of, negated, unknown

answers: st.SearchStrategy[Answer] = st.one_of(st.booleans(), st.sampled_from(["pain", "albumin", "age"]).map(unknown))


def test_an_unknown_is_neither_yes_nor_no() -> None:
    with pytest.raises(TypeError, match="neither yes nor no"):
        bool(unknown("pain"))


@given(st.lists(answers))
def test_all_of_and_any_of_are_opposites(given_answers: list[Answer]) -> None:
    assert negated(all_of(*given_answers)) == any_of(*map(negated, given_answers))


@given(st.lists(answers, min_size=1))
def test_filling_in_every_unknown_gives_an_answer_that_was_possible(given_answers: list[Answer]) -> None:
    joined = all_of(*given_answers)
    hopeful = all(True if isinstance(answer, Unknown) else answer for answer in given_answers)
    fearful = all(False if isinstance(answer, Unknown) else answer for answer in given_answers)
    if isinstance(joined, Unknown):
        assert hopeful
        assert not fearful
    else:
        assert hopeful == fearful == joined


def test_one_no_settles_it_whatever_is_unknown() -> None:
    assert all_of(unknown("pain"), False) is False
    assert any_of(unknown("pain"), True) is True


def test_unknowns_ask_together() -> None:
    assert all_of(unknown("pain"), unknown("age")) == Unknown(ask=frozenset({"pain", "age"}))
