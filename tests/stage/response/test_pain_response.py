"""Pain response (staging 11.3): each criterion on, just below and just above, and what the wording leaves open."""

from __future__ import annotations

from itertools import product

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.response.pain_response import (
    BOTH_ROSE,
    FROM_NOTHING,
    NO_PAIN_BEFORE,
    PAIN_RESPONSE,
    SAME_OR_NOT,
    Response,
)
from enbloc.stage.score import Score

COMPLETE, PARTIAL, OPEN, PROGRESSION = Response


def pain(before: int, after: int, opioids: float, later: float) -> Score:
    names = ("pain_before", "pain_after", "omed_before_mg", "omed_after_mg")
    return judged(PAIN_RESPONSE, PAIN_RESPONSE.read(dict(zip(names, (before, after, opioids, later), strict=True))))


@pytest.mark.parametrize(
    ("before", "after", "opioids", "later", "response"),
    [
        (7, 0, 60, 60, (COMPLETE,)),
        (7, 0, 60, 30, (COMPLETE,)),
        (7, 0, 0, 0, (COMPLETE,)),
        (7, 0, 60, 60.1, (PARTIAL, OPEN)),
        (7, 0, 60, 75, (OPEN,)),
        (7, 6, 60, 60, (OPEN,)),
        (7, 5, 60, 60, (PARTIAL,)),
        (7, 4, 60, 60, (PARTIAL,)),
        (7, 5, 60, 59, (PARTIAL, OPEN)),
        (7, 5, 60, 74.9, (PARTIAL, OPEN)),
        (7, 5, 60, 75, (OPEN,)),
        (7, 7, 100, 75.1, (OPEN,)),
        (7, 7, 100, 75, (PARTIAL,)),
        (7, 6, 100, 75, (PARTIAL,)),
        (7, 8, 100, 75, (OPEN,)),
        (5, 6, 60, 60, (OPEN,)),
        (5, 7, 60, 60, (PROGRESSION,)),
        (5, 7, 60, 62, (OPEN, PROGRESSION)),
        (5, 7, 60, 45, (OPEN,)),
        (5, 5, 100, 124.9, (OPEN,)),
        (5, 5, 100, 125, (PROGRESSION,)),
        (5, 6, 100, 125, (OPEN,)),
        (5, 4, 100, 125, (OPEN,)),
        (5, 7, 100, 125, (OPEN,)),
        (5, 5, 0, 10, (PROGRESSION,)),
        (5, 5, 0, 0, (OPEN,)),
    ],
)
def test_each_criterion(before: int, after: int, opioids: float, later: float, response: tuple[Response, ...]) -> None:
    score = pain(before, after, opioids, later)
    assert score.categories == tuple(each.value for each in response)
    assert (SAME_OR_NOT in score.flags) is (len(response) > 1)


def test_more_pain_is_never_a_better_response() -> None:
    rank = {each.value: at for at, each in enumerate(Response)}
    for before, after, later in product(range(11), range(10), (30, 45, 59, 60, 61, 75, 90)):
        if later >= 75 and after in (before - 1, before):
            continue  # by the letter a rise of opioids counts at unchanged pain alone
        less, more = (rank[pain(before, each, 60, later).categories[-1]] for each in (after, after + 1))
        assert less <= more


def test_what_the_criteria_do_not_name_is_said() -> None:
    assert BOTH_ROSE in pain(5, 7, 100, 125).flags
    assert BOTH_ROSE not in pain(5, 7, 100, 124).flags
    assert BOTH_ROSE not in pain(5, 5, 100, 125).flags
    assert NO_PAIN_BEFORE in pain(0, 0, 10, 10).flags
    assert NO_PAIN_BEFORE not in pain(1, 0, 10, 10).flags
    assert FROM_NOTHING in pain(5, 5, 0, 1).flags


def test_it_is_a_draft_and_computes_nothing_without_its_four_figures() -> None:
    score = judged(PAIN_RESPONSE, PAIN_RESPONSE.read({"pain_before": 7, "pain_after": 0}))
    assert score.remarks[0].startswith("not yet checked")
    assert (score.categories, len(score.missing)) == ((), 2)


@pytest.mark.parametrize("wrong", [{"pain_after": 11}, {"pain_after": 6.5}, {"omed_after_mg": -1}])
def test_what_is_no_pain_and_no_dose_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(RecordError, match=next(iter(wrong))):
        PAIN_RESPONSE.read(wrong)
