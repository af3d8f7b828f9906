"""The decision as a whole: options and their order, what is missing, what would change, and the laws."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Finding, Findings
from enbloc.case.neurology import Ais
from enbloc.case.override import Override
from enbloc.decide import Circumstances, Decision, PlanFacts, decide, judge
from enbloc.decide.deciding import settled
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.recommendation import Option, Standing
from enbloc.errors import RecordError
from enbloc.stage import scores
from tests import strategies
from tests.decide.situations import CHORDOMA, METASTASIS, READY, TODAY, UNCLEAR, UNSTABLE, a_case, decided, found
from tests.strategies import LESION, entered


def option(decision: Decision, act: Act) -> Option:
    return next(one for one in decision.options if one.act is act)


def leading(known: dict[Any, Any], **more: Any) -> Option:
    return decided(known, **more).options[0]


@pytest.mark.parametrize(
    ("known", "act", "words"),
    [
        (METASTASIS, Act.SEPARATION, "separation surgery T8, then radiosurgery"),
        (METASTASIS | UNSTABLE, Act.SEPARATION, "separation surgery T8, then radiosurgery"),
        (METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1A, f.PAIN: f.PainCharacter.NOT_MECHANICAL},
         Act.RADIOSURGERY, "radiosurgery T8"),
        (METASTASIS | {f.HISTOLOGY: "breast carcinoma"}, Act.RADIOTHERAPY, "conventional radiotherapy T8"),
        (METASTASIS | {f.KIND: "haematological", f.HISTOLOGY: "myeloma"}, Act.RADIOTHERAPY,
         "conventional radiotherapy T8"),
        (CHORDOMA, Act.EN_BLOC, "en bloc resection T8"),
        (CHORDOMA | {f.RESECTABLE: False}, Act.RADIOTHERAPY, "definitive radiotherapy T8"),
        (METASTASIS | {f.SOLITARY: True, f.PROVEN: False, f.KIND: None, f.HISTOLOGY: None}, Act.BIOPSY, "biopsy T8"),
    ],
)  # fmt: skip
def test_leading_option(known: dict[Any, Any], act: Act, words: str) -> None:
    first = leading(known)
    assert (first.act, first.words) == (act, words)
    assert first.supports


def test_separation_beats_radiosurgery_and_says_why() -> None:
    decision = decided(METASTASIS)
    alone = option(decision, Act.RADIOSURGERY)
    assert [stop.rule for stop in alone.stops if stop.holds is Holds.YES] == ["STOP-25"]
    assert alone.standing is Standing.REJECTED
    assert alone.because.startswith("STOP-25 bars it")
    assert {"NOMS-07", "DEC-02"} <= {one.rule for one in option(decision, Act.SEPARATION).supports}
    assert "DISAGREE-4" in {one.rule for one in decision.statements}
    assert "DEC-07" in {one.rule for one in decision.statements}


def test_en_bloc_of_one_metastasis_among_others_is_named_and_nothing_speaks_for_it() -> None:
    assert option(decided(METASTASIS), Act.EN_BLOC).standing is Standing.UNSUPPORTED


def test_without_tissue_the_biopsy_is_offered_and_entering_is_stopped() -> None:
    unknown = METASTASIS | {f.SOLITARY: True, f.PROVEN: False, f.KIND: None, f.HISTOLOGY: None}
    decision = decided(unknown)
    assert decision.options[0].act is Act.BIOPSY
    assert "STOP-01" in {stop.rule for stop in option(decision, Act.SEPARATION).stops}


def test_a_draft_never_leads_while_a_checked_option_exists() -> None:
    unfit = decided(METASTASIS | {f.ABLE: False})
    assert unfit.options[0].act is Act.RADIOTHERAPY
    assert unfit.options[0].standing is Standing.LEADING
    for decision in (unfit, decided(METASTASIS), decided(CHORDOMA)):
        assert leads_by_the_book(decision)


def leads_by_the_book(decision: Decision) -> bool:
    """No draft leads while a rule that was checked holds for an option that is not rejected."""
    leading = [one for one in decision.options if one.standing is Standing.LEADING]
    others = [one for one in decision.options if one.standing is Standing.POSSIBLE]
    checked = [one for one in others if any(s.holds is Holds.YES and not s.is_draft for s in one.supports)]
    return not (any(one.is_draft for one in leading) and checked)


def test_missing_fields_are_asked_once_and_the_output_says_it_is_incomplete() -> None:
    decision = decided(METASTASIS | {f.PAIN: None})
    assert len(set(decision.missing)) == len(decision.missing)
    assert {f.PAIN.ask, f.ECOG.ask, f.ALBUMIN.ask} <= set(decision.missing)
    assert {f.GLUCOSE.ask, f.MRI_UNSAFE.ask, f.PAIN_SCORE.ask} <= set(decision.missing), "every field can be filled in"
    assert "EVAL-02" in {one.rule for one in decision.statements}


def test_an_emergency_is_shown_however_little_is_known() -> None:
    little: dict[Any, Any] = {f.ESCC_REPORTED: f.EsccReported.GRADE_3, f.DEFICIT: True}
    decision = decided(little, circumstances=UNCLEAR)
    assert "STOP-08" in {stop.rule for stop in decision.stops}
    assert decision.statements[0].degree is Degree.URGENT, "what runs against the clock comes first"
    assert "RED-06" in {one.rule for one in decision.statements}


# --- judging a plan ---------------------------------------------------------------------------------------------------
def judged(known: dict[Any, Any], plan: PlanFacts, circumstances: Circumstances = READY) -> Option:
    case, findings = a_case(), found(known)
    return judge(plan, case, findings, scores(case, findings), circumstances=circumstances)


def held(those: Any) -> set[str]:
    return {one.rule for one in those if one.holds is Holds.YES}


def test_a_plan_is_judged_by_its_own_facts() -> None:
    en_bloc = PlanFacts(act=Act.EN_BLOC, about=LESION, levels=(Level.T8,))
    assert held(judged(CHORDOMA, en_bloc).stops) == set()
    assert held(judged(CHORDOMA, en_bloc).supports) == {"PRIM-01"}
    assert held(judged(CHORDOMA, replace(en_bloc, levels=(Level.L3,))).stops) == {"STOP-05"}
    entered_ = judged(CHORDOMA, replace(en_bloc, is_intralesional=True))
    assert held(entered_.stops) == {"STOP-02"}
    unclear = judged(CHORDOMA, en_bloc, UNCLEAR)
    assert {"STOP-05"} <= held(unclear.stops)
    assert "STOP-29" in {one.rule for one in unclear.stops}
    assert "IMG-03" in {one.rule for one in unclear.pending}
    separation = judged(METASTASIS, PlanFacts(act=Act.SEPARATION, about=LESION, levels=(Level.T8,)))
    assert {"DEC-02", "NOMS-07"} <= held(separation.supports)


def test_a_plan_for_an_unknown_lesion_is_refused() -> None:
    with pytest.raises(RecordError):
        judged(METASTASIS, PlanFacts(act=Act.EN_BLOC, about="Z"))


# --- laws -------------------------------------------------------------------------------------------------------------
def whole(findings: Findings, circumstances: Circumstances = READY) -> Decision:
    case = strategies.a_case()
    return settled(case, findings, scores(case, findings), circumstances=circumstances)


@settings(max_examples=20)
@given(strategies.findings(), st.randoms())
def test_the_order_of_findings_does_not_matter(findings: Findings, random: Any) -> None:
    shuffled = list(findings.found)
    random.shuffle(shuffled)
    assert whole(Findings(found=tuple(shuffled))) == whole(findings)


@settings(max_examples=15)
@given(strategies.findings())
def test_the_same_input_gives_the_same_decision_with_its_changes(findings: Findings) -> None:
    case = strategies.a_case()
    once, again = (decide(case, findings, scores(case, findings), circumstances=READY) for _ in range(2))
    assert once == again
    assert all(each.words and each.answers for one in once.changes for each in one.answers)


@settings(max_examples=25)
@given(strategies.findings(), st.sampled_from([READY, UNCLEAR]))
def test_an_unknown_stop_is_open_and_says_what_to_ask(findings: Findings, circumstances: Circumstances) -> None:
    for stop in whole(findings, circumstances).stops:
        assert stop.degree is Degree.STOP
        if stop.holds is Holds.UNKNOWN:
            assert stop.ask
            assert stop.because == "Cannot be excluded."


@settings(max_examples=25)
@given(strategies.findings())
def test_drafts_never_stand_before_checked_support(findings: Findings) -> None:
    assert leads_by_the_book(whole(findings))


@settings(max_examples=25)
@given(strategies.findings())
def test_each_branch_keeps_to_itself(findings: Findings) -> None:
    decision = whole(findings)
    held_ = {one.rule for one in decision.statements} | {one.rule for each in decision.options for one in each.speaks}
    primary = any(rule.startswith("PRIM") for rule in held_)
    assert not (primary and any(rule.startswith(("NOMS", "DEC")) for rule in held_))


FORGETTABLE = (f.PROVEN, f.SOLITARY, f.DEFICIT, f.ABLE, f.LEVEL_MRI, f.WHOLE_SPINE_MRI, f.SURGEON_CONSULTED)


@settings(max_examples=25)
@given(strategies.findings(), st.sampled_from(FORGETTABLE))
def test_forgetting_an_answer_never_closes_a_stop(findings: Findings, named: Any) -> None:
    without = tuple(one for one in findings.found if one.fact != named.id)

    def open_(found_: tuple[Finding[Any], ...]) -> set[tuple[Act, str]]:
        return {(one.act, stop.rule) for one in whole(Findings(found=found_)).options for stop in one.stops}

    # Options may change with the answer; on those that stay no stop is lost.
    kept = {one.act for one in whole(Findings(found=without)).options}
    assert {pair for pair in open_(findings.found) if pair[0] in kept} <= open_(without)


@pytest.mark.parametrize(("proven", "solitary"), list(product([True, False, None], repeat=2)))
def test_stop_01_by_what_is_known(proven: bool | None, solitary: bool | None) -> None:
    decision = decided(METASTASIS | {f.PROVEN: proven, f.SOLITARY: solitary})
    stopped = "STOP-01" in {stop.rule for stop in option(decision, Act.SEPARATION).stops}
    assert stopped == (proven is not True and solitary is not False)


def test_the_report_of_a_grade_narrows_ours_and_a_contradiction_widens_it() -> None:
    epidural = entered(f.EPIDURAL_AREA, 0.0)
    both = Findings(found=(*found(METASTASIS).found, epidural))
    case = a_case()
    decision = settled(case, both, scores(case, both), circumstances=READY)
    (lesion,) = decision.lesions
    cells = {one.rule for one in lesion.said.pending if one.rule in {"NOMS-01", "NOMS-03", "NOMS-05", "NOMS-07"}}
    assert cells == {"NOMS-03", "NOMS-07"}, "our 0 and the reader's 2 are both reckoned with"


# --- what the record itself says --------------------------------------------------------------------------------------
def test_a_stop_that_is_overridden_by_name_stays_printed_and_blocks_no_more() -> None:
    by = Override(stop="STOP-25", about="A", by="R. Example", on=TODAY, because="trial protocol, agreed by the board")
    case, findings = replace(a_case(), overrides=(by,)), found(METASTASIS)
    case = replace(case, as_of=TODAY)
    alone = option(decide(case, findings, scores(case, findings), circumstances=READY), Act.RADIOSURGERY)
    assert "STOP-25" not in {stop.rule for stop in alone.stops}
    assert [(one.stop.rule, one.by.by) for one in alone.overridden] == [("STOP-25", "R. Example")]
    assert alone.standing is Standing.REJECTED, "an override moves no option"


def test_in_an_emergency_elective_stops_are_risks_to_accept() -> None:
    urgent = METASTASIS | {f.PAIN: f.PainCharacter.NOT_MECHANICAL, f.LIMB_WEAKNESS: True}
    (lesion,) = decided(urgent).lesions
    assert "RED-01" in {one.rule for one in lesion.said.speaks}
    surgery = option(decided(urgent), Act.SEPARATION)
    assert {one.rule for one in surgery.risks} & {"STOP-16", "STOP-17", "STOP-18", "STOP-33"}
    assert not {one.rule for one in surgery.stops} & {"STOP-16", "STOP-17", "STOP-18", "STOP-33"}
    calm = option(decided(METASTASIS), Act.SEPARATION)
    assert not calm.risks


def test_what_contradicts_itself_is_named_and_the_rest_is_answered() -> None:
    known = METASTASIS | {f.AIS: Ais.C, f.DEFICIT: False}
    decision = decided(known)
    assert decision.contradictions
    assert decision.missing[0] == decision.contradictions[0].ask
    assert decision.options[0].act is Act.SEPARATION, "what reads neither side answers as before"


def test_the_summary_holds_all_that_the_board_must_write_down() -> None:
    summary = decided(METASTASIS).lesions[0].summary
    assert summary.certainty == "renal cell carcinoma, proven by tissue"
    assert summary.noms[0].startswith("NOMS-07")
    assert summary.rejected
    assert summary.responsible == ""
    assert f.BOARD_RESPONSIBLE.ask in summary.ask
    recorded = METASTASIS | {f.BOARD_CHOICE: "separation surgery T8", f.BOARD_RESPONSIBLE: "Spine surgery"}
    written = decided(recorded).lesions[0].summary
    assert (written.chosen, written.responsible) == ("separation surgery T8", "Spine surgery")


def test_what_stands_in_the_way_is_of_the_case_and_of_what_leads() -> None:
    decision = decided(METASTASIS)
    (lesion,) = decision.lesions
    assert lesion.leading is not None
    assert {one.rule for one in decision.stops} == {one.rule for one in (*lesion.stops, *lesion.leading.stops)}
    assert "STOP-25" not in {one.rule for one in decision.stops}, "it stands on radiosurgery alone, which is rejected"


def test_deadlines_of_acts_that_nobody_thinks_of_are_left_out() -> None:
    haemangioma = CHORDOMA | {f.HISTOLOGY: "vertebral haemangioma", f.DEFICIT: True, f.MYELOPATHY: True}
    for known in (haemangioma, METASTASIS):
        decision = decided(known)
        heard = {one.rule for option in decision.options if option.standing in (Standing.LEADING, Standing.POSSIBLE)
                 for one in option.every}  # fmt: skip
        assert all(one.rule != "RED-09" or "RED-09" in heard for one in decision.timeline)


def test_a_kind_that_the_name_contradicts_is_asked_for() -> None:
    lymphoma = decided(METASTASIS | {f.KIND: "metastasis", f.HISTOLOGY: "lymphoma"})
    assert any("recorded as metastasis, and yet as lymphoma" in ask for ask in lymphoma.missing)


def test_what_to_expect_is_what_the_table_prints_for_adults_alone() -> None:
    adult = CHORDOMA | {f.HISTOLOGY: "osteoblastoma", f.AGE: 30.0}
    (figure,) = option(decided(adult), Act.EN_BLOC).expected
    assert "LR 18 % of 73 pts (V)" in figure
    child = option(decided(adult | {f.AGE: 11.0}), Act.EN_BLOC).expected
    assert not any("%" in each for each in child)
    assert option(decided(METASTASIS), Act.EN_BLOC).expected == ()


def test_why_an_option_stands_behind_is_said_by_what_decides_it() -> None:
    behind = {one.act: one.because for one in decided(METASTASIS | {f.DEFICIT: True, f.ABLE: True}).options}
    assert behind[Act.RADIOTHERAPY].startswith("NOMS-07 speaks against it")
    low = {one.act: one.because for one in decided(METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C}).options}
    assert low[Act.RADIOSURGERY].endswith("equal to the first, and later in the fixed order of acts")
    assert low[Act.RADIOTHERAPY].endswith("what holds goes before what may")
