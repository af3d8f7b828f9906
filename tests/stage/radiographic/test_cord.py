"""The cord on axial images (staging 10 and 2.3): its area against the free levels, and the fluid round it."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.radiographic.cord_area_ratio import CORD_AREA_RATIO
from enbloc.stage.radiographic.fluid_round_cord import FLUID_ROUND_CORD

AREAS: dict[str, Any] = {
    "level": "T7",
    "above": "T6",
    "below": "T8",
    "here_mm2": 35,
    "above_mm2": 40,
    "below_mm2": 60,
}
BORDER: dict[str, Any] = {"level": "T7", "perimeter_mm": 28, "with_fluid_mm": 7}


@pytest.mark.parametrize(("here", "ratio"), [(35, 0.7), (50, 1), (60, 1.2), (34.7, 0.69)])
def test_the_area_is_compared_with_the_mean_of_both_free_levels(here: float, ratio: float) -> None:
    score = judged(CORD_AREA_RATIO, CORD_AREA_RATIO.read(AREAS | {"here_mm2": here}))
    assert score.totals == (ratio,)
    assert score.also[0].values == ("T7 against T6 and T8",)


def test_the_free_levels_lie_on_either_side() -> None:
    with pytest.raises(RecordError, match="T9 does not lie above T7"):
        judged(CORD_AREA_RATIO, CORD_AREA_RATIO.read(AREAS | {"above": "T9"}))


@pytest.mark.parametrize(("fluid", "share"), [(0, 0), (7, 0.25), (28, 1)])
def test_the_share_of_the_border_that_has_fluid(fluid: float, share: float) -> None:
    assert judged(FLUID_ROUND_CORD, FLUID_ROUND_CORD.read(BORDER | {"with_fluid_mm": fluid})).totals == (share,)


def test_more_fluid_than_border_is_refused() -> None:
    with pytest.raises(RecordError, match="More of the border"):
        judged(FLUID_ROUND_CORD, FLUID_ROUND_CORD.read(BORDER | {"with_fluid_mm": 28.1}))
