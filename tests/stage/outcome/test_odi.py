"""The bands of prognosis 8 for the Oswestry Disability Index, and sections left blank."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage import instrument as shape
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.asked import BLANK
from enbloc.stage.outcome.odi import ODI, Disability, Oswestry, band, percentage

ANSWERS: tuple[int | str, ...] = (0, 1, 2, 3, 4, 5, BLANK)


def written(answers: Sequence[int | str]) -> dict[str, Any]:
    return {f"section_{at}": answer for at, answer in enumerate(answers, start=1)}


def test_an_answer_may_be_a_number_or_its_digits() -> None:
    assert read_form(Oswestry, {"section_1": 3}) == read_form(Oswestry, {"section_1": "3"})
    for wrong in (6, -1, True, 3.5, "three", ""):
        with pytest.raises(RecordError, match="section_1"):
            read_form(Oswestry, {"section_1": wrong})


def test_at_least_eight_sections_are_answered() -> None:
    assert judged(ODI, read_form(Oswestry, written([3] * 8 + [BLANK] * 2))).totals == (60,)
    with pytest.raises(RecordError, match="Only 7 of 10") as refused:
        judged(ODI, read_form(Oswestry, written([3] * 7 + [BLANK] * 3)))
    assert "At least 8" in refused.value.remedy


def test_sections_left_blank_are_said() -> None:
    score = judged(ODI, read_form(Oswestry, written([3] * 9 + [BLANK])))
    assert "percentage of the 9 of 10 sections that were answered" in score.flags


def test_a_percentage_is_shown_to_two_decimals() -> None:
    assert percentage(20, 9).total == 44.44


def test_a_section_that_nobody_knows_stays_open() -> None:
    score = judged(ODI, read_form(Oswestry, written([3] * 9)))
    assert score.totals == (54, 56, 58, 60, 62, 64)
    assert score.categories == (Disability.TO_60.value, Disability.TO_80.value)
    assert score.missing == ("section 10 of the licensed form",)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (0, 1, Disability.TO_20),
        (2049, 100, Disability.TO_20),
        (205, 10, Disability.TO_40),
        (4049, 100, Disability.TO_40),
        (405, 10, Disability.TO_60),
        (6049, 100, Disability.TO_60),
        (605, 10, Disability.TO_80),
        (8049, 100, Disability.TO_80),
        (805, 10, Disability.TO_100),
        (100, 1, Disability.TO_100),
    ],
)
def test_bands_are_read_after_rounding_half_up(above: int, below: int, expected: Disability) -> None:
    assert band(above, below) == expected.value


@pytest.mark.parametrize(
    ("total", "number", "word"),
    [
        (10, 10, "0 to 20 %"),
        (11, 10, "21 to 40 %: moderate"),
        (20, 10, "21 to 40 %: moderate"),
        (21, 10, "41 to 60 %"),
        (30, 10, "41 to 60 %"),
        (31, 10, "61 to 80 %"),
        (40, 10, "61 to 80 %"),
        (41, 10, "81 to 100 %"),
        (9, 9, "0 to 20 %"),
        (10, 9, "21 to 40 %: moderate"),
        (8, 8, "0 to 20 %"),
        (9, 8, "21 to 40 %: moderate"),
    ],
)
def test_bands_of_sums(total: int, number: int, word: str) -> None:
    assert percentage(total, number).category == word


def test_item_by_item_gives_what_going_through_every_form_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(20261120)
    for _ in range(5):
        answers = written([dice.choice(ANSWERS) for _ in range(7)] + [4, 4, 4])
        for name in dice.sample(sorted(answers), 3):
            del answers[name]
        known = read_form(Oswestry, answers)
        if sum(answer == BLANK for answer in answers.values()) > 2:
            continue
        every = judged(ODI, known)
        monkeypatch.setattr(shape, "MOST_FORMS", 0)
        stepwise = judged(ODI, known)
        monkeypatch.undo()
        assert (stepwise.totals, stepwise.categories) == (every.totals, every.categories)
        assert set(stepwise.flags) == set(every.flags)


def test_item_by_item_too_few_answers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shape, "MOST_FORMS", 0)
    with pytest.raises(RecordError, match="of 10 sections"):
        judged(ODI, read_form(Oswestry, written([3] * 6 + [BLANK] * 3)))
