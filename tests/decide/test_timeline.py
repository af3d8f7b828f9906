"""The timeline as a whole: its order, and the laws that hold for every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.fact import Antithrombotic, Fact
from enbloc.case.lesion import Lesion
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.families import MODULES, RULES
from enbloc.decide.timeline import Dated, timeline
from enbloc.evidence import bibliography
from enbloc.exchange.document import from_json, to_json
from enbloc.stage import scores
from tests.decide.situations import METASTASIS, READY, TODAY, a_case, found
from tests.decide.timelines import drug, entered_on

Known = dict[Fact[Any], Any]

DAYS = st.dates(date(2026, 6, 1), date(2027, 3, 1))
MOMENTS = st.builds(datetime.combine, DAYS, st.times())
PAST = st.dates(date(2024, 1, 1), TODAY)
KINDS = (TreatmentKind.RADIOTHERAPY, TreatmentKind.OPERATION, TreatmentKind.EMBOLISATION)
TREATMENTS = st.one_of(
    st.builds(
        lambda kind, ended, what: Treatment(
            kind=kind, what=what, levels=(Level.T8,), ended=ended, dose_gy=30.0, fractions=10
        ),
        st.sampled_from(KINDS),
        st.none() | PAST,
        st.sampled_from(("SBRT", "treated")),
    ),
    st.builds(drug, st.sampled_from(("bevacizumab", "FOLFOX", "lenvatinib", "pembrolizumab")), st.none() | PAST),
)
YES_NO = st.none() | st.booleans()
MAYBE: dict[Fact[Any], st.SearchStrategy[Any]] = {
    f.PRESENTED: st.none() | MOMENTS,
    f.DECIDED: st.none() | MOMENTS,
    f.OPERATION_AT: st.none() | MOMENTS,
    f.RADIOTHERAPY_DAY: st.none() | DAYS,
    f.PLANNING_MRI_ON: st.none() | DAYS,
    f.BLOOD_COUNT_AT: st.none() | MOMENTS,
    f.PROXIMAL_THROMBOSIS_ON: st.none() | PAST,
    f.ANTITHROMBOTICS: st.sampled_from((None, (Antithrombotic.APIXABAN,))),
    f.LAST_APIXABAN: st.none() | MOMENTS,
    f.DEFICIT: YES_NO,
    f.PROGRESSING: YES_NO,
    f.ABLE: YES_NO,
    f.STEROID_RUNNING: YES_NO,
    f.KNOWN_CANCER: YES_NO,
    f.PLAN_ELECTIVE: YES_NO,
    f.ESCC_REPORTED: st.sampled_from((None, *f.EsccReported)),
}
WHEN = (f.PRESENTED, f.DECIDED, f.OPERATION_AT, f.RADIOTHERAPY_DAY, f.BLOOD_COUNT_AT, f.LAST_APIXABAN)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Known, tuple[Treatment, ...]]:
    known = METASTASIS | {named: draw(values) for named, values in MAYBE.items()}
    return known, tuple(draw(st.lists(TREATMENTS, max_size=4)))


def key(one: Dated) -> tuple[object, ...]:
    return one.what, one.subject, one.about, one.rule, one.source, one.counted_from


# --- laws -------------------------------------------------------------------------------------------------------------
@settings(max_examples=60)
@given(cases())
def test_no_entry_comes_before_what_it_counts_from(case: tuple[Known, tuple[Treatment, ...]]) -> None:
    known, treatments = case
    for one in entered_on(known, *treatments):
        if one.day is None or one.since is None:
            continue
        if one.what.is_counted_back:
            assert one.day <= one.since, one.words
        else:
            assert one.day >= one.since, one.words
        assert one.until is None or one.until >= one.day, one.words


@settings(max_examples=60)
@given(cases())
def test_an_entry_has_a_day_or_says_what_to_ask_for(case: tuple[Known, tuple[Treatment, ...]]) -> None:
    known, treatments = case
    for one in entered_on(known, *treatments):
        assert (one.day is not None) or one.ask, one.words
        assert (one.days_left is None) == (one.day is None)
        assert one.days_left is None or one.days_left == ((one.until or one.day or TODAY) - TODAY).days
        assert not one.is_open or one.ask
        assert one.at is None or one.at.date() == one.day


@settings(max_examples=60)
@given(cases(), st.sampled_from(tuple(MAYBE)))
def test_more_known_never_removes_a_dated_entry_unless_its_rule_no_longer_holds(
    case: tuple[Known, tuple[Treatment, ...]], learned: Fact[Any]
) -> None:
    known, treatments = case
    before = entered_on(known | {learned: None}, *treatments)
    after = entered_on(known, *treatments)
    rules = {one.rule for one in after}
    lost = {key(one) for one in before if one.day is not None} - {key(one) for one in after}
    lost = {one for one in lost if one[3] in rules}
    if learned in WHEN or learned is f.ANTITHROMBOTICS:
        assert lost == set()
    # A condition may settle one of two entries of a rule: an emergency is what no elective operation waits for.
    assert all(learned in (f.PLAN_ELECTIVE, f.PROGRESSING, f.ABLE, f.DEFICIT) for _ in lost), lost


@settings(max_examples=40)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_treatments_does_not_matter(case: tuple[Known, tuple[Treatment, ...]], chance: Any) -> None:
    known, treatments = case
    shuffled = list(treatments)
    chance.shuffle(shuffled)
    assert entered_on(known, *treatments) == entered_on(known, *shuffled)


@settings(max_examples=40)
@given(cases(), st.integers(-30, 400))
def test_a_later_day_of_the_case_moves_no_deadline(case: tuple[Known, tuple[Treatment, ...]], days: int) -> None:
    """What is dated stays where it is; only what was not believed, or is due next, may change."""
    known, treatments = case
    later = replace(READY, as_of=TODAY + timedelta(days=max(0, days)))
    moves = {"FU-01", "FU-02", "FU-03", "FU-16"}
    first = {key(one): one.day for one in entered_on(known, *treatments) if one.day and one.rule not in moves}
    then = {key(one): one.day for one in entered_on(known, *treatments, circumstances=later)}
    believed = {one for one in first if one in then and then[one] is not None}
    assert {one for one in believed if first[one] != then[one]} == set()


@settings(max_examples=30)
@given(cases())
def test_it_travels_in_json_and_comes_back_the_same(case: tuple[Known, tuple[Treatment, ...]]) -> None:
    known, treatments = case
    for one in entered_on(known, *treatments):
        assert from_json(Dated, to_json(one)) == one


# --- order ------------------------------------------------------------------------------------------------------------
@settings(max_examples=40)
@given(cases())
def test_the_soonest_stands_first_and_what_has_no_day_last(case: tuple[Known, tuple[Treatment, ...]]) -> None:
    known, treatments = case
    days = [one.day or date.max for one in entered_on(known, *treatments)]
    assert all(first <= then for first, then in pairwise(days))


@pytest.mark.parametrize("zone", ["", "+00:00", "-09:00"])
def test_hours_with_and_without_a_time_zone_stand_in_one_timeline(zone: str) -> None:
    known = METASTASIS | {
        f.ESCC_REPORTED: f.EsccReported.GRADE_3,
        f.DEFICIT: True,
        f.PRESENTED: datetime.fromisoformat(f"2026-11-19T14:00{zone}"),
        f.DECIDED: datetime(2026, 11, 19, 20),
    }
    deadlines = [one for one in entered_on(known) if one.rule == "RED-09"]
    assert [one.day for one in deadlines] == [date(2026, 11, 20), date(2026, 11, 21)]


def test_what_concerns_the_patient_stands_once_and_leaves_as_little_open_as_any_lesion_does() -> None:
    lesions = (Lesion(id="A", levels=(Level.T8,)), Lesion(id="B", levels=(Level.L3,)))
    findings = found({f.KNOWN_CANCER: True, f.DEFICIT: True, f.PAIN: f.PainCharacter.MECHANICAL})
    told = []
    for order in (lesions, lesions[::-1]):
        case = replace(a_case(), lesions=order, as_of=TODAY)
        told.append(timeline(case, findings, scores(case, findings), circumstances=READY))
    assert told[0] == told[1], "the order of lesions does not matter"
    (only,) = (one for one in told[0] if one.rule == "RED-01")
    assert (only.about, only.is_open) == ("patient", False)
    assert {one.about for one in told[0]} == {"patient", "A", "B"}


def test_an_emergency_has_its_deadlines_before_a_lesion_is_recorded() -> None:
    known: Known = {f.KNOWN_CANCER: True, f.DEFICIT: True, f.PRESENTED: datetime(2026, 11, 19, 14)}
    case = replace(a_case(), lesions=(), as_of=TODAY)
    told = timeline(case, found(known), (), circumstances=READY)
    assert {one.about for one in told} == {"patient"}
    (mri,) = (one for one in told if one.rule == "RED-01")
    assert mri.at == datetime(2026, 11, 20, 14)
    assert "STOP-08" in {one.rule for one in told}


# --- what it rests on -------------------------------------------------------------------------------------------------
def test_every_entry_names_a_rule_that_there_is() -> None:
    known = METASTASIS | {f.DEFICIT: True, f.OPERATION_AT: datetime(2026, 12, 1, 8), f.STEROID_RUNNING: True}
    drugs = (drug("bevacizumab", date(2026, 11, 1)), drug("compound 17", None), drug("FOLFOX", None))
    assert {one.rule for one in entered_on(known, *drugs)} <= RULES.keys()


def test_every_threshold_of_the_timeline_names_its_source_once() -> None:
    own = [module for module in MODULES if ".timeline_" in module.__name__]
    limits = [one for module in own for one in module.PARAMETERS]
    assert len(own) == 5
    assert len({one.name for one in limits}) == len(limits)
    for one in limits:
        assert one.source in bibliography() or one.source.startswith("pathway ("), one.name
