"""Nothing that is printed of a patient under 18, or of unknown age, holds a dose, a limit or an outcome of adults as
applicable (STOP-35, PRIM-42): every rule, every act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.sided import Root
from enbloc.decide.decision import Act, Statement
from enbloc.decide.recommendation import Recommended
from tests.decide.records import record, records
from tests.decide.situations import CHORDOMA, METASTASIS, said, seen
from tests.sampling import IS_SWEEP

FIGURE = re.compile(r"\d ?(?:%|mg\b|Gy|µg|mL/kg|per ?cent\b)")
NOT_APPLICABLE = re.compile(r"do(es)? not apply|figures of adults|hold for adults|are not printed", re.IGNORECASE)
"""What is said where a figure of adults stands, or in its place."""

OWN = {
    "INTRA-14": "a share of a facet that the plan takes",
    "IONM-03": "a signal of this patient",
    "IONM-04": "a signal of this patient",
    "IONM-05": "a signal of this patient",
    "OAR-04": "the dose of this plan",
    "RT-07": "the dose of this plan",
    "RT-08": "the dose of this plan",
    "STER-04": "the dose that was ordered",
    "STER-11": "the dose that was ordered",
    "STOP-12": "an earlier dose",
    "STOP-21": "a signal of this patient",
    "STOP-26": "the drug of the row, by the dose in its name",
    "STOP-27": "the dose that was ordered",
    "SYS-08": "the drug of the row, by the dose in its name",
}
"""Rules that print a figure of the case itself, which holds at any age."""


def printed(lesion: Recommended) -> Iterator[tuple[str, str]]:
    """Everything that is printed of a lesion, with the rule that says it."""
    groups = (lesion.said.every, lesion.stops, *(one.every for one in lesion.options))
    yield from ((one.rule, words(one)) for group in groups for one in group)
    yield from (("expected", line) for option in lesion.options for line in option.expected)
    summary = lesion.summary
    yield from (("summary", line) for line in (*summary.consent, *summary.noms, *summary.rejected, summary.margin))


def words(one: Statement) -> str:
    return f"{one.do} {one.because}"


@settings(max_examples=400 if IS_SWEEP else 25)
@given(records, st.sampled_from([4.0, 17.0, None]))
def test_no_figure_of_adults_is_printed_as_applicable_to_a_child_or_without_an_age(
    seed: int, age: float | None
) -> None:
    drawn = record(seed, may_state=lambda named: named is not f.AGE, age=age)
    for rule, text in (each for lesion in drawn.decided.lesions for each in printed(lesion)):
        if rule not in OWN and FIGURE.search(text):
            assert NOT_APPLICABLE.search(text), (rule, text)


SPLIT = {f.SACRAL_JOINT: True, f.KIND: "primary", f.HISTOLOGY: "chordoma"}
CASES: list[tuple[str, dict[Any, Any], dict[str, Any], str]] = [
    ("DEC-08", METASTASIS, {"act": Act.SEPARATION}, "16.4 %"),
    ("BX-07", CHORDOMA | {f.HISTOLOGY: "chondrosarcoma"}, {}, "15 %"),
    ("IONM-07", CHORDOMA | {f.HISTOLOGY: "Spinal ependymoma, grade 2"}, {"act": Act.INTRADURAL}, "76 against 58 %"),
    ("STG-09", CHORDOMA | SPLIT, {"level": Level.S2}, "90 %"),
    (
        "STOP-15",
        METASTASIS | {f.FUNCTION_CONSENT: False},
        {"act": Act.EN_BLOC, "of_plan": {f.ROOTS_CUT: (Root("S2 left"),)}},
        "87 %",
    ),
]


@pytest.mark.parametrize(("id", "known", "more", "figure"), CASES, ids=[row[0] for row in CASES])
def test_a_figure_of_adults_says_so_to_all_but_adults(
    id: str, known: dict[Any, Any], more: dict[str, Any], figure: str
) -> None:
    for age, says in ((40.0, False), (9.0, True), (None, True)):
        statement = said(id, seen(known | {f.AGE: age}, **more))
        assert statement is not None
        assert figure in words(statement), words(statement)
        assert bool(NOT_APPLICABLE.search(statement.do)) is says
