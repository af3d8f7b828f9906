"""The pages of the evidence are the rules, word for word, and leave none out."""

from __future__ import annotations

import re
from collections import Counter

from enbloc.decide.families import PARAMETERS, RULES
from enbloc.evidence import Checked
from tests.docs.evidence import (
    FOLDER,
    PLANNED,
    checked,
    not_encoded,
    of_family,
    pages,
    step_of,
    steps,
    thresholds,
)
from tests.docs.steps import FURTHER, STEPS

RENDER = "run: python -m tests.docs.evidence"


def test_every_page_is_rendered_from_the_rules() -> None:
    wanted = pages()
    assert {*FOLDER.glob("*.md")} == wanted.keys(), RENDER
    for page, text in wanted.items():
        assert page.read_text(encoding="utf-8") == text, f"{page.name}: {RENDER}"


def test_every_rule_stands_on_the_page_of_its_family_and_once() -> None:
    said = pages()
    for rule in RULES.values():
        text = said[FOLDER / f"{step_of(rule.family).slug}.md"]
        wanted = f"## {rule.id}\n" if rule.family == "DISAGREE" else f"\n| {rule.id} | "
        assert text.count(wanted) == 1, rule.id


def test_every_family_belongs_to_a_step_and_to_one_only() -> None:
    homes = Counter(family for step in STEPS for family in step.families)
    assert max(homes.values()) == 1
    assert {rule.family for rule in RULES.values()} <= homes.keys(), "name the family in STEPS"
    assert {*PLANNED} <= homes.keys()
    assert not [family for family in PLANNED if of_family(family)], "it has rules now"
    assert FURTHER not in steps()


def test_every_threshold_stands_on_one_page() -> None:
    placed = [each.name for step in steps() for each in thresholds(step.slug)]
    assert sorted(placed) == sorted({each.name for each in PARAMETERS})


def test_a_draft_is_marked_wherever_it_stands() -> None:
    text = "\n".join(pages().values())
    for rule in RULES.values():
        if rule.family == "DISAGREE":
            continue
        (line,) = re.findall(rf"^\| {re.escape(rule.id)} \| .*$", text, re.MULTILINE)
        assert ("**draft**" in line) is (checked(rule) is Checked.FROM_MEMORY), rule.id


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    said = pages()[FOLDER / "README.md"]
    for what, why in not_encoded().items():
        assert f"| {what} | {why} |" in said


def test_every_source_of_a_rule_has_its_title_on_its_page() -> None:
    said = pages()
    for rule in RULES.values():
        text = said[FOLDER / f"{step_of(rule.family).slug}.md"]
        for cited in rule.cites:
            assert f"- `{cited.key}`: " in text, f"{rule.id}: {cited.key}"
