"""The examples of prognosis 8 for EQ-5D: which profiles are valid in which version, and that no index is made."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.eq5d import EQ5D_3L, EQ5D_5L, EQ5D_VAS, PROFILE, FiveLevels, Thermometer, ThreeLevels, profile


@pytest.mark.parametrize(
    ("digits", "levels", "valid"),
    [
        ("21345", 5, True),
        ("21345", 3, False),
        ("1234", 5, False),
        ("1234", 3, False),
        ("11111", 3, True),
        ("33333", 3, True),
        ("33334", 3, False),
        ("55555", 5, True),
        ("55556", 5, False),
        ("01111", 5, False),
        ("111111", 5, False),
        ("1 111", 5, False),
    ],
)
def test_a_profile_is_five_digits_of_its_version(digits: str, levels: int, valid: bool) -> None:
    if valid:
        assert "".join(str(each) for each in profile(digits, levels).values()) == digits
    else:
        with pytest.raises(RecordError, match=f"EQ-5D-{levels}L"):
            profile(digits, levels)


def test_a_profile_has_neither_sum_nor_index() -> None:
    score = judged(EQ5D_5L, read_form(FiveLevels, {**profile("21345", 5)}))
    assert score.totals == ()
    assert score.categories == (PROFILE,)
    assert [item.points for item in score.items] == [(2,), (1,), (3,), (4,), (5,)]


@pytest.mark.parametrize(("form", "wrong"), [(ThreeLevels, 4), (FiveLevels, 6), (ThreeLevels, 0), (FiveLevels, "2")])
def test_a_digit_of_the_other_version_is_refused(form: type[Any], wrong: object) -> None:
    with pytest.raises(RecordError, match="dimension_4"):
        read_form(form, {"dimension_4": wrong})


def test_a_missing_digit_stays_open() -> None:
    known = profile("1234" + "1", 5)
    del known["dimension_5"]
    score = judged(EQ5D_5L, read_form(FiveLevels, {**known}))
    assert score.missing == ("dimension 5 of the licensed form",)
    assert score.items[4].points == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("mark", [0, 70, 100])
def test_the_scale_is_recorded(mark: int) -> None:
    assert judged(EQ5D_VAS, read_form(Thermometer, {"health": mark})).totals == (mark,)


def test_nothing_of_the_owner_is_shipped() -> None:
    for one in (EQ5D_3L, EQ5D_5L, EQ5D_VAS):
        assert "not shipped" in one.licence
        assert all("of the licensed form" in question.ask.words for question in one.questions)
