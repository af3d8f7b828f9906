"""Angles and translation (staging 10): signs, reference levels and uncertainty."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case.anatomy import Level
from enbloc.errors import RecordError
from enbloc.present.instruments import told
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.radiographic.asked import NO_UNCERTAINTY
from enbloc.stage.radiographic.cobb import COBB
from enbloc.stage.radiographic.local_kyphosis import LOCAL_KYPHOSIS, Ends
from enbloc.stage.radiographic.translation import TRANSLATION
from enbloc.stage.score import Score

T1_TO_T8 = {"upper": "T1", "lower": "T8", "upper_deg": 10, "lower_deg": -12}
OWN = {"level": "L1", "ends": Ends.OWN.value, "upper_deg": 9, "lower_deg": -6.5}
BETWEEN = OWN | {"ends": Ends.NEIGHBOURS.value, "above": "T12", "below": "L2"}
SLIP = {"upper": "L4", "lower": "L5", "translation_mm": 4.26}


def scored(one: Instrument, form: dict[str, Any]) -> Score:
    return judged(one, one.read(form))


def readings(score: Score) -> dict[str, tuple[str, ...]]:
    return {one.name: one.values for one in score.also}


def test_kyphosis_is_positive_and_lordosis_negative() -> None:
    assert scored(COBB, T1_TO_T8).totals == (22,)
    assert scored(COBB, T1_TO_T8 | {"upper_deg": -10, "lower_deg": 12}).totals == (-22,)
    assert scored(COBB, T1_TO_T8 | {"upper_deg": 7, "lower_deg": 7}).totals == (0,)


@pytest.mark.parametrize(
    ("one", "form", "at", "first"),
    [
        (COBB, T1_TO_T8, "T1 to T8", "Cobb angle: 22 °, measured"),
        (LOCAL_KYPHOSIS, OWN, "L1", "Local kyphosis: 15.5 °, measured"),
        (LOCAL_KYPHOSIS, BETWEEN, "L1, from T12 to L2", "Local kyphosis: 15.5 °, measured"),
        (TRANSLATION, SLIP, "L4 on L5", "Translation: 4.3 mm, measured"),
    ],
    ids=["cobb", "own", "neighbours", "translation"],
)
def test_a_figure_has_its_unit_and_its_levels(one: Instrument, form: dict[str, Any], at: str, first: str) -> None:
    score = scored(one, form)
    assert readings(score)["measured at"] == (at,)
    assert told(one, score)[0] == first
    assert NO_UNCERTAINTY in score.flags


def test_an_uncertainty_is_kept_as_a_range() -> None:
    score = scored(TRANSLATION, SLIP | {"uncertainty_mm": 5})
    assert readings(score)["with its uncertainty"] == ("-0.7 to 9.3 mm",)
    assert NO_UNCERTAINTY not in score.flags


def test_next_to_nothing_is_nothing_and_not_less() -> None:
    score = scored(TRANSLATION, SLIP | {"translation_mm": -0.04, "uncertainty_mm": 0.03})
    assert [f"{total}" for total in score.totals] == ["0"]
    assert readings(score)["with its uncertainty"] == ("-0.1 to 0 mm",)
    form = TRANSLATION.form(upper=Level.L4, lower=Level.L5, translation_mm=-0.04, uncertainty_mm=None)
    assert f"{form.outcome.total:g}" == "0"


def test_which_endplates_is_said_with_the_figure() -> None:
    assert readings(scored(LOCAL_KYPHOSIS, OWN))["between"] == (Ends.OWN.value,)
    assert readings(scored(LOCAL_KYPHOSIS, BETWEEN))["between"] == (Ends.NEIGHBOURS.value,)
    assert scored(LOCAL_KYPHOSIS, {name: each for name, each in OWN.items() if name != "ends"}).totals == ()


@pytest.mark.parametrize(
    ("one", "form", "words"),
    [
        (COBB, T1_TO_T8 | {"upper": "T8", "lower": "T1"}, "T8 does not lie above T1"),
        (COBB, T1_TO_T8 | {"lower": "T1"}, "T1 does not lie above T1"),
        (COBB, T1_TO_T8 | {"upper": "D1"}, "upper"),
        (LOCAL_KYPHOSIS, BETWEEN | {"above": None}, "needs both of them"),
        (LOCAL_KYPHOSIS, BETWEEN | {"below": "unknown"}, "needs both of them"),
        (LOCAL_KYPHOSIS, BETWEEN | {"above": "L2", "below": "T12"}, "L2 does not lie above L1"),
        (TRANSLATION, SLIP | {"upper": "L5"}, "L5 does not lie above L5"),
        (TRANSLATION, SLIP | {"uncertainty_mm": -1}, "uncertainty_mm"),
    ],
)
def test_levels_that_cannot_be_are_refused(one: Instrument, form: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        scored(one, form)
