"""A case on one page: whatever stands in it, never two, and what is shortened says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from enbloc.case.board import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_WORDS,
    MOST,
    Attendance,
    Choice,
    Decision,
    Disagreement,
    Dissent,
    Specialty,
    Stated,
    Task,
    Way,
)
from enbloc.present.decision_sheet import Settled
from enbloc.present.one_page import one_page_pdf
from enbloc.present.presented import Presented
from enbloc.present.words import THIN
from tests.present import boards
from tests.present.patients import FINGERPRINT
from tests.present.sheets import printed
from tests.present.test_hostile import HOSTILE
from tests.sampling import IS_SWEEP

EN_BLOC = replace(
    boards.DECISION,
    chosen=Choice(act="en bloc resection", plan="en bloc vertebrectomy T8", because="solitary, fit, wishes it"),
)
SHORTENED = "Shortened to one page: whole in the minutes and in the report."
WIDEST = ("W" * 9 + " ") * (LONGEST_REASON // 10)


def _pages(made: Settled, shown: Presented | None = None) -> list[str]:
    svgs = {one.ref.name: one.svg for one in boards.drawn()}
    paper = one_page_pdf(shown or boards.seen(), made, page=boards.page(), drawn=svgs, names=boards.NAMES)
    return [one.replace(THIN, " ").replace("\u200b", "") for one in printed(paper)]


def test_the_page_says_the_decision_the_scores_the_operation_and_what_is_not_known() -> None:
    (text,) = _pages(boards.settled(EN_BLOC))
    for said in (
        "Male, 61 years · renal cell carcinoma metastasis, T8 (lesion A)",
        "PAINTED DATA",
        "en bloc vertebrectomy T8 solitary, fit, wishes it",
        "OVERRIDDEN STOP-05 by R. Example",
        "DISSENT S. Model",
        "SINS 6 · 7 · 8 · 9 · 10 of 18",
        "ESCC 2 or 3",
        "Smallest margin 1.5 mm, marginal or wide",
        "nerve roots T8 left",
        "1 separation surgery T8, then radiosurgery leads",
        "2026-12-10 Simulate radiosurgery, to begin two weeks after surgery O. Sample",
        "Not known: MRI of the whole spine",
        f"case 2f41, version 3 · as of 2026-11-20 · enbloc 0.1.0 · {FINGERPRINT[:16]}",
        "page 1 of 1",
        "Research use: confirm on the images.",
    ):
        assert said in text, said
    assert SHORTENED not in text


def test_a_plan_that_the_result_does_not_hold_is_not_told_by_another() -> None:
    (text,) = _pages(boards.settled())
    assert "Smallest margin" not in text


def test_a_case_that_was_not_worked_up_has_its_page() -> None:
    paper = one_page_pdf(boards.alone("compression"), boards.settled(boards.PARTIAL))
    (text,) = printed(paper)
    assert "Not worked up: nothing was measured, scored or planned" in text
    assert "MISSING of MDT-04: certainty of the diagnosis" in text
    assert "INVENTED" in text


def _longest(letters: str, rows: int) -> tuple[Settled, Presented]:
    """A decision and a case with everything as long, and as many, as a value may be."""
    words = (letters * LONGEST_REASON)[:LONGEST_REASON].strip() or "x"
    words = words.ljust(LONGEST_REASON, "x")
    name, line = words[:LONGEST_NAME].strip(), words[:LONGEST_WORDS].strip()
    option = Choice(act=name, plan=line, because=words)
    made = Settled(
        decision=_full(name, line, words, option, rows),
        ratified=line,
        superseded=line,
    )
    seen = boards.seen()
    shown = replace(
        seen,
        identity=words,
        headlines=(line,) * rows,
        held=seen.held * rows,
        urgent=seen.urgent * rows,
        open=tuple(f"STOP-{nth:02d}" for nth in range(42)),
        missing=(line,) * rows,
    )
    return made, shown


def _full(name: str, line: str, words: str, option: Choice, rows: int) -> Decision:
    override = replace(boards.OVERRIDE, because=f"vertebral levels counted, {words}"[:LONGEST_REASON].strip())
    return replace(
        EN_BLOC,
        way=Way.QUORUM,
        emergency=words,
        attendance=tuple(Attendance(name=name, specialty=one) for one in [*Specialty] * 5),
        certainty=line,
        noms=Stated(words=line),
        margin=Stated(why_none=words),
        chosen=replace(option, plan="en bloc vertebrectomy T8"),
        rejected=(option,) * rows,
        consent=(line,) * rows,
        responsible=name,
        dissent=(Dissent(name=name, because=words),) * rows,
        overrides=tuple(replace(override, stop=f"STOP-{nth % 42 + 1:02d}") for nth in range(rows)),
        disagreements=(Disagreement(rule=name, name=name, because=words),) * rows,
        tasks=tuple(
            Task(id=f"t{nth}", case="2f41", decision="d1", what=line, owner=name, due=date(2026, 12, 1))
            for nth in range(rows)
        ),
    )


@settings(max_examples=60 if IS_SWEEP else 4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12).filter(
        lambda one: one.isprintable() and bool(one.strip())
    ),
    st.integers(1, MOST),
)
@example("W" * 9 + " ", MOST)
@example("W", MOST)
@example("W" * 9 + " ", 4)
@example("i ", 9)
def test_it_is_one_page_and_never_two(letters: str, rows: int) -> None:
    made, shown = _longest(letters, rows)
    (text,) = _pages(made, shown)
    assert SHORTENED in text
    assert "page 1 of 1" in text
    assert "Decided on version 3, result 1" in text, "the end of the page is on it"


def test_what_is_left_out_is_counted_and_no_overridden_stop_loses_its_id() -> None:
    made, shown = _longest("W" * 9 + " ", 30)
    (text,) = _pages(made, shown)
    assert "OVERRIDDEN as well STOP-" in text
    assert all(one.stop in text for one in made.decision.overrides)
    assert " more rejected" in text
    assert " more dissent" in text
    assert " more tasks, in the list of tasks" in text


@pytest.mark.parametrize("words", HOSTILE)
def test_what_somebody_typed_stays_text(words: str) -> None:
    line = " ".join(words.split())
    chosen = Choice(act="biopsy", because=line)
    (text,) = _pages(Settled(decision=replace(EN_BLOC, chosen=chosen, certainty=line, tasks=())))
    if line.isascii():
        assert "".join(text.split()).replace("\ufffe", "").count("".join(line.split())) >= 2


def test_the_same_decision_gives_the_same_bytes() -> None:
    svgs = {one.ref.name: one.svg for one in boards.drawn()}
    papers = [one_page_pdf(boards.seen(), boards.settled(), page=boards.page(), drawn=svgs) for _ in range(2)]
    assert papers[0] == papers[1]
