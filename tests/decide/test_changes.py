"""What would change the picture, and the nearest change that would put another option first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.case import Case
from enbloc.case.finding import Finding, Findings, Interval, Overruled, Source, SourceKind
from enbloc.case.lesion import Lesion
from enbloc.case.override import Override
from enbloc.decide import decide
from enbloc.decide.known import Known
from enbloc.decide.questions import answers, questions
from enbloc.decide.recommendation import Change, Decision, Why
from enbloc.decide.supposing import Basis, basis
from enbloc.stage import scores
from tests.decide.situations import CHORDOMA, METASTASIS, READY, TODAY, UNSTABLE, a_case, decided, found

NO_TISSUE = METASTASIS | {f.SOLITARY: True, f.PROVEN: False, f.KIND: None, f.HISTOLOGY: None}


def change(decision: Decision, named: Any) -> Change:
    return next(one for one in decision.changes if one.fact == named.id)


def told(decision: Decision, named: Any) -> dict[str, str]:
    """What each answer would do, in words."""
    return {answer: each.words for each in change(decision, named).answers for answer in each.answers}


def of(known: dict[Any, Any], *more: Finding[Any]) -> Basis:
    case, findings = a_case(), Known(Findings(found=(*found(known).found, *more)))
    return basis(case, findings, scores(case, findings), circumstances=READY)


def test_each_answer_is_computed() -> None:
    known = METASTASIS | UNSTABLE | {f.PAIN: None, f.ABLE: None}
    decision, case = decided(known), a_case()
    for answer in f.PainCharacter:
        then = scores(case, found(known | {f.PAIN: answer}))[0]
        assert f"SINS {then.totals[0]}, {then.categories[0]}" in told(decision, f.PAIN)[answer.value]
    assert "leading: conventional radiotherapy T8" in told(decision, f.ABLE)["no"]


def test_an_unknown_grade_would_decide_between_radiosurgery_and_separation() -> None:
    grades = change(decided(METASTASIS | {f.ESCC_REPORTED: None}), f.ESCC_REPORTED)
    by_answer = {answer: each for each in grades.answers for answer in each.answers}
    assert by_answer["1a"].leading == "radiosurgery T8"
    assert by_answer["2"].leading == by_answer["3"].leading == "separation surgery T8, then radiosurgery"


def test_answers_that_do_the_same_are_told_together() -> None:
    grades = change(decided(METASTASIS | {f.ESCC_REPORTED: None}), f.ESCC_REPORTED)
    assert all(len({each.words for each in grades.answers}) == len(grades.answers) for _ in (0,))
    assert any({"0", "1a", "1b"} <= set(each.answers) or {"1a", "1b"} <= set(each.answers) for each in grades.answers)


def test_a_name_from_tissue_would_decide_the_branch_and_what_leads() -> None:
    names = told(decided(NO_TISSUE), f.HISTOLOGY)
    assert "branch: haematological" in names["one like Multiple myeloma (spine)"]
    assert "leading: conventional radiotherapy T8" in names["one like Multiple myeloma (spine)"]
    assert "branch: primary" in names["one like Chordoma, conventional (mobile spine)"]
    assert "leading: separation surgery T8" in names["one like Metastasis, lung non-small-cell"]


def test_what_puts_another_option_first_comes_first_and_what_moves_no_stop_last() -> None:
    weights = [
        (any(each.leading for each in one.answers), any(each.branch for each in one.answers))
        for one in decided(NO_TISSUE).changes
    ]
    assert weights == sorted(weights, reverse=True)


def test_a_known_fact_is_never_questioned() -> None:
    asked = {one.fact for one in decided(METASTASIS).changes}
    assert not asked & {named.id for named in METASTASIS}


def test_a_borderline_number_is_tried_in_each_band_of_its_interval() -> None:
    named = f.PLATELETS
    source = Source(kind=SourceKind.ENTERED, document="case.yaml")
    near = Finding(fact=named.id, about="patient", value=100.0, interval=Interval(low=40.0, high=120.0), source=source)
    question = next(one for one in questions(of(METASTASIS, near)) if one.fact is named)
    assert question.why is Why.BORDERLINE
    assert [one.value for one in question.answers] == sorted(one.value for one in question.answers)
    assert all(40 < one.value < 120 for one in question.answers)
    assert len(question.answers) >= 2


@pytest.mark.parametrize(("named", "limits", "words"), [
    (f.PLATELETS, [50.0, 100.0], ["under 50", "50 to 100", "over 100"]),
    (f.PLATELETS, [0.0], ["0 to 3000"]),
    (f.PAIN_SCORE, [3.0], ["2", "3", "4"]),
    (f.DEFICIT, [], ["yes", "no"]),
    (f.ANTITHROMBOTICS, [], ["none"]),
    (f.PRESENTED, [], ["on the day of the case", "a year earlier"]),
])  # fmt: skip
def test_what_is_tried(named: Any, limits: list[float], words: list[str]) -> None:
    tried = [one.words.replace(" 10⁹/L", "") for one in answers(named, limits, TODAY)]
    assert tried[: len(words)] == words


def test_an_overruled_measurement_is_asked_about() -> None:
    measured = Source(kind=SourceKind.MEASURED, document="images")
    entered = Source(kind=SourceKind.ENTERED, document="case.yaml", by="R. Example", because="read on the images")
    before = Overruled(value=f.EsccReported.GRADE_1A, interval=None, source=measured)
    grade: Finding[Any] = Finding(
        fact=f.ESCC_REPORTED.id, about="A", value=f.EsccReported.GRADE_2, source=entered, overruled=before
    )
    others = METASTASIS | {f.ESCC_REPORTED: None}
    case, findings = a_case(), Findings(found=(*found(others).found, grade))
    decision = decide(case, findings, scores(case, findings), circumstances=READY)
    one = change(decision, f.ESCC_REPORTED)
    assert (one.why, one.now) == (Why.OVERRULED, "2")
    assert one.answers[0].leading == "radiosurgery T8"


def test_an_override_that_were_withdrawn_would_block_again() -> None:
    by = Override(stop="STOP-05", about="A", by="R. Example", on=date(2026, 11, 20), because="counted on the localiser")
    case, findings = replace(a_case(), overrides=(by,)), found(METASTASIS)
    decision = decide(case, findings, scores(case, findings), circumstances=READY)
    one = next(each for each in decision.changes if each.fact == "override.STOP-05")
    assert one.answers[0].words == "no longer excluded: STOP-05"


def test_two_lesions_are_told_apart() -> None:
    case = Case(id="x", lesions=(Lesion(id="A", levels=(Level.T8,)), Lesion(id="B", levels=(Level.L3,))))
    both = Findings(found=tuple(one if about == "A" else replace(one, about="B") if one.about == "A" else one
                                for about in ("A", "B") for one in found(METASTASIS | {f.PAIN: None}).found
                                if about == "A" or one.about == "A"))  # fmt: skip
    decision = decide(case, both, scores(case, both), circumstances=READY)
    assert {one.about for one in decision.options} == {"A", "B"}
    assert {"pain at the lesion (A)", "pain at the lesion (B)"} <= {one.ask for one in decision.changes}
    assert {one.about for one in decision.nearest} == {"A", "B"}


# --- the reverse ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("known", "leading"),
    [(METASTASIS, "conventional radiotherapy T8"), (CHORDOMA, "biopsy T8")],
)
def test_the_nearest_change_puts_another_option_first(known: dict[Any, Any], leading: str) -> None:
    (one,) = decided(known).nearest
    assert (one.about, one.leading) == ("A", leading)
    named, held = f.FACTS[one.fact], {"yes": True, "no": False}
    assert decided(known).options[0].words != leading
    assert decided(known | {named: held[one.then]}).options[0].words == leading, "done, it comes out so"


def test_one_reading_away_is_nearer_than_two_grades() -> None:
    (one,) = decided(METASTASIS | {f.ESCC_REPORTED: f.EsccReported.GRADE_1A, f.PROVEN: None}).nearest
    assert (one.fact, one.now, one.then) == (f.MYELOPATHY.id, "no", "yes"), "ESCC 2 would also do, two grades away"


def test_nothing_is_near_where_no_option_leads() -> None:
    assert decided({}).nearest == ()
