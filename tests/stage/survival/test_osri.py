"""The cuts and traps of the specification (prognosis 1.9); its examples stand in tests/published."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.errors import RecordError
from enbloc.stage.form import read_form
from enbloc.stage.instrument import judged
from enbloc.stage.survival.osri import OSRI, Osri


def totals(**form: Any) -> tuple[float, ...]:
    return judged(OSRI, read_form(Osri, form)).totals


@pytest.mark.parametrize(
    ("karnofsky", "total"), [(10, 4), (40, 4), (50, 3), (60, 3), (70, 3), (80, 2), (90, 2), (100, 2)]
)
def test_a_better_condition_takes_away(karnofsky: int, total: int) -> None:
    assert totals(ptp=2, karnofsky=karnofsky) == (total,)


def test_three_points_of_a_primary_tumour_do_not_exist() -> None:
    with pytest.raises(RecordError, match="3 points") as refused:
        totals(ptp=3)
    assert refused.value.remedy == "Write 1, 2, 4 or 5."
    assert totals(karnofsky=80) == (1, 2, 4, 5)


@pytest.mark.parametrize(("item", "wrong"), [("ptp", 0), ("ptp", 6), ("karnofsky", 0)])
def test_what_cannot_be_is_refused(item: str, wrong: int) -> None:
    with pytest.raises(RecordError, match=item):
        read_form(Osri, {item: wrong})


def test_no_survival_is_given_and_it_is_drawn_as_a_draft() -> None:
    assert not any(category.published for category in OSRI.categories)
    assert judged(OSRI, {}).remarks[0].startswith("not yet checked")
