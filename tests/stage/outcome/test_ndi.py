"""The bands of prognosis 8 for the Neck Disability Index; its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.asked import BLANK
from enbloc.stage.outcome.ndi import NDI, Disability, NeckDisability, band


def written(total: int) -> dict[str, object]:
    """A form with this sum."""
    return {f"section_{at}": min(5, max(0, total - 5 * (at - 1))) for at in range(1, 11)}


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0, Disability.NONE),
        (4, Disability.NONE),
        (5, Disability.TO_14),
        (14, Disability.TO_14),
        (15, Disability.MODERATE),
        (24, Disability.MODERATE),
        (25, Disability.TO_34),
        (34, Disability.TO_34),
        (35, Disability.COMPLETE),
        (50, Disability.COMPLETE),
    ],
)
def test_bands(total: int, expected: Disability) -> None:
    assert band(total) == expected.value


def test_a_section_that_is_missing_is_never_nought_nor_a_mean() -> None:
    form = written(20)
    del form["section_1"]
    score = judged(NDI, read_form(NeckDisability, form))
    assert score.totals == (15, 16, 17, 18, 19, 20)
    assert score.missing == ("section 1 of the licensed form",)
    with pytest.raises(RecordError, match="section_1"):
        read_form(NeckDisability, {"section_1": BLANK})


def test_it_is_a_draft() -> None:
    assert any("not yet checked" in flag for flag in judged(NDI, {}).remarks)
