"""The specification (prognosis 5): Caprini with both sets of names; its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.complication.caprini import (
    ASK_PARALYSIS,
    BANDS,
    CAPRINI,
    FIVE_POINTS,
    IF_INJURY,
    ONE_POINT,
    THREE_POINTS,
    TWO_POINTS,
    Caprini,
    Surgery,
)
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged

NOTHING: dict[str, Any] = dict.fromkeys((*ONE_POINT, *TWO_POINTS, *THREE_POINTS, *FIVE_POINTS), False) | {
    "age": 40,
    "surgery": "none",
    "paralysis": "none",
}


def total(**present: Any) -> int | float:
    return judged(CAPRINI, read_form(Caprini, NOTHING | present)).totals[0]


@pytest.mark.parametrize(
    ("present", "points", "default", "older"),
    [
        ({"age": 45}, 1, "low", "low"),
        ({"age": 75}, 3, "moderate", "high"),
        ({"cancer": True, "surgery": "major_over_45_minutes"}, 4, "moderate", "high"),
        ({"stroke": True}, 5, "high", "highest"),
    ],
    ids=["one", "three", "four", "five"],
)
def test_each_band_has_both_names(present: dict[str, Any], points: int, default: str, older: str) -> None:
    score = judged(CAPRINI, read_form(Caprini, NOTHING | present))
    assert score.totals == (points,)
    assert score.categories[0].endswith(f": {default} (accp_2012), {older} (caprini_2005)")


@pytest.mark.parametrize(
    ("age", "points"), [(0, 0), (40, 0), (41, 1), (60, 1), (61, 2), (74, 2), (75, 3), (76, 3), (120, 3)]
)
def test_one_age_counts(age: int, points: int) -> None:
    assert total(age=age) == points


@pytest.mark.parametrize(("surgery", "points"), [(one.value, one.points) for one in Surgery])
def test_one_operation_counts(surgery: str, points: int) -> None:
    assert total(surgery=surgery) == points


@pytest.mark.parametrize(("names", "weight"), [(ONE_POINT, 1), (TWO_POINTS, 2), (THREE_POINTS, 3), (FIVE_POINTS, 5)])
def test_each_item_has_its_weight(names: tuple[str, ...], weight: int) -> None:
    assert {total(**{name: True}) for name in names} == {weight}


def test_paralysis_by_the_tumour_gives_both_totals() -> None:
    known = {"cancer": True, "surgery": "major_over_45_minutes"}
    score = judged(CAPRINI, read_form(Caprini, NOTHING | known | {"paralysis": "by_the_tumour"}))
    assert score.totals == (4,)
    assert ASK_PARALYSIS in score.remarks
    assert f"{IF_INJURY}: 9" in score.remarks
    assert total(**known, paralysis="spinal_cord_injury_within_a_month") == 9


def test_an_empty_form_reaches_every_total_and_says_what_is_odd() -> None:
    score = judged(CAPRINI, {})
    assert score.totals == tuple(range(78))
    assert score.categories == BANDS
    assert ASK_PARALYSIS in score.remarks
    assert len(score.missing) == len(CAPRINI.questions)


def test_the_items_are_those_of_the_checklist() -> None:
    weighed = {*ONE_POINT, *TWO_POINTS, *THREE_POINTS, *FIVE_POINTS, "age", "surgery", "paralysis"}
    assert {one.name for one in CAPRINI.questions} == weighed


@pytest.mark.parametrize(("item", "wrong"), [("age", -1), ("age", 121), ("surgery", "spine"), ("cancer", 1)])
def test_what_cannot_be_is_refused(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Caprini, {item: wrong})
