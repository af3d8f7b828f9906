"""A construct: its ends against every vertebra that may be unsound, what is beside what, and the traps of a cut."""

from __future__ import annotations

from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.answer import Unknown
from enbloc.case.lesion import Lesion
from enbloc.decide.construct import bad_ends, is_beside
from enbloc.decide.decision import Act
from enbloc.decide.resection import UNCERTAINTY
from enbloc.decide.situation import situation
from enbloc.stage import scores
from tests.decide.rows.resection import cut
from tests.decide.rows.stabilisation import LONG, SHORT, screws, unsound
from tests.decide.situations import CHORDOMA, METASTASIS, MIDDLE, READY, a_case, found, said, seen

BAD = {"T5", "T6", "T7", "T9", "T10", "T11"}
"""Unsound vertebrae that a construct from T6 to T10 over T8 must not end in or beside."""


@pytest.mark.parametrize("other", [level for level in Level if level is not Level.T8], ids=str)
def test_every_vertebra_that_may_be_unsound(other: Level) -> None:
    statement = said("STOP-07", seen(LONG | unsound(other.value), act=Act.STABILISATION))
    assert (statement is not None) is (other.value in BAD)


@pytest.mark.parametrize(("one", "other", "beside"), [
    (Level.T12, Level.L1, True),
    (Level.T12, Level.T13, True),
    (Level.T13, Level.L1, True),
    (Level.L5, Level.S1, True),
    (Level.T8, Level.T8, False),
    (Level.T8, Level.T10, False),
])  # fmt: skip
def test_vertebrae_follow_each_other_over_those_that_may_be_absent(one: Level, other: Level, beside: bool) -> None:
    assert is_beside(one, other) is beside
    assert is_beside(other, one) is beside


def test_another_lesion_of_the_case_is_an_unsound_vertebra() -> None:
    case, findings = a_case(), found(LONG)
    case = type(case)(id=case.id, lesions=(*case.lesions, Lesion(id="B", levels=(Level.T11,))))
    about = situation(case, findings, scores(case, findings), "A", circumstances=READY)
    assert bad_ends(about) == ("T10 lies next to T11",)


def test_a_short_construct_is_judged_by_its_own_row_and_a_lesion_at_its_end_by_the_stop() -> None:
    assert bad_ends(seen(SHORT)) == ()
    assert bad_ends(seen(screws("T8", "T9"))) == ("T8 holds tumour", "T9 lies next to T8")


def test_sound_ends_are_not_proven_while_nobody_named_the_other_vertebrae() -> None:
    assert isinstance(bad_ends(seen(LONG | {f.UNSOUND_LEVELS: None})), Unknown)


def test_a_cut_that_touches_is_intralesional_and_one_within_the_error_is_not_proven() -> None:
    touching = said("RES-02", seen(cut(0.0), act=Act.EN_BLOC))
    near = said("RES-02", seen(cut(0.1), act=Act.EN_BLOC))
    assert touching is not None
    assert near is not None
    assert "intralesional" in touching.do
    assert "not proven" in near.do


def test_the_default_holds_for_each_error_that_nobody_recorded() -> None:
    band = 2 * UNCERTAINTY.number
    inside = seen(cut(band - 0.1, registration=None, segmentation=None), act=Act.EN_BLOC)
    outside = seen(cut(band, registration=None, segmentation=None), act=Act.EN_BLOC)
    statement, beyond = said("RES-02", inside), said("RES-02", outside)
    assert statement is not None
    assert not statement.ask
    assert beyond is not None
    assert beyond.ask  # and never silently clear


@pytest.mark.parametrize(("months", "words"), [(11.9, "No fusion"), (12.1, "fusion")])
def test_fusion_by_months(months: float, words: str) -> None:
    statement = said("STAB-08", seen(METASTASIS | {f.LIFE_EXPECTANCY: months}, act=Act.STABILISATION))
    assert statement is not None
    assert words in statement.do


def test_material_of_the_front_follows_the_prognosis() -> None:
    base = {f.CORPECTOMY: True}
    brief = said("STAB-06", seen(METASTASIS | base | {f.LIFE_EXPECTANCY: 6.0}, act=Act.SEPARATION))
    long = said("STAB-06", seen(METASTASIS | base | {f.LIFE_EXPECTANCY: 60.1}, act=Act.SEPARATION))
    middle = said("STAB-06", seen(METASTASIS | base | {f.LIFE_EXPECTANCY: 60.0}, act=Act.SEPARATION))
    primary = said("STAB-06", seen(CHORDOMA | base, act=Act.EN_BLOC))
    assert brief is not None
    assert long is not None
    assert middle is not None
    assert primary is not None
    assert "cement" in brief.do
    assert "graft" not in brief.do
    assert "graft" in long.do
    assert "graft" not in middle.do
    assert "graft" in primary.do


def test_fixation_is_offered_for_pain_lysis_and_collapse_together() -> None:
    offered = said("STAB-09", seen(METASTASIS | MIDDLE))
    other = said("STAB-09", seen(METASTASIS | MIDDLE | {f.BONE_REPORTED: f.BoneQuality.MIXED}))
    assert offered is not None
    assert other is not None
    assert offered.do.startswith("Offer fixation")
    assert other.do.startswith("Offer radiotherapy")


@pytest.mark.parametrize(("density", "doubtful"), [(109.9, False), (110.0, True), (135.0, True)])
def test_cement_below_the_lower_limit_and_care_up_to_the_higher(density: float, doubtful: bool) -> None:
    bone: dict[Any, Any] = {f.TRABECULAR_DENSITY: density, f.OSTEOPOROSIS: False, f.SCREW_IN_FIELD: False}
    statement = said("STAB-04", seen(METASTASIS | bone, act=Act.STABILISATION))
    assert statement is not None
    assert ("Be careful" in statement.do) is doubtful
