"""What is too early to be called non-union, and what contradicts itself (staging 11.5)."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.response.bridwell import BRIDWELL, TOO_EARLY, Bridwell
from enbloc.stage.score import Score


def fusion(intact: bool | None, lucency: bool | None, remodelled: bool | None, **more: Any) -> Score:
    written = {"intact": intact, "lucency": lucency, "remodelled": remodelled, "slowed": False, "months": 24}
    return judged(BRIDWELL, read_form(Bridwell, written | more))


@pytest.mark.parametrize(("months", "early"), [(11.9, True), (12, False), (12.1, False)])
def test_non_union_is_not_called_before_a_year_after_irradiation(months: float, early: bool) -> None:
    assert (TOO_EARLY in fusion(True, True, False, slowed=True, months=months).flags) is early
    assert (TOO_EARLY in fusion(False, True, False, slowed=True, months=months).flags) is early
    assert TOO_EARLY not in fusion(True, True, False, months=months).flags
    assert TOO_EARLY not in fusion(True, False, False, slowed=True, months=months).flags


def test_what_contradicts_itself_is_refused_and_what_is_open_stays_open() -> None:
    for answers in ((True, True, True), (False, False, True)):
        with pytest.raises(RecordError, match="remodelled"):
            fusion(*answers)
    assert [word.split(":")[0] for word in fusion(True, None, None).categories] == ["I", "II", "III"]
    assert [word.split(":")[0] for word in fusion(None, None, True).categories] == ["I"]
