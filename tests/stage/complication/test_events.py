"""The specification (prognosis 5): Clavien-Dindo and both versions of SAVES, beside their published examples."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.complication.clavien_dindo import (
    CLAVIEN_DINDO,
    DISABILITY,
    GRADES,
    Complication,
    Treatment,
    of_patient,
)
from enbloc.stage.complication.saves import (
    GRADES_V2,
    NEVER_CONVERTED,
    SAVES_V1,
    SAVES_V2,
    UNPUBLISHED,
    Event,
    RecordedEvent,
)
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged


def test_every_treatment_of_the_definition_has_its_grade() -> None:
    graded = {grade: [one.name for one in Treatment if one.grade == grade] for grade in GRADES}
    assert [len(each) for each in graded.values()] == [4, 3, 1, 1, 1, 1, 1]


def test_major_from_iii_a() -> None:
    assert [category.word for category in CLAVIEN_DINDO.categories if category.published == "major"] == list(GRADES[2:])


def test_a_patient_has_the_grade_of_the_worst_complication() -> None:
    assert of_patient(["I", "IVa", "IIIb"]) == "IVa"
    assert of_patient(["II", "V", "IVb"]) == "V"


def test_disability_is_a_suffix_and_not_a_grade() -> None:
    score = judged(CLAVIEN_DINDO, read_form(Complication, {"treatment": "transfusion", "disability": True}))
    assert score.categories == ("II",)
    assert DISABILITY in score.flags


def test_who_died_was_not_discharged_with_a_disability() -> None:
    with pytest.raises(RecordError, match="died"):
        judged(CLAVIEN_DINDO, read_form(Complication, {"treatment": "death", "disability": True}))
    assert judged(CLAVIEN_DINDO, read_form(Complication, {"treatment": "death"})).categories == ("V",)


def event(treatment: str, longer_stay: int, *, sequelae: bool = False, death: bool = False) -> dict[str, Any]:
    return {"treatment": treatment, "longer_stay": longer_stay, "sequelae": sequelae, "death": death}


@pytest.mark.parametrize(
    ("form", "grade"),
    [
        (event("none_or_minimal", 2), "I"),
        (event("none_or_minimal", 3), "II"),
        (event("none_or_minimal", 7), "II"),
        (event("more", 0), "II"),
        (event("more", 8, sequelae=True), "III"),
        (event("none_or_minimal", 0, sequelae=True, death=True), "IV"),
    ],
    ids=["2 d", "3 d", "7 d", "treated", "8 d", "death"],
)
def test_each_limit_of_saves(form: dict[str, Any], grade: str) -> None:
    score = judged(SAVES_V1, read_form(Event, form))
    assert score.categories == (grade,)
    assert UNPUBLISHED not in score.flags


def test_a_long_stay_without_sequelae_is_said_to_be_in_no_grade() -> None:
    assert UNPUBLISHED in judged(SAVES_V1, read_form(Event, event("more", 8))).flags


def test_the_second_version_is_recorded_and_a_draft() -> None:
    assert SAVES_V2.checked.is_draft
    for at, word in enumerate(GRADES_V2, 1):
        assert judged(SAVES_V2, read_form(RecordedEvent, {"grade": at})).categories == (word,)
    assert all(NEVER_CONVERTED in one.warnings for one in (SAVES_V1, SAVES_V2))


@pytest.mark.parametrize("wrong", [0, 7, "IV"])
def test_a_grade_of_the_other_version_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="grade"):
        read_form(RecordedEvent, {"grade": wrong})
