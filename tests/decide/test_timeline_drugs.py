"""Drugs on the timeline of cases made by hand: every day counts from the dates of the case."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.fact import Antithrombotic, Fact
from enbloc.case.treatment import Treatment
from enbloc.decide.timeline import Dated, Passing
from enbloc.evidence import Checked
from tests.decide.timelines import drug, entered_on

AS_OF = date(2026, 11, 20)
DRUGS = {Passing.WASH_OUT, Passing.HOLD, Passing.RESTART, Passing.LAST_DOSE}


def entries(*drugs: Treatment, known: dict[Fact[Any], Any] | None = None) -> tuple[Dated, ...]:
    return tuple(one for one in entered_on(known or {}, *drugs) if one.what in DRUGS)


def test_bevacizumab_has_the_day_of_the_label_and_the_day_of_the_guidelines() -> None:
    label, guideline = entries(drug("bevacizumab", date(2026, 11, 1)))
    assert (label.day, label.source, label.days_left) == (date(2026, 11, 29), "bevacizumab_label", 9)
    assert label.disagrees == guideline.disagrees == ("DISAGREE-11",), "both positions are shown"
    assert (guideline.day, guideline.source) == (date(2026, 12, 13), "edinburgh2024vegf")
    assert label.checked is Checked.READ_IN_A_COPY
    assert label.words == "bevacizumab: wash-out over"


def test_of_two_published_values_the_longer_one_counts() -> None:
    (only,) = entries(drug("cabozantinib", date(2026, 11, 1)))
    assert (only.day, only.source, only.rule) == (date(2026, 11, 29), "tki2021table", "SYS-02")


def test_a_day_that_has_passed_counts_backwards() -> None:
    (only,) = entries(drug("pazopanib", date(2026, 11, 1)))
    assert (only.day, only.days_left) == (date(2026, 11, 8), -12)


def test_without_a_last_dose_there_is_no_day_and_a_question() -> None:
    (only,) = entries(drug("lenvatinib", None))
    assert (only.day, only.days_left, only.ask) == (None, None, ("day of the last dose of lenvatinib",))


def test_a_last_dose_after_the_day_of_the_case_is_not_believed() -> None:
    (only,) = entries(drug("lenvatinib", date(2026, 11, 21)))
    assert only.day is None
    assert "after the day of the case" in only.ask[0]


def test_of_two_courses_the_later_counts_and_one_without_an_end_leaves_it_open() -> None:
    first, second = drug("sunitinib", date(2026, 1, 1)), drug("sunitinib", date(2026, 11, 10))
    for order in ((first, second), (second, first)):
        assert [one.day for one in entries(*order)] == [date(2026, 12, 1)]
    for more in ((first, drug("sunitinib", None)), (drug("sunitinib", None), first)):
        assert [one.day for one in entries(*more)] == [None]


def test_a_drug_of_an_unlisted_kind_has_a_lower_bound_and_a_question() -> None:
    (only,) = entries(drug("anti-VEGF antibody", date(2026, 11, 1)))
    assert only.day == date(2026, 11, 29)
    assert "half-lives" in only.ask[0]


def test_hours_of_an_anticoagulant_count_from_its_last_dose() -> None:
    known: dict[Fact[Any], Any] = {
        f.ANTITHROMBOTICS: (Antithrombotic.APIXABAN,),
        f.LAST_APIXABAN: datetime(2026, 11, 19, 20),
    }
    (careful,) = entries(known=known)
    assert careful.at == datetime(2026, 11, 24, 20), "five days while the clearance is not known"
    (only,) = entries(known=known | {f.CREATININE_CLEARANCE: 50.0})
    assert (only.at, only.day, only.days_left) == (datetime(2026, 11, 22, 20), date(2026, 11, 22), 2)
    assert (only.what, only.rule) == (Passing.HOLD, "ANES-06")
    (low,) = entries(known=known | {f.CREATININE_CLEARANCE: 49.0})
    assert low.at == careful.at


def test_the_time_zone_of_a_last_dose_stays() -> None:
    last = datetime(2026, 11, 19, 20, tzinfo=timezone(timedelta(hours=1)))
    (only,) = entries(known={f.ANTITHROMBOTICS: (Antithrombotic.EDOXABAN,), f.LAST_EDOXABAN: last})
    assert only.at == last + timedelta(hours=72)


def test_a_last_dose_without_its_hour_counts_from_the_end_of_the_day() -> None:
    (only,) = entries(drug("rivaroxaban 20 mg", date(2026, 11, 18)))
    assert (only.subject, only.at) == ("rivaroxaban", datetime(2026, 11, 22))


def test_an_anticoagulant_without_a_last_dose_asks_for_it() -> None:
    (only,) = entries(known={f.ANTITHROMBOTICS: (Antithrombotic.DABIGATRAN,)})
    assert (only.day, only.ask) == (None, ("day and hour of the last dose of dabigatran",))
    (ahead,) = entries(
        known={f.ANTITHROMBOTICS: (Antithrombotic.DABIGATRAN,), f.LAST_DABIGATRAN: datetime(2026, 11, 21, 8)}
    )
    assert ahead.day is None
    assert "after the day of the case" in ahead.ask[0]


def test_what_starts_again_counts_from_the_planned_operation() -> None:
    known: dict[Fact[Any], Any] = {
        f.OPERATION_AT: datetime(2026, 12, 15, 8),
        f.ANTITHROMBOTICS: (Antithrombotic.EDOXABAN, Antithrombotic.LMWH_PROPHYLAXIS),
        f.LAST_EDOXABAN: datetime(2026, 11, 19, 8),
        f.LAST_LMWH_PROPHYLAXIS: datetime(2026, 11, 19, 8),
    }
    again = [
        (one.subject, one.day, one.about)
        for one in entries(
            drug("Avastin", date(2026, 11, 1)),
            drug("lenvatinib", date(2026, 11, 1)),
            drug("nivolumab", None),
            known=known,
        )
        if one.what is Passing.RESTART
    ]
    assert again == [
        ("edoxaban", date(2026, 12, 18), "A"),
        ("lenvatinib", date(2026, 12, 29), "A"),
        ("nivolumab", date(2026, 12, 29), "A"),
        ("Avastin", date(2027, 1, 12), "A"),
        ("Avastin", date(2027, 1, 26), "A"),
    ]


@pytest.mark.parametrize(("what", "first", "last", "rule"), [
    ("pembrolizumab", date(2026, 12, 15), date(2026, 12, 29), "SYS-04"),
    ("osimertinib", date(2026, 12, 4), date(2026, 12, 8), "SYS-05"),
    ("FOLFOX", date(2026, 12, 15), date(2026, 12, 29), "SYS-06"),
    ("palbociclib", date(2026, 12, 15), date(2026, 12, 22), "SYS-07"),
    ("everolimus", date(2026, 12, 15), date(2026, 12, 22), "SYS-07"),
])  # fmt: skip
def test_the_restart_of_each_kind_of_drug_is_the_window_of_its_row(
    what: str, first: date, last: date, rule: str
) -> None:
    known: dict[Fact[Any], Any] = {f.OPERATION_AT: datetime(2026, 12, 1, 8)}
    (only,) = (one for one in entries(drug(what, None), known=known) if one.what is Passing.RESTART)
    assert (only.day, only.until, only.rule, only.is_draft) == (first, last, rule, True)
    assert only.ask == ("has the wound healed?",)


def test_bevacizumab_starts_again_by_the_label_and_by_the_guidelines() -> None:
    known: dict[Fact[Any], Any] = {f.OPERATION_AT: datetime(2026, 12, 1, 8)}
    label, guideline = (one for one in entries(drug("bevacizumab", None), known=known) if one.what is Passing.RESTART)
    assert (label.day, label.source, label.rule) == (date(2026, 12, 29), "bevacizumab_label", "STOP-17")
    assert (guideline.day, guideline.until) == (date(2027, 1, 12), date(2027, 1, 26))
    assert label.disagrees == guideline.disagrees == ("DISAGREE-11",)


def test_the_nadir_of_a_cytotoxic_drug_is_a_window_after_its_last_dose() -> None:
    (nadir,) = (one for one in entered_on({}, drug("FOLFOX", date(2026, 11, 10))) if one.rule == "SYS-13")
    assert (nadir.day, nadir.until, nadir.days_left) == (date(2026, 11, 17), date(2026, 11, 24), 4)
    assert nadir.words == "nadir of the blood count after FOLFOX: due"


def test_around_radiosurgery_a_drug_is_held_on_both_sides() -> None:
    known: dict[Fact[Any], Any] = {f.RADIOTHERAPY_DAY: date(2026, 12, 10)}
    before, after = (one for one in entries(drug("dabrafenib", None), known=known) if one.rule == "SYS-10")
    assert (before.what, before.day) == (Passing.LAST_DOSE, date(2026, 12, 3))
    assert (after.what, after.day) == (Passing.RESTART, date(2026, 12, 17))
    assert not [one for one in entries(drug("dabrafenib", None)) if one.rule == "SYS-10"]
    assert not [one for one in entries(drug("osimertinib", None), known=known) if one.rule == "SYS-10"]


def test_after_a_short_course_of_denosumab_the_window_of_the_operation_is_dated() -> None:
    known: dict[Fact[Any], Any] = {
        f.KIND: "primary", f.HISTOLOGY: "giant cell tumour", f.PROVEN: True, f.DENOSUMAB_RUNNING: True,
    }  # fmt: skip
    started = drug("denosumab 120 mg", None, started=date(2026, 9, 1))
    (window,) = (one for one in entered_on(known, started) if one.rule == "PRIM-12")
    assert (window.day, window.until) == (date(2026, 12, 1), date(2027, 3, 1))
    (open_,) = (one for one in entered_on(known) if one.rule == "PRIM-12")
    assert (open_.day, open_.ask) == (None, ("day of the first dose of denosumab",))
    known[f.DENOSUMAB_RUNNING] = False
    assert not [one for one in entered_on(known, started) if one.rule == "PRIM-12"]


def test_the_soonest_stands_first_and_what_has_no_day_last() -> None:
    drugs = (drug("sunitinib", None), drug("ramucirumab", date(2026, 11, 1)), drug("pazopanib", date(2026, 11, 1)))
    assert [one.subject for one in entries(*drugs)] == ["pazopanib", "ramucirumab", "sunitinib"]
    assert entries(*drugs) == entries(*reversed(drugs))


def test_a_case_without_a_drug_of_the_table_has_no_entry_of_drugs() -> None:
    assert entries() == ()
    assert entries(drug("dexamethasone", None), drug("pembrolizumab", None)) == ()


def test_a_drug_that_no_table_knows_is_named_and_asked_about() -> None:
    (only,) = entries(drug("compound 17", date(2026, 11, 1)))
    assert (only.subject, only.day, only.ask) == ("compound 17", None, ("what kind of drug is 'compound 17'?",))
    (other,) = entries(known={f.ANTITHROMBOTICS: (Antithrombotic.OTHER,)})
    assert (other.what, other.day) == (Passing.HOLD, None)
    assert other.ask


@given(
    st.sampled_from(("bevacizumab", "axitinib", "FOLFOX", "everolimus")),
    st.dates(date(2020, 1, 1), AS_OF),
    st.integers(0, 400),
)
def test_a_later_last_dose_never_makes_the_day_earlier(name: str, last: date, days: int) -> None:
    later = min(AS_OF, date.fromordinal(last.toordinal() + days))
    one, other = (entries(drug(name, day))[0].day for day in (last, later))
    assert one is not None
    assert other is not None
    assert one <= other
