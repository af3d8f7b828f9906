"""Schedules of follow-up: every histology has one, dates count from the treatment and are never later than printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.follow_up import ROWS
from enbloc.decide.histology import Histology, histologies
from enbloc.decide.surveillance import (
    BY_RISK,
    OF_KEY,
    OF_TEXT,
    SCHEDULES,
    due,
    last_treatment,
    later,
    schedule_of,
    upcoming,
    visits,
)
from tests.decide.rows.follow_up import BOTH, MENINGIOMA, OPERATED, PART, SBRT
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY, a_case, said, seen

EVERY = (*SCHEDULES.values(), *BY_RISK.values(), *OF_TEXT.values())


@pytest.mark.parametrize("histology", histologies(), ids=lambda one: one.key)
def test_every_histology_has_a_schedule(histology: Histology) -> None:
    assert histology.surveillance in OF_TEXT
    assert schedule_of(histology).words


def test_no_schedule_belongs_to_nothing() -> None:
    listed = histologies()
    assert set(OF_TEXT) == {one.surveillance for one in listed}
    assert set(OF_KEY) < {one.key for one in listed}


def test_every_schedule_of_a_rule_is_spoken_by_that_rule() -> None:
    by_histology = {row.id for row in ROWS}
    alone = {"FU-01", "FU-02", "FU-03", "FU-12"}
    assert {name.split()[0] for name in SCHEDULES} == by_histology | alone


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.sampled_from(EVERY), st.integers(0, 6000))
def test_what_is_due_next_is_not_over_and_counts_from_the_treatment(since: date, schedule: object, days: int) -> None:
    assert isinstance(schedule, type(EVERY[0]))
    as_of = since + timedelta(days=days)
    for one in upcoming(schedule, since, as_of=as_of):
        assert one.counted_from == since < one.earliest <= one.latest
        assert one.latest >= as_of


@given(st.sampled_from([series for schedule in EVERY for series in schedule.series]))
def test_windows_follow_each_other_at_the_shorter_interval(series: object) -> None:
    assert hasattr(series, "low")
    windows = list(islice(visits(series, date(2026, 1, 15)), 12))  # type: ignore[arg-type]
    for one, then in pairwise(windows):
        assert one.earliest < then.earliest
        assert (then.earliest - one.earliest).days <= series.low * 31 + 1


def dates(name: str, what: str = "MRI", number: int = 40) -> list[date]:
    """The first days of the visits of one kind, in order."""
    found = [one.earliest for series in SCHEDULES[name].series if series.what == what
             for one in islice(visits(series, date(2026, 1, 15)), number)]  # fmt: skip
    return sorted(found)


def test_chordoma_is_followed_every_six_months_for_five_years_and_yearly_to_fifteen() -> None:
    mri = dates("FU-04")
    assert len(mri) == 10 + 10
    assert mri[0] == date(2026, 7, 15)
    assert mri[9] == date(2031, 1, 15)
    assert mri[10] == date(2032, 1, 15)
    assert mri[-1] == date(2041, 1, 15)
    assert len(dates("FU-04 (q3 mo y1-2)")) == 8 + 6 + 10


def test_after_surgery_a_baseline_at_six_to_eight_weeks() -> None:
    first = upcoming(SCHEDULES["FU-02"], date(2026, 1, 15), as_of=date(2026, 1, 16))[0]
    assert (first.earliest, first.latest) == (date(2026, 2, 26), date(2026, 3, 12))


def test_the_window_of_a_range_is_as_printed() -> None:
    first = upcoming(SCHEDULES["FU-01"], date(2026, 1, 15), as_of=date(2026, 1, 16))[0]
    assert (first.earliest, first.latest) == (date(2026, 3, 15), date(2026, 4, 15))


def test_the_high_risk_schedule_changes_at_13_months() -> None:
    early, late = BY_RISK[f.RiskGroup.HIGH].series
    assert len(list(visits(early, date(2026, 1, 15)))) == 10
    assert next(visits(late, date(2026, 1, 15))).earliest == later(date(2026, 1, 15), 13.2 + 5.9)


def test_a_finished_schedule_has_nothing_due() -> None:
    assert upcoming(SCHEDULES["FU-10"], date(2010, 1, 1), as_of=TODAY) == ()
    assert upcoming(SCHEDULES["FU-13"], date(2010, 1, 1), as_of=TODAY) == ()


def test_due_counts_from_the_last_treatment_at_the_lesion() -> None:
    case = a_case()
    early, last = (
        Treatment(kind=TreatmentKind.OPERATION, what="resection", levels=(Level.T8,), ended=day)
        for day in (date(2026, 1, 15), date(2026, 3, 15))
    )
    elsewhere = replace(last, levels=(Level.L3,), ended=date(2026, 9, 1))
    ahead = replace(last, ended=date(2027, 1, 1))
    drug = replace(last, kind=TreatmentKind.SYSTEMIC, ended=date(2026, 10, 1))
    treated = replace(case, treatments=(early, last, elsewhere, ahead, drug))
    lesion = case.lesions[0]
    assert last_treatment(treated, lesion, as_of=TODAY) == date(2026, 3, 15)
    assert {one.counted_from for one in due(treated, lesion, SCHEDULES["FU-04"], as_of=TODAY)} == {date(2026, 3, 15)}
    assert due(case, lesion, SCHEDULES["FU-04"], as_of=TODAY) == ()


def test_the_rule_prints_what_is_due_next() -> None:
    said_of_it = said("FU-04", seen(CHORDOMA, **OPERATED))
    assert said_of_it is not None
    assert "Next: CT of the chest 2026-11-20 to 2027-05-20; MRI 2026-11-20" in said_of_it.do
    assert said_of_it.because == "Treated on 2026-05-20."


def test_each_risk_group_has_its_own_schedule() -> None:
    for group, schedule in BY_RISK.items():
        one = said("FU-16", seen(METASTASIS | {f.RISK_GROUP: group}, **SBRT))
        assert one is not None
        assert schedule.words[1:] in one.do


def test_what_was_not_removed_of_a_meningioma_says_that_no_schedule_is_printed() -> None:
    one = said("FU-09", seen(MENINGIOMA | PART, **OPERATED))
    assert one is not None
    assert "o schedule is printed" in one.do
    assert "fusion" in (said("FU-02", seen(METASTASIS, **BOTH)) or one).do


def test_severe_pain_and_the_last_days_are_urgent() -> None:
    hurried = said("PALL-01", seen(METASTASIS | {f.PAIN_AFTER_48_HOURS: 7}))
    slow = said("PALL-01", seen(METASTASIS | {f.ECOG: 3}))
    early = said("PALL-01", seen(METASTASIS))
    assert hurried is not None
    assert slow is not None
    assert early is not None
    assert "24 hours" in hurried.do
    assert "7 days" in slow.do
    assert early.do == "Offer early palliative care beside treatment."
