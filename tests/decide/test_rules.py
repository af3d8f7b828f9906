"""Every rule: fit to be shown, with a case in which it holds, one in which it does not, one in which it is unknown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.decide import RULES, Circumstances, Rule
from enbloc.decide.decision import Act, Degree, Holds
from enbloc.decide.families import RULES as FAMILIES
from enbloc.decide.rule import rule
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from tests.decide.rows import ROWS, reasons
from tests.decide.rows.row import NO, OPEN, YES, Row
from tests.decide.situations import CHORDOMA, METASTASIS, TODAY, said, seen

E = f.EsccReported


@pytest.mark.parametrize("one", FAMILIES.values(), ids=lambda one: one.id)
def test_rule_is_presentable(one: Rule) -> None:
    assert one.statement.endswith("."), "the statement is a sentence"
    assert "_" not in one.statement, "the statement is prose, not code"
    assert one.cites
    assert all(citation.where for citation in one.cites), "each citation opens somewhere"
    assert one.strength
    assert not set(one.favours) & set(one.against)


def test_a_rule_without_citation_or_statement_cannot_be_declared() -> None:
    with pytest.raises(RecordError):
        rule("X-01", cites=(), checked=Checked.OURS, strength="none")(lambda about: None)
    with pytest.raises(RecordError):
        rule("X-01", cites=("laufer2013noms",), checked=Checked.OURS, strength="none")(lambda about: None)
    with pytest.raises(RecordError):

        @rule("X-01", cites=("nobody1999",), checked=Checked.OURS, strength="none")
        def stated(about: object) -> None:
            """A statement."""


@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0]}: {row[1]}" for row in ROWS])
def test_rule(row: Row) -> None:
    id, _, known, more, verdict = row
    statement = said(id, seen(known, **more))
    assert (statement.holds if statement else None) is verdict
    if statement and verdict is OPEN:
        assert statement.ask
        assert all("_" not in ask for ask in statement.ask)
        assert statement.because == ("Cannot be excluded." if id.startswith("STOP") else "Cannot be judged yet.")


NO_TISSUE = {f.PROVEN: False, f.SOLITARY: True}
NOMS_TABLE = {f"NOMS-{number:02}" for number in range(1, 11)}  # enumerated in test_noms


def test_every_rule_has_a_row_in_which_it_holds_one_in_which_not_and_one_in_which_it_is_open() -> None:
    every = FAMILIES.keys() - NOMS_TABLE
    assert {row[0] for row in ROWS} == every
    for verdict, exempt in ((YES, reasons("NEVER_SURE")), (NO, reasons("ALWAYS")), (OPEN, reasons("NEVER_OPEN"))):
        held = {row[0] for row in ROWS if row[4] is verdict}
        assert every - held == exempt.keys(), f"rows in which the verdict is {verdict}"
        assert all(exempt.values())


@pytest.mark.parametrize(("days", "act", "verdict"), [(28, Act.EN_BLOC, NO), (29, Act.EN_BLOC, YES)])
def test_age_of_the_mri_at_its_limit(days: int, act: Act, verdict: Holds | None) -> None:
    at = Circumstances(mr_dates=(date.fromordinal(TODAY.toordinal() - days),), as_of=TODAY)
    statement = said("STOP-29", seen(METASTASIS, act=act, circumstances=at))
    assert (statement.holds if statement else None) is verdict


@pytest.mark.parametrize(("act", "known", "limit"), [
    (Act.RADIOSURGERY, METASTASIS, 21),
    (Act.SEPARATION, METASTASIS, 21),  # radiosurgery follows it
    (Act.STABILISATION, METASTASIS, 28),
    (Act.EN_BLOC, CHORDOMA, 28),
    (Act.EN_BLOC, CHORDOMA | {f.HISTOLOGY: "Osteoblastoma"}, 91),
])  # fmt: skip
def test_oldest_mri_by_act_and_tumour(act: Act, known: dict[Any, Any], limit: int) -> None:
    for days, verdict in ((limit, NO), (limit + 1, YES)):
        at = Circumstances(mr_dates=(date.fromordinal(TODAY.toordinal() - days),), as_of=TODAY)
        statement = said("STOP-29", seen(known, act=act, circumstances=at))
        assert (statement.holds if statement else None) is verdict


@pytest.mark.parametrize(("slice_mm", "verdict"), [(0.99, NO), (1.0, NO), (1.01, YES)])
def test_thin_ct_at_its_limit(slice_mm: float, verdict: Holds | None) -> None:
    statement = said("IMG-03", seen(METASTASIS, act=Act.EN_BLOC, circumstances=Circumstances(ct_slice_mm=slice_mm)))
    assert (statement.holds if statement else None) is verdict


def test_the_exception_to_stop_01_is_named_and_never_granted_by_facts() -> None:
    pressing = METASTASIS | NO_TISSUE | {f.DEFICIT: True, f.PROGRESSING: True}
    statement = said("STOP-01", seen(pressing, act=Act.SEPARATION))
    assert statement is not None
    assert "Exception" in statement.do
    calm = said("STOP-01", seen(METASTASIS | NO_TISSUE, act=Act.SEPARATION))
    assert calm is not None
    assert "Exception" not in calm.do


def test_a_plan_that_strays_from_the_lesion_is_stopped() -> None:
    about = seen(METASTASIS, act=Act.EN_BLOC)
    assert about.plan is not None
    astray = replace(about, planned=replace(about.plan, levels=(Level.L3,)))
    assert said("STOP-05", about) is None
    assert said("STOP-05", astray) is not None


def test_every_stop_is_named_so_and_nothing_else_is() -> None:
    every = RULES.values()
    assert {one.id for one in every if one.degree is Degree.STOP} == {one.id for one in every if "STOP" in one.id}


def test_drafts_are_the_rules_from_memory() -> None:
    drafts = {one.id for one in RULES.values() if one.checked.is_draft}
    assert drafts == {one.id for one in RULES.values() if one.checked is Checked.FROM_MEMORY}
    assert {"NOMS-08", "PRIM-03", "STOP-03", "IMG-03"} <= drafts, "marked U in the pathway"
    assert not {"NOMS-07", "PRIM-01", "STOP-01", "DEC-01"} & drafts, "marked V"
