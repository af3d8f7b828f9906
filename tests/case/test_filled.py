"""A filled form keeps what was written, and refuses what no form can hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from enbloc.case.case import Case
from enbloc.case.filled import LARGEST_NUMBER, LONGEST_KEY, LONGEST_TEXT, MOST_ANSWERS, FilledForm
from enbloc.case.lesion import Lesion
from enbloc.errors import RecordError


def filled(answers: Any, *, instrument: str = "tokuhashi_2005", about: str = "patient", **rest: Any) -> FilledForm:
    return FilledForm(instrument=instrument, about=about, answers=answers, **rest)


def test_answers_are_kept_as_they_were_written() -> None:
    answers = {"organs": "removable", "karnofsky": 80, "albumin": 3.5, "visceral": False, "right": {"motor": {"C5": 5}}}
    assert filled(answers).answers == answers


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"albumin": float("nan")}, "answers.albumin"),
        ({"right": {"motor": {"C5": float("inf")}}}, "answers.right.motor.C5"),
        ({"organs": None}, "answers.organs"),
        ({"organs": ["removable"]}, "answers.organs"),
        ({"organs": "x" * (LONGEST_TEXT + 1)}, "answers.organs"),
        ({"karnofsky": 10**400}, "answers.karnofsky"),
        ({"albumin": -2 * LARGEST_NUMBER}, "answers.albumin"),
        ({"right": {"motor": {"C5": {"now": 5}}}}, "answers.right.motor.C5"),
        ({"right": {"": 5}}, "answers.right"),
        ({"a\nb": 5}, "answers"),
        ({"x" * (LONGEST_KEY + 1): 5}, "answers"),
        ({1: 5}, "answers"),
        ({"segments": {f"C{at}": 5 for at in range(MOST_ANSWERS + 1)}}, "answers"),
    ],
)
def test_what_no_form_can_hold_is_refused_with_its_place(answers: Any, where: str) -> None:
    with pytest.raises(RecordError) as fault:
        filled(answers)
    assert fault.value.where == where
    assert fault.value.remedy
    assert len(str(fault.value)) < 200


def test_the_largest_form_is_held() -> None:
    most = {"segments": {f"{at}".zfill(LONGEST_KEY): "x" * LONGEST_TEXT for at in range(MOST_ANSWERS)}}
    assert filled(most | {}).answers == most


@pytest.mark.parametrize("instrument", ["", "Tokuhashi", "tokuhashi 2005", "2005", "a" * 41, "sins\n"])
def test_an_instrument_is_named_by_its_id(instrument: str) -> None:
    with pytest.raises(RecordError, match="no id of an instrument"):
        filled({}, instrument=instrument)


def test_nobody_answers_otherwise_without_a_name() -> None:
    with pytest.raises(RecordError, match="by nobody"):
        filled({"organs": "none"}, because="the lung nodule is a granuloma")
    assert filled({"organs": "none"}, because="the lung nodule is a granuloma", by="R. Example").by == "R. Example"


def test_a_form_is_about_the_patient_or_a_lesion_of_the_case() -> None:
    lesions = (Lesion(id="A"),)
    both = (filled({}), filled({}, about="A"))
    assert Case(id="x", lesions=lesions, forms=both).forms == both
    for nobody in ("B", "T8", ""):
        with pytest.raises(RecordError, match=rf"cannot be about '{nobody}'.*lesions are A"):
            Case(id="x", lesions=lesions, forms=(filled({}, about=nobody),))


def test_an_instrument_is_filled_in_once_about_one_subject() -> None:
    with pytest.raises(RecordError, match="tokuhashi_2005 about patient is filled in twice"):
        Case(id="x", forms=(filled({}), filled({"organs": "none"})))
    apart = (filled({}), filled({}, instrument="tomita_2001"))
    assert Case(id="x", forms=apart).forms == apart


def test_the_date_of_a_form_counts_for_the_record() -> None:
    assert Case(id="x", forms=(filled({}, on=date(2026, 11, 19)),)).stands_at == date(2026, 11, 19)
