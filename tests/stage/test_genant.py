"""Genant's grade and form against the worked examples, and every reachable pair against plain enumeration."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings, Interval, measured
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.stage.genant import (
    ASYMMETRIC,
    DESCRIPTIVE,
    GENANT,
    MILD_FROM,
    SINS_HALF,
    SUSPECTED_FROM,
    Form,
    Grade,
    Losses,
    genant_score,
    reachable,
)
from enbloc.stage.instrument import judged
from enbloc.stage.score import Score
from tests.strategies import entered

# Staging specification 7.3: heights as shares of what is expected.
WORKED = [
    ("18 % is no grade", (0.82, 0.95, 1.0), Grade.NONE, Form.NONE),
    ("23 % wedge", (0.77, 0.9, 1.0), Grade.MILD, Form.WEDGE),
    ("30 % biconcave", (1.0, 0.7, 1.0), Grade.MODERATE, Form.BICONCAVE),
    ("50 % crush", (0.5, 0.5, 0.55), Grade.SEVERE, Form.CRUSH),
]


def losses(anterior: float, middle: float, posterior: float) -> Losses:
    return Losses(anterior=anterior, middle=middle, posterior=posterior)


@pytest.mark.parametrize("row", WORKED, ids=[f"specification 7.3, {row[0]}" for row in WORKED])
def test_worked_case(row: tuple[str, tuple[float, float, float], Grade, Form]) -> None:
    _, heights, grade, form = row
    lost = losses(*(round(100.0 * (1.0 - share), 6) for share in heights))
    assert (lost.grade, lost.form) == (grade, form)


@pytest.mark.parametrize(
    ("loss", "grade", "is_equal"),
    [
        (19.99, Grade.NONE, False),
        (20.0, Grade.MILD, False),  # printed: below 20 is none
        (25.0, Grade.MILD, True),
        (25.01, Grade.MODERATE, False),
        (40.0, Grade.MODERATE, True),
        (40.01, Grade.SEVERE, False),
    ],
)
def test_each_cut_off_and_the_flag_where_the_source_leaves_it_open(loss: float, grade: Grade, is_equal: bool) -> None:
    lost = losses(loss, 0.0, 0.0)
    assert lost.grade is grade
    assert ("threshold_equality" in lost.flags) == is_equal


def test_a_suspicion_is_a_reader_s_and_no_grade() -> None:
    assert "a reader who suspects a fracture calls it 0.5" in losses(18.0, 5.0, 0.0).flags[0]
    assert losses(9.0, 0.0, 0.0).flags == ()


def test_the_form_goes_by_the_back_first_and_a_tie_is_a_wedge() -> None:
    assert losses(60.0, 50.0, 20.0).form is Form.CRUSH
    assert losses(30.0, 30.0, 19.9).form is Form.WEDGE
    assert losses(29.9, 30.0, 0.0).form is Form.BICONCAVE


spans = st.tuples(st.integers(0, 60), st.integers(0, 12)).map(lambda one: (one[0], one[0] + one[1]))


@given(spans, spans, spans)
def test_every_pair_is_reached_that_some_heights_have(
    a: tuple[int, int], m: tuple[int, int], p: tuple[int, int]
) -> None:
    whole = [range(low, high + 1) for low, high in (a, m, p)]
    plain = {(losses(*each).grade, losses(*each).form) for each in product(*whole)}
    found = reachable(*(Interval(low=low, high=high) for low, high in (a, m, p)))
    assert plain <= set(found)
    for grade, form in set(found) - plain:  # only between two whole numbers beside a cut-off or another height
        fine = [
            sorted({low, high, *(c + d for c in range(low, high) for d in (0.01, 0.99))}) for low, high in (a, m, p)
        ]
        assert any((losses(*each).grade, losses(*each).form) == (grade, form) for each in product(*fine))


def of(level: Level = Level.T8, **percent: tuple[float, float, float]) -> Findings:
    facts = {"anterior": f.LOSS_ANTERIOR, "middle": f.LOSS_MIDDLE, "posterior": f.LOSS_POSTERIOR}
    return Findings(
        found=tuple(measured(facts[at], level, v, low=low, high=high) for at, (low, v, high) in percent.items())
    )


def test_an_interval_across_a_cut_off_is_borderline_and_shows_both() -> None:
    score = genant_score(
        of(anterior=(23.0, 26.0, 29.0), middle=(5.0, 8.0, 11.0), posterior=(0.0, 1.0, 4.0)), "A", Level.T8
    )
    assert score is not None
    assert score.categories == ("grade 1 wedge", "grade 2 wedge")
    assert score.is_borderline
    assert score.missing == ()
    assert DESCRIPTIVE in score.flags
    assert score.headline == "Genant grade 1 wedge or grade 2 wedge"


def test_an_unknown_height_leaves_open_what_it_could_do() -> None:
    score = genant_score(of(anterior=(30.0, 32.0, 34.0)), "A", Level.T8)
    assert score is not None
    assert score.categories[0] == "grade 2 wedge"
    assert "grade 3 crush" in score.categories
    assert not any(one.startswith(("grade 0", "grade 1")) for one in score.categories)
    assert score.missing
    assert not score.is_borderline


def test_nothing_measured_is_no_score() -> None:
    assert genant_score(Findings(), "A", Level.T8) is None


def test_a_number_entered_by_a_person_is_taken_as_it_stands() -> None:
    found = Findings(found=tuple(entered(n, 25.0, "T8") for n in (f.LOSS_ANTERIOR, f.LOSS_MIDDLE, f.LOSS_POSTERIOR)))
    score = genant_score(found, "A", Level.T8)
    assert score is not None
    assert score.categories == ("grade 1 crush",)
    assert "threshold_equality" in score.flags


def test_each_cut_off_says_how_far_it_was_checked() -> None:
    assert MILD_FROM.checked is Checked.READ_IN_A_COPY
    assert SUSPECTED_FROM.checked is Checked.OURS


# --- the form ---------------------------------------------------------------------------------------------------------


def form(written: dict[str, Any]) -> Score:
    return judged(GENANT, GENANT.read(written))


def lost(anterior: float, middle: float, posterior: float, **more: Any) -> dict[str, Any]:
    return {"anterior": anterior, "middle": middle, "posterior": posterior} | more


PLACES = (-10.0, 0.0, 9.9, 10.0, 19.9, 20.0, 20.1, 25.0, 25.1, 40.0, 40.1, 50.0, 100.0)


def test_every_form_is_judged_as_the_case_that_says_the_same() -> None:
    facts = (f.LOSS_ANTERIOR, f.LOSS_MIDDLE, f.LOSS_POSTERIOR)
    found = set()
    for three in product(PLACES, repeat=3):
        score = form(lost(*three))
        entries = tuple(entered(named, percent, "T8") for named, percent in zip(facts, three, strict=True))
        case = genant_score(Findings(found=entries), "A", Level.T8)
        assert case is not None
        assert (case.instrument, case.categories, case.flags) == (score.instrument, score.categories, score.flags)
        assert (case.warnings, case.checked, case.cites, case.missing) == (
            score.warnings,
            score.checked,
            score.cites,
            (),
        )
        found |= set(score.categories)
    assert found == {category.word for category in GENANT.categories} - {"grade 0.5"}


def test_heights_are_shares_of_what_is_expected() -> None:
    three = {"anterior": 0.75, "middle": 0.9, "posterior": 1}
    assert form({"heights": three}) == form(lost(25.0, 10.0, 0.0))
    assert "threshold_equality" in form({"heights": three}).flags
    assert SINS_HALF in form({"heights": three | {"posterior": 0.5}}).flags
    assert SINS_HALF not in form({"heights": three | {"posterior": 0.51}}).flags


@pytest.mark.parametrize(
    "written",
    [
        {"heights": 0.8},
        {"heights": {"front": 0.8}},
        {"heights": {"anterior": "0.8"}},
        {"heights": {"anterior": True}},
        {"heights": {"anterior": 24}},
        {"heights": {"anterior": float("nan")}},
        {"heights": {"anterior": 0.8}, "anterior": 20},
    ],
)
def test_heights_that_are_no_shares_are_refused(written: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="height") as refused:
        form(written)
    assert refused.value.remedy


@pytest.mark.parametrize(("suspected", "grade"), [(True, "grade 0.5"), (False, "grade 0"), (None, "grade 0")])
def test_a_suspicion_is_said_by_a_reader_and_raises_nothing_else(suspected: bool | None, grade: str) -> None:
    assert form(lost(18.0, 5.0, 0.0, suspected=suspected)).categories == (grade,)
    assert form(lost(20.0, 5.0, 0.0, suspected=suspected)).categories == ("grade 1 wedge",)


@pytest.mark.parametrize(("degrees", "is_said"), [(4.9, False), (5.0, True), (None, False)])
def test_collapse_to_one_side_is_flagged(degrees: float | None, is_said: bool) -> None:
    assert (ASYMMETRIC in form(lost(30.0, 5.0, 0.0, coronal=degrees)).flags) == is_said


def test_without_a_height_nothing_is_graded_and_it_is_asked_for() -> None:
    score = form({"anterior": 30.0, "middle": 10.0})
    assert score.categories == ()
    assert score.missing == ("loss of posterior height against what is expected (negative where it is higher)",)
