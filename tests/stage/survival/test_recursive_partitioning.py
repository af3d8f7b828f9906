"""The cuts and traps of the specification (prognosis 1.10); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.survival.recursive_partitioning import BALAGAMWALA, CHAO, Balagamwala, Chao


def chao(**form: Any) -> tuple[str, ...]:
    return judged(CHAO, read_form(Chao, form)).categories


def balagamwala(**form: Any) -> tuple[str, ...]:
    return judged(BALAGAMWALA, read_form(Balagamwala, form)).categories


@pytest.mark.parametrize(("months", "reached"), [(29.99, "class 3"), (30, "class 3"), (30.01, "class 1")])
def test_late_is_over_30_months(months: float, reached: str) -> None:
    assert chao(months=months, karnofsky=80, age=70) == (reached,)


@pytest.mark.parametrize(("karnofsky", "reached"), [(60, "class 2"), (70, "class 2"), (80, "class 1")])
def test_a_good_state_is_over_70(karnofsky: int, reached: str) -> None:
    assert chao(months=31, karnofsky=karnofsky) == (reached,)
    assert balagamwala(karnofsky=karnofsky, controlled=True, age=54, visceral=False) == (reached,)


@pytest.mark.parametrize(("age", "reached"), [(69, "class 2"), (70, "class 3"), (71, "class 3")])
def test_old_is_70_and_more(age: int, reached: str) -> None:
    assert chao(months=30, age=age) == (reached,)


def test_what_does_not_count_may_be_missing() -> None:
    assert chao(months=30, age=60) == ("class 2",)
    assert chao(months=31, karnofsky=50) == ("class 2",)
    assert chao(karnofsky=50, age=60) == ("class 2",)
    assert chao(karnofsky=90, age=80) == ("class 1", "class 3")


@pytest.mark.parametrize(("age", "reached"), [(53, "class 3"), (54, "class 2"), (55, "class 2")])
def test_young_is_under_54(age: int, reached: str) -> None:
    assert balagamwala(karnofsky=70, age=age, visceral=False) == (reached,)
    assert balagamwala(karnofsky=70, age=age, visceral=True) == ("class 3",)


def test_a_good_state_without_control_is_the_middle_class() -> None:
    assert balagamwala(karnofsky=80, controlled=False, age=30, visceral=True) == ("class 2",)
