"""The worked examples of the specification (prognosis 1.1), and its traps."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.survival.tokuhashi import COLON_IS_OTHER, TOKUHASHI, Survival, Tokuhashi

SHORT, MIDDLE, LONG = (one.value for one in Survival)


def written(*answers: Any) -> dict[str, Any]:
    names = ("karnofsky", "extraspinal_bone", "vertebrae", "organs", "primary", "frankel")
    return {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}


@pytest.mark.parametrize(
    ("form", "totals", "bands"),
    [
        (written(80, 0, 1, "none", "breast", "E"), (15,), (LONG,)),
        (written(60, 2, 3, "unremovable", "lung", "D"), (3,), (SHORT,)),
        (written(70, 1, 2, "removable", "kidney", "C"), (8,), (SHORT,)),
        (written(70, 1, 2, "removable", "kidney", None), (7, 8, 9), (MIDDLE, SHORT)),
    ],
    ids=["1", "2", "3", "4: Frankel unknown"],
)
def test_worked_examples(form: dict[str, Any], totals: tuple[int, ...], bands: tuple[str, ...]) -> None:
    score = judged(TOKUHASHI, read_form(Tokuhashi, form))
    assert score.totals == totals
    assert set(score.categories) == set(bands)


def test_colon_is_counted_as_other_and_said() -> None:
    colon = judged(TOKUHASHI, read_form(Tokuhashi, written(80, 0, 1, "none", "colon", "E")))
    rectum = judged(TOKUHASHI, read_form(Tokuhashi, written(80, 0, 1, "none", "rectum", "E")))
    assert (colon.totals, rectum.totals) == ((12,), (14,))
    assert COLON_IS_OTHER in colon.flags


@pytest.mark.parametrize(("item", "wrong"), [("karnofsky", 75), ("karnofsky", 110), ("vertebrae", 0), ("organs", 1)])
def test_what_cannot_be_is_refused_with_what_may_be(item: str, wrong: object) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Tokuhashi, {item: wrong})
