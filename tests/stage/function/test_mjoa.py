"""The bands and traps of staging 8.5, the modified Japanese Orthopaedic Association score."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.function.mjoa import (
    MJOA,
    Arms,
    Legs,
    ModifiedJoa,
    Sensation,
    Severity,
    Sphincter,
    Variant,
    severity,
)
from enbloc.stage.instrument import judged


def written(
    arms: int, legs: int, sensation: int, sphincter: int, variant: Variant = Variant.BENZEL_18
) -> dict[str, Any]:
    """The form with these points by item."""
    chosen = {"arms": (Arms, arms), "legs": (Legs, legs), "sensation": (Sensation, sensation)}
    chosen["sphincter"] = (Sphincter, sphincter)
    answers = {
        name: next(each.value for each in kind if each.points == points) for name, (kind, points) in chosen.items()
    }
    return {"variant": variant.value, **answers}


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (18, Severity.NONE),
        (17, Severity.MILD),
        (15, Severity.MILD),
        (14, Severity.MODERATE),
        (12, Severity.MODERATE),
        (11, Severity.SEVERE),
        (0, Severity.SEVERE),
    ],
)
def test_bands(total: int, expected: Severity) -> None:
    assert severity(total) == expected.value


@pytest.mark.parametrize("variant", [Variant.LEGS_TO_4, Variant.LEGS_TO_7])
def test_a_form_of_17_points_is_not_graded(variant: Variant) -> None:
    score = judged(MJOA, read_form(ModifiedJoa, written(3, 5, 2, 3, variant)))
    assert score.totals == ()
    assert score.categories == (Severity.NOT_GRADED.value,)


def test_without_its_variant_a_form_is_not_settled() -> None:
    form = written(5, 7, 2, 3)
    del form["variant"]
    score = judged(MJOA, read_form(ModifiedJoa, form))
    assert set(score.categories) == {Severity.MILD.value, Severity.NOT_GRADED.value}
    assert score.missing == ("which form of the score was filled in",)


def test_each_item_has_its_own_range() -> None:
    assert [[each.points for each in kind] for kind in (Arms, Legs, Sensation, Sphincter)] == [
        list(range(6)),
        list(range(8)),
        list(range(4)),
        list(range(4)),
    ]
