"""The three lines that the command line ends with."""

from __future__ import annotations

from dataclasses import replace

from enbloc.case.anatomy import Level
from enbloc.case.lesion import Lesion, LesionKind
from enbloc.decide.stops import NOT_VERIFIED
from enbloc.present.composition import report
from enbloc.present.headlines import summary
from enbloc.present.words import THIN
from tests.present import decided, patients


def test_the_lines_name_the_set_its_reasons_the_raw_number_and_the_first_stop() -> None:
    stability, compression, readiness = summary(patients.workup())

    assert stability == (
        "SINS 6 · 7 · 8 · 9 · 10 of 18, stable or potentially unstable (pain unknown, collapse borderline)"
    )
    assert (
        compression
        == f"ESCC 2 or 3 (cord compressed or displaced borderline), cord area 61{THIN}% (55–68{THIN}%) of reference"
    )
    assert readiness == "Not ready: STOP-03 Order an MRI of the whole spine."


def test_a_settled_score_gives_no_reason() -> None:
    settled = tuple(item for item in patients.SINS.items if item.is_settled)
    score = replace(patients.SINS, items=settled, totals=(8,), categories=("potentially unstable",))

    stability, compression, _ = summary(patients.workup(scores=(score,)))

    assert stability == "SINS 8 of 18, potentially unstable"
    assert compression == "ESCC not scored: no lesion to score"


def test_a_score_without_any_result_is_not_an_empty_line() -> None:
    score = replace(patients.ESCC, categories=(), items=())

    assert summary(patients.workup(scores=(score,)))[1].startswith("ESCC cannot be judged yet")


def test_the_lesion_is_named_where_there_are_several() -> None:
    two = patients.case(lesions=(*patients.case().lesions, Lesion(id="B")))

    assert summary(patients.workup(case=two))[0].startswith("Lesion A: SINS")


def test_only_a_plan_without_any_obstacle_is_ready() -> None:
    calm = decided.decided(speaks=(), open_stops=(), options=())
    ready = replace(patients.PLAN, stops=(), not_ready=())

    assert summary(patients.workup(decision=calm, plans=(ready,)))[2] == (
        f"Ready for the board: en bloc vertebrectomy T8, margin 1.5{THIN}mm"
    )
    assert summary(patients.workup(plans=(ready,)))[2].startswith("Not ready: STOP-03")
    assert summary(patients.workup(decision=calm))[2] == (
        "Not ready: en bloc vertebrectomy T8: STOP-03 Order an MRI of the whole spine. (and 1 more)"
    )
    assert summary(patients.workup(decision=calm, plans=()))[2] == "Not ready: no operation is proposed"
    hopeless = replace(ready, feasible=False, reasons=("Both pedicles are involved.",))
    assert summary(patients.workup(decision=calm, plans=(hopeless,)))[2] == (
        "Not ready: en bloc vertebrectomy T8: Both pedicles are involved."
    )


def test_a_stop_that_holds_is_named_before_one_that_cannot_be_excluded() -> None:
    blocked = replace(decided.SEPARATION, stops=(decided.STOP, decided.LEVEL))

    assert summary(patients.workup(decision=decided.decided(options=(blocked,))))[2] == (
        "Not ready: STOP-05 Count the vertebrae, and confirm the level by name. (and 1 more)"
    )


def test_a_grade_that_was_only_reported_is_told_as_reported() -> None:
    unread = replace(patients.ESCC, categories=("0", "1a", "1b", "1c", "2", "3"), reported="ESCC 3 as reported")

    assert summary(patients.workup(scores=(unread,)))[1].startswith("ESCC 3 as reported, not read here")
    silent = replace(unread, reported="")
    assert summary(patients.workup(scores=(silent,)))[1].startswith("ESCC cannot be judged yet")


def test_for_a_tumour_within_the_dura_neither_score_is_told() -> None:
    lesion = Lesion(id="A", levels=(Level.T5,), histology="meningioma", kind=LesionKind.PRIMARY)
    within = patients.workup(case=patients.case(lesions=(lesion,)))

    assert summary(within)[:2] == (
        "SINS is not for a tumour within the dura (STOP-24)",
        "ESCC is not for a tumour within the dura (STOP-24)",
    )
    content = report(within, without=(), fingerprint="")
    assert content.scores == ()
    assert content.refused[:2] == (
        "SINS is not for a tumour within the dura (STOP-24).",
        "ESCC is not for a tumour within the dura (STOP-24).",
    )


def test_a_level_in_doubt_is_said_beside_every_score() -> None:
    because = f"{NOT_VERIFIED}: levels counted from no anchor."
    doubt = replace(decided.STOP, rule="STOP-05", about="A", because=because)
    decision = decided.decided(open_stops=(doubt,), options=())
    stability, compression, _ = summary(patients.workup(decision=decision, plans=()))
    assert stability.endswith("(pain unknown, collapse borderline); level not verified")
    assert compression.endswith("of reference; level not verified")
    only_b = decided.decided(open_stops=(replace(doubt, about="B"),), options=())
    assert "verified" not in summary(patients.workup(decision=only_b, plans=()))[0]
