"""The cuts and traps of the specification (prognosis 1.10); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from enbloc.stage.survival.sbrt_survival import (
    FAVOURABLE,
    INTERMEDIATE,
    POOR,
    SBRT_SURVIVAL,
    SbrtSurvival,
)


def scored(sins: int = 5, months: float = 30, ecog: int = 0, organ_systems: int = 1) -> Score:
    form: dict[str, Any] = {"sins": sins, "months": months, "ecog": ecog, "organ_systems": organ_systems}
    return judged(SBRT_SURVIVAL, read_form(SbrtSurvival, form))


@pytest.mark.parametrize(
    ("item", "answer", "total"),
    [
        ("sins", 5, 0),
        ("sins", 6, 1),
        ("sins", 7, 1),
        ("months", 20.99, 1),
        ("months", 21, 0),
        ("months", 21.01, 0),
        ("ecog", 0, 0),
        ("ecog", 1, 1),
        ("ecog", 2, 2),
        ("ecog", 3, 2),
        ("ecog", 4, 2),
        ("organ_systems", 0, 0),
        ("organ_systems", 1, 0),
        ("organ_systems", 2, 1),
        ("organ_systems", 3, 1),
    ],
)
def test_each_cut(item: str, answer: Any, total: int) -> None:
    assert scored(**{item: answer}).totals == (total,)


def test_groups_change_at_2_and_3() -> None:
    assert [scored(ecog=each).categories for each in (0, 1, 2)] == [(FAVOURABLE,), (FAVOURABLE,), (INTERMEDIATE,)]
    assert scored(ecog=2, sins=6).categories == (POOR,)


def test_what_counts_as_an_organ_system_is_said_to_be_open() -> None:
    assert any("bone" in flag for flag in scored().remarks)
