"""The register of complications: every figure with its mark, each id once as a note and once as an alarm."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import Complication
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.complications import ACT_RULES, CASE_RULES, FOLLOWS, is_watched
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.pathway import explained
from enbloc.decide.register import ENTRIES
from enbloc.decide.rule import spoken
from enbloc.evidence import Checked, cite
from enbloc.stage import scores
from tests.decide.situations import METASTASIS, READY, a_case, found, seen

ALARMS = {rule.id: rule for rule in CASE_RULES}
NOTES = {rule.id: rule for rule in ACT_RULES}
ADULT = METASTASIS | {f.AGE: 60.0}

# As printed in the pathway: the frequencies, of those with a source its key.
PRINTED: dict[str, tuple[str, ...]] = {
    "COMP-01": ("5 to 20 %", "not source-checked"),
    "COMP-02": ("PRIM-31", "582 patients", "not source-checked"),
    "COMP-03": ("2 to 10 %", "not source-checked"),
    "COMP-04": ("3 to 15 %", "intradural surgery", "not source-checked"),
    "COMP-05": ("0 to 1.8 % symptomatic (icmvte2022)", "1.5 % in 65 metastatic cases (delagarza2019vte)"),
    "COMP-06": ("16.9 %", "delagarza2019vte"),
    "COMP-07": ("2 to 10 %", "not source-checked"),
    "COMP-08": ("10 to 39 %", "RT-07", "not source-checked"),
    "COMP-09": ("1 to 5 %", "HyTEC (sahgal2021hytec)"),
    "COMP-10": ("20 to 60 %", "not source-checked"),
    "COMP-11": ("1 to 2 % symptomatic", "not source-checked"),
    "COMP-12": ("by level",),
    "COMP-13": ("under 1 %", "not source-checked"),
    "COMP-14": ("under 2 %", "not source-checked", "no new deficit in 188 embolisations", "nair2013"),
}
READ = {"COMP-05", "COMP-06", "COMP-09"}
OTHER_ROWS = {
    "COMP-02": "PRIM-31",
    "COMP-04": "POST-02",
    "COMP-05": "POST-01",
    "COMP-06": "VTE-02",
    "COMP-07": "STAB-08",
    "COMP-10": "STER-09",
    "COMP-11": "PERC-05",
    "COMP-12": "APP-13",
    "COMP-13": "ANES-04",
    "COMP-14": "EMB-04",
}


def test_every_row_of_the_register_is_there_in_its_order() -> None:
    assert [each.id for each in ENTRIES] == [f"COMP-{number:02}" for number in range(1, 15)] == [*PRINTED]
    assert FOLLOWS.keys() == NOTES.keys() == PRINTED.keys()
    assert NOTES.keys() - ALARMS.keys() == {"COMP-02"}, "shown at consent, never recorded"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.id)
def test_figures_are_printed_with_their_mark(entry: Any) -> None:
    assert all(words in entry.figures_words for words in PRINTED[entry.id])
    assert all(cite(figure.source) for figure in entry.figures if figure.source)
    assert {figure.source for figure in entry.figures if figure.source} <= set(entry.cites)
    assert NOTES[entry.id].checked is (Checked.READ if entry.id in READ else Checked.FROM_MEMORY)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: one.id)
def test_numbers_are_in_order(entry: Any) -> None:
    for figure in entry.figures:
        assert figure.low is None or figure.high is not None
        assert figure.low is None or 0 <= figure.low < figure.high <= 100


@pytest.mark.parametrize("id", sorted(NOTES))
def test_about_an_act_it_is_a_note_and_recorded_an_alarm(id: str) -> None:
    assert NOTES[id].degree is Degree.NOTE
    if id in ALARMS:
        urgent = id in {"COMP-03", "COMP-05"}
        assert ALARMS[id].degree is (Degree.URGENT if urgent else Degree.CAUTION)
        assert ALARMS[id].checked is Checked.FROM_MEMORY, "what to do is from memory in every row"
        assert ALARMS[id].statement == NOTES[id].statement


@pytest.mark.parametrize(("id", "other"), sorted(OTHER_ROWS.items()))
def test_the_action_names_the_row_that_says_how(id: str, other: str) -> None:
    entry = next(each for each in ENTRIES if each.id == id)
    assert other in entry.at_planning
    assert not entry.do or other in entry.do


def test_a_new_deficit_runs_a_clock() -> None:
    statement = spoken(ALARMS["COMP-03"], seen(METASTASIS | {f.MOTOR_FALL: 1}))
    assert statement is not None
    assert statement.degree is Degree.URGENT
    assert "within 1 hour" in statement.do
    assert "4 to 6 hours for a haematoma" in statement.do
    assert "85 mmHg or more" in statement.do


def test_infection_holds_a_vegf_drug_and_a_fracture_scores_anew() -> None:
    recorded = seen(METASTASIS | {f.COMPLICATIONS: (Complication.INFECTION, Complication.FRACTURE)})
    said = {id: spoken(rule, recorded) for id, rule in ALARMS.items()}
    assert {id for id, statement in said.items() if statement} == {"COMP-01", "COMP-08"}
    assert all(said[id] is not None for id in ("COMP-01", "COMP-08"))
    assert "VEGF" in next(each.do for each in ENTRIES if each.id == "COMP-01")
    assert "SINS" in next(each.do for each in ENTRIES if each.id == "COMP-08")


@pytest.mark.parametrize("known", [METASTASIS, METASTASIS | {f.AGE: 12.0}], ids=["age unknown", "a child"])
def test_figures_of_adults_say_so(known: dict[Any, Any]) -> None:
    for words, about in (("figures of adults", known), ("", ADULT)):
        statement = spoken(NOTES["COMP-01"], seen(about, act=Act.EN_BLOC))
        assert statement is not None
        assert ("figures of adults" in statement.do) is bool(words)


def test_the_watch_counts_from_the_end_of_the_operation_as_well() -> None:
    wound, deficit = ENTRIES[0], ENTRIES[2]
    for day, days in ((date(2026, 11, 19), 1), (date(2026, 11, 18), 2), (date(2026, 10, 20), 31)):
        about = seen(METASTASIS | {f.OPERATION_ENDED: datetime(day.year, day.month, day.day, 18)})
        assert is_watched(wound, about) is (days <= 30)
        assert is_watched(deficit, about) is (days <= 1)


def test_nobody_is_asked_for_a_complication_of_what_was_not_done() -> None:
    assert all(spoken(rule, seen(METASTASIS)) is None for rule in CASE_RULES)


def test_an_operation_without_a_level_is_watched_unless_the_level_is_said_to_have_had_none() -> None:
    removal = Treatment(kind=TreatmentKind.OPERATION, what="nephrectomy", started=READY.as_of)
    wound = next(one for one in ENTRIES if one.id == "COMP-01")
    for before, watched in ((None, True), (True, True), (False, False)):
        about = seen(METASTASIS | {f.OPERATED_AT_LEVEL: before}, treatments=(removal,))
        assert is_watched(wound, about) is watched


def test_an_id_is_explained_by_record_and_act() -> None:
    case, findings = a_case(), found(METASTASIS | {f.COMPLICATIONS: (Complication.INFECTION,)})
    told = explained(NOTES["COMP-01"], case, findings, scores(case, findings), circumstances=READY)
    heard = {one.statement.degree for one in told if one.statement and one.statement.holds is Holds.YES}
    assert heard == {Degree.CAUTION, Degree.NOTE}
