"""The arithmetic of fractionated dose against values computed by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.decide.fractionation import ALPHA_BETA_CORD, bed_gy, eqd2_gy, months_after, rounded_up

AB = ALPHA_BETA_CORD.number

doses = st.floats(0.1, 100)
counts = st.integers(1, 40)


@pytest.mark.parametrize(("gy", "fractions", "bed", "eqd2"), [
    (8.0, 1, 40.0, 20.0),  # 8 × (1 + 4) = 40;  8 × 10 / 4 = 20
    (20.0, 5, 60.0, 30.0),  # 20 × (1 + 2) = 60;  20 × 6 / 4 = 30
    (30.0, 10, 75.0, 37.5),  # 30 × (1 + 1.5) = 75;  30 × 5 / 4 = 37.5
    (24.0, 6, 72.0, 36.0),  # 24 × (1 + 2) = 72;  24 × 6 / 4 = 36
    (20.0, 8, 45.0, 22.5),  # 20 × (1 + 1.25) = 45;  20 × 4.5 / 4 = 22.5
    (24.0, 2, 168.0, 84.0),  # 24 × (1 + 6) = 168;  24 × 14 / 4 = 84
    (50.0, 25, 100.0, 50.0),  # fractions of 2 Gy are their own measure
])  # fmt: skip
def test_hand_computed(gy: float, fractions: int, bed: float, eqd2: float) -> None:
    assert AB == 2.0
    assert bed_gy(gy, fractions, alpha_beta_gy=AB) == pytest.approx(bed)
    assert eqd2_gy(gy, fractions, alpha_beta_gy=AB) == pytest.approx(eqd2)


@given(doses, counts)
def test_bed_is_twice_eqd2_for_the_cord(gy: float, fractions: int) -> None:
    assert bed_gy(gy, fractions, alpha_beta_gy=AB) == pytest.approx(2 * eqd2_gy(gy, fractions, alpha_beta_gy=AB))


@given(doses, counts)
def test_more_fractions_do_less(gy: float, fractions: int) -> None:
    assert eqd2_gy(gy, fractions + 1, alpha_beta_gy=AB) < eqd2_gy(gy, fractions, alpha_beta_gy=AB)


@given(doses, counts)
def test_of_two_alpha_betas_the_smaller_gives_the_higher_bed(gy: float, fractions: int) -> None:
    assert bed_gy(gy, fractions, alpha_beta_gy=2.0) > bed_gy(gy, fractions, alpha_beta_gy=4.0)


@given(st.floats(0, 150))
def test_a_dose_is_never_rounded_down(gy: float) -> None:
    assert gy - 1e-6 <= rounded_up(gy) < gy + 0.01


@given(st.integers(0, 15000))
def test_a_dose_written_in_hundredths_stays(hundredths: int) -> None:
    assert rounded_up(hundredths / 100) == hundredths / 100


@pytest.mark.parametrize(("day", "months", "later"), [
    (date(2026, 6, 20), 5, date(2026, 11, 20)),
    (date(2026, 8, 20), 5, date(2027, 1, 20)),
    (date(2026, 9, 30), 5, date(2027, 3, 1)),  # there is no 30 February: never earlier
    (date(2027, 9, 29), 5, date(2028, 2, 29)),  # a leap year
    (date(2026, 7, 31), 5, date(2026, 12, 31)),
    (date(2026, 6, 30), 6, date(2026, 12, 30)),
    (date(2026, 5, 31), 6, date(2026, 12, 1)),
    (date(2026, 7, 31), 11, date(2027, 7, 1)),
])  # fmt: skip
def test_months(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_months_never_fall_short(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month in {months, months + 1}
    assert months_after(day, months) <= months_after(date.fromordinal(day.toordinal() + 1), months)
