"""Numbers in words: never better than they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as vocabulary
from enbloc.case.anatomy import Level, sector
from enbloc.case.fact import Unit
from enbloc.case.finding import Interval
from enbloc.present import words
from enbloc.present.words import MINUS, THIN

mm = st.floats(-60, 200)


def _read(text: str) -> float:
    return float(text.split(THIN)[0].replace(MINUS, "-"))


@given(mm)
def test_a_printed_margin_never_exceeds_the_true_one(true: float) -> None:
    printed = _read(words.margin(true))

    assert printed <= true + 1e-8
    assert true - printed < 0.5 + 1e-8


@given(mm, mm)
def test_a_printed_margin_interval_never_promises_more(one: float, other: float) -> None:
    span = Interval(low=min(one, other), high=max(one, other))

    parts = re.findall(rf"[{MINUS}]?\d+\.\d", words.margin_interval(span))

    assert _read(parts[0]) <= span.low + 1e-8
    assert _read(parts[-1]) <= span.high + 1e-8


@given(st.floats(-200, 3000), st.sampled_from(Unit))
def test_a_printed_number_is_the_nearest_step(amount: float, unit: Unit) -> None:
    tenths = dict.fromkeys((Unit.CC, Unit.MONTH, Unit.MG_PER_LITRE, Unit.UMOL_PER_LITRE), 0.1)
    hundredths = dict.fromkeys((Unit.SHARE, Unit.MMOL_PER_LITRE, Unit.NONE), 0.01)
    step = ({Unit.MM: 0.5} | tenths | hundredths).get(unit, 1.0)

    shown = float(words.number(amount, unit).replace(MINUS, "-")) * (0.01 if unit is Unit.SHARE else 1)

    assert abs(shown - amount) <= step / 2 + 1e-6


@given(st.floats(-0.2, 0.2))
def test_there_is_no_negative_zero(amount: float) -> None:
    assert words.number(amount, Unit.MM) == "0.0"


@pytest.mark.parametrize(
    ("amount", "unit", "printed"),
    [
        (3.74, Unit.MM, "3.5 mm"),
        (42.4, Unit.PERCENT, "42 %"),
        (0.614, Unit.SHARE, "61 %"),
        (14.62, Unit.CC, "14.6 cc"),
        (12.4, Unit.DEGREE, "12°"),
        (-4.0, Unit.DEGREE, "−4°"),
        (3, Unit.COUNT, "3"),
        (61, Unit.YEAR, "61 years"),
    ],
)
def test_units_and_digits(amount: float, unit: Unit, printed: str) -> None:
    assert words.quantity(amount, unit).replace(THIN, " ") == printed


def test_an_interval_names_its_unit_once_and_collapses_when_both_ends_read_alike() -> None:
    assert words.interval(Interval(low=38, high=46), Unit.PERCENT) == f"38–46{THIN}%"
    assert words.interval(Interval(low=38.1, high=38.2), Unit.PERCENT) == f"38{THIN}%"
    assert words.interval(Interval(low=-3, high=2), Unit.DEGREE) == "−3 to 2°"


def test_a_set_is_never_written_as_a_range() -> None:
    assert words.reachable((11, 12, 14)) == "11 · 12 · 14"


def test_values_are_written_with_their_sides() -> None:
    sectors = (sector(4), sector(9))

    assert words.value(vocabulary.WBB_SECTORS, sectors) == "4 left · 9 right"
    assert words.value(vocabulary.WBB_SECTORS, ()) == "none"
    assert words.value(vocabulary.DEFICIT, False) == "no"
    assert words.place((-3.0, 4.0, -20.0)) == f"3.0 right, 4.0 posterior, 20.0 caudal{THIN}mm"


def test_levels_stand_from_the_head_down() -> None:
    assert words.levels((Level.L1, Level.T12)) == "T12, L1"
    assert words.levels(()) == "level not known"
    assert words.day(None) == "date not known"
