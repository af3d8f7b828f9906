"""Both limits of the specification (staging 11.2), and flare; its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.response.mda import FLARE, FROM_MEMORY, MDA_BONE, Mda
from enbloc.stage.score import Score

_, PARTIAL, STABLE, PROGRESSIVE = (category.word for category in MDA_BONE.categories)


def mda(**answers: Any) -> Score:
    unchanged = dict.fromkeys(("complete", "partial_signs", "enlargement"), False)
    none: dict[str, Any] = {"new_lesion": "none", "decrease_percent": 0, "increase_percent": 0}
    return judged(MDA_BONE, read_form(Mda, unchanged | none | answers))


@pytest.mark.parametrize(
    ("answers", "word"),
    [
        ({"increase_percent": 24.9}, STABLE),
        ({"increase_percent": 25}, PROGRESSIVE),
        ({"increase_percent": 25.1}, PROGRESSIVE),
        ({"decrease_percent": 49.9}, STABLE),
        ({"decrease_percent": 50}, PARTIAL),
        ({"decrease_percent": 50.1}, PARTIAL),
    ],
)
def test_limits_from_memory_are_marked(answers: dict[str, Any], word: str) -> None:
    score = mda(**answers)
    assert score.categories == (word,)
    assert FROM_MEMORY in score.flags


def test_a_sclerotic_focus_while_others_improve_is_flare() -> None:
    score = mda(new_lesion="sclerotic focus while other signs improve")
    assert score.categories == (PARTIAL,)
    assert FLARE in score.flags
    assert mda(new_lesion="sclerotic focus while other signs improve", enlargement=True).categories == (PROGRESSIVE,)
    assert mda(enlargement=True, complete=True).categories == (PROGRESSIVE,)
    assert FROM_MEMORY not in mda(enlargement=True).flags
