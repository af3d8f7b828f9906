"""The comparison of survival scores as lines: columns that stand under each other, marks, sides, and no advice."""

from __future__ import annotations

import re
from dataclasses import replace

from enbloc.present.survival import KEY, QUESTION, told
from enbloc.stage.comparison import Comparison, compared, side_by_side
from enbloc.stage.instrument import judged
from enbloc.stage.registry import INSTRUMENTS
from tests.stage.survival import cases
from tests.stage.test_comparison import CONFLICT, GOOD


def laid(facts: dict[str, object]) -> Comparison:
    one = cases.case(facts)
    return side_by_side(one, cases.findings(one), "A")


def lines(facts: dict[str, object]) -> tuple[str, ...]:
    return told(laid(facts))


def test_each_score_has_a_row_with_a_mark_under_each_month() -> None:
    said = lines(CONFLICT)
    (head,) = (line for line in said if line.startswith("score"))
    places = [found.start() for found in re.finditer(r"\b(3|6|12|24)\b", head)]
    rows = {line.split("  ")[0]: line for line in said if not line.startswith(" ") and "  " in line}
    bauer = rows["Modified Bauer (Leithner)"]
    assert [bauer[place:].split()[0] for place in places] == ["yes", "yes", "yes", "(yes)"]
    dutch = rows["Dutch Bone Metastasis Study score (van der Linden)"]
    assert [dutch[place:].split()[0] for place in places] == ["-", "no", "no", "no"]
    assert "2 of 6" in dutch
    assert rows["Bollen flow chart (draft)"]


def test_under_a_score_stand_its_figures_whose_they_are_how_it_held_and_what_it_lacks() -> None:
    said = lines(CONFLICT)
    at = said.index(next(line for line in said if line.startswith("Dutch")))
    assert said[at + 1] == (
        "    0 to 3: group A: median survival 3 months; 4 % alive at 24 months (about, read off a figure)"
    )
    assert (
        said[at + 2] == "    figures: radiotherapy, published 2005, years of treatment not known here; higher is better"
    )
    assert said[at + 3] == "    held: no significant separation in 61 patients who were operated on"
    assert any(line.startswith("    lacks: ") for line in said)
    assert any("no survival published for it" in line for line in said)
    assert any("69 patients, published 2008" in line for line in said)


def test_the_sides_are_named_and_drafts_stand_apart() -> None:
    said = lines(CONFLICT)
    at = said.index(next(line for line in said if line.startswith("  6 months: they disagree (1 yes, 1 no, ")))
    assert said[at + 1] == "    yes: Modified Bauer (Leithner)"
    assert said[at + 2] == "    no: Dutch Bone Metastasis Study score (van der Linden)"
    assert any(line.startswith("    drafts, which decide nothing: ") for line in said[at + 3 : at + 5])
    assert QUESTION in said
    assert KEY in said


def test_without_drafts_none_are_named() -> None:
    one = INSTRUMENTS["tokuhashi_2005"]
    form = {"karnofsky": 80, "extraspinal_bone": 0, "vertebrae": 1, "organs": "none", "primary": "breast"}
    said = told(compared([judged(one, one.read(form | {"frankel": "E", "tumour": "metastasis"}))]))
    assert "  6 months: one speaks alone (1 yes, 0 no, 0 open, 0 say nothing)" in said
    assert not any("drafts" in line for line in said)


def test_a_score_without_a_known_cohort_still_says_its_direction() -> None:
    one = laid(CONFLICT)
    said = told(replace(one, lines=tuple(replace(line, cohort=None) for line in one.lines)))
    assert "    figures: higher is better" in said
    assert "    figures: lower is better" in said


def test_years_what_to_ask_and_who_is_absent_are_said() -> None:
    said = lines({**CONFLICT, "patient.ecog": 1})
    for head in ("Years:", "Ask first:", "Not here:"):
        assert head in said
    assert any("this tumour is a renal cancer" in line for line in said)
    assert any("Rades score for a short life expectancy: ECOG 1 is not within this score" in line for line in said)


def test_a_status_that_was_derived_is_noted_once() -> None:
    facts = {name: stated for name, stated in GOOD.items() if name != "patient.karnofsky"} | {"patient.ecog": 1}
    assert sum("derived from ECOG 1" in line for line in lines(facts)) == 1


def test_nothing_known_still_says_why() -> None:
    said = lines({})
    assert said[0].startswith("Survival, lesion A")
    assert "Not here:" in said
    assert KEY not in said


def test_no_line_says_what_to_do() -> None:
    for facts in (GOOD, CONFLICT, {}):
        for line in lines(facts):
            assert not re.search(r"\b(should|must|recommended|proposed|indicated|offer)\b", line)
