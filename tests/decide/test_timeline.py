"""The timeline of drugs on cases made by hand: every day counts from the dates of the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.case import Case
from enbloc.case.fact import Antithrombotic, Fact
from enbloc.case.finding import Findings
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.timeline import Dated, Passing, timeline
from enbloc.evidence import Checked
from tests.decide.situations import a_case, found

AS_OF = date(2026, 11, 20)


def drug(what: str, ended: date | None) -> Treatment:
    return Treatment(kind=TreatmentKind.SYSTEMIC, what=what, ended=ended)


def a_patient(*drugs: Treatment, as_of: date | None = AS_OF) -> Case:
    return replace(a_case(), treatments=drugs, as_of=as_of)


def entries(*drugs: Treatment, known: dict[Fact[Any], Any] | None = None) -> tuple[Dated, ...]:
    return timeline(a_patient(*drugs), found(known or {}))


def test_bevacizumab_has_the_day_of_the_label_and_the_day_of_the_guidelines() -> None:
    label, guideline = entries(drug("bevacizumab", date(2026, 11, 1)))
    assert (label.earliest, label.source, label.days_left) == (date(2026, 11, 29), "bevacizumab_label", 9)
    assert (guideline.earliest, guideline.source) == (date(2026, 12, 13), "edinburgh2024vegf")
    assert label.checked is Checked.READ_IN_A_COPY
    assert label.words == "bevacizumab: wash-out over"


def test_of_two_published_values_the_longer_one_counts() -> None:
    (only,) = entries(drug("cabozantinib", date(2026, 11, 1)))
    assert (only.earliest, only.source, only.rule) == (date(2026, 11, 29), "tki2021table", "SYS-02")


def test_a_day_that_has_passed_counts_backwards() -> None:
    (only,) = entries(drug("pazopanib", date(2026, 11, 1)))
    assert (only.earliest, only.days_left) == (date(2026, 11, 8), -12)


def test_without_a_last_dose_there_is_no_day_and_a_question() -> None:
    (only,) = entries(drug("lenvatinib", None))
    assert (only.earliest, only.days_left, only.ask) == (None, None, "day of the last dose of lenvatinib")


def test_a_last_dose_after_the_day_of_the_case_is_not_believed() -> None:
    (only,) = entries(drug("lenvatinib", date(2026, 11, 21)))
    assert only.earliest is None
    assert "after the day of the case" in only.ask


def test_of_two_courses_the_later_counts_and_one_without_an_end_leaves_it_open() -> None:
    first, second = drug("sunitinib", date(2026, 1, 1)), drug("sunitinib", date(2026, 11, 10))
    for order in ((first, second), (second, first)):
        assert [one.earliest for one in entries(*order)] == [date(2026, 12, 1)]
    for more in ((first, drug("sunitinib", None)), (drug("sunitinib", None), first)):
        assert [one.earliest for one in entries(*more)] == [None]


def test_a_drug_of_an_unlisted_kind_has_a_lower_bound_and_a_question() -> None:
    (only,) = entries(drug("anti-VEGF antibody", date(2026, 11, 1)))
    assert only.earliest == date(2026, 11, 29)
    assert "half-lives" in only.ask


def test_hours_of_an_anticoagulant_count_from_its_last_dose() -> None:
    known: dict[Fact[Any], Any] = {
        f.ANTITHROMBOTICS: (Antithrombotic.APIXABAN,),
        f.LAST_APIXABAN: datetime(2026, 11, 19, 20),
    }
    (careful,) = entries(known=known)
    assert careful.at == datetime(2026, 11, 24, 20), "five days while the clearance is not known"
    (only,) = entries(known=known | {f.CREATININE_CLEARANCE: 50.0})
    assert (only.at, only.earliest, only.days_left) == (datetime(2026, 11, 22, 20), date(2026, 11, 22), 2)
    assert (only.what, only.rule) == (Passing.HOLD, "ANES-06")
    (low,) = entries(known=known | {f.CREATININE_CLEARANCE: 49.0})
    assert low.at == careful.at


def test_a_last_dose_without_its_hour_counts_from_the_end_of_the_day() -> None:
    (only,) = entries(drug("rivaroxaban 20 mg", date(2026, 11, 18)))
    assert (only.drug, only.at) == ("rivaroxaban", datetime(2026, 11, 22))


def test_an_anticoagulant_without_a_last_dose_asks_for_it() -> None:
    (only,) = entries(known={f.ANTITHROMBOTICS: (Antithrombotic.DABIGATRAN,)})
    assert (only.earliest, only.ask) == (None, "day and hour of the last dose of dabigatran")
    (ahead,) = entries(
        known={f.ANTITHROMBOTICS: (Antithrombotic.DABIGATRAN,), f.LAST_DABIGATRAN: datetime(2026, 11, 21, 8)}
    )
    assert ahead.earliest is None
    assert "after the day of the case" in ahead.ask


def test_what_starts_again_counts_from_the_planned_operation() -> None:
    known: dict[Fact[Any], Any] = {
        f.OPERATION_AT: datetime(2026, 12, 15, 8),
        f.ANTITHROMBOTICS: (Antithrombotic.EDOXABAN, Antithrombotic.LMWH_PROPHYLAXIS),
        f.LAST_EDOXABAN: datetime(2026, 11, 19, 8),
        f.LAST_LMWH_PROPHYLAXIS: datetime(2026, 11, 19, 8),
    }
    again = [
        (one.drug, one.earliest, one.about)
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
        ("Avastin", date(2027, 1, 12), "A"),
    ]


def test_the_soonest_stands_first_and_what_has_no_day_last() -> None:
    drugs = (drug("sunitinib", None), drug("ramucirumab", date(2026, 11, 1)), drug("pazopanib", date(2026, 11, 1)))
    assert [one.drug for one in entries(*drugs)] == ["pazopanib", "ramucirumab", "sunitinib"]
    assert entries(*drugs) == entries(*reversed(drugs))


def test_a_case_without_drugs_or_day_has_no_entries() -> None:
    assert timeline(a_patient(as_of=None), Findings()) == ()
    assert timeline(a_patient(drug("dexamethasone", None), drug("pembrolizumab", None)), Findings()) == ()


def test_a_drug_that_no_table_knows_is_named_and_asked_about() -> None:
    (only,) = entries(drug("compound 17", date(2026, 11, 1)))
    assert (only.drug, only.earliest, only.ask) == ("compound 17", None, "what kind of drug is 'compound 17'?")
    (other,) = entries(known={f.ANTITHROMBOTICS: (Antithrombotic.OTHER,)})
    assert (other.what, other.earliest) == (Passing.HOLD, None)
    assert other.ask


@given(st.dates(date(2020, 1, 1), AS_OF), st.integers(0, 400))
def test_a_later_last_dose_never_makes_the_day_earlier(last: date, days: int) -> None:
    later = min(AS_OF, date.fromordinal(last.toordinal() + days))
    for name in ("bevacizumab", "axitinib", "FOLFOX", "everolimus"):
        one, other = entries(drug(name, last))[0].earliest, entries(drug(name, later))[0].earliest
        assert one is not None
        assert other is not None
        assert one <= other
