"""The tables of drugs: total, free of overlap, found by every name; doses, order and traps of their rules."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.fact import Antithrombotic, Fact, SteroidDanger
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.antithrombotic import HOLDS, recorded, span
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.families import PARAMETERS, RULES
from enbloc.decide.planned import adult_dose
from enbloc.decide.washout import AGENTS, DrugClass, agents, unlisted
from enbloc.evidence import Checked
from tests.decide.rows import after_surgery, anaesthesia, antithrombotic, steroid, stops_of_drugs, systemic
from tests.decide.situations import METASTASIS, TODAY, a_case, said, seen

FAMILIES = ("STER", "SYS", "ANES", "ERAS", "EDU", "VTE", "CLOS", "POST", "REHAB")
A = Antithrombotic


# --- the table of wash-outs -------------------------------------------------------------------------------------------
def test_every_name_of_a_drug_belongs_to_one_row_and_finds_it() -> None:
    names = Counter(name for agent in AGENTS for name in agent.names)
    assert max(names.values()) == 1
    for agent in AGENTS:
        for name in agent.names:
            assert agents(name.upper()) == (agent,), name
            assert agents(f"6 cycles of {name} (trial)") == (agent,), name


@pytest.mark.parametrize(("drug", "days"), [
    ("bevacizumab", 28),  # the stop; the guidelines' 42 days warn
    ("pazopanib", 7),
    ("regorafenib", 14),
    ("cabozantinib", 28),
    ("axitinib", 2),
    ("anlotinib", 28),
    ("apatinib", 30),
    ("lenvatinib", 7),
    ("ramucirumab", 28),
    ("vandetanib", 28),
    ("sunitinib", 21),
    ("sorafenib", 10),
    ("aflibercept", 28),
    ("fruquintinib", 14),
    ("tivozanib", 24),
    ("nintedanib", 7),
    ("anti-VEGF antibody", 28),
    ("osimertinib", 3),
    ("vemurafenib", 3),
    ("FOLFOX", 28),
    ("palbociclib", 7),
    ("everolimus", 14),
])  # fmt: skip
def test_days_of_each_drug(drug: str, days: int) -> None:
    (agent,) = agents(drug)
    assert agent.hard is not None
    assert agent.hard.number == days


def test_every_drug_with_a_wash_out_says_when_it_may_start_again_and_names_its_rule() -> None:
    for agent in AGENTS:
        assert bool(agent.before) == (agent.kind not in {DrugClass.CHECKPOINT, DrugClass.BONE, DrugClass.OTHER})
        assert bool(agent.restart) == (agent.kind not in {DrugClass.BONE, DrugClass.OTHER})
        assert agent.rule in RULES or agent.kind is DrugClass.OTHER
        assert all(limit.unit == "days" and limit.source for limit in agent.before)


@pytest.mark.parametrize(
    ("words", "drugs"),
    [
        ("FOLFOX + bevacizumab", {"bevacizumab", "cytotoxic drug"}),
        ("bevacizumab (anti-VEGF)", {"bevacizumab"}),
        ("nab-paclitaxel", {"cytotoxic drug"}),
        ("dabrafenib/trametinib", {"BRAF kinase inhibitor"}),
        ("axitinib and pembrolizumab", {"axitinib", "checkpoint inhibitor"}),
        ("sunitinibum", set()),
        ("", set()),
    ],
)
def test_a_line_of_the_record_may_name_several_drugs(words: str, drugs: set[str]) -> None:
    assert {agent.drug for agent in agents(words)} == drugs


@pytest.mark.parametrize(
    ("words", "is_strange"),
    [
        ("FOLFOX", False),
        ("6 cycles of FOLFOX, 2 weekly", False),
        ("sunitinib malate", False),
        ("low-molecular-weight heparin", False),
        ("CDK4/6 inhibitor", False),
        ("FOLFOX + compound", True),
        ("letrozole and ipatasertib", True),
        ("dabrafenib/trametinib", True),
        ("chemo", True),
    ],
)
def test_a_name_that_no_row_knows_is_not_hidden_by_one_that_is_known(words: str, is_strange: bool) -> None:
    case = replace(a_case(), treatments=(Treatment(kind=TreatmentKind.SYSTEMIC, what=words),))
    assert unlisted(case) == ((words,) if is_strange else ())


def test_an_antibody_that_carries_a_cytotoxic_drug_is_one() -> None:
    assert DrugClass.CYTOTOXIC in {agent.kind for agent in agents("trastuzumab deruxtecan")}


@given(st.sampled_from([agent for agent in AGENTS if agent.kind is DrugClass.VEGF]), st.integers(0, 60))
def test_a_vegf_drug_stops_elective_surgery_exactly_within_its_days(agent: Any, days: int) -> None:
    known = METASTASIS | {f.DRUGS_COMPLETE: True, f.PLAN_ELECTIVE: True, f.VEGF_RESTART: False}
    one = Treatment(kind=TreatmentKind.SYSTEMIC, what=agent.names[0], ended=TODAY - timedelta(days=days))
    statement = said("STOP-17", seen(known, act=Act.EN_BLOC, treatments=(one,)))
    inside = days < agent.hard.number
    assert (statement is not None and statement.holds is Holds.YES) == inside
    if not inside:
        assert (statement is None) == (not agent.is_group)


def test_forgetting_a_last_dose_never_closes_the_stop() -> None:
    known = METASTASIS | {f.DRUGS_COMPLETE: True, f.PLAN_ELECTIVE: True, f.VEGF_RESTART: False}
    for agent in AGENTS:
        if agent.kind is DrugClass.VEGF:
            one = Treatment(kind=TreatmentKind.SYSTEMIC, what=agent.names[0])
            statement = said("STOP-17", seen(known, act=Act.EN_BLOC, treatments=(one,)))
            assert statement is not None
            assert statement.holds is Holds.UNKNOWN


# --- the table of holds -----------------------------------------------------------------------------------------------
def test_every_antithrombotic_has_one_row_but_those_that_are_decided_for_each_patient() -> None:
    assert [hold.drug for hold in HOLDS] == list(dict.fromkeys(hold.drug for hold in HOLDS))
    assert {one for one in A if one not in {hold.drug for hold in HOLDS}} == {A.NONE, A.ASPIRIN, A.OTHER}
    assert len({hold.last.id for hold in HOLDS}) == len(HOLDS)


HOURS = {
    A.APIXABAN: (72, 72),
    A.RIVAROXABAN: (72, 72),
    A.EDOXABAN: (72, 72),
    A.DABIGATRAN: (72, 120),
    A.CLOPIDOGREL: (120, 120),
    A.TICAGRELOR: (120, 120),
    A.PRASUGREL: (168, 168),
    A.LMWH_TREATMENT: (24, 48),
    A.LMWH_PROPHYLAXIS: (12, 24),
    A.HEPARIN_INFUSION: (6, 6),
}
"""Hours of the stop, with a normal and with a low creatinine clearance."""

START = datetime(2026, 11, 20, 18)


def on(drug: A, last: datetime, clearance: float | None) -> dict[Fact[Any], Any]:
    hold = next(hold for hold in HOLDS if hold.drug is drug)
    return METASTASIS | {
        f.PLAN_ELECTIVE: True,
        f.OPERATION_AT: START,
        f.ANTITHROMBOTICS: (drug,),
        f.PLATELETS: 200.0,
        f.CREATININE_CLEARANCE: clearance,
        hold.last: last,
    }


@pytest.mark.parametrize("drug", HOURS, ids=lambda drug: drug.value)
@pytest.mark.parametrize("act", [Act.SEPARATION, Act.BIOPSY])
def test_hours_of_each_drug_on_just_below_and_just_above(drug: A, act: Act) -> None:
    for hours, clearance in zip(HOURS[drug], (50.0, 49.9), strict=True):
        at = START - timedelta(hours=hours)
        for minutes, held in ((-1, True), (0, True), (1, False)):
            statement = said("STOP-16", seen(on(drug, at + timedelta(minutes=minutes), clearance), act=act))
            assert (statement is None) == held, (drug, hours, minutes)


def test_an_unknown_clearance_leaves_the_hours_between_the_two_open() -> None:
    at = START - timedelta(hours=100)
    statement = said("STOP-16", seen(on(A.DABIGATRAN, at, None), act=Act.SEPARATION))
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN
    assert statement.ask == ("creatinine clearance, mL/min",)


@pytest.mark.parametrize(
    ("words", "drug"),
    [
        ("Eliquis 5 mg", A.APIXABAN),
        ("low-molecular-weight heparin", A.LMWH_TREATMENT),  # the dose is not said: the longer time
        ("enoxaparin 40 mg", A.LMWH_TREATMENT),
        ("heparin", A.OTHER),
        ("phenprocoumon", A.OTHER),
        ("docetaxel", None),
    ],
)
def test_an_antithrombotic_may_stand_under_the_treatments(words: str, drug: A | None) -> None:
    one = Treatment(kind=TreatmentKind.SYSTEMIC, what=words, ended=TODAY - timedelta(days=30))
    assert tuple(recorded(seen(METASTASIS, treatments=(one,)))) == ((drug,) if drug else ())


def test_of_two_courses_the_later_counts_and_one_without_an_end_is_open() -> None:
    early = Treatment(kind=TreatmentKind.SYSTEMIC, what="apixaban", ended=TODAY - timedelta(days=30))
    late = replace(early, ended=TODAY - timedelta(days=1))
    running = replace(early, ended=None)
    for courses in ((early, late), (late, early)):
        (last,) = recorded(seen(METASTASIS, treatments=courses)).values()
        assert last is not None
        assert last[0].date() == TODAY - timedelta(days=1)
    for courses in ((early, running), (running, early)):
        assert list(recorded(seen(METASTASIS, treatments=courses)).values()) == [None]


def test_days_and_hours_are_times() -> None:
    assert {hold.limit.unit for hold in HOLDS} == {"h", "days"}
    assert span(next(hold.limit for hold in HOLDS if hold.drug is A.PRASUGREL)) == timedelta(days=7)


def test_reversal_is_named_by_agent() -> None:
    recent = datetime(2026, 11, 20, 8)
    for drug, agent in ((A.DABIGATRAN, "idarucizumab"), (A.APIXABAN, "andexanet"), (A.LMWH_TREATMENT, "protamine")):
        about = seen(on(drug, recent, 90.0) | {f.PLAN_ELECTIVE: False}, act=Act.SEPARATION)
        statement = said("ANES-09", about)
        assert statement is not None
        assert agent in statement.do


# --- steroid ----------------------------------------------------------------------------------------------------------
SIGNS = METASTASIS | {f.DEFICIT: True, f.STEROID_DANGERS: (SteroidDanger.NONE,)}


@given(st.floats(0, 300, allow_nan=False))
def test_a_dose_is_silent_warned_or_blocked_and_never_two_of_them(daily: float) -> None:
    about = seen(METASTASIS | {f.STEROID_DAILY: daily, f.STEROID_SINGLE: 10.0})
    warned, blocked = said("STER-11", about), said("STOP-27", about)
    assert (warned is not None) == (16 < daily < 96)
    assert (blocked is not None) == (daily >= 96)


def test_each_danger_withholds_the_automatic_steroid() -> None:
    for danger in SteroidDanger:
        about = seen(SIGNS | {f.STEROID_DANGERS: (danger,), f.STEROID_PLANNED: True})
        assert (said("STER-01", about) is not None) == (danger is SteroidDanger.NONE)
        assert (said("STER-12", about) is not None) == (danger is not SteroidDanger.NONE)


def test_a_dose_of_adults_is_not_printed_for_a_child_or_without_an_age() -> None:
    for age in (None, 3.0, 17.0, 18.0):
        statement = said("STER-01", seen(SIGNS | {f.AGE: age}))
        assert statement is not None
        assert "16 mg" not in statement.do, age
    statement = said("STER-01", seen(SIGNS | {f.AGE: 19.0}))
    assert statement is not None
    assert "16 mg" in statement.do
    assert adult_dose(seen(SIGNS | {f.AGE: 60.0}), "Ten.") == "Ten."


def test_the_first_open_question_is_asked_alone() -> None:
    plain = seen(METASTASIS | {f.PROVEN: False})
    for id in ("STER-04", "STER-11", "STER-12", "STOP-10", "STOP-27"):
        statement = said(id, plain)
        assert statement is not None
        assert statement.ask == ("is a steroid planned or prescribed?",), id
    denosumab = said("STOP-26", plain)
    assert denosumab is not None
    assert len(denosumab.ask) == 2


def test_a_rapid_deficit_goes_before_the_diagnosis() -> None:
    suspected = METASTASIS | {f.PROVEN: False, f.HAEMATOLOGICAL_SUSPECTED: True, f.STEROID_PLANNED: True}
    calm = said("STER-05", seen(suspected | {f.RAPID_DECLINE: False}))
    pressing = seen(suspected | {f.RAPID_DECLINE: True})
    fast = said("STER-05", pressing)
    assert calm is not None
    assert fast is not None
    assert calm.do.startswith("Withhold")
    assert fast.do.startswith("Give")
    assert said("STOP-10", pressing) is None


# --- what a rule says -------------------------------------------------------------------------------------------------
def test_what_calls_for_a_rule_is_said() -> None:
    about = seen(METASTASIS | {f.BMI: 31.0, f.OPERATED_AT_LEVEL: True}, act=Act.STABILISATION)
    statement = said("CLOS-01", about)
    assert statement is not None
    assert statement.because == "Revision, body mass index above 30."
    refused = said("STOP-28", seen(METASTASIS | {f.DECLINES_SURGERY: True}, act=Act.EN_BLOC))
    assert refused is not None
    assert refused.because == "Refused."
    denosumab = said("STOP-26", seen(METASTASIS | {f.DENOSUMAB: True, f.DENTAL_CHECK: False}))
    assert denosumab is not None
    assert denosumab.because == "Denosumab 120 mg: no dental check."


# Rules about the ward are not at hand before an operation, and a person's word on dangers of a steroid settles them.
FORGETTABLE = [
    (row[0], row[1], row[2], row[3], named)
    for module in (systemic, antithrombotic, steroid, stops_of_drugs, anaesthesia, after_surgery)
    for row in module.ROWS
    if row[4] is not None
    for named in row[2]
    if row[2][named] not in (None, METASTASIS.get(named))
    and f.STEROID_DANGERS not in row[2]
    and named is not f.OPERATION_ENDED
]


def test_forgetting_what_is_known_silences_no_rule_that_speaks() -> None:
    for id, what, known, more, named in FORGETTABLE:
        statement = said(id, seen(known | {named: None}, **more))
        assert statement is not None, f"{id} ({what}) without {named.id}"


# --- all of them ------------------------------------------------------------------------------------------------------
def test_every_rule_of_these_families_is_there_and_a_stop_is_a_stop() -> None:
    counts = Counter(rule.family for rule in RULES.values())
    assert {name: counts[name] for name in FAMILIES} == {
        "STER": 13,
        "SYS": 13,
        "ANES": 10,
        "ERAS": 1,
        "EDU": 2,
        "VTE": 5,
        "CLOS": 2,
        "POST": 4,
        "REHAB": 4,
    }
    for number in (10, 16, 17, 26, 27, 28, 33, 34, 35, 39, 40):
        assert RULES[f"STOP-{number}"].degree is Degree.STOP
    assert all(f"DISAGREE-{number}" in RULES for number in (2, 3, 11))


def test_thresholds_are_named_once() -> None:
    names = Counter(one.name for one in PARAMETERS)
    assert [name for name, times in names.items() if times > 1] == []


def test_a_drug_rule_without_a_source_is_a_draft_or_ours() -> None:
    for rule in RULES.values():
        if rule.family in FAMILIES and [cited.key for cited in rule.cites] == ["project"]:
            assert rule.checked in {Checked.FROM_MEMORY, Checked.OURS}, rule.id


def test_the_day_of_the_operation_counts_and_not_the_day_of_the_case() -> None:
    known = METASTASIS | {f.DRUGS_COMPLETE: True, f.PLAN_ELECTIVE: True, f.VEGF_RESTART: False}
    one = Treatment(kind=TreatmentKind.SYSTEMIC, what="sorafenib", ended=date(2026, 11, 15))
    about = seen(known, act=Act.EN_BLOC, treatments=(one,))
    assert said("STOP-17", about) is not None
    later = replace(about, planned=None)
    assert said("STOP-17", later) is None, "no act, no stop"
    of_plan: dict[Fact[Any], Any] = {f.OPERATION_AT: datetime(2026, 11, 25)}
    assert said("STOP-17", seen(known, act=Act.EN_BLOC, treatments=(one,), of_plan=of_plan)) is None
