"""The chart of the specification (prognosis 1.8) and its traps; its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.survival.bollen import BOLLEN, Bollen

BREAST, PROSTATE, LUNG = "favourable", "moderate", "unfavourable"


def letters(**form: Any) -> tuple[str, ...]:
    return judged(BOLLEN, read_form(Bollen, form)).categories


@pytest.mark.parametrize(("karnofsky", "letter"), [(70, "B"), (80, "A"), (90, "A")])
def test_a_good_state_is_80_and_more(karnofsky: int, letter: str) -> None:
    assert letters(profile=BREAST, karnofsky=karnofsky, visceral_or_brain=False) == (letter,)


@pytest.mark.parametrize("profile", [PROSTATE, LUNG])
@pytest.mark.parametrize("karnofsky", [70, 80])
def test_metastases_may_be_missing_outside_the_favourable_profile(profile: str, karnofsky: int) -> None:
    assert len(letters(profile=profile, karnofsky=karnofsky)) == 1


def test_metastases_may_not_be_missing_in_the_favourable_profile() -> None:
    assert letters(profile=BREAST, karnofsky=80) == ("A", "B")
    assert letters(profile=BREAST, karnofsky=70) == ("B", "C")


def test_a_primary_tumour_is_no_profile() -> None:
    with pytest.raises(RecordError, match="profile"):
        read_form(Bollen, {"profile": "breast"})


def test_it_is_drawn_as_a_draft() -> None:
    assert judged(BOLLEN, {}).remarks[0].startswith("not yet checked")
