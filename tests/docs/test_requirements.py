"""Every requirement has its entry, and what it names is there."""

from __future__ import annotations

import pytest

from enbloc.decide.families import RULES
from enbloc.stage.registry import INSTRUMENTS
from tests.docs.evidence import PLANNED, of_family
from tests.docs.requirements import EVERY, LAST, PAGE, Requirement, held_in, page

RENDER = "run: python -m tests.docs.requirements"
EACH = pytest.mark.parametrize("one", EVERY, ids=lambda one: f"REQ-{one.number}")
PAGES = {"measurements"}


def test_the_page_is_rendered_from_the_requirements_and_the_rules() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), RENDER


def test_every_requirement_has_its_entry_in_order() -> None:
    assert [one.number for one in EVERY] == [*range(1, LAST + 1)]


@EACH
def test_what_a_requirement_names_exists(one: Requirement) -> None:
    families = {rule.family for rule in RULES.values()} | PLANNED.keys()
    assert one.held_by, "nothing holds it"
    assert [each for each in one.held_by if each not in RULES and each not in families] == []
    assert [each for each in one.also if each not in INSTRUMENTS and each not in PAGES] == []
    assert len({*one.held_by}) == len(one.held_by)


@EACH
def test_a_requirement_is_held_by_a_rule_or_its_family_says_why_not(one: Requirement) -> None:
    assert [family for family in one.families if not of_family(family) and family not in PLANNED] == []


@EACH
def test_the_families_of_a_requirement_are_tested(one: Requirement) -> None:
    assert [family for family in one.families if of_family(family) and not held_in(family)] == []


@EACH
def test_a_requirement_is_a_short_sentence_of_our_own(one: Requirement) -> None:
    assert one.words.endswith(".")
    assert len(one.words.split()) <= 16
    assert "|" not in one.words + one.guard
