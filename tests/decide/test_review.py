"""When the rules are due for review: on, before and after the day, and that a decision says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from enbloc.decide.deciding import settled
from enbloc.decide.families import CASE_RULES, RULES
from enbloc.decide.recommendation import Decision
from enbloc.decide.review import REVIEW_AFTER, REVIEW_BY, VALID_FROM, review_by
from enbloc.stage import scores
from tests.decide.situations import METASTASIS, READY, a_case, found


def of_day(day: date | None) -> Decision:
    case, findings = a_case(), found(METASTASIS)
    return settled(case, findings, scores(case, findings), circumstances=replace(READY, as_of=day))


def test_every_rule_stands_since_the_knowledge_base_was_compiled_and_for_twelve_months() -> None:
    assert (date(2026, 11, 20), date(2027, 11, 20)) == (VALID_FROM, REVIEW_BY)
    assert (REVIEW_AFTER.number, REVIEW_AFTER.unit) == (12, "months")
    for rule in (*CASE_RULES, *RULES.values()):
        assert rule.review_by == review_by(rule.valid_from), rule.id


@pytest.mark.parametrize(("days", "overdue"), [(-1, 0), (0, 0), (1, len(RULES)), (900, len(RULES))])
def test_a_decision_says_how_many_rules_are_due_for_review_on_its_day(days: int, overdue: int) -> None:
    decision = of_day(REVIEW_BY + timedelta(days=days))
    assert decision.overdue == overdue
    assert decision.rules == len(RULES), "a rule that is due for review still speaks"


def test_without_a_day_nobody_can_say_whether_a_review_is_due() -> None:
    assert of_day(None).overdue is None


def test_one_rule_is_overdue_after_its_own_day_and_not_after_that_of_the_others() -> None:
    older = replace(RULES["STOP-05"], valid_from=date(2025, 1, 31), review_by=review_by(date(2025, 1, 31)))
    assert older.review_by == date(2026, 1, 31)
    assert [older.is_overdue(date(2026, 1, day)) for day in (30, 31)] == [False, False]
    assert older.is_overdue(date(2026, 2, 1))
    assert not RULES["STOP-05"].is_overdue(date(2026, 2, 1))
