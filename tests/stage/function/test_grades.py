"""The grades of staging 8.3 and 8.4: McCormick in both versions, Nurick; the examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.function.mccormick import (
    MCCORMICK,
    MODIFIED_MCCORMICK,
    Function,
    McCormick,
    ModifiedFunction,
)
from enbloc.stage.function.nurick import NURICK, Gait, Nurick
from enbloc.stage.instrument import judged


@pytest.mark.parametrize(("function", "grade"), list(zip(Function, ("I", "II", "III", "IV"), strict=True)))
def test_the_original_has_four_grades(function: Function, grade: str) -> None:
    assert McCormick(function=function).outcome.category.startswith(f"grade {grade}: ")


def test_a_cane_is_grade_iii_in_both_and_neither_is_converted() -> None:
    assert not {each.value for each in Function} & {each.value for each in ModifiedFunction}
    with pytest.raises(RecordError, match="function"):
        read_form(McCormick, {"function": ModifiedFunction.EXTERNAL_AID.value})
    assert all(any("never converted" in warning for warning in one.warnings) for one in (MCCORMICK, MODIFIED_MCCORMICK))


@pytest.mark.parametrize(
    ("gait", "grade"),
    [
        (Gait.ROOT_SIGNS, 0),
        (Gait.CHAIR_OR_BED, 5),
    ],
    ids=["root signs", "chair"],
)
def test_both_ends_of_nurick(gait: Gait, grade: int) -> None:
    score = judged(NURICK, read_form(Nurick, {"gait": gait.value}))
    assert score.totals == (grade,)
    assert score.categories == (f"grade {grade}: {gait.value}",)


def test_nothing_known_leaves_every_grade_open() -> None:
    assert len(judged(MCCORMICK, {}).categories) == 4
    assert len(judged(MODIFIED_MCCORMICK, {}).categories) == 5
    assert judged(NURICK, {}).totals == (0, 1, 2, 3, 4, 5)
