"""Words of the rules about anaesthesia, wound, ward and rehabilitation: what is known changes what they advise."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.decide.decision import Act
from tests.decide.situations import CHORDOMA, METASTASIS, said, seen


# --- anaesthesia ------------------------------------------------------------------------------------------------------
def spoken(id: str, known: dict[Fact[Any], Any], **more: Any) -> str:
    statement = said(id, seen(known, **more))
    assert statement is not None
    return statement.do


ADULT = METASTASIS | {f.AGE: 60.0, f.ALLERGIES: (f.Allergen.NONE,)}


@pytest.mark.parametrize(("weight", "grams"), [(119.9, "2 g within"), (120.0, "3 g within"), (None, "2 g (3 g from")])
def test_cefazolin_by_weight(weight: float | None, grams: str) -> None:
    assert grams in spoken("ANES-05", ADULT | {f.WEIGHT: weight}, act=Act.SEPARATION)


def test_prophylaxis_covers_mrsa_and_gram_negative_germs_where_they_are_to_be_expected() -> None:
    plain = ADULT | {f.MRSA: False, f.COLOSTOMY: False}
    assert "vancomycin" not in spoken("ANES-05", plain, act=Act.SEPARATION)
    assert "gram-negative" not in spoken("ANES-05", plain, act=Act.SEPARATION)
    assert "vancomycin" in spoken("ANES-05", plain | {f.MRSA: True}, act=Act.SEPARATION)
    assert "if there is a colostomy" in spoken("ANES-05", ADULT, act=Act.SEPARATION)
    assert "Cover gram-negative germs." in spoken("ANES-05", plain, act=Act.EN_BLOC, level=Level.S3)


def test_tranexamic_acid_waits_for_thrombosis_and_seizures() -> None:
    bleeding = ADULT | {f.BLOOD_LOSS: 2000.0, f.THROMBOEMBOLISM: False, f.SEIZURES: False}
    assert "10 to 30 mg/kg" in spoken("ANES-02", bleeding, act=Act.EN_BLOC)
    assert "No tranexamic acid" in spoken("ANES-02", bleeding | {f.SEIZURES: True}, act=Act.EN_BLOC)
    assert "Ask first" in spoken("ANES-02", bleeding | {f.SEIZURES: None}, act=Act.EN_BLOC)
    assert "mg/kg" not in spoken("ANES-02", bleeding | {f.AGE: 9.0}, act=Act.EN_BLOC)


@pytest.mark.parametrize(("hours", "loss", "staged"), [(8.0, 5000.0, False), (8.1, 5000.0, True), (8.0, 5001.0, True)])
def test_a_second_stage_beyond_eight_hours_or_five_litres(hours: float, loss: float, staged: bool) -> None:
    do = spoken("ANES-04", METASTASIS | {f.PRONE_HOURS: hours, f.BLOOD_LOSS: loss}, act=Act.EN_BLOC)
    assert ("two stages" in do) == staged


# --- after surgery ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("hours", "loss", "care"), [(4.0, 1500.0, False), (4.1, 1500.0, True), (4.0, 1501.0, True)])
def test_intensive_care_beyond_four_hours_or_one_and_a_half_litres(hours: float, loss: float, care: bool) -> None:
    do = spoken("POST-01", METASTASIS | {f.DURATION_HOURS: hours, f.BLOOD_LOSS: loss}, act=Act.EN_BLOC)
    assert ("Intensive" in do) == care
    assert "if it lasts more than 4 hours" in spoken("POST-01", METASTASIS, act=Act.EN_BLOC)


@pytest.mark.parametrize(("day", "late"), [(3, False), (4, True), (5, True)])
def test_prophylaxis_from_the_fourth_day_is_late(day: int, late: bool) -> None:
    assert ("too late" in spoken("VTE-02", METASTASIS | {f.PROPHYLAXIS_DAY: day}, act=Act.SEPARATION)) == late


@pytest.mark.parametrize(("at", "given_freely"), [
    (datetime(2026, 11, 21, 12), False),  # twelve hours after the end of the day of the case
    (datetime(2026, 11, 21, 12, 1), True),
    (None, False),
])  # fmt: skip
def test_heparin_before_surgery_needs_more_than_twelve_hours(at: datetime | None, given_freely: bool) -> None:
    do = spoken("VTE-04", METASTASIS | {f.AMBULATION: "none", f.OPERATION_AT: at}, act=Act.SEPARATION)
    assert ("only if surgery" not in do) == given_freely


def test_unstable_and_not_fixed_lies_flat_and_fixed_gets_up() -> None:
    assert "day 1" in spoken("REHAB-02", METASTASIS, act=Act.STABILISATION)
    assert said("REHAB-02", seen(CHORDOMA, act=Act.INTRALESIONAL)) is None
