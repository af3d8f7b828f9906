"""The minutes say all that was decided and all that was not, each page with its cases, and twice in the same bytes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pytest

from enbloc.case.board import Meeting, MeetingState
from enbloc.decide.board import OUTPUT
from enbloc.present.decision_sheet import TO_RATIFY, Settled, decision_sheet
from enbloc.present.minutes import NO_DECISION, decision_pdf, minutes, minutes_pdf
from enbloc.present.words import THIN
from tests.present import boards
from tests.present.sheets import printed
from tests.present.test_hostile import HOSTILE

USE = "Research use: confirm on the images. Not a medical device."


@cache
def _paper() -> bytes:
    phoned = (boards.phoned(ratified=boards.RATIFIED), boards.phoned())
    return minutes_pdf(boards.MEETING, boards.heard(), by_phone=phoned, closed=boards.CLOSED, names=boards.NAMES)


def _text(paper: bytes) -> str:
    return " ".join(printed(paper)).replace(THIN, " ").replace("\u200b", "")


@pytest.mark.parametrize(
    "said",
    [
        "Spine tumour board",
        "2026-11-26 Thursday · 14:00 · Room 3",
        "led by R. Example",
        "3 cases · 2 decisions · 1 without a decision · 2 decided by phone before · 1 to be ratified · 3 tasks",
        boards.CLOSED,
        "R. Example · S. Model",
        "O. Sample (by video)",
        "Not represented of the full board (MDT-01): pathologist.",
        "Standing members who were not there: palliative care, rehabilitation.",
        "Male, 61 years · renal cell carcinoma metastasis, T8 (lesion A)",
        "Question: Separation surgery or en bloc resection of T8?",
        "STOP-05 Count the vertebrae, and confirm the level by name.",
        "EVAL-03 Decide within 24 h of 2026-11-19. by 2026-11-20, today.",
        "SINS 6 · 7 · 8 · 9 · 10 of 18",
        "1 stop not excluded: STOP-03",
        "Not known: MRI of the whole spine",
        "separation surgery T8, then radiosurgery: separation T8",
        "ESCC 3 with a deficit since yesterday",
        "en bloc vertebrectomy T8: systemic disease is not controlled",
        "CHANGED Decided on version 3, result 1, 9c1f9c1f9c1f9c1f; confirmed after change to version 4, result 2",
        "OVERRIDDEN STOP-05 by R. Example, 2026-11-26, for lesion A, en bloc resection: Counted twice on the long film",
        "DISSENT S. Model: Would resect en bloc",
        "DEC-07 S. Model: Oligometastatic disease is not what the source looked at.",
        "The rule: Separation surgery takes the epidural tumour",
        "none: a metastasis has no margin by Enneking",
        "root T8 left: numbness of the chest wall; instrumentation T6 to T10",
        "2026-12-10 Simulate radiosurgery, to begin two weeks after surgery O. Sample",
        "Asked in the meeting O. Sample: Is the level sure? 2026-11-26 14:20 UTC",
        "3 second looks given blind, revealed: all who take part have given theirs.",
        "separation surgery T8, then radiosurgery (2): R. Example; O. Sample: the cord is pressed",
        "en bloc vertebrectomy T8 (1): A. Specimen: solitary",
        "Recorded by K. Instance, 2026-11-26 14:32 UTC.",
        "Not worked up: nothing was measured, scored or planned",
        "No decision is recorded",
        "By phone (MDT-03 draft ) Paraparesis since noon",
        f"Ratified: {boards.RATIFIED}",
        "Took part: R. Example (spine surgeon, by phone); O. Sample (radiation oncologist, by phone).",
        TO_RATIFY,
    ],
)
def test_the_paper_says(said: str) -> None:
    assert said.replace(THIN, " ") in _text(_paper())


def test_every_page_has_its_cases_its_day_version_fingerprint_number_and_use() -> None:
    pages = printed(_paper())
    for number, page in enumerate(pages, 1):
        assert re.search(r"board of 2026-11-26 · enbloc \S+ · [0-9a-f]{16}", page)
        assert f"page {number} of {len(pages)}" in page
        assert USE in page
        assert "PAINTED DATA and INVENTED among these cases" in page
    foot = re.compile(r"[0-9a-f]{16} · cases? ([\w, ]+?) page")
    (first, *_), every = (found := [foot.search(page) for page in pages]), "".join(pages)
    assert first is not None
    assert first[1] == "2f41, compression, ependymoma"
    assert all(one is not None for one in found), "no page is without its cases"
    assert "3b90" in every


def test_each_missing_item_of_mdt_04_is_told_and_none_is_filled_in() -> None:
    whole, partial = (decision_sheet(boards.settled(one)) for one in (boards.DECISION, boards.PARTIAL))
    assert whole.missing == ()
    assert partial.missing == OUTPUT
    assert all(item.is_missing and not item.said for item in partial.items)
    assert f"MISSING of MDT-04: {' · '.join(OUTPUT)}" in _text(_paper())


def test_a_case_without_a_decision_says_so_in_the_list_and_at_its_head() -> None:
    told = minutes(boards.MEETING, boards.heard())
    assert [one.standing for one in told.cases] == ["DECIDED", "DECIDED", NO_DECISION]
    assert _text(_paper()).count(NO_DECISION) == 2


def test_a_lesion_of_the_agenda_that_nothing_was_decided_about_is_named() -> None:
    first = boards.heard()[0]
    asked = replace(first, item=replace(first.item, lesions=("A", "B")))
    assert minutes(boards.MEETING, [asked]).cases[0].undecided == ("B",)
    assert "No decision about lesion B" in _text(minutes_pdf(boards.MEETING, [asked]))


def test_a_meeting_that_is_not_closed_has_minutes_that_are_not_final() -> None:
    held = replace(boards.MEETING, state=MeetingState.OPEN)
    assert "OPEN: not final" in _text(minutes_pdf(held, boards.heard()))


def test_a_meeting_of_nobody_about_nothing_has_minutes() -> None:
    empty = Meeting(id="m8", day=boards.MEETING.day, title="Spine tumour board")
    text = _text(minutes_pdf(empty, []))
    assert "Nobody is recorded as present" in text
    assert "No case was on the agenda." in text
    assert "hour not known" in text


def test_one_decision_has_minutes_of_its_own() -> None:
    text = _text(decision_pdf(boards.heard()[0], meeting=boards.MEETING, names=boards.NAMES))
    assert "Decision about case 2f41, lesion A" in text
    assert "Spine tumour board · 2026-11-26 Thursday · 14:00 · Room 3" in text
    assert "EXTRACT" in text
    assert "compression" not in text
    assert "by phone · 2026-11-22 23:40 UTC" in _text(decision_pdf(boards.phoned()))


def test_a_decision_that_was_replaced_says_so() -> None:
    since = "by decision d9 of 2026-12-03"
    first = boards.heard()[0]
    made = replace(first.settled[0], superseded=since)
    assert f"SUPERSEDED: {since}" in _text(decision_pdf(replace(first, settled=(made,))))


def test_a_long_list_of_what_is_not_known_is_begun_and_counted() -> None:
    first = boards.heard()[0]
    asked = replace(first, shown=replace(first.shown, missing=tuple(f"question {nth}?" for nth in range(1, 31))))
    text = _text(minutes_pdf(boards.MEETING, [asked]))
    assert "question 7? · question 8? and 22 more, in the report of this version" in text
    assert "question 9?" not in text


def test_second_looks_that_were_not_revealed_are_counted_and_not_told() -> None:
    hidden = replace(boards.heard()[0], looked=(replace(boards.LOOKED, given=2, because="", looks=()),))
    text = _text(minutes_pdf(boards.MEETING, [hidden]))
    assert "2 second looks given blind and not revealed." in text
    assert "the cord is pressed" not in text


@pytest.mark.parametrize("words", HOSTILE)
def test_what_somebody_typed_stays_text(words: str) -> None:
    line = " ".join(words.split())
    made = replace(
        boards.DECISION,
        certainty=line,
        chosen=replace(boards.DECISION.chosen, because=line) if boards.DECISION.chosen else None,
        rejected=tuple(replace(one, because=line) for one in boards.DECISION.rejected),
        dissent=tuple(replace(one, because=line) for one in boards.DECISION.dissent),
        disagreements=tuple(replace(one, rule="NO-1", because=line) for one in boards.DECISION.disagreements),
    )
    first = boards.heard()[0]
    heard = replace(first, item=replace(first.item, question=line), settled=(Settled(decision=made),))
    text = _text(minutes_pdf(replace(boards.MEETING, title=line[:80]), [heard]))
    if line.isascii():
        squeezed = re.sub(r"\s|\ufffe", "", text)
        assert squeezed.count(re.sub(r"\s", "", line)) >= 6


def test_the_same_meeting_gives_the_same_bytes() -> None:
    assert minutes_pdf(boards.MEETING, boards.heard()) == minutes_pdf(boards.MEETING, list(boards.heard()))
