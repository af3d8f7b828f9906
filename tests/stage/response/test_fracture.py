"""The factors of the specification (staging 11.4), whose product is only ever taken here."""

from __future__ import annotations

from math import prod
from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.response.fracture import BETWEEN, FEW_WITH_HALF, FRACTURE_AFTER_SBRT, Baseline, Fracture


@pytest.mark.parametrize(
    ("form", "product"),
    [
        (Fracture(dose_gy=24, baseline=Baseline.NONE, malaligned=False, lytic=True), 18.5),
        (Fracture(dose_gy=19, baseline=Baseline.NONE, malaligned=False, lytic=False), 1),
        (Fracture(dose_gy=20, baseline=Baseline.INVOLVED, malaligned=True, lytic=True), 231),
    ],
    ids=["1", "2", "3"],
)
def test_the_products_of_the_examples_are_taken_here_alone(form: Fracture, product: float) -> None:
    assert prod(ratio for _, ratio in form.factors) == pytest.approx(product, rel=2e-3)
    assert form.outcome.total is None
    assert not form.outcome.points


@pytest.mark.parametrize(
    ("dose", "ratio", "open_"),
    [
        (19, None, False),
        (19.5, None, True),
        (20, 4.91, False),
        (23, 4.91, False),
        (23.9, 4.91, True),
        (24, 5.25, False),
    ],
)
def test_bands_of_dose(dose: float, ratio: float | None, open_: bool) -> None:
    form = Fracture(dose_gy=dose, baseline=Baseline.NONE, malaligned=False, lytic=False)
    assert [each for _, each in form.factors] == ([] if ratio is None else [ratio])
    assert (BETWEEN in form.outcome.flags) is open_


def test_every_factor_is_listed_with_its_ratio_and_none_as_a_risk() -> None:
    written: dict[str, Any] = {
        "dose_gy": 24,
        "baseline": "fracture of less than 50 %",
        "malaligned": True,
        "lytic": True,
    }
    score = judged(FRACTURE_AFTER_SBRT, read_form(Fracture, written))
    assert score.categories == ("one or more of the factors",)
    assert [flag.rsplit(" ", 1)[-1] for flag in score.flags if "subhazard" in flag] == ["5.25", "8.98", "2.99", "3.53"]
    assert FEW_WITH_HALF in score.flags
    assert not score.totals
    half = Fracture(dose_gy=8, baseline=Baseline.HALF, malaligned=False, lytic=False)
    assert half.factors == (("fracture of 50 % or more", 6.92),)


@pytest.mark.parametrize(
    ("word", "doses"), [("low", (8, 12, 19, 19.5, 19.99)), ("middle", (20, 23, 23.99)), ("high", (24, 30))]
)
def test_the_class_is_that_of_a_fraction(word: str, doses: tuple[float, ...]) -> None:
    for dose in doses:
        form = Fracture(dose_gy=dose, baseline=Baseline.NONE, malaligned=False, lytic=False)
        assert dict(form.outcome.readings)["dose class (per fraction)"] == word
