"""Agenda and tasks on paper: what is asked, what is missing, who does what by when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enbloc.case.board import Meeting
from enbloc.errors import NotBuiltError
from enbloc.present.agenda import agenda, agenda_pdf
from enbloc.present.board_paper import joint_banner
from enbloc.present.leaflet import leaflet_pdf
from enbloc.present.presented import Presented
from enbloc.present.task_list import task_list, task_list_pdf
from enbloc.present.words import THIN
from tests.present import boards
from tests.present.sheets import printed


def _shown() -> tuple[Presented, ...]:
    return tuple(one.shown for one in boards.heard())


def _text(paper: bytes) -> str:
    return " ".join(printed(paper)).replace(THIN, " ").replace("\u200b", "")


def test_the_agenda_says_who_comes_what_is_asked_and_what_to_bring() -> None:
    text = _text(agenda_pdf(boards.MEETING, _shown(), names=boards.NAMES))
    for said in (
        "3 cases · 3 missing items · 2 not worked up",
        "Male, 61 years · renal cell carcinoma metastasis, T8 (lesion A)",
        "case 2f41 · version 3 · as of 2026-11-20 · lesion A",
        "Question: Separation surgery or en bloc resection of T8?",
        "Question: none is put yet",
        "Missing before the board MRI of the whole spine serum albumin, g/L",
        "STOP-05 Count the vertebrae",
        "not known: it was not worked up",
        "cases 2f41, compression, ependymoma page 1 of 1",
        "Research use: confirm on the images.",
    ):
        assert said in text, said
    assert [one.shown.missing for one in agenda(boards.MEETING, _shown()).cases] == [one.missing for one in _shown()]


def test_an_agenda_begins_with_what_to_ask_first_and_counts_the_rest() -> None:
    first, *others = _shown()
    long = replace(first, missing=tuple(f"question {nth}?" for nth in range(1, 31)))
    text = _text(agenda_pdf(boards.MEETING, (long, *others)))
    assert "question 14? and 16 more, on the page of the case" in text
    assert "question 15?" not in text


def test_an_agenda_without_a_case_says_so() -> None:
    empty = Meeting(id="m8", day=boards.MEETING.day, title="Spine tumour board")
    assert "No case is on the agenda yet." in _text(agenda_pdf(empty, ()))


def test_an_agenda_is_never_set_with_the_words_of_another_case() -> None:
    with pytest.raises(ValueError, match="shorter"):
        agenda(boards.MEETING, _shown()[:2])


def test_tasks_stand_by_day_as_they_were_given_out() -> None:
    made = replace(boards.settled(), decision=replace(boards.DECISION, tasks=boards.TASKS[::-1]))
    told = task_list(made, names=boards.NAMES)
    assert [row.due for row in told.tasks] == ["2026-11-26", "2026-11-26", "2026-12-10"]
    text = _text(task_list_pdf(made, boards.seen(), names=boards.NAMES))
    for said in (
        "Case 2f41, lesion A: separation surgery T8, then radiosurgery: separation T8",
        "3 tasks. Decided on version 3, result 1, 9c1f9c1f9c1f9c1f.",
        "done, dropped or handed over since is on the page of tasks",
        "PAINTED DATA",
        "case 2f41 page 1 of 1",
    ):
        assert said in text, said


def test_a_decision_of_which_no_task_came_has_a_list_that_says_so() -> None:
    assert "No task came of it." in _text(task_list_pdf(boards.settled(boards.PARTIAL), boards.seen()))


def test_tasks_of_a_decision_that_was_replaced_say_so() -> None:
    made = replace(boards.settled(), superseded="by decision d9 of 2026-12-03")
    assert "SUPERSEDED: by decision d9 of 2026-12-03" in _text(task_list_pdf(made, boards.seen()))


def test_agenda_and_tasks_are_the_same_bytes_twice() -> None:
    assert agenda_pdf(boards.MEETING, _shown()) == agenda_pdf(boards.MEETING, list(_shown()))
    assert task_list_pdf(boards.settled(), boards.seen()) == task_list_pdf(boards.settled(), boards.seen())


def test_a_banner_of_some_cases_is_never_that_of_all_and_never_left_out() -> None:
    painted, phantom = "PAINTED DATA – painted", "PHANTOM – made"
    assert joint_banner([painted, painted]) == painted
    assert joint_banner([painted, ""]) == "PAINTED DATA among these cases"
    assert joint_banner([painted, phantom]) == "PAINTED DATA and PHANTOM among these cases"
    assert joint_banner([]) == ""


def test_the_leaflet_says_that_it_is_not_built() -> None:
    with pytest.raises(NotBuiltError, match="not built yet"):
        leaflet_pdf(boards.seen(), boards.settled())
