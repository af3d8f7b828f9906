"""Karnofsky and ECOG are never turned into one another in silence (prognosis 0.3.3); age, walking, laboratory."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case.fact import PrimarySite
from enbloc.case.neurology import Ambulation
from enbloc.case.patient import Sex
from enbloc.errors import RecordError
from enbloc.stage.performance.crosswalk import any_of, ecog_by_mapping, karnofsky_by_mapping
from enbloc.stage.registry import INSTRUMENTS
from tests.stage.survival.cases import case, known, score

KARNOFSKY = {
    "tokuhashi_2005": (50, 80),
    "van_der_linden_2005": (20, 50, 80),
    "bollen_2014": (80,),
    "osri_2013": (50, 80),
    "chao_rpa_2012": (80,),
    "balagamwala_rpa_2018": (80,),
}
ECOG = {"katagiri_2005": (3,), "katagiri_2014": (3,), "sbrt_os_2023": (1, 2), "lent_2014": (1, 2, 3)}


def read(id: str, item: str, facts: dict[str, Any], **record: Any) -> tuple[object, ...]:
    found = known(INSTRUMENTS[id], case(facts, **record)).get(item, ())
    return tuple(getattr(one, "value", one) for one in found)


def bands(statuses: tuple[int, ...], cuts: tuple[int, ...]) -> set[int]:
    return {sum(status >= cut for cut in cuts) for status in statuses}


@pytest.mark.parametrize("id", KARNOFSKY)
def test_a_karnofsky_status_is_taken_as_it_is_even_beside_an_ecog_status(id: str) -> None:
    assert read(id, "karnofsky", {"patient.karnofsky": 70, "patient.ecog": 4}) == (70,)
    assert read(id, "karnofsky", {}) == ()
    flags = score(INSTRUMENTS[id], case({"patient.karnofsky": 70})).flags
    assert not any("derived" in flag for flag in flags)


@pytest.mark.parametrize("ecog", range(5))
@pytest.mark.parametrize("id", KARNOFSKY)
def test_from_ecog_alone_each_band_of_each_published_table_stays_possible_and_that_is_said(id: str, ecog: int) -> None:
    cuts = KARNOFSKY[id]
    found = read(id, "karnofsky", {"patient.ecog": ecog})
    every = any_of(karnofsky_by_mapping(ecog))
    assert set(found) <= set(every)
    assert len(found) == len(bands(found, cuts))  # type: ignore[arg-type]
    assert bands(found, cuts) == bands(every, cuts)  # type: ignore[arg-type]
    flags = score(INSTRUMENTS[id], case({"patient.ecog": ecog})).flags
    (flag,) = (each for each in flags if each.startswith(f"Karnofsky derived from ECOG {ecog} under all published"))
    assert "conventional table" in flag
    assert "Buccheri" in flag


def test_ecog_1_straddles_the_cut_of_80() -> None:
    assert read("tokuhashi_2005", "karnofsky", {"patient.ecog": 1}) == (70, 80)
    assert read("tokuhashi_2005", "karnofsky", {"patient.ecog": 3}) == (10, 50)


@pytest.mark.parametrize("karnofsky", range(10, 101, 10))
@pytest.mark.parametrize("id", ECOG)
def test_ecog_from_karnofsky_alone(id: str, karnofsky: int) -> None:
    cuts = ECOG[id]
    found = read(id, "ecog", {"patient.karnofsky": karnofsky})
    every = any_of(ecog_by_mapping(karnofsky))
    assert set(found) <= set(every)
    assert bands(found, cuts) == bands(every, cuts)  # type: ignore[arg-type]


def test_death_is_refused() -> None:
    with pytest.raises(RecordError, match="death"):
        known(INSTRUMENTS["tokuhashi_2005"], case({"patient.karnofsky": 0}))


def test_nobody_with_an_ecog_status_of_0_or_1_is_scored_for_a_short_life() -> None:
    short = INSTRUMENTS["rades_2013_short"]
    assert read(short.id, "ecog", {"patient.ecog": 2}) == (2,)
    for facts in ({"patient.ecog": 1}, {"patient.karnofsky": 90}):
        with pytest.raises(RecordError, match="below 2"):
            known(short, case(facts))
    assert read(short.id, "ecog", {"patient.karnofsky": 70}) == (2,)
    assert read(short.id, "ecog", {}) == ()


@pytest.mark.parametrize(
    ("walks", "rades", "nesms"),
    [
        (Ambulation.INDEPENDENT, (True,), ("independent",)),
        (
            Ambulation.AIDED,
            (False, True),
            ("with an aid, judged independent", "with an aid, judged not independent"),
        ),
        (Ambulation.NONE, (False,), ("not walking",)),
        (None, (), ()),
    ],
)
def test_an_aid_is_open(walks: Ambulation | None, rades: tuple[bool, ...], nesms: tuple[str, ...]) -> None:
    assert read("rades_2008", "ambulatory", {}, walks=walks) == rades
    assert read("nesms", "walking", {}, walks=walks) == nesms


@pytest.mark.parametrize(("sex", "female"), [(Sex.FEMALE, (True,)), (Sex.MALE, (False,)), (None, ())])
def test_female(sex: Sex | None, female: tuple[bool, ...]) -> None:
    assert read("prism", "female", {}, sex=sex) == female


def test_a_birthday_that_may_not_have_been_leaves_both_ages_at_a_cut() -> None:
    assert read("chao_rpa_2012", "age", {}, birth_year=1956) == (69, 70)
    assert read("chao_rpa_2012", "age", {}, birth_year=1957) == (69,)


@pytest.mark.parametrize(
    ("fact", "stated", "item", "points"),
    [
        ("lab.crp", 3.9, "crp", 0),
        ("lab.crp", 4.0, "crp", 1),
        ("lab.ldh", 249, "ldh", 0),
        ("lab.ldh", 250, "ldh", 1),
        ("lab.albumin", 37.0, "albumin", 0),
        ("lab.albumin", 36.9, "albumin", 1),
        ("lab.platelets", 100, "platelets", 0),
        ("lab.platelets", 99, "platelets", 2),
        ("lab.calcium", 2.56, "calcium", 0),
        ("lab.calcium", 2.569, "calcium", 0),
        ("lab.calcium", 2.57, "calcium", 2),
        ("lab.bilirubin", 23.8, "bilirubin", 0),
        ("lab.bilirubin", 23.9, "bilirubin", 2),
    ],
)
def test_laboratory_values_of_a_record_count_from_the_printed_cuts_on(
    fact: str, stated: float, item: str, points: int
) -> None:
    normal = {
        "lab.crp": 1.0,
        "lab.ldh": 200,
        "lab.albumin": 40.0,
        "lab.platelets": 250,
        "lab.calcium": 2.3,
        "lab.bilirubin": 10.0,
        "tumour.primary_site": PrimarySite.KIDNEY.value,
    }
    result = score(INSTRUMENTS["katagiri_2014"], case(normal | {fact: stated}))
    assert {one.values for one in result.also if one.name == "laboratory points"} == {(f"{points}",)}
    assert item in {one.name for one in result.items}


@pytest.mark.parametrize(
    ("id", "fact", "item", "stated", "found"),
    [
        ("chao_rpa_2012", "oncology.months_since_diagnosis", "months", 30.0, 30.0),
        ("rades_2008", "oncology.months_to_compression", "months_to_compression", 15.0, 15.0),
        ("prism", "oncology.months_to_spine_metastasis", "years", 60.0, 5.0),
        ("sioutos_1995", "neurology.leg_strength", "leg_strength", 4, 4),
        ("rades_2008", "neurology.motor_deficit_days", "deficit_days", 8, 8),
        ("tokuhashi_2005", "spread.vertebrae", "vertebrae", 2, 2),
        ("tokuhashi_2005", "spread.bone_foci", "extraspinal_bone", 3, 3),
        ("tokuhashi_2005", "neurology.frankel", "frankel", "C", "C"),
        ("katagiri_2014", "oncology.chemotherapy", "chemotherapy_before", True, True),
        ("balagamwala_rpa_2018", "spread.controlled", "controlled", False, False),
        ("prism", "treatment.operated_at_level", "prior_surgery", True, True),
        ("prism", "treatment.radiotherapy_at_level", "prior_radiation", True, True),
        ("nesms", "lab.albumin", "albumin", 35.0, 3.5),
    ],
)
def test_a_fact_as_it_stands(id: str, fact: str, item: str, stated: Any, found: object) -> None:
    assert read(id, item, {fact: stated}) == (found,)


BAUER = {"spread.lung": False, "spread.liver": False, "spread.other_organs": False}


@pytest.mark.parametrize(
    ("facts", "bauer"),
    [
        (BAUER | {"tumour.primary_site": "breast"}, (3, 4)),
        (BAUER | {"tumour.primary_site": "melanoma", "spread.bone_foci": 1}, (2,)),
        (BAUER | {"tumour.primary_site": "melanoma"}, ()),
        ({}, ()),
    ],
)
def test_nesms_takes_the_bauer_score_of_the_same_case_as_far_as_it_is_known(
    facts: dict[str, Any], bauer: tuple[int, ...]
) -> None:
    assert read("nesms", "bauer", facts) == bauer


SINS = {"sins.pain": "none", "sins.alignment": "normal", "sins.collapse": "none", "sins.posterolateral": "none"}


@pytest.mark.parametrize(
    ("facts", "sins"),
    [
        (SINS, (1, 2, 3)),
        (SINS | {"sins.bone": "lytic", "sins.pain": "mechanical"}, (6,)),
        ({"sins.bone": "lytic"}, ()),
        ({}, ()),
    ],
)
def test_the_radiosurgery_score_takes_sins_of_the_same_lesion_as_far_as_it_is_known(
    facts: dict[str, Any], sins: tuple[int, ...]
) -> None:
    assert read("sbrt_os_2023", "sins", facts) == sins
