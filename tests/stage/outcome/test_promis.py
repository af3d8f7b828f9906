"""PROMIS (prognosis 8): a recorded T-score, and a direction that hangs on the domain."""

from __future__ import annotations

import pytest

from enbloc.errors import RecordError
from enbloc.stage.instrument import judged
from enbloc.stage.outcome.promis import PROMIS, Direction
from enbloc.stage.score import Score


def promis(**form: object) -> Score:
    return judged(PROMIS, PROMIS.read(form))


@pytest.mark.parametrize(
    ("domain", "direction"),
    [("function", Direction.GOOD), ("pain", Direction.BAD), ("another domain", Direction.NOT_STATED)],
)
def test_which_end_is_good_hangs_on_the_domain(domain: str, direction: Direction) -> None:
    assert promis(domain=domain, t_score=40).categories == (direction.value,)


@pytest.mark.parametrize(("score", "away"), [(50, "0"), (40, "-1"), (62.5, "1.25")])
def test_the_distance_from_the_mean(score: float, away: str) -> None:
    told = promis(domain="pain", t_score=score, bank="short form 4a")
    assert told.totals == (score,)
    assert [one.values for one in told.also] == [(away,), ("short form 4a",)]
    assert [one.name for one in promis(domain="pain", t_score=score).also] == [told.also[0].name]


def test_a_score_without_its_domain_says_nothing() -> None:
    told = promis(t_score=40)
    assert (told.totals, told.categories) == ((), ())
    assert PROMIS.checked.is_draft
    with pytest.raises(RecordError, match="t_score"):
        promis(domain="pain", t_score=120)
