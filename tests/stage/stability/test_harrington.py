"""The classes of the specification (staging 7.4) beside its examples, and what no class describes."""

from __future__ import annotations

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.stability.harrington import HARRINGTON, Harrington


def harrington(*present: str) -> str:
    names = ("neurology", "bone", "collapse", "instability", "mechanical_pain")
    score = judged(HARRINGTON, read_form(Harrington, {name: name in present for name in names}))
    assert len(score.categories) == 1
    return score.categories[0].split(":")[0]


@pytest.mark.parametrize(
    ("present", "word"),
    [
        (("bone",), "II"),
        (("bone", "instability"), "IV"),
        (("neurology", "instability"), "V"),
        (("bone", "collapse"), "none of the five classes"),
        (("neurology", "bone"), "none of the five classes"),
    ],
)
def test_the_other_classes_and_what_is_outside(present: tuple[str, ...], word: str) -> None:
    assert harrington(*present) == word


def test_it_is_said_to_be_historical() -> None:
    assert any("historical" in flag for flag in judged(HARRINGTON, {}).remarks)
