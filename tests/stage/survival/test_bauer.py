"""The traps of the specification (prognosis 1.3); its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import Better, judged
from enbloc.stage.survival.bauer import BAUER, VISCERAL_WORDING, Bauer, Primary, Survival, band


def test_the_bands_are_those_of_the_modified_score() -> None:
    under, middle, over = (one.value for one in Survival)
    assert [band(total) for total in range(5)] == [under, under, middle, over, over]


@pytest.mark.parametrize(
    ("primary", "points"),
    [("breast", 2), ("kidney", 2), ("lymphoma", 2), ("myeloma", 2), ("colon", 1), ("prostate", 1), ("lung", 0)],
)
def test_histology_points(primary: str, points: int) -> None:
    assert {one.value: one.points for one in Primary}[primary] == points


def test_better_is_higher_and_the_other_wording_of_visceral_is_said() -> None:
    assert BAUER.better is Better.HIGHER
    assert VISCERAL_WORDING in judged(BAUER, {}).remarks


def test_an_unknown_primary_leaves_its_range() -> None:
    score = judged(BAUER, read_form(Bauer, {"primary": "unknown", "visceral": False, "multiple_bone": True}))
    assert score.totals == (1, 2, 3)


@pytest.mark.parametrize(("item", "wrong"), [("visceral", "no"), ("visceral", 0), ("primary", "renal")])
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Bauer, {item: wrong})
