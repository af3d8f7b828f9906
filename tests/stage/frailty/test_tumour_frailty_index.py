"""The tiers and traps of the specification (prognosis 2.2 and 2.3); its examples stand in tests/published."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.frailty.tumour_frailty_index import (
    METASTATIC_ITEMS,
    MILD,
    MODERATE,
    MSTFI,
    NOT_FRAIL,
    SEVERE,
    STFI,
    Metastatic,
    Primary,
)
from enbloc.stage.instrument import judged


def written(*present: str) -> dict[str, object]:
    return {name: name in present for name in METASTATIC_ITEMS}


@pytest.mark.parametrize(
    ("present", "count", "tier"),
    [(("urgent",), 1, MILD), (METASTATIC_ITEMS, 9, SEVERE)],
    ids=["one", "all"],
)
def test_tiers_for_metastases(present: tuple[str, ...], count: int, tier: str) -> None:
    score = judged(MSTFI, read_form(Metastatic, written(*present)))
    assert (score.totals, score.categories) == ((count,), (tier,))


def test_an_approach_that_is_not_planned_yet_leaves_both_tiers() -> None:
    form = written("anaemia", "urgent")
    del form["anterior"]
    score = judged(MSTFI, read_form(Metastatic, form))
    assert (score.totals, score.categories) == ((2, 3), (MODERATE, SEVERE))
    assert any("each planned approach" in flag for flag in score.remarks)


def test_the_weights_and_the_weak_validation_are_said() -> None:
    assert any("0.56" in each for each in MSTFI.warnings)
    assert any("one point for each item" in each for each in MSTFI.warnings)


def test_it_is_the_paper_and_not_the_congress_abstract() -> None:
    with pytest.raises(RecordError, match="no item"):
        read_form(Metastatic, {"heart_failure": True})


@pytest.mark.parametrize(("count", "tier"), [(0, NOT_FRAIL), (1, MILD), (2, MODERATE), (3, SEVERE), (9, SEVERE)])
def test_tiers_for_primary_tumours(count: int, tier: str) -> None:
    score = judged(STFI, read_form(Primary, {"deficits": count}))
    assert (score.totals, score.categories) == ((count,), (tier,))


def test_the_index_for_primary_tumours_is_a_draft() -> None:
    assert STFI.checked.is_draft
    assert judged(STFI, {}).remarks[0].startswith("not yet checked")


@pytest.mark.parametrize("wrong", [-1, 10, 1.5, True])
def test_a_count_that_cannot_be_is_refused(wrong: object) -> None:
    with pytest.raises(RecordError, match="deficits"):
        read_form(Primary, {"deficits": wrong})
