"""What a board is told first: what holds, what is urgent, what leads and why, what was overridden, what contradicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from enbloc.case.finding import Source, SourceKind
from enbloc.case.override import Override
from enbloc.decide.contradictory import Contradiction, Side
from enbloc.decide.decision import Degree, Holds
from enbloc.decide.recommendation import Decision, Overridden, Standing
from enbloc.present.composition import report
from enbloc.present.counsel import Counsel
from enbloc.present.decisions import otherwise
from enbloc.present.deliberation import counsel
from enbloc.present.html import page
from enbloc.present.pictures import Pictures
from enbloc.present.weighing import shortened
from tests.present import decided, operated, patients

AS_OF = date(2026, 11, 20)
NOTHING = Pictures(of={})


def _told(decision: Decision) -> Counsel:
    return counsel(decision, as_of=AS_OF)


def test_what_holds_stands_apart_from_what_cannot_be_excluded() -> None:
    told = _told(decided.decided())

    assert [(one.rule.id, one.of) for one in told.held] == [("STOP-05", "en bloc")]
    assert [stop.id for topic in told.open for stop in topic.stops] == ["STOP-03"]


@pytest.mark.parametrize("degree", [Degree.URGENT, Degree.CAUTION, Degree.NOTE])
def test_a_red_flag_is_on_the_first_page_however_incomplete_the_record_is(degree: Degree) -> None:
    flag = replace(decided.URGENT, rule="RED-06", degree=degree, do="Flat bed rest.")
    incomplete = replace(decided.FOR, rule="EVAL-02", do="Complete the record.", because="13 fields are missing.")
    told = _told(decided.decided(speaks=(incomplete, flag), options=()))

    assert [one.rule.id for one in told.urgent] == ["RED-06"]
    assert "EVAL-02" not in {one.rule.id for one in (*told.held, *told.urgent)}


def test_what_is_urgent_of_the_leading_option_is_urgent_and_of_another_is_not() -> None:
    clock = replace(decided.URGENT, rule="RED-09", do="Operate within 24 hours.")
    leading = replace(decided.SEPARATION, speaks=(clock,))
    other = replace(decided.EN_BLOC, speaks=(replace(clock, rule="ANES-09", do="Reverse."),))
    told = _told(decided.decided(speaks=(), options=(leading, other)))

    assert [one.rule.id for one in told.urgent] == ["RED-09"]


def test_an_urgent_rule_has_its_clock_from_the_timeline_or_says_what_it_waits_for() -> None:
    dated = _told(decided.decided()).urgent[0]
    undated = replace(decided.DAYS[0], day=None, days_left=None, ask=("hour of the presentation",))
    waiting = _told(decided.decided(timeline=(undated,))).urgent[0]

    assert dated.clock == "by 2026-11-20, today"
    assert waiting.clock == "clock not known: hour of the presentation"
    assert _told(decided.decided(timeline=())).urgent[0].clock == ""


def test_urgent_rules_that_wait_are_named_with_what_most_of_them_ask() -> None:
    assert _told(decided.decided()).waiting == "RED-04. Ask first: saddle anaesthesia?"


BY = Override(stop="STOP-05", about="A", by="R. Example", on=AS_OF, because="legs failing by the hour")
MET = Overridden(stop=decided.LEVEL, by=BY)


def test_an_override_is_printed_first_and_with_every_option_and_plan_that_it_concerns() -> None:
    option = replace(decided.SEPARATION, overridden=(MET,))
    plan = replace(operated.PLAN, stops=(), overridden=(MET,))
    content = report(
        patients.workup(decision=decided.decided(options=(option,)), plans=(plan,)), without=(), fingerprint=""
    )
    shown = page(content, NOTHING)

    words = "STOP-05 overridden by R. Example, 2026-11-20: legs failing by the hour"
    (first,) = content.counsel.overrides
    assert first.words == words
    assert first.do == decided.LEVEL.do
    assert content.options[0].choice.overridden == content.plans[0].overridden == (first,)
    assert shown.count("by R. Example, 2026-11-20: legs failing by the hour") == 5
    # on the first page, with the leading option, its row and its details, and with the plan
    assert "STOP-05" in {rule.id for rule in content.counsel.rules}, "the stop stays in the annex"


def test_an_override_of_the_case_itself_is_printed_too() -> None:
    told = _told(decided.decided(overridden=(MET,)))

    assert [one.stop for one in told.overrides] == ["STOP-05"]


def test_a_contradiction_has_both_sides_with_their_places_and_what_to_ask() -> None:
    def side(words: str, value: str, place: str) -> Side:
        source = Source(kind=SourceKind.RECORDED, document="case.yaml", place=place)
        return Side(fact="x", words=words, about="patient", value=value, source=source)

    torn = Contradiction(
        words="sex male, and yet pregnancy yes.",
        about="patient",
        sides=(side("sex", "male", "patient.sex"), side("pregnancy", "yes", "findings[0]")),
        ask="which is right?",
    )
    (told,) = _told(decided.decided(contradictions=(torn,))).contradictions

    assert told.sides == ("sex: male (case.yaml, patient.sex)", "pregnancy: yes (case.yaml, findings[0])")
    assert told.ask == ("which is right?",)


def test_what_is_said_of_two_lesions_alike_stands_once_and_the_rest_names_its_lesion() -> None:
    base = decided.decided(speaks=(decided.URGENT,), open_stops=(decided.STOP,), options=(decided.EN_BLOC,))
    (first,) = base.lesions
    clock = replace(decided.URGENT, about="B")
    alone = replace(clock, rule="RED-04", do="Image today.")
    level = replace(decided.LEVEL, about="B")
    other = replace(
        first,
        about="B",
        said=replace(first.said, speaks=(clock, alone)),
        stops=(replace(decided.STOP, about="B"),),
        options=(replace(decided.EN_BLOC, about="B", stops=(level, replace(level, rule="STOP-02"))),),
    )
    told = _told(replace(base, lesions=(first, other)))

    assert [(one.rule.id, one.of) for one in told.held] == [("STOP-05", ""), ("STOP-02", "lesion B")]
    assert [(one.rule.id, one.of) for one in told.urgent] == [("EVAL-03", ""), ("RED-04", "lesion B")]
    assert [stop.id for topic in told.open for stop in topic.stops] == ["STOP-03"]
    assert [one.words for one in told.choices] == [
        "en bloc vertebrectomy T8 (lesion A)",
        "en bloc vertebrectomy T8 (lesion B)",
    ]


def test_a_stop_of_a_plan_alone_is_told_with_the_plan() -> None:
    held = replace(decided.STOP, rule="STOP-13", about="A", holds=Holds.YES)
    told = counsel(decided.decided(), as_of=AS_OF, plans=(replace(operated.PLAN, stops=(held, decided.LEVEL)),))

    assert [(one.rule.id, one.of) for one in told.held] == [
        ("STOP-05", "en bloc"),
        ("STOP-13", "proposed operation en bloc vertebrectomy T8"),
    ]


def test_beside_the_leading_option_at_least_one_rejected_is_read_with_its_reason() -> None:
    possible = [replace(decided.EN_BLOC, words=f"option {nth}") for nth in range(9)]
    told = _told(decided.decided(options=(decided.SEPARATION, *possible, decided.RADIOTHERAPY)))
    shown, more = otherwise(told.choices)

    assert [one.standing for one in shown] == ["possible"] * 3 + ["rejected"]
    assert more == 6
    assert told.not_taken == ()
    without = _told(decided.decided(options=(decided.SEPARATION, decided.EN_BLOC)))
    assert without.not_taken == ("conventional radiotherapy T8: DEC-07 speaks against it",)


def test_options_that_no_rule_speaks_for_are_one_line() -> None:
    told = _told(
        decided.decided(options=(decided.SEPARATION, decided.SILENT, replace(decided.SILENT, words="biopsy T8")))
    )

    assert told.unsupported == ("observation · biopsy T8",)
    assert [one.words for one in told.choices] == [decided.SEPARATION.words]


def test_a_statement_of_an_option_stands_under_its_part() -> None:
    option = _told(decided.decided()).choices[0]

    assert [(part.name, [one.id for one in part.rules]) for part in option.parts] == [
        ("what it costs the patient", ["COMP-05"]),
        ("afterwards", ["REHAB-02"]),
    ]


def test_every_rule_that_spoke_stands_in_the_annex_once_with_what_it_read() -> None:
    told = _told(decided.decided())
    ids = [rule.id for rule in told.rules]

    assert len(ids) == len(set(ids))
    assert {"STOP-03", "STOP-05", "EVAL-03", "DISAGREE-4", "DEC-07", "PRIM-01", "COMP-05", "REHAB-02"} == set(ids)
    assert next(rule.read for rule in told.rules if rule.id == "DISAGREE-4") == "score.escc about A"
    assert told.pending == "RED 1"


def test_of_one_stop_about_two_acts_what_holds_goes_before_and_questions_stand_together() -> None:
    open_ = replace(decided.STOP, rule="STOP-13", about="A")
    first = replace(decided.SEPARATION, stops=(open_,))
    second = replace(decided.EN_BLOC, stops=(replace(open_, ask=("angiography?",)),))
    (both,) = [one for one in _told(decided.decided(options=(first, second))).rules if one.id == "STOP-13"]
    assert both.do == "Find out: MRI of the whole spine · angiography?"

    held = replace(second, stops=(replace(open_, holds=Holds.YES, do="Do not cut."),))
    (holding,) = [one for one in _told(decided.decided(options=(first, held))).rules if one.id == "STOP-13"]
    assert (holding.do, holding.is_open) == ("Do not cut.", False)


def test_the_frameworks_say_what_drives_them_apart() -> None:
    (told,) = _told(decided.decided()).frameworks

    assert told.surgery_first == ("yes", "no")
    assert [name for name, _, _, differs in told.fields if differs] == [
        "oncology: earlier radiotherapy",
        "patient: can and will have surgery",
    ]
    assert told.driving == "They differ, driven by patient: can and will have surgery."


def test_what_nobody_recorded_is_a_blank_of_the_summary() -> None:
    lines = {line.label: line for line in _told(decided.decided()).minutes[0].lines}

    assert lines["Responsible"].lines == ()
    assert lines["Responsible"].ask == "who is responsible for what the board decided?"
    assert lines["Certainty of the diagnosis"].ask == ""


@pytest.mark.parametrize(("because", "short"), [
    ("PALL-01 speaks for it; checked rules go before", "PALL-01 speaks for it"),
    ("STOP-09 bars it: never.", "STOP-09 bars it: never"),
    ("word " * 40, ("word " * 22).strip() + " …"),
])  # fmt: skip
def test_a_reason_is_shortened_at_a_word(because: str, short: str) -> None:
    assert shortened(because) == short


def test_a_decision_about_nothing_is_told_without_a_word_too_many() -> None:
    told = _told(decided.decided(options=(), speaks=(), open_stops=(), timeline=(), changes=(), nearest=()))

    assert (told.held, told.urgent, told.open, told.choices, told.changes) == ((), (), (), (), ())
    assert all(one.standing is not Standing.LEADING for one in decided.decided(options=()).options)
