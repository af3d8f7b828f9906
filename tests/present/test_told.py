"""A decision in a terminal: the dangerous first, short enough to be read, and one rule explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from enbloc.case.image import Images
from enbloc.case.override import Override
from enbloc.decide.families import rule_named
from enbloc.decide.recommendation import Decision, Overridden
from enbloc.exchange.invented import invented, invented_case
from enbloc.follow.deciding import Deciding
from enbloc.follow.result import Provenance
from enbloc.present.deciding import WIDE, explained, told
from enbloc.present.html import report_html
from enbloc.present.pdf import report_pdf
from enbloc.workup import decide_case, work_up
from tests.present import decided

NO_IMAGES = Images(volumes={}, labels={})


def _lines(decision: Decision) -> list[str]:
    made = Provenance(enbloc="0.1.0", as_of=date(2026, 11, 20), inputs=(), parameters=(), rules=())
    return list(told(Deciding(provenance=made, case="2f41", decision=decision)))


def test_the_order_is_that_of_danger() -> None:
    by = Override(stop="STOP-15", about="A", by="R. Example", on=date(2026, 11, 20), because="legs failing by the hour")
    option = replace(decided.SEPARATION, overridden=(Overridden(stop=decided.STOP, by=by),))
    lines = _lines(decided.decided(options=(option, decided.EN_BLOC, decided.RADIOTHERAPY, decided.SILENT)))

    heads = (
        "OVERRIDDEN BY NAME: each stop stays printed",
        "  STOP-15 overridden by R. Example, 2026-11-20: legs failing by the hour (lesion A, every act)",
        "MUST BE RESOLVED",
        "  stop STOP-05 (project) [en bloc]: Count the vertebrae, and confirm the level by name.",
        "A CLOCK RUNS",
        "  urgent EVAL-03 (V): Decide within 24 h of 2026-11-19. – by 2026-11-20, today",
        "LEADS, lesion A: separation surgery T8, then radiosurgery",
        "  because DEC-07 speaks for it; no stop holds; 1 cannot be excluded; overridden: STOP-15",
        "OPTIONS, in order of support",
        "  2 en bloc vertebrectomy T8 – possible, draft: PRIM-01 speaks for it, not yet source-checked",
        "  no rule speaks for: observation",
        "CANNOT BE EXCLUDED: 1 stop, by what to ask for",
        "WHAT WOULD CHANGE IT, the most telling first",
        "DAYS",
        "440 rules judged, 262 of them drafts not yet compared with their source; 13 % of those that spoke are drafts.",
    )
    places = [lines.index(head) for head in heads]
    assert places == sorted(places)
    assert lines[-1].startswith("Decision support for a board")


def test_without_an_option_it_says_so() -> None:
    assert "No option leads." in _lines(decided.decided(options=()))


@cache
def _of(name: str) -> Deciding:
    return decide_case(invented_case(name), NO_IMAGES)


@pytest.mark.parametrize("name", sorted(invented()))
def test_a_demo_patient_is_told_on_a_page_of_a_terminal(name: str) -> None:
    lines = list(told(_of(name)))

    assert len(lines) <= 100
    assert max(map(len, lines)) <= WIDE
    assert any(line.startswith(("LEADS", "No option leads")) for line in lines)
    held = {one.rule for one in _of(name).decision.stops if one.holds.value == "yes"}
    assert all(any(line.strip().startswith(f"stop {stop} ") for line in lines) for stop in held)


@pytest.mark.parametrize("name", ["compression", "unknown-lesion", "ependymoma"])
def test_a_record_without_pictures_makes_page_and_paper(name: str) -> None:
    made = work_up(invented_case(name), NO_IMAGES)

    page = report_html(made, NO_IMAGES, fingerprint="ab" * 32)
    paper = report_pdf(made, NO_IMAGES, fingerprint="ab" * 32)
    for stop in made.decision.stops:
        assert stop.rule in page
    assert "LEADS" in page
    assert b"pdfuaid:part" in paper


def test_what_red_says_is_told_in_an_emergency_although_the_record_is_incomplete() -> None:
    lines = list(told(_of("compression")))
    clock = lines.index("A CLOCK RUNS")
    until = lines.index("", clock)

    red = {one.rule for one in _of("compression").decision.statements if one.rule.startswith("RED-")}
    assert red
    assert all(any(rule in line for line in lines[clock:until]) for rule in red)


def test_a_rule_is_explained_with_the_score_that_it_read() -> None:
    rule = rule_named("DEC-02")
    found = decide_case(invented_case("compression"), NO_IMAGES, explain=rule)
    lines = list(explained(rule, found.explained))

    assert lines[0].startswith("DEC-02: ")
    assert any(line.strip().startswith("score.escc about A") for line in lines)
