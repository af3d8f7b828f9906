"""Losses against reference levels (staging 10): height, canal and cord, with what SINS leaves open."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.radiographic.asked import NOT_ADJACENT
from enbloc.stage.radiographic.canal_compromise import CANAL_COMPROMISE
from enbloc.stage.radiographic.cord_compression_ratio import CORD_COMPRESSION_RATIO
from enbloc.stage.radiographic.height_loss import EQUALITY, HEIGHT_LOSS, ONE_NEIGHBOUR, SPANS
from enbloc.stage.radiographic.maximum_canal_compromise import MAXIMUM_CANAL_COMPROMISE
from enbloc.stage.radiographic.maximum_cord_compression import MAXIMUM_CORD_COMPRESSION, SWOLLEN
from enbloc.stage.score import Score

ABOVE = {"above": "T11", "above_anterior_mm": 24, "above_middle_mm": 24, "above_posterior_mm": 25}
BELOW = {"below": "L1", "below_anterior_mm": 24, "below_middle_mm": 24, "below_posterior_mm": 25}
HEIGHTS = {"level": "T12", "anterior_mm": 12, "middle_mm": 18, "posterior_mm": 24}
AREA = {"level": "L1", "reference": "T12", "here_mm2": 90, "reference_mm2": 180}
DEPTHS = {"level": "C5", "above": "C4", "below": "C6", "here_mm": 6, "above_mm": 12, "below_mm": 13}


def scored(one: Instrument, form: dict[str, Any]) -> Score:
    return judged(one, one.read(form))


def readings(score: Score) -> dict[str, tuple[str, ...]]:
    return {one.name: one.values for one in score.also}


def test_the_loss_of_each_height_and_the_greatest_of_them() -> None:
    score = scored(HEIGHT_LOSS, HEIGHTS | ABOVE | BELOW)
    assert score.totals == (50,)
    told = readings(score)
    assert (told["anterior loss, %"], told["middle loss, %"], told["posterior loss, %"]) == (("50",), ("25",), ("4",))
    assert told["measured at"] == ("T12 against T11 and L1",)


@pytest.mark.parametrize(("anterior", "equal"), [(12.01, False), (12, True), (11.99, False)])
def test_exactly_half_is_said_for_sins_and_nothing_beside_it(anterior: float, *, equal: bool) -> None:
    assert (EQUALITY in scored(HEIGHT_LOSS, HEIGHTS | ABOVE | BELOW | {"anterior_mm": anterior}).flags) is equal


def test_half_of_a_height_that_is_not_the_greatest_loss_says_nothing() -> None:
    assert EQUALITY not in scored(HEIGHT_LOSS, HEIGHTS | ABOVE | BELOW | {"middle_mm": 6}).flags


@pytest.mark.parametrize(("uncertainty", "spans"), [(1.9, False), (2, True), (5, True), (0, False)])
def test_an_uncertainty_that_reaches_half_leaves_both_classes(uncertainty: float, *, spans: bool) -> None:
    form = HEIGHTS | ABOVE | BELOW | {"anterior_mm": 12.48, "uncertainty_percent": uncertainty}  # a loss of 48 %
    assert (SPANS in scored(HEIGHT_LOSS, form).flags) is spans


def test_one_neighbour_is_enough_and_said_and_the_mean_is_of_both() -> None:
    alone = scored(HEIGHT_LOSS, HEIGHTS | BELOW)
    assert alone.totals == (50,)
    assert any(flag.startswith(ONE_NEIGHBOUR) for flag in alone.flags)
    both = scored(HEIGHT_LOSS, HEIGHTS | ABOVE | BELOW | {"above_anterior_mm": 20, "below_anterior_mm": 30})
    assert both.totals == (52,)  # 12 of 25
    assert not any(flag.startswith(ONE_NEIGHBOUR) for flag in both.flags)


def test_a_height_above_the_neighbours_is_negative() -> None:
    taller = scored(HEIGHT_LOSS, HEIGHTS | ABOVE | BELOW | {"posterior_mm": 30})
    assert readings(taller)["posterior loss, %"] == ("-20",)
    hardly = scored(HEIGHT_LOSS, HEIGHTS | ABOVE | BELOW | {"posterior_mm": 25.001})
    assert readings(hardly)["posterior loss, %"] == ("0",)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (HEIGHTS, "No neighbour gives each height"),
        (HEIGHTS | BELOW | {"below_middle_mm": None}, "No neighbour gives each height"),
        (HEIGHTS | BELOW | {"below": None}, "have no level"),
        (HEIGHTS | BELOW | {"above_middle_mm": 24}, "have no level"),
        (HEIGHTS | BELOW | {"below": "T11"}, "T12 does not lie above T11"),
        (HEIGHTS | BELOW | {"level": "C1"}, "C1 has no vertebral body"),
    ],
)
def test_heights_without_a_reference_are_refused(form: dict[str, Any], words: str) -> None:
    with pytest.raises(RecordError, match=words):
        scored(HEIGHT_LOSS, form)


def test_canal_area_against_the_intact_level() -> None:
    assert scored(CANAL_COMPROMISE, AREA).totals == (50,)
    assert NOT_ADJACENT not in scored(CANAL_COMPROMISE, AREA).flags
    assert NOT_ADJACENT in scored(CANAL_COMPROMISE, AREA | {"reference": "T11"}).flags
    assert NOT_ADJACENT not in scored(CANAL_COMPROMISE, AREA | {"reference": "T13"}).flags
    with pytest.raises(RecordError, match="its own reference"):
        scored(CANAL_COMPROMISE, AREA | {"reference": "L1"})


def test_canal_and_cord_diameters() -> None:
    assert scored(MAXIMUM_CANAL_COMPROMISE, DEPTHS).totals == (52,)
    cord = {"here_mm": 5.2, "above_mm": 6.5, "below_mm": 6.5}
    assert scored(MAXIMUM_CORD_COMPRESSION, DEPTHS | cord).totals == (20,)
    assert MAXIMUM_CANAL_COMPROMISE.checked.is_draft
    assert MAXIMUM_CORD_COMPRESSION.checked.is_draft


@pytest.mark.parametrize(("here", "total", "swollen"), [(6.4, 1.5, False), (6.5, 0, False), (7.8, -20, True)])
def test_a_swollen_cord_keeps_its_sign(here: float, total: float, *, swollen: bool) -> None:
    score = scored(MAXIMUM_CORD_COMPRESSION, DEPTHS | {"here_mm": here, "above_mm": 6.5, "below_mm": 6.5})
    assert score.totals == (total,)
    assert (SWOLLEN in score.flags) is swollen


@pytest.mark.parametrize("one", [MAXIMUM_CANAL_COMPROMISE, MAXIMUM_CORD_COMPRESSION], ids=lambda one: one.id)
def test_both_normal_levels_lie_on_either_side(one: Instrument) -> None:
    with pytest.raises(RecordError, match="does not lie above"):
        scored(one, DEPTHS | {"below": "C3"})


def test_the_image_is_said_where_it_is_known() -> None:
    assert readings(scored(MAXIMUM_CANAL_COMPROMISE, DEPTHS | {"modality": "MRI T2"}))["image"] == ("MRI T2",)
    assert "image" not in readings(scored(MAXIMUM_CANAL_COMPROMISE, DEPTHS))


def test_the_ratio_of_the_cord_to_two_decimals() -> None:
    assert scored(CORD_COMPRESSION_RATIO, {"level": "T7", "depth_mm": 5, "width_mm": 12}).totals == (0.42,)
