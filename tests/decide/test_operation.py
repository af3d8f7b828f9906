"""A law of the rules about roots, vessels, embolisation and approach: knowing less never makes them surer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from enbloc.case import fact as f
from enbloc.case.fact import Fact
from tests.decide.rows import approach, embolisation, roots, stops_of_vessels_and_roots, vessels
from tests.decide.rows.row import OPEN, Row
from tests.decide.situations import said, seen

MODULES = (roots, vessels, embolisation, approach, stops_of_vessels_and_roots)
SETTLED: list[Row] = [row for module in MODULES for row in module.ROWS if row[4] is not OPEN]


@pytest.mark.parametrize("row", SETTLED, ids=[f"{row[0]}: {row[1]}" for row in SETTLED])
def test_a_fact_taken_away_leaves_the_verdict_or_opens_it(row: Row) -> None:
    id, _, known, more, verdict = row
    for less, poorer in _without_one(known, more):
        statement = said(id, seen(less, **poorer))
        assert (statement.holds if statement else None) in {verdict, OPEN}


def _without_one(known: dict[Fact[Any], Any], more: dict[str, Any]) -> Iterator[tuple[dict[Any, Any], dict[str, Any]]]:
    # Without the levels that were found those of the record stand in: that is another answer, not none.
    for fact in known.keys() - {f.LEVELS}:
        yield known | {fact: None}, more
    of_plan = more.get("of_plan", {})
    for fact in of_plan:
        yield known, more | {"of_plan": of_plan | {fact: None}}
