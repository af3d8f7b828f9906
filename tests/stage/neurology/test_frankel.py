"""Frankel's grades, and that they are never taken for those of the ASIA impairment scale (staging 8.2)."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.neurology import Movement, NeurologicalGrade, Scale, frankel


@pytest.mark.parametrize(
    ("movement", "sensation", "letter"),
    [
        (Movement.NONE, True, "B"),
        (Movement.USELESS, True, "C"),
        (Movement.USEFUL, True, "D"),
        (Movement.RECOVERED, True, "E"),
        (Movement.NONE, False, "A"),
        (Movement.USELESS, False, "C"),
    ],
    ids=["sensation in feet only", "flicker", "walks with cane", "normal but hyperreflexic", "nothing", "no sensation"],
)
def test_worked_examples(movement: Movement, sensation: bool, letter: str) -> None:
    assert frankel(movement, sensation=sensation) == NeurologicalGrade(scale=Scale.FRANKEL, letter=letter)


def test_recovered_without_sensation_is_a_contradiction() -> None:
    with pytest.raises(RecordError, match="not recovered"):
        frankel(Movement.RECOVERED, sensation=False)


def test_grades_are_compared_on_one_scale_only() -> None:
    frankel_c, frankel_d = (NeurologicalGrade(scale=Scale.FRANKEL, letter=letter) for letter in "CD")
    assert frankel_c.is_worse_than(frankel_d)
    assert not frankel_d.is_worse_than(frankel_c)
    assert not frankel_c.is_worse_than(frankel_c)
    with pytest.raises(RecordError, match="Frankel C and ASIA impairment scale D are on different scales"):
        frankel_c.is_worse_than(NeurologicalGrade(scale=Scale.ASIA, letter="D"))


def test_there_is_no_grade_f() -> None:
    with pytest.raises(RecordError, match="no grade 'F'"):
        NeurologicalGrade(scale=Scale.ASIA, letter="F")
