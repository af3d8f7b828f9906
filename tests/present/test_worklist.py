"""A case in a line: what is loudest, what is due, what is asked; every day counts from the day of the case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

from enbloc.case.case import Case
from enbloc.case.image import Images
from enbloc.case.lesion import Lesion
from enbloc.decide.timeline import Dated, Passing
from enbloc.evidence import Checked
from enbloc.exchange.document import from_json, to_json
from enbloc.exchange.invented import invented, invented_case
from enbloc.follow.result import Workup
from enbloc.present.worklist import NOT_WORKED_UP, CaseLine, in_a_line, in_a_line_of_case
from enbloc.workup import work_up

TODAY = date(2026, 11, 20)


@cache
def _workup(name: str) -> Workup:
    return work_up(invented_case(name), Images(volumes={}, labels={}))


def _dated(what: Passing, days: int, rule: str, subject: str = "it", until: int | None = None) -> Dated:
    last = days if until is None else until
    return Dated(
        what=what,
        subject=subject,
        about="A",
        counted_from="then",
        day=TODAY + timedelta(days=days),
        until=None if until is None else TODAY + timedelta(days=until),
        days_left=last,
        rule=rule,
        source="x",
        checked=Checked.READ,
    )


def _line_with(*entries: Dated) -> CaseLine:
    made = _workup("haemangioma")
    return in_a_line(replace(made, decision=replace(made.decision, timeline=entries)))


def test_an_emergency_says_its_stop_its_clock_and_its_day() -> None:
    line = in_a_line(_workup("compression"))

    assert line.headline == "T6 · non-small-cell lung carcinoma · ESCC 3 as reported · SINS 9"
    assert line.degree == "stop"
    assert line.what.startswith("STOP-05 ")
    assert " · DEC-01 Decompress within 24 hours" in line.what
    assert line.due == "2026-11-20"
    assert line.due_what.startswith("decision on treatment by 21:30 (STOP-08")
    assert (line.readiness, line.origin, line.as_of) == ("NOT READY", "invented", "2026-11-20")


def test_what_no_stop_holds_is_as_loud_as_its_clock() -> None:
    line = in_a_line(_workup("ewing"))

    assert line.degree == "urgent"
    assert line.what.startswith("RED-01 ")


def test_a_stop_of_an_option_that_nobody_wants_is_not_loud() -> None:
    """A haemangioma found by chance: 'biopsy first' is about operations that no rule speaks for."""
    assert in_a_line(_workup("haemangioma")).degree in ("caution", "note")


@pytest.mark.parametrize("name", invented())
def test_every_demo_is_a_line_that_reads_back(name: str) -> None:
    line = in_a_line(_workup(name))

    assert from_json(CaseLine, to_json(line)) == line
    assert line.missing == len(_workup(name).decision.missing)
    assert line.ask == (_workup(name).decision.missing or ("",))[0]
    assert all(part.strip() for part in line.headline.split(" · "))


def test_the_clock_of_a_stop_goes_before_a_sooner_limit_of_another_rule() -> None:
    line = _line_with(_dated(Passing.LATEST, 1, "REHAB-04", "visit"), _dated(Passing.LATEST, 5, "STOP-08", "decision"))

    assert (line.due, line.due_what) == ("2026-11-25", "decision (STOP-08)")


def test_a_day_that_is_only_an_earliest_is_never_due() -> None:
    begins = [one for one in Passing if one not in (Passing.LATEST, Passing.LAST_DOSE)]

    assert _line_with(*(_dated(one, 2, "STOP-18") for one in begins)).due == ""


def test_a_limit_that_has_passed_stays_until_it_is_long_past() -> None:
    assert _line_with(_dated(Passing.LATEST, -3, "STOP-08")).due == "2026-11-17"
    assert _line_with(_dated(Passing.LATEST, -40, "STOP-08")).due == ""


def test_the_next_visit_is_the_follow_up_and_one_that_has_passed_is_not() -> None:
    line = _line_with(
        _dated(Passing.DUE, -10, "FU-11"), _dated(Passing.DUE, 90, "FU-11"), _dated(Passing.DUE, 5, "FU-02")
    )

    assert (line.follow_up, line.due) == ("2026-11-25", "")


def test_a_bare_record_says_who_it_is_and_judges_nothing() -> None:
    line = in_a_line_of_case(invented_case("compression"))

    assert line.headline == "T6 · non-small-cell lung carcinoma"
    assert line.identity == in_a_line(_workup("compression")).identity
    assert (line.degree, line.what, line.due, line.missing, line.readiness) == ("", "", "", 0, NOT_WORKED_UP)


def test_an_empty_record_is_a_line() -> None:
    line = in_a_line_of_case(Case(id="empty"))

    assert (line.headline, line.as_of, line.levels) == ("no lesion recorded", "", "")


def test_of_several_lesions_the_first_leads_and_all_levels_are_named() -> None:
    record = invented_case("compression")
    line = in_a_line_of_case(replace(record, lesions=(*record.lesions, Lesion(id="B", histology="myeloma"))))

    assert line.headline == "T6 · non-small-cell lung carcinoma · and 1 lesion more"
    assert line.histology == "non-small-cell lung carcinoma, myeloma"
