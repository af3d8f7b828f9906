"""What absent or contradicting data must never do: close a stop, or choose a branch in silence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings, measured
from enbloc.decide import Circumstances, Decision, PlanFacts, decide
from enbloc.decide.deciding import settled
from enbloc.decide.decision import Act, Holds
from enbloc.decide.situation import situation
from enbloc.stage import scores
from tests import strategies
from tests.decide.situations import CHORDOMA, METASTASIS, READY, UNCLEAR, UNSTABLE, a_case, decided, found, said, seen
from tests.strategies import LESION

FORGETTABLE = (f.HISTOLOGY, f.KIND, f.PRIOR_RADIOTHERAPY, f.MYELOPATHY, f.PROGRESSING, f.PAIN, f.RESECTABLE)


def stops(findings: Findings) -> tuple[set[Act], set[tuple[Act, str]]]:
    case = strategies.a_case()
    options = settled(case, findings, scores(case, findings), circumstances=READY).options
    return {one.act for one in options}, {(one.act, stop.rule) for one in options for stop in one.stops}


@given(strategies.findings(), st.sampled_from(FORGETTABLE))
def test_forgetting_what_is_known_of_a_tumour_never_closes_a_stop(findings: Findings, named: Any) -> None:
    case = strategies.a_case()
    about = situation(case, findings, scores(case, findings), LESION, circumstances=READY)
    if about.kind_question.startswith("kind of tumour: "):
        return  # without one of two contradicting answers there is no contradiction
    without = Findings(found=tuple(one for one in findings.found if one.fact != named.id))
    _, open_ = stops(findings)
    kept, still = stops(without)
    assert {pair for pair in open_ if pair[0] in kept} <= still


def asked(decision: Decision) -> str:
    return " ".join(decision.missing)


@pytest.mark.parametrize(("kind", "tumour"), [("metastasis", "chordoma"), ("primary", "renal cell carcinoma")])
def test_a_kind_that_contradicts_the_histology_chooses_no_branch(kind: str, tumour: str) -> None:
    decision = decided(METASTASIS | {f.KIND: kind, f.HISTOLOGY: tumour})
    assert f"kind of tumour: recorded as {kind}, and yet as {tumour}" in asked(decision)
    assert not [one.rule for one in decision.statements if one.rule.startswith(("NOMS", "PRIM", "DEC"))]
    entering = [one for one in decision.options if one.act is Act.SEPARATION]
    assert all(("STOP-02" in {stop.rule for stop in one.stops}) == (tumour == "chordoma") for one in entering)


def test_a_lymphoma_filed_as_a_metastasis_is_still_a_lymphoma() -> None:
    decision = decided(METASTASIS | {f.KIND: "metastasis", f.HISTOLOGY: "lymphoma"})
    assert decision.options[0].act is Act.RADIOTHERAPY
    assert "NOMS-07" not in {one.rule for one in decision.statements}
    assert "recorded as metastasis, and yet as lymphoma" in asked(decision)


def test_a_haematological_tumour_that_nobody_listed_is_not_called_resistant() -> None:
    about = METASTASIS | {f.KIND: "haematological", f.HISTOLOGY: "follicular lymphoma"}
    (lesion,) = decided(about).lesions
    cells = {"NOMS-01", "NOMS-03", "NOMS-05", "NOMS-07"}
    rows = {one.rule: one.holds for one in lesion.said.every if one.rule in cells}
    assert rows == {"NOMS-05": Holds.UNKNOWN, "NOMS-07": Holds.UNKNOWN}


def test_a_moderately_sensitive_tumour_shows_radiotherapy_and_surgery_side_by_side() -> None:
    rules = {one.rule for one in decided(METASTASIS | {f.HISTOLOGY: "breast carcinoma"}).statements}
    assert {"NOMS-05", "DEC-02", "DISAGREE-4"} <= rules


def test_nothing_about_sins_or_escc_is_said_of_a_tumour_within_the_dura() -> None:
    met = METASTASIS | {f.HISTOLOGY: "Leptomeningeal / intradural-extramedullary metastasis"}
    for known in (met, CHORDOMA | {f.HISTOLOGY: "Meningioma"}):
        decision = decided(known)
        rules = {one.rule for one in decision.statements}
        assert not [one for one in rules if one.startswith(("NOMS", "DEC", "DISAGREE-4", "EVAL-03"))]
        stopped = {one.act for one in decision.options if "STOP-24" in {stop.rule for stop in one.stops}}
        assert {Act.RADIOTHERAPY, Act.RADIOSURGERY, Act.EMBOLISATION} <= stopped
        assert Act.INTRADURAL not in stopped, "it is judged by rules made for it"


def test_what_the_board_would_not_touch_is_not_sent_to_biopsy() -> None:
    about = CHORDOMA | {f.SOLITARY: True, f.PROVEN: False, f.HISTOLOGY: "osteoid osteoma"}
    statement = said("BX-01", seen(about))
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN


def test_1c_that_is_unstable_is_stabilised_as_well() -> None:
    statement = said("NOMS-12", seen(METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C, f.PAIN: None}))
    assert statement is not None
    assert "Stabilise" not in statement.do
    unstable = seen(METASTASIS | UNSTABLE | {f.ESCC_REPORTED: f.EsccReported.GRADE_1C})
    statement = said("NOMS-12", unstable)
    assert statement is not None
    assert statement.do.endswith("Stabilise as well.")


# --- levels (hazard H1) -----------------------------------------------------------------------------------------------
def test_labels_at_another_level_than_the_record_stop_every_local_treatment_and_say_why() -> None:
    at_no_level = {Act.OBSERVATION, Act.SYSTEMIC, Act.PALLIATIVE}
    decision = decided(METASTASIS | {f.LEVELS: (Level.T9,)})
    for one in decision.options:
        because = " ".join(stop.because for stop in one.stops if stop.rule == "STOP-05")
        assert ("recorded at T8, found at T9" in because) == (one.act not in at_no_level)


def test_a_doubtful_count_is_said_until_a_named_person_has_confirmed_the_level() -> None:
    case = a_case()
    doubtful = measured(f.NUMBERING_DOUBTFUL, "patient", True, notes=("levels counted from no anchor",))
    cut = measured(f.LABEL_TRUST, Level.T8, f.LabelTrust.UNUSABLE, notes=("T8 is cut by the edge of the scan",))
    findings = found(METASTASIS) | Findings(found=(doubtful, cut))

    def because(circumstances: Circumstances) -> str:
        decision = settled(case, findings, scores(case, findings), circumstances=circumstances)
        return " ".join(stop.because for stop in decision.stops if stop.rule == "STOP-05")

    said_so = "Level not verified: levels counted from no anchor; T8 is cut by the edge of the scan."
    assert said_so in because(UNCLEAR)
    assert because(replace(READY, labels_confirmed=False)) == "Not confirmed: labels."
    assert because(READY) == ""


def test_a_plan_without_a_level_or_that_leaves_one_out_is_stopped() -> None:
    case, findings = a_case(), found(METASTASIS | {f.LEVELS: (Level.T8,)})
    about = situation(case, findings, scores(case, findings), LESION, circumstances=READY)

    def because(levels: tuple[Level, ...], lesion: tuple[Level, ...] = (Level.T8,)) -> str:
        plan = PlanFacts(act=Act.EN_BLOC, about=LESION, levels=levels)
        statement = said("STOP-05", replace(about, levels=lesion, planned=plan))
        return statement.because if statement else ""

    assert because((Level.T8,)) == ""
    assert because((Level.T7, Level.T8, Level.T9)) == ""
    assert because(()) == "The plan names no level."
    assert because((Level.T8,), (Level.T8, Level.T9)) == "The plan leaves out T9."
    assert because((Level.L3,)) == "The plan is at none of the lesion's levels."
    assert because((), ()) == "The level of the lesion is not known."


def test_an_unknown_kind_is_asked_for() -> None:
    case = a_case()
    decision = decide(case, Findings(), scores(case, Findings()), circumstances=READY)
    assert f.KIND.ask in decision.missing
