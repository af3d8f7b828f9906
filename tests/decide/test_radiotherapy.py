"""The choice and prescription of radiotherapy: limits of the trials, schedules as printed, and traps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.treatment import Treatment, TreatmentKind
from enbloc.decide.decision import Act, Holds
from enbloc.decide.families import RULES
from enbloc.decide.schedules import AGAIN, CONVENTIONAL, STEREOTACTIC, STEREOTACTIC_AFTER_OPERATION
from enbloc.decide.situation import Situation
from tests.decide.rows.radiotherapy import ADULT, ONE, PAIN, SC24, SINGLE, course
from tests.decide.rows.row import NO, OPEN, YES
from tests.decide.situations import said, seen

SRS, RT = Act.RADIOSURGERY, Act.RADIOTHERAPY
L = Level


def _holds(id: str, about: Situation) -> Holds | None:
    statement = said(id, about)
    return statement.holds if statement else None


@pytest.mark.parametrize(("levels", "verdict"), [
    ((L.T8,), YES), ((L.T7, L.T8), YES), ((L.T7, L.T8, L.T9), YES), ((L.T6, L.T7, L.T8, L.T9), NO),
    ((L.T7, L.T9), NO), ((L.T12, L.L1), YES), ((L.T12, L.T13, L.L1), YES), ((L.L5, L.S1), YES), ((), OPEN),
])  # fmt: skip
def test_at_most_three_levels_that_follow_each_other(levels: tuple[Level, ...], verdict: Holds | None) -> None:
    assert _holds("RT-01", replace(seen(SC24), levels=levels)) is verdict


@pytest.mark.parametrize(("totals", "verdict"), [((11,), YES), ((12,), YES), ((13,), NO), ((12, 13), OPEN)])
def test_sins_of_the_trial(totals: tuple[int, ...], verdict: Holds | None) -> None:
    about = seen(SC24)
    scores = tuple(
        replace(one, totals=totals, missing=("pain",)) if one.instrument == "sins" else one for one in about.scores
    )
    assert _holds("RT-01", replace(about, scores=scores)) is verdict
    assert _holds("RT-01", replace(about, scores=())) is OPEN


@pytest.mark.parametrize(("levels", "verdict"), [
    ((L.T8,), YES), ((L.T6, L.T7, L.T8), YES), ((L.T5, L.T6, L.T7, L.T8), NO),
])  # fmt: skip
def test_one_to_three_vertebrae(levels: tuple[Level, ...], verdict: Holds | None) -> None:
    assert _holds("RT-02", replace(seen(SINGLE, act=SRS), levels=levels)) is verdict


def test_schedules_are_the_printed_ones() -> None:
    assert [(one.low_gy, one.fractions) for one in CONVENTIONAL] == [(8, 1), (20, 5), (24, 6), (30, 10)]
    assert [(one.low_gy, one.fractions) for one in AGAIN] == [(8, 1), (20, 5), (24, 6), (20, 8)]
    menu = [(one.low_gy, one.high_gy, one.fractions, one.checked.is_draft) for one in STEREOTACTIC]
    assert menu == [(16, 24, 1, True), (24, 28, 2, True), (24, 30, 3, False), (30, 40, 5, True)]
    after = [(one.low_gy, one.high_gy, one.fractions) for one in STEREOTACTIC_AFTER_OPERATION]
    assert after == [(24, 30, 3), (24, 24, 1), (24, 24, 2)]
    assert all(one.low_gy == one.high_gy and not one.note for one in (*CONVENTIONAL, *AGAIN))


def _do(id: str, about: Situation) -> str:
    statement = said(id, about)
    assert statement is not None
    return statement.do


def test_menus_in_words_with_their_marks() -> None:
    assert _do("RT-04", seen(ADULT | PAIN, act=RT)) == (
        "Choose 8 Gy in 1 fraction or 20 Gy in 5 fractions or 24 Gy in 6 fractions or 30 Gy in 10 fractions."
    )
    assert "30 to 40 Gy in 5 fractions (not yet source-checked)" in _do("RT-06", seen(ADULT, act=SRS))
    assert _do("RT-06", seen(ADULT, act=Act.SEPARATION)).startswith("Choose 24 to 30 Gy in 3 fractions or 24 Gy in 1")
    assert "20 Gy in 8 fractions" in _do("RT-05", seen(ADULT, act=RT, treatments=(course(),)))


def test_a_conventional_plan_beyond_a_stereotactic_limit_says_so() -> None:
    # 8 Gy once to the whole cord passes 7 Gy to 1.2 cc: the stop makes no exception, and names the reason.
    plan = ONE | {f.CORD_DMAX: 8.2, f.CORD_D035CC: 8.1, f.CORD_D12CC: 8.0}
    for id in ("STOP-11", "OAR-01"):
        statement = said(id, seen(plan, act=RT))
        assert statement is not None
        assert statement.holds is YES
        assert "written for stereotactic plans" in statement.because
        stereotactic = said(id, seen(plan, act=SRS))
        assert stereotactic is not None
        assert "written for stereotactic plans" not in stereotactic.because


def test_a_field_without_levels_beside_one_here_stays_open_until_somebody_says_that_it_lay_elsewhere() -> None:
    breast = Treatment(kind=TreatmentKind.RADIOTHERAPY, what="radiotherapy of the breast")
    both: dict[str, Any] = {"act": SRS, "treatments": (course(), breast)}
    assert _holds("STOP-12", seen(ADULT, **both)) is OPEN
    assert _holds("STOP-12", seen(ADULT | {f.OTHER_FIELDS_ELSEWHERE: False}, **both)) is OPEN
    assert _holds("STOP-12", seen(ADULT | {f.OTHER_FIELDS_ELSEWHERE: True}, **both)) is NO


def test_a_metastasis_never_gets_figures_of_a_primary_and_a_tumour_within_the_dura_none() -> None:
    inside = ADULT | PAIN | {f.KIND: "primary", f.HISTOLOGY: "Meningioma", f.LIFE_EXPECTANCY: 12.0}
    for id, act in (("RT-01", SRS), ("RT-02", SRS), ("RT-03", SRS), ("RT-04", RT), ("RT-05", RT), ("RT-06", SRS)):
        assert _holds(id, seen(inside, act=act)) is NO


def test_rules_about_a_dose_plan_are_silent_about_every_other_act() -> None:
    dosed = [id for id in RULES if id.startswith(("OAR-", "CTV-")) or id in {"STOP-11", "STOP-12", "STOP-41", "RT-10"}]
    for id in dosed:
        for act in (Act.EN_BLOC, Act.OBSERVATION, Act.BIOPSY, Act.CEMENT):
            assert _holds(id, seen(ONE, act=act)) is NO
        assert _holds(id, seen(ONE)) is NO


@pytest.mark.parametrize(("id", "known"), [("RT-01", SC24), ("RT-06", ADULT)])
def test_a_first_dose_beside_an_earlier_course_names_what_limits_it(id: str, known: dict[Any, Any]) -> None:
    again, first = (seen(known | {f.PRIOR_RADIOTHERAPY: before}, act=SRS) for before in (True, False))
    assert "OAR-05" in _do(id, again)
    assert "OAR-05" not in _do(id, first)
