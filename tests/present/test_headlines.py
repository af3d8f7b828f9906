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
from tests.present.operated import ARCH, PLAN, SAGITTAL


def test_the_lines_name_the_set_its_reasons_the_raw_number_and_the_first_stop() -> None:
    stability, compression, operations, readiness = summary(patients.workup())

    assert stability == (
        "SINS 6 · 7 · 8 · 9 · 10 of 18, stable or potentially unstable (pain unknown, collapse borderline)"
    )
    assert (
        compression
        == f"ESCC 2 or 3 (cord compressed or displaced borderline), cord area 61{THIN}% (55–68{THIN}%) of reference"
    )
    assert operations.replace(THIN, " ") == (
        "Operations: 1 of 2 feasible: en bloc vertebrectomy T8 (not ready); "
        "smallest margin 1.5 mm (0.0–3.0 mm), marginal or wide"
    )
    assert readiness == "Not ready: STOP-03 Order an MRI of the whole spine."


def test_a_settled_score_gives_no_reason() -> None:
    settled = tuple(item for item in patients.SINS.items if item.is_settled)
    score = replace(patients.SINS, items=settled, totals=(8,), categories=("potentially unstable",))

    stability, compression, *_ = summary(patients.workup(scores=(score,)))

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
    ready = replace(PLAN, stops=(), not_ready=())

    assert summary(patients.workup(decision=calm, plans=(ready, ARCH)))[-1] == (
        f"Ready for the board: en bloc vertebrectomy T8, margin 1.5{THIN}mm"
    )
    assert summary(patients.workup(plans=(ready,)))[-1].startswith("Not ready: STOP-03")
    assert summary(patients.workup(decision=calm))[-1] == (
        "Not ready: en bloc vertebrectomy T8: STOP-03 Order an MRI of the whole spine. (and 1 more)"
    )
    assert summary(patients.workup(decision=calm, plans=(ARCH,)))[-1] == (
        "Not ready: no operation is feasible for lesion A"
    )


def test_without_plans_it_says_why() -> None:
    calm = decided.decided(speaks=(), open_stops=(), options=())
    lines = summary(patients.workup(decision=calm, plans=()))

    assert lines[2:] == (
        "No operation is planned: tumour A is not labelled in any image",
        "Not ready: no operation is planned",
    )


def test_half_a_voxel_and_a_draft_never_sound_ready() -> None:
    calm = decided.decided(speaks=(), open_stops=(), options=())
    doubtful = replace(SAGITTAL, stops=(), not_ready=())
    *_, operations, readiness = summary(patients.workup(decision=calm, plans=(doubtful,)))

    assert "sagittal resection T8 left (borderline, draft criterion, not ready)" in operations
    assert readiness == (
        "Not ready: sagittal resection T8 left: borderline: half a voxel decides whether the sectors allow it"
    )


def test_one_that_is_ready_beside_the_one_that_is_drawn_does_not_count() -> None:
    calm = decided.decided(speaks=(), open_stops=(), options=())
    ready = replace(SAGITTAL, stops=(), not_ready=(), borderline=())

    assert summary(patients.workup(decision=calm, plans=(PLAN, ready)))[-1].startswith(
        "Not ready: en bloc vertebrectomy"
    )


def test_a_case_is_ready_only_if_each_lesion_is() -> None:
    calm = decided.decided(speaks=(), open_stops=(), options=())
    two = patients.case(lesions=(*patients.case().lesions, Lesion(id="B")))
    ready = replace(PLAN, stops=(), not_ready=())
    other = replace(ARCH, about="B")
    lines = summary(patients.workup(decision=calm, case=two, plans=(ready, other)))

    assert lines[2].startswith("Lesion A: Operations: 1 of 1 feasible")
    assert lines[3:] == (
        "Lesion B: Operations: none of 1 is feasible",
        "Not ready: no operation is feasible for lesion B",
    )


def test_a_stop_that_holds_is_named_before_one_that_cannot_be_excluded() -> None:
    blocked = replace(decided.SEPARATION, stops=(decided.STOP, decided.LEVEL))

    assert summary(patients.workup(decision=decided.decided(options=(blocked,))))[-1] == (
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
    stability, compression, *_ = summary(patients.workup(decision=decision, plans=()))
    assert stability.endswith("(pain unknown, collapse borderline); level not verified")
    assert compression.endswith("of reference; level not verified")
    only_b = decided.decided(open_stops=(replace(doubt, about="B"),), options=())
    assert "verified" not in summary(patients.workup(decision=only_b, plans=()))[0]
