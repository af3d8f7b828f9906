"""Every threshold and trap of the specification (staging 7.2); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.stability.taneichi import (
    BOTH_REGIONS,
    CERTAIN,
    LUMBAR_MET,
    OUTSIDE,
    TANEICHI,
    THORACIC_MET,
    Taneichi,
)

THORACIC, LUMBAR = "T1 to T9", "T11 to L5"
IMPENDING, NOT_IMPENDING = "impending", "not impending"


def collapse(region: str, occupancy: float | None, joint: bool = False, pedicle: bool = False, **more: Any) -> Score:
    written = {"region": region, "occupancy": occupancy, "costovertebral": joint, "posterior": pedicle, "lytic": True}
    return judged(TANEICHI, read_form(Taneichi, written | more))


@pytest.mark.parametrize(
    ("region", "joint", "pedicle", "lower", "upper"),
    [
        (THORACIC, False, False, 50, 60),
        (THORACIC, True, False, 25, 30),
        (THORACIC, False, True, 50, 60),  # the pedicle does not count here
        (LUMBAR, False, False, 35, 40),
        (LUMBAR, False, True, 20, 25),
        (LUMBAR, True, False, 35, 40),  # nor the rib here
        ("T10", True, False, 25, 30),
        ("T10", False, True, 20, 25),
        ("T10", False, False, 35, 40),
    ],
)
def test_each_threshold_on_below_and_above(region: str, joint: bool, pedicle: bool, lower: int, upper: int) -> None:
    for occupancy, word in ((lower - 0.1, NOT_IMPENDING), (lower, IMPENDING), (lower + 0.1, IMPENDING)):
        assert collapse(region, occupancy, joint, pedicle).categories == (word,)
    for occupancy, certain in ((upper - 0.1, False), (upper, True), (upper + 0.1, True)):
        assert (CERTAIN in collapse(region, occupancy, joint, pedicle).remarks) is certain


def test_t10_is_judged_by_both_and_says_by_which() -> None:
    score = collapse("T10", 45)
    assert BOTH_REGIONS in score.remarks
    assert LUMBAR_MET in score.remarks
    assert THORACIC_MET not in score.remarks


def test_elsewhere_and_for_blastic_lesions_it_does_not_apply() -> None:
    for score in (collapse("C1 to C7", 90), collapse("sacrum", 90), collapse(LUMBAR, 90, lytic=False)):
        assert score.categories == ("not applicable",)
        assert OUTSIDE in score.remarks


def test_an_unknown_occupancy_leaves_both_and_it_is_a_draft() -> None:
    assert collapse(LUMBAR, None).categories == (NOT_IMPENDING, IMPENDING)
    assert "not yet checked" in collapse(LUMBAR, 38).remarks[0]
