"""The conventions of the specification (prognosis 2.1) and its rule for what is missing."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.frailty.modified_frailty_index import (
    ELEVEN,
    MFI5,
    MFI11,
    MILD,
    NOT_FRAIL,
    OFTEN_FRAIL,
    SEVERE,
    UNDER,
    ElevenItems,
    FiveItems,
)
from enbloc.stage.instrument import judged

FIVE = tuple(one.name for one in MFI5.questions)


def five(*present: str, **other: str) -> dict[str, object]:
    return {**{name: "present" if name in present else "absent" for name in FIVE}, **other}


def eleven(*present: str) -> dict[str, object]:
    return {name: name in present for name in ELEVEN}


@pytest.mark.parametrize(
    ("form", "count", "index", "tier"),
    [
        (five(), 0, "index: 0", NOT_FRAIL),
        (five("diabetes", "heart_failure", "lung"), 3, "index: 0.6", SEVERE),
    ],
    ids=["none", "three"],
)
def test_tiers_of_five(form: dict[str, object], count: int, index: str, tier: str) -> None:
    score = judged(MFI5, read_form(FiveItems, form))
    assert (score.totals, score.categories) == ((count,), (tier,))
    assert index in score.remarks


@pytest.mark.parametrize(
    ("present", "index", "tier"),
    [((), 0.0, NOT_FRAIL), (FIVE[:1], 0.25, NOT_FRAIL), (FIVE[:2], 0.5, MILD), (FIVE[:3], 0.75, SEVERE)],
)
def test_one_item_that_no_record_holds_leaves_the_denominator(
    present: tuple[str, ...], index: float, tier: str
) -> None:
    score = judged(MFI5, read_form(FiveItems, five(*present, dependent="not_available")))
    assert score.categories == (tier,)
    assert f"index: {index:g}" in score.remarks


def test_an_unknown_item_is_never_absent() -> None:
    written = {name: answer for name, answer in five("diabetes").items() if name != "dependent"}
    score = judged(MFI5, read_form(FiveItems, written))
    assert score.totals == (1, 2)
    assert score.categories == (NOT_FRAIL, MILD)
    assert "index: 0.2 · 0.25 · 0.4" in score.remarks


def test_two_items_that_are_not_available_make_no_index() -> None:
    with pytest.raises(RecordError, match="Fewer than 4 of the 5"):
        judged(MFI5, read_form(FiveItems, five(dependent="not_available", lung="not_available")))


@pytest.mark.parametrize(
    ("present", "count", "index", "side"),
    [(ELEVEN[:1], 1, "index: 0.09", UNDER), (ELEVEN, 11, "index: 1", OFTEN_FRAIL)],
    ids=["one", "all"],
)
def test_the_denominator_of_eleven_is_fixed(present: tuple[str, ...], count: int, index: str, side: str) -> None:
    score = judged(MFI11, read_form(ElevenItems, eleven(*present)))
    assert (score.totals, score.categories) == ((count,), (side,))
    assert index in score.remarks


def test_a_stroke_with_deficit_is_a_stroke() -> None:
    with pytest.raises(RecordError, match="without a stroke"):
        judged(MFI11, read_form(ElevenItems, eleven("stroke_with_deficit")))
    open_ = eleven("stroke_with_deficit")
    del open_["stroke"]
    assert judged(MFI11, read_form(ElevenItems, open_)).totals == (2,)
