"""The cuts and traps of the specification (prognosis 1.14); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.survival.lent import HIGH, LENT, LOW, MODERATE, Lent, band

PLAIN: dict[str, Any] = {
    "malignant_effusion": True,
    "pleural_ldh": 800,
    "ecog": 0,
    "neutrophil_lymphocyte": 3,
    "tumour": "mesothelioma",
}


def scored(**form: Any) -> Score:
    return judged(LENT, read_form(Lent, PLAIN | form))


@pytest.mark.parametrize(
    ("item", "answer", "points"),
    [
        ("pleural_ldh", 1499, 0),
        ("pleural_ldh", 1500, 1),
        ("pleural_ldh", 1501, 1),
        ("neutrophil_lymphocyte", 8.9, 0),
        ("neutrophil_lymphocyte", 9, 1),
        ("neutrophil_lymphocyte", 9.1, 1),
        ("ecog", 0, 0),
        ("ecog", 1, 1),
        ("ecog", 2, 2),
        ("ecog", 3, 3),
        ("ecog", 4, 3),
        ("tumour", "haematological", 0),
        ("tumour", "gynaecological", 1),
        ("tumour", "renal", 1),
        ("tumour", "other", 2),
    ],
)
def test_each_cut(item: str, answer: Any, points: int) -> None:
    assert scored(**{item: answer}).totals == (points,)


def test_risks() -> None:
    assert [band(total) for total in range(8)] == [LOW] * 2 + [MODERATE] * 3 + [HIGH] * 3


def test_without_a_malignant_effusion_it_is_refused() -> None:
    with pytest.raises(RecordError, match="malignant_effusion"):
        scored(malignant_effusion=False)
    assert scored(malignant_effusion=None).missing == ("malignant pleural effusion",)


def test_it_never_stands_among_the_spine_scores() -> None:
    assert not LENT.is_survival
