"""Scores of Rades of which only the bands are known (prognosis 1.6): each total finds its band."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.external.rades_totals import (
    NO_FIGURE,
    RADES_AMBULATION,
    RADES_ELDERLY,
    RADES_LONG_TERM,
    RADES_UNKNOWN_PRIMARY,
)
from enbloc.stage.instrument import Instrument, judged
from enbloc.stage.score import Score

# Each band as the specification prints it: first and last total, and the figure in its text.
TABLE: dict[str, tuple[Instrument, list[tuple[int, int, str]]]] = {
    "ambulation": (
        RADES_AMBULATION,
        [(21, 28, "6 %"), (29, 31, "44 %"), (32, 34, "70 %"), (35, 37, "86 %"), (38, 44, "99 %")],
    ),
    "elderly": (RADES_ELDERLY, [(25, 39, "11 %"), (40, 48, "56 %"), (49, 57, "97 %")]),
    "unknown primary": (RADES_UNKNOWN_PRIMARY, [(0, 13, "5 %"), (14, 16, "41 %"), (17, 30, "92 %")]),
    "long term": (RADES_LONG_TERM, [(0, 14, ""), (15, 18, "94 %")]),
}
ROWS = [(one, low, high, figure) for one, bands in TABLE.values() for low, high, figure in bands]


def scored(one: Instrument, total: object) -> Score:
    form = {"obtained_from": "paper form", "obtained_on": "2026-11-20", "total": total, "tumour": "metastasis"}
    return judged(one, one.read(form))


@pytest.mark.parametrize(("one", "low", "high", "figure"), ROWS, ids=lambda each: str(getattr(each, "id", each)))
def test_both_ends_of_each_band_find_its_figure(one: Instrument, low: int, high: int, figure: str) -> None:
    published = {category.word: category.published for category in one.categories}
    for total in (low, high):
        score = scored(one, total)
        assert score.totals == (total,)
        (word,) = score.categories
        assert published[word].startswith(figure)
        assert (word == NO_FIGURE) is (not figure)


@pytest.mark.parametrize(("one", "bands"), TABLE.values(), ids=list(TABLE))
def test_more_is_better_and_the_best_band_comes_first(one: Instrument, bands: list[tuple[int, int, str]]) -> None:
    words = [scored(one, low).categories[0] for low, _, _ in reversed(bands)]
    assert words == [category.word for category in one.categories]


@pytest.mark.parametrize(
    ("one", "wrong"),
    [
        (RADES_AMBULATION, 20),
        (RADES_AMBULATION, 45),
        (RADES_ELDERLY, 24),
        (RADES_ELDERLY, 58),
        (RADES_LONG_TERM, 19),
        (RADES_UNKNOWN_PRIMARY, -1),
        (RADES_UNKNOWN_PRIMARY, 14.5),
    ],
)
def test_a_total_off_the_scale_is_refused(one: Instrument, wrong: float) -> None:
    with pytest.raises(RecordError, match="total"):
        scored(one, wrong)


def test_only_what_speaks_of_survival_is_a_survival_score() -> None:
    assert not RADES_AMBULATION.is_survival
    assert all(one.is_survival for one in (RADES_ELDERLY, RADES_UNKNOWN_PRIMARY, RADES_LONG_TERM))
