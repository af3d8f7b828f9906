"""The strict cuts and traps of the specification (prognosis 3); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.fracture.kowalchuk import HIGH, INTERMEDIATE, LOW, VCF_KOWALCHUK, VcfKowalchuk, band
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score


def scored(
    epidural: bool = False, lumbar: bool = False, gross_tumour_volume_cc: float | None = 8, sins: int = 6
) -> Score:
    form: dict[str, Any] = {
        "epidural": epidural,
        "lumbar": lumbar,
        "gross_tumour_volume_cc": gross_tumour_volume_cc,
        "sins": sins,
    }
    return judged(VCF_KOWALCHUK, read_form(VcfKowalchuk, form))


@pytest.mark.parametrize(("volume", "points"), [(9.99, 0), (10, 0), (10.01, 1)])
def test_the_volume_counts_over_10(volume: float, points: int) -> None:
    assert scored(gross_tumour_volume_cc=volume).totals == (points,)


@pytest.mark.parametrize(("sins", "points"), [(5, 0), (6, 0), (7, 1)])
def test_sins_counts_over_6(sins: int, points: int) -> None:
    assert scored(sins=sins).totals == (points,)


def test_without_the_volume_there_is_a_range() -> None:
    score = scored(epidural=True, gross_tumour_volume_cc=None)
    assert (score.totals, score.categories) == ((1, 2), (LOW, INTERMEDIATE))
    assert score.missing == ("gross tumour volume",)


def test_risks() -> None:
    assert [band(total) for total in range(5)] == [LOW, LOW, INTERMEDIATE, HIGH, HIGH]


def test_it_says_nothing_about_survival() -> None:
    assert not VCF_KOWALCHUK.is_survival
