"""The weights and traps of the specification (prognosis 2.4); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.frailty.charlson import (
    CCI,
    CCI_AGE,
    GROUPS,
    NOT_OPERATIVE,
    ONE_POINT,
    TEN_YEARS,
    TWO_POINTS,
    Charlson,
    CharlsonWithAge,
)
from enbloc.stage.instrument import judged

WELL: dict[str, Any] = dict.fromkeys((*ONE_POINT, *TWO_POINTS, "aids"), False) | dict.fromkeys(
    ("liver", "diabetes", "plegia", "tumour"), "none"
)


def total(**ill: Any) -> int | float:
    return judged(CCI, read_form(Charlson, WELL | ill)).totals[0]


def aged(age: int, **ill: Any) -> int | float:
    return judged(CCI_AGE, read_form(CharlsonWithAge, WELL | ill | {"age": age})).totals[0]


@pytest.mark.parametrize(
    ("ill", "points"),
    [
        *(({name: True}, 1) for name in ONE_POINT),
        *(({name: True}, 2) for name in TWO_POINTS),
        ({"liver": "mild"}, 1),
        ({"liver": "moderate_or_severe"}, 3),
        ({"diabetes": "uncomplicated"}, 1),
        ({"plegia": "of_another_cause"}, 2),
        ({"tumour": "within_5_years"}, 2),
        ({"tumour": "metastatic"}, 6),
        ({"aids": True}, 6),
    ],
)
def test_each_condition_has_its_weight(ill: dict[str, Any], points: int) -> None:
    assert total(**ill) == points


@pytest.mark.parametrize(
    ("age", "points"),
    [(0, 0), (49, 0), (50, 1), (59, 1), (60, 2), (69, 2), (70, 3), (79, 3), (80, 4), (90, 4), (120, 4)],
)
def test_age_adds_a_point_for_each_decade(age: int, points: int) -> None:
    assert aged(age) == points


@pytest.mark.parametrize(
    ("count", "group"), [(0, "0"), (1, "1 to 2"), (2, "1 to 2"), (3, "3 to 4"), (4, "3 to 4"), (5, "5 or more")]
)
def test_groups_of_1987(count: int, group: str) -> None:
    score = judged(CCI, read_form(Charlson, WELL | dict.fromkeys(ONE_POINT[:count], True)))
    assert score.categories == (group,)


def test_figures_are_of_one_year() -> None:
    assert [category.published.split(" %")[0] for category in CCI.categories] == ["12", "26", "52", "85"]
    assert all("one year" in category.published for category in CCI.categories)
    assert tuple(category.word for category in CCI.categories) == GROUPS


def test_what_the_index_tumour_adds_is_kept_apart() -> None:
    score = judged(CCI, read_form(Charlson, WELL | {"tumour": "metastatic", "plegia": "by_the_index_tumour"}))
    assert score.totals == (8,)
    assert score.remarks[-3:] == (
        "without the tumour (cci_excluding_index_cancer): 2",
        "without the palsy by the index tumour: 6",
        "without either: 0",
    )


def test_no_figure_of_it_is_a_risk_of_operation() -> None:
    score = judged(CCI, read_form(Charlson, WELL))
    assert score.remarks == (NOT_OPERATIVE, TEN_YEARS)


def test_an_empty_form_is_every_total_from_none_to_all() -> None:
    score = judged(CCI, {})
    assert score.totals == tuple(range(34))
    assert judged(CCI_AGE, {}).totals == tuple(range(38))
    assert any(flag.startswith("without the tumour (cci_excluding_index_cancer): 0 · 1 · 2") for flag in score.remarks)


@pytest.mark.parametrize("wrong", [-1, 121, 70.5, "70"])
def test_an_age_that_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="age"):
        read_form(CharlsonWithAge, {"age": wrong})
