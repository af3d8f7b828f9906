"""Meyerding's quarters, at their limits, backward, and where a slip is not sure."""

from __future__ import annotations

from itertools import product

import pytest

from enbloc.case import fact as f
from enbloc.case.anatomy import Level
from enbloc.case.finding import Findings, Interval, measured
from enbloc.errors import RecordError
from enbloc.evidence import Checked
from enbloc.stage.instrument import judged
from enbloc.stage.meyerding import DRAFT, FIRST_TO, MEYERDING, Slip, meyerding_score, reachable, slip
from enbloc.stage.score import Score


@pytest.mark.parametrize(
    ("percent", "grade"),
    [
        (1.0, Slip.FIRST),
        (25.0, Slip.FIRST),
        (25.1, Slip.SECOND),
        (50.0, Slip.SECOND),
        (75.0, Slip.THIRD),
        (100.0, Slip.FOURTH),
        (100.1, Slip.BEYOND),
    ],
)
def test_each_quarter(percent: float, grade: Slip) -> None:
    assert slip(percent) is slip(-percent) is grade


def test_every_grade_within_an_interval() -> None:
    assert reachable(Interval(low=20.0, high=55.0)) == (Slip.FIRST, Slip.SECOND, Slip.THIRD)
    assert reachable(Interval(low=-30.0, high=10.0)) == (Slip.FIRST, Slip.SECOND)
    assert reachable(Interval(low=-60.0, high=-55.0)) == (Slip.THIRD,)


def of(mm: tuple[float, float, float], percent: tuple[float, float, float]) -> Findings:
    found = [
        measured(named, Level.L4, value, low=low, high=high)
        for named, (low, value, high) in ((f.TRANSLATION, mm), (f.SLIP, percent))
    ]
    return Findings(found=tuple(found))


def test_a_slip_is_graded_and_is_a_draft() -> None:
    score = meyerding_score(of((8.0, 9.0, 10.0), (24.0, 26.0, 29.0)), "A", Level.L4)
    assert score is not None
    assert score.categories == ("I", "II")
    assert score.is_borderline
    assert DRAFT in score.flags
    assert FIRST_TO.checked is Checked.FROM_MEMORY


def test_what_stands_as_healthy_vertebrae_do_is_no_slip() -> None:
    assert meyerding_score(of((-1.0, 1.0, 2.9), (0.0, 3.0, 8.0)), "A", Level.L4) is None
    assert meyerding_score(Findings(), "A", Level.L4) is None
    maybe = meyerding_score(of((2.0, 3.0, 4.0), (6.0, 9.0, 12.0)), "A", Level.L4)
    assert maybe is not None
    assert maybe.categories == ("no slip", "I")


def test_backward_is_said() -> None:
    score = meyerding_score(of((-6.0, -5.0, -4.0), (-18.0, -15.0, -12.0)), "A", Level.L4)
    assert score is not None
    assert score.categories == ("I",)
    assert any(flag.startswith("backward") for flag in score.flags)


def test_a_slip_on_a_limit_is_flagged() -> None:
    score = meyerding_score(of((8.0, 9.0, 10.0), (25.0, 25.0, 25.0)), "A", Level.L4)
    assert score is not None
    assert "threshold_equality" in score.flags


# --- the form ---------------------------------------------------------------------------------------------------------


def form(mm: float, percent: float) -> Score:
    return judged(MEYERDING, MEYERDING.read({"translation_mm": mm, "slip_percent": percent}))


def test_every_form_is_judged_as_the_case_that_says_the_same() -> None:
    found = set()
    for mm, percent in product((0.0, 2.9, 3.0, 9.0), (0.1, 24.9, 25.0, 25.1, 50.0, 75.0, 75.1, 100.0, 100.1, 150.0)):
        for way in (1, -1):
            score = form(way * mm, way * percent)
            case = meyerding_score(of((way * mm,) * 3, (way * percent,) * 3), "A", Level.L4)
            found |= set(score.categories)
            if mm < 3.0:
                assert case is None
                assert score.categories == ("no slip",)
                continue
            assert case is not None
            assert (case.instrument, case.categories) == (score.instrument, score.categories)
            assert case.flags == (DRAFT, *score.flags)
            assert (case.checked, case.cites, case.warnings) == (score.checked, score.cites, score.warnings)
            assert ("backward: Meyerding graded forward slips" in score.flags) == (way < 0)
    assert found == {category.word for category in MEYERDING.categories}


def test_forward_and_backward_at_once_is_refused() -> None:
    with pytest.raises(RecordError, match="not both"):
        form(5.0, -20.0)


def test_a_slip_without_its_millimetres_is_not_graded() -> None:
    score = judged(MEYERDING, MEYERDING.read({"slip_percent": 20}))
    assert score.categories == ()
    assert score.missing == ("translation on the vertebra below, forward positive",)
