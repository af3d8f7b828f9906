"""The thresholds of the specification (staging 7.1); its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.stability.kostuik import KOSTUIK, LIFTED, Kostuik

SEGMENTS = [name for name in (one.name for one in KOSTUIK.questions) if name != "angulation"]


def stability(destroyed: int, angulation: float) -> tuple[str, ...]:
    written = {name: at < destroyed for at, name in enumerate(SEGMENTS)} | {"angulation": angulation}
    return judged(KOSTUIK, read_form(Kostuik, written)).categories


@pytest.mark.parametrize(
    ("destroyed", "angulation", "word"),
    [
        (2, 19.9, "stable"),
        (2, 20, "unstable"),
        (2, 20.1, "unstable"),
        (4, 20, "unstable"),
        (4, 0, "unstable"),
        (5, 0, "markedly unstable"),
        (5, 40, "markedly unstable"),
    ],
)
def test_thresholds_and_angulation_never_lowers(destroyed: int, angulation: float, word: str) -> None:
    assert stability(destroyed, angulation) == (word,)


def test_it_is_a_draft_and_says_what_lifted_it() -> None:
    score = judged(KOSTUIK, read_form(Kostuik, dict.fromkeys(SEGMENTS, False) | {"angulation": 25.0}))
    assert LIFTED in score.remarks
    assert "not yet checked" in score.remarks[0]
    part = judged(KOSTUIK, read_form(Kostuik, dict.fromkeys(SEGMENTS[:3], True)))
    assert (part.totals, part.categories) == ((3, 4, 5, 6), ("unstable", "markedly unstable"))
