"""Each class of the specification (prognosis 2.5) at its ends; its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.frailty.edmonton import (
    EDMONTON,
    MILD,
    MODERATE,
    NOT_FRAIL,
    ONE_POINT,
    SEVERE,
    TWO_POINTS,
    VULNERABLE,
    Edmonton,
)
from enbloc.stage.instrument import judged


def coming_to(total: int) -> dict[str, Any]:
    """A form of so many points, the items of two points first."""
    form: dict[str, Any] = {}
    for name in TWO_POINTS:
        form[name] = min(2, total)
        total -= form[name]
    for name in ONE_POINT:
        form[name] = total > 0
        total -= form[name]
    return form


@pytest.mark.parametrize(
    ("total", "word"),
    [
        (0, NOT_FRAIL),
        (5, NOT_FRAIL),
        (6, VULNERABLE),
        (7, VULNERABLE),
        (8, MILD),
        (9, MILD),
        (10, MODERATE),
        (11, MODERATE),
        (12, SEVERE),
        (17, SEVERE),
    ],
)
def test_classes(total: int, word: str) -> None:
    score = judged(EDMONTON, read_form(Edmonton, coming_to(total)))
    assert (score.totals, score.categories) == ((total,), (word,))


def test_a_missing_item_leaves_every_total_it_could_make() -> None:
    form = coming_to(6)
    del form["clock"]  # which gave two of them
    score = judged(EDMONTON, read_form(Edmonton, form))
    assert (score.totals, score.categories) == ((4, 5, 6), (NOT_FRAIL, VULNERABLE))
    assert score.missing == ("clock test",)


@pytest.mark.parametrize("wrong", [3, -1, 0.5, True])
def test_points_off_the_form_are_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="clock"):
        read_form(Edmonton, {"clock": wrong})
