"""Every demo patient is decided as the rows of the pathway say, and each difference is one that the row decides."""

from __future__ import annotations

from functools import cache

import pytest

from enbloc.case.case import Case
from enbloc.case.image import Images
from enbloc.cli.options import Patient
from enbloc.decide.decision import Act, Holds, Statement
from enbloc.decide.families import RULES
from enbloc.decide.histology import look_up
from enbloc.decide.recommendation import Decision, Option, Standing
from enbloc.exchange.invented import invented, invented_case
from enbloc.phantom import PATIENTS
from enbloc.workup import decide_case
from tests.published.decisions import Decided, Expected, Rejected, Verdict, decided, patients

CELLS = tuple(f"NOMS-{number:02}" for number in (*range(1, 11), 12, 13))
"""The cells of the table; the other rows of the family say how to read it."""

ROWS = [pytest.param(name, row, id=f"{name}: {row.row} {row.act}") for name in patients() for row in decided(name).rows]
BARRED = [pytest.param(name, one, id=f"{name}: {one.act}") for name in patients() for one in decided(name).rejected]
every_patient = pytest.mark.parametrize("name", patients())


@cache
def made(name: str) -> tuple[Case, Images]:
    """A demo patient: a record alone, or one with pictures."""
    if name in invented():
        return invented_case(name), Images(volumes={}, labels={})
    phantom = PATIENTS[name]()
    return phantom.case, phantom.images


@cache
def result(name: str) -> Decision:
    return decide_case(*made(name)).decision


def statements(name: str, row: str = "", act: str = "") -> list[Statement]:
    """What is said of the lesion and of one act, or of every act; of one row or of all."""
    (lesion,) = result(name).lesions
    options = [one for one in lesion.options if act in ("", one.act.value)]
    assert options, f"{act} is not judged"
    said = [*lesion.said.speaks, *lesion.said.open_stops, *lesion.said.pending]
    said += [one for each in options for one in each.every]
    return [one for one in said if row in ("", one.rule)]


def stands(name: str, row: str, act: str = "") -> Verdict:
    """How a row stands; of several acts the strongest."""
    found = statements(name, row, act)
    if any(one.holds is Holds.YES for one in found):
        return Verdict.HOLDS
    return Verdict.OPEN if found else Verdict.SILENT


def option(name: str, act: str) -> Option:
    return next(one for one in result(name).options if one.act.value == act)


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_a_row_stands_as_its_letter_says(name: str, row: Expected) -> None:
    assert stands(name, row.row, row.act) in row.verdict.allowed, row.letter


@every_patient
def test_the_cells_of_the_table_are_these_and_no_other(name: str) -> None:
    assert tuple(cell for cell in CELLS if stands(name, cell) is Verdict.HOLDS) == decided(name).noms


@every_patient
def test_no_rule_of_another_branch_is_heard(name: str) -> None:
    families = {f"{one}-" for one in decided(name).silent_families}
    assert not [one.rule for one in statements(name) if one.rule.startswith(tuple(families))] or not families


@every_patient
def test_the_expected_act_leads(name: str) -> None:
    wanted = decided(name).leading
    first = result(name).options[0]
    # It leads if its row holds; it stands first and does not lead yet while the row waits for an answer.
    assert first.standing is (Standing.LEADING if first.is_sure else Standing.POSSIBLE), wanted.letter
    assert first.act.value in wanted.acts, wanted.letter
    assert {one.rule for one in first.supports} & set(wanted.by)
    for act in wanted.acts:
        assert {one.rule for one in option(name, act).supports} & set(wanted.by), f"{act} is not supported"


@pytest.mark.parametrize(("name", "one"), BARRED)
def test_an_act_that_must_not_be_done_is_stopped(name: str, one: Rejected) -> None:
    for stop in one.by:
        assert stands(name, stop, one.act) is not Verdict.SILENT, one.letter
    assert option(name, one.act).standing is not Standing.LEADING
    assert set(one.by) <= {stop.rule for stop in (*option(name, one.act).stops, *option(name, one.act).risks)}


@every_patient
def test_disagreements_of_sources_are_shown(name: str) -> None:
    shown = {one.rule for one in statements(name)} | {each for one in statements(name) for each in one.disagrees}
    assert set(decided(name).disagreements) <= shown


@every_patient
def test_the_target_margin_is_that_of_the_table(name: str) -> None:
    (lesion,) = made(name)[0].lesions
    entity = look_up(lesion.histology, kind=lesion.kind, levels=lesion.levels)
    assert (entity.preferred_margin if entity else "") == decided(name).margin


@every_patient
def test_who_is_asked_and_what_is_never_printed(name: str) -> None:
    wanted = decided(name)
    for row, words in wanted.asked.items():
        said = " ".join(f"{one.do} {one.statement}" for one in statements(name, row)).lower()
        assert all(word.lower() in said for word in words), row
    assert not [one.rule for one in statements(name) if any(words in one.do for words in wanted.never)]


@every_patient
def test_a_deadline_is_printed(name: str) -> None:
    dated = {(one.at.isoformat(timespec="minutes"), one.rule) for one in result(name).timeline if one.at}
    for wanted in decided(name).deadlines:
        printed = any(wanted.at.replace("T", " ") in one.do for one in statements(name, wanted.row))
        assert printed or (wanted.at, wanted.row) in dated, wanted.letter


def test_every_demo_patient_has_a_record_or_pictures_and_its_expected_decision() -> None:
    assert {one.value for one in Patient} == {*PATIENTS, *invented()}
    assert not set(PATIENTS) & set(invented())
    assert set(patients()) == {*PATIENTS, *invented()}


@every_patient
def test_what_is_expected_names_rules_and_acts_that_there_are(name: str) -> None:
    wanted: Decided = decided(name)
    acts = {act.value for act in Act}
    named = {row.row for row in wanted.rows} | {stop for one in wanted.rejected for stop in one.by} | set(wanted.noms)
    named |= set(wanted.leading.by) | set(wanted.asked) | set(wanted.disagreements)
    assert named <= RULES.keys()
    assert {row.act for row in wanted.rows} - {""} | {one.act for one in wanted.rejected} <= acts
    assert set(wanted.leading.acts) <= acts
    assert wanted.patient == name
    assert len({(row.row, row.act) for row in wanted.rows}) == len(wanted.rows)
    assert all(row.letter for row in wanted.rows)
