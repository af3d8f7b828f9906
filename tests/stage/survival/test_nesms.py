"""The ceiling and traps of the specification (prognosis 1.12); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import questions, read_form
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.survival.nesms import AID_IS_OPEN, NESMS, Nesms, Walking


def scored(**form: Any) -> Score:
    return judged(NESMS, read_form(Nesms, form))


@pytest.mark.parametrize(("albumin", "total"), [(3.49, 0), (3.5, 1), (3.51, 1)])
def test_albumin_counts_from_3_5(albumin: float, total: int) -> None:
    assert scored(bauer=0, walking="not walking", albumin=albumin).totals == (total,)


@pytest.mark.parametrize(("bauer", "total"), [(2, 0), (3, 2), (4, 2)])
def test_bauer_counts_from_3(bauer: int, total: int) -> None:
    assert scored(bauer=bauer, walking="not walking", albumin=3.0).totals == (total,)


def test_below_bauer_3_two_is_the_most() -> None:
    assert scored(bauer=2).totals == (0, 1, 2)
    assert scored(bauer=3).totals == (2, 3)


def test_without_albumin_three_may_be_certain() -> None:
    score = scored(bauer=3, walking="independent")
    assert score.totals == (3,)
    assert score.missing == ("serum albumin (g/L divided by 10)",)


def test_an_aid_is_kept_and_said() -> None:
    judged_so = {
        each: scored(bauer=0, walking=f"with an aid, judged {each}", albumin=3.0)
        for each in ("independent", "not independent")
    }
    assert [score.totals for score in judged_so.values()] == [(1,), (0,)]
    assert all(AID_IS_OPEN in score.flags for score in judged_so.values())
    assert AID_IS_OPEN not in scored(bauer=0, walking="independent", albumin=3.0).flags


def test_an_unknown_number_stands_for_each_band_and_bauer_runs_from_0_to_4() -> None:
    assert {one.name: one.answers for one in questions(Nesms)} == {
        "bauer": (0, 3),
        "walking": tuple(Walking),
        "albumin": (0.5, 3.5),
    }
    assert read_form(Nesms, {"bauer": 4}) == {"bauer": (4,)}
    for off in (-1, 5):
        with pytest.raises(RecordError, match="0 to 4"):
            read_form(Nesms, {"bauer": off})
    assert NESMS.is_survival


def test_albumin_in_grams_per_litre_is_refused() -> None:
    with pytest.raises(RecordError, match="albumin"):
        read_form(Nesms, {"albumin": 35})
