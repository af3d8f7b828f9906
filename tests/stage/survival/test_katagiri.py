"""The thresholds and traps of the specification (prognosis 1.7); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import Better, judged
from enbloc.stage.survival.katagiri import (
    BY_TREATMENT,
    CALCIUM_AS_MEASURED,
    KATAGIRI_2005,
    KATAGIRI_2014,
    REMEMBERED_SITE,
    UNLISTED_SITE,
    WHAT_IS_CHEMOTHERAPY,
    Katagiri2005,
    Katagiri2014,
    OldBand,
    Primary,
    Risk,
    old_band,
    risk,
)

NORMAL: dict[str, Any] = {
    "crp": 0.1,
    "ldh": 180,
    "albumin": 4.2,
    "platelets": 250,
    "calcium": 9.2,
    "bilirubin": 0.6,
}


def written(primary: str, visceral: Any, ecog: int, chemotherapy: bool, multiple: bool, **more: Any) -> dict[str, Any]:
    return {
        "primary": primary,
        "spread" if isinstance(visceral, str) else "visceral_or_cerebral": visceral,
        "ecog": ecog,
        "chemotherapy_before": chemotherapy,
        "multiple_bone": multiple,
    } | more


BEST = written("thyroid", "none", 0, False, False, **NORMAL)


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        ("crp", 0.39, 0),
        ("crp", 0.4, 1),
        ("crp", 0.41, 1),
        ("ldh", 249, 0),
        ("ldh", 250, 1),
        ("ldh", 251, 1),
        ("albumin", 3.69, 1),
        ("albumin", 3.7, 0),
        ("albumin", 3.71, 0),
        ("platelets", 99, 2),
        ("platelets", 100, 0),
        ("platelets", 101, 0),
        ("calcium", 10.29, 0),
        ("calcium", 10.3, 2),
        ("calcium", 10.31, 2),
        ("bilirubin", 1.39, 0),
        ("bilirubin", 1.4, 2),
        ("bilirubin", 1.41, 2),
        ("ecog", 2, 0),
        ("ecog", 3, 1),
        ("ecog", 4, 1),
        ("chemotherapy_before", True, 1),
        ("multiple_bone", True, 1),
        ("spread", "nodular", 1),
        ("spread", "disseminated", 2),
    ],
)
def test_each_item_of_2014_on_both_sides_of_its_threshold(item: str, answer: object, points: int) -> None:
    assert judged(KATAGIRI_2014, read_form(Katagiri2014, BEST | {item: answer})).totals == (points,)


def test_the_laboratory_never_exceeds_two_and_its_points_are_said() -> None:
    worst = {"crp": 30, "ldh": 900, "albumin": 2, "platelets": 20, "calcium": 12, "bilirubin": 5}
    score = judged(KATAGIRI_2014, read_form(Katagiri2014, BEST | worst))
    assert score.totals == (2,)
    assert "laboratory points: 2" in score.remarks


def test_one_critical_value_settles_the_laboratory_without_the_others() -> None:
    known = {name: answer for name, answer in BEST.items() if name not in NORMAL}
    assert judged(KATAGIRI_2014, read_form(Katagiri2014, known | {"platelets": 80})).totals == (2,)
    assert judged(KATAGIRI_2014, read_form(Katagiri2014, known | {"crp": 9})).totals == (1, 2)
    assert judged(KATAGIRI_2014, read_form(Katagiri2014, known)).totals == (0, 1, 2)


def test_five_normal_values_leave_the_sixth_open() -> None:
    without_albumin = {name: answer for name, answer in BEST.items() if name != "albumin"}
    without_calcium = {name: answer for name, answer in BEST.items() if name != "calcium"}
    assert judged(KATAGIRI_2014, read_form(Katagiri2014, without_albumin)).totals == (0, 1)
    assert judged(KATAGIRI_2014, read_form(Katagiri2014, without_calcium)).totals == (0, 2)


def test_the_class_of_a_primary_follows_its_treatment_and_has_no_one_point() -> None:
    points = {one.value: one.points for one in Primary}
    assert set(points.values()) == {0, 2, 3}
    assert (points["lung, molecularly targeted"], points["lung, without target"]) == (2, 3)
    assert (points["breast, hormone-dependent"], points["breast, hormone-independent"]) == (0, 2)


@pytest.mark.parametrize(
    ("primary", "flag"),
    [("ovary", REMEMBERED_SITE), ("cervix", REMEMBERED_SITE), ("other", UNLISTED_SITE), ("melanoma", None)],
)
def test_a_site_from_memory_or_not_listed_is_said(primary: str, flag: str | None) -> None:
    flags = judged(KATAGIRI_2014, read_form(Katagiri2014, BEST | {"primary": primary})).remarks
    assert {REMEMBERED_SITE, UNLISTED_SITE} & set(flags) == ({flag} if flag else set())


def test_what_the_paper_leaves_open_is_always_said() -> None:
    flags = judged(KATAGIRI_2014, read_form(Katagiri2014, BEST)).remarks
    assert {BY_TREATMENT, CALCIUM_AS_MEASURED, WHAT_IS_CHEMOTHERAPY} <= set(flags)


def test_each_total_on_both_sides_of_a_threshold() -> None:
    low, intermediate, high = (one.value for one in Risk)
    assert [risk(total) for total in range(11)] == [low] * 4 + [intermediate] * 3 + [high] * 4
    few, some, many = (one.value for one in OldBand)
    assert [old_band(total) for total in range(9)] == [few] * 3 + [some] * 3 + [many] * 3


def test_both_are_worse_with_more_points_and_are_not_one_another() -> None:
    assert KATAGIRI_2005.better is KATAGIRI_2014.better is Better.LOWER
    with pytest.raises(RecordError, match="no item 'crp'"):
        read_form(Katagiri2005, {"crp": 1})


@pytest.mark.parametrize(
    ("item", "wrong"),
    [("albumin", 35), ("calcium", 2.4), ("platelets", 250_000), ("platelets", -1), ("ecog", 5), ("primary", "lung")],
)
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Katagiri2014, {item: wrong})
