"""Staging as the rules read it: forms of the record, sectors with sides, and the table of Tomita."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level, sector
from enbloc.case.filled import FilledForm
from enbloc.case.table import TomitaSite
from enbloc.decide.decision import Act, Holds, Statement
from enbloc.decide.of_primary import is_sacral, is_staged, stages
from enbloc.decide.situation import Situation
from enbloc.stage.surgical.enneking import Stage
from enbloc.stage.tomita import Spondylectomy, Type, spondylectomy
from enbloc.stage.wbb_form import on
from tests.decide.situations import CHORDOMA, said, seen
from tests.strategies import LESION

FORM: dict[str, Any] = {
    "grade": "low grade",
    "extent": "extracompartmental",
    "metastasis": False,
    "behaviour": "active",
}


def filled(instrument: str, answers: Mapping[str, Any], known: dict[Any, Any], act: Act | None = None) -> Situation:
    about = seen(known, act=act)
    form = FilledForm(instrument=instrument, about=LESION, answers=dict(answers), by="R. Example")
    return replace(about, case=replace(about.case, forms=(form,)))


def holds(id: str, about: Situation) -> Statement:
    statement = said(id, about)
    assert statement is not None
    assert statement.holds is Holds.YES
    return statement


def test_the_form_of_a_record_gives_the_stage() -> None:
    about = filled("enneking", FORM, CHORDOMA)
    assert stages(about) == (Stage.IB,)
    assert "wide en bloc" in holds("STG-02", about).do


def test_a_form_with_an_answer_left_out_keeps_every_stage_that_it_can_be() -> None:
    about = filled("enneking", {k: v for k, v in FORM.items() if k != "extent"}, CHORDOMA)
    assert set(stages(about)) == {Stage.IA, Stage.IB}
    assert "wide en bloc" in holds("STG-02", about).do, "both stages say the same"


def test_a_form_that_contradicts_itself_says_nothing() -> None:
    about = filled("enneking", FORM | {"extent": "intracapsular"}, CHORDOMA)
    assert not is_staged(about)


def test_a_reported_stage_that_does_not_fit_the_form_widens_it() -> None:
    about = filled("enneking", FORM, CHORDOMA | {f.ENNEKING_REPORTED: f.EnnekingReported.IIB})
    assert stages(about) == (Stage.IB, Stage.IIB)
    statement = said("STG-02", about)
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN


def test_sectors_without_a_side_are_unverified_and_allow_nothing() -> None:
    answers = on("sector_", 5, 6) | on("layer_", "b")
    about = filled("wbb", answers, CHORDOMA, act=Act.EN_BLOC)
    assert "without a side" in holds("STG-03", replace(about, planned=None)).because
    vertebrectomy = said("STG-04", about)
    assert vertebrectomy is not None
    assert vertebrectomy.holds is Holds.UNKNOWN
    named = filled("wbb", answers | {"numbering": "patient left first"}, CHORDOMA, act=Act.EN_BLOC)
    assert said("STG-03", replace(named, planned=None)) is None
    holds("STG-04", named)


SETS = {
    "STG-04": ({4, 5, 6, 7, 8}, {5, 6, 7, 8, 9}),
    "STG-05": ({3, 4, 5}, {8, 9, 10}),
    "STG-06": ({10, 11, 12, 1, 2, 3},),
    "STG-10": ({5, 6, 7, 8},),
}


@pytest.mark.parametrize("id", SETS)
def test_every_set_of_up_to_three_sectors_allows_what_is_printed(id: str) -> None:
    for count in (1, 2, 3):
        for numbers in combinations(range(1, 13), count):
            known: dict[Any, Any] = {f.WBB_SECTORS: tuple(sector(n) for n in numbers), f.WBB_LAYERS: ("A", "B")}
            statement = said(id, seen(CHORDOMA | known, act=Act.EN_BLOC))
            expected = any(set(numbers) <= allowed for allowed in SETS[id])
            assert (statement is not None and statement.holds is Holds.YES) is expected, numbers


def test_a_sector_on_the_cut_off_leaves_the_resection_open() -> None:
    known: dict[Any, Any] = {
        f.WBB_SECTORS: tuple(sector(n) for n in (4, 5, 6)),
        f.WBB_SECTORS_OPEN: (sector(9),),
        f.WBB_LAYERS: ("B",),
    }
    statement = said("STG-04", seen(CHORDOMA | known, act=Act.EN_BLOC))
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN


def test_what_tomita_says_of_every_type() -> None:
    said_of = {kind: spondylectomy(kind) for kind in Type}
    assert [kind.value for kind, words in said_of.items() if words is Spondylectomy.RECOMMENDED] == ["3", "4", "5"]
    assert [kind.value for kind, words in said_of.items() if words is Spondylectomy.RELATIVE] == ["1", "6"]
    assert said_of[Type.TYPE_2] is Spondylectomy.RELATIVE_OR_RECOMMENDED
    assert said_of[Type.TYPE_7] is Spondylectomy.NOT_RECOMMENDED
    statement = holds("STG-08", seen(CHORDOMA | {f.TOMITA_SITES: (TomitaSite.BODY,)}, act=Act.EN_BLOC))
    assert "type 1" in statement.do


@pytest.mark.parametrize(("level", "answer"), [(Level.L5, False), (Level.S1, True), (Level.S5, True), (Level.CO, True)])
def test_where_the_sacrum_begins(level: Level, answer: bool) -> None:
    assert is_sacral(seen(CHORDOMA, level=level)) is answer


def test_a_sacral_biopsy_without_a_level_is_open() -> None:
    about = replace(seen(CHORDOMA, act=Act.BIOPSY), levels=())
    statement = said("BX-03", about)
    assert statement is not None
    assert statement.holds is Holds.UNKNOWN
