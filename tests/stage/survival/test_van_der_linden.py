"""The thresholds and traps of the specification (prognosis 1.5); its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import completions, questions, read_form
from enbloc.stage.instrument import Better
from enbloc.stage.survival.van_der_linden import (
    BELOW_THE_TABLE,
    VAN_DER_LINDEN,
    Group,
    Primary,
    VanDerLinden,
    band,
)


@pytest.mark.parametrize(
    ("karnofsky", "points"), [(10, 0), (20, 0), (40, 0), (50, 1), (60, 1), (70, 1), (80, 2), (90, 2), (100, 2)]
)
def test_karnofsky_on_both_sides_of_its_thresholds(karnofsky: int, points: int) -> None:
    form = VanDerLinden(karnofsky=karnofsky, primary=Primary.OTHER, visceral=True)
    assert form.outcome.total == points
    assert (BELOW_THE_TABLE in form.outcome.flags) == (karnofsky == 10)


def test_each_total_on_both_sides_of_a_threshold() -> None:
    a, b, c = (one.value for one in Group)
    assert [band(total) for total in range(7)] == [a, a, a, a, b, b, c]


def test_only_breast_in_good_state_without_visceral_disease_reaches_c() -> None:
    every = [VanDerLinden(**one) for one in completions({one.name: one.answers for one in questions(VanDerLinden)})]
    best = [one for one in every if one.outcome.category == Group.C.value]
    assert [(one.primary, one.karnofsky, one.visceral) for one in best] == [(Primary.BREAST, 80, False)]


def test_kidney_is_among_the_others_and_more_is_better() -> None:
    assert {one.value: one.points for one in Primary} == {"breast": 3, "prostate": 2, "lung": 1, "other": 0}
    assert VAN_DER_LINDEN.better is Better.HIGHER


@pytest.mark.parametrize(("item", "wrong"), [("karnofsky", 75), ("karnofsky", 110), ("primary", "kidney")])
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(VanDerLinden, {item: wrong})
