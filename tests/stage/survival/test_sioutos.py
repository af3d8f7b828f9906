"""The thresholds of the specification (prognosis 1.4); its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import Better, judged
from enbloc.stage.survival.sioutos import NO_FIGURE, SIOUTOS, Factors, Sioutos, band


@pytest.mark.parametrize(
    ("item", "answer", "adverse"),
    [
        ("leg_strength", 0, 1),
        ("leg_strength", 3, 1),
        ("leg_strength", 4, 0),
        ("leg_strength", 5, 0),
        ("vertebrae", 1, 0),
        ("vertebrae", 2, 1),
        ("vertebrae", 3, 1),
        ("primary", "lung", 1),
        ("primary", "colon", 1),
        ("primary", "other", 0),
    ],
)
def test_each_factor_on_both_sides_of_its_threshold(item: str, answer: object, adverse: int) -> None:
    healthy: dict[str, object] = {"leg_strength": 5, "primary": "other", "vertebrae": 1}
    assert judged(SIOUTOS, read_form(Sioutos, healthy | {item: answer})).totals == (adverse,)


def test_two_or_more_compound() -> None:
    assert [band(count) == Factors.COMPOUND.value for count in range(4)] == [False, False, True, True]


def test_more_is_worse_and_no_survival_is_claimed_for_a_count() -> None:
    assert SIOUTOS.better is Better.LOWER
    assert NO_FIGURE in judged(SIOUTOS, {}).remarks


@pytest.mark.parametrize(("item", "wrong"), [("leg_strength", 6), ("leg_strength", 3.5), ("vertebrae", 0)])
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Sioutos, {item: wrong})
