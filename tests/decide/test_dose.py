"""Dose to cord, cauda and sac: first time and again, at each limit; and the laws that hold for every plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Fact
from enbloc.case.finding import Finding, Findings, Interval, Source, SourceKind
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.cord_dose import dmax_limit, reaches_cauda, reaches_cord
from enbloc.decide.decision import Act, Holds
from enbloc.decide.irradiated import courses
from enbloc.decide.stops_of_radiotherapy import legacy
from tests.decide.rows.radiotherapy import ADULT, CAUDA, FIVE, ONE, RT10, SAC, course
from tests.decide.rows.row import NO, OPEN, YES
from tests.decide.situations import said, seen
from tests.strategies import LESION

SRS, RT = Act.RADIOSURGERY, Act.RADIOTHERAPY
LONG_AGO = date(2025, 1, 1)


def _holds(id: str, known: dict[Fact[Any], Any], *given: Treatment, act: Act = SRS, **more: Any) -> Holds | None:
    statement = said(id, seen(known, act=act, treatments=given, **more))
    return statement.holds if statement else None


def _do(id: str, known: dict[Fact[Any], Any], *given: Treatment, act: Act = SRS) -> str:
    statement = said(id, seen(known, act=act, treatments=given))
    assert statement is not None
    return f"{statement.do} {statement.because}"


# --- which limits hold ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("level", "cord", "seen_cord", "cauda"), [
    (Level.C2, None, True, False),
    (Level.T12, None, True, False),
    (Level.T12, False, True, False),  # above L1 the absence of a label is no absence of a cord
    (Level.T13, None, True, False),
    (Level.L1, None, None, True),
    (Level.L1, True, True, True),
    (Level.L1, False, False, True),
    (Level.L4, False, False, True),
    (Level.S2, False, False, True),
])  # fmt: skip
def test_cord_above_l1_and_cauda_from_there(
    level: Level, cord: bool | None, seen_cord: bool | None, cauda: bool
) -> None:
    about = seen(ADULT | {f.CORD_LEVEL: cord}, act=SRS, level=level)
    reached = reaches_cord(about)
    assert (reached if isinstance(reached, bool) else None) is seen_cord
    assert reaches_cauda(about) is cauda


@pytest.mark.parametrize(("fractions", "local", "limit"), [
    (1, None, 14.0), (2, None, 17.0), (3, None, 20.3), (4, None, 23.0), (5, None, 25.3), (6, None, None),
    (1, 13.0, 13.0), (1, 15.0, 14.0), (5, 25.0, 25.0), (6, 27.0, 27.0), (10, 32.0, 32.0),
])  # fmt: skip
def test_limit_to_the_cord_and_a_local_one(fractions: int, local: float | None, limit: float | None) -> None:
    about = seen(ADULT | {f.LOCAL_CORD_LIMIT: local}, act=SRS)
    assert dmax_limit(about, "cord", fractions) == limit


@pytest.mark.parametrize("fractions", [4, 6, 10])
def test_cauda_without_a_printed_limit_is_asked_for(fractions: int) -> None:
    known = CAUDA | {f.RT_FRACTIONS: fractions, f.CAUDA_DMAX: 10.0}
    assert _holds("STOP-11", known, level=Level.L3) is OPEN
    assert _holds("STOP-11", known | {f.LOCAL_CAUDA_LIMIT: 10.0}, level=Level.L3) is NO
    assert _holds("STOP-11", known | {f.LOCAL_CAUDA_LIMIT: 9.9}, level=Level.L3) is YES


@pytest.mark.parametrize(("dmax", "verdict"), [(12.4, NO), (12.41, YES), (14.0, YES), (14.01, YES)])
def test_warning_to_the_cord_at_one_fraction(dmax: float, verdict: Holds | None) -> None:
    assert _holds("OAR-01", ONE | {f.CORD_DMAX: dmax}) is verdict
    assert _holds("STOP-11", ONE | {f.CORD_DMAX: dmax}) is (YES if dmax > 14 else NO)


def test_the_upper_end_of_a_measured_dose_counts() -> None:
    about = seen(ONE, act=SRS)
    source = Source(kind=SourceKind.MEASURED, document="dose")
    spread = Finding(
        fact=f.CORD_DMAX.id, about=LESION, value=13.9, interval=Interval(low=13.7, high=14.1), source=source
    )
    assert about.plan is not None
    measured = Findings(found=(spread,))
    statement = said("STOP-11", replace(about, planned=replace(about.plan, findings=measured)))
    assert statement is not None
    assert statement.holds is YES


def test_what_is_passed_is_named_with_its_table() -> None:
    words = _do("OAR-01", ONE | {f.CORD_D12CC: 7.5})
    assert "cord, dose to 1.2 cc: 7.5 Gy (limit 7 Gy, TG-101)" in words
    stopped = _do("STOP-11", ONE | {f.CORD_D12CC: 7.5, f.CORD_DMAX: 12.5})
    assert "cord, dose to 1.2 cc: 7.5 Gy (limit 7 Gy, TG-101)" in stopped
    assert "warning" not in stopped
    drafted = _do("OAR-01", FIVE | {f.CORD_D12CC: 15.0})
    assert "limit 14.5 Gy, TG-101, not yet source-checked" in drafted


def test_limits_in_words_tell_use_aim_and_legacy_apart() -> None:
    words = _do("OAR-02", FIVE)
    assert words.startswith("Keep the cord maximum at 25.3 Gy or less in 5 fractions; also dose to 0.35 cc 23 Gy")
    assert "legacy, not used: maximum 30 Gy (TG-101)" in words
    assert "(warning above 12.4 Gy)" in _do("OAR-02", ONE)
    assert "aim: maximum 13 Gy (QUANTEC-type)" in _do("OAR-02", ONE)
    assert "physicist" in _do("OAR-02", ONE | {f.RT_FRACTIONS: 10})


def test_where_the_tables_disagree() -> None:
    assert legacy(3) == ("HyTEC 20.3 Gy", "TG-101 21.9 Gy", "UK 2018 21.9 Gy")
    assert legacy(5) == ("HyTEC 25.3 Gy", "TG-101 30 Gy", "UK 2018 30 Gy")
    assert legacy(1) == legacy(2) == legacy(4) == legacy(6) == ()


# --- stereotactic re-irradiation: each term on, just below and just above its limit --------------------------------
def _sac(gy: float, fractions: int) -> dict[Fact[Any], Any]:
    return SAC | {f.SAC_DMAX: gy, f.RT_FRACTIONS: fractions}


EARLIER_50 = course(50.0, 25, LONG_AGO)  # EQD2 50 Gy
EARLIER_20 = course(8.0, 1, LONG_AGO)  # EQD2 20 Gy
EARLIER_30 = course(20.0, 5, LONG_AGO)  # EQD2 30 Gy


@pytest.mark.parametrize(("gy", "fractions", "earlier", "verdict"), [
    # its own EQD2 of 25 Gy: D (D / 5 + 2) / 4 = 25 at 17.913 Gy
    (17.91, 5, EARLIER_30, NO), (17.92, 5, EARLIER_30, YES), (17.90, 5, EARLIER_30, NO),
    # cumulative 70 Gy: 50 and 8 × 10 / 4 = 20
    (8.0, 1, EARLIER_50, NO), (8.01, 1, EARLIER_50, YES), (7.99, 1, EARLIER_50, NO),
    # half of the cumulative: 20 and 20
    (8.0, 1, EARLIER_20, NO), (8.01, 1, EARLIER_20, YES), (7.99, 1, EARLIER_20, NO),
])  # fmt: skip
def test_dose_terms(gy: float, fractions: int, earlier: Treatment, verdict: Holds | None) -> None:
    assert _holds("OAR-05", _sac(gy, fractions), earlier) is verdict
    assert _holds("STOP-11", _sac(gy, fractions), earlier) is verdict
    assert _holds("STOP-11", _sac(gy, fractions), earlier, act=Act.SEPARATION) is verdict
    assert _holds("STOP-12", _sac(gy, fractions), earlier) is NO


def test_the_term_that_is_not_met_is_named() -> None:
    assert "Not met: share of this course. Earlier" in _do("OAR-05", _sac(8.01, 1), EARLIER_20)
    assert "Not met: cumulative EQD2. Earlier" in _do("OAR-05", _sac(8.01, 1), EARLIER_50)
    assert "Not met: EQD2 of this course. Earlier" in _do("OAR-05", _sac(17.92, 5), EARLIER_30)


def test_the_sums_are_printed_and_the_limit_of_a_first_course_is_not() -> None:
    words = _do("OAR-05", _sac(8.01, 1), EARLIER_50)
    assert "EQD2 of the sac: 20.05 Gy by this plan, 70.05 Gy in all (α/β 2 Gy)." in words  # 8.01 × 10.01 / 4 = 20.045
    again = _do("RT-09", _cord(13.04, 1), SMALL, act=RT)
    assert "BED of the cord: 98.07 Gy by this plan, 115.57 Gy in all" in again  # 13.04 × 7.52 = 98.061
    stopped = _do("STOP-11", _cord(13.04, 1), SMALL, act=RT)
    assert "cord maximum 13.04 Gy. Earlier" in stopped
    assert "limit 14" not in stopped


@pytest.mark.parametrize(("day", "verdict"), [(19, YES), (20, NO), (21, NO)])
def test_five_months(day: int, verdict: Holds | None) -> None:
    known = _sac(8.0, 1) | {f.RADIOTHERAPY_DAY: date(2026, 11, day)}
    earlier = course(20.0, 5, date(2026, 6, 20))
    assert _holds("STOP-12", known, earlier) is verdict
    assert _holds("OAR-05", known, earlier) is verdict
    assert _holds("STOP-11", known, earlier) is NO, "the interval is STOP-12's"
    if verdict is YES:
        assert "Not before 2026-11-20" in _do("STOP-12", known, earlier)


def test_without_a_day_five_months_count_from_today_which_is_the_earliest() -> None:
    assert _holds("STOP-12", ADULT, course(ended=date(2026, 6, 20))) is NO
    assert _holds("STOP-12", ADULT, course(ended=date(2026, 6, 21))) is OPEN


# --- conventional re-irradiation ------------------------------------------------------------------------------------
def _cord(gy: float, fractions: int) -> dict[Fact[Any], Any]:
    return ADULT | {f.CORD_DMAX: gy, f.RT_FRACTIONS: fractions, f.RT_DOSE: 20.0}


SMALL = course(5.0, 1, LONG_AGO)  # BED 17.5 Gy


@pytest.mark.parametrize(("gy", "fractions", "earlier", "verdict"), [
    # cumulative 135.5 Gy: 30 Gy in 10 are 75, D (1 + D / 10) = 60.5 at 20.0997 Gy
    (20.09, 5, course(30.0, 10, LONG_AGO), NO), (20.10, 5, course(30.0, 10, LONG_AGO), YES),
    # one course 98 Gy: D (1 + D / 2) = 98 at 13.036 Gy, the planned or an earlier one
    (13.03, 1, SMALL, NO), (13.04, 1, SMALL, YES),
    (4.0, 5, course(13.03, 1, LONG_AGO), NO), (4.0, 5, course(13.04, 1, LONG_AGO), YES),
])  # fmt: skip
def test_conventional_again(gy: float, fractions: int, earlier: Treatment, verdict: Holds | None) -> None:
    assert _holds("RT-09", _cord(gy, fractions), earlier, act=RT) is verdict
    assert _holds("STOP-11", _cord(gy, fractions), earlier, act=RT) is verdict


@pytest.mark.parametrize(("day", "verdict"), [(19, YES), (20, NO), (21, NO)])
def test_six_months(day: int, verdict: Holds | None) -> None:
    known = _cord(10.0, 5) | {f.RADIOTHERAPY_DAY: date(2026, 11, day)}
    assert _holds("RT-09", known, course(20.0, 5, date(2026, 5, 20)), act=RT) is verdict
    assert _holds("STOP-11", known, course(20.0, 5, date(2026, 5, 20)), act=RT) is verdict


# --- what the record says of earlier courses --------------------------------------------------------------------------
def test_every_course_to_the_segment_counts_and_the_last_one_dates_the_interval() -> None:
    both = (course(20.0, 5, LONG_AGO), course(8.0, 1, date(2026, 7, 1)))
    found = courses(seen(ADULT, act=SRS, treatments=both))
    assert isinstance(found, tuple)
    assert sum(one.eqd2_gy for one in found) == pytest.approx(50.0)
    known = ADULT | {f.RADIOTHERAPY_DAY: date(2026, 11, 30)}
    assert _holds("STOP-12", known, *both) is YES
    assert _holds("STOP-12", known, both[0]) is NO
    assert _holds("STOP-12", known, both[0], course(8.0, None, LONG_AGO)) is OPEN


def test_a_course_elsewhere_is_none_to_this_segment() -> None:
    assert _holds("STOP-12", ADULT, course(gy=None), level=Level.L3) is NO
    assert _holds("STOP-12", ADULT | {f.PRIOR_RADIOTHERAPY: None}, course(), level=Level.L3) is OPEN


def test_a_recorded_course_outweighs_an_answer_that_there_was_none() -> None:
    assert _holds("STOP-12", ADULT | {f.PRIOR_RADIOTHERAPY: False}, course(gy=None)) is OPEN


def test_the_first_day_stands_for_the_last_only_of_a_single_fraction() -> None:
    started = Treatment(
        kind=TreatmentKind.RADIOTHERAPY, what="8 Gy", levels=(Level.T8,), started=LONG_AGO, dose_gy=8.0, fractions=1
    )
    assert _holds("STOP-12", ADULT, started) is NO
    several = Treatment(
        kind=TreatmentKind.RADIOTHERAPY, what="20 Gy", levels=(Level.T8,), started=LONG_AGO, dose_gy=20.0, fractions=5
    )
    assert _holds("STOP-12", ADULT, several) is OPEN


def test_a_course_without_a_field_may_have_been_here() -> None:
    unplaced = Treatment(kind=TreatmentKind.RADIOTHERAPY, what="earlier radiotherapy")
    assert _holds("STOP-12", ADULT | {f.PRIOR_RADIOTHERAPY: None}, unplaced) is OPEN
    assert _holds("STOP-12", ADULT, course(), unplaced) is OPEN


def test_a_last_day_in_the_future_settles_nothing() -> None:
    assert _holds("STOP-12", ADULT, course(ended=date(2026, 11, 21))) is OPEN


# --- laws -----------------------------------------------------------------------------------------------------------
DOSES = (f.CORD_DMAX, f.CORD_D035CC, f.CORD_D12CC)


@given(
    fractions=st.integers(1, 12),
    low=st.tuples(*(st.floats(0.5, 40) for _ in DOSES)),
    more=st.tuples(*(st.floats(0, 20) for _ in DOSES)),
)
def test_more_dose_never_removes_a_stop(fractions: int, low: tuple[float, ...], more: tuple[float, ...]) -> None:
    less = ONE | {f.RT_FRACTIONS: fractions} | dict(zip(DOSES, low, strict=True))
    higher = less | {named: a + b for named, a, b in zip(DOSES, low, more, strict=True)}
    if _holds("STOP-11", less) is not NO:
        assert _holds("STOP-11", higher) is _holds("STOP-11", less)


@given(
    fractions=st.integers(1, 12), low=st.tuples(*(st.floats(0.5, 40) for _ in DOSES)), gone=st.sampled_from((*DOSES,))
)
def test_a_dose_that_is_not_known_never_closes_the_stop(
    fractions: int, low: tuple[float, ...], gone: Fact[float]
) -> None:
    known = ONE | {f.RT_FRACTIONS: fractions} | dict(zip(DOSES, low, strict=True))
    printed = {f.CORD_DMAX: True, f.CORD_D035CC: fractions in {1, 3, 5}, f.CORD_D12CC: fractions in {1, 3, 5}}
    if printed[gone]:
        assert _holds("STOP-11", known | {gone: None}) is not NO


@given(gy=st.floats(1, 40), fractions=st.integers(1, 5), more=st.floats(0, 10))
def test_more_dose_again_never_removes_a_stop(gy: float, fractions: int, more: float) -> None:
    if _holds("STOP-11", _sac(gy, fractions), EARLIER_50) is YES:
        assert _holds("STOP-11", _sac(gy + more, fractions), EARLIER_50) is YES


# --- patients under 18 ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("age", [12.0, 17.0, 18.0, None])
@pytest.mark.parametrize(("id", "act"), [("RT-04", RT), ("RT-05", RT), ("RT-06", SRS), ("RT-01", SRS)])
def test_no_dose_of_adults_is_offered_to_a_child_or_while_the_age_is_unknown(
    id: str, act: Act, age: float | None
) -> None:
    known = RT10 | {f.AGE: age, f.PAIN: f.PainCharacter.NOT_MECHANICAL, f.LIFE_EXPECTANCY: 12.0}
    given = (EARLIER_30,) if id == "RT-05" else ()
    statement = said(id, seen(known, act=act, treatments=given))
    assert statement is not None
    assert "Gy" not in statement.do
    grown = said(id, seen(known | {f.AGE: 19.0}, act=act, treatments=given))
    assert grown is not None
    assert " Gy in " in grown.do


@pytest.mark.parametrize("id", ["STOP-11", "OAR-01", "OAR-02"])
@pytest.mark.parametrize("age", [12.0, 18.0, None])
def test_limits_for_adults_settle_nothing_for_a_child(id: str, age: float | None) -> None:
    assert _holds(id, ONE | {f.AGE: age}) is OPEN
